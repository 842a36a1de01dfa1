"""Extractions and decisions become records in the assertions files, and are read from there again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from archiver.annotations import (
    Assertion,
    Decided,
    decision_of,
    decision_record,
    from_record,
    identified,
    is_annotation,
    is_decision,
    is_speaker_decision,
    speaker_decision_of,
    stored_texts,
    to_records,
)
from archiver.errors import WarcDamaged
from archiver.records import (
    Decision,
    Extraction,
    Locator,
    Quote,
    Snapshot,
    SnapshotEntry,
    SpeakerDecision,
    StoredAssertion,
    WarcRecord,
)
from archiver.warcs.files import ASSERTIONS, Folder
from archiver.warcs.reader import Damage, record_at, scan
from archiver.warcs.writer import Writer


class BrokenAssertion(NamedTuple):
    """Where an assertions file could not be read, and what is wrong there."""

    warc: str
    offset: int
    what: str


class Read(NamedTuple):
    """One assertion of an assertions file: what it says, and where it is."""

    asserted: Assertion | Decided
    stored: StoredAssertion

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that it is about."""
        return self.asserted.snapshot

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.stored.locator.offset + self.stored.locator.length


class ReadSpeakers(NamedTuple):
    """A decision about speakers in an assertions file, and the offset behind it."""

    decision: SpeakerDecision
    end: int


def assertion_of(
    snapshot: Snapshot,
    extraction: Extraction,
    *,
    earlier: SnapshotEntry | None = None,
    earlier_quotes: Sequence[Quote] = (),
) -> tuple[Extraction, tuple[WarcRecord, ...]]:
    """An extraction as it is to be stored, with its quotes' ids, and its records for an assertions file.

    `earlier` is the snapshot's row and `earlier_quotes` the quotes of its newest extraction, where it was extracted
    before: ids are inherited, an unchanged text is not written again, and the new extraction is the newer one even if
    the clock was set back.
    """
    made_at = extraction.made_at
    if earlier is not None and earlier.extracted_at is not None:
        made_at = max(made_at, earlier.extracted_at + timedelta(microseconds=1))
    quotes = identified(snapshot.id, extraction.quotes, earlier_quotes)
    stored = replace(extraction, quotes=quotes, made_at=made_at)
    return stored, to_records(snapshot, stored, texts=earlier.texts if earlier else ())


def as_read(
    made: Sequence[tuple[Assertion | Decided, Sequence[WarcRecord]]], locators: Sequence[Locator]
) -> list[Read]:
    """What reading assertions again would give, from what was appended: each with its records, all at `locators`.

    The `texts` of assertions are those stored earlier.
    """
    places, reads = iter(locators), list[Read]()
    for asserted, records in made:
        at = list(islice(places, len(records)))
        if isinstance(asserted, Assertion):
            asserted = asserted._replace(texts=stored_texts(records, at, asserted.texts))  # noqa: PLW2901
        reads.append(Read(asserted, _stored(asserted, records[-1].record_id or "", at[-1])))
    return reads


def assert_decisions(decided: Sequence[Decided], writer: Writer) -> tuple[Locator, ...]:
    """Stores decisions, all or none: durable when this returns, not yet indexed."""
    return writer.append([decision_record(snapshot, decision) for snapshot, decision in decided])


def read_assertions(
    folder: Folder, warc: str, *, start: int = 0, end: int | None = None
) -> Iterator[Read | ReadSpeakers | BrokenAssertion]:
    """The assertions of one file from byte `start` on, to `end`, in the order they were appended."""
    conversion: WarcRecord | None = None
    being_written = folder.is_open(warc)
    with folder.opened(warc) as file:
        for record in scan(file, warc=warc, start=start, end=end):
            if isinstance(record, Damage):
                if not (record.torn and being_written):
                    yield BrokenAssertion(warc, record.offset, record.what)
                conversion = None
            elif record.type == "conversion":
                conversion = record
            elif is_annotation(record) or is_decision(record):
                yield _read(record, conversion, warc)
                conversion = None
            elif is_speaker_decision(record):
                yield _read_speakers(record, warc)
                conversion = None


def incomplete_files(folder: Folder, known: Sequence[BrokenAssertion]) -> tuple[BrokenAssertion, ...]:
    """Closed assertions files that are missing or not as long as they were; without those that are `known` as broken.

    Where a whole record is gone, the others are sound, and only the manifest tells.
    """
    there, told = {*folder.warcs(ASSERTIONS)}, {each.warc for each in known}
    found = []
    for warc, line in sorted(folder.manifest.files().items()):
        if not warc.startswith(f"{ASSERTIONS}/") or warc in told:
            continue
        if warc not in there:
            found.append(BrokenAssertion(warc, 0, "the file is in the manifest, and missing"))
            continue
        with folder.opened(warc) as file:
            if file.size != line.size:
                what = f"the file has {file.size:,} bytes, and had {line.size:,} when it was closed"
                found.append(BrokenAssertion(warc, min(file.size, line.size), what))
    return tuple(found)


def _read(record: WarcRecord, conversion: WarcRecord | None, warc: str) -> Read | BrokenAssertion:
    assert record.locator is not None  # noqa: S101 - what was read is somewhere
    try:
        asserted = decision_of(record) if is_decision(record) else from_record(record, conversion)
    except WarcDamaged as error:
        return BrokenAssertion(warc, record.locator.offset, error.what)
    return Read(asserted, _stored(asserted, record.record_id or "", record.locator))


def _read_speakers(record: WarcRecord, warc: str) -> ReadSpeakers | BrokenAssertion:
    assert record.locator is not None  # noqa: S101 - what was read is somewhere
    try:
        decision = speaker_decision_of(record)
    except WarcDamaged as error:
        return BrokenAssertion(warc, record.locator.offset, error.what)
    return ReadSpeakers(decision, record.locator.offset + record.locator.length)


def _stored(asserted: Assertion | Decided, record_id: str, locator: Locator) -> StoredAssertion:
    if isinstance(asserted, Decided):
        decision = asserted.decision
        return StoredAssertion(
            id=decision.id, at=decision.at, locator=locator, act=decision.act, based_on=decision.based_on
        )
    return StoredAssertion(id=record_id, at=asserted.extraction.made_at, locator=locator)


def stored_extraction(folder: Folder, stored: StoredAssertion) -> Extraction:
    """An extraction as the program made it, without the words of its article. Raises WarcError."""
    with folder.opened(stored.locator.warc) as file:
        return from_record(record_at(file, stored.locator, stored.id or None)).extraction


def stored_decision(folder: Folder, stored: StoredAssertion) -> Decision:
    """A decision of a person. Raises WarcError."""
    with folder.opened(stored.locator.warc) as file:
        return decision_of(record_at(file, stored.locator, stored.id)).decision
