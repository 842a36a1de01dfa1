"""Where an answer sends us, through the same gate as everything else."""

from __future__ import annotations

from archiver.errors import Unreachable
from archiver.fetch.gate import Gate, Target
from archiver.records import Exchange

FOLLOWED = (301, 302, 303, 307, 308)  # RFC 9110 §15.4; 300 and 305 ask for a choice or a proxy


def redirect_of(gate: Gate, target: Target, exchange: Exchange) -> Target | None:
    """Where the answer of `target` redirects to, None where it does not.

    Raises AddressRefused where it may not be fetched, Unreachable where two `Location` fields contradict each other.
    """
    if exchange.status not in FOLLOWED:
        return None
    locations = {value for name, value in exchange.head.headers if name.lower() == "location" and value}
    if len(locations) > 1:
        raise Unreachable("the redirect names two different places", where=exchange.url)
    return gate.follow(target, _as_text(locations.pop())) if locations else None


def _as_text(value: str) -> str:
    """Header fields are read as Latin-1; where the bytes are UTF-8, that is what was meant."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
