"""What other programs make of our files, and of our server. They run where they are installed: see `make tools`.

They live in an environment of their own (`.tools`) and are started as programs, never imported: pywb is under the GPL.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from api.app import create_app
from api.timestamps import timestamp
from archiver.archive import Archive
from archiver.records import SnapshotEntry, SnapshotQuery

TOOLS = Path(os.environ.get("ONRECORD_TEST_TOOLS", Path(__file__).parent.parent / ".tools")) / "bin"
SECONDS = 60

pytestmark = pytest.mark.skipif(not (TOOLS / "python").exists(), reason="no .tools: make tools")


def run(name: str, *arguments: str, cwd: Path | None = None) -> str:
    """What a tool prints; it must end well."""
    done = subprocess.run(
        [TOOLS / name, *arguments], cwd=cwd, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def captures(sample: Archive, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Copies of the sample archive's captures, closed."""
    folder = tmp_path_factory.mktemp("captures")
    found = []
    for warc in sample.folder.warcs("captures"):
        with sample.folder.opened(warc) as file:
            found.append(folder / Path(warc).name)
            found[-1].write_bytes(file.at(0, file.size))
    return found


@pytest.fixture(scope="module")
def rows(sample: Archive) -> list[SnapshotEntry]:
    return list(sample.snapshots(SnapshotQuery(limit=1000, sort="captured")).entries)


def test_warcio_and_fastwarc_find_nothing_wrong(captures: list[Path]) -> None:
    for path in captures:
        run("warcio", "check", str(path))
        run("fastwarc", "check", str(path))


def test_cdxj_indexer_lists_the_captures_that_we_list(captures: list[Path], rows: list[SnapshotEntry]) -> None:
    lines = [line for path in captures for line in run("cdxj-indexer", str(path)).splitlines() if " {" in line]
    theirs = {(line.split(" ", 2)[1], json.loads(line.split(" ", 2)[2])["url"]) for line in lines}
    ours = {(timestamp(row.snapshot.captured_at), row.snapshot.url) for row in rows if row.snapshot.status is not None}
    assert ours <= theirs


def test_py_wacz_packs_our_captures_and_we_read_the_package(captures: list[Path], tmp_path: Path) -> None:
    package = tmp_path / "captures.wacz"
    run("wacz", "create", "-o", str(package), *map(str, captures))
    run("wacz", "validate", "-f", str(package))
    read = subprocess.run(
        [sys.executable, "-m", "api.cli", "verify", str(package)], capture_output=True, text=True, check=False
    )
    assert read.returncode == 0, read.stdout + read.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def wayback(folder: Path) -> Iterator[str]:
    """pywb serving a folder of collections."""
    port = free_port()
    command = [str(TOOLS / "wayback"), "-p", str(port), "-b", "127.0.0.1", "-d", str(folder)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(SECONDS)


def test_pywb_replays_our_captures_byte_for_byte(
    captures: list[Path], rows: list[SnapshotEntry], sample: Archive, tmp_path: Path
) -> None:
    run("wb-manager", "init", "ours", cwd=tmp_path)
    for path in captures:
        copied = tmp_path / path.name
        shutil.copy(path, copied)
        run("wb-manager", "add", "ours", str(copied), cwd=tmp_path)
    pages = [row.snapshot for row in rows if row.snapshot.status == 200 and not row.snapshot.truncated][:5]
    assert pages
    with wayback(tmp_path) as base:
        for snapshot in pages:
            where = f"{base}/ours/{timestamp(snapshot.captured_at)}id_/{snapshot.url}"
            request = urllib.request.Request(where, headers={"Accept-Encoding": "identity"})
            with urllib.request.urlopen(request, timeout=SECONDS) as reply:
                assert reply.headers["Memento-Datetime"]
                assert reply.read() == sample.page(snapshot.id).body


MEMENTO = """
import datetime, json, sys
from memento_client import MementoClient
client = MementoClient(timegate_uri=sys.argv[1], check_native_timegate=False)
print(json.dumps(client.get_memento_info(sys.argv[2], datetime.datetime(2026, 11, 1)), default=str))
"""


def test_py_memento_client_finds_its_way(sample: Archive, rows: list[SnapshotEntry]) -> None:
    config = replace(sample.config, port=free_port())
    server = make_server("127.0.0.1", config.port, create_app(sample, config), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        snapshot = next(row.snapshot for row in rows if row.snapshot.status == 200)
        memento = f"{config.base_url}/web/{timestamp(snapshot.captured_at)}/{snapshot.url}"
        gate = f"{config.base_url}/timegate/"
        found = json.loads(run("python", "-c", MEMENTO, gate, memento).splitlines()[-1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert found["original_uri"] == snapshot.url
    assert found["timegate_uri"] == f"{gate}{snapshot.url}"
    assert found["mementos"]["closest"]["uri"][0].startswith(f"{config.base_url}/web/")
