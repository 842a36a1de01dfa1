"""Names that begin as somebody types them in another script or transcription: Марл for Marlow, zel for Зеленський."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archiver.records import Bucket
from archiver.speakers.spelling import ascii_form, folded_name, sound_forms

MIN_LETTERS = 2
"""Of what is typed, in Latin letters: fewer begin too many names."""


def beginning_alike(prefix: str, names: Iterable[Bucket], limit: int) -> tuple[Bucket, ...]:
    """Those of the names, in their order, of which each typed word begins a word as it sounds; at most `limit`."""
    typed = [_forms(word) for word in _words(prefix)]
    if not typed or any(len(form) < MIN_LETTERS for forms in typed for form in forms):
        return ()
    found = (each for each in names if _begins(typed, each.value))
    return tuple(each for _, each in zip(range(limit), found, strict=False))


def _begins(typed: list[frozenset[str]], name: str) -> bool:
    words = [_forms(word) for word in _words(name)]
    return all(any(own.startswith(tuple(forms)) for word in words for own in word) for forms in typed)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded_name(text))


def _forms(word: str) -> frozenset[str]:
    return sound_forms(word) | {ascii_form(word)}
