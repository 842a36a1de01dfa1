"""Which server a job belongs to: a name, and a lock on a file of its own as long as the server lives."""

from __future__ import annotations

import fcntl
import secrets
from base64 import b32encode
from pathlib import Path
from typing import Any

from archiver.errors import StorageUnwritable


def random_name(letter: str) -> str:
    """A letter and 20 characters of base32: 100 random bits."""
    return letter + b32encode(secrets.token_bytes(13)).decode("ascii").lower()[:20]


def lock_path(database: Path, owner: str) -> Path:
    """The file that an owner holds locked."""
    return database.with_name(f"{database.name}-{owner}.lock")


def own_lock(path: Path) -> Any:
    """A locked file that only this process has; the system releases it when the process ends, however it ends."""
    try:
        held = path.open("x")
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise StorageUnwritable(f"cannot be locked ({error.strerror})", where=str(path)) from error
    return held


def is_gone(path: Path) -> bool:
    """Whether nobody holds the lock."""
    try:
        with path.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
