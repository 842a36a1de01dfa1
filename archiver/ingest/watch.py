"""A folder that a crawler writes WARC files into: which of them are finished, so that each may be added once.

Nothing shows that a crawler is done with a file but that it stops changing, so a file is finished once its size and
time have stayed the same for a while, its name does not say that it is being written, and nobody holds a lock on it.
What was added is known by its digest: whoever watches again begins again and adds nothing twice.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz", ".wacz")
SETTLE = 10.0
"""Seconds for which a file must have stayed the same."""

_State = tuple[int, int]


class Watch:
    """The finished files in a folder and in its folders. `clock` replaces the monotonic one."""

    def __init__(self, folder: Path, *, settle: float = SETTLE, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._settle = settle
        self._clock = clock
        self._seen: dict[Path, tuple[_State, float]] = {}
        self._given: dict[Path, _State] = {}

    def finished(self) -> Iterator[Path]:
        """The files that are finished now and were not given yet, or have changed since; oldest first."""
        found = sorted((state, path) for path in self._folder.rglob("*") if (state := _state(path)) is not None)
        for state, path in sorted(found, key=lambda pair: (pair[0][1], pair[1])):
            known, since = self._seen.get(path, (None, 0.0))
            if known != state:
                self._seen[path] = (state, self._clock())
                since = self._clock()
            settled = self._clock() - since >= self._settle
            if settled and self._given.get(path) != state and not _is_locked(path):
                self._given[path] = state
                yield path


def _state(path: Path) -> _State | None:
    """Size and time of a file that may be a finished one."""
    name = path.name
    if name.startswith(".") or not name.lower().endswith(ENDINGS):
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if path.is_file() and status.st_size else None


def _is_locked(path: Path) -> bool:
    """Whether another process holds a lock on the file, as warcprox and this program do while they write."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
