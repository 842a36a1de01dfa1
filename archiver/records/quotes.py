"""A quote: words, speaker, reporting words, day, trail. And the extraction that found it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archiver.records.articles import Article, Span
from archiver.records.terms import (
    Basis,
    By,
    ExtractionState,
    Kind,
    Polarity,
    Precision,
    QuoteState,
    Reason,
    Review,
    Via,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who spoke. `name` None with `printed` is an unnamed source; all None is nobody.

    `printed` is at `span`: the words by the quote that point at the speaker («she», «the auditor»). `represents`
    is the body that a speaker talks for, where the article says so.
    """

    name: str | None = None
    role: str | None = None
    printed: str | None = None
    span: Span | None = None
    via: Via | None = None
    confidence: float | None = None
    represents: str | None = None


NOBODY = Speaker()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ascription:
    """Whom the article connects with words that it does not assert as said (denied, hypothetical, disputed)."""

    name: str | None = None
    printed: str | None = None
    span: Span | None = None


NO_ASCRIPTION = Ascription()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The reporting words («said», «according to»)."""

    printed: str | None = None
    span: Span | None = None
    confidence: float | None = None


NO_CUE = Cue()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOn:
    """The day the words were said, where the text determines it; else `value` is None."""

    value: str | None = None
    precision: Precision | None = None
    basis: Basis | None = None
    printed: str | None = None
    span: Span | None = None
    confidence: float | None = None


NO_DAY = SaidOn()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of the trail: which rule a step used, and the words it rested on.

    `share` is how likely somebody is whom the rules name as a candidate only.
    """

    step: str
    rule: str
    printed: str | None = None
    span: Span | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A W3C TextQuoteSelector: the exact words of one span, and up to 32 characters on either side."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a withdrawn quote or snapshot: when it was withdrawn, why, and by which role.

    `legal` where a law or court asked for it; `erased` where the bytes are destroyed too.
    """

    at: datetime
    reason: str
    role: str
    legal: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that an article gives to somebody.

    `spans` leave the outer marks out; pieces that the reporter interrupts and reopened paragraphs are one quote with
    several spans. `text` joins them with spaces (reopened paragraphs: newlines), `printed` runs from the first span to
    the last; `before + printed + after` is verbatim article text. `text_digest` names the text that the spans count in.
    `id` is None until the quote is stored. `speakers` lists all of a joint statement, the first of whom is `speaker`
    too; it is empty where one person spoke.
    """

    id: str | None = None
    text: str
    printed: str
    kind: Kind
    spans: tuple[Span, ...]
    selectors: tuple[Selector, ...] = ()
    cue: Cue = NO_CUE
    speaker: Speaker = NOBODY
    speakers: tuple[Speaker, ...] = ()
    speaker_by: By = By.PROGRAM
    polarity: Polarity = Polarity.ASSERTED
    ascribed_to: Ascription = NO_ASCRIPTION
    review: Review | None = None
    said_on: SaidOn = NO_DAY
    before: str = ""
    after: str = ""
    trail: tuple[Step, ...] = ()
    span_confidence: float = 1.0
    state: QuoteState = QuoteState.CURRENT
    withdrawn: Tombstone | None = None
    superseded_by: str | None = None
    text_digest: str = ""
    extractor: str = ""
    extracted_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether numbers of quotes hold it: current, and printed in marks; reported speech is kept apart."""
        return self.state is QuoteState.CURRENT and self.kind is not Kind.INDIRECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read from a snapshot at one time.

    `article` is None where the page has none. `quotes` hold the current ones and, after a re-extraction, those of
    earlier extractions that are no longer seen (`superseded`), so that every id ever assigned stays resolvable.
    """

    snapshot_id: str
    state: ExtractionState
    reason: Reason | None
    article: Article | None
    quotes: tuple[Quote, ...]
    extractor: str
    made_at: datetime

    @property
    def is_fault(self) -> bool:
        """Whether reading failed for a fault of this program; a page that shows an error is another thing."""
        return self.state is ExtractionState.FAILED and self.reason is Reason.ERROR
