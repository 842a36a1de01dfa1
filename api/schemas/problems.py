"""The shape of every error (RFC 9457)."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from api.schemas.shapes import Shape, link_field, text_field


class ParameterErrorSchema(Shape):
    """A parameter and what is wrong with it."""

    parameter = text_field()
    detail = text_field()


class ProblemSchema(Schema):
    """What went wrong (RFC 9457). `type` leads to its explanation."""

    type = link_field()
    title = text_field()
    status = fields.Integer()
    detail = text_field()
    instance = link_field()
    errors = fields.List(fields.Nested(ParameterErrorSchema))

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Only `errors` may be missing."""
        field_obj.required = field_name != "errors"
