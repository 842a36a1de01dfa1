"""From a file into the archive: pages a second beside trafilatura alone, a rebuild, a verification.

    python -m tests.bench.ingesting [EVALUATION]

CPU time of this process and its children, after everything that is loaded once. `two readers` is wall time, one reader
on one core and two on two, and means something only on a machine that has nothing else to do.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import trafilatura
from warcio.archiveiterator import ArchiveIterator

from api.cli import TURN
from archiver.archive import Archive
from archiver.config import Config, load, software
from archiver.extraction import Extractor
from archiver.ingest.store import assertion_of
from archiver.records import UNDATED, Article, Entry, Extraction, ExtractionState, SnapshotEntry, WarcRecord
from archiver.sha256 import sha256_of
from archiver.warcs.files import Folder
from archiver.warcs.writer import Writer
from tests.bench.made_up import batches, config_at
from tests.bench.pages import made_up_pages, saved_pages, write_file
from tests.bench.processes import cpu_seconds
from tests.bench.table import Row, print_rows, ratio
from tests.factories import make_snapshot

ROUNDS = 3
REBUILT = 10_000  # quotes
READ = 2_000  # pages


def ingesting() -> Iterator[Row]:
    """Adding pages, rebuilding an index, reading evidence again."""
    pages = saved_pages(sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        file = home / "pages.warc.gz"
        write_file(file, pages)
        yield from _adding(home, file, pages)
        yield from _two_readers(home, file, pages)
        yield _rebuilding(home / "rebuilt")
        write_file(file, made_up_pages(READ))
        yield _verifying(home / "verified", file)


def _adding(home: Path, file: Path, pages: Sequence[bytes]) -> Iterator[Row]:
    texts = [page.decode("utf-8", "replace") for page in pages]
    ours, alone, verified = [], [], []
    with _on_cores(1), ExitStack() as stack:
        began = cpu_seconds()
        extractor = stack.enter_context(_started(_config(home / "none", 1)))
        yield Row(what="start-up of a reader, in ms of CPU", ratio=(cpu_seconds() - began) * 1000, goal="(no goal)")
        for number in range(ROUNDS):
            alone.append(_cpu(lambda: [trafilatura.bare_extraction(text, with_metadata=True) for text in texts]))
            with Archive(_config(home / f"added-{number}", 1), extractor=extractor) as archive:
                archive.searched()
                ours.append(_cpu(lambda archive=archive: archive.add(file)))  # type: ignore[misc]
                verified.append(_cpu(lambda archive=archive: list(archive.verify([]))))  # type: ignore[misc]
    what = f"add of {len(pages)} pages / trafilatura alone: pages a second on one core"
    yield Row(what=what, ratio=min(alone) / min(ours), goal=">= 0.75")
    yield Row(what="verify of the whole archive / add of its pages", ratio=min(verified) / min(ours), goal="(no goal)")


def _two_readers(home: Path, file: Path, pages: Sequence[bytes]) -> Iterator[Row]:
    """What a second reader and a second core bring; beside it what they bring where nothing is stored or indexed."""

    def adding(readers: int, extractor: Extractor) -> float:
        config = _config(Path(tempfile.mkdtemp(dir=home)), readers)
        with Archive(config, extractor=extractor) as archive:
            archive.searched()
            return _wall(lambda: archive.add(file))

    def reading(_: int, extractor: Extractor) -> float:
        return _wall(lambda: _read(extractor, pages))

    with ExitStack() as stack:
        extractors = {}
        for readers in (1, 2):
            with _on_cores(readers):
                extractors[readers] = stack.enter_context(_started(_config(home / "none", readers)))
        what = "two readers on two cores / one on one: pages a second"
        yield Row(what=what, ratio=_faster(extractors, adding), goal=">= 1.85")
        what = "two readers on two cores / one on one: the same pages read and not kept"
        yield Row(what=what, ratio=_faster(extractors, reading), goal="(no goal)")


def _faster(extractors: dict[int, Extractor], taken: Callable[[int, Extractor], float]) -> float:
    """How much less time two readers take, in turns with one."""
    times: dict[int, list[float]] = {readers: [] for readers in extractors}
    for _ in range(ROUNDS):
        for readers, extractor in extractors.items():
            with _on_cores(readers):
                times[readers].append(taken(readers, extractor))
    return min(times[1]) / min(times[2])


def _read(extractor: Extractor, pages: Sequence[bytes]) -> None:
    """Has pages read and keeps nothing of them."""
    snapshot = make_snapshot()
    for _ in extractor.extract_many((snapshot, page, "text/html; charset=utf-8") for page in pages):
        pass


def _rebuilding(path: Path) -> Row:
    """An index of made-up quotes from their assertions alone."""
    config = config_at(path)
    folder = Folder(path)
    folder.create()
    quotes = articles = 0
    writer = Writer(folder, "assertions", max_bytes=config.warc_bytes)
    for batch in batches(REBUILT):
        articles += len(batch)
        quotes += sum(len(entries) for _, entries in batch)
        writer.append([record for row, entries in batch for record in _records(row, entries)])
    writer.close()
    with _on_cores(1), Archive(config) as archive:
        taken = min(_cpu(archive.rebuild) for _ in range(ROUNDS))
        found = archive.searched().snapshots
    if found != articles:
        raise RuntimeError(f"{found} of {articles} articles are in the rebuilt index")
    return Row(what=f"rebuild of {quotes:,} quotes: quotes a second on one core", ratio=quotes / taken, goal=">= 4,000")


def _records(row: SnapshotEntry, entries: Sequence[Entry]) -> Sequence[WarcRecord]:
    text = "\n".join([row.title or "", *(entry.quote.text for entry in entries)])
    article = Article(
        url=row.snapshot.url,
        canonical_url=None,
        title=row.title,
        authors=(),
        outlet=row.outlet,
        published=row.published,
        modified=UNDATED,
        language=row.language,
        text=text,
        text_digest=sha256_of(text.encode()),
    )
    extraction = Extraction(
        snapshot_id=row.snapshot.id,
        state=ExtractionState.DONE,
        reason=None,
        article=article,
        quotes=tuple(entry.quote for entry in entries),
        extractor=software(),
        made_at=datetime.now(UTC),
    )
    return assertion_of(row.snapshot, extraction)[1]


def _verifying(path: Path, file: Path) -> Row:
    """`verify` of a file, beside warcio reading it without checking anything."""

    def unverified() -> int:
        with file.open("rb") as opened:
            return sum(len(record.raw_stream.read()) for record in ArchiveIterator(opened, no_record_parse=True))

    with Archive(_config(path, 1)) as archive:
        slower = ratio(lambda: list(archive.verify([str(file)])), unverified)
    return Row(what="verify of a file / warcio reading it unverified", ratio=1 / slower, goal=">= 0.6")


def _config(path: Path, readers: int) -> Config:
    return load({}, {"archive": str(path), "extract_processes": str(readers)})


@contextmanager
def _started(config: Config) -> Iterator[Extractor]:
    """Readers that have loaded everything, in a process that takes turns as the program does."""
    sys.setswitchinterval(TURN)
    with Extractor(config) as extractor:
        _read(extractor, [b"<html lang=en><p>Loads what is loaded on first use."] * 32)  # by each of them
        yield extractor


def _cpu(work: Callable[[], object]) -> float:
    """The CPU time that some work takes in this process and its children."""
    began = cpu_seconds()
    work()
    return cpu_seconds() - began


def _wall(work: Callable[[], object]) -> float:
    """The time on the clock that some work takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


@contextmanager
def _on_cores(count: int) -> Iterator[None]:
    """This process, and the children that it starts, on so many cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


if __name__ == "__main__":
    print_rows(ingesting())
