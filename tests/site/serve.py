"""Serves the sample site on loopback: one port, one host name per outlet (`harbour-courier.localhost:8099`).

Names below `localhost` are this machine's own (RFC 6761 §6.3), so nothing has to be set up. A page with two versions
answers the first time with the first and then with the second: what it says hangs on how often it was asked for, never
on the clock. `python -m tests.site.serve [--port N]` runs until interrupted.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import threading
from collections import Counter
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent
PORT = 8099
NOT_FOUND = b"<!DOCTYPE html><title>Not found</title><h1>Not found</h1><p>There is nothing at this address.</p>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One address of the site. `files` are its versions in order, `expected` the reading of each (articles alone)."""

    outlet: str
    path: str
    status: int
    headers: dict[str, str]
    files: tuple[str, ...]
    expected: tuple[str, ...]
    phenomena: tuple[str, ...]

    @property
    def host(self) -> str:
        """The outlet's host name."""
        return f"{self.outlet}.localhost"

    def url(self, port: int) -> str:
        """The absolute address on a port."""
        return f"http://{self.host}:{port}{self.path}"

    def body(self, time: int) -> bytes:
        """The bytes of the answer to the `time`-th request, counted from 0."""
        return (FOLDER / self.files[min(time, len(self.files) - 1)]).read_bytes() if self.files else b""


@cache
def manifest() -> dict[str, Any]:
    """The manifest as the file has it: `outlets` (host label → name) and `resources`."""
    listed: dict[str, Any] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return listed


@cache
def resources() -> tuple[Resource, ...]:
    """Every address of the site, in the order in which they are captured."""
    lists = ("files", "expected", "phenomena")
    return tuple(
        Resource(**{**entry, **{key: tuple(entry[key]) for key in lists}}) for entry in manifest()["resources"]
    )


def outlets() -> dict[str, str]:
    """The outlets: the first label of the host → what the outlet calls itself."""
    return dict(manifest()["outlets"])


def urls(port: int = PORT) -> tuple[str, ...]:
    """What to capture, in order: articles, redirects, and the pages that are kept without quotes (404, block page).

    The redirect `/latest` leads to an article that was captured before and has changed since.
    """
    return tuple(resource.url(port) for resource in resources())


def allow(port: int = PORT) -> tuple[str, ...]:
    """The exact `host:port` list for ONRECORD_FETCH_ALLOW."""
    return tuple(f"{outlet}.localhost:{port}" for outlet in outlets())


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Answer)
        self.known = {(resource.host, resource.path): resource for resource in resources()}
        self.hits: Counter[tuple[str, str]] = Counter()
        self.lock = threading.Lock()

    def times_before(self, host: str, path: str) -> int:
        """How often the address was asked for before; counts this time."""
        with self.lock:
            self.hits[host, path] += 1
            return self.hits[host, path] - 1


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleSite"
    sys_version = ""
    server: _Server

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").split(":")[0].lower()
        path = urlsplit(self.path).path
        time = self.server.times_before(host, path)
        if path == "/robots.txt" and (robots := FOLDER / host.removesuffix(".localhost") / "robots.txt").is_file():
            self._send(200, {"Content-Type": "text/plain; charset=utf-8"}, robots.read_bytes())
        elif resource := self.server.known.get((host, path)):
            self._send(resource.status, resource.headers, resource.body(time))
        else:
            self._send(404, {"Content-Type": "text/html; charset=utf-8"}, NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        etag = hashlib.sha256(body).hexdigest()[:16]
        encoded = "gzip" in self.headers.get("Accept-Encoding", "") and bool(body)
        sent = gzip.compress(body, mtime=0) if encoded else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if encoded:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("ETag", f'"{etag}{"-gzip" if encoded else ""}"')
        chunked = headers.get("Transfer-Encoding") == "chunked"
        if not chunked:
            self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(_chunks(sent) if chunked else sent)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """Says nothing: who runs it wants to see the program that asks."""


def _chunks(body: bytes, size: int = 1000) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


class Site:
    """The running site, as a context manager. Port 0 takes a free one; `port` says which it became."""

    def __init__(self, port: int = 0) -> None:
        self._server = _Server(port)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def urls(self) -> tuple[str, ...]:
        """What to capture, in order."""
        return urls(self.port)

    @property
    def allow(self) -> tuple[str, ...]:
        """The exact `host:port` list for ONRECORD_FETCH_ALLOW."""
        return allow(self.port)

    def begin_again(self) -> None:
        """Serves the first version of every page next, as if nothing had been asked for."""
        with self._server.lock:
            self._server.hits.clear()

    def hits(self, url: str) -> int:
        """How often an address was asked for."""
        parts = urlsplit(url)
        return self._server.hits[parts.hostname or "", parts.path]


def main() -> None:
    """Serves until interrupted."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--port", type=int, default=PORT)
    with Site(arguments.parse_args().port) as site:
        print(f"ready: {site.urls[0]}", flush=True)  # noqa: T201 - the one line it says
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
