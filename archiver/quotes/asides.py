"""The reporter's words inside one pair of marks: «…, — сказал он. — …», «…, explique Mme X, et …», «… —dijo X— …»."""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    FIRST_PRONOUN,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    PERSON_PRONOUN,
    PREPOSITION,
    RELATIVE,
    ROLE,
    SAY,
    TELL,
    TIME,
    TITLE,
    Pack,
)
from archiver.quotes.dialogue import reports
from archiver.quotes.model import Marked

_DASH = re.compile(r"[,.!?…]\s[–—-]\s")
_DASHED = re.compile(r"\s?[—–]\s?(?=\w)|\s-\s(?=\w)")
_DASH_BACK = re.compile(r"[—–](?=[,.;:]|\s|$)|\s-(?=\s|[,.])")
_COMMA = re.compile(r"([,?!…])\s+(?=(?P<words>[\w’'-]+(?:\s+[\w’'-]+){0,3}))")
_BACK = re.compile(r"[,.](?=\s)|$")
_TITLED = re.compile(r",\s+(?=[A-ZÀ-Þ]\w+)")  # «explica el alcalde, Ramón Vidal, y …»
_BESIDE = re.compile(r",\s+(?P<word>\w+)[^.!?…,]*\.(?=\s+[A-ZÀ-ÞΑ-Ω])")  # «…, 84 ans. J'ai …»
_CUT = re.compile(r"[,.;:!?…]|\s?[—–]|\s-\s")  # what ends the reporter's verb and subject
_WORD, _RUN = re.compile(r"\w+"), re.compile(r"[\w’'-]+")
_APPOSED = (ROLE, TITLE, RELATIVE)  # classes of words with which what is set beside a name begins
_MIN_SPEECH = 2  # code points of a piece


_ASIDE, _WORDS = 60, 6  # letters and words of an aside in which its verb and subject are
_BEFORE_SUBJECT = (AUXILIARY, PREPOSITION, TIME)  # classes of words between them


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
        if _is_verb(text, dash.end(), closed, pack) or _is_told(text, dash.end(), end, pack):
            return dash.start(), back.end() if back else end
    for comma in _COMMA.finditer(text, start + _MIN_SPEECH, end):
        if _is_told(text, comma.start("words"), end, pack):
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


def _is_told(text: str, at: int, end: int, pack: Pack) -> bool:
    """Whether a verb of saying and its subject begin here, the verb first; «my mother says» belongs to the speech."""
    cut = _CUT.search(text, at, min(end, at + _ASIDE))
    words = _RUN.findall(text[at : cut.start() if cut else min(end, at + _ASIDE)])[:_WORDS]
    if not words or words[0][0].isupper() or (cut is not None and cut[0] == ":"):
        return False
    low = [word.lower().replace("’", "'") for word in words]
    while (
        len(low) > 1 and pack.lexicon.get(low[0]) in (PERSON_PRONOUN, OBJECT_PRONOUN, OTHER_PRONOUN) and "-" in low[1]
    ):
        words, low = words[1:], low[1:]  # «lui a-t-elle rétorqué»
    verb, _, pronoun = low[0].rpartition("-")
    if verb and pack.lexicon.get(pronoun) in (PERSON_PRONOUN, OTHER_PRONOUN):
        code = pack.lexicon.get(verb.removesuffix("-t"))
        told = pack.lexicon.get(low[1]) if code == AUXILIARY and len(low) > 1 else code  # «a-t-elle lancé»
        return told in (SAY, TELL)
    classes = [pack.lexicon.get(word, "") for word in low]
    first = 0 if classes[0] == NOUN_CUE else next((n for n, code in enumerate(classes[:3]) if code in (SAY, TELL)), -1)
    if first < 0 or any(code not in ("x", "j", "k") for code in classes[:first]):
        return any("-" in word and pack.lexicon.get(word.rpartition("-")[2]) == PERSON_PRONOUN for word in low[:1])
    while classes[first + 1 : first + 2] and classes[first + 1] in _BEFORE_SUBJECT and len(classes) > first + 2:
        first += 1  # «– opowiadała we wtorek Wanda Sobiech –»
    behind = low[first + 1 : first + 2]
    if not behind:
        return cut is not None  # else the verb ends the speech: «…, recunosc”»
    elided = behind[0].partition("'")[0] in pack.elisions and "'" in behind[0]
    subject = elided or words[first + 1][0].isupper() or classes[first + 1] in ("d", PERSON_PRONOUN, "o", "y")
    mine = classes[first + 1] == FIRST_PRONOUN or behind[0] in pack.first_person
    return subject and not mine
