"""The quote as a value, made of what the steps found: words, kind, cue, speaker, polarity, day and trail."""

from __future__ import annotations

from bisect import bisect_right

from archiver.languages import AUXILIARY, CALL, NOUN_CUE, SAY, TELL
from archiver.quotes.afterwards import taken_back
from archiver.quotes.attribution import Attribution, attribute
from archiver.quotes.coreference import Coreference
from archiver.quotes.cues import find_cue
from archiver.quotes.dates import find_day
from archiver.quotes.features import context_of
from archiver.quotes.model import Chunks, Marked
from archiver.quotes.passages import around, selectors_of, words_of
from archiver.quotes.patterns import WORDS
from archiver.quotes.polarity import polarity_of
from archiver.quotes.reported import Reported
from archiver.quotes.scenes import day_of_scene
from archiver.quotes.speakers import Choice
from archiver.quotes.trail import MarksRule, step
from archiver.quotes.works import is_title_of_work
from archiver.records import (
    NO_ASCRIPTION,
    NO_CUE,
    NO_DAY,
    NOBODY,
    Article,
    Ascription,
    Cue,
    Kind,
    Polarity,
    Quote,
    Span,
)

_SAYING_BEFORE = tuple(NOUN_CUE + CALL + SAY + TELL)
_SAYING_BEHIND = tuple(CALL + SAY + TELL)


def marked_quote(article: Article, chunks: Chunks, people: Coreference, group: list[int], choice: Choice) -> Quote:
    """The quotation that the marked stretches of a group are."""
    text, pieces, at = article.text, [chunks.marked[place] for place in group], chunks.quote_at[group[0]]
    spans = tuple(Span(start=piece.start, end=piece.end) for piece in pieces)
    start, end = spans[0].start, spans[-1].end
    before, after = around(text, start, end)
    found = attribute(chunks, people, at, choice)
    chosen, kind = found.choice, _kind(chunks, group)
    ahead = chosen.again and chunks.mentions[chosen.place].chunk > at
    cue, cue_step = (NO_CUE, None) if ahead else find_cue(chunks, group[0], chosen.place)
    anchor = (
        _chunk_at(chunks, cue.span.start)
        if cue.span
        else chunks.mentions[chosen.place].chunk
        if chosen.place >= 0
        else -1
    )
    day, day_step = find_day(chunks, anchor, article.published) if not chosen.again else (NO_DAY, None)
    if day_step is None:
        day, day_step = day_of_scene(chunks, people, at, chosen.person, cue.span, article.published)
    polarity, polarity_step = polarity_of(chunks, group[0], cue.span, kind)
    told = found
    if polarity is Polarity.ASSERTED:
        back = taken_back(chunks, people, chunks.quote_at[group[-1]], chosen.person)
        if back is not None:
            polarity, polarity_step = back.polarity, back.step
            told = _of_another(chunks, people, at, back.place, choice) if back.place >= 0 else found
    asserted = polarity is Polarity.ASSERTED
    steps = (step("marks", _marks_rule(pieces, text)), cue_step, *found.steps, polarity_step, day_step)
    return Quote(
        text=words_of(text, pieces), printed=text[start:end], kind=kind, spans=spans,
        selectors=selectors_of(text, spans), cue=cue, said_on=day, polarity=polarity,
        speaker=found.speaker if asserted else NOBODY, speakers=found.speakers if asserted else (),
        ascribed_to=NO_ASCRIPTION if asserted else _ascription(told),
        before=before, after=after, trail=tuple(link for link in steps if link),
        span_confidence=round(choice.spoken, 2), text_digest=article.text_digest,
    )  # fmt: skip


def is_denied(chunks: Chunks, people: Coreference, quote: int, choice: Choice) -> bool:
    """Whether words beside a verb or noun of saying are denied or in doubt: «the phrase “…”, which she denies»."""
    codes, at = chunks.codes, chunks.quote_at[quote]
    before = WORDS.findall(chunks.words(max(0, at - 1), at).lower())[-1:]
    noun = bool(before) and before[0] in chunks.pack.just_said  # «with the words “…”»
    if not noun and codes[at - 1 : at] not in _SAYING_BEFORE and codes[at + 1] not in _SAYING_BEHIND:
        return False
    called = codes[at + 1 : at + 3] == CALL + AUXILIARY  # «einen „Halunken“ genannt habe»
    if not (called or noun) and is_title_of_work(chunks, context_of(chunks, quote)):
        return False
    cue, _ = find_cue(chunks, quote, choice.place)
    polarity, _ = polarity_of(chunks, quote, cue.span, _kind(chunks, [quote]))
    return polarity in (Polarity.DENIED, Polarity.DISPUTED) or taken_back(chunks, people, at, choice.person) is not None


def _of_another(chunks: Chunks, people: Coreference, at: int, place: int, choice: Choice) -> Attribution:
    """The person at a mention as the one who is said not to have said the words."""
    person, share = people.who(place)[0]
    return attribute(chunks, people, at, choice._replace(place=place, person=person, confidence=share, again=False))


def _ascription(found: Attribution) -> Ascription:
    """The person whom the article connects with words that it does not say were said."""
    return Ascription(name=found.speaker.name, printed=found.speaker.printed, span=found.speaker.span)


def reported_quote(article: Article, chunks: Chunks, people: Coreference, reported: Reported) -> Quote:
    """A reported clause as a quote of its own kind."""
    text, span = article.text, Span(start=reported.start, end=reported.end)
    persons = people.who(reported.place) if reported.place >= 0 else []
    person, certain = persons[0] if persons else (-1, 1.0)
    choice = Choice(reported.place, person, reported.confidence * certain, again=False, spoken=reported.confidence)
    found = attribute(chunks, people, reported.verb, choice)
    first, last = chunks.starts[reported.verb], chunks.ends[reported.verb]
    first, last = chunks.moved.get(first, (first, last)) if first == last else (first, last)
    cue_span = Span(start=first, end=last)
    cue = Cue(printed=text[cue_span.start : cue_span.end], span=cue_span, confidence=reported.confidence)
    day, day_step = find_day(chunks, reported.verb, article.published)
    before, after = around(text, span.start, span.end)
    steps = (
        step("indirect", reported.rule),
        step("cues", reported.rule, text, cue_span),
        *found.steps,
        day_step,
    )
    return Quote(
        text=text[span.start : span.end], printed=text[span.start : span.end], kind=Kind.INDIRECT, spans=(span,),
        selectors=selectors_of(text, (span,)), cue=cue, speaker=found.speaker, speakers=found.speakers, said_on=day,
        before=before, after=after, trail=tuple(link for link in steps if link), span_confidence=reported.confidence,
        text_digest=article.text_digest,
    )  # fmt: skip


def _chunk_at(chunks: Chunks, offset: int) -> int:
    return bisect_right(chunks.starts, offset) - 1


_MARKS_RULES = {
    "pair": MarksRule.PAIR,
    "dash": MarksRule.DASH,
    "unclosed": MarksRule.UNCLOSED,
    "label": MarksRule.LABEL,
    "answer": MarksRule.ANSWER,
}


def _marks_rule(pieces: list[Marked], text: str) -> MarksRule:
    if len(pieces) > 1:
        reopened = "\n" in text[pieces[0].end : pieces[-1].start]
        return MarksRule.REOPENED if reopened else MarksRule.INTERRUPTED
    return _MARKS_RULES.get(pieces[0].rule, MarksRule.UNOPENED)


def _kind(chunks: Chunks, group: list[int]) -> Kind:
    """`direct` where the words are a clause or more: a sentence of their own, or with a subject of their own."""
    mark, at = chunks.marked[group[0]], chunks.quote_at[group[0]]
    text, codes, lexicon = chunks.text[mark.start : mark.end], chunks.codes, chunks.pack.lexicon
    if len(group) > 1:
        return Kind.DIRECT
    words = WORDS.findall(text)
    opens = mark.rule == "dash" or at == 0 or codes[at - 1] in "$\n:,-Q" or chunks.pack.verb_final
    utters = text[-1] in ",.!?…" or codes[at + 1] in ",!-:$\nST"
    if chunks.pack.case == "none":
        clause = text.endswith(chunks.pack.finite) if chunks.pack.finite else len(text) >= 15 or codes[at - 1] == ":"
        return Kind.DIRECT if clause or text[-1] in ",.!?…。！？，" else Kind.FRAGMENT
    if (
        opens
        and (text[:1].isupper() or not text[:1].isalpha())
        and utters
        and (len(words) > 3 or chunks.pack.verb_final or text[-1] in ".!?…," or codes[at - 1] in "$\n-:")
    ):
        return Kind.DIRECT
    classes = [lexicon.get(word.lower(), "") for word in words]
    return (
        Kind.DIRECT if len(words) > 4 and any(c and c in "ikI" for c in classes) and "x" in classes else Kind.FRAGMENT
    )
