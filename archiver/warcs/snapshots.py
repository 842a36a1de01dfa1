"""A WARC record as a snapshot: what it is called for ever, and what it says of the page."""

from __future__ import annotations

import base64
import hashlib

from archiver.errors import WarcDamaged
from archiver.http import message as http
from archiver.http.head import read_head
from archiver.records import Added, Head, Locator, Origin, Snapshot, Truncation, WarcRecord
from archiver.warcs.fields import bare, date_text

_ANSWERS = {"response", "revisit"}
_OURS = {*_ANSWERS, "resource"}
"""What we captured and is no HTTP is a `resource` (WARC 1.1 §6.4); elsewhere those are images, fonts, screenshots."""


def snapshot_id(record: WarcRecord) -> str:
    """`s` and 20 characters of lower-case base32 of a SHA-256 over what tells one record from every other.

    That is, a line each: record id, WARC-Target-URI (both without angle brackets) and WARC-Date as the record has them,
    and the SHA-256 of the block; what a foreign record lacks is an empty line. Same record, same id, on every machine.
    """
    date = record.stated_date or (date_text(record.date) if record.date else "")
    block = f"sha256:{hashlib.sha256(record.block).hexdigest()}"
    seed = "\n".join((record.record_id or "", record.target_uri or "", date, block))
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    return "s" + base64.b32encode(digest).decode("ascii").lower()[:20]


def is_snapshot(record: WarcRecord, *, origin: Origin) -> bool:
    """Whether the record holds a state of a web page: an HTTP answer, or a revisit that refers to one."""
    scheme = (record.target_uri or "").partition(":")[0].lower()
    types = _OURS if origin is Origin.CAPTURED else _ANSWERS
    return record.type in types and scheme in {"http", "https"} and not record.omitted


def snapshot_of(
    record: WarcRecord,
    *,
    origin: Origin,
    requested_url: str | None = None,
    added: Added | None = None,
    payload: WarcRecord | None = None,
) -> Snapshot:
    """The snapshot in a `response`, `revisit` or (of what was no HTTP) `resource` record that lies somewhere.

    `payload` is the record that a revisit refers to. Raises WarcDamaged where target URI or date are missing.
    """
    if record.locator is None or record.target_uri is None or record.date is None:
        missing = "WARC-Target-URI" if record.target_uri is None else "usable WARC-Date"
        raise WarcDamaged(f"the record has no {missing}", where=record.target_uri)
    head = _head(record)
    behind = payload or record
    return Snapshot(
        id=snapshot_id(record),
        record_id=record.record_id or "",
        requested_url=requested_url or record.target_uri,
        url=record.target_uri,
        captured_at=record.date,
        status=head.status,
        content_type=_content_type(head, payload),
        payload_digest=payload_digest(behind),
        truncated=_truncation(record),
        origin=origin,
        locator=record.locator,
        payload=_place(payload),
        revisit_of=bare(record.field("WARC-Refers-To") or "") or None if record.type == "revisit" else None,
        added=added,
    )


def payload_digest(record: WarcRecord) -> str:
    """`sha256:` and hex over the payload after transfer decoding; of what is not HTTP, over the whole block."""
    message = http.message_of(record.block, record.head)
    return f"sha256:{http.payload_digest('sha256', message).hex()}"


def _head(record: WarcRecord) -> Head:
    return record.head or read_head(record.block)


def _content_type(head: Head, payload: WarcRecord | None) -> str | None:
    stated = head.header("content-type")
    if stated is None and payload is not None:
        stated = _head(payload).header("content-type")
    return stated


def _place(record: WarcRecord | None) -> Locator | None:
    return None if record is None else record.locator


def _truncation(record: WarcRecord) -> Truncation | None:
    stated = record.field("WARC-Truncated")
    if stated is None:
        return None
    known = {kind.value: kind for kind in Truncation}
    return known.get(stated.strip().lower(), Truncation.UNSPECIFIED)
