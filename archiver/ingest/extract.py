"""Snapshots → extractions, stored and indexed: those that are not yet extracted, and those to be extracted again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, islice

from archiver.annotations import decision_record
from archiver.config import software
from archiver.errors import NotFound, SearchError, WarcError
from archiver.index.protocol import Index
from archiver.ingest.entries import entries_of, unreadable_rows
from archiver.ingest.fold import fold, newest_extraction
from archiver.ingest.index import index_assertions
from archiver.ingest.inherited import cover, cover_all, inherited, originals_of
from archiver.ingest.pending import unread_files
from archiver.ingest.revisits import any_revisits, reconsidered, resolve
from archiver.ingest.scan import Body, Pages, body_of
from archiver.ingest.store import Broken, assertion_of, stored_extraction
from archiver.records import (
    Extraction,
    ExtractionState,
    Quote,
    Reason,
    Snapshot,
    SnapshotEntry,
    SnapshotQuery,
    Visibility,
    WarcRecord,
)
from archiver.warcs.files import Folder
from archiver.warcs.writer import Writer

_NEVER_HTML = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/pdf",
    "application/font",
    "application/x-javascript",
    "text/plain",
)
"""Declared types that are not looked into: such a body is never read as a page."""

BATCH = 100
"""Snapshots that are extracted and stored before they are put into the index together."""

Read = Callable[[Iterable[tuple[Snapshot, bytes, str | None]]], Iterator[tuple[Snapshot, Extraction]]]
"""Extracts pages, in order: `Extractor.extract_many`."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestContext:
    """What extraction needs: the archive's folder, the index, the writer of assertions, and what reads pages."""

    folder: Folder
    index: Index
    assertions: Callable[[], Writer]
    read: Read


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    """What was extracted now, and the stored assertions that could not be read."""

    extractions: tuple[Extraction, ...]
    broken: tuple[Broken, ...]


def catch_up(context: IngestContext, *, progress: Progress) -> CaughtUp:
    """Indexes what was stored and not indexed, then extracts the snapshots that are not yet extracted.

    Raises SearchError where the index is unreachable.
    """
    report = index_assertions(context.folder, context.index)
    if report.assertions:
        cover_all(context.folder, context.index, context.assertions)
    return CaughtUp(extractions=extract_unread(context, report.broken, progress=progress), broken=report.broken)


def extract_unread(context: IngestContext, broken: Sequence[Broken], *, progress: Progress) -> tuple[Extraction, ...]:
    """Extracts the snapshots of closed files that have no assertion.

    Where assertions could not be read (`broken`), theirs may be among them: nothing is written in its place. Such
    snapshots go into the index as failed, until somebody extracts them again or puts the file back.
    """
    read: list[Extraction] = []
    for warc, added in unread_files(context.folder, context.index):
        pages = Pages(context.folder, warc, added=added)
        if broken:
            _index_as_failed(context.index, pages, progress)
        else:
            read.extend(extraction for _, extraction in extract_new(context, pages, progress=progress))
    return tuple(read)


def _index_as_failed(index: Index, pages: Pages, progress: Progress) -> None:
    for batch in _new(index, chain(pages.snapshots(), pages.revisits()), pages, progress):
        index.add([unreadable_rows(snapshot) for snapshot in batch])


def extract_new(context: IngestContext, pages: Pages, *, progress: Progress) -> Iterator[tuple[Snapshot, Extraction]]:
    """Extracts the snapshots of a file that have no assertion; each comes out once it is stored and indexed.

    Revisits come last, when what they refer to is indexed; revisits of other files that refer to something new are read
    again. `progress` is called for each. Raises SearchError if the index is unreachable: what was stored until then is
    stored.
    """
    has_revisits = any_revisits(context.index)
    for batch in _new(context.index, pages.snapshots(), pages, progress):
        yield from _told(extract(context, batch, {}), progress)
        if has_revisits:
            pages.report.resolved += reconsider(context, batch)
    context.index.refresh()
    for batch in _new(context.index, iter(pages.revisits()), pages, progress):
        revisits = resolve(context.index, batch)
        pages.report.unresolved += sum(each.is_unresolved for each in revisits)
        yield from _told(extract(context, revisits, {}), progress)
    line = context.folder.manifest.files().get(pages.warc)
    if line is not None:
        context.index.advance(pages.warc, max(line.size, 1))


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


def _told(stored: list[tuple[Snapshot, Extraction]], progress: Progress) -> Iterator[tuple[Snapshot, Extraction]]:
    for each in stored:
        progress(1)
        yield each


def _new(index: Index, snapshots: Iterator[Snapshot], pages: Pages, progress: Progress) -> Iterator[list[Snapshot]]:
    """The snapshots that are not in the archive yet, some at a time, each once."""
    while batch := list(islice(snapshots, BATCH)):
        unique = {snapshot.id: snapshot for snapshot in batch}
        there = index.snapshots_by_id(unique)
        new = [snapshot for snapshot in unique.values() if snapshot.id not in there]
        pages.report.already += len(batch) - len(new)
        progress(len(batch) - len(new))
        if new:
            yield new


Earlier = Mapping[str, tuple[SnapshotEntry, Sequence[Quote]]]


def extract(
    context: IngestContext, snapshots: Sequence[Snapshot], earlier: Earlier
) -> list[tuple[Snapshot, Extraction]]:
    """Extracts snapshots, stores each result, and indexes all of them.

    `earlier` has the rows and quotes of those that were extracted before.
    """
    stored, warcs = store(context, snapshots, earlier)
    index_assertions(context.folder, context.index, warcs)
    cover(context.folder, context.index, context.assertions, snapshots)
    return stored


def store(
    context: IngestContext, snapshots: Sequence[Snapshot], earlier: Earlier
) -> tuple[list[tuple[Snapshot, Extraction]], tuple[str, ...]]:
    """Extracts snapshots and stores each result; nothing is indexed yet.

    Returns what was stored, and the assertions files that now hold it.
    """
    stored, records, cut = list[tuple[Snapshot, Extraction]](), list[WarcRecord](), set[str]()
    originals = _originals(context.index, snapshots)
    for snapshot, extraction in _extracted(context, snapshots, cut):
        row, quotes = earlier.get(snapshot.id, (None, ()))
        said = _limited(extraction) if snapshot.id in cut else extraction
        kept, made = assertion_of(snapshot, said, earlier=row, earlier_quotes=quotes)
        stored.append((snapshot, kept))
        records += made
        if original := originals.get(snapshot.payload_of or ""):
            taken_over = inherited(context.folder, original, row or _row_of(snapshot))
            records += [decision_record(snapshot, each.decision) for each in taken_over]
    locators = context.assertions().append(records) if records else ()
    return stored, tuple(dict.fromkeys(locator.warc for locator in locators))


def _originals(index: Index, snapshots: Sequence[Snapshot]) -> dict[str, SnapshotEntry]:
    try:
        return originals_of(index, snapshots)
    except SearchError:  # nothing is visible while the index is unreachable; `catch_up` covers what was stored since
        return {}


def _row_of(snapshot: Snapshot) -> SnapshotEntry:
    return entries_of(snapshot, fold(snapshot, None, ()))[0]


def _extracted(
    context: IngestContext, snapshots: Sequence[Snapshot], cut: set[str]
) -> Iterator[tuple[Snapshot, Extraction]]:
    """Each snapshot with its extraction, in order; what contains no page is not sent to be read."""
    known = {each.id: reason for each in snapshots if (reason := _nothing_to_read(each)) is not None}
    to_read = [each for each in snapshots if each.id not in known]
    read = iter(context.read(_pages(context.folder, to_read, cut))) if to_read else iter(())
    for snapshot in snapshots:
        if snapshot.id in known:
            yield snapshot, _without_page(snapshot, known[snapshot.id])
        else:
            yield next(read)


def _nothing_to_read(snapshot: Snapshot) -> Reason | None:
    """Why a snapshot contains no page, where its head alone says so."""
    if snapshot.is_unresolved:
        return Reason.NO_ORIGINAL
    declared = (snapshot.content_type or "").partition(";")[0].strip().lower()
    if declared.startswith(_NEVER_HTML):
        return Reason.NOT_HTML if snapshot.status == 200 else Reason.HTTP_ERROR
    return None


def _without_page(snapshot: Snapshot, reason: Reason) -> Extraction:
    return Extraction(
        snapshot_id=snapshot.id,
        state=ExtractionState.NONE,
        reason=reason,
        article=None,
        quotes=(),
        extractor=software(),
        made_at=datetime.now(UTC),
    )


def _pages(
    folder: Folder, snapshots: Sequence[Snapshot], cut: set[str]
) -> Iterator[tuple[Snapshot, bytes, str | None]]:
    for snapshot in snapshots:
        body = _body(folder, snapshot)
        if body.cut:
            cut.add(snapshot.id)
        yield snapshot, body.page, body.content_type


def _body(folder: Folder, snapshot: Snapshot) -> Body:
    """The page; nothing where it cannot be read any more, which `verify` tells."""
    try:
        return body_of(folder, snapshot)
    except WarcError:
        return Body(page=b"", content_type=snapshot.content_type)


def _limited(extraction: Extraction) -> Extraction:
    if extraction.state is not ExtractionState.DONE:
        return extraction
    return replace(extraction, state=ExtractionState.LIMITED, reason=Reason.MEMORY)


def reextract(context: IngestContext, ids: Sequence[str] | None, *, progress: Progress) -> Iterator[Extraction]:
    """Extracts snapshots again (all, or those named), newest captures last; existing ids stay resolvable.

    Raises NotFound for an unknown id before anything is done.
    """
    rows = (row for row in _rows(context.index, ids) if row.withdrawn is None or not row.withdrawn.erased)
    while batch := list(islice(rows, BATCH)):
        earlier = {row.snapshot.id: (row, _quotes(context.folder, row)) for row in batch}
        for _, extraction in extract(context, [row.snapshot for row in batch], earlier):
            progress(1)
            yield extraction


def _quotes(folder: Folder, row: SnapshotEntry) -> tuple[Quote, ...]:
    """The quotes of the newest extraction as the program made it, without the word of people."""
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
