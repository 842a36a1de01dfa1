"""Assertions files → index: the only way into it, so that a rebuilt index is the one that grew.

A file is read on from where the index left off. A snapshot's state is the fold over all its assertions
(`ingest.fold`): those that the index knows already and those that are new, whichever was read first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archiver.annotations import Assertion, Decided
from archiver.errors import WarcError
from archiver.index.protocol import Index
from archiver.ingest.entries import entries_of
from archiver.ingest.fold import fold, in_order, newest_extraction
from archiver.ingest.store import (
    BrokenAssertion,
    Read,
    ReadSpeakers,
    read_assertions,
    stored_decision,
    stored_extraction,
)
from archiver.records import Act, Decision, Entry, Extraction, Locator, SnapshotEntry, StoredAssertion, StoredText
from archiver.warcs.files import ASSERTIONS, Folder
from archiver.warcs.reader import record_at

Progress = Callable[[int], None]
Rows = tuple[SnapshotEntry, tuple[Entry, ...]]

BATCH = 100
"""Assertions that go into the index at a time."""
REBUILD_BATCH = 500
"""The same in a rebuild, where nobody waits for any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """How many assertions went into the index, and what could not be read."""

    assertions: int = 0
    broken: tuple[BrokenAssertion, ...] = ()

    def __add__(self, other: IndexReport) -> IndexReport:
        return IndexReport(assertions=self.assertions + other.assertions, broken=(*self.broken, *other.broken))


def index_assertions(
    folder: Folder,
    index: Index,
    warcs: Sequence[str] | None = None,
    *,
    progress: Progress = lambda _: None,
    batch: int = BATCH,
) -> IndexReport:
    """Puts what was appended to assertions files (all, or `warcs`, relative to the archive) into the index.

    Safe to repeat and to run beside others: what is there already is replaced by itself. A record that is still being
    written ends the reading of its file until the next time. `progress` is called with the number of assertions.
    """
    total = IndexReport()
    for warc in folder.warcs(ASSERTIONS) if warcs is None else warcs:
        total += _index_file(folder, index, warc, progress, batch=batch)
    return total


def index_appended(folder: Folder, index: Index, reads: Sequence[Read], begin: Locator) -> IndexReport:
    """Puts what was just appended from `begin` on into the index, without reading it from its file again.

    What the index lacks of the file before that is read and put in first.
    """
    position, report = index.position(begin.warc), IndexReport()
    if position > begin.offset:  # somebody else has put it in
        return report
    if position < begin.offset:
        report = _index_file(folder, index, begin.warc, lambda _: None, end=begin.offset)
    broken: list[BrokenAssertion] = []
    count = _add(folder, index, begin.warc, reads, broken)
    return report + IndexReport(assertions=count, broken=tuple(broken))


def _index_file(
    folder: Folder, index: Index, warc: str, progress: Progress, *, end: int | None = None, batch: int = BATCH
) -> IndexReport:
    broken: list[BrokenAssertion] = []
    count, reads = 0, list[Read | ReadSpeakers]()
    start = index.position(warc)
    for found in read_assertions(folder, warc, start=start, end=end):
        if isinstance(found, BrokenAssertion):
            broken.append(found)
            continue
        reads.append(found)
        if len(reads) == batch:
            count += _add(folder, index, warc, reads, broken)
            progress(len(reads))
            reads = []
    progress(len(reads))
    return IndexReport(assertions=count + _add(folder, index, warc, reads, broken), broken=tuple(broken))


def _add(
    folder: Folder, index: Index, warc: str, batch: Sequence[Read | ReadSpeakers], broken: list[BrokenAssertion]
) -> int:
    """Puts the states of a batch's snapshots into the index; returns how many assertions were looked at."""
    if not batch:
        return 0
    by_snapshot: dict[str, list[Read]] = {}
    for read in batch:
        if isinstance(read, Read):
            by_snapshot.setdefault(read.snapshot.id, []).append(read)
    if decided := [read.decision for read in batch if isinstance(read, ReadSpeakers)]:
        index.add_speaker_decisions(decided)
    if by_snapshot:
        there = index.snapshots_by_id(by_snapshot)
        index.add([_rows(folder, reads, there.get(each), broken) for each, reads in by_snapshot.items()])
    index.advance(warc, batch[-1].end)
    return len(batch)


def _rows(folder: Folder, reads: Sequence[Read], row: SnapshotEntry | None, broken: list[BrokenAssertion]) -> Rows:
    """The rows of one snapshot after some more of its assertions were read."""
    known = {each.id: each for each in (row.assertions if row else ())}
    ordered = in_order({**known, **{read.stored.id: read.stored for read in reads}}.values())
    fresh = {read.stored.id: read for read in reads}
    newest = newest_extraction(ordered)
    texts = row.texts if row else ()
    snapshot = row.snapshot if row else reads[-1].snapshot
    extraction: Extraction | None = None
    if newest is not None and (read := fresh.get(newest.id)) and isinstance(read.asserted, Assertion):
        snapshot, extraction = read.asserted.snapshot, read.asserted.extraction
        texts = _joined(texts, read.asserted.texts)
    elif newest is not None:
        extraction = _read_again(folder, newest, broken)
    extraction = _with_text(folder, extraction, texts)
    decisions = [
        decision
        for each in ordered
        if each.act is not None and (decision := _decision(folder, each, fresh, broken)) is not None
    ]
    state = fold(snapshot, extraction, decisions)
    if state.withdrawn is not None and state.withdrawn.erased:
        texts, ordered = (), tuple(each for each in ordered if each.act not in {None, Act.REVIEW})
    return entries_of(snapshot, state, texts, ordered)


def _joined(known: Sequence[StoredText], new: Sequence[StoredText]) -> tuple[StoredText, ...]:
    return tuple({text.digest: text for text in (*known, *new)}.values())


def _read_again(folder: Folder, stored: StoredAssertion, broken: list[BrokenAssertion]) -> Extraction | None:
    try:
        return stored_extraction(folder, stored)
    except WarcError as error:
        broken.append(BrokenAssertion(stored.locator.warc, stored.locator.offset, error.what))
        return None


def _with_text(folder: Folder, extraction: Extraction | None, texts: Sequence[StoredText]) -> Extraction | None:
    """The extraction with the words of its article, which may be in an earlier record; without where it is damaged."""
    if extraction is None or extraction.article is None or extraction.article.text:
        return extraction
    locator = next((text.locator for text in texts if text.digest == extraction.article.text_digest), None)
    if locator is None:
        return extraction
    try:
        with folder.opened(locator.warc) as file:
            words = record_at(file, locator).block.decode()
    except (WarcError, UnicodeDecodeError):  # which `verify` reports
        return extraction
    return replace(extraction, article=replace(extraction.article, text=words))


def _decision(
    folder: Folder, stored: StoredAssertion, fresh: dict[str, Read], broken: list[BrokenAssertion]
) -> Decision | None:
    read = fresh.get(stored.id)
    if read is not None and isinstance(read.asserted, Decided):
        return read.asserted.decision
    try:
        return stored_decision(folder, stored)
    except WarcError as error:
        broken.append(BrokenAssertion(stored.locator.warc, stored.locator.offset, error.what))
        return None
