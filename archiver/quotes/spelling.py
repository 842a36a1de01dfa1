"""The words of names as they are compared: without case, accents and the ways of transcribing."""

from __future__ import annotations

import unicodedata

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ß": "ss", "’": "'"})


def fold(word: str) -> str:
    """A word of a name without case, accents and the points of initials."""
    if word.isascii():
        return word.lower().strip(".")
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    return "".join(c for c in plain if not unicodedata.combining(c)).strip(".")


def skeleton(word: str) -> str:
    """What the transcriptions of one name have in common: Zelenskyj, Zelenskyy, Selenskyj, Zelensky."""
    if len(word) < 7:
        return word
    word = word.rstrip("jyi")
    return word if word[0] not in "sz" else "z" + word[1:]


def same_first(one: str, other: str) -> bool:
    """Whether two first names may be the same one: equal, an initial, a short form, a case form."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    short = min(len(one), len(other))
    return one == other or (short >= 3 and one[: max(3, short - 1)] == other[: max(3, short - 1)])
