"""How much work a call is, counted and not timed: the same on a busy machine as on an idle one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from archiver.quotes import COMPILED

if TYPE_CHECKING:
    from _typeshed import TraceFunction

# Machine code passes no lines; `make bench` measures its time.
counted = pytest.mark.skipif(COMPILED, reason="only plain Python has lines to count: set ONRECORD_TEST_PURE=1")


def lines(work: Callable[[], object]) -> int:
    """The lines of Python that ran, those of loops as often as they ran; a search by a pattern is one."""
    count = 0

    def seen(frame: FrameType, event: str, value: object) -> TraceFunction:
        nonlocal count
        count += 1
        return seen

    before = sys.gettrace()
    sys.settrace(seen)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
