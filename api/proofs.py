"""The proof of a quote or a snapshot: each link from its words to the signature, checked at the time of asking."""

from __future__ import annotations

from typing import Any

from flask import Response, abort

from api import current
from api.answers import verification_answer
from api.fields import NoParameters
from api.operations import Operations
from api.replies import bytes_reply, json_reply
from api.schemas.proofs import VerificationSchema
from archiver.evidence.package import MEDIA_TYPE
from archiver.records import QuoteState

blueprint = Operations("proofs", __name__, url_prefix="/v1", description="Following a quote to the archived bytes")
RANGE = {
    "in": "header",
    "name": "Range",
    "description": "`bytes=0-999`: only this part (RFC 9110)",
    "schema": {"type": "string"},
}
_QUOTE = [{"in": "path", "name": "quote_id", "description": "the id of a quote in any state", "required": True}]
_SNAPSHOT = [{"in": "path", "name": "snapshot_id", "description": "the id of a snapshot", "required": True}]


@blueprint.route("/quotes/<quote_id>/verification", parameters=_QUOTE)
@blueprint.doc(operationId="verifyQuote")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, VerificationSchema, description="The result of each check; 200 even if one fails")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def verify_quote(_params: dict[str, Any], quote_id: str) -> Response:
    """Check one quote, link by link, from its words to the signature over the file that proves them.

    `overall` is the weakest link: what is not signed is `not_present`, never `pass`.
    """
    archive = current.archive()
    if archive.quote(quote_id).quote.state is QuoteState.WITHDRAWN:
        abort(410)
    return _reply(quote_id)


@blueprint.route("/snapshots/<snapshot_id>/verification", parameters=_SNAPSHOT)
@blueprint.doc(operationId="verifySnapshot")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, VerificationSchema, description="The result of each check; 200 even if one fails")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def verify_snapshot(_params: dict[str, Any], snapshot_id: str) -> Response:
    """Check one snapshot and all quotes that were read from it."""
    return _reply(snapshot_id)


_WACZ = {"type": "string", "format": "binary"}


@blueprint.route("/quotes/<quote_id>/evidence.wacz", parameters=_QUOTE)
@blueprint.doc(operationId="getQuoteEvidence", parameters=[RANGE])
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, _WACZ, content_type=MEDIA_TYPE, description="The package, a ZIP file")
@blueprint.alt_response(206, schema=_WACZ, content_type=MEDIA_TYPE, description="The requested range")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(416, "REQUESTED_RANGE_NOT_SATISFIABLE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def quote_evidence(_params: dict[str, Any], quote_id: str) -> Response:
    """Download a quote with everything that proves it: a WACZ package with a README that explains how to check it.

    The same quote gives the same bytes every time except for signature and time.
    """
    if current.archive().quote(quote_id).quote.state is QuoteState.WITHDRAWN:
        abort(410)
    return _package(quote_id)


@blueprint.route("/snapshots/<snapshot_id>/evidence.wacz", parameters=_SNAPSHOT)
@blueprint.doc(operationId="getSnapshotEvidence", parameters=[RANGE])
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, _WACZ, content_type=MEDIA_TYPE, description="The package, a ZIP file")
@blueprint.alt_response(206, schema=_WACZ, content_type=MEDIA_TYPE, description="The requested range")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(416, "REQUESTED_RANGE_NOT_SATISFIABLE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def snapshot_evidence(_params: dict[str, Any], snapshot_id: str) -> Response:
    """Download a snapshot with its current quotes and everything that proves them."""
    return _package(snapshot_id)


def _package(identifier: str) -> Response:
    reply = bytes_reply(current.archive().evidence([identifier]), content_type=MEDIA_TYPE)
    name = "".join(char for char in identifier if char.isascii() and char.isalnum())
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.wacz"'
    return reply


def _reply(identifier: str) -> Response:
    reply = json_reply(verification_answer(current.archive().verification(identifier)))
    reply.headers["Cache-Control"] = "no-store"  # it is about the files as they are now
    return reply
