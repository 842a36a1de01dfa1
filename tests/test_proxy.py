"""Captures through a proxy: it is asked for nothing but addresses that were checked, and changes no byte."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from archiver.config import load
from archiver.errors import AddressRefused, ConfigError, Unreachable
from archiver.fetch.engine import Fetched, HttpEngine
from archiver.fetch.proxy import NOTE
from tests.hostile import certificates

PUBLIC = "93.184.216.34"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
INWARD = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
OPEN = b"HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n"


class Proxy:
    """A proxy that notes what it is asked for, and the server behind it, as one; answers once for each connection."""

    def __init__(self, answer: bytes = OPEN, page: bytes = PAGE, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[str] = []
        self.requests: list[bytes] = []
        self._answer, self._page, self._tls = answer, page, tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listening.accept()
                with suppress(OSError), sock:
                    sock.settimeout(5)
                    self._one(sock)

    def _one(self, sock: socket.socket) -> None:
        first = _head(sock)
        if first.startswith(b"CONNECT "):
            self.asked.append(first.split(b" ")[1].decode())
            sock.sendall(self._answer)
            if self._answer != OPEN:
                return
            if self._tls:
                with self._tls.wrap_socket(sock, server_side=True) as secured:
                    self._serve_page(secured)
                    secured.unwrap()
                return
            self._serve_page(sock)
        else:
            self._serve_page(sock, first)

    def _serve_page(self, sock: socket.socket, request: bytes | None = None) -> None:
        request = request or _head(sock)
        self.requests.append(request)
        sock.sendall(MISSING if request.startswith(b"GET /robots.txt") else self._page)


def _head(sock: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\r\n\r\n") and (more := sock.recv(4096)):
        data += more
    return data


def fetched(
    proxy: str, url: str, *addresses: str, tls: ssl.SSLContext | None = None, **options: str
) -> Iterator[Fetched]:
    settings = {"fetch_proxy": f"http://{proxy}", "fetch_pause": "0", "fetch_seconds": "5"}
    return HttpEngine(load({}, {**settings, **options}), resolver=lambda *_: list(addresses), tls=tls).fetch(url)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1::1"])
def test_the_proxy_is_asked_for_the_checked_address_and_never_for_the_name(address: str) -> None:
    with Proxy() as proxy:
        (page,) = fetched(proxy.place, "http://news.example/a?b", address)
    place = f"[{address}]:80" if ":" in address else f"{address}:80"
    assert proxy.asked == [place, place]
    assert (page.exchange.response, page.exchange.address) == (PAGE, address)
    assert page.exchange.request == proxy.requests[-1]
    assert page.exchange.request.startswith(b"GET /a?b HTTP/1.1\r\nHost: news.example\r\n")
    assert NOTE in page.exchange.notes


def test_tls_goes_through_it_and_the_certificate_is_that_of_the_name(tmp_path: Path) -> None:
    trust, contexts = certificates.made_in(tmp_path, ["news.example"])
    with Proxy(tls=contexts["good"]) as proxy:
        (page,) = fetched(proxy.place, "https://news.example/", PUBLIC, tls=trust)
        assert proxy.asked == [f"{PUBLIC}:443"] * 2
        assert page.exchange.response == PAGE
    with Proxy(tls=contexts["wrong-name"]) as proxy, pytest.raises(Unreachable, match="Hostname mismatch"):
        next(fetched(proxy.place, "https://news.example/", PUBLIC, tls=trust))


@pytest.mark.parametrize("addresses", [["10.0.0.1"], [PUBLIC, "169.254.169.254"], ["::1"]])
def test_a_name_that_leads_inwards_is_refused_before_the_proxy_is_asked(addresses: list[str]) -> None:
    with Proxy() as proxy, pytest.raises(AddressRefused):
        next(fetched(proxy.place, "http://news.example/", *addresses, fetch_robots="off"))
    assert proxy.asked == []


def test_a_redirect_inwards_is_refused_before_the_proxy_is_asked() -> None:
    with Proxy(page=INWARD) as proxy:
        pages = fetched(proxy.place, "http://news.example/", PUBLIC)
        next(pages)
        with pytest.raises(AddressRefused):
            next(pages)
    assert set(proxy.asked) == {f"{PUBLIC}:80"}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "the proxy refused with 403"),
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "the proxy refused with 407"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "did not answer as an HTTP proxy"),
        (b"HTTP/1.1 \xb2\r\n\r\n", "did not answer as an HTTP proxy"),
        (b"HTTP/1.1 200 OK\r\n", "the proxy ended the connection"),
        (b"", "the proxy ended the connection"),
        (b"x" * 20_000, "answer is too long|cannot|reset"),
    ],
)
def test_a_proxy_that_opens_no_way_is_a_page_that_cannot_be_reached(answer: bytes, says: str) -> None:
    with Proxy(answer=answer) as proxy, pytest.raises(Unreachable, match=says):
        next(fetched(proxy.place, "http://news.example/", PUBLIC))


def test_a_proxy_that_is_away_or_silent_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(Unreachable, match="the proxy did not answer in time"):
            next(fetched(place, "http://news.example/", PUBLIC))
        assert time.monotonic() - began < 60
    with pytest.raises(Unreachable, match="the proxy cannot be reached"):
        next(fetched(place, "http://news.example/", PUBLIC))


def test_a_host_that_the_settings_except_is_asked_directly() -> None:
    with Proxy() as server, Proxy() as proxy:
        (page,) = fetched(proxy.place, f"http://{server.place}/", fetch_allow=server.place)
    assert (proxy.asked, server.asked) == ([], [])
    assert NOTE not in page.exchange.notes


@pytest.mark.parametrize(
    "text",
    ["proxy.example:3128", "https://p.example:1", "http://p.example", "http://p:0", "http://p:70000", "http://p:1/x"],
)
def test_what_is_no_proxy_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="ONRECORD_FETCH_PROXY"):
        load({"ONRECORD_FETCH_PROXY": text})
    with pytest.raises(ConfigError) as caught:
        load({"ONRECORD_FETCH_PROXY": "http://user:secret@p.example:1"})
    assert "secret" not in str(caught.value)
