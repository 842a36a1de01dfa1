"""A URL becomes snapshots: an engine fetches, and each exchange is kept as it crossed the wire before the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archiver.config import Config
from archiver.errors import FetchError, TooLarge, Unreachable
from archiver.fetch.engine import Engine, Fetched
from archiver.fetch.redirects import FOLLOWED
from archiver.http.message import message_of, payload_digest
from archiver.records import Exchange, Origin, Snapshot, Truncation, WarcRecord
from archiver.warcs.fields import uri
from archiver.warcs.snapshots import snapshot_of
from archiver.warcs.writer import Writer, new_record_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a capture kept, a snapshot for each exchange in order, and what went wrong, if anything did.

    A body that was cut is no problem here: its snapshot says `truncated`. Only past the size limit it is TooLarge.
    """

    snapshots: tuple[Snapshot, ...]
    problem: FetchError | None = None


class Capturer:
    """Captures pages into `writer`, as `engine` fetches them. Thread-safe."""

    def __init__(self, config: Config, writer: Writer, engine: Engine) -> None:
        self._config = config
        self._writer = writer
        self._engine = engine

    def capture(self, url: str, *, private: bool = False) -> Captured:
        """Fetches `url` and all that the engine gives for it; each exchange is in the archive before the next.

        That a capture is `private` stands in its records, so that nobody ever sees it before it is released.
        Raises StorageError where nothing can be kept; everything else that goes wrong is the answer's `problem`.
        """
        kept: list[Snapshot] = []
        last: Exchange | None = None
        try:
            for fetched in self._engine.fetch(url):
                kept.append(self._keep(fetched, private))
                last = last if fetched.embedded else fetched.exchange
            if last is not None:
                self._check_usable(last)
        except FetchError as problem:
            # Tracebacks would hold the answer, some 64 MiB, for as long as somebody looks at the problem.
            problem.__context__ = None
            return Captured(snapshots=tuple(kept), problem=problem.with_traceback(None))
        return Captured(snapshots=tuple(kept))

    def _keep(self, fetched: Fetched, private: bool) -> Snapshot:
        records = to_records(fetched, robots_obeyed=self._engine.obeys_robots, private=private)
        locators = self._writer.append(records)
        response = replace(records[-1], locator=locators[-1])
        snapshot = snapshot_of(response, origin=Origin.CAPTURED, requested_url=fetched.requested_url)
        return replace(snapshot, private=private)

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
            raise Unreachable("the redirect names no place; it is kept as it was sent", where=exchange.url)


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
        target_uri=uri(fetched.exchange.url),  # as it will be read again: the snapshot's id is made of it
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
    if exchange.head.header("transfer-encoding") is None:
        digest = payload_digest("sha256", message_of(exchange.response, exchange.head))
        fields.append(("WARC-Payload-Digest", f"sha256:{digest.hex()}"))
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
