"""A guard under every connection of this process: what is tried is counted, what is not allowed is refused.

It sits below Python's sockets (an audit hook, PEP 578), so that no library in between can hide a try from it. The
hook stays for the life of the process and does nothing while nobody watches.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

Place = tuple[str, int]


@dataclass(slots=True)
class Outgoing:
    """What was tried: places that were connected or sent to, and names the system was asked to resolve."""

    allowed: frozenset[Place] = frozenset()
    places: list[Place] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


_watching: list[Outgoing] = []
_hooked: list[bool] = []


@contextmanager
def watched(allowed: Collection[Place] = ()) -> Iterator[Outgoing]:
    """Watches this process; every place but those of `allowed` (address, port) refuses the connection."""
    if not _hooked:
        sys.addaudithook(_heard)
        _hooked.append(True)
    outgoing = Outgoing(allowed=frozenset(allowed))
    _watching.append(outgoing)
    try:
        yield outgoing
    finally:
        _watching.remove(outgoing)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event == "socket.getaddrinfo":
        _asked(arguments[0])
    elif event in {"socket.gethostbyname", "socket.gethostbyaddr"}:
        _watching[-1].names.append(str(arguments[0]))
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        _gone_to(*arguments)


def _asked(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host)
    with suppress(ValueError):
        ip_address(name)
        return
    _watching[-1].names.append(name)
    raise socket.gaierror(socket.EAI_NONAME, "the guard resolves no names")


def _gone_to(sock: socket.socket, address: Any) -> None:
    if sock.family not in {socket.AF_INET, socket.AF_INET6} or not address:
        return
    place = str(address[0]), int(address[1])
    _watching[-1].places.append(place)
    if place not in _watching[-1].allowed:
        raise ConnectionRefusedError(f"the guard refuses {place}")
