"""Whether compressed content reaches its own end: half a gzip is no whole answer, however well it is framed."""

from __future__ import annotations

import zlib

_STEP = 1 << 16
_MOST = 256 << 20  # bytes of output looked at; a bomb is not followed further
_MAGIC = b"\x1f\x8b"


class Gzipped:
    """Hears the payload piece by piece, decodes it in bounded steps and forgets the output.

    `cut` says that it ended within a member, `lie` that it is no gzip at all (RFC 1952).
    """

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._seen = 0
        self._begun = False
        self.lie = False

    @property
    def cut(self) -> bool:
        """Whether more would have to come."""
        return self._begun and not self.lie and self._seen < _MOST and not self._member.eof

    def hear(self, data: bytes) -> None:
        """Takes the next piece of the payload."""
        self._begun = self._begun or bool(data)
        while data and not self.lie and self._seen < _MOST:
            data = self._step(data)

    def _step(self, data: bytes) -> bytes:
        if self._member.eof:
            if not data.startswith(_MAGIC):
                return b""  # what follows the last member is nobody's
            self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            self._seen += len(self._member.decompress(data, _STEP)) + 1
        except zlib.error:
            self.lie = True
            return b""
        return self._member.unconsumed_tail or self._member.unused_data
