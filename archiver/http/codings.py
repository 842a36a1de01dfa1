"""Content codings, undone in bounded steps: gzip, deflate, br, zstd (RFC 9110 §8.4.1, RFC 7932, RFC 8878).

A page of a few kilobytes can decompress to gigabytes; who decodes counts what comes and stops when it is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import brotli
import zstandard
from zlib_ng import zlib_ng

BROKEN: tuple[type[Exception], ...] = (zlib_ng.error, brotli.error, zstandard.ZstdError)  # type: ignore[assignment]
"""What a decoder raises on what is not the coding it is said to be."""

STEP = 1 << 16
"""Bytes that may be fed at a time, and, except for zstd's blocks, the most that come out in one piece."""

_GZIP = zlib_ng.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"
_ZSTD_STEP = 256  # a block of 128 KiB may take four bytes


class Decoder(Protocol):
    """Undoes one coding, piece by piece."""

    @property
    def ended(self) -> bool:
        """Whether the content has reached its own end."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the next piece decodes to. Raises one of BROKEN. What follows the end is ignored."""


def decoder(coding: str, start: bytes) -> Decoder | None:
    """A decoder for content that begins with `start`; None for a coding that we do not know."""
    make = _MAKERS.get(coding)
    return None if make is None else make(start)


class _Zlib:
    """gzip (members one after the other) and deflate (with or without its wrapper)."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._member = zlib_ng.decompressobj(bits)

    @property
    def ended(self) -> bool:
        return self._member.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._member.eof:
                if self._bits != _GZIP or not data.startswith(_MAGIC):
                    return
                self._member = zlib_ng.decompressobj(self._bits)
            yield self._member.decompress(data, STEP)
            data = self._member.unconsumed_tail or self._member.unused_data
        while not self._member.eof and (more := self._member.decompress(b"", STEP)):
            yield more


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self.ended:
            return
        yield self._stream.process(data, output_buffer_limit=STEP)
        # It takes all its input in before it has given all its output out: can_accept_more_data is no sign of the end.
        while not self.ended and (more := self._stream.process(b"", output_buffer_limit=STEP)):
            yield more


class _Zstd:
    """RFC 8878 asks of readers a window of at least 8 MiB; more is not granted."""

    def __init__(self) -> None:
        self._stream = zstandard.ZstdDecompressor(max_window_size=8 << 20).decompressobj()

    @property
    def ended(self) -> bool:
        return bool(self._stream.eof)

    def feed(self, data: bytes) -> Iterator[bytes]:
        for place in range(0, len(data), _ZSTD_STEP):
            if self.ended:
                return
            yield self._stream.decompress(data[place : place + _ZSTD_STEP])


def _deflate(start: bytes) -> _Zlib:
    """RFC 9110 §8.4.1.2 means zlib's format; many senders leave its two bytes out."""
    wrapped = len(start) > 1 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return _Zlib(zlib_ng.MAX_WBITS if wrapped else -zlib_ng.MAX_WBITS)


_MAKERS: dict[str, Callable[[bytes], Decoder]] = {
    "gzip": lambda _: _Zlib(_GZIP),
    "x-gzip": lambda _: _Zlib(_GZIP),
    "deflate": _deflate,
    "br": lambda _: _Brotli(),
    "zstd": lambda _: _Zstd(),
}
