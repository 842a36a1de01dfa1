"""The reporting words between a speaker and a quotation, an open class: an unknown word in a verb's place is one."""

from __future__ import annotations

from archiver.languages import BEFORE, CALL, NOUN_CUE, SAY, TELL
from archiver.quotes.model import WORD, Chunks
from archiver.quotes.patterns import FINAL_VERB, SECOND_PART, VERB_OF_SUBJECT, VERB_WITHOUT_SUBJECT
from archiver.quotes.trail import CueRule, step
from archiver.records import NO_CUE, Cue, Span, Step

_KNOWN = SAY + TELL + CALL
# How often the words that a rule finds are those that annotators marked, on the articles that the ranking learned from.
_SURE = {
    CueRule.BEFORE_SPEAKER: 0.97, CueRule.BETWEEN_PARTS: 0.95, CueRule.AFTER_SPEAKER: 0.91, CueRule.ACCORDING_TO: 0.9,
    CueRule.COLON: 0.83, CueRule.UNKNOWN_VERB: 0.8, CueRule.BETWEEN: 0.79, CueRule.NOUN: 0.64, CueRule.AFTER_QUOTE: 0.6,
}  # fmt: skip
_NEAR = 30  # chunks on either side in which a verb may be


def find_cue(chunks: Chunks, quote: int, place: int) -> tuple[Cue, Step | None]:
    """The words that report stretch `quote` as said by mention `place` (-1: nobody), and the rule that found them."""
    if place < 0:
        return NO_CUE, None
    codes, at, chunk = chunks.codes, chunks.quote_at[quote], chunks.mentions[place].chunk
    apart = chunks.sentence_of[chunk] != chunks.sentence_of[at]
    found = (
        (_alone(codes, at) if apart else None)
        or _beside(codes, chunk, at)
        or _between(codes, chunk, at)
        or _beyond(codes, chunk, at)
    )
    if found is None:
        return NO_CUE, None
    first, rule, sure = found
    start, end = chunks.starts[first], chunks.ends[first]
    start, end = chunks.moved.get(start, (start, end)) if start == end else (start, end)
    span = Span(start=start, end=end)
    printed = chunks.text[span.start : span.end]
    return Cue(printed=printed, span=span, confidence=sure), step("cues", rule, chunks.text, span)


def _alone(codes: str, at: int) -> tuple[int, CueRule, float] | None:
    """The verb right after the quotation that leaves its subject out: «…», aggiunge."""
    found = VERB_WITHOUT_SUBJECT.match(codes, at + 1)
    return (found.start(1), CueRule.AFTER_QUOTE, _SURE[CueRule.AFTER_QUOTE]) if found else None


def _beside(codes: str, chunk: int, at: int) -> tuple[int, CueRule, float] | None:
    """The verb that the mention is the subject of, or the words that lead up to it."""
    before = codes[chunk - 1] if chunk else "\n"
    if before == BEFORE:
        return chunk - 1, CueRule.ACCORDING_TO, _SURE[CueRule.ACCORDING_TO]
    after = VERB_OF_SUBJECT.match(codes, chunk + 1)
    if after and after[1] in _KNOWN:
        between = at < chunk and bool(SECOND_PART.match(codes, after.end()))
        rule = CueRule.BETWEEN_PARTS if between else CueRule.AFTER_SPEAKER
        return after.start(1), rule, _SURE[rule]
    if before in _KNOWN:
        return chunk - 1, CueRule.BEFORE_SPEAKER, _SURE[CueRule.BEFORE_SPEAKER]
    if before == WORD and chunk > 1 and codes[chunk - 2] in "Q,!" and at < chunk:
        return chunk - 1, CueRule.UNKNOWN_VERB, _SURE[CueRule.UNKNOWN_VERB]
    return None


def _between(codes: str, chunk: int, at: int) -> tuple[int, CueRule, float] | None:
    """A verb, a noun of saying or a colon somewhere between the mention and the quotation."""
    first, last = (chunk + 1, at) if chunk < at else (at + 1, chunk)
    if last - first > _NEAR:
        first = last - _NEAR
    stretch = codes[first:last]
    for wanted, rule in ((_KNOWN, CueRule.BETWEEN), (NOUN_CUE, CueRule.NOUN), (":", CueRule.COLON)):
        places = [place for place, code in enumerate(stretch) if code in wanted]
        if places:
            return first + places[-1], rule, _SURE[rule]
    return None


def _beyond(codes: str, chunk: int, at: int) -> tuple[int, CueRule, float] | None:
    """The verb that closes the sentence after the quotation, its subject standing before: «X は「…」と述べた»."""
    found = FINAL_VERB.match(codes, at + 1) if chunk < at else None
    return (found.end() - 1, CueRule.AFTER_QUOTE, _SURE[CueRule.AFTER_QUOTE]) if found else None
