"""The engine that captures ask for pages: urllib3 over the gate, robots.txt and pacing obeyed.

Another engine (a browser) gives several exchanges for a page; each says which page it belongs to.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from archiver.config import Config
from archiver.errors import Unreachable
from archiver.fetch import robots
from archiver.fetch.gate import Gate, Resolver, Target, system_resolver
from archiver.fetch.pacing import Pacer, wait_before_retry
from archiver.fetch.redirects import redirect_of
from archiver.fetch.robots import Robots
from archiver.fetch.wire import Wire
from archiver.records import Exchange

MAX_REDIRECTS = 10

BY_HAND = "Save it in your browser, then: onrecord add page.wacz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One exchange and how it was reached.

    `page` is the URL that was requested; `way` the URLs that led here, nearest last; `retried` the statuses that were
    asked again. `embedded` is what the page needed beside itself: an image, a style sheet.
    """

    exchange: Exchange
    page: str
    way: tuple[str, ...] = ()
    retried: tuple[int, ...] = ()
    milliseconds: int = 0
    embedded: bool = False

    @property
    def requested_url(self) -> str:
        """The URL that was requested first; of what is embedded, its own."""
        return self.exchange.url if self.embedded else self.page

    @property
    def via(self) -> str | None:
        """Where the URL of this exchange was found."""
        return self.way[-1] if self.way else self.page if self.embedded else None

    @property
    def hops(self) -> str:
        """How this was reached, in Heritrix's letters: E for embedded, R for each redirect."""
        return "E" * self.embedded + "R" * len(self.way)


class Engine(Protocol):
    """Fetches pages. Thread-safe."""

    @property
    def obeys_robots(self) -> bool:
        """Whether robots.txt was read."""

    def fetch(self, url: str) -> Iterator[Fetched]:
        """The exchanges of a page, in order; each is archived before the next is requested.

        Raises FetchError where a page cannot be fetched; the exchanges before it stay.
        """


class HttpEngine:
    """One exchange for each redirect, and the page. `resolver` and `tls` replace the system's own."""

    def __init__(
        self, config: Config, *, resolver: Resolver = system_resolver, tls: ssl.SSLContext | None = None
    ) -> None:
        self._seconds = config.fetch_seconds
        self.obeys_robots = config.fetch_robots
        self._gate = Gate(config.fetch_allow, resolver=resolver)
        agent, proxy = config.fetch_agent, config.fetch_proxy
        self._wire = Wire(self._gate, agent=agent, max_bytes=config.fetch_bytes, tls=tls, proxy=proxy)
        self._pacer = Pacer(config.fetch_pause)
        small = Wire(self._gate, agent=agent, max_bytes=robots.MAX_WIRE, tls=tls, proxy=proxy)
        self._robots = Robots(self._gate, small, agent=agent)

    def fetch(self, url: str) -> Iterator[Fetched]:
        """The whole way within one deadline; never by meta refresh or script."""
        deadline = time.monotonic() + self._seconds
        target: Target | None = self._gate.target(url)
        way: tuple[str, ...] = ()
        while target is not None:
            if target.url in way:
                raise Unreachable("redirect loop", where=url, remedy=BY_HAND)
            if len(way) > MAX_REDIRECTS:
                raise Unreachable(f"redirect loop: more than {MAX_REDIRECTS} redirects", where=url, remedy=BY_HAND)
            fetched = self._ask(target, deadline, page=url, way=way)
            yield fetched
            way = (*way, target.url)
            target = redirect_of(self._gate, target, fetched.exchange)

    def _ask(self, target: Target, deadline: float, *, page: str, way: tuple[str, ...]) -> Fetched:
        """robots.txt, the host's turn, the exchange; once more where a busy server says when."""
        if self.obeys_robots:
            self._robots.check(target, deadline=deadline)
        retried: tuple[int, ...] = ()
        while True:
            self._pacer.wait(target.host, deadline=deadline)
            began = time.monotonic()
            exchange = self._wire.exchange(target, deadline=deadline)
            ended = time.monotonic()
            wait = wait_before_retry(exchange, tries=len(retried) + 1)
            if wait is not None:
                self._pacer.hold(target.host, wait)
            if wait is None or exchange.status is None or ended + wait >= deadline:
                taken = round((ended - began) * 1000)
                return Fetched(exchange=exchange, page=page, way=way, retried=retried, milliseconds=taken)
            retried = (*retried, exchange.status)
