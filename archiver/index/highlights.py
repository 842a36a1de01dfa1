"""The words that a search found in a text, as spans and as HTML. Made here, so that both indexes show the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from rapidfuzz.distance import OSA

from archiver.index.syntax import Fuzzy, Leaf, Near, Phrase, in_language, parse, wanted
from archiver.index.words import FoldedWord, stem, tokens
from archiver.records import Span

PASSAGE = 300  # characters of the part of a long text that is shown
MAX_PASSAGES = 200  # that are compared


def highlight_spans(text: str, query: str, language: str | None, *, exact: bool = False) -> tuple[Span, ...]:
    """Where `text`, in this language, holds what `query` (as typed into the search box) asks for.

    Spans are in order and do not overlap. Words after `-` are never marked. Raises BadQuery as a search does.
    """
    leaves = _leaves(query, language, exact)
    found = list(tokens(text)) if leaves else []
    stems = [stem(token.word, language) for token in found] if any(_is_stemmed(leaf) for leaf in leaves) else []
    folded = [token.word for token in found]
    marked: set[int] = set()
    joined: set[int] = set()
    for leaf in leaves:
        for start, end in _found(leaf, stems if _is_stemmed(leaf) else folded):
            marked.update(range(start, end))
            joined.update(range(start, end - 1))
    return tuple(_spans(found, sorted(marked), joined))


def highlight(text: str, query: str, language: str | None, *, exact: bool = False) -> str:
    """The text as escaped HTML with `<mark>` around what was found as its only tag."""
    return _as_html(text, highlight_spans(text, query, language, exact=exact), 0, len(text))


def _as_html(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    pieces: list[str] = []
    at = start
    for span in spans:
        pieces += [escape(text[at : span.start]), "<mark>", escape(text[span.start : span.end]), "</mark>"]
        at = span.end
    return "".join([*pieces, escape(text[at:end])])


def passage(text: str, query: str, language: str | None, *, exact: bool = False) -> str:
    """The part of a long text that holds most of what was found, as escaped HTML with `<mark>`; empty without any."""
    spans = highlight_spans(text, query, language, exact=exact)
    if not spans:
        return ""
    start, end = _best(text, spans)
    inside = tuple(span for span in spans if start <= span.start and span.end <= end)
    return _as_html(text, inside, start, end)


def _best(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """The first stretch of some 300 characters with the most different words found, cut between words."""
    words = [text[span.start : span.end].casefold() for span in spans]
    held = [
        {words[place] for place in range(first, len(spans)) if spans[place].end - span.start <= PASSAGE}
        for first, span in enumerate(spans[:MAX_PASSAGES])
    ]
    best = max(range(len(held)), key=lambda first: (len(held[first]), -first))
    last = max(
        (place for place in range(best, len(spans)) if spans[place].end - spans[best].start <= PASSAGE), default=best
    )
    room = max(PASSAGE - (spans[last].end - spans[best].start), 0) // 2
    start, end = max(spans[best].start - room, 0), min(spans[last].end + room, len(text))
    line = text.rfind("\n", start, spans[best].start)
    blank = text.find(" ", start, spans[best].start)
    if line >= 0:
        start = line + 1
    elif start and blank >= 0:
        start = blank + 1
    line, blank = text.find("\n", spans[last].end, end), text.rfind(" ", spans[last].end, end)
    if line >= 0:
        end = line
    elif end < len(text) and blank >= 0:
        end = blank
    return start, end


@lru_cache(maxsize=256)
def _leaves(query: str, language: str | None, exact: bool) -> tuple[Leaf, ...]:
    tree = parse(query, exact=exact)
    return tuple(wanted(in_language(tree, language))) if tree else ()


def _is_stemmed(leaf: Leaf) -> bool:
    return not isinstance(leaf, Fuzzy) and leaf.stemmed


def _found(leaf: Leaf, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Ranges of places in `words`; of several near words each by itself."""
    if isinstance(leaf, Phrase):
        yield from _phrases(leaf, words)
    elif isinstance(leaf, Near):
        yield from ((place, place + 1) for place, word in enumerate(words) if word in leaf.words)
    else:
        yield from ((place, place + 1) for place, word in enumerate(words) if _is_slip(leaf, word))


def _phrases(leaf: Phrase, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    size = len(leaf.words)
    for place in range(len(words) - size + 1):
        *whole, last = words[place : place + size]
        ends = last.startswith(leaf.words[-1]) if leaf.open else last == leaf.words[-1]
        if ends and tuple(whole) == leaf.words[:-1]:
            yield place, place + size


def _is_slip(leaf: Fuzzy, word: str) -> bool:
    return word[0] == leaf.word[0] and OSA.distance(leaf.word, word, score_cutoff=leaf.edits) <= leaf.edits


def _spans(found: Sequence[FoldedWord], marked: Sequence[int], joined: set[int]) -> Iterator[Span]:
    """Marked words as spans; the words of a phrase, and those that overlap, in one."""
    start = end = -1
    for place in marked:
        token = found[place]
        if start >= 0 and (place - 1 in joined or token.start < end):
            end = max(end, token.end)
            continue
        if start >= 0:
            yield Span(start=start, end=end)
        start, end = token.start, token.end
    if start >= 0:
        yield Span(start=start, end=end)
