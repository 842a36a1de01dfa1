"""Quotes in what a page sets apart without quotation marks: block quotations and embedded posts.

The finder reads marks. So it is given the article with marks around these passages, finds who spoke as for any other
quote, in the sentence that introduces them too, and what it found is led back to the article as it is. Where the page
itself names the speaker beside the words, in `cite`, a footer or an account's name, that name counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from archiver.quotes import find_quotes
from archiver.quotes.passages import around, selectors_of
from archiver.quotes.trail import Form, MarksRule, Position, speaker_rule, step
from archiver.records import Article, Cue, Kind, Passage, Quote, Span, Speaker, Step, Via

OPEN, CLOSE = "“", "”"
CERTAIN = 0.95
"""How sure a name is that the page gives beside the words."""

WHOLE = 0.6
"""Share of a passage that a quote must hold to be that passage's."""

_MARKS = frozenset('"“”„«»「」『』‚‘’')


def find_all(article: Article, passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """The quotes of an article, those of its `passages` among them."""
    if not passages:
        return find_quotes(article, indirect=True)
    inserted = _Inserted(article.text, [passage for passage in passages if not _has_marks(article.text, passage.span)])
    found = find_quotes(replace(article, text=inserted.text), indirect=True)
    return tuple(_of_page(inserted.mapped_back(quote), article.text, passages) for quote in found)


def _has_marks(text: str, span: Span) -> bool:
    """Whether the words have marks already, inside or around them."""
    shown = text[span.start : span.end]
    around_it = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return any(mark in _MARKS for mark in around_it.strip()) or shown[:1] in _MARKS or shown[-1:] in _MARKS


class _Inserted:
    """A text with marks inserted, and the way back."""

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        self._plain = text
        places: list[tuple[int, str]] = []
        for passage in passages:
            lines = list(re.finditer(r"[^\n]+", text[passage.span.start : passage.span.end]))
            for line in lines:  # each paragraph opens its marks again, as speech over several paragraphs does
                places.append((passage.span.start + line.start(), OPEN))
            places.append((passage.span.end, CLOSE))
        places.sort(key=lambda one: (one[0], one[1] == OPEN))
        pieces: list[str] = []
        last = 0
        self._at: list[int] = []
        for number, (place, mark) in enumerate(places):
            pieces += [text[last:place], mark]
            self._at.append(place + number)
            last = place
        self.text = "".join([*pieces, text[last:]])

    def mapped_back(self, quote: Quote) -> Quote:
        """A quote of the text with marks as one of the text without."""
        spans = tuple(self._span(span) for span in quote.spans)
        start, end = spans[0].start, spans[-1].end
        before, after = around(self._plain, start, end)
        return replace(
            quote,
            spans=spans,
            selectors=selectors_of(self._plain, spans),
            printed=self._plain[start:end],
            before=before,
            after=after,
            cue=replace(quote.cue, span=self._span(quote.cue.span)),
            speaker=replace(quote.speaker, span=self._span(quote.speaker.span)),
            speakers=tuple(replace(one, span=self._span(one.span)) for one in quote.speakers),
            ascribed_to=replace(quote.ascribed_to, span=self._span(quote.ascribed_to.span)),
            said_on=replace(quote.said_on, span=self._span(quote.said_on.span)),
            trail=tuple(replace(link, span=self._span(link.span)) for link in quote.trail),
        )

    @overload
    def _span(self, span: Span) -> Span: ...
    @overload
    def _span(self, span: None) -> None: ...
    def _span(self, span: Span | None) -> Span | None:
        if span is None:
            return None
        return Span(start=self._place(span.start), end=self._place(span.end))

    def _place(self, place: int) -> int:
        return place - bisect_right(self._at, place - 1)


def _of_page(quote: Quote, text: str, passages: Sequence[Passage]) -> Quote:
    """The quote, with what the page says of it where it is one of the passages."""
    if quote.kind is Kind.INDIRECT:
        return quote
    passage = next((one for one in passages if _is_of(quote, one.span)), None)
    if passage is None:
        return quote
    marked = step("marks", MarksRule.PAIR if _has_marks(text, passage.span) else MarksRule.SET_APART)
    trail = (marked, *(link for link in quote.trail if link.step != "marks"))
    whole = _covers(quote, passage.span)
    kind = Kind.DIRECT if whole else quote.kind
    if passage.speaker is None:
        return replace(quote, kind=kind, trail=trail)
    named = _named(passage, text)
    kept: tuple[Step, ...] = tuple(link for link in trail if link.step not in {"speakers", "coreference", "cues"})
    rule = step("speakers", speaker_rule(Form.NAME, Position.BESIDE), text, named.span)
    return replace(quote, kind=kind, speaker=named, speakers=(), cue=Cue(), trail=(kept[0], rule, *kept[1:]))


def _is_of(quote: Quote, passage: Span) -> bool:
    """Whether a quote is within a passage, or is it."""
    return passage.start - 1 <= quote.spans[0].start and quote.spans[-1].end <= passage.end + 1


def _covers(quote: Quote, passage: Span) -> bool:
    return sum(span.end - span.start for span in quote.spans) >= WHOLE * (passage.end - passage.start)


def _named(passage: Passage, text: str) -> Speaker:
    """The speaker that the page names; a surname alone is resolved to the full name in the text."""
    printed = passage.speaker or ""
    name = printed
    if " " not in printed and printed[:1].isupper():
        pattern = rf"(?<!\w)[A-Z][\w'’.-]+(?:\s(?:[a-z]{{1,4}}\s)?[A-Z][\w'’.-]+)?\s{re.escape(printed)}(?!\w)"
        full = {match[0] for match in re.finditer(pattern, text)}
        name = full.pop() if len(full) == 1 else printed
    via = Via.NAME if name == printed else Via.SURNAME
    return Speaker(name=name, printed=printed, span=passage.speaker_span, via=via, confidence=CERTAIN)
