"""Papers whose names are in marks and that say something: «Die „Weserpost“ schreibt: „…“», «“…”, skriver ”Norra”»."""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    BODY,
    CALL,
    DETERMINER,
    FIRST_PRONOUN,
    NOUN_CUE,
    PERSON_PRONOUN,
    POSSESSIVE,
    ROLE,
    SAY,
    TITLE,
    Pack,
)
from archiver.quotes.model import Marked

MASTHEAD, PAPER = "masthead", "M"  # the rule of a stretch that is a name, and the class of its token
_LONGEST, _WORDS = 45, 6  # code points and words of such a name, at most
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ENDS = re.compile(r"[.!?…。]\s|\n")
_RIGHT_BEHIND = re.compile(r"[ \u00a0][^.!?:;,…–—\n“„«»\"]{2,60}:?[ \u00a0]")  # a verb and what leads on to other marks
_CLOSED = re.compile(r"(?:[.,;!?)\n]|[ \u00a0](?:[^\W\d_a-zà-ÿа-я]|[–—(]))|\Z")
_SUBJECTS = (PERSON_PRONOUN, FIRST_PRONOUN, ROLE, TITLE)  # who may follow a verb
_LEADS = 3  # words before such a name in its sentence, at most


def mastheads(text: str, found: list[Marked], pack: Pack) -> list[Marked]:
    """The stretches in marks, those that are the names of sources with the rule `MASTHEAD`."""
    if not pack.code or not pack.spaces or pack.case == "none":
        return found
    out = list(found)
    for place, mark in enumerate(found):
        if mark.rule == "pair" and _is_name(text, mark, pack):
            before, behind = _beside(text, found, place)
            if _speaks_first(text, mark, before, behind, pack) or _speaks_last(text, mark, before, pack):
                out[place] = mark._replace(rule=MASTHEAD)
    return out


def _beside(text: str, found: list[Marked], place: int) -> tuple[Marked | None, Marked | None]:
    """The stretches before and behind one in its paragraph."""
    here = found[place]
    before, behind = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
    if before and "\n" in text[before.end : here.start]:
        before = None
    return before, None if behind and "\n" in text[here.end : behind.start] else behind


def _is_name(text: str, mark: Marked, pack: Pack) -> bool:
    """Whether words in marks may be a name: few, the first with a capital, in title case where titles have it."""
    words = _WORD.findall(text, mark.start, mark.end)
    short = mark.end - mark.start <= _LONGEST and 0 < len(words) <= _WORDS
    if not short or not text[mark.start].isupper() or not text[mark.end - 1].isalnum():
        return False
    inner = text[mark.start : mark.end]
    if any(sign in inner for sign in ",;:!?…"):
        return False
    classes = [pack.lexicon.get(word.lower()) for word in words]
    return not any(code in (AUXILIARY, PERSON_PRONOUN, SAY) for code in classes) and len(words[0]) > 1


def _speaks_first(text: str, mark: Marked, before: Marked | None, behind: Marked | None, pack: Pack) -> bool:
    """«The “Herald” calls it “a gift”», «Für die „Rundschau“ ist es „ein Trauerspiel“»."""
    if behind is None or behind.rule != "pair":
        return False
    start = text.rfind("\n", 0, mark.outer_start) + 1
    cut = [match.end() for match in _ENDS.finditer(text, start, mark.outer_start)]
    start = max([start, *cut, before.outer_end if before else 0])
    lead = _WORD.findall(text[start : mark.outer_start].lower())
    led = bool(lead) and pack.lexicon.get(lead[0]) == BEFORE and len(lead) < _LEADS
    if not led and not _only_leads(lead, pack):
        return False
    if before and not any(
        match.end() >= before.outer_end for match in _ENDS.finditer(text, before.end, mark.outer_start)
    ):
        return False
    between = text[mark.outer_end : behind.outer_start]
    if led:
        return not _ENDS.search(between)
    words = _WORD.findall(between)
    if not words or not _RIGHT_BEHIND.fullmatch(between):
        return False
    capitals = any(word[0].isupper() for word in (words if pack.case == "names" else words[:2]))
    titled = any(word[0].isupper() for word in _WORD.findall(text, mark.start, mark.end)[1:])
    code, following = pack.lexicon.get(words[0]), pack.lexicon.get(words[1]) if len(words) > 1 else None
    another = following in _SUBJECTS or (code == SAY and following == DETERMINER and not titled)  # « Non » dit le maire
    return code in (SAY, CALL) and not capitals and not another


def _only_leads(lead: list[str], pack: Pack) -> bool:
    """Whether nothing is before a name in its sentence but an article and what kind of body it is."""
    codes = [pack.lexicon.get(word) for word in lead]
    return len(lead) < _LEADS and all(code in (DETERMINER, POSSESSIVE, BODY) for code in codes)


def _speaks_last(text: str, mark: Marked, before: Marked | None, pack: Pack) -> bool:
    """«“…”, scrive «La Gazzetta»», «„…“, kommentiert die „Rundschau“»."""
    if before is None or before.rule not in ("pair", "dash") or not _CLOSED.match(text, mark.outer_end):
        return False
    between = text[before.outer_end : mark.outer_start]
    words = [word.lower() for word in _WORD.findall(between)]
    told = bool(words) and pack.lexicon.get(words[0]) in (SAY, CALL) and between.strip()[-1:].isalpha()
    kind = words[1:3] if len(words) == _LEADS and pack.lexicon.get(words[1]) == DETERMINER else []
    noun = bool(kind) and pack.lexicon.get(kind[1]) in (None, BODY, NOUN_CUE)  # «sentencia el diario “El Norte”»
    return told and (noun or _only_leads(words[1:], pack)) and not _ENDS.search(between)
