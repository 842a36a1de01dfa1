"""Time travel (RFC 7089) as pywb and the Wayback Machine do it: TimeGate, mementos, TimeMaps and the CDX server.

A saved page is shown under a sandbox: no script runs, nothing is loaded from anywhere, it has no origin and no cookies.
Of its header fields only the content type is ours to repeat; all are told as `X-Archive-Orig-…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import unquote, urljoin

from flask import Blueprint, Response, abort, request
from webargs.flaskparser import FlaskParser

from api import current
from api.cdx import Answer, CdxParameters, Line, answer_of, written
from api.errors import InvalidParameters
from api.guard import StrictParser
from api.links import Links
from api.replies import REVALIDATE
from api.routes import Described, described
from api.timestamps import DIGITS, earliest, http_date, read_http_date, timestamp
from archiver.archive import ReplayedPage
from archiver.index.urls import url_key
from archiver.records import SnapshotEntry

blueprint = Blueprint("memento", __name__)

LINK_FORMAT = "application/link-format"
SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:; media-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
MAX_HEADERS = 100
MAX_HEADER = 2000
_MEMENTO = re.compile(r"([0-9]{1,14})([a-z]{2}_)?/(.+)", re.DOTALL)
_CONTENT_TYPE = re.compile(r"[\w!#$&^.+-]{1,60}/[\w!#$&^.+-]{1,100}(\s*;[\x20-\x7e]{0,200})?", re.ASCII)
_TOKEN = re.compile(r"[\w!#$%&'*+.^`|~-]{1,100}", re.ASCII)
_PARSER: FlaskParser = StrictParser()


@blueprint.get("/timegate/<path:_url>")
@described(
    Described(
        operation_id="getTimeGate",
        fields=[("Accept-Datetime", "the time wanted, such as `Thu, 12 Mar 2026 09:00:00 GMT`")],
        answers={302: ("`Location` is the nearest memento", ())},
    )
)
def timegate(_url: str) -> Response:
    """Leads to the state of a URL that is nearest to `Accept-Datetime`, else to the newest."""
    url = _asked("/timegate/")
    rows, links = _mementos(url), current.links()
    at = _nearest(rows, _wanted()) if "Accept-Datetime" in request.headers else len(rows) - 1
    reply = _led_to(links.memento(timestamp(rows[at].snapshot.captured_at), rows[at].snapshot.url))
    reply.headers["Vary"] = "accept-datetime"
    reply.headers["Link"] = _link_header(rows, at, links, is_memento=False)
    return reply


@blueprint.get("/web/<path:_asked_for>")
@described(
    Described(
        operation_id="getMemento",
        answers={
            200: (
                "The body as it was sent, under a sandbox; other statuses are repeated too",
                ("text/html", "application/octet-stream"),
            ),
            302: ("`Location` is the memento nearest to the time", ()),
        },
    )
)
def memento(_asked_for: str) -> Response:
    """The state of a URL at a time of 14 digits; other times lead to the nearest, none to the newest, `*` to all."""
    target = _raw("/web/")
    match = _MEMENTO.fullmatch(target)
    links = current.links()
    if listed := re.fullmatch(r"(?:\*|%2A)/(.+)", target, re.IGNORECASE | re.DOTALL):
        return _led_to(links.search("/snapshots", [("url", _url(listed[1]))]))
    if match is None:
        return _led_to(links.timegate(_url(target)))
    digits, modifier, url = match[1], match[2] or "", _url(match[3])
    rows = _mementos(url)
    at = _nearest(rows, _time(digits))
    row = rows[at]
    kept = "id_" if modifier == "id_" else ""
    here = links.memento(timestamp(row.snapshot.captured_at), row.snapshot.url, kept)
    if digits != timestamp(row.snapshot.captured_at) or modifier not in {"", "id_"}:
        return _led_to(here)
    page = current.archive().page(row.snapshot.id)
    reply = _replayed(page, row, kept, links)
    reply.headers["Memento-Datetime"] = http_date(row.snapshot.captured_at)
    reply.headers["Link"] = _link_header(rows, at, links, is_memento=True)
    return reply


@blueprint.get("/timemap/<any(link, json, cdxj):kind>/<path:_url>")
@described(
    Described(
        operation_id="getTimeMap",
        answers={200: ("All mementos", (LINK_FORMAT, "text/x-ndjson", "text/x-cdxj"))},
    )
)
def timemap(kind: str, _url: str) -> Response:
    """All states of a URL: as links (RFC 7089 §5), as JSON lines or as CDXJ lines (as pywb's)."""
    url, links = _asked(f"/timemap/{kind}/"), current.links()
    rows = _mementos(url)
    if kind == "link":
        return Response(",\n".join(_timemap_links(rows, links)) + "\n", content_type=LINK_FORMAT)
    return _written(Answer([Line.of(row) for row in rows]), kind)


@blueprint.get("/cdx")
@described(
    Described(
        operation_id="getCdx",
        parameters=CdxParameters,
        answers={
            200: ("A line per capture", ("text/x-cdxj", "text/x-ndjson", LINK_FORMAT, "text/plain", "application/json"))
        },
    )
)
def cdx() -> Response:
    """The CDX server: captures by URL, prefix, host or domain, as lines."""
    asked = _PARSER.parse(CdxParameters(), request, location="query")
    return _written(answer_of(asked, current.archive()), asked["output"])


def _written(answer: Answer, kind: str) -> Response:
    content_type, body = written(answer, kind, current.links())
    return Response(body, content_type=content_type)


def _raw(prefix: str) -> str:
    """What stands behind the prefix as the client spelled it, its query included."""
    uri: str = request.environ.get("REQUEST_URI") or request.full_path.rstrip("?")
    spelled = uri.encode("latin-1", "replace").decode("utf-8", "replace")
    return spelled.partition(prefix)[2]


def _asked(prefix: str) -> str:
    return _url(_raw(prefix))


def _url(text: str) -> str:
    """The URL meant: encoded whole or not, its slashes merged by a proxy or not, with or without a scheme."""
    if re.match(r"https?%3a", text, re.IGNORECASE):
        text = unquote(text, errors="replace")
    text = re.sub(r"^(https?):/+", r"\1://", text, flags=re.IGNORECASE)
    return text if re.match(r"https?://", text, re.IGNORECASE) else f"http://{text}"


def _mementos(url: str) -> list[SnapshotEntry]:
    """The states of exactly this URL (as web archives compare URLs), oldest first; 404 where none is held."""
    key = url_key(url)
    rows = [row for row in current.archive().captures(url) if url_key(row.snapshot.url) == key]
    if not rows:
        abort(404, f"No capture of {url[:500]} is held.")
    return rows


def _wanted() -> datetime:
    try:
        return read_http_date(request.headers["Accept-Datetime"])
    except ValueError as error:
        raise InvalidParameters([("Accept-Datetime", str(error))]) from None


def _time(digits: str) -> datetime:
    """The moment meant; fewer digits than a year has are taken for the end of what they may mean, as Wayback does."""
    try:
        return earliest(digits if DIGITS.fullmatch(digits) else digits.ljust(4, "9"))
    except ValueError:
        raise InvalidParameters([("timestamp", f"{digits} is not a time of the calendar")]) from None


def _nearest(rows: Sequence[SnapshotEntry], time: datetime) -> int:
    """The place of the state nearest in time; of two in one second the later."""
    whole = [row.snapshot.captured_at.replace(microsecond=0) for row in rows]
    return min(range(len(rows)), key=lambda at: (abs(whole[at] - time), -at))


def _led_to(where: str) -> Response:
    reply = Response(f"See {where}\n", 302, content_type="text/plain; charset=utf-8")
    reply.headers["Location"] = where
    reply.headers["Cache-Control"] = REVALIDATE
    return reply


def _replayed(page: ReplayedPage, row: SnapshotEntry, modifier: str, links: Links) -> Response:
    given = row.snapshot.content_type or page.content_type or ""
    content_type = given if _CONTENT_TYPE.fullmatch(given) else "application/octet-stream"
    reply = Response(page.body, _status(page.status), content_type=content_type)
    reply.headers["Content-Security-Policy"] = SANDBOX
    reply.headers["Referrer-Policy"] = "no-referrer"
    reply.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    reply.headers["Cache-Control"] = REVALIDATE  # a withdrawal must reach caches
    for name, value in page.headers[:MAX_HEADERS]:
        if _TOKEN.fullmatch(name):
            reply.headers.add(f"X-Archive-Orig-{name}", _plain(value))
        if name.lower() == "location" and page.status in range(300, 400):
            target = urljoin(row.snapshot.url, value.strip())
            if re.match(r"https?://", target, re.IGNORECASE):
                reply.headers["Location"] = links.memento(timestamp(row.snapshot.captured_at), target, modifier)
    return reply


def _status(status: int | None) -> int:
    """The status of old, where a client can be told it: 1xx and 304 speak of an exchange, not of a page."""
    return status if status is not None and 200 <= status < 600 and status != 304 else 200


def _plain(value: str) -> str:
    """A header value that is safe to repeat: visible ASCII, not too long."""
    return re.sub(r"[^\x20-\x7e]", lambda match: f"%{ord(match[0]):02X}", value)[:MAX_HEADER].strip()


def _link_header(rows: Sequence[SnapshotEntry], at: int, links: Links, *, is_memento: bool) -> str:
    """Where to go from here (RFC 7089 §2.2): original, TimeGate, TimeMap, and the states around this one."""
    url = rows[at].snapshot.url
    places = {"first": 0, "last": len(rows) - 1}
    if is_memento:
        places |= {"prev": at - 1} if at > 0 else {}
        places |= {"next": at + 1} if at + 1 < len(rows) else {}
    named: dict[int, list[str]] = {place: [] for place in (at, *places.values())}
    for name, place in places.items():
        named[place].append(name)
    states = [_state(rows[place], " ".join([*names, "memento"]), links) for place, names in sorted(named.items())]
    timegate = [] if not is_memento else [f'<{links.timegate(url)}>; rel="timegate"']
    snapshot = f'<{links.snapshot(rows[at].snapshot.id)}>; rel="describedby"; type="application/json"'
    return ", ".join([_original(url, links), *timegate, _timemap_link(rows, links, "timemap"), *states, snapshot])


def _timemap_links(rows: Sequence[SnapshotEntry], links: Links) -> Iterator[str]:
    url = rows[-1].snapshot.url
    yield _original(url, links)
    yield _timemap_link(rows, links, "self")
    yield f'<{links.timegate(url)}>; rel="timegate"'
    for at, row in enumerate(rows):
        names = [name for name, place in (("first", 0), ("last", len(rows) - 1)) if place == at]
        yield _state(row, " ".join([*names, "memento"]), links)


def _original(url: str, links: Links) -> str:
    return f'<{links.original(url)}>; rel="original"'


def _timemap_link(rows: Sequence[SnapshotEntry], links: Links, relation: str) -> str:
    first, last = (http_date(rows[place].snapshot.captured_at) for place in (0, -1))
    where = links.timemap("link", rows[-1].snapshot.url)
    return f'<{where}>; rel="{relation}"; type="{LINK_FORMAT}"; from="{first}"; until="{last}"'


def _state(row: SnapshotEntry, relation: str, links: Links) -> str:
    time = row.snapshot.captured_at
    return f'<{links.memento(timestamp(time), row.snapshot.url)}>; rel="{relation}"; datetime="{http_date(time)}"'
