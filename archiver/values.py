"""The one codec between the values of `archiver.records` and plain JSON.

WARC annotations, index rows and the API's answers are written and read with it. A dataclass is an object with its
fields' names as keys, a tuple a list, an enum its value, a span `[start, end]`, a time RFC 3339 in UTC with `Z`.
Reading is strict: a wrong type or an unknown key is refused by its path, so that a renamed field can never turn into a
silent default. A missing key is accepted only where the field has a default: values may gain fields.

Ours, because the libraries are not as strict: cattrs turns `1` into `"1"`, and msgspec ignores unknown keys of
dataclasses. The functions for each type are put together once, at its first use.
"""

from __future__ import annotations

import dataclasses
import math
import operator
import types
import typing
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from archiver.records import Span

ValueT = TypeVar("ValueT")
Plain = Any
Write = Callable[[Any], Plain]
Read = Callable[[Plain], Any]


class Malformed(ValueError):
    """The JSON does not have the shape of the value. `path` names the place: `quotes[3].speaker.name`."""

    def __init__(self, path: str, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(f"{path or 'the document'} {what}")

    def below(self, place: str) -> Malformed:
        """The same problem as seen from a value that holds the malformed one at `place`."""
        joined = place + ("" if not self.path or self.path.startswith("[") else ".") + self.path
        return Malformed(joined, self.what)


def to_plain(value: Any) -> Plain:
    """The value as dicts, lists, strings, numbers, booleans and None, keys in the order of the fields."""
    kind: Any = type(value)
    return [to_plain(each) for each in value] if kind is tuple else _writer(kind)(value)


def to_sparse(value: Any) -> Plain:
    """The same without what equals its field's default; `from_plain` reads both."""
    kind: Any = type(value)
    return _sparse_writer(kind)(value)


def from_plain(wanted: type[ValueT], data: Plain, path: str = "") -> ValueT:
    """The value of type `wanted` that `to_plain` made `data` from. Raises Malformed naming the place."""
    kind: Any = wanted
    try:
        return typing.cast(ValueT, _reader(kind)(data))
    except Malformed as problem:
        raise (problem.below(path) if path else problem) from None


# Writing


def _same(value: Any) -> Plain:
    return value


def _time(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("our own times carry their zone")
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat()[: -len("+00:00")] + "Z"


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


_enum_value = operator.attrgetter("_value_")  # the same as `value`, without its detour


@cache
def _writer(kind: Any) -> Write:
    """How values of a type, as fields declare it, are written."""
    return _write(kind, _writer)


@cache
def _sparse_writer(kind: Any) -> Write:
    return _write(kind, _sparse_writer)


def _write(kind: Any, inner: Callable[[Any], Write]) -> Write:
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _many_written(inner(typing.get_args(kind)[0]))
    if origin in {types.UnionType, typing.Union}:
        return _optional_written(inner(_besides_none(kind)))
    if kind is Span:
        return _pair
    if dataclasses.is_dataclass(kind):
        return _object_written(kind) if inner is _writer else _sparse_object_written(kind)
    if issubclass(kind, StrEnum):
        return _enum_value
    return _time if kind is datetime else _same


def _many_written(write: Write) -> Write:
    if write is _same:
        return list
    return lambda values: [write(value) for value in values]


def _optional_written(write: Write) -> Write:
    if write is _same:
        return _same
    return lambda value: None if value is None else write(value)


def _object_written(kind: Any) -> Write:
    fields = {name: _writer(each) for name, (each, _) in _fields(kind).items()}
    others = [(name, write) for name, write in fields.items() if write is not _same]
    parts_of = _parts_getter(list(fields))

    def write(value: Any) -> Plain:
        plain = dict(zip(fields, parts_of(value), strict=True))
        for name, written in others:
            plain[name] = written(plain[name])
        return plain

    return write


def _parts_getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives all fields of a value at once."""
    parts_of = operator.attrgetter(*names)
    return parts_of if len(names) > 1 else lambda value: (parts_of(value),)


def _sparse_object_written(kind: Any) -> Write:
    fields = [(name, default, _sparse_writer(each)) for name, (each, default) in _fields(kind).items()]
    parts_of = _parts_getter([name for name, *_ in fields])

    def write(value: Any) -> Plain:
        plain = {}
        for part, (name, default, written) in zip(parts_of(value), fields, strict=True):
            if part is not default and part != default:
                plain[name] = part if written is _same else written(part)
        return plain

    return write


# Reading


@cache
def _reader(kind: Any) -> Read:
    """How values of a type, as fields declare it, are read."""
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _many_read(_reader(typing.get_args(kind)[0]))
    if origin in {types.UnionType, typing.Union}:
        return _optional_read(_reader(_besides_none(kind)))
    if kind is Span:
        return _span_read(_object_read(Span))
    if dataclasses.is_dataclass(kind):
        return _object_read(kind)
    if issubclass(kind, StrEnum):
        return _enum_read(kind)
    return {datetime: _time_read, float: _float_read}.get(kind) or _leaf_read(kind)


def _besides_none(union: Any) -> Any:
    (wanted,) = (kind for kind in typing.get_args(union) if kind is not types.NoneType)
    return wanted


def _many_read(item: Read) -> Read:
    def read(data: Plain) -> tuple[Any, ...]:
        if type(data) is not list:
            raise Malformed("", "is not a list")
        try:
            return tuple([item(each) for each in data])
        except Malformed:
            return tuple(_located(item, each, f"[{place}]") for place, each in enumerate(data))

    return read


def _located(read: Read, data: Plain, place: str) -> Any:
    try:
        return read(data)
    except Malformed as problem:
        raise problem.below(place) from None


def _optional_read(read: Read) -> Read:
    return lambda data: None if data is None else read(data)


def _object_read(kind: Any) -> Read:
    fields = _fields(kind)
    readers = {name: _reader(each) for name, (each, _) in fields.items()}
    needed = [name for name, (_, default) in fields.items() if default is dataclasses.MISSING]

    def read(data: Plain) -> Any:
        if type(data) is not dict:
            raise Malformed("", "is not an object")
        values = {}
        for name, part in data.items():
            reader = readers.get(name)
            if reader is None:
                raise Malformed(str(name), "is not known")
            try:
                values[name] = reader(part)
            except Malformed as problem:
                raise problem.below(name) from None
        for name in needed:
            if name not in values:
                raise Malformed(name, "is missing")
        return kind(**values)

    return read


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, Any]]:
    """Each field's type and default (MISSING for none)."""
    kinds = typing.get_type_hints(kind)
    return {field.name: (kinds[field.name], _default(field)) for field in dataclasses.fields(kind)}


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _span_read(as_object: Read) -> Read:
    """`[start, end]`; archives made before it was written so have `{"start": …, "end": …}`."""

    def read(data: Plain) -> Any:
        if type(data) is list and len(data) == 2 and type(data[0]) is int and type(data[1]) is int:
            return Span(start=data[0], end=data[1])
        if type(data) is dict:
            return as_object(data)
        raise Malformed("", "is not [start, end]")

    return read


def _enum_read(kind: type[StrEnum]) -> Read:
    members: dict[Any, StrEnum] = {each.value: each for each in kind}

    def read(data: Plain) -> StrEnum:
        found = members.get(data) if type(data) is str else None
        if found is None:
            raise Malformed("", f"is not one of {', '.join(kind)}")
        return found

    return read


def _time_read(data: Plain) -> datetime:
    if type(data) is str and data.endswith("Z"):
        try:
            return datetime.fromisoformat(data)
        except ValueError:
            pass
    raise Malformed("", "is not a time in UTC with Z")


def _float_read(data: Plain) -> float:
    if type(data) not in {float, int}:
        raise Malformed("", "is not a float")
    if not math.isfinite(data):
        raise Malformed("", "is not a finite number")
    return float(data)


def _leaf_read(kind: type[Any]) -> Read:
    what = f"is not a {kind.__name__}"

    def read(data: Plain) -> Any:
        if type(data) is not kind:
            raise Malformed("", what)
        return data

    return read
