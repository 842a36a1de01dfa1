"""Sentences that quote several people: the one name that each quotation's own part of the sentence has.

«Called “brave” by X and “unwashable” by Y», «X speaks of “a gift”, Y of “a bill”»: what is nearest decides, not who
came first.
"""

from __future__ import annotations

import re

from archiver.languages import AUXILIARY, BEFORE, CALL, OTHER_PRONOUN, PERSON_PRONOUN, PREPOSITION, SAY
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, Chunks
from archiver.quotes.patterns import (
    ANSWERS_BEHIND,
    CALLS_SOMEBODY,
    CLEFT,
    CLOSING_TELLER,
    EMBEDDED_IN_MOOD,
    EMBEDDED_MEANWHILE,
    EMBEDDED_SUBJECT,
    EMBEDDED_TELLER,
    GAPPED_SUBJECT,
    INVERTED_LAST,
    OBJECT_RELATIVE,
    OWN_AGENT_BEFORE,
    OWN_AGENT_BEHIND,
    OWN_CLAUSE,
    OWN_SUBJECT_BEFORE,
    OWN_SUBJECT_BEHIND,
    PARALLEL_SUBJECT,
    PARTED_BY_CLAUSES,
    PARTICIPLES,
    PRONOUN_SAYS,
    RECALLED,
    SAYING,
    SOMEBODY_CALLS,
    SPEAK_FROM,
    SPEAKS_AFTER,
    TOLD_BY_ANOTHER,
    VERB_BEFORE_MARKS,
    WORDS,
    sentence_around,
)

_SEVERAL = 2  # quotations of one sentence, at least
_QUOTING = 8  # chunks from the subject of a verb of quoting to the words
_QUOTING_IN_SIGNS = 12  # the same without blanks
_LEADING = 3  # words between that subject and the end of its verb
_TO = ("a", "à")  # how prepositions begin that lead to a listener, in languages whose verbs have no subject
_ANSWER = 8  # chunks from a question to the words that answer it, at most
_CLOSES = "》〉」』”"  # what is behind the name of a paper
_JOINT = 2  # chunks, at most, between a name and the next quotation: a comma, «and»


def own_name(chunks: Chunks, at: int) -> int:
    """The mention in the part or clause of a sentence that the quotation at chunk `at` has for itself; else -1."""
    start, end = sentence_around(chunks.codes, at)
    place = _in_clause(chunks, start, end, at)
    return place if place >= 0 or chunks.codes.count(QUOTE, start, end) < _SEVERAL else _in_part(chunks, start, end, at)


def _in_clause(chunks: Chunks, start: int, end: int, at: int) -> int:
    """The subject of the clause that holds the quotation, where the sentence has others; else -1."""
    codes = chunks.codes
    meanwhile = EMBEDDED_MEANWHILE.search(codes, start, at)
    if meanwhile is not None:
        return chunks.mention_at[meanwhile.start(meanwhile.lastgroup or "name")]
    closing = CLOSING_TELLER.match(codes, at + 1, end + 1)
    if closing is not None and SOMEBODY_CALLS.search(codes, start, at) is None:
        return chunks.mention_at[closing.start("name")]
    answered = ANSWERS_BEHIND.search(codes, max(0, at - _ANSWER), at)
    if answered is not None:
        return chunks.mention_at[answered.start("name")]
    inverted = _inverted(chunks, start, at) if chunks.pack.verb_second else -1
    if inverted >= 0:
        return inverted
    pronoun = PRONOUN_SAYS.search(codes, start, at)
    if pronoun is not None:
        parted = _parted(chunks, start, at)
        return parted if parted >= 0 else chunks.mention_at[pronoun.start("name")]
    caller = _caller(chunks, start, at)
    if caller >= 0:
        return caller
    told = OBJECT_RELATIVE.search(codes, start, at) or CLEFT.search(codes, start, at) or _recalled(chunks, start, at)
    if told is not None:
        return chunks.mention_at[told.start("name")]
    reported = in_mood(chunks, start, at)
    if reported >= 0:
        return reported
    clause = OWN_CLAUSE.search(codes, start, at) if chunks.pack.dropped else None
    if clause is not None and _acts(chunks, chunks.mention_at[clause.start("name")]):
        return chunks.mention_at[clause.start("name")]
    body = _body_behind(chunks, at)
    if body >= 0:
        return body
    embedded = EMBEDDED_SUBJECT.search(codes, start, at) or EMBEDDED_TELLER.search(codes, start, at)
    if embedded is None or _is_supposed(chunks, embedded):
        return -1
    return chunks.mention_at[embedded.start("name")]


def _in_part(chunks: Chunks, start: int, end: int, at: int) -> int:
    """Who speaks in the part of the sentence that one of several quotations has for itself; else -1."""
    codes = chunks.codes
    before = codes.rfind(QUOTE, start, at) + 1 or start
    gapped = _gapped_subject(chunks, start, before, at)
    if gapped >= 0:
        return gapped
    found = (
        _agent(chunks, OWN_AGENT_BEHIND.match(codes, at + 1, end + 1))
        or _subject_before(codes, before, at)
        or _agent(chunks, OWN_AGENT_BEFORE.search(codes, before, at))
        or _subject_behind(codes, before, at)
        or _parallel_subject(chunks, start, before, at)
    )
    return chunks.mention_at[found.start("name")] if found else -1


def _inverted(chunks: Chunks, start: int, at: int) -> int:
    """«Wie X mitteilte, rief [Y] “…”», «Laut X nannte [Y] den Plan “…”»: the subject behind its verb; else -1."""
    codes = chunks.codes
    found = INVERTED_LAST.search(codes, start, at) or TOLD_BY_ANOTHER.search(codes, start, at)
    if found is None or any(code in SAYING for code in codes[at + 1 : at + 3]):
        return -1
    who = chunks.mention_at[found.start("name")]
    noun = chunks.mentions[who]
    return who if noun.kind == NAME or noun.role_noun or noun.is_organization else -1


def _parted(chunks: Chunks, start: int, at: int) -> int:
    """The subject that clauses part from its verb, which seems to have none: «A man who came, and who sat, said:»."""
    found = PARTED_BY_CLAUSES.match(chunks.codes, start, at)
    left = found.start("left") if found else -1
    who = chunks.mention_at[found.start("name")] if found and chunks.starts[left] == chunks.ends[left] else -1
    return who if who >= 0 and _acts(chunks, who) else -1


def _recalled(chunks: Chunks, start: int, at: int) -> re.Match[str] | None:
    """«X remembers him saying “…”»: the object of the verb before a participle of saying."""
    found = RECALLED.search(chunks.codes, start, at)
    participle = found is not None and chunks.words(*found.span("verb")).lower().endswith(PARTICIPLES)
    return found if participle else None


def _caller(chunks: Chunks, start: int, at: int) -> int:
    """Who calls somebody spoken of before something: the subject of a verb whose object is a pronoun; else -1."""
    found = CALLS_SOMEBODY.search(chunks.codes, start, at)
    part = found.lastgroup if found else None
    if found is None or part is None or (part != "name" and not chunks.pack.verb_second):
        return -1
    who, other = chunks.mention_at[found.start(part)], -1
    if part == "behind" and chunks.codes[found.start("pronoun")] == OTHER_PRONOUN:
        other = chunks.mention_at[found.start("pronoun")]  # «nannten sie die Leute “…”», «nennen sie den Plan “…”»
    noun = chunks.mentions[who]
    return who if other < 0 or noun.kind == NAME or noun.role_noun or noun.is_organization else other


def in_mood(chunks: Chunks, start: int, at: int) -> int:
    """Who said it in the clause that a verb of saying leads to, in languages with a mood for that; else -1."""
    found = EMBEDDED_IN_MOOD.search(chunks.codes, start, at) if chunks.pack.reported_mood else None
    return chunks.mention_at[found.start("name" if found["name"] else "teller")] if found else -1


def _is_supposed(chunks: Chunks, embedded: re.Match[str]) -> bool:
    """«(X said) that Y would discuss it “in a few weeks”» is X's."""
    words = chunks.words(embedded.end("name"), embedded.end()).lower().split()
    return any(word in chunks.pack.hypotheticals for word in words[:_LEADING])


def _parallel_subject(chunks: Chunks, start: int, before: int, at: int) -> re.Match[str] | None:
    """The subject of the second of two clauses built alike: «X calls it “a gift”, while her brother Y calls it “mud”».

    Of «X called it “a gift” and told Y it was “mud”» that is nobody: Y is told.
    """
    codes, first = chunks.codes, chunks.codes[start : before - 1]
    found = PARALLEL_SUBJECT.fullmatch(codes, before, at) if codes[before - 1 : before] == QUOTE else None
    if found is None or not any(code in NAME + NOUN_PHRASE for code in first) or SPEAKS_AFTER.match(codes, at + 1):
        return None
    governed = any(code in PREPOSITION + BEFORE for code in found["led"])
    if governed:  # «Per X è “…”; per Y “…”»
        return found if first[:1] in (PREPOSITION, BEFORE) else None
    if any(code in SAYING + AUXILIARY for code in found["led"]):  # the verb is before its subject
        return found if chunks.pack.verb_second else None
    last = chunks.pack.verb_second and codes[at + 1 : at + 2] in tuple(SAYING)  # «nachdem Y den Plan „…“ genannt hatte»
    last = last or chunks.pack.verb_final
    speaks = last or any(code in SAYING for code in found["rest"]) or found["rest"][0] in ",-"
    return found if found["break"] and speaks else None


def _acts(chunks: Chunks, place: int) -> bool:
    """Whether a mention is a name, or a noun for somebody or for a body."""
    mention = chunks.mentions[place]
    return mention.kind == NAME or mention.role_noun or mention.is_organization


def _body_behind(chunks: Chunks, at: int) -> int:
    """The body that several speak from, or in: «“…”, aseguran desde el ministerio»; who is told one is none, or -1."""
    found = SPEAK_FROM.match(chunks.codes, at + 1) if chunks.pack.plural_verbs else None
    if found is None:
        return -1
    verb, led = found.start("verb"), found.start("from")
    told = chunks.words(led, led + 1).lower().startswith(_TO)
    several = chunks.words(verb, verb + 1).lower().endswith(chunks.pack.plural_verbs)
    body = chunks.mention_at[found.start("body")]
    return body if several and not told and chunks.mentions[body].is_organization else -1


def _gapped_subject(chunks: Chunks, start: int, before: int, at: int) -> int:
    """Whose words they are in a clause without a verb: «X speaks of “a gift”, his wife, Y, of “mud”»; else -1.

    Of «X called the plan “good” and the budget “bad”» that is nobody: it is called so.
    """
    codes = chunks.codes
    found = GAPPED_SUBJECT.fullmatch(codes, before, at) if codes[before - 1 : before] == QUOTE else None
    if found is None or SPEAKS_AFTER.match(codes, at + 1):
        return -1
    if found["led"] is not None:  # «Para X es “…”, para Y “…”»
        alike = found["verb"] is None and codes[start] in PREPOSITION + BEFORE
    else:
        told = VERB_BEFORE_MARKS.search(codes, start, before - 1)
        alike = found["verb"] is not None or (told is not None and _link(chunks, told) == _link(chunks, found))
    if not alike:
        return -1
    part = next(one for one in ("apposed", "name", "noun") if found[one])
    who = chunks.mention_at[found.start(part)]
    somebody = part != "noun" or chunks.mentions[who].role_noun or chunks.mentions[who].is_organization
    return who if somebody else -1


def _link(chunks: Chunks, found: re.Match[str]) -> str:
    """The preposition that leads to the marks, if one does."""
    at = found.start("link")
    return chunks.words(at, at + 1).lower() if found["link"] else ""


def quoted_in(chunks: Chunks, place: int, at: int) -> int | None:
    """Whom a subject quotes before the quotation at chunk `at`: «X quoted her grandfather: “…”»; -1 is nobody named.

    None where the mention at `place` quotes nobody.
    """
    chunk, codes = chunks.mentions[place].chunk, chunks.codes
    reach = _QUOTING if chunks.pack.spaces else _QUOTING_IN_SIGNS
    if not 1 < at - chunk <= reach + 1:
        return None
    between = codes[chunk + 1 : at]
    if between[-1:] not in tuple(":,") or SENTENCE_END in between:
        return None
    if not _quotes(chunks, chunks.text[chunks.ends[chunk] : chunks.starts[at]].lower()):
        return None
    told = [code for code in between if code in SAYING]
    if len(told) > 1 and chunks.pack.case != "none":
        return None
    objects = [chunks.mention_at[i] for i in range(chunk + 1, at) if codes[i] in NOUN_PHRASE + NAME + PERSON_PRONOUN]
    if chunks.pack.case == "none":
        return objects[0] if objects else None  # 援引X的话称
    return objects[-1] if objects else -1


def _quotes(chunks: Chunks, text: str) -> bool:
    """Whether words begin with a verb of quoting that somebody is the object of."""
    pack = chunks.pack
    if not pack.spaces:
        return text.lstrip(_CLOSES).startswith(tuple(pack.quoting))
    words = WORDS.findall(text)
    verb = next((number for number, word in enumerate(words[:_LEADING]) if word in pack.quoting), -1)
    return verb >= 0 and (verb < len(words) - 1 or pack.verb_final)


def _agent(chunks: Chunks, found: re.Match[str] | None) -> re.Match[str] | None:
    """Who acts in the passive, or «according to» whom the words are."""
    if found is None:
        return None
    led = found.start("by")
    by = chunks.words(led, led + 1).lower()
    source = chunks.codes[led] == BEFORE or by in chunks.pack.agents
    return found if source else None


def _subject_before(codes: str, before: int, at: int) -> re.Match[str] | None:
    """The name after the quotation before, where nobody is named behind this one."""
    if codes[before - 1 : before] != QUOTE or SPEAKS_AFTER.match(codes, at + 1):
        return None
    return OWN_SUBJECT_BEFORE.fullmatch(codes, before, at)


def _subject_behind(codes: str, before: int, at: int) -> re.Match[str] | None:
    """The name right behind, which the verb before the quotation or that of the one before has for its subject."""
    found = OWN_SUBJECT_BEHIND.match(codes, at + 1)
    if found is None:
        return None
    behind_one = codes[before - 1 : before] == QUOTE
    one = OWN_SUBJECT_BEHIND.match(codes, before) if behind_one else None
    if one is not None and at - one.end() <= _JOINT:  # «“brave” called it X, “overdue” Y»
        return found
    if codes[at - 1 : at] == SAY and behind_one:
        return None  # «“…”, розповіла «Громаді» вчителька X»: what is told, and whom
    told = found["verb"] or codes[at - 1 : at] in (CALL, SAY) or behind_one
    return found if told and NAME not in codes[before:at] else None
