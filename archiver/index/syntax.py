"""The search box: what a person types, read once into a small tree that each index renders in its own way.

    word        the word, in any of its forms          "two words"     the words side by side
    a b  a +b   both                                   "a b c"~4       all of them, with at most 4 other words between
    a | b       one of them                            begin*          words that begin so
    -a          not this                               word~1          words at most 1 typing slip away (2 at most)
    ( … )       a group

Operators of one level are taken from left to right, as in Elasticsearch's `simple_query_string`. A stray operator is
passed over; “ ” „ « » count as quotation marks; a hyphen inside a word is no `-`, and a lone dash is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from archiver.errors import BadQuery
from archiver.index.words import runs, searched_words, stem

MAX_WORDS = 256
MAX_TERMS = 64
MAX_DEPTH = 16  # groups inside groups; parentheses beyond are passed over
MAX_GAP = 100  # other words between the words of "…"~N
MAX_EDITS = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side; one word is a phrase too. `open`: the last is only a beginning. `stemmed`: in any form."""

    words: tuple[str, ...]
    stemmed: bool
    open: bool
    source: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word at most `edits` typing slips (OSA distance) away, with the same first letter."""

    word: str
    edits: int
    source: str


@dataclass(frozen=True, slots=True)
class Near:
    """All of at least two different words, in any order, with at most `gap` other words between them."""

    words: tuple[str, ...]
    gap: int
    stemmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not find."""

    part: Node


Leaf = Phrase | Fuzzy | Near
Node = Leaf | All | Any | Not

_QUOTES = '"“”„‟«»＂'
_SCANNER = re.compile(
    rf"""(?P<blank>\s+)
    | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}](?:~(?P<gap>[0-9]{{1,9}})|(?P<star>\*))?
    | (?P<operator>[-+|()])
    | [{_QUOTES}]
    | (?P<word>[^\s+|(){_QUOTES}]+)""",
    re.VERBOSE,
)


def parse(text: str, *, exact: bool = False) -> Node | None:
    """The tree of a typed query, None where it contains no word. With `exact` no word is looked for in its other forms.

    Raises BadQuery for more than 64 terms or 256 words.
    """
    tree = _Reader(exact).read(text)
    terms = list(leaves(tree)) if tree else []
    words = sum(1 if isinstance(leaf, Fuzzy) else len(leaf.words) for leaf in terms)
    if len(terms) > MAX_TERMS or words > MAX_WORDS:
        raise BadQuery(
            f"contains more than {MAX_TERMS} terms or {MAX_WORDS} words",
            parameter="q",
            remedy="Put a passage in quotation marks, or look for a few of its words",
        )
    return tree


def names(text: str) -> Node | None:
    """The tree that finds a name holding all words of `text`, folded, in any order; None where it contains no word."""
    found = (_phrase(piece, stemmed=False) for piece in text.split())
    return _joined(All, [leaf for leaf in found if leaf])


def beginning(text: str) -> Node | None:
    """The tree that finds a name with all words of `text`, the last of which may continue; None without a word."""
    *whole, last = text.split() or [""]
    leaf = _phrase(last, stemmed=False)
    if leaf is None:
        return None
    before = [found for piece in whole if (found := _phrase(piece, stemmed=False))]
    return _joined(All, [*before, replace(leaf, open=True)])


def leaves(tree: Node) -> Iterator[Leaf]:
    """The terms of a tree, those after `-` too."""
    if isinstance(tree, All | Any):
        for part in tree.parts:
            yield from leaves(part)
    elif isinstance(tree, Not):
        yield from leaves(tree.part)
    else:
        yield tree


def wanted(tree: Node) -> Iterator[Leaf]:
    """The terms of a tree that a match may show: none after `-`."""
    if isinstance(tree, All | Any):
        for part in tree.parts:
            yield from wanted(part)
    elif not isinstance(tree, Not):
        yield tree


def in_language(tree: Node, language: str | None) -> Node:
    """The tree as a text in this language is searched: stems in place of the words that may take any form."""
    if isinstance(tree, All | Any):
        return type(tree)(tuple(in_language(part, language) for part in tree.parts))
    if isinstance(tree, Not):
        return Not(in_language(tree.part, language))
    if isinstance(tree, Fuzzy) or not tree.stemmed:
        return tree
    stems = tuple(stem(word, language) for word in tree.words)
    if isinstance(tree, Phrase):
        return replace(tree, words=stems)
    different = tuple(dict.fromkeys(stems))
    return replace(tree, words=different) if len(different) > 1 else Phrase(different, True, False, tree.source)


def readings(tree: Node, languages: Iterable[str | None]) -> dict[Node, tuple[str | None, ...]]:
    """The tree as each language reads it, with the languages that read it so."""
    found: dict[Node, tuple[str | None, ...]] = {}
    for language in languages:
        reading = in_language(tree, language)
        found[reading] = (*found.get(reading, ()), language)
    return found


def read_as(tree: Node | None) -> str | None:
    """The tree in the language of the search box, with every group in parentheses."""
    if tree is None:
        return None
    return _written(tree) if not isinstance(tree, All | Any) else _listed(tree)


def _listed(tree: All | Any) -> str:
    return (" " if isinstance(tree, All) else " | ").join(_written(part) for part in tree.parts)


def _written(tree: Node) -> str:
    if isinstance(tree, All | Any):
        return f"({_listed(tree)})"
    if isinstance(tree, Not):
        return f"-{_written(tree.part)}"
    if isinstance(tree, Near):
        return f'"{tree.source}"~{tree.gap}'
    if isinstance(tree, Fuzzy):
        return f"{tree.source}~{tree.edits}"
    return tree.source


class _Reader:
    """Reads a query from left to right; each open group is a frame."""

    def __init__(self, exact: bool) -> None:
        self.stemmed = not exact
        self.frames = [_Frame()]
        self.strays = 0

    def read(self, text: str) -> Node | None:
        for found in _SCANNER.finditer(text):
            if found["phrase"] is not None:
                self.take(self.quoted(found["phrase"], found["gap"], begun=found["star"] is not None))
            elif found["word"] is not None:
                self.take(self.word(found["word"]))
            elif found["operator"] is not None:
                self.operate(found["operator"], following=text[found.end() : found.end() + 1])
        while len(self.frames) > 1:
            self.close()
        return self.frames[0].tree

    def operate(self, operator: str, following: str) -> None:
        frame = self.frames[-1]
        if operator == "(":
            self.open()
        elif operator == ")":
            self.close()
        elif operator == "-":
            frame.negated = not frame.negated if following.strip() else False
        elif frame.tree is not None:
            frame.join = frame.join or (All if operator == "+" else Any)

    def open(self) -> None:
        if len(self.frames) > MAX_DEPTH:
            self.strays += 1
        else:
            self.frames.append(_Frame())

    def close(self) -> None:
        if self.strays:
            self.strays -= 1
        elif len(self.frames) > 1:
            self.take(self.frames.pop().tree)

    def take(self, node: Node | None) -> None:
        self.frames[-1].take(node)

    def quoted(self, text: str, gap: str | None, *, begun: bool) -> Node | None:
        leaf = _phrase(text, stemmed=self.stemmed)
        if leaf is None or begun:
            return _begun(leaf) if leaf else None
        words = tuple(dict.fromkeys(leaf.words))
        if gap is None or len(words) < 2 or leaf.open:
            return leaf
        source = leaf.source.strip('"')
        return Near(words=words, gap=min(int(gap), MAX_GAP), stemmed=self.stemmed, source=source)

    def word(self, text: str) -> Node | None:
        slips = re.search(r"~([0-9]{1,9})$", text)
        bare = text[: slips.start()] if slips else text
        leaf = _phrase(bare, stemmed=self.stemmed)
        if leaf is None:
            return None
        if slips and len(leaf.words) == 1 and not leaf.open:
            return _slipped(leaf, min(int(slips[1]), MAX_EDITS))
        return _begun(leaf) if bare.endswith("*") else leaf


class _Frame:
    """One level of parentheses: what was read so far, and how the next part joins it."""

    def __init__(self) -> None:
        self.tree: Node | None = None
        self.join: type[All] | type[Any] | None = None
        self.negated = False

    def take(self, node: Node | None) -> None:
        """Joins one part on; None is a part without any word."""
        negated, self.negated = self.negated, False
        if node is None:
            return
        part = (node.part if isinstance(node, Not) else Not(node)) if negated else node
        join, self.join = self.join or All, None
        self.tree = part if self.tree is None else _two(join, self.tree, part)


def _two(join: type[All] | type[Any], left: Node, right: Node) -> Node:
    """`left` and `right` joined; a chain of one operator stays flat."""
    earlier = left.parts if isinstance(left, join) else (left,)
    return join((*earlier, right))


def _joined(join: Callable[[tuple[Node, ...]], Node], parts: list[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return join(tuple(parts))


def _phrase(text: str, *, stemmed: bool) -> Phrase | None:
    found = searched_words(text)
    if not found.words:
        return None
    pieces = " ".join(runs(text))
    source = f'"{pieces}"' if " " in pieces else pieces
    return Phrase(found.words, stemmed=stemmed and not found.open, open=found.open, source=source)


def _begun(leaf: Phrase) -> Phrase:
    return replace(leaf, open=True, stemmed=False, source=f"{leaf.source}*")


def _slipped(leaf: Phrase, edits: int) -> Leaf:
    """The first letter is given, so a single letter leaves nothing to slip."""
    if edits == 0 or len(leaf.words[0]) == 1:
        return replace(leaf, stemmed=False, source=f"{leaf.source}~0")
    return Fuzzy(word=leaf.words[0], edits=edits, source=leaf.source)
