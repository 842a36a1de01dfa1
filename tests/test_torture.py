"""A part of the fault harness in every test run, each kind of fault at least once; `make torture` is all of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.torture import faults
from tests.torture.scenarios import NAMES

KINDS = "8"
"""Of how many kinds of fault one is tried in a scenario; all scenarios together try every kind."""


def test_kills_and_failing_disks_lose_double_and_break_nothing() -> None:
    """All scenarios in one run of one program, which takes longer to start than to try a fault."""
    if reason := faults.available():
        if os.environ.get("ONRECORD_TEST_FAULTS") == "required":
            pytest.fail(f"there can be no faults: {reason}")
        pytest.skip(f"there can be no faults: {reason}")
    few = ["--every", "250", "--kinds", KINDS, "--rounds", "4"]
    done = subprocess.run([sys.executable, "-m", "tests.torture", *few], capture_output=True, text=True, timeout=540)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 failed" in done.stdout
    for scenario in (*NAMES, "four writers"):
        points = re.findall(rf"^{scenario}, .*: (\d+) points$", done.stdout, re.MULTILINE)
        assert sum(map(int, points)) > 0, f"{scenario}: no point tried\n{done.stdout}"
