"""The words of a quote as they are printed: its pieces joined, what is around it, what anchors it in the text."""

from __future__ import annotations

from itertools import pairwise

from archiver.quotes.model import Marked
from archiver.records import Selector, Span

AROUND = 500  # code points of context on a side, at most
ANCHOR = 32  # code points of prefix and suffix (W3C Web Annotation, TextQuoteSelector)


def words_of(text: str, pieces: list[Marked]) -> str:
    """The pieces joined by one blank, reopened paragraphs by a line end; the outer marks are left out."""
    joined = text[pieces[0].start : pieces[0].end]
    for before, piece in pairwise(pieces):
        joined += ("\n" if "\n" in text[before.end : piece.start] else " ") + text[piece.start : piece.end]
    return joined


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What is before and after in the paragraph; where that is nothing, the neighbouring paragraph."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if not any(map(str.isalnum, text[max(line_start, start - AROUND) : start])):
        line_start = text.rfind("\n", 0, max(0, len(text[:line_start].rstrip()))) + 1
    if not any(map(str.isalnum, text[end : min(line_end, end + AROUND)])):
        rest = line_end + len(text[line_end : line_end + AROUND]) - len(text[line_end : line_end + AROUND].lstrip())
        line_end = text.find("\n", rest)
        line_end = len(text) if line_end < 0 else line_end
    return text[max(line_start, start - AROUND) : start], text[end : min(line_end, end + AROUND)]


def selectors_of(text: str, spans: tuple[Span, ...]) -> tuple[Selector, ...]:
    """One selector a span."""
    return tuple(
        Selector(
            exact=text[span.start : span.end],
            prefix=text[max(0, span.start - ANCHOR) : span.start],
            suffix=text[span.end : span.end + ANCHOR],
        )
        for span in spans
    )
