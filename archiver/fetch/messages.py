"""Where an HTTP/1 answer begins and ends (RFC 9112 §6), read off a tape that keeps its bytes as they come.

A browser's patience, not a validator's: whatever can be read is read, what had to be forgiven stands in `notes`, and
what is no HTTP at all is kept without a status. urllib3's own reader is not used here: it drops every field after a
line without a colon, gives up at 100 fields, and takes 103 (Early Hints) for the answer.
"""

from __future__ import annotations

import io
import math
import re
from contextlib import suppress
from dataclasses import dataclass

from archiver.fetch.contents import Compressed
from archiver.fetch.tape import Cut, Tape
from archiver.records import Truncation

MOST_HEAD = 256 << 10  # bytes of status line and fields
MOST_FIELDS = 1000
MOST_INTERIM = 10
_LONGEST_LINE = 16 << 10  # of a chunk's size, its extensions, a trailer field
_BLANK = (b"\r\n", b"\n")
_LENGTH = re.compile(r"[0-9]{1,18}")

_STATUS = re.compile(rb"HTTP/[0-9](?:\.[0-9])?[ \t]+([1-9][0-9]{2})(?:[ \t]+([^\r\n]*))?\r?\n?", re.IGNORECASE)
_CHUNK_BEGUN = re.compile(rb"[ \t]*[0-9A-Fa-f]{0,16}[ \t]*(?:;[^\r\n]*)?\r?")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")

Fields = tuple[tuple[str, str], ...]


@dataclass(slots=True, kw_only=True)
class Message:
    """What was understood of an answer; grows while it is read. `begun` is set once its head has been read."""

    status: int | None = None
    reason: str = ""
    headers: Fields = ()
    begun: bool = False
    truncated: Truncation | None = None
    notes: tuple[str, ...] = ()

    def values(self, name: str) -> list[str]:
        """All values of a field, split at commas, in lower case."""
        lists = [value.lower().split(",") for key, value in self.headers if key.lower() == name]
        return [part.strip() for parts in lists for part in parts if part.strip()]

    def note(self, what: str) -> None:
        """Adds a remark for the record, once."""
        if what not in self.notes:
            self.notes += (what,)

    def cut(self, cut: Cut) -> None:
        """Remembers that the answer is not whole."""
        self.truncated = cut.why
        self.note(cut.what)


def read(tape: Tape) -> Message:
    """Reads one answer off the tape, interim ones left out. Raises Cut if its head does not come."""
    message = Message()
    try:
        if not _head(tape, message):
            tape.rest()
        elif message.status not in (204, 304):
            _body(tape, message)
    except Cut as cut:
        if not message.begun and cut.why is not Truncation.LENGTH:
            raise
        message.cut(cut)
    return message


def _head(tape: Tape, message: Message) -> bool:
    """Reads status line and fields; False where this is not HTTP/1."""
    for _ in range(MOST_INTERIM):
        if not _status_line(tape, message):
            message.begun = True
            return False
        _fields(tape, message)
        if message.status is None or not 100 <= message.status < 200 or message.status == 101:
            message.begun = True
            return True
        message.note(f"interim answer {message.status} left out")
        message.status, message.headers = None, ()
        tape.forget()
    raise Cut(Truncation.UNSPECIFIED, f"there were more than {MOST_INTERIM} interim answers")


def _status_line(tape: Tape, message: Message) -> bool:
    start = tape.peek(5)
    if not start:
        raise Cut(Truncation.DISCONNECT, "the connection ended without an answer")
    match = _STATUS.fullmatch(tape.line(MOST_HEAD)) if start.upper() == b"HTTP/" else None
    if match is None:
        message.note("the answer does not begin as HTTP/1 does")
        return False
    message.status = int(match[1])
    message.reason = (match[2] or b"").decode("latin-1").strip()
    return True


def _fields(tape: Tape, message: Message) -> None:
    """The header fields up to the blank line; folded lines joined (RFC 9112 §5.2), lines without a colon noted."""
    fields: list[tuple[str, str]] = []
    try:
        while (line := tape.line(MOST_HEAD)) not in _BLANK:
            if tape.kept > MOST_HEAD or len(fields) >= MOST_FIELDS:
                raise Cut(Truncation.LENGTH, "the head of the answer is too long")
            if not line.endswith(b"\n"):
                raise Cut(Truncation.DISCONNECT, "the connection ended within the head of the answer")
            _add_field(fields, line.decode("latin-1"), message)
    finally:
        message.headers = tuple(fields)


def _add_field(fields: list[tuple[str, str]], line: str, message: Message) -> None:
    name, colon, value = line.partition(":")
    if line[0] in " \t" and fields:
        fields[-1] = fields[-1][0], f"{fields[-1][1]} {line.strip()}".strip()
        message.note("a header line is folded")
    elif not colon or not name.strip():
        message.note("a header line has no name")
    else:
        fields.append((name.strip(), value.strip(" \t\r\n")))


def _body(tape: Tape, message: Message) -> None:
    """Reads the payload as it is framed, and learns whether compressed content reaches its own end."""
    content = Compressed((message.values("content-encoding") or [""])[-1])
    tape.listeners.append(content.hear)
    _framed(tape, message)
    if content.cut:
        raise Cut(Truncation.DISCONNECT, f"the {content.coding} content ends early")
    if content.lie:
        message.note(f"the content is not the {content.coding} that it is said to be")


def _framed(tape: Tape, message: Message) -> None:
    """RFC 9112 §6.3: by transfer coding, else by length, else until the connection ends."""
    codings = message.values("transfer-encoding")
    lengths = set(message.values("content-length"))
    if codings and lengths:
        message.note("Transfer-Encoding and Content-Length are both there: the length is ignored")
    if codings and codings[-1] == "chunked":
        _chunks(tape, message)
    elif not codings and len(lengths) == 1 and _LENGTH.fullmatch(length := min(lengths)):
        tape.take(int(length))
    else:
        if lengths and not codings:
            message.note("the Content-Length cannot be used")
        _until_the_end(tape)


def _until_the_end(tape: Tape) -> None:
    tape.rest()
    if tape.torn:
        raise Cut(Truncation.DISCONNECT, "the connection ended without TLS saying so")


def _chunks(tape: Tape, message: Message) -> None:
    while size := _chunk_size(tape):
        tape.take(size)
        if (end := tape.line(2)) not in _BLANK:
            raise _malformed(tape, could_go_on=end in (b"", b"\r"))
    begin = tape.kept
    while (line := tape.line(_LONGEST_LINE)) not in _BLANK:
        if tape.kept - begin > MOST_HEAD:
            raise Cut(Truncation.LENGTH, "the trailer of the answer is too long")
        if not line:
            message.note("the connection ended within the trailer")
            return
        if len(line) == _LONGEST_LINE:
            raise _malformed(tape, could_go_on=False)


def _chunk_size(tape: Tape) -> int:
    line = tape.line(_LONGEST_LINE)
    match = _CHUNK.fullmatch(line)
    if match is None:
        raise _malformed(tape, could_go_on=_CHUNK_BEGUN.fullmatch(line) is not None)
    return int(match[1], 16)


def _malformed(tape: Tape, *, could_go_on: bool) -> Cut:
    """What a line that does not belong there means; keeps what still comes, for a person to look at.

    Where it `could_go_on` to be a line that does, the connection may just have ended.
    """
    if could_go_on and not tape.peek(1):
        return Cut(Truncation.DISCONNECT, "the connection ended before the last chunk")
    tape.rest()
    return Cut(Truncation.UNSPECIFIED, "the chunks are malformed")


def payload(response: bytes) -> bytes:
    """What a whole or cut answer carries after transfer decoding; content codings are left on."""
    tape = Tape(_Said(response), limit=len(response) + 1, deadline=math.inf, idle=math.inf)
    pieces: list[bytes] = []
    tape.listeners.append(pieces.append)
    with suppress(Cut):
        read(tape)
    return b"".join(pieces)


class _Said:
    """Bytes that have come already, as a connection."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def settimeout(self, seconds: float | None, /) -> None:
        """Nothing to wait for."""

    def sendall(self, data: bytes, /) -> None:
        """Nobody to send to."""

    def recv(self, count: int, /) -> bytes:
        """The next bytes."""
        return self._data.read(count)

    def close(self) -> None:
        """Nothing to close."""
