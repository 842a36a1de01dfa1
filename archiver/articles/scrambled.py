"""Text that a paywall has scrambled: it looks like a language but is not one.

Running text in any language that we have a pack for holds the language's small words; scrambled text holds none, but
does once its alphabet is shifted back, its words are read backwards, or their letters are sorted. Where letters were
exchanged otherwise, or in other languages, their frequencies are not those of the readable text beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import sqrt

from archiver.languages import codes, pack_for

BLOCK = 60
"""Letters from which on a block is judged."""

ENOUGH = 120
"""Letters that the blocks under suspicion must hold together."""

READABLE, UNREADABLE, BY_CHANCE = 0.2, 0.05, 0.12
"""Share of small words that readable text has at least; that scrambled text has at most, of the page's language and,
by chance, of any."""

CAPITALS = 0.5
"""Share of words with a capital from which on a text is a list of names."""

LIKE = 0.7
"""Likeness of two letter frequencies below which they are not of one language."""

MIN_ANAGRAM = 2
SAMPLE = 120
"""Words on which the shifts of the alphabet are tried."""

ALPHABET = "abcdefghijklmnopqrstuvwxyz"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ALPHABETIC = re.compile("[a-zA-Z\u00c0-\u024f\u0370-\u04ff]")
_SMALL = set("dypctrxfijkI")


def scrambled(texts: Sequence[str], *, beside: str, language: str | None) -> set[int]:
    """Which of the blocks are scrambled; `beside` is readable text of the page, such as its title and description."""
    suspects = [place for place, text in enumerate(texts) if _letters(text) >= BLOCK and _alphabetic(text)]
    if not suspects:
        return set()
    own = _small_words().get(language or "", frozenset())
    doubtful = {
        place for place in suspects if _share_of(texts[place], own) <= UNREADABLE and _share(texts[place]) <= BY_CHANCE
    }
    if not doubtful or sum(_letters(texts[place]) for place in doubtful) < ENOUGH:
        return set()
    readable = " ".join([beside, *(texts[place] for place in range(len(texts)) if place not in doubtful)])
    together = " ".join(texts[place] for place in sorted(doubtful))
    if not (_is_cipher(together) or _is_unlike(together, readable)):
        return set()
    between = range(min(doubtful), max(doubtful) + 2)
    return doubtful | {
        place
        for place in between
        if place < len(texts) and _letters(texts[place]) < BLOCK and _share(texts[place]) == 0
    }


def _is_cipher(text: str) -> bool:
    """Whether the text is one that can be read once letters are shifted, words reversed, or their letters sorted."""
    found = _WORD.findall(text.lower())
    if max(_share_in([word[::-1] for word in found], small) for small in _small_words().values()) >= READABLE:
        return True
    anagrams = ["".join(sorted(word)) for word in found if len(word) > MIN_ANAGRAM]
    if anagrams and max(_share_in(anagrams, small) for small in _sorted_words().values()) >= READABLE:
        return True
    sample = [word for word in found if word.isascii()][:SAMPLE]
    return any(
        max(_share_in([word.translate(shift) for word in sample], small) for small in _small_words().values())
        >= READABLE
        for shift in _shifts()
    )


def _is_unlike(text: str, readable: str) -> bool:
    """Whether its letters are not those of the readable text, though it is no list of names."""
    found = _WORD.findall(text)
    if sum(word[0].isupper() for word in found) > CAPITALS * len(found):
        return False
    return min(_letters(text), _letters(readable)) >= 2 * ENOUGH and _likeness(readable, text) < LIKE


@cache
def _shifts() -> tuple[dict[int, str], ...]:
    """The alphabet shifted by each number of letters."""
    return tuple(
        {ord(letter): ALPHABET[(place + by) % len(ALPHABET)] for place, letter in enumerate(ALPHABET)}
        for by in range(1, len(ALPHABET))
    )


def _letters(text: str) -> int:
    return len(text) - text.count(" ")


def _alphabetic(text: str) -> bool:
    """Whether it is in a script with an alphabet that separates words, as scramblers know them."""
    return text.isascii() or len(_ALPHABETIC.findall(text)) > 0.5 * len(text)


def _share(text: str) -> float:
    """The largest share of words that are small words of one language."""
    return max(_share_of(text, small) for small in _small_words().values())


def _share_of(text: str, small: frozenset[str]) -> float:
    return _share_in(_WORD.findall(text.lower()), small)


def _share_in(found: Sequence[str], small: frozenset[str]) -> float:
    return sum(word in small for word in found) / len(found) if found else 0.0


@cache
def _small_words() -> dict[str, frozenset[str]]:
    packs = {code: pack_for(code) for code in codes()}
    return {
        code: frozenset(word for word, kind in pack.lexicon.items() if kind in _SMALL and len(word) > 1)
        for code, pack in packs.items()
        if pack is not None and pack.spaces
    }


@cache
def _sorted_words() -> dict[str, frozenset[str]]:
    """Small words with their letters sorted, those that are long enough not to be anagrams by chance."""
    return {
        code: frozenset("".join(sorted(word)) for word in small if len(word) > MIN_ANAGRAM)
        for code, small in _small_words().items()
    }


def _likeness(one: str, other: str) -> float:
    """Cosine of the letter frequencies."""
    first, second = (Counter(filter(str.isalpha, text.lower())) for text in (one, other))
    product = sum(count * second[char] for char, count in first.items())
    norm = sqrt(sum(count * count for count in first.values()) * sum(count * count for count in second.values()))
    return product / norm if norm else 1.0
