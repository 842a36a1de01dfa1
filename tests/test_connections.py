"""Clients that open connections and say nothing, little or too slowly cost the others nothing."""

from __future__ import annotations

import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import waitress
from flask import Flask
from waitress import wasyncore

from api import connections
from api.connections import MAX_CONNECTIONS, MAX_PER_ADDRESS, Deadlines, channel_for
from api.links import Links

Start = Callable[..., int]


@pytest.fixture
def start(app: Flask) -> Iterator[Start]:
    """Starts servers of the sample archive, each with its own channel class, and says their ports."""
    with ExitStack() as ends:

        def started(**options: Any) -> int:
            server: Any = waitress.create_server(
                app, host="127.0.0.1", port=0, threads=2, connection_limit=2 * MAX_CONNECTIONS, asyncore_use_poll=True
            )
            server.channel_class = channel_for(Links("http://127.0.0.1:8000"), **options)
            server.adj.asyncore_loop_timeout = 0.1
            thread = threading.Thread(target=server.run, daemon=True)
            thread.start()
            ends.callback(thread.join)
            ends.callback(wasyncore.close_all, server._map, ignore_all=True)
            ends.callback(server.task_dispatcher.shutdown)
            return int(server.effective_port)

        yield started


def opened(port: int, ends: ExitStack, says: bytes = b"", source: str = "127.0.0.1") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(source, 0))
    ends.callback(connection.close)
    connection.sendall(says)
    return connection


def healthy(port: int, seconds: float) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/health", timeout=seconds) as answer:
        return bool(answer.status == 200)


def test_two_hundred_half_open_connections_hold_nobody_up(start: Start) -> None:
    port = start()
    with ExitStack() as ends:
        for number in range(200):
            opened(port, ends, b"GET /v1/hea" if number % 2 else b"", source="127.0.0.2")
        assert healthy(port, seconds=1)


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\nX-",
        b"POST /v1/snapshots HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_request_that_is_never_completed_ends_the_connection(start: Start, says: bytes) -> None:
    port = start(deadlines=Deadlines(head=0.2, body=0.2, idle=60))
    with ExitStack() as ends:
        assert opened(port, ends, says).recv(1) == b""


def test_a_connection_is_closed_when_no_other_request_follows(start: Start) -> None:
    port = start(deadlines=Deadlines(head=60, body=60, idle=0.2))
    with ExitStack() as ends:
        connection = opened(port, ends, b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while piece := connection.recv(4096):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200")


def test_one_address_has_so_many_connections_and_no_more(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "is_loopback", lambda name: name == "127.0.0.1")
    port = start()
    with ExitStack() as ends:
        held = [opened(port, ends, source="127.0.0.2") for _ in range(MAX_PER_ADDRESS)]
        assert opened(port, ends, source="127.0.0.2").recv(1) == b"", "one more than allowed"
        assert healthy(port, seconds=10), "another address is not concerned"
        held[0].sendall(b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert held[0].recv(12) == b"HTTP/1.1 200"


def test_when_all_places_are_taken_the_longest_waiting_one_is_closed(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 10)
    port = start()
    with ExitStack() as ends:
        first = opened(port, ends)
        for _ in range(10):
            opened(port, ends)
        assert first.recv(1) == b""
        assert healthy(port, seconds=10)
