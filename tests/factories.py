"""Values for tests: plain functions that make a whole, ordinary one and take what differs by name."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from archiver.index.protocol import Index
from archiver.index.urls import site_of, url_key
from archiver.records import (
    Dated,
    Entry,
    ExtractionState,
    Kind,
    Locator,
    Origin,
    Precision,
    Quote,
    Snapshot,
    SnapshotEntry,
    Span,
    Speaker,
)

URL = "https://harbour-courier.example/2026/ferry"
CAPTURED = datetime(2026, 11, 10, 19, 2, 14, tzinfo=UTC)
PUBLISHED = "2026-11-10T18:20:00+01:00"


def make_id(letter: str, name: object) -> str:
    """An id as the archive gives them, the same for the same name."""
    digest = base64.b32encode(hashlib.sha256(str(name).encode()).digest()).decode().lower()
    return letter + digest[:20]


def make_snapshot(name: object = "ferry", **changes: Any) -> Snapshot:
    url = changes.get("url", URL)
    values: dict[str, Any] = {
        "id": make_id("s", name),
        "record_id": f"urn:uuid:{make_id('r', name)}",
        "requested_url": url,
        "url": url,
        "captured_at": CAPTURED,
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "payload_digest": "sha256:" + hashlib.sha256(str(name).encode()).hexdigest(),
        "truncated": None,
        "origin": Origin.CAPTURED,
        "locator": Locator(warc="captures/onrecord-1.warc.gz", offset=4821, length=18342),
    }
    return Snapshot(**{**values, **changes})


def make_snapshot_entry(name: object = "ferry", **changes: Any) -> SnapshotEntry:
    """A row of the snapshots index. `url`, `captured_at`, `status` and the like go to its snapshot."""
    of_snapshot = {key: changes.pop(key) for key in list(changes) if key in Snapshot.__slots__}
    snapshot = changes.pop("snapshot", None) or make_snapshot(name, **of_snapshot)
    urls = [snapshot.requested_url, snapshot.url, changes.get("canonical_url")]
    values: dict[str, Any] = {
        "snapshot": snapshot,
        "site": site_of(snapshot.url),
        "url_keys": tuple(dict.fromkeys(url_key(url) for url in urls if url)),
        "state": ExtractionState.DONE,
        "reason": None,
        "extractor": "onrecord/0.1.0",
        "extracted_at": CAPTURED,
        "quote_count": 0,
        "title": "Council reopens ferry contract",
        "authors": ("Tom Reyes",),
        "outlet": "The Harbour Courier",
        "published": make_dated(PUBLISHED),
        "language": "en",
        "text_digest": "sha256:" + "d8" * 32,
    }
    return SnapshotEntry(**{**values, **changes})


def make_dated(value: str | None, **changes: Any) -> Dated:
    precision = Precision.DAY if value and len(value) == len("2026-11-10") else Precision.MINUTE
    return replace(Dated(value=value, precision=precision if value else None, source="meta", printed=value), **changes)


def make_quote(name: object = "tender", **changes: Any) -> Quote:
    text = changes.get("text", "The contract was never put to tender, and nobody asked why.")
    values: dict[str, Any] = {
        "id": make_id("q", name),
        "text": text,
        "printed": text,
        "kind": Kind.DIRECT,
        "spans": (Span(start=155, end=155 + len(text)),),
        "speaker": Speaker(name="Ada Marlow", role="auditor", printed="she", confidence=0.94),
        "before": "The city council reopened the ferry contract on Tuesday.\n“",
        "after": "”\nThe mayor’s office declined to comment.",
        "span_confidence": 0.99,
        "text_digest": "sha256:" + "d8" * 32,
        "extractor": "onrecord/0.1.0",
        "extracted_at": CAPTURED,
    }
    return Quote(**{**values, **changes})


def make_entry(name: object = "tender", **changes: Any) -> Entry:
    """A row of the quotes index. `text`, `kind`, `state` and the like go to its quote, `speaker` may be a name."""
    of_quote = {key: changes.pop(key) for key in list(changes) if key in Quote.__slots__}
    if isinstance(of_quote.get("speaker"), str):
        of_quote["speaker"] = Speaker(name=of_quote["speaker"])
    quote = changes.pop("quote", None) or make_quote(name, **of_quote)
    url = changes.get("url", URL)
    values: dict[str, Any] = {
        "quote": quote,
        "snapshot_id": make_id("s", "ferry"),
        "url": url,
        "url_keys": (url_key(url),),
        "site": site_of(url),
        "outlet": "The Harbour Courier",
        "title": "Council reopens ferry contract",
        "language": "en",
        "published": PUBLISHED,
        "captured_at": CAPTURED,
    }
    return Entry(**{**values, **changes})


def make_rows(name: object = "ferry", *quotes: Quote, **changes: Any) -> tuple[SnapshotEntry, tuple[Entry, ...]]:
    """A snapshot's row and the rows of its quotes, which agree with each other, as `Index.add` takes them."""
    row = make_snapshot_entry(name, quote_count=len(quotes), **changes)
    entries = tuple(
        Entry(
            quote=quote,
            snapshot_id=row.snapshot.id,
            url=row.snapshot.url,
            url_keys=row.url_keys,
            site=row.site,
            outlet=row.outlet,
            title=row.title,
            language=row.language,
            published=row.published.value,
            captured_at=row.snapshot.captured_at,
            learnt_at=row.snapshot.captured_at,
            visibility=row.visibility,
        )
        for quote in quotes
    )
    return row, entries


def put(index: Index, *rows: tuple[SnapshotEntry, tuple[Entry, ...]]) -> None:
    """Puts rows into an index, where searches find them at once."""
    index.add(rows)
    index.refresh()
