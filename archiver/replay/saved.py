"""The saved page of a quote, its words marked, out of the archive; and which program saved it."""

from __future__ import annotations

from collections.abc import Callable

from archiver.articles.charset import decode
from archiver.errors import WarcError
from archiver.index.protocol import Index
from archiver.ingest.scan import body_of
from archiver.records import Locator, Quote, Selector, Snapshot, SnapshotEntry, WarcRecord
from archiver.replay import documents
from archiver.replay.documents import ShownPage
from archiver.replay.holdings import captured_with, held
from archiver.replay.marks import Wanted
from archiver.warcs.files import Folder
from archiver.warcs.reader import scan

_MAX_INFO = 10_000
_MAX_NAME = 100


def shown_page(
    folder: Folder,
    index: Index,
    row: SnapshotEntry,
    quote: Quote,
    *,
    requisite: Callable[[str], str],
    memento: Callable[[Snapshot], str],
    plain: bool = False,
) -> ShownPage:
    """The page with the words marked, for a frame of its own. Raises WarcError, SearchError.

    `requisite` and `memento` say where the images of the page and the pages that it links to are shown.
    """
    snapshot = row.snapshot
    body = body_of(folder, snapshot)
    page = decode(body.page, body.content_type).text
    loads, leads = documents.wanted_addresses(page, snapshot.url)
    found = held(folder, index, snapshot, loads, leads, requisite=requisite, memento=memento)
    bare = (Selector(exact=part, prefix="", suffix="") for part in quote.text.split("\n"))
    wanted = [Wanted(each.exact, each.prefix, each.suffix) for each in quote.selectors or tuple(bare)]
    return documents.shown(page, snapshot.url, wanted, found, plain=plain)


def requisite_places(folder: Folder, index: Index, snapshot: Snapshot) -> tuple[Locator, ...]:
    """Where the records are of what was captured with a page: of a revisit also the record that it refers to."""
    try:
        body = body_of(folder, snapshot)
    except WarcError:
        return ()
    page = decode(body.page, body.content_type).text
    loads, _ = documents.wanted_addresses(page, snapshot.url)
    there = captured_with(folder, index, snapshot, loads)
    places = [place for found in there for place in (found.payload, found.locator) if place is not None]
    return tuple(dict.fromkeys(places))


def captured_by(folder: Folder, snapshot: Snapshot) -> str | None:
    """The program that wrote the file of a snapshot, as stated in that file."""
    try:
        with folder.opened(snapshot.locator.warc) as file:
            first = next(scan(file, warc=snapshot.locator.warc), None)
    except WarcError:
        return None
    if not isinstance(first, WarcRecord) or first.type != "warcinfo":
        return None
    lines = (line.partition(":") for line in first.block[:_MAX_INFO].decode("utf-8", "replace").splitlines())
    return next((value.strip()[:_MAX_NAME] for name, _, value in lines if name.strip().lower() == "software"), None)
