"""Who wrote what is quoted, where no words of its own sentence tell: «X published a statement. “…,” it read»."""

from __future__ import annotations

import re
from functools import lru_cache

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    BODY,
    DETERMINER,
    FIRST_PRONOUN,
    NOUN_CUE,
    OWNER,
    PERSON_PRONOUN,
    PREPOSITION,
    ROLE,
    SAY,
    TELL,
    THAT,
    TITLE,
    Pack,
)
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.patterns import WORDS, sentence_around, sentence_start

_STRETCH = 60  # code points behind the marks
_PLAIN_SIGNS = re.compile(r"[\s”“»«\",.!?…–—-]*[^\W\d_]")  # what may be between the marks and a verb
_SENTENCE = 60  # chunks of a sentence that may name a document: each quotation in it looks again
_NEAR = 8  # chunks from the marks to a document
_SPEAKERS = (NAME, NOUN_PHRASE, PERSON_PRONOUN)
_BEFORE_OWNER = (DETERMINER, ROLE, BODY, TITLE)
# «UN spokesman [X]», «In a statement, [X]» too
_SUBJECT = re.compile(  # «The firm [X]», «One of them, old [X],», «The [council]», «State Sen. [X]»
    rf"(?:{PREPOSITION}[^,$\n{NAME}]{{1,4}},)?(?:{NAME}{OWNER}(?=[{NAME}{NOUN_PHRASE}])|{NAME}{OWNER}?{WORD}?{ROLE}{{1,2}}(?={NAME}))?"
    rf"{SAY}?[{DETERMINER}{ROLE}{BODY}{TITLE}]{{0,3}}(?:{NOUN_PHRASE}{{1,2}}(?:,[^,$\n]{{0,4}})?(?={NAME}))?(?P<who>[{NAME}{NOUN_PHRASE}{PERSON_PRONOUN}])"
)
_WRITES = re.compile(rf"(?:,[^$\n{QUOTE}]{{1,14}},)?{AUXILIARY}?{SAY}")  # «X, a deputy whose district it is, wrote»


def author_before(chunks: Chunks, at: int) -> int:
    """The subject of the sentence before the quotation at chunk `at`, if it tells of something written; else -1."""
    codes = chunks.codes
    start, end = sentence_around(codes, at)
    if start < 2 or codes[start - 1] != SENTENCE_END or codes.count(QUOTE, start, end) > 1:
        return -1
    first = sentence_start(codes, start - 1)
    if QUOTE in codes[first:start] or not is_written(chunks, start, end):
        return -1
    return publisher_in(chunks, first, start, known=_has_known_document(chunks, start, end))


def publisher_in(chunks: Chunks, first: int, past: int, *, known: bool = False) -> int:
    """The subject of a sentence that tells of something written, or that says a thing where a document is `known`."""
    codes = chunks.codes
    subject = _SUBJECT.match(codes, first, past)
    if subject is None or codes[subject.end() : subject.end() + 1] in ("s", "&", NAME):
        return -1
    written = [chunk for chunk in range(subject.end(), past) if is_document(chunks, chunk)]
    owner = _owner(chunks, written[0], past) if len(written) == 1 else -1
    if owner >= 0 and chunks.mentions[owner].kind == NAME:
        return owner  # «X read the letter of Y. “…,” it said»
    says = known and _WRITES.match(codes, subject.end())
    told = any(_publishes(chunks, subject.end(), chunk, past) for chunk in written)
    told = told or (says is not None and bool(says) and not _is_passive_or_reads(chunks, subject.end()))
    who = subject.start("who")
    within = codes[who - 1 : who + 2] in (ROLE + NAME + WORD, NOUN_PHRASE + NAME + WORD)
    if chunks.pack.nominatives and within and len(chunks.mentions[chunks.mention_at[who]].name) == 1:
        return -1  # «Удружење закупаца [Рибарске] пијаце»
    return chunks.mention_at[who] if told and not is_document(chunks, who) else -1


def _publishes(chunks: Chunks, subject: int, written: int, past: int) -> bool:
    """Whether a subject, which ends at a chunk, publishes a document or says a thing in it; not who received it."""
    codes, pack = chunks.codes, chunks.pack
    if _is_passive_or_reads(chunks, subject):
        return False
    if codes[written - 1] == PREPOSITION or codes[max(0, written - 2) : written] == PREPOSITION + DETERMINER:
        return any(code in codes[subject:written] + codes[written + 1 : past] for code in (SAY, TELL))
    behind = chunks.words(subject, past).lower()
    if pack.case == "none" or not pack.publishing:
        return not pack.publishing or any(stem in behind for stem in pack.publishing)
    return any(word.startswith(pack.publishing) for word in WORDS.findall(behind))


def _is_passive_or_reads(chunks: Chunks, verb: int) -> bool:
    """«X was sent a letter», «X read the letter»: who is no author of it, by the word behind the subject."""
    word = chunks.words(verb, verb + 1).lower() if verb < len(chunks.codes) else ""
    return word in chunks.pack.passive or word in chunks.pack.reading


def _has_known_document(chunks: Chunks, start: int, end: int) -> bool:
    return known_document(chunks, start, end) >= 0


def known_document(chunks: Chunks, start: int, end: int) -> int:
    """«“…,” the letter reads»: where a document with a definite article is in a sentence; else -1."""
    for chunk in range(start, min(end, start + _SENTENCE)):
        place = chunks.mention_at[chunk]
        if chunks.codes[chunk] == NOUN_CUE and chunks.codes[chunk - 1 : chunk] in (THAT, DETERMINER):
            return chunk  # «that letter said»
        if place >= 0 and chunks.mentions[place].definite and is_document(chunks, chunk):
            return chunk
    return -1


def author_of(chunks: Chunks, at: int) -> int:
    """Whose document a sentence says the words of: «“…,” read a statement from X»; -1 where somebody else speaks."""
    end = sentence_around(chunks.codes, at)[1]
    read = document_read(chunks, at)
    if read >= 0:
        return _owner(chunks, read, end)
    for chunk in range(at + 1, min(end, at + _NEAR)):
        if is_document(chunks, chunk):
            return _owner(chunks, chunk, end)
        place = chunks.mention_at[chunk]
        if chunks.codes[chunk] == QUOTE or (place >= 0 and chunks.mentions[place].kind in _SPEAKERS):
            return -1
    return -1


@lru_cache(maxsize=64)
def _reading(pack: Pack) -> tuple[str, ...]:
    """What tells behind the marks that a document has the words."""
    return tuple(pack.stands_in | pack.reads)


def document_read(chunks: Chunks, at: int) -> int:
    """«“…,” si legge nella nota», «…, staat in de brief»: the chunk of the document with the words; or -1."""
    pack, text = chunks.pack, chunks.text
    phrases = _reading(pack)
    start = chunks.ends[at]
    behind = [word.replace("’", "'") for word in WORDS.findall(text[start : start + _STRETCH].lower())]
    led = " ".join(behind)
    if not phrases or not led.startswith(phrases) or not _PLAIN_SIGNS.match(text, start):
        return -1
    end = sentence_around(chunks.codes, at)[1]
    for chunk in range(at + 2, min(end, at + _NEAR)):
        if is_document(chunks, chunk) or chunks.codes[chunk - 1 : chunk + 1] == PREPOSITION + SAY:  # «nella nota»
            word = chunks.words(chunk, chunk + 1).lower().split()[-1]
            return -1 if word in pack.mottoes else chunk
        if chunks.codes[chunk] in NAME + QUOTE:
            return -1
    return -1


def author_given(chunks: Chunks, at: int) -> int:
    """«According to a report by the Trust it is “…”»: whose document is the source before chunk `at`; else -1."""
    codes = chunks.codes
    start, end = sentence_around(codes, at)
    source = codes.find(BEFORE, start, at)
    written = source + 1 + (codes[source + 1 : source + 2] == DETERMINER)
    if source < 0 or not is_document(chunks, written) or QUOTE in codes[start:at]:
        return -1
    return _owner(chunks, written, end)


def _owner(chunks: Chunks, written: int, end: int) -> int:
    """The one whom a preposition or the genitive behind a document leads to; -1 without one."""
    codes, pack, at = chunks.codes, chunks.pack, written + 1
    if codes[at] == PREPOSITION:
        if not set(chunks.words(at, at + 1).lower().replace("’", "'").rstrip("'").split()) & pack.senders:
            return -1
        at += 1
    elif pack.articles and pack.case != "nouns":
        return -1
    while at < end and codes[at] in _BEFORE_OWNER:
        at += 1
    if codes[at] == NOUN_PHRASE:  # «the firm X», «the auditor, X»
        at += 1 if codes[at + 1] == NAME else 2 if codes[at + 1 : at + 3] == "," + NAME else 0
    return chunks.mention_at[at] if at < end and codes[at] in (NAME, NOUN_PHRASE) else -1


def is_written(chunks: Chunks, start: int, end: int) -> bool:
    """Whether nobody is in a sentence who could say what it quotes, but what was written."""
    for chunk in range(start, end):
        place = chunks.mention_at[chunk]
        if place < 0 or is_document(chunks, chunk):
            continue
        mention = chunks.mentions[place]
        led = chunks.codes[chunk - 1 : chunk] == PREPOSITION
        if mention.kind == NAME or (mention.kind == NOUN_PHRASE and not led):
            return False
        if (
            mention.kind == FIRST_PRONOUN
            and chunks.text[mention.start : mention.end].lower() not in chunks.pack.anybody
        ):
            return False  # «peut-on lire» is nobody
        if mention.kind == PERSON_PRONOUN and mention.gender in ("m", "f") and _is_printed(chunks, mention):
            return False
    return True


def _is_printed(chunks: Chunks, mention: Mention) -> bool:
    """Whether a pronoun stands there, and is not only told by its verb."""
    return chunks.pack.lexicon.get(chunks.text[mention.start : mention.end].lower()) == PERSON_PRONOUN


def is_document(chunks: Chunks, chunk: int) -> bool:
    """Whether a chunk is a noun for what somebody says or writes."""
    if chunks.codes[chunk] == NOUN_CUE:
        return True
    place = chunks.mention_at[chunk]
    if place < 0 or chunks.codes[chunk] != NOUN_PHRASE:
        return False
    pack, mention = chunks.pack, chunks.mentions[place]
    if pack.lexicon.get(mention.head) in (NOUN_CUE, SAY):  # «una nota»
        return True
    first = pack.articles and pack.case == "names" and not (pack.title_case or pack.verb_second or mention.role_noun)
    words = chunks.text[mention.start : mention.end].lower().split()[1:2] if first else []
    return any(pack.lexicon.get(word) == NOUN_CUE for word in words)  # «una lettera aperta»
