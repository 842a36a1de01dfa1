"""Who wrote what is quoted, where no words of its own sentence tell: «X published a statement. “…,” it read»."""

from __future__ import annotations

import re

from archiver.languages import (
    BODY,
    DETERMINER,
    FIRST_PRONOUN,
    NOUN_CUE,
    PERSON_PRONOUN,
    PREPOSITION,
    ROLE,
    TITLE,
)
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, Chunks, Mention
from archiver.quotes.patterns import sentence_around, sentence_start

_SUBJECT = re.compile(  # «The firm [X]», «One of them, old [X],», «The [council]»
    rf"[{DETERMINER}{ROLE}{BODY}{TITLE}]{{0,3}}(?:{NOUN_PHRASE}{{1,2}}(?:,[^,$\n]{{0,4}})?(?={NAME}))?(?P<who>[{NAME}{NOUN_PHRASE}{PERSON_PRONOUN}])"
)


def author_before(chunks: Chunks, at: int) -> int:
    """The subject of the sentence before the quotation at chunk `at`, if it tells of something written; else -1."""
    codes = chunks.codes
    start, end = sentence_around(codes, at)
    if start < 2 or codes[start - 1] != SENTENCE_END or codes.count(QUOTE, start, end) > 1:
        return -1
    first = sentence_start(codes, start - 1)
    if QUOTE in codes[first:start] or not _is_written(chunks, start, end):
        return -1
    subject = _SUBJECT.match(codes, first, start)
    if subject is None or codes[subject.end() : subject.end() + 1] in ("s", "&", NAME):
        return -1
    told = any(_is_document(chunks, chunk) for chunk in range(subject.end(), start))
    return chunks.mention_at[subject.start("who")] if told and not _is_document(chunks, subject.start("who")) else -1


def _is_written(chunks: Chunks, start: int, end: int) -> bool:
    """Whether nobody is in a sentence who could say what it quotes, but what was written."""
    for chunk in range(start, end):
        place = chunks.mention_at[chunk]
        if place < 0 or _is_document(chunks, chunk):
            continue
        mention = chunks.mentions[place]
        led = chunks.codes[chunk - 1 : chunk] == PREPOSITION
        if mention.kind == NAME or (mention.kind == NOUN_PHRASE and not led) or mention.kind == FIRST_PRONOUN:
            return False
        if mention.kind == PERSON_PRONOUN and mention.gender in ("m", "f") and _is_printed(chunks, mention):
            return False
    return True


def _is_printed(chunks: Chunks, mention: Mention) -> bool:
    """Whether a pronoun stands there, and is not only told by its verb."""
    return chunks.pack.lexicon.get(chunks.text[mention.start : mention.end].lower()) == PERSON_PRONOUN


def _is_document(chunks: Chunks, chunk: int) -> bool:
    """Whether a chunk is a noun for what somebody says or writes."""
    if chunks.codes[chunk] == NOUN_CUE:
        return True
    place = chunks.mention_at[chunk]
    return place >= 0 and chunks.pack.lexicon.get(chunks.mentions[place].head) == NOUN_CUE
