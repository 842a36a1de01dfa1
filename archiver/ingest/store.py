"""Assertions files → index: the only way into it, so that a rebuilt index is the one that grew.

What a file holds is taken in from where the index left off. A snapshot's newest annotation record, by the time it was
made and then by record id, is its whole state; an older one that is read later changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from archiver.annotations import Assertion, from_record, identified, is_annotation, to_records
from archiver.errors import WarcDamaged
from archiver.index.protocol import Index
from archiver.ingest.entries import entries_of
from archiver.records import Extraction, Locator, Quote, Snapshot, SnapshotEntry, WarcRecord
from archiver.warcs.files import ASSERTIONS, Folder
from archiver.warcs.reader import Damage, scan
from archiver.warcs.writer import Writer

Progress = Callable[[int], None]

BATCH = 100
"""Snapshots put into the index at a time."""


class Broken(NamedTuple):
    """Where an assertions file could not be read, and what is wrong there."""

    warc: str
    offset: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """How many assertions went into the index, and what could not be read."""

    assertions: int = 0
    broken: tuple[Broken, ...] = ()

    def __add__(self, other: IndexReport) -> IndexReport:
        return IndexReport(assertions=self.assertions + other.assertions, broken=(*self.broken, *other.broken))


class Read(NamedTuple):
    """One assertion, its rank among those of its snapshot, and the offset behind it."""

    assertion: Assertion
    rank: tuple[datetime, str]
    end: int


def assert_extraction(
    snapshot: Snapshot,
    extraction: Extraction,
    writer: Writer,
    *,
    earlier: SnapshotEntry | None = None,
    earlier_quotes: Sequence[Quote] = (),
) -> tuple[Extraction, tuple[Locator, ...]]:
    """Stores an extraction: durable when this returns, not yet indexed (`index_assertions` does that).

    `earlier` and `earlier_quotes` are the snapshot's row and all its quotes as they stood, where it was extracted
    before: ids are inherited, an unchanged text is not written again, and the new extraction is the newer one even if
    the clock was set back. Returns the extraction as stored, with the quotes' ids, and where its records lie.
    """
    made_at = extraction.made_at
    if earlier is not None and earlier.extracted_at is not None:
        made_at = max(made_at, earlier.extracted_at + timedelta(microseconds=1))
    quotes = identified(snapshot.id, extraction.quotes, earlier_quotes)
    stored = replace(extraction, quotes=quotes, made_at=made_at)
    return stored, writer.append(to_records(snapshot, stored, texts=earlier.texts if earlier else ()))


def index_assertions(
    folder: Folder, index: Index, warcs: Sequence[str] | None = None, *, progress: Progress = lambda _: None
) -> IndexReport:
    """Puts what was appended to assertions files (all, or `warcs`, relative to the archive) into the index.

    Safe to repeat and to run beside others: what is there already is replaced by itself. A record that is still being
    written ends the reading of its file until the next time. `progress` hears how many assertions were taken in.
    """
    total = IndexReport()
    for warc in folder.warcs(ASSERTIONS) if warcs is None else warcs:
        total += _index_file(folder, index, warc, progress)
    return total


def _index_file(folder: Folder, index: Index, warc: str, progress: Progress) -> IndexReport:
    broken: list[Broken] = []
    count, batch = 0, list[Read]()
    start = index.position(warc)
    for found in read_assertions(folder, warc, start=start):
        if isinstance(found, Broken):
            broken.append(found)
            continue
        batch.append(found)
        if len(batch) == BATCH:
            count += _add(index, warc, batch)
            progress(len(batch))
            batch = []
    progress(len(batch))
    return IndexReport(assertions=count + _add(index, warc, batch), broken=tuple(broken))


def read_assertions(folder: Folder, warc: str, *, start: int = 0) -> Iterator[Read | Broken]:
    """The assertions of one file from byte `start` on, in the order they were appended."""
    conversion: WarcRecord | None = None
    being_written = folder.is_open(warc)
    with folder.opened(warc) as file:
        for record in scan(file, warc=warc, start=start):
            if isinstance(record, Damage):
                if not (record.torn and being_written):
                    yield Broken(warc, record.offset, record.what)
                conversion = None
            elif record.type == "conversion":
                conversion = record
            elif is_annotation(record):
                yield _read(record, conversion, warc)
                conversion = None


def _read(record: WarcRecord, conversion: WarcRecord | None, warc: str) -> Read | Broken:
    assert record.locator is not None  # noqa: S101 - what was read lies somewhere
    try:
        assertion = from_record(record, conversion)
    except WarcDamaged as error:
        return Broken(warc, record.locator.offset, error.what)
    rank = (assertion.extraction.made_at, record.record_id or "")
    return Read(assertion, rank, record.locator.offset + record.locator.length)


def _add(index: Index, warc: str, batch: Sequence[Read]) -> int:
    """Puts the newest of each snapshot in, unless the index has a newer one; returns how many were looked at."""
    if not batch:
        return 0
    newest: dict[str, Read] = {}
    for read in batch:
        known = newest.get(read.assertion.snapshot.id)
        if known is None or read.rank >= known.rank:
            newest[read.assertion.snapshot.id] = read
    there = index.snapshots_by_id(newest)
    index.add([entries_of(*read.assertion) for read in newest.values() if not _outdated(read, there)])
    index.advance(warc, batch[-1].end)
    return len(batch)


def _outdated(read: Read, there: dict[str, SnapshotEntry]) -> bool:
    row = there.get(read.assertion.snapshot.id)
    return row is not None and row.extracted_at is not None and row.extracted_at > read.rank[0]
