"""Long files: memory while many pages are added, and a kill in the middle.

    PAGES=20000 python -m tests.bench.enduring

adds made-up pages (1,000 unless set) with the program itself, `onrecord add`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from archiver.annotations import Assertion
from archiver.archive import Archive
from archiver.config import load
from archiver.ingest.store import Read, read_assertions
from archiver.warcs.files import ASSERTIONS, Folder
from tests.bench.pages import made_up_pages, write_file
from tests.bench.processes import memory
from tests.bench.table import Row, print_rows

PAGES = int(os.environ.get("PAGES", "1000"))
ONRECORD = str(Path(sys.executable).with_name("onrecord"))
_STEP = 0.2  # seconds between two looks


def enduring() -> Iterator[Row]:
    """The most memory over a file, in its first tenth and in all, and what a kill in the middle costs."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        file = home / "pages.warc.gz"
        write_file(file, made_up_pages(PAGES))
        samples = _samples(home / "archive", file)
        most, early = max(samples), max(samples[: max(len(samples) // 4, 1)])
        megabytes = most / (1 << 20)
        yield Row(what=f"memory over {PAGES:,} pages, parent and children, in MB", ratio=megabytes, goal="<= 400")
        yield Row(what="the same / in the first quarter", ratio=most / early, goal="(no goal)")
        yield from _killed(home / "killed", file, _size(home / "archive") // 2)


def _command(archive: Path, file: Path) -> list[str]:
    return [ONRECORD, "add", str(file), "--archive", str(archive)]


def _samples(archive: Path, file: Path) -> list[int]:
    process = subprocess.Popen(_command(archive, file), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = []
    while process.poll() is None:
        found.append(memory(process.pid))
        time.sleep(_STEP)
    if process.returncode:
        raise RuntimeError(f"add ended with {process.returncode}")
    return found


def _size(archive: Path) -> int:
    """Bytes of assertions."""
    return sum(path.stat().st_size for path in (archive / ASSERTIONS).glob("*"))


def _killed(archive: Path, file: Path, half: int) -> Iterator[Row]:
    """Killed when half of the pages are stored, then run again."""
    process = subprocess.Popen(_command(archive, file), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and _size(archive) < half:
        time.sleep(_STEP)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = _stored(archive)
    subprocess.run(_command(archive, file), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = _stored(archive)
    again = len(after) - len(set(after))
    with Archive(load({}, {"archive": str(archive)}), create=False) as opened:
        there = opened.searched().snapshots
    what = f"killed after {len(before):,} of {PAGES:,} pages and run again"
    yield Row(what=f"{what}: stored pages that were read again", ratio=again, goal="0")
    yield Row(what=f"{what}: pages in the index", ratio=there, goal=f"{PAGES:,}")


def _stored(path: Path) -> list[str]:
    """The snapshots of all stored extractions."""
    folder = Folder(path)
    reads = (read for warc in folder.warcs(ASSERTIONS) for read in read_assertions(folder, warc))
    return [read.snapshot.id for read in reads if isinstance(read, Read) and isinstance(read.asserted, Assertion)]


if __name__ == "__main__":
    print_rows(enduring())
