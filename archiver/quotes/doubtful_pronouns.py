"""What makes a pronoun doubtful: whom it may mean beside the one chosen, and how far above they were named last."""

from __future__ import annotations

from bisect import bisect_left

from archiver.languages import BEFORE, OWNER, PERSON_PRONOUN, PREPOSITION, ROLE
from archiver.quotes.coreference import Coreference
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, Chunks, Mention
from archiver.quotes.patterns import sentence_around

_FAR, _AFAR = 2, 3  # paragraphs above a pronoun, from which on the last name there is far, very far
_NEAR = 40  # mentions before a pronoun that are looked at
_ARTICLES = "dyo"  # what stands between a preposition and its noun


def may_mean_another(chunks: Chunks, people: Coreference, person: int, pronoun: Mention) -> bool:
    """Whether somebody of the same gender is named beside the one chosen, or is newer, or the name is far above."""
    last = _told_last(chunks, people, person, pronoun)
    if last is None:
        return False
    far = pronoun.paragraph - last.paragraph >= _FAR
    if last.paragraph < pronoun.paragraph:  # «A neighbour was waiting. “…,” she says.»
        newer = _newcomer(chunks, people, person, last, pronoun)
        far = far or (newer is not None and newer.paragraph == pronoun.paragraph)
    return far or is_named_beside(chunks, people, person, last, pronoun.chunk)


def means_another(chunks: Chunks, people: Coreference, person: int, pronoun: Mention) -> bool:
    """Whether a pronoun means somebody else: the one chosen is behind a preposition, or far above somebody newer."""
    last = _told_last(chunks, people, person, pronoun)
    if last is not None and last.kind == NAME and _is_another_s(chunks, last, pronoun):
        return True
    if last is None or pronoun.paragraph - last.paragraph < _FAR:
        return False
    newer = _newcomer(chunks, people, person, last, pronoun)
    very_far = pronoun.paragraph - last.paragraph >= _AFAR
    return newer is not None and (very_far or newer.paragraph == pronoun.paragraph)


def _is_another_s(chunks: Chunks, last: Mention, pronoun: Mention) -> bool:
    """«Kepada Ruth dia menulis», «Paavo Hartin vaimo nauraa. Hän …»: behind a preposition there, or an owner."""
    codes, before = chunks.codes, last.chunk - 1
    if last.sentence == pronoun.sentence:
        led = codes[before : before + 1] == PREPOSITION and codes[last.chunk + 1] != OWNER
        return led and not any(code in ",:;" + QUOTE for code in codes[last.chunk : pronoun.chunk])
    if pronoun.gender or pronoun.sentence - last.sentence > 1:
        return False
    kin = chunks.pack.kin
    beside = last.chunk + 1 + (codes[last.chunk + 1] == OWNER)
    behind = codes[beside] == NOUN_PHRASE and not kin.isdisjoint(chunks.words(beside, beside + 1).lower().split())
    in_front = codes[before : before + 1] == ROLE and not kin.isdisjoint(
        chunks.words(before, before + 1).lower().split()
    )
    return behind or (in_front and not chunks.pack.articles)


def _told_last(chunks: Chunks, people: Coreference, person: int, pronoun: Mention) -> Mention | None:
    """The last mention before a pronoun that names a person, or a nearer pronoun that means them."""
    place = bisect_left(chunks.mentions, pronoun.chunk, key=_chunk_of)
    named = people.persons[person].mentions
    at = bisect_left(named, place) - 1
    first = named[at] if at >= 0 else -1
    for nearer in range(place - 1, max(first, place - _NEAR), -1):
        if chunks.mentions[nearer].kind == PERSON_PRONOUN and any(who == person for who, _ in people.who(nearer)):
            return chunks.mentions[nearer]
    return chunks.mentions[first] if first >= 0 else None


def _newcomer(chunks: Chunks, people: Coreference, person: int, last: Mention, pronoun: Mention) -> Mention | None:
    """«A neighbour sees it otherwise. “…,” she says»: somebody else who may be a subject, since the name."""
    end = bisect_left(chunks.mentions, pronoun.chunk, key=_chunk_of)
    for place in range(end - 1, max(-1, end - _NEAR), -1):
        noun = chunks.mentions[place]
        if noun.chunk <= last.chunk:
            return None
        if noun.kind != NOUN_PHRASE or not noun.role_noun or noun.is_organization or _is_led(chunks, noun):
            continue
        fits = not (noun.gender and pronoun.gender) or noun.gender == pronoun.gender
        if fits and not any(who == person or people.contradicts(who, pronoun) for who, _ in people.who(place)):
            return noun
    return None


def is_named_beside(chunks: Chunks, people: Coreference, person: int, last: Mention, at: int) -> bool:
    """«Mary met Ruth. “…,” she said»: whether another of that gender is in the sentence of the last name."""
    start, end = sentence_around(chunks.codes, last.chunk)
    gender = people.persons[person].gender
    for chunk in range(start, min(end, at)):
        if chunks.codes[chunk] != NAME:
            continue
        other = people.person_at[chunks.mention_at[chunk]]
        if other != person and gender and people.persons[other].gender == gender:
            return True
    return False


def _is_led(chunks: Chunks, noun: Mention) -> bool:
    """Whether a preposition leads to a noun."""
    first = noun.chunk - (chunks.codes[noun.chunk - 1 : noun.chunk] in tuple(_ARTICLES))
    return chunks.codes[first - 1 : first] in (PREPOSITION, BEFORE)


def _chunk_of(mention: Mention) -> int:
    return mention.chunk
