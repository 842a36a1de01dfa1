"""A WARC record cut out of its file by the few rules of the format, so that each of its digests can be compared.

This is a second reading beside `warcs.reader`: that one refuses what is damaged, this one says what the damage is.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import dataclass

from archiver.errors import WarcError
from archiver.records import Locator
from archiver.warcs.reader import record_at
from archiver.warcs.storage import Ranges

MAX_UNFOLDED = 256 << 20
_GZIP = b"\x1f\x8b"


class Unreadable(Exception):
    """Why there is no record at a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutRecord:
    """A record: its named fields by lower-case name, and its block."""

    fields: dict[str, str]
    block: bytes

    @property
    def record_id(self) -> str:
        """The record's id without angle brackets."""
        return self.fields.get("warc-record-id", "").strip("<> ")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDigest:
    """A digest that a record states, and the same one computed, both as `algorithm:hex`."""

    stated: str
    computed: str


def cut(file: Ranges, locator: Locator, record_id: str | None) -> CutRecord:
    """The record at a place; `record_id` chooses among several in one gzip member. Raises Unreadable."""
    stored = file.at(locator.offset, locator.length)
    if len(stored) < locator.length:
        raise Unreadable("the file ends before it")
    data = _decompressed(stored) if stored.startswith(_GZIP) else stored
    place = locator.within or 0
    if not data.startswith(b"WARC/", place):
        return _read(file, locator)
    if locator.within is not None:
        return _next(data, place)[0]
    first: CutRecord | None = None
    while place < len(data):
        found, place = _next(data, place)
        if not record_id or found.record_id == record_id:
            return found
        first = first or found
    if first is None:
        raise Unreadable("there is no WARC record")
    return first


def _read(file: Ranges, locator: Locator) -> CutRecord:
    """A record of another form (ARC, Zstandard), as the archive's reader has it."""
    try:
        record = record_at(file, locator)
    except WarcError as error:
        raise Unreadable(error.what) from None
    fields = {name.lower(): value for name, value in record.fields}
    return CutRecord(
        fields=fields | ({"warc-record-id": record.record_id} if record.record_id else {}), block=record.block
    )


def _decompressed(stored: bytes) -> bytes:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = inflate.decompress(stored, MAX_UNFOLDED)
    except zlib.error as error:
        raise Unreadable(f"the gzip member is damaged ({error})") from None
    if not inflate.eof or inflate.unused_data:
        raise Unreadable("the gzip member does not end where the record ends")
    return data


def _next(data: bytes, place: int) -> tuple[CutRecord, int]:
    end = data.find(b"\r\n\r\n", place)
    if not data.startswith(b"WARC/", place) or end < 0:
        raise Unreadable("there is no WARC record")
    lines = data[place:end].decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = fields.get("content-length", "")
    if not length.isascii() or not length.isdigit() or end + 4 + int(length) > len(data):
        raise Unreadable("the record's length is wrong")
    start = end + 4
    block = data[start : start + int(length)]
    return CutRecord(fields=fields, block=block), start + int(length) + 4


def block_digest(record: CutRecord) -> StatedDigest | None:
    """The block digest that the record states, beside the computed one; None where it states none that is known."""
    algorithm, _, text = record.fields.get("warc-block-digest", "").partition(":")
    name = algorithm.strip().lower().replace("-", "")
    if name not in {"sha1", "sha256", "sha512", "md5"}:
        return None
    computed = hashlib.new(name, record.block, usedforsecurity=False)
    return StatedDigest(stated=f"{name}:{_hex(text.strip())}", computed=f"{name}:{computed.hexdigest()}")


def _hex(text: str) -> str:
    """Hex as it is; base32, as most writers have it, as hex."""
    if len(text) in {32, 40, 64, 128} and all(char in "0123456789abcdefABCDEF" for char in text):
        return text.lower()
    try:
        return base64.b32decode(text.upper() + "=" * (-len(text) % 8)).hex()
    except ValueError:
        return text
