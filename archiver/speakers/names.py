"""Whether two names may be one person's.

`SAME`: every word of the one is a spelling of a word of the other, in another script or transcription perhaps.
`VARIANT`: nothing contradicts, but one is shorter: a surname alone, an initial, a middle name left out, a title.
`OTHER`: a first name, a surname or a «junior» contradicts. Two people with one surname are `OTHER` as soon as both are
named in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from archiver.languages import ROLE, TITLE, TITLE_AFTER, codes, pack_for
from archiver.speakers.spelling import ascii_form, consonants, folded_name, korean_form, script_of, sound_forms

MIN_FUZZY = 7
"""Letters from which on one vowel or ending may differ between two transcriptions of a word."""

MIN_ALIKE = 0.6
"""The share of consonants of words in two scripts from which on nobody can say that they are two names."""

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ´`-](?=[^\W\d_]))*\.?")
_UNSPACED = frozenset({"CJK", "HIRAGANA", "KATAKANA"})
_NO_VOWELS = frozenset({"ARABIC", "HEBREW"})


class Likeness(StrEnum):
    """How two names compare."""

    SAME = "same"
    VARIANT = "variant"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A name taken apart: first and middle names, the surname (or the only word), a suffix such as «jr»."""

    given: tuple[str, ...]
    surname: str
    suffix: str
    script: str
    folded: str


def likeness(one: str, other: str) -> Likeness:
    """How two printed names compare; titles and roles before a name do not count."""
    first, second = _taken_apart(one), _taken_apart(other)
    if first.folded == second.folded:
        return Likeness.SAME
    if not first.surname or not second.surname:
        return Likeness.OTHER
    if "HANGUL" in {first.script, second.script} and first.script != second.script:
        return Likeness.SAME if korean_form(one) == korean_form(other) else Likeness.OTHER
    if _UNSPACED & {first.script, second.script}:
        return _unspaced(first, second)
    return _compared(first, second)


def is_unsure(one: str, other: str) -> bool:
    """Whether two names of different scripts may be one person's although their spellings do not match."""
    scripts = {script_of(one), script_of(other)}
    if len(scripts) == 1 or "" in scripts:
        return False
    if _UNSPACED & scripts or "HANGUL" in scripts:
        return True
    return any(_sound_alike(word, theirs) for word in folded_name(one).split() for theirs in folded_name(other).split())


def _sound_alike(one: str, other: str) -> bool:
    pairs = ((consonants(first), consonants(second)) for first in sound_forms(one) for second in sound_forms(other))
    likest = (Levenshtein.normalized_similarity(first, second) for first, second in pairs if first and second)
    return max(likest, default=0.0) >= MIN_ALIKE


def _unspaced(first: _Name, second: _Name) -> Likeness:
    """Names in signs are compared as they are written: a reading of signs is a guess."""
    shorter, longer = sorted((first.folded, second.folded), key=len)
    if first.script != second.script or len(shorter) < 2:
        return Likeness.OTHER
    return Likeness.VARIANT if longer.startswith(shorter) else Likeness.OTHER


def _compared(first: _Name, second: _Name) -> Likeness:
    foreign = first.script != second.script
    if first.suffix and second.suffix and first.suffix != second.suffix:
        return Likeness.OTHER
    if not _alike(first.surname, second.surname, foreign=foreign):
        return _without_surname(first, second, foreign=foreign)
    found = _given_names(first.given, second.given, foreign=foreign)
    if found is Likeness.SAME and first.suffix != second.suffix:
        return Likeness.VARIANT
    return found


def _without_surname(first: _Name, second: _Name, *, foreign: bool) -> Likeness:
    """A first name alone («Angela») is short for a full name; of two full names the surnames differ.

    A family name may come first (Orbán Viktor, Xi Jinping), and a second surname may be left out (Spanish names).
    """
    words, others = (*first.given, first.surname), (*second.given, second.surname)
    shorter, longer = sorted((words, others), key=len)
    if len(shorter) == 1:
        return Likeness.VARIANT if _alike(shorter[0], longer[0], foreign=foreign) else Likeness.OTHER
    if len(words) == len(others) == 2 and _paired(words, others[::-1], foreign=foreign):
        return Likeness.SAME
    if len(longer) > len(shorter) and _paired(shorter, longer[: len(shorter)], foreign=foreign):
        return Likeness.VARIANT
    return Likeness.OTHER


def _given_names(first: tuple[str, ...], second: tuple[str, ...], *, foreign: bool) -> Likeness:
    if not first or not second:
        return Likeness.SAME if first == second else Likeness.VARIANT
    if not _first_names(first[0], second[0], foreign=foreign):
        return Likeness.OTHER
    initial = _is_initial(first[0]) != _is_initial(second[0])
    middle, other = first[1:], second[1:]
    for mine, theirs in zip(middle, other, strict=False):
        if not _first_names(mine, theirs, foreign=foreign):
            return Likeness.OTHER
        initial = initial or _is_initial(mine) != _is_initial(theirs)
    return Likeness.VARIANT if initial or len(middle) != len(other) else Likeness.SAME


def _first_names(one: str, other: str, *, foreign: bool) -> bool:
    if _is_initial(one) or _is_initial(other):
        return bool(_initials(one) & _initials(other))
    return _alike(one, other, foreign=foreign, given=True)


def _initials(word: str) -> set[str]:
    return {ascii_form(word)[:1], *(form[:1] for form in sound_forms(word))} - {""}


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _paired(words: tuple[str, ...], others: tuple[str, ...], *, foreign: bool) -> bool:
    return all(_alike(one, other, foreign=foreign) for one, other in zip(words, others, strict=True))


@lru_cache(maxsize=1 << 14)
def _alike(one: str, other: str, *, foreign: bool, given: bool = False) -> bool:
    """Whether two words are spellings of one name. `foreign`: they are written in two scripts."""
    if one == other or ascii_form(one) == ascii_form(other) != "":
        return True
    readings = [(first, second) for first in sound_forms(one) for second in sound_forms(other) if first and second]
    if any(first == second for first, second in readings):
        return True
    if foreign and _NO_VOWELS & {script_of(one), script_of(other)}:
        return any(consonants(first) == consonants(second) != "" for first, second in readings)
    return any(_one_vowel_apart(first, second, foreign=foreign, least=MIN_FUZZY - given) for first, second in readings)


def _one_vowel_apart(first: str, second: str, *, foreign: bool, least: int) -> bool:
    """Gorbachev and Gorbatschow; across scripts Vladimir and Volodymyr; never a last vowel, which marks the gender."""
    if min(len(first), len(second)) < least or first[0] != second[0] or consonants(first) != consonants(second):
        return False
    if first[-1] != second[-1] and {first[-1], second[-1]} & set("aeiou"):
        return False
    return Levenshtein.distance(first, second) <= (2 if foreign else 1)


@lru_cache(maxsize=1 << 14)
def _taken_apart(name: str) -> _Name:
    words = [word for word in _WORD.findall(folded_name(name)) if word.rstrip(".") not in _particles()]
    suffix = ""
    while len(words) > 1 and (word := words[-1].rstrip(".")) in _suffixes():
        suffix, words = word, words[:-1]
    while len(words) > 1 and words[0].rstrip(".") in _titles():
        words = words[1:]
    if len(words) > 2 and words[1] in _titles() and words[0] not in _first_names_known():
        words = words[2:]  # prime minister, vice president
    while len(words) > 1 and words[-1] in _titles_after():
        words = words[:-1]
    words = [word if _is_initial(word) else word.rstrip(".") for word in words]
    return _Name(
        given=tuple(words[:-1]),
        surname=words[-1] if words else "",
        suffix=suffix,
        script=script_of(name),
        folded=" ".join([*words, suffix]).strip(),
    )


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Titles and roles of all languages, as they appear before a name."""
    return _words(TITLE + ROLE)


@lru_cache(maxsize=1)
def _first_names_known() -> frozenset[str]:
    packs = [pack for code in codes() if (pack := pack_for(code))]
    return frozenset(name.lower() for pack in packs for name in pack.first_names)


@lru_cache(maxsize=1)
def _titles_after() -> frozenset[str]:
    return _words(TITLE_AFTER)


def _words(classes: str) -> frozenset[str]:
    packs = [pack for code in codes() if (pack := pack_for(code))]
    return frozenset(word for pack in packs for word, kind in pack.lexicon.items() if kind in classes)


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    packs = [pack for code in codes() if (pack := pack_for(code))]
    return frozenset(word for pack in packs for word in pack.particles)


@lru_cache(maxsize=1)
def _suffixes() -> frozenset[str]:
    packs = [pack for code in codes() if (pack := pack_for(code))]
    return frozenset(word for pack in packs for word in pack.suffixes)
