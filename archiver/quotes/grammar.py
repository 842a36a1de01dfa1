"""A pack made ready for reading: the patterns that cut a text into words and signs, and what is remembered of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from archiver.languages import Pack

PUNCTUATION = {
    ".": "$", "!": "$", "?": "$", "…": "$", "。": "$", "！": "$", "？": "$", "।": "$", "۔": "$",
    ",": ",", "、": ",", "，": ",", "،": ",",
    ":": ":", "：": ":", ";": ";", "；": ";", "–": "-", "—": "-", "―": "-", "-": "-",
    "(": "(", "[": "(", "（": "(", ")": ")", "]": ")", "）": ")",
    "'": "s", "’": "s", "&": "&", "/": "/", "%": "0", "・": "・", "|": "$", "•": "$",
}  # fmt: skip
CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĻĽŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽȘȚΑ-ΩЀ-Я"
HAN = "\u3400-\u4dbf\u4e00-\u9fff々〆ヶ"
_KANA = "ァ-ヺー・＝"
_NOT_CUT = "(?![ァ-ヺー])"  # «シェフ» is no word of «シェフチョビチ»
_LAST_KANA = re.compile("[ァ-ヺー]\\Z")
_DAY = r"\d{1,2}\.\s\d{1,2}\.\s\d{4}"  # 8. 11. 2026 (Czech)
_ORDINAL = r"\d{1,2}\.(?=\s[^\W\d_])"  # «am 8. November», where nouns have a capital
_NUMBER = rf"\d+(?:[.,:]\d+)*(?:\.(?=\s(?![{CAPITALS}])[^\W\d_]))?"  # «8. listopadu»; not «in 1931. She …»
_AGED = r"\d{1,3}-[^\W\d_]{4,}(?:-[^\W\d_]+)?"  # «29-årige», «29-летняя»
_MISREAD = "(?<=[ÂÃ])[\xa1-\xaa\xac-\xba\xbc-\xbf]"  # an accented letter of UTF-8 read as Latin-1: «PeÃ±a»


class Capital:
    """A word with a capital: in lower case, its class in the lexicon, and the class that its end tells (or nothing)."""

    __slots__ = ("code", "low", "role")

    def __init__(self, low: str, code: str, role: str) -> None:
        self.low, self.code, self.role = low, code, role


class Grammar(NamedTuple):
    """A pack made ready for chunks.

    `tokens` cuts a text into words and signs. Where blanks part words, `words` does it in less time, save for words
    that are `odd`: they may begin a phrase or an abbreviation, and `tokens` is asked. `plain` remembers
    the classes of words that are the same wherever they are, `capitals` what is the same of words with a capital.
    """

    tokens: re.Pattern[str]
    words: re.Pattern[str] | None
    odd: frozenset[str]
    plain: dict[str, str]
    capitals: dict[str, Capital]
    role_endings: tuple[str, ...]
    body_endings: tuple[str, ...]


@lru_cache(maxsize=64)
def grammar_of(pack: Pack) -> Grammar:
    """The patterns that cut a text into the words and signs of a language."""
    phrases, simple, dated = _phrases(pack), _words(pack), _dated(pack)
    longer = [*dated, *_without_blanks(pack), *_joined(pack, phrases)]
    return Grammar(
        tokens=re.compile("|".join([*longer, *simple])),
        words=re.compile("|".join(simple)) if pack.spaces and not dated else None,
        odd=frozenset(re.split(r"[\s.]", begun)[0] for begun in (*phrases, *pack.abbreviations)),
        plain={sign: code for sign, code in PUNCTUATION.items() if sign not in "'’"},
        capitals={},
        role_endings=tuple(ending for ending, _ in pack.role_endings),
        body_endings=tuple(pack.body_endings),
    )


@lru_cache(maxsize=64)
def words_of_class(pack: Pack, code: str) -> tuple[str, ...]:
    """The words of one class, such as the particles that lead from an owner to a thing."""
    return tuple(word for word, known in pack.lexicon.items() if known == code)


def _phrases(pack: Pack) -> list[str]:
    """The words of the lexicon that a cut at blanks and apostrophes would miss: «d'après» is one word."""
    return _longest_first(word for word in pack.lexicon if " " in word or (pack.elisions and "'" in word))


def _dated(pack: Pack) -> list[str]:
    """Numbers with the sign of a year, month or day: «8日»."""
    signs = "".join((pack.dates.year_signs, pack.dates.month_signs, pack.dates.day_signs))
    return [rf"\d+\s?[{re.escape(signs)}]"] if signs else []


def _without_blanks(pack: Pack) -> list[str]:
    """How words are told where no blanks part them."""
    if pack.spaces:
        return []
    words = _longest_first(word for word in pack.lexicon if " " not in word)
    return [
        "|".join(re.escape(word) + (_NOT_CUT if _LAST_KANA.search(word) else "") for word in words),
        f"[{_KANA}]{{2,}}",
        "[A-Za-zÀ-ɏＡ-Ｚａ-ｚ][A-Za-zÀ-ɏＡ-Ｚａ-ｚ.&'’-]*",
        f"[{HAN}]",
        "[\u3040-\u309f]",
    ]


def _joined(pack: Pack, phrases: list[str]) -> list[str]:
    """What is longer or shorter than a word: phrases, abbreviations, initials, elided and hanging words."""
    parts = []
    if phrases:
        spelled = (re.escape(phrase).replace(r"\ ", r"\s").replace("'", "['’]") for phrase in phrases)
        parts.append(rf"\b(?i:{'|'.join(spelled)})\b")
    if pack.abbreviations:
        parts.append(rf"\b(?i:{_any(pack.abbreviations)})\.(?!\w)")
    if "'t" in pack.particles:
        parts.append(rf"['’]t(?=\s[{CAPITALS}])")  # «van 't Hoff»
    initial = "[A-Za-z]" if pack.case == "none" else r"[^\W\d_]"  # «“…”다.» ends a sentence
    parts.append(rf"{initial}\.(?:-?{initial}\.)*")
    if pack.elisions:
        parts.append(rf"\b(?i:{'|'.join(map(re.escape, pack.elisions))})['’](?=\w)")
    if pack.clitics:
        parts.append(rf"['’](?i:{_any(pack.clitics)})\b")
    return parts


def _words(pack: Pack) -> list[str]:
    """Words as they are, any other sign, ages, days and numbers."""
    inner = rf"(?:[-&]|['’](?!(?i:{_any(pack.clitics)})\b))" if pack.clitics else "[-'’&]"
    inner = rf"(?:{inner}\w|{_MISREAD})"
    word = rf"[^\W\d_]\w*(?:{inner}\w*)*"
    return [word, r"[^\w\s]", _AGED, _DAY, *([_ORDINAL] if pack.case == "nouns" else []), _NUMBER]


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, _longest_first(words)))


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)
