"""The archive's folder: its rooms, who writes which file, and what a killed process left behind.

A file being written ends in `.open` and is locked by the process that writes it, so any number of processes may write.
Everywhere else a file goes by the name it will have once it is closed: locators and positions never change.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO

import orjson

from archiver.errors import NoSuchRecord, StorageError, StorageFull, StorageUnwritable
from archiver.warcs.manifest import Manifest
from archiver.warcs.storage import (
    LocalFile,
    LocalStorage,
    Ranges,
    Rewriting,
    Storage,
    digest_of,
    opened_file,
    overwrite,
    sync,
)

CAPTURES, ASSERTIONS, ADDED, ASIDE, SPOOL = "captures", "assertions", "added", "aside", "spool"
WRITTEN = (CAPTURES, ASSERTIONS)
"""The rooms whose files are ours."""

OPEN = ".open"
_ENDING = ".warc.gz"
POINTER = ".in-place"
"""What the name of a file in `added/` ends in that says where the real one is."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A file that a process left open: closed now, `torn` bytes from `offset` on moved to `aside` (None: none were)."""

    warc: str
    offset: int
    torn: int
    aside: str | None


class Folder:
    """An archive's folder. Files are named relative to it, with `/`.

    `path` is where this process works: files being written, spool, index. Closed files are in `storage`, which is the
    same folder unless another one is given.
    """

    def __init__(self, path: Path, storage: Storage | None = None) -> None:
        self.path = path
        self.storage = storage or LocalStorage(path)
        self.manifest = Manifest(path / "manifests", first=path / "manifest")

    def create(self) -> None:
        """Makes what is missing. Raises StorageUnwritable with the line that mends it, StorageFull."""
        with storage_errors(self.path):
            for room in (*WRITTEN, ADDED, ASIDE, SPOOL):
                (self.path / room).mkdir(parents=True, exist_ok=True)
            if not os.access(self.path / CAPTURES, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def warcs(self, room: str, *, closed: bool = False) -> tuple[str, ...]:
        """The WARC files of one of our rooms, oldest first; with `closed`, without those that are being written."""
        kept = {name for name in self.storage.list(room) if name.endswith(_ENDING)}
        written = {path.name.removesuffix(OPEN) for path in (self.path / room).glob(f"*{_ENDING}{OPEN}")}
        being_written = {f"{room}/{name}" for name in written}
        return tuple(sorted(kept - being_written if closed else kept | being_written))

    def is_open(self, warc: str) -> bool:
        """Whether the file is still being written."""
        return (self.path / (warc + OPEN)).exists()

    def added(self) -> tuple[str, ...]:
        """The imported files, copied or left in place."""
        return tuple(sorted(name.removesuffix(POINTER) for name in self.storage.list(ADDED)))

    def holds(self, warc: str) -> bool:
        """Whether a file is one of the archive's, open or closed."""
        return warc in {*self.warcs(CAPTURES), *self.warcs(ASSERTIONS), *self.added()}

    @contextmanager
    def opened(self, warc: str) -> Iterator[Ranges]:
        """The file for reading, being written, closed or left in place. Raises NoSuchRecord where it is gone."""
        with ExitStack() as stack:
            yield self._open(warc, stack)

    def _open(self, warc: str, stack: ExitStack) -> Ranges:
        if warc.startswith(f"{ADDED}/"):
            try:
                return stack.enter_context(self.storage.open(warc))
            except NoSuchRecord as missing:
                return self._in_place(warc, stack, missing)
        if self.is_open(warc):  # it may be closed just now
            with suppress(NoSuchRecord):
                return LocalFile(stack.enter_context(opened_file(self.path / (warc + OPEN), warc)))
        return stack.enter_context(self.storage.open(warc))

    def _in_place(self, warc: str, stack: ExitStack, missing: NoSuchRecord) -> Ranges:
        """A file that was left where it is. Its size must be what it was; `verify` checks its digest."""
        try:
            with self.storage.open(warc + POINTER) as pointing:
                stated = orjson.loads(pointing.at(0, pointing.size))
        except (NoSuchRecord, ValueError):
            raise missing from None
        try:
            file = LocalFile(stack.enter_context(Path(stated["path"]).open("rb")))  # noqa: SIM115 - the stack closes it
        except (OSError, KeyError, TypeError) as error:
            remedy = "Put it back, or add a copy"
            raise NoSuchRecord("the file has been moved or deleted", where=warc, remedy=remedy) from error
        if file.size != stated.get("size"):
            raise NoSuchRecord("the file is not the one that was added: its size differs", where=warc)
        return file

    def put(self, name: str, source: Path) -> bool:
        """Moves a whole file into its place, read-only; False where the name is taken. Raises StorageError."""
        with storage_errors(self.path):
            source.chmod(0o444)
            return self.storage.put(name, source)

    def is_in_place(self, warc: str) -> bool:
        """Whether an imported file was left where it is, outside the archive."""
        return warc.startswith(f"{ADDED}/") and warc not in self.storage.list(ADDED)

    def rewrite(self, warc: str, change: Rewriting) -> None:
        """Destroys erased bytes in a file, being written or closed. Raises StorageError, also where it is missing."""
        with storage_errors(self.path):
            try:
                if self.is_open(warc):
                    overwrite(self.path / (warc + OPEN), change)
                else:
                    self.storage.rewrite(warc, change)
            except NoSuchRecord as error:
                remedy = "Put it back, then try again"
                raise StorageUnwritable("the file is missing", where=warc, remedy=remedy) from error

    @contextmanager
    def spooled(self) -> Iterator[Path]:
        """A folder of one's own for unfinished things, which goes away."""
        with storage_errors(self.path / SPOOL):
            path = Path(tempfile.mkdtemp(dir=self.path / SPOOL))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def recover(self) -> tuple[Recovered, ...]:
        """Closes the files that no living process writes; torn tails are moved to `aside/`, never deleted.

        Closed files that the manifest lacks, because a process ended between the two, are entered.
        """
        found = []
        for room in WRITTEN:
            for path in sorted((self.path / room).glob(f"*{OPEN}")):
                with _locked(path) as file:
                    if file is not None and (closed := self._close_left(path, file)):
                        found.append(closed)
        self._enter_missing()
        return tuple(found)

    def _close_left(self, path: Path, file: BinaryIO) -> Recovered | None:
        warc = path.relative_to(self.path).as_posix().removesuffix(OPEN)
        good, size = _good_end(file, warc), os.fstat(file.fileno()).st_size
        aside = None
        with storage_errors(path):
            if good < size:
                aside = self._move_aside(path, file, good)
                os.ftruncate(file.fileno(), good)
            if good == 0:
                path.unlink()
                sync(path.parent)
                return None if size == 0 else Recovered(warc=warc, offset=0, torn=size, aside=aside)
            self.close_file(path, file)
        return Recovered(warc=warc, offset=good, torn=size - good, aside=aside)

    def _move_aside(self, path: Path, file: BinaryIO, good: int) -> str:
        kept = self.path / ASIDE / f"{path.name.removesuffix(OPEN)}.{good}.torn"
        file.seek(good)
        with kept.open("wb") as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
        sync(kept.parent)
        return kept.relative_to(self.path).as_posix()

    def close_file(self, path: Path, file: BinaryIO) -> None:
        """Closes a file of this program that the caller holds the lock of: durable, put, read-only, in the manifest."""
        os.fsync(file.fileno())
        warc = path.relative_to(self.path).as_posix().removesuffix(OPEN)
        if not self.put(warc, path):  # a process ended after it was put
            path.unlink()
            sync(path.parent)
        self.enter(warc)

    def enter(self, warc: str, *, by: str | None = None) -> None:
        """Enters a closed file into the manifest."""
        size, digest = self.digest(warc)
        self.manifest.enter(warc, size, digest, by=by)

    def digest(self, warc: str) -> tuple[int, str]:
        """Size and `sha256:` digest of a closed file. Raises NoSuchRecord."""
        if warc.startswith(f"{ADDED}/"):  # it may have been left in place
            with self.opened(warc) as file:
                return file.size, digest_of(file)
        return self.storage.digest(warc)

    def _enter_missing(self) -> None:
        closed = [warc for room in WRITTEN for warc in self.warcs(room, closed=True)]
        there = self.manifest.files()
        for warc in (*closed, *self.added()):
            if warc not in there:
                self.enter(warc, by="unknown" if warc.startswith(f"{ADDED}/") else None)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """The archive-wide lock, which only rebuild and repair take; False where another process holds it."""
        with (self.path / "lock").open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Within it no other thread or process is within it too; `path` is the file that they lock."""
    with storage_errors(path), path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _good_end(file: BinaryIO, warc: str) -> int:
    """Where the torn tail of a file begins: after its last sound record."""
    from archiver.warcs.reader import Damage, scan  # noqa: PLC0415 - rarely needed, and it loads the WARC library

    end = 0
    for found in scan(LocalFile(file), warc=warc):
        if not isinstance(found, Damage) and found.locator is not None:
            end = found.locator.offset + found.locator.length
    return end


@contextmanager
def _locked(path: Path) -> Iterator[BufferedRandom | None]:
    """The file and its lock; None where somebody writes it, or closed it in the meantime."""
    try:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC), "r+b")
    except OSError:
        yield None
        return
    with file:
        yield file if acquire_lock(file, path) else None


def acquire_lock(file: BinaryIO, path: Path) -> bool:
    """Locks a file; False where another process has it, or where `path` is not this file any more."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(file.fileno()).st_ino == path.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False


def pointer(path: Path, size: int, digest: str) -> bytes:
    """The content of a file in `added/` that points at one left in place."""
    return orjson.dumps({"path": str(path), "size": size, "digest": digest}) + b"\n"


@contextmanager
def storage_errors(where: Path) -> Iterator[None]:
    """Says what the system's errors mean for the archive: StorageFull or StorageUnwritable."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, where) from error


def storage_error(error: OSError, where: Path) -> StorageError:
    """The archive's error for the system's, with the line that mends it."""
    if error.errno in _FULL:
        remedy = "Free some disk space, then run the command again"
        return StorageFull("the disk is full", where=where.name, remedy=remedy)
    if error.errno in {errno.EACCES, errno.EPERM}:
        uid = os.getuid()
        return StorageUnwritable(f"uid {uid} may not write here", where=str(where), remedy=f"chown -R {uid} {where}")
    return StorageUnwritable(f"cannot be written ({error.strerror})", where=str(where))
