"""The words of a quote as a page shows them: in the source's own marks, in their paragraph, with what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archiver.index.highlights import highlight_spans
from archiver.languages import pack_for
from archiver.records import Entry, Kind, Query, Quote, Span

BEFORE, AROUND = 40, 160  # characters on either side of a hit: a line is enough to show it
GAP = " … "
"""What is between the pieces of a quote that the reporter interrupts."""
_OPENING = "“„«»‹›‘‚「『〝\"'”’＂"
_CLOSING = "”“»«›‹’‘」』〞〟\"'＂"
_DASHES = "—–―-"
_USUAL = {
    "de": "„“", "cs": "„“", "da": "»«", "fr": "«»", "es": "«»", "it": "«»", "pt": "«»", "no": "«»", "ru": "«»",
    "uk": "«»", "pl": "„”", "nl": "“”", "sv": "””", "ja": "「」", "zh": "“”", "ko": "“”",
}  # fmt: skip
"""Marks of a language, for words whose own marks are not known."""

Pieces = list[tuple[bool, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A quote in a list: its words in pieces of (is a hit, text), and its marks.

    `around` is set where the hit is next to the words, `title` where it is in the headline.
    """

    entry: Entry
    quote: Quote
    text: Pieces
    opening: str
    closing: str
    around: Pieces | None
    title: Pieces


def counts_by_kind(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many quotes there are of each kind, in the same order on every page."""
    return [(kind.value, counts[kind.value]) for kind in Kind if counts.get(kind.value)]


def marks_of(quote: Quote, language: str | None) -> tuple[str, str]:
    """The marks that the source prints around the words, none for reported speech; a dialogue dash closes nothing.

    A narrow or non-breaking space that belongs to a mark comes with it.
    """
    if quote.kind is Kind.INDIRECT:
        return "", ""
    before, after = quote.before.rstrip(), quote.after.lstrip()
    opening, closing = before[-1:], after[:1]
    if opening and opening in _DASHES:
        return f"{opening} ", closing if closing and closing in _CLOSING else ""
    usual = _USUAL.get(language or "", "“”")
    blank = "\u00a0" if quote.before[-1:] in "\u00a0\u202f" and quote.before else ""
    opening = opening if opening and opening in _OPENING else usual[0]
    closing = closing if closing and closing in _CLOSING else usual[1]
    return opening + blank, blank + closing


def shown(quote: Quote) -> str:
    """The words with ` … ` where the reporter interrupts them; reopened paragraphs stay lines of their own."""
    start = quote.spans[0].start if quote.spans else 0
    pieces = [quote.printed[span.start - start : span.end - start] for span in quote.spans]
    joined, at = "", 0
    for piece in pieces:
        place = quote.text.find(piece, at)
        if place < 0:
            return quote.text
        between = quote.text[at:place]
        joined += (GAP if joined and "\n" not in between else between) + piece
        at = place + len(piece)
    return joined or quote.text


def speakers_sought(language: str | None) -> bool:
    """Whether speakers are looked for in articles of this language: those that have a pack."""
    return pack_for(language) is not None


def in_marks(quote: Quote, language: str | None) -> str:
    """The words of a quote in the marks of its source, as one text."""
    opening, closing = marks_of(quote, language)
    return f"{opening}{shown(quote)}{closing}"


def results(entries: Iterable[Entry], query: Query) -> Iterator[Result]:
    """Quotes for a list, with what the query finds in them; a headline is marked at the first of its quotes."""
    headline = None
    for entry in entries:
        quote, words = entry.quote, shown(entry.quote)
        text = list(_pieces_of(words, _hits(words, query, entry)))
        around = quote.before + quote.printed + quote.after
        hits = () if any(hit for hit, _ in text) else _hits(around, query, entry)
        title = list(_pieces_of(entry.title or "", _hits(entry.title or "", query, entry)))
        opening, closing = marks_of(quote, entry.language)
        repeated, headline = headline == (entry.snapshot_id, entry.title), (entry.snapshot_id, entry.title)
        yield Result(
            entry=entry,
            quote=quote,
            text=text,
            opening=opening,
            closing=closing,
            around=list(excerpt(around, hits)) if hits else None,
            title=[] if repeated else title,
        )


def passage(quote: Quote) -> Iterator[list[tuple[str, str]]]:
    """The quote in its surroundings: a list for each paragraph, of (what it is, text).

    What it is: `said` for quoted words, `speaker`, `cue` and `day` for the words these rest on, else nothing.
    """
    start = quote.spans[0].start - len(quote.before)
    text = quote.before + quote.printed + quote.after
    marks = [(span, "said") for span in quote.spans]
    beside = ((quote.speaker.span, "speaker"), (quote.cue.span, "cue"), (quote.said_on.span, "day"))
    marks += [(span, kind) for span, kind in beside if span and not _overlaps(span, quote.spans)]
    paragraph: list[tuple[str, str]] = []
    for kind, piece in _pieces(text, start, marks):
        first, *others = piece.split("\n")
        paragraph.append((kind, first))
        for other in others:
            yield from _unless_blank(paragraph)
            paragraph = [(kind, other)]
    yield from _unless_blank(paragraph)


def _pieces(text: str, start: int, marks: list[tuple[Span, str]]) -> Iterator[tuple[str, str]]:
    at = 0
    for span, kind in sorted(marks, key=lambda mark: (mark[0].start, mark[0].end)):
        low, high = max(span.start - start, at), min(span.end - start, len(text))
        if low >= high:
            continue
        yield "", text[at:low]
        yield kind, text[low:high]
        at = high
    yield "", text[at:]


def _unless_blank(paragraph: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    if any(piece.strip() for _, piece in paragraph):
        yield [(kind, piece) for kind, piece in paragraph if piece]


def _overlaps(span: Span, others: tuple[Span, ...]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _hits(text: str, query: Query, entry: Entry) -> tuple[Span, ...]:
    return highlight_spans(text, query.q, entry.language, exact=query.exact)


def _pieces_of(text: str, hits: tuple[Span, ...]) -> Iterator[tuple[bool, str]]:
    at = 0
    for span in hits:
        yield False, text[at : span.start]
        yield True, text[span.start : span.end]
        at = span.end
    yield False, text[at:]


def excerpt(text: str, hits: tuple[Span, ...]) -> Iterator[tuple[bool, str]]:
    """What is around the first hit, in whole words."""
    low, high = max(0, hits[0].start - BEFORE), min(len(text), hits[0].end + AROUND)
    low = text.find(" ", low, hits[0].start) + 1 if low else 0
    high = text.rfind(" ", hits[0].end, high) if high < len(text) else high
    high = max(high, hits[0].end)
    inside = [Span(start=hit.start - low, end=hit.end - low) for hit in hits if hit.end <= high]
    yield False, "… " if low else ""
    yield from _pieces_of(text[low:high], tuple(inside))
    yield False, " …" if high < len(text) else ""
