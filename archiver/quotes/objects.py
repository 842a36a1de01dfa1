"""Who is no subject, as far as its article, its verb and the order of the sentence tell: «der Ministerin», «den Plan».

In languages that put the verb second the object may open the sentence: «Die Pläne bezeichnete X als „falsch“».
"""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    CONJUNCTION,
    DETERMINER,
    NOUN_CUE,
    OWNER,
    PERSON_PRONOUN,
    PREPOSITION,
    RELATIVE,
    ROLE,
    TIME,
    Pack,
)
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.patterns import LEADING, SAYING, VERB

_LED = 3  # chunks of a role and its article before a name
_BEHIND_OBJECT = re.compile(  # «Die Pläne (der Ministerin) (für die Mauer) bezeichnete [X]»
    rf"(?:{NOUN_PHRASE}|{LEADING}{NAME}|{PREPOSITION}{LEADING}[{NOUN_PHRASE}{NAME}{WORD}{TIME}])?(?P<verb>[{SAYING}])"
    rf"[{WORD}{TIME}]?(?:{LEADING}(?P<name>{NAME})|(?P<who>[{NOUN_PHRASE}{PERSON_PRONOUN}]))"
)
_OBJECT_FIRST = (
    re.compile(  # «(Die Pläne) … bezeichnete [X] am Abend als (“falsch”)», «Roths Plan nannte [X] (“falsch”)»
        rf"(?:{NOUN_PHRASE}|{NAME}{OWNER}[{WORD}{NOUN_PHRASE}{NOUN_CUE}])(?:{NOUN_PHRASE}|{LEADING}{NAME}"
        rf"|{PREPOSITION}{LEADING}[{NOUN_PHRASE}{NAME}{TIME}{WORD}])?{VERB}[{WORD}{TIME}]?"
        rf"{LEADING}(?P<who>[{NAME}{NOUN_PHRASE}{PERSON_PRONOUN}])(?:{PREPOSITION}?[{WORD}{TIME}]){{0,2}}"
        rf"(?:{CONJUNCTION}|{PREPOSITION})?{DETERMINER}?\Z"
    )
)
_AS_MARKS = re.compile(  # «Als (“falsch”) bezeichnete [X] den Plan»
    rf",?{VERB}[{WORD}{TIME}]?{LEADING}(?P<who>[{NAME}{NOUN_PHRASE}{PERSON_PRONOUN}])"
)
_PASSIVE_AS = re.compile(  # «(Der Plan wurde) … als (“falsch”) kritisiert»
    rf"{QUOTE}(?P<verb>[{SAYING}{WORD}]){AUXILIARY}?(?=[,;$\n{CONJUNCTION}])"
)
_AGENT_FIRST = re.compile(  # «Von der Opposition wurde der Plan als (“falsch”) kritisiert»
    rf"{PREPOSITION}{LEADING}(?P<who>[{NAME}{NOUN_PHRASE}])(?P<passive>{AUXILIARY})[^$\n,;{QUOTE}{SAYING}]{{1,8}}\Z"
)
_COMPLETES = re.compile(rf"[{NOUN_PHRASE}{NOUN_CUE}](?P<preposition>{PREPOSITION}){LEADING}\Z")
_IS_SO = re.compile(rf"{AUXILIARY}[^,;$\n{QUOTE}{SAYING}{NAME}]{{1,6}}:{QUOTE}")
_VERB_LAST = re.compile(rf"[{WORD}{TIME}]?{AUXILIARY}?[,$]")
_PRONOUN_IN_CLAUSE = re.compile(rf"[{CONJUNCTION}{RELATIVE}{WORD}]{PERSON_PRONOUN}[{WORD}{TIME}{AUXILIARY}]{{0,2}}\Z")
_CLAUSE = 5  # chunks of a clause before its object
_NOUN_BEHIND_VERB = re.compile(  # «Als X kam, rief [ein Zuhörer]: (“…”)», «När X kom ropade [en man]: (“…”)»
    rf"[^$\n{QUOTE}]{{2,14}}[,{WORD}{TIME}]{VERB}(?P<who>{NOUN_PHRASE})[{WORD}{TIME}]?:\Z"
)
_OPENS = ("", "\n", SENTENCE_END)


def is_object(chunks: Chunks, mention: Mention) -> bool:
    """Whether a name or noun is no subject: by its article, where no preposition makes a source of it, or its place."""
    if _has_oblique_article(chunks, mention) or _opens_as_object(chunks, mention):
        return True
    if not chunks.pack.verb_second or mention.kind != NAME:
        return False
    return (
        _is_led_away(chunks, mention)
        or _is_spoken_of(chunks, mention)
        or _is_behind_subject(chunks, mention)
        or _is_behind_somebody(chunks, mention)
    )


def _is_led_away(chunks: Chunks, mention: Mention) -> bool:
    """«Gegen X richtet sich Kritik: „…“», «Über X sagt man: „…“»: behind a preposition that leads to no speaker."""
    first = mention.chunk
    while first > 1 and mention.chunk - first < _LED and chunks.codes[first - 1] in ROLE + DETERMINER + WORD:
        first -= 1
    return chunks.codes[first - 1 : first] == PREPOSITION and chunks.words(first - 1, first).lower() in chunks.pack.away


def _is_behind_somebody(chunks: Chunks, mention: Mention) -> bool:
    """«Einer rief X zu: „…“»: behind the verb of a determiner that is the subject alone."""
    codes, at = chunks.codes, mention.chunk
    if (
        codes[max(0, at - 2) : at - 1] != DETERMINER
        or codes[at - 1] not in SAYING
        or codes[max(0, at - 3) : at - 2] not in _OPENS
    ):
        return False
    return chunks.words(at - 2, at - 1).lower() not in chunks.pack.referring


def _is_spoken_of(chunks: Chunks, mention: Mention) -> bool:
    """«Das Treffen mit X war bewegend: „…“»: a name that completes the noun with which the sentence opens."""
    found = _COMPLETES.search(chunks.codes, max(0, mention.chunk - _LED), mention.chunk)
    if found is None or not _IS_SO.match(chunks.codes, mention.chunk + 1):
        return False
    led = found.start("preposition")
    return chunks.words(led, led + 1).lower() not in chunks.pack.agents


def _is_behind_subject(chunks: Chunks, mention: Mention) -> bool:
    """«…, weil er X nicht sehen konnte»: a name between the pronoun that is the subject and the verb that is last."""
    if _VERB_LAST.match(chunks.codes, mention.chunk + 1) is None:
        return False
    return _PRONOUN_IN_CLAUSE.search(chunks.codes, max(0, mention.chunk - _CLAUSE), mention.chunk) is not None


def _has_oblique_article(chunks: Chunks, mention: Mention) -> bool:
    """«(sagte) dem Sender», «(die Pläne) der Ministerin», «(widersprach) dem Abgeordneten X», «(von) X’ Worten»."""
    pack, codes = chunks.pack, chunks.codes
    if not pack.oblique or mention.kind not in (NAME, NOUN_PHRASE):
        return False
    first = mention.chunk
    if mention.kind == NAME:
        if codes[first + 1] == OWNER and (codes[first - 1 : first] == PREPOSITION or _has_what_acts(chunks, first + 2)):
            return True
        if codes[first - 1 : first] != ROLE:
            return False
        first -= 2 if codes[max(0, first - 2) : first - 1] == DETERMINER else 1
    if codes[first - 1 : first] in (PREPOSITION, BEFORE) or _is_of_source(chunks, first):
        return False
    words = chunks.words(first, mention.chunk).lower() if mention.kind == NAME else ""
    words = words or chunks.text[mention.start : mention.end].lower()
    article, _, rest = words.partition(" ")
    hers = article in pack.oblique_of_hers and bool(rest) and _is_hers(mention, rest, pack)
    return article in pack.oblique or hers


def _has_what_acts(chunks: Chunks, at: int) -> bool:
    """«Roths Gegenüber sprach von „…“»: whether what a name owns, at a chunk, is the subject of a verb of saying."""
    thing = chunks.words(at, at + 1).lower().partition(" ")[0]
    return chunks.codes[at + 1] in SAYING and chunks.pack.lexicon.get(thing) != NOUN_CUE


def _is_hers(mention: Mention, words: str, pack: Pack) -> bool:
    """Whether a noun is feminine, by what it means or by its end: «Ministerin», «Regierung»."""
    noun = words.rsplit(" ", 1)[-1]
    told = pack.genders.get(noun) or (mention.gender if mention.kind == NOUN_PHRASE else "")
    if told in ("m", "f"):
        return told == "f"
    return noun.endswith(pack.feminine_noun_endings)


def _is_of_source(chunks: Chunks, first: int) -> bool:
    """Whether what begins at a chunk completes a noun that tells a source: «aus Sicht der Ministerin»."""
    word = chunks.words(first - 1, first).lower().rsplit(" ", 1)[-1] if first else ""
    return word in chunks.pack.source_nouns


def _opens_as_object(chunks: Chunks, mention: Mention) -> bool:
    """«Die Pläne bezeichnete X als „…“»: a thing that opens its sentence, with the subject right behind the verb."""
    codes, pack, at = chunks.codes, chunks.pack, mention.chunk
    if not pack.verb_second or mention.kind != NOUN_PHRASE or codes[at - 1 : at] not in _OPENS:
        return False
    if mention.role_noun or mention.is_organization or not _is_thing(mention.head, pack):
        return False
    found = _BEHIND_OBJECT.match(codes, at + 1)
    return found is not None and _may_act(chunks, found)


def subject_behind_object(chunks: Chunks, start: int, at: int) -> int:
    """Whom «Die Pläne bezeichnete X als „…“» and «Als „…“ bezeichnete X die Pläne» let speak; else -1."""
    codes, pack = chunks.codes, chunks.pack
    if not pack.verb_second:
        return -1
    if at == start + 1 and codes[start] in CONJUNCTION + PREPOSITION:
        found = _AS_MARKS.match(codes, at + 1) if chunks.words(start, at).lower() in pack.likening else None
    elif codes[start] == CONJUNCTION and (behind := _NOUN_BEHIND_VERB.fullmatch(codes, start, at)) is not None:
        found = behind
    else:
        found = _OBJECT_FIRST.fullmatch(codes, start, at)
        first = chunks.mentions[chunks.mention_at[start]] if found else None
        if first is None or (first.kind == NOUN_PHRASE and not _opens_as_object(chunks, first)):
            return -1
    who = chunks.mention_at[found.start("who")] if found else -1
    return who if who >= 0 and not is_object(chunks, chunks.mentions[who]) else -1


def is_called_by_others(chunks: Chunks, start: int, at: int) -> bool:
    """«Der Plan wurde als „falsch“ kritisiert»: a passive of the past that likens, whoever it was."""
    pack = chunks.pack
    if not pack.verb_second or chunks.words(at - 1, at).lower() not in pack.likening:
        return False
    found = _PASSIVE_AS.match(chunks.codes, at)
    if found is None or not chunks.words(*found.span("verb")).lower().endswith(pack.participles):
        return False
    words = chunks.words(start, at).lower().split() + chunks.words(found.end("verb"), found.end()).lower().split()
    return any(word in pack.passive_past for word in words)


def said_by_several(chunks: Chunks, start: int, end: int, verb: int) -> bool:
    """«… und skandierten „…“»: a verb of several before the marks, in a sentence that names nobody."""
    pack, codes = chunks.pack, chunks.codes
    if verb < start or not (pack.verb_second and pack.plural_verbs) or codes[verb] not in SAYING:
        return False
    if chunks.words(verb + 1, verb + 2).lower().partition(" ")[0] in pack.anybody:
        return True  # «Über X sagt man: „…“»
    if not chunks.words(verb, verb + 1).lower().endswith(pack.plural_verbs):
        return False
    return not any(code in NAME + PERSON_PRONOUN + AUXILIARY + BEFORE for code in codes[start:end])


def agent_in_front(chunks: Chunks, start: int, at: int) -> int:
    """«Von der Opposition wurde der Plan als „falsch“ kritisiert»: who acts in a passive behind them; or -1."""
    found = _AGENT_FIRST.match(chunks.codes, start, at)
    led = found is not None and chunks.words(start, start + 1).lower() in chunks.pack.agents
    if found is None or not led or not is_called_by_others(chunks, start, at):
        return -1
    return chunks.mention_at[found.start("who")]


def _is_thing(head: str, pack: Pack) -> bool:
    """Whether a noun is nobody who might say something: neither people nor what is written."""
    return head not in pack.somebody and head not in pack.works_nouns and pack.lexicon.get(head) != NOUN_CUE


def _may_act(chunks: Chunks, found: re.Match[str]) -> bool:
    """Whether what is behind a verb is its subject: the verb is not that of several, nor is the noun a thing."""
    pack, verb = chunks.pack, found.start("verb")
    several = bool(pack.plural_verbs) and chunks.words(verb, verb + 1).lower().endswith(pack.plural_verbs)
    if found["name"]:
        return not several
    noun = chunks.mentions[chunks.mention_at[found.start("who")]]
    if noun.kind == PERSON_PRONOUN:
        return True
    return (noun.role_noun or noun.is_organization) and not _has_oblique_article(chunks, noun)
