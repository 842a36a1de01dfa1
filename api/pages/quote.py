"""The page of a quote: the words in their paragraph, who, when, why, where the proof is, and how to cite it."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, abort
from markupsafe import Markup

from api import citing, current
from api.answers import quote_answer
from api.links import live_link
from api.negotiation import Offer
from api.pages.filing import folders_for_filing, holding
from api.pages.frame import COPY_SCRIPT, blueprint, render
from api.pages.passages import marks_of, passage, shown
from api.pages.strings import citation_locale
from api.pages.trail import why
from api.replies import json_reply, page_reply
from archiver.citations import linked
from archiver.citations.works import Work
from archiver.index.identity import statement_id
from archiver.records import Entry, QuoteState, SnapshotEntry
from archiver.verification.values import ProofLink

PAGE_READS = 64 << 20
"""Bytes of a file that is read whole to show a page; larger ones are checked when the verification is requested."""


@blueprint.get("/quotes/<quote_id>")
def quote(quote_id: str) -> Response:
    """A quote for citing: the words in their paragraph, who, when, why, and where the proof is."""
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
    folders = folders_for_filing()
    return render(
        "quote.html",
        folders=folders,
        holders=holding(folders, work.id),
        quote=entry.quote,
        entry=entry,
        row=row,
        snapshot=row.snapshot,
        passage=list(passage(entry.quote)),
        words=shown(entry.quote),
        marks=marks_of(entry.quote, row.language),
        supplied_by=row.snapshot.added.supplier if row.snapshot.added else None,
        why=why(entry.quote),
        statement_id=statement_id(entry.quote),
        others=current.archive().comparisons.other_outlets(entry),
        live=live_link(row.snapshot.url, [selector.exact for selector in entry.quote.selectors]),
        memento=work.addresses.memento,
        replay=current.links().replay(row.snapshot.captured_at, row.snapshot.url),
        text_digest=entry.quote.text_digest if entry.quote.text_digest != row.text_digest else None,
        **proof_of(work),
        **cited(work),
    )


def proof_of(work: Work) -> dict[str, Any]:
    """The chain of proof of a page, with where each link leads."""
    links, snapshot = current.links(), work.row.snapshot
    quote = work.quote
    older = quote.text_digest if quote and quote.text_digest != work.row.text_digest else None
    text, record = links.text(snapshot.id, older), links.record(snapshot.id)
    where = {ProofLink.QUOTE_IN_TEXT: text, ProofLink.TEXT_DIGEST: text, ProofLink.TEXT_IN_PAGE: work.addresses.memento}
    where |= dict.fromkeys((ProofLink.PAYLOAD_DIGEST, ProofLink.BLOCK_DIGEST, ProofLink.RECORD_IN_FILE), record)
    proof = current.archive().verification(work.id, max_file=PAGE_READS)
    return {"proof": proof, "proof_links": where}


def cited(work: Work) -> dict[str, Any]:
    """What the cite box and the linked data of a page are made from."""
    return {
        "citing": citing.cite_box(work, citation_locale()),
        "copy_script": Markup(COPY_SCRIPT),  # noqa: S704 - our own file
        "json_ld": embedded(work),
    }


def embedded(work: Work) -> Markup:
    """schema.org data for a script element: no text in it can end the element."""
    document = orjson.dumps(linked.schema_org(work)).decode()
    return Markup(document.replace("<", "\\u003c"))  # noqa: S704 - made safe right here
