"""Ids last, records say exactly what the values said, and what is malformed is named."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.annotations import (
    Assertion,
    from_record,
    identified,
    quote_id,
    stored_texts,
    to_records,
)
from archiver.annotations.records import text_digest
from archiver.errors import WarcDamaged
from archiver.records import (
    Article,
    Dated,
    Extraction,
    ExtractionState,
    Kind,
    Locator,
    Origin,
    Quote,
    QuoteState,
    Selector,
    Snapshot,
    Span,
    Speaker,
    StoredText,
    WarcRecord,
)
from archiver.values import Malformed, from_plain, to_plain

NOON = datetime(2026, 11, 10, 12, 0, 0, 250000, tzinfo=UTC)
PLACE = Locator(warc="assertions/a-00001.warc.gz", offset=4821, length=900)


def snapshot(**changes: Any) -> Snapshot:
    facts: dict[str, Any] = {
        "id": "saaaaaaaaaaaaaaaaaaaa",
        "record_id": "urn:uuid:6f0f6a52-7f3e-4a1c-9d0e-0c2a5c8b91d7",
        "requested_url": "http://harbour.example/ferry",
        "url": "https://harbour.example/ferry",
        "captured_at": NOON,
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "payload_digest": "sha256:" + "0" * 64,
        "truncated": None,
        "origin": Origin.CAPTURED,
        "locator": Locator(warc="captures/c-00001.warc.gz", offset=600, length=1200),
    }
    return Snapshot(**{**facts, **changes})


def article(text: str = "Ferry contract reopened\n“Nobody asked why,” said Ada Marlow.") -> Article:
    return Article(
        url="https://harbour.example/ferry",
        canonical_url=None,
        title=text.split("\n", 1)[0],
        authors=("Tom Reyes",),
        outlet="The Harbour Courier",
        published=Dated(value="2026-11-10", source="meta", printed="2026-11-10"),
        modified=Dated(),
        language="en",
        text=text,
        text_digest=text_digest(text.encode()),
    )


def quote(text: str, prefix: str = "", suffix: str = "", **changes: Any) -> Quote:
    span = Span(start=len(prefix), end=len(prefix) + len(text))
    facts: dict[str, Any] = {
        "text": text,
        "printed": text,
        "kind": Kind.DIRECT,
        "spans": (span,),
        "selectors": (Selector(exact=text, prefix=prefix, suffix=suffix),),
    }
    return Quote(**{**facts, **changes})


def extraction(*quotes: Quote, of: Article | None = None) -> Extraction:
    return Extraction(
        snapshot_id="saaaaaaaaaaaaaaaaaaaa",
        state=ExtractionState.DONE,
        reason=None,
        article=of or article(),
        quotes=quotes,
        extractor="onrecord/0.1.0",
        made_at=NOON,
    )


def counted() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"urn:uuid:00000000-0000-4000-8000-{next(numbers):012}"


def placed(records: tuple[WarcRecord, ...]) -> tuple[WarcRecord, ...]:
    return tuple(
        dataclasses.replace(record, locator=dataclasses.replace(PLACE, offset=PLACE.offset + number))
        for number, record in enumerate(records)
    )


# --- ids


@pytest.mark.parametrize(
    ("words", "occurrence", "pinned"),
    [
        ("Nobody asked why.", 0, "qtiq5bze764gtqwa627tv"),
        ("Nobody asked why.", 1, "qm5hq4mz22yojykfy4cai"),
        ("„Niemand hat gefragt.“", 0, "qv7hb2wbxbmyuwklaowia"),
    ],
    ids=["first", "second", "beyond ascii"],
)
def test_an_id_once_given_is_given_for_ever(words: str, occurrence: int, pinned: str) -> None:
    assert quote_id("saaaaaaaaaaaaaaaaaaaa", words, occurrence) == pinned


@given(st.text(), st.integers(0, 9))
def test_an_id_is_q_and_twenty_letters_or_digits(words: str, occurrence: int) -> None:
    assert re.fullmatch(r"q[a-z2-7]{20}", quote_id("saaaaaaaaaaaaaaaaaaaa", words, occurrence))


def test_the_same_words_twice_are_two_quotes() -> None:
    one, other = identified("s1", (quote("Yes.", "she said "), quote("Yes.", "he said ")))
    assert one.id == quote_id("s1", "Yes.", 0)
    assert other.id == quote_id("s1", "Yes.", 1)


def test_ids_are_inherited_by_what_stands_around_the_words_not_by_counting() -> None:
    his = quote("Yes, of course.", "The mayor was asked. ", " said Olu Bright.")
    hers = quote("Yes, of course.", "So was the harbour master. ", " said Ada Marlow.")
    first = identified("s1", (hers,))
    again = identified("s1", (his, hers), first)
    assert again[1].id == first[0].id
    assert again[0].id not in {first[0].id, None}


def test_an_inserted_caption_before_a_quote_does_not_cost_its_id() -> None:
    first = identified("s1", (quote("We had no choice at all.", "end of the day.\n“", "” said Ada Marlow, the"),))
    again = identified(
        "s1", (quote("We had no choice at all.", "The pier at noon.\n“", "” said Ada Marlow, the"),), first
    )
    assert [found.id for found in again] == [first[0].id]


def test_a_quote_no_longer_seen_comes_back_superseded_with_its_successor() -> None:
    first = identified(
        "s1", (quote("The contract was never put to tender, and"), quote("Something else entirely here.", "x" * 90))
    )
    again = identified("s1", (quote("The contract was never put to tender, and nobody asked why."),), first)
    current, cut, gone = again
    assert (cut.id, cut.state, cut.superseded_by) == (first[0].id, QuoteState.SUPERSEDED, current.id)
    assert (gone.id, gone.state, gone.superseded_by) == (first[1].id, QuoteState.SUPERSEDED, None)


def test_the_successor_is_the_one_that_covers_the_same_characters() -> None:
    digest = "sha256:" + "1" * 64
    first = identified("s1", (quote("no choice", "We had ", text_digest=digest),))
    again = identified(
        "s1",
        (quote("no choices", "Others had ", text_digest=digest), quote("We had no choice", text_digest=digest)),
        first,
    )
    assert again[2].superseded_by == again[1].id


def test_a_superseded_quote_that_is_seen_again_is_current_again() -> None:
    seen = (quote("We had no choice at all.", "Then: ", " she said"),)
    first = identified("s1", seen)
    lost = identified("s1", (), first)
    assert [found.state for found in lost] == [QuoteState.SUPERSEDED]
    assert identified("s1", seen, lost) == first


def test_a_withdrawn_quote_stays_withdrawn() -> None:
    seen = (quote("We had no choice at all."),)
    withdrawn = tuple(dataclasses.replace(found, state=QuoteState.WITHDRAWN) for found in identified("s1", seen))
    assert identified("s1", seen, withdrawn)[0].state is QuoteState.WITHDRAWN
    assert identified("s1", (), withdrawn)[0].state is QuoteState.WITHDRAWN


QUOTES = st.lists(
    st.builds(
        quote,
        st.sampled_from(["Yes.", "No.", "We had no choice.", "We had no choice at all."]),
        st.sampled_from(["", "she said: ", "he said: ", "The mayor: "]),
        st.sampled_from(["", " she said", " Then he left."]),
    ),
    max_size=6,
)


@given(st.lists(QUOTES, min_size=1, max_size=4))
def test_no_id_is_ever_lost_or_given_twice(extractions: list[list[Quote]]) -> None:
    state: tuple[Quote, ...] = ()
    for quotes in extractions:
        before = {found.id for found in state}
        state = identified("s1", quotes, state)
        ids = [found.id for found in state]
        assert before <= set(ids)
        assert len(ids) == len(set(ids))
        assert [(found.text, found.selectors) for found in state[: len(quotes)]] == [
            (q.text, q.selectors) for q in quotes
        ]
        assert all(found.state is QuoteState.SUPERSEDED for found in state[len(quotes) :])
    assert identified("s1", quotes, state)[: len(quotes)] == state[: len(quotes)]


# --- records

TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware here
st.register_type_strategy(datetime, TIMES)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(0, 2**53))
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=30))


def built(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Every field drawn by its type, defaults included."""
    return st.builds(kind, **{field.name: ... for field in dataclasses.fields(kind)})


@st.composite
def assertions(draw: st.DrawFn) -> Assertion:
    shot = draw(built(Snapshot))
    read = dataclasses.replace(draw(built(Extraction)), snapshot_id=shot.id)
    texts = tuple(draw(st.lists(built(StoredText), max_size=2)))
    if read.article is not None:
        digest = text_digest(read.article.text.encode())
        read = dataclasses.replace(read, article=dataclasses.replace(read.article, text_digest=digest))
    return Assertion(shot, read, texts)


@settings(max_examples=30)
@given(assertions())
def test_values_come_back_from_their_records(given_: Assertion) -> None:
    records = placed(to_records(given_.snapshot, given_.extraction, texts=given_.texts))
    conversion = records[0] if len(records) == 2 else None
    locators = [record.locator for record in records if record.locator]
    assert from_record(records[-1], conversion) == Assertion(
        given_.snapshot, given_.extraction, stored_texts(records, locators, given_.texts)
    )


def test_same_values_same_bytes() -> None:
    read = extraction(*identified("s1", (quote("Nobody asked why."),)))
    assert to_records(snapshot(), read, new_id=counted()) == to_records(snapshot(), read, new_id=counted())


def test_the_text_is_a_conversion_record_that_names_the_snapshot() -> None:
    conversion, _ = to_records(snapshot(), extraction())
    assert conversion.type == "conversion"
    assert conversion.content_type == "text/plain; charset=utf-8"
    assert conversion.block.decode() == article().text
    assert conversion.target_uri == snapshot().url
    assert conversion.field("WARC-Refers-To") == f"<{snapshot().record_id}>"


def test_an_unchanged_text_is_not_written_again() -> None:
    stored = StoredText(digest=article().text_digest, locator=PLACE)
    (annotations,) = to_records(snapshot(), extraction(), texts=(stored,))
    assert annotations.type == "metadata"
    assert from_record(annotations).texts == (stored,)


def test_a_snapshot_without_article_has_annotations_alone() -> None:
    nothing = dataclasses.replace(extraction(), article=None, state=ExtractionState.NONE)
    (annotations,) = to_records(snapshot(), nothing)
    assert from_record(annotations) == Assertion(snapshot(), nothing, ())


def test_without_the_text_at_hand_everything_but_the_text_is_read() -> None:
    *_, annotations = to_records(snapshot(), extraction())
    read = from_record(annotations)
    assert read.extraction.article == dataclasses.replace(article(), text="")
    assert read.texts == ()


def test_a_text_that_is_not_the_one_described_is_not_taken_for_it() -> None:
    conversion, annotations = placed(to_records(snapshot(), extraction()))
    changed = dataclasses.replace(conversion, block=conversion.block + b"!")
    assert from_record(annotations, changed).texts == ()


def test_the_annotations_are_a_w3c_collection() -> None:
    found = identified("s1", (quote("Nobody asked why.", "“", "” said", speaker=Speaker(name="Ada Marlow")),))
    *_, record = to_records(snapshot(), extraction(*found), new_id=counted())
    collection = orjson.loads(record.block)
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["total"], collection["id"]) == ("AnnotationCollection", 1, record.record_id)
    (annotation,) = collection["first"]["items"]
    assert annotation["id"] == f"urn:onrecord:{found[0].id}"
    assert annotation["body"]["onrecord:quote"]["speaker"]["name"] == "Ada Marlow"
    (target,) = annotation["target"]
    assert target["source"] == snapshot().url
    assert target["selector"] == [
        {"type": "TextQuoteSelector", "exact": "Nobody asked why.", "prefix": "“", "suffix": "” said"},
        {"type": "TextPositionSelector", "start": 1, "end": 18},
    ]
    assert target["state"] == {
        "type": "TimeState",
        "sourceDate": "2026-11-10T12:00:00.250000Z",
        "cached": snapshot().record_id,
    }


def _changed(block: bytes, path: tuple[str | int, ...], value: Any) -> bytes:
    whole = orjson.loads(block)
    place = whole
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return orjson.dumps(whole)


QUOTE = ("first", "items", 0, "body", "onrecord:quote")


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("type",), "Annotation", "type"),
        (("onrecord:format",), 2, "onrecord:format"),
        (("onrecord:snapshot",), None, "onrecord:snapshot"),
        (("onrecord:snapshot", "locator", "offset"), "12", "onrecord:snapshot.locator.offset"),
        (("onrecord:snapshot", "captured_at"), "2026-11-10T12:00:00", "onrecord:snapshot.captured_at"),
        (("onrecord:snapshot", "status"), True, "onrecord:snapshot.status"),
        (("onrecord:extraction", "state"), "perfect", "onrecord:extraction.state"),
        (("onrecord:extraction",), [], "onrecord:extraction"),
        (("onrecord:article", "authors"), "Tom Reyes", "onrecord:article.authors"),
        (("onrecord:article", "text"), "smuggled", "onrecord:article"),
        (("onrecord:texts",), {}, "onrecord:texts"),
        (("first",), {}, "first.items"),
        (("first", "items", 0, "id"), "urn:onrecord:qother", "first.items[0].id"),
        ((*QUOTE, "spans", 0), [1, "2"], "first.items[0].body.quote.spans[0]"),
        ((*QUOTE, "spans", 0), {"start": 1}, "first.items[0].body.quote.spans[0].end"),
        ((*QUOTE, "speakr"), {}, "first.items[0].body.quote.speakr"),
        ((*QUOTE, "speaker", "confidence"), "high", "first.items[0].body.quote.speaker.confidence"),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_a_malformed_record_is_damage_and_names_the_field(path: tuple[str | int, ...], value: Any, named: str) -> None:
    *_, record = placed(to_records(snapshot(), extraction(*identified("s1", (quote("Nobody asked why."),)))))
    with pytest.raises(WarcDamaged, match=re.escape(named)) as caught:
        from_record(dataclasses.replace(record, block=_changed(record.block, path, value)))
    assert record.locator is not None
    assert caught.value.offset == record.locator.offset


@pytest.mark.parametrize("block", [b"", b"not json", b"[]", b"null", b'{"type": "AnnotationCollection"}'], ids=repr)
def test_what_is_no_annotation_record_at_all_is_damage(block: bytes) -> None:
    *_, record = to_records(snapshot(), extraction())
    with pytest.raises(WarcDamaged):
        from_record(dataclasses.replace(record, block=block))


def test_a_field_that_older_archives_lack_has_its_default() -> None:
    plain = to_plain(snapshot())
    del plain["revisit_of"]
    assert from_plain(Snapshot, plain) == snapshot()
    del plain["url"]
    with pytest.raises(Malformed, match="url is missing"):
        from_plain(Snapshot, plain)
