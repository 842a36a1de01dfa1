"""The digests that records state, in every spelling that writers use (WARC 1.1 §5.8 and §5.9)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

ALGORITHMS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}
"""Those that can be checked, and how many bytes each has."""

_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}

UNREADABLE = "an unreadable digest"
UNKNOWN = "a digest of a kind that is not known"


_HEX = re.compile(r"[0-9A-Fa-f]+")
_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"abcdefghijklmnopqrstuvwxyz234567"
_DIGITS = b"0123456789abcdefghijklmnopqrstuv"
_BASE32_DIGITS = bytes.maketrans(b"".join(_BASE32), _DIGITS * 2)
_NO_BASE32 = bytes(set(range(256)) - set(b"".join(_BASE32)))


class Digest(NamedTuple):
    """A digest: its algorithm in lower case, and its bytes."""

    algorithm: str
    value: bytes

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.value.hex()}"


def hasher(algorithm: str, data: bytes | memoryview = b"") -> hashlib._Hash:
    """What digests the bytes it is given, `data` first."""
    return _HASHES[algorithm](data, usedforsecurity=False)


def digest_of(algorithm: str, data: bytes | memoryview) -> Digest:
    """The digest over some bytes."""
    return Digest(algorithm, hasher(algorithm, data).digest())


def stated_digests(values: Iterable[str], note: Callable[[str], None]) -> list[Digest]:
    """The digests that some fields state and that can be checked; `note` is called with what cannot."""
    found = []
    for value in values:
        digest = read_digest(value)
        if isinstance(digest, Digest):
            found.append(digest)
        else:
            note(digest)
    return found


def read_digest(text: str) -> Digest | str:
    """`algorithm:value` in hex, base32 or base64, of any case, padded or not; else what is odd about it."""
    algorithm, colon, value = text.partition(":")
    if algorithm not in ALGORITHMS:
        algorithm = algorithm.strip().lower().replace("-", "")
    if not colon or algorithm not in ALGORITHMS:
        return UNKNOWN
    found = _bytes(value.strip(), ALGORITHMS[algorithm])
    return UNREADABLE if found is None else Digest(algorithm, found)


def _bytes(text: str, size: int) -> bytes | None:
    bare = text.rstrip("=")
    try:
        if len(bare) == 2 * size and _HEX.fullmatch(bare):
            return bytes.fromhex(bare)
        if len(bare) == -(-size * 8 // 5):
            digits = bare.encode("ascii").translate(_BASE32_DIGITS, _NO_BASE32)
            if len(digits) == len(bare):
                bits = int(digits, 32)  # a tenth of the time of base64.b32decode
                return (bits >> (len(bare) * 5 - size * 8)).to_bytes(size)
        if len(bare) == -(-size * 4 // 3):
            url_safe = bare.replace("+", "-").replace("/", "_")
            return _right(base64.urlsafe_b64decode(url_safe + "=" * (-len(bare) % 4)), size)
    except (ValueError, binascii.Error):
        pass
    return None


def _right(found: bytes, size: int) -> bytes | None:
    return found if len(found) == size else None
