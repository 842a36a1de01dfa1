"""Every search as a feed, Atom (RFC 4287) and JSON Feed 1.1: newest first by when the archive got the page.

A reader that asks again with the `ETag` of its last answer gets 304 until there is something new. Ids of entries are
the citable addresses of the quotes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from flask import Blueprint, Response, request
from webargs.flaskparser import FlaskParser

from api import current
from api.answers import moment
from api.guard import StrictParser
from api.parameters import QuoteParameters, QuoteSort
from api.queries import query_of
from api.replies import following_link
from api.routes import Described, described
from archiver.records import Entry, Page, Query

blueprint = Blueprint("feeds", __name__, url_prefix="/v1")

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"
MAX_ENTRIES = 200
SHOWN = 50
_ATOM = "http://www.w3.org/2005/Atom"
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 §2.2 has no place for
_PAGE_ONLY = ("cursor", "limit", "facet", "facet.size", "highlight", "sort", "seed")
_PARSER: FlaskParser = StrictParser()


@blueprint.get("/quotes.atom")
@described(
    Described(
        operation_id="followQuotesAtom",
        parameters=QuoteParameters,
        answers={200: ("The newest quotes of the search", (ATOM,))},
    )
)
def atom() -> Response:
    """Follow a search as an Atom feed. The latest pages come first; at most 200 entries a page."""
    page, following = _page()
    return Response(_atom(page, following), mimetype=ATOM)


@blueprint.get("/quotes.feed.json")
@described(
    Described(
        operation_id="followQuotesJson",
        parameters=QuoteParameters,
        answers={200: ("The newest quotes of the search", (JSON_FEED,))},
    )
)
def json_feed() -> Response:
    """Follow a search as a JSON Feed. The latest pages come first; at most 200 entries a page."""
    page, following = _page()
    body = orjson.dumps(_json_feed(page, following), option=orjson.OPT_APPEND_NEWLINE)
    return Response(body, mimetype=JSON_FEED)


def newest(params: dict[str, Any], *, limit: int, cursor: str | None) -> Page[Entry]:
    """The newest quotes of a search, by when the archive got them."""
    query: Query = query_of({**params, "sort": QuoteSort.LEARNT, "limit": limit, "cursor": cursor, "facet": ()})
    return current.archive().search(query)


def _page() -> tuple[Page[Entry], str | None]:
    params = _PARSER.parse(QuoteParameters(), request, location="query")
    cursor = current.signer().opened(params.get("cursor"))
    limit = min(params["limit"], MAX_ENTRIES) if "limit" in request.args else SHOWN
    page = newest(params, limit=limit, cursor=cursor)
    return page, following_link(page.next)


def _pairs() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name not in _PAGE_ONLY]


def title_of(pairs: list[tuple[str, str]]) -> str:
    """What a search is called in a list of feeds."""
    words = ", ".join(value if name == "q" else f"{name} {value}" for name, value in pairs)
    return f"On Record: {words}" if words else "On Record"


def headline_of(entry: Entry) -> str:
    """A quote in a line: who, and the beginning of the words; nobody is named who is not well supported."""
    speaker, words = entry.quote.speaker, entry.quote.text.replace("\n", " ")
    short = words if len(words) <= 120 else f"{words[:119].rsplit(' ', 1)[0]}…"
    return f"{speaker.name}: {short}" if speaker.name and (speaker.confidence or 0) >= 0.9 else short


def _atom(page: Page[Entry], following: str | None) -> bytes:
    links, pairs = current.links(), _pairs()
    feed = Element("feed", {"xmlns": _ATOM})
    here = links.search(request.path, pairs)
    _text(feed, "id", here)
    _text(feed, "title", title_of(pairs))
    _text(feed, "updated", _updated(page))
    SubElement(feed, "link", {"rel": "self", "type": ATOM, "href": links.search(request.path, _all_pairs())})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": links.search("/", pairs)})
    if following:
        SubElement(feed, "link", {"rel": "next", "type": ATOM, "href": following})
    author = SubElement(feed, "author")
    _text(author, "name", "On Record")
    for entry in page.entries:
        _atom_entry(feed, entry)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode").encode() + b"\n"


def _atom_entry(feed: Element, entry: Entry) -> None:
    links, quote_id = current.links(), entry.quote.id or ""
    each = SubElement(feed, "entry")
    _text(each, "id", links.quote_page(quote_id))
    _text(each, "title", headline_of(entry))
    _text(each, "updated", moment(_learnt(entry)) or "")
    SubElement(each, "link", {"rel": "alternate", "type": "text/html", "href": links.quote_page(quote_id)})
    SubElement(each, "link", {"rel": "related", "type": "application/json", "href": links.quote(quote_id)})
    _text(SubElement(each, "author"), "name", entry.outlet or entry.site)
    summary = _text(each, "summary", entry.quote.text)
    if entry.language:
        summary.set("xml:lang", entry.language)


def _text(parent: Element, name: str, text: str) -> Element:
    found = SubElement(parent, name)
    found.text = _UNFIT.sub("\ufffd", text)
    return found


def _json_feed(page: Page[Entry], following: str | None) -> dict[str, Any]:
    links, pairs = current.links(), _pairs()
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(pairs),
        "home_page_url": links.search("/", pairs),
        "feed_url": links.search(request.path, _all_pairs()),
        **({"next_url": following} if following else {}),
        "items": [_json_item(entry) for entry in page.entries],
    }


def _json_item(entry: Entry) -> dict[str, Any]:
    links, quote_id = current.links(), entry.quote.id or ""
    return {
        "id": links.quote_page(quote_id),
        "url": links.quote_page(quote_id),
        "external_url": entry.url,
        "title": headline_of(entry),
        "content_text": entry.quote.text,
        "date_published": moment(_learnt(entry)),
        "authors": [{"name": entry.outlet or entry.site}],
        **({"language": entry.language} if entry.language else {}),
        "_onrecord": {"quote": links.quote(quote_id), "speaker": entry.quote.speaker.name, "said_in": entry.title},
    }


def _all_pairs() -> list[tuple[str, str]]:
    return list(request.args.items(multi=True))


def _updated(page: Page[Entry]) -> str:
    """When the newest entry came; a feed without any has not changed since the beginning of time."""
    newest_of = max((_learnt(entry) for entry in page.entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    return moment(newest_of) or ""


def _learnt(entry: Entry) -> datetime:
    """When the archive got the page of a quote."""
    return entry.learnt_at or entry.captured_at
