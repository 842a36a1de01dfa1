"""What the archive answers its callers with: what became of a URL or file, of a rebuild; a page; a part's health."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.errors import OnRecordError
from archiver.records import Extraction, Reason, Snapshot

if TYPE_CHECKING:
    from archiver.ingest.scan import ScanReport
    from archiver.ingest.store import Broken
    from archiver.warcs.reader import Damage

Progress = Callable[[int], None]
Note = Callable[[str, str], None]
"""Writes what was done, and to what, into the audit log."""


def silent(_count: int) -> None:
    """Progress that is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A snapshot and what was read from it; `fresh` where an earlier capture was young enough."""

    snapshot: Snapshot
    extraction: Extraction | None
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one URL or file: what is kept, whether it is indexed, and the problem if there was one."""

    kept: tuple[Kept, ...] = ()
    problem: OnRecordError | None = None
    indexed: bool = True
    already: bool = False
    report: ScanReport | None = None
    file_digest: str | None = None

    @property
    def damage(self) -> tuple[Damage, ...]:
        """The parts of a file that could not be read."""
        return tuple(self.report.damage) if self.report else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many snapshots and quotes were indexed, and which assertions could not be read."""

    snapshots: int
    quotes: int
    broken: tuple[Broken, ...] = ()
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedPage:
    """A page as it was answered: status, fields as sent, and the payload with transfer and content codings undone."""

    status: int | None
    headers: tuple[tuple[str, str], ...]
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the archive, whether it works, and details."""

    name: str
    ok: bool
    detail: str


def kept(stored: Iterable[tuple[Snapshot, Extraction]]) -> tuple[Kept, ...]:
    """Snapshots with what was read from them."""
    return tuple(Kept(snapshot=snapshot, extraction=extraction) for snapshot, extraction in stored)


def counted(read: Sequence[Extraction], broken: tuple[Broken, ...] = ()) -> Rebuilt:
    """How many snapshots and quotes some extractions are."""
    quotes = sum(quote.counts for extraction in read for quote in extraction.quotes)
    failed = sum(extraction.reason is Reason.ERROR for extraction in read)
    return Rebuilt(snapshots=len(read), quotes=quotes, broken=broken, failed=failed)
