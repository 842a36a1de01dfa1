"""What was done with an archive and by whom, append-only, each line holding the digest of the one before it.

One chain, the file `audit.jsonl` of the archive's folder. It is for administrators: unlike a decision's public author
it names accounts and keys.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import orjson

from archiver.errors import WarcDamaged
from archiver.sha256 import labelled, sha256_of
from archiver.warcs.files import storage_errors

_START = labelled(bytes(32))


class Action(StrEnum):
    """What is noted."""

    CAPTURE = "capture"
    IMPORT = "import"
    REVIEW = "review"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    PRIVATE = "private"
    RELEASE = "release"
    ERASE = "erase"
    JOIN = "join"
    SEPARATE = "separate"
    KEY_MADE = "key_made"
    KEY_REVOKED = "key_revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One thing that was done: when, what, by which account or key, to what. `before` is the line before's digest."""

    at: str
    action: Action
    by: str
    target: str
    before: str


class Audit:
    """The audit log of an archive's folder. Any number of processes may write it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "audit.jsonl"

    def note(self, action: Action, *, by: str, target: str) -> None:
        """Appends a line, durable when this returns. A torn last line, never acknowledged, is cut off first.

        Raises StorageError.
        """
        with storage_errors(self._path):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                data = file.read()
                whole = data[: data.rfind(b"\n") + 1]
                at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
                before = _digest(whole[:-1].rpartition(b"\n")[2]) if whole else _START
                line = AuditLine(at=at, action=action, by=by, target=target, before=before)
                os.ftruncate(file.fileno(), len(whole))
                plain = orjson.dumps(asdict(line), option=orjson.OPT_APPEND_NEWLINE)
                if os.pwrite(file.fileno(), plain, len(whole)) < len(plain):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())

    def lines(self) -> Iterator[AuditLine]:
        """The lines, oldest first. Raises WarcDamaged at one that was altered or does not follow."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        before, offset = _START, 0
        for raw in data.splitlines(keepends=True):
            if not raw.endswith(b"\n"):
                return
            try:
                plain = orjson.loads(raw)
                line = AuditLine(**{**plain, "action": Action(plain["action"])})
            except (ValueError, TypeError, KeyError):
                raise WarcDamaged("not a line of an audit log", where=self._path.name, offset=offset) from None
            if line.before != before:
                raise WarcDamaged("it does not follow the line before it", where=self._path.name, offset=offset)
            yield line
            before, offset = _digest(raw[:-1]), offset + len(raw)


def _digest(line: bytes) -> str:
    return sha256_of(line)
