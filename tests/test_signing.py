"""Signatures and time stamps, checked by openssl and against a time stamp authority made with it."""

from __future__ import annotations

import base64
import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from archiver.archive import Archive
from archiver.config import load
from archiver.errors import ConfigError
from archiver.records import WarcRecord
from archiver.signing import ledger
from archiver.signing.keys import load_key, new_key
from archiver.signing.signatures import SigningKey
from archiver.signing.timestamps import check_stamp, read_roots, request_stamp
from archiver.verification.values import CheckResult, ProofLink
from archiver.warcs.files import Folder
from archiver.warcs.manifest import Line
from archiver.warcs.writer import Writer, new_record_id
from tests.faces import config_for
from tests.site.serve import Site

DIGEST = "sha256:" + "ab" * 32
AT = "2026-11-10T19:02:14Z"
OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")

TSA_CONFIG = """
[ tsa ]
default_tsa = local
[ local ]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[ extensions ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
"""


def openssl(*arguments: str, data: bytes | None = None) -> bytes:
    return subprocess.run([str(OPENSSL), *arguments], input=data, capture_output=True, check=True).stdout


LONG_NAME = f"/CN=TSA/O={'A long name ' * 5}"
"""Its certificate is longer than the root's and comes before it: not the order of DER, as openssl leaves it."""


class Authority:
    """A time stamp authority of this machine: its address and its root certificate; `broken` answers nonsense."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.broken = folder, False
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(TSA_CONFIG.format(folder=folder))
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        openssl(
            "req", "-x509", *curve, "-keyout", f"{folder}/root.key", "-out", f"{folder}/root.pem", "-subj", "/CN=Root"
        )
        openssl("req", "-new", *curve, "-keyout", f"{folder}/tsa.key", "-out", f"{folder}/tsa.csr", "-subj", LONG_NAME)
        signed = ["-CA", f"{folder}/root.pem", "-CAkey", f"{folder}/root.key", "-extfile", f"{folder}/tsa.cnf"]
        openssl(
            "x509",
            "-req",
            "-in",
            f"{folder}/tsa.csr",
            *signed,
            "-extensions",
            "extensions",
            "-out",
            f"{folder}/tsa.pem",
        )
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                body = b"nonsense" if authority.broken else authority.stamped(asked)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/tsa"
        self.roots = folder / "root.pem"

    def stamped(self, asked: bytes) -> bytes:
        (self.folder / "query").write_bytes(asked)
        files = ["-queryfile", f"{self.folder}/query", "-config", f"{self.folder}/tsa.cnf"]
        openssl("ts", "-reply", *files, "-out", f"{self.folder}/reply")
        return (self.folder / "reply").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    made = Authority(tmp_path_factory.mktemp("tsa"))
    thread = threading.Thread(target=made.server.serve_forever, args=(0.05,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_a_signature_holds_for_its_digest_alone() -> None:
    made = SigningKey.generate().sign(DIGEST, at=AT)
    assert made.is_valid()
    assert len(made.raw) == 96
    assert not replace(made, digest=DIGEST.replace("b", "c")).is_valid()
    assert not replace(made, public_key=SigningKey.generate().public_key).is_valid()
    assert not replace(made, signature="nonsense").is_valid()
    for place in range(0, 96, 7):
        changed = bytearray(made.raw)
        changed[place] ^= 1
        assert not replace(made, signature=base64.b64encode(changed).decode()).is_valid()


@needs_openssl
def test_openssl_checks_a_signature(tmp_path: Path) -> None:
    made = SigningKey.generate().sign(DIGEST, at=AT)
    (tmp_path / "key.pem").write_text(made.pem)
    (tmp_path / "signature").write_bytes(made.der)
    files = ["-verify", f"{tmp_path}/key.pem", "-signature", f"{tmp_path}/signature"]
    assert b"Verified OK" in openssl("dgst", "-sha256", *files, data=DIGEST.encode())


def test_the_private_key_is_its_owners_alone(tmp_path: Path) -> None:
    archive, path = tmp_path / "archive", tmp_path / "key.pem"
    archive.mkdir()
    made = new_key(path, archive)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(path).id == made.id
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="readable by others"):
        load_key(path)
    with pytest.raises(ConfigError, match="inside the archive"):
        new_key(archive / "key.pem", archive)
    path.chmod(0o600)
    path.write_text("nonsense")
    with pytest.raises(ConfigError, match="not a private key"):
        load_key(path)


@needs_openssl
def test_a_time_stamp_is_over_its_bytes_and_from_its_authority(authority: Authority, tmp_path: Path) -> None:
    token = request_stamp(authority.url, b"signature")
    roots = read_roots(authority.roots)
    assert check_stamp(token, b"signature", roots).trusted is True
    assert check_stamp(token, b"another", roots).problem == "is over other bytes"
    assert check_stamp(token, b"signature", ()).trusted is None
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        f"{tmp_path}/k",
        "-out",
        f"{tmp_path}/other",
        "-subj",
        "/CN=X",
    )
    stranger = check_stamp(token, b"signature", read_roots(tmp_path / "other"))
    assert stranger.trusted is False
    assert stranger.problem is not None
    assert check_stamp(b"nonsense", b"signature", roots).problem is not None


@needs_openssl
def test_closed_files_are_signed_and_stamped(tmp_path: Path, site: Site, authority: Authority) -> None:
    config = replace(
        config_for(tmp_path / "archive", site),
        signing_key=tmp_path / "key.pem",
        timestamp_url=authority.url,
        timestamp_roots=authority.roots,
    )
    with Archive(config) as archive:
        archive.signing.new_key()
        kept = archive.capture(site.urls[0]).kept[-1].snapshot.id
        assert _links(archive, kept)[ProofLink.SIGNATURE] is CheckResult.NOT_PRESENT
    with Archive(config) as archive:
        links = _links(archive, kept)
        assert links[ProofLink.SIGNATURE] is links[ProofLink.TIMESTAMP] is CheckResult.PASS
        assert archive.verification(kept).overall is CheckResult.PASS
    secret = (tmp_path / "key.pem").read_bytes().splitlines()[1]
    for folder, _, files in os.walk(tmp_path / "archive"):
        assert not [name for name in files if secret in (Path(folder) / name).read_bytes()]
    with Archive(replace(config, timestamp_roots=None)) as archive:
        assert _links(archive, kept)[ProofLink.TIMESTAMP] is CheckResult.NOT_CHECKED


def closed_file(folder: Folder) -> Line:
    """A file of the archive that was just closed, as the manifest has it."""
    writer = Writer(folder, "captures", max_bytes=1 << 20)
    writer.append([make_warc_record()])
    writer.close()
    return max(folder.manifest.files().values(), key=lambda line: line.at)


def make_warc_record() -> WarcRecord:
    return WarcRecord(
        type="resource",
        record_id=new_record_id(),
        date=None,
        target_uri="https://harbour-courier.example/",
        content_type="text/plain",
        block=b"Words.",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "archive")
    made.create()
    return made


def asserted_key(folder: Folder) -> SigningKey:
    assertions = Writer(folder, "assertions", max_bytes=1 << 20)
    key = SigningKey.generate()
    ledger.assert_key(folder, key, assertions)
    assertions.close()
    return key


def test_an_authority_that_fails_is_asked_again_later(folder: Folder) -> None:
    key = asserted_key(folder)
    line = closed_file(folder)
    assert ledger.sign_lines(folder, key, lambda _: None) == 2
    assert ledger.signed_lines(folder)[line.seal].timestamp is None
    asked: list[bytes] = []
    assert ledger.sign_lines(folder, key, asked.append) == 0
    assert len(asked) == 1, "an authority that fails is asked once"
    assert ledger.sign_lines(folder, key, lambda signature: b"token over " + signature) == 2
    stamped = ledger.signed_lines(folder)[line.seal]
    assert base64.b64decode(stamped.timestamp or "") == b"token over " + stamped.signature.raw


def test_a_new_key_leaves_old_signatures_valid(folder: Folder) -> None:
    made = []
    for _ in range(2):
        key = asserted_key(folder)
        line = closed_file(folder)
        ledger.sign_lines(folder, key, lambda _: None)
        made.append((line, key))
    assert [key.id for key in ledger.keys(folder)] == [key.id for _, key in sorted(made, key=lambda pair: pair[0].at)]
    for line, key in made:
        signed = ledger.signed_lines(folder)[line.seal].signature
        assert signed.public_key == key.public_key
        assert signed.is_valid()


def test_a_key_that_no_record_asserts_is_not_the_archives(folder: Folder) -> None:
    key = asserted_key(folder)
    line = closed_file(folder)
    ledger.sign_lines(folder, key, lambda _: None)
    (signatures,) = (folder.path / ledger.FOLDER).glob("*.jsonl")
    text = signatures.read_text()
    signatures.write_text(text.replace(key.public_key, SigningKey.generate().public_key))
    assert ledger.keys(folder) == ()
    assert not ledger.signed_lines(folder)[line.seal].signature.is_valid()
    signatures.write_text("no JSON\n" + text)
    assert ledger.signed_lines(folder)[line.seal].signature.is_valid()


def test_rotation_keeps_the_old_private_key_beside_the_new(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    old = new_key(tmp_path / "key.pem", tmp_path / "archive")
    new = new_key(tmp_path / "key.pem", tmp_path / "archive")
    assert load_key(tmp_path / "key.pem").id == new.id
    assert load_key(tmp_path / f"key.pem.{old.id}").id == old.id


def test_the_verb_makes_and_lists_keys(tmp_path: Path) -> None:
    arguments = ["keys", "sign", "--archive", str(tmp_path / "archive")]
    assert CliRunner().invoke(main, [*arguments, "--new"]).exit_code == 2
    with_key = [*arguments, "--signing-key", str(tmp_path / "key.pem")]
    made = CliRunner().invoke(main, [*with_key, "--new"])
    assert made.exit_code == 0
    listed = CliRunner().invoke(main, with_key)
    assert listed.stdout == made.stdout
    assert load_key(tmp_path / "key.pem").id in listed.stdout
    assert "PRIVATE" not in made.output


def _links(archive: Archive, identifier: str) -> dict[ProofLink, CheckResult]:
    return {check.check: check.result for check in archive.verification(identifier).checks}


def test_settings_name_what_they_cannot_use() -> None:
    with pytest.raises(ConfigError, match="ONRECORD_TIMESTAMP_URL"):
        load({"ONRECORD_TIMESTAMP_URL": "ftp://tsa.example"})
