"""Reported speech without marks: «X said that …», «…, X said», «according to X …», told by the shape of the sentence.

What is found is kept apart from quotations by its kind. The extent is the reported clause, without the word that leads
it in; a sentence whose reported part holds quotation marks is left to the quotations in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archiver.quotes.model import QUOTE, Chunks
from archiver.quotes.trail import ReportedRule

_ASIDE = r"(?:,[^,$\nQ]{1,14},|\([^()\n]{1,8}\)|p[XO](?:sO)?){0,2}"
_SUBJECT = rf"(?P<subject>[XOikr]){_ASIDE}x{{0,2}}w?x?"
_REST = r"(?:[wef]|p?e|p[XOwe0]{1,2}){0,3}"  # «on Monday», «in an interview»
_CLAUSE = rf"c?w?[ikI]|dp[XO]x|w?[XO](?:s[Og])?(?:c[XO])?(?:p[XOw]{{1,2}}s?){{0,2}}{_ASIDE}[xSTL]"
_TAIL = re.compile(r",(?:[XOik]x{0,2}S|S[dXOik]|a[dXO])[^,Q]{0,8}$|,?cx{0,2}[STL]|,[ST]")

_THAT = re.compile(rf"{_SUBJECT}(?:(?P<verb>S)|(?P<tell>T)[XOjk]?){_REST},?t(?P<content>)")
_PLAIN = re.compile(rf"{_SUBJECT}(?:(?P<verb>S){_REST},?|(?P<tell>T)[XOjk])(?P<content>)(?={_CLAUSE})")
_FRONTED = re.compile(rf"(?P<content>),(?P<subject>[XOik]){_ASIDE}x{{0,2}}w?(?P<verb>S){_REST}$")
_INVERTED = re.compile(rf"(?P<content>),x?(?P<verb>S)[do]{{0,2}}(?P<subject>[XOik]){_ASIDE}{_REST}$")
_SOURCE_FIRST = re.compile(
    r"^c?,?(?P<verb>a)[doy]{0,2}(?:Xs)?(?P<subject>[XO])(?:[^,Q]{0,10},(?P<content>)|(?P<content2>)(?=[xSTL]))"
)
_SOURCE_LAST = re.compile(r"(?P<content>),?(?P<verb>a)[doy]{0,2}(?:Xs)?(?P<subject>[XO])[^Q]{0,10}$")
_VERB = re.compile("[xSTLw]")
_SENTENCE = re.compile(r"[^$\n]+")
_MAX_LENGTH = 200  # chunks of a sentence
_MIN_WORDS = 4  # words of a reported clause

_AHEAD = (
    (ReportedRule.THAT, _THAT, 0.9),
    (ReportedRule.CLAUSE, _PLAIN, 0.8),
    (ReportedRule.SOURCE_FIRST, _SOURCE_FIRST, 0.9),
)
_BEHIND = (
    (ReportedRule.CLAUSE_FIRST, _FRONTED, 0.85),
    (ReportedRule.CLAUSE_FIRST, _INVERTED, 0.85),
    (ReportedRule.SOURCE_LAST, _SOURCE_LAST, 0.9),
)


class Reported(NamedTuple):
    """A reported clause: its offsets, the chunk of the reporting words, the mention that speaks, rule, and how sure."""

    start: int
    end: int
    verb: int
    place: int
    rule: ReportedRule
    confidence: float


def find_reported(chunks: Chunks) -> Iterator[Reported]:
    """The reported clauses of a text in its order, at most one a sentence."""
    for sentence in _SENTENCE.finditer(chunks.codes):
        first, last = sentence.span()
        if last - first > _MAX_LENGTH:
            continue
        found = _of_sentence(chunks, first, last)
        if found is not None:
            yield found


def _of_sentence(chunks: Chunks, first: int, last: int) -> Reported | None:
    """The clause that is reported in the sentence of the chunks from `first` to before `last`."""
    codes = chunks.codes[first:last]
    if not any(code in codes for code in "STa"):
        return None
    for rule, pattern, sure in _BEHIND:
        match = pattern.search(codes)
        if (
            match
            and match.start("content")
            and (rule == ReportedRule.SOURCE_LAST or _VERB.search(codes, 0, match.start("content")))
        ):
            return _reported(chunks, first, match, (first, first + match.start("content")), rule, sure)
    for rule, pattern, sure in _AHEAD:
        match = pattern.search(codes)
        if match:
            start = max(match.start(group) for group in pattern.groupindex if group.startswith("content"))
            tail = _TAIL.search(codes, start)
            end = tail.start() if tail else len(codes)
            return _reported(chunks, first, match, (first + start, first + end), rule, sure)
    return None


def _reported(
    chunks: Chunks, first: int, match: re.Match[str], content: tuple[int, int], rule: ReportedRule, sure: float
) -> Reported | None:
    start, end = content
    while start < end and chunks.codes[start] in ",:-)":
        start += 1
    while end > start and chunks.codes[end - 1] in ",:-(":
        end -= 1
    place = chunks.mention_at[first + match.start("subject")]
    if QUOTE in chunks.codes[start:end] or place < 0 or len(chunks.words(start, end).split()) < _MIN_WORDS:
        return None
    verb = max(match.start(name) for name in ("verb", "tell") if name in match.re.groupindex)
    return Reported(chunks.starts[start], chunks.ends[end - 1], first + verb, place, rule, sure)
