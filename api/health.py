"""Health of the server, by part."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from flask import Response

from api import current
from api.answers import Document
from api.fields import NoParameters
from api.operations import Operations
from api.replies import json_reply
from api.schemas.health import HealthSchema
from archiver.errors import OnRecordError
from archiver.jobs import Jobs, JobStatus

blueprint = Operations("health", __name__, url_prefix="/v1", description="Health of the server")


@blueprint.route("/health")
@blueprint.doc(operationId="getHealth")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, HealthSchema, description="Status of each component, also when something is wrong")
def get_health(_params: dict[str, Any]) -> Response:
    """Report the status of each component.

    The answer is 200 whenever the server answers at all; `ok` says whether everything works.
    """
    parts = {part.name: _part(ok=part.ok, detail=part.detail) for part in current.archive().health()}
    parts["captures"] = _captures(current.jobs())
    well = all(part["ok"] for part in parts.values())
    reply = json_reply({"ok": well, "version": version("onrecord"), "parts": parts})
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _captures(queue: Jobs | None) -> Document:
    if queue is None:
        return _part(ok=True, detail="this server does not accept captures")
    try:
        counts = queue.counts()
    except OnRecordError as error:
        return _part(ok=False, detail=error.what)
    waiting = f"{counts[JobStatus.QUEUED]} waiting, {counts[JobStatus.RUNNING]} running"
    return _part(ok=queue.working, detail=waiting if queue.working else "no worker is running")


def _part(*, ok: bool, detail: str) -> Document:
    return {"ok": ok, "detail": detail or None}
