"""Every promise of the Index protocol, held on SQLite and on Elasticsearch."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from archiver.config import Config
from archiver.errors import BadQuery
from archiver.index import Index, open_index
from archiver.records import (
    UNDATED,
    Added,
    Basis,
    Bucket,
    Cue,
    Dated,
    Days,
    Entry,
    ExtractionState,
    Kind,
    Locator,
    Origin,
    Precision,
    Query,
    QuoteState,
    Reason,
    Relation,
    SaidOn,
    Selector,
    SnapshotQuery,
    Span,
    Speaker,
    Step,
    StoredText,
    Total,
    Truncation,
    Via,
    Visibility,
)
from tests.factories import (
    CAPTURED,
    PUBLISHED,
    URL,
    make_dated,
    make_id,
    make_quote,
    make_rows,
    make_snapshot,
    make_snapshot_entry,
)
from tests.index_corpus import QUERIES, corpus
from tests.index_fixtures import BOTH, settings_of
from tests.index_model import Model, facet


def put(index: Index, *given: Any) -> None:
    index.add(given)
    index.refresh()


def texts(index: Index, **asked: Any) -> list[str]:
    return [entry.quote.text for entry in index.search(Query(**asked)).entries]


def ids(index: Index, **asked: Any) -> list[str | None]:
    return [entry.quote.id for entry in index.search(Query(**asked)).entries]


@pytest.fixture(scope="module", params=BOTH)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Model]]:
    """An index and the model of it, filled alike, in different order."""
    with settings_of(request.param, request, tmp_path_factory.mktemp("filled")) as config:
        index, model = open_index(config), Model()
        rows = corpus(7, 120)
        for start in range(0, len(rows), 17):
            index.add(rows[start : start + 17])
        index.refresh()
        for row in reversed(rows):
            model.add(*row)
        yield index, model
        index.close()


@pytest.fixture(scope="module", params=BOTH)
def box(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of two quotes, for tests that only read."""
    with settings_of(request.param, request, tmp_path_factory.mktemp("box")) as config:
        index = open_index(config)
        put(index, WORDS)
        yield index
        index.close()


WORDS = make_rows(
    "words",
    make_quote("run", text="Runners were running past the coöperative’s ferries.", speaker=Speaker(name="Zoë O’Hara")),
    make_quote("tax", text="A tax-free ferry, she said: “no ferry tax”.", speaker=Speaker(name="Ada Marlow")),
)


# What comes back


FULL_QUOTE = make_quote(
    "full",
    printed="The contract,” she said, “was never put to tender.",
    kind=Kind.FRAGMENT,
    spans=(Span(start=5, end=18), Span(start=31, end=60)),
    selectors=(
        Selector(exact="The contract,", prefix="“", suffix="” she"),
        Selector(exact="was", prefix="", suffix=""),
    ),
    cue=Cue(printed="said", span=Span(start=24, end=28), confidence=0.98),
    speaker=Speaker(
        name="Ada Marlow", role="auditor", printed="she", span=Span(start=20, end=23), via=Via.PRONOUN, confidence=0.94
    ),
    said_on=SaidOn(
        value="2026-11-09",
        precision=Precision.DAY,
        basis=Basis.RELATIVE,
        printed="on Monday",
        span=Span(start=61, end=70),
        confidence=0.95,
    ),
    trail=(
        Step(step="marks", rule="interrupted"),
        Step(step="cues", rule="verb-between-parts", printed="said", span=Span(start=24, end=28)),
    ),
    state=QuoteState.SUPERSEDED,
    superseded_by=make_id("q", "newer"),
)
FULL_SNAPSHOT = make_snapshot_entry(
    "full",
    snapshot=make_snapshot(
        "full",
        requested_url="http://www.harbour-courier.example/2026/ferry?utm_source=feed",
        truncated=Truncation.LENGTH,
        origin=Origin.ADDED,
        payload=Locator(warc="added/0123456789abcdef/a.warc.gz", offset=1, length=2),
        revisit_of="urn:uuid:1",
        added=Added(at=CAPTURED, by="reyes", file_digest="sha256:" + "00" * 32),
        captured_at=datetime(2026, 11, 10, 19, 2, 14, 123456, tzinfo=UTC),
    ),
    state=ExtractionState.LIMITED,
    reason=Reason.TIME,
    canonical_url="https://harbour-courier.example/ferry",
    modified=make_dated("2026-11-11"),
    published=Dated(value=PUBLISHED, precision=Precision.MINUTE, source="json-ld", printed="2026-11-10T18:20+01:00"),
    texts=(StoredText(digest="sha256:" + "11" * 32, locator=Locator(warc="assertions/a.warc.gz", offset=7, length=9)),),
)
BARE_SNAPSHOT = make_snapshot_entry(
    "bare",
    status=None,
    content_type=None,
    state=ExtractionState.NONE,
    reason=Reason.NOT_HTML,
    extractor=None,
    extracted_at=None,
    title=None,
    authors=(),
    outlet=None,
    published=UNDATED,
    language=None,
    text_digest=None,
)


def test_a_quote_comes_back_as_it_went_in(index: Index) -> None:
    snapshot, (entry, plain) = make_rows("full", FULL_QUOTE, make_quote("plain", speaker=Speaker(), extracted_at=None))
    put(index, (snapshot, (entry, plain)))
    assert index.quote(FULL_QUOTE.id or "") == entry
    assert index.quote(plain.quote.id or "") == plain
    assert index.search(Query()).entries == (plain,)


@pytest.mark.parametrize("row", [FULL_SNAPSHOT, BARE_SNAPSHOT], ids=["full", "bare"])
def test_a_snapshot_comes_back_as_it_went_in(index: Index, row: Any) -> None:
    put(index, (row, ()))
    assert index.snapshot(row.snapshot.id) == row
    assert index.has(row.snapshot.id)
    assert index.snapshots(SnapshotQuery()).entries == (row,)
    assert index.snapshots_by_id([row.snapshot.id, make_id("s", "nobody")]) == {row.snapshot.id: row}


def test_long_values_pass_unharmed(index: Index) -> None:
    long = "ferry " * 20_000
    url = "https://harbour-courier.example/" + "x" * 40_000
    given = make_rows(
        "a", make_quote("x", text=long, before=long, speaker=Speaker(name="M" * 40_000)), url=url, title=long
    )
    put(index, given)
    assert index.quote(make_id("q", "x")) == given[1][0]
    assert ids(index, q="ferry", url=(url,), url_exact=(url,)) == [make_id("q", "x")]


@pytest.mark.parametrize("name", ["", "q", make_id("q", "no"), "é", "\ud800", "a/b", "x" * 10_000, "_all", "*"])
def test_unknown_names_are_nothing_not_an_error(box: Index, name: str) -> None:
    assert box.quote(name) is None
    assert box.snapshot(name) is None
    assert not box.has(name)
    assert box.quotes_of(name) == ()
    assert box.captures(f"https://nowhere.example/{name}") == ()
    assert ids(box, snapshot=(name,)) == []
    assert ids(box, site=(name,)) == []


def test_quotes_of_a_snapshot_come_in_text_order_whatever_their_state(index: Index) -> None:
    late = make_quote("late", spans=(Span(start=900, end=910),))
    early = make_quote("early", spans=(Span(start=3, end=9),), state=QuoteState.SUPERSEDED)
    gone = make_quote("gone", spans=(Span(start=50, end=60),), state=QuoteState.WITHDRAWN, kind=Kind.INDIRECT)
    put(index, make_rows("a", late, early, gone), make_rows("b", make_quote("other"), url="https://b.example/"))
    assert [entry.quote.id for entry in index.quotes_of(make_id("s", "a"))] == [early.id, gone.id, late.id]


def test_an_empty_index_answers(index: Index) -> None:
    answers_empty(index)
    with index.rebuild() as never_used:
        answers_empty(never_used)


def answers_empty(index: Index) -> None:
    page = index.search(Query(q="ferry", facet=("speaker",)))
    assert page.entries == ()
    assert page.total == Total(value=0, relation=Relation.EXACT)
    assert page.facets == {"speaker": facet([])}
    assert page.next is None
    assert (page.searched.quotes, page.searched.snapshots, page.searched.published_from) == (0, 0, None)
    assert index.speakers("", 5) == ()
    assert index.position("assertions/a.warc.gz") == 0


# Adding


def test_adding_twice_is_adding_once(index: Index) -> None:
    given = make_rows("a", make_quote("x"), make_quote("y", text="Something else was said."))
    put(index, given)
    put(index, given)
    assert index.search(Query(limit=10)).total.value == 2
    assert index.searched().quotes == 2
    assert index.searched().snapshots == 1


def test_adding_a_snapshot_again_replaces_its_quotes(index: Index) -> None:
    put(index, make_rows("a", make_quote("x", text="old words"), make_quote("gone", text="other words")))
    put(index, make_rows("a", make_quote("x", text="new words"), published=make_dated("2025-01-01"), language="de"))
    assert texts(index) == ["new words"]
    assert ids(index, q="old") == []
    assert index.quote(make_id("q", "gone")) is None
    assert index.searched().published_from == "2025-01-01"


def test_a_snapshot_without_quotes_is_known(index: Index) -> None:
    put(index, make_rows("a", state=ExtractionState.NONE, reason=Reason.BLOCKED_PAGE, status=403))
    assert index.has(make_id("s", "a"))
    assert index.searched().snapshots == 1


def test_what_was_added_is_there_for_another_opening(index: Index, index_config: Config) -> None:
    put(index, make_rows("a", make_quote("x")))
    again = open_index(index_config)
    assert again.has(make_id("s", "a"))
    assert again.search(Query()).total.value == 1
    again.close()


def test_quotes_whose_ids_begin_alike_are_all_kept(index: Index) -> None:
    """Ids that share their first bits fall on one place of the order."""
    alike = [f"qaaaaaaaaaa{letter * 10}" for letter in "abc"]
    rows = [
        make_rows(name, make_quote(text=f"words of {name}", id=name), url=f"https://{name}.example/") for name in alike
    ]
    put(index, *rows)
    walked = [entry.quote.id for entry in walk(index, Query(limit=1))]
    assert sorted(walked, key=str) == alike
    put(index, rows[1])
    assert index.search(Query()).total.value == 3


# Words


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("run", ["run"]),
        ("RUNNING", ["run"]),
        ("cooperative", ["run"]),
        ("coöperative's", ["run"]),
        ("ferry", ["run", "tax"]),
        ("ferry tax", ["tax"]),
        ("ferry + tax", ["tax"]),
        ("runner | tax", ["run", "tax"]),
        ("ferry -tax", ["run"]),
        ("-tax", ["run"]),
        ("-ferry", []),
        ("-(ferry tax)", ["run"]),
        ('"ferry tax"', ["tax"]),
        ('"tax ferry"', []),
        ("tax-free", ["tax"]),
        ("free-tax", []),
        ("„no ferry tax“", ["tax"]),
        ("«past the»", ["run"]),
        ("ferr*", ["run", "tax"]),
        ("runn*", ["run"]),
        ("fery~1", ["tax"]),
        ("feryr~1", ["tax"]),
        ("ferrries~1", ["run"]),
        ("qerry~1", []),
        ('"ferries running"~4', ["run"]),
        ('"ferries running"~3', []),
        ('"free no"~3', ["tax"]),
        ("(runner | free) past", ["run"]),
        ("runner | free past", ["run"]),
        ("zoe", []),
        ("", ["run", "tax"]),
        ("((( ++ || - ", ["run", "tax"]),
        ('"', ["run", "tax"]),
        ("ferry AND", []),
        ("NEAR(ferry tax)", []),
        ("text_words:ferry", []),
        ("ferry^2", []),
        ("rowid", []),
        ("*", ["run", "tax"]),
        ("f*y", []),
    ],
)
def test_the_search_box(box: Index, q: str, found: list[str]) -> None:
    assert sorted(ids(box, q=q), key=str) == sorted((make_id("q", name) for name in found), key=str)


def test_quotes_are_searched_in_their_own_language(index: Index) -> None:
    put(
        index,
        make_rows("en", make_quote("en", text="They were gifted children."), language="en", url="https://e.example/"),
        make_rows("de", make_quote("de", text="Die Kinder spielten."), language="de", url="https://d.example/"),
        make_rows("zz", make_quote("zz", text="gift children kinder"), language=None, url="https://z.example/"),
    )
    assert sorted(texts(index, q="child")) == []
    assert sorted(texts(index, q="children")) == ["They were gifted children.", "gift children kinder"]
    assert texts(index, q="kind") == ["Die Kinder spielten."]
    assert sorted(texts(index, q="gift")) == ["They were gifted children.", "gift children kinder"]
    assert texts(index, q="gift", language=("en",)) == ["They were gifted children."]
    assert texts(index, q="gift", exact=True) == ["gift children kinder"]


def test_text_without_blanks_is_found_by_any_part(index: Index) -> None:
    put(index, make_rows("ja", make_quote("ja", text="東京都の予算は増えた。"), language="ja"))
    for q in ["東京都", "京都", "東", "た", "予算は", '"予算は増"', "都*", "東京 予算"]:
        assert len(ids(index, q=q)) == 1, q
    for q in ["東都", "京東", "北"]:
        assert ids(index, q=q) == [], q


def test_in_passage_asks_for_each_term_anywhere(index: Index) -> None:
    quote = make_quote("x", text="Nobody asked why.", before="The harbour board met.", after="The mayor was away.")
    put(index, make_rows("a", quote, title="Council reopens ferry contract"))
    found = [
        "nobody marlow",
        "auditor council asked",
        "harbour mayor",
        '"harbour board"',
        "may*",
        '"why asked"~0',
        "-tender",
    ]
    for q in found:
        assert ids(index, q=q, in_passage=True) == [quote.id], q
    for q in ["nobody tender", '"contract nobody"', '"marlow auditor"', '"board asked"~90', "-mayor"]:
        assert ids(index, q=q, in_passage=True) == [], q
    assert ids(index, q="harbour") == []


def test_how_the_words_were_read_is_told(box: Index) -> None:
    assert box.search(Query(q="climate “red line” -tax | x")).read_as == '(climate "red line" -tax) | x'
    assert box.search(Query(q=" ( ")).read_as is None


@pytest.mark.parametrize(
    "q", ["\x00", "a\x00b", "\ud800", "a" * 5000, "'; DROP TABLE quotes; --", "٣", "🙂 ferry", "\u202e"]
)
def test_odd_words_never_fail(box: Index, q: str) -> None:
    for in_passage in (False, True):
        box.search(Query(q=q, in_passage=in_passage, facet=("speaker",)))
        box.search(Query(q=f'"{q}"~3 -{q} {q}* {q}~2', in_passage=in_passage))


# Filters


def test_filters(index: Index) -> None:
    courier = make_rows(
        "a", make_quote("a", text="first words", speaker=Speaker(name="Dmitry Peskov", role="spokesman"))
    )
    gazette = make_rows(
        "b",
        make_quote("b", text="second words", kind=Kind.FRAGMENT, speaker=Speaker(printed="a spokesman")),
        make_quote("i", text="third words", kind=Kind.INDIRECT),
        make_quote("s", text="fourth words", state=QuoteState.SUPERSEDED),
        url="https://www.gazette.example/b?utm_medium=x#top",
        requested_url="http://gazette.example/short",
        canonical_url="https://gazette.example/canonical/",
        outlet=None,
        language="de",
        captured_at=datetime(2026, 11, 12, 0, 30, tzinfo=UTC),
        published=make_dated("2026-11-11"),
    )
    put(index, courier, gazette)
    a, b = make_id("q", "a"), make_id("q", "b")
    assert ids(index) == [b, a]
    assert ids(index, speaker=("peskov",)) == [a]
    assert ids(index, speaker=("PESKOV dmitry",)) == [a]
    assert ids(index, speaker=("spokesman",)) == []
    assert ids(index, speaker=("nobody", "peskov")) == [a]
    assert ids(index, attributed=False) == [b]
    assert ids(index, attributed=True) == [a]
    assert ids(index, site=("gazette.example",)) == [b]
    assert ids(index, site=("www.Gazette.example", "x")) == [b]
    assert ids(index, outlet=("The Harbour Courier",)) == [a]
    assert ids(index, language=("de", "fr")) == [b]
    assert ids(index, snapshot=(make_id("s", "b"),)) == [b]
    assert ids(index, kind=(Kind.INDIRECT,)) == [make_id("q", "i")]
    assert ids(index, state=(QuoteState.SUPERSEDED,)) == [make_id("q", "s")]
    assert len(ids(index, kind=tuple(Kind), state=tuple(QuoteState))) == 4
    for url in ["gazette.example/b", "https://gazette.example/short/", "http://www.gazette.example/canonical?fbclid=1"]:
        assert ids(index, url=(url,)) == [b], url
    assert ids(index, url_exact=("https://www.gazette.example/b?utm_medium=x#top",)) == [b]
    assert ids(index, url_exact=("http://gazette.example/short",)) == [b]
    assert ids(index, url_exact=("https://gazette.example/canonical/",)) == [b]
    assert ids(index, url_exact=("https://gazette.example/b",)) == []


PRINTED = [  # what is printed, the days asked for, and whether it is found
    ("2026-11-10T23:30:00-05:00", "2026-11-10", "2026-11-10", True),
    ("2026-11-10T23:30:00-05:00", "2026-11-11", None, False),
    ("2026-11-10T00:10:00+13:00", "2026-11-10", "2026-11-10", True),
    ("2026-11-10T00:10:00+13:00", None, "2026-11-09", False),
    ("2026-11-10", "2026-11-10", "2026-11-10", True),
    ("2026-11-10", "2026-11-11", None, False),
    ("2026-11", "2026-11-01", "2026-11-30", True),
    ("2026-11", "2026-11-02", "2026-11-30", False),
    ("2026", "2026-01-01", "2026-12-31", True),
    ("1600-02-01", None, "1700-01-01", True),
    ("2400-02-01", "2300-01-01", None, True),
    (None, "1000-01-01", "3000-01-01", False),
]


def test_dates_are_the_printed_days_both_ends_included(index: Index) -> None:
    dates = list(dict.fromkeys(date for date, *_ in PRINTED))
    for date in dates:
        quote = make_quote(date, said_on=SaidOn(value=date))
        put(index, make_rows(date, quote, published=make_dated(date), url=f"https://n{dates.index(date)}.example/"))
    for date, start, end, found in PRINTED:
        site, days = (f"n{dates.index(date)}.example",), Days(start=start, end=end)
        assert bool(ids(index, site=site, published=days)) is found, (date, start, end)
        assert bool(ids(index, site=site, said=days)) is found, (date, start, end)
        assert bool(index.snapshots(SnapshotQuery(site=site, published=days)).entries) is found, (date, start, end)


def test_the_day_of_capture_is_in_utc(index: Index) -> None:
    late = datetime(2026, 11, 10, 23, 30, tzinfo=UTC).astimezone()
    put(index, make_rows("a", make_quote("x"), captured_at=late))
    for day, found in [("2026-11-10", 1), ("2026-11-11", 0)]:
        assert len(ids(index, captured=Days(start=day, end=day))) == found
        assert len(index.snapshots(SnapshotQuery(captured=Days(start=day, end=day))).entries) == found


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"q": " ".join(f"w{n}" for n in range(65))}, "q"),
        ({"q": '"' + " ".join(f"w{n}" for n in range(300)) + '"'}, "q"),
        ({"speaker": ("!",)}, "speaker"),
        ({"published": Days(start="2026-02-30")}, "published.from"),
        ({"said": Days(end="yesterday")}, "said.to"),
        ({"captured": Days(end="2026-1-1")}, "captured.to"),
        ({"sort": "newest"}, "sort"),
        ({"facet": ("speakers",)}, "facet"),
        ({"limit": 0}, "limit"),
        ({"limit": 1001}, "limit"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "é"}, "cursor"),
        ({"cursor": "AAAA" * 9}, "cursor"),
        ({"sort": "relevance", "cursor": "x"}, "cursor"),
    ],
)
def test_what_cannot_be_asked_names_its_parameter(box: Index, asked: dict[str, Any], parameter: str) -> None:
    with pytest.raises(BadQuery) as caught:
        box.search(Query(**asked))
    assert caught.value.parameter == parameter


# Order, walks, totals, facets


def walk(index: Index, query: Query) -> list[Entry]:
    """All entries that a client gets by following `next`."""
    found: list[Entry] = []
    cursor = None
    while True:
        page = index.search(_with(query, cursor=cursor))
        found += page.entries
        cursor = page.next
        if cursor is None:
            return found


def _with(query: Query, **changes: Any) -> Query:
    return replace(query, **changes)


def test_order_is_by_minute_published_else_captured(index: Index) -> None:
    given = [
        ("c", "2026-11-10T10:00:00+02:00"),  # 08:00 UTC
        ("b", "2026-11-10T09:00:00+00:00"),
        ("d", "2026-11-10"),
        ("a", None),  # captured 19:02 UTC
        ("e", "1066-10-14"),
    ]
    for name, published in given:
        put(index, make_rows(name, make_quote(name), published=make_dated(published), url=f"https://{name}.example/"))
    newest = [make_id("q", name) for name in "abcde"]
    assert ids(index) == newest
    assert ids(index, sort="published") == newest[::-1]
    assert [entry.quote.id for entry in walk(index, Query(limit=2))] == newest


def test_a_walk_gives_every_row_once_while_rows_come_and_go(index: Index) -> None:
    def row(number: int) -> Any:
        day = make_dated(f"2026-{1 + number // 28:02d}-{1 + number % 28:02d}")
        return make_rows(number, make_quote(number), published=day, url=f"https://n.example/{number}")

    put(index, *map(row, range(0, 60, 2)))
    first = index.search(Query(limit=10))
    put(index, *map(row, range(1, 60, 2)))
    rest: list[Entry] = []
    cursor = first.next
    while cursor:
        page = index.search(Query(limit=10, cursor=cursor))
        rest += page.entries
        cursor = page.next
    seen = [entry.quote.id for entry in (*first.entries, *rest)]
    assert len(seen) == len(set(seen))
    assert {make_id("q", number) for number in range(0, 60, 2)} <= set(seen)


def test_a_cursor_goes_with_its_query_only(index: Index) -> None:
    put(index, *(make_rows(n, make_quote(n), url=f"https://n.example/{n}") for n in range(3)))
    cursor = index.search(Query(q="contract", limit=1)).next
    assert cursor
    assert index.search(Query(q="contract", limit=2, facet=("site",), cursor=cursor)).entries
    others = [Query(q="tender", cursor=cursor), Query(q="contract", sort="published", cursor=cursor)]
    for query in [*others, *(Query(q="contract", cursor=each) for each in [cursor[1:], cursor[:-1], cursor + "A"])]:
        with pytest.raises(BadQuery) as caught:
            index.search(query)
        assert caught.value.parameter == "cursor"


def test_relevance_has_no_further_page(index: Index) -> None:
    put(index, *(make_rows(n, make_quote(n, text="ferry " * (n + 1)), url=f"https://n.example/{n}") for n in range(5)))
    page = index.search(Query(q="ferry", sort="relevance", limit=2))
    assert len(page.entries) == 2
    assert page.total.value == 5
    assert page.next is None
    assert len(index.search(Query(sort="relevance", limit=1000)).entries) == 5


def test_facets_count_matches_and_others(index: Index) -> None:
    quotes = [make_quote(n, text=f"word {n}", speaker=Speaker(name=f"Speaker {n % 25:02d}")) for n in range(60)]
    put(index, make_rows("a", *quotes, make_quote("nobody", text="word", speaker=Speaker())))
    found = index.search(Query(q="word", facet=("speaker", "month", "kind"), limit=1)).facets
    assert found["speaker"] == facet([f"Speaker {n % 25:02d}" for n in range(60)])
    assert found["speaker"].others == 10
    assert found["month"].buckets == (Bucket(value="2026-11", count=61),)
    assert set(found) == {"speaker", "month", "kind"}


def test_above_ten_thousand_totals_are_a_lower_bound_and_facets_count_the_newest(index: Index) -> None:
    def rows(first: int, number: int, speaker: str, published: str) -> Any:
        quotes = [make_quote((first, n), text="ferry", speaker=Speaker(name=speaker)) for n in range(number)]
        return make_rows(first, *quotes, published=make_dated(published), url=f"https://n.example/{first}")

    put(index, rows(0, 5_000, "Old Hand", "2020-01-01"), rows(1, 5_000, "New Hand", "2026-01-01"))
    page = index.search(Query(q="ferry", facet=("speaker",)))
    assert page.total == Total(value=10_000, relation=Relation.EXACT)
    assert page.facets["speaker"].relation is Relation.EXACT
    put(index, rows(2, 2_000, "Newest Hand", "2026-02-01"))
    page = index.search(Query(q="ferry", facet=("speaker",), sort="published"))
    assert page.total == Total(value=10_000, relation=Relation.AT_LEAST)
    assert page.facets["speaker"].relation is Relation.AT_LEAST
    counts = {bucket.value: bucket.count for bucket in page.facets["speaker"].buckets}
    assert counts == {"New Hand": 5_000, "Old Hand": 3_000, "Newest Hand": 2_000}


def test_speakers_by_the_beginning_of_a_word_of_their_name(index: Index) -> None:
    names = ["Ada Marlow", "Ada Marlow", "Tom Márquez", "Marta Ada", None]
    put(
        index,
        make_rows("a", *(make_quote(n, text=f"w{n}", speaker=Speaker(name=name)) for n, name in enumerate(names))),
    )
    every = [
        Bucket(value="Ada Marlow", count=2),
        Bucket(value="Marta Ada", count=1),
        Bucket(value="Tom Márquez", count=1),
    ]
    assert list(index.speakers("", 10)) == every
    assert list(index.speakers("mar", 10)) == every
    assert list(index.speakers("mar", 1)) == every[:1]
    assert [each.value for each in index.speakers("ada mar", 10)] == ["Ada Marlow", "Marta Ada"]
    assert [each.value for each in index.speakers("marq", 10)] == ["Tom Márquez"]
    assert index.speakers("x", 10) == index.speakers("!", 10) == ()


# Snapshots


def test_snapshots_by_filter(index: Index) -> None:
    given = [
        make_snapshot_entry("a", captured_at=CAPTURED),
        make_snapshot_entry("b", captured_at=CAPTURED + timedelta(seconds=1), status=404, state=ExtractionState.NONE,
                            reason=Reason.HTTP_ERROR, language=None, published=UNDATED),
        make_snapshot_entry("c", url="https://gazette.example/", captured_at=CAPTURED + timedelta(1), language="de"),
    ]  # fmt: skip
    put(index, *((row, ()) for row in given))
    a, b, c = (make_id("s", name) for name in "abc")

    def found(**asked: Any) -> list[str]:
        return [row.snapshot.id for row in index.snapshots(SnapshotQuery(**asked)).entries]

    assert found() == [c, b, a]
    assert found(sort="captured") == [a, b, c]
    assert found(url=("harbour-courier.example/2026/ferry",)) == [b, a]
    assert found(url_exact=(URL,), status=(404, 500)) == [b]
    assert found(site=("gazette.example",)) == found(language=("de",)) == [c]
    assert found(state=(ExtractionState.NONE,)) == found(reason=(Reason.HTTP_ERROR,)) == [b]
    page = index.snapshots(SnapshotQuery(facet=("status", "reason", "month", "site", "language", "state"), limit=1))
    assert page.facets["status"] == facet(["200", "200", "404"])
    assert page.facets["reason"] == facet(["http_error"])
    assert page.facets["month"] == facet(["2026-11", "2026-11"])
    second = index.snapshots(SnapshotQuery(limit=1, cursor=page.next))
    assert [row.snapshot.id for row in second.entries] == [b]
    assert second.total.value == 3
    with pytest.raises(BadQuery):
        index.snapshots(SnapshotQuery(sort="-published"))


def test_captures_of_a_url_oldest_first(index: Index) -> None:
    rows = [
        make_snapshot_entry("new", captured_at=CAPTURED + timedelta(microseconds=2)),
        make_snapshot_entry("old", captured_at=CAPTURED, url="http://www.harbour-courier.example/2026/ferry/#x"),
        make_snapshot_entry(
            "hop", captured_at=CAPTURED + timedelta(microseconds=1), requested_url=URL, url="https://x.example/"
        ),
        make_snapshot_entry("other", url="https://harbour-courier.example/2026/ferry?page=2"),
    ]
    put(index, *((row, ()) for row in rows))
    assert [row.snapshot.id for row in index.captures(URL)] == [make_id("s", name) for name in ("old", "hop", "new")]


def test_what_is_searched_is_told(index: Index) -> None:
    put(
        index,
        make_rows(
            "a",
            make_quote("x"),
            make_quote("s", state=QuoteState.SUPERSEDED),
            make_quote("i", kind=Kind.INDIRECT),
            published=make_dated("2026-10-02"),
        ),
        make_rows("b", published=make_dated("2026-11"), url="https://b.example/"),
        make_rows("c", published=UNDATED, url="https://c.example/"),
    )
    searched = index.searched()
    assert (searched.quotes, searched.snapshots) == (1, 3)
    assert (searched.published_from, searched.published_to) == ("2026-10-02", "2026-11-30")
    assert index.search(Query(q="nothing")).searched == searched
    assert index.snapshots(SnapshotQuery()).searched == searched


# Repeats


def test_repeats_are_marked_in_whatever_order_captures_come(index: Index) -> None:
    def capture(name: str, hour: int, *quotes: Any, **changes: Any) -> Any:
        return make_rows(name, *quotes, captured_at=CAPTURED.replace(hour=hour), **changes)

    put(index, capture("late", 20, make_quote("late", text="The same words!"), make_quote("new", text="New words")))
    assert len(ids(index)) == 2
    put(index, capture("early", 8, make_quote("early", text="the SAME words"), url=URL + "/?utm_source=x"))
    assert index.quote(make_id("q", "late")).repeat_of == make_id("q", "early")  # type: ignore[union-attr]
    assert set(ids(index)) == {make_id("q", "early"), make_id("q", "new")}
    assert len(ids(index, repeats=True)) == 3
    assert index.search(Query(facet=("site",))).facets["site"].buckets[0].count == 2
    put(index, capture("first", 7, make_quote("first", text="The same words", state=QuoteState.WITHDRAWN)))
    assert index.quote(make_id("q", "early")).repeat_of is None  # type: ignore[union-attr]
    put(index, capture("early", 8, make_quote("early", text="Other words now")))
    assert index.quote(make_id("q", "late")).repeat_of is None  # type: ignore[union-attr]


def test_other_speakers_pages_and_the_same_capture_are_no_repeats(index: Index) -> None:
    words = "The same words"
    put(
        index,
        make_rows("a", make_quote("a", text=words), make_quote("twice", text=words)),
        make_rows(
            "b",
            make_quote("b", text=words, speaker=Speaker(name="Tom Reyes")),
            captured_at=CAPTURED + timedelta(hours=1),
        ),
        make_rows(
            "c", make_quote("c", text=words), captured_at=CAPTURED + timedelta(hours=1), url="https://c.example/"
        ),
    )
    assert len(ids(index)) == 4


# Positions and rebuilding


def test_positions_are_kept(index: Index, index_config: Config) -> None:
    name = "assertions/onrecord-20261110.warc.gz"
    index.advance(name, 12)
    index.advance(name, 5_000_000_000)
    again = open_index(index_config)
    assert again.position(name) == 5_000_000_000
    assert again.position("assertions/other.warc.gz") == 0
    again.close()


def test_a_rebuilt_index_takes_the_place_of_the_old_one(index: Index, index_config: Config) -> None:
    reader = open_index(index_config)
    put(index, make_rows("a", make_quote("a")))
    index.advance("assertions/a.warc.gz", 9)
    assert reader.has(make_id("s", "a"))
    with index.rebuild() as fresh:
        assert not fresh.has(make_id("s", "a"))
        assert fresh.position("assertions/a.warc.gz") == 0
        put(fresh, make_rows("b", make_quote("b")))
        assert reader.has(make_id("s", "a"))
        assert not reader.has(make_id("s", "b"))
    for each in (index, reader):
        assert each.has(make_id("s", "b"))
        assert not each.has(make_id("s", "a"))
        assert [entry.quote.id for entry in each.search(Query()).entries] == [make_id("q", "b")]
    put(reader, make_rows("c", make_quote("c"), url="https://c.example/"))
    assert index.has(make_id("s", "c"))
    reader.close()


def test_a_rebuild_that_fails_leaves_everything_as_it_was(index: Index) -> None:
    put(index, make_rows("a", make_quote("a")))
    with pytest.raises(RuntimeError, match="stopped"), index.rebuild() as fresh:
        put(fresh, make_rows("b", make_quote("b")))
        raise RuntimeError("stopped")
    assert index.has(make_id("s", "a"))
    assert not index.has(make_id("s", "b"))


def test_rebuilding_again_and_again(index: Index) -> None:
    for name in "abcd":
        with index.rebuild() as fresh:
            put(fresh, make_rows(name, make_quote(name)))
        assert ids(index) == [make_id("q", name)]


# Compared with a list and loops


@settings(max_examples=20)
@given(query=QUERIES)
def test_members_order_totals_and_facets_equal_the_model(filled: tuple[Index, Model], query: Query) -> None:
    index, model = filled
    wanted = model.search(query)
    page = index.search(query)
    assert page.total == Total(value=len(wanted), relation=Relation.EXACT)
    assert walk(index, query) == wanted
    assert page.facets["speaker"] == facet([entry.quote.speaker.name for entry in wanted])
    assert page.facets["site"] == facet([entry.site for entry in wanted])
    assert page.facets["outlet"] == facet([entry.outlet for entry in wanted])
    assert page.facets["language"] == facet([entry.language for entry in wanted])
    assert page.facets["kind"] == facet([entry.quote.kind.value for entry in wanted])
    assert page.facets["polarity"] == facet([entry.quote.polarity.value for entry in wanted])
    assert page.facets["review"] == facet([entry.quote.review and entry.quote.review.value for entry in wanted])
    assert page.facets["year"] == facet([entry.published[:4] if entry.published else None for entry in wanted])
    assert page.facets["month"] == facet([entry.published[:7] if entry.published else None for entry in wanted])


def test_any_order_of_adding_and_adding_again_ends_in_the_same(index: Index) -> None:
    rand = random.Random(3)
    first, second, model = corpus(11, 25), corpus(12, 25), Model()
    renewed = [(new[0], new[1]) for new in second]
    steps = [*first, *renewed, *first[:10], *second[5:15]]
    rand.shuffle(steps)
    for start in range(0, len(steps), 4):
        some = {row[0].snapshot.id: row for row in steps[start : start + 4]}
        index.add(list(some.values()))
        for row in some.values():
            model.add(*row)
    index.refresh()
    query = Query(repeats=True, kind=tuple(Kind), state=tuple(QuoteState), visibility=tuple(Visibility), limit=1000)
    assert list(index.search(query).entries) == model.search(query)
    assert walk(index, Query(limit=5)) == model.search(Query())
