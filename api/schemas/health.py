"""The shape of the server's health."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.shapes import Shape, null_field, text_field


class PartSchema(Shape):
    """How one part of the server is."""

    ok = fields.Boolean()
    detail = null_field("what is wrong, or other remarks")


class HealthSchema(Shape):
    """Health of the server, by part; `ok` only if every part is."""

    ok = fields.Boolean()
    version = text_field()
    parts = fields.Dict(keys=fields.String(), values=fields.Nested(PartSchema))
