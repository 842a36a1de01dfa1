"""What a parameter or a property of a request may be: text, a switch, a number, a day, one of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

MAX_URL = 8000
MAX_NAME = 500
MAX_VALUES = 100
UNKNOWN = "is not a parameter of this operation"


class Text(fields.String):
    """Text that may be stored and compared: no NUL, no lone surrogate, not empty unless so declared.

    `shape` is what else it must look like, in words, where `pattern` says more than that.
    """

    def __init__(
        self,
        *,
        max_length: int = MAX_NAME,
        min_length: int = 1,
        pattern: str = r"^[^\x00]*$",
        shape: str = "",
        **more: Any,
    ) -> None:
        self.pattern, self.shape = pattern, shape
        more.setdefault("metadata", {})["pattern"] = pattern
        super().__init__(validate=validate.Length(min=min_length, max=max_length), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError("is not text")
        if "\0" in value:
            raise ValidationError("contains a NUL character")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValidationError("contains half a surrogate pair") from None
        if self.shape and not re.search(self.pattern, value):
            raise ValidationError(f"is not {self.shape}")
        return value


class Switch(fields.Boolean):
    """`true` or `false`, nothing else."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if value not in ("true", "false", True, False):
            raise ValidationError("must be true or false")
        return value in ("true", True)


class BoundedInt(fields.Integer):
    """A whole number of few ASCII digits within limits."""

    def __init__(self, low: int, high: int, **more: Any) -> None:
        self.low, self.high = low, high
        super().__init__(validate=validate.Range(low, high), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not re.fullmatch(r"[0-9]{1,9}", str(value)) or not self.low <= int(value) <= self.high:
            raise ValidationError(f"is not a whole number from {self.low} to {self.high:,}")
        return int(value)


class Day(fields.String):
    """A day, `YYYY-MM-DD`."""

    def __init__(self, **more: Any) -> None:
        metadata = {"format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", **more.pop("metadata", {})}
        super().__init__(metadata=metadata, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
                return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        raise ValidationError("is not a day such as 2026-11-10")


class OneOf(fields.Enum[Any]):
    """One of a closed list of values."""

    def __init__(self, enum: type[StrEnum], **more: Any) -> None:
        super().__init__(enum, by_value=True, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            return self.enum(value)
        except ValueError:
            raise ValidationError(f"is not one of {', '.join(each.value for each in self.enum)}") from None


def many(inner: fields.Field[Any], description: str, **more: Any) -> fields.List[Any]:
    """A parameter that may be repeated."""
    return fields.List(inner, validate=validate.Length(max=MAX_VALUES), metadata={"description": description}, **more)


def about(description: str) -> dict[str, Any]:
    """The metadata of a field: what the description of the API says of it."""
    return {"description": description}


class Parameters(Schema):
    """Parameters of an operation; what is not declared is refused."""

    class Meta:
        """Unknown parameters are errors."""

        unknown = RAISE

    error_messages = {"unknown": UNKNOWN}  # noqa: RUF012 - marshmallow's own declaration


NoParameters = Parameters.from_dict({}, name="NoParameters")


def parameter_errors(messages: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A schema's messages as (parameter, detail) pairs, one for each parameter."""
    for parameter, message in messages.items():
        yield str(parameter), _first(message)


def _first(message: Any) -> str:
    while not isinstance(message, str):
        message = next(iter(message.values() if isinstance(message, dict) else message))
    return message
