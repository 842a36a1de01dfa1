"""Reads WARC files so that every byte is accounted for: sound records, and stretches that are none.

Our own reader, for the libraries' pass over what matters here: torn files count as good with them, a length that a
record merely announces is allocated, single flipped bits make records vanish (measured; see the tests of damage).
Gzip (one member a record, as the standard asks, or many records a member) and plain files may even be mixed in a file.
Digests are always checked. Nothing is read past the size that a file had when reading began.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from archiver.errors import NoSuchRecord, WarcDamaged
from archiver.http.head import read_head
from archiver.http.message import message_of, payload_digest
from archiver.records import Locator, WarcRecord
from archiver.warcs.fields import bare, date_of
from archiver.warcs.storage import Ranges

MOST_BLOCK = 128 << 20
"""Bytes of a block that are held in memory; of a larger one only the digest is checked."""

_MOST_HEAD = 1 << 20
_STEP = 1 << 18
_GZIP = b"\x1f\x8b\x08"
_VERSION = re.compile(rb"WARC/(?:0\.17|0\.18|1\.0|1\.1)\r?\n")
_RECORD_START = re.compile(rb"WARC/(?:0\.17|0\.18|1\.0|1\.1)\r?\n|\x1f\x8b\x08")
_HASHES = {"sha1", "sha256", "sha512", "md5"}
_ONCE = ("warc-type", "warc-record-id", "warc-date", "content-length", "warc-target-uri", "content-type")
_ANSWERS = {"response", "revisit"}
_OWN_PLACE = {*_ONCE, "warc-block-digest"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A stretch of a file that is no sound record. `torn` where it reaches to the end of the file."""

    warc: str
    offset: int
    length: int
    what: str
    torn: bool = False


class _Bad(Exception):
    """What is wrong with a record."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class _Read(NamedTuple):
    """A record, and where its bytes lie in what was decompressed of its member (of a plain file: in the file)."""

    record: WarcRecord
    start: int
    end: int


def scan(
    file: Ranges, *, warc: str, start: int = 0, end: int | None = None, told: Counter[str] | None = None
) -> Iterator[WarcRecord | Damage]:
    """The records of a file from byte `start` to `end`, in order, and what is damaged between them.

    `warc` is the file's name for locators. `told` counts the quirks that were tolerated, by what they are. A record
    whose block is larger than MOST_BLOCK has an empty `block` and says how much is left out (`omitted`).
    """
    source = _Source(file, end)
    quirks: Counter[str] = Counter() if told is None else told
    offset = start
    while offset < source.end:
        offset = yield from _one(source, warc, offset, quirks)


def _one(source: _Source, warc: str, offset: int, told: Counter[str]) -> Generator[WarcRecord | Damage, None, int]:
    """The record or records of one member, or the damage there; returns where to go on."""
    try:
        found, length = _found(source, offset, told)
    except _Bad as bad:
        following = _next_start(source, offset + 1)
        torn = following >= source.end
        yield Damage(warc=warc, offset=offset, length=following - offset, what=bad.what, torn=torn)
        return following
    if len(found) > 1:
        told["several records in one gzip member"] += len(found)
    for read in found:
        yield replace(read.record, locator=Locator(warc=warc, offset=offset, length=length))
    return offset + length


def _found(source: _Source, offset: int, told: Counter[str]) -> tuple[list[_Read], int]:
    """All records of the gzip member that begins here, or the one plain record, and its length in the file."""
    compressed = source.at(offset, len(_GZIP)) == _GZIP
    stream = _Member(source, offset) if compressed else _Plain(source, offset)
    try:
        found = list(_all_of(stream, told)) if compressed else [_record(stream, told)]
    except zlib.error:
        raise _Bad("the gzip member is broken") from None
    return found, stream.used()


def record_at(file: Ranges, locator: Locator, record_id: str | None = None) -> WarcRecord:
    """The record at a place, checked. Raises NoSuchRecord and WarcDamaged.

    `record_id` chooses among several records in one gzip member, and must be right where there is one.
    """
    return replace(_at(file, locator, record_id).record, locator=locator)


def raw_record(file: Ranges, locator: Locator, record_id: str | None = None) -> bytes:
    """The bytes of a record, uncompressed: version line, named fields, block, and the two line ends behind it."""
    read = _at(file, locator, record_id)
    source = _Source(file, locator.offset + locator.length)
    if source.at(locator.offset, len(_GZIP)) != _GZIP:
        return source.at(read.start, read.end - read.start)
    stream = _Member(source, locator.offset)
    stream.take(read.start)
    return stream.take(read.end - read.start)


def _at(file: Ranges, locator: Locator, record_id: str | None) -> _Read:
    source = _Source(file, locator.offset + locator.length)
    if source.end < locator.offset + locator.length:
        raise NoSuchRecord("the file ends before it", where=f"{locator.warc} at byte {locator.offset}")
    try:
        found, _ = _found(source, locator.offset, Counter())
    except _Bad as bad:
        raise WarcDamaged(bad.what, where=locator.warc, offset=locator.offset, remedy=_VERIFY) from None
    chosen = [read for read in found if not record_id or read.record.record_id == record_id]
    if not chosen:
        raise NoSuchRecord(f"there is another record than {record_id}", where=f"{locator.warc} at {locator.offset}")
    return chosen[0]


_VERIFY = "See what else is damaged with: onrecord verify"


class _Source:
    """The bytes of a file up to `end`, or up to its size."""

    def __init__(self, file: Ranges, end: int | None = None) -> None:
        self._file = file
        self.end = file.size if end is None else min(end, file.size)

    def at(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset` on."""
        return self._file.at(offset, min(count, self.end - offset)) if offset < self.end else b""


class _Plain:
    """An uncompressed file as a stream; `place` is the offset in the file."""

    def __init__(self, source: _Source, offset: int) -> None:
        self._source = source
        self._offset = self.place = offset

    @property
    def left(self) -> int | None:
        """How many bytes there are still."""
        return self._source.end - self.place

    def peek(self, count: int) -> bytes:
        """The next bytes, which stay."""
        return self._source.at(self.place, count)

    def take(self, count: int) -> bytes:
        """The next bytes, fewer at the end."""
        data = self.peek(count)
        self.place += len(data)
        return data

    def used(self) -> int:
        """The bytes taken so far."""
        return self.place - self._offset


class _Member:
    """One gzip member as a stream of what it unfolds to; `place` counts that. Raises _Bad where it is torn."""

    left = None

    def __init__(self, source: _Source, offset: int) -> None:
        self._source = source
        self._offset = self._read_to = offset
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._fed = b""
        self._ready = bytearray()
        self.place = 0

    def peek(self, count: int) -> bytes:
        """The next bytes, which stay."""
        self._fill(count)
        return bytes(self._ready[:count])

    def take(self, count: int) -> bytes:
        """The next bytes, fewer at the end."""
        self._fill(count)
        data = bytes(self._ready[:count])
        del self._ready[:count]
        self.place += len(data)
        return data

    def used(self) -> int:
        """The compressed bytes of the member, once it is read to its end."""
        return self._read_to - self._offset - len(self._inflate.unused_data)

    def _fill(self, count: int) -> None:
        while len(self._ready) < count and not self._inflate.eof:
            if not self._fed:
                self._fed = self._source.at(self._read_to, _STEP)
                self._read_to += len(self._fed)
                if not self._fed:
                    raise _Bad("the file ends within a gzip member")
            self._ready += self._inflate.decompress(self._fed, _STEP)
            self._fed = self._inflate.unconsumed_tail


def _all_of(stream: _Member | _Plain, told: Counter[str]) -> Iterator[_Read]:
    """The records of a member up to its end."""
    yield _record(stream, told)
    while stream.peek(1):
        yield _record(stream, told)


def _record(stream: _Member | _Plain, told: Counter[str]) -> _Read:
    """The next record of a stream, its digests checked. Raises _Bad."""
    start = stream.place
    fields = _head(stream, told)
    length = _length(fields)
    if stream.left is not None and length > stream.left:
        raise _Bad(f"a block of {length} bytes is announced, {stream.left} are there")
    stated = _stated_digests(fields.get("warc-block-digest", []), told)
    block, omitted = _block(stream, length, stated)
    end = stream.take(4)
    if end != b"\r\n\r\n":
        end = _odd_end(stream, end, told)
    record = _made(fields, block, omitted)
    _check_payload(record, fields, told)
    return _Read(record, start, stream.place)


def _odd_end(stream: _Member | _Plain, end: bytes, told: Counter[str]) -> bytes:
    """Line ends without carriage returns are a quirk; anything else means that the length is wrong."""
    if end[:2] == b"\n\n" and isinstance(stream, _Plain):
        stream.place -= len(end) - 2
        told["lines end in LF alone"] += 1
        return end[:2]
    if end == b"\n\n":
        told["lines end in LF alone"] += 1
        return end
    if len(end) < 4 and not end.strip(b"\r\n"):
        raise _Bad("the record ends without its two line ends, or its length is wrong")
    raise _Bad("the block does not end where its length says")


_Fields = dict[str, list[tuple[str, str]]]


def _head(stream: _Member | _Plain, told: Counter[str]) -> _Fields:
    """The named fields by lower-case name, each with its name as written."""
    if not _VERSION.match(stream.peek(16)):
        raise _Bad("no WARC record begins here")
    lines = _lines(stream)
    if any(not line.endswith("\r\n") for line in lines):
        told["lines end in LF alone"] += 1
    fields: _Fields = {}
    last: list[tuple[str, str]] | None = None
    for line in lines[1:]:
        name, colon, value = line.rstrip("\r\n").partition(":")
        if line[:1] in {" ", "\t"} and last:
            last[-1] = (last[-1][0], f"{last[-1][1]} {line.strip()}")
            continue
        if not colon or not name.strip():
            raise _Bad("a header line has no name")
        last = fields.setdefault(name.strip().lower(), [])
        last.append((name.strip(), value.strip(" \t")))
    for name in _ONCE:
        if len(fields.get(name, ())) > 1:
            raise _Bad(f"{fields[name][0][0]} is there twice")
    return fields


def _lines(stream: _Member | _Plain) -> list[str]:
    """The head's lines up to the blank one, which is taken but left out."""
    window = 4096
    while True:
        data = stream.peek(window)
        if match := re.search(rb"\n\r?\n", data):
            raw = stream.take(match.end())
            return [_text(line) + "\n" for line in raw[: match.start()].split(b"\n")]
        if len(data) < window:
            raise _Bad("the header has no end")
        if window >= _MOST_HEAD:
            raise _Bad("the header is too long")
        window *= 4


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _length(fields: _Fields) -> int:
    if "content-length" not in fields or "warc-type" not in fields:
        raise _Bad("WARC-Type or Content-Length is missing")
    value = fields["content-length"][0][1]
    if not re.fullmatch(r"[0-9]{1,18}", value):
        raise _Bad(f"Content-Length is {value[:40]!r}")
    return int(value)


def _block(stream: _Member | _Plain, length: int, stated: list[tuple[str, bytes]]) -> tuple[bytes, int]:
    """The block, checked against the digests stated; empty with its length where it is too large to hold."""
    hashes = {algorithm: hashlib.new(algorithm, usedforsecurity=False) for algorithm, _ in stated}
    held, left = io.BytesIO(), length
    while left:
        data = stream.take(min(left, _STEP))
        if not data:
            raise _Bad(f"a block of {length} bytes is announced, {length - left} are there")
        left -= len(data)
        if length <= MOST_BLOCK:
            held.write(data)
        for hashed in hashes.values():
            hashed.update(data)
    for algorithm, digest in stated:
        if hashes[algorithm].digest() != digest:
            raise _Bad(f"the {algorithm} of the block is not its WARC-Block-Digest")
    return (held.getvalue(), 0) if length <= MOST_BLOCK else (b"", length)


def _stated_digests(values: list[tuple[str, str]], told: Counter[str]) -> list[tuple[str, bytes]]:
    """Algorithm and digest of each labelled digest that can be checked (WARC 1.1 §5.8: base32, or hex)."""
    found = []
    for _, value in values:
        algorithm, _, text = value.partition(":")
        algorithm = algorithm.strip().lower().replace("-", "")
        if algorithm not in _HASHES:
            told["a digest of a kind that is not known"] += 1
        elif (digest := _digest_bytes(text.strip(), hashlib.new(algorithm, usedforsecurity=False).digest_size)) is None:
            raise _Bad(f"{value[:80]!r} is no digest")
        else:
            found.append((algorithm, digest))
    if not values:
        told["no block digest"] += 1
    return found


def _digest_bytes(text: str, size: int) -> bytes | None:
    try:
        if len(text) == 2 * size:
            return bytes.fromhex(text)
        digest = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except ValueError:
        return None
    return digest if len(digest) == size else None


def _made(fields: _Fields, block: bytes, omitted: int) -> WarcRecord:
    def first(name: str) -> str | None:
        return fields[name][0][1] if name in fields else None

    record_id, target = first("warc-record-id"), first("warc-target-uri")
    further = [pair for name, pairs in fields.items() if name not in _OWN_PLACE for pair in pairs]
    kind = (first("warc-type") or "").lower()
    return WarcRecord(
        type=kind,
        record_id=bare(record_id) if record_id else None,
        date=date_of(first("warc-date")),
        stated_date=first("warc-date"),
        target_uri=bare(target) if target else None,
        content_type=first("content-type"),
        block=block,
        fields=tuple(further),
        omitted=omitted,
        head=read_head(block) if kind in _ANSWERS and not omitted else None,
    )


def _check_payload(record: WarcRecord, fields: _Fields, told: Counter[str]) -> None:
    """The payload digest, taken after transfer decoding as WARC 1.1 §5.9 says, or before, as many writers do."""
    if record.type != "response" or record.omitted or "warc-payload-digest" not in fields:
        return
    message = message_of(record.block, record.head)
    for algorithm, digest in _stated_digests(fields["warc-payload-digest"], told):
        if payload_digest(algorithm, message) == digest:
            continue
        if hashlib.new(algorithm, message.body, usedforsecurity=False).digest() != digest:
            raise _Bad(f"the {algorithm} of the payload is not its WARC-Payload-Digest")
        told["a payload digest over the chunks as sent"] += 1


def _next_start(source: _Source, offset: int) -> int:
    """Where after some damage the next record may begin: a version line, or a gzip member that unfolds to one."""
    window = 1 << 20
    while offset < source.end:
        data = source.at(offset, window + 16)
        for match in _RECORD_START.finditer(data):
            place = offset + match.start()
            if match.start() < window and (match[0] != _GZIP or _begins_record(source, place)):
                return place
        offset += window
    return source.end


def _begins_record(source: _Source, offset: int) -> bool:
    try:
        start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(source.at(offset, 4096), 16)
    except zlib.error:
        return False
    return _VERSION.match(start) is not None
