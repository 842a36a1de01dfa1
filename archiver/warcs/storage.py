"""Where the archive's closed files are kept, and how they are read: a local folder today, an object store another day.

Who reads or writes WARC files asks a `Storage` and gets `Ranges`, never a path or a descriptor. Files that are still
being written are in the local folder of the process that writes them (see `files`) until they are put here, whole.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Bytes that take the place of others in a file."""

    offset: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """How a file changes: bytes put in their places, and of a package its size afterwards; others keep theirs."""

    patches: tuple[Patch, ...]
    size: int | None = None


class Storage(Protocol):
    """Files by name: `captures/x.warc.gz`. A file, once put, changes only where something is erased. Thread-safe."""

    def open(self, name: str) -> AbstractContextManager[Ranges]:
        """The file for reading. Raises NoSuchRecord where it is not there or cannot be read."""

    def list(self, room: str) -> tuple[str, ...]:
        """The names of the files in a room and in its folders, sorted."""

    def put(self, name: str, source: Path) -> bool:
        """Moves a local file here, durable when this returns; False where the name is taken (nothing changes then)."""

    def digest(self, name: str) -> tuple[int, str]:
        """Size and `sha256:` digest of a file. Raises NoSuchRecord."""

    def stamp(self, name: str) -> Hashable:
        """What differs, in all likelihood, once the file was changed; found without reading it."""

    def rewrite(self, name: str, change: Rewriting) -> None:
        """Destroys erased bytes: others are in their place, durably, when this returns. Raises NoSuchRecord."""


class FilePart:
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

    def stamp(self, name: str) -> Hashable:
        """The file's size, time and inode; None where it is not here."""
        try:
            found = (self._path / name).stat()
        except OSError:
            return None
        return (found.st_size, found.st_mtime_ns, found.st_ino)

    def rewrite(self, name: str, change: Rewriting) -> None:
        """Overwrites erased bytes where they are. Raises NoSuchRecord."""
        path = self._path / name
        opened_file(path, name).close()
        mode = path.stat().st_mode & 0o777
        path.chmod(mode | 0o200)
        try:
            overwrite(path, change)
        finally:
            path.chmod(mode)


def overwrite(path: Path, change: Rewriting) -> None:
    """Changes a local file, never through a link."""
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        for each in change.patches:
            _write_at(descriptor, each)
        if change.size is not None:
            os.ftruncate(descriptor, change.size)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_at(descriptor: int, patch: Patch) -> None:
    data, offset = memoryview(patch.data), patch.offset
    while data:
        written = os.pwrite(descriptor, data, offset)
        data, offset = data[written:], offset + written


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
    """A file anywhere on this machine, for reading. Raises NoSuchRecord."""
    try:
        opened = path.open("rb")
    except OSError as error:
        raise NoSuchRecord(f"the file cannot be read ({error.strerror})", where=str(path)) from error
    with opened as file:
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
