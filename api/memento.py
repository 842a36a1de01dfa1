"""Time travel (RFC 7089) as pywb and the Wayback Machine do it: TimeGate, mementos, TimeMaps and the CDX server.

A saved page is shown under a sandbox: no script runs, nothing is loaded from anywhere, it has no origin and no cookies.
Of its header fields only the content type is ours to repeat; all are given as `X-Archive-Orig-…`.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import unquote, urljoin

from flask import Blueprint, Response, abort, request
from webargs.flaskparser import FlaskParser

from api import current
from api.cdx import CdxAnswer, CdxLine, CdxParameters, answer_of, written
from api.errors import InvalidParameters
from api.guard import StrictParser
from api.links import Links
from api.mementos import LINK_FORMAT, PAGE, Mementos, mementos_of
from api.replies import REVALIDATE
from api.routes import Described, described
from api.timestamps import DIGITS, earliest, http_date, read_http_date, timestamp
from archiver.archive import ReplayedPage
from archiver.records import SnapshotEntry

blueprint = Blueprint("memento", __name__)

SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:; media-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
MAX_HEADERS = 100
MAX_HEADER = 2000
_MEMENTO = re.compile(r"([0-9]{1,14}|s[a-z2-7]{20})([a-z]{2}_)?/(.+)", re.DOTALL)
_PAGE = re.compile(r"([1-9][0-9]{0,5})/(https?(?::|%3a).+)", re.DOTALL | re.IGNORECASE)
_CONTENT_TYPE = re.compile(r"[\w!#$&^.+-]{1,60}/[\w!#$&^.+-]{1,100}(\s*;[\x20-\x7e]{0,200})?", re.ASCII)
_TOKEN = re.compile(r"[\w!#$%&'*+.^`|~-]{1,100}", re.ASCII)
_PARSER: FlaskParser = StrictParser()


@blueprint.get("/timegate/<path:_url>")
@described(
    Described(
        operation_id="getTimeGate",
        fields=[
            ("Accept-Datetime", "the desired time, such as `Thu, 12 Mar 2026 09:00:00 GMT`"),
            ("Prefer", "`raw` selects the memento as it was sent (`id_`)"),
        ],
        answers={302: ("`Location` is the nearest memento", ())},
    )
)
def timegate(_url: str) -> Response:
    """Leads to the state of a URL that is nearest to `Accept-Datetime`, else to the newest."""
    found = _mementos(_asked("/timegate/"))
    stated = request.headers.get("Accept-Datetime", "").strip()
    at = found.nearest(_wanted(stated) if stated else None)
    reply = _redirect_to(found.where(at, "id_" if _preferred() == "raw" else ""))
    reply.headers["Vary"] = "accept-datetime, prefer"
    reply.headers["Link"] = found.link_header(at, is_memento=False)
    return _with_preference(reply)


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
    links = current.links()
    if listed := re.fullmatch(r"(?:\*|%2A)/(.+)", target, re.IGNORECASE | re.DOTALL):
        return _redirect_to(links.search("/snapshots", [("url", _url(listed[1]))]))
    match = _MEMENTO.fullmatch(target)
    if match is None:
        return _redirect_to(links.timegate(_url(target)))
    modifier = match[2] or ""
    kept = "id_" if modifier == "id_" else ""
    current.archive().check_withdrawn(_url(match[3]), match[1])
    found = _mementos(_url(match[3]))
    at = _place(found, match[1])
    row = found.rows[at]
    named = {row.snapshot.id, timestamp(row.snapshot.captured_at)}
    if match[1] not in named or modifier not in {"", "id_"}:
        return _redirect_to(found.where(at, kept))
    page = current.archive().page(row.snapshot.id)
    reply = _replayed(page, row, kept, links)
    reply.headers["Memento-Datetime"] = http_date(row.snapshot.captured_at)
    reply.headers["Link"] = found.link_header(at, is_memento=True)
    return _with_preference(reply)


def _place(found: Mementos, named: str) -> int:
    """The place of the memento that is named by its snapshot's id or a time; 404 if there is no such snapshot."""
    if named.isdigit():
        return found.nearest(_time(named))
    place = next((at for at, row in enumerate(found.rows) if row.snapshot.id == named), None)
    if place is None:
        abort(404, f"{named} is not a capture of {found.url[:500]} that can be shown.")
    return place


def _preferred() -> str | None:
    """`raw` or `rewritten`, where the client prefers one (pywb's manner, RFC 7240)."""
    preferences = [part.strip().lower() for part in request.headers.get("Prefer", "").split(",")]
    return next((name for name in ("raw", "rewritten") if name in preferences), None)


def _with_preference(reply: Response) -> Response:
    """Bodies are never rewritten; `raw` changes where redirects lead."""
    preferred = _preferred()
    if preferred:
        reply.headers["Preference-Applied"] = preferred
        reply.headers["Vary"] = reply.headers.get("Vary") or "prefer"
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
    page, url = _page_of(_raw(f"/timemap/{kind}/"))
    found = _mementos(url)
    if not 1 <= page <= found.pages:
        abort(404, f"The TimeMap has {found.pages} pages.")
    if kind == "link":
        return Response(",\n".join(found.timemap(page)) + "\n", content_type=LINK_FORMAT)
    return _written(CdxAnswer([CdxLine.of(row) for row in found.rows[(page - 1) * PAGE : page * PAGE]]), kind)


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
    params = _PARSER.parse(CdxParameters(), request, location="query")
    return _written(answer_of(params, current.archive()), params["output"])


def _written(answer: CdxAnswer, kind: str) -> Response:
    content_type, body = written(answer, kind, current.links())
    return Response(body, content_type=content_type)


def _raw(prefix: str) -> str:
    """What follows the prefix as the client spelled it, its query included."""
    uri: str = request.environ.get("REQUEST_URI") or request.full_path.rstrip("?")
    spelled = uri.encode("latin-1", "replace").decode("utf-8", "replace")
    return spelled.partition(prefix)[2]


def _page_of(path: str) -> tuple[int, str]:
    """The number of the page of a TimeMap, and the URL."""
    numbered = _PAGE.fullmatch(path)
    return (int(numbered[1]), _url(numbered[2])) if numbered else (1, _url(path))


def _asked(prefix: str) -> str:
    return _url(_raw(prefix))


def _url(text: str) -> str:
    """The URL meant: encoded whole or not, its slashes merged by a proxy or not, with or without a scheme."""
    if re.match(r"https?%3a", text, re.IGNORECASE):
        text = unquote(text, errors="replace")
    text = re.sub(r"^(https?):/+", r"\1://", text, flags=re.IGNORECASE)
    return text if re.match(r"https?://", text, re.IGNORECASE) else f"http://{text}"


def _mementos(url: str) -> Mementos:
    """The mementos of exactly this URL (as web archives compare URLs); 404 where none is held.

    A `#` is written as `%23` in our links, because no client sends what follows it.
    """
    spellings = (url, url.replace("%23", "#", 1)) if "%23" in url else (url,)
    tried = (mementos_of(each, current.archive().captures(each), current.links()) for each in spellings)
    found = next((each for each in tried if each.rows), None)
    if found is None:
        for spelling in spellings:
            current.archive().check_withdrawn(spelling)
        abort(404, f"No capture of {url[:500]} can be shown.")
    return found


def _wanted(stated: str) -> datetime:
    try:
        return read_http_date(stated)
    except ValueError as error:
        raise InvalidParameters([("Accept-Datetime", str(error))]) from None


def _time(digits: str) -> datetime:
    """The moment meant; fewer digits than a year has are taken for the end of what they may mean, as Wayback does."""
    try:
        return earliest(digits if DIGITS.fullmatch(digits) else digits.ljust(4, "9"))
    except ValueError:
        raise InvalidParameters([("timestamp", f"{digits} is not a valid date and time")]) from None


def _redirect_to(where: str) -> Response:
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
    """The status that was answered, where it can be one of an answer: what was not HTTP has none."""
    return status if status is not None and 200 <= status < 600 else 200


def _plain(value: str) -> str:
    """A header value that is safe to repeat: visible ASCII, not too long."""
    return re.sub(r"[^\x20-\x7e]", lambda match: f"%{ord(match[0]):02X}", value)[:MAX_HEADER].strip()
