"""Programs of node that check descriptions and pages, installed once for this checkout as their lock file says."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "node"
CACHE = FOLDER.parent.parent / ".cache"
REQUIRED = "ONRECORD_TEST_NODE"


@pytest.fixture(scope="session")
def node_tools() -> Path:
    """The folder they are in; skips if there is no node, unless ONRECORD_TEST_NODE=required."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        _missing("there is no node with npm")
    return installed()


def installed() -> Path:
    """Installs them where they are not, once for all processes; the folder."""
    lock = (FOLDER / "package-lock.json").read_bytes()
    folder = CACHE / f"node-{hashlib.sha256(lock).hexdigest()[:12]}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "node.lock").open("w") as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_EX)  # one of the test processes installs, the others wait
        if not (folder / "done").exists():
            _install(folder)
    return folder


def _install(folder: Path) -> None:
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        _missing(f"npm could not install: {done.stderr.strip()[:200]}")
    (folder / "done").touch()


def ran(folder: Path, *command: str) -> str:
    """What a program of the folder wrote; the test fails with it where the program found fault."""
    environment = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _missing(reason: str) -> None:
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


if __name__ == "__main__":  # while the tests that come first run, so that no later one waits
    if shutil.which("npm") is not None:
        installed()
