"""A figure of the bench, and how two ways of doing a thing are compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure: what is measured, the ratio, and what it should be."""

    what: str
    ratio: float
    goal: str

    @property
    def line(self) -> str:
        """The figure and its goal."""
        return f"{self.ratio:9,.3f}  {self.goal}" if self.ratio < 100 else f"{self.ratio:9,.0f}  {self.goal}"


def ratio(one: Callable[[], object], other: Callable[[], object]) -> float:
    """The fastest of one over the fastest of the other, taken in turns."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for place, work in enumerate((one, other)):
            began = time.process_time()
            work()
            best[place] = min(best[place], time.process_time() - began)
    return best[0] / best[1]


def print_rows(rows: Iterable[Row]) -> None:
    """Prints a table."""
    listed = list(rows)
    width = max(len(row.what) for row in listed)
    for row in listed:
        print(f"{row.what:<{width}}  {row.line}", flush=True)
