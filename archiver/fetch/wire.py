"""The wire: one request and its answer, kept as the bytes that crossed it; one delivery. urllib3 connects here alone.

urllib3 speaks TLS and writes the request; it is given a socket that is already connected to the checked address, and
the name only for `Host`, SNI and the certificate. No proxy of the environment, no .netrc, no retry, no redirect, no
decoding.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from archiver.errors import AddressRefused, Unreachable
from archiver.fetch import addresses
from archiver.fetch.answers import Received, receive
from archiver.fetch.gate import Gate, Target
from archiver.fetch.proxy import NOTE as PROXY_NOTE
from archiver.fetch.proxy import tunnel
from archiver.fetch.tape import Cut, Tape
from archiver.records import Exchange

CONNECT_SECONDS = 10.0
IDLE_SECONDS = 20.0
GRACE_SECONDS = 0.5
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@cache
def system_trust() -> ssl.SSLContext:
    """The certificates that this machine trusts, read when the first connection wants them: reading takes 0.1 s."""
    return ssl.create_default_context()


class Wire:
    """Makes exchanges. Thread-safe: each has a connection of its own.

    `agent` is the User-Agent, `max_bytes` the most that is kept of an answer, `idle` the most seconds between two
    arrivals, `tls` the trust in certificates (the system's own if None). With `proxy` (host, port) connections go
    through it, except to hosts that the settings except.
    """

    def __init__(
        self,
        gate: Gate,
        *,
        agent: str,
        max_bytes: int,
        idle: float = IDLE_SECONDS,
        tls: ssl.SSLContext | None = None,
        proxy: tuple[str, int] | None = None,
    ) -> None:
        self._gate = gate
        self._agent = agent
        self._max_bytes = max_bytes
        self._idle = idle
        self._tls = tls
        self._proxy = proxy

    def exchange(self, target: Target, *, deadline: float) -> Exchange:
        """One GET of `target`, no redirects followed. `deadline` is on the monotonic clock, in seconds.

        An answer that is cut, too long or not HTTP comes back as an Exchange that says so. A connection that is reset
        before the first byte is tried once more (RFC 9110 §9.2.2). Raises AddressRefused, and Unreachable where no
        answer came: no name, no connection, no TLS, no first byte, no whole head.
        """
        try:
            return self._exchanged(target, deadline)
        except _Reset:
            pass
        try:
            return self._exchanged(target, deadline, "a first connection was reset before any answer came")
        except _Reset as reset:
            raise reset.problem from None

    def _exchanged(self, target: Target, deadline: float, *notes: str) -> Exchange:
        proxy = None if target.excepted else self._proxy
        sock, address = _connected(target, self._gate.addresses(target, deadline=deadline), deadline, proxy)
        if proxy:
            notes = (PROXY_NOTE, *notes)
        with sock, _watched(sock, deadline):
            sent_at = datetime.now(UTC)
            connection = _connection_over(target, sock, self._tls or system_trust(), deadline)
            tape = Tape(connection.sock, limit=self._max_bytes, deadline=deadline, idle=self._idle)
            with closing(tape):
                received = self._talk(target, connection, tape)
        return Exchange(
            url=target.url,
            sent_at=sent_at,
            request=bytes(tape.sent),
            response=tape.taken(),
            head=received.head,
            address=address,
            truncated=received.truncated,
            surplus=tape.surplus(),
            notes=(*notes, *received.notes),
        )

    def _talk(self, target: Target, connection: HTTPConnection, tape: Tape) -> Received:
        connection.sock = tape
        headers = {
            "Host": target.authority,
            "User-Agent": self._agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        try:
            with suppress(ConnectionError):  # it may have answered anyway
                connection.request("GET", target.path, headers=headers)
            return receive(tape)
        except Cut as cut:
            problem = Unreachable(f"connected, but {cut.what}", where=target.url)
            raise (_Reset(problem) if tape.reset and not tape.arrived else problem) from None
        except OSError as error:
            raise Unreachable(
                f"connected, but could not send the request ({_reason(error)})", where=target.url
            ) from None


def delivered(
    target: Target,
    candidates: tuple[str, ...],
    body: bytes,
    fields: dict[str, str],
    *,
    tls: ssl.SSLContext,
    deadline: float,
) -> int:
    """POSTs `body` to the first of the checked addresses that connects: the status of the answer.

    Its payload is not read and no redirect is followed. `deadline` is on the monotonic clock, in seconds. Raises
    Unreachable where no answer came.
    """
    headers = {**fields, "Host": target.authority, "Connection": "close"}
    try:
        sock, _ = _connected(target, candidates, deadline, None)
        with sock, _watched(sock, deadline), closing(_connection_over(target, sock, tls, deadline)) as connection:
            connection.request("POST", target.path, body=body, headers=headers, preload_content=False)
            with closing(connection.getresponse()) as answer:
                return answer.status
    except _Reset as reset:
        raise reset.problem from None
    except (OSError, HTTPException, HTTPError) as error:
        problem = f"did not take the delivery ({error or type(error).__name__})"
        raise Unreachable(problem, where=target.url) from error


class _Reset(Exception):
    """The peer reset the connection before it answered anything; `problem` is what to say if it does so again."""

    def __init__(self, problem: Unreachable) -> None:
        self.problem = problem
        super().__init__(str(problem))


class _Given(HTTPConnection):
    """An urllib3 connection over a socket that is already connected."""

    given: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.given


class _GivenTLS(_Given, HTTPSConnection):
    """The same, with TLS on top."""


def _connected(
    target: Target, candidates: tuple[str, ...], deadline: float, proxy: tuple[str, int] | None
) -> tuple[socket.socket, str]:
    """A connection to the first of the checked addresses that takes one, and that address. Raises Unreachable."""
    problems = list[str]()
    for tried, address in enumerate(candidates):
        left = (deadline - time.monotonic()) / (len(candidates) - tried)
        if left <= 0:
            break
        try:
            if proxy:
                sock = tunnel(proxy, address, target.port, seconds=min(CONNECT_SECONDS, left))
            else:
                sock = socket.create_connection((address, target.port), timeout=min(CONNECT_SECONDS, left))
                _check_peer(target, sock, address)
        except OSError as error:
            problems.append(f"{_reason(error)} at {address}")
        else:
            return sock, address
    problem = "; ".join(problems) or "out of time"
    raise Unreachable(f"no connection to port {target.port} of {target.host} ({problem})", where=target.url)


@contextmanager
def _watched(sock: socket.socket, deadline: float) -> Iterator[None]:
    """Shuts the connection down soon after the deadline, in every state.

    The deadlines of the calls themselves are not enough: OpenSSL does not come back from a handshake (or a read) as
    long as messages arrive that it may pass over.
    """
    with sock.dup() as same:  # TLS takes the socket itself over
        watchdog = threading.Timer(max(0, deadline - time.monotonic()) + GRACE_SECONDS, _shut, [same])
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _check_peer(target: Target, sock: socket.socket, address: str) -> None:
    """Nothing between here and the network may have led elsewhere. Raises OSError where the peer is gone already."""
    try:
        peer = str(sock.getpeername()[0])
    except OSError:
        sock.close()
        raise
    if addresses.parsed(peer) != addresses.parsed(address):
        sock.close()
        raise AddressRefused(f"connected to {peer} instead of {address}", where=target.url)


def _connection_over(target: Target, sock: socket.socket, tls: ssl.SSLContext, deadline: float) -> HTTPConnection:
    """urllib3's connection over `sock`, with TLS spoken and the certificate checked for https. Raises Unreachable."""
    connection = _Given(target.host, target.port)
    if target.scheme == "https":
        connection = _GivenTLS(target.host, target.port, ssl_context=tls, server_hostname=target.host)
    connection.given = sock
    sock.settimeout(max(0.001, min(CONNECT_SECONDS, deadline - time.monotonic())))
    try:
        connection.connect()
        if isinstance(connection.sock, ssl.SSLSocket) and connection.sock.version() is None:
            raise ConnectionResetError("the peer is gone")  # ssl then gives a socket that would speak plainly
    except OSError as error:
        connection.close()
        problem = Unreachable(f"no secure connection to {target.host} ({_reason(error)})", where=target.url)
        raise (_Reset(problem) if isinstance(error, ConnectionResetError) else problem) from None
    return connection


def _reason(error: OSError) -> str:
    """What the system or OpenSSL says, in a few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate was refused: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        reason = getattr(error, "reason", None) or str(error)  # what Python itself raises has none
        return f"TLS failed: {reason.lower().replace('_', ' ')}"
    return "timed out" if isinstance(error, TimeoutError) else error.strerror or str(error)
