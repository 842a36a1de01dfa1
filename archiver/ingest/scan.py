"""Finds the snapshots in WARC files, and reads their pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from archiver.errors import NoSuchRecord, WarcDamaged, WarcError
from archiver.http.message import MAX_DECODED, message_of, payload_of
from archiver.records import Added, Locator, Origin, Snapshot, WarcRecord
from archiver.warcs import wacz
from archiver.warcs.fields import bare
from archiver.warcs.files import Folder
from archiver.warcs.reader import Damage, record_at, scan
from archiver.warcs.snapshots import joined, snapshot_id, snapshot_of, why_not_a_snapshot
from archiver.warcs.storage import Ranges


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The page of a snapshot: its payload with all codings undone. `cut` where it decompresses to more than is read."""

    page: bytes
    content_type: str | None
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A snapshot, and its record where that is at hand, so that it need not be read again."""

    snapshot: Snapshot
    record: WarcRecord | None = None


class Sighted(NamedTuple):
    """The id of a snapshot, what reads the rest, which is not done for one that is known, and the bytes held for it."""

    id: str
    found: Callable[[], Found]
    size: int = 0


@dataclass(slots=True, kw_only=True)
class ScanReport:
    """What a reading of a file noticed.

    `passed_over` counts, by type, records that never are snapshots; `skipped`, by type and reason, those that might
    have been; `quirks` the oddities that were tolerated. `already` snapshots are in the archive from an earlier file;
    `unresolved` revisits refer to what is not in the archive, `resolved` ones of other files to what is in this one.
    """

    passed_over: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    already: int = 0
    unresolved: int = 0
    resolved: int = 0
    quirks: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)


class Pages:
    """The snapshots of one file, in the order they are there; revisits and segmented records come last.

    `report` fills while it is read. `added` says who brought the file in; None for a file of this program.
    """

    def __init__(self, folder: Folder, warc: str, *, added: Added | None) -> None:
        self.report = ScanReport()
        self._folder = folder
        self.warc = warc
        self._added = added
        self._origin = Origin.ADDED if added else Origin.CAPTURED
        self._requested: dict[str, str] = {}
        self._private: set[str] = set()
        self._revisits: list[Snapshot] = []
        self._segmented: list[WarcRecord] = []
        self._segments: dict[str, list[WarcRecord]] = {}

    def found(self) -> Iterator[Sighted]:
        """Each snapshot that is no revisit, in the order they are there."""
        with self._folder.opened(self.warc) as file:
            for member in self._members(file):
                for found in scan(file, warc=self.warc, start=member.start, end=member.end, quirks=self.report.quirks):
                    if isinstance(found, Damage):
                        within = found.offset - member.start
                        self.report.damage.append(replace(found, member=member.name, within=within))
                    elif (sighted := self._sighted(found)) is not None:
                        yield sighted
        for record in self._segmented:
            if (snapshot := self._made(record, self._following(record))) is not None:
                yield _sighted(snapshot)

    def revisits(self) -> Iterator[Sighted]:
        """The revisits, once the file has been read; none is resolved yet."""
        return map(_sighted, self._revisits)

    def _members(self, file: Ranges) -> tuple[wacz.Member, ...]:
        """Where in the file WARC records are: all of it, or the members of a package."""
        try:
            package = wacz.contents(file, warc=self.warc)
        except WarcError as error:
            self.report.damage.append(Damage(warc=self.warc, offset=0, length=0, what=error.what))
            return ()
        self.report.remarks.extend(package.remarks)
        damage = (Damage(warc=self.warc, offset=0, length=0, what=what) for what in package.damage)
        self.report.damage.extend(damage)
        return package.members

    def _sighted(self, record: WarcRecord) -> Sighted | None:
        if record.type == "metadata" and self._added is None:
            self._note_requested(record)
        if record.type == "continuation":
            self._segments.setdefault(bare(record.field("WARC-Segment-Origin-ID") or ""), []).append(record)
        why = why_not_a_snapshot(record, origin=self._origin)
        if why is not None:
            if why:
                self.report.skipped[record.type, why] += 1
            else:
                self.report.passed_over[record.type] += 1
            return None
        if record.field("WARC-Segment-Number"):
            self._segmented.append(record)
            return None
        if record.type != "revisit" and record.date is not None:
            identity = snapshot_id(record)
            return Sighted(
                identity,
                lambda: Found(snapshot=self._snapshot(record, identity=identity), record=record),
                size=len(record.block),
            )
        if (snapshot := self._made(record)) is not None:
            self._revisits.append(snapshot)
        return None

    def _following(self, first: WarcRecord) -> list[WarcRecord]:
        """The further segments of a record, if all are there (WARC 1.1 §7)."""
        parts = sorted(self._segments.get(first.record_id or "", ()), key=_segment_number)
        numbers = [_segment_number(part) for part in parts]
        total = parts[-1].field("WARC-Segment-Total-Length") if parts else None
        size = len(first.block) + sum(len(part.block) for part in parts)
        if numbers == list(range(2, len(parts) + 2)) and total == str(size) and not any(each.omitted for each in parts):
            return parts
        self.report.quirks["an incomplete segmented record: only its first segment is read"] += 1
        return []

    def _note_requested(self, record: WarcRecord) -> None:
        """Our metadata record is before its answer: it says which URL was requested first, and what is private."""
        answer = record.field("WARC-Concurrent-To")
        for line in record.block.decode(errors="replace").splitlines():
            name, _, value = line.partition(": ")
            if name == "requestedUrl" and answer:
                self._requested[bare(answer)] = value
            elif (name, value) == ("private", "yes") and answer:
                self._private.add(bare(answer))

    def _made(self, record: WarcRecord, following: Sequence[WarcRecord] = ()) -> Snapshot | None:
        try:
            return self._snapshot(record, following)
        except WarcDamaged as error:
            locator = record.locator or Locator(warc=self.warc, offset=0, length=0)
            damage = Damage(warc=self.warc, offset=locator.offset, length=locator.length, what=error.what)
            self.report.damage.append(damage)
            return None

    def _snapshot(
        self, record: WarcRecord, following: Sequence[WarcRecord] = (), *, identity: str | None = None
    ) -> Snapshot:
        snapshot = snapshot_of(
            record,
            origin=self._origin,
            identity=identity,
            requested_url=self._requested.pop(record.record_id or "", None),
            added=self._added,
            following=following,
        )
        return replace(snapshot, private=True) if record.record_id in self._private else snapshot


def _sighted(snapshot: Snapshot) -> Sighted:
    return Sighted(snapshot.id, lambda: Found(snapshot=snapshot))


def _segment_number(record: WarcRecord) -> int:
    number = record.field("WARC-Segment-Number") or ""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0


def record_of(folder: Folder, snapshot: Snapshot) -> WarcRecord:
    """The record of a snapshot, its segments joined, read and checked. Raises WarcError."""
    return _read(folder, snapshot.locator, snapshot.parts, snapshot.record_id or None)


def original_of(folder: Folder, snapshot: Snapshot) -> WarcRecord:
    """The record that holds the page of a snapshot: its own, or the one that a revisit refers to. Raises WarcError."""
    if snapshot.is_unresolved:
        raise NoSuchRecord("the record that this revisit refers to is not in the archive", where=snapshot.url)
    if snapshot.payload is None:
        return record_of(folder, snapshot)
    return _read(folder, snapshot.payload, snapshot.payload_parts, None)


def _read(folder: Folder, place: Locator, parts: Sequence[Locator], record_id: str | None) -> WarcRecord:
    with folder.opened(place.warc) as file:
        first = record_at(file, place, record_id)
        return joined(first, [record_at(file, part) for part in parts])


def body_of(folder: Folder, snapshot: Snapshot) -> Body:
    """The page of a snapshot; of a revisit, the page that it refers to. Raises WarcError where it cannot be read."""
    return page_in(original_of(folder, snapshot), snapshot)


def page_in(record: WarcRecord, snapshot: Snapshot) -> Body:
    """The page of a snapshot in the record that holds it."""
    payload = payload_of(message_of(record.block, record.head))
    cut = not payload.whole and len(payload.body) >= MAX_DECODED
    return Body(page=payload.body, content_type=snapshot.content_type, cut=cut)
