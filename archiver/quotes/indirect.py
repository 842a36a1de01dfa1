"""Reported speech without marks: «X said that …», «…, X said», «according to X …», told by the shape of the sentence.

What is found is kept apart from quotations by its kind. The extent is the reported clause, without the word that leads
it in; a sentence whose reported part holds quotation marks is left to the quotations in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.languages import OTHER_PRONOUN
from archiver.quotes.model import QUOTE, Chunks
from archiver.quotes.mood import continued, of_other_orders, told_of
from archiver.quotes.reported import MIN_WORDS, VERB, Reported, may_be_subject, printed, trimmed
from archiver.quotes.trail import ReportedRule

_ASIDE = r"(?:,[^,$\nQ]{1,14},|\([^()\n]{1,8}\)|p[XO](?:sO)?){0,2}"
_SUBJECT = rf"(?P<subject>[XOikr]){_ASIDE}x{{0,2}}w?x?"
_REST = r"(?:[wef]|p?e|p[XOwe0]{1,2}){0,3}"  # «on Monday», «in an interview»
_CLAUSE = rf"c?w?[ikI]|dp[XO]x|w?[XO](?:s[Og])?(?:c[XO])?(?:p[XOw]{{1,2}}s?){{0,2}}{_ASIDE}[xSTL]"
_TAIL = re.compile(r",(?:[XOik]x{0,2}S|S[dXOik]|a[dXO])[^,Q]{0,8}$|,?cx{0,2}[STL]|,[ST]")

_THAT = re.compile(rf"{_SUBJECT}(?:(?P<verb>[SL])|(?P<tell>T)[XOjk]?){_REST},?t(?P<content>)")
_PLAIN = re.compile(rf"{_SUBJECT}(?:(?P<verb>S){_REST},?|(?P<tell>T)[XOjk])(?P<content>)(?={_CLAUSE})")
_LOOSE = re.compile(  # where subjects come before verbs, anything that follows a verb of saying is what was said
    rf"{_SUBJECT}(?:(?P<verb>S)(?:{_REST},?(?P<content>)(?={_CLAUSE})|(?P<content2>)(?=[xOXikdwyI]))"
    rf"|(?P<tell>T)[XOjk](?P<content3>)(?=[xOXikdwyI]))"
)
_FRONTED = re.compile(rf"(?P<content>),(?P<subject>[XOik]){_ASIDE}x{{0,2}}w?(?P<verb>S){_REST}$")
_INVERTED = re.compile(rf"(?P<content>),x?(?P<verb>S)[do]{{0,2}}(?P<subject>[XOik]){_ASIDE}{_REST}$")
_SOURCE_FIRST = re.compile(
    r"^c?,?(?P<verb>a)[doy]{0,2}(?:Xs)?(?P<subject>[XO])(?:[^,Q]{0,10},(?P<content>)|(?P<content2>)(?=[xSTL]))"
)
_SOURCE_LAST = re.compile(r"(?P<content>),?(?P<verb>a)[doy]{0,2}(?:Xs)?(?P<subject>[XO])[^Q]{0,10}$")
_SENTENCE = re.compile(r"[^$\n;]+")
_MAX_LENGTH = 200  # chunks of a sentence

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


def find_reported(chunks: Chunks) -> Iterator[Reported]:
    """The reported clauses of a text in its order, at most one a sentence."""
    last: Reported | None = None
    before, paragraph = (0, 0), -1
    for sentence in _SENTENCE.finditer(chunks.codes):
        first, end = sentence.span()
        if end - first > _MAX_LENGTH:
            continue
        if chunks.paragraph_of[first] != paragraph:
            last, before, paragraph = None, (first, first), chunks.paragraph_of[first]
        found = _of_sentence(chunks, first, end) or of_other_orders(chunks, first, end)
        if found is None and last is None:
            found = told_of(chunks, before, (first, end))
        if found is None and last is not None:
            found = continued(chunks, first, end, last)
        if found is not None:
            yield found
        last, before = found, (first, end)


def _of_sentence(chunks: Chunks, first: int, last: int) -> Reported | None:
    """The clause that is reported in the sentence of the chunks from `first` to before `last`."""
    codes = chunks.codes[first:last]
    if not any(code in codes for code in "STa"):
        return None
    for rule, pattern, sure in _BEHIND:
        if pattern is _SOURCE_LAST and chunks.pack.source_nouns:
            continue
        match = pattern.search(codes)
        if (
            match
            and match.start("content")
            and (rule == ReportedRule.SOURCE_LAST or VERB.search(codes, 0, match.start("content")))
        ):
            return _reported(chunks, first, match, (first, first + match.start("content")), rule, sure)
    for rule, pattern, sure in _AHEAD:
        if pattern is _SOURCE_FIRST and chunks.pack.source_nouns:
            continue  # `according` tells where it ends
        loose = pattern is _PLAIN and not (chunks.pack.verb_second or chunks.pack.verb_final)
        match = (_LOOSE if loose else pattern).search(codes)
        if match:
            start = max(match.start(group) for group in match.re.groupindex if group.startswith("content"))
            tail = _TAIL.search(codes, start)
            end = tail.start() if tail else len(codes)
            return _reported(chunks, first, match, (first + start, first + end), rule, sure)
    return None


def _reported(
    chunks: Chunks, first: int, match: re.Match[str], content: tuple[int, int], rule: ReportedRule, sure: float
) -> Reported | None:
    start, end = trimmed(chunks, *content)
    place = chunks.mention_at[first + match.start("subject")]
    neutral = chunks.codes[first + match.start("subject")] == OTHER_PRONOUN
    if chunks.pack.reported_mood and (neutral or not may_be_subject(chunks, first, first + match.start("subject"))):
        return None  # the other orders find who speaks
    if QUOTE in chunks.codes[start:end] or place < 0 or len(chunks.words(start, end).split()) < MIN_WORDS:
        return None
    verb = max(match.start(name) for name in ("verb", "tell") if name in match.re.groupindex)
    return Reported(*printed(chunks, start, end), first + verb, place, rule, sure)
