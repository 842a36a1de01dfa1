"""What the archive answers its callers with: what became of a URL or file, of a rebuild; a page; a part's health."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archiver.errors import OnRecordError
from archiver.records import Extraction, Snapshot

if TYPE_CHECKING:
    from archiver.ingest.scan import ScanReport
    from archiver.ingest.store import BrokenAssertion
    from archiver.warcs.reader import Damage

Progress = Callable[[int], None]
Hear = Callable[[Snapshot, Extraction], None]
"""Hears of each snapshot with all that was read from it, once it is stored and indexed."""
Note = Callable[[str, str], None]
"""Writes what was done, and to what, into the audit log."""


def unheard(_snapshot: Snapshot, _extraction: Extraction) -> None:
    """What was read, where nobody wants it."""


def silent(_count: int) -> None:
    """Progress that is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A snapshot and what was read from it; `fresh` where an earlier capture was young enough.

    `quotes` are counted ones, `named` those of them whose speaker is named. Of the many snapshots of a file the
    `extraction` has neither article nor quotes.
    """

    snapshot: Snapshot
    extraction: Extraction | None
    fresh: bool = False
    quotes: int = 0
    named: int = 0


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
    broken: tuple[BrokenAssertion, ...] = ()
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


def kept(snapshot: Snapshot, extraction: Extraction) -> Kept:
    """A snapshot with what was read from it."""
    listed = [quote for quote in extraction.quotes if quote.counts]
    named = sum(quote.speaker.name is not None for quote in listed)
    return Kept(snapshot=snapshot, extraction=extraction, quotes=len(listed), named=named)


def kept_of_file(snapshot: Snapshot, extraction: Extraction) -> Kept:
    """The same of one of many snapshots: without the words."""
    whole = kept(snapshot, extraction)
    return replace(whole, extraction=replace(extraction, article=None, quotes=()))


def counted(read: Iterable[Extraction], broken: tuple[BrokenAssertion, ...] = ()) -> Rebuilt:
    """Extractions in figures; each is let go once it is counted."""
    snapshots = quotes = failed = 0
    for extraction in read:
        snapshots += 1
        quotes += sum(quote.counts for quote in extraction.quotes)
        failed += extraction.is_fault
    return Rebuilt(snapshots=snapshots, quotes=quotes, broken=broken, failed=failed)
