"""The HTTP message in the block of a `response` record, and its payload with the codings undone.

A browser's patience: what can be read is read. Decoding is bounded, for a page of a few kilobytes can unfold to
gigabytes; a body of many megabytes is looked at in place and not copied.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from archiver.codings import BROKEN, STEP, decoder

MOST_DECODED = 64 << 20
"""Bytes that a payload may unfold to; what comes after is left out."""

MOST_CODINGS = 2
_STATUS = re.compile(rb"HTTP/[0-9](?:\.[0-9])?[ \t]+([1-9][0-9]{2})(?:[ \t]+([^\r\n]*))?\r?(?:\n|\Z)", re.IGNORECASE)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpMessage:
    """The head as it was read and the body as it was sent, a view of the block.

    `status` is None where the block is no HTTP answer.
    """

    status: int | None
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: memoryview

    def values(self, name: str) -> list[str]:
        """All values of a field, split at commas, in lower case."""
        lists = [value.lower().split(",") for key, value in self.headers if key.lower() == name]
        return [part.strip() for parts in lists for part in parts if part.strip()]

    def header(self, name: str) -> str | None:
        """The first value of a field."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A payload with transfer and content codings undone. `whole` is False where it was cut, by the limit or broken."""

    body: bytes
    whole: bool


def http_message(block: bytes) -> HttpMessage:
    """Reads the block of a `response` or `revisit` record."""
    match = _STATUS.match(block)
    if match is None:
        return HttpMessage(status=None, reason="", headers=(), body=memoryview(block))
    end = _END_OF_HEAD.search(block)
    head = block[: end.start()] if end else block
    body = memoryview(block)[end.end() if end else len(block) :]
    lines = head.decode("latin-1").split("\n")[1:]
    reason = (match[2] or b"").decode("latin-1").strip()
    return HttpMessage(status=int(match[1]), reason=reason, headers=_fields(lines), body=body)


def _fields(lines: list[str]) -> tuple[tuple[str, str], ...]:
    """Folded lines joined (RFC 9112 §5.2), lines without a name passed over."""
    fields: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and fields:
            fields[-1] = fields[-1][0], f"{fields[-1][1]} {line.strip()}".strip()
        elif colon and name.strip():
            fields.append((name.strip(), value.strip(" \t\r")))
    return tuple(fields)


def transfer_decoded(message: HttpMessage) -> Iterator[memoryview]:
    """The payload that the payload digest is taken over (WARC 1.1 §5.9), in pieces; content codings are left on.

    A body that says it is chunked and is not (some writers store it so) is given as it stands.
    """
    if message.values("transfer-encoding")[-1:] == ["chunked"] and _CHUNK.match(message.body):
        return _dechunked(message.body)
    return iter([message.body])


def payload_digest(algorithm: str, message: HttpMessage) -> bytes:
    """The digest over the payload after transfer decoding."""
    digest = hashlib.new(algorithm, usedforsecurity=False)
    for piece in transfer_decoded(message):
        digest.update(piece)
    return digest.digest()


def _dechunked(body: memoryview) -> Iterator[memoryview]:
    place = 0
    while (match := _CHUNK.match(body, place)) and (size := int(match[1], 16)):
        yield body[match.end() : match.end() + size]
        place = min(match.end() + size, len(body))  # a size may be larger than any number that is an index
        behind = bytes(body[place : place + 2])
        place += 2 if behind == b"\r\n" else behind[:1] == b"\n"


def payload_of(message: HttpMessage, *, most: int = MOST_DECODED) -> Payload:
    """The payload with content codings undone too: gzip, deflate, br and zstd, at most two of them, `most` bytes."""
    pieces: Callable[[], Iterator[memoryview]] = partial(transfer_decoded, message)
    whole = True
    codings = [coding for coding in message.values("content-encoding") if coding not in {"identity", "none", "utf-8"}]
    if len(codings) > MOST_CODINGS or any(decoder(coding, b"") is None for coding in codings):
        return Payload(body=_joined(pieces(), most).body, whole=False)
    for coding in reversed(codings):
        decoded = _joined(_undone(pieces(), coding), most)
        if not (decoded.body or decoded.whole):  # it is not what it is said to be: browsers show it as it came
            return Payload(body=_joined(pieces(), most).body, whole=False)
        pieces, whole = partial(iter, [memoryview(decoded.body)]), whole and decoded.whole
    joined = _joined(pieces(), most)
    return Payload(body=joined.body, whole=whole and joined.whole)


def _undone(pieces: Iterator[memoryview], coding: str) -> Iterator[bytes | None]:
    """One coding undone; None at the end where the content is broken or does not reach its own."""
    undoing = None
    try:
        for piece in pieces:
            for place in range(0, len(piece), STEP):
                data = bytes(piece[place : place + STEP])
                undoing = undoing or decoder(coding, data)
                if undoing:
                    yield from undoing.feed(data)
    except BROKEN:
        yield None
    else:
        if undoing and not undoing.ended:
            yield None


def _joined(pieces: Iterable[memoryview | bytes | None], most: int) -> Payload:
    """The first `most` bytes of all pieces."""
    joined = io.BytesIO()
    for piece in pieces:
        if piece is None or joined.tell() + len(piece) > most:
            joined.write(piece[: most - joined.tell()] if piece else b"")
            return Payload(body=joined.getvalue(), whole=False)
        joined.write(piece)
    return Payload(body=joined.getvalue(), whole=True)
