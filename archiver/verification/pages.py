"""Whether words are in an archived page: letters and digits alone, in order, independent of who extracted them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

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


def letters_of_html(page: str) -> str:
    """A page reduced to the letters and digits of its text, then those of its scripts with data in them (JSON-LD).

    Third comes what a reader sees of it, without struck-out text, footnote marks, readings of characters, text for
    screen readers and adverts, which are in the middle of sentences. Behind a form feed the page's text follows in
    blocks, a line each.
    """
    visible = _SCRIPTS.sub(" ", page)
    shown = html.unescape(_TAGS.sub("", visible))
    data = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), page)
    data = letters(html.unescape(_TAGS.sub("", html.unescape(re.sub(r"\\[nrt]", " ", data)))))
    blocks = (letters(html.unescape(_TAGS.sub("", block))) for block in _BLOCKS.split(visible))
    return f"{letters(shown)}\n{data}\n{letters(shown_text(page))}\f" + "\n".join(block for block in blocks if block)


def letters(text: str) -> str:
    """Letters and digits alone."""
    return _NO_LETTERS.sub("", text)


def contains_words(spans: Iterable[str], page: str) -> bool:
    """Whether the words of all spans are in a page (as `letters_of_html` gives it), one line after the other.

    Between two lines of an article's text, and between two blocks of the page, there may be what is no part of the
    article, such as a list that was left out. A page may hold its text twice, as an excerpt and whole: what is not
    found further on is looked for from the start.
    """
    running, _, blocks = page.partition("\f")
    place = 0
    for wanted in (letters(line) for words in spans for line in words.splitlines()):
        found = running.find(wanted, place)
        if found < 0:
            found = running.find(wanted)
        if found < 0:
            if not _in_blocks(wanted, blocks.split("\n")):
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
