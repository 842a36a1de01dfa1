"""Who looks at an archive, and what is shown to them: nothing withdrawn, the private to those with a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from archiver.errors import KeyRequired, NotFound, Withdrawn, WithdrawnByLaw
from archiver.records import (
    Act,
    Bucket,
    DateOf,
    Entry,
    Histogram,
    Interval,
    Page,
    Query,
    Searched,
    SnapshotEntry,
    SnapshotQuery,
    Tombstone,
    Visibility,
)

if TYPE_CHECKING:
    from archiver.index import Index

CONTEXT = 300
"""Characters around a quote that those see who may not read the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """What somebody may see: which things at all, and of these whether `whole`: saved pages, texts and records too."""

    visibility: tuple[Visibility, ...] = (Visibility.PUBLIC,)
    whole: bool = True

    def check_row(self, row: SnapshotEntry) -> SnapshotEntry:
        """The row. Raises Withdrawn, or NotFound for what this viewer may not know of."""
        self.check_known(row, row.snapshot.id)
        if row.withdrawn is not None:
            raise withdrawn(row.withdrawn, row.snapshot.id)
        return row

    def check_known(self, row: SnapshotEntry, where: str) -> None:
        """Raises NotFound where this viewer may not even know that there is something: a tombstone tells it too."""
        if not self.knows(row):
            raise NotFound(f"there is no such {'quote' if where.startswith('q') else 'snapshot'}", where=where)

    def knows(self, row: SnapshotEntry) -> bool:
        """Whether this viewer may know of a snapshot, withdrawn or not."""
        return Visibility.PRIVATE in self.visibility or not is_private(row)

    def check_entry(self, entry: Entry) -> Entry:
        """The quote as this viewer may read it. Raises Withdrawn, or NotFound for what they may not know of."""
        if entry.visibility is Visibility.PRIVATE and Visibility.PRIVATE not in self.visibility:
            raise NotFound("there is no such quote", where=entry.quote.id)
        if entry.quote.withdrawn is not None:
            raise withdrawn(entry.quote.withdrawn, entry.quote.id or "")
        return self.shown(entry)

    def check_whole(self) -> None:
        """Raises KeyRequired where this viewer may read quotes, and no pages, texts and records."""
        if not self.whole:
            raise KeyRequired(
                "saved pages, texts and records are for those with a key of this archive",
                remedy="Quotes and their verification are open to all",
            )

    def sees(self, visibility: Visibility) -> bool:
        """Whether lists show it to this viewer."""
        return visibility in self.visibility

    def shown(self, entry: Entry) -> Entry:
        """The quote, with no more of the article around it than this viewer may read."""
        if self.whole:
            return entry
        half = CONTEXT // 2
        quote = replace(entry.quote, before=entry.quote.before[-half:], after=entry.quote.after[:half])
        return replace(entry, quote=quote)


OPERATOR = Viewer(visibility=(Visibility.PUBLIC, Visibility.PRIVATE))
"""Who has the archive's folder sees all that is not withdrawn."""


def is_private(row: SnapshotEntry) -> bool:
    """Whether a snapshot is private, or was so when it was withdrawn."""
    decided = (each for each in row.assertions if each.act in {Act.PRIVATE, Act.RELEASE})
    last = max(decided, key=lambda each: (each.at, each.id), default=None)
    return row.snapshot.private if last is None else last.act is Act.PRIVATE


def withdrawn(tombstone: Tombstone, where: str) -> Withdrawn:
    """The error that says when, why and by which role something was withdrawn."""
    kind = WithdrawnByLaw if tombstone.legal else Withdrawn
    return kind(tombstone.at, reason=tombstone.reason, role=tombstone.role, erased=tombstone.erased, where=where)


class SeenIndex:
    """An index as a viewer sees it: what they may not see is not there. Only for reading."""

    def __init__(self, index: Index, viewer: Viewer) -> None:
        self._index = index
        self._viewer = viewer

    def __getattr__(self, name: str) -> Any:
        """What is not about single things: has, position, refresh …"""
        return getattr(self._index, name)

    def search(self, query: Query) -> Page[Entry]:
        """See Index.search."""
        page = self._index.search(replace(query, visibility=self._viewer.visibility))
        return replace(page, entries=tuple(self._viewer.shown(entry) for entry in page.entries))

    def histogram(self, query: Query, interval: Interval, by: DateOf) -> Histogram:
        """See Index.histogram."""
        return self._index.histogram(replace(query, visibility=self._viewer.visibility), interval, by)

    def snapshots(self, query: SnapshotQuery) -> Page[SnapshotEntry]:
        """See Index.snapshots."""
        return self._index.snapshots(replace(query, visibility=self._viewer.visibility))

    def snapshot(self, snapshot_id: str) -> SnapshotEntry | None:
        """See Index.snapshot."""
        return self.snapshots_by_id([snapshot_id]).get(snapshot_id)

    def snapshots_by_id(self, snapshot_ids: Iterable[str]) -> dict[str, SnapshotEntry]:
        """See Index.snapshots_by_id."""
        found = self._index.snapshots_by_id(snapshot_ids)
        return {each: row for each, row in found.items() if self._viewer.sees(row.visibility)}

    def captures(self, url: str) -> tuple[SnapshotEntry, ...]:
        """See Index.captures."""
        return tuple(row for row in self._index.captures(url) if self._viewer.sees(row.visibility))

    def quote(self, quote_id: str) -> Entry | None:
        """See Index.quote."""
        entry = self._index.quote(quote_id)
        return self._viewer.shown(entry) if entry is not None and self._viewer.sees(entry.visibility) else None

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """See Index.quotes_of."""
        entries = self._index.quotes_of(snapshot_id)
        return tuple(self._viewer.shown(entry) for entry in entries if self._viewer.sees(entry.visibility))

    def resembling(self, query: Query, limit: int) -> tuple[Entry, ...]:
        """See Index.resembling."""
        found = self._index.resembling(replace(query, visibility=self._viewer.visibility), limit)
        return tuple(self._viewer.shown(entry) for entry in found)

    def speakers_spelled(self, keys: Sequence[str], visibility: Sequence[Visibility] = ()) -> tuple[str, ...]:
        """See Index.speakers_spelled; the viewer decides what may be seen; `visibility` is ignored."""
        return self._index.speakers_spelled(keys, self._viewer.visibility)

    def speakers(self, prefix: str, limit: int, visibility: Sequence[Visibility] = ()) -> tuple[Bucket, ...]:
        """See Index.speakers; the viewer decides what may be seen; `visibility` is ignored."""
        return self._index.speakers(prefix, limit, self._viewer.visibility)

    def searched(self, visibility: Sequence[Visibility] = ()) -> Searched:
        """See Index.searched; the viewer decides what may be seen; `visibility` is ignored."""
        return self._index.searched(self._viewer.visibility)
