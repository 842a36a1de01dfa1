"""A quote through the captures of its page: present, changed, absent or unreadable, one observation a capture.

An observation says what a capture holds and nothing of why: words that are absent may have been moved, cut by a
paywall, or taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archiver.checks.check import SpeakerMatch, speaker_match
from archiver.checks.comparison import Piece, compare
from archiver.checks.words import letters
from archiver.records import Entry, Quote, SnapshotEntry

QuotesOf = Callable[[str], Iterable[Entry]]
TextOf = Callable[[str], str | None]


class Presence(StrEnum):
    """What one capture of a page shows of a quote."""

    PRESENT = "present"
    CHANGED = "changed"
    ABSENT = "absent"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one capture shows. `quote` is the changed wording, `diff` leads from the words requested to it."""

    capture: SnapshotEntry
    presence: Presence
    quote: Quote | None = None
    diff: tuple[Piece, ...] = ()


def observations(
    entry: Entry, captures: Sequence[SnapshotEntry], *, quotes_of: QuotesOf, text_of: TextOf
) -> Iterator[Observation]:
    """The observations of a quote, oldest capture first.

    `captures` are those of the page, oldest first; redirects among them are passed over. `text_of` gives the article's
    text of a snapshot, None if there is none. Captures with one text are read once.
    """
    known: dict[str, Observation] = {}
    for capture in captures:
        if is_redirect(capture):
            continue
        digest = capture.text_digest
        if digest is None:
            yield Observation(capture=capture, presence=Presence.UNREADABLE)
            continue
        if digest not in known:
            known[digest] = _observed(entry, capture, quotes_of, text_of)
        seen = known[digest]
        yield Observation(capture=capture, presence=seen.presence, quote=seen.quote, diff=seen.diff)


def is_redirect(capture: SnapshotEntry) -> bool:
    """Whether a capture only leads elsewhere."""
    status = capture.snapshot.status
    return status is not None and 300 <= status < 400


def _observed(entry: Entry, capture: SnapshotEntry, quotes_of: QuotesOf, text_of: TextOf) -> Observation:
    text = text_of(capture.snapshot.id)
    if text is None:
        return Observation(capture=capture, presence=Presence.UNREADABLE)
    if holds(text, entry.quote):
        return Observation(capture=capture, presence=Presence.PRESENT)
    found = _nearest(entry, quotes_of(capture.snapshot.id))
    if found is None:
        return Observation(capture=capture, presence=Presence.ABSENT)
    quote, diff = found
    return Observation(capture=capture, presence=Presence.CHANGED, quote=quote, diff=diff)


def holds(text: str, quote: Quote) -> bool:
    """Whether a text has the words of a quote, letter by letter, its pieces in order."""
    hay, place = letters(text), 0
    for piece in [selector.exact for selector in quote.selectors] or [quote.text]:
        found = hay.find(letters(piece), place)
        if found < 0:
            return False
        place = found + len(letters(piece))
    return True


def _nearest(entry: Entry, others: Iterable[Entry]) -> tuple[Quote, tuple[Piece, ...]] | None:
    """The quote of a capture by the same speaker that says nearly the same, and the difference."""
    best: tuple[float, str, Quote, tuple[Piece, ...]] | None = None
    for other in others:
        if not other.quote.counts or not _same_speaker(entry.quote, other.quote):
            continue
        comparison = compare(other.quote.text, entry.quote, entry.language)
        if comparison is None:
            continue
        ranked = (-comparison.similarity, other.quote.id or "", other.quote, comparison.diff)
        best = ranked if best is None else min(best, ranked, key=lambda each: each[:2])
    return None if best is None else (best[2], best[3])


def _same_speaker(one: Quote, other: Quote) -> bool:
    if not one.speaker.name or not other.speaker.name:
        return True
    return speaker_match(one.speaker.name, other) is not SpeakerMatch.OTHER
