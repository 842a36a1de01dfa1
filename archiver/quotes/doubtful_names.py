"""What makes a name itself doubtful: that it may be no name, a part of one, or that of a complement."""

from __future__ import annotations

from archiver.languages import (
    BEFORE,
    CONJUNCTION,
    DETERMINER,
    PREPOSITION,
    ROLE,
)
from archiver.quotes.caseless import begins_with_family_name
from archiver.quotes.cases import bare, first_name_stems
from archiver.quotes.model import NAME, NOUN_PHRASE, WORD, Chunks, Mention
from archiver.quotes.patterns import SAYING
from archiver.quotes.portraits import Person
from archiver.quotes.sources import belongs_to_noun
from archiver.quotes.speakers import Choice

_SHORT_NAME = 2  # signs of a Chinese name that cannot hold one more
_ROLES = 3  # chunks between «according to» and a name
_FULL = 2  # words of a name in full
_LONG = 4  # words of a name, at least, that may have a place before it, where no articles tell


def is_whose_noun_it_is(chunks: Chunks, choice: Choice, name: str) -> bool:
    """«Krytycy Górskiej mówią»: whether the name chosen, or the one right behind the noun chosen, is its complement."""
    mention = chunks.mentions[choice.place]
    beside = chunks.mention_at[mention.chunk + 1] if mention.kind == NOUN_PHRASE else choice.place
    named = beside >= 0 and chunks.mentions[beside].kind == NAME
    return named and belongs_to_noun(chunks, beside, name)


def may_be_no_name(chunks: Chunks, who: Person) -> bool:
    """Whether a name may be a place in the genitive, a capital alone, or hold a word that opens its sentence."""
    if chunks.pack.nominatives and not (who.called or who.speaks or who.is_organization):
        return True
    if _is_only_governed(chunks, who):
        return True
    unknown = not (who.full or who.is_organization)  # of nobody whom the article names in full
    return chunks.pack.case != "none" and (unknown or who.opened)  # perhaps «Afterwards Holm» or «Seppä Kuusinen»


def _is_only_governed(chunks: Chunks, who: Person) -> bool:
    """«Podle starosty Oty Brdičky»: an unknown first name that only «according to» leads to, so in a case for good."""
    if not chunks.pack.nominatives or who.called or who.is_organization:
        return False
    named = [chunks.mentions[place] for place in who.mentions if len(chunks.mentions[place].name) > 1]
    turned = any(" ".join(name.name) != who.name for name in named)
    fronts = (chunks.codes[max(0, name.chunk - _ROLES) : name.chunk] for name in named)
    governed = all(front.rstrip(ROLE + WORD + NOUN_PHRASE).endswith(BEFORE) for front in fronts)
    return bool(named) and governed and not turned


def may_be_one_of_two(chunks: Chunks, mention: Mention) -> bool:
    """Whether, without case, «and» and an unknown word that may be a name are before a name."""
    before = chunks.codes[max(0, mention.chunk - 2) : mention.chunk]
    return chunks.pack.case == "none" and mention.kind == NAME and before == WORD + CONJUNCTION


def is_only_led_to(chunks: Chunks, who: Person) -> bool:
    """«Zapytana o Jana Nowaka, odpowiedziała»: in a language with cases, somebody who is never a subject."""
    named = [chunks.mentions[place].chunk for place in who.mentions]
    return bool(chunks.pack.nominatives) and all(chunks.codes[chunk - 1 : chunk] == PREPOSITION for chunk in named)


def is_office(chunks: Chunks, mention: Mention) -> bool:
    """«석종대 솔뫼고 감독은», «문경호 은성지법 부장판사는»: a name between a name and a role may be a place of work."""
    before = mention.chunk - 1
    if chunks.pack.case != "none" or mention.kind != NAME or before < 0:
        return False
    named = chunks.codes[before] in ROLE + WORD and begins_with_family_name(
        chunks.words(before, before + 1), chunks.pack
    )
    return chunks.codes[before] == NAME or (
        named and chunks.pack.spaces and chunks.codes[mention.chunk + 1] == NOUN_PHRASE
    )


def may_be_owner(chunks: Chunks, mention: Mention) -> bool:
    """«Pengacara Budi Santoso», «der Anwalt Anna Vogts»: the lawyer of that name or somebody's, where no form tells."""
    pack, before = chunks.pack, mention.chunk - 1
    if mention.kind != NAME or before < 0 or len(mention.name) < _FULL:
        return False
    if pack.case == "nouns":
        noun = (chunks.words(before, before + 1).lower().split() or [""])[-1]
        return noun in pack.representatives and mention.name[-1].endswith("s")
    if pack.case != "names" or pack.endings or pack.articles:
        return False
    role = chunks.words(before, before + 1).lower()
    return chunks.codes[before] == ROLE and (role in pack.representatives or role in pack.kin)


def is_asked_by_somebody(chunks: Chunks, mention: Mention) -> bool:
    """«fragte ein Reporter X», «ρώτησε ένας δημοσιογράφος τον X»: a reporter nobody knows asks whom the name means."""
    codes, at = chunks.codes, mention.chunk - 1
    if chunks.pack.case == "none" or codes[at] not in ROLE + DETERMINER + NOUN_PHRASE:
        return False
    role = at - (codes[at] == DETERMINER)
    words = chunks.words(role, role + 1).lower().split()
    alone = len(words) > 1 or codes[role - 1 : role] == DETERMINER  # «ein Reporter», not «Reporter X»
    verb = role - 1 - (codes[role - 1 : role] == DETERMINER)
    asks = bool(words) and verb >= 0 and codes[verb] in SAYING and words[-1] in chunks.pack.askers
    article = words[0] if len(words) > 1 else chunks.words(max(0, role - 1), role).lower()
    return asks and alone and article not in chunks.pack.definite


def may_be_longer(chunks: Chunks, who: Person) -> bool:
    """«高平打(算)»: without blanks and particles, a name that always has an unknown word right behind it."""
    pack = chunks.pack
    if pack.spaces or pack.subject or pack.case != "none" or who.is_organization:
        return False
    behind = [chunks.mentions[place] for place in who.mentions]
    return (
        all(chunks.codes[one.chunk + 1] == WORD and chunks.starts[one.chunk + 1] == one.end for one in behind)
        and len(who.name) > _SHORT_NAME
    )


def is_odd(chunks: Chunks, name: str) -> bool:
    """Whether a name may hold other words: without case and particles no family name begins it, or it is very long."""
    pack = chunks.pack
    if pack.case == "none":
        return not pack.subject and not begins_with_family_name(name, pack)  # no particle shows where a name ends
    words = name.split()
    declined = words[0].lower() not in pack.first_names and bare(words[0].lower(), pack.endings) in first_name_stems(
        pack
    )
    if len(words) >= _LONG:
        return bool(pack.nominatives) or not pack.articles  # the place of an office: «Kepala Dinas Teluk Biru Ida Holm»
    return bool(pack.nominatives) and len(words) > 1 and declined  # «zanima Martinu Šarić»
