"""Runs all scenarios under all faults and prints a summary; the exit code is 0 where nothing was lost."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from api.console import progress
from tests.torture import faults
from tests.torture.checks import check
from tests.torture.faults import Fault, Run
from tests.torture.scenarios import Scenarios, site

CHECKED_AFTER = 10
"""Rounds of random kills on one archive, after which it is looked at and a fresh one begun."""

MAX_POINTS = 2000
"""Of one kind in one scenario; a run that does not get through by then does not end."""


def main() -> int:
    """Everything; 0, or 1 where something does not hold, or 2 where no faults can be made here."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--every", type=int, default=1, help="only every n-th point")
    arguments.add_argument("--kinds", type=int, default=1, help="only every n-th kind of fault")
    arguments.add_argument("--rounds", type=int, default=200, help="random kills under four writers")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--scenario", action="append", help="only these; `random` are the random kills")
    given = arguments.parse_args()
    if reason := faults.available():
        print(f"no faults can be made here: {reason}", file=sys.stderr)
        return 2
    with site() as port, tempfile.TemporaryDirectory(prefix="onrecord-torture-") as name:
        torture = Torture(Path(name), Scenarios(port, Path(name)), every=given.every, kinds=given.kinds)
        for scenario in torture.scenarios.all():
            if scenario in (given.scenario or [scenario]):
                torture.everywhere(scenario)
        if "random" in (given.scenario or ["random"]):
            torture.at_random(given.rounds, random.Random(given.seed))
        return torture.summary()


class Torture:
    """Counts the points that were tried, and what did not hold."""

    def __init__(self, folder: Path, scenarios: Scenarios, *, every: int, kinds: int) -> None:
        self.scenarios = scenarios
        self._folder = folder
        self._every = every
        self._kinds = kinds
        self._tried: Counter[str] = Counter()
        self._failed: list[str] = []
        self._acknowledged = 0

    def everywhere(self, name: str) -> None:
        """One scenario under each kind of fault, at each point until a run gets through."""
        prepare, scenario = self.scenarios.all()[name]
        prepared = self._folder / "prepared"
        shutil.rmtree(prepared, ignore_errors=True)
        prepare(prepared)
        kinds: list[tuple[str, str | None]] = [(call, None) for call in faults.KILLED_AT]
        kinds += [(call, error) for error in ("ENOSPC", "EIO") for call in faults.FAILING]
        first = list(self.scenarios.all()).index(name) % self._kinds  # so that all scenarios together have every kind
        for call, error in progress(kinds[first :: self._kinds], name):
            for fault in self._points(call, error):
                if not self._tried_once(name, scenario, prepared, fault):
                    break
        self._tell(name)

    def _tell(self, name: str) -> None:
        """What was tried so far, for long runs are looked at before they end."""
        counts = ", ".join(f"{what} {count}" for what, count in sorted(self._tried.items()) if what.startswith(name))
        print(f"done: {counts}", flush=True)

    def _points(self, call: str, error: str | None) -> Iterator[Fault]:
        for number in range(1, MAX_POINTS, self._every):
            yield Fault(call=call, number=number, error=error)

    def _tried_once(self, name: str, scenario: faults.Scenario, prepared: Path, fault: Fault) -> bool:
        """Whether the fault happened: where it did not, the run got through."""
        folder, log = self._folder / "archive", self._folder / "strace.log"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(prepared, folder)
        run = faults.run(scenario, folder, fault, log)
        if run.happened or fault.number == 1:
            self._judge(f"{name}: {fault}", run, folder)
        self._tried[f"{name}, {fault.error or 'SIGKILL'}"] += run.happened
        return run.happened

    def _judge(self, what: str, run: Run, folder: Path) -> None:
        self._acknowledged += len(run.acknowledged)
        if run.code == faults.BROKEN:
            self._failed.append(f"{what}: an error that nobody expects:\n{run.said}")
        self._checked(what, folder, run.acknowledged)

    def _checked(self, what: str, folder: Path, acknowledged: tuple[str, ...]) -> None:
        """Looks in a process of its own, for what an archive leaves open must not be shared with the next run."""
        log = self._folder / "check.log"
        looked = faults.run(lambda path, _: check(self.scenarios, path, acknowledged), folder, None, log)
        if looked.code:
            kept = Path(tempfile.mkdtemp(prefix="onrecord-failed-"))
            shutil.copytree(folder, kept / "archive", dirs_exist_ok=True)
            self._failed.append(f"{what}: (kept in {kept})\n{looked.said.strip()}")
            print(self._failed[-1], file=sys.stderr)

    def at_random(self, rounds: int, chance: random.Random) -> None:
        """Four writers on one archive, killed at any moment, again and again."""
        folder = self._folder / "shared"
        acknowledged: list[str] = []
        for number in progress(range(rounds), "random kills"):
            if number % CHECKED_AFTER == 0:
                shutil.rmtree(folder, ignore_errors=True)
                self.scenarios.prepare_nothing(folder)
                acknowledged = []
            acknowledged += self._round(folder, chance)
            self._tried["four writers, SIGKILL at random"] += 4
            if (number + 1) % CHECKED_AFTER == 0 or number == rounds - 1:
                self._checked(f"random kills, round {number}", folder, tuple(acknowledged))
                self._acknowledged += len(acknowledged)
        self._tell("four writers")

    def _round(self, folder: Path, chance: random.Random) -> list[str]:
        read, write = os.pipe()
        children = []
        for _ in range(4):
            child = os.fork()
            if not child:
                os.close(read)
                os._exit(_write_on(self.scenarios, folder, write))
            children.append(child)
        os.close(write)
        for child in children:
            time.sleep(chance.uniform(0.02, 0.25))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        with os.fdopen(read) as told:
            return told.read().split()

    def summary(self) -> int:
        """Prints what was tried and the result."""
        for what, count in sorted(self._tried.items()):
            print(f"{what}: {count} points")
        print(f"{sum(self._tried.values())} points tried, {self._acknowledged} snapshots acknowledged")
        kinds = ("lost", "doubled", "unreadable")
        for kind in kinds:
            print(f"{kind}: {sum(f': {kind}' in text or f'{kind}:' in text for text in self._failed)}")
        print(f"{len(self._failed)} failed")
        for text in self._failed:
            print(text)
        return 1 if self._failed else 0


def _write_on(scenarios: Scenarios, folder: Path, told: int) -> int:
    """Captures page after page until it is killed; acknowledges each in one write, which is whole or absent."""
    try:
        with scenarios.archive(folder) as archive:
            for number in range(1000):
                for kept in archive.capture(scenarios.url(number)).kept:
                    os.write(told, f"{kept.snapshot.id}\n".encode())
    except Exception as error:
        print(f"a writer failed: {error!r}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
