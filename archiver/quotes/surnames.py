"""A surname alone that several people of an article have: what its own sentence tells about whom it means."""

from __future__ import annotations

from archiver.languages import DETERMINER, OBJECT_PRONOUN, PERSON_PRONOUN, POSSESSIVE, ROLE
from archiver.quotes.model import NAME, NOUN_PHRASE, PARAGRAPH_END, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.patterns import SAYING

_OWN = POSSESSIVE + OBJECT_PRONOUN + PERSON_PRONOUN + NOUN_PHRASE  # «her seat» is one of the last
_ENDS = SENTENCE_END + PARAGRAPH_END + QUOTE + NAME
_BETWEEN = DETERMINER + POSSESSIVE + OBJECT_PRONOUN + ROLE + NOUN_PHRASE + WORD + ","
_BESIDE = 3  # chunks from a noun for a relative to the name
_FAR = 24  # chunks to a pronoun behind a name
_ACTS = SAYING + "xw,"  # what may follow a subject


def gender_behind(chunks: Chunks, mention: Mention) -> str:
    """The gender of the first pronoun after a name in its sentence, nobody else named between: «Holm lost her seat»."""
    for chunk in range(mention.chunk + 1, min(mention.chunk + _FAR, len(chunks.codes))):
        code = chunks.codes[chunk]
        if code in _ENDS:
            return ""
        if code in _OWN:
            word = (chunks.words(chunk, chunk + 1).lower().split() or [""])[0]
            gender = chunks.pack.genders.get(word, "")
            if gender in ("m", "f") and chunks.pack.lexicon.get(word, "") in tuple(_OWN):
                return gender
    return ""


def acts(chunks: Chunks, mention: Mention) -> bool:
    """Whether a name is the subject of a verb, as far as its neighbours tell."""
    codes, at = chunks.codes, mention.chunk
    return codes[at + 1] in _ACTS or codes[at - 1 : at] in tuple(SAYING)


def is_relative(chunks: Chunks, mention: Mention) -> bool:
    """«su sobrina Mirta Valdés», «nepotul său, Tudor Dobre»: a relative, whom the surname alone seldom means later."""
    first = mention.chunk
    while first > 0 and mention.chunk - first < _BESIDE and chunks.codes[first - 1] in _BETWEEN:
        first -= 1
    words = chunks.words(first, mention.chunk + 1).lower().replace(",", " ").split()
    return not chunks.pack.kin.isdisjoint(words)
