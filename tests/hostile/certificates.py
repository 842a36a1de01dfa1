"""Certificates for the hostile server, good and bad, made with the `openssl` program."""

from __future__ import annotations

import ssl
import subprocess
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path


def made_in(folder: Path, hosts: Iterable[str]) -> tuple[ssl.SSLContext, Mapping[str, ssl.SSLContext]]:
    """The trust of a client that knows our authority, and the server's contexts by name; good ones are for `hosts`."""
    right = ",".join(f"DNS:{host}" for host in hosts)
    _key(folder, "authority")
    _openssl("req", "-x509", "-new", "-key", folder / "authority.key", "-subj", "/CN=Test", "-days", "2",
             "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign",
             "-out", folder / "authority.pem")  # fmt: skip
    contexts = {
        "good": _issued(folder, "good", right, days=2),
        "expired": _issued(folder, "expired", right, days=-1),
        "wrong-name": _issued(folder, "wrong-name", "DNS:elsewhere.example", days=2),
        "nameless": _issued(folder, "nameless", "email:nobody@elsewhere.example", days=2),
        "self-signed": _self_signed(folder, right),
        "outdated": _issued(folder, "outdated", right, days=2),
    }
    _outdate(contexts["outdated"])
    return ssl.create_default_context(cafile=str(folder / "authority.pem")), contexts


def _outdate(context: ssl.SSLContext) -> None:
    """Lets it speak nothing newer than TLS 1.1."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")


def _issued(folder: Path, name: str, names: str, *, days: int) -> ssl.SSLContext:
    _key(folder, name)
    extensions = folder / f"{name}.ext"
    extensions.write_text(f"subjectAltName={names}\n", encoding="ascii")
    _openssl("req", "-new", "-key", folder / f"{name}.key", "-subj", f"/CN={name}", "-out", folder / f"{name}.csr")
    _openssl("x509", "-req", "-in", folder / f"{name}.csr", "-CA", folder / "authority.pem", "-CAkey",
             folder / "authority.key", "-CAcreateserial", "-days", str(days), "-extfile", extensions,
             "-out", folder / f"{name}.pem")  # fmt: skip
    return _context(folder, name)


def _self_signed(folder: Path, names: str) -> ssl.SSLContext:
    _key(folder, "self-signed")
    _openssl("req", "-x509", "-new", "-key", folder / "self-signed.key", "-subj", "/CN=self", "-days", "2",
             "-addext", f"subjectAltName={names}", "-out", folder / "self-signed.pem")  # fmt: skip
    return _context(folder, "self-signed")


def _context(folder: Path, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    return context


def _key(folder: Path, name: str) -> None:
    _openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", folder / f"{name}.key")


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)
