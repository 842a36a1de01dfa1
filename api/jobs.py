"""Captures that clients ask for: they are queued as jobs, and a job says how far it is."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import replace
from typing import Any

from flask import Response, abort, request

from api import access, current
from api.answers import Document, moment
from api.durations import read_duration
from api.errors import NOT_IMPORTABLE, REUSED, SERVER_ERRORS, ApiError, InvalidParameters, ProblemType, kind_named
from api.fields import NoParameters
from api.links import Links
from api.operations import Operations
from api.replies import json_reply
from api.schemas.jobs import CaptureSchema, JobSchema
from archiver.errors import NotFound
from archiver.jobs import Job, Jobs, JobStatus

blueprint = Operations("jobs", __name__, url_prefix="/v1", description="Capture jobs")

MAX_WAIT = 30  # seconds
MAX_WAITING = 4  # requests that may hold a thread while they wait
ASK_AGAIN = 2  # seconds

_ID = [{"in": "path", "name": "job_id", "description": "the id of a job", "required": True}]
_PREFER = {
    "in": "header",
    "name": "Prefer",
    "description": f"`wait=20` waits that many seconds for the end, at most {MAX_WAIT} (RFC 7240)",
    "schema": {"type": "string"},
}
_ONCE = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "the same key and body again gives the same job, so that a request can be repeated safely",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
_waiting = threading.BoundedSemaphore(MAX_WAITING)


@blueprint.route("/snapshots", methods=["POST"])
@blueprint.doc(operationId="captureSnapshot", parameters=[_PREFER, _ONCE], security=[{}, {"key": []}])
@blueprint.arguments(CaptureSchema, location="json", error_status_code=400)
@blueprint.response(202, JobSchema, description="The job; `Location` leads to it")
@blueprint.alt_response(201, schema=JobSchema, description="The job is done; `Location` leads to the snapshot")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
@blueprint.alt_response(429, "TOO_MANY_REQUESTS")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
@blueprint.alt_response(507, "INSUFFICIENT_STORAGE")
def capture_snapshot(params: dict[str, Any]) -> Response:
    """Capture a page now.

    For clients on the server's own machine, and for others with a key for writing.
    """
    return queued(params)


def queued(params: dict[str, Any]) -> Response:
    """The job of a capture that `CaptureSchema` describes, or its result if the client waits for it."""
    age = params.get("max_age")
    max_age = None if age is None else read_duration(age, parameter="max_age")
    queue, links = current.jobs(), current.links()
    if queue is None:
        abort(503)
    job = queue.submit(params["url"], max_age, token=_token(), private=params["private"])
    if job is None:
        abort(429)
    if (job.url, job.max_age) != (params["url"], max_age):
        raise ApiError(REUSED)
    seconds = _seconds_to_wait()
    if seconds is not None and _waiting.acquire(blocking=False):
        try:
            job = queue.wait(job.id, seconds)
        finally:
            _waiting.release()
    return accepted(_seen(job), links, waited=seconds is not None)


@blueprint.route("/jobs/<job_id>", parameters=_ID)
@blueprint.doc(operationId="getJob")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, JobSchema, description="The job")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_job(_params: dict[str, Any], job_id: str) -> Response:
    """Report the progress of a capture."""
    queue = current.jobs()
    if queue is None:
        abort(404)
    job = seen_job(queue, job_id)
    reply = json_reply(job_answer(job, current.links()))
    if not job.ended:
        reply.headers["Retry-After"] = str(ASK_AGAIN)
    return reply


def seen_job(queue: Jobs, job_id: str) -> Job:
    """A job as the caller may see it. Raises NotFound: that of a private page is for those who may see or save it."""
    job = _seen(queue.job(job_id))
    if job.private and not job.snapshots and not access.may_write():
        raise NotFound("there is no such job", where=job_id)
    return job


def _seen(job: Job) -> Job:
    """The job; of private pages without the snapshots that the caller may not see."""
    if not job.private:
        return job
    seen = current.archive().snapshots_by_id(job.snapshots)
    return replace(job, snapshots=tuple(each for each in job.snapshots if each in seen))


def check_writer() -> None:
    """Refuses captures to clients that may not write, before anything of the request is read."""
    if request.endpoint == f"{blueprint.name}.{capture_snapshot.__name__}" and request.method == "POST":
        access.check_writer()


blueprint.before_request(check_writer)


def job_answer(job: Job, links: Links) -> Document:
    """A job as JSON."""
    final = job.snapshots[-1] if job.snapshots else None
    return {
        "id": job.id,
        "url": job.url,
        "status": job.status,
        "step": job.step,
        "created_at": moment(job.created_at),
        "ended_at": moment(job.ended_at),
        "snapshots": list(job.snapshots),
        "file": job.url if job.supplied_by else None,
        "report": job.report,
        "problem": _problem(job, links),
        "links": {
            "self": links.job(job.id),
            "snapshot": links.snapshot(final) if final else None,
            "quotes": links.quotes_of(final) if final else None,
            "checks": links.checks_of(final) if final else None,
        },
    }


def kind_of(job: Job) -> ProblemType:
    """The kind of problem that stopped a job; of an import an unusable file is not the server's fault."""
    if job.supplied_by and job.error in {"WarcError", "NotFound"}:
        return NOT_IMPORTABLE
    return kind_named(job.error or "")


def _problem(job: Job, links: Links) -> Document:
    if job.error is None:
        return dict.fromkeys(("type", "title", "status", "detail", "instance"))
    kind = kind_of(job)
    return {
        "type": links.problem(kind.slug),
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning if kind.status in SERVER_ERRORS else job.detail,
        "instance": links.job(job.id),
    }


def accepted(job: Job, links: Links, *, waited: bool) -> Response:
    """202 and where the job is, or where it was waited for and is done, 201 and where its snapshot is."""
    done = waited and job.status is JobStatus.DONE
    reply = json_reply(job_answer(job, links), status=201 if done else 202)
    reply.headers["Location"] = links.snapshot(job.snapshots[-1]) if done and job.snapshots else links.job(job.id)
    if done:
        reply.headers["Content-Location"] = links.job(job.id)
    elif not job.ended:
        reply.headers["Retry-After"] = str(ASK_AGAIN)
    if waited:
        reply.headers["Preference-Applied"] = "wait"
    return reply


def _token() -> str | None:
    """What makes a repeated request the same one: its `Idempotency-Key`, among those of the same caller."""
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return None
    if not re.fullmatch(r"[!-~]{1,255}", given):
        raise InvalidParameters([("Idempotency-Key", "is not 1 to 255 visible ASCII characters")])
    return hashlib.sha256(f"{access.caller().name} {given}".encode()).hexdigest()


def _seconds_to_wait() -> float | None:
    """What `Prefer: wait=…` asks for, at most MAX_WAIT; None without it. Unreadable preferences are ignored."""
    for preference in ",".join(request.headers.getlist("Prefer")).split(","):
        if match := re.fullmatch(r'\s*wait\s*=\s*"?([0-9]{1,6})"?\s*(;.*)?', preference, re.IGNORECASE):
            return float(min(int(match[1]), MAX_WAIT))
    return None
