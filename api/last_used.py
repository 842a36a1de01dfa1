"""When keys were used last, in `keys-used.json`: to a quarter of an hour, so that requests are not writes."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from api.locked import one_writer, replace_with
from archiver.errors import StorageError

STEP = timedelta(minutes=15)
"""A use is noted where the one noted before is older than this."""

_log = logging.getLogger(__name__)


class LastUsed:
    """The last uses of an archive's keys. Thread-safe; several processes may note them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "keys-used.json"
        self._noted: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def note(self, key_id: str) -> None:
        """Notes that a key is used now; a disk that cannot be written hinders no request."""
        now = datetime.now(UTC)
        with self._lock:
            if now - self._noted.get(key_id, datetime.min.replace(tzinfo=UTC)) < STEP:
                return
            self._noted[key_id] = now
        try:
            with one_writer(self._path):
                replace_with(self._path, {**self._read(), key_id: now.isoformat(timespec="seconds")})
        except StorageError as error:
            _log.warning("the last use of key %s is not noted: %s", key_id, error)

    def all(self) -> dict[str, datetime]:
        """By the keys' ids, when each was used last; nothing of those that never were."""
        return {key_id: datetime.fromisoformat(at) for key_id, at in self._read().items()}

    def _read(self) -> dict[str, str]:
        try:
            found: dict[str, str] = orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return found
