"""What people decide about quotes and snapshots: review, withdraw, restore, release, erase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from archiver.archive.reading import decidable, existing
from archiver.archive.resources import Resources
from archiver.archive.values import Note, Progress
from archiver.ingest import decide, erase
from archiver.ingest.covered import covered
from archiver.ingest.decide import Author, Wish
from archiver.ingest.erase import Erased
from archiver.records import Act, Decision, Entry, Quote, SnapshotEntry
from archiver.replay.own import requisites_of
from archiver.viewer import Viewer
from archiver.warcs.files import Folder, one_at_a_time


@dataclass(frozen=True, slots=True)
class Deciding:
    """Decisions of people, stored and read; `note` writes the audit log."""

    resources: Resources
    note: Note

    def decide(
        self,
        wish: Wish,
        target: str,
        viewer: Viewer,
        *,
        check: Callable[[Entry | SnapshotEntry], None] | None = None,
    ) -> Decision:
        """See Archive.decide."""
        with _alone(self.resources.folder):
            found = decidable(self.resources.index, target)
            viewer.check_known(self._row_of(found), target)
            if check is not None:
                check(found)
            decided = decide.decide(self.resources.decide, self._row_of(found), decide.about(wish, found))
            self.note(wish.act, target)
            return decided

    def erase(self, snapshot_id: str, *, author: Author, reason: str, progress: Progress) -> Erased:
        """See Archive.erase."""
        wish = Wish(act=Act.ERASE, author=author, reason=reason, legal=True)
        with _alone(self.resources.folder):
            row = existing(self.resources.index, snapshot_id)
            rows = [row, *covered(self.resources.index, row, Act.ERASE)]
            beside = requisites_of(self.resources.folder, self.resources.index, rows)
            erased = erase.erase(self.resources.decide, _once([*rows, *beside.own]), wish, progress=progress)
            self.note(Act.ERASE, snapshot_id)
            return replace(erased, shared=beside.shared)

    def decisions(self, target: str, viewer: Viewer) -> tuple[Decision, ...]:
        """See Archive.decisions."""
        row = self._row_of(decidable(self.resources.index, target))
        viewer.check_known(row, target)
        return decide.decisions_of(self.resources.folder, row, target)

    def read_by_program(self, entry: Entry) -> Quote:
        """See Archive.read_by_program."""
        return decide.by_program(self.resources.folder, self._row_of(entry), entry.quote.id or "")

    def _row_of(self, found: Entry | SnapshotEntry) -> SnapshotEntry:
        return found if isinstance(found, SnapshotEntry) else existing(self.resources.index, found.snapshot_id)


def _once(rows: Sequence[SnapshotEntry]) -> list[SnapshotEntry]:
    return list({row.snapshot.id: row for row in rows}.values())


def finish_erasing(folder: Folder) -> None:
    """An erasure that an earlier run began is finished, or forgotten where it was not decided yet."""
    with _alone(folder):
        erase.recover(folder)


def _alone(folder: Folder) -> AbstractContextManager[None]:
    """Nobody else decides anything about this archive meanwhile."""
    return one_at_a_time(folder.path / "decisions.lock")
