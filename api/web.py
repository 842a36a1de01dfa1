"""Pages for people: search, a quote with its trail, a snapshot. Rendered here, no script, readable on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup, escape
from marshmallow import EXCLUDE, ValidationError

from api import citing, current
from api.answers import quote_answer, snapshot_answer
from api.errors import PROBLEMS, Problem, headers_of
from api.links import live_link
from api.negotiation import Offer
from api.parameters import Choice, Day, Parameters, QuoteSort, Text, parameter_errors
from api.replies import following_link, json_reply, page_reply
from api.trail import sureness, why
from archiver.citations import linked
from archiver.citations.works import Work
from archiver.errors import BadQuery
from archiver.index.highlights import highlight_spans
from archiver.records import Days, Entry, Page, Query, Quote, QuoteState, SnapshotEntry, Span
from archiver.verification.values import STATEMENT, CheckResult, ProofLink

blueprint = Blueprint("web", __name__)

COPY_SCRIPT = (Path(__file__).parent / "static" / "copy.js").read_text(encoding="utf-8")
"""The only script of our pages: buttons that copy a citation."""

PAGE_READS = 64 << 20
"""Bytes of a file that is read whole to show a page; larger ones are checked when the verification is asked for."""

SHOWN = 20
PROOF_NAMES = {
    ProofLink.QUOTE_IN_TEXT: "words",
    ProofLink.TEXT_DIGEST: "text",
    ProofLink.TEXT_IN_PAGE: "page",
    ProofLink.PAYLOAD_DIGEST: "payload",
    ProofLink.BLOCK_DIGEST: "bytes",
    ProofLink.RECORD_IN_FILE: "record",
    ProofLink.FILE_DIGEST: "file",
    ProofLink.MANIFEST_CHAIN: "manifest",
    ProofLink.SIGNATURE: "signature",
    ProofLink.TIMESTAMP: "time stamp",
}
PROOF_SIGNS = {
    CheckResult.PASS: " ✓",
    CheckResult.FAIL: " ✗",
    CheckResult.NOT_PRESENT: " –",
    CheckResult.NOT_CHECKED: " ?",
}
AROUND = 160  # characters on either side of a hit
FACETS = ("speaker", "site", "language")
NARROWING = frozenset({"q", "speaker", "site", "language", "published.from", "published.to"})
FOR_PROGRAMS = ("/v1/", "/openapi.json", "/cdx", "/timegate/", "/timemap/")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

SearchParameters = Parameters.from_dict(
    {
        "q": Text(longest=2000),
        "speaker": Text(),
        "site": Text(),
        "language": Text(longest=35),
        "published_from": Day(data_key="published.from"),
        "published_to": Day(data_key="published.to"),
        "sort": Choice(QuoteSort, load_default=QuoteSort.NEWEST),
        "cursor": Text(longest=1000),
    },
    name="SearchParameters",
)


@blueprint.get("/")
def search() -> Response:
    """The search box, what it found or what is newest, and an honest word where nothing is found."""
    given = {name: value.strip() for name, value in request.args.items() if value.strip()}
    narrowed = not NARROWING.isdisjoint(given)
    params, errors = _params(given)
    facets = FACETS if narrowed else ("language",)
    page, status = None, 200
    try:
        params["cursor"] = current.signer().opened(params.get("cursor"))
        page = current.archive().search(_query(params, facets)) if not errors else None
    except BadQuery as error:
        errors = {error.parameter or "q": error.what}
    if errors:
        status = PROBLEMS[BadQuery].status
    html = render(
        "search.html",
        given=given,
        errors=errors,
        narrowed=narrowed,
        page=page,
        results=list(_results(page.entries, _query(params, facets))) if page else [],
        searched=page.searched if page else current.archive().searched(),
        facets=_facets(page, given) if page and narrowed else [],
        languages=_languages(page if not narrowed else None),
        following=following_link(page.next) if page else None,
    )
    return page_reply(html, status)


@blueprint.get("/quotes/<quote_id>")
def quote(quote_id: str) -> Response:
    """A quote for citing: the words in their paragraph, who, when, why, and where the proof lies."""
    archive = current.archive()
    entry = archive.quote(quote_id)
    if entry.quote.state is QuoteState.WITHDRAWN:
        abort(410)
    return quote_reply(entry, archive.snapshot(entry.snapshot_id), citing.HTML)


def quote_reply(entry: Entry, row: SnapshotEntry, first: Offer) -> Response:
    """A quote as `Accept` wants it; `first` where it leaves the choice."""
    work = citing.work_of(row, entry)
    makers = {
        "html": lambda: page_reply(_quote_page(entry, row, work), script=COPY_SCRIPT),
        "json": lambda: json_reply(quote_answer(entry, row, current.links())),
    }
    return citing.negotiated(work, first, makers)


def _quote_page(entry: Entry, row: SnapshotEntry, work: Work) -> str:
    return render(
        "quote.html",
        quote=entry.quote,
        entry=entry,
        row=row,
        snapshot=row.snapshot,
        passage=list(passage(entry.quote)),
        why=why(entry.quote),
        live=live_link(row.snapshot.url, [selector.exact for selector in entry.quote.selectors]),
        memento=work.addresses.memento,
        text_digest=entry.quote.text_digest if entry.quote.text_digest != row.text_digest else None,
        **_proof(work),
        **_cited(work),
    )


def _proof(work: Work) -> dict[str, Any]:
    """The chain of proof of a page, with where each link leads."""
    links, snapshot = current.links(), work.row.snapshot
    quote = work.quote
    older = quote.text_digest if quote and quote.text_digest != work.row.text_digest else None
    text, record = links.text(snapshot.id, older), links.record(snapshot.id)
    where = {ProofLink.QUOTE_IN_TEXT: text, ProofLink.TEXT_DIGEST: text, ProofLink.TEXT_IN_PAGE: work.addresses.memento}
    where |= dict.fromkeys((ProofLink.PAYLOAD_DIGEST, ProofLink.BLOCK_DIGEST, ProofLink.RECORD_IN_FILE), record)
    proof = current.archive().verification(work.id, max_file=PAGE_READS)
    return {"proof": proof, "proof_links": where}


def _cited(work: Work) -> dict[str, Any]:
    """What the cite box and the linked data of a page are made from."""
    return {"citing": citing.cite_box(work), "copy_script": Markup(COPY_SCRIPT), "json_ld": embedded(work)}  # noqa: S704


def embedded(work: Work) -> Markup:
    """schema.org data for a script element: no text in it can end the element."""
    document = orjson.dumps(linked.schema_org(work)).decode()
    return Markup(document.replace("<", "\\u003c"))  # noqa: S704 - made safe right here


@blueprint.get("/snapshots")
def captures() -> Response:
    """All captures of a URL, newest first, with what was read from each; without `url` a box to ask for one."""
    url = request.args.get("url", "").strip()
    archive, links = current.archive(), current.links()
    rows = archive.captures(url) if url else ()
    html = render("captures.html", url=url, rows=rows, timemap=links.timemap("link", url), searched=archive.searched())
    return page_reply(html)


@blueprint.get("/snapshots/<snapshot_id>")
def snapshot(snapshot_id: str) -> Response:
    """A snapshot: what was saved and when, the quotes that were found, and the other captures of its URL."""
    return snapshot_reply(current.archive().snapshot(snapshot_id), citing.HTML)


def snapshot_reply(row: SnapshotEntry, first: Offer) -> Response:
    """A snapshot as `Accept` wants it; `first` where it leaves the choice."""
    work = citing.work_of(row)
    makers = {
        "html": lambda: page_reply(_snapshot_page(row, work), script=COPY_SCRIPT),
        "json": lambda: json_reply(snapshot_answer(row, current.links())),
    }
    return citing.negotiated(work, first, makers)


def _snapshot_page(row: SnapshotEntry, work: Work) -> str:
    archive, links = current.archive(), current.links()
    return render(
        "snapshot.html",
        row=row,
        snapshot=row.snapshot,
        results=list(_results(archive.index.quotes_of(row.snapshot.id), Query())),
        captures=archive.captures(row.snapshot.url),
        memento=work.addresses.memento,
        timemap=links.timemap("link", row.snapshot.url),
        **_proof(work),
        **_cited(work),
    )


def wants_page() -> bool:
    """Whether it is a person who would read the answer: a browser, on a page that is not for programs."""
    if any(request.path == path or request.path.startswith(path) for path in FOR_PROGRAMS):
        return False
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/problem+json"]


def problem_page(problem: Problem) -> Response:
    """A problem for a person."""
    reply = page_reply(render("problem.html", problem=problem), problem.kind.status)
    reply.headers.extend(headers_of(problem))
    reply.headers["Vary"] = "Accept"
    return reply


def passage(quote: Quote) -> Iterator[list[tuple[str, str]]]:
    """The quote in its surroundings: a list for each paragraph, of (what it is, text).

    What it is: `said` for quoted words, `speaker`, `cue` and `day` for the words these rest on, else nothing.
    """
    start = quote.spans[0].start - len(quote.before)
    text = quote.before + quote.printed + quote.after
    marks = [(span, "said") for span in quote.spans]
    beside = ((quote.speaker.span, "speaker"), (quote.cue.span, "cue"), (quote.said_on.span, "day"))
    marks += [(span, kind) for span, kind in beside if span and not _overlaps(span, quote.spans)]
    paragraph: list[tuple[str, str]] = []
    for kind, piece in _pieces(text, start, marks):
        first, *others = piece.split("\n")
        paragraph.append((kind, first))
        for other in others:
            yield from _unless_blank(paragraph)
            paragraph = [(kind, other)]
    yield from _unless_blank(paragraph)


def _pieces(text: str, start: int, marks: list[tuple[Span, str]]) -> Iterator[tuple[str, str]]:
    at = 0
    for span, kind in sorted(marks, key=lambda mark: (mark[0].start, mark[0].end)):
        low, high = max(span.start - start, at), min(span.end - start, len(text))
        if low >= high:
            continue
        yield "", text[at:low]
        yield kind, text[low:high]
        at = high
    yield "", text[at:]


def _unless_blank(paragraph: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    if any(piece.strip() for _, piece in paragraph):
        yield [(kind, piece) for kind, piece in paragraph if piece]


def _overlaps(span: Span, others: tuple[Span, ...]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _params(given: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was params, and what is wrong with it by parameter. What is not for this page is passed over."""
    schema = SearchParameters(unknown=EXCLUDE)
    try:
        return schema.load(given), {}
    except ValidationError as error:
        return schema.load({}), dict(parameter_errors(error.messages_dict))


def _query(params: Mapping[str, Any], facets: tuple[str, ...]) -> Query:
    def one(name: str) -> tuple[str, ...]:
        return (params[name],) if name in params else ()

    return Query(
        q=params.get("q", ""),
        in_passage=True,
        speaker=one("speaker"),
        site=one("site"),
        language=one("language"),
        published=Days(start=params.get("published_from"), end=params.get("published_to")),
        sort=params["sort"].value,
        facet=facets,
        limit=SHOWN,
        cursor=params.get("cursor"),
    )


def _results(entries: Iterable[Entry], query: Query) -> Iterator[dict[str, Any]]:
    """The found quotes, in pieces of (whether it is a hit, text); `around` is set where the hit is beside the words."""
    for entry in entries:
        quote = entry.quote
        text = list(_pieces_of(quote.text, _hits(quote.text, query, entry)))
        around = quote.before + quote.printed + quote.after
        hits = () if any(hit for hit, _ in text) else _hits(around, query, entry)
        title = list(_pieces_of(entry.title or "", _hits(entry.title or "", query, entry)))
        excerpt = list(_excerpt(around, hits)) if hits else None
        yield {"entry": entry, "quote": quote, "text": text, "around": excerpt, "title": title}


def _hits(text: str, query: Query, entry: Entry) -> tuple[Span, ...]:
    return highlight_spans(text, query.q, entry.language, exact=query.exact)


def _pieces_of(text: str, hits: tuple[Span, ...]) -> Iterator[tuple[bool, str]]:
    at = 0
    for span in hits:
        yield False, text[at : span.start]
        yield True, text[span.start : span.end]
        at = span.end
    yield False, text[at:]


def _excerpt(text: str, hits: tuple[Span, ...]) -> Iterator[tuple[bool, str]]:
    """What stands around the first hit, in whole words."""
    low, high = max(0, hits[0].start - AROUND), min(len(text), hits[0].end + AROUND)
    low = text.find(" ", low, hits[0].start) + 1 if low else 0
    high = text.rfind(" ", hits[0].end, high) if high < len(text) else high
    high = max(high, hits[0].end)
    inside = [Span(start=hit.start - low, end=hit.end - low) for hit in hits if hit.end <= high]
    yield False, "… " if low else ""
    yield from _pieces_of(text[low:high], tuple(inside))
    yield False, " …" if high < len(text) else ""


def _facets(page: Page[Entry], given: Mapping[str, str]) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """Ways to narrow the search: (name, [(value, count, link)]), those with a choice alone."""
    found = []
    for name in FACETS:
        buckets = page.facets[name].buckets[:8] if name in page.facets else ()
        if len(buckets) > 1:
            links = current.links()
            kept = [(key, value) for key, value in given.items() if key not in (name, "cursor")]
            rows = [(each.value, each.count, links.search("/", [*kept, (name, each.value)])) for each in buckets]
            found.append((name, rows))
    return found


def _languages(page: Page[Entry] | None) -> list[str]:
    """The languages that the archive's quotes are in; `page` is of all of them, if that was asked for already."""
    page = page or current.archive().search(Query(facet=("language",), limit=1))
    return sorted(bucket.value for bucket in page.facets["language"].buckets)


def render(template: str, **values: Any) -> str:
    """A page out of its template, with the links that all pages have."""
    config = current.config()
    return render_template(
        template,
        links=current.links(),
        base=config.base_url,
        root=urlsplit(config.base_url).path,
        sureness=sureness,
        proof_names=PROOF_NAMES,
        proof_signs=PROOF_SIGNS,
        proof_statement=STATEMENT,
        **values,
    )


@blueprint.app_template_filter("day")
def _day(value: str | None) -> str:
    """A date as a page stated it, for reading: `10 November 2026`."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value or "")
    if match is None:
        return "undated"
    year, month, day = match.groups()
    return " ".join(filter(None, (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year)))


@blueprint.app_template_filter("code")
def _code(text: str) -> Markup:
    """Escaped text in which what stands between backticks is code."""
    pieces = [f"<code>{piece}</code>" if at % 2 else piece for at, piece in enumerate(escape(text).split("`"))]
    return Markup("".join(pieces))  # noqa: S704 - escaped piece by piece


@blueprint.app_template_filter("moment")
def _moment(time: datetime) -> str:
    """One of our own clock's times for reading."""
    return f"{time.day} {MONTHS[time.month - 1]} {time.year}, {time:%H:%M} UTC"


@blueprint.app_template_filter("count")
def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
