"""Looks at files again, a stretch at a time, so that health can say at any moment which are known to be damaged."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass

from archiver.errors import WarcError
from archiver.warcs.files import Folder
from archiver.warcs.manifest import Line

BUDGET = 128 << 20
"""Bytes read in one go."""

FRESH = 600.0
"""Seconds for which a digest that was right is believed, unless the file's size or time changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubbed:
    """What is known of the closed files: the damaged ones with what is wrong, how many were looked at, of how many."""

    damaged: tuple[tuple[str, str], ...]
    checked: int
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    stamp: Hashable
    digest: str
    problem: str | None
    at: float


class Scrubber:
    """Remembers what became of each file. Thread-safe."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}

    def look(self, budget: int = BUDGET) -> Scrubbed:
        """Reads what is due, as much as the budget allows, and says what is known now."""
        lines = self._folder.manifest.files()
        with self._lock:
            due = sorted((name for name in lines if self._due(name, lines[name])), key=self._age)
            for name in due:
                if budget <= 0:
                    break
                budget -= self._read(name, lines[name])
            known = {name: found for name, found in self._known.items() if name in lines}
            self._known = known
        damaged = tuple((name, found.problem) for name, found in sorted(known.items()) if found.problem)
        return Scrubbed(damaged=damaged, checked=len(known), files=len(lines))

    def _age(self, name: str) -> float:
        return self._known[name].at if name in self._known else 0.0

    def _due(self, name: str, line: Line) -> bool:
        known = self._known.get(name)
        if known is None or known.digest != line.digest or known.problem:
            return True
        return known.stamp != self._folder.storage.stamp(name) or time.monotonic() - known.at > FRESH

    def _read(self, name: str, line: Line) -> int:
        stamp, size, problem = self._folder.storage.stamp(name), 1, None
        try:
            size, digest = self._folder.digest(name)
            problem = None if digest == line.digest else "it is not what the manifest says"
        except WarcError as error:
            problem = error.what
        self._known[name] = _Known(stamp=stamp, digest=line.digest, problem=problem, at=time.monotonic())
        return size
