"""Histograms, articles, samples and what may be seen: the same promises on SQLite and on Elasticsearch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.config import load
from archiver.errors import BadQuery, QueryTooHeavy
from archiver.index import Index, open_index
from archiver.records import (
    Bucket,
    DateOf,
    Days,
    ExtractionState,
    Interval,
    Kind,
    Polarity,
    Query,
    QuoteState,
    Relation,
    Review,
    SaidOn,
    SnapshotQuery,
    Speaker,
    Visibility,
)
from tests.factories import CAPTURED, make_dated, make_id, make_quote, make_rows
from tests.index_corpus import ARTICLE_QUERIES, QUERIES, corpus
from tests.index_fixtures import BOTH, ON_SERVER, settings_of
from tests.index_model import Model


def put(index: Index, *given: Any) -> None:
    index.add(given)
    index.refresh()


def names(index: Index, **asked: Any) -> list[str]:
    """The texts of what is found."""
    return [entry.quote.text for entry in index.search(Query(**asked)).entries]


def articles(index: Index, **asked: Any) -> list[str]:
    """The snapshots whose articles are found, by the names they were made with."""
    return [row.title or "" for row in index.snapshots(SnapshotQuery(**asked)).entries]


@pytest.fixture(scope="module", params=BOTH)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Model]]:
    with settings_of(request.param, request, tmp_path_factory.mktemp("filled")) as config:
        index, model = open_index(config), Model()
        for row in (rows := corpus(21, 80)):
            model.add(*row)
        put(index, *rows)
        yield index, model
        index.close()


# Histograms


def counted(model: Model, query: Query, interval: Interval, by: DateOf) -> tuple[Counter[str], int]:
    size = {Interval.DAY: 10, Interval.MONTH: 7, Interval.YEAR: 4}[interval]
    dates = {
        DateOf.PUBLISHED: lambda entry: entry.published,
        DateOf.SAID: lambda entry: entry.quote.said_on.value,
        DateOf.CAPTURED: lambda entry: entry.captured_at.astimezone(UTC).date().isoformat(),
    }
    values = [dates[by](entry) for entry in model.search(query)]
    dated = [value[:size] for value in values if value and len(value) >= size]
    return Counter(dated), len(values) - len(dated)


@settings(max_examples=15)
@given(query=QUERIES, interval=st.sampled_from(Interval), by=st.sampled_from(DateOf))
def test_a_histogram_counts_what_the_search_finds(
    filled: tuple[Index, Model], query: Query, interval: Interval, by: DateOf
) -> None:
    index, model = filled
    wanted, undated = counted(model, query, interval, by)
    found = index.histogram(query, interval, by)
    assert {bucket.value: bucket.count for bucket in found.buckets if bucket.count} == wanted
    assert (found.undated, found.relation) == (undated, Relation.EXACT)
    assert found.total.value == sum(wanted.values()) + undated
    if found.buckets:
        assert found.buckets[0].count
        assert found.buckets[-1].count


def dated(*days: str) -> Any:
    return [make_rows(day, make_quote(day), url=f"https://a.example/{day}", published=make_dated(day)) for day in days]


def test_periods_without_quotes_are_listed_with_zero(index: Index) -> None:
    put(index, *dated("2024-02-28", "2024-03-01", "2024-03-01T12:00:00+02:00", "2024-12-31", "2025-01-01"))
    days = index.histogram(Query(published=Days(end="2024-03-31")), Interval.DAY, DateOf.PUBLISHED)
    assert days.buckets == (
        Bucket(value="2024-02-28", count=1),
        Bucket(value="2024-02-29", count=0),
        Bucket(value="2024-03-01", count=2),
    )
    months = index.histogram(Query(), Interval.MONTH, DateOf.PUBLISHED).buckets
    assert [bucket.value for bucket in months][:2] == ["2024-02", "2024-03"]
    assert len(months) == 12
    years = index.histogram(Query(), Interval.YEAR, DateOf.PUBLISHED).buckets
    assert years == (Bucket(value="2024", count=4), Bucket(value="2025", count=1))


def test_a_date_that_names_no_day_is_in_its_year_but_on_no_day(index: Index) -> None:
    put(index, *dated("2024", "2024-05", "2024-05-06"))
    for interval, dated_ones in ((Interval.YEAR, 3), (Interval.MONTH, 2), (Interval.DAY, 1)):
        found = index.histogram(Query(), interval, DateOf.PUBLISHED)
        assert (sum(bucket.count for bucket in found.buckets), found.undated) == (dated_ones, 3 - dated_ones)


def test_nothing_found_is_an_empty_histogram(index: Index) -> None:
    found = index.histogram(Query(q="tender"), Interval.DAY, DateOf.SAID)
    assert (found.buckets, found.undated, found.total.value, found.read_as) == ((), 0, 0, "tender")


def test_too_many_periods_are_refused_by_the_parameter(index: Index) -> None:
    put(index, *dated("1066-10-14", "2026-11-10"))
    assert len(index.histogram(Query(), Interval.YEAR, DateOf.PUBLISHED).buckets) == 961
    with pytest.raises(BadQuery) as caught:
        index.histogram(Query(), Interval.MONTH, DateOf.PUBLISHED)
    assert caught.value.parameter == "interval"


def test_above_the_limit_a_histogram_counts_the_newest_and_says_so(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sqlite", "sqlite_read", "elastic"):
        monkeypatch.setattr(f"archiver.index.{module}.MAX_HISTOGRAM", 30)
    monkeypatch.setattr("archiver.index.elastic_read.STEP", 10)
    first = date(2020, 1, 1)
    put(index, *dated(*((first + timedelta(days=number)).isoformat() for number in range(31))))
    found = index.histogram(Query(), Interval.DAY, DateOf.PUBLISHED)
    assert found.relation is Relation.AT_LEAST
    assert (found.buckets[0].value, len(found.buckets)) == ("2020-01-02", 30)


# Ranges of dates


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        ("2024-05-06", "2024-05-06", {"2024-05-06"}),
        ("2024-05-01", "2024-05-31", {"2024-05", "2024-05-06"}),
        ("2024-05-02", "2024-05-31", {"2024-05-06"}),
        ("2024-01-01", "2024-12-31", {"2024", "2024-05", "2024-05-06"}),
        ("2024-01-02", None, {"2024-05", "2024-05-06", "2025-02-28"}),
        (None, "2024-12-31", {"1999-12-31", "2024", "2024-05", "2024-05-06"}),
        ("2026-01-01", None, set()),
        ("2024-05-07", "2024-05-06", set()),
    ],
)
def test_a_range_holds_the_dates_that_lie_in_it_whole(
    index: Index, start: str | None, end: str | None, inside: set[str]
) -> None:
    values = ["1999-12-31", "2024", "2024-05", "2024-05-06", "2025-02-28"]
    quotes = [make_quote(value, text=value, said_on=SaidOn(value=value)) for value in values]
    put(index, make_rows("ferry", *quotes))
    assert set(names(index, said=Days(start=start, end=end))) == inside


# What is said of a quote, and who may see it


def test_polarity_and_review_narrow_and_are_counted(index: Index) -> None:
    quotes = [make_quote(each, text=each.value, polarity=each) for each in Polarity]
    quotes.append(make_quote("seen", text="seen", review=Review.CONFIRMED))
    put(index, make_rows("ferry", *quotes))
    assert set(names(index)) == {"asserted", "denied", "hypothetical", "disputed", "seen"}
    assert names(index, polarity=(Polarity.DENIED,)) == ["denied"]
    assert set(names(index, polarity=(Polarity.ASSERTED, Polarity.DISPUTED))) == {"asserted", "disputed", "seen"}
    assert names(index, review=(Review.CONFIRMED, Review.DISPUTED)) == ["seen"]
    facets = index.search(Query(facet=("polarity", "review"))).facets
    assert {each.value: each.count for each in facets["polarity"].buckets}["asserted"] == 2
    assert facets["review"].buckets == (Bucket(value="confirmed", count=1),)


def test_what_is_not_public_is_found_only_by_those_who_may_see_it(index: Index) -> None:
    for each in Visibility:
        quote = make_quote(each, text=each.value, speaker=Speaker(name=f"Ada {each.value}"))
        put(
            index,
            make_rows(
                each.value,
                quote,
                url=f"https://{each.value}.example/",
                published=make_dated("2024-01-01"),
                visibility=each,
                text="the ferry",
                title=each.value,
            ),
        )
    private = (Visibility.PUBLIC, Visibility.PRIVATE)
    assert names(index) == ["public"]
    assert set(names(index, visibility=private)) == {"public", "private"}
    assert articles(index, q="ferry") == ["public"]
    assert set(articles(index, visibility=private)) == {"public", "private"}
    assert [bucket.value for bucket in index.speakers("ada", 10)] == ["Ada public"]
    assert len(index.speakers("ada", 10, private)) == 2
    assert (index.searched().quotes, index.searched().snapshots) == (1, 1)
    assert (index.searched(private).quotes, index.searched(private).snapshots) == (2, 2)
    assert index.histogram(Query(), Interval.YEAR, DateOf.PUBLISHED).total.value == 1
    assert len(index.captures("https://private.example/")) == 1


# Orders


def walked(index: Index, query: Query) -> list[str | None]:
    found: list[str | None] = []
    while True:
        page = index.search(query)
        found += [entry.quote.id for entry in page.entries]
        if page.next is None:
            return found
        query = replace(query, cursor=page.next)


EVERYTHING = Query(repeats=True, kind=tuple(Kind), state=tuple(QuoteState), visibility=tuple(Visibility))


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_a_random_order_is_the_same_for_the_same_seed_and_has_everything_once(
    filled: tuple[Index, Model], limit: int
) -> None:
    index, model = filled
    drawn = walked(index, replace(EVERYTHING, sort="random", seed=3, limit=max(limit, 5)))
    assert sorted(map(str, drawn)) == sorted(str(entry.quote.id) for entry in model.search(EVERYTHING))
    again = index.search(replace(EVERYTHING, sort="random", seed=3, limit=20))
    assert [entry.quote.id for entry in again.entries] == drawn[:20]
    other = index.search(replace(EVERYTHING, sort="random", seed=4, limit=20))
    assert [entry.quote.id for entry in other.entries] != drawn[:20]


def test_newest_in_the_archive_comes_first_whatever_the_page_says(index: Index) -> None:
    for name, published, hour in (("old", "2026-01-01", 3), ("new", "2025-01-01", 5), ("mid", "2027-01-01", 4)):
        captured_at = CAPTURED + timedelta(hours=hour)
        url = f"https://a.example/{name}"
        put(index, make_rows(name, make_quote(name), captured_at=captured_at, published=make_dated(published), url=url))
    ids = [make_id("q", name) for name in ("new", "mid", "old")]
    assert walked(index, Query(sort="-learnt", limit=2)) == ids
    newest = index.search(Query(sort="-learnt")).entries[0]
    assert newest.learnt_at == CAPTURED + timedelta(hours=5)


# Articles


def test_articles_are_found_by_their_words_with_or_without_quotes(index: Index) -> None:
    put(
        index,
        make_rows("ferry", title="ferry", text="The ferries\nThe council reopened the tender.", language="en"),
        make_rows(
            "rain", make_quote("rain"), title="rain", text="It rained. The tender was closed.", url="https://b.example/"
        ),
        make_rows("none", title="none", text="", url="https://c.example/"),
    )
    assert set(articles(index, q="tender")) == {"ferry", "rain"}
    assert articles(index, q="tenders reopening") == ["ferry"]
    assert articles(index, q="ferry") == ["ferry"]
    assert articles(index, q="ferry", exact=True) == []
    assert articles(index, q='"the tender was closed"') == ["rain"]
    assert articles(index, q='"tender the was"') == []
    assert articles(index, q="tender -rained") == ["ferry"]
    assert articles(index, q="coun*") == ["ferry"]
    assert articles(index, q="councli~2") == ["ferry"]
    assert articles(index, q="tender", sort="relevance")
    assert articles(index, q="tender", url=("https://b.example/",), url_exact=("https://b.example/",)) == ["rain"]
    assert articles(index, q="reopened", url=("https://b.example/",)) == []
    page = index.snapshots(SnapshotQuery(q="tender", facet=("site", "month")))
    assert (page.total.value, page.read_as) == (2, "tender")
    assert sum(bucket.count for bucket in page.facets["site"].buckets) == 2
    assert all(row.text == "" for row in page.entries)


def test_an_article_that_is_read_again_is_found_by_its_new_words_only(index: Index) -> None:
    put(index, make_rows("ferry", title="ferry", text="a ferry"))
    put(index, make_rows("ferry", title="ferry", text="a ferry"))
    assert articles(index, q="ferry") == ["ferry"]
    changed: dict[str, Any] = {"title": "ferry", "text": "a tender", "text_digest": "sha256:" + "aa" * 32}
    put(index, make_rows("ferry", **changed))
    assert (articles(index, q="ferry"), articles(index, q="tender")) == ([], ["ferry"])
    put(index, make_rows("ferry", **changed, state=ExtractionState.FAILED))
    assert articles(index, q="tender", state=(ExtractionState.FAILED,)) == ["ferry"]


def test_a_walk_through_articles_has_each_once(filled: tuple[Index, Model]) -> None:
    index, _ = filled
    query, found = SnapshotQuery(q="ferry | tax", limit=3, visibility=tuple(Visibility)), list[str]()
    while True:
        page = index.snapshots(query)
        found += [row.snapshot.id for row in page.entries]
        if page.next is None:
            break
        query = replace(query, cursor=page.next)
    assert len(found) == len(set(found)) == page.total.value
    assert page.total.value > 3


# Both at once


SEEDS = (101, 102, 103)


@pytest.fixture(scope="module")
def pairs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[int, tuple[Index, Index]]]:
    """Archives of several seeds, each in both indexes, added in different portions."""
    opened: dict[int, tuple[Index, Index]] = {}
    with (
        settings_of("sqlite", request, tmp_path_factory.mktemp("sqlite")) as sqlite,
        settings_of("elasticsearch", request, tmp_path_factory.mktemp("elastic")) as elastic,
    ):
        for seed in SEEDS:
            one = open_index(replace(sqlite, archive=sqlite.archive / str(seed)))
            other = open_index(replace(elastic, index_prefix=f"{elastic.index_prefix}-{seed}"))
            rows = corpus(seed, 60)
            for start in range(0, 60, 7):
                one.add(rows[start : start + 7])
            put(other, *reversed(rows))
            opened[seed] = (one, other)
        yield opened
        for indexes in opened.values():
            for index in indexes:
                index.close()


@ON_SERVER
@settings(max_examples=30)
@given(
    seed=st.sampled_from(SEEDS),
    query=QUERIES,
    articles=ARTICLE_QUERIES,
    interval=st.sampled_from(Interval),
    by=st.sampled_from(DateOf),
)
def test_both_indexes_answer_alike(
    pairs: dict[int, tuple[Index, Index]],
    seed: int,
    query: Query,
    articles: SnapshotQuery,
    interval: Interval,
    by: DateOf,
) -> None:
    one, other = pairs[seed]
    assert replace(one.search(query), next=None) == replace(other.search(query), next=None)
    drawn = replace(query, sort="random", seed=seed)
    assert one.search(drawn).entries == other.search(drawn).entries
    assert one.histogram(query, interval, by) == other.histogram(query, interval, by)
    assert replace(one.snapshots(articles), next=None) == replace(other.snapshots(articles), next=None)
    assert walked(one, query) == walked(other, query)


# The time limit


def test_a_search_that_takes_too_long_is_stopped_and_says_what_to_narrow(tmp_path: Path) -> None:
    index = open_index(load({}, {"archive": str(tmp_path), "search_seconds": "0.1"}))
    quotes = [make_quote(number, text=f"ferry word{number}") for number in range(3000)]
    put(index, make_rows("ferry", *quotes))
    index._seconds = -1.0  # type: ignore[attr-defined]
    with pytest.raises(QueryTooHeavy, match="Narrow"):
        index.search(Query(q="ferry", facet=("speaker",)))
    index._seconds = 10.0  # type: ignore[attr-defined]
    assert index.search(Query(q="ferry")).total.value == 3000
    index.close()
