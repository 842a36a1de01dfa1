"""Interviews whose lines have no labels: which quotations ask and which answer.

A line of speech alone in its paragraph answers the question above it, be that a line without marks or one of speech
too. Once one has been answered, the lines take turns.
"""

from __future__ import annotations

from bisect import bisect_left

from archiver.quotes.answers import ends_as_question, is_bold, is_dashed
from archiver.quotes.model import QUESTION_MARKS, QUOTE, SENTENCE_END, Chunks

_ASKS = (*QUESTION_MARKS, ";", "؟", "՞")
_FIRST = 2  # the number of the first paragraph that may ask, behind the headline and what introduces the talk


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
    """Whether a line asks: it ends so, or has a dash where dashes do not open speech; marks only where it is bold."""
    where = chunks.paragraphs[paragraph]
    marked = QUOTE in chunks.codes[chunks.line_end[paragraph - 1] : chunks.line_end[paragraph]]
    if (paragraph < _FIRST and chunks.pack.case != "none") or (marked and not is_bold(chunks.text, where)):
        return False
    dashed = not chunks.pack.dash and is_dashed(chunks.text, where[0], chunks.pack)
    return dashed or ends_as_question(chunks.text, where)


def _opens_turn(chunks: Chunks, place: int, paragraph: int, *, talking: bool) -> bool:
    """Whether a line after a dash asks, or goes on with a talk, and another line of speech follows."""
    mark = chunks.marked[place]
    asks = chunks.text[mark.start : mark.end].rstrip().endswith(_ASKS)
    followed = paragraph + 1 < len(chunks.line_end) and alone(chunks, paragraph + 1) >= 0
    return mark.rule == "dash" and (asks or talking) and followed
