"""The shape of a quote."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.shapes import (
    DATED,
    Shape,
    confidence_field,
    enum_field,
    link_field,
    null_field,
    span_field,
    text_field,
    time_field,
)
from api.schemas.snapshots import ArticleSchema, SnapshotFactsSchema
from archiver.records import Basis, By, Kind, Polarity, Precision, QuoteState, Review, Via


class SelectorSchema(Shape):
    """A W3C TextQuoteSelector: one span's exact words and what is around them."""

    exact = text_field()
    prefix = text_field()
    suffix = text_field()


class SpeakerSchema(Shape):
    """Who spoke. `name` null with `printed` is an unnamed source; all null is nobody."""

    name = null_field("the full name that the article gives")
    role = null_field()
    printed = null_field("the words at `span` that point at the speaker")
    span = span_field()
    via = enum_field(Via, null=True)
    confidence = confidence_field()
    represents = null_field("the organization that the speaker represents")


class AscriptionSchema(Shape):
    """Whom the article connects with words that it does not assert as said; all null where it does."""

    name = null_field()
    printed = null_field()
    span = span_field()


class CueSchema(Shape):
    """The reporting words."""

    printed = null_field()
    span = span_field()
    confidence = confidence_field()


class SaidOnSchema(Shape):
    """The day the words were said; `value` is null unless the text determines it."""

    value = null_field(pattern=DATED)
    precision = enum_field(Precision, null=True)
    basis = enum_field(Basis, null=True)
    printed = null_field()
    span = span_field()
    confidence = confidence_field()


class StepSchema(Shape):
    """One step of why: the rule, and the words it rested on."""

    step = text_field()
    rule = text_field()
    printed = null_field()
    span = span_field()
    share = confidence_field()


class HighlightSchema(Shape):
    """Escaped HTML with `<mark>` around what was found as its only tag; null unless requested."""

    text = null_field()
    passage = null_field()
    title = null_field()


class QuoteLinksSchema(Shape):
    """Where to go from a quote."""

    self = link_field()
    page = link_field()
    snapshot = link_field()
    text = link_field()
    record = link_field()
    live = text_field("the page today, with the words as text directives", null=True)
    replay = text_field("the capture in the library's own replay, null where the settings name none", null=True)
    statement = link_field()
    occurrences = link_field()
    history = link_field()
    speaker = text_field("the person, null where nobody is named", null=True)


class QuoteSchema(Shape):
    """Words that an article gives to somebody."""

    id = text_field()
    state = enum_field(QuoteState)
    superseded_by = null_field("the id of the quote that replaced it")
    repeat_of = null_field("the id of the same quote in an earlier capture of the URL")
    kind = enum_field(Kind)
    text = text_field("the words without their outer quotation marks")
    printed = text_field("from the first span to the last, with the reporter's words between")
    before = text_field("verbatim text before `printed`, at most 500 characters")
    after = text_field("verbatim text after `printed`, at most 500 characters")
    spans = fields.List(span_field(null=False))
    span_confidence = fields.Float(metadata={"minimum": 0, "maximum": 1})
    selectors = fields.List(fields.Nested(SelectorSchema))
    speaker = fields.Nested(SpeakerSchema)
    speakers = fields.List(
        fields.Nested(SpeakerSchema),
        metadata={"description": "all speakers of a joint statement; the first is `speaker`"},
    )
    speaker_by = enum_field(By)
    polarity = enum_field(Polarity)
    ascribed_to = fields.Nested(AscriptionSchema)
    review = enum_field(Review, null=True)
    cue = fields.Nested(CueSchema)
    said_on = fields.Nested(SaidOnSchema)
    trail = fields.List(fields.Nested(StepSchema))
    article = fields.Nested(ArticleSchema)
    snapshot = fields.Nested(SnapshotFactsSchema)
    extractor = null_field()
    extracted_at = time_field(null=True)
    highlight = fields.Nested(HighlightSchema)
    links = fields.Nested(QuoteLinksSchema)
