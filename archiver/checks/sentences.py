"""The sentence of an article that holds some words, found by letters and digits alone."""

from __future__ import annotations

import itertools
import re

from archiver.checks.words import letters

_END = re.compile(r"(?<=[.!?…。！？])[\"”’»)\]]*\s+|\n+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly: cut after full stops and at line ends."""
    places = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    found = (text[start:end].strip() for start, end in itertools.pairwise(places))
    return [sentence for sentence in found if sentence]


def sentence_with(text: str, words: str) -> str | None:
    """The shortest run of at most three sentences with these words, letter by letter; None if there is none."""
    wanted = letters(words)
    if not wanted or wanted not in letters(text):
        return None
    held = sentences(text)
    spelled = [letters(sentence) for sentence in held]
    for size in (1, 2, 3):
        for place in range(len(held) - size + 1):
            if wanted in "".join(spelled[place : place + size]):
                return " ".join(held[place : place + size])
    return None
