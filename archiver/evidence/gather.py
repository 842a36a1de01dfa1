"""The WARC records that a snapshot's proof needs, as they are stored: their ids and digests stay what they are."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from archiver.annotations import is_annotation
from archiver.errors import NoSuchRecord, WarcError
from archiver.records import Locator, SnapshotEntry, WarcRecord
from archiver.warcs.fields import bare
from archiver.warcs.files import Folder
from archiver.warcs.reader import Damage, raw_record, record_at, scan
from archiver.warcs.storage import Ranges
from archiver.warcs.writer import LEVEL

WINDOW = 4 << 20
"""Bytes before a record in which its request is looked for."""

MAX_NEIGHBOURS = 4
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")
_BESIDE = frozenset({"request", "metadata"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePiece:
    """A record of a package: what it is, and its bytes as one gzip member."""

    record: WarcRecord
    stored: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The records of one snapshot: what crossed the wire, and what we assert of it. `left_out` says what is missing."""

    captures: tuple[EvidencePiece, ...]
    assertions: tuple[EvidencePiece, ...]
    left_out: tuple[str, ...] = ()


def gather(folder: Folder, row: SnapshotEntry, *, withdrawn: bool, assets: Sequence[Locator] = ()) -> Gathered:
    """The records of a snapshot, its page requisites too. `withdrawn`: a quote of it was, so its annotations stay here.

    Raises WarcError where the record itself cannot be read.
    """
    snapshot = row.snapshot
    captures: list[EvidencePiece] = []
    if snapshot.payload is not None:
        captures += _with_neighbours(folder, snapshot.payload, None)
    captures += _with_neighbours(folder, snapshot.locator, snapshot.record_id or None)
    for place in assets:
        with suppress(WarcError):  # a picture that cannot be read proves nothing about the words
            captures += _with_neighbours(folder, place, None)
    asserted, left_out = _assertions(folder, row, withdrawn=withdrawn)
    return Gathered(captures=_once(captures), assertions=_once(asserted), left_out=left_out)


def _with_neighbours(folder: Folder, place: Locator, record_id: str | None) -> Iterator[EvidencePiece]:
    """A record after the `warcinfo` of its file, and with the request and metadata that belong to the exchange."""
    with folder.opened(place.warc) as file:
        record = record_at(file, place, record_id)
        info = next(scan(file, warc=place.warc), None)
        if isinstance(info, WarcRecord) and info.type == "warcinfo":
            yield _piece(file, info)
        for beside in _neighbours(file, record):
            yield _piece(file, beside)
        yield _piece(file, record)


def _neighbours(file: Ranges, record: WarcRecord) -> Iterator[WarcRecord]:
    place = record.locator
    if place is None or place.warc.endswith(".wacz"):
        return
    named = {bare(record.field("WARC-Concurrent-To") or ""), record.record_id}
    before = [found for found in _before(file, place) if _belongs(found, named)]
    yield from reversed(before)
    for count, found in enumerate(scan(file, warc=place.warc, start=place.offset + place.length)):
        if count == MAX_NEIGHBOURS or isinstance(found, Damage):
            return
        if _belongs(found, named):
            yield found


def _belongs(record: WarcRecord, named: set[str | None]) -> bool:
    concurrent = bare(record.field("WARC-Concurrent-To") or "")
    return record.type in _BESIDE and (concurrent in named or record.record_id in named) and bool(concurrent)


def _before(file: Ranges, place: Locator) -> Iterator[WarcRecord]:
    """The records right before a place, nearest first: a WARC file can only be read forwards, so starts are tried."""
    end = place.offset
    for _ in range(MAX_NEIGHBOURS):
        found = _ending_at(file, place.warc, end)
        if found is None or found.locator is None:
            return
        yield found
        end = found.locator.offset


def _ending_at(file: Ranges, warc: str, end: int) -> WarcRecord | None:
    low = max(0, end - WINDOW)
    window = file.at(low, end - low)
    starts = sorted({at for mark in _STARTS for at in _places(window, mark)}, reverse=True)
    for at in starts:
        found = next(scan(file, warc=warc, start=low + at, end=end), None)
        if isinstance(found, WarcRecord) and found.locator is not None:
            length = found.locator.length
            if found.locator.offset == low + at and low + at + length == end:
                return found
    return None


def _places(window: bytes, mark: bytes) -> Iterator[int]:
    at = window.rfind(mark)
    while at >= 0:
        yield at
        at = window.rfind(mark, 0, at)


def _assertions(folder: Folder, row: SnapshotEntry, *, withdrawn: bool) -> tuple[list[EvidencePiece], tuple[str, ...]]:
    places = [text.locator for text in row.texts]
    left_out: tuple[str, ...] = ()
    annotation = _annotation(folder, row)
    if withdrawn:
        left_out = ("the annotation record, because it contains a withdrawn quote",)
    elif annotation is None:
        left_out = ("the annotation record, because it cannot be read",)
    else:
        places.append(annotation)
    return [piece for place in places for piece in _with_info(folder, place)], left_out


def _with_info(folder: Folder, place: Locator) -> Iterator[EvidencePiece]:
    with folder.opened(place.warc) as file:
        info = next(scan(file, warc=place.warc), None)
        if isinstance(info, WarcRecord) and info.type == "warcinfo":
            yield _piece(file, info)
        yield _piece(file, record_at(file, place))


def _annotation(folder: Folder, row: SnapshotEntry) -> Locator | None:
    """Where the newest annotation record of a snapshot is; None where it cannot be read."""
    if row.assertion is None:
        return None
    try:
        with folder.opened(row.assertion.warc) as file:
            found = record_at(file, row.assertion)
    except WarcError:
        return None
    return row.assertion if is_annotation(found) else None


def _piece(file: Ranges, record: WarcRecord) -> EvidencePiece:
    """A record as it is stored, where it is a gzip member of its own; else as one."""
    if record.locator is None:
        raise NoSuchRecord("the record was not found")
    place = record.locator
    stored = file.at(place.offset, place.length)
    raw = raw_record(file, place, record.record_id)
    if not stored.startswith(_STARTS[0]) or _decompressed(stored) != raw:
        deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        stored = deflate.compress(raw) + deflate.flush()
    return EvidencePiece(record=record, stored=stored)


def _decompressed(stored: bytes) -> bytes:
    try:
        return zlib.decompress(stored, zlib.MAX_WBITS | 16)
    except zlib.error:
        return b""


def _once(pieces: Sequence[EvidencePiece]) -> tuple[EvidencePiece, ...]:
    """Each record once: by its stored bytes, which are the same wherever it is met."""
    return tuple({piece.stored: piece for piece in pieces}.values())
