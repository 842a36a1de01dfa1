"""The shapes of an article and of a snapshot."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.shapes import (
    DATED,
    DIGEST,
    Shape,
    count_field,
    enum_field,
    link_field,
    null_field,
    text_field,
    time_field,
)
from archiver.records import ExtractionState, Origin, Precision, Reason, TextManifest, TextSource, Truncation


class DatedSchema(Shape):
    """A date as the page states it, with the page's own offset; a date alone stays a day."""

    value = null_field(pattern=DATED)
    precision = enum_field(Precision, null=True)
    source = null_field("where the page states it")
    printed = null_field()


class ArticleSchema(Shape):
    """What was read of the page around the quote."""

    title = null_field()
    authors = fields.List(text_field())
    outlet = null_field("name of the outlet as the page states it: a claim")
    site = text_field("the host it was captured from: a fact")
    url = text_field()
    canonical_url = null_field()
    language = null_field()
    agency = null_field("the news agency that the page names as its source")
    text_source = enum_field(TextSource, null=True)
    published = fields.Nested(DatedSchema)
    modified = fields.Nested(DatedSchema)
    text_digest = null_field("of the text that spans refer to", pattern=DIGEST)


class LocatorSchema(Shape):
    """Where the record is: a file of the archive, byte offset and stored length."""

    warc = text_field()
    offset = count_field()
    length = count_field()


class SnapshotFactsSchema(Shape):
    """A saved state of a URL, as part of a quote."""

    id = text_field()
    record_id = text_field("WARC-Record-ID")
    requested_url = text_field()
    url = text_field()
    captured_at = time_field()
    status = fields.Integer(allow_none=True)
    content_type = null_field()
    payload_digest = text_field("SHA-256 of the payload after transfer decoding")
    origin = enum_field(Origin)
    locator = fields.Nested(LocatorSchema)


class AddedSchema(Shape):
    """How the file with this snapshot was imported; every field is null for what was captured here."""

    at = time_field(null=True)
    by = null_field("the key that supplied it over HTTP")
    file_digest = null_field(pattern=DIGEST)


class ExtractionSchema(Shape):
    """How the reading of the snapshot went."""

    state = enum_field(ExtractionState)
    reason = enum_field(Reason, null=True)
    extractor = null_field()
    at = time_field(null=True)
    quotes = count_field()


class PassageSchema(Shape):
    """Escaped HTML with `<mark>` around what was found as its only tag; null unless requested."""

    passage = null_field("the part of the article that holds most of it")
    title = null_field()


class SnapshotLinksSchema(Shape):
    """Where to go from a snapshot."""

    self = link_field()
    page = link_field()
    quotes = link_field()
    text = link_field(null=True)
    record = link_field()
    captures = link_field()
    replay = text_field("the capture in the library's own replay, null where the settings name none", null=True)


class SourceSchema(Shape):
    """The memento of another web archive that a snapshot was copied from; null where it was not."""

    url = null_field("the memento's address (URI-M)")
    at = time_field(null=True)


class SnapshotSchema(SnapshotFactsSchema):
    """One saved state of one URL at one time: a memento."""

    truncated = enum_field(Truncation, null=True)
    revisit_of = null_field("the record that a revisit record repeats")
    remarks = fields.List(text_field())
    copied_from = fields.Nested(SourceSchema)
    added = fields.Nested(AddedSchema)
    text_manifest = enum_field(TextManifest, null=True)
    article = fields.Nested(ArticleSchema)
    extraction = fields.Nested(ExtractionSchema)
    highlight = fields.Nested(PassageSchema)
    links = fields.Nested(SnapshotLinksSchema)
