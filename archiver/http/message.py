"""A whole HTTP answer in memory: its head, its body as sent, and its payload with the codings undone.

A browser's patience: what can be read is read. Decoding is bounded, because a page of a few kilobytes can decompress to
gigabytes; a body of many megabytes is looked at in place and not copied.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from archiver.http.codings import BROKEN, STEP, decoder
from archiver.http.framing import begins_chunked, dechunked
from archiver.http.head import read_head
from archiver.records import Head

MAX_DECODED = 64 << 20
"""Bytes that a payload may decompress to; what comes after is left out."""

MAX_CODINGS = 2
_NO_CODING = {"identity", "none", "utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A head, and the body as it was sent: a view of the message's bytes."""

    head: Head
    body: memoryview


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A payload with transfer and content codings undone. `whole` is False where it was cut, by the limit or broken."""

    body: bytes
    whole: bool


def message_of(data: bytes, head: Head | None = None) -> Message:
    """The message in some bytes; `head` is what was read from them already."""
    head = head or read_head(data)
    return Message(head=head, body=memoryview(data)[head.length :])


def transfer_decoded(message: Message) -> Iterator[memoryview]:
    """The payload that the payload digest is taken over (WARC 1.1 §5.9), in pieces; content codings are left on.

    A body that says it is chunked or compressed for the transfer, and is not (some writers store it so), is given as
    it is.
    """
    codings = [coding for coding in message.head.values("transfer-encoding") if coding not in _NO_CODING]
    if not codings:
        return iter([message.body])
    pieces: Callable[[], Iterator[memoryview]] = partial(iter, [message.body])
    if codings[-1] == "chunked":
        if begins_chunked(message.body):
            pieces = partial(dechunked, message.body)
        del codings[-1]
    for coding in reversed(codings[-MAX_CODINGS:]):
        if decoder(coding, b"") is None:
            break
        decoded = _joined(_undone(pieces(), coding), MAX_DECODED)
        if not decoded.body:
            break
        pieces = partial(iter, [memoryview(decoded.body)])
    return pieces()


def payload_digest(algorithm: str, message: Message) -> bytes:
    """The digest over the payload after transfer decoding."""
    digest = hashlib.new(algorithm, usedforsecurity=False)
    for piece in transfer_decoded(message):
        digest.update(piece)
    return digest.digest()


def payload_of(message: Message, *, max_bytes: int = MAX_DECODED) -> Payload:
    """The payload with content codings undone too: gzip, deflate, br and zstd, at most two of them, `most` bytes."""
    pieces: Callable[[], Iterator[memoryview]] = partial(transfer_decoded, message)
    whole = True
    codings = [coding for coding in message.head.values("content-encoding") if coding not in _NO_CODING]
    if len(codings) > MAX_CODINGS or any(decoder(coding, b"") is None for coding in codings):
        return Payload(body=_joined(pieces(), max_bytes).body, whole=False)
    for coding in reversed(codings):
        decoded = _joined(_undone(pieces(), coding), max_bytes)
        if not (decoded.body or decoded.whole):  # it is not what it is said to be: browsers show it as it was sent
            return Payload(body=_joined(pieces(), max_bytes).body, whole=False)
        pieces, whole = partial(iter, [memoryview(decoded.body)]), whole and decoded.whole
    joined = _joined(pieces(), max_bytes)
    return Payload(body=joined.body, whole=whole and joined.whole)


def _undone(pieces: Iterable[memoryview], coding: str) -> Iterator[bytes | None]:
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


def _joined(pieces: Iterable[memoryview | bytes | None], max_bytes: int) -> Payload:
    """The first `most` bytes of all pieces."""
    joined = io.BytesIO()
    for piece in pieces:
        if piece is None or joined.tell() + len(piece) > max_bytes:
            joined.write(piece[: max_bytes - joined.tell()] if piece else b"")
            return Payload(body=joined.getvalue(), whole=False)
        joined.write(piece)
    return Payload(body=joined.getvalue(), whole=True)
