"""A server under load: many clients that read, captures in between, and an end in the middle.

    SECONDS=120 CLIENTS=200 python -m tests.bench.load

starts `onrecord serve` on an archive of SCALE made-up quotes and the sample site beside it. After two thirds of the
time the server gets SIGTERM and is started again: every capture that it accepted must be in the archive afterwards.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from archiver.archive import Archive
from archiver.config import load
from archiver.index import open_index
from tests.bench.made_up import batches, word
from tests.bench.processes import memory
from tests.bench.table import Row, print_rows
from tests.site.serve import Site

SECONDS = float(os.environ.get("SECONDS", "120"))
CLIENTS = int(os.environ.get("CLIENTS", "200"))
SCALE = int(os.environ.get("SCALE", "20000"))
CAPTURES = 20
PATIENCE = 60.0
ONRECORD = str(Path(sys.executable).with_name("onrecord"))
_WAITING = {429, 503}


@dataclass
class Seen:
    """What clients saw. `faults` are answers that nobody should get, `times` the seconds of good ones."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    captures: dict[str, str] = field(default_factory=dict)
    ending: threading.Event = field(default_factory=threading.Event)
    restarting: threading.Event = field(default_factory=threading.Event)

    def answer(self, path: str, status: int, retry_after: str | None, taken: float) -> None:
        """Notes an answer."""
        with self.lock:
            self.statuses[status] += 1
            if status < 400:
                self.times.append(taken)
            elif status not in _WAITING or retry_after is None:
                self.faults[f"{status} {path.partition('?')[0]}"] += 1

    def fault(self, what: str) -> None:
        """Notes an answer that did not come; while the server is started again none is expected."""
        if not self.restarting.is_set():
            with self.lock:
                self.faults[what] += 1


def loaded() -> Iterator[Row]:
    """The figures of one run."""
    with tempfile.TemporaryDirectory() as name, Site(0) as site:
        environment = _environment(Path(name) / "archive", site)
        _filled(Path(name) / "archive")
        seen = Seen()
        threads = [threading.Thread(target=_reading, args=(environment, seen, number)) for number in range(CLIENTS)]
        threads.append(threading.Thread(target=_capturing, args=(environment, seen, site)))
        samples = _served(environment, seen, threads)
        kept = _kept(Path(name) / "archive", seen)
    times = sorted(seen.times)
    print("answers by status:", dict(sorted(seen.statuses.items())), "· faults:", dict(seen.faults), file=sys.stderr)
    yield Row(what=f"{CLIENTS} clients: answers a second", ratio=len(times) / SECONDS, goal="(no goal)")
    yield Row(what="p50 of an answer, in ms", ratio=times[len(times) // 2] * 1000, goal="(no goal)")
    yield Row(what="p99 of an answer, in ms", ratio=times[len(times) * 99 // 100] * 1000, goal="(no goal)")
    yield Row(what="errors other than 429 and 503 with Retry-After", ratio=seen.faults.total(), goal="0")
    early, late = samples[len(samples) // 4], samples[-1]
    yield Row(what="memory of the server at the end of its first run, in MB", ratio=late / (1 << 20), goal="<= 400")
    yield Row(what="the same / after its first quarter", ratio=late / early, goal="<= 1.1")
    yield Row(what=f"captures accepted (of {CAPTURES})", ratio=len(seen.captures), goal="(no goal)")
    yield Row(
        what="of these not in the archive after SIGTERM and a new start", ratio=len(seen.captures) - kept, goal="0"
    )


def _environment(archive: Path, site: Site) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        **os.environ,
        "ONRECORD_ARCHIVE": str(archive),
        "ONRECORD_FETCH_ALLOW": ",".join(site.allow),
        "ONRECORD_FETCH_PAUSE": "0",
        "ONRECORD_PORT": str(port),
    }


def _filled(archive: Path) -> None:
    """An index of made-up quotes; there are no files behind them."""
    index = open_index(load({}, {"archive": str(archive)}))
    for batch in batches(SCALE):
        index.add(batch)
    index.close()


def _served(environment: dict[str, str], seen: Seen, threads: list[threading.Thread]) -> list[int]:
    """Runs the clients against a server, and another one after it; the memory of the first, as time went by."""
    samples = list[int]()
    with _server(environment) as server:
        for thread in threads:
            thread.start()
        end = time.monotonic() + SECONDS * 2 / 3
        while time.monotonic() < end:
            time.sleep(min(1.0, SECONDS / 20))
            samples.append(memory(server.pid))
        seen.restarting.set()
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)
    with _server(environment):
        seen.restarting.clear()
        time.sleep(SECONDS / 3)
        seen.ending.set()
        for thread in threads:
            thread.join(PATIENCE)
        _settled(environment, seen)
    return samples


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [ONRECORD, "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{environment['ONRECORD_PORT']}/v1/health", timeout=5):
                break
        except OSError:
            time.sleep(0.1)
    if process.poll() is not None:
        raise RuntimeError(f"the server ended with {process.returncode}")
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _reading(environment: dict[str, str], seen: Seen, number: int) -> None:
    """One client: mixed requests over one connection, opened again where it was closed."""
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", int(environment["ONRECORD_PORT"]), timeout=PATIENCE)
    while not seen.ending.is_set():
        path = _path(chance)
        began = time.monotonic()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            seen.fault(f"{type(error).__name__} {path.partition('?')[0]}")
            seen.ending.wait(0.2)
            continue
        seen.answer(path, answer.status, answer.getheader("Retry-After"), time.monotonic() - began)
        if answer.status in _WAITING:
            seen.ending.wait(min(float(answer.getheader("Retry-After") or 1), 2.0))


def _path(chance: random.Random) -> str:
    some = quote(word(chance.randrange(2000)))
    return chance.choice(
        [
            "/v1/quotes",
            f"/v1/quotes?q={some}",
            f"/v1/quotes?q={some}&facet=speaker",
            f"/v1/snapshots?q={some}",
            f"/v1/speakers?prefix={some[:2]}",
            "/v1/quotes/histogram?interval=month",
            f"/?q={some}",
            "/v1/health",
        ]
    )


def _capturing(environment: dict[str, str], seen: Seen, site: Site) -> None:
    """Requests captures, spread over the whole time, each until it is accepted."""
    pause = SECONDS / (CAPTURES + 1)
    for number in range(CAPTURES):
        url = f"{site.urls[number % len(site.urls)]}?load={number}"
        while url not in seen.captures and not seen.ending.is_set():
            _capture(environment, seen, url)
            seen.ending.wait(pause if url in seen.captures else 1.0)


def _capture(environment: dict[str, str], seen: Seen, url: str) -> None:
    address = f"http://127.0.0.1:{environment['ONRECORD_PORT']}/v1/snapshots"
    request = urllib.request.Request(address, json.dumps({"url": url}).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            seen.captures[url] = json.load(answer).get("id", "")
    except urllib.error.HTTPError as error:
        seen.answer("POST /v1/snapshots", error.code, error.headers.get("Retry-After"), 0.0)
    except OSError as error:
        seen.fault(f"{type(error).__name__} POST /v1/snapshots")


def _settled(environment: dict[str, str], seen: Seen) -> None:
    """Waits until the jobs of all captures have ended."""
    end = time.monotonic() + 2 * PATIENCE
    waiting = list(seen.captures.values())
    while waiting and time.monotonic() < end:
        address = f"http://127.0.0.1:{environment['ONRECORD_PORT']}/v1/jobs/{waiting[0]}"
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            if json.load(answer)["status"] in {"done", "failed"}:
                waiting.pop(0)
            else:
                time.sleep(0.5)


def _kept(path: Path, seen: Seen) -> int:
    """How many of the accepted captures the archive has."""
    with Archive(load({}, {"archive": str(path)}), create=False) as archive:
        return sum(bool(archive.index.captures(url)) for url in seen.captures)


if __name__ == "__main__":
    print_rows(loaded())
