"""What a page shows, block by block: paragraphs, headings, list items, captions, each one line of text.

Left out of sentences are struck-out text, readings of characters (ruby), footnote marks, text for screen readers and
cards that open on a click. Content in a menu, a form, a box of links, adverts or comments is marked as beside the
article; a box that holds most of the page's prose never is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from archiver.articles import elements
from archiver.articles.letters import folded, has_manifest, has_unseen, weight, weight_of_letters, without_unseen

FRAME_SHARE = 0.4
"""Share of the page's prose from which on a box that looks like one beside the article is taken for its frame."""

MIN_OUTSIDE = 100
"""Weight of prose outside a box of comments or consent from which on it is not the article."""

LONG_HEADING = 80
"""Weight of a sentence in a heading's element from which on it is a paragraph for all that."""

FULL_LINE = 50
"""Characters of a line that was broken for want of room."""

_NOTE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§¶#]{1,3})\s*[\])]?")
_BEFORE_NOTE = re.compile(r"(?:[^\W\d_]{4,}|[.,;:!?…”“\"»«’')\]。、」』])\s*$")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।։”“\"»«’』」)\]:]\s*$")
_OPEN, _CLOSE, _BREAK = "\x0e", "\x0f", "\x10"  # around links, and for a line break, while a block is gathered
_LINK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}?")
_STOPPED = re.compile(r"[.!?:;…。！？”“\"»«’』」)]$")


@dataclass(slots=True, eq=False)
class Block:
    """One line of what the page shows.

    `linked` is the weight of the links in it, `quote` the number of the block quotation that it is in, `section`
    that of the element that holds it and its neighbours, `beside` whether it is in a box beside the article.
    """

    text: str
    tag: str
    weight: int
    fold: str
    linked: int
    section: int
    quote: int | None = None
    box: int | None = None
    caption: bool = False
    beside: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading, by its element."""
        return self.tag in elements.HEADINGS

    @property
    def is_link(self) -> bool:
        """Whether it is a link, or little more than one."""
        return self.linked > 0 and self.weight - self.linked < max(12, self.weight // 5)

    @property
    def is_prose(self) -> bool:
        """Whether it reads as running text: long, or a sentence in a paragraph; and not made of links."""
        if self.caption or self.linked * 2 > self.weight:
            return False
        if self.is_heading:
            return self.weight >= LONG_HEADING and bool(_SENTENCE_END.search(self.text))
        return self.weight >= 80 or (self.weight >= 25 and bool(_SENTENCE_END.search(self.text)))


@dataclass(slots=True, eq=False)
class BlockQuote:
    """A block quotation or an embedded post; `element` is its root."""

    element: Any
    is_post: bool
    is_pulled: bool


class Mark(NamedTuple):
    """An element that says when or by whom, and the place of the block that follows its beginning."""

    place: int
    element: Any


@dataclass(slots=True, eq=False)
class _Box:
    """Boxes of the same names are judged together: each paragraph of an article may be one."""

    names: str
    outer: int | None
    never: bool


class Shown:
    """The blocks of a page in order, with the block quotations among them."""

    def __init__(self, tree: Any, *, language: str | None) -> None:
        self.blocks: list[Block] = []
        self.quotes: list[BlockQuote] = []
        self.sections: list[int] = [0]
        """The section around each section."""
        self.has_manifest = False
        """Whether data is hidden in what the page shows."""
        self.times: list[Mark] = []
        self.bylines: list[Mark] = []
        self.properties: list[Mark] = []
        """Microdata: elements with `itemprop`."""
        self._boxes: list[_Box] = []
        self._prose_in: Counter[str] = Counter()
        self._box: list[int | None] = [None]
        self._section: list[int] = [0]
        self._quote: list[int | None] = [None]
        self._tags: list[str] = ["body"]
        self._buffer: list[str] = []
        self._links = 0
        self._captions = 0
        self._marks = elements.q_marks(language)
        if tree is not None:
            self._walk(tree)
            self._flush()
            self._judge_boxes()

    @property
    def article(self) -> Iterator[Block]:
        """Blocks that are not beside the article."""
        return (block for block in self.blocks if not block.beside)

    def _walk(self, root: Any) -> None:
        """Down and up the tree, however deep it is."""
        ways: list[Iterator[Any]] = [iter((root,))]
        opened: list[tuple[Any, int]] = []
        while ways:
            for element in ways[-1]:
                tag = element.tag
                if isinstance(tag, str) and (state := self._enter(element, tag)) is not None:
                    ways.append(iter(element))
                    opened.append((element, state))
                    break
                if element.tail:
                    self._buffer.append(element.tail)
            else:
                ways.pop()
                if opened:
                    element, state = opened.pop()
                    self._leave(element.tag, state)
                    if element.tail:
                        self._buffer.append(element.tail)

    def _enter(self, element: Any, tag: str) -> int | None:
        """Opens an element; None where nothing of it is to be read, else what there is to close."""
        if tag == "br":
            self._buffer.append(_BREAK)
            return None
        if element.get("itemprop") is not None:
            self.properties.append(Mark(len(self.blocks), element))
        if tag in elements.SKIPPED:
            return None
        kind = elements.kind_of(element, tag)
        if tag == "time":
            self.times.append(Mark(len(self.blocks), element))
        if kind & elements.BYLINE:
            self.bylines.append(Mark(len(self.blocks), element))
        if kind & elements.UNSEEN or (tag == "sup" and self._is_note(element)):
            return None
        state = self._open_block(tag) | self._open_box(element, tag, kind)
        if state:
            self._flush()
        state |= self._open_inline(element, tag)
        if element.text:
            self._buffer.append(element.text)
        return state

    def _open_block(self, tag: str) -> int:
        if tag not in elements.BLOCKS:
            return 0
        self._flush()
        self._tags.append(tag)
        if tag in elements.LINES:
            return _S_BLOCK
        self.sections.append(self._section[-1])
        self._section.append(len(self.sections) - 1)
        return _S_BLOCK | _S_SECTION

    def _open_box(self, element: Any, tag: str, kind: int) -> int:
        """A quotation, else a box beside the article; and a caption, which may be in either."""
        state = 0
        if self._quote[-1] is None and (tag == "blockquote" or kind & (elements.POST | elements.PULLED)):
            self._flush()
            self.quotes.append(BlockQuote(element, bool(kind & elements.POST), bool(kind & elements.PULLED)))
            self._quote.append(len(self.quotes) - 1)
            state = _S_QUOTE
        elif kind & elements.BESIDE and self._quote[-1] is None:
            self._flush()
            self._boxes.append(_Box(elements.names_of(element, tag), self._box[-1], bool(kind & elements.NEVER)))
            self._box.append(len(self._boxes) - 1)
            state = _S_BOX
        if kind & elements.CAPTION:
            self._flush()
            self._captions += 1
            state |= _S_CAPTION
        return state

    def _open_inline(self, element: Any, tag: str) -> int:
        if tag == "a" and element.get("href"):
            self._links += 1
            self._buffer.append(_OPEN)
            return _S_LINK
        if tag == "q":
            self._buffer.append(self._marks[0])
            return _S_Q
        return 0

    def _leave(self, tag: str, state: int) -> None:
        if state & _S_Q:
            self._buffer.append(self._marks[1])
        if state & _S_LINK:
            self._buffer.append(_CLOSE)
            self._links -= 1
        if state & (_S_BLOCK | _S_QUOTE | _S_BOX | _S_CAPTION):
            self._flush()
        if state & _S_CAPTION:
            self._captions -= 1
        if state & _S_BOX:
            self._box.pop()
        if state & _S_QUOTE:
            self._quote.pop()
        if state & _S_SECTION:
            self._section.pop()
        if state & _S_BLOCK:
            self._tags.pop()

    def _is_note(self, element: Any) -> bool:
        """Whether a raised mark refers to a footnote, rather than being a power or an ordinal's ending."""
        text = "".join(element.itertext()).strip()
        names = f"{element.get('class')} {element.get('id')}".lower()
        if not text or any(link.get("href", "").startswith("#") for link in element.iter("a")):
            return True
        if "foot" in names or "note" in names or "ref" in names:
            return True
        before = "".join(self._buffer[-3:])
        return bool(_NOTE.fullmatch(text)) and (not text[0].isalnum() or bool(_BEFORE_NOTE.search(before)))

    def _flush(self) -> None:
        """Makes blocks of what was gathered."""
        if not self._buffer:
            return
        gathered = "".join(self._buffer)
        self._buffer = [_OPEN] if self._links else []
        if gathered.isspace() or not gathered.strip(_OPEN + _CLOSE + _BREAK + " \n\t\r"):
            return
        for line in _broken(gathered):
            self._add(line)

    def _add(self, line: str) -> None:
        linked = 0
        if _OPEN in line:
            linked = sum(weight(link) for link in _LINK.findall(line))
        elif self._links and _CLOSE in line:
            linked = weight(line)
        text = " ".join(line.replace(_OPEN, "").replace(_CLOSE, "").split())
        if has_unseen(text):
            self.has_manifest = self.has_manifest or has_manifest(text)
            text = " ".join(without_unseen(text).split())
        if not text:
            return
        fold = folded(text)
        block = Block(
            text,
            self._tags[-1],
            weight_of_letters(fold),
            fold,
            linked,
            self._section[-1],
            self._quote[-1],
            self._box[-1],
            caption=self._captions > 0,
        )
        self.blocks.append(block)
        box = block.box
        names: set[str] = set()
        while box is not None and block.is_prose:
            names.add(self._boxes[box].names)
            box = self._boxes[box].outer
        for name in names:
            self._prose_in[name] += block.weight

    def _judge_boxes(self) -> None:
        everything = sum(block.weight for block in self.blocks if block.is_prose)
        beside: list[bool] = []
        for box in self._boxes:  # outer ones come first
            inside = self._prose_in[box.names]
            if box.never and everything - inside >= MIN_OUTSIDE:
                everything -= inside
                own = True
            else:
                own = inside < max(FRAME_SHARE * everything, 1)
            beside.append(own or (box.outer is not None and beside[box.outer]))
        for block in self.blocks:
            block.beside = block.box is not None and beside[block.box]


_S_BLOCK, _S_SECTION, _S_BOX, _S_QUOTE, _S_CAPTION, _S_LINK, _S_Q = (1 << place for place in range(7))


def _broken(gathered: str) -> Iterator[str]:
    """The lines of a block: two line breaks end a line; one does, except in the middle of a sentence."""
    if _BREAK not in gathered:
        yield gathered
        return
    line = ""
    pieces = re.split(rf"({_BREAK}\s*{_BREAK}(?:\s*{_BREAK})*|{_BREAK})", gathered)
    for number, piece in enumerate(pieces):
        if not piece.startswith(_BREAK):
            line += piece
        elif piece.count(_BREAK) > 1 or not _runs_on(pieces[number - 1], pieces[number + 1]):
            yield line
            line = ""
        else:
            line += " "
    yield line


def _runs_on(before: str, after: str) -> bool:
    """Whether a sentence runs on over a line break: in lower case, after a comma, or from a line that is full."""
    before, after = before.rstrip().rstrip(_CLOSE), after.lstrip().lstrip(_OPEN)
    if not before or _STOPPED.search(before):
        return False
    return after[:1].islower() or before.endswith(",") or len(before.strip()) >= FULL_LINE
