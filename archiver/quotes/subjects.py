"""Whom the narrative beside a quotation is about, where no words of the quotation's own sentence tell who speaks.

«X wept. “…,” said.», «“…” X lives behind the church.», «Asked about it, X was brief: “…”»
"""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    BODY,
    CALL,
    CONJUNCTION,
    DETERMINER,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    ROLE,
    SAY,
    TELL,
    THAT,
    TIME,
    TITLE,
)
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.patterns import LEADING, OF_NOUN, SAYING, SPEAKS_AFTER, TOPIC, VERB, sentence_start

_LEADING = re.compile(  # «The owner, [X], wept», «From [X], who is 67, they took them», «When [X] came»
    rf"[{CONJUNCTION}{THAT}]?[{PREPOSITION}{BEFORE}]?[{DETERMINER}{POSSESSIVE}{OBJECT_PRONOUN}{ROLE}{BODY}{TITLE}]{{0,3}}(?:{NOUN_PHRASE},?)?{ROLE}?(?P<name>{NAME})"
)
_OWN_DOCUMENT = re.compile(  # «[X]’s verdict on the pitch was blunt: “…”»
    rf"(?P<name>{NAME}){OWNER}{WORD}?(?P<what>[{NOUN_PHRASE}{NOUN_CUE}])[^:$\n{QUOTE}{NAME}{PERSON_PRONOUN}]{{0,8}}:"
)
_PARTED = re.compile(rf",[{DETERMINER}{ROLE}]{{0,2}}(?P<name>{NAME})")  # «Asked about it, [X] was brief»
_PARTED_SUBJECT = re.compile(  # «On receiving it, [X] thanked her teacher, Y.»
    rf"[^$\n{QUOTE}{NAME},]{{1,8}},{LEADING}(?P<name>{NAME})[{OBJECT_PRONOUN}{AUXILIARY}{SAYING}{WORD}]"
)
_VERBS = SAYING + AUXILIARY + OBJECT_PRONOUN
_ACTS_ON = PERSON_PRONOUN + RELATIVE  # who does something to whom the sentence ends with
_ACTOR = re.compile(f"[{NAME}{PERSON_PRONOUN}{ROLE}{QUOTE}]")
_APPOSED = re.compile(
    rf"[{NAME}{NOUN_PHRASE}{ROLE}]{WORD}?,(?P<name>{NAME}),{AUXILIARY}?{VERB}[{WORD}{PREPOSITION}{DETERMINER}{TIME}{AUXILIARY}]{{0,4}}"
    rf"[:,]?{THAT}?\Z"
)
_OWN = re.compile(  # «(A parishioner) thinks that the thief “…”», «X confirmed on Monday: “…”»
    rf"(?:{TIME},?)?[{DETERMINER}{ROLE}]{{0,2}}(?P<who>[{NAME}{NOUN_PHRASE}]){AUXILIARY}?[{SAY}{CALL}]"
    rf"[^-;$\n{QUOTE}{NAME}{PERSON_PRONOUN}{SAYING}]{{0,6}}\Z"
)
_ACCORDING = re.compile(  # «According to the deputy [X] it is (“a lie”)»
    rf"{BEFORE}[{DETERMINER}{ROLE}{BODY}{NOUN_PHRASE}{WORD}{TITLE}]{{0,5}}(?P<name>{NAME})"
    rf"[^:;$\n{QUOTE}{NAME}{PERSON_PRONOUN}{SAYING}]{{0,14}}\Z"
)
_VIEWPOINT = re.compile(  # «For the deputy [X] the plan is (“a slap in the face”)»
    rf"{PREPOSITION}(?:{LEADING}{NAME}|{NOUN_PHRASE}){AUXILIARY}[^:;,$\n{QUOTE}{NAME}{PERSON_PRONOUN}{SAYING}]{{1,8}}\Z"
)
_NOUN = re.compile(f"{DETERMINER}?(?P<who>{NOUN_PHRASE})")
_ONLY_SUBJECT = re.compile(  # «Asked again, his deputy, [X], laughed.», «City's [X], who fell, disagreed.»
    rf"(?:[^$\n{QUOTE}{NAME},]{{1,14}},)?{LEADING}(?:[{NAME}{NOUN_PHRASE}]{OWNER})?(?:{NOUN_PHRASE}(?:{OF_NOUN})?,?)?{ROLE}?(?P<name>{NAME})"
    rf"(?:\([^()\n]{{1,4}}\))?(?:,[^$\n{QUOTE}{NAME},]{{1,14}},|,)?[{SAYING}{WORD}{AUXILIARY}{OTHER_PRONOUN}][^\n{QUOTE}{NAME}]*[{SENTENCE_END}]"
)
_REPORTER_LAST = re.compile(  # «She resigned on Friday, [X] said.», «…, said the deputy, [X].»
    rf"[^$\n{QUOTE}]*,(?:{LEADING}(?P<name>{NAME}){AUXILIARY}?[{SAY}{TELL}]"
    rf"|[{SAY}{TELL}]{LEADING}(?:{NOUN_PHRASE},?)?(?P<inverted>{NAME}))[{PREPOSITION}{WORD}{TIME}{OBJECT_PRONOUN}]{{0,3}}[{SENTENCE_END}]"
)
_ANOTHER_SUBJECT = re.compile(f",{PERSON_PRONOUN}")  # «Asked whether the referee, X, was right, he grinned.»
_REPORTER = re.compile(  # «The head of Delta's centre, [X], says that Y is wrong.»
    rf"(?:[^$\n{QUOTE}{NAME},]{{1,14}},)?{CONJUNCTION}?{LEADING}(?:[{NAME}{NOUN_PHRASE}]{OWNER})?"
    rf"(?:[{NOUN_PHRASE}{WORD}{BODY}]{{1,2}}(?:{OF_NOUN})?,?|{NOUN_PHRASE}[^$\n{QUOTE},{SAYING}]{{1,9}},)?"
    rf"[{ROLE}{TITLE}]{{0,2}}(?P<name>{NAME})(?:\([^()\n]{{1,4}}\))?(?:,[^$\n{QUOTE}{NAME},]{{1,14}},|,)?{AUXILIARY}?[{SAY}{TELL}][^\n{QUOTE}]*[{SENTENCE_END}]"
)


def leading(chunks: Chunks, start: int, end: int) -> int:
    """The mention of the name with which the sentence from chunk `start` to before `end` begins; -1 without one."""
    found = _LEADING.match(chunks.codes, start, end)
    if found is None or chunks.codes[found.end() : found.end() + 1] in ("s", "&"):
        return -1
    return chunks.mention_at[found.start("name")]


def subject_before(chunks: Chunks, at: int) -> int:
    """Whom the sentence before the quotation at chunk `at` is about, if that quotes nobody; else -1."""
    codes = chunks.codes
    if codes[at - 1 : at] != SENTENCE_END:
        return -1
    start = sentence_start(codes, at - 1)
    if QUOTE in codes[start:at]:
        return -1
    place = leading(chunks, start, at)
    if place < 0 and not chunks.pack.verb_second and (parted := _PARTED_SUBJECT.match(codes, start, at)):
        return chunks.mention_at[parted.start("name")]
    goes_on = chunks.pack.dropped and start > 0 and codes[start] in _VERBS and _ACTOR.search(codes, start, at) is None
    if place < 0 and goes_on:
        return _leading_before(chunks, start)  # «X is wary. Remembers last year. “…,” says.»
    if place < 0 and codes.count(NAME, start, at) == 1:
        name = codes.find(NAME, start, at)
        governed = codes[name - 1 : name] in (PREPOSITION, POSSESSIVE) or codes[name + 1] == OWNER
        acted_on = codes[name + 1] == SENTENCE_END and any(code in _ACTS_ON for code in codes[start:name])
        governed = governed or acted_on  # «It was he who had taught X.»
        place = -1 if governed else chunks.mention_at[name]
    return place


def _leading_before(chunks: Chunks, at: int) -> int:
    """Who leads the sentence that ends before a chunk, in the same paragraph and without quotations; else -1."""
    if chunks.codes[at - 1] != SENTENCE_END:
        return -1
    start = sentence_start(chunks.codes, at - 1)
    return leading(chunks, start, at) if QUOTE not in chunks.codes[start:at] else -1


def pronoun_before(chunks: Chunks, at: int) -> int:
    """The pronoun with which the sentence before the quotation at chunk `at` begins: «She denies it. “…”»; else -1."""
    codes = chunks.codes
    start = sentence_start(codes, at - 1)
    if codes[at - 1 : at] != SENTENCE_END or QUOTE in codes[start:at] or codes[start : start + 1] != PERSON_PRONOUN:
        return -1
    return chunks.mention_at[start]


def newly_named_before(chunks: Chunks, at: int) -> int:
    """«City's X disagreed. “…”»: the one name of the sentence before a quotation that is all of its sentence, or -1."""
    codes = chunks.codes
    if codes[at - 1 : at] != SENTENCE_END or codes[at + 1] not in SENTENCE_END + "\n":
        return -1
    found = _ONLY_SUBJECT.fullmatch(codes, sentence_start(codes, at - 1), at)
    other = found is not None and _ANOTHER_SUBJECT.search(codes, found.end("name"), at) is not None
    return chunks.mention_at[found.start("name")] if found and not other else -1


def reporter_before(chunks: Chunks, at: int) -> int:
    """«X says that it is hard.¶“It is dear.”»: who reports in the sentence before a quotation that stands alone; or -1.

    The quotation opens its paragraph or follows in that of the sentence, and nobody is said to speak behind it.
    """
    codes = chunks.codes
    before = at - 1 if codes[at - 1 : at] == "\n" else at
    line = chunks.line_end[chunks.paragraph_of[at]]
    if before < 1 or codes[before - 1] != SENTENCE_END or any(code in SAYING + NAME for code in codes[at + 1 : line]):
        return -1
    start = sentence_start(codes, before - 1)
    found = _REPORTER_LAST.fullmatch(codes, start, before) or _REPORTER.fullmatch(codes, start, before)
    return chunks.mention_at[found.start(found.lastgroup or "name")] if found else -1


def subject_behind(chunks: Chunks, at: int) -> int:
    """Whom the sentence behind a quotation that opens its paragraph is about, if that quotes nobody; else -1."""
    codes = chunks.codes
    if codes[at - 1 : at] != "\n" or codes[at + 1] != SENTENCE_END:
        return -1
    end = min(found for sign in (SENTENCE_END, "\n") if (found := codes.find(sign, at + 2)) >= 0)
    if any(code in QUOTE + ":" + SAYING for code in codes[at + 2 : end]):
        return -1
    place = leading(chunks, at + 2, end)
    if place < 0 and not chunks.pack.verb_second and (parted := _PARTED_SUBJECT.match(codes, at + 2, end)):
        return chunks.mention_at[parted.start("name")]  # «“…” At the bar of the quay, X has no other word.»
    return place


def subject_before_colon(chunks: Chunks, start: int, at: int) -> int:
    """Whom a sentence is about that ends in a colon and the quotation at chunk `at`; -1 if another verb tells."""
    codes = chunks.codes
    if codes[at - 1 : at] != ":" or QUOTE in codes[start:at] or SPEAKS_AFTER.match(codes, at + 1):
        return -1
    owned = _OWN_DOCUMENT.fullmatch(codes, start, at)
    if owned is not None and _is_said(chunks, owned.start("what")):
        return chunks.mention_at[owned.start("name")]
    if topic(chunks, start, at) >= 0:
        return subject_before(chunks, start)
    place = leading(chunks, start, at)
    if codes[start] in PREPOSITION + BEFORE and (pronoun := _pronoun_behind(chunks, place, at)) >= 0:
        return pronoun  # «Of the producer, X, she kept a short memory: “…”»
    if place < 0:
        parted = [found for found in _PARTED.finditer(codes, start, at) if codes[found.end()] not in ",s"]
        alone = len(parted) == 1 == codes.count(NAME, start, at)
        place = chunks.mention_at[parted[0].start("name")] if alone else -1
    noun = _NOUN.match(codes, start, at) if place < 0 and NAME not in codes[start:at] else None
    if noun is not None and _is_somebody(chunks.mentions[chunks.mention_at[noun.start("who")]]):
        place = chunks.mention_at[noun.start("who")]  # «The club said farewell to him with a post: “…”»
    told = place >= 0 and any(code in SAYING for code in codes[chunks.mentions[place].chunk : at])
    return -1 if told else place


def _is_somebody(noun: Mention) -> bool:
    """Whether a noun is a body, or somebody new: «A diplomat was less so: “…”»."""
    return noun.is_organization or (noun.role_noun and not noun.definite)


def _is_said(chunks: Chunks, chunk: int) -> bool:
    """Whether a chunk is a noun for what somebody says or writes: «verdict», «statement»."""
    return chunks.pack.lexicon.get(chunks.words(chunk, chunk + 1).lower().split()[-1]) == NOUN_CUE


def topic(chunks: Chunks, start: int, at: int) -> int:
    """«Of her rival, X, says only: “…”»: who is spoken of in a sentence that leaves its subject out; else -1."""
    found = TOPIC.match(chunks.codes, start, at) if chunks.pack.dropped else None
    return chunks.mention_at[found.start("name")] if found else -1


def _pronoun_behind(chunks: Chunks, place: int, at: int) -> int:
    """The one pronoun for somebody between a mention and a quotation; else -1."""
    if place < 0:
        return -1
    first = chunks.mentions[place].chunk + 1
    found = [chunks.mention_at[chunk] for chunk in range(first, at) if chunks.codes[chunk] == PERSON_PRONOUN]
    return found[0] if len(found) == 1 and chunks.mentions[found[0]].gender != "p" else -1


def given_source(chunks: Chunks, start: int, at: int) -> int:
    """Whom «according to» at the beginning of the sentence names, where nobody else speaks in it; else -1."""
    found = _ACCORDING.match(chunks.codes, start, at)
    return chunks.mention_at[found.start("name")] if found and not SPEAKS_AFTER.match(chunks.codes, at + 1) else -1


def viewpoint(chunks: Chunks, start: int, at: int) -> int:
    """«Für X ist der Plan ein „Schlag ins Gesicht“»: who sees it so, where the marks end the sentence; else -1."""
    led = chunks.words(start, start + 1).lower() in chunks.pack.viewpoints
    found = _VIEWPOINT.match(chunks.codes, start, at) if led and chunks.codes[at + 1] in "," + SENTENCE_END else None
    if found is None or chunks.words(at, at + 1).strip().count(" ") == 0:
        return -1
    place = next(one for one in chunks.mention_at[start:at] if one >= 0)
    return place if chunks.mentions[place].kind == NAME or chunks.mentions[place].role_noun else -1


def newcomer_before(chunks: Chunks, at: int) -> int:
    """«Beside her a lad tried his phone. “…,” said.»: somebody unnamed whom the sentence before is about; else -1."""
    codes = chunks.codes
    start = sentence_start(codes, at - 1)
    if codes[at - 1 : at] != SENTENCE_END or any(code in QUOTE + NAME for code in codes[start:at]):
        return -1
    for chunk in range(start, at):
        noun = chunks.mentions[chunks.mention_at[chunk]] if codes[chunk] == NOUN_PHRASE else None
        if noun and noun.role_noun and not noun.definite and codes[chunk - 1] != PREPOSITION:
            article = chunks.text[noun.start : noun.end].lower().partition(" ")[0]
            return chunks.mention_at[chunk] if chunks.pack.lexicon.get(article) == DETERMINER else -1
    return -1


def own_subject(chunks: Chunks, start: int, at: int) -> int:
    """Who begins the sentence, with the only verb of saying before the quotation at chunk `at`; else -1."""
    found = _OWN.match(chunks.codes, start, at) if chunks.codes[at] == QUOTE else None
    return chunks.mention_at[found.start("who")] if found and not SPEAKS_AFTER.match(chunks.codes, at + 1) else -1


def apposed_subject(chunks: Chunks, start: int, at: int) -> int:
    """«The head of the office, [X], calls it (“…”)»: a name set beside a noun, right before the verb; else -1."""
    found = _APPOSED.search(chunks.codes, start, at)
    return chunks.mention_at[found.start("name")] if found else -1
