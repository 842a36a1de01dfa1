"""Acronyms and what they stand for, where an article gives both: «the Rural Services Federation (RSF)»."""

from __future__ import annotations

import re

from archiver.languages import BODY, ROLE, SAY, TELL, TITLE, TITLE_AFTER, Pack
from archiver.quotes.grammar import CAPITALS, HAN
from archiver.quotes.model import Gloss
from archiver.quotes.spelling import fold

_IN_BRACKETS = re.compile(rf"[(（][“”„\"«]?(?P<short>[{CAPITALS}][\w&]{{1,7}})[“”„\"»]?[),;）]")
_PARTING = re.compile('[.,;:!?…()\n“”„"«»|–—/]')
_COUNTRIES = frozenset(("uk", "us", "usa", "uae"))  # «the University of Kent (UK)»
_NAME_SIGN = re.compile(f"[{HAN}ァ-ヺー]")
_WORD = re.compile(r"[\w’'-]+")
_LONGEST = 120  # code points of what an acronym stands for
_MORE_WORDS = 5  # words of that beside one for each letter, at most
_COMPOUND = 8  # letters of a word that alone stands for two capitals: «Bundeskriminalamt (BKA)»
_SHORTEST = 2  # capitals of an acronym, at least
_NAMED = 3  # words of somebody's name, at most


def glosses(text: str, pack: Pack) -> dict[str, Gloss]:
    """Each acronym in brackets (folded) with what is right before them, if that is no person."""
    found: dict[str, Gloss] = {}
    for match in _IN_BRACKETS.finditer(text) if "(" in text or "（" in text else ():
        end = match.start() - (text[match.start() - 1 : match.start()] == " ")
        short, low = match["short"], match["short"].lower()
        capitals = sum(map(int, map(str.isupper, short)))
        if capitals < _SHORTEST or capitals * 2 < len(short) or low in _COUNTRIES or fold(short) in found:
            continue
        if pack.lexicon.get(low) in (ROLE, TITLE, TITLE_AFTER):
            continue  # «Chief Executive Officer (CEO)»
        if not text[end - 1 : end].isalnum():
            continue  # «das „Forum Zukunft“ (FZ)» is no body
        start = _spelled_from(text, end, short) if pack.case != "none" else -1
        if start >= 0 and _is_somebody(text[start:end].lower(), pack):
            continue
        nominative = start < 0 or _is_nominative(text, start, end, pack)
        found[fold(short)] = Gloss(short, start, end, nominative)
    return found


def beginning(text: str, start: int, pack: Pack) -> int:
    """Where a name in a script without case begins that was read from `start` on: with the signs of names before it.

    -1 where nothing parts it from the word before.
    """
    while start and pack.subject and _NAME_SIGN.match(text[start - 1]):
        start -= 1
    return start if not start or pack.spaces or not text[start - 1].isalnum() or pack.subject else -1


def _spelled_from(text: str, end: int, short: str) -> int:
    """Where the words begin that have the letters of an acronym in order, the first as a capital; -1 without them.

    After Schwartz and Hearst (2003): the shortest stretch before the brackets.
    """
    low = max(0, end - _LONGEST)
    parted = [match.end() for match in _PARTING.finditer(text, low, end)]
    low = parted[-1] if parted else low
    letters, at = [letter for letter in short if letter.isalpha()], end
    for place in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= low and not _is_letter(text, at, letters[place], opens=place == 0):
            at -= 1
    words = _WORD.findall(text[at:end]) if at >= low else []
    alone = len(words) == 1 and len(words[0]) < _COMPOUND
    return -1 if not words or alone or len(words) > len(letters) + _MORE_WORDS else at


def _is_letter(text: str, at: int, letter: str, *, opens: bool) -> bool:
    """Whether a letter is the one looked for; with `opens` as a capital with which a word begins."""
    if text[at].lower() != letter.lower():
        return False
    return not opens or (text[at].isupper() and not (at and text[at - 1].isalnum()))


def _is_somebody(low: str, pack: Pack) -> bool:
    """«Max Brandt (MB)», «Chief of Staff (CS)»: whether words are a person's name or office rather than a body's."""
    words = _WORD.findall(low)
    if any(pack.lexicon.get(word) == BODY or word.endswith(pack.body_endings) for word in words):
        return False
    named = len(words) <= _NAMED and words[0] in pack.first_names
    ends = words[-1:] if len(words) <= _NAMED and pack.case != "nouns" else []  # not «Arbeitskreis Deutscher Winzer»
    return named or any(pack.lexicon.get(word) in (ROLE, TITLE) for word in (words[0], *ends))


def _is_nominative(text: str, start: int, end: int, pack: Pack) -> bool:
    """Whether words stand as a subject's name does, as far as what is before them and their ends tell."""
    before = (_WORD.findall(text[max(0, start - _LONGEST) : start]) or [""])[-1].lower()
    words = _WORD.findall(text[start:end].lower())
    if pack.case == "nouns":
        weak = words[0].endswith("en") and len(words) > 1  # «beim Deutschen Wetterdienst»
        return before not in ("des", "eines") and not (weak and before)
    known = pack.lexicon.get(words[-1]) == BODY or words[-1].endswith(pack.body_endings)
    if pack.verb_final:
        return known  # not «Derneği’nin»
    if pack.endings in ((), ("s",)):
        return not words[-1].endswith(pack.endings)
    opens = text[:start].rstrip(' "“„«—–-')[-1:] in ("", "\n", ".", "!", "?", "…")
    told = pack.lexicon.get(before) in (SAY, TELL)
    behind_article = before in pack.definite and before not in pack.oblique
    return (opens or told or behind_article) and (known or bool(pack.nominatives) or not pack.oblique_endings)
