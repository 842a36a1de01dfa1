"""Letters of texts: folding for comparison, weighing, and characters that are invisible."""

from __future__ import annotations

import re
import unicodedata

_NO_LETTERS = re.compile(r"[\W_]+")
_SYLLABLES = re.compile("[\u1100-\U0010ffff]+")

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
"""Characters without a shape or an effect on others (Unicode's Default_Ignorable_Code_Point), except for joiners, which
shape Persian and Indic words, and marks of direction, which a reader of the text needs to see."""

_MANIFEST = b"C2PATXT\x00"
"""What a C2PA manifest in text begins with (C2PA 2.4, A.8), each byte spelled as one variation selector."""

_LONG_RUN = 32
"""Variation selectors in a row that can only be data: a character takes one."""


def words(listed: str) -> frozenset[str]:
    """A set of words out of a line of them."""
    return frozenset(listed.split())


def folded(text: str) -> str:
    """Letters and digits alone, case folded: what two readings of a page must agree in."""
    return _NO_LETTERS.sub("", (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold())


def weight(text: str) -> int:
    """Letters, those of scripts that write a syllable or word with each counted as three."""
    return weight_of_letters(_NO_LETTERS.sub("", text))


def weight_of_letters(letters: str) -> int:
    """The same for a text that is nothing but letters, as folded ones are."""
    return len(letters) + (0 if letters.isascii() else 2 * sum(map(len, _SYLLABLES.findall(letters))))


def without_unseen(text: str) -> str:
    """The text without characters that are invisible."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def has_unseen(text: str) -> bool:
    """Whether there are characters in it that are invisible."""
    return not text.isascii() and bool(_UNSEEN.search(text))


def has_manifest(text: str) -> bool:
    """Whether data is hidden in the text as C2PA hides its manifests; what it says is not judged."""
    if text.isascii():
        return False
    return any(len(run[0]) >= _LONG_RUN or _MANIFEST in bytes(map(_byte, run[0])) for run in _SELECTORS.finditer(text))


def _byte(selector: str) -> int:
    code = ord(selector)
    return code - 0xFE00 if code <= 0xFE0F else code - 0xE0100 + 16
