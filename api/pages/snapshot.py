"""The pages of a snapshot and of the captures of an address."""

from __future__ import annotations

from collections import Counter

from flask import Response, request

from api import citing, current
from api.answers import snapshot_answer
from api.negotiation import Offer
from api.pages.filing import folders_for_filing, holding
from api.pages.frame import COPY_SCRIPT, blueprint, render
from api.pages.passages import counts_by_kind, results
from api.pages.quote import cited, proof_of
from api.replies import json_reply, page_reply
from archiver.citations.works import Work
from archiver.records import Query, SnapshotEntry


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
    folders = folders_for_filing()
    quotes = archive.quotes_of(row.snapshot.id)
    return render(
        "snapshot.html",
        folders=folders,
        holders=holding(folders, work.id),
        row=row,
        supplied_by=row.snapshot.added.supplier if row.snapshot.added else None,
        snapshot=row.snapshot,
        results=list(results(quotes, Query())),
        by_kind=counts_by_kind(Counter(entry.quote.kind.value for entry in quotes)),
        captures=archive.captures(row.snapshot.url),
        memento=work.addresses.memento,
        replay=current.links().replay(row.snapshot.captured_at, row.snapshot.url),
        timemap=links.timemap("link", row.snapshot.url),
        **proof_of(work),
        **cited(work),
    )
