"""The answers of an interview that is printed without marks and labels: the paragraphs between its questions.

An article that explains something under headings that ask is no interview: nobody says «I» in it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from archiver.languages import FIRST_PRONOUN, SAY, TELL, Pack
from archiver.quotes.model import QUESTION_MARKS
from archiver.quotes.patterns import WORDS

_BOLD, _BLANKS = "*_", " \u00a0\u3000"
_MARKS = re.compile('[“”„«»"「」『』‹›]')
_DASHES = ("――", "——", "—", "–", "―")
_QUESTIONS, _LONG = 3, 400  # questions of an interview, at least; code points of one, at most
_OFTEN = 0.25  # of its paragraphs so many are questions, at least
_MOSTLY, _SOMETIMES = 0.5, 0.3  # of its answers, in so many at least somebody says «I»; where that is left out, «me»
_IN_MARKS = re.compile('[“„«"「»][^“”„«"「」»]*[”“"»」«]')
_TOLD_BEFORE = re.compile('([^\\W\\d_]+)(?: [^\\W\\d_]+){0,2}[,:]? ?[“„«"「»]')
_TOLD = re.compile(r"(?:[”“\"»」]|''),?[ \u00a0]+(?:[A-ZÀ-Þ][\w.]+[ \u00a0]+){0,3}([^\W\d_]+)")


def answers(text: str, ranges: list[tuple[int, int]], pack: Pack) -> frozenset[int]:
    """Where the paragraphs begin that answer, by the offsets of all paragraphs; nothing without an interview."""
    asking = [number for number, where in enumerate(ranges) if number and _asks(text, where, pack)]
    asking = _with_remarks(text, ranges, asking)
    if len(asking) < _QUESTIONS:
        return frozenset()
    turns = [list(range(one + 1, following)) for one, following in pairwise(asking)]
    turns = [turn for turn in turns if turn] + [_last(text, ranges, asking[-1] + 1, pack)]
    spoken = [turn for turn in turns if any(_is_of_oneself(text, ranges[number], pack) for number in turn)]
    bold = all(is_bold(text, ranges[number]) for number in asking)
    shown = bold or any(_is_called_talk(text[slice(*ranges[number])], pack) for number in (0, asking[0] - 1))
    told = any(_is_told(text, ranges[number], pack, before=not shown) for turn in turns for number in turn)
    least = 0.0 if shown else _SOMETIMES if _leaves_subjects_out(pack) else _MOSTLY
    often = len(asking) >= _OFTEN * (asking[-1] - asking[0] + 1)
    if told or not (often and (spoken or bold)) or len(turns) < _QUESTIONS or len(spoken) < least * len(turns):
        return frozenset()
    starts = [ranges[number][0] for turn in turns for number in turn]
    return frozenset(start for start in starts if not _MARKS.match(text, start))  # others are quotations already


def ends_as_question(text: str, where: tuple[int, int]) -> bool:
    """Whether a paragraph ends as a question does and is no quotation: «**What did you make first?**»."""
    line = text[where[0] : where[1]].strip(_BOLD + _BLANKS)
    return len(line) <= _LONG and not _MARKS.match(line) and line.endswith(QUESTION_MARKS)


def is_dashed(text: str, at: int, pack: Pack) -> bool:
    """Whether a dash opens a line; where no script has case, the sign on every keyboard is one too."""
    return text.startswith(_DASHES, at) or (pack.case == "none" and text.startswith("-", at))


def is_bold(text: str, where: tuple[int, int]) -> bool:
    """Whether all of a paragraph is set in bold."""
    return text.startswith("**", where[0]) and text.endswith("**", *where)


def _with_remarks(text: str, ranges: list[tuple[int, int]], asking: list[int]) -> list[int]:
    """The questions, and where they are bold the interviewer's other sentences between them, which are so too."""
    if len(asking) < _QUESTIONS - 1 or not all(is_bold(text, ranges[number]) for number in asking):
        return asking
    between = range(asking[0], asking[-1] + 1)
    return [number for number in between if is_bold(text, ranges[number]) and _is_sentence(text, ranges[number])]


def _is_sentence(text: str, where: tuple[int, int]) -> bool:
    """Whether a bold paragraph ends as a sentence does, and a heading does not."""
    return text[where[0] : where[1]].rstrip(_BOLD + _BLANKS).endswith((*QUESTION_MARKS, ".", "!", "…", "。"))


def _asks(text: str, where: tuple[int, int], pack: Pack) -> bool:
    """Whether a paragraph is a question and no more: «**What did you make first?**», «――何を作りますか»."""
    dashed = is_dashed(text, where[0], pack)
    if dashed and pack.dash:
        return False  # the dash shows that it is speech
    return ends_as_question(text, where) or (dashed and not pack.spaces and where[1] - where[0] <= _LONG)


def _last(text: str, ranges: list[tuple[int, int]], first: int, pack: Pack) -> list[int]:
    """The paragraphs of the last answer: the first one, and what follows as long as somebody says «I»."""
    past = first + 1
    while past < len(ranges) and _is_of_oneself(text, ranges[past], pack):
        past += 1
    return list(range(first, min(past, len(ranges))))


def _is_of_oneself(text: str, where: tuple[int, int], pack: Pack) -> bool:
    """Whether a paragraph says «I» or «we», or where that is left out «me», «our»."""
    line = _IN_MARKS.sub("", text[where[0] : where[1]]).lower()
    if not pack.spaces:
        return any(word in line for word, code in pack.lexicon.items() if code == FIRST_PRONOUN)
    words = WORDS.findall(line)
    if any(pack.lexicon.get(word) == FIRST_PRONOUN for word in words):
        return True
    return _leaves_subjects_out(pack) and any(word in pack.first_person for word in words)


def _is_called_talk(line: str, pack: Pack) -> bool:
    """Whether a headline, or what is before the first question, says that somebody was interviewed."""
    low = line.lower()
    words = WORDS.findall(low) if pack.spaces else ()
    return any(one in words if pack.spaces else one in low for one in pack.interviews)


def _leaves_subjects_out(pack: Pack) -> bool:
    """Whether a verb alone may say who does something, as in the Romance and Slavic languages."""
    return pack.dropped or not pack.articles


def _is_told(text: str, where: tuple[int, int], pack: Pack, *, before: bool) -> bool:
    """Whether a paragraph has a quotation with a verb of saying behind it, or `before` it: then a reporter writes."""
    told = _TOLD.findall(text, *where) + (_TOLD_BEFORE.findall(text, *where) if before else [])
    return any(pack.lexicon.get(word.lower()) in (SAY, TELL) for word in told)
