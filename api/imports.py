"""Files uploaded over HTTP: WARC, WACZ and pages saved with SingleFile, imported by a job."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import BinaryIO

from flask import Blueprint, Response, abort, request

from api import access, current
from api.errors import InvalidParameters
from api.jobs import accepted
from api.routes import Described, described
from archiver.errors import StorageFull, StorageUnwritable, WarcError
from archiver.ingest.singlefile import MAX_HEAD, is_saved_page, warc_of
from archiver.jobs import Job
from archiver.records import BY_KEY

blueprint = Blueprint("imports", __name__, url_prefix="/v1")
PIECE = 1 << 20
LOCAL = "this machine"


@blueprint.post("/imports")
@described(
    Described(
        operation_id="importFile",
        answers={202: ("The job; `Location` leads to it", ("application/json",))},
    )
)
def import_file() -> Response:
    """Import a WARC, WARC.gz, WACZ or SingleFile page.

    The file is the body, or the field `file` of a form. Its snapshots are labelled with the key that supplied it; the
    archive did not fetch them. For clients on the server's own machine, and for others with a key for writing.
    """
    access.check_writer()
    return accepted(taken(), current.links(), waited=False)


def taken() -> Job:
    """Queues the file of the request for import."""
    queue = current.jobs()
    if queue is None:
        abort(503)
    request.max_content_length = current.config().import_bytes
    upload = request.files.get("file") if request.mimetype == "multipart/form-data" else None
    stream: BinaryIO = upload.stream if upload else request.stream  # type: ignore[assignment]
    if request.mimetype == "multipart/form-data" and (upload is None or not upload.filename):
        raise InvalidParameters([("file", "is not in the form")])
    name = Path(upload.filename or "").name if upload else "upload"
    folder = current.config().archive / "spool"
    path = folder / f"import-{secrets.token_hex(8)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        suffix = _kept(stream, path)
        final = path.with_name(path.name + suffix)
        path.replace(final)
        job = queue.submit_import(final, name=name[:200] or "upload", by=f"{BY_KEY}{_supplier()}")
    except WarcError as error:
        raise InvalidParameters([("file", f"{error.what}. {error.remedy or ''}".strip())]) from error
    except OSError as error:
        path.unlink(missing_ok=True)
        kind = StorageFull if error.errno == 28 else StorageUnwritable  # ENOSPC
        raise kind(f"cannot be written ({error.strerror})", where="the spool folder") from error
    if job is None:
        final.unlink(missing_ok=True)
        abort(429)
    return job


def _supplier() -> str:
    key = access.caller().key
    return key.name if key else LOCAL


def _kept(stream: BinaryIO, path: Path) -> str:
    """Writes the file; says what its name ends in. A page becomes a WARC file of one record."""
    head = stream.read(MAX_HEAD)
    if not head:
        raise InvalidParameters([("file", "is empty")])
    if is_saved_page(head):
        path.write_bytes(warc_of(head + stream.read()))
        return ".warc"
    with path.open("wb") as file:
        file.write(head)
        while piece := stream.read(PIECE):
            file.write(piece)
    return ".wacz" if head.startswith(b"PK") else ".warc.gz" if head.startswith(b"\x1f\x8b") else ".warc"
