"""One POST to somebody else's server, on the wire that captures use: to the checked address, no redirect followed."""

from __future__ import annotations

import ssl
import time

from archiver.errors import AddressRefused, Unreachable
from archiver.fetch.gate import Gate, Target
from archiver.fetch.wire import delivered, system_trust

SECONDS = 20.0
"""For the whole delivery; a server that trickles is cut off, as it is in captures."""
ACCEPTED = range(200, 300)


def post(
    gate: Gate,
    url: str,
    body: bytes,
    fields: dict[str, str],
    *,
    tls: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
) -> None:
    """Sends the body and waits for a 2xx answer. `tls` is the trust in certificates (the system's own if None).

    Raises AddressRefused for anything but https to a public address (or a host and port that the settings except), and
    Unreachable if there is no such answer in time.
    """
    target = checked(gate, url)
    deadline = time.monotonic() + seconds
    addresses = gate.addresses(target, deadline=deadline)
    status = delivered(target, addresses, body, fields, tls=tls or system_trust(), deadline=deadline)
    if status not in ACCEPTED:
        raise Unreachable(f"answered the delivery with {status}", where=url)


def checked(gate: Gate, url: str) -> Target:
    """The target of a webhook. Plain http is refused except for hosts in the settings. Raises AddressRefused."""
    target = gate.target(url)
    if target.scheme != "https" and not target.excepted:
        raise AddressRefused("deliveries go over https", where=url, remedy="Give an https address")
    return target
