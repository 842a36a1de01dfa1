"""Nothing that leaves this machine goes to an address that is not public, however it is spelt, named or reached."""

from __future__ import annotations

import socket
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from urllib3.util import parse_url

from archiver.errors import AddressRefused, ConfigError, FetchError, RobotsDisallowed, Unreachable
from archiver.fetch import addresses
from archiver.fetch.gate import MAX_ADDRESSES, Gate, Target
from archiver.fetch.redirects import redirect_of
from archiver.fetch.robots import Robots
from archiver.fetch.wire import Wire
from tests.outgoing import Outgoing, watched

VECTORS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "gate" / "vectors.toml").read_text(encoding="utf-8")
)
PUBLIC = "93.184.216.34"
AGENT = "OnRecord/0 (test)"
OPEN = socket.socket.__mro__[1].connect  # type: ignore[attr-defined]  # the system's own, without the guard of conftest


@pytest.fixture(autouse=True)
def guarded_below(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard of this module is the stronger one: it lets a try through to where it is counted and refused."""
    monkeypatch.setattr(socket.socket, "connect", OPEN)


def each(kind: str) -> list[Any]:
    return [
        pytest.param(value, id=f"{family}-{number}")
        for family, values in VECTORS[kind].items()
        for number, value in enumerate(values)
    ]


def resolving(*answers: str) -> Callable[[str, int], list[str]]:
    return lambda name, port: list(answers)


def nowhere(name: str, port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def wire(gate: Gate) -> Wire:
    return Wire(gate, agent=AGENT, max_bytes=1 << 20)


def soon() -> float:
    return time.monotonic() + 10


def problem_of(gate: Gate, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        wire(gate).exchange(gate.target(url), deadline=soon())
    return caught.value


# --- every spelling of an address


def test_there_are_vectors_enough() -> None:
    assert sum(len(values) for values in VECTORS["refused"].values()) >= 150
    assert len(VECTORS["public"]) >= 6
    assert sum(len(values) for values in VECTORS["location"].values()) >= 25


@pytest.mark.parametrize("url", each("refused"))
def test_a_url_that_hides_an_address_or_is_malformed_is_refused(url: str) -> None:
    with watched() as outgoing:
        problem = problem_of(Gate(resolver=resolving(PUBLIC)), url)
    assert type(problem) is AddressRefused
    assert (outgoing.places, outgoing.names) == ([], [])
    assert problem.message.isprintable()


@pytest.mark.parametrize("url", each("refused"))
def test_an_exception_for_another_place_opens_none_of_them(url: str) -> None:
    gate = Gate(("news.example:8099", "127.0.0.1:8099", "[::1]:8099", "localhost:8099"), resolver=resolving(PUBLIC))
    with watched() as outgoing:
        assert type(problem_of(gate, url)) is AddressRefused
    assert outgoing.places == []


@pytest.mark.parametrize("url", each("nameless"))
def test_a_name_without_address_is_unreachable(url: str) -> None:
    with watched() as outgoing:
        assert type(problem_of(Gate(resolver=nowhere), url)) is Unreachable
    assert outgoing.places == []


def test_secrets_in_a_refused_url_are_not_repeated() -> None:
    problem = problem_of(Gate(), "https://reader:hunter2@news.example/")
    assert "hunter2" not in problem.message
    assert "reader" not in problem.message


@pytest.mark.parametrize(("url", "place"), VECTORS["public"].items())
def test_a_public_place_is_connected_to_as_it_was_checked(url: str, place: str) -> None:
    address, port, host = place.split()
    gate = Gate(resolver=resolving(PUBLIC))
    with watched() as outgoing:
        assert type(problem_of(gate, url)) is Unreachable
    assert outgoing.places == [(address, int(port))]
    assert outgoing.names == []
    assert gate.target(url).authority == host


# --- names: every address of every answer, once


@pytest.mark.parametrize("answers", VECTORS["answered"].values(), ids=VECTORS["answered"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_with_any_address_that_is_not_public_is_refused(scheme: str, answers: list[str]) -> None:
    with watched() as outgoing:
        assert type(problem_of(Gate(resolver=resolving(*answers)), f"{scheme}://news.example/")) is AddressRefused
    assert outgoing.places == []


class Rebinding:
    """A resolver whose answers change from question to question."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, name: str, port: int) -> list[str]:
        self.asked.append(name)
        return self.answers.pop(0)


def test_a_name_is_resolved_once_for_a_request_and_connected_to_as_resolved() -> None:
    rebinding = Rebinding([PUBLIC], ["127.0.0.1"])
    with watched() as outgoing:
        assert type(problem_of(Gate(resolver=rebinding), "http://news.example/")) is Unreachable
    assert rebinding.asked == ["news.example"]
    assert outgoing.places == [(PUBLIC, 80)]


def test_a_name_that_turns_private_is_refused_at_the_next_request() -> None:
    gate = Gate(resolver=Rebinding([PUBLIC], ["127.0.0.1"], [PUBLIC]))
    with watched() as outgoing:
        kinds = [type(problem_of(gate, "http://news.example/")) for _ in range(3)]
    assert kinds == [Unreachable, AddressRefused, Unreachable]
    assert outgoing.places == [(PUBLIC, 80)] * 2


def test_the_addresses_of_a_name_are_tried_in_turn_and_only_so_many() -> None:
    many = [f"93.184.216.{number}" for number in range(1, 100)]
    with watched() as outgoing:
        problem_of(Gate(resolver=resolving(*many, many[0])), "http://news.example/")
    assert outgoing.places == [(address, 80) for address in many[:MAX_ADDRESSES]]


@pytest.mark.parametrize(
    "answers", [[], ["not an address"], [""], ["127.0.0.1.5"]], ids=["none", "words", "empty", "five parts"]
)
def test_answers_that_are_no_addresses_are_unreachable(answers: list[str]) -> None:
    with watched() as outgoing:
        assert type(problem_of(Gate(resolver=resolving(*answers)), "http://news.example/")) is Unreachable
    assert outgoing.places == []


def test_a_resolver_that_hangs_is_left_behind_at_the_deadline() -> None:
    over = threading.Event()

    def hanging(name: str, port: int) -> list[str]:
        over.wait(30)
        return ["127.0.0.1"]

    began = time.monotonic()
    gate = Gate(resolver=hanging)
    with watched() as outgoing, pytest.raises(Unreachable, match="in time"):
        wire(gate).exchange(gate.target("http://news.example/"), deadline=began + 0.3)
    over.set()
    assert time.monotonic() - began < 5
    assert outgoing.places == []


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_NODATA])
def test_which_failure_of_the_resolver_it_was_is_told(code: int) -> None:
    def failing(name: str, port: int) -> list[str]:
        raise socket.gaierror(code, f"failure {code}")

    problem = problem_of(Gate(resolver=failing), "http://news.example/")
    assert type(problem) is Unreachable
    assert f"failure {code}" in problem.what


# --- what a connection leads to


class Server:
    """Answers every request on a port of this machine with the same bytes, and counts who came."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.requests: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.place = "127.0.0.1", self.port
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def allow(self) -> str:
        return f"127.0.0.1:{self.port}"

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                self.requests.append(connection.recv(1 << 16))
                connection.sendall(self.answer)


@pytest.fixture
def serve() -> Iterator[Callable[[bytes], Server]]:
    servers: list[Server] = []

    def started(answer: bytes) -> Server:
        servers.append(Server(answer))
        return servers[-1]

    yield started
    for server in servers:
        server.close()


def redirect(location: str) -> bytes:
    return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location.encode() + b"\r\n\r\n"


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


@pytest.mark.parametrize("location", each("location"))
def test_a_redirect_to_what_is_not_public_is_not_followed(location: str, serve: Callable[[bytes], Server]) -> None:
    canary = serve(OK)
    server = serve(redirect(location.replace("CANARY", str(canary.port))))
    gate = Gate((server.allow,), resolver=resolving("127.0.0.1"))
    with watched({server.place, canary.place}) as outgoing:
        exchange = wire(gate).exchange(gate.target(server.url), deadline=soon())
        with pytest.raises(AddressRefused):
            _follow(gate, exchange)
    assert outgoing.places == [server.place]
    assert canary.requests == []


def _follow(gate: Gate, exchange: Any) -> None:
    target = redirect_of(gate, gate.target(exchange.url), exchange)
    assert target is not None
    wire(gate).exchange(target, deadline=soon())


def test_robots_txt_is_asked_for_through_the_same_gate(serve: Callable[[bytes], Server]) -> None:
    canary = serve(OK)
    server = serve(redirect(f"http://127.0.0.1:{canary.port}/robots.txt"))
    gate = Gate((server.allow,), resolver=resolving("10.0.0.1"))
    with watched({server.place, canary.place}) as outgoing:
        robots = Robots(gate, wire(gate), agent=AGENT)
        with pytest.raises(RobotsDisallowed, match="may not be fetched"):
            robots.check(gate.target(server.url), deadline=soon())
        with pytest.raises(AddressRefused, match="not public"):
            robots.check(gate.target("http://news.example/"), deadline=soon())
    assert outgoing.places == [server.place]
    assert canary.requests == []


def test_a_connection_that_ends_up_elsewhere_gets_no_byte(
    serve: Callable[[bytes], Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = serve(OK)
    connect = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda _place, timeout: connect(canary.place, timeout))
    with watched({canary.place}), pytest.raises(AddressRefused, match=r"connected to 127\.0\.0\.1 instead of"):
        gate = Gate(resolver=resolving(PUBLIC))
        wire(gate).exchange(gate.target("http://news.example/"), deadline=soon())
    time.sleep(0.05)
    assert [request for request in canary.requests if request] == []


# --- exceptions


@pytest.mark.parametrize(
    ("allow", "url", "opened"),
    [
        ("127.0.0.1:{}", "http://127.0.0.1:{}/", True),
        ("127.0.0.1:{}", "http://127.1:{}/", True),
        ("127.1:{}", "http://127.0.0.1:{}/", True),
        ("localhost:{}", "http://localhost:{}/", True),
        ("LOCALHOST:{}", "http://localhost.:{}/", True),
        ("intern.example:{}", "http://intern.example:{}/", True),
        ("127.0.0.1:{}", "http://localhost:{}/", False),
        ("127.0.0.1:{}", "http://intern.example:{}/", False),
        ("localhost:{}", "http://127.0.0.1:{}/", False),
        ("intern.example:{}", "http://127.0.0.1:{}/", False),
        ("intern.example:{}", "http://www.intern.example:{}/", False),
        ("intern.example:1", "http://intern.example:{}/", False),
        ("intern.example:80", "http://intern.example:{}/", False),
        ("127.0.0.2:{}", "http://127.0.0.1:{}/", False),
    ],
)
def test_an_exception_opens_exactly_its_host_and_port(
    allow: str, url: str, opened: bool, serve: Callable[[bytes], Server]
) -> None:
    server = serve(OK)
    gate = Gate((allow.format(server.port),), resolver=resolving("127.0.0.1"))
    with watched({server.place}) as outgoing:
        if opened:
            assert wire(gate).exchange(gate.target(url.format(server.port)), deadline=soon()).status == 200
        else:
            assert type(problem_of(gate, url.format(server.port))) is AddressRefused
    assert [place for place in outgoing.places if place == server.place] == [server.place] * opened


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "100.100.100.200", "168.63.129.16", "169.254.169.254", "224.0.0.1", "255.255.255.255"),
        *("fd00:42::42", "fd00:ec2::254", "fd20:ce::254", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
        *("fe80::1", "ff02::1"),
    ],
)
def test_an_excepted_name_still_redirect_of_no_metadata_server_or_group(address: str) -> None:
    with watched() as outgoing:
        assert type(
            problem_of(Gate(("intern.example:80",), resolver=resolving(address)), "http://intern.example/")
        ) is (AddressRefused)
    assert outgoing.places == []


@pytest.mark.parametrize(
    "entry",
    [
        *("", "-", "intern.example", "intern.example:", ":80", "intern.example:0", "intern.example:65536", "*:80"),
        *("*.example:80", "10.0.0.0/8:80", "http://intern.example:80", "intern.example:80/x", "a@b:80", "[::1:80"),
    ],
)
def test_an_exception_that_is_no_host_and_port_is_a_wrong_setting(entry: str) -> None:
    with pytest.raises(ConfigError, match="host:port"):
        Gate((entry,))


# --- the environment


def test_no_proxy_and_no_password_comes_from_the_environment(
    serve: Callable[[bytes], Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server, proxy = serve(OK), serve(OK)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    netrc = tmp_path / "netrc"
    netrc.write_text("default login reader password hunter2\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_bytes(netrc.read_bytes())
    gate = Gate((server.allow,))
    with watched({server.place, proxy.place}) as outgoing:
        wire(gate).exchange(gate.target(server.url), deadline=soon())
    assert outgoing.places == [server.place]
    assert proxy.requests == []
    assert b"uthorization" not in server.requests[0]


# --- properties


def outgoing_of(gate: Gate, url: str) -> Outgoing:
    with watched() as outgoing, pytest.raises(FetchError):
        wire(gate).exchange(gate.target(url), deadline=soon())
    return outgoing


ODD_URLS = st.builds(
    lambda scheme, user, host, port, rest: f"{scheme}://{user}{host}{port}{rest}",
    st.sampled_from(["http", "https", "HTTP", "hTTps"]),
    st.sampled_from(["", "", "", "a@", "a:b@", "@"]),
    st.one_of(
        st.text(max_size=20),
        st.ip_addresses(v=4).map(str),
        st.ip_addresses(v=6).map(lambda address: f"[{address}]"),
        st.integers(0, 1 << 33).map(str),
        st.from_regex(r"(0?x?[0-9a-f]{1,9}\.){0,4}0?x?[0-9a-f]{1,9}\.?", fullmatch=True),
    ),
    st.one_of(st.just(""), st.integers(0, 70000).map(lambda port: f":{port}"), st.text(":@\\/0", max_size=3)),
    st.one_of(st.just("/"), st.text(max_size=20)),
)


@given(st.one_of(st.text(max_size=60), ODD_URLS))
@example("http://a@b@c/")
def test_what_passes_means_the_same_to_every_parser(url: str) -> None:
    gate = Gate(resolver=resolving(PUBLIC))
    try:
        target = gate.target(url)
    except AddressRefused as refused:
        refused.message.encode()  # it can be printed
        return
    bracketed = f"[{target.host}]" if ":" in target.host else target.host
    plain, other = urlsplit(target.url), parse_url(target.url)
    assert target.url.isascii()
    assert (plain.scheme, plain.hostname, plain.username) == (target.scheme, target.host, None)
    assert (other.scheme, other.host, other.auth) == (target.scheme, bracketed, None)
    assert (plain.port or None, other.port or None) == (target.port if f":{target.port}" in plain.netloc else None,) * 2
    assert target == gate.target(target.url)
    with watched() as outgoing, pytest.raises(FetchError):
        wire(gate).exchange(gate.target(url), deadline=soon())
    assert all(addresses.why_refused(_parsed(address)) is None for address, _ in outgoing.places)


def _parsed(text: str) -> addresses.Address:
    address = addresses.parsed(text)
    assert address is not None
    return address


@given(st.ip_addresses())
def test_the_table_is_at_least_as_strict_as_the_standard_library(address: IPv4Address | IPv6Address) -> None:
    if addresses.why_refused(address) is None:
        inner = address if isinstance(address, IPv4Address) else IPv4Address(int(address) & 0xFFFFFFFF)
        public = address if address not in addresses._NAT64 else inner
        assert public.is_global
        assert not (public.is_multicast or public.is_reserved or public.is_loopback or public.is_link_local)


PRIVATE = st.one_of(
    *(st.ip_addresses(v=4, network=network) for network in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16")),
    st.ip_addresses(v=4, network="192.168.0.0/16"),
)


@given(PRIVATE)
def test_no_embedding_of_a_private_address_is_public(inner: IPv4Address) -> None:
    low, high = int(inner), int(inner) ^ 0xFFFFFFFF
    embedded = (
        low,
        0xFFFF << 32 | low,
        0xFFFF << 48 | low,
        0x0064FF9B << 96 | low,
        0x0064FF9B0001 << 80 | low,
        0x2002 << 112 | low << 80,
        0x20010000 << 96 | high,
        0xFE80 << 112 | 0x5EFE << 32 | low,
        0x26000001 << 96 | 0x5EFE << 32 | low,
        0x26000001 << 96 | 0x02005EFE << 32 | low,
    )
    assert [addresses.why_refused(IPv6Address(number)) is None for number in embedded] == [False] * len(embedded)


@given(st.text(max_size=60))
def test_no_location_breaks_the_gate(location: str) -> None:
    gate = Gate(resolver=resolving(PUBLIC))
    base = gate.target("https://news.example/a/b?c")
    try:
        assert isinstance(gate.follow(base, location), Target)
    except AddressRefused as refused:
        refused.message.encode()
