"""Reads an HTTP/1 answer off a tape that keeps its bytes as they come (RFC 9112).

A browser's patience, not a validator's: what can be read is read, what had to be forgiven is in `notes`, and what is
not HTTP at all is kept without a status. urllib3's own reader is not used here: it drops every field after a line
without a colon, gives up at 100 fields, and takes 103 (Early Hints) for the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver.fetch.contents import Compressed
from archiver.fetch.tape import Cut, Tape
from archiver.http.framing import CHUNK_LINE, CHUNK_LINE_BEGUN, framing_of
from archiver.http.head import Fields, is_interim, status_of
from archiver.records import Head, Truncation

MAX_HEAD = 256 << 10  # bytes of status line and fields
MAX_LINES = 1000  # of fields; what is folded has several
MAX_INTERIM = 10
_MAX_LINE = 16 << 10  # of a chunk's size, its extensions, a trailer field
_BLANK = (b"\r\n", b"\n")
_BODILESS = (204, 304)
_NO_HEAD = Head(status=None, reason="", headers=(), length=0)


@dataclass(slots=True, kw_only=True)
class Received:
    """What was understood of an answer; grows while it is read. `begun` is set once its head has been read."""

    head: Head = _NO_HEAD
    begun: bool = False
    truncated: Truncation | None = None
    notes: tuple[str, ...] = ()

    def note(self, what: str) -> None:
        """Adds a remark for the record, once."""
        if what not in self.notes:
            self.notes += (what,)

    def cut(self, cut: Cut) -> None:
        """Remembers that the answer is not whole."""
        self.truncated = cut.why
        self.note(cut.what)


def receive(tape: Tape) -> Received:
    """Reads one answer off the tape, interim ones left out. Raises Cut if its head does not come."""
    received = Received()
    try:
        if not _head(tape, received):
            tape.rest()
        elif received.head.status not in _BODILESS:
            _body(tape, received)
    except Cut as cut:
        if not received.begun and cut.why is not Truncation.LENGTH:
            raise
        received.cut(cut)
    return received


def _head(tape: Tape, received: Received) -> bool:
    """Reads status line and fields; False where this is not HTTP/1."""
    for _ in range(MAX_INTERIM):
        found = _status_line(tape, received)
        if found is None:
            received.begun = True
            return False
        _fields(tape, received, *found)
        if not is_interim(received.head.status):
            received.begun = True
            return True
        received.note(f"interim answer {received.head.status} left out")
        received.head = _NO_HEAD
        tape.forget()
    raise Cut(Truncation.UNSPECIFIED, f"more than {MAX_INTERIM} interim responses were sent")


def _status_line(tape: Tape, received: Received) -> tuple[int, str] | None:
    start = tape.peek(5)
    if not start:
        raise Cut(Truncation.DISCONNECT, "the connection closed without an answer")
    found = status_of(tape.line(MAX_HEAD)) if start.upper() == b"HTTP/" else None
    if found is None:
        received.note("the answer does not begin as HTTP/1 does")
    return found


def _fields(tape: Tape, received: Received, status: int, reason: str) -> None:
    """The header fields up to the blank line."""
    fields = Fields()
    lines = 0
    try:
        while (line := tape.line(MAX_HEAD)) not in _BLANK:
            if tape.kept > MAX_HEAD or lines >= MAX_LINES:
                raise Cut(Truncation.LENGTH, "the head of the answer is too long")
            if not line.endswith(b"\n"):
                raise Cut(Truncation.DISCONNECT, "the connection ended within the head of the answer")
            if remark := fields.add(line.decode("latin-1")):
                received.note(remark)
            lines += 1
    finally:
        received.head = Head(status=status, reason=reason, headers=fields.all(), length=tape.kept)


def _body(tape: Tape, received: Received) -> None:
    """Reads the payload as it is framed, and learns whether compressed content reaches its own end."""
    content = Compressed((received.head.values("content-encoding") or [""])[-1])
    tape.listeners.append(content.feed)
    _framed(tape, received)
    if content.cut:
        raise Cut(Truncation.DISCONNECT, f"the {content.coding} content ends early")
    if content.mislabelled:
        received.note(f"the content is not valid {content.coding}, although labelled so")


def _framed(tape: Tape, received: Received) -> None:
    framing = framing_of(received.head)
    for note in framing.notes:
        received.note(note)
    if framing.chunked:
        _chunks(tape, received)
    elif framing.length is not None:
        tape.take(framing.length)
    else:
        _until_the_end(tape)


def _until_the_end(tape: Tape) -> None:
    tape.rest()
    if tape.torn:
        raise Cut(Truncation.DISCONNECT, "the connection ended without a TLS close notification")


def _chunks(tape: Tape, received: Received) -> None:
    while size := _chunk_size(tape):
        tape.take(size)
        if (end := tape.line(2)) not in _BLANK:
            raise _malformed(tape, could_go_on=end in (b"", b"\r"))
    begin, lines = tape.kept, 0
    while (line := tape.line(_MAX_LINE)) not in _BLANK:
        lines += 1
        if tape.kept - begin > MAX_HEAD or lines > MAX_LINES:
            raise Cut(Truncation.LENGTH, "the trailer of the answer is too long")
        if not line:
            received.note("the connection ended within the trailer")
            return
        if len(line) == _MAX_LINE:
            raise _malformed(tape, could_go_on=False)


def _chunk_size(tape: Tape) -> int:
    line = tape.line(_MAX_LINE)
    match = CHUNK_LINE.fullmatch(line)
    if match is None:
        raise _malformed(tape, could_go_on=CHUNK_LINE_BEGUN.fullmatch(line) is not None)
    return int(match[1], 16)


def _malformed(tape: Tape, *, could_go_on: bool) -> Cut:
    """What a line that does not belong there means; keeps the rest of the answer, so that a person can look at it.

    Where it `could_go_on` to be a line that does, the connection may just have ended.
    """
    if could_go_on and not tape.peek(1):
        return Cut(Truncation.DISCONNECT, "the connection ended before the last chunk")
    tape.rest()
    return Cut(Truncation.UNSPECIFIED, "the chunks are malformed")
