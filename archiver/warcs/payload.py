"""The HTTP message in the block of a `response` record, and its payload with the codings undone.

A browser's patience: what can be read is read. Decoding is bounded, for a page of a few kilobytes can unfold to
gigabytes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import brotli
import zstandard

MOST_DECODED = 64 << 20
"""Bytes that a payload may unfold to; what comes after is left out."""

MOST_CODINGS = 2
_STEP = 1 << 16
_STATUS = re.compile(rb"HTTP/[0-9](?:\.[0-9])?[ \t]+([1-9][0-9]{2})(?:[ \t]+([^\r\n]*))?", re.IGNORECASE)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpMessage:
    """The head as it was read and the body as it was sent; `status` is None where the block is no HTTP answer."""

    status: int | None
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

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
        return HttpMessage(status=None, reason="", headers=(), body=block)
    end = _END_OF_HEAD.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
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


def transfer_decoded(message: HttpMessage) -> bytes:
    """The payload that the payload digest is taken over (WARC 1.1 §5.9): chunks joined, content codings left on.

    A body that says it is chunked and is not (some writers store it so) is given as it stands.
    """
    if message.values("transfer-encoding")[-1:] != ["chunked"]:
        return message.body
    return _dechunked(message.body)


def _dechunked(body: bytes) -> bytes:
    pieces: list[bytes] = []
    place = 0
    while match := _CHUNK.match(body, place):
        size = int(match[1], 16)
        if not size:
            break
        pieces.append(body[match.end() : match.end() + size])
        place = match.end() + size
        place += 2 if body[place : place + 2] == b"\r\n" else body[place : place + 1] == b"\n"
    return b"".join(pieces) if pieces or place or _CHUNK.match(body) else body


def payload_of(message: HttpMessage, *, most: int = MOST_DECODED) -> Payload:
    """The payload with content codings undone too: gzip, deflate, br and zstd, at most two of them, `most` bytes."""
    body, whole = transfer_decoded(message), True
    codings = [coding for coding in message.values("content-encoding") if coding not in {"identity", "none", "utf-8"}]
    if len(codings) > MOST_CODINGS or any(coding not in _DECODERS for coding in codings):
        return Payload(body=body[:most], whole=False)
    for coding in reversed(codings):
        decoded = _decoded(body, coding, most)
        if not decoded.body and body:  # it is not what it is said to be: browsers show it as it came
            return Payload(body=body[:most], whole=False)
        body, whole = decoded.body, whole and decoded.whole
    return Payload(body=body[:most], whole=whole and len(body) <= most)


def _decoded(body: bytes, coding: str, most: int) -> Payload:
    pieces, size = list[bytes](), 0
    decoder = _DECODERS[coding](body)
    try:
        for place in range(0, len(body), _STEP):
            for piece in decoder.feed(body[place : place + _STEP]):
                pieces.append(piece)
                size += len(piece)
                if size > most:
                    return Payload(body=b"".join(pieces)[:most], whole=False)
    except (zlib.error, brotli.error, zstandard.ZstdError):
        return Payload(body=b"".join(pieces), whole=False)
    return Payload(body=b"".join(pieces), whole=decoder.ended)


class _Zlib:
    """gzip (members one after the other) and deflate (with or without its wrapper), in bounded steps."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._member = zlib.decompressobj(bits)
        self.ended = False

    def feed(self, data: bytes) -> Any:
        while data:
            if self._member.eof:
                if self._bits < zlib.MAX_WBITS + 16 or not data.startswith(b"\x1f\x8b"):
                    return
                self._member = zlib.decompressobj(self._bits)
            yield self._member.decompress(data, _STEP)
            data = self._member.unconsumed_tail or self._member.unused_data
            self.ended = self._member.eof
        while not self._member.eof and (more := self._member.decompress(b"", _STEP)):
            yield more
        self.ended = self._member.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, data: bytes) -> Any:
        yield self._stream.process(data, output_buffer_limit=_STEP)
        while not self._stream.can_accept_more_data() and not self._stream.is_finished():
            yield self._stream.process(b"", output_buffer_limit=_STEP)


class _Zstd:
    """RFC 8878 asks of readers a window of at least 8 MiB; more is not granted."""

    def __init__(self) -> None:
        self._stream = zstandard.ZstdDecompressor(max_window_size=8 << 20).decompressobj()

    @property
    def ended(self) -> bool:
        return bool(self._stream.eof)

    def feed(self, data: bytes) -> Any:
        for place in range(0, len(data), 256):
            if self._stream.eof:
                return
            yield self._stream.decompress(data[place : place + 256])


def _deflate(body: bytes) -> _Zlib:
    wrapped = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _Zlib(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


_DECODERS: dict[str, Callable[[bytes], Any]] = {
    "gzip": lambda _: _Zlib(zlib.MAX_WBITS | 16),
    "x-gzip": lambda _: _Zlib(zlib.MAX_WBITS | 16),
    "deflate": _deflate,
    "br": lambda _: _Brotli(),
    "zstd": lambda _: _Zstd(),
}
