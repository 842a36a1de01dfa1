"""The CDXJ index of a package, compressed in blocks with a second index over them, as ReplayWeb.page reads it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson

from archiver.evidence.gather import EvidencePiece
from archiver.http.message import message_of, payload_digest
from archiver.sha256 import labelled, sha256_of
from archiver.warcs.writer import LEVEL

_INDEXED = frozenset({"response", "revisit", "resource"})
_BLOCK = 300
"""Lines of a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """`index.cdx.gz` and `index.idx`."""

    cdx: bytes
    idx: bytes


def joined(pieces: Sequence[EvidencePiece]) -> bytes:
    """The records one after the other: a WARC file."""
    return b"".join(piece.stored for piece in pieces)


def indexes(warc: str, pieces: Sequence[EvidencePiece]) -> Indexes:
    """The index of the WARC file `warc` that holds the pieces in this order."""
    lines, offset = [], 0
    for piece in pieces:
        if piece.record.type in _INDEXED and piece.record.target_uri and piece.record.date:
            lines.append(_line(warc, piece, offset))
        offset += len(piece.stored)
    lines.sort()
    data, heads, at = b"", [], 0
    for first in range(0, len(lines), _BLOCK):
        block = _compressed("".join(lines[first : first + _BLOCK]).encode())
        facts = {"offset": at, "length": len(block), "digest": _digest(block), "filename": "index.cdx.gz"}
        key, timestamp, _ = lines[first].split(" ", 2)
        heads.append(f"{key} {timestamp} {_json(facts)}\n")
        data, at = data + block, at + len(block)
    meta = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    return Indexes(cdx=data or _compressed(b""), idx=(f"!meta 0 {_json(meta)}\n" + "".join(heads)).encode())


def _line(warc: str, piece: EvidencePiece, offset: int) -> str:
    record = piece.record
    message = message_of(record.block, record.head)
    facts = {
        "url": record.target_uri,
        "digest": labelled(payload_digest("sha256", message)),
        "mime": _mime(record.type, message.head.header("content-type")),
        "offset": offset,
        "length": len(piece.stored),
        "recordDigest": _digest(piece.stored),
        "status": message.head.status,
        "filename": warc,
    }
    timestamp = record.date.strftime("%Y%m%d%H%M%S") if record.date else ""
    shown = {name: value for name, value in facts.items() if value is not None}
    return f"{surt(record.target_uri or '')} {timestamp} {_json(shown)}\n"


def _mime(kind: str, content_type: str | None) -> str:
    if kind == "revisit":
        return "warc/revisit"
    return (content_type or "").partition(";")[0].strip().lower() or "unk"


def surt(url: str) -> str:
    """The key that replay tools look a URL up by: host turned round, all in lower case, parameters sorted."""
    parts = urlsplit(url.lower())
    host = (parts.hostname or "").removeprefix("www.")
    try:
        port = parts.port
    except ValueError:
        port = None
    shown = "" if port in {None, 80 if parts.scheme == "http" else 443} else f":{port}"
    path = parts.path.rstrip("/") or "/"
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}{shown}){path}{query}".replace(" ", "%20")


def _compressed(data: bytes) -> bytes:
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return deflate.compress(data) + deflate.flush()


def _digest(data: bytes) -> str:
    return sha256_of(data)


def _json(facts: Mapping[str, object]) -> str:
    return orjson.dumps(facts).decode()
