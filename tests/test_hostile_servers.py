"""Whatever a server does, a capture ends in its right outcome, in time, and the next one is well."""

from __future__ import annotations

import gc
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from archiver.capture import Captured, Capturer
from archiver.config import Config, load
from archiver.errors import Unreachable
from archiver.fetch.engine import HttpEngine
from archiver.http.message import message_of, payload_of
from archiver.records import Snapshot, WarcRecord
from archiver.warcs.files import Folder
from archiver.warcs.reader import Damage, record_at, scan
from archiver.warcs.storage import any_file
from archiver.warcs.writer import Writer
from tests.hostile import certificates
from tests.hostile.behaviours import LIMIT, Behaviour, behaviours
from tests.hostile.server import HostileServer

pytestmark = [
    pytest.mark.xdist_group("hostile servers"),
    # ssl (seen in 3.11) drops its socket unclosed where the peer has reset the connection before the handshake.
    pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning"),
]
SECONDS = 1.0
PATIENCE = 60.0
"""The deadline of what does not end by it, so that no machine is too slow."""

MAX_MEMORY = 256 << 20
ROOT = Path(__file__).parent.parent
TABLE = {each.name: each for each in behaviours()}


@pytest.fixture(scope="module", autouse=True)
def dropped_sockets() -> Iterator[None]:
    """What ssl dropped is collected here, where it is expected, not in another module's test."""
    yield
    gc.collect()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What became of a capture, and how long it took."""

    captured: Captured
    seconds: float


class Stage:
    """The server, a capturer, and captures under way of everything that ends only by its deadline."""

    def __init__(self, folder: Path, server: HostileServer, tls: ssl.SSLContext) -> None:
        self.server = server
        self.folder = Folder(folder)
        self.folder.create()
        self.writer = Writer(self.folder, "captures", max_bytes=1 << 30)
        self.config = configured(folder, server, PATIENCE)
        self.patient = Capturer(self.config, self.writer, HttpEngine(self.config, tls=tls))
        hurried = configured(folder, server, SECONDS)
        self.hurried = Capturer(hurried, self.writer, HttpEngine(hurried, tls=tls))
        self._beside: dict[str, list[WarcRecord]] = {}
        self._scanned = 0
        self._pool = ThreadPoolExecutor(8)
        waiting = (name for name, behaviour in TABLE.items() if behaviour.waits)
        self._waiting: dict[str, Future[Seen]] = {
            name: self._pool.submit(self.capture, self.hurried, name) for name in waiting
        }

    def seen(self, name: str) -> Seen:
        return self._waiting[name].result() if name in self._waiting else self.capture(self.patient, name)

    def capture(self, capturer: Capturer, name: str) -> Seen:
        began = time.monotonic()
        captured = capturer.capture(self.server.url(name))
        return Seen(captured=captured, seconds=time.monotonic() - began)

    def record(self, snapshot: Snapshot) -> WarcRecord:
        with self.folder.opened(snapshot.locator.warc) as file:
            return record_at(file, snapshot.locator, snapshot.record_id)

    def beside(self, answer: WarcRecord) -> list[WarcRecord]:
        """The records that were written with an answer."""
        (warc,) = self.folder.warcs("captures")
        with self.folder.opened(warc) as file:
            for record in scan(file, warc=warc, start=self._scanned):
                if isinstance(record, Damage) and record.torn:
                    break  # it is just being written
                assert isinstance(record, WarcRecord), record
                assert record.locator
                self._scanned = record.locator.offset + record.locator.length
                self._beside.setdefault(record.field("WARC-Concurrent-To") or "", []).append(record)
        return self._beside[f"<{answer.record_id}>"]

    def close(self) -> None:
        self._pool.shutdown()
        self.writer.close()


def configured(folder: Path, server: HostileServer, seconds: float) -> Config:
    options = {
        "archive": str(folder),
        "fetch_allow": ",".join(server.allow),
        "fetch_seconds": str(seconds),
        "fetch_bytes": str(LIMIT),
        "fetch_pause": "0",
        "fetch_agent": "OnRecord/0 (test)",
    }
    return load({}, options)


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Any]:
    hosts = [f"{name}.localhost" for name, behaviour in TABLE.items() if behaviour.play.tls]
    return certificates.made_in(tmp_path_factory.mktemp("certificates"), hosts)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, contexts: tuple[ssl.SSLContext, Any]) -> Iterator[Stage]:
    trust, served = contexts
    with HostileServer({name: behaviour.play for name, behaviour in TABLE.items()}, served) as server:
        played = Stage(tmp_path_factory.mktemp("archive"), server, trust)
        yield played
        played.close()


def test_the_table_is_as_long_as_promised() -> None:
    assert len(TABLE) == len(behaviours()) >= 120


@pytest.mark.parametrize("name", TABLE)
def test_a_behaviour_ends_in_its_outcome_and_the_next_capture_is_well(name: str, stage: Stage) -> None:
    expected, seen = TABLE[name], stage.seen(name)
    assert seen.seconds < (SECONDS + 2 if expected.waits else PATIENCE)
    _check_outcome(expected, seen.captured)
    for snapshot in seen.captured.snapshots:
        _check_evidence(stage, name, snapshot)
    if expected.payload is not None:
        answer = stage.record(seen.captured.snapshots[-1])
        assert payload_of(message_of(answer.block)).body == expected.payload
    if expected.note:
        assert expected.note in _facts(stage, seen.captured.snapshots[-1])
    if expected.hits is not None:
        assert len([talk for talk in stage.server.talks[name] if talk.path == "/"]) == expected.hits
    after = stage.capture(stage.patient, "length-right").captured
    assert (after.problem, [snapshot.status for snapshot in after.snapshots]) == (None, [200])


def _check_outcome(expected: Behaviour, captured: Captured) -> None:
    problem = captured.problem
    assert (type(problem) if problem else None) is expected.problem, problem
    assert expected.says in (problem.message if problem else expected.says)
    assert len(captured.snapshots) == expected.kept
    if expected.kept:
        last = captured.snapshots[-1]
        assert (last.status, last.truncated) == (expected.status, expected.truncated)


def _check_evidence(stage: Stage, name: str, snapshot: Snapshot) -> None:
    """What is kept is what crossed the wire: a stretch of what was sent, and the request that came."""
    answer = stage.record(snapshot)
    talks = stage.server.talks[name]
    assert any(answer.block in bytes(talk.sent) for talk in talks)
    assert (answer.type, answer.field("WARC-Truncated")) == (
        "response" if snapshot.status else "resource",
        snapshot.truncated.value if snapshot.truncated else None,
    )
    requests = [record.block for record in stage.beside(answer) if record.type == "request"]
    assert len(requests) == 1
    assert requests[0] in [talk.received for talk in talks]


def _facts(stage: Stage, snapshot: Snapshot) -> str:
    records = stage.beside(stage.record(snapshot))
    return "".join(record.block.decode() for record in records if record.type == "metadata")


@pytest.mark.parametrize(
    ("code", "says"), [(socket.EAI_NONAME, "not known"), (socket.EAI_AGAIN, "try later"), (socket.EAI_FAIL, "failed")]
)
def test_a_name_that_does_not_resolve_says_why(code: int, says: str, stage: Stage) -> None:
    def failing(name: str, port: int) -> list[str]:
        raise socket.gaierror(code, says)

    engine = HttpEngine(stage.config, resolver=failing)
    captured = Capturer(stage.config, stage.writer, engine).capture("http://news.example/")
    assert type(captured.problem) is Unreachable
    assert says in captured.problem.message


def test_large_and_coded_answers_take_little_memory_with_the_limits_as_they_are(
    tmp_path: Path, contexts: tuple[ssl.SSLContext, Any]
) -> None:
    """At 64 MiB an answer: endless bodies, bombs and chains, captured, kept, decompressed, read and indexed."""
    with HostileServer({behaviour.name: behaviour.play for behaviour in TABLE.values()}, contexts[1]) as server:
        said = _capturing(tmp_path / "archive", server, HEAVY)
    *outcomes, last = said
    assert len(outcomes) == len(HEAVY)
    assert outcomes[-1] == {"url": outcomes[-1]["url"], "problem": None, "statuses": [200], "truncated": [None]}
    for name, outcome in zip(HEAVY, outcomes, strict=True):
        expected = TABLE[name].problem
        assert outcome["problem"] == (expected.__name__ if expected else None), name
    assert last["peak"] < MAX_MEMORY


HEAVY = [
    *("size-endless-body", "size-endless-chunks", "size-ten-gigabytes", "size-endless-garbage", "size-endless-trailer"),
    *("size-endless-fields", "coding-gzip-bomb", "coding-gzip-bomb-in-gzip", "coding-deflate-bomb", "coding-br-bomb"),
    *("coding-zstd-bomb", "coding-chain-of-a-thousand", "length-right"),
]


def _capturing(folder: Path, server: HostileServer, names: list[str]) -> list[dict[str, Any]]:
    settings = {
        "ARCHIVE": str(folder),
        "FETCH_ALLOW": ",".join(server.allow),
        "FETCH_PAUSE": "0",
        "FETCH_SECONDS": "60",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.capturing", *map(server.url, names)],
        env={**os.environ, **{f"ONRECORD_{name}": value for name, value in settings.items()}},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_file_that_was_written_is_sound_to_other_readers(stage: Stage) -> None:
    """Comes last: of all that was captured above nothing is torn, and digests and lengths are right.

    The records alone: over some of the HTTP in them both libraries stumble (a head of 100 KB, brotli that is none).
    """
    stage.close()
    (warc,) = stage.folder.warcs("captures")
    path = stage.folder.path / warc
    ours = list(_all_of(path))
    with path.open("rb") as file:
        theirs = [(record.rec_type, record.raw_stream.read()) for record in WarcioIterator(file, no_record_parse=True)]
    assert theirs == [(record.type, record.block) for record in ours]
    with path.open("rb") as file:
        fast = [
            (record.verify_block_digest(), record.content_length)
            for record in FastIterator(file, parse_http=False, strict_mode=True)
        ]
    assert fast == [(True, len(record.block)) for record in ours]
    subprocess.run(["gzip", "-t", str(path)], check=True, timeout=120)


def _all_of(path: Path) -> Iterator[WarcRecord]:
    with any_file(path) as file:
        for record in scan(file, warc=path.name):
            assert isinstance(record, WarcRecord), record
            yield record
