"""Titles of works, names of papers, terms and ironic words in marks: what the reporter says about the words in them."""

from __future__ import annotations

import re

from archiver.languages import (
    BEFORE,
    BODY,
    CALL,
    DETERMINER,
    OBJECT_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    ROLE,
    SAY,
    TELL,
)
from archiver.quotes.bearers import (
    SENTENCE_ENDS,
    is_behind_kicker,
    is_borne,
    is_borne_behind,
    is_named_by_many,
    is_read,
    words_before,
)
from archiver.quotes.features import REPORTING, QuoteContext, distance_of_saying
from archiver.quotes.grammar import words_of_class
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.patterns import SAYING, SPOKEN_BESIDE, WORDS
from archiver.quotes.terms import is_named_here

UTTERED = ".!?…。！？"
ENDS = UTTERED + ",，"
_WORD_BEFORE = re.compile(r"\w[ \u00a0]$")
_SMALL_WORDS = "pdctxry0"
_INSIDE_NAMES = "pdcry"  # small words that are within names and titles
_PARTED = "\n$,:;!-Q"  # what parts speech from what follows, where it opens a sentence
_NO_NAME = "xiIjkSTL"  # classes of words that make a clause
_LONG_TITLE = 8  # words
_BEFORE_WORK = ("", "\n", "$", "p", "c", ",")  # codes before a title that opens its clause; a plain tuple, for mypyc
_MEDIUM = 3  # words in the name of a newspaper
_LED = 4  # words from a preposition to its noun
_OPENING = 3  # words of a sentence that «so-called» opens, at most
_STEM = 4  # letters of the inflected form of a noun for a banner
_WORK_SET_BESIDE = 4  # words from a comma to the noun for a work
_WORK_BEHIND, _TERM = 7, 4  # words after a title that may say what it is; words of a term
_SIGNS_OF_TITLE = 16
_TOLD_TO = re.compile(f"[{DETERMINER}{ROLE}{BODY}]?[{NAME}{NOUN_PHRASE}][^{QUOTE}]")
_QUOTED_BY = re.compile(f"{QUOTE}[,!-]{{0,2}}[{PERSON_PRONOUN}]?[{SAY}{TELL}]{WORD}?\\Z")
_TOLD_IN = re.compile(  # «…», εξηγεί ο ίδιος στην (“…”)
    f"{QUOTE}[,!-]{{0,2}}[^$,:\n{QUOTE}]{{0,3}}[{SAY}{TELL}][^$,:\n{QUOTE}]{{0,4}}{PREPOSITION}{DETERMINER}?\\Z"
)
_ADDRESS = re.compile(r"\w[\w.-]*\.[a-z]{2,4}")  # «sport.de»; no other title begins with a small letter


def is_title_of_work(chunks: Chunks, context: QuoteContext, listed: str = "") -> bool:
    """Marks right after a noun for a work, or before one («“…” adlı roman»), with nobody speaking beside them.

    So it is with the words on a banner, after «so-called», and with the second of two titles (`listed` is as in
    `quote_features`).
    """
    mark, pack = chunks.marked[context.quote], chunks.pack
    if _is_in_a_work(chunks, context) or _is_medium(chunks, context) or is_behind_kicker(chunks, context):
        return True
    if is_named_by_many(chunks, context):
        return True
    codes, at = chunks.codes, context.at
    if codes[max(0, at - 2) : at] == NAME + "(" and codes[at + 1] == ")":
        return True  # «Ada Marlow (“the iron lady”)»
    before = words_before(chunks, mark.outer_start)
    if len(before) <= _OPENING and before[-1:] and before[-1] in pack.scare and context.paragraph > 0:
        return True  # «Tak zwany „wariant zero” uważa za wymysł», with any verb behind it
    if is_borne_behind(chunks, context) or is_named_here(chunks, context):
        return True
    if not pack.spaces and _is_named_behind(chunks, mark.outer_end):
        return True  # 「…」と書いた紙
    if SPOKEN_BESIDE.match(chunks.codes, context.at + 1):
        return False
    glued = not pack.spaces and chunks.text.endswith(tuple(pack.works_nouns | pack.scare), 0, mark.outer_start)
    if _is_named(chunks, context) or _is_book_title(chunks, context):
        return True
    if _has_particle(chunks, context) or _is_made(chunks, context, before) or is_read(chunks, context):
        return True
    if listed == "-" and pack.case == "names" and _is_large(chunks, WORDS.findall(context.words)):
        return True
    if is_borne(chunks, context, before) or _is_work_before(chunks, context, before):
        return True
    if _is_work_behind(chunks, context) or _is_term(chunks, context) or _is_ironic(chunks, context):
        return True
    colon = chunks.codes[context.at - 1 : context.at] == ":"  # «confirmó la llamada: “…”»
    if (not colon and _is_so_called(before, chunks, large=context.words[:1].isupper())) or _is_work_called(
        chunks, context, before
    ):
        return True
    beside = _WORD_BEFORE.search(chunks.text, max(0, mark.outer_start - 2), mark.outer_start)
    noun = before[-1] if before and beside else ""
    code = pack.lexicon.get(noun, "")
    named = code == CALL and pack.lexicon.get(before[-2] if len(before) > 1 else "") == DETERMINER  # «the name»
    small = pack.case != "none" and context.words[:1].islower() and _ADDRESS.fullmatch(context.words) is None
    behind = noun in pack.works_nouns and not small and (named or not REPORTING.match(code))
    return bool(glued or behind or _is_named_behind(chunks, mark.outer_end))


def is_behind_work(chunks: Chunks, start: int) -> bool:
    """Whether a noun for a work is right before the marks: «her novel “…”», and no dash says what it is."""
    dashed = chunks.text[max(0, start - 3) : start].rstrip(" \u00a0")[-1:] in tuple("–—")  # «альбом — „шедевр“»
    return not dashed and any(word in chunks.pack.works_nouns for word in words_before(chunks, start)[-2:])


def has_capitals_of_title(chunks: Chunks, words: list[str]) -> bool:
    """Every word but the small ones with a capital, where capitals tell something."""
    if chunks.pack.case != "names" or len(words) < 2 or not words[-1][0].isupper():
        return False  # «„Akt der Willkür“», «„einen Haufen“»: nouns, no title
    lexicon = chunks.pack.lexicon
    return all(word[0].isupper() or lexicon.get(word.lower(), "w") in _SMALL_WORDS for word in words)


def _is_made(chunks: Chunks, context: QuoteContext, before: list[str]) -> bool:
    """«presentó “Los relojes”», «παρουσίασε το “Αλάτι”»: a capital right behind a verb of making works."""
    pack, words = chunks.pack, context.words
    if not before or words[-1] in UTTERED or not words[:1].isupper() or len(WORDS.findall(words)) > _LONG_TITLE:
        return False
    if pack.title_case and len(words.split()) > 1 and not has_capitals_of_title(chunks, WORDS.findall(words)):
        return False  # «the crowd sang “You'll never win”»
    verb = (
        before[-2] if pack.lexicon.get(before[-1]) in (DETERMINER, OBJECT_PRONOUN) and len(before) > 1 else before[-1]
    )
    start = chunks.marked[context.quote].outer_start
    return verb in pack.making and _WORD_BEFORE.search(chunks.text, max(0, start - 2), start) is not None


def _is_work_behind(chunks: Chunks, context: QuoteContext) -> bool:
    """«“Nine Lanterns,” a new play by Holt, opens», «„Nebel“ heißt das neue Stück»: words behind say what it is."""
    pack, mark, codes = chunks.pack, chunks.marked[context.quote], chunks.codes
    words = context.words
    if not pack.spaces or words[-1] in UTTERED or len(WORDS.findall(words)) > _LONG_TITLE or words[0].islower():
        return False
    rest = SENTENCE_ENDS.split(chunks.text[mark.outer_end : mark.outer_end + 80].lower())[0]
    after = WORDS.findall(rest)[:_WORK_BEHIND]
    own = pack.lexicon.get(after[0]) in (POSSESSIVE, DETERMINER) if after and rest.startswith(",") else False
    if own and words[-1] not in ENDS and any(word in pack.works_nouns for word in after[1:_WORK_SET_BESIDE]):
        return True  # «publica ‘La casa’, su primera novela»
    if codes[context.at - 1 : context.at] not in _BEFORE_WORK:
        return False
    called = pack.lexicon.get(after[0]) == CALL if after else False
    comma = words[-1] == "," or rest.lstrip().startswith(",")
    told = any(word in pack.works_nouns for word in after)
    return told and (called or (comma and distance_of_saying(codes, context) == "0"))


def _is_term(chunks: Chunks, context: QuoteContext) -> bool:
    """«In “Salt” a cook takes revenge», «Par « logement », la loi entend …»: what a sentence without speech is about.

    So it is after «the word» and its like: a noun with its article that opens the sentence and is no person.
    """
    codes, at, words = chunks.codes, context.at, context.words
    if words[-1] in UTTERED or len(WORDS.findall(words)) > _TERM or distance_of_saying(codes, context) != "0":
        return False
    opens = codes[max(0, at - 2) : at - 1] in ("", "\n", SENTENCE_END)
    if codes[at - 1 : at] == PREPOSITION:
        return opens and context.paragraph > 0
    noun = chunks.mention_at[at - 1] if at else -1
    thing = noun >= 0 and codes[at - 1] == NOUN_PHRASE and not chunks.mentions[noun].role_noun
    return opens and thing and not chunks.mentions[noun].is_organization and codes[at + 1] in "xwL"


def _is_ironic(chunks: Chunks, context: QuoteContext) -> bool:
    """«The “experts” on the panel», «Il “gran capo” della trattativa»: a noun in marks that is the subject itself."""
    codes, at, words = chunks.codes, context.at, context.words
    if at == 0 or words[-1] in UTTERED or len(WORDS.findall(words)) > _TERM or context.paragraph == 0:
        return False
    led = codes[at - 1] in DETERMINER + POSSESSIVE and codes[max(0, at - 2) : at - 1] in ("\n", SENTENCE_END)
    return led and codes[at + 1] in "wpxobcW"


def _is_named_behind(chunks: Chunks, end: int) -> bool:
    """Whether a noun for a work or a banner is right behind the marks: «“…” adlı roman», «“…” sloganıyla», 「…」展."""
    pack, text = chunks.pack, chunks.text
    if not pack.spaces:
        known = pack.works_nouns | pack.mottoes
        if pack.verb_final and any(text.startswith(word, end + skip) for word in pack.scare for skip in range(1, 4)):
            return True  # 「クモ」と呼ばれる
        return any(text.startswith(word, end + skip) for word in known for skip in (0, 1) if len(word) > 1)
    if not pack.verb_final:
        return False
    after = WORDS.findall(text[end : end + 25].lower())
    named = any(word in pack.works_nouns for word in after[:1]) or any(word in pack.mottoes for word in after[:2])
    borne = pack.case == "none" and any(word.startswith(tuple(pack.mottoes)) for word in after[1:3])
    if borne and not any(pack.lexicon.get(word) in tuple(SAYING) for word in after[:2]):
        return True  # «“…”라고 적힌 현수막»
    return named or any(after[:1] and after[0].startswith(word) for word in pack.mottoes if len(word) > _STEM)


def _is_in_a_work(chunks: Chunks, context: QuoteContext) -> bool:
    """«In his book “Forest memory” Holt recalls …»: a work after a preposition, whoever speaks behind it."""
    mark, pack = chunks.marked[context.quote], chunks.pack
    beside = _WORD_BEFORE.search(chunks.text, max(0, mark.outer_start - 2), mark.outer_start)
    if context.words[-1] in ENDS or not beside:
        return False
    before = words_before(chunks, mark.outer_start)
    led = any(pack.lexicon.get(word) in (PREPOSITION, BEFORE) for word in before[-_LED:-1])
    return led and before[-1] in pack.works_nouns


def _is_medium(chunks: Chunks, context: QuoteContext) -> bool:
    """«…“, sagte sie der „Ellerauer Post“»: nouns after a definite article, a quotation before them."""
    codes, pack, words = chunks.codes, chunks.pack, WORDS.findall(context.words)
    if pack.case == "names":
        heard = words_before(chunks, chunks.marked[context.quote].outer_start)[-1:]
        told = _is_told_to(codes, context) or _TOLD_IN.search(codes, context.start, context.at) is not None
        told = told or (bool(heard) and heard[0] in pack.listeners and QUOTE in codes[context.start : context.at])
        return told and len(words) <= _MEDIUM and words[0][0].isupper()
    if pack.case != "nouns" or context.at < 2 or codes[context.at - 1] != DETERMINER or len(words) > _MEDIUM:
        return False
    determiner = chunks.text[chunks.starts[context.at - 1] : chunks.ends[context.at - 1]].lower()
    quoted = "Q" in codes[context.start : context.at] or codes[context.at + 1] in SAY  # «die „Neue Zeit“ berichtet»
    return quoted and determiner in pack.definite and all(word[0].isupper() for word in words)


def _is_told_to(codes: str, context: QuoteContext) -> bool:
    """«“…”, рассказала «Громаде» учительница X»: marks between the verb of a quotation and its subject."""
    at = context.at
    return bool(_TOLD_TO.match(codes, at + 1)) and bool(_QUOTED_BY.search(codes, context.start, at))


def _is_named(chunks: Chunks, context: QuoteContext) -> bool:
    """Capitals throughout, as a part of a sentence of the body that has no word of saying: a title or a name.

    German gives every noun a capital, and a clause with a verb or its own speaker in it may be speech: neither counts.
    """
    headline = context.paragraph == 0 and chunks.paragraph_of[-1] > 0
    if chunks.pack.case != "names" or headline or context.words[-1] in "!?…":
        return False
    before, after = chunks.codes[context.at - 1 : context.at], chunks.codes[context.at + 1]
    alone = before == ":" or (before in ("", "\n", "$") and after in _PARTED)
    words = WORDS.findall(context.words)
    led = before == PREPOSITION and len(words) > 1  # «presents an hour of tricks with “Small Grand Illusions”»
    if alone or (distance_of_saying(chunks.codes, context) != "0" and not led):
        return False
    return _is_large(chunks, words) and not any(word.lower() in chunks.pack.first_person for word in words)


def _has_particle(chunks: Chunks, context: QuoteContext) -> bool:
    """「エンデュランス」が: without case, a noun's particle right behind the marks, where no verb of saying is near."""
    pack, end, words = chunks.pack, chunks.marked[context.quote].outer_end, context.words
    if pack.case != "none" or not pack.subject or distance_of_saying(chunks.codes, context) != "0":
        return False
    finite = words.endswith((*pack.finite, *ENDS)) or len(words) > _SIGNS_OF_TITLE
    follows = chunks.text[end : end + 1]
    return not finite and follows in {
        particle[0] for particle in (*pack.subject, *pack.cases, *words_of_class(pack, OWNER))
    }


def _is_large(chunks: Chunks, words: list[str]) -> bool:
    """Two words or more with capitals, of those that make no clause; without one only those that names have inside."""
    lexicon = chunks.pack.lexicon
    large = [word for word in words if word[0].isupper() and lexicon.get(word.lower(), "w") not in _NO_NAME]
    small = [word for word in words if word not in large and not word.isdecimal()]
    inside = all(lexicon.get(word.lower(), "w") in _INSIDE_NAMES for word in small)
    return len(large) > 1 and words[0][0].isupper() and inside


def _is_work_before(chunks: Chunks, context: QuoteContext, before: list[str]) -> bool:
    """«such films as “Long Ferry”», «the film of Holt “On water”»: a work is spoken of, nobody says a thing."""
    works, words = chunks.pack.works_nouns, WORDS.findall(context.words)
    if chunks.pack.case != "names" or context.words[-1] in ENDS or len(words) > _LONG_TITLE:
        return False
    named = any(word in works for word in before) and words[0][0].isupper()
    if _is_large(chunks, words) and len(before) > 1 and _has_work(chunks, before):
        return True  # «wrote a memoir, “Salt in the Inkwell”»
    return (
        named and distance_of_saying(chunks.codes, context) == "0" and chunks.codes[context.at - 1 : context.at] != ":"
    )


def _has_work(chunks: Chunks, before: list[str]) -> bool:
    """Whether a noun for a work is right behind its determiner: «a memoir», «her book»."""
    pack = chunks.pack
    led = (DETERMINER, POSSESSIVE)
    return any(
        word in pack.works_nouns and pack.lexicon.get(before[place]) in led for place, word in enumerate(before[1:])
    )


def _is_work_called(chunks: Chunks, context: QuoteContext, before: list[str]) -> bool:
    """«a talk called “Why we row”», where capitals tell something; «a talk called “a mess”» is somebody's judgement."""
    pack = chunks.pack
    called = len(before) > 1 and before[-2] in pack.works_nouns and pack.lexicon.get(before[-1]) == CALL
    return called and pack.case == "names" and context.words[:1].isupper()


def _is_book_title(chunks: Chunks, context: QuoteContext) -> bool:
    """『…』 with a particle behind it that makes it a part of the reporter's sentence, as no quotation is."""
    mark = chunks.marked[context.quote]
    return mark.mark == "『" and chunks.text[mark.outer_end : mark.outer_end + 1] in tuple("はがをにでのへや")


def _is_so_called(before: list[str], chunks: Chunks, *, large: bool) -> bool:
    """Whether «so-called» is before the marks; «the called» is it too, «he called» is not; «known as the» is."""
    past = len(before)
    while past and chunks.pack.lexicon.get(before[past - 1]) == DETERMINER:
        past -= 1
    pair = before[max(0, past - 2) : past]
    if " ".join(pair) in chunks.pack.scare:
        itself = any(chunks.pack.lexicon.get(word) == OBJECT_PRONOUN for word in pair)  # «nennt sich „Feld und Flur“»
        return large or not itself
    for place in range(max(0, len(before) - 2), len(before)):
        if before[place] in chunks.pack.scare:
            lexicon = chunks.pack.lexicon
            led = place > 0 and lexicon.get(before[place - 1]) == DETERMINER
            led = led or (place == len(before) - 1 and lexicon.get(before[place]) == SAY)  # «Das Stück heißt “…”»
            if led or not REPORTING.match(lexicon.get(before[place], "")):
                return True
    return False
