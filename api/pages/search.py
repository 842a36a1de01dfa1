"""The search page; without a query the start page, which says what the archive holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as WerkzeugResponse

from api import current
from api.errors import PROBLEMS
from api.exports.formats import formats
from api.exports.serving import OF_FILE, wanted_file
from api.pages import timeline
from api.pages.frame import COMPLETE_SCRIPT, blueprint, keep, render
from api.pages.inputs import PageInput, label_of, left_out, page_input, value_label
from api.pages.passages import Result, counts_by_kind, results
from api.pages.strings import day, t
from api.parameters import QuoteParameters
from api.queries import query_of
from api.replies import following_link, page_reply
from archiver.errors import BadQuery, QueryTooHeavy
from archiver.index.search import QUOTE_FACETS
from archiver.records import DateOf, Entry, Facet, Page, Query

FACETS = tuple(
    name
    for name in ("speaker", "outlet", "site", "language", "kind", "year", "month", "polarity", "review")
    if name in QUOTE_FACETS
)
FEW, MORE = 6, 20  # values of a facet that are listed
MAX_LOOSENED = 6  # filters of a search without results that are tried without
NOT_NARROWING = frozenset({"sort", "limit", "cursor", "facet", "facet.size", "highlight", "in", "seed"})
_ORDERING = frozenset({"sort", "seed"})
WORDS_ONLY = "words"
"""The value of the page's `in` that looks for words in the quotes alone, as the API does without `in`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet, how many quotes have it, and the address that adds or removes it."""

    label: str
    count: int | None
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetList:
    """A facet as the page lists it; `more` leads to more of its values."""

    name: str
    values: list[FacetValue]
    others: int
    more: str | None


@blueprint.get("/")
def search() -> Response | WerkzeugResponse:
    """Search quotes, or see what the archive contains.

    Every parameter of `GET /v1/quotes` works here too.
    """
    pairs = list(request.args.items(multi=True))
    if any(not value.strip() for _, value in pairs):
        filled = [(name, value) for name, value in pairs if value.strip()]
        return redirect(current.links().search("/", filled), 302)
    if format_name := wanted_file():
        return redirect(current.links().search("/v1/quotes", _file_pairs(pairs, format_name)), 302)
    words_only = ("in", WORDS_ONLY) in pairs
    given = page_input([pair for pair in pairs if pair != ("in", WORDS_ONLY)], QuoteParameters())
    return _answer(given, words_only=words_only)


def _file_pairs(pairs: list[tuple[str, str]], format_name: str) -> list[tuple[str, str]]:
    """The parameters with which the API gives the same rows as a file."""
    words_only = ("in", WORDS_ONLY) in pairs
    searched = [pair for pair in pairs if pair[0] not in OF_FILE and pair != ("in", WORDS_ONLY)]
    of_file = [pair for pair in pairs if pair[0] in OF_FILE and pair[0] != "format"]
    api = _api_pairs(page_input(searched, QuoteParameters()), words_only=words_only)
    return [*api, *of_file, ("format", format_name)]


def _answer(given: PageInput, *, words_only: bool) -> Response:
    ordered_or_narrowed = any(name in _ORDERING or name not in NOT_NARROWING for name, _ in given.pairs)
    status, problem, page = 200, None, None
    params = given.params if words_only else {**given.params, "in_passage": True}
    query = query_of({**params, "facet": (), "cursor": None})
    cursor = _opened(given)
    try:
        query = query_of({**params, "cursor": cursor, "facet": ()})
        page = current.archive().search(replace(query, facet=FACETS))
    except (BadQuery, QueryTooHeavy) as error:
        name = error.parameter if isinstance(error, BadQuery) else None
        if name and name != "q" and given.value(name):
            reason = ". ".join(filter(None, (error.what, error.remedy)))
            return _answer(left_out(given, name, reason, QuoteParameters()), words_only=words_only)
        problem = {"kind": PROBLEMS[type(error)], "message": error.message}
        status = PROBLEMS[type(error)].status
    values = _narrowing(given, query, page, words_only=words_only) if page else {}
    if page and not page.total.value:
        values["loosened"] = list(_loosened(given, words_only=words_only))
    found = list(results(page.entries, query)) if page else []
    html = render(
        "search.html" if ordered_or_narrowed or "cursor" in given.params else "start.html",
        given=given,
        words_only=words_only,
        problem=problem,
        page=page,
        groups=list(_groups(found, by_article=given.view.get("group") == "article")),
        view=given.view.get("view", "compact"),
        searched=page.searched if page else current.archive().searched(),
        following=keep(following) if page and (following := following_link(page.next)) else None,
        complete_script=Markup(COMPLETE_SCRIPT),  # noqa: S704 - our own file
        **values,
    )
    return page_reply(html, status, script=COMPLETE_SCRIPT, asks=True)


def _opened(given: PageInput) -> str | None:
    """Where the page begins; one that this archive did not issue is the beginning, as an address cut short is."""
    try:
        return current.signer().opened(given.params.get("cursor"))
    except BadQuery:
        return None


def _narrowing(given: PageInput, query: Query, page: Page[Entry], *, words_only: bool) -> dict[str, Any]:
    """Chips, facets, the timeline and the links that take the results elsewhere."""
    search = current.links().search
    api = _api_pairs(given, words_only=words_only)
    followed = [pair for pair in api if pair[0] not in {"sort", "seed"}]
    return {
        "chips": list(_chips(given, words_only=words_only)),
        "facets": list(_facets(page, given)),
        "by_kind": [] if query.collapse else counts_by_kind(_counts(page.facets["kind"])),
        "timeline": _timeline(given, query, page),
        "exports": [(each, search(f"/v1/quotes.{each}", api)) for each in formats()],
        "package": search("/v1/quotes.csv", [*api, ("package", "true")]),
        "json": search("/v1/quotes", api),
        "followed": urlencode(followed),
        "search_name": " · ".join([*given.values("q"), *(label for label, _ in _chips(given, words_only=words_only))]),
        "atom": search("/v1/quotes.atom", followed),
        "json_feed": search("/v1/quotes.feed.json", followed),
        "sorts": _choices(given, "sort", ("-published", "published", "relevance"), "-published"),
        "views": _views(given, "view", ("compact", "comfortable"), "compact"),
        "groupings": _views(given, "group", ("none", "article"), "none"),
    }


def _counts(facet: Facet) -> dict[str, int]:
    return {each.value: each.count for each in facet.buckets}


def _api_pairs(given: PageInput, *, words_only: bool = False) -> list[tuple[str, str]]:
    """The parameters with which the API finds the same; the page looks around the quotes unless they say otherwise."""
    pairs = [pair for pair in given.without(("limit", None), ("facet", None)) if pair[0] != "in"]
    return pairs if words_only or not given.value("q") else [*pairs, ("in", "passage")]


def _page_url(given: PageInput, pairs: list[tuple[str, str]], **view: str) -> str:
    """The address of this page with these parameters and the reader's own view."""
    own = {**{name: value for name, value in given.view.items() if name != "more"}, **view}
    return current.links().search("/", [*pairs, *((name, value) for name, value in own.items() if value)])


def _chips(given: PageInput, *, words_only: bool) -> Iterator[tuple[str, str]]:
    """What narrows the results, as (label, address without it)."""
    for name, value in given.pairs:
        if name not in NOT_NARROWING and name != "q":
            yield label_of(name, value), _page_url(given, given.without((name, value)))
    if words_only:
        yield t("search.label_words_only"), _page_url(given, given.without())


def _loosened(given: PageInput, *, words_only: bool) -> Iterator[tuple[str, int, str]]:
    """Filters whose removal would give results: (label, how many, address). Computed only if a search finds nothing."""
    narrowing = [pair for pair in given.pairs if pair[0] not in NOT_NARROWING and pair[0] != "q"]
    for pair in narrowing[:MAX_LOOSENED]:
        others = given.without(pair)
        params = page_input(others, QuoteParameters()).params
        passage = {} if words_only else {"in_passage": True}
        try:
            page = current.archive().search(
                replace(query_of({**params, **passage, "facet": (), "cursor": None}), limit=1)
            )
        except (BadQuery, QueryTooHeavy):
            continue
        if page.total.value:
            yield label_of(*pair), page.total.value, _page_url(given, others)


def _facets(page: Page[Entry], given: PageInput) -> Iterator[FacetList]:
    for name in FACETS:
        facet = page.facets.get(name)
        if facet is None:
            continue
        values = _facet_values(name, facet, given)
        if len(values) > 1 or any(value.chosen for value in values):
            size = _facet_size(name, given)
            shown = [each for at, each in enumerate(values) if at < size or each.chosen]
            hidden = len(values) > len(shown)
            where = _page_url(given, given.without(), more=name) + f"#facet-{name}" if hidden else None
            yield FacetList(name=name, values=shown, others=facet.others, more=where)


def _facet_size(name: str, given: PageInput) -> int:
    """How many values of a facet are listed: as many as `facet.size` says, else a few, more of the one asked for."""
    if given.value("facet.size"):
        return int(given.params["facet_size"])
    return MORE if given.view.get("more") == name else FEW


def _facet_values(name: str, facet: Facet, given: PageInput) -> list[FacetValue]:
    found, chosen = [], set(_chosen(name, given))
    for bucket in facet.buckets:
        pairs = _facet_pairs(name, bucket.value)
        is_chosen = bucket.value in chosen
        kept = given.without(*pairs) if is_chosen else [*given.without(*((each[0], None) for each in pairs)), *pairs]
        label = _facet_label(name, bucket.value)
        found.append(FacetValue(label=label, count=bucket.count, url=_page_url(given, kept), chosen=is_chosen))
    for value in sorted(chosen - {bucket.value for bucket in facet.buckets}):
        url = _page_url(given, given.without(*_facet_pairs(name, value)))
        found.insert(0, FacetValue(label=_facet_label(name, value), count=None, url=url, chosen=True))
    return found


def _chosen(name: str, given: PageInput) -> list[str]:
    """The values of a facet that the query has."""
    if name not in {"year", "month"}:
        return given.values(name)
    first, last = given.value("published.from"), given.value("published.to")
    size = 4 if name == "year" else 7
    return (
        [first[:size]] if first and _facet_pairs(name, first[:size])[1][1] == last and first[size:] in _STARTS else []
    )


_STARTS = ("-01-01", "-01")


def _facet_pairs(name: str, value: str) -> list[tuple[str, str]]:
    """The parameters that select a value of a facet."""
    if name in {"year", "month"}:
        first, last = timeline.days_of(value)
        return [("published.from", first), ("published.to", last)]
    return [(name, value)]


def _facet_label(name: str, value: str) -> str:
    if name in {"year", "month"}:
        return day(value)
    return value_label(name, value)


def _timeline(given: PageInput, query: Query, page: Page[Entry]) -> dict[str, Any] | None:
    """The bars of the result by day of publication, with the address that each narrows to."""
    first = given.value("published.from") or page.searched.published_from
    last = given.value("published.to") or page.searched.published_to
    try:
        interval = timeline.interval_for(first, last)
        histogram = current.archive().histogram(query, interval, DateOf.PUBLISHED)
    except (BadQuery, QueryTooHeavy, ValueError):
        return None
    drawn = timeline.bars(histogram)
    if len(drawn) < 2:
        return None
    kept = given.without(("published.from", None), ("published.to", None))
    links = [_page_url(given, [*kept, ("published.from", bar.first), ("published.to", bar.last)]) for bar in drawn]
    return {
        "bars": list(zip(drawn, links, strict=True)),
        "width": len(drawn) * (timeline.width_of(len(drawn)) + timeline.GAP),
        "height": timeline.HEIGHT,
        "bar": timeline.width_of(len(drawn)),
        "labelled": timeline.width_of(len(drawn)) >= timeline.LABELLED,
        "undated": histogram.undated,
    }


def _choices(given: PageInput, name: str, values: tuple[str, ...], default: str) -> list[tuple[str, str, bool]]:
    """Links that set a parameter: (label, address, whether it is set)."""
    now = given.value(name) or default
    kept = given.without((name, None))
    return [
        (
            t(f"search.{name}_{_key(value)}"),
            _page_url(given, [*kept, *([] if value == default else [(name, value)])]),
            now == value,
        )
        for value in values
    ]


def _views(given: PageInput, name: str, values: tuple[str, ...], default: str) -> list[tuple[str, str, bool]]:
    """Links that set how the page looks."""
    now = given.view.get(name, default)
    return [
        (
            t(f"search.{name}_{value}"),
            _page_url(given, given.without(), **{name: "" if value == default else value}),
            now == value,
        )
        for value in values
    ]


def _key(value: str) -> str:
    return value.replace("-published", "newest").replace("published", "oldest")


def _groups(found: list[Result], *, by_article: bool) -> Iterator[tuple[Entry | None, list[Result]]]:
    """The results in groups: of one article each, or all in one without a head."""
    if not by_article:
        yield None, found
        return
    for _, members in groupby(found, key=lambda each: each.entry.snapshot_id):
        listed = list(members)
        yield listed[0].entry, listed
