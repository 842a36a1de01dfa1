"""Plays scripts to whoever asks. A script is a tuple of steps; the connection ends behind the last one."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

RECORDED = 4 << 20
"""Bytes of a talk that are remembered."""

HANG = "hang"
"""The step that waits until the client goes away."""

RESET = "reset"
"""The step that ends the connection with RST instead of FIN."""

CUT = "cut"
"""The step that ends the connection without the close_notify that TLS asks for."""


@dataclass(frozen=True, slots=True)
class Forever:
    """The step that sends the same bytes again and again, `pause` seconds apart."""

    data: bytes
    pause: float = 0.0


Step = bytes | float | str | Forever
Script = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What is played: a script for each path, in turns where there are several; the last one is repeated.

    `robots` is what /robots.txt says (None: there is none). `tls` names the certificate; `below` is played instead of a
    TLS handshake. `closed` is a port where nobody listens, `full` one whose queue is full.
    """

    routes: Mapping[str, tuple[Script, ...]]
    robots: tuple[Script, ...] | None = None
    tls: str | None = None
    below: Script | None = None
    closed: bool = False
    full: bool = False

    @property
    def own_port(self) -> bool:
        """Whether it cannot share the common port."""
        return bool(self.tls or self.below is not None or self.closed or self.full)


@dataclass(slots=True, kw_only=True)
class Talk:
    """One connection: what came, and what was sent."""

    path: str
    received: bytes
    sent: bytearray = field(default_factory=bytearray)


NOT_FOUND: Script = (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",)


class HostileServer:
    """The running server, as a context manager. `plays` are by name; `contexts` are TLS contexts by name."""

    def __init__(self, plays: Mapping[str, Play], contexts: Mapping[str, ssl.SSLContext]) -> None:
        self._plays = plays
        self._contexts = contexts
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._turns: Counter[tuple[str, str]] = Counter()
        self._ports: dict[str, int] = {}
        self._open: list[socket.socket] = []
        self.talks: dict[str, list[Talk]] = {name: [] for name in plays}

    def __enter__(self) -> Self:
        self.port = self._listen(None)
        for name, play in self._plays.items():
            if play.own_port:
                self._ports[name] = self._listen(name)
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for listening in self._open:
            listening.close()

    def host(self, name: str) -> str:
        """Host and port of a behaviour."""
        return f"{name}.localhost:{self._ports.get(name, self.port)}"

    def url(self, name: str) -> str:
        """Where a behaviour is requested."""
        tls = self._plays[name].tls or self._plays[name].below is not None
        return f"{'https' if tls else 'http'}://{self.host(name)}/"

    @property
    def allow(self) -> tuple[str, ...]:
        """All of them, as the settings want them."""
        return tuple(self.host(name) for name in self._plays)

    def _listen(self, name: str | None) -> int:
        play = self._plays[name] if name else None
        full = play is not None and play.full
        listening = socket.create_server(("127.0.0.1", 0), backlog=0 if full else 128)
        port: int = listening.getsockname()[1]
        if play is not None and play.closed:
            listening.close()
            return port
        self._open.append(listening)
        if full:
            self._open += [self._queued(port) for _ in range(4)]
        else:
            threading.Thread(target=self._accept, args=(listening, name), daemon=True).start()
        return port

    def _queued(self, port: int) -> socket.socket:
        waiting = socket.socket()
        waiting.setblocking(False)
        waiting.connect_ex(("127.0.0.1", port))
        return waiting

    def _accept(self, listening: socket.socket, name: str | None) -> None:
        while not self._over.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(connection, name), daemon=True).start()

    def _converse(self, connection: socket.socket, name: str | None) -> None:
        with suppress(OSError), connection:
            connection.settimeout(30)
            play = self._plays[name] if name else None
            if play is not None and play.below is not None:
                self._play(connection, Talk(path="", received=b""), play.below)
            elif play is not None and play.tls:
                with self._contexts[play.tls].wrap_socket(connection, server_side=True) as secured:
                    self._answer(secured)
            else:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        received = b""
        while not received.endswith(b"\r\n\r\n"):
            data = connection.recv(1 << 16)
            if not data:
                return
            received += data
        path = received.split(b" ", 2)[1].decode("ascii")
        name = received.lower().partition(b"\r\nhost: ")[2].partition(b".localhost")[0].decode("ascii")
        talk = Talk(path=path, received=received)
        self._play(connection, talk, self._script(name, path, talk))

    def _script(self, name: str, path: str, talk: Talk) -> Script:
        with self._lock:
            self.talks[name].append(talk)
            turn = self._turns[name, path]
            self._turns[name, path] += 1
        play = self._plays[name]
        scripts = (play.robots or (NOT_FOUND,)) if path == "/robots.txt" else play.routes.get(path, (NOT_FOUND,))
        here = f"http://{self.host(name)}".encode()
        script = scripts[min(turn, len(scripts) - 1)]
        return tuple(step.replace(b"{here}", here) if isinstance(step, bytes) else step for step in script)

    def _play(self, connection: socket.socket, talk: Talk, script: Script) -> None:
        for step in script:
            if isinstance(step, bytes):
                self._send(connection, talk, step)
            elif isinstance(step, Forever):
                while not self._over.wait(step.pause):
                    self._send(connection, talk, step.data)
            elif isinstance(step, float):
                self._over.wait(step)
            else:
                self._end(connection, step)
                return
        if isinstance(connection, ssl.SSLSocket):
            connection.unwrap()
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1)  # until the client has closed, so that nothing it sends is answered by RST

    def _end(self, connection: socket.socket, how: str) -> None:
        if how == HANG:
            connection.settimeout(0.2)
            while not self._over.is_set():
                with suppress(TimeoutError):
                    if not connection.recv(1 << 16):
                        return
        elif how == RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        elif how == CUT:
            connection.shutdown(socket.SHUT_RDWR)

    def _send(self, connection: socket.socket, talk: Talk, data: bytes) -> None:
        if len(talk.sent) < RECORDED:
            talk.sent += data
        connection.sendall(data)
