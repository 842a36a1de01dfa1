"""The captures of an archive in which a page's article is not what it was in the capture before."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.history.observations import is_redirect
from archiver.index.protocol import Index
from archiver.records import ExtractionState, SnapshotEntry, SnapshotQuery

PAGE = 100
MAX_PAGES = 10
"""Pages of captures that are looked through for one answer; `next` continues behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Two captures of one page, neighbours in time, with different articles."""

    before: SnapshotEntry
    after: SnapshotEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """Edits, newest first, and where to continue."""

    edits: tuple[Edit, ...]
    next: str | None


def edits(index: Index, site: tuple[str, ...] = (), cursor: str | None = None) -> Edits:
    """The edits of an archive, newest first. Raises BadQuery for a cursor of another search."""
    found, earlier = list[Edit](), _Earlier(index)
    for _ in range(MAX_PAGES):
        page = index.snapshots(
            SnapshotQuery(
                site=site,
                state=(ExtractionState.DONE, ExtractionState.LIMITED),
                sort="-captured",
                limit=PAGE,
                cursor=cursor,
            )
        )
        cursor = page.next
        for row in page.entries:
            before = earlier.than(row)
            if before is not None and before.text_digest != row.text_digest:
                found.append(Edit(before=before, after=row))
        if found or cursor is None:
            break
    return Edits(edits=tuple(found), next=cursor)


class _Earlier:
    """The capture before one; the captures of a page are looked up once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, tuple[SnapshotEntry, ...]] = {}

    def than(self, row: SnapshotEntry) -> SnapshotEntry | None:
        url = row.snapshot.url
        if url not in self._known:
            self._known[url] = readable(self._index.captures(url))
        older = [each for each in self._known[url] if each.snapshot.captured_at < row.snapshot.captured_at]
        return older[-1] if older and row.text_digest is not None else None


def readable(captures: tuple[SnapshotEntry, ...]) -> tuple[SnapshotEntry, ...]:
    """The captures that have an article, oldest first."""
    return tuple(row for row in captures if row.text_digest is not None and not is_redirect(row))
