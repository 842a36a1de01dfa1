"""From the mention that was chosen to the speaker as stored: who is named, who stays unnamed, and by which rules.

Somebody who speaks for another is not that other; several people are nobody in particular; a platform says nothing;
who is quoted by another is the one who spoke; whom the rules are too unsure of is not named.
"""

from __future__ import annotations

from typing import NamedTuple

from archiver.languages import (
    DETERMINER,
    FIRST_PRONOUN,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    PERSON_PRONOUN,
    POSSESSIVE,
    RELATIVE,
)
from archiver.quotes import doubts
from archiver.quotes.coreference import Coreference
from archiver.quotes.model import NAME, NOUN_PHRASE, Chunks, Mention
from archiver.quotes.patterns import ANSWERED, JOINT_AFTER, JOINT_BEFORE, SAYING
from archiver.quotes.questions import is_question
from archiver.quotes.ranking import calibrated
from archiver.quotes.sources import SpokenFor, document, innermost, is_impersonal, represented
from archiver.quotes.speakers import Choice
from archiver.quotes.spelling import fold
from archiver.quotes.trail import NOBODY_NEAR, Form, NameRule, Position, SourceRule, speaker_rule, step
from archiver.records import NOBODY, Span, Speaker, Step, Via

_AS_PRINTED = 0.85  # how sure the name of a body can be at most that is a noun and what completes it
_INTERVIEWER = 8  # chunks beside a question in which the interviewer is


class Attribution(NamedTuple):
    """The speaker of a quotation (of a joint statement all of them), the person behind, and the steps to them."""

    speaker: Speaker
    speakers: tuple[Speaker, ...]
    steps: list[Step]
    choice: Choice


def attribute(chunks: Chunks, people: Coreference, at: int, choice: Choice) -> Attribution:
    """Who said what is at chunk `at`, where the ranking chose `choice`."""
    if choice.place < 0:
        return Attribution(NOBODY, (), [step("speakers", NOBODY_NEAR)], choice)
    asks = is_question(chunks, at)
    asker = _asker(chunks, at) if asks else -1
    if asks and asker < 0 and _is_asked_by_nobody(chunks, at):
        return Attribution(NOBODY, (), [step("sources", SourceRule.ASKER)], choice._replace(place=-1, person=-1))
    if asker >= 0:
        choice = choice._replace(place=asker, person=-1, again=False)
    choice = _in_document(chunks, people, choice)
    if choice.place < 0:
        return Attribution(NOBODY, (), [step("speakers", NOBODY_NEAR)], choice)
    steps = [_place_step(chunks, at, choice)]
    inner = innermost(chunks, choice.place) if not choice.again else choice.place
    if inner != choice.place:
        steps.append(_source_step(chunks, SourceRule.SECOND_HAND, chunks.mentions[choice.place]))
        persons = people.who(inner)
        person, share = persons[0] if persons else (-1, 1.0)
        choice = choice._replace(place=inner, person=person, confidence=choice.confidence * share)
    spoken_for = represented(chunks, choice.place)
    if spoken_for is not None:
        return _for_another(chunks, people, choice, spoken_for, steps)
    unnamed = _unnamed(chunks, people, choice)
    if unnamed is not None:
        steps.append(_source_step(chunks, unnamed, chunks.mentions[choice.place]))
        choice = choice._replace(person=-1)
    beside, where = (choice._replace(again=False), choice.told) if choice.told >= 0 else (choice, at)
    sure = min(_sure(chunks, people, beside), doubts.at_most(chunks, people, beside, where))
    if choice.person in people.printed:
        sure = min(sure, _AS_PRINTED)
    choice = choice._replace(confidence=sure)
    speaker = speaker_of(chunks, people, choice)
    steps += name_steps(chunks, people, choice)
    if speaker.name is not None and choice.confidence < doubts.NAMED_FROM:
        steps[-1] = _unsure_step(chunks, people, choice)
        return Attribution(_without_name(speaker), (), steps, choice._replace(person=-1))
    others = [] if choice.again else _joint(chunks, people, choice)
    if not others:
        return Attribution(speaker, (), steps, choice)
    steps.append(_source_step(chunks, SourceRule.JOINT, chunks.mentions[others[-1].place]))
    all_of_them = sorted([choice, *others], key=lambda one: one.place)
    speakers = tuple(speaker_of(chunks, people, one) for one in all_of_them)
    return Attribution(speakers[0], speakers, steps, all_of_them[0])


def _in_document(chunks: Chunks, people: Coreference, choice: Choice) -> Choice:
    """«In dem Brief heißt es: “…”» is the letter's, «es heißt, …» nobody's."""
    mention = chunks.mentions[choice.place]
    if mention.kind != OTHER_PRONOUN or not chunks.pack.impersonal:
        return choice
    codes = chunks.codes
    verb = next((at for at in (mention.chunk - 1, mention.chunk + 1) if codes[at : at + 1] in tuple(SAYING)), -1)
    if verb < 0 or not is_impersonal(chunks, verb):
        return choice
    first = max(codes.rfind(end, 0, verb) for end in "$\n") + 1
    ended = min((found for end in "$\n" if (found := codes.find(end, verb)) >= 0), default=len(codes))
    place = document(chunks, verb, first, ended)
    person, share = next(iter(people.who(place)), (-1, 1.0)) if place >= 0 else (-1, 1.0)
    return choice._replace(place=place, person=person, confidence=choice.confidence * share, again=False)


_AND = ("와", "과", "と", "和", "与", "與", "及")  # between two names, without case


def _asker(chunks: Chunks, at: int) -> int:
    """The mention of the interviewer beside a question; -1 without one."""
    codes = chunks.codes
    nearby: list[int] = [*range(at + 1, min(at + _INTERVIEWER, len(codes))), *range(max(0, at - _INTERVIEWER), at)]
    for chunk in nearby:
        found = chunks.mention_at[chunk]
        if codes[chunk] in "$\n" and chunk > at:
            break
        if (
            found >= 0
            and chunks.mentions[found].kind == NOUN_PHRASE
            and chunks.mentions[found].head in chunks.pack.askers
        ):
            return found
    return -1


def _is_asked_by_nobody(chunks: Chunks, at: int) -> bool:
    """«Asked “…”, X said: “…”»: the question of somebody whom the article leaves out."""
    codes = chunks.codes
    answered = ANSWERED.match(codes, at + 1)
    asked = codes[at - 1 : at] == NOUN_CUE or (
        codes[at - 1 : at] == NOUN_PHRASE
        and chunks.pack.lexicon.get(chunks.mentions[chunks.mention_at[at - 1]].head) == NOUN_CUE
    )
    return bool(answered) and asked


def _for_another(
    chunks: Chunks, people: Coreference, choice: Choice, found: SpokenFor, steps: list[Step]
) -> Attribution:
    """The unnamed speaker who speaks for somebody."""
    persons = people.who(found.other) if found.other >= 0 else []
    other = people.persons[persons[0][0]].name if persons else None
    meant = found.other if found.other >= 0 else choice.place
    steps.append(_source_step(chunks, found.rule, chunks.mentions[meant]))
    span = Span(start=found.start, end=found.end)
    printed = chunks.text[span.start : span.end]
    speaker = Speaker(printed=printed, span=span, confidence=round(choice.confidence, 2), represents=other)
    return Attribution(speaker, (), steps, choice._replace(person=-1))


def _unnamed(chunks: Chunks, people: Coreference, choice: Choice) -> SourceRule | None:
    """Why the person whom the mention seems to mean is not named; None where they are."""
    if choice.person < 0 or choice.again:
        return None
    mention, person, pack = chunks.mentions[choice.place], people.persons[choice.person], chunks.pack
    if fold(person.name) in pack.platforms or person.name.lower() in pack.platforms:
        return SourceRule.PLATFORM
    if mention.kind != NOUN_PHRASE:
        return None
    if mention.gender == "p":
        return SourceRule.GROUP
    return SourceRule.ASKER if mention.head in pack.askers else None


def _joint(chunks: Chunks, people: Coreference, choice: Choice) -> list[Choice]:
    """The others of «X and Y said», where the words name each of them."""
    if choice.person < 0 or chunks.mentions[choice.place].kind != NAME:
        return []
    codes, chunk = chunks.codes, chunks.mentions[choice.place].chunk
    places: list[int] = []
    after = JOINT_AFTER.match(codes, chunk + 1)
    if after:
        places += [at for at in range(after.start(), after.end()) if codes[at] == NAME]
    before = JOINT_BEFORE.search(codes, max(0, chunk - 8), chunk)
    if before and (codes[chunk + 1] in SAYING + "x" or codes[before.start() - 1 : before.start()] in tuple(SAYING)):
        places += [at for at in range(before.start(), chunk) if codes[at] == NAME]
    if chunks.pack.case == "none" and codes[chunk - 2 : chunk - 1] == NAME and chunks.words(chunk - 1, chunk) in _AND:
        places.append(chunk - 2)
    others = []
    for at in places:
        persons = people.who(chunks.mention_at[at])
        if persons and persons[0][0] != choice.person:
            others.append(choice._replace(place=chunks.mention_at[at], person=persons[0][0]))
    return others


def _sure(chunks: Chunks, people: Coreference, choice: Choice) -> float:
    """How sure the name is, as names found in this way have turned out to be right."""
    if choice.person < 0:
        return choice.confidence
    via = _via(chunks, people, choice)
    return calibrated(people.weights.get("sure", {}), choice.confidence, via.value, chunks.pack.case)


def _without_name(speaker: Speaker) -> Speaker:
    return Speaker(role=None, printed=speaker.printed, span=speaker.span, confidence=speaker.confidence)


def speaker_of(chunks: Chunks, people: Coreference, choice: Choice) -> Speaker:
    """The speaker that a choice means, named where it means a person."""
    mention = chunks.mentions[choice.place]
    span = _source_span(chunks, people, choice)
    printed = chunks.text[span.start : span.end]
    sure = round(choice.confidence, 2)
    if choice.person < 0:
        role = mention.role if mention.kind == NOUN_PHRASE else None
        return Speaker(role=role, printed=printed, span=span, via=None, confidence=sure)
    person, via = people.persons[choice.person], _via(chunks, people, choice)
    return Speaker(name=person.name, role=person.role, printed=printed, span=span, via=via, confidence=sure)


def _source_span(chunks: Chunks, people: Coreference, choice: Choice) -> Span:
    """The words that name the source; an unnamed one is more than its «who», and its «she» is «her sister»."""
    mention = chunks.mentions[choice.place]
    if choice.person >= 0:
        return Span(start=mention.start, end=mention.end)
    meant = chunks.mentions[people.antecedent(choice.place)]
    before = chunks.codes[meant.chunk - 1 : meant.chunk]
    owned = before == POSSESSIVE and meant is not mention
    first = chunks.text[meant.start : meant.end].lower().partition(" ")[0]
    kin = meant.head in chunks.pack.kin and chunks.pack.lexicon.get(first) != DETERMINER
    owned = owned or (before == OBJECT_PRONOUN and kin)  # «jej brat», not «erinnert sich der Mann»
    start = chunks.starts[meant.chunk - 1] if owned else meant.start
    return Span(start=start, end=mention.end if mention.kind == RELATIVE else meant.end)


def _via(chunks: Chunks, people: Coreference, choice: Choice) -> Via:
    mention = chunks.mentions[choice.place]
    if choice.again:
        return Via.CONTINUED
    if mention.kind != NAME:
        if people.person_at[choice.place] == choice.person:
            return Via.NAME  # «the Norland army»
        return Via.TITLE if mention.kind == NOUN_PHRASE else Via.PRONOUN
    return Via.SURNAME if not mention.in_full and people.persons[choice.person].full else Via.NAME


_FORMS = {
    NAME: Form.NAME,
    NOUN_PHRASE: Form.NOUN_PHRASE,
    PERSON_PRONOUN: Form.PRONOUN,
    OTHER_PRONOUN: Form.PRONOUN,
    FIRST_PRONOUN: Form.PRONOUN,
    RELATIVE: Form.RELATIVE,
}


def _place_step(chunks: Chunks, at: int, choice: Choice) -> Step:
    """Which words were taken for the speaker, and where they are."""
    mention = chunks.mentions[choice.place]
    rule = speaker_rule(_FORMS[mention.kind], _position(chunks, mention.chunk, at, again=choice.again))
    return step("speakers", rule, chunks.text, Span(start=mention.start, end=mention.end))


def _source_step(chunks: Chunks, rule: SourceRule, mention: Mention) -> Step:
    return step("sources", rule, chunks.text, Span(start=mention.start, end=mention.end))


def _unsure_step(chunks: Chunks, people: Coreference, choice: Choice) -> Step:
    """The candidate who is too unsure to be named."""
    where = _fullest(chunks, people, choice.person)
    return step("sources", SourceRule.UNSURE, chunks.text, where, round(choice.confidence, 2))


_NAME_RULES = {NAME: NameRule.SAME_NAME, RELATIVE: NameRule.ANTECEDENT, NOUN_PHRASE: NameRule.ROLE}


def name_steps(chunks: Chunks, people: Coreference, choice: Choice) -> list[Step]:
    """How the full name was reached."""
    if choice.person < 0:
        return []
    printed = people.person_at[choice.place] == choice.person  # «the Norland army», a name as any other
    kind = NAME if printed else chunks.mentions[choice.place].kind
    rule = _NAME_RULES.get(kind, NameRule.SALIENCE)
    return [step("coreference", rule, chunks.text, _fullest(chunks, people, choice.person))]


def _fullest(chunks: Chunks, people: Coreference, number: int) -> Span:
    """Where the article gives the full name of a person."""
    person = people.persons[number]
    named = [chunks.mentions[place] for place in person.mentions]
    full = next((mention for mention in named if len(mention.name) == len(person.name.split())), named[0])
    return Span(start=full.start, end=full.end)


def _position(chunks: Chunks, chunk: int, at: int, *, again: bool) -> Position:
    """How the mention relates to the quotation, in words."""
    codes = chunks.codes
    if again:
        return Position.QUOTE_BEFORE if chunk < at else Position.SAME_WORDS
    if chunks.paragraph_of[chunk] != chunks.paragraph_of[at]:
        return Position.PARAGRAPH_BEFORE
    if codes[chunk - 1 : chunk] == "a":
        return Position.AFTER_ACCORDING_TO
    if codes[chunk - 1 : chunk] and codes[chunk - 1] in SAYING:
        return Position.AFTER_VERB
    if codes[chunk + 1] in SAYING or codes[chunk + 1 : chunk + 3] in ("xS", "xT", "xL"):
        return Position.BEFORE_VERB
    if chunks.sentence_of[chunk] != chunks.sentence_of[at]:
        return Position.IN_PARAGRAPH
    return Position.BEFORE_QUOTE if chunk < at else Position.AFTER_QUOTE
