"""A quote and an article through the captures of a page: what each shows, and never why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.history.differences import quote_differences, text_difference
from archiver.history.observations import Presence, observations
from archiver.records import Entry, Selector, SnapshotEntry
from tests.factories import make_snapshot_entry
from tests.gold.checks import entries

SAID = "We will close forty wards in March."


def entry(text: str = SAID) -> Entry:
    model = entries()[0]
    return replace(
        model,
        quote=replace(model.quote, text=text, selectors=(Selector(exact=text, prefix="", suffix=""),)),
        language="en",
    )


def capture(day: int, text: str | None, status: int = 200) -> tuple[SnapshotEntry, str | None]:
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day)
    row = make_snapshot_entry()
    snapshot = replace(row.snapshot, id=f"s{day}", captured_at=at, status=status)
    return replace(row, snapshot=snapshot, text_digest=None if text is None else f"sha256:{text}"), text


def seen(*captures: tuple[SnapshotEntry, str | None]) -> list[Presence]:
    texts = {row.snapshot.id: text for row, text in captures}
    found = observations(
        entry(),
        [row for row, _ in captures],
        quotes_of=lambda _: [],
        text_of=texts.__getitem__,
    )
    return [each.presence for each in found]


def test_each_capture_is_one_observation_oldest_first_and_redirects_are_passed_over() -> None:
    assert seen(
        capture(1, f"Title\n“{SAID}” she said."),
        capture(2, None, status=301),
        capture(3, "Title\nThe page is about something else."),
        capture(4, None),
        capture(5, "Title\n‘we will close forty wards in March,’ she said."),
    ) == [Presence.PRESENT, Presence.ABSENT, Presence.UNREADABLE, Presence.PRESENT]


def test_other_words_in_the_same_mouth_are_changed_and_the_difference_is_shown() -> None:
    changed = entry("We will close fifty wards in March.")
    row = capture(1, "Title\n“We will close fifty wards in March.”")
    found = next(observations(entry(), [row[0]], quotes_of=lambda _: [changed], text_of=lambda _: row[1]))
    assert found.presence is Presence.CHANGED
    assert found.quote == changed.quote
    assert ("forty", "fifty") in [(piece.said, piece.claimed) for piece in found.diff]


def test_captures_of_one_text_are_read_once() -> None:
    reads = list[str]()

    def text_of(snapshot_id: str) -> str:
        reads.append(snapshot_id)
        return SAID

    rows = [capture(day, SAID)[0] for day in range(3)]
    found = list(observations(entry(), rows, quotes_of=lambda _: [], text_of=text_of))
    assert [each.presence for each in found] == [Presence.PRESENT] * 3
    assert reads == ["s0"]


TEXTS = st.text(alphabet="ab .,\n", max_size=60)


@given(TEXTS, TEXTS)
def test_a_text_difference_gives_both_texts_back(before: str, after: str) -> None:
    pieces = text_difference(before, after)
    if any(char.isalnum() for char in before):
        assert "".join(piece.said for piece in pieces).rstrip(" .,\n") == before.rstrip(" .,\n")
    if any(char.isalnum() for char in after):
        assert "".join(piece.claimed for piece in pieces).rstrip(" .,\n") == after.rstrip(" .,\n")


def test_quotes_of_two_captures_are_added_changed_or_absent() -> None:
    kept, gone = entry("The harbour is closed."), entry("Nobody told the fishermen about it.")
    come = entry("The ferry sails on Monday morning again.")
    added, changed, absent = quote_differences(
        [kept, gone, entry()], [entry("We will close fifty wards in March."), come, kept]
    )
    assert [quote.text for quote in added] == [come.quote.text]
    assert [(each.before.text, each.after.text) for each in changed] == [(SAID, "We will close fifty wards in March.")]
    assert [quote.text for quote in absent] == [gone.quote.text]


@pytest.mark.parametrize("text", ["", "Title only"])
def test_words_that_a_text_does_not_have_are_absent(text: str) -> None:
    assert seen(capture(1, text)) == [Presence.ABSENT]
