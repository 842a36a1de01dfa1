"""The names of bodies that go on in small letters: «Министерство обороны края», «Okresní soud v Mlýnicích»."""

from __future__ import annotations

from archiver.languages import AUXILIARY, BODY, CONJUNCTION, DETERMINER, NOUN_CUE, PREPOSITION, ROLE, Pack
from archiver.quotes.model import CAPITALIZED, QUOTE, SENTENCE_END, WORD
from archiver.quotes.patterns import SAYING
from archiver.quotes.tokens import Token

_LED = 2  # words between the capital that opens such a name and its noun
_LONGEST = 6  # words behind the noun
_ADJECTIVE = "nen"  # the end of a Finnish adjective
_ACTS = (*SAYING, AUXILIARY)
_ENDS = ("$", ",", ":")
_BEHIND = (PREPOSITION, *SAYING, AUXILIARY)
_LINKS = (
    PREPOSITION,
    DETERMINER,
    CONJUNCTION,
)  # what leads to another word of such a name, if it is among its connectors
_LOW = (WORD, NOUN_CUE, ROLE, BODY, *_LINKS)
_ENDS_LOW = (*_ACTS, *_LINKS, SENTENCE_END, ",", ":", "(", QUOTE)
_NOUNS = (WORD, NOUN_CUE, ROLE, BODY)


def body_end(found: list[Token], at: int, pack: Pack, *, opens: bool, told: bool) -> int:
    """Behind the name of a body that begins at a token and is the subject of a verb of saying; 0 without one.

    `opens` tells that the token opens its sentence, so that its capital may be that of any word; `told` that the verb
    is before it: «…», сообщила Федерация шахмат края.
    """
    if not found[at].capital:
        return 0
    noun = _noun(found, at) if pack.body_complements or pack.body_owners else -1
    if noun < 0:
        return 0
    if pack.body_owners:
        return noun + 1 if noun == at + 1 and not opens and is_owner(found[at].low, pack) else 0
    past = noun + 1
    while past < len(found) and past - noun <= _LONGEST and (step := _complement(found, past, pack)):
        past += step
    if any(token.capital and token.low in pack.first_names for token in found[at:past]):
        return 0  # «Худрук театра Вадим Левантович»
    alone = past == noun + 1
    if alone and (opens or noun == at):
        return 0
    named = noun == at or not opens or found[past - 1].capital  # «Místní soud» is any court
    ends = (*_ACTS, *_ENDS) if told else _ACTS
    if not named or past >= len(found):
        return 0
    publishes = found[past].code == WORD and past + 1 < len(found) and found[past + 1].code == NOUN_CUE
    return past if found[past].code in ends or publishes else 0  # «Ministerstvo zahraničí vydalo prohlášení»


def low_end(found: list[Token], at: int, pack: Pack, *, told: bool) -> int:
    """Behind the small letters that complete a noun for a body: «(le Syndicat) national unitaire des traminots».

    `told` says that the verb of saying is before the noun; else it has to follow, so that no word between is a verb.
    """
    past = at
    while (
        past < len(found) and past - at < _LONGEST and (found[past].code in _LOW or found[past].low in pack.connectors)
    ):
        linked = found[past].low in pack.connectors
        if _is_participle(found, past, pack):
            return at
        if not linked and (found[past].code in _LINKS or found[past].capital):
            break
        past += 1
    while past > at and (found[past - 1].code in _LINKS or found[past - 1].low in pack.connectors):
        past -= 1
    behind = found[past].code if past < len(found) else SENTENCE_END
    adverb = bool(pack.adverbs) and any(token.low.endswith(pack.adverbs) for token in found[at:past])
    return past if past > at and not adverb and behind in (_ENDS_LOW if told else _ACTS) else at


def _is_participle(found: list[Token], at: int, pack: Pack) -> bool:
    """«Udruga Galeb (poslala je) pismo»: whether a word with the ending of a verb is before its auxiliary."""
    behind = found[at + 1 : at + 2]
    verb = found[at].code == WORD and pack.gender_of_verb(found[at].low) != ""
    return verb and behind != [] and behind[0].code == AUXILIARY


def is_owner(low: str, pack: Pack) -> bool:
    """«Helsingin (yliopisto)»: whether a word has the ending of a place that owns a body, and is no adjective."""
    return low.endswith(pack.body_owners) and not low.endswith(_ADJECTIVE)


def _noun(found: list[Token], at: int) -> int:
    """The noun for a body with which a name begins, or to which its first words lead; -1 without one."""
    for place in range(at, min(at + 1 + _LED, len(found))):
        token = found[place]
        if token.code == BODY:
            return place
        if token.code not in (CAPITALIZED, WORD) or (place > at and token.capital):
            return -1
    return -1


def _complement(found: list[Token], at: int, pack: Pack) -> int:
    """How many words from here complete the name: a noun in the genitive, a capital, «v Mlýnicích», «za vinarstvo»."""
    token = found[at]
    if _is_participle(found, at, pack):
        return 0
    if token.code == PREPOSITION and token.low in pack.connectors and at + 1 < len(found):
        behind = found[at + 1]
        named = behind.capital and behind.code in (CAPITALIZED, WORD, BODY)
        led = behind.code == WORD and found[at + 2 : at + 3] != [] and found[at + 2].code in _BEHIND
        return 2 if named or led else 0
    if token.capital and token.code in (CAPITALIZED, BODY, ROLE, WORD):
        return 1
    if token.code not in _NOUNS:
        return 0
    led = at + 1 < len(found) and found[at + 1].capital and found[at + 1].code == CAPITALIZED  # «Лига шахмат Ярска»
    return int(token.low.endswith(pack.body_complements) or (led and found[at - 1].code == BODY))
