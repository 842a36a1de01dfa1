"""robots.txt, as RFC 9309 says: fetched through the same gate and wire, read by Protego, remembered for a day."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from protego import Protego

from archiver.errors import AddressRefused, RobotsDisallowed, Unreachable
from archiver.fetch.answers import MAX_HEAD
from archiver.fetch.gate import Gate, Target
from archiver.fetch.redirects import redirect_of
from archiver.fetch.wire import Wire
from archiver.http.message import message_of, payload_of
from archiver.records import Exchange, Truncation

MAX_BYTES = 500 << 10  # RFC 9309 §2.5: at least this much is read
MAX_WIRE = MAX_BYTES + MAX_HEAD
MAX_REDIRECTS = 5  # §2.3.1.2
REMEMBERED = 24 * 3600.0  # §2.4
REFUSAL_REMEMBERED = 60.0  # a server that is down now may be up soon
MAX_SITES = 1000

_REMEDY = "With the site owner's permission: ONRECORD_FETCH_ROBOTS=off"
_AGENT_LINE = re.compile(r"user[- ]?agent\s*:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What a site asks: rules, or a reason to keep away altogether. `until` is on the monotonic clock."""

    rules: Protego | None = None
    refusal: str | None = None
    until: float


class Robots:
    """What sites ask of robots. `agent` is the User-Agent that is sent; its first word is the product token."""

    def __init__(self, gate: Gate, wire: Wire, *, agent: str) -> None:
        self._gate = gate
        self._wire = wire
        self._token = re.split(r"[/\s]", agent, maxsplit=1)[0].lower()
        self._known: OrderedDict[str, _Rules] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, target: Target, *, deadline: float) -> None:
        """Returns where the site lets robots have `target`. `deadline` is on the monotonic clock.

        Raises RobotsDisallowed saying which rule or answer forbids it, Unreachable where the site does not answer,
        AddressRefused where the site itself may not be fetched from.
        """
        site = self._recall(target) or self._learn(target, deadline)
        if site.refusal:
            raise RobotsDisallowed(site.refusal, where=target.url, remedy=_REMEDY)
        if site.rules and not site.rules.can_fetch(target.url, self._token):
            raise RobotsDisallowed("robots.txt disallows this URL", where=target.url, remedy=_REMEDY)

    def _recall(self, target: Target) -> _Rules | None:
        with self._lock:
            known = self._known.get(target.origin)
        return known if known and known.until > time.monotonic() else None

    def _learn(self, target: Target, deadline: float) -> _Rules:
        where = self._gate.target(f"{target.origin}/robots.txt")
        first = self._asked(where, target, deadline)
        try:
            site = self._understood(self._end_of(where, first, target, deadline))
        except AddressRefused as error:
            site = _refused(f"robots.txt leads to what may not be fetched ({error.what})")
        with self._lock:
            self._known[target.origin] = site
            self._known.move_to_end(target.origin)
            if len(self._known) > MAX_SITES:
                self._known.popitem(last=False)
        return site

    def _end_of(self, where: Target, answer: Exchange, target: Target, deadline: float) -> Exchange | None:
        """The answer at the end of at most five redirects; None where there are more (§2.3.1.2: as if it had none)."""
        for _ in range(MAX_REDIRECTS):
            following = redirect_of(self._gate, where, answer)
            if following is None:
                return answer
            where, answer = following, self._asked(following, target, deadline)
        return answer if redirect_of(self._gate, where, answer) is None else None

    def _asked(self, where: Target, target: Target, deadline: float) -> Exchange:
        """One answer on the way to the rules for `target`."""
        try:
            exchange = self._wire.exchange(where, deadline=deadline)
        except Unreachable as error:
            raise Unreachable(f"fetching robots.txt: {error.what}", where=target.url) from None
        if exchange.truncated not in (None, Truncation.LENGTH):
            raise Unreachable(f"fetching robots.txt: {exchange.notes[-1]}", where=target.url)
        return exchange

    def _understood(self, exchange: Exchange | None) -> _Rules:
        """RFC 9309 §2.3.1: 2xx is read, 4xx allows all, 5xx and anything but HTTP forbids all; 429 asks to wait."""
        status = exchange.status if exchange else 404
        if status is None or status >= 500 or status == 429:
            answered = f"answered {status}" if status else "gave an answer that is not HTTP"
            return _refused(f"robots.txt {answered}; until that changes, nothing may be fetched here (RFC 9309)")
        rules = None
        if exchange and 200 <= status < 300:
            rules = Protego.parse(self._ours(_text(exchange)))
        return _Rules(rules=rules, until=time.monotonic() + REMEMBERED)

    def _ours(self, text: str) -> str:
        """The text with every other robot's name made one: Protego keeps each rule once for each robot it names."""
        return "\n".join(self._anonymous(line) for line in text.splitlines())

    def _anonymous(self, line: str) -> str:
        stripped = line.partition("#")[0].strip()
        match = _AGENT_LINE.match(stripped)
        if not match or stripped[match.end() :].strip().lower() in {"*", self._token}:
            return line
        return "User-agent: -"


def _refused(why: str) -> _Rules:
    return _Rules(refusal=why, until=time.monotonic() + REFUSAL_REMEMBERED)


def _text(exchange: Exchange) -> str:
    payload = payload_of(message_of(exchange.response, exchange.head), max_bytes=MAX_BYTES)
    return payload.body.decode("utf-8", "replace").removeprefix("\ufeff")
