"""Snapshots → extractions, stored and indexed: those that nobody extracted yet, and those to be extracted again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from archiver.errors import NotFound, WarcError
from archiver.index.protocol import Index
from archiver.ingest.index import index_assertions
from archiver.ingest.scan import Body, Pages, body_of, pages_of, unread_files
from archiver.ingest.store import assert_extraction
from archiver.records import (
    Extraction,
    ExtractionState,
    Quote,
    Reason,
    Snapshot,
    SnapshotEntry,
    SnapshotQuery,
)
from archiver.warcs.files import Folder
from archiver.warcs.writer import Writer

BATCH = 50
"""Snapshots that are extracted and stored before they are put into the index together."""

Read = Callable[[Iterable[tuple[Snapshot, bytes, str | None]]], Iterator[tuple[Snapshot, Extraction]]]
"""Extracts pages, in order: `Extractor.extract_many`."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestContext:
    """What extraction needs: where the evidence lies, where assertions go, the index, and who reads pages."""

    folder: Folder
    index: Index
    assertions: Writer
    read: Read


def catch_up(context: IngestContext, *, progress: Progress) -> Iterator[Extraction]:
    """Indexes what was stored and not indexed, then extracts the snapshots that nobody extracted.

    Raises SearchError where the index is away.
    """
    index_assertions(context.folder, context.index)
    for warc, added in unread_files(context.folder, context.index):
        pages = pages_of(context.folder, context.index, warc, added)
        for _, extraction in extract_new(context, pages, progress=progress):
            yield extraction


def extract_new(context: IngestContext, pages: Pages, *, progress: Progress) -> Iterator[tuple[Snapshot, Extraction]]:
    """Extracts the snapshots of a file that have no assertion; each comes out once it is stored and indexed.

    `progress` hears of each snapshot. Raises SearchError where the index is away: what was stored until then is stored.
    """
    new = (snapshot for snapshot in pages.snapshots() if not _seen(context.index, snapshot, progress))
    while batch := list(islice(new, BATCH)):
        for snapshot, extraction in extract(context, batch, {}):
            progress(1)
            yield snapshot, extraction
    line = context.folder.manifest.files().get(pages.warc)
    if line is not None:
        context.index.advance(pages.warc, max(line.size, 1))


def _seen(index: Index, snapshot: Snapshot, progress: Progress) -> bool:
    seen = index.has(snapshot.id)
    progress(seen)
    return seen


Earlier = Mapping[str, tuple[SnapshotEntry, Sequence[Quote]]]


def extract(
    context: IngestContext, snapshots: Sequence[Snapshot], earlier: Earlier
) -> list[tuple[Snapshot, Extraction]]:
    """Extracts snapshots, stores what came of each, and indexes all of them.

    `earlier` has the rows and quotes of those that were extracted before.
    """
    stored, warcs = store(context, snapshots, earlier)
    index_assertions(context.folder, context.index, warcs)
    return stored


def store(
    context: IngestContext, snapshots: Sequence[Snapshot], earlier: Earlier
) -> tuple[list[tuple[Snapshot, Extraction]], tuple[str, ...]]:
    """Extracts snapshots and stores what came of each; nothing is indexed yet.

    Returns what was stored, and the assertions files that now hold it.
    """
    stored, warcs, cut = list[tuple[Snapshot, Extraction]](), dict[str, None](), set[str]()
    for snapshot, extraction in context.read(_pages(context.folder, snapshots, cut)):
        row, quotes = earlier.get(snapshot.id, (None, ()))
        said = _limited(extraction) if snapshot.id in cut else extraction
        kept, locators = assert_extraction(snapshot, said, context.assertions, earlier=row, earlier_quotes=quotes)
        stored.append((snapshot, kept))
        warcs.update(dict.fromkeys(locator.warc for locator in locators))
    return stored, tuple(warcs)


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
    """Extracts snapshots again (all, or those named), newest captures last; ids given before stay resolvable.

    Raises NotFound for an unknown id before anything is done.
    """
    rows = _rows(context.index, ids)
    while batch := list(islice(rows, BATCH)):
        earlier = {row.snapshot.id: (row, _quotes(context.index, row.snapshot.id)) for row in batch}
        for _, extraction in extract(context, [row.snapshot for row in batch], earlier):
            progress(1)
            yield extraction


def _quotes(index: Index, snapshot_id: str) -> tuple[Quote, ...]:
    return tuple(entry.quote for entry in index.quotes_of(snapshot_id))


def _rows(index: Index, ids: Sequence[str] | None) -> Iterator[SnapshotEntry]:
    if ids is None:
        return _all_rows(index)
    there = index.snapshots_by_id(ids)
    for snapshot_id in ids:
        if snapshot_id not in there:
            raise NotFound("there is no such snapshot", where=snapshot_id)
    return iter([there[snapshot_id] for snapshot_id in dict.fromkeys(ids)])


def _all_rows(index: Index) -> Iterator[SnapshotEntry]:
    cursor: str | None = None
    while True:
        page = index.snapshots(SnapshotQuery(sort="captured", limit=1000, cursor=cursor))
        yield from page.entries
        cursor = page.next
        if cursor is None:
            return
