"""The files of the SQLite index: every rebuild is a file of a new name, and `current` names the one in use.

`current` is replaced atomically, so that a reader sees the old index or the new one, whole. The index before the
current one stays until the next change: somebody may still be reading it. Names are never used again.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from archiver.errors import IndexUnavailable

REMEDY = "Rebuild it with: onrecord rebuild"
_NAME = re.compile(r"([0-9]{6,})-[0-9a-f]{8}\.sqlite")


class Generations:
    """The folder `index` of an archive."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current"
        self._read: tuple[tuple[int, int], str] | None = None  # which pointer was read last, and what it says

    def current(self) -> Path | None:
        """The index in use; None before the first one is finished. Raises IndexUnavailable if it is lost.

        A process that finds none starts an empty one, which then indexes all assertions; it stores their positions.
        """
        try:
            name = self._named()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise self._lost(f"its pointer cannot be read ({error})") from error
        path = self.folder / name
        if not _NAME.fullmatch(name) or not path.is_file():
            raise self._lost("its file is missing")
        return path

    def _named(self) -> str:
        """The name in the pointer, which is read again only when another one has taken its place."""
        status = self._pointer.stat()
        which = (status.st_ino, status.st_mtime_ns)
        if self._read is None or self._read[0] != which:
            self._read = (which, self._pointer.read_text(encoding="ascii").strip())
        return self._read[1]

    def fresh(self) -> Path:
        """A file name that was never used."""
        self.folder.mkdir(parents=True, exist_ok=True)
        numbers = [int(match[1]) for name in self._names() if (match := _NAME.fullmatch(name))]
        return self.folder / f"{max(numbers, default=0) + 1:06d}-{secrets.token_hex(4)}.sqlite"

    def begin(self, path: Path) -> bool:
        """Makes `path` the first index; False where another process was quicker."""
        draft = self._draft(path.name)
        try:
            os.link(draft, self._pointer)
        except FileExistsError:
            return False
        finally:
            draft.unlink()
        _sync(self.folder)
        return True

    def change_to(self, path: Path) -> None:
        """Makes `path` the index in use and deletes those before the one that was."""
        before = self._pointer.read_text(encoding="ascii").strip() if self._pointer.exists() else None
        _sync(path)
        draft = self._draft(path.name)
        try:
            draft.replace(self._pointer)
        finally:
            draft.unlink(missing_ok=True)
        _sync(self.folder)
        self._tidy({path.name, before})

    def _tidy(self, kept: set[str | None]) -> None:
        """Deletes what nobody reads any more, and what interrupted changes left."""
        for name in self._names():
            if name not in kept:
                self.delete(self.folder / name)
        for draft in self.folder.glob("current.*"):
            draft.unlink(missing_ok=True)

    def delete(self, path: Path) -> None:
        """Deletes an index with what SQLite keeps beside it."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)

    def _names(self) -> list[str]:
        with suppress(FileNotFoundError):
            return sorted(path.name for path in self.folder.iterdir() if _NAME.fullmatch(path.name))
        return []

    def _draft(self, name: str) -> Path:
        draft = self.folder / f"current.{secrets.token_hex(4)}"
        try:
            draft.write_text(f"{name}\n", encoding="ascii")
            _sync(draft)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        return draft

    def _lost(self, what: str) -> IndexUnavailable:
        return IndexUnavailable(what, where="the index", remedy=REMEDY)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
