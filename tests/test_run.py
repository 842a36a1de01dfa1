"""`make run`, as a new user meets it: from nothing to `ready`, again without fetching, and out by Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.examples import part

ROOT = Path(__file__).parent.parent


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(folder: Path, port: int, site_port: int) -> tuple[list[str], list[str], int]:
    """What a run prints until `ready`, what its URLs answer, and how it ends."""
    command = [sys.executable, "-m", "tests.site.run", "--site-port", str(site_port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ONRECORD_PORT": str(port)}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as started:
        assert started.stdout
        printed = []
        for line in started.stdout:
            printed.append(line.rstrip("\n"))
            if line.startswith("ready: "):
                break
        urls = [url.strip("'") for line in printed for url in re.findall(r"'?http://127\.0\.0\.1:\S+", line)]
        answers = [_status(url) for url in urls]
        os.killpg(started.pid, signal.SIGINT)
        code = started.wait(timeout=20)
        rest = started.stdout.read()
    assert "Traceback" not in "\n".join(printed) + rest
    return printed, answers, code


def _status(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return f"{answer.status} {answer.headers.get_content_type()}"


def steady(line: str) -> str:
    line = re.sub(r"\b[sq][a-z2-7]{20}\b", "ID", line)
    return re.sub(r"\d+", "N", line)


def test_make_run_leads_to_a_server_and_a_second_one_fetches_nothing(tmp_path: Path) -> None:
    port, site_port = free(), free()
    first, answers, code = run(tmp_path, port, site_port)
    assert code == 0
    assert first[-1] == f"ready: http://127.0.0.1:{port}"
    assert len(answers) == 7
    assert all(answer.startswith("200 ") for answer in answers)
    assert sum(line.startswith("kept s") for line in first) >= 24
    captures = {path: path.stat().st_size for path in (tmp_path / ".sample/archive/captures").iterdir()}
    second, answers, code = run(tmp_path, port, site_port)
    assert code == 0
    assert all(answer.startswith("200 ") for answer in answers)
    assert not any(line.startswith("kept ") for line in second)
    assert sum(line.startswith("fresh ") for line in second) >= 20
    assert {path: path.stat().st_size for path in (tmp_path / ".sample/archive/captures").iterdir()} == captures
    printed = {steady(line) for line in first}
    shown = [steady(line) for line in part("run").splitlines() if line not in {"```", "…"}]
    assert len(shown) > 10
    assert [line for line in shown if line not in printed] == [], "the README shows what it prints"
