"""What takes the place of an erased record: a WARC record of exactly as many bytes, which says that and no more."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import datetime

from archiver.errors import WarcError
from archiver.records import WarcRecord
from archiver.warcs.fields import date_text

ERASED_TYPE = "application/vnd.onrecord.erased"
"""Media type of the records that replace erased ones."""

_COMMENTED = 0x10
_SAID = re.compile(rb"erased on (\d{4}-\d\d-\d\d)")


def tombstone(record: WarcRecord, stored: bytes, at: datetime) -> bytes:
    """As many bytes as `stored`, the record as it is in its file (a gzip member, or plain).

    They are a `metadata` record with the id of the erased one. Raises WarcError where that does not fit.
    """
    says = f"erased on {at:%Y-%m-%d}".encode()
    if stored.startswith(b"\x1f\x8b"):
        return _member(_record(record, says, at, len(says)), len(stored))
    size = len(stored)
    while len(plain := _record(record, says.ljust(size), at, size)) > len(stored):
        size -= len(plain) - len(stored)
        if size < len(says):
            raise WarcError("the record is too small for a tombstone", where=record.record_id)
    missing = len(stored) - len(plain)  # one, where the length lost a digit
    return plain.replace(b"Content-Length:", b"Content-Length:" + b" " * missing, 1)


def erased_on(record: WarcRecord) -> str | None:
    """The day on which the record that this one replaces was erased; None for any other record."""
    match = _SAID.match(record.block) if record.content_type == ERASED_TYPE else None
    return match[1].decode() if match else None


def _record(record: WarcRecord, block: bytes, at: datetime, length: int) -> bytes:
    identifier = f"WARC-Record-ID: <{record.record_id}>\r\n" if record.record_id else ""
    head = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\n{identifier}WARC-Date: {date_text(at)}\r\n"
        f"Content-Type: {ERASED_TYPE}\r\nContent-Length: {length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _member(plain: bytes, length: int) -> bytes:
    """A gzip member (RFC 1952) of exactly this length: blanks in its comment make up for what is missing."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(plain) + deflate.flush()
    end = struct.pack("<II", zlib.crc32(plain), len(plain))
    head = b"\x1f\x8b\x08" + bytes([_COMMENTED]) + b"\0\0\0\0\x02\xff"
    spare = length - len(head) - 1 - len(body) - len(end)
    if spare < 0:
        raise WarcError("the record is too small for a tombstone")
    return head + b" " * spare + b"\0" + body + end
