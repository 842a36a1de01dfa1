"""What a revisit takes over of the snapshot whose payload it shows: that it is withdrawn, and that it is private.

A decision covers the revisits that are there when it is made (`ingest.decide`). Those that come in later get one of
their own, stored together with their first extraction. What was decided while they came in, or before this was done at
all, is made up for afterwards, with nobody deciding in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from archiver.annotations import Decided
from archiver.errors import WarcError
from archiver.index.protocol import Index
from archiver.ingest.decide import Author, Wish, decided_about, revisits_of
from archiver.ingest.index import index_assertions
from archiver.ingest.store import assert_decisions, stored_decision
from archiver.records import Act, Snapshot, SnapshotEntry, SnapshotQuery, StoredAssertion, Visibility
from archiver.warcs.files import Folder, one_at_a_time
from archiver.warcs.writer import Writer

_HIDDEN = (Visibility.WITHDRAWN, Visibility.PRIVATE)
_BACK = {Visibility.WITHDRAWN: Act.RESTORE, Visibility.PRIVATE: Act.RELEASE}


def inherited(folder: Folder, original: SnapshotEntry | None, revisit: SnapshotEntry) -> tuple[Decided, ...]:
    """The decision that a revisit lacks; none where its original is public, or it is hidden as much itself.

    Where somebody has restored or released this very revisit since, that stays.
    """
    if original is None or original.visibility is Visibility.PUBLIC:
        return ()
    if revisit.visibility in {Visibility.WITHDRAWN, original.visibility}:
        return ()
    if _released_since(folder, original, revisit):
        return ()
    buried = original.withdrawn
    wish = Wish(
        act=Act.WITHDRAW if buried else Act.PRIVATE,
        author=Author(name="", role=buried.role if buried else "archive"),
        reason=buried.reason if buried else "It shows a payload that is private",
        legal=bool(buried and buried.legal),
    )
    return (decided_about(revisit, wish, ()),)


def _released_since(folder: Folder, original: SnapshotEntry, revisit: SnapshotEntry) -> bool:
    hidden_at = original.withdrawn.at if original.withdrawn else _newest(original.assertions, Act.PRIVATE)
    back = [each for each in revisit.assertions if each.act is _BACK[original.visibility]]
    for stored in back:
        try:
            decision = stored_decision(folder, stored)
        except WarcError:  # what cannot be read lets nothing be seen
            continue
        if decision.quote_id is None and (hidden_at is None or decision.at > hidden_at):
            return True
    return False


def _newest(assertions: Iterable[StoredAssertion], act: Act) -> datetime | None:
    return max((each.at for each in assertions if each.act is act), default=None)


def originals_of(index: Index, snapshots: Sequence[Snapshot]) -> dict[str, SnapshotEntry]:
    """By id, the snapshots whose payload some revisits show. Raises SearchError."""
    names = dict.fromkeys(each.payload_of for each in snapshots if each.payload_of)
    return index.snapshots_by_id([name for name in names if name]) if names else {}


def cover(folder: Folder, index: Index, assertions: Callable[[], Writer], snapshots: Sequence[Snapshot]) -> None:
    """Makes up for what was decided about originals while these revisits of theirs came in.

    Raises StorageError, SearchError.
    """
    revisits = [each.id for each in snapshots if each.payload_of]
    if not revisits:
        return
    index.refresh()
    with one_at_a_time(folder.path / "decisions.lock"):
        rows = list(index.snapshots_by_id(revisits).values())
        originals = originals_of(index, [row.snapshot for row in rows])
        pairs = [(originals.get(row.snapshot.payload_of or ""), row) for row in rows]
        _store(folder, index, assertions, pairs)


def cover_all(folder: Folder, index: Index, assertions: Callable[[], Writer]) -> None:
    """Makes up for it in the whole archive. Raises StorageError, SearchError."""
    index.refresh()
    with one_at_a_time(folder.path / "decisions.lock"):
        pairs = [(row, revisit) for row in _hidden(index) for revisit in revisits_of(index, row)]
        _store(folder, index, assertions, pairs)


def _hidden(index: Index) -> Iterator[SnapshotEntry]:
    query, cursor = SnapshotQuery(visibility=_HIDDEN, sort="captured", limit=1000), None
    while True:
        page = index.snapshots(replace(query, cursor=cursor))
        yield from (row for row in page.entries if row.snapshot.payload_of is None)
        cursor = page.next
        if cursor is None:
            return


def _store(
    folder: Folder,
    index: Index,
    assertions: Callable[[], Writer],
    pairs: Iterable[tuple[SnapshotEntry | None, SnapshotEntry]],
) -> None:
    decided = [each for original, revisit in pairs for each in inherited(folder, original, revisit)]
    if not decided:
        return
    locators = assert_decisions(decided, assertions())
    index_assertions(folder, index, sorted({locator.warc for locator in locators}))
    index.refresh()
