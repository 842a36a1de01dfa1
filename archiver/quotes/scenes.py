"""The day of a scene: «The minister came to Aarhus on Monday. “It is done,” she said.»

Words without a day of their own have that of a sentence shortly before, in which whoever says them is already there,
if both are told in the past tense. A day that is named for something further back («last Friday») opens no scene.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from archiver.languages import FIRST_PRONOUN
from archiver.quotes.coreference import Coreference
from archiver.quotes.dates import FoundDay, day_of, days_within, said_on_day
from archiver.quotes.model import Chunks
from archiver.quotes.patterns import WORDS, sentence_start
from archiver.quotes.trail import DateRule, step
from archiver.records import NO_DAY, Dated, Quote, SaidOn, Span, Step

_SENTENCES = 3  # sentences before the words in which the scene is looked for
_SURE, _BESIDE = 0.75, 0.6  # how sure the day is in the paragraph of the words, and in the one before it
_STORY = timedelta(days=7)  # what a story is about lies no further back
_ASIDE = frozenset("rt")  # what opens a clause of its own


def day_of_scene(
    chunks: Chunks, people: Coreference, at: int, person: int, cue: Span | None, published: Dated
) -> tuple[SaidOn, Step | None]:
    """The day of the sentence before the quotation at chunk `at` that tells when `person` was there."""
    known = person >= 0 and chunks.pack.dates.told
    if not known or (cue is not None and not _is_past(chunks, cue.start, cue.end)):
        return NO_DAY, None
    today, end = day_of(published.value), sentence_start(chunks.codes, at)
    crossed = 0  # ends of paragraphs in between
    for _ in range(_SENTENCES):
        if end > 0 and chunks.codes[end - 1] == "\n":
            crossed += 1
        if end <= 0 or crossed > 1:
            break
        start = sentence_start(chunks.codes, end - 1)
        days = list(days_within(chunks, start, end, today))
        if days and today is not None and today - days[0].value > _STORY:
            break
        if days:
            return _day(chunks, people, (start, end), at, days, person, _BESIDE if crossed else _SURE)
        end = start
    return NO_DAY, None


def _day(
    chunks: Chunks,
    people: Coreference,
    sentence: tuple[int, int],
    at: int,
    days: list[FoundDay],
    person: int,
    sure: float,
) -> tuple[SaidOn, Step | None]:
    """The one day that a sentence tells of the person, in the past."""
    start, end = sentence
    day = days[0]
    told = len({one.value for one in days}) == 1 and not day.further_back
    told = told and FIRST_PRONOUN not in chunks.codes[start:end]  # «on Monday we wrote»
    if not told or not _is_past(chunks, chunks.starts[start], chunks.ends[end - 1]):
        return NO_DAY, None
    last = min(sentence_start(chunks.codes, at), chunks.line_end[chunks.paragraph_of[start]])
    if not any(_is_mentioned(chunks, people, chunk, person) for chunk in range(start, last)):
        return NO_DAY, None
    clause = max(chunks.codes.rfind(sign, start, day.chunk) for sign in ",:;$") + 1
    if _ASIDE & set(chunks.codes[max(clause, start) : day.chunk]):
        return NO_DAY, None  # «who was arrested on Monday»
    return said_on_day(chunks, day._replace(rule=DateRule.SCENE), sure)


def _is_mentioned(chunks: Chunks, people: Coreference, chunk: int, person: int) -> bool:
    place = chunks.mention_at[chunk]
    persons = people.who(place) if place >= 0 else []
    return bool(persons) and persons[0][0] == person


def _is_past(chunks: Chunks, start: int, end: int) -> bool:
    """Whether a verb between two offsets is in the past."""
    told = chunks.pack.dates.told
    if not chunks.pack.spaces:
        return any(word in chunks.text[start:end] for word in told)
    words = WORDS.findall(chunks.text[start:end])
    return any(not word[0].isupper() and word.endswith(told) for word in words)


def with_days_of_before(text: str, found: list[Quote]) -> list[Quote]:
    """«“A,” she said on Monday. “B.”»: what somebody goes on to say in the same paragraph has the same day."""
    out: list[Quote] = []
    for quote in found:
        out.append(_with_day_of(text, out[-1], quote) if out and _goes_on(text, out[-1], quote) else quote)
    return out


def _with_day_of(text: str, before: Quote, quote: Quote) -> Quote:
    day, sure = before.said_on, min(before.said_on.confidence or _SURE, _SURE)
    told = step("dates", DateRule.SCENE, text, day.span)
    return replace(quote, said_on=replace(day, confidence=sure), trail=(*quote.trail, told))


def _goes_on(text: str, before: Quote, quote: Quote) -> bool:
    """Whether two quotations of one person, the second without a reporting word of its own, are of one paragraph."""
    same = quote.speaker.name is not None and quote.speaker.name == before.speaker.name
    own = quote.cue.span is not None and quote.cue.span != before.cue.span
    apart = "\n" in text[before.spans[-1].end : quote.spans[0].start]
    return same and not own and not apart and quote.said_on.value is None and before.said_on.span is not None
