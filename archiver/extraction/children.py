"""One child process that reads pages, as its parent sees it.

A child is started with its own session and one socket, which is its standard input: requests go down it, answers come
up. It inherits nothing else, runs no line of the parent's program, and ends when the socket closes, however its parent
came to its end. It may be started from any thread, because it is a new process, never a fork of ours.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

FRAME = struct.Struct("!II")
"""Before each message: the lengths of its two parts. A request is JSON and a page; an answer is JSON, or a fault."""

STARTING = 60.0
"""Seconds that a child has for starting, before it is ready to read."""

ENDING = 5.0
"""Seconds that a child has for ending once its socket is closed."""

MOMENT = 0.001
"""Seconds of a wait that is over: a socket without any time-out would be another kind of socket."""

ROOM = 4 << 20
"""Bytes that may be under way on a socket, as far as the system allows: a page is sent, an answer taken, in one go.

A thread that looks at it several times waits for its turn in a busy parent each time, and so does the child.
"""

AT_ONCE = 1 << 18
"""Bytes of an answer that are looked for at once: more than most answers have."""

READY = b"ready"

NO_MEMORY = 4
"""What a child ends with that could get no more memory."""


class Late(Exception):
    """The child did not answer in time; it has been ended."""


class Died(Exception):
    """The child ended before it answered; `code` is its exit code, None where it is not known."""

    def __init__(self, code: int | None = None) -> None:
        self.code = code
        super().__init__(code)


class Child:
    """Starts at its first page, and again after it ended. One thread at a time may use it."""

    def __init__(self, *, seconds: float, memory: int) -> None:
        """`seconds` and `memory` are the most that one page may take."""
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def start(self) -> None:
        """Starts the child, unless one is there. Raises Late, Died."""
        with self._ended_by_errors():
            self._line()

    def ask(self, request: bytes, page: bytes, *, seconds: float) -> tuple[bytes, bytes]:
        """The two parts of the child's answer. Raises Late after `seconds`, Died if it ended.

        The next call starts another one then. The time that a child needs for starting does not count.
        """
        with self._ended_by_errors():
            line = self._socket or self._line()
            deadline = time.monotonic() + seconds
            line.settimeout(max(seconds, MOMENT))
            line.sendall(b"".join((FRAME.pack(len(request), len(page)), request, page)))
            return _received(line, deadline)

    @contextlib.contextmanager
    def _ended_by_errors(self) -> Iterator[None]:
        """Ends the child where something goes wrong within, and says what: Late or Died."""
        try:
            yield
        except TimeoutError:
            self.kill()
            raise Late from None
        except (OSError, EOFError):
            code = self._exit_code()
            self.kill()
            raise Died(code) from None
        except BaseException:  # an interrupt: what is under way on the socket belongs to nobody now
            self.kill()
            raise

    def close(self) -> None:
        """Ends the child, gently."""
        if self._socket is not None and self._process is not None:
            self._socket.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(ENDING)
        self.kill()

    def kill(self) -> None:
        """Ends the child and what it started, at once."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _exit_code(self) -> int | None:
        """What the child that closed its socket ended with."""
        if self._process is None:
            return None
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(ENDING)
        return None

    def _line(self) -> socket.socket:
        if self._socket is None or self._process is None or self._process.poll() is not None:
            self.kill()
            self._socket, self._process = _started(self._seconds, self._memory)
            if _received(self._socket, time.monotonic() + STARTING)[0] != READY:
                raise EOFError
        return self._socket


def _started(seconds: float, memory: int) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "archiver.extraction.reader", str(seconds), str(memory)],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
    return ours, process


def _environment() -> dict[str, str]:
    """Ours without our settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    paths = [str(Path(__file__).parents[2]), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths)}


def _received(line: socket.socket, deadline: float) -> tuple[bytes, bytes]:
    """The two parts of a message that nothing follows: mostly it comes at once, and each look takes a turn."""
    data, wanted = b"", FRAME.size
    while len(data) < wanted:
        line.settimeout(max(deadline - time.monotonic(), MOMENT))
        more = line.recv(max(wanted - len(data), AT_ONCE))
        if not more:
            raise EOFError
        data += more
        if len(data) >= FRAME.size:
            first, second = FRAME.unpack_from(data)
            wanted = FRAME.size + first + second
    return data[FRAME.size : FRAME.size + first], data[FRAME.size + first :]


def exactly(line: socket.socket, length: int) -> bytes:
    """The next `length` bytes. Raises EOFError where there are fewer."""
    data = bytearray(length)
    view, have = memoryview(data), 0
    while have < length:
        count = line.recv_into(view[have:])
        if not count:
            raise EOFError
        have += count
    return bytes(data)
