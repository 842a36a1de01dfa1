"""A way out through the operator's HTTP proxy: a tunnel (CONNECT, RFC 9110 §9.3.6) to an address that was checked.

The proxy is given the address, never the name, so that it resolves nothing. TLS and the bytes of the exchange pass
through it. Only the proxy knows what it connects to: for https the certificate proves the host, for http nothing does.
"""

from __future__ import annotations

import re
import socket
import time

MAX_ANSWER = 16 << 10
_STATUS = re.compile(rb"HTTP/1\.[0-9] ([0-9]{3})(?![0-9])")
NOTE = "sent through a proxy; the address is the one that the proxy was asked to connect to"


def tunnel(proxy: tuple[str, int], address: str, port: int, *, seconds: float) -> socket.socket:
    """A connection that the proxy passes on to this address, within `seconds`. Raises OSError."""
    end = time.monotonic() + seconds
    try:
        sock = socket.create_connection(proxy, timeout=seconds)
    except OSError as error:
        raise ConnectionError(f"the proxy cannot be reached ({error.strerror or error})") from None
    try:
        place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        sock.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode("ascii"))
        found = _STATUS.match(_answer(sock, end))
        if not found:
            raise ConnectionError("the proxy did not answer as an HTTP proxy does")
        if not found[1].startswith(b"2"):
            raise ConnectionError(f"the proxy refused with {found[1].decode('ascii')}")
    except TimeoutError:
        sock.close()
        raise ConnectionError("the proxy did not answer in time") from None
    except BaseException:
        sock.close()
        raise
    return sock


def _answer(sock: socket.socket, end: float) -> bytes:
    """The head of the proxy's answer, without a byte of what follows it."""
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock.settimeout(left)
        byte = sock.recv(1)
        if not byte or len(head) >= MAX_ANSWER:
            raise ConnectionError("the proxy ended the connection" if not byte else "the proxy's answer is too long")
        head += byte
    return bytes(head)
