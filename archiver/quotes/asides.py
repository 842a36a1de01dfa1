"""The reporter's words inside one pair of marks: «…, — сказал он. — …», «…, explique Mme X, et …», «… —dijo X— …»."""

from __future__ import annotations

import re

from archiver.languages import RELATIVE, ROLE, SAY, TELL, TITLE, Pack
from archiver.quotes.dialogue import reports
from archiver.quotes.model import Marked
from archiver.quotes.taking_over import takes_over

_DASH = re.compile(r"[,.!?…]\s[–—-]\s")
_DASHED = re.compile(r"\s?[—–]\s?(?=\w)|\s-\s(?=\w)")
_DASH_BACK = re.compile(r"[—–](?=[,.;:]|\s|$)|\s-(?=\s|[,.])")
_COMMA = re.compile(r"([,?!…])\s+(?=(?P<words>[\w’'-]+(?:\s+[\w’'-]+){0,3}))")
_BACK = re.compile(r"[,.](?=\s)|$")
_TITLED = re.compile(r",\s+(?=[A-ZÀ-Þ]\w+)")  # «explica el alcalde, Ramón Vidal, y …»
_BESIDE = re.compile(r",\s+(?P<word>\w+)[^.!?…,]*\.(?=\s+[A-ZÀ-ÞΑ-Ω])")  # «…, 84 ans. J'ai …»
_WORD = re.compile(r"\w+")
_APPOSED = (ROLE, TITLE, RELATIVE)  # classes of words with which what is set beside a name begins
_MIN_SPEECH = 2  # code points of a piece
_ASIDE = 60  # letters of what two dashes set apart, at most


def told_inside(text: str, mark: Marked, pack: Pack) -> list[Marked]:
    """What is said before and after the reporter's words that are inside the marks."""
    if not pack.inside:
        return [mark]
    pieces = _between_dashes(text, mark, pack)
    if len(pieces) == 1:
        pieces = _around_aside(text, mark, pack)
    pieces = [piece for piece in pieces if any(map(str.isalnum, text[piece.start : piece.end]))]
    return [piece._replace(outer_start=piece.start) if n else piece for n, piece in enumerate(pieces)]


def _between_dashes(text: str, mark: Marked, pack: Pack) -> list[Marked]:
    """«…, — сказал он. — …»."""
    pieces, open_at, speech = [], mark.start, True
    for dash in _DASH.finditer(text, mark.start, mark.end):
        if speech and reports(text, dash.end(), pack):
            end = dash.start() + (text[dash.start()] != ",")
            pieces.append(mark._replace(start=open_at, end=end, outer_end=end))
            speech = False
        elif not speech:
            open_at, speech = dash.end(), True
    if speech:
        pieces.append(mark._replace(start=open_at))
    return pieces


def _around_aside(text: str, mark: Marked, pack: Pack) -> list[Marked]:
    """The pieces around asides between a comma or dash and the next one."""
    pieces, at = [], mark.start
    while (aside := _aside(text, at, mark.end, pack)) is not None:
        stop, back = aside
        pieces.append(mark._replace(start=at, end=stop, outer_end=stop))
        at = back
        while at < mark.end and (text[at].isspace() or text[at] in ",.;—–"):
            at += 1
    if mark.end - at >= _MIN_SPEECH:
        pieces.append(mark._replace(start=at))
    elif pieces:
        pieces[-1] = pieces[-1]._replace(outer_end=mark.outer_end)
    return pieces or [mark]


def _aside(text: str, start: int, end: int, pack: Pack) -> tuple[int, int] | None:
    """Where the first aside begins and ends."""
    for dash in _DASHED.finditer(text, start + _MIN_SPEECH, end):
        back = _DASH_BACK.search(text, dash.end(), end)
        closed = back.start() if back else end
        if _is_verb(text, dash.end(), closed, pack) or takes_over(text, dash.end(), end, pack):
            return dash.start(), back.end() if back else end
    for comma in _COMMA.finditer(text, start + _MIN_SPEECH, end):
        if takes_over(text, comma.start("words"), end, pack):
            stop = comma.start() + (comma[1] != ",")
            return stop, _behind(text, comma.start("words"), end, pack)
    return None


def _is_verb(text: str, at: int, closed: int, pack: Pack) -> bool:
    """«– idézte fel szerdán lánya –»: what two dashes set apart begins with a verb of saying."""
    first = _WORD.match(text, at)
    return first is not None and closed - at <= _ASIDE and pack.lexicon.get(first[0]) in (SAY, TELL)


def _behind(text: str, start: int, end: int, pack: Pack) -> int:
    """Where an aside ends that begins at its verb: at a full stop or comma, what is set beside a name included."""
    back = _BACK.search(text, start, end)
    if back is None:
        return end
    titled = _TITLED.match(text, back.start(), end)
    if titled:
        again = _BACK.search(text, titled.end(), end)
        return again.start() if again else end
    beside = _BESIDE.match(text, back.start(), end)
    if beside and (beside["word"].isdecimal() or pack.lexicon.get(beside["word"].lower()) in _APPOSED):
        return beside.end()  # «…, explique X, directrice de l'agence. Les seuils …»
    return back.start()
