"""`datapackage.json` and `datapackage-digest.json`: same facts, same bytes; the digest signed as WACZ signing 0.1.0.

Beside the signature that browsers check, the digest file holds it as openssl reads it, and a time stamp if there is
one. Everything in it follows from the digest, the signature and the time stamp, so not a byte of it can be changed.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from archiver.sha256 import sha256_of
from archiver.signing.signatures import Signature

PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
SIGNING_VERSION = "0.1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A signature over the digest of `datapackage.json`, and a time stamp over the signature if there is one."""

    signature: Signature
    software: str
    timestamp: bytes | None = None


def datapackage(facts: Mapping[str, Any], members: Mapping[str, bytes]) -> bytes:
    """`datapackage.json`: the facts, then every member with its size and digest."""
    resources = [
        {"name": path.rpartition("/")[2].lower(), "path": path, "hash": digest_of(data), "bytes": len(data)}
        for path, data in members.items()
    ]
    return written({"profile": "data-package", "wacz_version": "1.1.1", **facts, "resources": resources})


def digest_file(package: bytes, seal: Seal | None) -> bytes:
    """`datapackage-digest.json`."""
    facts: dict[str, Any] = {"path": PACKAGE, "hash": digest_of(package)}
    if seal is not None:
        made = seal.signature
        facts["signedData"] = {
            "hash": made.digest,
            "created": made.at,
            "software": seal.software,
            "version": SIGNING_VERSION,
            "signature": made.signature,
            "publicKey": made.public_key,
        }
        facts["signatureForOpenSSL"] = base64.b64encode(made.der).decode("ascii")
        if seal.timestamp is not None:
            facts["timeStamp"] = base64.b64encode(seal.timestamp).decode("ascii")
            facts["timeStampHash"] = digest_of(seal.timestamp)
    return written(facts)


def read_seal(plain: Mapping[str, Any]) -> Seal | None:
    """The seal in a digest file. Raises ValueError, KeyError or TypeError where it is not as it must be."""
    signed = plain.get("signedData")
    if signed is None:
        return None
    made = Signature(
        digest=signed["hash"], signature=signed["signature"], public_key=signed["publicKey"], at=signed["created"]
    )
    token = plain.get("timeStamp")
    timestamp = None if token is None else base64.b64decode(token, validate=True)
    return Seal(signature=made, software=signed["software"], timestamp=timestamp)


def digest_of(data: bytes) -> str:
    """`sha256:` and hex."""
    return sha256_of(data)


def written(facts: Mapping[str, Any]) -> bytes:
    """JSON, a key a line, so that `sed` can read it."""
    return orjson.dumps(facts, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
