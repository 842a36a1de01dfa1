"""One run of a scenario in a process of its own, with a fault at the n-th call of one kind."""

from __future__ import annotations

import mmap
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Scenario = Callable[[Path, Callable[[str], None]], None]
"""Works on the archive in a folder, and calls the function with each thing that is acknowledged."""

KILLED_AT = (
    *("write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate"),
    *("rename", "unlink", "rmdir", "link", "mkdir", "fchmod", "chmod"),
    *("flock", "connect", "sendto"),
)
"""Calls at which the process is killed."""

FAILING = ("write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "link", "mkdir")
"""Calls that fail with an error."""

ATTACH_SECONDS = 10.0
RUN_SECONDS = 60.0
MAX_REPORT = 1 << 16
THROUGH, FAULTY, BROKEN = 0, 8, 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The `number`-th call of `call` kills the process, or fails with `error` where that is given."""

    call: str
    number: int
    error: str | None = None

    def __str__(self) -> str:
        return f"{self.error or 'SIGKILL'} at {self.call} {self.number}"

    @property
    def injection(self) -> str:
        """As strace wants it."""
        effect = f"error={self.error}" if self.error else "signal=KILL"
        return f"inject={self.call}:{effect}:when={self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a run ended: what was acknowledged, whether the fault happened, and the exit code (negative: a signal)."""

    acknowledged: tuple[str, ...]
    happened: bool
    code: int
    said: str


def available() -> str | None:
    """Why there can be no faults here, or None."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    probe = subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], capture_output=True, text=True)
    return None if probe.returncode == 0 else f"strace may not trace here ({probe.stderr.strip()[:100]})"


def run(scenario: Scenario, folder: Path, fault: Fault | None, log: Path) -> Run:
    """Runs a scenario in a fork of this process, which must have no threads and no archive open."""
    start_read, start_write = os.pipe()
    told = mmap.mmap(-1, MAX_REPORT)  # shared, and written without a call that could be made to fail
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        os.close(start_write)
        os._exit(_in_child(scenario, folder, start_read, told, log))
    os.close(start_read)
    tracer = _attached(child, fault, log) if fault else None
    os.write(start_write, b"x")
    os.close(start_write)
    code = _waited(child)
    if tracer is not None:
        tracer.wait(RUN_SECONDS)
    happened = fault is not None and _happened(log, fault)
    said = log.with_suffix(".said").read_text() if log.with_suffix(".said").exists() else ""
    return Run(acknowledged=tuple(told[:].rstrip(b"\0").decode().split()), happened=happened, code=code, said=said)


def _in_child(scenario: Scenario, folder: Path, start: int, told: mmap.mmap, log: Path) -> int:
    """Waits until it is followed, then runs; a StorageError is what a failing disk should lead to."""
    from archiver.errors import SearchError, StorageError

    def acknowledge(what: str) -> None:
        told.write(what.encode() + b"\n")

    os.read(start, 1)
    try:
        scenario(folder, acknowledge)
    except (StorageError, SearchError) as error:
        log.with_suffix(".said").write_text(str(error))
        return FAULTY
    except BaseException:
        log.with_suffix(".said").write_text(traceback.format_exc())
        return BROKEN
    log.with_suffix(".said").write_text("")
    return THROUGH


def _attached(child: int, fault: Fault, log: Path) -> subprocess.Popen[bytes]:
    calls = f"trace={fault.call}"
    command = ["strace", "-qq", "-o", str(log), "-e", calls, "-e", fault.injection, "-p", str(child)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + ATTACH_SECONDS
    while time.monotonic() < deadline:
        status = Path(f"/proc/{child}/status").read_text()
        match = re.search(r"^TracerPid:\s*(\d+)", status, re.MULTILINE)
        if match and match[1] != "0":
            return tracer
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    raise RuntimeError("strace did not attach")


def _happened(log: Path, fault: Fault) -> bool:
    """Whether the fault's call was reached: killed within it, or told that it failed by injection."""
    text = log.read_text(errors="replace")
    return "(INJECTED)" in text or (fault.error is None and "killed by SIGKILL" in text)


def _waited(child: int) -> int:
    deadline = time.monotonic() + RUN_SECONDS
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise RuntimeError("the run did not end")
