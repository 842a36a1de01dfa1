"""Copies of what other web archives hold: fetched as a memento, kept as an imported file.

The record has the original's URL and the time at which the other archive captured it, and says where it was copied from
and when (`WARC-Source-URI`, `WARC-Creation-Date`, as pywb's recorder writes them). It is never one of our captures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin

from archiver.capture import to_records
from archiver.errors import Unreachable
from archiver.fetch.engine import Engine, Fetched
from archiver.records import WarcRecord
from archiver.warcs.fields import date_text, uri
from archiver.warcs.files import CAPTURES, Folder
from archiver.warcs.writer import Writer

_ORIGINAL = re.compile(r"<([^<>]*)>\s*;[^,]*\brel\s*=\s*\"?[^\",;]*\boriginal\b", re.IGNORECASE)
_IN_PATH = re.compile(r"https?://[^/]+/.*?/(https?:/{1,2}[^/].*)", re.IGNORECASE)


@contextmanager
def copied(uri_m: str, engine: Engine, folder: Folder) -> Iterator[Path]:
    """A WARC file with the memento, in the archive's spool; it goes away afterwards.

    Raises FetchError where the memento cannot be fetched, or the answer is not one.
    """
    fetched = _fetched(uri_m, engine)
    when, original = _memento(fetched)
    with folder.spooled() as spool:
        made = Folder(spool)
        made.create()
        writer = Writer(made, CAPTURES, max_bytes=1 << 62, about=(("description", f"memento copied from {uri_m}"),))
        records = to_records(fetched, robots_obeyed=engine.obeys_robots)
        writer.append([_as_memento(record, fetched, when, original) for record in records])
        writer.close()
        yield spool / made.warcs(CAPTURES)[0]


def _fetched(uri_m: str, engine: Engine) -> Fetched:
    """What answers at the end of the redirects."""
    fetched = None
    for fetched in engine.fetch(uri_m):
        if fetched.exchange.head.header("memento-datetime"):
            break
    if fetched is None or fetched.exchange.truncated:
        raise Unreachable("no complete answer was received", where=uri_m)
    return fetched


def _memento(fetched: Fetched) -> tuple[datetime, str]:
    """The time of a memento, and the URL it is of (RFC 7089 §2.1.1, §2.2.1)."""
    head, where = fetched.exchange.head, fetched.exchange.url
    try:
        when = parsedate_to_datetime(head.header("memento-datetime") or "")
    except ValueError:
        remedy = "Give the address of one capture in a web archive (URI-M)"
        raise Unreachable("not a memento: the answer has no Memento-Datetime", where=where, remedy=remedy) from None
    links = ", ".join(value for name, value in head.headers if name.lower() == "link")
    stated, in_path = _ORIGINAL.search(links), _IN_PATH.match(where)
    if stated is None and in_path is None:
        raise Unreachable("the memento does not state its original URL (no Link with rel=original)", where=where)
    original = urljoin(where, stated[1]) if stated else in_path[1] if in_path else ""
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC), original


def _as_memento(record: WarcRecord, fetched: Fetched, when: datetime, original: str) -> WarcRecord:
    """The answer under the original's URL and time; what belongs to our own request stays as it is."""
    if record.type != "response":
        return record
    source = (
        ("WARC-Source-URI", uri(fetched.exchange.url)),
        ("WARC-Creation-Date", date_text(fetched.exchange.sent_at)),
    )
    return replace(record, date=when, target_uri=uri(original), fields=(*record.fields, *source))
