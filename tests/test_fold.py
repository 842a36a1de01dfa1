"""The state of a snapshot is a fold over what the program extracted and what people decided."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.annotations import decision_of, decision_record
from archiver.errors import BadQuery, WarcDamaged
from archiver.ingest.decide import changes_of
from archiver.ingest.fold import fold, heads, in_order
from archiver.records import (
    Act,
    By,
    Change,
    Decision,
    Extraction,
    ExtractionState,
    Kind,
    Locator,
    Quote,
    QuoteState,
    Review,
    Speaker,
    StoredAssertion,
    Visibility,
)
from tests.factories import make_quote, make_snapshot

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
QUOTE = make_quote()
SNAPSHOT = make_snapshot()


def extraction(*quotes: Quote) -> Extraction:
    return Extraction(
        snapshot_id=SNAPSHOT.id,
        state=ExtractionState.DONE,
        reason=None,
        article=None,
        quotes=quotes or (QUOTE,),
        extractor="onrecord/0.1.0",
        made_at=START,
    )


def decision(act: Act, name: str = "d1", **changes: Any) -> Decision:
    values: dict[str, Any] = {
        "id": f"urn:uuid:{name}",
        "act": act,
        "snapshot_id": SNAPSHOT.id,
        "quote_id": None,
        "at": START + timedelta(minutes=1),
        "by": "R. Calder",
        "role": "editor",
        "reason": "The minutes of the meeting say so",
        "based_on": (),
    }
    return Decision(**{**values, **changes})


def review(name: str = "d1", minutes: int = 1, **values: str | None) -> Decision:
    changes = tuple(Change(path=path.replace("__", "."), value=value) for path, value in values.items())
    return decision(Act.REVIEW, name, quote_id=QUOTE.id, changes=changes, at=START + timedelta(minutes=minutes))


def folded(*decisions: Decision, quote: Quote = QUOTE) -> Quote:
    state = fold(SNAPSHOT, extraction(quote), decisions)
    assert state.extraction is not None
    return state.extraction.quotes[0]


def test_a_correction_gives_the_person_s_word_and_keeps_nothing_that_pointed_at_another() -> None:
    found = folded(review(speaker__name="Ines Calloway", speaker__role="minister", review="corrected"))
    assert found.speaker == Speaker(name="Ines Calloway", role="minister")
    assert (found.speaker_by, found.review) == (By.PERSON, Review.CORRECTED)
    assert (found.text, found.spans) == (QUOTE.text, QUOTE.spans)


def test_a_confirmation_leaves_what_the_program_found_and_does_not_pass_to_another_speaker() -> None:
    confirmed = changes_of({"review": "confirmed"}, QUOTE)
    decided = decision(Act.REVIEW, quote_id=QUOTE.id, changes=confirmed)
    assert folded(decided) == replace(QUOTE, review=Review.CONFIRMED)
    reread = replace(QUOTE, speaker=Speaker(name="Dermot Quill", printed="he"))
    found = folded(decided, quote=reread)
    assert (found.speaker.name, found.speaker_by) == (QUOTE.speaker.name, By.PERSON)


def test_a_dispute_hides_nothing_and_changes_no_count() -> None:
    found = folded(review(review="disputed"))
    assert found.counts
    assert (found.speaker, found.state, found.review) == (QUOTE.speaker, QuoteState.CURRENT, Review.DISPUTED)


def test_the_later_of_two_reviews_counts_for_what_it_says() -> None:
    found = folded(review(speaker__name="A. Marlow", kind="fragment"), review("d2", 2, speaker__name="Ada Marlow Jr"))
    assert (found.speaker.name, found.kind) == ("Ada Marlow Jr", Kind.FRAGMENT)


def test_a_withdrawn_snapshot_covers_its_quotes_and_nothing_of_what_was_said_is_left() -> None:
    state = fold(SNAPSHOT, extraction(), [decision(Act.WITHDRAW, legal=True)])
    assert state.visibility is Visibility.WITHDRAWN
    assert state.withdrawn is not None
    assert (state.withdrawn.role, state.withdrawn.legal) == ("editor", True)
    assert state.extraction is not None
    buried = state.extraction.quotes[0]
    assert (buried.id, buried.state, buried.text, buried.printed) == (QUOTE.id, QuoteState.WITHDRAWN, "", "")
    assert buried.speaker == Speaker()


def test_what_was_withdrawn_comes_back_when_it_is_restored_and_what_was_erased_does_not() -> None:
    restored = [decision(Act.WITHDRAW, quote_id=QUOTE.id), decision(Act.RESTORE, "d2", quote_id=QUOTE.id)]
    assert folded(*restored) == QUOTE
    erased = [decision(Act.ERASE), decision(Act.RESTORE, "d2")]
    state = fold(SNAPSHOT, extraction(), erased)
    assert state.withdrawn is not None
    assert state.withdrawn.erased


def test_what_takes_the_place_of_a_withdrawn_quote_is_withdrawn_too_unless_somebody_decides_about_it() -> None:
    longer = make_quote("longer", text="The contract was never put to tender, and nobody asked why. Nobody.")
    before = replace(QUOTE, state=QuoteState.SUPERSEDED, superseded_by=longer.id)
    withdrawn = decision(Act.WITHDRAW, quote_id=QUOTE.id)
    found = fold(SNAPSHOT, extraction(longer, before), [withdrawn]).extraction
    assert found
    assert [(quote.text, quote.state) for quote in found.quotes] == [("", QuoteState.WITHDRAWN)] * 2
    back = decision(Act.RESTORE, "d2", quote_id=longer.id)
    restored = fold(SNAPSHOT, extraction(longer, before), [withdrawn, back]).extraction
    assert restored
    assert [quote.text for quote in restored.quotes] == [longer.text, ""]


def test_private_until_released() -> None:
    born = replace(SNAPSHOT, private=True)
    assert fold(born, extraction(), []).visibility is Visibility.PRIVATE
    assert fold(born, extraction(), [decision(Act.RELEASE)]).visibility is Visibility.PUBLIC
    assert fold(SNAPSHOT, None, [decision(Act.PRIVATE)]).visibility is Visibility.PRIVATE


def stored(name: str, minutes: int, *based_on: str, act: Act | None = Act.REVIEW) -> StoredAssertion:
    return StoredAssertion(
        id=name,
        at=START + timedelta(minutes=minutes),
        locator=Locator(warc="assertions/a.warc.gz", offset=0, length=1),
        act=act,
        based_on=based_on,
    )


def test_references_come_before_clocks() -> None:
    first, second = stored("b", 9), stored("a", 1, "b")
    assert in_order([second, first]) == (first, second)
    assert heads([second, first, stored("e", 0, act=None)]) == ("e", "a")


def test_a_circle_and_a_reference_to_nothing_do_no_harm() -> None:
    assert [each.id for each in in_order([stored("a", 2, "b"), stored("b", 1, "a"), stored("c", 3, "gone")])] == [
        "c", "b", "a",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 5), st.lists(st.integers(0, 7), max_size=3)), max_size=8), st.randoms())
def test_the_same_assertions_have_one_order(drawn: list[tuple[int, list[int]]], chance: random.Random) -> None:
    made = [
        stored(str(number), minutes, *(str(each) for each in based_on))
        for number, (minutes, based_on) in enumerate(drawn)
    ]
    shuffled = chance.sample(made, len(made))
    assert in_order(shuffled) == in_order(made)
    assert set(in_order(made)) == set(made)


def test_a_decision_comes_back_from_its_record() -> None:
    made = review(speaker__name=None, review="corrected")
    record = decision_record(SNAPSHOT, made)
    assert decision_of(record) == (SNAPSHOT, made)
    assert ("WARC-Refers-To", f"<{SNAPSHOT.record_id}>") in record.fields
    plain = orjson.loads(record.block)
    assert (plain["type"], plain["motivation"], plain["target"]) == (
        "Annotation",
        "assessing",
        f"urn:onrecord:{QUOTE.id}",
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"onrecord:format": 2}, "onrecord:format"),
        ({"type": "Note"}, "type"),
        ({"onrecord:decision": {}}, "onrecord:decision"),
    ],
)
def test_a_malformed_decision_is_damage_and_names_the_field(change: dict[str, Any], named: str) -> None:
    record = decision_record(SNAPSHOT, decision(Act.WITHDRAW))
    block = orjson.dumps({**orjson.loads(record.block), **change})
    with pytest.raises(WarcDamaged, match=named):
        decision_of(replace(record, block=block))


@pytest.mark.parametrize(
    ("values", "parameter"),
    [
        ({}, "review"),
        ({"text": "other words"}, "text"),
        ({"kind": "rumour"}, "kind"),
        ({"review": None}, "review"),
        ({"review": "confirmed", "speaker.name": "Ada"}, "review"),
        ({"review": "corrected"}, "review"),
        ({"speaker.name": ""}, "speaker.name"),
        ({"speaker.name": "a\x1bb"}, "speaker.name"),
        ({"speaker.name": 7}, "speaker.name"),
        ({"said_on": "2026-02-30"}, "said_on"),
    ],
)
def test_a_review_that_says_nothing_usable_is_refused(values: dict[str, Any], parameter: str) -> None:
    with pytest.raises(BadQuery) as refused:
        changes_of(values, QUOTE)
    assert refused.value.parameter == parameter
