"""The archive's own account of its keys and signatures, in the folder `signatures`: a file for each key, a line each.

The first line of a file names the key and where in `assertions/` the record is that asserts its public part. The
others sign manifest lines by their seal. Nothing here is secret; a line that is lost is signed again.
"""

from __future__ import annotations

import base64
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from archiver.config import software
from archiver.errors import WarcError
from archiver.records import Locator, WarcRecord
from archiver.signing.signatures import Signature, SigningKey
from archiver.warcs.files import Folder, storage_errors
from archiver.warcs.manifest import Line
from archiver.warcs.reader import record_at
from archiver.warcs.storage import sync
from archiver.warcs.writer import Writer, new_record_id

KEY_TYPE = "application/vnd.onrecord.signing-key+json"
"""Media type of the records in `assertions/` that assert a public key."""

FOLDER = "signatures"
_SUFFIX = ".jsonl"

Stamper = Callable[[bytes], bytes | None]
"""Takes a time stamp over the bytes of a signature; None if the authority gives none now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A key that the archive asserts: its id, public part (base64), since when, and the record that says so."""

    id: str
    public_key: str
    at: str
    record: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """A signature over a manifest line's seal, and a time stamp over the signature (base64) if there is one."""

    signature: Signature
    timestamp: str | None


def assert_key(folder: Folder, key: SigningKey, assertions: Writer) -> PublicKey:
    """Stores the public part of a key as a record, and opens its file. Durable when this returns."""
    now = datetime.now(UTC)
    facts = {"id": key.id, "algorithm": "ECDSA P-384 with SHA-256", "publicKey": key.public_key, "software": software()}
    record = WarcRecord(
        type="metadata",
        record_id=new_record_id(),
        date=now,
        target_uri=f"urn:onrecord:key:{key.id}",
        content_type=KEY_TYPE,
        block=orjson.dumps(facts, option=orjson.OPT_APPEND_NEWLINE),
    )
    (place,) = assertions.append([record])
    found = PublicKey(id=key.id, public_key=key.public_key, at=_text(now), record=place)
    where = {"warc": place.warc, "offset": place.offset, "length": place.length}
    _append(folder, key.id, [{"key": key.id, "publicKey": key.public_key, "at": found.at, "record": where}])
    return found


def keys(folder: Folder) -> tuple[PublicKey, ...]:
    """The keys that the archive asserts, oldest first: those whose record is there and says the same."""
    found = (_key(folder, path) for path in (folder.path / FOLDER).glob(f"*{_SUFFIX}"))
    return tuple(sorted((key for key in found if key is not None), key=lambda key: (key.at, key.id)))


def _key(folder: Folder, path: Path) -> PublicKey | None:
    try:
        first = next(_lines(path), {})
        key = PublicKey(
            id=first["key"], public_key=first["publicKey"], at=first["at"], record=Locator(**first["record"])
        )
        with folder.opened(key.record.warc) as file:
            record = record_at(file, key.record)
        asserted = orjson.loads(record.block)
    except (KeyError, TypeError, ValueError, WarcError):
        return None
    same = asserted.get("publicKey") == key.public_key and asserted.get("id") == key.id
    return key if same and record.content_type == KEY_TYPE else None


def signed_lines(folder: Folder) -> dict[str, SignedLine]:
    """The signatures by the seal that they are over; of several over one seal one with a time stamp."""
    found: dict[str, SignedLine] = {}
    for path in sorted((folder.path / FOLDER).glob(f"*{_SUFFIX}")):
        first: dict[str, Any] = {}
        for plain in _lines(path):
            if "key" in plain:
                first = plain
                continue
            with suppress(KeyError, TypeError):
                made = Signature(
                    digest=plain["seal"], signature=plain["signature"], public_key=first["publicKey"], at=plain["at"]
                )
                known = found.get(made.digest)
                if known is None or known.timestamp is None:
                    found[made.digest] = SignedLine(signature=made, timestamp=plain.get("timestamp"))
    return found


def sign_lines(folder: Folder, key: SigningKey, stamp: Stamper) -> int:
    """Signs the manifest lines that no key has signed, and stamps those without a time stamp; how many were done.

    An authority that has no time stamp to give is not asked again this time: it may be long in failing. Raises
    StorageError.
    """
    there, stamp = signed_lines(folder), _until_none(stamp)
    made = []
    for line in folder.manifest.lines():
        if not isinstance(line, Line):
            continue
        known = there.get(line.seal)
        if known is None:
            made.append(_signed(key.sign(line.seal, at=_text(datetime.now(UTC))), stamp))
        elif known.timestamp is None and known.signature.public_key == key.public_key:
            again = _signed(known.signature, stamp)
            made += [again] if again["timestamp"] else []
    if made:
        _append(folder, key.id, made)
    return len(made)


def _until_none(stamp: Stamper) -> Stamper:
    """Requests time stamps until the authority gives no more."""
    failed = False

    def asked(signature: bytes) -> bytes | None:
        nonlocal failed
        token = None if failed else stamp(signature)
        failed = token is None
        return token

    return asked


def _signed(signature: Signature, stamp: Stamper) -> dict[str, Any]:
    token = stamp(signature.raw)
    facts = {"seal": signature.digest, "signature": signature.signature, "at": signature.at}
    return {**facts, "timestamp": None if token is None else base64.b64encode(token).decode("ascii")}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a file that are JSON objects."""
    try:
        data = path.read_bytes()
    except OSError:
        return
    for raw in data.split(b"\n")[:-1]:
        with suppress(ValueError):
            plain = orjson.loads(raw)
            if isinstance(plain, dict):
                yield plain


def _append(folder: Folder, name: str, lines: list[dict[str, Any]]) -> None:
    room = folder.path / FOLDER
    with storage_errors(folder.path):
        room.mkdir(exist_ok=True)
        with _locked(room / f"{name}{_SUFFIX}") as file:
            data = file.read()
            whole = data.rfind(b"\n") + 1
            os.ftruncate(file.fileno(), whole)
            os.pwrite(file.fileno(), b"".join(orjson.dumps(line) + b"\n" for line in lines), whole)
            os.fsync(file.fileno())
        sync(room)


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
