"""Reads WARC files so that every byte is accounted for: sound records, and stretches that are damaged.

A reader of our own, because the libraries miss what matters here: they accept torn files, allocate a length that a
record merely announces, and lose records to single flipped bits (measured; see the tests of damage).
Gzip and Zstandard (one member a record, as the standard asks, or many), plain files and ARC files are read alike.
Digests are always checked. Nothing is read past the size that a file had when reading began.

Deviations of writers from the standard are read where their bytes are unambiguous, and noted in the record's `remarks`.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archiver.errors import NoSuchRecord, WarcDamaged
from archiver.http.head import read_head
from archiver.http.message import Message, message_of, payload_of, transfer_decoded
from archiver.records import PAYLOAD_DIFFERS, Head, Locator, WarcRecord
from archiver.warcs.digests import Digest, digest_of, hasher, stated_digests
from archiver.warcs.fields import bare, date_of, date_remark
from archiver.warcs.heads import FIRST_LOOK, LF_ALONE, ArcLine, Fields, arc_line, begins_record, named_fields
from archiver.warcs.storage import Ranges
from archiver.warcs.streams import GZIP, ZSTD, BadRecord, ByteSource, Stream, is_compressed, skippable, stream_at

MAX_BLOCK = 128 << 20
"""Bytes of a block that are held in memory; of a larger one only the digest is checked."""

_MAX_DIGITS = 18
_STEP = 1 << 18
_LOOK = 1 << 10
_RECORD_START = re.compile(
    rb"WARC/\d{1,3}\.\d{1,3}[ \t]*\r?\n|\x1f\x8b\x08|\x28\xb5\x2f\xfd"
    rb"|(?<=\n)(?:https?|dns|filedesc|ftp):[^\r\n ]+ [0-9a-fA-F.:]+ \d{14} "
)
_USUAL = (ZSTD, b"WARC")
_BOM = b"\xef\xbb\xbf"
_LINE_ENDS = b"\r\n"
_ANSWERS = {"response", "revisit"}
_HTML = {"text/html", "application/xhtml+xml"}
_ONCE = {"warc-type", "warc-record-id", "warc-date", "content-length", "warc-target-uri", "content-type"}
_OWN_PLACE = {*_ONCE, "warc-block-digest"}
_VERIFY = "See what else is damaged with: onrecord verify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A stretch of a file that is not a sound record. `torn` where it reaches to the end of the file.

    `member` is the WARC file within a package that it is in, `within` where it begins there.
    """

    warc: str
    offset: int
    length: int
    what: str
    torn: bool = False
    member: str | None = None
    within: int | None = None


_Made = Callable[[Locator | None, tuple[str, ...]], WarcRecord]
"""Makes a record once it is known where it is and what is odd about it."""


class _Read(NamedTuple):
    """A record, and where its bytes are in what was decompressed of its member (of a plain file: in the file)."""

    made: _Made
    record_id: str | None
    start: int
    end: int
    remarks: tuple[str, ...]

    def at(self, locator: Locator) -> WarcRecord:
        """The record with its place and remarks."""
        return self.made(locator, self.remarks)


def scan(
    file: Ranges, *, warc: str, start: int = 0, end: int | None = None, quirks: Counter[str] | None = None
) -> Iterator[WarcRecord | Damage]:
    """The records of a file from byte `start` to `end`, in order, and what is damaged between them.

    `warc` is the file's name for locators. `quirks` counts the oddities that were tolerated, by what they are. A record
    whose block is larger than MAX_BLOCK has an empty `block` and says how much is left out (`omitted`).
    """
    source = ByteSource(file, start, end)
    counted: Counter[str] = Counter() if quirks is None else quirks
    offset = start
    if source.at(start, len(_BOM)) == _BOM:
        counted["a byte order mark before the first record"] += 1
        offset += len(_BOM)
    while offset < source.end:
        if between := _between(source, offset, counted):
            offset += between
        else:
            found, offset = _one(source, warc, offset, counted)
            yield from found


def _between(source: ByteSource, offset: int, quirks: Counter[str]) -> int:
    """How many bytes are here that belong to no record and do no harm: line ends, a dictionary."""
    start = source.at(offset, 4)
    if start[:3] == GZIP or start in _USUAL:
        return 0
    if length := skippable(source, offset):
        return length
    found = source.at(offset, _LOOK)
    blank = len(found) - len(found.lstrip(_LINE_ENDS))
    if blank:
        quirks["stray line ends between records"] += 1
    return blank


def _one(source: ByteSource, warc: str, offset: int, quirks: Counter[str]) -> tuple[Iterable[WarcRecord | Damage], int]:
    """The record or records of one member, or the damage there, and where to continue."""
    try:
        found, length = _found(source, offset)
    except BadRecord as bad:
        following = _next_start(source, offset + 1)
        torn = following >= source.end
        return [Damage(warc=warc, offset=offset, length=following - offset, what=bad.what, torn=torn)], following
    if not found:
        quirks["a compressed member without content"] += 1  # an empty gzip member is sound (RFC 1952 §2.2)
    several = len(found) > 1
    if several:
        quirks["several records in one compressed member"] += len(found)
    records = []
    for read in found:
        for remark in read.remarks:
            quirks[remark] += 1
        locator = Locator(warc=warc, offset=offset, length=length, within=read.start if several else None)
        records.append(read.at(locator))
    return records, offset + length


def _found(source: ByteSource, offset: int, within: int | None = None) -> tuple[list[_Read], int]:
    """All records of the member that begins here (only the one at `within`, if given), or the one plain record."""
    stream = stream_at(source, offset)
    if stream.left is not None:  # it is not compressed
        return [_record(stream)], stream.used()
    if within is not None:
        stream.take(within)
        return [_record(stream)], 0
    found: list[_Read] = []
    while start := stream.peek(1):
        if start in _LINE_ENDS:
            blank = stream.peek(_LOOK)
            stream.take(len(blank) - len(blank.lstrip(_LINE_ENDS)))
        else:
            found.append(_record(stream))
    return found, stream.used()


def record_at(file: Ranges, locator: Locator, record_id: str | None = None) -> WarcRecord:
    """The record at a place, checked. Raises NoSuchRecord and WarcDamaged.

    `record_id` must be right if there is one.
    """
    return _at(file, locator, record_id).at(locator)


def raw_record(file: Ranges, locator: Locator, record_id: str | None = None) -> bytes:
    """The bytes of a record, uncompressed: version line, named fields, block, and the two line ends after it."""
    read = _at(file, locator, record_id)
    source = ByteSource(file, end=locator.offset + locator.length)
    stream = stream_at(source, locator.offset)
    stream.take(read.start - stream.place)
    return stream.take(read.end - read.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasable:
    """A record that is to be replaced, and where it is in what its member decompresses to (of a plain file: there)."""

    record: WarcRecord
    start: int
    end: int
    is_arc: bool


def erasable_at(file: Ranges, locator: Locator) -> Erasable:
    """The record at a place and its extent. Raises NoSuchRecord and WarcDamaged."""
    read = _at(file, locator, None)
    stream = stream_at(ByteSource(file, end=locator.offset + locator.length), locator.offset)
    stream.take(read.start - stream.place)
    is_arc = not stream.peek(5).startswith(b"WARC/")
    return Erasable(record=read.at(locator), start=read.start, end=read.end, is_arc=is_arc)


def _at(file: Ranges, locator: Locator, record_id: str | None) -> _Read:
    source = ByteSource(file, end=locator.offset + locator.length)
    if source.end < locator.offset + locator.length:
        raise NoSuchRecord("the file ends before it", where=f"{locator.warc} at byte {locator.offset}")
    try:
        found, _ = _found(source, locator.offset, locator.within)
    except BadRecord as bad:
        raise WarcDamaged(bad.what, where=locator.warc, offset=locator.offset, remedy=_VERIFY) from None
    chosen = [read for read in found if not record_id or read.record_id == record_id]
    if not chosen:
        raise NoSuchRecord(f"the record here is not {record_id}", where=f"{locator.warc} at {locator.offset}")
    return chosen[0]


def _record(stream: Stream) -> _Read:
    """The next record of a stream, its digests checked. Raises BadRecord."""
    start = stream.place
    remarks: list[str] = []
    begun = stream.peek(FIRST_LOOK)
    line, record_id = arc_line(stream, begun), None
    if line is not None:
        made = _arc_record(stream, line)
    else:
        fields = named_fields(stream, begun, remarks.append)
        record_id = bare(fields["warc-record-id"][0][1]) if "warc-record-id" in fields else None
        made = _warc_record(stream, fields, record_id or None, remarks)
    _take_end(stream, remarks, is_arc=line is not None)
    return _Read(made, record_id or None, start, stream.place, tuple(dict.fromkeys(remarks)) if remarks else ())


def _take_end(stream: Stream, remarks: list[str], *, is_arc: bool) -> None:
    """The line ends after a record: two are right (ARC: one). What else is after the block means a wrong length."""
    if not is_arc and stream.peek(4) == b"\r\n\r\n":
        stream.take(4)
        return
    behind = stream.peek(_LOOK)
    if is_arc:
        shapes: tuple[bytes, ...] = (behind[: len(behind) - len(behind.lstrip(_LINE_ENDS))],)
    else:
        shapes = (b"\n\n", b"\n", b"") if LF_ALONE in remarks else (b"\r\n", b"")
    for shape in shapes:
        if behind.startswith(shape) and _ends_here(behind[len(shape) :]):
            stream.take(len(shape))
            if not is_arc and shape != b"\n\n":
                remarks.append("not two line ends after a record")
            return
    raise BadRecord("the block does not end where its length says")


def _ends_here(rest: bytes) -> bool:
    """Whether the file or member ends here (maybe within the line ends), or another record begins."""
    return b"\r\n\r\n".startswith(rest) or _begins(rest)


def _begins(start: bytes) -> bool:
    return start[:3] == GZIP or start[:4] == ZSTD or begins_record(start)


def _warc_record(stream: Stream, fields: Fields, record_id: str | None, remarks: list[str]) -> _Made:
    length = _length(fields)
    _check_left(stream, length)
    values = fields.get("warc-block-digest", [])
    if not values:
        remarks.append("no block digest")
    stated = stated_digests([value for _, value in values], remarks.append)
    block, omitted = _block(stream, length, stated)
    kind, content_type = (_first(fields, "warc-type") or "").lower(), _first(fields, "content-type")
    head = None if omitted else _head(kind, content_type, block)
    if kind == "response" and not omitted:
        _check_payload(block, head, fields, stated, remarks)
    date, target = _first(fields, "warc-date"), _first(fields, "warc-target-uri")
    if date and (odd := date_remark(date)):
        remarks.append(odd)
    further = tuple([pair for name, pairs in fields.items() if name not in _OWN_PLACE for pair in pairs])
    return lambda locator, remarks: WarcRecord(
        type=kind,
        record_id=record_id,
        date=date_of(date),
        stated_date=date,
        target_uri=bare(target) if target else None,
        content_type=content_type,
        block=block,
        fields=further,
        locator=locator,
        omitted=omitted,
        head=head,
        remarks=remarks,
    )


def _first(fields: Fields, name: str) -> str | None:
    given = fields.get(name)
    return given[0][1] if given else None


def _check_left(stream: Stream, length: int) -> None:
    if stream.left is not None and length > stream.left:
        raise BadRecord(f"a block of {length} bytes is declared, {stream.left} are present")


def _length(fields: Fields) -> int:
    if "content-length" not in fields or "warc-type" not in fields:
        raise BadRecord("WARC-Type or Content-Length is missing")
    value = fields["content-length"][0][1]
    if not (value.isdigit() and value.isascii() and len(value) <= _MAX_DIGITS):
        raise BadRecord(f"Content-Length is {value[:40]!r}")
    return int(value)


def _block(stream: Stream, length: int, stated: list[Digest]) -> tuple[bytes, int]:
    """The block, checked against the digests stated; empty with its length where it is too large to hold."""
    if length <= min(_STEP, MAX_BLOCK):
        block = stream.take(length)
        if len(block) < length:
            raise BadRecord(f"a block of {length} bytes is declared, {len(block)} are present")
        for digest in stated:
            if hasher(digest.algorithm, block).digest() != digest.value:
                raise BadRecord(f"the {digest.algorithm} of the block does not match its WARC-Block-Digest")
        return block, 0
    return _large_block(stream, length, stated)


def _large_block(stream: Stream, length: int, stated: list[Digest]) -> tuple[bytes, int]:
    hashes = {digest.algorithm: hasher(digest.algorithm) for digest in stated}
    held, left = io.BytesIO(), length
    while left:
        data = stream.take(min(left, _STEP))
        if not data:
            raise BadRecord(f"a block of {length} bytes is declared, {length - left} are present")
        left -= len(data)
        if length <= MAX_BLOCK:
            held.write(data)
        for hashed in hashes.values():
            hashed.update(data)
    for digest in stated:
        if hashes[digest.algorithm].digest() != digest.value:
            raise BadRecord(f"the {digest.algorithm} of the block does not match its WARC-Block-Digest")
    return (held.getvalue(), 0) if length <= MAX_BLOCK else (b"", length)


def _head(kind: str, content_type: str | None, block: bytes) -> Head | None:
    """The head of the answer in a block; of a page that was kept without one (`resource`), what it would have said."""
    if kind in _ANSWERS:
        return read_head(block)
    if kind == "resource" and content_type and content_type.partition(";")[0].strip().lower() in _HTML:
        return Head(status=200, reason="", headers=(("Content-Type", content_type),), length=0)
    return None


def _arc_record(stream: Stream, line: ArcLine) -> _Made:
    """An ARC record as the WARC record that it would be: an answer, or the file's own description."""
    _check_left(stream, line.length)
    block, omitted = _block(stream, line.length, [])
    is_web = line.url.lower().startswith(("http:", "https:"))
    head = read_head(block) if is_web and not omitted else None
    return lambda locator, remarks: WarcRecord(
        type="warcinfo" if line.url.startswith("filedesc:") else "response",
        record_id=None,
        date=date_of(line.date),
        stated_date=line.date,
        target_uri=line.url,
        content_type="application/http;msgtype=response" if is_web else line.content_type or None,
        block=block,
        locator=locator,
        omitted=omitted,
        head=head,
        remarks=remarks,
    )


def _check_payload(block: bytes, head: Head | None, fields: Fields, stated: list[Digest], remarks: list[str]) -> None:
    """The payload digest (WARC 1.1 §5.9): after transfer decoding, or as one of the other things writers take it of."""
    if "warc-payload-digest" not in fields or "warc-segment-number" in fields:  # then it is over all segments
        return
    for digest in stated_digests([value for _, value in fields["warc-payload-digest"]], remarks.append):
        remark = _payload_remark(message_of(block, head), digest, block, stated)
        if remark is not None:
            remarks.append(remark)


def _payload_remark(message: Message, digest: Digest, block: bytes, stated: list[Digest]) -> str | None:
    hashed = hasher(digest.algorithm)
    for piece in transfer_decoded(message):
        hashed.update(piece)
    if hashed.digest() == digest.value:
        return None
    if digest_of(digest.algorithm, message.body) == digest:
        return "a payload digest over the body as sent"
    if digest in stated or digest_of(digest.algorithm, block) == digest:
        return "a payload digest over the whole block"
    if digest_of(digest.algorithm, payload_of(message).body) == digest:
        return "a payload digest over the decoded body"
    return PAYLOAD_DIFFERS


def _next_start(source: ByteSource, offset: int) -> int:
    """Where after some damage the next record may begin: a version line, or a member that decompresses to one."""
    window = 1 << 20
    while offset < source.end:
        data = source.at(offset, window + 64)
        for match in _RECORD_START.finditer(data):
            place = offset + match.start()
            if match.start() < window and (not is_compressed(source, place) or _begins_record(source, place)):
                return place
        offset += window
    return source.end


def _begins_record(source: ByteSource, offset: int) -> bool:
    try:
        return begins_record(stream_at(source, offset).peek(_LOOK))
    except BadRecord:
        return False
