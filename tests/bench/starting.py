"""What starting the program costs, beside Python with two of its modules; CPU time of whole processes."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.table import ROUNDS, Row

ONRECORD = str(Path(sys.executable).with_name("onrecord"))


def starting() -> Iterator[Row]:
    """`--help` and a search of an empty archive, and the quotes of many files in one call."""
    bare = _seconds([sys.executable, "-c", "import click, sqlite3"])
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "archive")
        Path(archive).mkdir()
        text = Path(folder) / "one.txt"
        text.write_text("“We will pay for the ferry,” Ada Marlow said on Monday.", encoding="utf-8")
        yield Row(
            what="onrecord --help / import click, sqlite3", ratio=_seconds([ONRECORD, "--help"]) / bare, goal="≤ 3"
        )
        search = [ONRECORD, "search", "zeppelin", "--archive", archive]
        yield Row(what="onrecord search / import click, sqlite3", ratio=_seconds(search) / bare, goal="≤ 5")
        one = _seconds([ONRECORD, "quotes", "--text", str(text)])
        many = _seconds([ONRECORD, "quotes", "--text", *[str(text)] * 20])
        yield Row(what="onrecord quotes, 20 files / one", ratio=many / one, goal="≤ 1.3")


def _seconds(command: list[str]) -> float:
    """The least CPU time of a command, its children's included, over some rounds."""
    return min(_once(command) for _ in range(ROUNDS))


def _once(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
