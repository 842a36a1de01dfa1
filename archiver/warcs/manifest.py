"""The manifest: digests of closed files, a line each, append-only, each line holding the digest of the one before it.

Each machine that writes has a chain of its own, a file in `manifests/`, so that several can write one archive; all are
read and checked together. The last field of a line, `seal`, is the digest of the fields before it, so that the newest
line is vouched for too. Who changes a file afterwards must also change its line and every line after it: the digests of
the last lines (`heads`), noted elsewhere, vouch for everything that was closed before.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from archiver.sha256 import labelled, sha256_of

_START = labelled(bytes(32))
_MACHINE = Path("/etc/machine-id")
_SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A closed file: name relative to the archive, size in bytes, digest (`sha256:` and hex), when it was closed.

    `by` is who added a file from elsewhere, `erased_from` the digest that it had before
    something in it was erased.
    """

    file: str
    size: int
    digest: str
    at: str
    before: str
    seal: str
    by: str | None = None
    erased_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLine:
    """A line of the chain `file` that is not as it was written. `number` counts from 1."""

    file: str
    number: int
    offset: int
    what: str


def this_writer() -> str:
    """The name of this machine's chain: it distinguishes machines and says nothing about them."""
    try:
        name = _MACHINE.read_text().strip() or socket.gethostname()
    except OSError:
        name = socket.gethostname()
    return hashlib.sha256(f"onrecord {name}".encode()).hexdigest()[:16]


class Manifest:
    """The chains in the folder `path`; lines are appended to the one of `writer`.

    `first` is the single chain, in a file beside it, of archives from before each writer had one.
    """

    def __init__(self, path: Path, *, first: Path | None = None, writer: str | None = None) -> None:
        self._path = path
        self._first = first
        self._writer = writer or this_writer()

    def enter(
        self, file: str, size: int, digest: str, *, by: str | None = None, erased_from: str | None = None
    ) -> None:
        """Appends a line, durable when this returns. A torn last line, never acknowledged, is cut off first."""
        self._path.mkdir(exist_ok=True)
        with self._locked() as chain:
            data = chain.read()
            whole = data[: data.rfind(b"\n") + 1]
            last = whole[:-1].rpartition(b"\n")[2]
            before = _digest(last) if whole else _START
            at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
            facts: dict[str, Any] = {"file": file, "size": size, "digest": digest, "at": at, "before": before}
            more = {"by": by, "erased_from": erased_from}
            line = _sealed(facts | {name: value for name, value in more.items() if value}) + b"\n"
            try:
                os.ftruncate(chain.fileno(), len(whole))
                os.pwrite(chain.fileno(), line, len(whole))
                os.fsync(chain.fileno())
            except OSError:
                with suppress(OSError):
                    os.ftruncate(chain.fileno(), len(whole))
                raise

    def chains(self) -> tuple[Path, ...]:
        """The files that hold the chains."""
        first = [self._first] if self._first is not None and self._first.is_file() else []
        return (*first, *sorted(self._path.glob(f"*{_SUFFIX}")))

    def lines(self) -> Iterator[Line | BrokenLine]:
        """The lines of all chains, each checked against the one before it in its chain."""
        for path in self.chains():
            yield from _lines(path)

    def files(self) -> dict[str, Line]:
        """The newest line of each file."""
        lines = [line for line in self.lines() if isinstance(line, Line)]
        return {line.file: line for line in sorted(lines, key=lambda line: line.at)}

    def heads(self) -> dict[str, str]:
        """Of each chain, by the name of its file, the digest of the last line: it vouches for the whole of it."""
        found = {}
        for path in self.chains():
            whole = path.read_bytes().rpartition(b"\n")[0]
            if whole:
                found[path.name] = _digest(whole.rpartition(b"\n")[2])
        return found

    def _locked(self) -> BinaryIO:
        path = self._path / (self._writer + _SUFFIX)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # released when the file is closed
        return os.fdopen(descriptor, "r+b")


def _lines(path: Path) -> Iterator[Line | BrokenLine]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    before, offset = _START, 0
    for number, raw in enumerate(data.splitlines(keepends=True), start=1):
        if not raw.endswith(b"\n"):
            return  # it is being written just now, or was torn: nobody relies on it
        found = _line(raw[:-1])
        if found is None:
            what = "not a valid line of a manifest"
            yield BrokenLine(file=path.name, number=number, offset=offset, what=what)
        elif found.before != before:
            yield BrokenLine(file=path.name, number=number, offset=offset, what="it does not follow the line before it")
            yield found
        else:
            yield found
        before, offset = _digest(raw[:-1]), offset + len(raw)


def _digest(line: bytes) -> str:
    return sha256_of(line)


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
