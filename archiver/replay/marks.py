"""Where words are in a document's text, across its markup, and the document with them marked.

Letters and digits alone are compared, as verification does. Of several places the one whose surroundings are the
quote's is taken, so that the same words said by somebody else are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import html

ANCHOR = "onrecord-quote"
"""What the ids of marks begin with."""

_UNSEEN = frozenset({"head", "script", "style", "title", "template", "textarea", "select", "option"})
_LETTER = re.compile(r"[^\W_]")
_AROUND = 32


class Wanted(NamedTuple):
    """The words of one span, and what is before and after them in the article's text."""

    words: str
    before: str
    after: str


class _Text(NamedTuple):
    """A text node: an element's own text, or (`tail`) the text behind it; where its letters begin in the document's."""

    element: html.HtmlElement
    tail: bool
    start: int
    text: str


def mark(root: html.HtmlElement, wanted: Sequence[Wanted]) -> int:
    """Puts `mark` elements around the words of each span; how many of the spans were placed."""
    nodes, letters = _letters(root)
    places: list[tuple[int, int] | None] = []
    after = 0
    for span in wanted:
        place = _place(letters, span, after)
        places.append(place)
        after = place[1] if place else after
    for number, place in reversed([(number, place) for number, place in enumerate(places, 1) if place]):
        _wrap(nodes, place, number, wanted[number - 1].words)
        nodes, _ = _letters(root)
    return sum(place is not None for place in places)


def _letters(root: html.HtmlElement) -> tuple[list[_Text], str]:
    """The text nodes that are shown, in order, and all their letters and digits in one string."""
    nodes: list[_Text] = []
    pieces: list[str] = []
    length = 0
    for element, tail, text in _texts(root):
        reduced = "".join(_LETTER.findall(text))
        nodes.append(_Text(element, tail, length, text))
        pieces.append(reduced)
        length += len(reduced)
    return nodes, "".join(pieces)


def _texts(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, bool, str]]:
    unseen = 0
    stack: list[tuple[html.HtmlElement, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        hides = element.tag in _UNSEEN
        if leaving:
            unseen -= hides
            if element.tail and not unseen and element is not root:
                yield element, True, element.tail
            continue
        unseen += hides
        if element.text and not unseen:
            yield element, False, element.text
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _place(letters: str, span: Wanted, after: int) -> tuple[int, int] | None:
    """Where the span's letters are: of all places the one that is most like its surroundings, then the next one."""
    words = "".join(_LETTER.findall(span.words))
    if not words:
        return None
    before, behind = ("".join(_LETTER.findall(text)) for text in (span.before, span.after))
    best: tuple[int, bool, int] | None = None
    at = letters.find(words)
    while at >= 0:
        end = at + len(words)
        like = _common(letters[max(0, at - _AROUND) : at][::-1], before[::-1])
        like += _common(letters[end : end + _AROUND], behind)
        rank = (like, at >= after, -at)
        best = rank if best is None or rank > best else best
        at = letters.find(words, at + 1)
    return None if best is None else (-best[2], -best[2] + len(words))


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            return count
        count += 1
    return count


def _wrap(nodes: Sequence[_Text], place: tuple[int, int], number: int, words: str) -> None:
    """Marks the letters from `place[0]` to `place[1]` and what is between them, a `mark` in each text node."""
    crossed: list[tuple[_Text, int, int]] = []
    for node in nodes:
        letters = [match.start() for match in _LETTER.finditer(node.text)]
        low, high = max(place[0] - node.start, 0), min(place[1] - node.start, len(letters))
        if low < high:
            start = letters[low] if node.start <= place[0] else 0
            end = letters[high - 1] + 1 if node.start + len(letters) >= place[1] else len(node.text)
            crossed.append((node, start, end))
    if crossed:
        last, start, end = crossed[-1]
        crossed[-1] = (last, start, end + _common(last.text[end:], _behind(words)))
    for at, (node, start, end) in reversed(list(enumerate(crossed))):
        _wrap_one(node, start, end, None if at else f"{ANCHOR}-{number}")


def _behind(words: str) -> str:
    """What follows the last letter of the words: their full stop."""
    ends = [match.end() for match in _LETTER.finditer(words)]
    return words[ends[-1] :] if ends else ""


def _wrap_one(node: _Text, start: int, end: int, anchor: str | None) -> None:
    made = html.Element("mark", {"class": ANCHOR, **({"id": anchor} if anchor else {})})
    made.text, made.tail = node.text[start:end], node.text[end:]
    if node.tail:
        parent = node.element.getparent()
        node.element.tail = node.text[:start]
        parent.insert(parent.index(node.element) + 1, made)
    else:
        node.element.text = node.text[:start]
        node.element.insert(0, made)
