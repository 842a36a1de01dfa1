"""Whether words in marks were said, whoever it was: by how they stand in their sentence."""

from __future__ import annotations

import re

from archiver.languages import CALL, NOUN_CUE, PERSON_PRONOUN, PREPOSITION, QUOTATIVE, SAY
from archiver.quotes.bearers import is_behind_kicker, is_borne, words_before
from archiver.quotes.features import QuoteContext
from archiver.quotes.grammar import words_of_class
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, WORD, Chunks
from archiver.quotes.patterns import SAYING, SOURCE, WORDS
from archiver.quotes.works import UTTERED

_CALLS = re.compile(
    rf"[{SOURCE}][^:;$\n{QUOTE}]{{0,6}}{CALL}[^,:;$\n{QUOTE}{SOURCE}]{{0,2}}(?:{NOUN_PHRASE}{PREPOSITION}?){{0,2}}{WORD}?\Z"
)
_TOLD_ALONE = re.compile(f",?{SAY}[{NAME}{NOUN_PHRASE}{PERSON_PRONOUN}][$\n]")
_ENDS = re.compile(r"\s*(?:[.,;:!?…\n]|\Z)")  # what is behind a verb that closes its clause
_WORDS = 3  # of a sentence behind a colon, at least
_LONG_WORD = 4  # letters of a word that has a capital in a headline; such words in one
_SIGNS_OF_SPEECH = 6  # in a headline, at least
_SENTENCE = 5  # code points of a sentence, at least, where its end does not show a verb


def is_told_right_behind(chunks: Chunks, context: QuoteContext) -> bool:
    """«… “…” dedi», «… “…” olarak niteledi»: where verbs are last, one of saying has the marks for its object."""
    pack, end = chunks.pack, chunks.marked[context.quote].outer_end
    if not (pack.verb_final and pack.spaces and pack.case == "names"):
        return False
    before = words_before(chunks, chunks.marked[context.quote].outer_start)
    stated = before[-1:] != [] and pack.lexicon.get(before[-1]) == NOUN_CUE  # «yazılı açıklamasında “…” dedi»
    if not stated and is_borne(chunks, context, before):
        return False  # «kartonda “…” yazıyor»
    for chunk in range(context.start, context.at):
        start = chunks.starts[chunk]
        printed, past = chunks.moved.get(start, (-1, -1)) if chunks.codes[chunk] in SAYING else (-1, -1)
        if printed < end or start < chunks.ends[chunk] or not _ENDS.match(chunks.text, past):
            continue
        between = chunks.text[end:printed].lower().split()
        return not between or (len(between) == 1 and pack.lexicon.get(between[0]) in (QUOTATIVE, PREPOSITION))
    return False


def stands_alone(chunks: Chunks, context: QuoteContext) -> bool:
    """Whether the marks contain a whole sentence of the body: a title or a term is part of somebody's sentence."""
    codes, at = chunks.codes, context.at
    alone = codes[at - 1 : at] in ("\n", "$", QUOTE) and codes[at + 1] in "$\n" + QUOTE
    clause = len(context.words) >= _SENTENCE or context.words.endswith(chunks.pack.finite)
    return alone and context.paragraph > 0 and clause and not is_behind_kicker(chunks, context)


def is_called(chunks: Chunks, context: QuoteContext) -> bool:
    """«X calls the archive of the museum “a junk room”»: a verb of calling has a subject."""
    if context.words[:1].upper() == context.words[:1] and chunks.pack.case != "none":
        return False
    before = _CALLS.search(chunks.codes, context.start, context.at)
    return before is not None and context.paragraph > 0


def is_announced(chunks: Chunks, context: QuoteContext) -> bool:
    """«X tried to calm them: “All is under control.”»: a sentence in marks that ends the one with the colon."""
    codes, at = chunks.codes, context.at
    ends = codes[at - 1 : at] == ":" and codes[at + 1] in "$\n!" and context.paragraph > 0
    named = any(code in codes[context.start : at] for code in (NAME, PERSON_PRONOUN))
    return ends and named and context.words[0].isupper() and context.words.count(" ") >= _WORDS - 1


def is_told_alone(chunks: Chunks, context: QuoteContext) -> bool:
    """«“No remorse”, said the judge.»: nothing but a verb of saying and its subject is behind the marks."""
    codes, at = chunks.codes, context.at
    return codes[at - 1 : at] in ("\n", "$") and context.paragraph > 0 and _TOLD_ALONE.match(codes, at + 1) is not None


def is_in_reported_mood(chunks: Chunks, context: QuoteContext) -> bool:
    """«Sie schaffe „endlich Sicherheit“»: the verb of the clause that the marks are in tells that somebody said so."""
    codes, at, pack = chunks.codes, context.at, chunks.pack
    if not pack.mood_endings:
        return False
    first = max(context.start, codes.rfind(",", 0, at) + 1)
    if codes[first : first + 1] not in ("i", "k", "X", "O") or codes[first + 1 : first + 2] not in ("w", "x"):
        return False
    verb = chunks.text[chunks.starts[first + 1] : chunks.ends[first + 1]].lower().split()[0]
    told = verb.endswith(pack.mood_endings) or (
        verb in pack.reported_mood and verb.removesuffix("en") in pack.reported_mood
    )
    return told and not verb.endswith(pack.indicative_endings)


def is_told_in_headline(chunks: Chunks, context: QuoteContext) -> bool:
    """«Mayor Calls Rival ‘A Disgrace’ Over Tram»: where every word has a capital, one in marks is no title for it.

    A verb of saying has to be in front of the words, or behind them at the end.
    """
    codes, at = chunks.codes, context.at
    if context.paragraph > 0 or chunks.paragraph_of[-1] == 0 or chunks.pack.case != "names":
        return False
    line = chunks.text[: chunks.starts[chunks.line_end[0]]]
    long = [word for word in WORDS.findall(line) if len(word) >= _LONG_WORD]
    if len(long) < _LONG_WORD or not all(word[0].isupper() for word in long):
        return False
    told = any(code in SAYING for code in codes[context.start : at])
    return told or any(codes[end - 1 : end] in tuple(SAYING) for end in (context.end, context.end + 1))


def is_uttered_in_signs(chunks: Chunks, context: QuoteContext) -> bool:
    """「押すんだよ」と笑った, 社長は「残念だ」。, 监督答：“要办。”, in headlines 監督「風を見ていただけ」.

    Without case a clause or a full stop in the marks and what is beside them tell that words were said.
    """
    codes, at, pack, words = chunks.codes, context.at, chunks.pack, context.words
    if pack.case != "none" or pack.spaces:
        return False
    before, after = codes[at - 1 : at], codes[at + 1]
    if not pack.verb_final:
        return before == ":" and words[-1] in UTTERED
    if context.paragraph == 0:
        place = chunks.mention_at[at - 1] if at else -1
        role = place >= 0 and (before == NAME or chunks.mentions[place].role_noun)
        return role and len(words) > _SIGNS_OF_SPEECH
    mark = chunks.marked[context.quote]
    subject = any(particle in chunks.text[chunks.starts[context.start] : mark.outer_start] for particle in pack.subject)
    left_out = subject and after in "$\n"
    quoted = chunks.text.startswith(words_of_class(pack, QUOTATIVE), mark.outer_end)
    return words.endswith(pack.finite) and (quoted or left_out)
