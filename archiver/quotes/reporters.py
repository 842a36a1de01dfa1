"""Who reports a sentence by its mood: «Die Lage sei „ernst“ und werde es bleiben, sagte X. Es gebe „kein Geld“.»

In languages with a mood for the words of others, which needs no verb of saying of its own.
"""

from __future__ import annotations

import re

from archiver.languages import AUXILIARY, BEFORE, OTHER_PRONOUN, PERSON_PRONOUN, SAY, TELL, TIME
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.patterns import LEADING, SAYING, SHORT_BRACKET, sentence_start

_BACK = 4  # sentences in which whoever reports is looked for
_WHO = rf"{LEADING}(?P<who>[{NAME}{NOUN_PHRASE}{PERSON_PRONOUN}])"
_BEHIND = re.compile(  # «…, sagte [X] am Abend.», «…, so [X].»
    rf"[,{QUOTE}][,!]?[{SAY}{TELL}{BEFORE}]{_WHO}(?:,[^$\n{QUOTE}{SAYING}]{{1,9}})?[^,$\n{QUOTE}{SAYING}{NAME}]{{0,7}}[{SENTENCE_END}\n]"
)
_REST = re.compile(rf"[^:;$\n{QUOTE}{SAYING}{BEFORE}{NAME}]{{1,24}}(?=,)")  # of the sentence, before who reports it
_FRONT = re.compile(  # «[X], Chef des Rats, sagte, …», «Laut [X] …», «Am Montag sagte [X], …»
    rf"(?:{TIME},?)?(?:{_WHO}{SHORT_BRACKET}?(?:,[^,$\n{QUOTE}{SAYING}]{{1,9}},)?{AUXILIARY}?[{SAY}{TELL}]"
    rf"|{BEFORE}{_WHO.replace('who', 'source')})"
)


def reporter(chunks: Chunks, start: int, end: int, at: int) -> int:
    """Whoever reports the sentence of the quotation at chunk `at`, behind it or in a sentence before; else -1."""
    if not chunks.pack.reported_mood:
        return -1
    rest = _REST.match(chunks.codes, at + 1, end)
    behind = _BEHIND.match(chunks.codes, rest.end(), end + 1) if rest else None
    if behind is not None:
        return _somebody(chunks, behind.start("who"))
    if any(code in SAYING + BEFORE for code in chunks.codes[start:at] + chunks.codes[at + 1 : end]):
        return -1
    return _before(chunks, start) if _is_in_mood(chunks, start, end) else -1


def _before(chunks: Chunks, start: int) -> int:
    """Who reports in the sentences before one that goes on in the mood, in the same paragraph."""
    for _ in range(_BACK):
        if chunks.codes[start - 1 : start] != SENTENCE_END:
            return -1
        end, start = start, sentence_start(chunks.codes, start - 1)
        if (behind := _BEHIND.search(chunks.codes, start, end)) is not None:
            return _somebody(chunks, behind.start("who"))
        if (front := _FRONT.match(chunks.codes, start, end)) is not None:
            return _somebody(chunks, front.start("who" if front["who"] else "source"))
        told = any(code in SAYING + BEFORE for code in chunks.codes[start:end])
        spoken = chunks.codes[start : end - 1].rstrip("!") == QUOTE
        if told or not (spoken or _is_in_mood(chunks, start, end)):
            return -1
    return -1


def _is_in_mood(chunks: Chunks, start: int, end: int) -> bool:
    """Whether a verb outside the marks has the form by which others are reported."""
    mood, verb = chunks.pack.reported_mood, chunks.words(start + 1, start + 2).lower().partition(" ")[0]
    if chunks.codes[start] in PERSON_PRONOUN + OTHER_PRONOUN and chunks.codes[start + 1] == WORD:
        return verb.endswith(chunks.pack.mood_endings) and not verb.endswith(chunks.pack.indicative_endings)
    return any(
        word in mood
        for chunk in range(start, end)
        if chunks.codes[chunk] in (AUXILIARY, WORD)
        for word in chunks.words(chunk, chunk + 1).lower().split()
    )


def _somebody(chunks: Chunks, chunk: int) -> int:
    """The mention at a chunk, if it may speak."""
    place = chunks.mention_at[chunk]
    mention = chunks.mentions[place]
    noun = mention.kind == NOUN_PHRASE and not (mention.role_noun or mention.is_organization)
    return -1 if noun or mention.gender == "p" else place
