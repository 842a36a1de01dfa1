"""Ways in without a search word: days, outlets, people."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, request

from api import current
from api.pages import timeline
from api.pages.frame import blueprint, render
from api.pages.passages import counts_by_kind, results
from api.replies import page_reply
from archiver.errors import BadQuery
from archiver.records import Bucket, DateOf, Days, Interval, Query

LISTED = 200
NEWEST = 20


@blueprint.get("/days")
def years() -> Response:
    """Browse by day: the months of all years, with how many quotes were published in each."""
    months = _counts(Query(), Interval.MONTH)
    by_year: dict[str, list[Bucket]] = {}
    for bucket in months:
        by_year.setdefault(bucket.value[:4], []).append(bucket)
    return page_reply(render("days.html", years=dict(reversed(by_year.items())), month=None, days=[]))


@blueprint.get("/days/<month>")
def days(month: str) -> Response:
    """Browse by day: the days of a month, with how many quotes were published on each."""
    try:
        date.fromisoformat(f"{month}-01")
        first, last = timeline.days_of(month)
    except ValueError:
        abort(404)
    counts = _counts(Query(published=Days(start=first, end=last)), Interval.DAY)
    of_month = [bucket for bucket in counts if bucket.value.startswith(month)]
    return page_reply(render("days.html", years={}, month=month, days=of_month))


@blueprint.get("/outlets")
def outlets() -> Response:
    """The outlets that the archive has quotes from, those with the most first."""
    page = current.archive().search(Query(facet=("outlet",), facet_size=LISTED, limit=1))
    return page_reply(
        render("outlets.html", outlets=page.facets["outlet"].buckets, others=page.facets["outlet"].others)
    )


@blueprint.get("/outlets/<path:name>")
def outlet(name: str) -> Response:
    """An outlet: its sites, whom it quotes, how many quotes it has by kind and year, and the newest ones."""
    facets = ("site", "speaker", "kind", "year", "language")
    query = Query(outlet=(name,), facet=facets, limit=NEWEST)
    page = current.archive().search(query)
    if not page.total.value:
        abort(404, "The archive has no quotes from an outlet of this name.")
    html = render(
        "outlet.html",
        name=name,
        page=page,
        by_kind=counts_by_kind({each.value: each.count for each in page.facets["kind"].buckets}),
        results=list(results(page.entries, query)),
    )
    return page_reply(html)


@blueprint.get("/people")
def people() -> Response:
    """The people who are quoted, those with the most quotes first; `prefix` asks for the beginning of a name."""
    prefix = request.args.get("prefix", "").strip()[:200]
    found = current.archive().speakers(prefix, LISTED)
    return page_reply(render("people.html", prefix=prefix, people=found, full=len(found) == LISTED))


def _counts(query: Query, interval: Interval) -> list[Bucket]:
    try:
        return list(current.archive().index.histogram(query, interval, DateOf.PUBLISHED).buckets)
    except BadQuery:
        return []
