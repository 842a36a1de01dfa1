"""A file that keeps what was written to it until that is taken away: so writers of files become streams."""

from __future__ import annotations

import io
from typing import Any


class Sink(io.RawIOBase):
    """Can only be written, from the beginning to the end."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Keeps the bytes."""
        self._pieces.append(bytes(data))
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        """What was written since the last call."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
