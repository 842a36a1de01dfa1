"""Sessions of people who signed in with a key: on the server, ended with the key. Digests only, in `sessions.json`.

A session is 32 random bytes in a cookie. What a form must send back (`csrf`) is derived from it, so that no page of
another site can know it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from api.locked import one_writer, replace_with

LIFETIME = timedelta(hours=12)
COOKIE = "onrecord_session"


class Sessions:
    """The sessions of an archive's folder. Several processes may use them.

    Methods raise StorageUnwritable where `sessions.json` cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sessions.json"

    def begin(self, key_id: str) -> str:
        """A new session of a key; what the cookie holds."""
        token = secrets.token_urlsafe(32)
        with self._changing() as sessions:
            sessions[_digest(token)] = {"key": key_id, "until": (datetime.now(UTC) + LIFETIME).isoformat()}
        return token

    def key_of(self, token: str) -> str | None:
        """The id of the key whose session this is, None for one that has ended or never was."""
        found = self._read().get(_digest(token))
        return found["key"] if found and datetime.fromisoformat(found["until"]) > datetime.now(UTC) else None

    def end(self, token: str) -> None:
        """Ends a session."""
        with self._changing() as sessions:
            sessions.pop(_digest(token), None)

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            found: dict[str, dict[str, str]] = orjson.loads(self._path.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return found

    @contextmanager
    def _changing(self) -> Iterator[dict[str, dict[str, str]]]:
        with one_writer(self._path):
            now = datetime.now(UTC)
            held = self._read().items()
            sessions = {name: each for name, each in held if datetime.fromisoformat(each["until"]) > now}
            yield sessions
            replace_with(self._path, sessions)


def csrf_of(token: str) -> str:
    """What forms of a session send back."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
