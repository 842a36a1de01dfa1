"""People's word: review a quote, withdraw and restore, release what is private, and read what was decided."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api import access, current
from api.answers import Document, moment, snapshot_answer
from api.errors import PRECONDITION_REQUIRED, ApiError
from api.fields import NoParameters
from api.operations import Operations
from api.replies import json_reply, quote_document, quote_etag
from api.schemas.decisions import DecisionReasonSchema, ReviewPatchSchema, RevisionsSchema, WithdrawalSchema
from api.schemas.quotes import QuoteSchema
from api.schemas.snapshots import SnapshotSchema
from archiver.errors import Conflict
from archiver.ingest.decide import Wish
from archiver.ingest.fold import SPEAKER_FIELDS
from archiver.records import Act, Change, Decision, Entry, Quote, SnapshotEntry, Visibility

blueprint = Operations("decisions", __name__, url_prefix="/v1", description="What people confirm, correct or withdraw")
_QUOTE = [{"in": "path", "name": "quote_id", "description": "the id of a quote", "required": True}]
_SNAPSHOT = [{"in": "path", "name": "snapshot_id", "description": "the id of a snapshot", "required": True}]
_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "description": "the `ETag` of the quote as you saw it; required",
    "schema": {"type": "string"},
}
_KEY: list[dict[str, list[str]]] = [{}, {"key": []}]


@blueprint.route("/quotes/<quote_id>", methods=["PATCH"], parameters=_QUOTE)
@blueprint.doc(operationId="reviewQuote", parameters=[_IF_MATCH], security=_KEY)
@blueprint.arguments(ReviewPatchSchema, location="json", error_status_code=400)
@blueprint.response(200, QuoteSchema, description="The quote as it is now")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(412, "PRECONDITION_FAILED")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
@blueprint.alt_response(428, "PRECONDITION_REQUIRED")
def review_quote(params: dict[str, Any], quote_id: str) -> Response:
    """Confirm, correct or dispute who said a quote, when, and of which kind it is.

    A JSON merge patch (RFC 7396). What the program found stays beside it, in the revisions; a dispute hides nothing.
    """
    if not request.headers.get("If-Match"):
        raise ApiError(PRECONDITION_REQUIRED)
    wish = Wish(act=Act.REVIEW, author=access.caller().author, reason=params.pop("reason"), changes=changes_in(params))
    archive = current.archive()
    archive.quote(quote_id)
    archive.decide(wish, quote_id, check=check_unchanged)
    entry = archive.quote(quote_id)
    reply = json_reply(quote_document(entry))
    reply.set_etag(quote_etag(entry))
    return reply


@blueprint.route("/quotes/<quote_id>", methods=["DELETE"], parameters=_QUOTE)
@blueprint.doc(operationId="withdrawQuote", security=_KEY)
@blueprint.arguments(WithdrawalSchema, location="json", error_status_code=400)
@blueprint.response(204, description="It is withdrawn")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
def withdraw_quote(params: dict[str, Any], quote_id: str) -> Response:
    """Withdraw a quote: from now on the answer is 410 (or 451) with the date, the reason and the role."""
    return _decided(Act.WITHDRAW, quote_id, params)


@blueprint.route("/quotes/<quote_id>/restore", methods=["POST"], parameters=_QUOTE)
@blueprint.doc(operationId="restoreQuote", security=_KEY)
@blueprint.arguments(DecisionReasonSchema, location="json", error_status_code=400)
@blueprint.response(204, description="It is there again")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
def restore_quote(params: dict[str, Any], quote_id: str) -> Response:
    """Restore a withdrawn quote."""
    return _decided(Act.RESTORE, quote_id, params)


@blueprint.route("/quotes/<quote_id>/revisions", parameters=_QUOTE)
@blueprint.doc(operationId="listQuoteRevisions")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, RevisionsSchema, description="Who decided what, when and why, oldest first")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def list_quote_revisions(_params: dict[str, Any], quote_id: str) -> Response:
    """List the decisions people made about a quote, and what the program found."""
    archive = current.archive()
    archive.quote(quote_id)
    program = program_facts(archive.read_by_program(quote_id))
    return json_reply({"items": _revisions(archive.decisions(quote_id)), "program": program})


@blueprint.route("/snapshots/<snapshot_id>", methods=["DELETE"], parameters=_SNAPSHOT)
@blueprint.doc(operationId="withdrawSnapshot", security=_KEY)
@blueprint.arguments(WithdrawalSchema, location="json", error_status_code=400)
@blueprint.response(204, description="It is withdrawn, with its quotes and the revisits of its payload")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
def withdraw_snapshot(params: dict[str, Any], snapshot_id: str) -> Response:
    """Withdraw a snapshot with its quotes: the answer is 410 (or 451) with the date, the reason and the role."""
    return _decided(Act.WITHDRAW, snapshot_id, params)


@blueprint.route("/snapshots/<snapshot_id>/restore", methods=["POST"], parameters=_SNAPSHOT)
@blueprint.doc(operationId="restoreSnapshot", security=_KEY)
@blueprint.arguments(DecisionReasonSchema, location="json", error_status_code=400)
@blueprint.response(204, description="It is there again")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
def restore_snapshot(params: dict[str, Any], snapshot_id: str) -> Response:
    """Restore a withdrawn snapshot."""
    return _decided(Act.RESTORE, snapshot_id, params)


@blueprint.route("/snapshots/<snapshot_id>/release", methods=["POST"], parameters=_SNAPSHOT)
@blueprint.doc(operationId="releaseSnapshot", security=_KEY)
@blueprint.arguments(DecisionReasonSchema, location="json", error_status_code=400)
@blueprint.response(200, SnapshotSchema, description="The snapshot, which everybody may see now")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
def release_snapshot(params: dict[str, Any], snapshot_id: str) -> Response:
    """Make a private snapshot public."""
    archive = current.archive()
    row = archive.snapshot(snapshot_id)
    if row.visibility is Visibility.PRIVATE:
        archive.decide(_wish(Act.RELEASE, params), snapshot_id)
    return json_reply(snapshot_answer(archive.snapshot(snapshot_id), current.links()))


def check_writer() -> None:
    """Refuses decisions to clients that may not write, before anything of the request is read."""
    if request.method not in access.READING and request.method != "OPTIONS":
        access.check_writer()


blueprint.before_request(check_writer)


def _decided(act: Act, target: str, params: dict[str, Any]) -> Response:
    archive = current.archive()
    if act is Act.WITHDRAW:
        archive.quote(target) if target.startswith("q") else archive.snapshot(target)
    archive.decide(_wish(act, params), target)
    return Response(status=204)


def _wish(act: Act, params: dict[str, Any]) -> Wish:
    return Wish(act=act, author=access.caller().author, reason=params["reason"], legal=params.get("legal", False))


def changes_in(params: dict[str, Any]) -> tuple[Change, ...]:
    """A merge patch as changes: `{"speaker": {"name": …}}` sets `speaker.name`."""
    speaker = params.pop("speaker", {})
    if speaker is None:
        speaker = dict.fromkeys(SPEAKER_FIELDS)
    flat = {**{f"speaker.{name}": value for name, value in speaker.items()}, **params}
    return tuple(Change(path=path, value=value) for path, value in flat.items())


def check_unchanged(found: Entry | SnapshotEntry) -> None:
    """Raises Conflict where the quote is not as the caller saw it."""
    if isinstance(found, Entry) and not request.if_match.contains(quote_etag(found)):
        raise Conflict("somebody else has changed it in the meantime", remedy="Read it again, then decide")


def _revisions(decisions: tuple[Decision, ...]) -> list[Document]:
    return [
        {
            "id": each.id,
            "act": each.act,
            "at": moment(each.at),
            "by": each.by or None,
            "role": each.role,
            "reason": each.reason,
            "legal": each.legal,
            "changes": [{"path": change.path, "value": change.value} for change in each.changes],
            "based_on": list(each.based_on),
        }
        for each in decisions
    ]


def program_facts(quote: Quote) -> Document:
    """What the program found of what people may review."""
    speaker = {name: getattr(quote.speaker, name) for name in SPEAKER_FIELDS}
    return {"speaker": speaker, "kind": quote.kind, "polarity": quote.polarity, "said_on": quote.said_on.value}
