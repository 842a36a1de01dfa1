"""Statements, and the history of quotes and pages: what only a look across articles shows."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import current
from api.check_answers import (
    changes_answer,
    difference_answer,
    history_answer,
    occurrences_answer,
    statement_answer,
)
from api.fields import NoParameters
from api.operations import Operations
from api.replies import following_link, json_reply
from api.schemas.comparisons import (
    ChangesParameters,
    ChangesSchema,
    DiffParameters,
    HistorySchema,
    OccurrencesSchema,
    PageDifferenceSchema,
    StatementSchema,
)
from archiver.history.choice import FIRST, LATEST

blueprint = Operations("statements", __name__, url_prefix="/v1", description="The same words elsewhere, and later")
_QUOTE = [{"in": "path", "name": "quote_id", "description": "the id of a quote", "required": True}]
_STATEMENT = [{"in": "path", "name": "statement_id", "description": "the id of a wording", "required": True}]


@blueprint.route("/statements/<statement_id>", parameters=_STATEMENT)
@blueprint.doc(operationId="getStatement")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, StatementSchema, description="The statement")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_statement(_params: dict[str, Any], statement_id: str) -> Response:
    """Read a statement: the same words by the same speaker, wherever they are printed.

    The id of any of its wordings leads to it; `id` is the smallest of them.
    """
    return json_reply(statement_answer(current.archive().comparisons.statement(statement_id), current.links()))


@blueprint.route("/quotes/<quote_id>/occurrences", parameters=_QUOTE)
@blueprint.doc(operationId="listOccurrences")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, OccurrencesSchema, description="All printings, oldest first")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def list_occurrences(_params: dict[str, Any], quote_id: str) -> Response:
    """List where a quote's statement is printed, oldest first, with the difference in words.

    A printing in an article of nearly the same text as an earlier one is marked as a syndicated copy.
    """
    archive = current.archive()
    statement, found = archive.comparisons.occurrences(quote_id)
    rows = archive.snapshots_by_id({each.entry.snapshot_id for each in found})
    return json_reply(occurrences_answer(statement, found, rows, current.links()))


@blueprint.route("/quotes/<quote_id>/history", parameters=_QUOTE)
@blueprint.doc(operationId="getHistory")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, HistorySchema, description="An observation for each capture, oldest first")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_history(_params: dict[str, Any], quote_id: str) -> Response:
    """Follow a quote through the captures of its page.

    Observations only: words that are absent from a capture need not have been deleted.
    """
    return json_reply(history_answer(quote_id, current.archive().comparisons.history(quote_id), current.links()))


@blueprint.route("/diff")
@blueprint.doc(operationId="getDiff")
@blueprint.arguments(DiffParameters, location="query", error_status_code=400)
@blueprint.response(200, PageDifferenceSchema, description="The article by word, the quotes one by one")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_diff(params: dict[str, Any]) -> Response:
    """Compare two captures of a page: the first and the latest unless others are named."""
    url = params["url"]
    found = current.archive().comparisons.difference(url, params.get("from_", FIRST), params.get("to", LATEST))
    return json_reply(difference_answer(url, found, current.links()))


@blueprint.route("/changes")
@blueprint.doc(operationId="listChanges")
@blueprint.arguments(ChangesParameters, location="query", error_status_code=400)
@blueprint.response(200, ChangesSchema, description="Edits, newest first")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def list_changes(params: dict[str, Any]) -> Response:
    """List the captures in which an article differs from the previous capture, newest first."""
    cursor = current.signer().opened(params.get("cursor"))
    found = current.archive().comparisons.edits(tuple(params.get("site", ())), cursor)
    following = following_link(found.next)
    return json_reply(changes_answer(found, current.links(), following), following=following)
