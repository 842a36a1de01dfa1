"""The rules that the trail of a quote may name, by step: every one of them, so that each face has words for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from archiver.records import Span, Step


class MarksRule(StrEnum):
    """How the words were set apart."""

    PAIR = "pair"
    INTERRUPTED = "interrupted"
    REOPENED = "reopened-paragraph"
    DASH = "dialogue-dash"
    UNCLOSED = "closing-mark-missing"
    UNOPENED = "opening-mark-missing"
    SET_APART = "set-apart"
    LABEL = "speaker-label"
    ANSWER = "answer-of-an-interview"


class CueRule(StrEnum):
    """Where the reporting words are."""

    ACCORDING_TO = "according-to"
    BETWEEN_PARTS = "verb-between-parts"
    AFTER_SPEAKER = "verb-after-speaker"
    BEFORE_SPEAKER = "verb-before-speaker"
    UNKNOWN_VERB = "unknown-verb-before-speaker"
    BETWEEN = "verb-between"
    NOUN = "noun"
    COLON = "colon"
    AFTER_QUOTE = "verb-after-quote"


class Form(StrEnum):
    """What kind of words point at the speaker."""

    NAME = "name"
    NOUN_PHRASE = "noun-phrase"
    PRONOUN = "pronoun"
    RELATIVE = "relative"


class Position(StrEnum):
    """Where those words are."""

    QUOTE_BEFORE = "of-quote-before"
    SAME_WORDS = "of-same-words"
    PARAGRAPH_BEFORE = "in-paragraph-before"
    AFTER_ACCORDING_TO = "after-according-to"
    AFTER_VERB = "after-verb"
    BEFORE_VERB = "before-verb"
    IN_PARAGRAPH = "in-paragraph"
    BEFORE_QUOTE = "before-quote"
    AFTER_QUOTE = "after-quote"
    BESIDE = "beside-quotation"


class NameRule(StrEnum):
    """How the full name was found."""

    SAME_NAME = "same-name"
    ANTECEDENT = "antecedent"
    ROLE = "role"
    SALIENCE = "salience-outside-marks"


class DateRule(StrEnum):
    """How the day was read."""

    PRINTED = "date-printed"
    WEEKDAY = "weekday-before-published"
    WORD = "word-for-a-day"
    DAYS_AGO = "days-ago"
    SCENE = "day-of-the-scene"


class PolarityRule(StrEnum):
    """What shows that the article does not say the words were said."""

    NEGATED = "verb-negated"
    CONTRASTED = "negation-before-marks"
    DENIAL = "denial"
    CONDITION = "condition"
    UNREAL = "unreal-verb"
    ASKED = "question"
    DOUBT = "doubt"


class SourceRule(StrEnum):
    """What makes of the words that point at the speaker somebody else, or nobody named."""

    REPRESENTATIVE = "speaks-for-another"
    CLOSE = "close-to-somebody"
    GROUP = "several-people"
    JOINT = "joint-statement"
    PLATFORM = "platform"
    SECOND_HAND = "quoted-by-another"
    ASKER = "interviewer"
    OWNER = "belongs-to-somebody"
    UNSURE = "too-unsure-to-name"


class ReportedRule(StrEnum):
    """The shape of a sentence that reports speech without marks."""

    THAT = "that"
    CLAUSE = "clause"
    CLAUSE_FIRST = "clause-first"
    SOURCE_FIRST = "source-first"
    SOURCE_LAST = "source-last"
    CONTINUED = "goes-on"
    HEARSAY = "hearsay"


NOBODY_NEAR = "nobody"


def speaker_rule(form: Form, position: Position) -> str:
    """The name of the rule that found a speaker: what kind of words, and where they are."""
    return f"{form}-{position}"


RULES: Mapping[str, tuple[str, ...]] = {
    "marks": tuple(MarksRule),
    "indirect": tuple(ReportedRule),
    "cues": (*CueRule, *ReportedRule),
    "speakers": (NOBODY_NEAR, *(speaker_rule(form, position) for form in Form for position in Position)),
    "coreference": tuple(NameRule),
    "sources": tuple(SourceRule),
    "polarity": tuple(PolarityRule),
    "dates": tuple(DateRule),
}


def step(name: str, rule: str, text: str = "", span: Span | None = None, share: float | None = None) -> Step:
    """A link of the trail, with the words of the text it rests on."""
    return Step(
        step=name, rule=str(rule), printed=text[span.start : span.end] if span else None, span=span, share=share
    )
