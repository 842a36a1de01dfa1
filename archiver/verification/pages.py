"""Whether words stand in an archived page: letters and digits alone, in order, independent of who extracted them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_SCRIPTS = re.compile(r"<(script|style)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^<>]*>|<!--.*?-->", re.DOTALL)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_NO_LETTERS = re.compile(r"[\W_]+")


def letters_of_html(page: str) -> str:
    """A page reduced to the letters and digits of its text, then those of its scripts with data in them (JSON-LD)."""
    shown = html.unescape(_TAGS.sub("", _SCRIPTS.sub(" ", page)))
    data = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), page)
    return letters(shown) + "\n" + letters(html.unescape(_TAGS.sub("", html.unescape(re.sub(r"\\[nrt]", " ", data)))))


def letters(text: str) -> str:
    """Letters and digits alone."""
    return _NO_LETTERS.sub("", text)


def stands(spans: Iterable[str], page: str) -> bool:
    """Whether the words of all spans stand in a page (as `letters_of_html` gives it), one line after the other.

    Between two lines of an article's text a page may hold what is no part of it, such as a list that was left out.

    A page may hold its text twice, as an excerpt and whole: what is not found further on is looked for from the start.
    """
    place = 0
    for wanted in (letters(line) for words in spans for line in words.splitlines()):
        found = page.find(wanted, place)
        if found < 0 and (found := page.find(wanted)) < 0:
            return False
        place = found + len(wanted)
    return True
