"""Erasure: the bytes of a snapshot's records are destroyed in their files, and tombstones as long take their place.

It is the one exception to «files are never changed», for when the law asks for it. Nothing else in a file moves: the
places, ids and digests of its neighbours stay. What is to be done is noted in a journal before anything is done, then
the decision is stored; whoever opens the archive after an interruption finishes what was decided, and forgets what was
not.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from archiver.errors import StorageUnwritable, WarcError
from archiver.index.protocol import Index
from archiver.ingest.covered import covered
from archiver.ingest.decide import DecideContext, Wish, decided_about
from archiver.ingest.index import index_assertions
from archiver.ingest.store import Broken, assert_decisions, read_assertions
from archiver.records import Act, Change, Decision, Locator, SnapshotEntry, WarcRecord
from archiver.sha256 import labelled
from archiver.warcs.fields import bare
from archiver.warcs.files import OPEN, Folder, storage_errors
from archiver.warcs.reader import record_at, scan
from archiver.warcs.storage import sync
from archiver.warcs.tombstones import tombstone

_JOURNAL = "erasing.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased, and where else the same bytes may be, which nobody but their keepers can erase."""

    decision: Decision
    records: int
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stroke:
    """Bytes that are put in the place of a record."""

    warc: str
    offset: int
    data: bytes


def erase(context: DecideContext, row: SnapshotEntry, wish: Wish) -> Erased:
    """Destroys a snapshot's records, texts and annotations, and those of the captures that it covers.

    The ids of their quotes stay resolvable as tombstones. Raises WarcError where a record cannot be replaced in its
    place; then nothing is changed. Raises BadQuery, StorageError, SearchError.
    """
    folder = context.folder
    rows = [row, *covered(context.index, row, Act.ERASE)]
    decided = [decided_about(each, wish, _remembered(context.index, each)) for each in rows]
    at = decided[0].decision.at
    places = list(dict.fromkeys(place for each in rows for place in _places(folder, each)))
    strokes, elsewhere = [], list[str]()
    for place in places:
        if _path(folder, place.warc) is None:
            elsewhere.append(place.warc)
        else:
            strokes.append(_stroke(folder, place, at))
    _write_journal(folder, [each.decision.id for each in decided], strokes)
    locators = assert_decisions(decided, context.assertions())
    _finish(folder, strokes)
    index_assertions(folder, context.index, sorted({locator.warc for locator in locators}))
    context.index.refresh()
    return Erased(decision=decided[0].decision, records=len(strokes), elsewhere=tuple(dict.fromkeys(elsewhere)))


def _remembered(index: Index, row: SnapshotEntry) -> tuple[Change, ...]:
    """The ids of a snapshot's quotes, which its decision remembers."""
    return tuple(Change(path="quote", value=entry.quote.id) for entry in index.quotes_of(row.snapshot.id))


def recover(folder: Folder) -> bool:
    """Finishes an erasure that was interrupted after it was decided, forgets another; whether it finished one."""
    path = folder.path / _JOURNAL
    try:
        noted: dict[str, Any] = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return False
    except ValueError:  # the journal itself was torn: nothing was decided yet
        path.unlink(missing_ok=True)
        return False
    wanted = set(noted["decisions"])
    if wanted & set(_decision_ids(folder)):
        strokes = [
            _Stroke(warc=each["warc"], offset=each["offset"], data=base64.b64decode(each["data"]))
            for each in noted["strokes"]
        ]
        _finish(folder, strokes)
        return True
    path.unlink(missing_ok=True)
    return False


def _decision_ids(folder: Folder) -> Iterator[str]:
    for warc in folder.warcs("assertions"):
        for read in read_assertions(folder, warc):
            if not isinstance(read, Broken) and read.stored.act is Act.ERASE:
                yield read.stored.id


def _places(folder: Folder, row: SnapshotEntry) -> Iterator[Locator]:
    """Where the records of a snapshot are: answer, request, metadata, texts, annotations, reviews."""
    snapshot = row.snapshot
    yield snapshot.locator
    yield from snapshot.parts
    yield from _beside(folder, snapshot.locator.warc, snapshot.record_id)
    yield from (text.locator for text in row.texts)
    yield from (each.locator for each in row.assertions if each.act in {None, Act.REVIEW})


def _beside(folder: Folder, warc: str, record_id: str) -> Iterator[Locator]:
    """The records that say of themselves that they belong to this one."""
    if not record_id or _path(folder, warc) is None:
        return
    with folder.opened(warc) as file:
        for record in scan(file, warc=warc):
            if not isinstance(record, WarcRecord) or record.locator is None:
                continue
            names = (record.field("WARC-Concurrent-To"), record.field("WARC-Refers-To"))
            if record.type in {"request", "metadata"} and record_id in {bare(name) for name in names if name}:
                yield record.locator


def _stroke(folder: Folder, place: Locator, at: datetime) -> _Stroke:
    with folder.opened(place.warc) as file:
        record = record_at(file, place)
        stored = file.at(place.offset, place.length)
    if place.within is not None or not place.warc.lower().endswith((".warc", ".warc.gz")):
        raise WarcError(
            "a single record of this file cannot be replaced in place",
            where=place.warc,
            remedy="Remove the whole file from the archive, or unpack it and add it again as WARC.gz",
        )
    return _Stroke(warc=place.warc, offset=place.offset, data=tombstone(record, stored, at))


def _path(folder: Folder, warc: str) -> Path | None:
    """The file in the archive's own folder, open or closed; None where it is elsewhere."""
    path = folder.path / warc
    for candidate in (path.with_name(path.name + OPEN), path):
        if candidate.is_file() and not candidate.is_symlink():
            return candidate
    return None


def _write_journal(folder: Folder, decisions: Iterable[str], strokes: Iterable[_Stroke]) -> None:
    noted = {
        "decisions": list(decisions),
        "strokes": [
            {"warc": each.warc, "offset": each.offset, "data": base64.b64encode(each.data).decode()} for each in strokes
        ],
    }
    path = folder.path / _JOURNAL
    draft = path.with_suffix(".new")
    with storage_errors(folder.path):
        with draft.open("wb") as file:
            file.write(orjson.dumps(noted))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync(folder.path)


def _finish(folder: Folder, strokes: Sequence[_Stroke]) -> None:
    """Puts every tombstone in its place, and notes the files' new digests; the same again does no harm."""
    for warc in dict.fromkeys(each.warc for each in strokes):
        path = _path(folder, warc)
        if path is None:
            raise StorageUnwritable("the file is missing", where=warc, remedy="Put it back, then try again")
        with storage_errors(folder.path):
            _overwrite(path, [each for each in strokes if each.warc == warc])
            if not path.name.endswith(OPEN):
                _enter(folder, path, warc)
    with storage_errors(folder.path):
        (folder.path / _JOURNAL).unlink(missing_ok=True)
        sync(folder.path)


def _overwrite(path: Path, strokes: Iterable[_Stroke]) -> None:
    mode = path.stat().st_mode & 0o777
    path.chmod(mode | 0o200)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            for each in strokes:
                os.pwrite(descriptor, each.data, each.offset)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    finally:
        path.chmod(mode)


def _enter(folder: Folder, path: Path, warc: str) -> None:
    """A line of the manifest with the new digest and the one before."""
    with path.open("rb") as file:
        digest = labelled(hashlib.file_digest(file, "sha256").digest())
    before = folder.manifest.files().get(warc)
    if before is not None and before.digest != digest:
        folder.manifest.enter(warc, path.stat().st_size, digest, by=before.by, erased_from=before.digest)
