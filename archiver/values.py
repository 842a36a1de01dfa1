"""The one codec between the values of `archiver.records` and JSON.

WARC annotations, index rows and the API's answers are written and read with it. A dataclass is an object with its
fields' names as keys, a tuple a list, an enum its value, a span `[start, end]`, a time RFC 3339 in UTC with `Z`. A
missing key is accepted only where the field has a default: values may gain fields.

There are two ways to read. What lies in a record is read strictly (`from_plain`): a wrong type or an unknown key is
refused by its path, so that a renamed field can never turn into a silent default. What lies in an index, which can
always be made again, is read without these checks (`from_json`, `from_row`). Both ways msgspec does the work: what it
passed over in a record shows when its value is written again in other bytes (`from_stored`), or ours looks for it
before, and after it fails, ours says where. The libraries alone are not as strict: cattrs turns `1` into `"1"`, and
msgspec passes over unknown keys of dataclasses.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import msgspec

from archiver.records import Span

ValueT = TypeVar("ValueT")
Plain = Any
Read = Callable[[Plain], Any]
Outline = msgspec.Struct
"""A type that JSON is read as of which only some members matter; the others are passed over."""
Json = msgspec.Raw
"""A member of an outline that is left as it is."""


class Malformed(ValueError):
    """The JSON does not have the shape of the value. `path` names the place: `quotes[3].speaker.name`."""

    def __init__(self, path: str, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(f"{path or 'the document'} {what}")

    def below(self, place: str) -> Malformed:
        """The same problem as seen from a value that holds the malformed one at `place`."""
        joined = place + ("" if not self.path or self.path.startswith("[") else ".") + self.path
        return Malformed(joined, self.what)


def named(name: str) -> Any:
    """A member of an outline that has this name in JSON."""
    return msgspec.field(name=name)


def to_plain(value: Any) -> Plain:
    """The value as dicts, lists and tuples, strings, numbers, booleans and None, keys in the order of the fields."""
    return msgspec.to_builtins(value)


def to_json(value: Any) -> bytes:
    """The same as JSON."""
    return _encoder.encode(value)


def from_json(wanted: type[ValueT], data: bytes) -> ValueT:
    """The value of type `wanted` that `to_json` made `data` from for an index. Raises Malformed."""
    kind: Any = wanted
    try:
        return typing.cast(ValueT, _decoder(kind).decode(data))
    except msgspec.MsgspecError as problem:
        raise Malformed("", str(problem)) from problem


def from_stored(wanted: type[ValueT], data: bytes, path: str = "") -> ValueT:
    """The value of type `wanted` that `to_json` made `data` from, as strictly as `from_plain`. Raises Malformed."""
    kind: Any = wanted
    with suppress(Malformed):
        value = from_json(wanted, data)
        elsewhere = _elsewhere(kind)
        if to_json(value) == data and not (elsewhere and elsewhere(value)):
            return value
    return from_plain(wanted, plain_of(data), path)


def plain_of(data: bytes) -> Plain:
    """Some JSON as dicts, lists and so on. Raises Malformed."""
    try:
        return msgspec.json.decode(data)
    except msgspec.MsgspecError as problem:
        raise Malformed("", "is not JSON") from problem


def from_row(wanted: type[ValueT], data: Plain) -> ValueT:
    """The value of type `wanted` that `to_plain` made `data` from for an index. Raises Malformed."""
    try:
        return msgspec.convert(data, wanted)
    except msgspec.MsgspecError as problem:
        raise Malformed("", str(problem)) from problem


def from_plain(wanted: type[ValueT], data: Plain, path: str = "") -> ValueT:
    """The value of type `wanted` that `to_plain` made `data` from. Raises Malformed naming the place."""
    kind: Any = wanted
    try:
        passed_over = _passed_over(kind)
        if passed_over is None or not passed_over(data):
            with suppress(msgspec.MsgspecError):
                return msgspec.convert(data, wanted)
        return typing.cast(ValueT, _reader(kind)(data))
    except Malformed as problem:
        raise (problem.below(path) if path else problem) from None


_LISTS = {list, tuple}
_encoder = msgspec.json.Encoder()


@cache
def _decoder(wanted: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(wanted)


@cache
def _passed_over(kind: Any) -> Callable[[Plain], bool] | None:
    """What tells whether some JSON of a type holds what msgspec passes over: an unknown key, a time without its zone.

    None for types in which nothing can be passed over.
    """
    origin = typing.get_origin(kind)
    if origin is tuple:
        each = _passed_over(typing.get_args(kind)[0])
        return each and (lambda data: type(data) not in _LISTS or any(map(each, data)))
    if origin in {types.UnionType, typing.Union}:
        held = _passed_over(_besides_none(kind))
        return held and (lambda data: data is not None and held(data))
    if dataclasses.is_dataclass(kind):
        return _passed_over_in(kind)
    return _is_no_time if kind is datetime else None


def _passed_over_in(kind: Any) -> Callable[[Plain], bool]:
    fields = _fields(kind)
    parts = [(name, found) for name, (each, _) in fields.items() if (found := _passed_over(each))]

    def is_there(data: Plain) -> bool:
        if type(data) is not dict or not fields.keys() >= data.keys():
            return True
        return any(found(data[name]) for name, found in parts if name in data)

    return is_there


def _is_no_time(data: Plain) -> bool:
    return type(data) is not str or not data.endswith("Z")


@cache
def _elsewhere(kind: Any) -> Callable[[Any], bool] | None:
    """What tells whether a value of a type holds a time of another zone than UTC. None for types without times."""
    origin = typing.get_origin(kind)
    if origin is tuple:
        each = _elsewhere(typing.get_args(kind)[0])
        return each and (lambda value: any(map(each, value)))
    if origin in {types.UnionType, typing.Union}:
        held = _elsewhere(_besides_none(kind))
        return held and (lambda value: value is not None and held(value))
    if dataclasses.is_dataclass(kind):
        shape: Any = kind
        parts = [(name, found) for name, (each, _) in _fields(shape).items() if (found := _elsewhere(each))]
        return (lambda value: any(found(getattr(value, name)) for name, found in parts)) if parts else None
    return (lambda value: value.tzinfo is not UTC) if kind is datetime else None


@cache
def _reader(kind: Any) -> Read:
    """How values of a type, as fields declare it, are read."""
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _many_read(_reader(typing.get_args(kind)[0]))
    if origin in {types.UnionType, typing.Union}:
        return _optional_read(_reader(_besides_none(kind)))
    if kind is Span:
        return _span_read
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
        if type(data) not in _LISTS:
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
        _demand(needed, values)
        return kind(**values)

    return read


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, Any]]:
    """Each field's type and default (MISSING for none)."""
    kinds = typing.get_type_hints(kind)
    return {field.name: (kinds[field.name], _default(field)) for field in dataclasses.fields(kind)}


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _demand(needed: Iterable[str], given: Collection[str]) -> None:
    for name in needed:
        if name not in given:
            raise Malformed(name, "is missing")


def _span_read(data: Plain) -> Span:
    """`[start, end]`; archives made before it was written so have `{"start": …, "end": …}`."""
    if type(data) is dict:
        _demand(Span._fields, data)
        data = [data[name] for name in dict.fromkeys((*Span._fields, *data))]
    if type(data) in _LISTS and len(data) == len(Span._fields) and all(type(each) is int for each in data):
        return Span(*data)
    raise Malformed("", "is not [start, end]")


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
