"""What makes a subject doubtful that the sentence of a quotation leaves out, or has beside the one chosen."""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    CONJUNCTION,
    DETERMINER,
    NOUN_CUE,
    PERSON_PRONOUN,
    PREPOSITION,
)
from archiver.quotes.cases import SLAVIC_ADVERBS
from archiver.quotes.coreference import Coreference
from archiver.quotes.doubtful_pronouns import is_named_beside
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.patterns import SAYING, SHOUTED_AT, sentence_around, sentence_start
from archiver.quotes.speakers import Choice

_NOUN = 4  # letters of a noun
_ROLES = 3  # chunks between «according to» and a name
_TOLD_BY_WORD = re.compile(f"[,!-]?{AUXILIARY}?[{SAYING}]{WORD}")  # «“…” – przekazał [mecenas] reprezentujący»
_SAYS_IN_NEXT = re.compile(  # «(Quando X) garantia que havia dinheiro, respondeu: (“…”)»
    f"[{SAYING}{AUXILIARY}{WORD}][^:;{NAME}{QUOTE}]{{0,10}},{PERSON_PRONOUN}?{AUXILIARY}?[{SAYING}]:"
)
_SECOND_VERB = re.compile(f",?[^,:]{{0,9}},?{CONJUNCTION}{AUXILIARY}?[{SAYING}]")
_VERB_ALONE = re.compile(f",{AUXILIARY}?[{SAYING}][^{NAME}{NOUN_PHRASE}{PERSON_PRONOUN}{QUOTE}]{{0,3}}")


def has_subject_of_its_own(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«…, says Holm. The girl recalls: “…”»: no subject is left out there, so it stands before the colon."""
    codes = chunks.codes
    if chunks.pack.dropped or chunks.pack.case == "none" or codes[at - 1 : at] != ":":
        return False
    first = max(codes.rfind(end, 0, at) for end in SENTENCE_END + "\n" + QUOTE) + 1
    if not choice.again and chunks.mentions[choice.place].chunk >= first:
        return False
    words = codes[first : at - 1]
    if codes[first - 1 : first] == QUOTE and _SECOND_VERB.match(words):
        return False  # «X calls it “a toy” and declared in March: “…”»
    return len(words) > 1 and all(chunks.mention_at[chunk] < 0 for chunk in range(first, at))


def has_marked_subject(chunks: Chunks, people: Coreference, choice: Choice, at: int) -> bool:
    """«X said so. 김 전 총리도 “…”고 했다»: a noun with the particle of a subject, and it means somebody else."""
    codes, start = chunks.codes, sentence_start(chunks.codes, at)
    if chunks.pack.case != "none" or not (choice.again or chunks.mentions[choice.place].chunk < start):
        return False
    for chunk in range(start, at - 1):
        place = chunks.mention_at[chunk]
        marked = codes[chunk] == NOUN_PHRASE and codes[chunk + 1] in SAYING
        marked = marked and chunks.starts[chunk + 1] == chunks.ends[chunk + 1]  # its verb was put there
        if marked and all(who != choice.person for who, _ in people.who(place)):
            return True
    return False


def is_found_in(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«X opened the door. On a note stood: “…”»: only a preposition and its noun are before the colon."""
    codes, first = chunks.codes, sentence_start(chunks.codes, at)
    if chunks.pack.dropped or chunks.pack.case == "none" or codes[at - 1 : at] != ":" or codes[first] != PREPOSITION:
        return False
    apart = choice.again or chunks.mentions[choice.place].chunk < first
    nobody = not any(code in NAME + PERSON_PRONOUN + QUOTE for code in codes[first:at])
    return apart and nobody and _led_alone(chunks, first, at)


def _led_alone(chunks: Chunks, first: int, at: int) -> bool:
    """Whether prepositions lead to all nouns of a stretch."""
    nouns = (chunk for chunk in range(first, at) if chunks.codes[chunk] == NOUN_PHRASE)
    return all(PREPOSITION in chunks.codes[max(first, chunk - 2) : chunk] for chunk in nouns)


def is_left_out_of_two(chunks: Chunks, people: Coreference, choice: Choice, at: int) -> bool:
    """«María se encontró con Rut. “…”, dijo»: no subject, and two of one gender in the sentence before."""
    mention = chunks.mentions[choice.place]
    if choice.again or mention.kind != NAME or not chunks.pack.dropped or mention.sentence >= chunks.sentence_of[at]:
        return False
    return mention.chunk < at and is_named_beside(chunks, people, choice.person, mention, at)


def may_have_subject_of_its_own(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«Na to se tenor nasmiješio: “…”», «– przekazał mecenas, który …»: an unknown noun may be who speaks.

    Where subjects may be left out, and nouns need no article, an unknown word may be one.
    """
    codes, pack = chunks.codes, chunks.pack
    if not pack.dropped or pack.articles or pack.case == "none":
        return False
    mention = chunks.mentions[choice.place]
    if codes[at - 1 : at] == ":" and codes[at + 1] in SENTENCE_END + "\n!":
        first = max(codes.rfind(end, 0, at) for end in SENTENCE_END + "\n" + QUOTE) + 1
        apart = choice.again or mention.chunk < first
        unknown = any(_may_be_noun(chunks, chunk) for chunk in range(first, at - 1))
        return apart and unknown and NOUN_CUE not in codes[first:at]
    told = _TOLD_BY_WORD.match(codes, at + 1)
    apart = choice.again or mention.chunk < at or mention.sentence != chunks.sentence_of[at]
    return told is not None and apart and _may_be_noun(chunks, told.end() - 1)


def _may_be_noun(chunks: Chunks, chunk: int) -> bool:
    """Whether unknown words may be a noun that is a subject: no preposition leads to them, and they are no adverbs."""
    codes, pack = chunks.codes, chunks.pack
    if codes[chunk] != WORD or PREPOSITION in codes[max(0, chunk - 1 - (codes[chunk - 1] in DETERMINER)) : chunk]:
        return False
    words = chunks.words(chunk, chunk + 1).lower().split()
    return any(len(word) >= _NOUN and not word.endswith((*pack.adverbs, *SLAVIC_ADVERBS)) for word in words)


def is_of_clause_before(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«Quando X garantia que havia dinheiro, respondeu: “…”»: whoever answers is left out, and may be another."""
    mention = chunks.mentions[choice.place]
    if choice.again or not chunks.pack.dropped or mention.kind != NAME or mention.chunk > at:
        return False
    start = sentence_start(chunks.codes, at)
    led = chunks.codes[start] == CONJUNCTION and NAME not in chunks.codes[start : mention.chunk]
    return led and _SAYS_IN_NEXT.fullmatch(chunks.codes, mention.chunk + 1, at) is not None


def is_noun_before(chunks: Chunks, people: Coreference, choice: Choice, at: int) -> bool:
    """«The X holds the cake. “…,” explains.»: a subject that is left out may be the noun of the sentence before.

    So it is where the paragraph names nobody before.
    """
    mention, codes = chunks.mentions[choice.place], chunks.codes
    left_out = mention.kind == PERSON_PRONOUN and chunks.starts[mention.chunk] == chunks.ends[mention.chunk]
    if choice.again or not left_out or codes[at - 1 : at] != SENTENCE_END:
        return False
    start = sentence_start(codes, at - 1)
    noun = chunks.mentions[chunks.mention_at[start]] if codes[start] == NOUN_PHRASE else None
    if noun is None or noun.is_organization or any(code in NAME + PERSON_PRONOUN + QUOTE for code in codes[start:at]):
        return False
    first = chunks.line_end[mention.paragraph - 1] if mention.paragraph else -1
    named = (chunks.mentions[place].chunk for place in people.persons[choice.person].mentions)
    return not any(first < chunk < at for chunk in named)


def is_topic(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«Preguntada por Juan Pérez, respondió: “…”»: whom a preposition leads to is no subject that is left out."""
    chunk = chunks.mentions[choice.place].chunk
    if choice.again or not chunks.pack.dropped or chunk < 1 or chunk > at:
        return False
    before = chunks.codes[max(0, chunk - 2) : chunk]
    led = before[-1] == PREPOSITION or (before[-1] == BEFORE and before[0] in SAYING)
    return led and _VERB_ALONE.fullmatch(chunks.codes, chunk + 1, at) is not None


def tells_of_another(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«Según Ana Paz, le gritó “…”»: what somebody tells that a person said who is left out."""
    chunk = chunks.mentions[choice.place].chunk
    start = sentence_around(chunks.codes, at)[0]
    if choice.again or not chunks.pack.dropped or not start <= chunk < at:
        return False
    words = chunks.words(max(start, chunk - _ROLES), chunk).lower().split()
    led = any(chunks.pack.lexicon.get(word) == BEFORE for word in words)
    return led and SHOUTED_AT.fullmatch(chunks.codes, chunk + 1, at) is not None
