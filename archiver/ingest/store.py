"""Extractions become records in the assertions files, and are read from there again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from archiver.annotations import Assertion, from_record, identified, is_annotation, to_records
from archiver.errors import WarcDamaged
from archiver.records import Extraction, Locator, Quote, Snapshot, SnapshotEntry, WarcRecord
from archiver.warcs.files import Folder
from archiver.warcs.reader import Damage, scan


class Broken(NamedTuple):
    """Where an assertions file could not be read, and what is wrong there."""

    warc: str
    offset: int
    what: str


class Read(NamedTuple):
    """One assertion, its rank among those of its snapshot, and where its annotation record lies."""

    assertion: Assertion
    rank: tuple[datetime, str]
    place: Locator

    @property
    def end(self) -> int:
        """The offset behind the annotation record."""
        return self.place.offset + self.place.length


def assertion_of(
    snapshot: Snapshot,
    extraction: Extraction,
    *,
    earlier: SnapshotEntry | None = None,
    earlier_quotes: Sequence[Quote] = (),
) -> tuple[Extraction, tuple[WarcRecord, ...]]:
    """An extraction as it is to be stored, with its quotes' ids, and its records for an assertions file.

    `earlier` and `earlier_quotes` are the snapshot's row and all its quotes as they stood, where it was extracted
    before: ids are inherited, an unchanged text is not written again, and the new extraction is the newer one even if
    the clock was set back.
    """
    made_at = extraction.made_at
    if earlier is not None and earlier.extracted_at is not None:
        made_at = max(made_at, earlier.extracted_at + timedelta(microseconds=1))
    quotes = identified(snapshot.id, extraction.quotes, earlier_quotes)
    stored = replace(extraction, quotes=quotes, made_at=made_at)
    return stored, to_records(snapshot, stored, texts=earlier.texts if earlier else ())


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
    return Read(assertion, rank, record.locator)
