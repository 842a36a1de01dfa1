"""The shapes of what a search yields: pages, totals, facets, histograms, names."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.quotes import QuoteSchema
from api.schemas.shapes import DAY, Shape, count_field, enum_field, link_field, null_field, text_field
from api.schemas.snapshots import SnapshotSchema
from archiver.records import DateOf, Interval, Relation


class TotalSchema(Shape):
    """How many match; `gte` means at least this many."""

    value = count_field()
    relation = enum_field(Relation)


class SearchedSchema(Shape):
    """What the archive covers, so that an empty result is an honest statement."""

    quotes = count_field()
    snapshots = count_field()
    published_from = null_field(pattern=DAY)
    published_to = null_field(pattern=DAY)


class BucketSchema(Shape):
    """A value and how often it occurs."""

    value = text_field()
    count = count_field()


class FacetSchema(Shape):
    """The commonest values; `others` counts the rest."""

    buckets = fields.List(fields.Nested(BucketSchema))
    others = count_field()
    relation = enum_field(Relation)


class PageSchema(Shape):
    """What a page of any results says beside them."""

    total = fields.Nested(TotalSchema)
    read_as = null_field("how `q` was understood")
    searched = fields.Nested(SearchedSchema)
    facets = fields.Dict(keys=fields.String(), values=fields.Nested(FacetSchema))
    next = link_field(null=True)


class PrintedSchema(Shape):
    """How widely a statement is printed among the matches of a search."""

    quotes = count_field()
    outlets = count_field()


class QuotePageSchema(PageSchema):
    """A page of quotes."""

    items = fields.List(fields.Nested(QuoteSchema))
    printed = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(PrintedSchema),
        metadata={"description": "with `collapse=statement`: how often each is printed, by quote id; else empty"},
    )


class SnapshotPageSchema(PageSchema):
    """A page of snapshots."""

    items = fields.List(fields.Nested(SnapshotSchema))


class HistogramSchema(Shape):
    """How many matches each period has, from the first that has any to the last."""

    by = enum_field(DateOf)
    interval = enum_field(Interval)
    buckets = fields.List(fields.Nested(BucketSchema))
    undated = count_field("matches without such a date, or with one that names no such period")
    relation = fields.Enum(Relation, by_value=True, metadata={"description": "gte: only the newest were counted"})
    total = fields.Nested(TotalSchema)
    read_as = null_field("how `q` was understood")
    searched = fields.Nested(SearchedSchema)


class SpeakersSchema(Shape):
    """Names of speakers, commonest first."""

    items = fields.List(fields.Nested(BucketSchema))
