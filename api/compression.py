"""Text answers compressed as the client allows (br, gzip): after all else, with an `ETag` and `Vary` of their own."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

import brotli
from flask import Response, request

MIN_BYTES = 1024
_TYPES = ("text/", "application/json", "application/problem+json", "application/x-ndjson", "image/svg+xml")
_SUFFIXES = ("+json", "+xml", "javascript")
BROTLI_QUALITY, GZIP_LEVEL = 4, 5  # what costs little more than sending would
WINDOW = 31  # zlib's number for a gzip head and tail


def coding_for(reply: Response) -> str | None:
    """`br` or `gzip` where this answer to this request is to be compressed."""
    content_type = reply.mimetype or ""
    if not content_type.startswith(_TYPES) and not content_type.endswith(_SUFFIXES):
        return None
    if reply.headers.get("Accept-Ranges") == "bytes" or reply.headers.get("Content-Encoding"):
        return None  # ranges count in the bytes as they are
    if not reply.is_streamed and reply.calculate_content_length() is not None and len(reply.get_data()) < MIN_BYTES:
        return None
    reply.vary.add("Accept-Encoding")
    offers = ["gzip"] if reply.is_streamed else ["br", "gzip"]
    accepted = request.accept_encodings
    liked = [each for each in offers if accepted[each] > 0]
    return liked[0] if liked else None


def compress(reply: Response, coding: str) -> None:
    """Replaces the body by its compressed form; a stream stays a stream."""
    if reply.is_streamed:
        reply.response = _streamed(reply.response)
        reply.headers.pop("Content-Length", None)
    else:
        data = reply.get_data()
        packed = (
            brotli.compress(data, quality=BROTLI_QUALITY)
            if coding == "br"
            else gzip.compress(data, compresslevel=GZIP_LEVEL, mtime=0)
        )
        reply.set_data(packed)
    reply.headers["Content-Encoding"] = coding


def _streamed(pieces: Iterable[bytes | str]) -> Iterator[bytes]:
    packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, WINDOW)
    for piece in pieces:
        if packed := packer.compress(piece if isinstance(piece, bytes) else piece.encode()):
            yield packed
    yield packer.flush()
