"""Finds the snapshots in WARC files, and reads their pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from archiver.errors import WarcDamaged, WarcError
from archiver.http.message import MAX_DECODED, message_of, payload_of
from archiver.index.protocol import Index
from archiver.records import Added, Locator, Origin, Snapshot, WarcRecord
from archiver.warcs import wacz
from archiver.warcs.fields import bare, date_of
from archiver.warcs.files import ADDED, CAPTURES, Folder
from archiver.warcs.manifest import Line
from archiver.warcs.reader import Damage, record_at, scan
from archiver.warcs.snapshots import is_snapshot, snapshot_of
from archiver.warcs.storage import Ranges

Elsewhere = Callable[[str], tuple[Snapshot, ...]]
"""The archive's snapshots of a URL: where a revisit's original may lie in another file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The page of a snapshot: its payload with all codings undone. `cut` where it unfolds to more than is read."""

    page: bytes
    content_type: str | None
    cut: bool = False


@dataclass(slots=True, kw_only=True)
class ScanReport:
    """What a reading of a file noticed: records that are no snapshots by type, tolerated quirks, damage."""

    passed_over: Counter[str] = field(default_factory=Counter)
    quirks: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)


def unread_files(folder: Folder, index: Index) -> Iterator[tuple[str, Added | None]]:
    """The closed files whose snapshots have not all been looked at yet, with who brought them in.

    A file that is still written belongs to a process that looks after it.
    """
    lines = folder.manifest.files()
    for warc in (*folder.warcs(CAPTURES, closed=True), *folder.added()):
        line = lines.get(warc)
        if line is None or index.position(warc) >= max(line.size, 1):
            continue
        yield warc, _added(line)


def _added(line: Line) -> Added | None:
    if not line.file.startswith(f"{ADDED}/"):
        return None
    return Added(at=datetime.fromisoformat(line.at), by=line.by or "unknown", file_digest=line.digest)


class Pages:
    """The snapshots of one file, in the order they lie there; revisits come last, once what they refer to is known.

    `report` fills while it is read. `added` says who brought the file in; None for a file of ours.
    """

    def __init__(self, folder: Folder, warc: str, *, added: Added | None, elsewhere: Elsewhere) -> None:
        self.report = ScanReport()
        self._folder = folder
        self.warc = warc
        self._added = added
        self._elsewhere = elsewhere
        self._origin = Origin.ADDED if added else Origin.CAPTURED
        self._requested: dict[str, str] = {}
        self._originals: dict[str, Locator] = {}
        self._revisits: list[WarcRecord] = []

    def snapshots(self) -> Iterator[Snapshot]:
        """Each snapshot once, without its page (see `body_of`)."""
        with self._folder.opened(self.warc) as file:
            for start, end in self._stretches(file):
                for found in scan(file, warc=self.warc, start=start, end=end, told=self.report.quirks):
                    if isinstance(found, Damage):
                        self.report.damage.append(found)
                    elif (snapshot := self._snapshot(found)) is not None:
                        yield snapshot
            for record in self._revisits:
                if (snapshot := self._revisited(file, record)) is not None:
                    yield snapshot

    def _stretches(self, file: Ranges) -> list[tuple[int, int]]:
        """Where in the file WARC records lie: the whole of it, or the members of a package."""
        try:
            package = wacz.contents(file, warc=self.warc)
        except WarcError as error:
            self.report.damage.append(Damage(warc=self.warc, offset=0, length=0, what=error.what))
            return []
        self.report.remarks.extend(package.remarks)
        damage = (Damage(warc=self.warc, offset=0, length=0, what=what) for what in package.damage)
        self.report.damage.extend(damage)
        return [(member.start, member.end) for member in package.members]

    def _snapshot(self, record: WarcRecord) -> Snapshot | None:
        if record.type == "metadata" and self._added is None:
            self._note_requested(record)
        if not is_snapshot(record, origin=self._origin):
            self.report.passed_over[f"{record.type} records"] += 1
            return None
        if record.type == "revisit":
            self._revisits.append(record)
            return None
        self._note_original(record)
        return self._made(record)

    def _note_requested(self, record: WarcRecord) -> None:
        """Our metadata record stands before the answer that it belongs to, and says which URL was asked for first."""
        answer = record.field("WARC-Concurrent-To")
        for line in record.block.decode(errors="replace").splitlines():
            name, _, value = line.partition(": ")
            if name == "requestedUrl" and answer:
                self._requested[bare(answer)] = value

    def _note_original(self, record: WarcRecord) -> None:
        if record.locator is None:
            return
        names = (record.record_id, _moment(record.target_uri, record.date), record.field("WARC-Payload-Digest"))
        for name in names:
            if name:
                self._originals.setdefault(name, record.locator)

    def _revisited(self, file: Ranges, record: WarcRecord) -> Snapshot | None:
        original = self._original(file, record)
        if original is None:
            self.report.passed_over["revisits of records that are not here"] += 1
            return None
        return self._made(record, original)

    def _original(self, file: Ranges, record: WarcRecord) -> WarcRecord | None:
        """What a revisit refers to, by record id, by target and date, or by payload digest (WARC 1.1 §6.7)."""
        refers_to, target = record.field("WARC-Refers-To"), record.field("WARC-Refers-To-Target-URI")
        uri, date = bare(target or record.target_uri or ""), date_of(record.field("WARC-Refers-To-Date"))
        names = (bare(refers_to or ""), _moment(uri, date), record.field("WARC-Payload-Digest"))
        for name in names:
            if name and (locator := self._originals.get(name)):
                with suppress(WarcError):
                    return record_at(file, locator)
        return self._from_elsewhere(uri, date, bare(refers_to or ""))

    def _from_elsewhere(self, uri: str, date: datetime | None, record_id: str) -> WarcRecord | None:
        for snapshot in self._elsewhere(uri):
            same_time = date is not None and abs((snapshot.captured_at - date).total_seconds()) < 1
            if snapshot.payload is None and (same_time or (record_id and snapshot.record_id == record_id)):
                return record_of(self._folder, snapshot)
        return None

    def _made(self, record: WarcRecord, payload: WarcRecord | None = None) -> Snapshot | None:
        try:
            return snapshot_of(
                record,
                origin=self._origin,
                requested_url=self._requested.pop(record.record_id or "", None),
                added=self._added,
                payload=payload,
            )
        except WarcDamaged as error:
            locator = record.locator or Locator(warc=self.warc, offset=0, length=0)
            damage = Damage(warc=self.warc, offset=locator.offset, length=locator.length, what=error.what)
            self.report.damage.append(damage)
            return None


def _moment(uri: str | None, date: datetime | None) -> str | None:
    return f"{uri} {date.isoformat(timespec='seconds')}" if uri and date else None


def record_of(folder: Folder, snapshot: Snapshot) -> WarcRecord:
    """The record of a snapshot, read and checked. Raises WarcError."""
    with folder.opened(snapshot.locator.warc) as file:
        return record_at(file, snapshot.locator, snapshot.record_id or None)


def body_of(folder: Folder, snapshot: Snapshot) -> Body:
    """The page of a snapshot; of a revisit, the page that it refers to. Raises WarcError where it cannot be read."""
    locator = snapshot.payload or snapshot.locator
    with folder.opened(locator.warc) as file:
        record = record_at(file, locator, None if snapshot.payload else snapshot.record_id or None)
    message = message_of(record.block, record.head)
    payload = payload_of(message)
    cut = not payload.whole and len(payload.body) >= MAX_DECODED
    return Body(page=payload.body, content_type=snapshot.content_type, cut=cut)


def pages_of(folder: Folder, index: Index, warc: str, added: Added | None) -> Pages:
    """The pages of a file; what its revisits refer to is looked for in the whole archive."""

    def elsewhere(url: str) -> tuple[Snapshot, ...]:
        return tuple(row.snapshot for row in index.captures(url)) if url else ()

    return Pages(folder, warc, added=added, elsewhere=elsewhere)
