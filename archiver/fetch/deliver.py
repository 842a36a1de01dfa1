"""One POST to somebody else's server, through the gate: to the checked address, over TLS, no redirect followed."""

from __future__ import annotations

import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException

from archiver.errors import AddressRefused, Unreachable
from archiver.fetch import addresses
from archiver.fetch.gate import Gate, Target

SECONDS = 20.0
CONNECT_SECONDS = 10.0
ACCEPTED = range(200, 300)


def post(gate: Gate, url: str, body: bytes, fields: dict[str, str], *, tls: ssl.SSLContext | None = None) -> None:
    """Sends the body and waits for a 2xx answer.

    Raises AddressRefused for anything but https to a public address (or a host and port that the settings except), and
    Unreachable if there is no such answer in time.
    """
    target = checked(gate, url)
    deadline = time.monotonic() + SECONDS
    found = gate.addresses(target, deadline=deadline)
    connection = HTTPConnection(target.host, target.port, timeout=SECONDS)
    try:
        sock = socket.create_connection((found[0], target.port), timeout=CONNECT_SECONDS)
        if sock.getpeername()[0] != found[0] and not addresses.parsed(target.host):
            sock.close()
            raise AddressRefused("the connection went to another address", where=url)
        sock.settimeout(max(0.1, deadline - time.monotonic()))
        if target.scheme == "https":
            sock = (tls or ssl.create_default_context()).wrap_socket(sock, server_hostname=target.host)
        connection.sock = sock
        connection.request("POST", target.path, body=body, headers={**fields, "Host": target.authority})
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise Unreachable(f"did not take the delivery ({error or type(error).__name__})", where=url) from error
    finally:
        connection.close()
    if status not in ACCEPTED:
        raise Unreachable(f"answered the delivery with {status}", where=url)


def checked(gate: Gate, url: str) -> Target:
    """The target of a webhook. Plain http is refused except for hosts in the settings. Raises AddressRefused."""
    target = gate.target(url)
    if target.scheme != "https" and not target.excepted:
        raise AddressRefused("deliveries go over https", where=url, remedy="Give an https address")
    return target
