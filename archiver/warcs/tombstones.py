"""What takes the place of an erased record: a record of exactly as many bytes, which says that and no more."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import datetime

import zstandard

from archiver.records import WarcRecord
from archiver.warcs.fields import date_text

ERASED_TYPE = "application/vnd.onrecord.erased"
"""Media type of the records that replace erased ones."""

_COMMENTED = 0x10
_SAID = re.compile(rb"erased on (\d{4}-\d\d-\d\d)")
_SKIPPABLE = struct.Struct("<II")
_SKIPPABLE_MAGIC = 0x184D2A50


class TooSmall(Exception):
    """There is no room for a tombstone."""


def shortest(record: WarcRecord, at: datetime, *, is_arc: bool = False) -> bytes:
    """The tombstone of a record, uncompressed and no longer than it must be."""
    says = _says(at)
    return _arc_record(says, at, len(says)) if is_arc else _record(record, says, at, len(says))


def plain(record: WarcRecord, stored: bytes, at: datetime) -> bytes:
    """As many bytes as `stored`, the uncompressed record (WARC, else ARC). Raises TooSmall."""
    says, is_arc = _says(at), not stored.startswith(b"WARC/")

    def made(size: int) -> bytes:
        padded = says.ljust(size)
        return _arc_record(padded, at, size) if is_arc else _record(record, padded, at, size)

    size = len(stored)
    while len(found := made(size)) > len(stored):
        size -= len(found) - len(stored)
        if size < len(says):
            raise TooSmall
    missing = len(stored) - len(found)  # one, where the length lost a digit
    if not missing:
        return found
    if is_arc:
        return found + b"\n" * missing
    return found.replace(b"Content-Length:", b"Content-Length:" + b" " * missing, 1)


def member(held: bytes, length: int) -> bytes:
    """A gzip member (RFC 1952) of exactly this length: spaces in its comment fill it up.

    Raises TooSmall.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(held) + deflate.flush()
    end = struct.pack("<II", zlib.crc32(held), len(held) & 0xFFFFFFFF)
    head = b"\x1f\x8b\x08" + bytes([_COMMENTED]) + b"\0\0\0\0\x02\xff"
    spare = length - len(head) - 1 - len(body) - len(end)
    if spare < 0:
        raise TooSmall
    return head + b" " * spare + b"\0" + body + end


def frame(held: bytes, length: int) -> bytes:
    """A Zstandard frame (RFC 8878) with a skippable one behind it, of exactly this length. Raises TooSmall."""
    for level in (19, 22):
        found = zstandard.ZstdCompressor(level=level).compress(held)
        spare = length - len(found)
        if spare == 0:
            return found
        if spare >= _SKIPPABLE.size:
            size = spare - _SKIPPABLE.size
            return found + _SKIPPABLE.pack(_SKIPPABLE_MAGIC, size) + bytes(size)
    raise TooSmall


def erased_on(record: WarcRecord) -> str | None:
    """The day on which the record that this one replaces was erased; None for any other record."""
    match = _SAID.match(record.block) if record.content_type == ERASED_TYPE else None
    return match[1].decode() if match else None


def _says(at: datetime) -> bytes:
    return f"erased on {at:%Y-%m-%d}".encode()


def _record(record: WarcRecord, block: bytes, at: datetime, length: int) -> bytes:
    identifier = f"WARC-Record-ID: <{record.record_id}>\r\n" if record.record_id else ""
    head = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\n{identifier}WARC-Date: {date_text(at)}\r\n"
        f"Content-Type: {ERASED_TYPE}\r\nContent-Length: {length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _arc_record(block: bytes, at: datetime, length: int) -> bytes:
    return f"dns:erased 0.0.0.0 {at:%Y%m%d%H%M%S} {ERASED_TYPE} {length}\n".encode() + block + b"\n"
