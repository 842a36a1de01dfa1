"""WARC, ARC and WACZ files from elsewhere come into the archive, byte for byte; nothing in them is changed.

A file is identified by its SHA-256, not its name. Who supplied it, when, and its digest are recorded in `assertions/`
before the file takes its place, and with it in the manifest. What the file holds is read by `ingest.scan`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from archiver.errors import NotFound, WarcError
from archiver.records import Added, WarcRecord
from archiver.sha256 import labelled
from archiver.warcs.files import ADDED, POINTER, Folder, pointer, storage_errors
from archiver.warcs.kinds import refusal, why_refused
from archiver.warcs.manifest import Line
from archiver.warcs.storage import LocalFile
from archiver.warcs.writer import Writer, new_record_id

ADDED_TYPE = "application/vnd.onrecord.added"
"""Media type of the records in `assertions/` that say who brought a file in; fields as `application/warc-fields`."""

_STEP = 1 << 20
_REMEDY = "To read the quotes of a saved page: onrecord quotes FILE"
_REMEDIES = {
    "a HAR file": "Convert it with har2warc, then add the WARC file",
    "a CDX index": "Add the WARC files that it lists",
    "a CDXJ index": "Add the WARC files that it lists",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """A file that is in the archive now: its name for locators, and whether it was there before (`already`)."""

    warc: str
    added: Added
    already: bool


def import_file(
    path: Path,
    folder: Folder,
    assertions: Writer,
    *,
    by: str,
    in_place: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> ImportedFile:
    """Takes a file in; with `in_place`, notes path, size and digest instead of copying it.

    `progress` is called with the number of bytes read. Raises NotFound, StorageError and WarcError (no WARC file, or
    changed while it was read).
    """
    with _opened(path) as file:
        _check_kind(file, path)
        with folder.spooled() as spool:
            copy = spool / "file"
            with storage_errors(folder.path):
                digest, size = _copied(file, None if in_place else copy, progress)
            if known := _known(folder, digest):
                return known
            if os.fstat(file.fileno()).st_size != size:
                raise WarcError(
                    "it changed while it was being read", where=str(path), remedy="Add it again once it is complete"
                )
            if in_place:
                with storage_errors(folder.path):
                    copy.write_bytes(pointer(path.resolve(), size, digest))
            added = Added(at=datetime.now(UTC), by=by, file_digest=digest)
            warc = f"{ADDED}/{digest.removeprefix('sha256:')[:16]}/{_name(path)}"
            assertions.append([_record(warc, size, added)])
            return _placed(folder, copy, warc, size, added, suffix=POINTER if in_place else "")


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise NotFound("there is no such file", where=str(path)) from None
    except OSError as error:
        raise WarcError(f"cannot be read ({error.strerror})", where=str(path)) from error


def _check_kind(file: BinaryIO, path: Path) -> None:
    what = why_refused(LocalFile(file), warc=str(path))
    if what is None:
        return
    raise WarcError(refusal(what), where=str(path), remedy=_REMEDIES.get(what, _REMEDY))


def _copied(file: BinaryIO, copy: Path | None, progress: Callable[[int], None]) -> tuple[str, int]:
    """Digest and size of a file, copied on the way where it is to be copied."""
    hashed, size = hashlib.sha256(), 0
    with copy.open("wb") if copy else open(os.devnull, "wb") as target:  # noqa: PTH123 - a device
        while data := file.read(_STEP):
            hashed.update(data)
            size += len(data)
            target.write(data)
            progress(len(data))
        target.flush()
        if copy:
            os.fsync(target.fileno())
    return labelled(hashed.digest()), size


def _known(folder: Folder, digest: str) -> ImportedFile | None:
    """The file in the archive that has this digest, or had it before something in it was erased."""
    for line in folder.manifest.lines():
        if isinstance(line, Line) and line.file.startswith(f"{ADDED}/") and digest in {line.digest, line.erased_from}:
            at = datetime.fromisoformat(line.at)
            return ImportedFile(warc=line.file, added=Added(at=at, by=line.by or "", file_digest=digest), already=True)
    return None


def _record(warc: str, size: int, added: Added) -> WarcRecord:
    at = added.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    facts = {"file": warc, "size": size, "digest": added.file_digest, "addedBy": added.by, "addedAt": at}
    block = "".join(f"{name}: {value}\r\n" for name, value in facts.items()) + "\r\n"
    return WarcRecord(
        type="metadata",
        record_id=new_record_id(),
        date=added.at,
        target_uri=f"urn:{added.file_digest}",
        content_type=ADDED_TYPE,
        block=block.encode(),
    )


def _placed(folder: Folder, copy: Path, warc: str, size: int, added: Added, *, suffix: str) -> ImportedFile:
    """Moves the copy to its place; another process may have been quicker with the same file."""
    if not folder.put(warc + suffix, copy):
        return ImportedFile(warc=warc, added=added, already=True)
    with storage_errors(folder.path):
        folder.manifest.enter(warc, size, added.file_digest, by=added.by)
    return ImportedFile(warc=warc, added=added, already=False)


def _name(path: Path) -> str:
    """The file's own name, in characters that every file system takes."""
    kept = re.sub(r"[^A-Za-z0-9._-]+", "_", path.name).strip(".") or "file"
    return kept[-150:].lstrip(".-")
