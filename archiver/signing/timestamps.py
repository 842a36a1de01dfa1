"""RFC 3161 time stamps: an authority's word that a signature existed at a time."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from archiver.errors import ConfigError, Unreachable
from archiver.signing.der import with_sorted_certificates

_SECONDS = 15
_MAX_BYTES = 256 << 10
_GRANTED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a time stamp says: when, whether it is over these bytes, and whether a trusted authority made it.

    `trusted` is None where no roots are set to check against. `problem` says what is wrong, if anything.
    """

    at: str | None
    matches: bool
    trusted: bool | None
    problem: str | None = None


def request_stamp(url: str, data: bytes) -> bytes:
    """Asks an authority for a time stamp over `data`; its answer (TimeStampResp, DER). Raises Unreachable."""
    stamp_request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    fields = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    request = urllib.request.Request(url, stamp_request.as_bytes(), fields)  # noqa: S310 - the setting takes http(s) alone
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            body = with_sorted_certificates(answer.read(_MAX_BYTES))
        response = decode_timestamp_response(body)
        granted = response.status == _GRANTED
        matches = granted and response.tst_info.message_imprint.message == hashlib.sha256(data).digest()
        fresh = matches and response.tst_info.nonce == stamp_request.nonce
    except (OSError, http.client.HTTPException, urllib.error.URLError, ValueError) as error:
        raise Unreachable(f"no time stamp ({error})", where=url, remedy="The request is repeated later") from error
    if not fresh:
        raise Unreachable("the answer is not a time stamp over what was sent", where=url)
    return body


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """An authority answers at its own address."""

    def redirect_request(self, *_: object) -> None:
        """Follows nothing."""


def check_stamp(response: bytes, data: bytes, roots: Sequence[x509.Certificate]) -> Stamp:
    """What a time stamp says of `data`; `roots` are the certificates of trusted authorities."""
    try:
        stamp = decode_timestamp_response(response)
        info = stamp.tst_info
        at = info.gen_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        matches = stamp.status == _GRANTED and info.message_imprint.message == hashlib.sha256(data).digest()
    except (ValueError, AttributeError, TypeError) as error:
        return Stamp(at=None, matches=False, trusted=False, problem=f"cannot be read ({error})")
    if stamp.as_bytes() != response:
        return Stamp(at=None, matches=False, trusted=False, problem="has bytes that do not belong to it")
    if not matches:
        return Stamp(at=at, matches=False, trusted=False, problem="is over other bytes")
    if not roots:
        return Stamp(at=at, matches=True, trusted=None)
    verifier = VerifierBuilder()
    for root in roots:
        verifier = verifier.add_root_certificate(root)
    try:
        verifier.build().verify_message(stamp, data)
    except VerificationError as error:
        return Stamp(at=at, matches=True, trusted=False, problem=f"no trusted authority made it ({error})")
    return Stamp(at=at, matches=True, trusted=True)


def read_roots(path: Path | None) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM file, none without one. Raises ConfigError."""
    if path is None:
        return ()
    try:
        return tuple(dict.fromkeys(x509.load_pem_x509_certificates(path.read_bytes())))
    except (OSError, ValueError) as error:
        raise ConfigError(f"the certificates cannot be read ({error})", where=str(path)) from error
