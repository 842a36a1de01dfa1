"""One claim compared with one quote: the verdict, its reasons, and the difference to show.

exact       the same text, outer marks and spaces aside
normalised  the same letters, digits and words; marks, case, spaces and typography differ, or gaps are admitted
partial     a contiguous part of what was said
altered     the quote contains at least 60 % of the claimed words, in order
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from archiver.checks.alignment import Alignment, Operation, align, may_align
from archiver.checks.reasons import Difference, differences, in_order, is_honest, is_negation, marks_differ
from archiver.checks.words import Word, Wording, claimed_wording, letters, said_wording
from archiver.languages import (
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    FIRST_PRONOUN,
    FUNCTION,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    SUBJECT_MARK,
    THAT,
    pack_for,
)
from archiver.records import Kind, Polarity, Quote

MIN_COVERAGE = 0.6
"""The share of the claimed words that a quote must contain, in order."""
MIN_CONTENT_SHARE = 0.5
"""The share of its words other than small ones which must be among the equal ones."""
MIN_RUN = 3
"""Words in a row that distinguish a claim from a chance match of small words …"""
MIN_CONTENT = 2
"""… or this many words other than small ones."""

_SMALL = frozenset(
    f"{DETERMINER}{POSSESSIVE}{PREPOSITION}{CONJUNCTION}{THAT}{RELATIVE}{AUXILIARY}{FUNCTION}{SUBJECT_MARK}"
    f"{PERSON_PRONOUN}{OBJECT_PRONOUN}{OTHER_PRONOUN}{FIRST_PRONOUN}"
)
_OUTER = " \t\r\n\"'“”„‟«»‹›‘’‚‛「」『』《》〈〉"


class Verdict(StrEnum):
    """What the archive says about a claim, best first."""

    EXACT = "exact"
    NORMALISED = "normalised"
    PARTIAL = "partial"
    ALTERED = "altered"
    OTHER_SPEAKER = "other_speaker"
    SPEAKER_UNKNOWN = "speaker_unknown"
    IN_TEXT = "in_text"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the difference: what was said and what is claimed, as each is written; "" where there is nothing."""

    op: Operation
    said: str
    claimed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a claim compares with one quote. `share` is the part of the quote's words that the claim covers, 0 to 1."""

    verdict: Verdict
    reasons: tuple[Difference, ...]
    similarity: float
    share: float
    diff: tuple[Piece, ...]


def compare(claim: str, quote: Quote, language: str | None) -> Comparison | None:
    """How a claim compares with a quote; None where it says something else."""
    claimed, said = claimed_wording(claim, language), said_wording(quote.text, language)
    if not may_align(said, claimed, MIN_COVERAGE):
        return _by_letters(claim, quote)
    alignment = align(said, claimed)
    if not alignment.blocks or not is_about(alignment, language):
        return _by_letters(claim, quote)
    verdict, reasons = _words_verdict(claim, quote.text, alignment, language)
    verdict, reasons = _in_context(verdict, reasons, quote)
    start, end = alignment.window
    return Comparison(
        verdict=verdict,
        reasons=reasons,
        similarity=1.0 if verdict in {Verdict.EXACT, Verdict.NORMALISED} else round(alignment.similarity, 3),
        share=round((end - start) / len(said.words), 3) if said.words else 0.0,
        diff=pieces(alignment),
    )


def is_about(alignment: Alignment, language: str | None) -> bool:
    """Whether the quote contains enough of the claim, and not only small words by chance."""
    if alignment.coverage < MIN_COVERAGE:
        return False
    longest = max(block.size for block in alignment.blocks)
    if alignment.coverage == 1.0 and (len(alignment.blocks) == 1 or longest >= MIN_RUN or alignment.claimed.gaps):
        return True
    equal = [
        alignment.claimed.words[block.claimed + place] for block in alignment.blocks for place in range(block.size)
    ]
    held, claimed = _content(equal, language), _content(alignment.claimed.words, language)
    if held < claimed * MIN_CONTENT_SHARE:
        return False
    return held >= MIN_CONTENT or longest >= MIN_RUN


def _content(words: Sequence[Word], language: str | None) -> int:
    """How many words are not small ones."""
    return sum(not is_small(word.folded, language) and not is_negation(word.folded, language) for word in words)


def _by_letters(claim: str, quote: Quote) -> Comparison | None:
    """Words that were only written together or apart: the letters are the same."""
    if not letters(claim) or letters(claim) != letters(quote.text):
        return None
    verdict, reasons = _in_context(Verdict.NORMALISED, (), quote)
    piece = Piece(op=Operation.EQUAL, said=quote.text, claimed=claim)
    return Comparison(verdict=verdict, reasons=reasons, similarity=1.0, share=1.0, diff=(piece,))


def _words_verdict(
    claim: str, said: str, alignment: Alignment, language: str | None
) -> tuple[Verdict, tuple[Difference, ...]]:
    if _bare(claim) == _bare(said):
        return Verdict.EXACT, ()
    changed = [edit for edit in alignment.edits() if edit.op is not Operation.EQUAL]
    if all(is_honest(edit, alignment) for edit in changed):
        if marks_differ(alignment):
            return Verdict.ALTERED, (Difference.MEANING_MARK_CHANGED,)
        return (Verdict.NORMALISED if _whole(alignment) else Verdict.PARTIAL), ()
    if letters(claim) == letters(said):
        return Verdict.NORMALISED, ()
    return Verdict.ALTERED, differences(alignment, language)


def _whole(alignment: Alignment) -> bool:
    """Whether the claim covers the quote from end to end, or admits where it does not."""
    start, end = alignment.window
    gaps = alignment.claimed.gaps | alignment.claimed.inserted
    return (start == 0 or 0 in gaps) and (end == len(alignment.said.words) or len(alignment.claimed.words) in gaps)


def _in_context(
    verdict: Verdict, reasons: tuple[Difference, ...], quote: Quote
) -> tuple[Verdict, tuple[Difference, ...]]:
    """Words that the article denies or disputes are out of context; reported speech was never printed as words."""
    if quote.polarity is not Polarity.ASSERTED:
        reasons = in_order((*reasons, Difference.OUT_OF_CONTEXT))
    if quote.kind is Kind.INDIRECT:
        return Verdict.ALTERED, in_order((*reasons, Difference.PARAPHRASE))
    return verdict, reasons


def pieces(alignment: Alignment) -> tuple[Piece, ...]:
    """The difference stretch by stretch, each with the marks after it, as both texts write it."""
    return tuple(
        Piece(op=edit.op, said=_stretch(alignment.said, edit.said), claimed=_stretch(alignment.claimed, edit.claimed))
        for edit in alignment.edits()
    )


def _stretch(wording: Wording, words: tuple[int, int]) -> str:
    start, end = words
    if start == end:
        return ""
    following = wording.words[end].start if end < len(wording.words) else len(wording.text)
    return wording.text[wording.words[start].start : following].strip(_OUTER)


def _bare(text: str) -> str:
    """A text without outer marks, its spaces single, in NFC."""
    return " ".join(unicodedata.normalize("NFC", text).split()).strip(_OUTER)


def is_small(word: str, language: str | None) -> bool:
    """Whether a folded word is one of the small ones that any sentence may contain."""
    return word in _small_words(language)


@lru_cache(maxsize=32)
def _small_words(language: str | None) -> frozenset[str]:
    pack = pack_for(language)
    return frozenset(word for word, kind in pack.lexicon.items() if kind in _SMALL) if pack else frozenset()
