"""What must hold after any fault, looked at as anybody would who opens the archive next."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archiver.archive import Archive
from archiver.ingest.fold import in_order
from archiver.records import (
    Act,
    Kind,
    Query,
    QuoteState,
    SnapshotEntry,
    SnapshotQuery,
    Visibility,
    WarcRecord,
)
from archiver.viewer import Viewer
from archiver.warcs.reader import scan
from tests.torture.scenarios import DECIDED, Scenarios

_EVERYTHING = Query(limit=1000, repeats=True, kind=tuple(Kind), state=tuple(QuoteState))


class Failed(Exception):
    """Something does not hold."""


def check(scenarios: Scenarios, folder: Path, acknowledged: Sequence[str]) -> None:
    """Opens the archive, lets it catch up, and raises Failed where anything was lost, doubled or left unreadable.

    Then another page is captured and the archive closed: the fault must not stand in the way of what comes after.
    """
    with scenarios.archive(folder) as archive:
        archive.catch_up()
        kept = _snapshot_records(archive)
        decided = [each.removeprefix(DECIDED) for each in acknowledged if each.startswith(DECIDED)]
        _once(kept, [each for each in acknowledged if not each.startswith(DECIDED)])
        _indexed(archive, kept)
        _decisions_hold(archive, decided)
        _erased_or_not(archive, folder)
        _equals_a_rebuilt_one(archive)
        after = archive.capture(scenarios.url(9))
        if not after.indexed or after.problem:
            raise Failed(f"the next capture fails: {after.problem}")
    with scenarios.archive(folder) as archive:
        if bad := [finding for finding in archive.verify() if not finding.ok]:
            raise Failed(f"verify finds {bad[0]}")
        if archive.recovered:
            raise Failed(f"a file was left open: {archive.recovered}")
    _readable_by_others(folder)


def _snapshot_records(archive: Archive) -> list[str]:
    """The ids of all responses in the archive's files, as often as they are there; added files may share some."""
    from archiver.records import Origin
    from archiver.warcs.snapshots import snapshot_id, why_not_a_snapshot

    found = list[str]()
    for warc in (*archive.folder.warcs("captures"), *archive.folder.added()):
        here = list[str]()
        origin = Origin.ADDED if warc.startswith("added/") else Origin.CAPTURED
        with archive.folder.opened(warc) as file:
            for record in scan(file, warc=warc):
                if not isinstance(record, WarcRecord):
                    raise Failed(f"damaged: {record}")
                if why_not_a_snapshot(record, origin=origin) is None:
                    here.append(snapshot_id(record))
        found += set(here) - set(found) if warc.startswith("added/") else here
    return found


def _once(kept: Sequence[str], acknowledged: Sequence[str]) -> None:
    counts = Counter(kept)
    if lost := [each for each in acknowledged if not counts[each]]:
        raise Failed(f"lost: {lost}")
    if doubled := [each for each, count in counts.items() if count > 1]:
        raise Failed(f"doubled: {doubled}")


def _indexed(archive: Archive, kept: Sequence[str]) -> None:
    rows = _all_snapshots(archive)
    erased = {row.snapshot.id for row in rows if row.is_erased}
    there = {row.snapshot.id for row in rows}
    if there != {*kept, *erased} or erased & set(kept):
        raise Failed(f"index and files differ: {sorted(there ^ set(kept))}, erased {sorted(erased)}")


def _decisions_hold(archive: Archive, acknowledged: Sequence[str]) -> None:
    """What was acknowledged was decided, and is what people are shown."""
    stored = {each.id for row in _all_snapshots(archive) for each in row.assertions}
    stored |= {each.id for each in archive.index.speaker_decisions()}
    if lost := [each for each in acknowledged if each not in stored]:
        raise Failed(f"lost: {lost}")
    public = archive.seen_by(Viewer())
    for row in _all_snapshots(archive):
        acts = [each.act for each in in_order(row.assertions) if each.act in {Act.WITHDRAW, Act.ERASE}]
        shown = row.snapshot.id in public.snapshots_by_id([row.snapshot.id])
        if row.withdrawn is not None and (shown or not acts):
            raise Failed(f"{row.snapshot.id} is withdrawn and shown, or withdrawn by nobody")


def _erased_or_not(archive: Archive, folder: Path) -> None:
    """Of each page either the words are in no file and it is erased, or they are there and it is not."""
    rooms = ("captures", "assertions", "added")
    paths = [path for room in rooms for path in sorted(folder.glob(f"{room}/**/*.warc.gz*"))]
    held = b"".join(gzip.decompress(path.read_bytes()) for path in paths)
    kept: dict[str, bool] = {}
    for row in _all_snapshots(archive):
        if row.snapshot.status == 200:
            number = row.snapshot.url.rpartition("/")[2]
            kept[number] = kept.get(number, False) or not row.is_erased
    for number, is_kept in kept.items():
        if is_kept is not (f"“Contract number {number} was never".encode() in held):
            raise Failed(f"page {number} is erased by half")
    if (folder / "erasing.json").exists():
        raise Failed("a journal is left")


def _equals_a_rebuilt_one(archive: Archive) -> None:
    grown = _rows(archive)
    archive.rebuild()
    if _rows(archive) != grown:
        raise Failed("the index is not the one that a rebuild makes")


def _rows(archive: Archive) -> tuple[Sequence[Any], ...]:
    query, entries = replace(_EVERYTHING, visibility=tuple(Visibility)), list[Any]()
    while True:
        page = archive.index.search(query)
        entries += page.entries
        if page.next is None:
            break
        query = replace(query, cursor=page.next)
    by_id = sorted(entries, key=lambda entry: str(entry.quote.id))
    return by_id, _all_snapshots(archive), archive.index.speaker_decisions()


def _all_snapshots(archive: Archive) -> list[SnapshotEntry]:
    query, rows = SnapshotQuery(limit=1000, visibility=tuple(Visibility)), list[SnapshotEntry]()
    while True:
        page = archive.index.snapshots(query)
        rows += page.entries
        if page.next is None:
            return sorted(rows, key=lambda row: row.snapshot.id)
        query = replace(query, cursor=page.next)


def _readable_by_others(folder: Path) -> None:
    """gzip, warcio and FastWARC read every closed file to its end and agree on the number of records."""
    for path in sorted(folder.glob("*/*.warc.gz")):
        data = path.read_bytes()
        try:
            gzip.decompress(data)
            counts = {
                sum(1 for _ in ArchiveIterator(io.BytesIO(data), check_digests="raise")),
                sum(_is_sound(record) for record in FastIterator(io.BytesIO(data), parse_http=False)),
            }
        except (OSError, zlib.error, EOFError, ValueError) as error:
            raise Failed(f"{os.fspath(path)} is unreadable: {error}") from error
        if len(counts) != 1:
            raise Failed(f"{os.fspath(path)}: readers disagree: {counts}")


def _is_sound(record: Any) -> bool:
    """Whether its block has the digest that it states; a tombstone states none."""
    return record.headers.get("WARC-Block-Digest") is None or record.verify_block_digest()
