"""Assertions files → index: the only way into it, so that a rebuilt index is the one that grew.

What a file holds is taken in from where the index left off. A snapshot's newest annotation record, by the time it was
made and then by record id, is its whole state; an older one that is read later changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archiver.annotations import Assertion
from archiver.errors import WarcError
from archiver.index.protocol import Index
from archiver.ingest.entries import entries_of
from archiver.ingest.store import Broken, Read, read_assertions
from archiver.records import Entry, SnapshotEntry
from archiver.warcs.files import ASSERTIONS, Folder
from archiver.warcs.reader import record_at

Progress = Callable[[int], None]

BATCH = 100
"""Snapshots put into the index at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """How many assertions went into the index, and what could not be read."""

    assertions: int = 0
    broken: tuple[Broken, ...] = ()

    def __add__(self, other: IndexReport) -> IndexReport:
        return IndexReport(assertions=self.assertions + other.assertions, broken=(*self.broken, *other.broken))


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
            count += _add(folder, index, warc, batch)
            progress(len(batch))
            batch = []
    progress(len(batch))
    return IndexReport(assertions=count + _add(folder, index, warc, batch), broken=tuple(broken))


def _add(folder: Folder, index: Index, warc: str, batch: Sequence[Read]) -> int:
    """Puts the newest of each snapshot in, unless the index has a newer one; returns how many were looked at."""
    if not batch:
        return 0
    newest: dict[str, Read] = {}
    for read in batch:
        known = newest.get(read.assertion.snapshot.id)
        if known is None or read.rank >= known.rank:
            newest[read.assertion.snapshot.id] = read
    there = index.snapshots_by_id(newest)
    index.add([_rows(folder, read) for read in newest.values() if not _outdated(read, there)])
    index.advance(warc, batch[-1].end)
    return len(batch)


def _rows(folder: Folder, read: Read) -> tuple[SnapshotEntry, tuple[Entry, ...]]:
    row, entries = entries_of(*_with_text(folder, read))
    return replace(row, assertion=read.place), entries


def _with_text(folder: Folder, read: Read) -> Assertion:
    """The assertion with its article's text, which may lie in an earlier record; without, where that is damaged."""
    assertion = read.assertion
    article = assertion.extraction.article
    if article is None or article.text:
        return assertion
    locator = next((text.locator for text in assertion.texts if text.digest == article.text_digest), None)
    if locator is None:
        return assertion
    try:
        with folder.opened(locator.warc) as file:
            text = record_at(file, locator).block.decode()
    except (WarcError, UnicodeDecodeError):
        return assertion
    return assertion._replace(extraction=replace(assertion.extraction, article=replace(article, text=text)))


def _outdated(read: Read, there: dict[str, SnapshotEntry]) -> bool:
    row = there.get(read.assertion.snapshot.id)
    return row is not None and row.extracted_at is not None and row.extracted_at > read.rank[0]
