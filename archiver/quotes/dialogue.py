"""Speech behind dialogue dashes and speakers' labels, and where the reporter takes over in it."""

from __future__ import annotations

import re

from archiver.languages import CALL, SAY, TELL, Pack
from archiver.quotes.model import Marked

_DASH_BREAK = re.compile(r"(?<=[\s.,!?…])[–—―-](?=[.,]?\s?[\w¿¡])|(?<=\w)[–—―](?=[.,])")
_INNER_DASH = re.compile(r'[:.!?…”"»][ \u00a0][–—](?=[ \u00a0]?[„«“"]?[^\W\d_a-z])')
_FIRST_WORDS = re.compile(r"\W*(\w+)(?:\W+(\w+))?")
_COMMA_WORD = re.compile(r"[,?!…]\s+(\w+)")
_NAMED_LABEL = re.compile(r"(?:[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.'’-]+ ?){1,4}: +(?=\S)|[QAFR]: +(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=\w)")
_REPORTED_BY = re.compile(r"[,?!…]\s+[^\W\d_A-Z]\w*\s+(?:[A-ZÀ-ÞĀ-ŽΆ-ΩА-Я][\w.’'-]*\s?){1,3}(?=[.,]|$)")


def labelled(text: str, ranges: list[tuple[int, int]]) -> dict[int, int]:
    """Where paragraphs begin that give a speaker's label and then speech, to where the speech begins.

    One such paragraph may be a heading; a transcript has two and more.
    """
    found = {start: match.end() for start, end in ranges if (match := _NAMED_LABEL.match(text, start, end))}
    found = {start: at for start, at in found.items() if text[at] not in "“\"„«'‘"}
    return found if len(found) > 1 else {}


def dialogue(text: str, start: int, end: int, pack: Pack) -> list[Marked]:
    """A paragraph that a dash opens: speech, and after the next dash or a comma the reporter's words in between."""
    found: list[Marked] = []
    at, speech = start + 1, True
    opened = (text[start], start, at)
    for match in [*_DASH_BREAK.finditer(text, at, end), None]:
        stop = match.start() if match else end
        if speech:
            reported = match is not None and reports(text, match.end(), pack)
            close = _comma_before_cue(text, opened[2], stop, pack)
            if match is not None and not reported:
                told = close < stop and any(char.isalpha() for char in text[close:stop])
                if told and text[stop - 2 : stop].rstrip()[-1:] in tuple(".!?…"):  # «– Ja, sier hun. – Nei.»
                    _speech(found, text, opened, close)
                    opened = (text[stop], stop, stop + 1)
                continue
            _speech(found, text, opened, close)
            if close < stop:  # what follows the reporter's words is narrative, up to the next dash
                reported = True
            speech = not reported
        elif match is not None:
            start = stop + 1 + (text[stop + 1 : stop + 2] in (".", ","))
            speech, opened = True, (text[stop], stop, start)
    return found


def _speech(found: list[Marked], text: str, opened: tuple[str, int, int], end: int) -> None:
    """Adds a piece of speech behind a dash."""
    dash, outer_start, start = opened
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and any(map(str.isalnum, text[start:end])):
        found.append(Marked(start, end, outer_start, end, "dash", dash))


def inner_dash(text: str, start: int, end: int, pack: Pack, marked: list[tuple[int, int]]) -> int:
    """The dash that opens speech inside a paragraph, behind a colon or a full stop, as «Ministern: – Nej»; else 0."""
    for match in _INNER_DASH.finditer(text, start, end):
        dash = match.end() - 1
        if any(low < dash < high for low, high in marked):
            continue
        stop = next(_DASH_BREAK.finditer(text, dash + 1, end), None)
        if match[0][0] == ":" or (stop and reports(text, stop.end(), pack)):
            return dash
    return 0


def reports(text: str, at: int, pack: Pack) -> bool:
    """Whether the reporter's words begin here: a verb of saying is near, or an unknown word."""
    found = _FIRST_WORDS.match(text, at)
    if found is None:
        return False
    classes = [pack.lexicon.get(word.lower()) for word in found.groups() if word]
    unknown = classes[0] is None and found[1][0].islower()
    return unknown or any(code in (SAY, TELL, CALL) for code in classes)


def _comma_before_cue(text: str, start: int, end: int, pack: Pack) -> int:
    """Where the reporter takes over after a comma: «…, sier hun», «…, — сказал он»."""
    for match in _COMMA_WORD.finditer(text, start, end):
        if pack.lexicon.get(match[1], "") in (SAY, TELL) and match[1][0].islower():
            return match.start() + (text[match.start()] != ",")
    return start + len(text[start:end].rstrip().removesuffix(","))


def shortened(text: str, start: int, end: int, pack: Pack) -> int:
    """Where a stretch ends whose closing mark is missing: before the reporter's words, where they stand in it."""
    for match in _COMMA_WORD.finditer(text, start, end):
        if pack.lexicon.get(match[1], "") in (SAY, TELL) and match[1][0].islower():
            return match.start() + 1
    return end
