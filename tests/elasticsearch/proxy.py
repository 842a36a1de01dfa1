"""A proxy in front of a node: TLS, a key that every request must carry, and everything that can go wrong on the way."""

from __future__ import annotations

import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answered = tuple[int, bytes]  # a status and a body
Fault = Callable[[str, bytes], "Answered | str | None"]  # path and body → an answer instead, `cut` or `drop`, or None


@dataclass
class Way:
    """What happens on the way to the node; requests that came, by path."""

    node: str
    key: str | None = None
    fault: Fault | None = None
    seen: list[str] = field(default_factory=list)


@contextmanager
def proxy(way: Way, folder: Path | None = None) -> Iterator[str]:
    """The proxy's address; with `folder`, https with a certificate of an authority written there as `ca.pem`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            way.seen.append(self.path)
            if way.key and self.headers.get("Authorization") != way.key:
                self.reply(401, b'{"error":{"type":"security_exception"},"status":401}', {})
                return
            instead = way.fault(self.path, body) if way.fault else None
            if instead == "drop":
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)  # `close` waits for the files made of the socket
                return
            if isinstance(instead, tuple):
                self.reply(*instead, {})
                return
            self.reply(*self.forwarded(body), cut=instead == "cut")

        def forwarded(self, body: bytes) -> tuple[int, bytes, dict[str, str]]:
            headers = {
                name: value for name, value in self.headers.items() if name.lower() in {"content-type", "accept"}
            }
            request = urllib.request.Request(way.node + self.path, body or None, headers, method=self.command)
            try:
                with urllib.request.urlopen(request) as answer:
                    return answer.status, answer.read(), dict(answer.headers)
            except urllib.error.HTTPError as error:
                return error.code, error.read(), dict(error.headers)

        def reply(self, status: int, body: bytes, headers: dict[str, str], *, cut: bool = False) -> None:
            self.send_response(status)
            self.send_header("X-elastic-product", "Elasticsearch")
            self.send_header("Content-Type", headers.get("content-type", "application/json"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
            self.close_connection = cut

        def log_message(self, *_: object) -> None:
            pass

    for method in ("GET", "PUT", "POST", "DELETE", "HEAD"):
        setattr(Handler, f"do_{method}", Handler.do)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(folder))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"{'https' if folder else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 and its key in one file; its authority in `ca.pem`."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "On Record tests")])
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    (folder / "ca.pem").write_bytes(made)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(made + secret)
    return folder / "server.pem"
