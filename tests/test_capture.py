"""A capture keeps what crossed the wire, byte for byte, with digests that are right and facts that are true."""

from __future__ import annotations

import gzip
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archiver.capture import Capturer
from archiver.config import load
from archiver.errors import FetchError, StorageError, Unreachable
from archiver.fetch.engine import Engine, Fetched, HttpEngine
from archiver.http.head import read_head
from archiver.http.message import message_of, payload_of
from archiver.records import Exchange, Origin, Snapshot, Truncation, WarcRecord
from archiver.warcs.files import Folder
from archiver.warcs.reader import record_at, scan
from archiver.warcs.storage import Seekable
from archiver.warcs.writer import Writer

AGENT = "OnRecord/0 (test; on loopback)"


class Wire:
    """A server that answers every request with `answer`, and an archive that captures from it."""

    def __init__(self, folder: Path, **options: str) -> None:
        self.answer = b""
        self.answers: dict[bytes, bytes] = {}
        self.requests: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        self.folder = Folder(folder)
        self.folder.create()
        self.writer = Writer(self.folder, "captures", max_bytes=1 << 30)
        given = {"fetch_allow": f"127.0.0.1:{self.port}", "fetch_pause": "0", "fetch_agent": AGENT, **options}
        self.config = load({}, {"archive": str(folder), "fetch_robots": "off", **given})
        self.capturer = Capturer(self.config, self.writer, HttpEngine(self.config))

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def captured(self, answer: bytes) -> Snapshot | FetchError:
        """The one snapshot of a page that is answered so, or the problem where nothing is kept."""
        self.answer = answer
        captured = self.capturer.capture(self.url())
        if captured.snapshots:
            return captured.snapshots[0]
        assert captured.problem is not None
        return captured.problem

    def record(self, snapshot: Snapshot) -> WarcRecord:
        with self.folder.opened(snapshot.locator.warc) as file:
            return record_at(file, snapshot.locator, snapshot.record_id)

    def as_warcio_reads(self, snapshot: Snapshot) -> tuple[Any, bytes]:
        with self.folder.opened(snapshot.locator.warc) as file:
            stretch = Seekable(file, snapshot.locator.offset)
            record = next(iter(ArchiveIterator(stretch, no_record_parse=True)))
            return record.rec_headers, record.raw_stream.read()

    def close(self) -> None:
        self._listening.close()
        self.writer.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                request = connection.recv(1 << 16)
                self.requests.append(request)
                connection.sendall(self.answers.get(request.split(b" ")[1], self.answer))
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    one = Wire(tmp_path_factory.mktemp("archive"))
    yield one
    one.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[..., Wire]]:
    made: list[Wire] = []

    def make(**options: str) -> Wire:
        made.append(Wire(tmp_path / f"archive-{len(made)}", **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


# --- any head, any body


@dataclass(frozen=True)
class Answer:
    """An answer as sent (`wire`, behind `interim` ones), and what it carries before and after content decoding."""

    interim: bytes
    wire: bytes
    payload: bytes
    body: bytes


LINE_ENDS = st.sampled_from([b"\r\n", b"\n"])
NAMES = st.one_of(
    st.from_regex(rb"X-[A-Za-z0-9!#$%&'*+.^_`|~-]{0,12}", fullmatch=True), st.binary(min_size=1, max_size=8)
)
VALUES = st.binary(max_size=30)
SEPARATORS = st.sampled_from([b":", b": ", b" :", b":\t", b":  ", b"", b"\t:\t", b" "])
STATUS_LINES = st.sampled_from(
    [b"HTTP/1.1 200 OK", b"http/1.1 200 ok", b"HTTP/1.0 200", b"HTTP/1.1 200 Tr\xe8s bien", b"HTTP/1.1  200  "]
)
FRAMING_NAMES = (b"content-length", b"transfer-encoding", b"content-encoding")


@st.composite
def odd_lines(draw: st.DrawFn) -> bytes:
    """A header line of any shape that says nothing about the body and does not end the head."""
    line = draw(NAMES) + draw(SEPARATORS) + draw(VALUES)
    line = line.replace(b"\n", b"").replace(b"\r", b"")
    fold = draw(st.sampled_from([b"", b"", b"", b" ", b"\t"]))
    line = fold + (line or b"X")
    return b"X:y" if line.lower().strip().startswith(FRAMING_NAMES) else line


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    body = draw(st.one_of(st.binary(max_size=300), st.binary(min_size=2000, max_size=9000)))
    lines = [draw(STATUS_LINES), *draw(st.lists(odd_lines(), max_size=6))]
    payload = body
    if draw(st.booleans()):
        payload = gzip.compress(body, mtime=0)
        lines.append(b"Content-Encoding: gzip")
    framing = draw(st.sampled_from(["length", "chunks", "end"]))
    sent = payload
    if framing == "length":
        lines.append(b"Content-Length: %d" % len(payload))
    elif framing == "chunks":
        lines.append(b"Transfer-Encoding: chunked")
        sent = draw(chunks_of(payload))
    ends = [draw(LINE_ENDS) for _ in lines]
    head = b"".join(line + end for line, end in zip(lines, ends, strict=True)) + draw(LINE_ENDS)
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * draw(st.sampled_from([0, 0, 0, 1, 3]))
    return Answer(interim=interim, wire=head + sent, payload=payload, body=body)


@st.composite
def chunks_of(draw: st.DrawFn, payload: bytes) -> bytes:
    sent, place = b"", 0
    while place < len(payload):
        size = draw(st.integers(1, max(1, len(payload) // 3)))
        piece = payload[place : place + size]
        place += size
        extension = draw(st.sampled_from([b"", b";a=b", b' ; a="b c"']))
        sent += draw(st.sampled_from([b"%x", b"%X", b"00%x"])) % len(piece) + extension + draw(LINE_ENDS)
        sent += piece + draw(LINE_ENDS)
    trailer = draw(st.sampled_from([b"", b"X-Trailer: y\r\n"]))
    return sent + b"0" + draw(LINE_ENDS) + trailer + draw(LINE_ENDS)


@settings(max_examples=60)
@given(answers())
def test_any_head_and_body_come_back_as_they_crossed_the_wire(wire: Wire, answer: Answer) -> None:
    snapshot = wire.captured(answer.interim + answer.wire)
    assert isinstance(snapshot, Snapshot), snapshot
    record = wire.record(snapshot)
    assert record.block == answer.wire
    assert (snapshot.status, snapshot.truncated) == (200, None)
    payload = payload_of(message_of(record.block))
    assert (payload.body, payload.whole) == (answer.body, True)
    digest = f"sha256:{hashlib.sha256(answer.payload).hexdigest()}"
    assert snapshot.payload_digest == digest
    assert record.field("WARC-Payload-Digest") in (digest, None)
    headers, block = wire.as_warcio_reads(snapshot)
    assert block == answer.wire
    assert headers.get_header("WARC-Block-Digest") == f"sha256:{hashlib.sha256(block).hexdigest()}"
    assert headers.get_header("Content-Length") == str(len(answer.wire))


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    answer = draw(answers())
    sent = answer.interim + answer.wire
    start = draw(st.integers(0, len(sent)))
    end = draw(st.integers(start, min(len(sent), start + 40)))
    return sent[:start] + draw(st.binary(max_size=20)) + sent[end:]


@settings(max_examples=60)
@given(st.one_of(mangled(), st.binary(max_size=400), st.binary(max_size=100).map(lambda end: b"HTTP/1.1 " + end)))
def test_whatever_comes_is_kept_as_it_came_or_told(wire: Wire, sent: bytes) -> None:
    snapshot = wire.captured(sent)
    if not isinstance(snapshot, Snapshot):
        assert type(snapshot) is Unreachable
        return
    record = wire.record(snapshot)
    assert record.block in sent
    assert (record.type == "response") == (snapshot.status is not None)
    assert snapshot.status == message_of(record.block).head.status
    payload_of(message_of(record.block))


# --- the records of a capture


def records(wire: Wire) -> list[WarcRecord]:
    found: list[WarcRecord] = []
    for warc in wire.folder.warcs("captures"):
        with wire.folder.opened(warc) as file:
            for record in scan(file, warc=warc):
                assert isinstance(record, WarcRecord), record
                found.append(record)
    return found


PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>tide</p>"


def facts_of(record: WarcRecord) -> dict[str, str]:
    lines = record.block.decode().split("\r\n")
    assert lines[-2:] == ["", ""]
    return dict(line.split(": ", 1) for line in lines[:-2])


def test_a_capture_is_a_request_what_we_know_and_the_answer(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    before = datetime.now(UTC)
    snapshot = wire.captured(PAGE)
    assert isinstance(snapshot, Snapshot)
    info, request, metadata, answer = records(wire)
    assert [record.type for record in (info, request, metadata, answer)] == [
        "warcinfo",
        "request",
        "metadata",
        "response",
    ]
    assert answer.block == PAGE
    assert request.block == wire.requests[0]
    assert before <= (answer.date or before) <= datetime.now(UTC)
    assert {record.date for record in (request, metadata, answer)} == {answer.date}
    assert {record.target_uri for record in (request, metadata, answer)} == {wire.url()}
    assert {record.field("WARC-Concurrent-To") for record in (request, metadata)} == {f"<{answer.record_id}>"}
    assert answer.field("WARC-IP-Address") == request.field("WARC-IP-Address") == "127.0.0.1"
    assert len({record.record_id for record in (info, request, metadata, answer)}) == 4
    facts = facts_of(metadata)
    assert (facts["requestedUrl"], facts["hopsFromSeed"], facts["robots"]) == (wire.url(), "", "ignored")
    assert 0 <= int(facts["fetchTimeMs"]) < 60_000
    assert (snapshot.origin, snapshot.record_id, snapshot.url) == (Origin.CAPTURED, answer.record_id, wire.url())
    assert (snapshot.captured_at, snapshot.content_type) == (answer.date, "text/html")


def test_the_request_says_who_asks_and_asks_for_gzip_and_nothing_more(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    wire.captured(PAGE)
    first, *lines = wire.requests[0].decode("ascii").split("\r\n")
    assert first == "GET / HTTP/1.1"
    fields = dict(line.split(": ", 1) for line in lines if line)
    assert fields.pop("Accept").startswith("text/html")
    assert fields == {
        "Host": f"127.0.0.1:{wire.port}",
        "User-Agent": AGENT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def test_each_redirect_is_a_snapshot_that_knows_what_was_asked_for(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    hop = b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n"
    wire.answers = {b"/a": hop % b"/b", b"/b": hop % b"/c#there", b"/c": PAGE}
    captured = wire.capturer.capture(wire.url("/a#here"))
    assert captured.problem is None
    assert [(snapshot.url, snapshot.status) for snapshot in captured.snapshots] == [
        (wire.url("/a"), 301),
        (wire.url("/b"), 301),
        (wire.url("/c"), 200),
    ]
    assert {snapshot.requested_url for snapshot in captured.snapshots} == {wire.url("/a#here")}
    assert len({snapshot.id for snapshot in captured.snapshots}) == 3
    facts = [facts_of(record) for record in records(wire) if record.type == "metadata"]
    assert [fact["hopsFromSeed"] for fact in facts] == ["", "R", "RR"]
    assert [fact.get("via") for fact in facts] == [None, wire.url("/a"), wire.url("/b")]


def test_the_same_page_twice_is_two_snapshots(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    first, second = wire.captured(PAGE), wire.captured(PAGE)
    assert isinstance(first, Snapshot)
    assert isinstance(second, Snapshot)
    assert first.id != second.id
    assert first.payload_digest == second.payload_digest


def test_what_is_no_http_is_kept_as_a_resource_and_told(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    wire.answer = b"SSH-2.0-dropbear\r\n"
    captured = wire.capturer.capture(wire.url())
    assert type(captured.problem) is Unreachable
    record = wire.record(captured.snapshots[0])
    assert (record.type, record.content_type, record.block) == ("resource", "application/octet-stream", wire.answer)


def test_a_cut_answer_says_so_in_its_record_and_is_no_problem(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    wire.answer = PAGE[:-4]
    captured = wire.capturer.capture(wire.url())
    assert captured.problem is None
    assert captured.snapshots[0].truncated is Truncation.DISCONNECT
    assert wire.record(captured.snapshots[0]).field("WARC-Truncated") == "disconnect"


def test_the_limit_counts_wire_bytes_and_the_error_names_the_setting(fresh: Callable[..., Wire]) -> None:
    wire = fresh(fetch_bytes="1000")
    wire.answer = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000
    captured = wire.capturer.capture(wire.url())
    assert captured.problem is not None
    assert "ONRECORD_FETCH_BYTES=2000" in captured.problem.message
    assert wire.record(captured.snapshots[0]).block == wire.answer[:1000]


def test_a_url_in_any_script_is_asked_for_in_ascii_and_remembered_as_it_was_given(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    given = wire.url("/straße/«мир»?q=ü b".replace(" ", "%20"))
    wire.answer = PAGE
    snapshot = wire.capturer.capture(given).snapshots[0]
    assert wire.requests[0].split(b" ")[1] == b"/stra%C3%9Fe/%C2%AB%D0%BC%D0%B8%D1%80%C2%BB?q=%C3%BC%20b"
    assert snapshot.requested_url == given
    assert snapshot.url.isascii()


def test_a_host_that_asks_to_wait_is_left_alone_by_later_captures_too(fresh: Callable[..., Wire]) -> None:
    wire = fresh(fetch_seconds="2")
    wire.answer = b"HTTP/1.1 429 Slow down\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n"
    assert [snapshot.status for snapshot in wire.capturer.capture(wire.url()).snapshots] == [429]
    later = wire.capturer.capture(wire.url("/other"))
    assert type(later.problem) is Unreachable
    assert "next turn comes in" in later.problem.message
    assert len(wire.requests) == 1


def test_nothing_is_sent_on_that_a_page_has_set(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    hop = b"HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\nLocation: /b\r\n\r\n"
    wire.answers = {b"/": hop, b"/b": PAGE}
    wire.capturer.capture(wire.url())
    assert all(b"cookie" not in request.lower() and b"referer" not in request.lower() for request in wire.requests)


def test_many_threads_capture_at_once_and_each_gets_its_own_page(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n%02d"
    wire.answers = {b"/%d" % number: page % number for number in range(24)}
    kept: dict[int, bytes] = {}

    def work(number: int) -> None:
        kept[number] = wire.record(wire.capturer.capture(wire.url(f"/{number}")).snapshots[0]).block

    threads = [threading.Thread(target=work, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == {number: page % number for number in range(24)}


def test_where_nothing_can_be_kept_the_capture_fails_and_asks_no_further(fresh: Callable[..., Wire]) -> None:
    class Full:
        """A writer whose disk is full."""

        def append(self, _records: object) -> None:
            raise StorageError("no space left")

    wire = fresh()
    wire.answers = {b"/": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /b\r\n\r\n", b"/b": PAGE}
    full: Any = Full()
    with pytest.raises(StorageError):
        Capturer(wire.config, full, HttpEngine(wire.config)).capture(wire.url())
    assert len(wire.requests) == 1


class Browser:
    """An engine that sees a page load with what it embeds, as a browser would; nothing is fetched."""

    obeys_robots = False

    def __init__(self, *loaded: tuple[str, bytes, bool]) -> None:
        self.loaded = loaded
        self.kept_before: list[int] = []
        self.count: Callable[[], int] = int

    def fetch(self, url: str) -> Iterator[Fetched]:
        for address, response, embedded in self.loaded:
            self.kept_before.append(self.count())
            exchange = Exchange(
                url=address,
                sent_at=datetime.now(UTC),
                request=b"GET / HTTP/1.1\r\n\r\n",
                response=response,
                head=read_head(response),
                address="192.0.2.7",
            )
            yield Fetched(exchange=exchange, page=url, embedded=embedded)


def test_any_engine_may_give_a_page_with_all_that_it_embeds(fresh: Callable[..., Wire]) -> None:
    wire = fresh()
    image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"
    browser = Browser(
        ("https://a.example/", PAGE, False),
        ("https://cdn.example/b.png", image, True),
        ("https://cdn.example/gone.css", b"HTTP/1.1 302 Found\r\n\r\n", True),
    )
    browser.count = lambda: len(records(wire))
    engine: Engine = browser
    captured = Capturer(wire.config, wire.writer, engine).capture("https://a.example/")
    assert captured.problem is None
    assert [each.url for each in captured.snapshots] == [address for address, _, _ in browser.loaded]
    assert [each.requested_url for each in captured.snapshots] == [address for address, _, _ in browser.loaded]
    facts = [facts_of(record) for record in records(wire) if record.type == "metadata"]
    assert [(each.get("via"), each["hopsFromSeed"]) for each in facts] == [
        (None, ""),
        ("https://a.example/", "E"),
        ("https://a.example/", "E"),
    ]
    assert browser.kept_before == [0, 4, 7]  # each is archived before the next is requested (warcinfo, then three each)
