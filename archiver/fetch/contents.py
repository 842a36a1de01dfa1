"""Whether compressed content reaches its own end: half a gzip file is no complete answer, however well framed."""

from __future__ import annotations

from archiver.http.codings import BROKEN, Decoder, decoder

_MAX_OUTPUT = 64 << 20  # bytes of output looked at; a bomb is not followed further


class Compressed:
    """Follows the payload piece by piece, undoes its outermost coding and forgets the output.

    `cut` says that it ended too early, `mislabelled` that it is not in the coding that it is said to be in. Neither is
    ever said of a coding that we do not know.
    """

    def __init__(self, coding: str) -> None:
        self.coding = coding
        self._decoder: Decoder | None = None
        self._left = _MAX_OUTPUT
        self.mislabelled = False

    @property
    def cut(self) -> bool:
        """Whether more would have to come."""
        return self._decoder is not None and not self.mislabelled and self._left > 0 and not self._decoder.ended

    def feed(self, data: bytes) -> None:
        """Takes the next piece of the payload."""
        if self._decoder is None:
            self._decoder = decoder(self.coding, data)
        if self._decoder is None or self.mislabelled or self._left <= 0:
            return
        try:
            for piece in self._decoder.feed(data):
                self._left -= len(piece) + 1
                if self._left <= 0:
                    return
        except BROKEN:
            self.mislabelled = True
