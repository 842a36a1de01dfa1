"""The shapes of what people decide, and of what was decided."""

from __future__ import annotations

from marshmallow import fields, validate

from api.fields import OneOf, Parameters, Text
from api.schemas.shapes import Shape
from archiver.ingest.decide import MAX_REASON, MAX_TEXT
from archiver.records import Act, Kind, Polarity, Review, SpeakerAct
from archiver.speakers.people import MAX_SPELLINGS


class DecisionReasonSchema(Parameters):
    """Why something is decided."""

    reason = Text(max_length=MAX_REASON, required=True, metadata={"description": "why; kept permanently and shown"})


class WithdrawalSchema(DecisionReasonSchema):
    """Why something is withdrawn, and whether the law asked for it."""

    legal = fields.Boolean(
        load_default=False, metadata={"description": "required by law or a court order: 451 instead of 410"}
    )


class ReviewedSpeakerSchema(Parameters):
    """Who spoke, in a reviewer's word."""

    name = Text(max_length=MAX_TEXT, allow_none=True)
    role = Text(max_length=MAX_TEXT, allow_none=True)
    represents = Text(max_length=MAX_TEXT, allow_none=True)


class ReviewPatchSchema(DecisionReasonSchema):
    """A review: sets the fields that are present; null clears one."""

    speaker = fields.Nested(ReviewedSpeakerSchema, allow_none=True)
    kind = OneOf(Kind)
    polarity = OneOf(Polarity)
    said_on = Text(max_length=10, allow_none=True, metadata={"description": "a day, month or year: 2026-11-10"})
    review = OneOf(Review)


class JoinSchema(DecisionReasonSchema):
    """With whom a speaker is joined, and why."""

    speaker = Text(max_length=MAX_TEXT, required=True, metadata={"description": "the other's id, or name in full"})


class SeparationSchema(DecisionReasonSchema):
    """Which spellings are another person's, and why."""

    spellings = fields.List(
        Text(max_length=MAX_TEXT),
        required=True,
        validate=validate.Length(min=1, max=MAX_SPELLINGS),
        metadata={"description": "spellings of the person, or their ids: some, not all"},
    )


class SpeakerDecisionSchema(Shape):
    """What one person decided about speakers."""

    id = fields.String(required=True, metadata={"description": "the id of its WARC record"})
    act = fields.Enum(SpeakerAct, by_value=True, required=True)
    names = fields.List(fields.String(), required=True, metadata={"description": "spellings on one side"})
    others = fields.List(fields.String(), required=True, metadata={"description": "spellings on the other side"})
    at = fields.String(required=True, metadata={"format": "date-time"})
    by = fields.String(required=True, allow_none=True, metadata={"description": "the name given by the person"})
    role = fields.String(required=True)
    reason = fields.String(required=True)


class SpeakerDecisionsSchema(Shape):
    """What people decided about a speaker."""

    items = fields.List(fields.Nested(SpeakerDecisionSchema), required=True)


class ReviewedValueSchema(Shape):
    """One value that a review set."""

    path = fields.String(required=True, metadata={"description": "`speaker.name`, `kind` …"})
    value = fields.String(required=True, allow_none=True)


class RevisionSchema(Shape):
    """What one person decided."""

    id = fields.String(required=True, metadata={"description": "the id of its WARC record"})
    act = fields.Enum(Act, by_value=True, required=True)
    at = fields.String(required=True, metadata={"format": "date-time"})
    by = fields.String(required=True, allow_none=True, metadata={"description": "the name given by the person"})
    role = fields.String(required=True)
    reason = fields.String(required=True)
    legal = fields.Boolean(required=True)
    changes = fields.List(fields.Nested(ReviewedValueSchema), required=True)
    based_on = fields.List(fields.String(), required=True, metadata={"description": "records that it was based on"})


class FoundSpeakerSchema(Shape):
    """Whom the program found."""

    name = fields.String(required=True, allow_none=True)
    role = fields.String(required=True, allow_none=True)
    represents = fields.String(required=True, allow_none=True)


class FoundSchema(Shape):
    """What the program found of what people may review."""

    speaker = fields.Nested(FoundSpeakerSchema, required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    polarity = fields.Enum(Polarity, by_value=True, required=True)
    said_on = fields.String(required=True, allow_none=True)


class RevisionsSchema(Shape):
    """What people decided about a quote, and what the program found."""

    items = fields.List(fields.Nested(RevisionSchema), required=True)
    program = fields.Nested(FoundSchema, required=True)
