"""Where tests write: into memory where there is room, since an archive waits for the disk at every write."""

from __future__ import annotations

import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # a file system in memory, on Linux
ROOM = 4 * 2**30  # bytes free there, so that no test fills it


def memory() -> Path | None:
    """A folder in memory with room for a run of the tests; None without one."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None
