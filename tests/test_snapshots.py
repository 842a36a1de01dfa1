"""The permanent id of a record as a snapshot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archiver.records import WarcRecord
from archiver.warcs.snapshots import snapshot_id

RECORD = WarcRecord(
    type="response",
    record_id="urn:uuid:6f0f6a52-7f3e-4a1c-9d0e-0c2a5c8b91d7",
    date=datetime(2026, 11, 10, 19, 2, 14, tzinfo=UTC),
    stated_date="2026-11-10T19:02:14Z",
    target_uri="https://harbour-courier.example/2026/ferry",
    content_type="application/http;msgtype=response",
    block=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ferry</p>",
)


@pytest.mark.parametrize(
    ("changes", "pinned"),
    [
        ({}, "sutnhp4dfmypb6fdjtdu4"),
        ({"target_uri": "http://harbour-courier.example/2026/ferry"}, "sscxhluq7ax23t2hjueoe"),
        ({"stated_date": "2026-11-10T19:02:14.000Z"}, "sx7wssmqrc54bkwwhdjog"),
        ({"record_id": None}, "sbg3bwl7gq6wcalmq2gl5"),
        ({"block": b""}, "souucjyc7nfwoi4bbfkbe"),
    ],
)
def test_a_snapshot_id_never_changes(changes: dict[str, object], pinned: str) -> None:
    assert snapshot_id(replace(RECORD, **changes)) == pinned  # type: ignore[arg-type]


def test_a_record_that_is_to_be_written_has_the_id_that_it_will_be_read_with() -> None:
    written = replace(RECORD, stated_date=None)
    assert snapshot_id(written) == snapshot_id(replace(RECORD, stated_date="2026-11-10T19:02:14.000000Z"))
