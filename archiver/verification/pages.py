"""Whether words are in an archived page: letters and digits alone, in order, independent of who extracted them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cached_property

from archiver.articles import shown_text

_SCRIPTS = re.compile(r"<(script|style)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^<>]*>|<!--.*?-->", re.DOTALL)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_NO_LETTERS = re.compile(r"[\W_]+")
_BLOCKS = re.compile(
    r"</?(?:address|article|aside|blockquote|br|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li"
    r"|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_FIRST_LETTERS = 8


class PageLetters:
    """A page reduced to the letters and digits of its text, and to what else its words may be in.

    Nearly all words are in the text: the rest takes six times as long, and is read where they are not.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._visible = _SCRIPTS.sub(" ", page)
        self._text = letters(html.unescape(_TAGS.sub("", self._visible)))

    def find(self, wanted: str, start: int = 0) -> int:
        """Where some letters are from a place on; -1 where they are not."""
        found = self._text.find(wanted, start)
        return found if found >= 0 else self._running.find(wanted, start)

    @cached_property
    def _running(self) -> str:
        """The text, then the letters of its scripts with data in them (JSON-LD).

        Third comes what a reader sees of it, without struck-out text, footnote marks, readings of characters, text for
        screen readers and adverts, which are in the middle of sentences.
        """
        data = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), self._page)
        data = letters(html.unescape(_TAGS.sub("", html.unescape(re.sub(r"\\[nrt]", " ", data)))))
        return f"{self._text}\n{data}\n{letters(shown_text(self._page))}"

    @cached_property
    def blocks(self) -> list[str]:
        """The text in blocks."""
        found = (letters(html.unescape(_TAGS.sub("", block))) for block in _BLOCKS.split(self._visible))
        return [block for block in found if block]


def letters(text: str) -> str:
    """Letters and digits alone."""
    return _NO_LETTERS.sub("", text)


def contains_words(spans: Iterable[str], page: PageLetters) -> bool:
    """Whether the words of all spans are in a page, one line after the other.

    Between two lines of an article's text, and between two blocks of the page, there may be what is no part of the
    article, such as a list that was left out. A page may hold its text twice, as an excerpt and whole: what is not
    found further on is looked for from the start.
    """
    place = 0
    for wanted in (letters(line) for words in spans for line in words.splitlines()):
        found = page.find(wanted, place)
        if found < 0:
            found = page.find(wanted)
        if found < 0:
            if not _in_blocks(wanted, page.blocks):
                return False
        else:
            place = found + len(wanted)
    return True


def _in_blocks(wanted: str, blocks: list[str]) -> bool:
    """Whether the letters are in the blocks of a page, in order, with whole blocks left out between them.

    They begin somewhere in a block and continue to its end, then with whole blocks, and end in the beginning of one.
    """
    for number, block in enumerate(blocks):
        start = block.find(wanted[:_FIRST_LETTERS])
        while start >= 0:
            if wanted.startswith(block[start:]) and _goes_on(wanted[len(block) - start :], blocks[number + 1 :]):
                return True
            start = block.find(wanted[:_FIRST_LETTERS], start + 1)
    return False


def _goes_on(wanted: str, blocks: list[str]) -> bool:
    for block in blocks:
        if block.startswith(wanted):
            return True
        if wanted.startswith(block):
            wanted = wanted[len(block) :]
    return not wanted
