"""By what names revisits refer to their originals: record id, URL and second, payload digest (WARC 1.1 §6.7)."""

from __future__ import annotations

from datetime import datetime

from archiver.index.urls import url_key
from archiver.records import Snapshot

ALL_REVISITS = "*"
"""In a query: every revisit."""


def names_of(snapshot: Snapshot) -> tuple[str, ...]:
    """The names that a revisit may refer to a snapshot by; none of what is a revisit itself."""
    if snapshot.refers_to is not None:
        return ()
    by_id = (f"id {snapshot.record_id}",) if snapshot.record_id else ()
    return (*by_id, _moment(snapshot.url, snapshot.captured_at), *snapshot.digests)


def references_of(snapshot: Snapshot) -> tuple[str, ...]:
    """The names that a revisit gives for its original."""
    reference = snapshot.refers_to
    if reference is None:
        return ()
    by_id = (f"id {reference.record_id}",) if reference.record_id else ()
    moment = (_moment(reference.url, reference.at),) if reference.url and reference.at else ()
    return (*by_id, *moment, *reference.digests)


def _moment(url: str, at: datetime) -> str:
    return f"at {url_key(url)} {at:%Y%m%d%H%M%S}"
