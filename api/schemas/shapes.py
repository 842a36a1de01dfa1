"""An object whose keys are always there, and the kinds of fields it is made of."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from marshmallow import Schema, fields, validate

DIGEST = "^sha256:[0-9a-f]{64}$"
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DATED = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?)?)?$"
CLOCK = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$"


class Shape(Schema):
    """An object whose keys are always there."""

    def on_bind_field(self, _field_name: str, field_obj: fields.Field[Any]) -> None:
        """Every key is required."""
        field_obj.required = True


def text_field(description: str = "", *, null: bool = False, **more: Any) -> fields.String:
    """Words; `more` is for the description (`pattern`, `format`)."""
    return fields.String(allow_none=null, metadata={**({"description": description} if description else {}), **more})


def null_field(description: str = "", **more: Any) -> fields.String:
    """Words, or null."""
    return text_field(description, null=True, **more)


def time_field(*, null: bool = False) -> fields.String:
    """A time of this archive's clock."""
    return text_field("this archive's clock, UTC", null=null, format="date-time", pattern=CLOCK)


def count_field(description: str = "") -> fields.Integer:
    """A number of things, or a place in a text."""
    return fields.Integer(metadata={"minimum": 0, **({"description": description} if description else {})})


def enum_field(kind: type[StrEnum], *, null: bool = False) -> fields.Enum[Any]:
    """One of a closed list."""
    return fields.Enum(kind, by_value=True, allow_none=null)


def link_field(*, null: bool = False) -> fields.String:
    """An address."""
    return text_field(null=null, format="uri")


def confidence_field() -> fields.Float:
    """How sure something is, 0 to 1, or null."""
    return fields.Float(allow_none=True, metadata={"minimum": 0, "maximum": 1})


def span_field(*, null: bool = True) -> fields.List[Any]:
    """Where words are in the article's text."""
    words = "[start, end] in code points of the article's text; in JavaScript Array.from(text).slice(start, end)"
    two = validate.Length(equal=2)
    return fields.List(count_field(), allow_none=null, validate=two, metadata={"description": words})
