"""Quotations that repeat others of the text: those of the headline, and those pulled out of it between paragraphs.

They are whose the text says. Headlines shorten: nearly the same words are the same.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import LCSseq

from archiver.quotes.interviews import alone
from archiver.quotes.model import Chunks

_HEADLINES, _PULLED = 5, 8  # quotations of a headline, and between paragraphs, that are looked for; more are not
_SAME, _PART = 8, 15  # letters of words that are the same, and of those that may be inside longer ones
_LOOKED_AT = 40  # quotations between paragraphs that may be such; time stays linear
_SAME_SIGNS = 5  # the same in scripts without case
_ALIKE, _MANY = 0.8, 4  # share of words in their order that makes two quotations one, and words at least
_LONGEST = 60  # words of a quotation that are compared
_WORDS = re.compile(r"\w+")


class Echoes:
    """The quotations of a text that repeat others; `of_headline` and `pulled` are their places."""

    def __init__(self, chunks: Chunks) -> None:
        self.chunks = chunks
        self.least = _SAME if chunks.pack.case != "none" else _SAME_SIGNS
        self.words = [chunks.text[mark.start : mark.end].casefold() for mark in chunks.marked]
        self.letters = ["".join(filter(str.isalnum, words)) for words in self.words]
        end = chunks.line_end[0] if chunks.line_end else 0
        self.first = sum(1 for at in chunks.quote_at[: _HEADLINES + 1] if at < end)  # of the text
        self.of_headline = list(range(min(self.first, _HEADLINES)))
        self.beside = frozenset(self._by_themselves())
        self.pulled = [place for place in sorted(self.beside)[:_LOOKED_AT] if self._is_pulled(place)][:_PULLED]

    def _by_themselves(self) -> list[int]:
        """The quotations in marks that are all of their paragraphs, between others."""
        found = [alone(self.chunks, number) for number in range(1, len(self.chunks.line_end))]
        return [place for place in found if place >= 0 and self.chunks.marked[place].rule == "pair"]

    def _is_pulled(self, place: int) -> bool:
        """Whether a quotation by itself repeats words that another has, which is part of a sentence or is longer."""
        words = self.letters[place]
        if len(words) < self.least:
            return False
        for other, there in enumerate(self.letters):
            if other == place or other < self.first or words not in there:
                continue
            if other not in self.beside or len(there) > len(words):
                return True
        return False

    def sources(self, place: int) -> list[int]:
        """The quotations of the text that say the same words, then those that say nearly the same, in order."""
        words, here = self.letters[place], self.words[place]
        if len(words) < self.least:
            return []
        apart = {place, *self.pulled}
        others = [other for other in range(self.first, len(self.letters)) if other not in apart]
        same = [at for at in others if self._holds(self.letters[at], place)]
        if same or (alike := [other for other in others if _is_alike(here, self.words[other])]):
            return same or alike
        longer = range(self.first, len(self.letters)) if place < self.first else ()
        return [at for at in longer if len(self.letters[at]) >= _PART and self.letters[at] in words]

    def _holds(self, longer: str, place: int) -> bool:
        """Whether words are the same as others, or those with which they begin or end, or a good part of them."""
        words = self.letters[place]
        several = " " in self.words[place] or self.chunks.pack.case == "none"
        at_edge = several and (longer.startswith(words) or longer.endswith(words))
        return words == longer or at_edge or (len(words) >= _PART and words in longer)


def _is_alike(words: str, others: str) -> bool:
    """Whether most words of the one are in the other, in their order (their longest common subsequence)."""
    here, there = _WORDS.findall(words)[:_LONGEST], _WORDS.findall(others)[:_LONGEST]
    enough = max(_MANY, _ALIKE * len(here))
    if len(here) < _MANY or len(set(here) & set(there)) < enough - _MANY // 2:
        return False
    return LCSseq.similarity(here, there) >= enough
