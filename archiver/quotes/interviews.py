"""Interviews whose lines have no labels: which quotations ask and which answer.

A line of speech alone in its paragraph answers the question above it, be that a line without marks or one of speech
too. Once one has been answered, the lines take turns.
"""

from __future__ import annotations

from bisect import bisect_left

from archiver.quotes.model import QUESTION_MARKS, QUOTE, SENTENCE_END, Chunks

_ASKS = (*QUESTION_MARKS, ";", "؟", "՞")
_MARKS_AND_BLANKS = " \n\u00a0“„«»\"'‘’”』」"
_DASHES = "―—–"


def turns(chunks: Chunks) -> dict[int, bool]:
    """Of the marked stretches of an interview, by their place, whether they ask; the headline is no part of it."""
    found: dict[int, bool] = {}
    asked = talking = False
    for paragraph in range(1, len(chunks.line_end)):
        spoken = alone(chunks, paragraph)
        if spoken < 0:
            asked, talking = _is_question_line(chunks, paragraph), False
        elif asked:
            found[spoken], asked = False, False
        elif _opens_turn(chunks, spoken, paragraph, talking=talking):
            found[spoken] = asked = talking = True
        else:
            talking = False
    return found


def alone(chunks: Chunks, paragraph: int) -> int:
    """The place of the quotation that is all of a paragraph; -1 where there is more or none."""
    first = chunks.line_end[paragraph - 1] + 1 if paragraph else 0
    past = chunks.line_end[paragraph]
    if chunks.codes[first:past].rstrip(SENTENCE_END + "!,") != QUOTE:
        return -1
    return bisect_left(chunks.quote_at, first)


def _is_question_line(chunks: Chunks, paragraph: int) -> bool:
    """Whether a line without marks asks: it ends so, or has a dash where dashes do not open speech."""
    start, end = chunks.paragraphs[paragraph]
    line = chunks.text[start:end].strip(_MARKS_AND_BLANKS)
    marked = QUOTE in chunks.codes[chunks.line_end[paragraph - 1] : chunks.line_end[paragraph]]
    dashed = not chunks.pack.dash and line.startswith(tuple(_DASHES))
    return paragraph > 1 and not marked and (dashed or line.endswith(QUESTION_MARKS))


def _opens_turn(chunks: Chunks, place: int, paragraph: int, *, talking: bool) -> bool:
    """Whether a line after a dash asks, or goes on with a talk, and another line of speech follows."""
    mark = chunks.marked[place]
    asks = chunks.text[mark.start : mark.end].rstrip().endswith(_ASKS)
    followed = paragraph + 1 < len(chunks.line_end) and alone(chunks, paragraph + 1) >= 0
    return mark.rule == "dash" and (asks or talking) and followed
