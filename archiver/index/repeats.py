"""Repeats: quotes whose words and speaker are already in an earlier capture of the same page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from archiver.index.urls import url_key
from archiver.records import Entry, QuoteState


class Said(NamedTuple):
    """What shows whether a quote repeats another: the page, the words with their speaker, and the capture."""

    quote_id: str
    page: str
    words: str
    captured_at: datetime
    snapshot_id: str


def page_of(entry: Entry) -> str:
    """Which page an entry is on, independent of its capture: the key of the URL that was captured."""
    return url_key(entry.url)


def said_of(entry: Entry, words: str) -> Said | None:
    """What shows whether the entry repeats another; None where it is not current and so repeats nothing.

    `words` are the folded words and speaker that a repeat shares.
    """
    if entry.quote.state is not QuoteState.CURRENT:
        return None
    return Said(entry.quote.id or "", page_of(entry), words, entry.captured_at, entry.snapshot_id)


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
