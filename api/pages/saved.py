"""The passage in the saved page: a banner around the archived HTML, which is in a frame that can do nothing.

The frame has a sandbox of its own and a policy that lets it load images and fonts from one address here, and nothing
else from anywhere. Only this frame may be framed, and only by us.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, abort, request

from api import citing, current
from api.links import live_link
from api.pages.frame import blueprint, render
from api.pages.passages import marks_of
from api.pages.passages import shown as words_shown
from api.replies import IMMUTABLE, page_reply
from api.timestamps import timestamp
from archiver.errors import NotFound
from archiver.records import Entry, QuoteState, Snapshot, SnapshotEntry
from archiver.replay.documents import ShownPage
from archiver.replay.marks import ANCHOR
from archiver.verification.values import CheckResult, ProofLink

SANDBOX = "allow-top-navigation-by-user-activation"
"""What the frame may do: lead the window elsewhere where a person clicks a link. No script, form, popup or origin."""

REQUISITE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
PAGE_READS = 64 << 20


@blueprint.get("/quotes/<quote_id>/page")
def saved(quote_id: str) -> Response:
    """A quote's words in the saved page, marked, under a banner that says what this is and how sure that is."""
    entry, row = _found(quote_id)
    archive, links, snapshot = current.archive(), current.links(), row.snapshot
    shown = _shown(entry, row)
    proof = archive.verification(quote_id, max_file=PAGE_READS)
    results = {check.check: check.result for check in proof.checks}
    html = render(
        "saved.html",
        words=words_shown(entry.quote),
        marks=marks_of(entry.quote, row.language),
        quote=entry.quote,
        row=row,
        snapshot=snapshot,
        shown=shown,
        spans=len(entry.quote.spans),
        in_page=results[ProofLink.TEXT_IN_PAGE] is CheckResult.PASS,
        damaged=proof.damaged,
        overall=proof.overall,
        software=archive.replaying.captured_by(snapshot),
        frame=f"{_frame(quote_id)}#{ANCHOR}-1",
        live=live_link(snapshot.url, [selector.exact for selector in entry.quote.selectors]),
        library=_library(snapshot),
        memento=links.memento(timestamp(snapshot.captured_at), snapshot.url),
        sandbox=SANDBOX,
        plain=request.args.get("styles") == "off",
    )
    reply = page_reply(html, framing=True)
    citing.add_links(reply, citing.work_of(row, entry))
    return reply


@blueprint.get("/quotes/<quote_id>/page/frame")
def saved_frame(quote_id: str) -> Response:
    """The archived HTML of that page, cleaned and marked; only shown in this server's frame."""
    shown = _shown(*_found(quote_id))
    if shown.problem:
        raise NotFound(f"the page cannot be shown: {shown.problem}", where=quote_id)
    own = f"{request.scheme}://{request.host}{_root()}/requisites/"
    reply = Response(shown.html, content_type="text/html; charset=utf-8")
    reply.headers["Content-Security-Policy"] = (
        f"sandbox {SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src {own} data:; font-src {own} data:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    )
    reply.headers["Referrer-Policy"] = "no-referrer"
    reply.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    reply.headers["X-DNS-Prefetch-Control"] = "off"
    return reply


@blueprint.get("/requisites/<snapshot_id>/<path:_url>")
def requisite(snapshot_id: str, _url: str) -> Response:
    """An image or a font of a saved page, as it was answered nearest to the capture of the page."""
    uri: str = request.environ.get("REQUEST_URI") or request.full_path.rstrip("?")
    url = uri.partition(f"/requisites/{snapshot_id}/")[2].replace("%23", "#").partition("#")[0]
    page = current.archive().replaying.requisite(snapshot_id, url)
    if page is None:
        abort(404)
    reply = Response(page.body, content_type=page.content_type or "application/octet-stream")
    reply.headers["Content-Security-Policy"] = REQUISITE_POLICY
    reply.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # the frame has no origin that could be the same
    reply.headers["Access-Control-Allow-Origin"] = "*"  # fonts are requested with CORS
    reply.headers["Referrer-Policy"] = "no-referrer"
    reply.headers["Cache-Control"] = IMMUTABLE
    return reply


def _found(quote_id: str) -> tuple[Entry, SnapshotEntry]:
    archive = current.archive()
    entry = archive.quote(quote_id)
    if entry.quote.state is QuoteState.WITHDRAWN:
        abort(410)
    return entry, archive.snapshot(entry.snapshot_id)


def _shown(entry: Entry, row: SnapshotEntry) -> ShownPage:
    links = current.links()

    def address(url: str) -> str:
        return f"{_root()}/requisites/{row.snapshot.id}/{links.original(url)}"

    def memento(snapshot: Snapshot) -> str:
        return links.memento(timestamp(snapshot.captured_at), snapshot.url)

    plain = request.args.get("styles") == "off"
    return current.archive().replaying.shown_page(entry.quote, row, requisite=address, memento=memento, plain=plain)


def _frame(quote_id: str) -> str:
    query = "?styles=off" if request.args.get("styles") == "off" else ""
    return f"{_root()}/quotes/{quote_id}/page/frame{query}"


def _root() -> str:
    return urlsplit(current.links().base).path


def _library(snapshot: Snapshot) -> str | None:
    """The page in the library's own replay, where one is set."""
    return current.links().replay(snapshot.captured_at, snapshot.url)
