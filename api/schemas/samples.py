"""The shapes of random samples and of what their reviews say."""

from __future__ import annotations

from marshmallow import fields, validate

from api.fields import Parameters, Text
from api.schemas.shapes import Shape
from archiver.samples import MAX_SAMPLE, SAMPLE_SIZE


class NewSampleSchema(Parameters):
    """What is to be drawn."""

    search = Text(
        max_length=2000,
        min_length=0,
        load_default="",
        metadata={"description": "the query string of a search: `q=tender&language=en`; empty for all quotes"},
    )
    seed = fields.Integer(strict=True, load_default=1, validate=validate.Range(0, 999_999_999))
    size = fields.Integer(strict=True, load_default=SAMPLE_SIZE, validate=validate.Range(1, MAX_SAMPLE))


class TallySchema(Shape):
    """How many were judged and are right; precision with its 95 % interval after Wilson, null before any."""

    judged = fields.Integer(required=True)
    right = fields.Integer(required=True, metadata={"description": "confirmed; corrected and disputed are wrong"})
    precision = fields.Float(required=True, allow_none=True)
    low = fields.Float(required=True, allow_none=True)
    high = fields.Float(required=True, allow_none=True)


class SampleGroupSchema(Shape):
    """The tally of one outlet or language."""

    kind = fields.String(required=True, metadata={"enum": ["outlet", "language"]})
    name = fields.String(required=True, metadata={"description": "empty: unknown"})
    drawn = fields.Integer(required=True)
    tally = fields.Nested(TallySchema, required=True)


class ArchiveStateSchema(Shape):
    """The archive when it was drawn."""

    snapshots = fields.Integer(required=True)
    quotes = fields.Integer(required=True)
    manifest = fields.String(required=True, metadata={"description": "digest over the heads of its manifest"})


class SampleSchema(Shape):
    """A sample and what its reviews say now."""

    id = fields.String(required=True)
    drawn_at = fields.String(required=True, metadata={"format": "date-time"})
    search = fields.String(required=True)
    seed = fields.Integer(required=True)
    total = fields.Integer(required=True, metadata={"description": "quotes that matched when it was drawn"})
    state = fields.Nested(ArchiveStateSchema, required=True)
    quotes = fields.List(
        fields.String(), required=True, metadata={"description": "ids of the quotes that are still shown"}
    )
    hidden = fields.Integer(required=True, metadata={"description": "quotes that are no longer shown"})
    tally = fields.Nested(TallySchema, required=True)
    groups = fields.List(fields.Nested(SampleGroupSchema), required=True)
    citation = fields.String(required=True, metadata={"description": "the result as a sentence to cite"})
