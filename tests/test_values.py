"""The codec: what it writes reads back the same, quickly from an index and strictly from a record."""

from __future__ import annotations

import dataclasses
import typing
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson
import pytest

from archiver.index.packing import packed, unpacked
from archiver.records import Entry, Quote, SnapshotEntry, Span
from archiver.values import Malformed, from_json, from_plain, from_row, from_stored, to_json, to_plain
from tests.factories import make_entry, make_quote, make_snapshot_entry

NOW = datetime(2026, 11, 10, 19, 2, 14, 123, tzinfo=UTC)
LEAVES: dict[Any, Any] = {str: "“Nobody asked why” & 船", int: 7, float: 0.25, bool: True, datetime: NOW}


def filled(kind: Any) -> Any:
    """A value of a type in which no field is empty."""
    if typing.get_origin(kind) is tuple:
        return (filled(typing.get_args(kind)[0]),) * 2
    if type(None) in typing.get_args(kind):
        return filled(next(each for each in typing.get_args(kind) if each is not type(None)))
    if kind is Span:
        return Span(start=3, end=8)
    if dataclasses.is_dataclass(kind):
        kinds = typing.get_type_hints(kind)
        made: Any = kind
        return made(**{field.name: filled(kinds[field.name]) for field in dataclasses.fields(kind)})
    return next(reversed(kind)) if issubclass(kind, StrEnum) else LEAVES[kind]


VALUES = (filled(Entry), filled(SnapshotEntry), make_entry(), make_snapshot_entry(), make_quote())


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_is_written_reads_back_the_same_in_every_way(value: Any) -> None:
    kind, plain, written = type(value), to_plain(value), to_json(value)
    assert written == orjson.dumps(plain)
    assert from_plain(kind, plain) == from_row(kind, plain) == from_json(kind, written) == value
    assert from_stored(kind, written) == value
    assert unpacked(packed(written)) == written


def test_a_span_is_a_pair_and_a_time_ends_with_z() -> None:
    assert to_json(Span(start=3, end=8)) == b"[3,8]"
    assert to_plain(make_snapshot_entry())["snapshot"]["captured_at"] == "2026-11-10T19:02:14Z"


@pytest.mark.parametrize("spoiled", [b"", b"{}", b"[]", b'{"quote": 3}', b"\xff"], ids=repr)
def test_what_is_no_document_is_malformed(spoiled: bytes) -> None:
    with pytest.raises(Malformed):
        from_json(Entry, spoiled)


def test_a_record_is_read_strictly_and_a_row_is_not() -> None:
    plain = to_plain(make_snapshot_entry())
    plain["snapshot"]["mood"] = "dry"
    assert from_row(SnapshotEntry, plain) == make_snapshot_entry()
    with pytest.raises(Malformed, match=r"snapshot\.mood is not known"):
        from_plain(SnapshotEntry, plain)
    plain = to_plain(make_snapshot_entry())
    plain["snapshot"]["captured_at"] = "2026-11-10T19:02:14"
    with pytest.raises(Malformed, match=r"snapshot\.captured_at is not a time"):
        from_plain(SnapshotEntry, plain)


def test_a_row_of_the_wrong_type_is_malformed_and_names_the_place() -> None:
    plain = to_plain(make_quote())
    plain["cue"] = {"printed": 3}
    with pytest.raises(Malformed, match=r"cue\.printed"):
        from_row(type(make_quote()), plain)


@pytest.mark.parametrize(
    ("name", "value", "is_read"),
    [
        ("extractor", "another", True),
        ("trail", ..., True),
        ("span_confidence", 1, True),
        ("nonsense", 1, False),
        ("extracted_at", "2026-11-10T19:02:14", False),
        ("extracted_at", "2026-11-10T19:02:14+01:00", False),
        ("id", 7, False),
        ("text", ..., False),
    ],
)
def test_what_is_stored_is_read_from_its_bytes_as_strictly_as_from_its_parts(
    name: str, value: Any, is_read: bool
) -> None:
    plain = to_plain(make_quote()) | {name: value}
    plain = {key: each for key, each in plain.items() if each is not ...}
    stored = orjson.dumps(plain)
    if is_read:
        assert from_stored(Quote, stored) == from_plain(Quote, plain)
        return
    with pytest.raises(Malformed, match=name):
        from_plain(Quote, plain)
    with pytest.raises(Malformed, match=name):
        from_stored(Quote, stored)
