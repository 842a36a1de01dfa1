"""The rule: when two quotes are one statement.

Both are by the same speaker, in any spelling, and their words are the same letters and digits; or nearly all words of
the shorter are in the longer, in order, and no difference negates the statement or changes a number or name; or the
shorter is cut out of the longer. Words of nobody named are one statement only where they are equal.
"""

from __future__ import annotations

from archiver.checks.alignment import Alignment, align, may_align
from archiver.checks.comparison import is_small
from archiver.checks.reasons import Difference, differences
from archiver.checks.words import Wording, claimed_wording, said_wording
from archiver.index.words import folded
from archiver.records import Kind, Quote
from archiver.speakers.decided import UNDECIDED, JoinedPeople
from archiver.speakers.names import Likeness

MIN_NEAR = 0.8
"""The share of the shorter's words that the longer contains, in order, where the two differ a little."""
MIN_NEAR_WORDS = 6
MIN_LONG_WORDS = 12
"""Words from which on one word for another may be a slip; in fewer it says something else."""
MIN_CUT_WORDS = 3
"""Fewer words, or words that are all small ones, may come from any sentence."""
MIN_UNNAMED_WORDS = 4
MAX_NEAR_LENGTH = 1.6
"""How much longer the longer may be where the shorter is no part of it word for word."""

_OTHER_MEANING = {
    Difference.NEGATION_ADDED,
    Difference.NEGATION_REMOVED,
    Difference.NUMBER_CHANGED,
    Difference.NAME_CHANGED,
}


def is_one_statement(one: Quote, other: Quote, language: str | None, people: JoinedPeople = UNDECIDED) -> bool:
    """Whether two quotes are the same words by the same speaker; `people` is whom somebody joined. Symmetric."""
    if Kind.INDIRECT in {one.kind, other.kind}:
        return False
    if not one.speaker.name or not other.speaker.name:
        return one.speaker.name == other.speaker.name and _equal(one, other, min_words=MIN_UNNAMED_WORDS)
    if people.likeness(one.speaker.name, other.speaker.name) is not Likeness.SAME:
        return False
    return _equal(one, other, min_words=1) or _near(one, other, language)


def _equal(one: Quote, other: Quote, *, min_words: int) -> bool:
    words = folded(one.text)
    return len(words) >= min_words and words == folded(other.text)


def _near(one: Quote, other: Quote, language: str | None) -> bool:
    first, second = said_wording(one.text, language), said_wording(other.text, language)
    shorter, longer = sorted((first, second), key=lambda wording: (len(wording.words), wording.text))
    claimed = claimed_wording(shorter.text, language)
    if not claimed.words or not may_align(longer, claimed, MIN_NEAR):
        return False
    lay = align(longer, claimed)
    if len(lay.blocks) == 1 and lay.coverage == 1.0:
        return _tells_something(claimed, language)
    return _nearly_equal(lay, language)


def _tells_something(cut: Wording, language: str | None) -> bool:
    """Whether a stretch of words says where it comes from."""
    content = sum(not is_small(word.folded, language) for word in cut.words)
    return len(cut.words) >= MIN_CUT_WORDS and content > 0


def _nearly_equal(lay: Alignment, language: str | None) -> bool:
    if len(lay.claimed.words) < MIN_NEAR_WORDS or lay.coverage < MIN_NEAR:
        return False
    if len(lay.said.words) > MAX_NEAR_LENGTH * len(lay.claimed.words):
        return False
    found = set(differences(lay, language))
    if Difference.WORDS_REPLACED in found and len(lay.claimed.words) < MIN_LONG_WORDS:
        return False
    return not _OTHER_MEANING & found
