"""Captures URLs into an archive, one after the other, and says what became of each and how much memory it took.

    python -m tests.hostile.capturing URL...        settings from the environment

A line of JSON for each URL: `url`, `problem` (the error's name or null), `statuses`, `truncated` (of each snapshot).
The last line is `{"peak": bytes}`, the most memory that this process ever held.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from archiver.archive import Archive
from archiver.config import load


def main(urls: list[str]) -> None:
    with Archive(load(os.environ)) as archive:
        for url in urls:
            outcome = archive.capture(url)
            snapshots = [kept.snapshot for kept in outcome.kept]
            _say(
                url=url,
                problem=type(outcome.problem).__name__ if outcome.problem else None,
                statuses=[snapshot.status for snapshot in snapshots],
                truncated=[snapshot.truncated for snapshot in snapshots],
            )
    _say(peak=peak())


def peak() -> int:
    """Bytes; the kernel's own high-water mark, which unlike ru_maxrss knows nothing of who started us."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))


def _say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
