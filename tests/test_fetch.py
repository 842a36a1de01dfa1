"""The manners of asking: pauses, retries, what robots.txt is remembered of; and the tape under an exchange."""

from __future__ import annotations

import gzip
import math
import socket
import ssl
import time
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import RobotsDisallowed, Unreachable
from archiver.fetch.answers import MAX_LINES, receive
from archiver.fetch.contents import Compressed
from archiver.fetch.gate import Gate, Target
from archiver.fetch.pacing import MAX_TRIES, MAX_WAIT, Pacer, wait_before_retry
from archiver.fetch.robots import MAX_BYTES, Robots
from archiver.fetch.tape import Cut, Tape
from archiver.fetch.wire import Wire
from archiver.http.codings import BROKEN, STEP, decoder
from archiver.http.head import read_fields, read_head
from archiver.http.message import message_of, transfer_decoded
from archiver.records import Exchange, Head, Truncation

FAR = math.inf


def exchange(status: int, *, retry_after: str | None = None) -> Exchange:
    return Exchange(
        url="https://news.example/",
        sent_at=datetime.now(UTC),
        request=b"",
        response=b"",
        head=Head(
            status=status,
            reason="",
            headers=() if retry_after is None else (("Retry-After", retry_after),),
            length=0,
        ),
        address="93.184.216.34",
    )


# --- pacing


class Clock:
    """Sleeps for nothing and remembers for how long."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def test_a_host_is_asked_once_in_a_pause_and_others_are_not_held_up() -> None:
    clock = Clock()
    pacer = Pacer(10, sleep=clock)
    for host in ("a.example", "a.example", "b.example", "a.example"):
        pacer.wait(host, deadline=FAR)
    assert [round(seconds) for seconds in clock.slept] == [10, 20]


def test_a_turn_behind_the_deadline_is_not_waited_for_and_not_taken() -> None:
    clock = Clock()
    pacer = Pacer(10, sleep=clock)
    pacer.wait("a.example", deadline=FAR)
    with pytest.raises(Unreachable, match="next turn comes in 10 s"):
        pacer.wait("a.example", deadline=time.monotonic() + 5)
    pacer.wait("a.example", deadline=FAR)
    assert [round(seconds) for seconds in clock.slept] == [10]


def test_a_busy_host_is_left_alone_by_everybody() -> None:
    clock = Clock()
    pacer = Pacer(0, sleep=clock)
    pacer.hold("a.example", 30)
    pacer.hold("a.example", 10)
    pacer.wait("a.example", deadline=FAR)
    assert [round(seconds) for seconds in clock.slept] == [30]


@pytest.mark.parametrize("status", [200, 301, 404, 408, 500, 502, 504])
def test_only_a_busy_server_is_asked_again(status: int) -> None:
    assert wait_before_retry(exchange(status, retry_after="0"), tries=1) is None


@pytest.mark.parametrize("status", [429, 503])
def test_it_is_asked_again_as_it_says_and_three_times_at_most(status: int) -> None:
    waits = [wait_before_retry(exchange(status, retry_after="5"), tries=tries) for tries in range(1, MAX_TRIES + 1)]
    assert all(wait is not None and 5 <= wait <= 5.5 for wait in waits[:-1])
    assert waits[-1] is None


def test_a_503_that_does_not_say_is_asked_again_later_and_later() -> None:
    waits = [wait_before_retry(exchange(503), tries=tries) or 0 for tries in (1, 2)]
    assert 1 <= waits[0] <= 1.1
    assert 2 <= waits[1] <= 2.2
    assert wait_before_retry(exchange(429), tries=1) is None


@pytest.mark.parametrize("value", ["90000000000", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_no_wait_is_longer_than_an_hour(value: str) -> None:
    wait = wait_before_retry(exchange(503, retry_after=value), tries=1)
    assert wait is not None
    assert MAX_WAIT <= wait <= 1.1 * MAX_WAIT


def test_a_date_says_how_long_to_wait() -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    wait = wait_before_retry(exchange(503, retry_after=when), tries=1)
    assert wait is not None
    assert 95 < wait <= 110


@given(st.text(max_size=60))
def test_no_retry_after_breaks_the_waiting(value: str) -> None:
    wait = wait_before_retry(exchange(503, retry_after=value), tries=1)
    assert wait is not None
    assert 0 <= wait <= 1.1 * MAX_WAIT


# --- robots.txt


class Scripted(Wire):
    """A wire that answers from a list, and counts."""

    def __init__(self, gate: Gate, *answers: bytes) -> None:
        super().__init__(gate, agent="OnRecord/0", max_bytes=1 << 20)
        self.answers = list(answers)
        self.asked: list[str] = []

    def exchange(self, target: Target, *, deadline: float) -> Exchange:
        self.asked.append(target.url)
        answer = self.answers.pop(0)
        received = receive(Tape(_BytesConnection(answer), limit=1 << 20, deadline=FAR, idle=FAR))
        return Exchange(
            url=target.url,
            sent_at=datetime.now(UTC),
            request=b"",
            response=answer,
            head=received.head,
            address="93.184.216.34",
            truncated=received.truncated,
            notes=received.notes,
        )


class _BytesConnection:
    """A connection over which everything has come."""

    def __init__(self, data: bytes, step: int = 1 << 16) -> None:
        self.data = data
        self.step = step

    def settimeout(self, seconds: float | None, /) -> None:
        pass

    def sendall(self, data: bytes, /) -> None:
        pass

    def recv(self, count: int, /) -> bytes:
        count = min(count, self.step)
        data, self.data = self.data[:count], self.data[count:]
        return data

    def close(self) -> None:
        pass


def rules(text: str, *, status: str = "200 OK") -> bytes:
    body = text.encode()
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status.encode(), len(body)) + body


def robots(*answers: bytes) -> tuple[Robots, Scripted, Gate]:
    gate = Gate(resolver=lambda name, port: ["93.184.216.34"])
    wire = Scripted(gate, *answers)
    return Robots(gate, wire, agent="OnRecord/0 (x)"), wire, gate


def test_a_site_is_asked_once_a_day_and_each_origin_for_itself() -> None:
    asking, wire, gate = robots(rules(""), rules(""), rules(""))
    for url in ("http://a.example/", "http://a.example/x", "https://a.example/", "http://a.example:8080/"):
        asking.check(gate.target(url), deadline=FAR)
    assert wire.asked == [
        "http://a.example/robots.txt",
        "https://a.example/robots.txt",
        "http://a.example:8080/robots.txt",
    ]


def test_a_site_without_answer_is_asked_again_the_next_time() -> None:
    asking, wire, gate = robots(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser", rules(""))
    with pytest.raises(Unreachable, match=r"robots\.txt"):
        asking.check(gate.target("http://a.example/"), deadline=FAR)
    asking.check(gate.target("http://a.example/"), deadline=FAR)
    assert len(wire.asked) == 2


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /private\n", "/private/x", False),
        ("User-agent: *\nDisallow: /private\n", "/public", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf?y", True),
        ("User-agent: *\nDisallow: /*?print=\n", "/x?a=b&print=1", True),
        ("User-agent: *\nDisallow: /*print=\n", "/x?a=b&print=1", False),
        ("User-agent: *\nDisallow: /stra%C3%9Fe\n", "/straße", False),
        ("User-agent: *\nDisallow: /straße\n", "/stra%c3%9fe", False),
        ("User-agent: onrecord\nDisallow: /x\nUser-agent: *\nDisallow: /\n", "/y", True),
        ("User-agent: ONRECORD\nDisallow: /x\n", "/x", False),
        ("User-agent: onrecorder\nDisallow: /x\n", "/x", True),
        ("User-agent: other\nUser-agent: onrecord\nDisallow: /x\n", "/x", False),
        ("User-agent: *\n\n\nDisallow: /x\n", "/x", False),
        ("Disallow: /x\n", "/x", True),
        ("User-agent: * # all\nDisallow: /x # this\n", "/x", False),
        ("Sitemap: https://a.example/s\nUser-agent: *\nCrawl-delay: 5\nDisallow: /x\n", "/x", False),
        ("User-agent: *\nDisallow: /\n", "/robots.txt", True),
    ],
)  # fmt: skip
def test_rules_are_read_as_rfc_9309_says(text: str, path: str, allowed: bool) -> None:
    asking, _, gate = robots(rules(text))
    target = gate.target(f"http://a.example{path}")
    if allowed:
        asking.check(target, deadline=FAR)
    else:
        with pytest.raises(RobotsDisallowed, match="ONRECORD_FETCH_ROBOTS=off"):
            asking.check(target, deadline=FAR)


def test_of_a_long_file_what_the_standard_asks_for_is_read() -> None:
    shut = "User-agent: *\nDisallow: /\n"
    filler = "#" * (MAX_BYTES - len(shut) - 1) + "\n"
    asking, _, gate = robots(rules(filler + shut))
    with pytest.raises(RobotsDisallowed):
        asking.check(gate.target("http://a.example/"), deadline=FAR)


@given(st.text(max_size=300))
def test_no_robots_txt_breaks_the_asking(text: str) -> None:
    asking, _, gate = robots(rules(text.encode("utf-8", "replace").decode()))
    try:
        asking.check(gate.target("http://a.example/x"), deadline=FAR)
    except RobotsDisallowed as problem:
        assert problem.message


# --- the tape


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_however_an_answer_is_cut_into_packets_it_is_the_same_answer(tail: bytes, step: int) -> None:
    answer = b"HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n" + tail
    seen = []
    for size in (step, 1 << 16):
        tape = Tape(_BytesConnection(answer, size), limit=1 << 20, deadline=FAR, idle=FAR)
        message = receive(tape)
        seen.append((message, tape.taken()))
    assert seen[0] == seen[1]


@given(st.binary(max_size=300))
def test_the_payload_of_any_answer_is_bytes_of_it(answer: bytes) -> None:
    assert sum(map(len, transfer_decoded(message_of(answer)))) <= len(answer)


PIECES = st.sampled_from(
    [
        *(
            b"HTTP/1.1 200 OK",
            b"HTTP/1.1 103 E",
            b"\r\n",
            b"\n",
            b"\r",
            b": ",
            b":",
            b"Content-Length",
            b"Transfer-Encoding",
        ),
        *(b"chunked", b"gzip", b"5", b"0", b"a", b"f" * 16, b"\r\n\r\n", b"5\r\nabcde\r\n", b"0\r\n\r\n", b" ", b"\t"),
        *(
            b"\x00",
            b"\xff",
            b";",
            b",",
            b"X: y\r\n",
            b"Content-Length: 5\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"-1",
        ),
    ]
)


def compressed_transfer(head: Head) -> bool:
    """Undone in the record, and left on where the bytes go by."""
    return bool(set(head.values("transfer-encoding")) - {"chunked"})


@settings(max_examples=150)
@given(st.booleans(), st.lists(PIECES, max_size=25).map(b"".join))
def test_the_wire_and_the_record_are_read_alike(begun: bool, tail: bytes) -> None:
    answer = b"HTTP/1.1 200 OK\r\n" * begun + tail
    tape, heard = Tape(_BytesConnection(answer), limit=1 << 20, deadline=FAR, idle=FAR), list[bytes]()
    tape.listeners.append(heard.append)
    try:
        message = receive(tape)
    except Cut:
        return
    block = tape.taken()
    assert block in answer
    assert read_head(block) == message.head
    if not message.truncated and message.head.status not in {None, 204, 304} and not compressed_transfer(message.head):
        assert b"".join(transfer_decoded(message_of(block))) == b"".join(heard)


@pytest.mark.parametrize("line", [b"X: y\r\n", b" z\r\n", b"no name\r\n"], ids=["fields", "folding", "nameless"])
@pytest.mark.parametrize("trailer", [False, True], ids=["head", "trailer"])
def test_an_endless_head_is_cut_by_its_lines_however_slow_the_machine(line: bytes, trailer: bool) -> None:
    """Not first by its bytes: a quarter of a megabyte is a lot of short lines."""
    begun = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + b"\r\n0\r\n" * trailer
    tape = Tape(_BytesConnection(begun + line * (2 * MAX_LINES)), limit=1 << 20, deadline=FAR, idle=FAR)
    assert receive(tape).truncated is Truncation.LENGTH
    assert tape.kept <= len(begun) + len(line) * (MAX_LINES + 1)


def test_a_value_folded_over_many_lines_is_put_together_once() -> None:
    (field,) = read_fields(["X: a", *[" b "] * 200_000, " "])  # a gigabyte ten times over, were it copied for each line
    assert field == ("X", "a" + " b" * 200_000)


class Stuck(ssl.SSLContext):
    """A handshake that does not come back while the connection lives, as OpenSSL's does under a stream of messages."""

    def wrap_socket(self, sock: socket.socket, *_more: Any, **_options: Any) -> Any:
        sock.settimeout(20)
        while sock.recv(1):
            pass
        raise ssl.SSLError("the connection has ended")


def test_what_holds_a_call_beyond_its_deadline_is_cut_off_from_outside() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        place = f"127.0.0.1:{listening.getsockname()[1]}"
        gate = Gate((place,))
        wire = Wire(gate, agent="OnRecord/0", max_bytes=1 << 20, tls=Stuck(ssl.PROTOCOL_TLS_CLIENT))
        began = time.monotonic()
        with pytest.raises(Unreachable):
            wire.exchange(gate.target(f"https://{place}/"), deadline=began + 0.3)
        assert time.monotonic() - began < 10


# --- content codings


CODED = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def undone(coding: str, data: bytes) -> tuple[bytes, bool]:
    undoing = decoder(coding, data)
    assert undoing is not None
    pieces = [piece for at in range(0, len(data), STEP) for piece in undoing.feed(data[at : at + STEP])]
    return b"".join(pieces), undoing.ended


@pytest.mark.parametrize("coding", CODED)
@given(body=st.binary(max_size=200), times=st.sampled_from([1, 3, 20_000]))
def test_a_coding_is_undone_whole_and_known_to_have_ended(coding: str, body: bytes, times: int) -> None:
    body *= times
    assert undone(coding, CODED[coding](body)) == (body, True)


@pytest.mark.parametrize("coding", CODED)
@given(data=st.data(), body=st.binary(min_size=1, max_size=400))
def test_a_coding_that_is_cut_anywhere_is_found_cut(coding: str, data: st.DataObject, body: bytes) -> None:
    coded = CODED[coding](body)
    cut = coded[: data.draw(st.integers(1, len(coded) - 1))]
    content = Compressed(coding)
    content.feed(cut)
    assert content.cut or content.mislabelled


@pytest.mark.parametrize("coding", CODED)
@given(data=st.binary(max_size=300))
def test_no_content_breaks_a_decoder(coding: str, data: bytes) -> None:
    with suppress(*BROKEN):
        undone(coding, data)
    content = Compressed(coding)
    content.feed(data)


@pytest.mark.parametrize("coding", CODED)
def test_a_bomb_comes_out_in_small_pieces(coding: str) -> None:
    bomb = CODED[coding](bytes(20 << 20))
    undoing = decoder(coding, bomb)
    assert undoing is not None
    largest = max(len(piece) for at in range(0, len(bomb), STEP) for piece in undoing.feed(bomb[at : at + STEP]))
    assert largest <= 16 << 20
