"""Where the archive's closed files are kept, and how they are read: a local folder today, an object store another day.

Who reads or writes WARC files asks a `Storage` and gets `Ranges`, never a path or a descriptor. Files that are still
being written are in the local folder of the process that writes them (see `files`) until they are put here, whole.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from archiver.errors import NoSuchRecord
from archiver.sha256 import labelled

_STEP = 1 << 20


class Ranges(Protocol):
    """A file that is open for reading at any place. Its size is the one that it had when it was opened."""

    @property
    def size(self) -> int:
        """Its bytes."""

    def at(self, offset: int, count: int) -> bytes:
        """`count` bytes from `offset` on; fewer only at the end."""


class Storage(Protocol):
    """Files by name: `captures/x.warc.gz`. A file, once put, never changes. Thread-safe."""

    def open(self, name: str) -> AbstractContextManager[Ranges]:
        """The file for reading. Raises NoSuchRecord where it is not there or cannot be read."""

    def list(self, room: str) -> tuple[str, ...]:
        """The names of the files in a room and in its folders, sorted."""

    def put(self, name: str, source: Path) -> bool:
        """Moves a local file here, durable when this returns; False where the name is taken (nothing changes then)."""

    def digest(self, name: str) -> tuple[int, str]:
        """Size and `sha256:` digest of a file. Raises NoSuchRecord."""


class Stretch:
    """A part of a file as `Ranges`."""

    def __init__(self, file: Ranges, start: int, end: int) -> None:
        self._file = file
        self._start = start
        self.size = end - start

    def at(self, offset: int, count: int) -> bytes:
        """`count` bytes from `offset` on; fewer only at the end."""
        return self._file.at(self._start + offset, min(count, self.size - offset)) if offset < self.size else b""


class LocalFile:
    """A file on this machine as `Ranges`."""

    def __init__(self, file: BinaryIO) -> None:
        self._descriptor = file.fileno()
        self.size = os.fstat(self._descriptor).st_size

    def at(self, offset: int, count: int) -> bytes:
        """`count` bytes from `offset` on; fewer only at the end."""
        pieces = []
        count = min(count, self.size - offset)
        while count > 0 and (piece := os.pread(self._descriptor, count, offset)):
            pieces.append(piece)
            offset, count = offset + len(piece), count - len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class LocalStorage:
    """Closed files in a folder of this machine: read-only, never read through a link."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def open(self, name: str) -> Iterator[Ranges]:
        """The file for reading. Raises NoSuchRecord where it is not there or cannot be read."""
        with opened_file(self._path / name, name) as file:
            yield LocalFile(file)

    def list(self, room: str) -> tuple[str, ...]:
        """The names of the files in a room and in its folders, sorted."""
        files = (path for path in (self._path / room).rglob("*") if path.is_file() and not path.is_symlink())
        return tuple(sorted(path.relative_to(self._path).as_posix() for path in files))

    def put(self, name: str, source: Path) -> bool:
        """Moves a local file here, durable when this returns; False where the name is taken."""
        final = self._path / name
        final.parent.mkdir(exist_ok=True)
        try:
            os.link(source, final)
        except FileExistsError:
            return False
        source.unlink()
        sync(final.parent)
        sync(final.parent.parent)
        return True

    def digest(self, name: str) -> tuple[int, str]:
        """Size and `sha256:` digest of a file. Raises NoSuchRecord."""
        with self.open(name) as file:
            return file.size, digest_of(file)


def opened_file(path: Path, name: str) -> BinaryIO:
    """A local file, never through a link. Raises NoSuchRecord, which calls it `name`."""
    try:
        return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR}:
            raise NoSuchRecord(
                "the file is not in the archive", where=name, remedy="Restore it from a backup"
            ) from None
        raise NoSuchRecord(f"the file cannot be read ({error.strerror})", where=name) from error


@contextmanager
def any_file(path: Path) -> Iterator[Ranges]:
    """A file anywhere on this machine, for reading."""
    with path.open("rb") as file:
        yield LocalFile(file)


def digest_of(file: Ranges) -> str:
    """`sha256:` and the hex digest of a whole file."""
    hashed = hashlib.sha256()
    for offset in range(0, file.size, _STEP):
        hashed.update(file.at(offset, _STEP))
    return labelled(hashed.digest())


def sync(path: Path) -> None:
    """Makes a folder's entries, or a file, durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Seekable(io.RawIOBase):
    """`Ranges` as a file object, for libraries that want one (zipfile); or a stretch of it."""

    def __init__(self, file: Ranges, start: int = 0, end: int | None = None) -> None:
        super().__init__()
        self._file = file
        self._start = start
        self._end = file.size if end is None else end
        self._place = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Goes to a place."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._end - self._start}[whence]
        self._place = max(0, base + offset)
        return self._place

    def tell(self) -> int:
        """The place."""
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer."""
        at = self._start + self._place
        data = self._file.at(at, min(len(buffer), max(0, self._end - at)))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)
