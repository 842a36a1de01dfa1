"""A file from elsewhere into the archive, beside warcio's index of it and the SHA-256 of its payloads."""

from __future__ import annotations

import gzip
import hashlib
import random
import tempfile
import time
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.indexer import Indexer

from archiver.archive import Archive
from archiver.config import load
from tests.bench.table import Row

RECORDS = 10_000


def importing() -> list[Row]:
    """10,000 records of 1 KB that are no pages. Start-up (imports, the index's file) is measured separately."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "images.warc.gz"
        _write(path, random.Random(7))
        began = time.process_time()
        Indexer(["offset", "warc-type", "warc-target-uri"], [str(path)], str(Path(folder) / "index")).process_all()
        base = time.process_time() - began + _digesting(path)
        started = time.process_time()
        with Archive(load({}, {"archive": str(Path(folder) / "archive"), "extract_processes": "1"})) as archive:
            archive.add(_one(path, Path(folder)))
            began = time.process_time()
            outcome = archive.add(path)
            ours = time.process_time() - began
        if len(outcome.kept) < RECORDS - 1:
            raise RuntimeError("not all records came in")
    what = f"adding {RECORDS:,} records that are no pages / warcio index + SHA-256"
    return [
        Row(what="start-up of add, in ms of CPU", ratio=(began - started) * 1000, goal="(no goal)"),
        Row(what=what, ratio=ours / base, goal="<= 10"),
    ]


def _write(path: Path, chance: random.Random) -> None:
    with path.open("wb") as out:
        for number in range(RECORDS):
            body = chance.randbytes(512).hex().encode()
            block = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            head = (
                "WARC/1.1\r\nWARC-Type: response\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
                f"WARC-Date: 2026-03-12T10:{number // 60 % 60:02}:{number % 60:02}Z\r\n"
                f"WARC-Target-URI: http://images.example/{number}.png\r\n"
                f"WARC-Payload-Digest: sha1:{hashlib.sha1(body, usedforsecurity=False).hexdigest()}\r\n"
                f"WARC-Block-Digest: sha1:{hashlib.sha1(block, usedforsecurity=False).hexdigest()}\r\n"
                f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0))


def _one(path: Path, folder: Path) -> Path:
    """A file with the first record alone."""
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        next(records)
        next(records)
        first = folder / "first.warc.gz"
        first.write_bytes(path.read_bytes()[: records.offset])
    return first


def _digesting(path: Path) -> float:
    """Seconds of CPU for the SHA-256 of all payloads, without reading them."""
    taken = 0.0
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            payload = record.content_stream().read()
            began = time.process_time()
            hashlib.sha256(payload).digest()
            taken += time.process_time() - began
    return taken
