"""Which images, fonts and style sheets are a page's alone, so that they go with it when it is erased.

A capture of ours says of each for which page it was fetched (`via`). One goes with the page where every capture of it
was fetched for a capture of the page that goes too; others are shown by somebody else, or nobody can know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from archiver.articles.charset import decode
from archiver.errors import WarcError
from archiver.index.protocol import Index
from archiver.index.urls import url_key
from archiver.ingest.beside import answer_of, beside
from archiver.ingest.covered import covered
from archiver.ingest.scan import body_of
from archiver.records import Act, Snapshot, SnapshotEntry, Visibility
from archiver.replay.documents import wanted_addresses
from archiver.replay.holdings import SAME_CAPTURE, captured_with
from archiver.viewer import SeenIndex, Viewer
from archiver.warcs.files import Folder

_EVERYTHING = Viewer(visibility=tuple(Visibility))


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisites:
    """What some captures of a page show besides their words: what only they show, and what others show too."""

    own: tuple[SnapshotEntry, ...]
    shared: tuple[Snapshot, ...]


def requisites_of(folder: Folder, index: Index, rows: Sequence[SnapshotEntry]) -> Requisites:
    """The images, fonts and style sheets of captures of one page. Raises SearchError."""
    families: dict[str, tuple[SnapshotEntry, ...]] = {}
    for snapshot in _shown(folder, index, rows):
        row = index.snapshot(snapshot.id)
        if row is not None and not row.is_erased:
            families[snapshot.id] = (row, *covered(index, row, Act.ERASE))
    via = _via(folder, [each for family in families.values() for each in family])
    own, shared = dict[str, SnapshotEntry](), list[Snapshot]()
    pages = {url_key(row.snapshot.url) for row in rows}
    times = [*_gone_before(index, rows), *(row.snapshot.captured_at for row in rows)]
    for family in families.values():
        if all(_fetched_for(each, via, pages, times) for each in family):
            own |= {each.snapshot.id: each for each in family}
        else:
            shared.append(family[0].snapshot)
    return Requisites(own=tuple(own.values()), shared=tuple(shared))


def _shown(folder: Folder, index: Index, rows: Sequence[SnapshotEntry]) -> Iterator[Snapshot]:
    everything = SeenIndex(index, _EVERYTHING)
    for row in rows:
        try:
            body = body_of(folder, row.snapshot)
        except WarcError:
            continue
        wanted, _ = wanted_addresses(decode(body.page, body.content_type).text, row.snapshot.url)
        yield from captured_with(folder, everything, row.snapshot, wanted)


def _gone_before(index: Index, rows: Sequence[SnapshotEntry]) -> Iterator[datetime]:
    """When captures of the page were made that are erased already."""
    for url in dict.fromkeys(row.snapshot.url for row in rows):
        for row in index.captures(url):
            if row.is_erased:
                yield row.snapshot.captured_at


def _fetched_for(row: SnapshotEntry, via: Mapping[str, str], pages: set[str], times: Sequence[datetime]) -> bool:
    page = via.get(row.snapshot.record_id)
    if page is None or url_key(page) not in pages:
        return False
    return any(abs((row.snapshot.captured_at - at).total_seconds()) <= SAME_CAPTURE for at in times)


def _via(folder: Folder, rows: Sequence[SnapshotEntry]) -> dict[str, str]:
    """By record id, the page that each was fetched for, where its metadata say so."""
    ids: dict[str, set[str]] = {}
    for row in rows:
        ids.setdefault(row.snapshot.locator.warc, set()).add(row.snapshot.record_id)
    found: dict[str, str] = {}
    for warc, wanted in ids.items():
        try:
            for record in beside(folder, warc, wanted - {""}):
                for name, value in _facts(record.block):
                    if name == "via":
                        found |= dict.fromkeys(answer_of(record) & wanted, value)
        except WarcError:  # what cannot be read is nobody's alone
            continue
    return found


def _facts(block: bytes) -> Iterator[tuple[str, str]]:
    for line in block.decode(errors="replace").splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            yield name, value
