"""Repeats: quotes whose words and speaker already stand in an earlier capture of the same page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archiver.index.urls import url_key
from archiver.index.words import folded
from archiver.records import Entry, QuoteState


@dataclass(frozen=True, slots=True)
class Said:
    """What tells whether a quote repeats another: the page, the words with their speaker, and the capture."""

    quote_id: str
    page: str
    words: str
    captured_at: str
    snapshot_id: str


def page_of(entry: Entry) -> str:
    """Which page an entry stands on, whatever its capture: the key of the URL that was captured."""
    return url_key(entry.url)


def words_of(entry: Entry) -> str | None:
    """The folded words and speaker that a repeat shares; None where the quote is not current and so repeats nothing."""
    if entry.quote.state is not QuoteState.CURRENT:
        return None
    return "\n".join([" ".join(folded(entry.quote.text)), " ".join(folded(entry.quote.speaker.name or ""))])


def repeats(said: Iterable[Said]) -> dict[str, str | None]:
    """For each quote id the id of the quote that it repeats: the first of the earliest capture, None for that itself.

    Earlier is by (captured_at, snapshot id). Equal words within one capture do not repeat each other.
    """
    found: dict[str, str | None] = {}
    first: dict[tuple[str, str], Said] = {}
    for each in sorted(said, key=lambda each: (each.captured_at, each.snapshot_id, each.quote_id)):
        origin = first.setdefault((each.page, each.words), each)
        found[each.quote_id] = None if origin.snapshot_id == each.snapshot_id else origin.quote_id
    return found


def marked(new: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows to write when `new` ones come among `others` of the same pages and words (see `rows.quote_row`).

    These are the new ones, and those of the others that now repeat another quote than before, or none.
    """
    found = repeats(_said(row) for row in (*others, *new) if row["repeat_words"] is not None)
    changed = [row for row in others if row["repeat_of"] != found.get(row["id"])]
    return [{**row, "repeat_of": found.get(row["id"])} for row in (*changed, *new)]


def _said(row: dict[str, Any]) -> Said:
    return Said(row["id"], row["page"], row["repeat_words"], row["captured_at"], row["snapshot_id"])
