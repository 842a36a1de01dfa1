"""Whether the reporter takes over inside speech: a verb of saying and then its subject begin a clause there.

«…, dit Mme X», «…, lui a répondu X», «…, li va respondre l’alcaldessa», «…, l-a întrebat X».
"""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    DETERMINER,
    FIRST_PRONOUN,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    QUOTATIVE,
    ROLE,
    SAY,
    TELL,
    TIME,
    TITLE,
    Pack,
)

_CUT = re.compile(r"[,.;:!?…]|\s?[—–]|\s-\s")  # what ends the reporter's verb and subject
_RUN = re.compile(r"[\w’'-]+")
_LONGEST, _WORDS = 60, 7  # letters and words of a clause in which its verb and subject are
_BEFORE_VERB = 4  # words, at most: «lui a aussi répondu»
_BEFORE_SUBJECT = (AUXILIARY, PREPOSITION, TIME)  # classes of words between them
_PRONOUNS = (PERSON_PRONOUN, OBJECT_PRONOUN, OTHER_PRONOUN)
_SMALL = (AUXILIARY, OBJECT_PRONOUN, OTHER_PRONOUN, QUOTATIVE)  # classes of words that may be before the verb
_LED = (DETERMINER, POSSESSIVE)  # pronouns are written like these: «gli ha risposto», «leur a dit»
_SUBJECT = (DETERMINER, POSSESSIVE, PERSON_PRONOUN, ROLE, TITLE)
_SHORTEST = 4  # letters of a verb that no list has


def takes_over(text: str, at: int, end: int, pack: Pack) -> bool:
    """Whether a verb of saying and its subject begin here, the verb first; «my mother says» belongs to the speech."""
    cut = _CUT.search(text, at, min(end, at + _LONGEST))
    words = _RUN.findall(text[at : cut.start() if cut else min(end, at + _LONGEST)])[:_WORDS]
    if not words or words[0][0].isupper() or (cut is not None and cut[0] == ":"):
        return False
    words = _without_clitics(words, pack)
    low = [word.lower() for word in words]
    if _has_pronoun_behind(low, pack):
        return _says_before_pronoun(low, pack)
    classes = [pack.lexicon.get(word, "") for word in low]
    verb = 0 if classes[0] == NOUN_CUE else _verb(low, classes, pack)
    if verb < 0:
        return False
    if classes[verb] not in (SAY, TELL, NOUN_CUE):
        return _is_name(words[verb + 1 :])
    while classes[verb + 1 : verb + 2] and classes[verb + 1] in _BEFORE_SUBJECT and len(classes) > verb + 2:
        verb += 1  # «– opowiadała we wtorek Wanda Sobiech –»
    behind = low[verb + 1 : verb + 2]
    if not behind:
        return cut is not None  # else the verb ends the speech: «…, recunosc”»
    subject = behind[0] in pack.elisions or words[verb + 1][0].isupper() or classes[verb + 1] in _SUBJECT
    return subject and classes[verb + 1] != FIRST_PRONOUN and behind[0] not in pack.first_person


def _without_clitics(words: list[str], pack: Pack) -> list[str]:
    """The words with what is written onto them apart: «s’est», «l-a»."""
    parted: list[str] = []
    for word in words:
        for mark in ("’", "'", "-"):
            first, found, rest = word.partition(mark)
            clitic = first.lower() in pack.elisions or pack.lexicon.get(first.lower()) == OBJECT_PRONOUN
            if found and rest and clitic:
                parted += [first, rest]
                break
        else:
            parted.append(word)
    return parted


def _has_pronoun_behind(low: list[str], pack: Pack) -> bool:
    """Whether a verb has its pronoun behind a hyphen: «lui a-t-elle rétorqué», «dit-il»."""
    skip = 0
    while skip + 1 < len(low) and pack.lexicon.get(low[skip]) in _PRONOUNS and "-" in low[skip + 1]:
        skip += 1
    verb, _, pronoun = low[skip].rpartition("-")
    return bool(verb) and pack.lexicon.get(pronoun) in (PERSON_PRONOUN, OTHER_PRONOUN)


def _says_before_pronoun(low: list[str], pack: Pack) -> bool:
    """Whether that verb is one of saying."""
    place = next(n for n, word in enumerate(low) if "-" in word)
    verb = low[place].rpartition("-")[0]
    code = pack.lexicon.get(verb.removesuffix("-t"))
    told = pack.lexicon.get(low[place + 1]) if code == AUXILIARY and len(low) > place + 1 else code  # «a-t-elle lancé»
    return told in (SAY, TELL)


def _verb(low: list[str], classes: list[str], pack: Pack) -> int:
    """The place of the verb behind pronouns and auxiliaries; -1 without one.

    A verb that no list has is one behind an auxiliary, or behind a word that ends a quotation: «diye çıkıştı».
    """
    for place, code in enumerate(classes[:_BEFORE_VERB]):
        if code in (SAY, TELL):
            return place
        if low[place] in pack.first_person or low[place] in pack.negations:
            return -1
        if place and not code and len(low[place]) >= _SHORTEST and classes[place - 1] in (AUXILIARY, QUOTATIVE):
            return place
        led = code in _LED and place == 0 and classes[1:2] == [AUXILIARY]
        elided = not code and low[place] in pack.elisions  # «s-a plâns»
        if code not in _SMALL and not led and not elided:
            return -1
    return -1


def _is_name(words: list[str]) -> bool:
    """Whether a name is all that follows: «…, a attaqué Loïc Pernelle, …»."""
    return bool(words) and all(word[0].isupper() for word in words)
