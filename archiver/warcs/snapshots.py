"""A WARC record as a snapshot: its permanent id, and what it says of the page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from archiver.errors import WarcDamaged
from archiver.http.framing import dechunked
from archiver.http.head import read_head
from archiver.http.message import Message, message_of, transfer_decoded
from archiver.records import (
    NO_SOURCE,
    PAYLOAD_DIFFERS,
    Added,
    Head,
    Origin,
    Reference,
    Snapshot,
    Source,
    Truncation,
    WarcRecord,
)
from archiver.sha256 import sha256_of
from archiver.warcs.digests import Digest, digest_of, read_digest
from archiver.warcs.fields import bare, date_of, date_text

_ANSWERS = {"response", "revisit"}
_KINDS = ("sha1", "md5", "sha256")
"""The digests by which revisits in the field name their original, ours last."""

_EMPTY = digest_of(_KINDS[-1], b"")

_NOT_MODIFIED = 304
_REDIRECTS = {301, 302, 303, 307, 308}


def snapshot_id(record: WarcRecord) -> str:
    """`s` and 20 characters of lower-case base32 of a SHA-256 over what distinguishes one record from every other.

    That is, a line each: record id, WARC-Target-URI (both without angle brackets) and WARC-Date as the record has them,
    and the SHA-256 of the block; what a foreign record lacks is an empty line. Same record, same id, on every machine.
    """
    date = record.stated_date or (date_text(record.date) if record.date else "")
    block = sha256_of(record.block)
    seed = "\n".join((record.record_id or "", record.target_uri or "", date, block))
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    return "s" + base64.b32encode(digest[:15]).decode("ascii").lower()[:20]


def why_not_a_snapshot(record: WarcRecord, *, origin: Origin) -> str | None:
    """Why a record contains no state of a web page; None where it does, "" where records of its type never do.

    A state is an HTTP answer, a revisit that refers to one, an HTML page kept without its answer (`resource`); of our
    own captures also what was not HTTP, which we keep as a `resource` (WARC 1.1 §6.4).
    """
    scheme = (record.target_uri or "").partition(":")[0].lower()
    if record.type not in {*_ANSWERS, "resource"}:
        return ""
    if scheme not in {"http", "https"}:
        return f"their URLs are {scheme}:" if record.target_uri else "they name no URL"
    if record.omitted:
        return "they are too large"
    if record.type == "resource" and record.head is None and origin is not Origin.CAPTURED:
        return "they are not HTML"
    return None


def snapshot_of(
    record: WarcRecord,
    *,
    origin: Origin,
    identity: str | None = None,
    requested_url: str | None = None,
    added: Added | None = None,
    following: Sequence[WarcRecord] = (),
) -> Snapshot:
    """The snapshot in a `response`, `revisit` or `resource` record that is somewhere; of a revisit, not `resolved`.

    `identity` is its id where that is known already, `following` are the further segments of a segmented record. Raises
    WarcDamaged where target URI or date are missing.
    """
    if record.locator is None or record.target_uri is None or record.date is None:
        missing = "WARC-Target-URI" if record.target_uri is None else "usable WARC-Date"
        raise WarcDamaged(f"the record has no {missing}", where=record.target_uri)
    whole = joined(record, following)
    head = _head(whole)
    is_revisit = record.type == "revisit"
    message = message_of(whole.block, whole.head)
    digests = _hashed(_KINDS, transfer_decoded(message))
    reference = _reference(record) if is_revisit else None
    return Snapshot(
        id=identity or snapshot_id(record),
        record_id=record.record_id or "",
        requested_url=requested_url or record.target_uri,
        url=record.target_uri,
        captured_at=record.date,
        status=head.status,
        content_type=head.header("content-type"),
        payload_digest=str(digests[-1]),
        truncated=_truncation(record, following),
        origin=origin,
        locator=record.locator,
        parts=tuple(part.locator for part in following if part.locator is not None),
        digests=() if is_revisit else _names(message, digests),
        refers_to=reference,
        revisit_of=(reference.record_id or str(reference.url)) if reference else None,
        redirects_to=_redirect(record.target_uri, head),
        copied_from=_source(record),
        added=added,
        remarks=tuple(remark for remark in record.remarks if remark == PAYLOAD_DIFFERS),
    )


def resolved(revisit: Snapshot, original: Snapshot) -> Snapshot:
    """A revisit with the payload of the snapshot that it refers to."""
    unchanged = revisit.status in {None, _NOT_MODIFIED}
    claims = set(revisit.refers_to.digests if revisit.refers_to else ())
    differs = claims and not claims & set(original.digests) and comparable(claims, original)
    return replace(
        revisit,
        payload=original.locator,
        payload_of=original.id,
        payload_parts=original.parts,
        payload_digest=original.payload_digest,
        status=original.status if unchanged else revisit.status,
        content_type=revisit.content_type or original.content_type,
        truncated=revisit.truncated or original.truncated,
        revisit_of=original.record_id or original.url,
        remarks=(PAYLOAD_DIFFERS,) if differs else original.remarks,
    )


def comparable(claims: set[str], original: Snapshot) -> bool:
    """Whether a claimed digest is of a kind that we computed of the original."""
    ours = {digest.partition(":")[0] for digest in original.digests}
    return any(claim.partition(":")[0] in ours for claim in claims)


def joined(first: WarcRecord, following: Sequence[WarcRecord]) -> WarcRecord:
    """A segmented record put together (WARC 1.1 §7)."""
    if not following:
        return first
    block = b"".join((first.block, *(part.block for part in following)))
    return replace(first, block=block, head=read_head(block) if first.type in _ANSWERS else first.head)


def payload_digest(record: WarcRecord) -> str:
    """`sha256:` and hex over the payload after transfer decoding; of what is not HTTP, over the whole block."""
    message = message_of(record.block, record.head)
    return str(_hashed(_KINDS[-1:], transfer_decoded(message))[0])


def _head(record: WarcRecord) -> Head:
    return record.head or read_head(record.block)


def _hashed(algorithms: Sequence[str], pieces: Iterable[memoryview]) -> list[Digest]:
    """The digests over some pieces, which are never put together: a payload may have many megabytes."""
    hashes = [hashlib.new(algorithm, usedforsecurity=False) for algorithm in algorithms]
    for piece in pieces:
        for hashed in hashes:
            hashed.update(piece)
    return [Digest(algorithm, hashed.digest()) for algorithm, hashed in zip(algorithms, hashes, strict=True)]


def _names(message: Message, decoded: Sequence[Digest]) -> tuple[str, ...]:
    """The digests that a revisit may name a payload by: `decoded` from its transfer, or as sent.

    None of an empty payload: it would be the original of everything that is empty.
    """
    if decoded[-1] == _EMPTY:
        return ()
    found = [*decoded]
    if message.head.values("transfer-encoding"):
        found += _hashed(_KINDS, [message.body])
        found += _hashed(["sha1"], dechunked(message.body))
    return tuple(dict.fromkeys(str(digest) for digest in found))


def _reference(record: WarcRecord) -> Reference:
    """What a revisit says of its original (WARC 1.1 §6.7)."""
    digests = [read_digest(value) for name, value in record.fields if name.lower() == "warc-payload-digest"]
    return Reference(
        record_id=bare(record.field("WARC-Refers-To") or "") or None,
        url=bare(record.field("WARC-Refers-To-Target-URI") or record.target_uri or "") or None,
        at=date_of(record.field("WARC-Refers-To-Date")),
        digests=tuple(str(digest) for digest in digests if isinstance(digest, Digest)),
    )


def _source(record: WarcRecord) -> Source:
    """Where a memento of another archive was copied from."""
    where = record.field("WARC-Source-URI")
    return Source(url=bare(where), at=date_of(record.field("WARC-Creation-Date"))) if where else NO_SOURCE


def _redirect(url: str, head: Head) -> str | None:
    location = head.header("location") if head.status in _REDIRECTS else None
    try:
        return urljoin(url, location.strip()) if location else None
    except ValueError:
        return None


def _truncation(record: WarcRecord, following: Sequence[WarcRecord]) -> Truncation | None:
    stated = record.field("WARC-Truncated")
    if stated is None:
        return Truncation.UNSPECIFIED if record.field("WARC-Segment-Number") and not following else None
    known = {kind.value: kind for kind in Truncation}
    return known.get(stated.strip().lower(), Truncation.UNSPECIFIED)
