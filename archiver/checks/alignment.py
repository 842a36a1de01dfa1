"""The words of a claim paired with the words of a quote, in order, and the difference as edits.

Pairs come from the longest common stretches (Ratcliff and Obershelp, as in `difflib`), which keep whole phrases
together; a short stretch far from the rest is a chance match of small words and is dropped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from archiver.checks.words import Wording

MAX_STRAY = 2
"""Words of a stretch at either end that chance may bring."""
MAX_LEAP = 6
"""Words of the quote between such a stretch and the next; more means that it is no part of the claim."""


class Operation(StrEnum):
    """What became of a stretch of the words that were said."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class MatchingRun:
    """`size` equal words, from word `said` of the quote and word `claimed` of the claim on."""

    said: int
    claimed: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordEdit:
    """A stretch of what was said and what is claimed instead; `said` and `claimed` are half-open ranges of words."""

    op: Operation
    said: tuple[int, int]
    claimed: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How a claim aligns with a quote: the equal blocks, and the part of the quote that they span."""

    said: Wording
    claimed: Wording
    blocks: tuple[MatchingRun, ...]

    @property
    def equal(self) -> int:
        """How many words are equal, in order."""
        return sum(block.size for block in self.blocks)

    @property
    def coverage(self) -> float:
        """The share of the claimed words that the quote contains, in order."""
        return self.equal / len(self.claimed.words) if self.claimed.words else 0.0

    @property
    def window(self) -> tuple[int, int]:
        """The words of the quote from the first equal one to the last."""
        if not self.blocks:
            return (0, 0)
        return (self.blocks[0].said, self.blocks[-1].said + self.blocks[-1].size)

    @property
    def similarity(self) -> float:
        """Twice the equal words by the words of both, the quote's counted within the window; 0 to 1."""
        start, end = self.window
        both = len(self.claimed.words) + (end - start)
        return 2 * self.equal / both if both else 0.0

    def _reach(self) -> tuple[int, int]:
        """The window, and as many words of the quote on either side as the claim has others in their place."""
        start, end = self.window
        if not self.blocks:
            return (start, end)
        last = self.blocks[-1]
        before, after = self.blocks[0].claimed, len(self.claimed.words) - last.claimed - last.size
        return (max(0, start - before), min(len(self.said.words), end + after))

    def edits(self) -> tuple[WordEdit, ...]:
        """What was said within the window, stretch by stretch, and what is claimed instead."""
        start, end = self._reach()
        place, claimed, found = start, 0, list[WordEdit]()
        for block in (*self.blocks, MatchingRun(end, len(self.claimed.words), 0)):
            if place < block.said or claimed < block.claimed:
                found.append(_edit((place, block.said), (claimed, block.claimed)))
            if block.size:
                ends = (block.said + block.size, block.claimed + block.size)
                found.append(WordEdit(op=Operation.EQUAL, said=(block.said, ends[0]), claimed=(block.claimed, ends[1])))
                place, claimed = ends
        return tuple(found)


def _edit(said: tuple[int, int], claimed: tuple[int, int]) -> WordEdit:
    if said[0] == said[1]:
        return WordEdit(op=Operation.INSERT, said=said, claimed=claimed)
    if claimed[0] == claimed[1]:
        return WordEdit(op=Operation.DELETE, said=said, claimed=claimed)
    return WordEdit(op=Operation.REPLACE, said=said, claimed=claimed)


def align(said: Wording, claimed: Wording) -> Alignment:
    """Pairs the words of a claim with those of a quote."""
    blocks = _segments(said, claimed) if claimed.gaps else None
    if blocks is None:
        matcher = SequenceMatcher(None, said.folded, claimed.folded, autojunk=False)
        blocks = [MatchingRun(*block) for block in matcher.get_matching_blocks() if block.size]
        if sum(block.size for block in blocks) < len(claimed.words):
            blocks = _without_strays(blocks)
    return Alignment(said=said, claimed=claimed, blocks=tuple(blocks))


def may_align(said: Wording, claimed: Wording, share: float) -> bool:
    """Whether the quote contains such a share of the claimed words in any order: a quick look."""
    common = Counter(said.folded) & Counter(claimed.folded)
    return common.total() >= share * len(claimed.words)


def _segments(said: Wording, claimed: Wording) -> list[MatchingRun] | None:
    """The stretches between admitted gaps, each found whole after the one before; None where one is not."""
    cuts = sorted({0, *claimed.gaps, len(claimed.words)})
    blocks, place = list[MatchingRun](), 0
    for start, end in pairwise(cuts):
        found = _find(said.folded, claimed.folded[start:end], place)
        if found is None:
            return None
        blocks.append(MatchingRun(found, start, end - start))
        place = found + end - start
    return blocks


def _find(words: tuple[str, ...], stretch: tuple[str, ...], start: int) -> int | None:
    places = range(start, len(words) - len(stretch) + 1)
    return next((place for place in places if words[place : place + len(stretch)] == stretch), None)


def _without_strays(blocks: list[MatchingRun]) -> list[MatchingRun]:
    while len(blocks) > 1 and _stray(blocks[0], _leap(blocks[0], blocks[1])):
        blocks = blocks[1:]
    while len(blocks) > 1 and _stray(blocks[-1], _leap(blocks[-2], blocks[-1])):
        blocks = blocks[:-1]
    return blocks


def _stray(block: MatchingRun, leap: int) -> bool:
    return block.size <= MAX_STRAY and leap > MAX_LEAP


def _leap(one: MatchingRun, other: MatchingRun) -> int:
    """How many more words are between two blocks in the quote than in the claim."""
    return (other.said - one.said - one.size) - (other.claimed - one.claimed - one.size)
