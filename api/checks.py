"""Checks: did they say it? One claim, a thousand of them, or every quote of a text beside the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from flask import Response, abort, request, stream_with_context
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from api import access, current, jobs
from api.answers import Document
from api.check_answers import check_answer, checks_csv, report_answer
from api.errors import InvalidParameters, problem_answer, problem_of
from api.fields import NoParameters, parameter_errors
from api.guard import MAX_CHECKS_BODY, json_object
from api.operations import Operations
from api.replies import json_reply
from api.schemas.comparisons import CheckSchema, ClaimSchema, ReportSchema
from api.schemas.jobs import CaptureSchema, JobSchema
from archiver.checks.check import Claim
from archiver.checks.report import CheckReport
from archiver.errors import OnRecordError
from archiver.records import Days

blueprint = Operations("checks", __name__, url_prefix="/v1", description="Claimed words beside what was said")

MAX_CLAIMS = 1000
NDJSON, CSV = "application/x-ndjson", "text/csv"
TEXTS = ("text/plain", "text/html", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")

_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": {"oneOf": [ClaimSchema, CaptureSchema]}},
        NDJSON: {"schema": {"type": "string", "description": f"a claim on each line, at most {MAX_CLAIMS}"}},
        **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in TEXTS},
    },
}
_ANSWERS = {
    "content": {
        "application/json": {"schema": {"oneOf": [CheckSchema, ReportSchema]}},
        NDJSON: {"schema": {"type": "string", "description": "a check, or a problem, on each line"}},
        CSV: {"schema": {"type": "string"}},
    }
}


_SNAPSHOT = [{"in": "path", "name": "snapshot_id", "description": "the id of a snapshot", "required": True}]


@blueprint.route("/checks", methods=["POST"])
@blueprint.doc(operationId="check", requestBody=_BODY, responses={200: _ANSWERS})
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, CheckSchema, description="The verdict, the difference, and what was searched")
@blueprint.alt_response(202, schema=JobSchema, description="The job of a capture; `Location` leads to it")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def check_claim(_params: dict[str, Any]) -> Response:
    """Check whether somebody said something.

    A read. A JSON claim gives a check; NDJSON gives a check for each line, streamed; a text (plain, HTML, .docx) gives
    a report on every quote in it, as JSON or, with `Accept: text/csv`, as CSV. `{"url"}` is a capture (for writers): it
    answers a job, which leads to the checks of the page's quotes.
    """
    kind = request.mimetype
    if kind in {NDJSON, *TEXTS}:
        request.max_content_length = MAX_CHECKS_BODY
    if kind == NDJSON:
        return Response(stream_with_context(_answers(request.get_data().splitlines())), mimetype=NDJSON)
    if kind in TEXTS:
        return _report(current.archive().comparisons.check_text(request.get_data(), kind))
    if kind != "application/json":
        abort(415)
    body = json_object(request.get_data())
    return _captured(body) if "url" in body else json_reply(_checked(claim_in(body)))


def _captured(body: dict[str, Any]) -> Response:
    """A page of the web is captured first; the job leads to the checks of its quotes."""
    access.check_writer()
    try:
        params = CaptureSchema().load(body)
    except ValidationError as error:
        raise InvalidParameters(list(parameter_errors(error.messages_dict))) from None
    return jobs.queued(params)


@blueprint.route("/snapshots/<snapshot_id>/checks", parameters=_SNAPSHOT)
@blueprint.doc(operationId="checkSnapshot")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, ReportSchema, description="A check for each quote of the snapshot")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def check_snapshot(_params: dict[str, Any], snapshot_id: str) -> Response:
    """Check every quote of a snapshot against the rest of the archive.

    As CSV with `Accept: text/csv`.
    """
    return _report(current.archive().comparisons.check_snapshot(snapshot_id))


def claim_in(body: dict[str, Any]) -> Claim:
    """The claim in a JSON object. Raises InvalidParameters naming what is wrong with it."""
    try:
        given: dict[str, Any] = ClaimSchema().load(body)
    except ValidationError as error:
        raise InvalidParameters(list(parameter_errors(error.messages_dict))) from None
    days = given.get("published") or {}
    return Claim(
        text=given["text"],
        speaker=given.get("speaker"),
        published=Days(start=days.get("start"), end=days.get("end")),
        language=given.get("language"),
    )


def _checked(claim: Claim) -> Document:
    report = current.archive().comparisons.check(claim)
    return _answer(report)


def _answer(report: CheckReport) -> Document:
    rows = current.archive().snapshots_by_id({match.entry.snapshot_id for match in report.matches})
    return check_answer(report, rows, current.links())


def _answers(lines: list[bytes]) -> Iterator[bytes]:
    """A line for each claim; one that cannot be checked is a problem on its line, and the rest continues."""
    links = current.links()
    given = [line for line in lines if line.strip()]
    if len(given) > MAX_CLAIMS:
        raise InvalidParameters([("body", f"has {len(given):,} claims, more than {MAX_CLAIMS:,}")])

    def answers() -> Iterator[bytes]:
        for line in given:
            try:
                answer = _checked(claim_in(json_object(line)))
            except (OnRecordError, HTTPException) as error:
                answer = problem_answer(problem_of(error), links, links.path(request.path))
            yield orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)

    return answers()


def _report(reports: Iterable[CheckReport]) -> Response:
    archive = current.archive()
    checks = [_answer(report) for report in reports]
    if request.accept_mimetypes.best_match(["application/json", CSV]) == CSV:
        return Response(checks_csv(checks), content_type=f"{CSV}; charset=utf-8; header=present")
    return json_reply(report_answer(checks, archive.searched()))
