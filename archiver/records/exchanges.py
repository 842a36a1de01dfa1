"""An HTTP answer as it crossed the wire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archiver.records.terms import Truncation


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an HTTP answer: read once, and passed on. `status` is None where the answer is not HTTP/1.

    `length` is the number of bytes before the body: status line, fields, blank line, interim answers before them.
    """

    status: int | None
    reason: str
    headers: tuple[tuple[str, str], ...]
    length: int

    def header(self, name: str) -> str | None:
        """The first value of a field, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def values(self, name: str) -> list[str]:
        """All values of a field, split at commas, in lower case."""
        wanted = name.lower()
        lists = [value.lower().split(",") for key, value in self.headers if key.lower() == wanted]
        if not lists:
            return []
        return [part.strip() for parts in lists for part in parts if part.strip()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer, as they crossed the wire.

    `request` and `response` are the raw HTTP messages (head and body, chunking and content coding as sent), `head` is
    what was read from the answer's head. `surplus` is the number of bytes after the message's end; they are not kept.
    """

    url: str
    sent_at: datetime
    request: bytes
    response: bytes
    head: Head
    address: str
    truncated: Truncation | None = None
    surplus: int = 0
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> int | None:
        """The status of the answer; None where it is not HTTP/1."""
        return self.head.status
