"""Snapshots → extractions, stored and indexed: those that are not yet extracted, and those to be extracted again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain, islice

from archiver.annotations import Assertion, Decided, decision_record
from archiver.errors import NoSuchRecord, NotFound, SearchError
from archiver.index.protocol import Index
from archiver.ingest.entries import entries_of, unreadable_rows
from archiver.ingest.fold import fold, newest_extraction
from archiver.ingest.index import index_appended, index_assertions
from archiver.ingest.inherited import cover, cover_all, inherited, sources_of
from archiver.ingest.pending import unread_files
from archiver.ingest.reading import PageReader
from archiver.ingest.revisits import any_revisits, reconsidered, resolve
from archiver.ingest.scan import Found, Pages, Sighted
from archiver.ingest.store import BrokenAssertion, Read, as_read, assertion_of, incomplete_files, stored_extraction
from archiver.records import (
    Extraction,
    Locator,
    Quote,
    Snapshot,
    SnapshotEntry,
    SnapshotQuery,
    Visibility,
    WarcRecord,
)
from archiver.warcs.files import Folder
from archiver.warcs.writer import Writer

_log = logging.getLogger(__name__)

BATCH = 100
"""Snapshots that are extracted and stored before they are put into the index together."""

ARTICLES = 10
"""Articles among them after which no more are waited for: the last of a file are stored while nothing is being read."""

MAX_HELD = 1 << 20
"""Bytes of records that are held until it is known which of them are new; nothing is being read before."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestContext:
    """What extraction needs: the archive's folder, the index, the writer of assertions, and the reader of pages."""

    folder: Folder
    index: Index
    assertions: Callable[[], Writer]
    pages: PageReader


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    """What is extracted now, as it is read, and the stored assertions that could not be read."""

    extractions: Iterator[Extraction]
    broken: tuple[BrokenAssertion, ...]


def catch_up(context: IngestContext, *, progress: Progress) -> CaughtUp:
    """Indexes what was stored and not indexed, then extracts the snapshots that are not yet extracted.

    Raises SearchError where the index is unreachable.
    """
    report = index_assertions(context.folder, context.index)
    if report.assertions:
        cover_all(context.folder, context.index, context.assertions)
    broken = (*report.broken, *incomplete_files(context.folder, report.broken))
    return CaughtUp(extractions=extract_unread(context, broken, progress=progress), broken=broken)


def extract_unread(
    context: IngestContext, broken: Sequence[BrokenAssertion], *, progress: Progress
) -> Iterator[Extraction]:
    """Extracts the snapshots of closed files that have no assertion, as it is read.

    Where assertions could not be read (`broken`), theirs may be among them: nothing is written in its place. Such
    snapshots go into the index as failed, until somebody extracts them again or puts the file back. A file that was
    left in place and is missing blocks nothing; it is read when it is back.
    """
    for warc, added in unread_files(context.folder, context.index):
        if (missing := _missing(context.folder, warc)) is not None:
            _log.warning("not read: %s", missing)
            continue
        pages = Pages(context.folder, warc, added=added)
        if broken:
            _index_as_failed(context.index, pages, progress)
        else:
            yield from (extraction for _, extraction in extract_new(context, pages, progress=progress))


def _missing(folder: Folder, warc: str) -> NoSuchRecord | None:
    try:
        with folder.opened(warc):
            return None
    except NoSuchRecord as missing:
        return missing


def _index_as_failed(index: Index, pages: Pages, progress: Progress) -> None:
    new = _new(index, chain(pages.found(), pages.revisits()), pages, progress)
    while batch := list(islice(new, BATCH)):
        index.add([unreadable_rows(found.snapshot) for found in batch])


def extract_new(context: IngestContext, pages: Pages, *, progress: Progress) -> Iterator[tuple[Snapshot, Extraction]]:
    """Extracts the snapshots of a file that have no assertion; each comes out once it is stored and indexed.

    While some are stored, the pages behind them are being read. Revisits come last, when what they refer to is indexed;
    revisits of other files that refer to something new are read again. `progress` is called for each. Raises
    SearchError if the index is unreachable: what was stored until then is stored.
    """
    has_revisits = any_revisits(context.index)
    new = _new(context.index, pages.found(), pages, progress)
    with closing(context.pages.extractions(new)) as extracted:
        while batch := list(_batch(extracted)):
            yield from _reporting(_keep(context, batch, {}), progress)
            if has_revisits:
                pages.report.resolved += reconsider(context, [snapshot for snapshot, _ in batch])
    context.index.refresh()
    new = _new(context.index, pages.revisits(), pages, progress)
    while found := [each.snapshot for each in islice(new, BATCH)]:
        revisits = resolve(context.index, found)
        pages.report.unresolved += sum(each.is_unresolved for each in revisits)
        yield from _reporting(extract(context, revisits, {}), progress)
    line = context.folder.manifest.files().get(pages.warc)
    if line is not None:
        context.index.advance(pages.warc, max(line.size, 1))


def _batch(extracted: Iterator[tuple[Snapshot, Extraction]]) -> Iterator[tuple[Snapshot, Extraction]]:
    """The next ones that are stored together."""
    articles = 0
    for each in islice(extracted, BATCH):
        yield each
        articles += each[1].article is not None
        if articles == ARTICLES:
            return


def settle(context: IngestContext, captured: Sequence[Snapshot], requisites: Sequence[Snapshot]) -> None:
    """Covers revisits among new captures of our own, and reads revisits of other files again that refer to a page."""
    cover(context.folder, context.index, context.assertions, (*captured, *requisites))
    if any_revisits(context.index):
        reconsider(context, captured)


def reconsider(context: IngestContext, originals: Sequence[Snapshot]) -> int:
    """Reads revisits again that get another payload by some new snapshots; returns how many had none before."""
    context.index.refresh()
    resolved = 0
    for row, snapshot in list(reconsidered(context.index, originals)):
        resolved += row.snapshot.is_unresolved
        extract(context, [snapshot], {snapshot.id: (row, _quotes(context.folder, row))})
    return resolved


def _reporting(stored: list[tuple[Snapshot, Extraction]], progress: Progress) -> Iterator[tuple[Snapshot, Extraction]]:
    for each in stored:
        progress(1)
        yield each


def _new(index: Index, found: Iterator[Sighted], pages: Pages, progress: Progress) -> Iterator[Found]:
    """Those that are not in the archive yet, each once."""
    passed = set[str]()
    while lot := list(_lot(found)):
        unknown = dict[str, Sighted]()
        for each in lot:
            if each.id not in passed:
                unknown.setdefault(each.id, each)
        there = index.snapshots_by_id(unknown)
        new = [each for name, each in unknown.items() if name not in there]
        pages.report.already += len(lot) - len(new)
        pages.report.remarks += [_here_again(name) for name, row in there.items() if row.is_erased]
        progress(len(lot) - len(new))
        passed.update(each.id for each in new)
        unknown, lot = {}, []  # each record is let go once it has been read
        while new:
            yield new.pop(0).found()


def _here_again(snapshot_id: str) -> str:
    return f"{snapshot_id} was erased, and is in this file: run onrecord erase {snapshot_id} again"


def _lot(found: Iterator[Sighted]) -> Iterator[Sighted]:
    """The next ones that are looked up in the index together."""
    size = 0
    for each in islice(found, BATCH):
        yield each
        size += each.size
        if size > MAX_HELD:
            return


Earlier = Mapping[str, tuple[SnapshotEntry, Sequence[Quote]]]


def extract(
    context: IngestContext, snapshots: Sequence[Snapshot], earlier: Earlier
) -> list[tuple[Snapshot, Extraction]]:
    """Extracts snapshots, stores each result, and indexes all of them.

    `earlier` has the rows and quotes of those that were extracted before.
    """
    return _keep(context, _extracted(context, snapshots), earlier)


def _extracted(context: IngestContext, snapshots: Iterable[Snapshot]) -> list[tuple[Snapshot, Extraction]]:
    return list(context.pages.extractions(Found(snapshot=each) for each in snapshots))


def _keep(
    context: IngestContext, extracted: Sequence[tuple[Snapshot, Extraction]], earlier: Earlier
) -> list[tuple[Snapshot, Extraction]]:
    """Stores extractions and indexes them; as they are stored."""
    stored = _store(context, extracted, earlier)
    if stored.begin is not None:
        index_appended(context.folder, context.index, stored.reads, stored.begin)
    cover(context.folder, context.index, context.assertions, [snapshot for snapshot, _ in extracted])
    return stored.extractions


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Extractions as they were stored, and what was appended for them, from `begin` on in one file."""

    extractions: list[tuple[Snapshot, Extraction]]
    reads: Sequence[Read]
    begin: Locator | None


def store(context: IngestContext, snapshots: Sequence[Snapshot]) -> Stored:
    """Extracts snapshots that were never extracted, and stores each result; nothing is indexed yet."""
    return _store(context, _extracted(context, snapshots), {})


def _store(context: IngestContext, extracted: Sequence[tuple[Snapshot, Extraction]], earlier: Earlier) -> Stored:
    stored, made = list[tuple[Snapshot, Extraction]](), list[tuple[Assertion | Decided, tuple[WarcRecord, ...]]]()
    sources = _sources(context.index, [snapshot for snapshot, _ in extracted])
    for snapshot, extraction in extracted:
        row, quotes = earlier.get(snapshot.id, (None, ()))
        kept, records = assertion_of(snapshot, extraction, earlier=row, earlier_quotes=quotes)
        stored.append((snapshot, kept))
        made.append((Assertion(snapshot, kept, row.texts if row else ()), records))
        if others := sources.get(snapshot.id):
            taken_over = inherited(context.folder, others, row or _row_of(snapshot), kept.quotes)
            made += [(each, (decision_record(snapshot, each.decision),)) for each in taken_over]
    every = [record for _, records in made for record in records]
    locators = context.assertions().append(every) if every else ()
    return Stored(extractions=stored, reads=as_read(made, locators), begin=locators[0] if locators else None)


def _sources(index: Index, snapshots: Sequence[Snapshot]) -> dict[str, tuple[SnapshotEntry, ...]]:
    try:
        return sources_of(index, snapshots)
    except SearchError:  # nothing is visible while the index is unreachable; `catch_up` covers what was stored since
        return {}


def _row_of(snapshot: Snapshot) -> SnapshotEntry:
    return entries_of(snapshot, fold(snapshot, None, ()))[0]


def reextract(context: IngestContext, ids: Sequence[str] | None, *, progress: Progress) -> Iterator[Extraction]:
    """Extracts snapshots again (all, or those named), newest captures last; existing ids stay resolvable.

    Raises NotFound for an unknown id before anything is done.
    """
    rows = (row for row in _rows(context.index, ids) if not row.is_erased)
    while batch := list(islice(rows, BATCH)):
        earlier = {row.snapshot.id: (row, _quotes(context.folder, row)) for row in batch}
        for _, extraction in extract(context, [row.snapshot for row in batch], earlier):
            progress(1)
            yield extraction


def _quotes(folder: Folder, row: SnapshotEntry) -> tuple[Quote, ...]:
    """The quotes of the newest extraction as the program made it, without people's decisions."""
    newest = newest_extraction(row.assertions)
    return () if newest is None else stored_extraction(folder, newest).quotes


def _rows(index: Index, ids: Sequence[str] | None) -> Iterator[SnapshotEntry]:
    if ids is None:
        return all_rows(index)
    there = index.snapshots_by_id(ids)
    for snapshot_id in ids:
        if snapshot_id not in there:
            raise NotFound("there is no such snapshot", where=snapshot_id)
    return iter([there[snapshot_id] for snapshot_id in dict.fromkeys(ids)])


def all_rows(index: Index) -> Iterator[SnapshotEntry]:
    """Every snapshot of the archive, oldest capture first, whoever may see it."""
    cursor: str | None = None
    everything = SnapshotQuery(sort="captured", limit=1000, visibility=tuple(Visibility))
    while True:
        page = index.snapshots(replace(everything, cursor=cursor))
        yield from page.entries
        cursor = page.next
        if cursor is None:
            return
