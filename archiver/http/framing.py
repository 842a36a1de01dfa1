"""Where the body of an HTTP/1 answer ends (RFC 9112 §6.3), and the grammar of chunks (§7.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.records import Head

CHUNK_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
"""The line before a chunk; the first group is its size."""

CHUNK_LINE_BEGUN = re.compile(rb"[ \t]*[0-9A-Fa-f]{0,16}[ \t]*(?:;[^\r\n]*)?\r?")
"""What may still become such a line."""

_LENGTH = re.compile(r"[0-9]{1,18}")
_BODILESS = {204, 304}


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """How a body is framed: in chunks, by `length`, or (neither) until the connection ends. `notes` are oddities."""

    chunked: bool = False
    length: int | None = None
    notes: tuple[str, ...] = ()


def framing_of(head: Head) -> Framing:
    """RFC 9112 §6.3: by transfer coding, else by length, else until the connection ends."""
    if head.status in _BODILESS:
        return Framing(length=0)
    codings = head.values("transfer-encoding")
    lengths = set(head.values("content-length"))
    if codings:
        both = "Transfer-Encoding and Content-Length are both there: the length is ignored"
        return Framing(chunked=codings[-1] == "chunked", notes=(both,) if lengths else ())
    if len(lengths) == 1 and _LENGTH.fullmatch(length := min(lengths)):
        return Framing(length=int(length))
    return Framing(notes=("the Content-Length cannot be used",) if lengths else ())


def begins_chunked(body: memoryview) -> bool:
    """Whether a body begins as one in chunks does: some writers keep the field and store the body without them."""
    return CHUNK_LINE.match(body) is not None


def dechunked(body: memoryview) -> Iterator[memoryview]:
    """The pieces of a body in chunks, as far as they come."""
    place = 0
    while (match := CHUNK_LINE.match(body, place)) and (size := int(match[1], 16)):
        yield body[match.end() : match.end() + size]
        place = min(match.end() + size, len(body))  # a size may be larger than any number that is an index
        behind = bytes(body[place : place + 2])
        place += 2 if behind == b"\r\n" else behind[:1] == b"\n"
