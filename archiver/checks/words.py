"""A text as words to compare, each with the mark that follows it and its place.

A claim may be honest about what it leaves out or puts in: `[…]`, `…` and `...` are gaps, `[sic]` is a remark, and words
in square brackets are the writer's own. Those words are left out, and the places are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from archiver.checks.numerals import Numerals, number_at, numerals
from archiver.index.words import UNSPACED, fold

_LETTER = rf"(?:(?![{UNSPACED}])[^\W\d_])"
_INSIDE = rf"(?:(?![{UNSPACED}])[\w\u0300-\u036f\u00ad\u200c\u200d])"
# A word ends at an apostrophe (l’accord, it’s), except for the English «n’t», which turns a statement round.
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:’'\u00a0\u202f]\d+)*"
_WORD = re.compile(rf"(?P<number>{_NUMBER})|(?P<sign>[{UNSPACED}])|(?P<word>{_LETTER}{_INSIDE}*(?:(?<=n)['’ʼ]t\b)?)")
_GAP = r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.(?:\s?\.)?"
_REMARK = r"\[\s*sic[^\]]*\]|\(\s*sic\s*!?\s*\)"
_INSERTED = r"\[[^\[\]]{0,200}\]"
_HOLE = re.compile(rf"(?P<gap>{_GAP})|(?P<remark>{_REMARK})|(?P<inserted>{_INSERTED})", re.IGNORECASE)
_THOUSANDS = re.compile(r"(\d{1,3}(?:([.,’' \u00a0\u202f])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?")
_BLANK = re.compile(r"[\s-]+")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
MIN_SCALE = 1000
"""Number words of this worth may follow figures: 3 million."""
_MARKS = {"?": "?", "？": "?", "؟": "?", "\u037e": "?", ";": "", "!": "!", "！": "!", ".": ".", "。": ".", "।": "."}


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as written, folded for comparing, its half-open place, and the meaning mark right after it (`.?!`)."""

    text: str
    folded: str
    start: int
    end: int
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text to compare: its words, and before which of them (or after the last) it admits a gap or words put in."""

    text: str
    words: tuple[Word, ...]
    gaps: frozenset[int] = frozenset()
    inserted: frozenset[int] = frozenset()

    @property
    def folded(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(word.folded for word in self.words)


@lru_cache(maxsize=1 << 12)
def said_wording(text: str, language: str | None = None) -> Wording:
    """What was said: every word of it counts."""
    return Wording(text=text, words=_words(text, (), language))


@lru_cache(maxsize=1 << 8)
def claimed_wording(text: str, language: str | None = None) -> Wording:
    """What is claimed: the writer's own words in brackets are left out, gaps and insertions kept by their place."""
    holes = list(_HOLE.finditer(text))
    words = _words(text, [hole.span() for hole in holes], language)
    gaps, inserted = set[int](), set[int]()
    for hole in holes:
        place = sum(word.end <= hole.start() for word in words)
        if hole.lastgroup == "gap":
            gaps.add(place)
        elif hole.lastgroup == "inserted":
            inserted.add(place)
    return Wording(text=text, words=words, gaps=frozenset(gaps), inserted=frozenset(inserted))


def _words(text: str, holes: Sequence[tuple[int, int]], language: str | None) -> tuple[Word, ...]:
    found = [match for match in _WORD.finditer(text) if not any(start <= match.start() < end for start, end in holes)]
    words = []
    for place, match in enumerate(found):
        following = found[place + 1].start() if place + 1 < len(found) else len(text)
        folded = _number(match[0]) if match.lastgroup == "number" else _folded(match[0], language)
        if folded:
            mark = _mark(text[match.end() : following], language)
            words.append(Word(match[0], folded, match.start(), match.end(), mark))
    known = numerals(language)
    return _with_numbers(words, text, known) if known is not None else tuple(words)


def _with_numbers(words: Sequence[Word], text: str, known: Numerals) -> tuple[Word, ...]:
    """The words, each number written in words as one, folded to its figures («twenty-one», «3 million»)."""
    found, place = list[Word](), 0
    while place < len(words):
        figure, taken = _number_in_words(words, place, text, known)
        if taken == 0:
            found.append(words[place])
            place += 1
            continue
        first, last = words[place], words[place + taken - 1]
        found.append(Word(text[first.start : last.end], figure, first.start, last.end, last.mark))
        place += taken
    return tuple(found)


def _number_in_words(words: Sequence[Word], place: int, text: str, known: Numerals) -> tuple[str, int]:
    """The figures of the number that begins here and how many words it takes, 0 where none does."""
    end = place + 1
    while end < len(words) and _BLANK.fullmatch(text, words[end - 1].end, words[end].start):
        end += 1
    run = [word.folded for word in words[place:end]]
    scale = known.worth.get(run[1], 0) if len(run) > 1 and _FIGURES.fullmatch(run[0]) else 0
    if scale >= MIN_SCALE:
        return _plain(Decimal(run[0]) * scale), 2
    value, taken = number_at(run, 0, known) or (0, 0)
    return str(value), taken


def _plain(value: Decimal) -> str:
    return str(int(value)) if value == int(value) else f"{value.normalize():f}"


def _folded(word: str, language: str | None) -> str:
    """A word without case and accents; German `ae`, `oe`, `ue` are the umlauts of a keyboard that has none."""
    folded = fold(word.replace("’", "'").replace("ʼ", "'"))
    if (language or "").startswith("de"):
        for typed, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):
            folded = folded.replace(typed, letter)
    return folded


def _number(written: str) -> str:
    """A number without its thousands separators, its decimal mark a full stop: 1.500 and 1,500 are one number."""
    if match := _THOUSANDS.fullmatch(written):
        whole = re.sub(r"\D", "", match[1])
        return f"{whole}.{match[3]}" if match[3] else whole
    return re.sub(r"[,:’'\u00a0\u202f]", ".", written)


def _mark(between: str, language: str | None) -> str:
    """The gravest mark between two words: a question mark counts before any other. In Greek it is a semicolon."""
    if (language or "").startswith("el"):
        between = between.replace(";", "?")
    between = re.sub(_GAP, "", between)
    marks = {_MARKS[char] for char in between if char in _MARKS}
    return next((mark for mark in "?!." if mark in marks), "")


def letters(text: str) -> str:
    """The letters and digits of a text alone, folded: equal where two texts differ in marks, case and spaces only."""
    return "".join(word.folded.replace("'", "") for word in said_wording(text).words)
