"""Digests as they are written everywhere: `sha256:` and hex, so that `sha256sum` checks them."""

from __future__ import annotations

import hashlib

PREFIX = "sha256:"


def sha256_of(data: bytes) -> str:
    """The digest of some bytes."""
    return labelled(hashlib.sha256(data).digest())


def labelled(digest: bytes) -> str:
    """A digest, 32 bytes, as it is written."""
    return PREFIX + digest.hex()


def hex_of(written: str) -> str:
    """The hex digits of a written digest."""
    return written.removeprefix(PREFIX)
