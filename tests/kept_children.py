"""Readers of pages that live on from test to test: a real one, started once for each way of starting it.

Each takes a second of a processor to start, in hundreds of tests. What a test is about starting and ending them, it
gets none of these (`test_extraction.py`).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections import defaultdict
from collections.abc import Iterator

import pytest

from archiver.extraction.children import Child

STARTING_THEM = frozenset({"test_extraction.py"})

Way = tuple[float, int, str | None]
"""Seconds, bytes, and where the child looks for modules."""

_KEPT: dict[Way, list[tuple[socket.socket, subprocess.Popen[bytes]]]] = defaultdict(list)


class _Lasting(Child):
    """A child that is kept when it is closed, unless it is being asked something."""

    asked = False

    def ask(self, request: bytes, page: bytes, *, seconds: float) -> tuple[bytes, bytes]:
        self.asked = True
        answer = super().ask(request, page, seconds=seconds)
        self.asked = False
        return answer

    def _line(self) -> socket.socket:
        """Hands out a child that was kept, and starts one only if there is none."""
        if self._process is None and (kept := _KEPT[self._way()]):
            self._socket, self._process = kept.pop()
        return super()._line()

    def close(self) -> None:
        if self._socket is None or self._process is None or self._process.poll() is not None or self.asked:
            super().close()
            return
        _KEPT[self._way()].append((self._socket, self._process))
        self._socket = self._process = None

    def _way(self) -> Way:
        return self._seconds, self._memory, os.environ.get("PYTHONPATH")


@pytest.fixture(autouse=True)
def children_last(request: pytest.FixtureRequest, children_of_the_run: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Extractors of this process take a child that is there, but in tests of starting and ending them."""
    if request.path.name not in STARTING_THEM:
        monkeypatch.setattr("archiver.extraction.Child", _Lasting)


@pytest.fixture(scope="session")
def children_of_the_run() -> Iterator[None]:
    """Ends at the end of the run what was kept."""
    yield
    for kept in _KEPT.values():
        for line, process in kept:
            line.close()
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
