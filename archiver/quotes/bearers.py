"""Words that nobody said: what bears them is a banner, a sign or a line in capitals, or many call something so."""

from __future__ import annotations

import re

from archiver.languages import (
    BODY,
    CALL,
    DETERMINER,
    NOUN_CUE,
    OBJECT_PRONOUN,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    THAT,
    Pack,
)
from archiver.quotes.features import QuoteContext
from archiver.quotes.model import NAME, QUOTE, WORD, Chunks
from archiver.quotes.patterns import SAYING, WORDS

SENTENCE_ENDS = re.compile(r"[.!?…]\s|\n|[“”„«»\"]")
_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]+[:：] ?")
_NOBODY = re.compile(rf"[^{NAME}{PERSON_PRONOUN}{QUOTE},:$]*")  # a clause without a comma in which nobody is named
_SOMEBODY = re.compile(f"[{NAME}{PERSON_PRONOUN}]")
_KICKER = 40  # code points of words in capitals that lead to another article
_DOCUMENT = 7  # words behind the marks among which a document may be
_BEARER = 4  # words between a banner and what it says
_WRITTEN = 15  # code points behind the marks that are looked at for such a verb
_FAR_BEARER, _SIGNS = 7, 9  # words, signs between a banner and what it says


def is_named_by_many(chunks: Chunks, context: QuoteContext) -> bool:
    """«whom colleagues call “the Hammer”»: what several people call somebody or a thing."""
    codes, at = chunks.codes, context.at
    relative = max(codes.rfind(RELATIVE, context.start, at), codes.rfind("," + THAT, context.start, at) + 1)
    last = at - 2 if codes[at - 1 : at] == PREPOSITION else at - 1  # «que os alunos tratavam por “…”»
    if codes[last : last + 1] != CALL or relative <= context.start or not _NOBODY.fullmatch(codes, relative + 1, last):
        return False
    verb = chunks.words(last, last + 1).lower()
    many = any(place >= 0 and chunks.mentions[place].gender == "p" for place in chunks.mention_at[relative:at])
    return many or (bool(chunks.pack.plural_verbs) and verb.endswith(chunks.pack.plural_verbs))


def is_behind_kicker(chunks: Chunks, context: QuoteContext) -> bool:
    """«READ ALSO: “The sound of villages”»: capitals that open a paragraph and are nobody named in the text."""
    text, mark = chunks.text, chunks.marked[context.quote]
    first = text.rfind("\n", max(0, mark.outer_start - _KICKER), mark.outer_start) + 1
    label = _CAPITALS.fullmatch(text, first, mark.outer_start) if first else None
    return label is not None and not any(word.title() in text for word in WORDS.findall(label[0]))


def is_borne(chunks: Chunks, context: QuoteContext, before: list[str]) -> bool:
    """Whether a banner or the like bears the words: it is right before them, or nobody is between it and them."""
    pack, codes, at = chunks.pack, chunks.codes, context.at
    if not pack.spaces:
        stretch = chunks.text[max(0, chunks.marked[context.quote].outer_start - _SIGNS) : chunks.starts[at]]
        return any(motto in SENTENCE_ENDS.split(stretch[:-1])[-1] for motto in pack.mottoes)
    if any(word in pack.mottoes for word in before[-_BEARER:]):
        return True
    if codes[at - 1 : at] == ":" and not any(code in codes[context.start : at] for code in "XiSTL"):
        return any(word in pack.mottoes for word in before)  # «The sign is painted by hand, white on wood: “Private!”»
    far = any(word in pack.mottoes for word in before[-_FAR_BEARER:-_BEARER])
    return far and not any(code in "Xi" for code in codes[max(context.start, at - _FAR_BEARER) : at])


def is_borne_behind(chunks: Chunks, context: QuoteContext) -> bool:
    """«“…”, decía la pancarta», «“…”, se leía en un cartel»: what bears the words is the subject of the verb behind."""
    pack, mark = chunks.pack, chunks.marked[context.quote]
    first = next((sign for sign in chunks.text[mark.outer_end : mark.outer_end + 4] if sign.isalpha()), "")
    if pack.spaces and pack.verb_final and _is_written_there(chunks, context):
        return True
    if not pack.spaces or pack.verb_final or not first.islower():
        return False
    rest = SENTENCE_ENDS.split(chunks.text[mark.outer_end : mark.outer_end + 80].lower())[0]
    words = WORDS.findall(rest)
    after = words[:_BEARER]
    if " ".join(after).startswith(tuple(pack.reads)) and pack.reads:
        return not _is_in_document(words[:_DOCUMENT], pack)
    article = len(after) > 1 and pack.lexicon.get(after[1]) in (DETERMINER, OBJECT_PRONOUN)
    return any(word in pack.mottoes for word in after[1 + article : 2 + article])


def _is_in_document(words: list[str], pack: Pack) -> bool:
    """«“…”, si legge in una nota»: whether words lead to what somebody writes or says."""
    plain = [word.replace("’", "'").rpartition("'")[2] for word in words]
    return any(pack.lexicon.get(word) == NOUN_CUE and word not in pack.mottoes for word in plain[1:])


def _is_written_there(chunks: Chunks, context: QuoteContext) -> bool:
    """«문에는 ‘오늘 쉽니다’라고 적혀 있다»: where the verb is last; a letter of somebody's has a name."""
    end = chunks.marked[context.quote].outer_end
    after = WORDS.findall(chunks.text[end : end + _WRITTEN])[:2]
    named = _SOMEBODY.search(chunks.codes, context.start, context.at)
    return named is None and any(word in chunks.pack.reads for word in after)


def is_read(chunks: Chunks, context: QuoteContext) -> bool:
    """«En la faja se lee: “…”»: words that can be read on a thing; those of a letter are somebody's."""
    codes, bearer = chunks.codes, context.start + 1
    if not is_only_read(chunks, context.start, context.at) or codes[context.start] != PREPOSITION:
        return False
    bearer += codes[bearer] in DETERMINER + POSSESSIVE
    noun = chunks.mention_at[bearer]
    code = chunks.pack.lexicon.get(chunks.mentions[noun].head, WORD) if noun >= 0 else codes[bearer]
    return code not in NOUN_CUE + SAYING + BODY + NAME


def is_only_read(chunks: Chunks, start: int, at: int) -> bool:
    """Whether the words before the marks say that these can be read, and nobody is named or meant in the sentence."""
    if not chunks.pack.reads or _SOMEBODY.search(chunks.codes, start, at):
        return False
    before = " ".join(["", *words_before(chunks, chunks.ends[at - 1])])
    return before.endswith(tuple(" " + phrase for phrase in chunks.pack.reads))


def words_before(chunks: Chunks, start: int) -> list[str]:
    """The words right before the marks in their sentence, without what an apostrophe writes onto them: «l'album»."""
    stretch = SENTENCE_ENDS.split(chunks.text[max(0, start - 60) : start])[-1].lower()
    elided = chunks.pack.elisions
    words = WORDS.findall(stretch.replace("’", "'"))
    return [word.partition("'")[2] if word.partition("'")[0] in elided and "'" in word else word for word in words]
