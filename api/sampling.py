"""Samples of a search for people to judge, and what their judgements say: precision with its 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING

from archiver.records import Entry, Query, Review

if TYPE_CHECKING:
    from archiver.archive import Archive

MAX_SAMPLE = 1000
_Z = 1.959963984540054
"""The quantile of the normal distribution for 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many were judged and how many of these are right, with the 95 % interval after Wilson; None before any."""

    judged: int
    right: int
    precision: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The same quotes for the same search, seed and state of the archive."""

    entries: tuple[Entry, ...]
    total: int
    seed: int

    def groups(self) -> list[tuple[str, str, Tally]]:
        """The tally of each outlet and each language, as (kind, name, tally)."""
        found = []
        for kind in ("outlet", "language"):
            names = sorted({getattr(entry, kind) or "" for entry in self.entries})
            for name in names:
                members = [entry for entry in self.entries if (getattr(entry, kind) or "") == name]
                found.append((kind, name, tally(members)))
        return found


def drawn(archive: Archive, query: Query, *, seed: int, size: int) -> Sample:
    """Draws at most `size` quotes of a search by chance. Raises SearchError."""
    page = archive.search(replace(query, sort="random", seed=seed, limit=min(size, MAX_SAMPLE), cursor=None))
    return Sample(entries=page.entries, total=page.total.value, seed=seed)


def tally(entries: Sequence[Entry]) -> Tally:
    """What the reviews say: confirmed is right, corrected and disputed are wrong, the rest is not judged."""
    judged = [entry.quote.review for entry in entries if entry.quote.review is not None]
    right = sum(review is Review.CONFIRMED for review in judged)
    if not judged:
        return Tally(judged=0, right=0, precision=None, low=None, high=None)
    low, high = wilson(right, len(judged))
    return Tally(judged=len(judged), right=right, precision=right / len(judged), low=low, high=high)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, 1927), which holds for small samples and shares near 1 too."""
    share, squared = right / judged, _Z * _Z
    middle = share + squared / (2 * judged)
    spread = _Z * sqrt(share * (1 - share) / judged + squared / (4 * judged * judged))
    whole = 1 + squared / judged
    return min(share, max(0.0, (middle - spread) / whole)), max(share, min(1.0, (middle + spread) / whole))
