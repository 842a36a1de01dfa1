"""Citations over HTTP: quotes and snapshots in the formats that reference managers read, negotiated or by suffix."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import orjson
from flask import Blueprint, Response, abort, request
from webargs.flaskparser import FlaskParser

from api import current
from api.answers import quote_answer, snapshot_answer
from api.fields import OneOf, Parameters
from api.guard import StrictParser
from api.links import Links
from api.mementos import address_of
from api.negotiation import Offer, chosen
from api.replies import json_reply
from archiver.citations import bibliography, bibtex, csl, linked, ris, robust
from archiver.citations.sentences import LOCALES
from archiver.citations.works import Addresses, Work, is_citable
from archiver.records import Entry, QuoteState, SnapshotEntry

blueprint = Blueprint("citing", __name__)

JSON = Offer(name="json", media_type="application/json")
HTML = Offer(name="html", media_type="text/html")
SCHEMA_ORG = Offer(name="jsonld", media_type=linked.MEDIA_TYPE)
ANNOTATION = Offer(
    name="anno.jsonld", media_type=linked.MEDIA_TYPE, parameters=(("profile", linked.ANNOTATION_PROFILE),)
)
CITATIONS = (
    Offer(name="csl.json", media_type=csl.MEDIA_TYPE),
    Offer(name="bib", media_type=bibtex.MEDIA_TYPE),
    Offer(name="ris", media_type=ris.MEDIA_TYPE),
    SCHEMA_ORG,
    ANNOTATION,
    *(
        Offer(name="txt", media_type=bibliography.MEDIA_TYPE, parameters=(("style", style), ("locale", locale)))
        for style in bibliography.STYLES
        for locale in LOCALES
    ),
)
SUFFIXES = ("csl.json", "bib", "ris", "jsonld", "anno.jsonld", "txt", "json")
"""What an address of a quote or a snapshot may end in, so that no header field is needed."""

Style = StrEnum("Style", {name.upper().replace("-", "_"): name for name in bibliography.STYLES})  # type: ignore[misc]
Locale = StrEnum("Locale", {name.upper().replace("-", "_"): name for name in LOCALES})  # type: ignore[misc]
BibliographyParameters = Parameters.from_dict(
    {
        "style": OneOf(Style, load_default=Style(bibliography.STYLES[0])),
        "locale": OneOf(Locale, load_default=Locale(LOCALES[0])),
    },
    name="BibliographyParameters",
)
_NOTHING = Parameters.from_dict({}, name="NoSuffixParameters")
_PARSER: FlaskParser = StrictParser()


def work_of(row: SnapshotEntry, entry: Entry | None = None) -> Work:
    """A quote, or without one a snapshot, as something to cite."""
    links, snapshot = current.links(), row.snapshot
    memento = address_of(snapshot, current.archive().captures(snapshot.url), links)
    if entry is not None and entry.quote.id is not None:
        page, json = links.quote_page(entry.quote.id), links.quote(entry.quote.id)
    else:
        page, json = links.snapshot_page(snapshot.id), links.snapshot(snapshot.id)
    citable = is_citable(current.config().public_url)
    addresses = Addresses(page=page, json=json, memento=memento, citable=citable)
    return Work(row=row, quote=entry.quote if entry else None, addresses=addresses)


def negotiated(work: Work, first: Offer, makers: dict[str, Callable[[], Response]]) -> Response:
    """What `Accept` asks for: `first` where it leaves the choice, else JSON or a page (by `makers`) or a citation.

    What is not offered is a 406 that lists the offers.
    """
    offers = sorted((HTML, JSON), key=lambda offer: offer is not first)
    offer = chosen(request.headers.get("Accept"), (*offers, *CITATIONS))
    if offer is None:
        listed = ", ".join(map(str, (*offers, *CITATIONS)))
        abort(406, f"Offered are {listed}.")
    maker = makers.get(offer.name)
    reply = maker() if maker else cited(work, offer)
    reply.headers.add("Vary", "Accept")
    add_links(reply, work)
    return reply


def cited(work: Work, offer: Offer) -> Response:
    """The citation in one of the formats."""
    if offer.name == "txt":
        parameters = dict(offer.parameters)
        text = bibliography.reference(work, style=parameters["style"], locale=parameters["locale"])
        reply = Response(text, content_type=f"{bibliography.MEDIA_TYPE}; charset=utf-8")
        reply.headers["Content-Language"] = parameters["locale"]
        return reply
    if offer.name in {"bib", "ris"}:
        text = bibtex.entry(work) if offer.name == "bib" else ris.record(work)
        return Response(text, content_type=f"{offer.media_type}; charset=utf-8")
    documents: dict[str, Callable[[Work], dict[str, Any]]] = {
        "csl.json": csl.item,
        "jsonld": linked.schema_org,
        "anno.jsonld": linked.annotation,
    }
    body = orjson.dumps(documents[offer.name](work), option=orjson.OPT_APPEND_NEWLINE)
    return Response(body, content_type=str(offer))


def add_links(reply: Response, work: Work) -> None:
    """The permanent address of the cited thing (RFC 8574), and what describes it."""
    page = work.addresses.page
    reply.headers.add("Link", f'<{page}>; rel="cite-as"')
    reply.headers.add("Link", f'<{work.addresses.json}>; rel="describedby"; type="application/json"')
    reply.headers.add("Link", f'<{page}.csl.json>; rel="describedby"; type="{csl.MEDIA_TYPE}"')
    reply.headers.add("Link", f'<{page}.jsonld>; rel="describedby"; type="{linked.MEDIA_TYPE}"')
    for suffix, media_type in (("bib", bibtex.MEDIA_TYPE), ("ris", ris.MEDIA_TYPE)):
        reply.headers.add("Link", f'<{page}.{suffix}>; rel="alternate"; type="{media_type}"')


def cite_box(work: Work, locale: str) -> dict[str, str]:
    """What the cite box of a page shows, ready to copy, its references in the language of a locale."""
    return {
        "APA": bibliography.reference(work, style="apa", locale=locale).strip(),
        "Chicago": bibliography.reference(work, style="chicago-author-date", locale=locale).strip(),
        "MLA": bibliography.reference(work, style="modern-language-association", locale=locale).strip(),
        "BibTeX": bibtex.entry(work).strip(),
        "RIS": ris.record(work).replace("\r\n", "\n").strip(),
        "Robust Link": robust.robust_link(work),
        "PWID": robust.pwid(work),
    }


@blueprint.get(f"/quotes/<string(length=21):quote_id>.<any({', '.join(repr(each) for each in SUFFIXES)}):suffix>")
def quote_as(quote_id: str, suffix: str) -> Response:
    """A quote's citation by its suffix; `.txt` takes `style` and `locale`."""
    archive = current.archive()
    entry = archive.quote(quote_id)
    if entry.quote.state is QuoteState.WITHDRAWN:
        abort(410)
    row = archive.snapshot(entry.snapshot_id)
    return _by_suffix(work_of(row, entry), suffix, lambda links: quote_answer(entry, row, links))


@blueprint.get(f"/snapshots/<string(length=21):snapshot_id>.<any({', '.join(repr(each) for each in SUFFIXES)}):suffix>")
def snapshot_as(snapshot_id: str, suffix: str) -> Response:
    """A snapshot's citation by its suffix."""
    row = current.archive().snapshot(snapshot_id)
    return _by_suffix(work_of(row), suffix, lambda links: snapshot_answer(row, links))


def _by_suffix(work: Work, suffix: str, document: Callable[[Links], dict[str, Any]]) -> Response:
    schema = BibliographyParameters() if suffix == "txt" else _NOTHING()
    params = {name: str(value) for name, value in _PARSER.parse(schema, request, location="query").items()}
    if suffix == "json":
        reply = json_reply(document(current.links()))
    else:
        wanted = [each for each in CITATIONS if each.name == suffix]
        reply = cited(work, next(each for each in wanted if params.items() <= dict(each.parameters).items()))
        name = f"{work.id}.{suffix}"
        if suffix in {"bib", "ris"}:
            reply.headers["Content-Disposition"] = f'inline; filename="{name}"'
    add_links(reply, work)
    return reply
