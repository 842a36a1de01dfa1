"""The shapes of folders and saved searches."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.quotes import QuoteSchema
from api.schemas.shapes import Shape, count_field, link_field, null_field, text_field, time_field
from api.schemas.snapshots import SnapshotSchema


class ItemSchema(Shape):
    """A quote or snapshot in a folder, with a note."""

    id = text_field()
    note = text_field()
    put_at = time_field()


class FolderLinksSchema(Shape):
    """Where to go from a folder; `page` has the share in it, if there is one."""

    self = link_field()
    page = link_field()


class FolderSchema(Shape):
    """Quotes, snapshots and notes under a name. `quotes` and `snapshots` are filled where one folder is read."""

    id = text_field()
    name = text_field()
    made_at = time_field()
    items = fields.List(fields.Nested(ItemSchema))
    quotes = fields.List(fields.Nested(QuoteSchema))
    snapshots = fields.List(fields.Nested(SnapshotSchema))
    links = fields.Nested(FolderLinksSchema)


class FoldersSchema(Shape):
    """Folders, newest first."""

    items = fields.List(fields.Nested(FolderSchema))


class SavedSearchLinksSchema(Shape):
    """Where to go from a saved search."""

    self = link_field()
    feed = link_field()


class SavedSearchSchema(Shape):
    """A search whose news are delivered; `problem` says why the last delivery failed."""

    id = text_field()
    name = text_field()
    query = fields.Dict()
    webhook = null_field()
    secret = null_field("the key that signs deliveries; shown only when the search is saved")
    made_at = time_field()
    delivered = count_field("number of delivered quotes")
    failures = count_field("failed deliveries since the last successful one")
    problem = null_field()
    next_at = time_field(null=True)
    links = fields.Nested(SavedSearchLinksSchema)


class SavedSearchesSchema(Shape):
    """Saved searches, newest first."""

    items = fields.List(fields.Nested(SavedSearchSchema))
