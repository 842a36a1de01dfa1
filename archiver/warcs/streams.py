"""The bytes of a WARC file as streams: plain, or the gzip member or Zstandard frame that begins at a place."""

from __future__ import annotations

import struct
from typing import Protocol

import zstandard
from zlib_ng import zlib_ng

from archiver.warcs import wacz
from archiver.warcs.storage import Ranges

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
DICTIONARY = struct.pack("<I", 0x184D2A5D)
"""How the frame with the dictionary of a `.warc.zst` begins (IIPC's proposal, «WARC with Zstandard»)."""

_SKIPPABLE = {struct.pack("<I", 0x184D2A50 + number) for number in range(16)}
_WINDOW = 1 << 20
_FIRST_STEP, _STEP = 1 << 14, 1 << 18
_ZSTD_STEP = 1 << 10  # a block of 128 KiB may take four bytes
_MAX_DICTIONARY = 16 << 20


class BadRecord(Exception):
    """What is wrong with a record."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class ByteSource:
    """The bytes of a file from `begin` up to `end`, or up to its size. What is together is read together."""

    def __init__(self, file: Ranges, begin: int = 0, end: int | None = None) -> None:
        self.file = file
        self.begin = begin
        self.end = file.size if end is None else min(end, file.size)
        self._from = 0
        self._window = b""
        self._dictionary: bytes | None = None

    def at(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset` on."""
        count = min(count, self.end - offset)
        if count <= 0:
            return b""
        at = offset - self._from
        if not 0 <= at <= at + count <= len(self._window):
            self._window = self.file.at(offset, min(max(count, _WINDOW), self.end - offset))
            self._from, at = offset, 0
        return self._window[at : at + count]

    def dictionary(self) -> bytes:
        """The dictionary of a `.warc.zst`, its first frame; in a package, of the member. Raises BadRecord."""
        if self._dictionary is None:
            begin = self.begin
            if not begin and wacz.is_package(self.file.at(0, 4)):
                begin = wacz.start_of_member(self.file, self.end)
            head = self.file.at(begin, 8)
            size = struct.unpack("<I", head[4:])[0] if head[:4] == DICTIONARY and len(head) == 8 else 0
            if not 0 < size <= _MAX_DICTIONARY:
                raise BadRecord("the Zstandard dictionary is not at the beginning of the file")
            self._dictionary = _unpacked(self.file.at(begin + 8, size))
        return self._dictionary


def _unpacked(dictionary: bytes) -> bytes:
    """A dictionary may be compressed itself."""
    if not dictionary.startswith(ZSTD):
        return dictionary
    try:
        return zstandard.ZstdDecompressor().decompress(dictionary, max_output_size=_MAX_DICTIONARY)
    except zstandard.ZstdError:
        raise BadRecord("the Zstandard dictionary is broken") from None


class Stream(Protocol):
    """Bytes to take one after the other. `place` counts those taken (of a plain file: it is the offset in the file)."""

    place: int

    @property
    def left(self) -> int | None:
        """How many bytes there are still, where that is known."""

    def peek(self, count: int) -> bytes:
        """The next bytes, which stay; fewer at the end."""

    def take(self, count: int) -> bytes:
        """The next bytes; fewer at the end."""

    def used(self) -> int:
        """The bytes of the file that were taken, once the stream is read to its end."""


def stream_at(source: ByteSource, offset: int) -> Stream:
    """What begins at a place of a file. Raises BadRecord."""
    start = source.at(offset, 4)
    if start[:3] == GZIP:
        return _Compressed(source, offset, _Gzip())
    if start == ZSTD:
        return _Compressed(source, offset, _Zstd(source, offset))
    return _Plain(source, offset)


def is_compressed(source: ByteSource, offset: int) -> bool:
    """Whether a gzip member or a Zstandard frame begins at a place."""
    start = source.at(offset, 4)
    return start[:3] == GZIP or start == ZSTD


def skippable(source: ByteSource, offset: int) -> int:
    """The length of a Zstandard frame without content (a dictionary) that begins at a place; 0 where none does."""
    head = source.at(offset, 8)
    if len(head) < 8 or head[:4] not in _SKIPPABLE:
        return 0
    return 8 + int(struct.unpack("<I", head[4:])[0])


class _Plain:
    """An uncompressed file."""

    def __init__(self, source: ByteSource, offset: int) -> None:
        self._source = source
        self._offset = self.place = offset

    @property
    def left(self) -> int | None:
        return self._source.end - self.place

    def peek(self, count: int) -> bytes:
        return self._source.at(self.place, count)

    def take(self, count: int) -> bytes:
        data = self.peek(count)
        self.place += len(data)
        return data

    def used(self) -> int:
        return self.place - self._offset


class _Decoder(Protocol):
    """Decompresses one member or frame, in bounded steps."""

    step: int

    @property
    def ended(self) -> bool:
        """Whether its end was reached."""

    @property
    def unused(self) -> int:
        """How many of the bytes it was given are after its end."""

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """The decompressed bytes, and the input that is not consumed yet. Raises BadRecord."""


class _Gzip:
    step = _STEP

    def __init__(self) -> None:
        self._inflate = zlib_ng.decompressobj(zlib_ng.MAX_WBITS | 16)

    @property
    def ended(self) -> bool:
        return self._inflate.eof

    @property
    def unused(self) -> int:
        return len(self._inflate.unused_data)

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        try:
            out = self._inflate.decompress(data, _STEP)
        except zlib_ng.error:  # type: ignore[misc]
            raise BadRecord("the gzip member is broken") from None
        return out, self._inflate.unconsumed_tail


class _Zstd:
    step = _ZSTD_STEP

    def __init__(self, source: ByteSource, offset: int) -> None:
        try:
            needs = zstandard.get_frame_parameters(source.at(offset, 18)).dict_id
            given = zstandard.ZstdCompressionDict(source.dictionary()) if needs else None
            window = 1 << 27
            self._stream = zstandard.ZstdDecompressor(dict_data=given, max_window_size=window).decompressobj()
        except zstandard.ZstdError:
            raise BadRecord("the Zstandard frame is broken") from None

    @property
    def ended(self) -> bool:
        return bool(self._stream.eof)

    @property
    def unused(self) -> int:
        return len(self._stream.unused_data)

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        try:
            return self._stream.decompress(data), b""
        except zstandard.ZstdError:
            raise BadRecord("the Zstandard frame is broken") from None


class _Compressed:
    """What one member or frame decompresses to. Raises BadRecord where it is torn or broken."""

    left = None

    def __init__(self, source: ByteSource, offset: int, decoder: _Decoder) -> None:
        self._source = source
        self._offset = self._read_to = offset
        self._decoder = decoder
        self._step = min(_FIRST_STEP, decoder.step)
        self._fed = b""
        self._ready, self._taken = b"", 0
        self.place = 0

    def peek(self, count: int) -> bytes:
        if len(self._ready) < self._taken + count and not self._decoder.ended:
            self._fill(count)
        return self._ready[self._taken : self._taken + count]

    def take(self, count: int) -> bytes:
        if len(self._ready) < self._taken + count and not self._decoder.ended:
            self._fill(count)
        data = self._ready[self._taken : self._taken + count]
        self._taken += len(data)
        self.place += len(data)
        return data

    def used(self) -> int:
        return self._read_to - self._offset - self._decoder.unused

    def _fill(self, count: int) -> None:
        decoder = self._decoder
        held = self._ready[self._taken :]
        pieces = [held] if held else []  # one piece alone is joined without being copied
        missing = count - len(held)
        while missing > 0 and not decoder.ended:
            if not self._fed:
                self._fed = self._source.at(self._read_to, self._step)
                self._read_to += len(self._fed)
                self._step = min(self._step * 4, decoder.step)
                if not self._fed:
                    raise BadRecord("the file ends within a compressed record")
            out, self._fed = decoder.feed(self._fed)
            pieces.append(out)
            missing -= len(out)
        self._ready, self._taken = b"".join(pieces), 0
