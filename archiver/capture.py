"""A URL becomes snapshots: an engine fetches, and each exchange is kept as it crossed the wire before the next.

With `assets` the style sheets, images and fonts that the page asks for are captured with it, each by the same way
through the gate, robots.txt and pacing. One whose content the archive has is kept as a revisit (WARC 1.1 §6.7).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archiver.articles.charset import decode
from archiver.config import Config
from archiver.errors import FetchError, TooLarge, Unreachable
from archiver.fetch.engine import Engine, Fetched
from archiver.fetch.redirects import FOLLOWED
from archiver.http.message import message_of, payload_digest, payload_of
from archiver.records import Exchange, Origin, Snapshot, Truncation, WarcRecord
from archiver.replay.requisites import page_requisites, sheet_requisites
from archiver.sha256 import labelled
from archiver.warcs.fields import date_text, uri
from archiver.warcs.snapshots import resolved, snapshot_of
from archiver.warcs.writer import Writer, new_record_id

MAX_REQUISITES = 80
"""Style sheets, images and fonts that are captured with a page."""

MAX_REQUISITE_BYTES = 32 << 20
MAX_SHEET = 8 << 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a capture kept, a snapshot for each exchange in order, and what went wrong, if anything did.

    `requisites` are the snapshots of what the page requested.

    A body that was cut is no problem here: its snapshot says `truncated`. Only past the size limit it is TooLarge.
    """

    snapshots: tuple[Snapshot, ...]
    problem: FetchError | None = None
    requisites: tuple[Snapshot, ...] = ()


Known = Callable[[str, str], Snapshot | None]
"""The archive's own snapshot of an address (200, not itself a revisit) with this payload digest, if there is one."""


def _unknown(_url: str, _digest: str) -> Snapshot | None:
    """Nothing is known."""
    return None


class Capturer:
    """Captures pages into `writer`, as `engine` fetches them. Thread-safe."""

    def __init__(self, config: Config, writer: Writer, engine: Engine) -> None:
        self._config = config
        self._writer = writer
        self._engine = engine

    def capture(self, url: str, *, private: bool = False, assets: bool = False, known: Known = _unknown) -> Captured:
        """Fetches `url` and all that the engine gives for it; each exchange is in the archive before the next.

        That a capture is `private` is part of its records, so that nobody ever sees it before it is released. With
        `assets` what the page asks for too; `known` finds what the archive has of an address with a digest.

        Raises StorageError where nothing can be kept; everything else that goes wrong is the answer's `problem`.
        """
        kept: list[Snapshot] = []
        last: Exchange | None = None
        embedded: list[Snapshot] = []
        try:
            for fetched in self._engine.fetch(url):
                kept.append(self._keep(fetched, private))
                last = last if fetched.embedded else fetched.exchange
            if last is not None:
                self._check_usable(last)
        except FetchError as problem:
            # Tracebacks would hold the answer, some 64 MiB, for as long as somebody looks at the problem.
            problem.__context__ = None
            return Captured(snapshots=tuple(kept), problem=problem.with_traceback(None), requisites=tuple(embedded))
        if assets and last is not None and _is_page(last):
            embedded += self._requisites(last, known, private=private)
        return Captured(snapshots=tuple(kept), requisites=tuple(embedded))

    def _requisites(self, page: Exchange, known: Known, *, private: bool) -> Iterator[Snapshot]:
        """What a page and its style sheets ask for, within limits; what cannot be fetched is left out."""
        deadline, left = time.monotonic() + self._config.fetch_seconds, MAX_REQUISITE_BYTES
        waiting = list(page_requisites(_text(page), page.url))
        requested: set[str] = set()
        while waiting and len(requested) < MAX_REQUISITES and left > 0 and time.monotonic() < deadline:
            url = waiting.pop(0)
            if url in requested:
                continue
            requested.add(url)
            try:
                for fetched in self._engine.fetch(url):
                    left -= len(fetched.exchange.response)
                    yield self._keep(replace(fetched, embedded=True, page=page.url), private, known)
                    if _is_sheet(fetched.exchange):
                        waiting[:0] = sheet_requisites(_text(fetched.exchange), fetched.exchange.url)
            except FetchError as error:
                _log.info("a resource of %s was skipped: %s", page.url, error)

    def _keep(self, fetched: Fetched, private: bool, known: Known = _unknown) -> Snapshot:
        records = to_records(fetched, robots_obeyed=self._engine.obeys_robots, private=private)
        original = known(fetched.exchange.url, _digest(fetched.exchange)) if _is_whole(fetched) else None
        if original is not None:
            records = (*records[:-1], _revisit(records[-1], fetched.exchange, original))
        locators = self._writer.append(records)
        answer = replace(records[-1], locator=locators[-1])
        found = snapshot_of(answer, origin=Origin.CAPTURED, requested_url=fetched.requested_url)
        return replace(found if original is None else resolved(found, original), private=private)

    def _check_usable(self, exchange: Exchange) -> None:
        if exchange.truncated is Truncation.LENGTH:
            limit = self._config.fetch_bytes
            raise TooLarge(
                f"the answer is larger than {limit} bytes; what came before that is kept",
                where=exchange.url,
                remedy=f"To keep more of it: ONRECORD_FETCH_BYTES={2 * limit}",
            )
        if exchange.status is None:
            raise Unreachable("the answer is not HTTP; it is kept as it was sent", where=exchange.url)
        if exchange.status in FOLLOWED and not exchange.truncated:
            raise Unreachable("the redirect has no location; it is kept as it was sent", where=exchange.url)


def _is_page(exchange: Exchange) -> bool:
    return exchange.status == 200 and "html" in (exchange.head.header("content-type") or "").lower()


def _is_sheet(exchange: Exchange) -> bool:
    return exchange.status == 200 and "text/css" in (exchange.head.header("content-type") or "").lower()


def _is_whole(fetched: Fetched) -> bool:
    return fetched.embedded and fetched.exchange.status == 200 and not fetched.exchange.truncated


def _text(exchange: Exchange) -> str:
    body = payload_of(message_of(exchange.response, exchange.head)).body
    return decode(body[:MAX_SHEET], exchange.head.header("content-type")).text


def _digest(exchange: Exchange) -> str:
    return labelled(payload_digest("sha256", message_of(exchange.response, exchange.head)))


def _revisit(answer: WarcRecord, exchange: Exchange, original: Snapshot) -> WarcRecord:
    """The answer without its payload, which an earlier record has (WARC 1.1 §6.7.2)."""
    fields = [pair for pair in answer.fields if pair[0] != "WARC-Payload-Digest"]
    fields += [
        ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
        ("WARC-Payload-Digest", _digest(exchange)),
        ("WARC-Refers-To", f"<{original.record_id}>"),
        ("WARC-Refers-To-Target-URI", uri(original.url)),
        ("WARC-Refers-To-Date", date_text(original.captured_at)),
    ]
    block = exchange.response[: exchange.head.length]
    return replace(answer, type="revisit", block=block, fields=tuple(fields), head=None)


def to_records(
    fetched: Fetched, *, robots_obeyed: bool, private: bool = False
) -> tuple[WarcRecord, WarcRecord, WarcRecord]:
    """The request, what we know of the exchange, and last the answer (WARC 1.1 §6.3, §6.5, §6.6).

    They are tied by `WARC-Concurrent-To`. An answer that is there is the sign that all of it is: what was cut off
    before it never counts as a snapshot. What a page embeds says so in the letters of Heritrix: `via`, `hopsFromSeed`.

    What is not HTTP becomes a `resource` record (§6.4): no reader of WARC files could parse it as a `response`.
    """
    kind, content_type = _answer_type(fetched.exchange)
    answer = _record(fetched, kind, content_type, fetched.exchange.response, _answer_fields(fetched.exchange))
    answer = replace(answer, head=fetched.exchange.head)
    to_answer = ("WARC-Concurrent-To", f"<{answer.record_id}>")
    address = ("WARC-IP-Address", fetched.exchange.address)
    request = _record(
        fetched, "request", "application/http;msgtype=request", fetched.exchange.request, (to_answer, address)
    )
    facts = _facts(fetched, robots_obeyed, private).encode()
    return request, _record(fetched, "metadata", "application/warc-fields", facts, (to_answer,)), answer


def _record(
    fetched: Fetched, kind: str, content_type: str, block: bytes, fields: tuple[tuple[str, str], ...]
) -> WarcRecord:
    return WarcRecord(
        type=kind,
        record_id=new_record_id(),
        date=fetched.exchange.sent_at,
        target_uri=uri(fetched.exchange.url),  # as it will be read again: the snapshot's id is computed from it
        content_type=content_type,
        block=block,
        fields=fields,
    )


def _answer_type(exchange: Exchange) -> tuple[str, str]:
    is_http = exchange.status is not None
    return ("response", "application/http;msgtype=response") if is_http else ("resource", "application/octet-stream")


def _answer_fields(exchange: Exchange) -> tuple[tuple[str, str], ...]:
    """The payload digest is written only if all readers compute the same one.

    WARC 1.1 §5.9 takes it after transfer decoding; warcio and fastwarc take it before, and call a chunked answer with
    the standard's digest broken (webrecorder/warcio, iipc/warc-specifications#22).
    """
    fields = [("WARC-IP-Address", exchange.address)]
    if exchange.head.header("transfer-encoding") is None:
        digest = payload_digest("sha256", message_of(exchange.response, exchange.head))
        fields.append(("WARC-Payload-Digest", labelled(digest)))
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated.value))
    return tuple(fields)


def _facts(fetched: Fetched, robots_obeyed: bool, private: bool) -> str:
    """The block of the `metadata` record: one `name: value` a line, `requestedUrl` first, a blank line last."""
    facts = [
        ("requestedUrl", fetched.requested_url),
        *([("via", fetched.via)] if fetched.via else []),
        ("hopsFromSeed", fetched.hops),
        ("fetchTimeMs", str(fetched.milliseconds)),
        ("robots", "obeyed" if robots_obeyed else "ignored"),
        *[("answeredBefore", str(status)) for status in fetched.retried],
        *[("surplusBytes", str(fetched.exchange.surplus)) for _ in range(fetched.exchange.surplus > 0)],
        *([("private", "yes")] if private else []),
        *[("note", note) for note in fetched.exchange.notes],
    ]
    return "".join(f"{name}: {value}\r\n" for name, value in facts) + "\r\n"
