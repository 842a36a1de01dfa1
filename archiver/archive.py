"""The one noun: opens an archive's folder and has one method per verb, each a call into a room.

The order of work (nothing acknowledged is lost): capture appended and fsynced → kept → extracted → assertion appended and
fsynced → indexed. Whatever stops half-way is taken up by `catch_up`.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from archiver import imports, rebuild, verification
from archiver.capture import Capturer
from archiver.config import Config
from archiver.errors import NotFound, OnRecordError, SearchError
from archiver.extraction import Extractor
from archiver.index import Index, open_index
from archiver.records import (
    Bucket,
    Entry,
    Extraction,
    Page,
    Query,
    Snapshot,
    SnapshotEntry,
    SnapshotQuery,
)
from archiver.verification import Finding
from archiver.warcs.files import Folder
from archiver.warcs.reader import Damage
from archiver.warcs.writer import Writer

Progress = Callable[[int], None]


def _silent(_count: int) -> None:
    """Progress that nobody looks at."""


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
    passed_over: dict[str, int] | None = None
    damage: tuple[Damage, ...] = ()
    file_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How much was taken in."""

    snapshots: int
    quotes: int


class Archive:
    """An open archive. Thread-safe; any number of processes may have the same folder open.

    Opening it recovers what a killed process left behind. With `create`, a missing folder is made; without, NotFound
    says how to make one. Raises StorageUnwritable where the folder cannot be written.
    """

    def __init__(self, config: Config, *, create: bool = True) -> None:
        self.config = config
        self.folder = Folder(config.archive)
        if not create and not self.folder.path.is_dir():
            raise NotFound(
                "there is no archive here",
                where=str(config.archive),
                remedy="Make one with: onrecord capture URL, or name yours with --archive",
            )
        self.folder.create()
        self.recovered = self.folder.recover()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def index(self) -> Index:
        """The index that the settings name, opened at the first question."""
        return open_index(self.config)

    @cached_property
    def extractor(self) -> Extractor:
        """The children that read pages, started at the first page."""
        return Extractor(self.config)

    @cached_property
    def _captures(self) -> Writer:
        return Writer(self.config.archive, "captures", max_bytes=self.config.warc_bytes)

    @cached_property
    def _assertions(self) -> Writer:
        return Writer(self.config.archive, "assertions", max_bytes=self.config.warc_bytes)

    @cached_property
    def _capturer(self) -> Capturer:
        return Capturer(self.config, self._captures)

    def close(self) -> None:
        """Closes what was opened: WARC files, children, connections."""
        for name in ("_capturer", "extractor", "_captures", "_assertions", "index"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    # Writing

    def capture(self, url: str, *, max_age: timedelta | None = None) -> Outcome:
        """Fetches a page and keeps it; with `max_age`, gives the newest capture that is no older instead.

        What could not be fetched is the outcome's `problem`; StorageError is raised, for then nothing can be kept.
        """
        if max_age is not None and (fresh := self._fresh(url, max_age)):
            return fresh
        captured = self._capturer.capture(url)
        return self._read_and_index(captured.snapshots, problem=captured.problem)

    def _fresh(self, url: str, max_age: timedelta) -> Outcome | None:
        """The newest capture of exactly this URL, with the hop it led to, unless it is too old."""
        since = datetime.now(UTC) - max_age
        rows = [
            row
            for row in self.index.captures(url)
            if row.snapshot.requested_url == url and row.snapshot.captured_at >= since
        ]
        if not rows or not self.folder:
            return None
        return Outcome(kept=(Kept(snapshot=rows[-1].snapshot, extraction=None, fresh=True),), already=True)
