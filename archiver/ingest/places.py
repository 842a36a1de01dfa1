"""Where the records of snapshots are: in every file of the archive that holds them, with what belongs to them there.

The index knows one place of a record, which may be in other files too: whoever adds a crawl and a package made of it
adds it twice. So all files are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archiver.errors import WarcError
from archiver.ingest.beside import KINDS, answer_of
from archiver.records import Act, Locator, SnapshotEntry, WarcRecord
from archiver.warcs import wacz
from archiver.warcs.fields import bare
from archiver.warcs.files import CAPTURES, Folder
from archiver.warcs.reader import scan
from archiver.warcs.snapshots import snapshot_id

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where records are, by file, and the `unread` files, in which others may be."""

    by_file: dict[str, list[Locator]]
    unread: tuple[str, ...]


def places_of(folder: Folder, rows: Sequence[SnapshotEntry], *, progress: Progress) -> Places:
    """The places of snapshots' answers and what is beside them, and of their texts, annotations and reviews.

    `progress` is called for each record that is looked at.
    """
    found: dict[str, dict[Locator, None]] = {}
    unread = list[str]()
    for row in rows:
        for place in _indexed(row):
            found.setdefault(place.warc, {})[place] = None
    for warc in (*folder.warcs(CAPTURES), *folder.added()):
        try:
            held = _held(folder, warc, rows, progress)
        except WarcError:
            unread.append(warc)
            continue
        if held:
            found.setdefault(warc, {}).update(dict.fromkeys(held))
    return Places(by_file={warc: list(places) for warc, places in found.items()}, unread=tuple(unread))


def _indexed(row: SnapshotEntry) -> Iterator[Locator]:
    if row.is_erased:
        return
    yield from (row.snapshot.locator, *row.snapshot.parts, *(text.locator for text in row.texts))
    yield from (each.locator for each in row.assertions if each.act in {None, Act.REVIEW})


def _held(folder: Folder, warc: str, rows: Sequence[SnapshotEntry], progress: Progress) -> list[Locator]:
    """The records of snapshots in one file. Raises WarcError."""
    ids, urls = {row.snapshot.id for row in rows}, {row.snapshot.url for row in rows}
    answers, names = list[Locator](), set[str]()
    others = list[tuple[set[str], Locator]]()
    for record in _records(folder, warc):
        progress(1)
        if record.locator is None:
            continue
        if record.target_uri in urls and snapshot_id(record) in ids:
            answers.append(record.locator)
            names.add(record.record_id or "")
        elif belongs_to := _belongs_to(record):
            others.append((belongs_to, record.locator))
    names -= {""}
    return [*answers, *(place for belongs_to, place in others if belongs_to & names)]


def _belongs_to(record: WarcRecord) -> set[str]:
    """The ids of the records that a request, metadata or a further segment belongs to."""
    if record.type == "continuation":
        return {bare(record.field("WARC-Segment-Origin-ID") or "")}
    return answer_of(record) if record.type in KINDS else set()


def _records(folder: Folder, warc: str) -> Iterator[WarcRecord]:
    with folder.opened(warc) as file:
        for member in wacz.contents(file, warc=warc).members:
            for record in scan(file, warc=warc, start=member.start, end=member.end):
                if isinstance(record, WarcRecord):
                    yield record
