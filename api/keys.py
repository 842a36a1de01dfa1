"""Keys: who may write, and read where reading is not open. The archive keeps only their digests, in `keys.json`.

A key is `onrecord_`, an id to look it up by, and 32 random bytes in base64. It is shown once, when it is made.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from api.locked import one_writer, replace_with
from archiver.errors import NotFound, StorageError

_KEY = re.compile(r"onrecord_([0-9a-f]{12})_([A-Za-z0-9_-]{43})", re.ASCII)
_NOBODYS = hashlib.sha256(b"").hexdigest()


class Scope(StrEnum):
    """What a key allows. Who may write may read, and administrators may do both."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is kept: `digest` is the SHA-256 of its random part."""

    id: str
    name: str
    scope: Scope
    digest: str
    made_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Whether it may be used at this time."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class Keys:
    """The keys of an archive's folder. Several processes may use them; a change counts from the next request on.

    Methods raise StorageUnwritable where `keys.json` cannot be written, StorageError where it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "keys.json"
        self._seen: tuple[tuple[int, int, int] | None, dict[str, Key]] = (None, {})

    def all(self) -> tuple[Key, ...]:
        """Every key ever made, oldest first."""
        return tuple(self._read().values())

    def add(self, name: str, scope: Scope, expires_at: datetime | None = None) -> tuple[Key, str]:
        """Makes a key; the text is what its holder sends and is kept nowhere."""
        secret = secrets.token_urlsafe(32)
        key = Key(
            id=secrets.token_hex(6),
            name=name,
            scope=scope,
            digest=_digest(secret),
            made_at=datetime.now(UTC).replace(microsecond=0),
            expires_at=expires_at,
        )
        with self._changing() as keys:
            keys[key.id] = key
        return key, f"onrecord_{key.id}_{secret}"

    def revoke(self, key_id: str) -> Key:
        """Revokes a key permanently. Raises NotFound."""
        with self._changing() as keys:
            if key_id not in keys:
                raise NotFound("there is no such key", where=key_id[:100], remedy="List them with: onrecord keys list")
            now = datetime.now(UTC).replace(microsecond=0)
            keys[key_id] = replace(keys[key_id], revoked_at=keys[key_id].revoked_at or now)
            return keys[key_id]

    def good(self, key_id: str) -> Key | None:
        """The key with this id, None for one that is unknown, has expired or was revoked."""
        key = self._read().get(key_id)
        return key if key is not None and key.is_good(datetime.now(UTC)) else None

    def find(self, given: str) -> Key | None:
        """The key that is given, None for a wrong, expired or revoked one; it takes the same time for all of them."""
        match = _KEY.fullmatch(given)
        key = self._read().get(match[1]) if match else None
        same = hmac.compare_digest(_digest(match[2] if match else ""), key.digest if key else _NOBODYS)
        return key if key and same and key.is_good(datetime.now(UTC)) else None

    def _read(self) -> dict[str, Key]:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise _unreadable(error) from error
        mark = (found.st_ino, found.st_size, found.st_mtime_ns)
        if self._seen[0] != mark:
            try:
                self._seen = (mark, {each["id"]: _key(each) for each in orjson.loads(self._path.read_bytes())})
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise _unreadable(error) from error
        return dict(self._seen[1])

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Key]]:
        """The keys, to be changed by one process at a time; the file is replaced whole."""
        with one_writer(self._path):
            keys = self._read()
            yield keys
            replace_with(self._path, [asdict(key) for key in keys.values()])


def _key(kept: dict[str, Any]) -> Key:
    times = {name: _time(kept[name]) for name in ("expires_at", "revoked_at")}
    made_at = datetime.fromisoformat(kept["made_at"])
    return Key(**{**kept, **times, "scope": Scope(kept["scope"]), "made_at": made_at})


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _unreadable(error: Exception) -> StorageError:
    return StorageError(f"cannot be read ({error})", where="keys.json", remedy="Check the archive directory")
