"""The recorder under an exchange: every byte that crosses the connection, within deadlines and a byte limit."""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Callable
from typing import Protocol

from archiver.records import Truncation

CHUNK = 1 << 16


class Cut(Exception):
    """The answer ended before it was whole: `why` in the words of `WARC-Truncated`, `what` for a person."""

    def __init__(self, why: Truncation, what: str) -> None:
        self.why = why
        self.what = what
        super().__init__(what)


class Connection(Protocol):
    """What a tape asks of a socket."""

    def settimeout(self, seconds: float | None, /) -> None:
        """For the next call."""

    def sendall(self, data: bytes, /) -> None:
        """All of it, or an OSError."""

    def recv(self, count: int, /) -> bytes:
        """At most `count` bytes; none at the end."""

    def close(self) -> None:
        """At once."""


class Tape:
    """A connection whose bytes are kept. TLS is below it, so that it sees the HTTP messages themselves.

    `limit` is the most bytes of the answer that are kept; `deadline` is on the monotonic clock; `idle` the most seconds
    between two arrivals. What was read ahead of the message is not kept and is counted as surplus. `listeners` get
    the payload: what `take` and `rest` keep, without the lines between.
    """

    def __init__(self, sock: Connection, *, limit: int, deadline: float, idle: float) -> None:
        self._sock = sock
        self._limit = limit
        self._deadline = deadline
        self._idle = idle
        self._ahead = bytearray()
        self._ended = False
        self.listeners: list[Callable[[bytes], None]] = []
        self.sent = bytearray()
        self._kept = io.BytesIO()
        self.arrived = False
        self.torn = self.reset = False
        if isinstance(sock, ssl.SSLSocket):
            sock.suppress_ragged_eofs = False  # type: ignore[attr-defined]  # an end without close_notify is not an end (RFC 9112 §9.8)

    def sendall(self, data: bytes) -> None:
        """Sends and keeps; part of what urllib3 asks of a socket."""
        self._sock.settimeout(self._seconds())
        self._sock.sendall(data)
        self.sent += data

    def settimeout(self, seconds: float | None) -> None:
        """Part of what urllib3 asks of a socket; the tape sets its own before each call."""

    def close(self) -> None:
        """Closes the connection at once."""
        self._sock.close()

    def line(self, max_bytes: int) -> bytes:
        """The next line with its LF, kept; shorter than a line if it is longer than `most` or the connection ends."""
        seen = 0
        while (end := self._ahead.find(b"\n", seen, max_bytes)) < 0 and len(self._ahead) < max_bytes:
            seen = len(self._ahead)  # a trickle is not searched again from its beginning
            if not self._more():
                break
        return self._keep(end + 1 if end >= 0 else min(max_bytes, len(self._ahead)))

    def take(self, count: int) -> None:
        """Keeps the next `count` bytes. Raises Cut where they do not come."""
        left = count
        while left:
            if not self._ahead and not self._more():
                raise Cut(Truncation.DISCONNECT, f"the connection ended {left} bytes early")
            left -= self._payload(min(left, len(self._ahead)))

    def rest(self) -> None:
        """Keeps everything until the connection ends."""
        while self._ahead or self._more():
            self._payload(len(self._ahead))

    def peek(self, count: int) -> bytes:
        """Up to `count` bytes that come next, without keeping them; fewer only where the connection ends."""
        while len(self._ahead) < count and self._more():
            pass
        return bytes(self._ahead[:count])

    def forget(self) -> None:
        """Drops what was kept so far: an interim answer."""
        self._kept = io.BytesIO()

    @property
    def kept(self) -> int:
        """How many bytes are kept."""
        return self._kept.tell()

    def taken(self) -> bytes:
        """The kept bytes. They are in memory once: no copy is made."""
        return self._kept.getvalue()

    def surplus(self) -> int:
        """How many bytes have come that the message does not account for."""
        return len(self._ahead)

    def _payload(self, count: int) -> int:
        taken = self._keep(count)
        for listener in self.listeners:
            listener(taken)
        return len(taken)

    def _keep(self, count: int) -> bytes:
        room = self._limit - self.kept
        taken = bytes(self._ahead[: min(count, room)])
        self._kept.write(taken)
        del self._ahead[: len(taken)]
        if count > room:
            raise Cut(Truncation.LENGTH, f"the answer is longer than {self._limit} bytes")
        return taken

    def _more(self) -> bool:
        """Waits for more bytes; False at the end of the connection. Raises Cut on a deadline or a reset."""
        if self._ended:
            return False
        try:
            self._sock.settimeout(self._seconds())
            data = self._sock.recv(CHUNK)
        except TimeoutError:
            raise Cut(Truncation.TIME, f"no data received for {self._idle:g} s or until the deadline") from None
        except ssl.SSLEOFError:
            self.torn, data = True, b""
        except OSError as error:
            self.reset = isinstance(error, ConnectionResetError)
            raise Cut(Truncation.DISCONNECT, f"the connection broke ({error.strerror or error})") from None
        self._ahead += data
        self._ended = not data
        self.arrived = self.arrived or bool(data)
        return bool(data)

    def _seconds(self) -> float:
        """How long the next call may take. Raises TimeoutError once the deadline has passed."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self._idle)
