"""Words as both indexes see them: folded once, stemmed once, here.

A word is a run of letters, marks and digits; everything else separates words, even an apostrophe (`l’accord` is two).
Folding takes away case, accents, compatibility forms and invisible joiners. In scripts that write without spaces each
pair of neighbouring characters is a word, and the last character of a run alone as well, so that any part of a run is
found by its pairs and a single character by the words that begin with it.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

VERSION = f"2 (Unicode {unicodedata.unidata_version}, Snowball by PyStemmer {Stemmer.version()})"
MAX_WORD = 100  # code points; longer words are cut, in texts and queries alike

# Scripts written without spaces: Han, kana, Hangul, Thai, Lao, Myanmar, Khmer.
UNSPACED = (
    "\u0e00-\u0e4f\u0e80-\u0ecf\u1000-\u103f\u1780-\u17d3\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u3099-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uf900-\ufaff"
    "\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U000323af"
)
UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_JOINERS = "\u00ad\u200c\u200d\u2060"
# Letters that no decomposition takes apart.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"})
# Marks that a reader leaves out when typing: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")


# Letters of Latin-1 that are folded into two, and what of it is folded into something else than ASCII.
_TWO_LETTERS = {"ß": b"ss", "æ": b"ae", "Æ": b"ae", "þ": b"th", "Þ": b"th"}
_ODD = "\xad\xb5\xbc\xbd\xbe"
# What is neither Latin-1, without its odd ones, nor a quotation mark, a dash or another sign that ends a word.
_BEYOND = re.compile(f"[^\x00-\xff\u2010-\u205e\u20a0-\u20bf]|[{_ODD}]")
# What is in none of the blocks of Latin, Greek and Cyrillic letters and of punctuation: most texts hold nothing of it.
_UNUSUAL = re.compile("[^\x00-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2000-\u200b\u200e-\u205f\u20a0-\u20bf]")
_PLAIN_RUN = re.compile(r"(?P<spaced>[^\W_]+)")


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """A folded word and where it is: half-open offsets in code points."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchedWords:
    """The words to look for where somebody types some text; `open` means that the last one is only a beginning."""

    words: tuple[str, ...]
    open: bool = False


def tokens(text: str) -> Iterator[FoldedWord]:
    """The words of a text in order."""
    for run in _runs(text):
        if run.lastgroup == "unspaced":
            yield from _pairs(run[0], run.start())
        elif word := fold(run[0]):
            yield FoldedWord(word, run.start(), run.end())


def folded(text: str) -> list[str]:
    """The folded words of a text in order: those of `tokens`, quicker where every word is plain letters and digits."""
    if text.isascii() or not _BEYOND.search(text):
        return _folded_latin(text)
    if _UNUSUAL.search(text) and _involved().search(text):
        return [word for run in _runs(text) for word in _words_of(run)]
    return [word for run in _PLAIN_RUN.findall(text) if (word := fold(run))]


def _folded_latin(text: str) -> list[str]:
    data = text.encode("latin-1", "replace")
    if not data.isascii():
        for sign, letters in _TWO_LETTERS.items():
            data = data.replace(sign.encode("latin-1"), letters)
    words = data.translate(_latin()).decode("ascii").split()
    if len(text) <= MAX_WORD or max(map(len, words), default=0) <= MAX_WORD:
        return words
    return [word[:MAX_WORD] for word in words]


def _words_of(run: re.Match[str]) -> list[str]:
    if run.lastgroup == "unspaced":
        characters = _characters(run[0])
        return [characters[place : place + 2] for place in range(len(characters))]
    word = fold(run[0])
    return [word] if word else []


@lru_cache(maxsize=1)
def _latin() -> bytes:
    """Latin-1 as words are folded, a byte each: small letters and digits, and spaces for what ends a word."""
    return "".join(
        fold(char) if char.isalnum() and char not in _ODD and char not in _TWO_LETTERS else " "
        for char in map(chr, range(256))
    ).encode("ascii")


def runs(text: str) -> list[str]:
    """The stretches of a text that hold its words, as they are written."""
    return [run[0] for run in _runs(text) if fold(run[0])]


def searched_words(text: str) -> SearchedWords:
    """What to look for to find `text` inside a longer one: a run at its end may continue there."""
    found = list(tokens(text))
    last = max(_runs(text), key=re.Match.start, default=None)
    if not found or last is None or last.lastgroup != "unspaced":
        return SearchedWords(tuple(token.word for token in found))
    inside = sum(token.start >= last.start() for token in found)
    words = tuple(token.word for token in found)
    return SearchedWords(words, open=True) if inside == 1 else SearchedWords(words[:-1])


@lru_cache(maxsize=1 << 16)
def fold(run: str) -> str:
    """One word without case, accents, compatibility forms and joiners; `й` stays apart from `и`."""
    if run.isascii():
        return run.lower()[:MAX_WORD]
    bare = re.sub(f"[{_JOINERS}]", "", unicodedata.normalize("NFKC", run).casefold())
    parts = (char if char == "й" else _ACCENTS.sub("", unicodedata.normalize("NFD", char)) for char in bare)
    whole = unicodedata.normalize("NFKC", "".join(parts)).translate(_PLAIN)
    return "".join(whole.split())[:MAX_WORD]


def stem(word: str, language: str | None) -> str:
    """The stem of a folded word; the word itself where the language is unknown or has no stemmer."""
    return _stemming.of(language)[word]


def stems(words: Iterable[str], language: str | None) -> list[str]:
    """The stems of folded words, in order."""
    return list(map(_stemming.of(language).__getitem__, words))


class _Stems(dict[str, str]):
    """The stems of a language's words, each worked out once; too many are forgotten together."""

    def __init__(self, language: str) -> None:
        try:
            self._stemmer = Stemmer.Stemmer(_stemmer_name(language), 0) if language else None
        except KeyError:
            self._stemmer = None

    def __missing__(self, word: str) -> str:
        if len(self) >= _MAX_STEMS:
            self.clear()
        self[word] = found = (self._stemmer.stemWord(word) or word) if self._stemmer else word
        return found


_MAX_STEMS = 1 << 15
_MAX_LANGUAGES = 64


def _stemmer_name(language: str) -> str:
    """Snowball's name: the language's pack says it; without a pack its code does."""
    from archiver.languages import stemmer_for  # noqa: PLC0415 - takes time to import; words without stems do not need it

    stated = stemmer_for(language)
    return language if stated is None else stated


class _Stemming(threading.local):
    """The stems of this thread by language: PyStemmer's stemmers are not safe to share."""

    def __init__(self) -> None:
        self._known: dict[str, _Stems] = {}
        self._claimed: dict[str | None, _Stems] = {}

    def of(self, language: str | None) -> _Stems:
        found = self._claimed.get(language)
        if found is None:
            if len(self._claimed) >= _MAX_LANGUAGES:  # a page may claim any
                self._known.clear()
                self._claimed.clear()
            code = (language or "").partition("-")[0].lower()
            self._claimed[language] = found = self._known.setdefault(code, _Stems(code))
        return found


_stemming = _Stemming()


def _pairs(run: str, start: int) -> Iterator[FoldedWord]:
    """A run without spaces as overlapping pairs and its last character."""
    characters = _characters(run)
    aligned = len(characters) == len(run)
    for place in range(len(characters)):
        pair = characters[place : place + 2]
        at, end = (start + place, start + place + len(pair)) if aligned else (start, start + len(run))
        yield FoldedWord(pair, at, end)


def _characters(run: str) -> str:
    """A run without spaces, folded; mostly it is already, because such scripts know neither case nor accents."""
    if unicodedata.is_normalized("NFKC", run):
        return run
    return fold(run) if len(run) <= MAX_WORD else "".join(fold(char) for char in run)


@lru_cache(maxsize=1)
def _involved() -> re.Pattern[str]:
    """A character that makes words of more than letters and digits: unspaced scripts, marks, joiners."""
    return re.compile(f"[{UNSPACED}{_class(_marks())}{_JOINERS}]")


def _marks() -> str:
    return "".join(chr(code) for code in range(0x20000) if unicodedata.category(chr(code)) in {"Mn", "Mc"})


def _runs(text: str) -> Iterator[re.Match[str]]:
    return (_pattern() if _UNUSUAL.search(text) else _PLAIN_RUN).finditer(text)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    marks = _marks()
    spaced = f"(?![{UNSPACED}])[^\\W_]"
    return re.compile(f"(?P<unspaced>[{UNSPACED}]+)|(?P<spaced>{spaced}(?:{spaced}|[{_class(marks)}{_JOINERS}])*)")


def _class(characters: str) -> str:
    """Sorted characters as ranges of a character class."""
    ranges: list[list[int]] = []
    for code in map(ord, characters):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)
