"""Several processes on one archive: a server and commands write at once, readers continue, nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from tests.site.serve import Site
from tests.test_archive import RESPONSE, warc
from tests.test_warc_reader import raw

ONRECORD = [sys.executable, "-c", "from api.cli import main; main()"]
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(0) as site:
        yield site


@pytest.fixture
def environment(site: Site, tmp_path: Path) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ONRECORD_ARCHIVE": str(tmp_path / "archive"),
        "ONRECORD_FETCH_ALLOW": ",".join(site.allow),
        "ONRECORD_FETCH_PAUSE": "0",
        "ONRECORD_EXTRACT_PROCESSES": "1",
        "ONRECORD_PORT": str(port),
    }


def run(environment: dict[str, str], *arguments: object) -> Result:
    """A command in this process, which is another than the server's and those that were started."""
    return CliRunner().invoke(main, list(map(str, arguments)), env=environment)


def started(environment: dict[str, str], *arguments: object) -> subprocess.Popen[str]:
    command = [*ONRECORD, *map(str, arguments)]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def answer(environment: dict[str, str], path: str, body: dict[str, Any] | None = None) -> Any:
    address = f"http://127.0.0.1:{environment['ONRECORD_PORT']}{path}"
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Prefer": "wait=20"}
    with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=30) as reply:
        return json.load(reply)


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    server = started(environment, "serve")
    for _ in range(300):
        try:
            answer(environment, "/v1/health")
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    yield server
    if server.poll() is None:
        server.kill()
    server.communicate()


def test_a_server_and_four_commands_write_at_once_while_readers_and_a_rebuild_go_on(
    environment: dict[str, str], server: subprocess.Popen[str], site: Site, tmp_path: Path
) -> None:
    pages = [url for url in site.urls if "/2026/11/night-ward" in url or "/arts/" in url or "/politik/" in url]
    first = warc(tmp_path, *(raw(number, RESPONSE) for number in range(3)), name="first.warc.gz")
    second = warc(tmp_path, *(raw(number, RESPONSE) for number in range(10, 13)), name="second.warc.gz")
    writers = [
        started(environment, "capture", "--json", *pages),
        started(environment, "capture", "--json", *reversed(pages)),
        started(environment, "add", "--json", first),
        started(environment, "add", "--json", second),
    ]
    job = answer(environment, "/v1/snapshots", {"url": pages[0]})
    for _ in range(5):
        answer(environment, "/v1/quotes?q=tender")
        done = run(environment, "rebuild")
        assert done.exit_code in {0, 8}, done.stderr
        assert done.exit_code == 0 or "another process is rebuilding" in done.stderr
    kept = []
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        kept += [snapshot for line in out.splitlines() for snapshot in json.loads(line)["snapshots"]]
    assert job["status"] == "done", job
    run(environment, "search", "tender")
    listed = answer(environment, "/v1/snapshots?limit=1000")
    asked = {*pages, *(each["requested_url"] for each in listed["items"] if each["origin"] == "added")}
    ids = [each["id"] for each in listed["items"] if each["requested_url"] in asked]  # without what a page loads
    assert len(ids) == len(set(ids)) == len(kept) + 1
    assert set(kept) <= set(ids)
    assert run(environment, "verify").exit_code == 0


def test_a_second_rebuild_is_refused_with_a_clear_message(environment: dict[str, str], site: Site) -> None:
    import fcntl

    assert run(environment, "capture", site.urls[0]).exit_code == 0
    with (Path(environment["ONRECORD_ARCHIVE"]) / "lock").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = run(environment, "rebuild")
    assert done.exit_code == 8
    assert "another process is rebuilding this archive" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_with_nothing_half_done(
    environment: dict[str, str], server: subprocess.Popen[str], site: Site, number: signal.Signals
) -> None:
    answer(environment, "/v1/snapshots", {"url": site.urls[1]})
    server.send_signal(number)
    _, err = server.communicate(timeout=10)
    assert server.returncode in {0, 130}, err
    assert "Traceback" not in err
    assert not list(Path(environment["ONRECORD_ARCHIVE"]).rglob("*.open"))
    assert run(environment, "verify").exit_code == 0


def test_a_killed_server_leaves_an_archive_that_says_what_was_torn_and_goes_on(
    environment: dict[str, str], server: subprocess.Popen[str], site: Site
) -> None:
    job = answer(environment, "/v1/snapshots", {"url": site.urls[1]})
    server.kill()
    server.wait()
    folder = Path(environment["ONRECORD_ARCHIVE"])
    (left,) = folder.glob("captures/*.open")
    with left.open("ab") as file:
        file.write(b"\x1f\x8b\x08torn")
    done = run(environment, "capture", "--json", site.urls[2])
    assert done.exit_code == 0, done.stderr
    assert left.name.removesuffix(".open") in done.stderr
    assert len(list(folder.glob("aside/*.torn"))) == 1
    assert run(environment, "show", job["snapshots"][0]).exit_code == 0
    assert run(environment, "verify").exit_code == 0


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
def test_a_clock_that_is_set_back_overwrites_nothing_and_the_newest_extraction_stays_newest(
    environment: dict[str, str], site: Site
) -> None:
    def shifted(shift: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = ["faketime", "-f", shift, *ONRECORD, *map(str, arguments)]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)

    today = run(environment, "capture", "--json", site.urls[1])
    yesterday = shifted("-1d", "capture", "--json", site.urls[1])
    next_year = shifted("+365d", "capture", "--json", site.urls[1])
    ids = [json.loads(done.stdout)["snapshots"][0] for done in (today, yesterday, next_year)]
    assert len(set(ids)) == 3
    before = run(environment, "show", "--json", *ids).stdout
    assert shifted("-2d", "reextract").returncode == 0
    after = run(environment, "show", "--json", *ids).stdout
    for line in after.splitlines():
        shown = json.loads(line)
        earlier = next(json.loads(each) for each in before.splitlines() if json.loads(each)["id"] == shown["id"])
        assert shown["extraction"]["at"] > earlier["extraction"]["at"]
    assert run(environment, "rebuild").exit_code == 0
    assert run(environment, "show", "--json", *ids).stdout == after
    assert run(environment, "verify").exit_code == 0
