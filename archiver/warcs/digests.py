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

UNREADABLE = "an unreadable digest"
UNKNOWN = "a digest of a kind that is not known"


_BASE32 = re.compile("[A-Za-z2-7]+")
_BASE32_DIGITS = str.maketrans("abcdefghijklmnopqrstuvwxyz234567", "0123456789abcdefghijklmnopqrstuv")


class Digest(NamedTuple):
    """A digest: its algorithm in lower case, and its bytes."""

    algorithm: str
    value: bytes

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.value.hex()}"


def digest_of(algorithm: str, data: bytes | memoryview) -> Digest:
    """The digest over some bytes."""
    return Digest(algorithm, hashlib.new(algorithm, data, usedforsecurity=False).digest())


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
    algorithm = algorithm.strip().lower().replace("-", "")
    if not colon or algorithm not in ALGORITHMS:
        return UNKNOWN
    found = _bytes(value.strip(), ALGORITHMS[algorithm])
    return UNREADABLE if found is None else Digest(algorithm, found)


def _bytes(text: str, size: int) -> bytes | None:
    bare = text.rstrip("=")
    try:
        if len(bare) == 2 * size and re.fullmatch(r"[0-9A-Fa-f]+", bare):
            return bytes.fromhex(bare)
        if len(bare) == -(-size * 8 // 5) and _BASE32.fullmatch(bare):
            bits = int(bare.lower().translate(_BASE32_DIGITS), 32)  # a tenth of the time of base64.b32decode
            return (bits >> (len(bare) * 5 - size * 8)).to_bytes(size)
        if len(bare) == -(-size * 4 // 3):
            url_safe = bare.replace("+", "-").replace("/", "_")
            return _right(base64.urlsafe_b64decode(url_safe + "=" * (-len(bare) % 4)), size)
    except (ValueError, binascii.Error):
        pass
    return None


def _right(found: bytes, size: int) -> bytes | None:
    return found if len(found) == size else None
