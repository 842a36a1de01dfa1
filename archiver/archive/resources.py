"""What an open archive holds open: index, extractor, WARC writers, capturer. Each is made at first use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeVar, cast

from archiver.config import Config
from archiver.records import Extraction, Snapshot
from archiver.warcs.files import Folder

if TYPE_CHECKING:
    from archiver.capture import Capturer
    from archiver.evidence.digest import Seal
    from archiver.extraction import Extractor
    from archiver.index import Index
    from archiver.ingest.decide import DecideContext
    from archiver.ingest.extract import IngestContext
    from archiver.ingest.reading import ToRead
    from archiver.verification.scrub import Scrubber
    from archiver.warcs.writer import Writer

Made = TypeVar("Made")


class Resources:
    """What is made once for an archive and closed with it. Thread-safe. An `extractor` that is given stays open."""

    def __init__(self, config: Config, folder: Folder, extractor: Extractor | None = None) -> None:
        self.config = config
        self.folder = folder
        self._lock = threading.RLock()
        self._open = ExitStack()
        self._made: dict[str, Any] = {} if extractor is None else {"extractor": extractor}

    @property
    def index(self) -> Index:
        """The index that the settings name, opened at first use."""
        from archiver.index import open_index

        return self._once("index", lambda: open_index(self.config))

    @property
    def extractor(self) -> Extractor:
        """The children that read pages, started at the first page."""
        from archiver.extraction import Extractor

        return self._once("extractor", lambda: Extractor(self.config))

    @property
    def captures(self) -> Writer:
        """Writes what is captured."""
        return self._once("captures", lambda: self._writer("captures"))

    @property
    def assertions(self) -> Writer:
        """Writes what programs and people say about captures."""
        return self._once("assertions", lambda: self._writer("assertions"))

    def _writer(self, room: str) -> Writer:
        from archiver.warcs.writer import Writer

        return Writer(self.folder, room, max_bytes=self.config.warc_bytes)

    @property
    def capturer(self) -> Capturer:
        """Fetches pages and writes them."""
        from archiver.capture import Capturer
        from archiver.fetch.engine import HttpEngine

        return self._once("capturer", lambda: Capturer(self.config, self.captures, HttpEngine(self.config)))

    @property
    def scrubber(self) -> Scrubber:
        """Checks closed files, a few at a time."""
        from archiver.verification.scrub import Scrubber

        return self._once("scrubber", lambda: Scrubber(self.folder))

    @property
    def seals(self) -> dict[tuple[str, str], Seal]:
        """The seals of packages that were made, so that a package that is requested again is the same file."""
        return self._once("seals", dict[tuple[str, str], "Seal"])

    @property
    def ingest(self) -> IngestContext:
        """What the steps from a file to the index need."""
        from archiver.ingest.extract import IngestContext
        from archiver.ingest.reading import PageReader

        pages = PageReader(folder=self.folder, read=self._read)
        return IngestContext(folder=self.folder, index=self.index, assertions=lambda: self.assertions, pages=pages)

    def _read(self, pages: Iterable[ToRead]) -> Iterator[tuple[Snapshot, Extraction]]:
        return self.extractor.extract_many(pages)

    @property
    def decide(self) -> DecideContext:
        """What storing a decision needs."""
        from archiver.ingest.decide import DecideContext

        return DecideContext(folder=self.folder, index=self.index, assertions=lambda: self.assertions)

    def _once(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` makes, made by the first thread that needs it; closed with the archive."""
        with self._lock:
            if name not in self._made:
                self._made[name] = made = make()
                if hasattr(made, "close"):
                    self._open.callback(_close, made)
            return cast("Made", self._made[name])

    def close(self) -> None:
        """Closes what was opened, the last first: WARC files, children, connections. One failure stops no other."""
        with self._lock:
            opened, self._open = self._open, ExitStack()
            self._made.clear()
        opened.close()


def _close(made: Any) -> None:
    made.close()
