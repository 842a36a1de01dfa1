"""A URL becomes snapshots: asked through the gate, kept as it crossed the wire, hop by hop."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, replace

from archiver.config import Config
from archiver.errors import FetchError, TooLarge, Unreachable
from archiver.fetch import robots
from archiver.fetch.gate import Gate, Resolver, Target, system_resolver
from archiver.fetch.pacing import Pacer, wait_before_retry
from archiver.fetch.redirects import FOLLOWED, leads_to
from archiver.fetch.robots import Robots
from archiver.fetch.wire import Wire
from archiver.records import Exchange, Origin, Snapshot, Truncation, WarcRecord
from archiver.warcs.fields import uri
from archiver.warcs.payload import http_message, payload_digest
from archiver.warcs.snapshots import snapshot_of
from archiver.warcs.writer import Writer, new_record_id

MOST_REDIRECTS = 10

_BY_HAND = "Save it in your browser, then: onrecord add page.wacz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a capture kept, a snapshot for each hop in order, and what went wrong, if anything did.

    A body that was cut is no problem here: its snapshot says `truncated`. Only past the size limit it is TooLarge.
    """

    snapshots: tuple[Snapshot, ...]
    problem: FetchError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hop:
    """One answer and how it was come by: the URL asked for first, the URLs on the way, the statuses asked again."""

    exchange: Exchange
    requested_url: str
    way: tuple[str, ...]
    retried: tuple[int, ...]
    milliseconds: int


class Capturer:
    """Captures pages into `writer`. Thread-safe. `resolver` and `tls` stand for the system's own."""

    def __init__(
        self,
        config: Config,
        writer: Writer,
        *,
        resolver: Resolver = system_resolver,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._config = config
        self._writer = writer
        self._gate = Gate(config.fetch_allow, resolver=resolver)
        self._wire = Wire(self._gate, agent=config.fetch_agent, max_bytes=config.fetch_bytes, tls=tls)
        self._pacer = Pacer(config.fetch_pause)
        small = Wire(self._gate, agent=config.fetch_agent, max_bytes=robots.MOST_WIRE, tls=tls)
        self._robots = Robots(self._gate, small, agent=config.fetch_agent)

    def capture(self, url: str) -> Captured:
        """Fetches `url` and what it redirects to; every hop is in the archive before the next is asked.

        Raises StorageError where nothing can be kept; everything else that goes wrong is the answer's `problem`.
        """
        kept: list[Snapshot] = []
        try:
            self._follow(url, kept)
        except FetchError as problem:
            # Tracebacks would hold the answer, some 64 MiB, for as long as somebody looks at the problem.
            problem.__context__ = None
            return Captured(snapshots=tuple(kept), problem=problem.with_traceback(None))
        return Captured(snapshots=tuple(kept))

    def _follow(self, url: str, kept: list[Snapshot]) -> None:
        """The whole way, within one deadline; never by meta refresh or script."""
        deadline = time.monotonic() + self._config.fetch_seconds
        target: Target | None = self._gate.target(url)
        way: tuple[str, ...] = ()
        while target is not None:
            if target.url in way:
                raise Unreachable("redirect loop", where=url, remedy=_BY_HAND)
            if len(way) > MOST_REDIRECTS:
                raise Unreachable(f"redirect loop: more than {MOST_REDIRECTS} redirects", where=url, remedy=_BY_HAND)
            hop = self._ask(target, deadline, requested_url=url, way=way)
            kept.append(self._keep(hop))
            way = (*way, target.url)
            target = leads_to(self._gate, hop.exchange)
        self._check_usable(hop.exchange)

    def _ask(self, target: Target, deadline: float, *, requested_url: str, way: tuple[str, ...]) -> _Hop:
        """robots.txt, the host's turn, the exchange; once more where a busy server says when."""
        if self._config.fetch_robots:
            self._robots.check(target, deadline=deadline)
        retried: tuple[int, ...] = ()
        while True:
            self._pacer.wait(target.host, deadline=deadline)
            began = time.monotonic()
            exchange = self._wire.exchange(target.url, deadline=deadline)
            ended = time.monotonic()
            wait = wait_before_retry(exchange, tries=len(retried) + 1)
            if wait is not None:
                self._pacer.hold(target.host, wait)
            if wait is None or exchange.status is None or ended + wait >= deadline:
                milliseconds = round((ended - began) * 1000)
                return _Hop(
                    exchange=exchange,
                    requested_url=requested_url,
                    way=way,
                    retried=retried,
                    milliseconds=milliseconds,
                )
            retried = (*retried, exchange.status)

    def _keep(self, hop: _Hop) -> Snapshot:
        records = to_records(hop, robots_obeyed=self._config.fetch_robots)
        locators = self._writer.append(records)
        response = replace(records[-1], locator=locators[-1])
        return snapshot_of(response, origin=Origin.CAPTURED, requested_url=hop.requested_url)

    def _check_usable(self, exchange: Exchange) -> None:
        if exchange.truncated is Truncation.LENGTH:
            limit = self._config.fetch_bytes
            raise TooLarge(
                f"the answer is larger than {limit} bytes; what came before that is kept",
                where=exchange.url,
                remedy=f"To keep more of it: ONRECORD_FETCH_BYTES={2 * limit}",
            )
        if exchange.status is None:
            raise Unreachable("the answer is not HTTP; it is kept as it came", where=exchange.url)
        if exchange.status in FOLLOWED and not exchange.truncated:
            raise Unreachable("the redirect names no place; it is kept as it came", where=exchange.url)


def to_records(hop: _Hop, *, robots_obeyed: bool) -> tuple[WarcRecord, WarcRecord, WarcRecord]:
    """The request, what we know of the exchange, and last the answer (WARC 1.1 §6.3, §6.5, §6.6).

    They are tied by `WARC-Concurrent-To`. An answer that is there is the sign that all of it is: what was cut off
    before it never counts as a snapshot.

    What is not HTTP becomes a `resource` record (§6.4): no reader of WARC files could parse it as a `response`.
    """
    answer = _record(hop, *_answer_type(hop.exchange), hop.exchange.response, _answer_fields(hop.exchange))
    to_answer = ("WARC-Concurrent-To", f"<{answer.record_id}>")
    address = ("WARC-IP-Address", hop.exchange.address)
    request = _record(hop, "request", "application/http;msgtype=request", hop.exchange.request, (to_answer, address))
    facts = _facts(hop, robots_obeyed).encode()
    return request, _record(hop, "metadata", "application/warc-fields", facts, (to_answer,)), answer


def _record(hop: _Hop, kind: str, content_type: str, block: bytes, fields: tuple[tuple[str, str], ...]) -> WarcRecord:
    return WarcRecord(
        type=kind,
        record_id=new_record_id(),
        date=hop.exchange.sent_at,
        target_uri=uri(hop.exchange.url),  # as it will be read again: the snapshot's id is made of it
        content_type=content_type,
        block=block,
        fields=fields,
    )


def _answer_type(exchange: Exchange) -> tuple[str, str]:
    is_http = exchange.status is not None
    return ("response", "application/http;msgtype=response") if is_http else ("resource", "application/octet-stream")


def _answer_fields(exchange: Exchange) -> tuple[tuple[str, str], ...]:
    """The payload digest stands only where all readers come to the same one.

    WARC 1.1 §5.9 takes it after transfer decoding; warcio and fastwarc take it before, and call a chunked answer with
    the standard's digest broken (webrecorder/warcio, iipc/warc-specifications#22).
    """
    fields = [("WARC-IP-Address", exchange.address)]
    if exchange.header("transfer-encoding") is None:
        digest = payload_digest("sha256", http_message(exchange.response))
        fields.append(("WARC-Payload-Digest", f"sha256:{digest.hex()}"))
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated.value))
    return tuple(fields)


def _facts(hop: _Hop, robots_obeyed: bool) -> str:
    """The block of the `metadata` record: one `name: value` a line, `requestedUrl` first, a blank line last."""
    facts = [
        ("requestedUrl", hop.requested_url),
        *[("via", url) for url in hop.way[-1:]],
        ("hopsFromSeed", "R" * len(hop.way)),
        ("fetchTimeMs", str(hop.milliseconds)),
        ("robots", "obeyed" if robots_obeyed else "ignored"),
        *[("answeredBefore", str(status)) for status in hop.retried],
        *[("surplusBytes", str(hop.exchange.surplus)) for _ in range(hop.exchange.surplus > 0)],
        *[("note", note) for note in hop.exchange.notes],
    ]
    return "".join(f"{name}: {value}\r\n" for name, value in facts) + "\r\n"
