"""Documents as the SQLite index stores them: JSON, compressed by Zstandard (RFC 8878) with an ordinary document as its
dictionary, which makes them a sixth of their size.
"""

from __future__ import annotations

import threading

import zstandard

import mappings

_LEVEL = 1
_USUAL = 2000  # bytes of a document


class _Packing(threading.local):
    """What packs and unpacks in this thread: zstandard's are not safe to share."""

    def __init__(self) -> None:
        known = zstandard.ZstdCompressionDict(mappings.example(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        bare = zstandard.FORMAT_ZSTD1_MAGICLESS
        how = zstandard.ZstdCompressionParameters.from_level(
            _LEVEL, source_size=_USUAL, dict_size=len(mappings.example()), format=bare, write_dict_id=False
        )
        self.pack = zstandard.ZstdCompressor(dict_data=known, compression_params=how).compress
        self.unpack = zstandard.ZstdDecompressor(dict_data=known, format=bare).decompress


_packing = _Packing()


def packed(document: bytes) -> bytes:
    """A document as it is stored."""
    return _packing.pack(document)


def unpacked(data: bytes) -> bytes:
    """The document that was packed so. Raises zstandard.ZstdError."""
    return _packing.unpack(data)
