"""Signing a digest and checking it, as WACZ signing 0.1.0 and ArchiveWeb.page do: ECDSA P-384 over SHA-256.

What is signed is the digest as text (`sha256:` and hex). The signature is kept as its two numbers side by side, as
browsers make and check it; `der` gives the form that openssl reads.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

_SIZE = 48
"""Bytes of one of the two numbers of a P-384 signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature over `digest`. `signature` and `public_key` (SubjectPublicKeyInfo) are base64, `at` is RFC 3339."""

    digest: str
    signature: str
    public_key: str
    at: str

    @property
    def key_id(self) -> str:
        """The first 16 hex digits of the SHA-256 of the public key."""
        return key_id(self.public_key)

    @property
    def raw(self) -> bytes:
        """The bytes of the signature, which a time stamp is taken over."""
        return base64.b64decode(self.signature, validate=True)

    @property
    def der(self) -> bytes:
        """The signature as openssl reads it."""
        numbers = (int.from_bytes(half, "big") for half in (self.raw[:_SIZE], self.raw[_SIZE:]))
        return encode_dss_signature(*numbers)

    @property
    def pem(self) -> str:
        """The public key as openssl reads it."""
        key = serialization.load_der_public_key(base64.b64decode(self.public_key, validate=True))
        text = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        return text.decode("ascii")

    def is_valid(self) -> bool:
        """Whether the holder of the key made this signature over this digest."""
        try:
            key = serialization.load_der_public_key(base64.b64decode(self.public_key, validate=True))
            if not isinstance(key, ec.EllipticCurvePublicKey) or len(self.raw) != 2 * _SIZE:
                return False
            key.verify(self.der, self.digest.encode(), ec.ECDSA(hashes.SHA256()))
        except (InvalidSignature, ValueError, TypeError):
            return False
        return True


class SigningKey:
    """The private part of a key."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.public_key = base64.b64encode(public).decode("ascii")
        self.id = key_id(self.public_key)

    @classmethod
    def generate(cls) -> SigningKey:
        """A new key."""
        return cls(ec.generate_private_key(ec.SECP384R1()))

    @classmethod
    def from_pem(cls, pem: bytes) -> SigningKey:
        """The key in a PEM file. Raises ValueError where it is not an ECDSA P-384 key without a password."""
        try:
            key = serialization.load_pem_private_key(pem, password=None)
        except (TypeError, ValueError) as error:
            raise ValueError("is not a private key in PEM form without a password") from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP384R1):
            raise ValueError("is not an ECDSA P-384 key")
        return cls(key)

    def pem(self) -> bytes:
        """The private key for its file."""
        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def sign(self, digest: str, *, at: str) -> Signature:
        """A signature over a digest."""
        first, second = decode_dss_signature(self._key.sign(digest.encode(), ec.ECDSA(hashes.SHA256())))
        raw = first.to_bytes(_SIZE, "big") + second.to_bytes(_SIZE, "big")
        signature = base64.b64encode(raw).decode("ascii")
        return Signature(digest=digest, signature=signature, public_key=self.public_key, at=at)


def key_id(public_key: str) -> str:
    """What a public key (base64 of its SubjectPublicKeyInfo) is called."""
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]
