"""Rows: what an index keeps of an entry, the same for both indexes.

A row is the columns to search, sort and count by, under the names of `mappings/quotes.json`, `mappings/snapshots.json`
and the columns of `mappings/index.sql`. Beside it each index keeps one document, a `Placed` or a `SnapshotEntry` as
`archiver.values` writes it. Only the document is read to show an entry; the columns never turn back into one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from archiver.index.order import (
    days_of,
    digits_of,
    quote_order,
    seconds_of,
    snapshot_order,
    utc_day,
)
from archiver.index.repeats import Said, repeats, said_of
from archiver.index.words import folded, stems
from archiver.records import Entry, SnapshotEntry, SpeakerDecision
from archiver.values import from_row

Row = dict[str, Any]
Given = tuple[SnapshotEntry, Sequence[Entry]]
KeyT = TypeVar("KeyT", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry with the exact URLs that `url.exact` compares, as it goes into an index and comes out again."""

    entry: Entry
    urls: tuple[str, ...]


class Ready(NamedTuple):
    """A text as ready words with spaces between: folded, and stemmed as well."""

    words: str
    stems: str


class Prepared(NamedTuple):
    """An entry to be written: with the ready words of its parts, what shows whether it repeats another, and its key.

    `spoken` are its folded words and its folded speaker, a line each.
    """

    placed: Placed
    words: dict[str, Ready]
    spoken: str
    said: Said | None
    key: int | None


def urls_of(row: SnapshotEntry) -> tuple[str, ...]:
    """Requested, final and canonical URL of a snapshot, each once."""
    urls = (row.snapshot.requested_url, row.snapshot.url, row.canonical_url)
    return tuple(dict.fromkeys(url for url in urls if url))


def placed(given: Sequence[Given]) -> list[Placed]:
    """The entries of several snapshots, each with the snapshot's URLs."""
    return [
        Placed(entry=entry, urls=urls)
        for snapshot, entries in given
        if (urls := urls_of(snapshot))
        for entry in entries
    ]


def article_words(entry: SnapshotEntry, seen: set[str] | None = None) -> dict[str, str]:
    """The ready words of an article, whose first line is its title; `seen` gains the folded ones."""
    ready = _ready(entry.text, entry.language, set() if seen is None else seen)
    return {"text_words": ready.words, "text_stems": ready.stems}


def text_order(entry: Entry) -> tuple[int, str]:
    """What quotes of one text are sorted by."""
    spans = entry.quote.spans
    return (spans[0].start if spans else 0, entry.quote.id or "")


def capture_order(entry: SnapshotEntry) -> tuple[datetime, str]:
    """What the captures of a page are sorted by."""
    return (entry.snapshot.captured_at, entry.snapshot.id)


def prepared(placed: Iterable[Placed], seen: set[str] | None = None) -> list[Prepared]:
    """Entries with their words; `seen` gains the folded ones."""
    seen = set() if seen is None else seen
    return [_prepared(each, seen) for each in placed]


def _prepared(placed: Placed, seen: set[str]) -> Prepared:
    words = quote_words(placed.entry, seen)
    spoken = f"{words['text'].words}\n{words['speaker'].words}"
    said = said_of(placed.entry, spoken)
    key = None if said is None else _repeat_key(said)
    return Prepared(placed=placed, words=words, spoken=spoken, said=said, key=key)


def marked(new: Sequence[Prepared], others: Mapping[KeyT, Prepared]) -> tuple[list[Prepared], dict[KeyT, Prepared]]:
    """What to write when `new` entries come among `others` that have their repeat keys.

    These are the new ones, each a repeat of the quote it repeats, and those of the others that now repeat another quote
    than before, or none.
    """
    times = Counter(each.key for each in (*new, *others.values()))
    found = repeats(each.said for each in (*others.values(), *new) if each.said is not None and times[each.key] > 1)
    again = {
        place: _with_repeat(each, found.get(_id(each)))
        for place, each in others.items()
        if each.placed.entry.repeat_of != found.get(_id(each))
    }
    return [_with_repeat(each, found.get(_id(each))) for each in new], again


def _id(prepared: Prepared) -> str:
    return prepared.placed.entry.quote.id or ""


def _with_repeat(prepared: Prepared, repeat_of: str | None) -> Prepared:
    entry = prepared.placed.entry
    if entry.repeat_of == repeat_of:
        return prepared
    return prepared._replace(placed=replace(prepared.placed, entry=replace(entry, repeat_of=repeat_of)))


def _repeat_key(said: Said) -> int:
    """Equal for entries of one page with the same words and speaker."""
    key = f"{said.page}\n{said.words}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), signed=True)


def quote_row(prepared: Prepared) -> Row:
    """The row of a quote."""
    entry, quote = prepared.placed.entry, prepared.placed.entry.quote
    return {
        "order": quote_order(quote.id or "", entry.published, entry.captured_at),
        "id": quote.id,
        "speaker": quote.speaker.name,
        "site": entry.site,
        "outlet": entry.outlet,
        "language": entry.language,
        "kind": quote.kind,
        "polarity": quote.polarity,
        "review": None if quote.review is None else quote.review.value,
        "published": digits_of(entry.published),
        "learnt": seconds_of(entry.learnt_at or entry.captured_at),
        "said": digits_of(quote.said_on.value),
        "captured": utc_day(entry.captured_at),
        "repeat_key": prepared.key,
    }


def snapshot_row(entry: SnapshotEntry) -> Row:
    """The row of a snapshot."""
    snapshot = entry.snapshot
    first, last = days_of(entry.published.value)
    return {
        "order": snapshot_order(snapshot.id, snapshot.captured_at),
        "id": snapshot.id,
        "site": entry.site,
        "outlet": entry.outlet,
        "language": entry.language,
        "status": snapshot.status,
        "state": entry.state.value,
        "reason": None if entry.reason is None else entry.reason.value,
        "visibility": entry.visibility.value,
        "published_first": first,
        "published_last": last,
        "captured": utc_day(snapshot.captured_at),
    }


def without_text(entry: SnapshotEntry) -> SnapshotEntry:
    """A snapshot entry as it is kept: its text is there to be found by, not to be shown."""
    return replace(entry, text="") if entry.text else entry


def speaker_decisions_of(documents: Iterable[Mapping[str, Any]]) -> tuple[SpeakerDecision, ...]:
    """The decisions about speakers whose documents these are, oldest first."""
    found = (from_row(SpeakerDecision, each) for each in documents)
    return tuple(sorted(found, key=lambda each: (each.at, each.id)))


def quote_words(entry: Entry, seen: set[str]) -> dict[str, Ready]:
    """An entry's parts as ready words; `seen` gains the folded ones."""
    quote, language = entry.quote, entry.language
    shared = {
        "speaker": _ready_again(quote.speaker.name, language),
        "role": _ready_again(quote.speaker.role, language),
        "title": _ready_again(entry.title, language),
    }
    for each in shared.values():
        seen.update(each.words.split())
    return {
        "text": _ready(quote.text, language, seen),
        "before": _ready(quote.before, language, seen),
        "after": _ready(quote.after, language, seen),
        **shared,
    }


def _ready(text: str, language: str | None, seen: set[str]) -> Ready:
    words = folded(text)
    seen.update(words)
    return Ready(" ".join(words), " ".join(stems(words, language)))


@lru_cache(maxsize=4096)
def _ready_again(text: str | None, language: str | None) -> Ready:
    """The same for what many entries have in common."""
    return _ready(text or "", language, set())
