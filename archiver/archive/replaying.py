"""A saved page shown again: the words of a quote marked, images and fonts out of the archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archiver.archive.reading import Reading
from archiver.archive.values import ReplayedPage
from archiver.records import Quote, Snapshot, SnapshotEntry
from archiver.replay import saved
from archiver.replay.documents import ShownPage
from archiver.replay.holdings import is_requisite, nearest
from archiver.warcs.files import Folder


@dataclass(frozen=True, slots=True)
class Replaying:
    """Saved pages as a viewer sees them."""

    folder: Folder
    reading: Reading

    def shown_page(
        self,
        quote: Quote,
        row: SnapshotEntry,
        *,
        requisite: Callable[[str], str],
        memento: Callable[[Snapshot], str],
        plain: bool = False,
    ) -> ShownPage:
        """The saved page of a quote for a frame of its own, the words marked. Raises WarcError, SearchError."""
        row = self.reading.whole(row.snapshot.id)
        return saved.shown_page(
            self.folder, self.reading.index, row, quote, requisite=requisite, memento=memento, plain=plain
        )

    def requisite(self, snapshot_id: str, url: str) -> ReplayedPage | None:
        """An image or font as it was answered nearest to a snapshot; None if there is none. Raises NotFound."""
        snapshot = self.reading.whole(snapshot_id).snapshot
        found = nearest(self.reading.index, snapshot, [url]).get(url)
        return self.reading.page(found.id) if found is not None and is_requisite(found) else None

    def captured_by(self, snapshot: Snapshot) -> str | None:
        """The program that wrote the file of a snapshot, as stated in that file."""
        return saved.captured_by(self.folder, snapshot)
