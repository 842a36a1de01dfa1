"""Speech behind the labels of a transcript or an interview: «SMITH: …», «P. …», «Ana Paz: …», 「记者：…」."""

from __future__ import annotations

import re
from itertools import pairwise

from archiver.languages import Pack
from archiver.quotes.model import QUESTION_MARKS

_NAMED_LABEL = re.compile(r"(?:[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.'’-]+ ?){1,4}: +(?=\S)|[A-Z]: +(?=\S)")
_LETTER = re.compile(r"(?P<letter>[A-ZÀ-ÞΑ-Ω])\.(?: ?[-–—])?[ \u00a0]+(?=[^\s\d])")
_LETTERED_WORD = re.compile(r"(?P<letter>[A-ZÀ-ÞΑ-Ω])[^\W\d_]{4,10}\.(?: ?[-–—])?[ \u00a0]+(?=[^\s\d])")
_TURN_LABEL = re.compile(
    r"(?P<who>[问問答문답](?=[:：])"  # question, answer
    r"|[^\W\d_a-zà-ÿа-џ][\w.’'-]+(?:(?: [a-zà-ÿ]{1,3})? [^\W\d_a-zà-ÿа-џ][\w.’'-]*){0,3})"
    r"[ \u00a0]?(?:: +|：\s*)(?=[^\s\d])"
)
_TALK = 2  # a question and its answer


def labelled(text: str, ranges: list[tuple[int, int]], pack: Pack) -> dict[int, int]:
    """Where paragraphs begin that give a speaker's label and then speech, to where the speech begins."""
    return _capitals(text, ranges) or _lettered(text, ranges) or _turns(text, ranges, pack)


def _capitals(text: str, ranges: list[tuple[int, int]]) -> dict[int, int]:
    """«SMITH: Good evening.»: labels in capitals, of which two are side by side or one answers questions.

    «PHOTO: The pier», «READ ALSO: …» and «OSLO: …» stand alone between paragraphs of an article.
    """
    labels = [_NAMED_LABEL.match(text, start, end) for start, end in ranges]
    found = {one.start(): one.end() for one in labels if one and text[one.end()] not in "“\"„«'‘"}
    beside = any(one and other and one[0] != other[0] for one, other in pairwise(labels))
    names = [one[0] for one in labels if one]
    asks = any(one and text[end - 1] == "?" for one, (_, end) in zip(labels, ranges, strict=True))
    answers = [one[0] for one, (_, before) in zip(labels[1:], ranges, strict=False) if one and text[before - 1] == "?"]
    turns = beside and (asks or _has_twice(names))
    return found if turns or _has_twice(answers) else {}


def _has_twice(names: list[str]) -> bool:
    return len(set(names)) < len(names)


def _lettered(text: str, ranges: list[tuple[int, int]]) -> dict[int, int]:
    """«P. ¿Qué se ve?», «R. El silencio.»: two letters with full stops, of which one asks."""
    found = {start: match for start, end in ranges if (match := _LETTER.match(text, start, end))}
    if found:  # «Pregunta. …» is in full only once
        letters = {match["letter"] for match in found.values()}
        whole = {start: match for start, end in ranges if (match := _LETTERED_WORD.match(text, start, end))}
        found |= {start: match for start, match in whole.items() if match["letter"] in letters}
    ends = dict(ranges)
    asking = {match["letter"] for start, match in found.items() if text[ends[start] - 1] in "?;"}
    letters = {match["letter"] for match in found.values()}
    both = len(letters) == _TALK and len(asking) == 1
    return {start: match.end() for start, match in found.items()} if both else {}


def _turns(text: str, ranges: list[tuple[int, int]], pack: Pack) -> dict[int, int]:
    """The paragraphs of a talk whose labels are written as names are: somebody asks, and another answers.

    A table of facts («Address: …», «Doors: …») asks nothing, and repeats no label.
    """
    found = [_TURN_LABEL.match(text, start, end) for start, end in ranges]
    turns: dict[int, int] = {}
    for place, label in enumerate(found):
        beside = [one for one in found[max(0, place - 1) : place] + found[place + 1 : place + 2] if one]
        others = [one for one in beside if label and one["who"] != label["who"]]
        if label and others and text[label.end()] not in "“\"„«'‘":
            turns[label.start()] = label.end()
    answers = [
        one for one, (_, before) in zip(found[1:], ranges, strict=False) if one and text[before - 1] in QUESTION_MARKS
    ]
    if not turns and len(answers) >= _TALK:  # questions without labels
        return {one.start(): one.end() for one in answers if text[one.end()] not in "“\"„«'‘"}
    ends = dict(ranges)
    names = [one["who"] for one in found if one and one.start() in turns]
    asks = any(text[ends[start] - 1] in QUESTION_MARKS for start in turns) or any(
        name.lower() in pack.askers for name in names
    )
    return turns if asks and (len(names) == _TALK or _has_twice(names)) else {}
