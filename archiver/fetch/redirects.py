"""Where an answer sends us, through the same gate as everything else."""

from __future__ import annotations

from archiver.errors import Unreachable
from archiver.fetch.gate import Gate, Target
from archiver.records import Exchange

FOLLOWED = (301, 302, 303, 307, 308)  # RFC 9110 §15.4; 300 and 305 ask for a choice or a proxy


def leads_to(gate: Gate, exchange: Exchange) -> Target | None:
    """The target of a redirect, None where the answer is none.

    Raises AddressRefused where it may not be fetched, Unreachable where two `Location` fields contradict each other.
    """
    if exchange.status not in FOLLOWED:
        return None
    locations = {value for name, value in exchange.headers if name.lower() == "location" and value}
    if len(locations) > 1:
        raise Unreachable("the redirect names two different places", where=exchange.url)
    return gate.follow(gate.target(exchange.url), _as_text(locations.pop())) if locations else None


def _as_text(value: str) -> str:
    """Header fields are read as Latin-1; where the bytes are UTF-8, that is what was meant."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
