"""Words in marks that are a name, a term or what a word means, whoever speaks beside them: by how they are built in."""

from __future__ import annotations

import re
from itertools import pairwise

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    DETERMINER,
    FUNCTION,
    NOUN_CUE,
    OTHER_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    SAY,
    TELL,
)
from archiver.quotes.bearers import words_before
from archiver.quotes.features import QuoteContext
from archiver.quotes.model import CAPITALIZED, NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.patterns import SAYING, SPOKEN_BESIDE, WORDS
from archiver.quotes.ranking import ENGLISH

_BRACKETED = re.compile(rf"\([{WORD}{CAPITALIZED}{FUNCTION}{OTHER_PRONOUN}{NOUN_PHRASE}]{{0,3}}[,:{PREPOSITION}]?\Z")
_TRANSLATED = re.compile(f"[{AUXILIARY}(][{NAME}{CAPITALIZED}]{PREPOSITION}\\Z")  # «which is Latin for “whiteness”»
_HEARD = re.compile(  # «“…”, sagte X dem Portal („sport.de“)», marks behind a noun that has its article
    rf"{QUOTE}[,!-]{{0,2}}[{SAYING}][^$,:\n{QUOTE}]{{1,4}}(?:{DETERMINER}[{WORD}{NOUN_PHRASE}]|{NOUN_PHRASE})\Z"
)
_SPOKEN = re.compile(f"[{SAYING}{BEFORE}{NOUN_CUE}]")
_UTTERED = "!?…！？。"
_TITLE, _NAME, _GLOSS = 12, 3, 4  # words of a title, of the name of a medium, of what a word means
_WORK = 4  # words before a comma among which a noun for a work is
_ALONE = 2  # words of a term
_LIKELY = 0.8  # how likely such words were said, where they are taken for somebody's


def is_named_here(chunks: Chunks, context: QuoteContext) -> bool:
    """Whether the words are a name, or only mean something: no verb of saying beside them makes them speech."""
    before = words_before(chunks, chunks.marked[context.quote].outer_start)
    return (
        _is_titled(chunks, context, before)
        or _is_apposed_work(chunks, context, before)
        or _is_bracketed(chunks, context)
        or _is_gloss(chunks, context, before)
        or _is_listener(chunks, context, before)
    )


def _is_titled(chunks: Chunks, context: QuoteContext, before: list[str]) -> bool:
    """«a study by X titled “How we sleep” says that», «intitulé « … »»: a participle of naming, then a capital."""
    pack, words = chunks.pack, context.words
    if not before or before[-1] not in pack.scare or pack.case == "none":
        return False
    few = len(WORDS.findall(words)) <= _TITLE and words[0].isupper()
    apart = chunks.codes[context.at - 1 : context.at] in tuple(",:;-")
    return few and not apart and pack.lexicon.get(before[-1]) not in (SAY, TELL)


def _is_apposed_work(chunks: Chunks, context: QuoteContext, before: list[str]) -> bool:
    """«Il suo spettacolo più celebre, «Il re», fu replicato»: a noun for a work, a comma, a title."""
    pack, words, codes, at = chunks.pack, context.words, chunks.codes, context.at
    if codes[at - 1 : at] != "," or pack.case == "none" or not words[0].isupper() or words[-1] in _UTTERED:
        return False
    near = before[-_WORK:]
    led = any(
        word in pack.works_nouns and pack.lexicon.get(leading) in (DETERMINER, POSSESSIVE)
        for leading, word in pairwise(near)
    )
    return led and len(WORDS.findall(words)) <= _TITLE and codes[at + 1] in f",({SENTENCE_END}\n{PREPOSITION}"


def _is_bracketed(chunks: Chunks, context: QuoteContext) -> bool:
    """«(see “How we sleep”)», «(literally “white water”)»: all that a bracket has beside a word or two."""
    codes, at, mark = chunks.codes, context.at, chunks.marked[context.quote]
    found = _BRACKETED.search(codes, context.start, at) if codes[at + 1] == ")" else None
    return found is not None and any(map(str.isalpha, chunks.text[chunks.ends[found.start()] : mark.outer_start]))


def _is_gloss(chunks: Chunks, context: QuoteContext, before: list[str]) -> bool:
    """«is Latin for “whiteness”», «la parola significa «acqua bianca»»: what a word of another language means."""
    pack, few = chunks.pack, len(WORDS.findall(context.words)) <= _GLOSS
    if not few or context.words[-1] in _UTTERED:
        return False
    if pack.case == "names" and _TRANSLATED.search(chunks.codes, max(0, context.at - 3), context.at):
        return True
    if not any(word in pack.meaning for word in before[-2:]) or SPOKEN_BESIDE.match(chunks.codes, context.at + 1):
        return False
    before_it = chunks.codes[context.start : context.at].rstrip(DETERMINER)[:-1]  # without the verb of meaning
    return not any(code in SAYING + BEFORE for code in before_it)


def _is_listener(chunks: Chunks, context: QuoteContext, before: list[str]) -> bool:
    """«“…”, sagte X dem Portal „sport.de“», «gegenüber „Wafa“»: to whom it was told."""
    pack, words = chunks.pack, context.words
    if pack.case != "nouns" or len(WORDS.findall(words)) > _NAME or words[-1] in "," + _UTTERED:
        return False
    name = words[0].isupper() or "." in words
    if before and before[-1] in pack.listeners:
        return name
    return name and _HEARD.search(chunks.codes, context.start, context.at) is not None


def is_plain_word(chunks: Chunks, context: QuoteContext, likely: float) -> bool:
    """«theirs “flew” over the lake»: a word or two within a sentence in which nobody says a thing.

    The model of English learned from a corpus of politics, where such words are slogans that somebody said.
    """
    codes, at = chunks.codes, context.at
    inside = codes[at - 1 : at] not in tuple("\n$:,-Q!(") and codes[at + 1] not in tuple(",:-!")
    few = len(WORDS.findall(context.words)) <= _ALONE and context.words[-1] not in _UTTERED
    if chunks.pack.code != ENGLISH or likely >= _LIKELY or not (inside and few) or context.paragraph == 0:
        return False
    return _SPOKEN.search(codes, context.start, context.end) is None
