"""What is stored and not yet in the index: a look at sizes and positions, which reads no record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from archiver.index.protocol import Index
from archiver.records import Added
from archiver.warcs.files import ADDED, ASSERTIONS, CAPTURES, Folder
from archiver.warcs.manifest import Line


def is_behind(folder: Folder, index: Index) -> bool:
    """Whether assertions may be missing in the index, or closed files have snapshots that nobody looked at."""
    return any(_is_behind(folder, index, warc) for warc in folder.warcs(ASSERTIONS)) or any(unread_files(folder, index))


def _is_behind(folder: Folder, index: Index, warc: str) -> bool:
    with folder.opened(warc) as file:
        return index.position(warc) < file.size


def unread_files(folder: Folder, index: Index) -> Iterator[tuple[str, Added | None]]:
    """The closed files whose snapshots have not all been looked at yet, with who imported them.

    A file that is still written belongs to a process that looks after it.
    """
    lines = folder.manifest.files()
    for warc in (*folder.warcs(CAPTURES, closed=True), *folder.added()):
        line = lines.get(warc)
        if line is None or index.position(warc) >= max(line.size, 1):
            continue
        yield warc, _added(line)


def _added(line: Line) -> Added | None:
    if not line.file.startswith(f"{ADDED}/"):
        return None
    added = Added(at=datetime.fromisoformat(line.at), by=line.by or "unknown", file_digest=line.digest)
    return added.without_account()
