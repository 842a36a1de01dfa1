"""Snapshots: search them, read one, its article's text, its WARC record."""

from __future__ import annotations

import re
from typing import Any

from flask import Response

from api import citing, current
from api.answers import page_answer, snapshot_answer
from api.exports import serving, walks
from api.exports.columns import SNAPSHOT_COLUMNS
from api.fields import NoParameters
from api.operations import Operations
from api.pages.snapshot import snapshot_reply
from api.parameters import SnapshotListParameters, TextParameters
from api.queries import snapshot_query_of
from api.replies import bytes_reply, following_link, json_reply
from api.schemas.searches import SnapshotPageSchema
from api.schemas.snapshots import SnapshotSchema
from archiver.errors import NotFound, WarcError
from archiver.index.highlights import highlight, passage
from archiver.records import SnapshotEntry, SnapshotQuery

blueprint = Operations("snapshots", __name__, url_prefix="/v1", description="Saved states of pages")
_ID = [{"in": "path", "name": "snapshot_id", "description": "the id of a snapshot", "required": True}]
_BYTES = {"type": "string", "format": "binary"}
_RANGE = {
    "in": "header",
    "name": "Range",
    "description": "`bytes=0-999`: only this part (RFC 9110)",
    "schema": {"type": "string"},
}


@blueprint.route("/snapshots")
@blueprint.doc(operationId="searchSnapshots")
@blueprint.arguments(SnapshotListParameters, location="query", error_status_code=400)
@blueprint.response(200, SnapshotPageSchema, description="The snapshots, newest capture first by default")
@blueprint.alt_response(406, "NOT_ACCEPTABLE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def search_snapshots(params: dict[str, Any]) -> Response:
    """Search snapshots by the words of their articles and by filters.

    Every redirect hop and every failed page is a snapshot too; `state` and `reason` say what was read from each. As
    CSV, JSON lines, Parquet or XLSX (by `Accept`, `format` or a suffix of the path) it is every row, as with quotes.
    """
    return answer_search(params)


def answer_search(params: dict[str, Any]) -> Response:
    """The answer to `SnapshotListParameters`, in the format that the client wants."""
    format = serving.wanted(params)  # noqa: A001
    params["cursor"] = current.signer().opened(params.get("cursor"))
    query, links, archive = snapshot_query_of(params), current.links(), current.archive()
    if format is not None and not serving.is_one_page():
        return serving.export_reply(walks.snapshots(archive, query, links), format, params, None)
    page = archive.snapshots(query)
    following = following_link(page.next)
    marked = params["highlight"] and bool(query.q)
    items = [snapshot_answer(row, links, _found_in(row, query) if marked else None) for row in page.entries]
    if format is not None:
        one = walks.ResultSet(name="snapshots", columns=SNAPSHOT_COLUMNS, rows=iter([items]))
        return serving.export_reply(one, format, params, following)
    reply = json_reply(page_answer(page, items, following), following=following)
    reply.headers["Vary"] = "Accept"
    return reply


def _found_in(row: SnapshotEntry, query: SnapshotQuery) -> dict[str, Any]:
    """What a search found in an article, marked; nothing where its text cannot be read any more."""
    try:
        text = current.archive().text(row.snapshot.id).decode()
    except (NotFound, WarcError):
        text = ""
    return {
        "passage": passage(text, query.q, row.language, exact=query.exact) or None,
        "title": highlight(row.title, query.q, row.language, exact=query.exact) if row.title else None,
    }


@blueprint.route("/snapshots/<snapshot_id>", parameters=_ID)
@blueprint.doc(operationId="getSnapshot")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, SnapshotSchema, description="The snapshot")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(406, "NOT_ACCEPTABLE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_snapshot(_params: dict[str, Any], snapshot_id: str) -> Response:
    """Read one snapshot: what was saved, and what was read from it.

    `Accept` asks for a citation instead, as with quotes.
    """
    return snapshot_reply(current.archive().snapshot(snapshot_id), citing.JSON)


@blueprint.route("/snapshots/<snapshot_id>/text", parameters=_ID)
@blueprint.doc(operationId="getText", parameters=[_RANGE])
@blueprint.arguments(TextParameters, location="query", error_status_code=400)
@blueprint.response(200, _BYTES, content_type="text/plain", description="The article's text, UTF-8, as its digest says")
@blueprint.alt_response(206, schema=_BYTES, content_type="text/plain", description="The requested range")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(416, "REQUESTED_RANGE_NOT_SATISFIABLE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_text(params: dict[str, Any], snapshot_id: str) -> Response:
    """Read the text that the offsets of a snapshot's quotes refer to.

    `digest` gives the text of an earlier reading; a quote's link names it where the quote's offsets refer to that.
    """
    digest = params.get("digest")
    text = current.archive().text(snapshot_id, digest)
    return bytes_reply(text, content_type="text/plain; charset=utf-8")


@blueprint.route("/snapshots/<snapshot_id>/record", parameters=_ID)
@blueprint.doc(operationId="getRecord", parameters=[_RANGE])
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, _BYTES, content_type="application/warc", description="The WARC record, uncompressed")
@blueprint.alt_response(206, schema=_BYTES, content_type="application/warc", description="The requested range")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(416, "REQUESTED_RANGE_NOT_SATISFIABLE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_record(_params: dict[str, Any], snapshot_id: str) -> Response:
    """Read the WARC record of a snapshot: the bytes as they crossed the wire, with the archive's own head."""
    reply = bytes_reply(current.archive().record(snapshot_id), content_type="application/warc")
    name = re.sub(r"[^A-Za-z0-9]", "", snapshot_id)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.warc"'
    return reply
