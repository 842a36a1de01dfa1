"""The codec: what it writes reads back the same, quickly from an index and strictly from a record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.index.packing import packed, unpacked
from archiver.records import Entry, SnapshotEntry, Span
from archiver.values import Malformed, from_json, from_plain, from_row, to_json, to_plain
from tests.factories import make_quote, make_snapshot_entry

KINDS = (Entry, SnapshotEntry)
TIMES = st.datetimes(min_value=datetime(1980, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is beside it
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.floats(0, 1)
WHOLE = st.integers(-(2**63), 2**63 - 1)  # what JSON libraries agree about


def _values(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Any values of a type, with times as ours are."""
    for each, values in ((datetime, TIMES), (str, LETTERS), (float, NUMBERS), (int, WHOLE)):
        st.register_type_strategy(each, values)
    return st.from_type(kind)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_what_is_written_reads_back_the_same_in_every_way(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(_values(kind))
    plain, written = to_plain(value), to_json(value)
    assert written == orjson.dumps(plain)
    assert from_plain(kind, plain) == from_row(kind, plain) == from_json(kind, written) == value
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
