"""The manifest: digests of closed files, a line each, append-only, each line holding the digest of the one before it.

The last field of a line, `seal`, is the digest of the fields before it, so that the newest line is vouched for too.
Who changes a file afterwards must also change its line and every line after it: the digest of the last line, noted
elsewhere, vouches for everything that was closed before.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson

_START = "sha256:" + "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A closed file: name relative to the archive, size in bytes, digest (`sha256:` and hex), when it was closed.

    `by` is who brought a file in from elsewhere.
    """

    file: str
    size: int
    digest: str
    at: str
    before: str
    seal: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A line that is not as it was written. `number` counts from 1."""

    number: int
    offset: int
    what: str


class Manifest:
    """The file `manifest` of an archive."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def enter(self, file: str, size: int, digest: str, *, by: str | None = None) -> None:
        """Appends a line, durable when this returns. A torn last line, which nobody was told of, is cut off first."""
        with self._locked() as manifest:
            data = manifest.read()
            whole = data[: data.rfind(b"\n") + 1]
            before = _digest(whole.splitlines()[-1]) if whole else _START
            at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            facts = {"file": file, "size": size, "digest": digest, "at": at, "before": before}
            line = _sealed(facts | ({"by": by} if by else {})) + b"\n"
            try:
                os.ftruncate(manifest.fileno(), len(whole))
                os.pwrite(manifest.fileno(), line, len(whole))
                os.fsync(manifest.fileno())
            except OSError:
                with suppress(OSError):
                    os.ftruncate(manifest.fileno(), len(whole))
                raise

    def lines(self) -> Iterator[Line | Broken]:
        """The lines in order, each checked against the one before it."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        before, offset = _START, 0
        for number, raw in enumerate(data.splitlines(keepends=True), start=1):
            if not raw.endswith(b"\n"):
                return  # it is being written just now, or was torn: nobody was told of it
            found = _line(raw[:-1])
            if found is None:
                yield Broken(number=number, offset=offset, what="this is no line of a manifest as it was written")
            elif found.before != before:
                yield Broken(number=number, offset=offset, what="it does not follow the line before it")
                yield found
            else:
                yield found
            before, offset = _digest(raw[:-1]), offset + len(raw)

    def files(self) -> dict[str, Line]:
        """The newest line of each file."""
        return {line.file: line for line in self.lines() if isinstance(line, Line)}

    def _locked(self) -> BinaryIO:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # let go of when the file is closed
        return os.fdopen(descriptor, "r+b")


def _digest(line: bytes) -> str:
    return "sha256:" + hashlib.sha256(line).hexdigest()


def _sealed(facts: dict[str, Any]) -> bytes:
    body = orjson.dumps(facts)
    return orjson.dumps({**facts, "seal": _digest(body)})


def _line(raw: bytes) -> Line | None:
    try:
        plain: Any = orjson.loads(raw)
        line = Line(**plain)
    except (ValueError, TypeError):
        return None
    del plain["seal"]
    if _sealed(plain) != raw:
        return None
    texts = (line.file, line.digest, line.at, line.before)
    return line if type(line.size) is int and all(isinstance(text, str) for text in texts) else None
