"""The values of `archiver.records` as plain JSON and back.

A dataclass is an object with its fields' names as keys, a tuple a list, an enum its value, a time RFC 3339 in UTC with
`Z`. Reading is strict: a wrong type or an unknown key is refused by its path, so that a renamed field can never turn
into a silent default. A missing key is accepted only where the field has a default: values may gain fields.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

ValueT = TypeVar("ValueT")


class Malformed(ValueError):
    """The JSON does not have the shape of the value. `path` names the place: `quotes[3].speaker.name`."""

    def __init__(self, path: str, what: str) -> None:
        self.path = path
        super().__init__(f"{path or 'the whole'} {what}")


def to_plain(value: Any) -> Any:
    """The value as dicts, lists, strings, numbers, booleans and None, keys in the order of the fields."""
    if dataclasses.is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return _printed(value)
    return value


def from_plain(wanted: type[ValueT], data: Any, path: str = "") -> ValueT:
    """The value of type `wanted` that `to_plain` made `data` from. Raises Malformed naming the place."""
    return typing.cast(ValueT, _read(wanted, data, path))


def _read(wanted: Any, data: Any, path: str) -> Any:
    origin = typing.get_origin(wanted)
    if origin is tuple:
        return _tuple(typing.get_args(wanted)[0], data, path)
    if origin in {types.UnionType, typing.Union}:
        return None if data is None else _read(_besides_none(wanted), data, path)
    if dataclasses.is_dataclass(wanted):
        return _dataclass(wanted, data, path)
    if issubclass(wanted, StrEnum):
        return _enum(wanted, data, path)
    if wanted is datetime:
        return _time(data, path)
    return _leaf(wanted, data, path)


def _besides_none(union: Any) -> Any:
    (wanted,) = (kind for kind in typing.get_args(union) if kind is not types.NoneType)
    return wanted


def _tuple(wanted: Any, data: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise Malformed(path, "is not a list")
    return tuple(_read(wanted, item, f"{path}[{place}]") for place, item in enumerate(data))


def _dataclass(wanted: Any, data: Any, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise Malformed(path, "is not an object")
    fields = _fields(wanted)
    for key in data:
        if key not in fields:
            raise Malformed(_below(path, str(key)), "is not known")
    values = {}
    for name, (kind, optional) in fields.items():
        if name in data:
            values[name] = _read(kind, data[name], _below(path, name))
        elif not optional:
            raise Malformed(_below(path, name), "is missing")
    return wanted(**values)


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


@cache
def _fields(wanted: Any) -> dict[str, tuple[Any, bool]]:
    kinds = typing.get_type_hints(wanted)
    missing = dataclasses.MISSING
    return {
        field.name: (kinds[field.name], field.default is not missing or field.default_factory is not missing)
        for field in dataclasses.fields(wanted)
    }


def _enum(wanted: type[StrEnum], data: Any, path: str) -> StrEnum:
    try:
        return wanted(data)
    except ValueError:
        raise Malformed(path, f"is none of {', '.join(wanted)}") from None


def _printed(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("our own times carry their zone")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _time(data: Any, path: str) -> datetime:
    if isinstance(data, str) and data.endswith("Z"):
        try:
            return datetime.fromisoformat(data)
        except ValueError:
            pass
    raise Malformed(path, "is not a time in UTC with Z")


def _leaf(wanted: Any, data: Any, path: str) -> Any:
    if wanted is float and type(data) is int:
        return float(data)
    if type(data) is not wanted:
        raise Malformed(path, f"is not a {wanted.__name__}")
    if wanted is float and not math.isfinite(data):
        raise Malformed(path, "is not a finite number")
    return data
