"""What a process and its descendants use, as Linux reports it: CPU time and memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int | None = None) -> float:
    """The CPU time so far of a process (this one), its descendants, and those of them that have ended."""
    return sum(_seconds(each) for each in family(pid or os.getpid()))


def memory(pid: int) -> int:
    """Bytes that a process and its descendants hold; what several of them share counts once (PSS)."""
    return sum(_pss(each) for each in family(pid))


def family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from family(int(child))


def _seconds(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return sum(int(value) for value in fields[11:15]) / _TICK  # utime, stime, and those of ended children
    return 0.0


def _pss(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0
