"""Appends WARC records: whole and durable when it returns, or not there at all. warcio's only door.

warcio gets a raw block under named fields that were validated and digests that were computed here: its own way with
headers lets a line end in a URL forge a record, and rewrites what servers sent.
"""

from __future__ import annotations

import io
import logging
import os
import secrets
import threading
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from zlib_ng import zlib_ng

from archiver.config import software
from archiver.errors import StorageError
from archiver.records import Locator, WarcRecord
from archiver.sha256 import sha256_of
from archiver.warcs.fields import checked, date_text, uri
from archiver.warcs.files import OPEN, Folder, acquire_lock, storage_error
from archiver.warcs.storage import sync

LEVEL = 6
"""gzip's level: one or two per cent larger than 9 and twice as fast (measured)."""

_STEP = 1 << 20
"""Bytes of a record that are held before they are compressed and written."""

_log = logging.getLogger(__name__)
_CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_URI_FIELDS = {"warc-refers-to-target-uri"}


def new_record_id() -> str:
    """A record id that no other record has."""
    return f"urn:uuid:{uuid.uuid4()}"


class _File:
    """The file that is being written: locked, and sound up to `end`."""

    def __init__(self, path: Path, file: BinaryIO, name: str) -> None:
        self.path: Final = path
        self.file: Final = file
        self.name: Final = name
        self.member: Final = _Member(file)
        self.raw: Final = _Raw(self.member, gzip=False, warc_version="1.1")
        self.end = 0
        self.warcinfo: str | None = None


class Writer:
    """Writes into files of its own in one room of an archive. Thread-safe; processes never share a file.

    A file is closed, and the next begun, when it is larger than `max_bytes`. `about` are further fields of each file's
    `warcinfo` record.
    """

    def __init__(self, folder: Folder, room: str, *, max_bytes: int, about: Sequence[tuple[str, str]] = ()) -> None:
        self._folder = folder
        self._room = room
        self._max_bytes = max_bytes
        self._about = about
        self._lock = threading.Lock()
        self._current: _File | None = None
        self._count = 0

    @property
    def warc(self) -> str | None:
        """The file that was written to last, as locators name it."""
        current = self._current
        return None if current is None else current.name

    def append(self, records: Sequence[WarcRecord]) -> tuple[Locator, ...]:
        """Appends all the records or none; they are durable when this returns. Raises StorageError, WarcError.

        A disk that fails to make them durable is not trusted again with this file: they go into a new one.
        """
        with self._lock:
            try:
                return self._appended(records)
            except _NotDurable:
                return self._appended(records)

    def close(self) -> None:
        """Closes the file: durable, renamed, read-only, in the manifest."""
        with self._lock:
            self._close()

    def _appended(self, records: Sequence[WarcRecord]) -> tuple[Locator, ...]:
        current = self._open_file()
        begin = current.end
        try:
            locators = tuple(self._write(current, record) for record in records)
        except OSError as error:
            self._cut_back(current, begin)
            raise storage_error(error, current.path) from error
        except BaseException:
            self._cut_back(current, begin)
            raise
        try:
            os.fsync(current.file.fileno())
        except OSError as error:
            self._cut_back(current, begin)
            self._abandon(current)
            raise _NotDurable(error, current.path) from error
        if current.end >= self._max_bytes:
            self._close_full()
        return locators

    def _open_file(self) -> _File:
        if self._current is None:
            try:
                self._current = self._create()
            except OSError as error:
                raise storage_error(error, self._folder.path / self._room) from error
        return self._current

    def _create(self) -> _File:
        """A new file, locked before its first byte, that begins with a `warcinfo` record."""
        while True:
            self._count += 1
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
            name = f"onrecord-{stamp}-{secrets.token_hex(4)}-{self._count:05}.warc.gz"
            path = self._folder.path / self._room / (name + OPEN)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            file = os.fdopen(descriptor, "r+b", buffering=0)
            if acquire_lock(file, path):  # else a starting process took it for one left behind
                break
            file.close()
        current = _File(path, file, f"{self._room}/{name}")
        try:
            self._write(current, self._warcinfo(name))
            os.fsync(file.fileno())
            sync(path.parent)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise
        return current

    def _warcinfo(self, name: str) -> WarcRecord:
        facts = (("software", software()), ("format", "WARC File Format 1.1"), ("conformsTo", _CONFORMS), *self._about)
        block = "".join(f"{key}: {value}\r\n" for key, value in (checked(*fact) for fact in facts)).encode()
        return WarcRecord(
            type="warcinfo",
            record_id=new_record_id(),
            date=None,
            target_uri=None,
            content_type="application/warc-fields",
            block=block,
            fields=(("WARC-Filename", name),),
        )

    def _write(self, current: _File, record: WarcRecord) -> Locator:
        rec = _raw(record, current.warcinfo)
        member = current.member
        member.begin()
        current.raw.write_record(rec)
        if record.type == "warcinfo":
            current.warcinfo = record.record_id
        locator = Locator(warc=current.name, offset=current.end, length=member.length)
        current.end += member.length
        return locator

    def _cut_back(self, current: _File, end: int) -> None:
        """Back to the last good record; a file that cannot be cut is left for recovery, which looks at every byte."""
        try:
            os.ftruncate(current.file.fileno(), end)
            os.lseek(current.file.fileno(), end, os.SEEK_SET)
            current.end = end
        except OSError:
            self._abandon(current)

    def _abandon(self, current: _File) -> None:
        """Never writes to the file again; whoever opens the archive next recovers it."""
        self._current = None
        current.file.close()

    def _close_full(self) -> None:
        """What was appended is durable already: a file that cannot be closed now is closed by recovery."""
        try:
            self._close()
        except StorageError as error:
            _log.warning("left open until the archive is opened next: %s", error)

    def _close(self) -> None:
        current, self._current = self._current, None
        if current is None:
            return
        try:
            self._folder.close_file(current.path, current.file)
        except OSError as error:
            raise storage_error(error, current.path) from error
        finally:
            current.file.close()


class _NotDurable(StorageError):
    """What was appended could not be made durable."""

    def __init__(self, error: OSError, path: Path) -> None:
        super().__init__(f"could not be made durable ({error.strerror})", where=str(path))


class _Raw(WARCWriter):  # type: ignore[misc]
    """warcio's writer without its own digests: ours are over the bytes as they crossed the wire."""

    def ensure_digest(self, record: Any, block: bool = True, payload: bool = True) -> None:
        """Leaves the record as it is."""


class _Member:
    """The gzip member that is being written to a file: compressed and written in few goes, which is quickest."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.begin()

    def begin(self) -> None:
        """Begins another one."""
        self._deflate = zlib_ng.compressobj(LEVEL, zlib_ng.DEFLATED, zlib_ng.MAX_WBITS | 16)
        self._held = list[bytes]()
        self._size = self.length = 0

    def write(self, data: bytes) -> None:
        self._held.append(data)
        self._size += len(data)
        if self._size >= _STEP:
            self._out(self._compressed())

    def flush(self) -> None:
        self._out(self._compressed() + self._deflate.flush())

    def _compressed(self) -> bytes:
        held = b"".join(self._held)
        self._held.clear()
        self._size = 0
        return self._deflate.compress(held)

    def _out(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            written = self._file.write(view)
            self.length += written
            view = view[written:]


def _raw(record: WarcRecord, warcinfo: str | None) -> ArcWarcRecord:
    """The record with a block that warcio writes byte for byte."""
    headers = StatusAndHeaders("", _named_fields(record, warcinfo), "WARC/1.1")
    stream = io.BytesIO(record.block)
    kind = (
        "resource" if record.type == "revisit" else record.type
    )  # warcio writes no block of what it knows as a revisit
    return ArcWarcRecord("warc", kind, headers, stream, None, record.content_type, len(record.block))


def _named_fields(record: WarcRecord, warcinfo: str | None) -> list[tuple[str, str]]:
    digest = sha256_of(record.block)
    fields = [
        ("WARC-Type", record.type),
        ("WARC-Record-ID", f"<{uri(record.record_id or new_record_id())}>"),
        ("WARC-Date", date_text(record.date or datetime.now(UTC))),
        ("WARC-Target-URI", uri(record.target_uri or "")),
        ("WARC-Warcinfo-ID", f"<{warcinfo}>" if warcinfo else ""),
        *[(name, uri(value) if name.lower() in _URI_FIELDS else value) for name, value in record.fields],
        ("WARC-Block-Digest", digest),
        ("Content-Type", record.content_type or ""),
    ]
    return [checked(name, value) for name, value in fields if value]
