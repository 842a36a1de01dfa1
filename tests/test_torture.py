"""A part of the fault harness in every test run, each kind of fault at least once; `make torture` is all of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.torture import faults
from tests.torture.scenarios import NAMES

KINDS = "8"
"""Of how many kinds of fault one is tried in a scenario; all scenarios together try every kind."""


@pytest.mark.parametrize("scenario", [*NAMES, "random"])
def test_kills_and_failing_disks_lose_double_and_break_nothing(scenario: str) -> None:
    if reason := faults.available():
        if os.environ.get("ONRECORD_TEST_FAULTS") == "required":
            pytest.fail(f"there can be no faults: {reason}")
        pytest.skip(f"there can be no faults: {reason}")
    command = [
        sys.executable,
        "-m",
        "tests.torture",
        "--every",
        "250",
        "--kinds",
        KINDS,
        "--rounds",
        "4",
        "--scenario",
        scenario,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=540)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 failed" in done.stdout
    assert " 0 points tried" not in done.stdout
