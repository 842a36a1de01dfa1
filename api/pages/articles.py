"""Articles by their words, whether they hold quotes or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from api import current
from api.errors import PROBLEMS
from api.exports.formats import formats
from api.exports.serving import OF_FILE, wanted_file
from api.pages.frame import blueprint, keep, render
from api.pages.inputs import PageInput, label_of, page_input
from api.pages.passages import AROUND, excerpt
from api.pages.strings import language_name
from api.parameters import SnapshotParameters, SnapshotSort
from api.queries import snapshot_query_of
from api.replies import following_link, page_reply
from archiver.errors import BadQuery, NotFound, QueryTooHeavy, WarcError
from archiver.index.highlights import highlight_spans
from archiver.records import ExtractionState, Page, SnapshotEntry, SnapshotQuery

FACETS = ("outlet", "site", "language", "month")


@blueprint.get("/articles")
def articles() -> Response | WerkzeugResponse:
    """Search articles by the words of their title and text.

    Every parameter of `GET /v1/snapshots` works here too; articles alone are shown unless `state` says otherwise.
    """
    pairs = list(request.args.items(multi=True))
    if any(not value.strip() for _, value in pairs):
        filled = [(name, value) for name, value in pairs if value.strip()]
        return redirect(current.links().search("/articles", filled), 302)
    if format_name := wanted_file():
        api = page_input([pair for pair in pairs if pair[0] not in OF_FILE], SnapshotParameters()).without()
        of_file = [pair for pair in pairs if pair[0] in OF_FILE and pair[0] != "format"]
        return redirect(current.links().search("/v1/snapshots", [*api, *of_file, ("format", format_name)]), 302)
    return _answer(page_input(pairs, SnapshotParameters()))


def _answer(given: PageInput) -> Response:
    params = given.params if given.values("state") else {**given.params, "state": list(_ARTICLES)}
    query, page, problem, status = snapshot_query_of({**params, "facet": (), "cursor": None}), None, None, 200
    try:
        cursor = current.signer().opened(given.params.get("cursor"))
        query = snapshot_query_of({**params, "facet": (), "cursor": cursor})
        page = current.archive().snapshots(replace(query, facet=FACETS))
    except (BadQuery, QueryTooHeavy) as error:
        problem = {"kind": PROBLEMS[type(error)], "message": error.message}
        status = PROBLEMS[type(error)].status
    links = current.links()
    html = render(
        "articles.html",
        given=given,
        problem=problem,
        page=page,
        rows=[(row, _found_in(row, query)) for row in page.entries] if page else [],
        facets=list(_facets(page, given)) if page else [],
        chips=[(label_of(*pair), links.search("/articles", given.without(pair))) for pair in _narrowing(given)],
        order=_ORDERS.get(given.value("sort")),
        searched=page.searched if page else current.archive().searched(),
        exports=[(each, links.search(f"/v1/snapshots.{each}", given.without(("limit", None)))) for each in formats()],
        following=keep(following) if page and (following := following_link(page.next)) else None,
    )
    return page_reply(html, status)


_ARTICLES = (ExtractionState.DONE, ExtractionState.LIMITED)
_NOT_NARROWING = frozenset({"q", "sort", "limit", "cursor", "facet", "facet.size", "highlight"})
_ORDERS = {"": "saved_latest", SnapshotSort.NEWEST: "saved_latest", SnapshotSort.OLDEST: "saved_first"}
"""What the page says of each order but that of relevance, by the value of `sort`."""


def _narrowing(given: PageInput) -> list[tuple[str, str]]:
    """The parameters that narrow the results, but for the words."""
    return [pair for pair in given.pairs if pair[0] not in _NOT_NARROWING]


def _facets(page: Page[SnapshotEntry], given: PageInput) -> Any:
    """Ways to narrow: (name, [(label, count, address)])."""
    for name in FACETS:
        facet = page.facets.get(name)
        if name == "month" or facet is None or len(facet.buckets) < 2:
            continue
        search, kept = current.links().search, given.without((name, None))
        rows = [
            (
                language_name(each.value) if name == "language" else each.value,
                each.count,
                search("/articles", [*kept, (name, each.value)]),
            )
            for each in facet.buckets[:8]
        ]
        yield name, rows


def _found_in(row: SnapshotEntry, query: SnapshotQuery) -> list[tuple[bool, str]]:
    """The passage of the article around the first words found, in pieces of (is a hit, text)."""
    if not query.q or row.text_digest is None:
        return []
    try:
        text = current.archive().text(row.snapshot.id).decode()
    except (NotFound, WarcError):
        return []
    body = text.partition("\n")[2] or text
    hits = highlight_spans(body, query.q, row.language, exact=query.exact)
    return list(excerpt(body, hits)) if hits else [(False, body[: 2 * AROUND].rsplit(" ", 1)[0] + " …")]
