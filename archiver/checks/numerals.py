"""Numbers written in words, so that «nine» and «9», «one thousand» and «1,000» are one number.

The words of a language and what each is worth are in `numerals.toml`. A number is a run of them that adds up as numbers
do: thousands before hundreds before tens before units, each scale multiplied by what precedes it; French counts on to
nineteen after sixty and eighty, German and Dutch put the unit before the ten.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from archiver.index.words import fold

_TABLE = Path(__file__).parent / "numerals.toml"
_SCALE = 1000
"""From this worth on a word multiplies all that precedes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """The number words of a language, folded. `parts` occur inside longer words, `joined` languages make such words."""

    worth: Mapping[str, int]
    parts: Mapping[str, int]
    links: frozenset[str]
    articles: frozenset[str]
    joined: bool


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def numerals(language: str | None) -> Numerals | None:
    """The number words of a language; None where nobody has written them down."""
    found = _table().get((language or "").partition("-")[0].lower())
    if found is None:
        return None
    return Numerals(
        worth=_worths(found["words"]),
        parts=_worths(found.get("parts", "")),
        links=frozenset(map(fold, found["links"].split())),
        articles=frozenset(map(fold, found["articles"].split())),
        joined=found.get("joined", False),
    )


def _worths(text: str) -> dict[str, int]:
    pairs = (each.split("=") for each in text.split())
    return {fold(word): int(worth) for word, worth in pairs}


def number_at(words: Sequence[str], place: int, known: Numerals) -> tuple[int, int] | None:
    """The number that begins at a word and how many words it takes, the longest; None where there is none.

    `words` are folded. An article alone («un», «eine») is no number.
    """
    best: tuple[int, int] | None = None
    worths, position = list[tuple[int, ...]](), place
    while position < len(words):
        worth = _worth_of(words[position], known)
        if worth is None:
            if worths and words[position] in known.links and position + 1 < len(words):
                position += 1
                continue
            break
        worths.append(worth)
        value = _sum([each for one in worths for each in one])
        if value is None:
            break
        position += 1
        best = (value, position - place)
    if best is not None and best[1] == 1 and words[place] in known.articles:
        return None
    return best


def _worth_of(word: str, known: Numerals) -> tuple[int, ...] | None:
    """What a word is worth, or the numbers that it is composed of."""
    if word in known.worth:
        return (known.worth[word],)
    return _composed(word, known) if known.joined else None


def _composed(word: str, known: Numerals) -> tuple[int, ...] | None:
    """The numbers in a word such as `fünfundzwanzig` or `ventidue`, in the order in which they add up."""
    return next((found for found in _splits(word, known) if _sum(found) is not None), None)


def _splits(word: str, known: Numerals) -> Iterator[tuple[int, ...]]:
    for start in range(2, len(word) - 1):
        head = known.worth.get(word[:start], known.parts.get(word[:start]))
        if head is None:
            continue
        rest = word[start:]
        for link in known.links:
            ten = known.worth.get(rest.removeprefix(link)) if rest.startswith(link) else None
            if ten is not None and head < 10 <= ten < 100:
                yield (ten, head)
        tail = known.worth.get(rest, known.parts.get(rest))
        if tail is not None:
            yield (head, tail)
        for others in _splits(rest, known):
            yield (head, *others)


def _sum(worths: Sequence[int]) -> int | None:
    """What number words say one after the other; None where they are no one number."""
    total, current, room = 0, 0, _SCALE
    scale = _SCALE**5
    for worth in worths:
        if worth >= _SCALE:
            if worth >= scale:
                return None
            total, current, room, scale = total + max(1, current) * worth, 0, _SCALE, worth
        elif worth == 100 and 0 < current < 10:
            current, room = current * 100, 100
        elif current % 100 in {10, 70, 90} and room == 1 and 7 <= worth <= 9:  # dix-sept, quatre-vingt-dix-neuf
            current += worth
        elif worth == 20 and current % 100 == 4 and room <= 1:  # quatre-vingts
            current, room = current + 76, 20
        elif worth < room and worth > 0:
            current += worth
            room = _room_after(worth)
        elif worth == 0 and len(worths) == 1:
            return 0
        else:
            return None
    return total + current


def _room_after(worth: int) -> int:
    """Below which the next word must stay to be added to the same hundreds."""
    if worth >= 100:
        return 100
    if worth == 60:
        return 20
    return 10 if worth >= 20 and worth % 10 == 0 else 1
