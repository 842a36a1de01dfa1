"""Erasure: the bytes of snapshots' records are destroyed in their files, and tombstones as long take their place.

It is the one exception to «files are never changed», for when the law asks for it. Every file that holds them is
rewritten, and nothing else in it moves: the places, ids and digests of their neighbours stay. What is to be done is
noted in a journal before anything is done, then the decision is stored; whoever opens the archive after an interruption
finishes what was decided, and forgets what was not.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from archiver.index.protocol import Index
from archiver.ingest.decide import DecideContext, Wish, decided_about
from archiver.ingest.index import index_assertions
from archiver.ingest.places import Progress, places_of
from archiver.ingest.store import Read, assert_decisions, read_assertions
from archiver.records import Act, Change, Decision, Snapshot, SnapshotEntry
from archiver.viewer import withdrawn
from archiver.warcs.erasing import rewriting
from archiver.warcs.files import Folder, storage_errors
from archiver.warcs.storage import Patch, Rewriting, sync

_JOURNAL = "erasing.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased, and where else the same bytes may be, which nobody but their keepers can erase.

    `unread` are files of the archive that could not be read: they may hold it too. `shared` are images, fonts and style
    sheets of the page that stay, for other captures show them too.
    """

    decision: Decision
    records: int
    elsewhere: tuple[str, ...]
    unread: tuple[str, ...] = ()
    shared: tuple[Snapshot, ...] = ()


def erase(
    context: DecideContext, rows: Sequence[SnapshotEntry], wish: Wish, *, progress: Progress = lambda _: None
) -> Erased:
    """Destroys the records, texts and annotations of snapshots; the first is the one that the wish is about.

    The ids of their quotes stay resolvable as tombstones. Raises Withdrawn where all of them were erased before and no
    file holds them any more, and WarcError where a record cannot be replaced in its place; then nothing is changed.
    Raises BadQuery, StorageError, SearchError. `progress` is called for each record that is looked at.
    """
    folder = context.folder
    places = places_of(folder, rows, progress=progress)
    gone = rows[0].withdrawn
    if gone is not None and not places.by_file:
        raise withdrawn(gone, rows[0].snapshot.id)
    decided = [decided_about(each, wish, _remembered(context.index, each)) for each in rows]
    at = decided[0].decision.at
    pages = [(each.snapshot.url, each.snapshot.captured_at) for each in rows]
    elsewhere = tuple(warc for warc in places.by_file if folder.is_in_place(warc))
    changes = {}
    for warc, found in places.by_file.items():
        if warc not in elsewhere:
            with folder.opened(warc) as file:
                changes[warc] = rewriting(file, found, pages, at)
    records = sum(len(places.by_file[warc]) for warc in changes)
    _write_journal(folder, [each.decision.id for each in decided], changes)
    locators = assert_decisions(decided, context.assertions())
    _finish(folder, changes)
    index_assertions(folder, context.index, sorted({locator.warc for locator in locators}))
    context.index.refresh()
    unread = tuple(warc for warc in places.unread if warc not in elsewhere)
    return Erased(decision=decided[0].decision, records=records, elsewhere=elsewhere, unread=unread)


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
    if set(noted["decisions"]) & set(_decision_ids(folder)):
        _finish(folder, {warc: _change(each) for warc, each in noted["files"].items()})
        return True
    path.unlink(missing_ok=True)
    return False


def _change(noted: dict[str, Any]) -> Rewriting:
    patches = tuple(Patch(offset=offset, data=base64.b64decode(data)) for offset, data in noted["patches"])
    return Rewriting(patches=patches, size=noted["size"])


def _decision_ids(folder: Folder) -> Iterator[str]:
    for warc in folder.warcs("assertions"):
        for read in read_assertions(folder, warc):
            if isinstance(read, Read) and read.stored.act is Act.ERASE:
                yield read.stored.id


def _write_journal(folder: Folder, decisions: Iterable[str], changes: Mapping[str, Rewriting]) -> None:
    files = {
        warc: {
            "size": each.size,
            "patches": [(patch.offset, base64.b64encode(patch.data).decode()) for patch in each.patches],
        }
        for warc, each in changes.items()
    }
    path = folder.path / _JOURNAL
    draft = path.with_suffix(".new")
    with storage_errors(folder.path):
        with draft.open("wb") as file:
            file.write(orjson.dumps({"decisions": list(decisions), "files": files}))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync(folder.path)


def _finish(folder: Folder, changes: Mapping[str, Rewriting]) -> None:
    """Puts everything in its place, and notes the files' new digests; repeating it is harmless."""
    for warc, change in changes.items():
        closed = not folder.is_open(warc)
        folder.rewrite(warc, change)
        if closed:
            _enter(folder, warc)
    with storage_errors(folder.path):
        (folder.path / _JOURNAL).unlink(missing_ok=True)
        sync(folder.path)


def _enter(folder: Folder, warc: str) -> None:
    """A line of the manifest with the new digest and the one before."""
    size, digest = folder.digest(warc)
    before = folder.manifest.files().get(warc)
    if before is not None and before.digest != digest:
        folder.manifest.enter(warc, size, digest, by=before.by, erased_from=before.digest)
