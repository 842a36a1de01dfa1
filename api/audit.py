"""The audit log, for administrators."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from api import access, current
from api.fields import BoundedInt, Parameters
from api.operations import Operations
from api.replies import json_reply
from api.schemas.shapes import Shape
from archiver.audit import Action, Audit

blueprint = Operations("audit", __name__, url_prefix="/v1", description="Who did what with the archive")


class AuditParameters(Parameters):
    """Which lines."""

    limit = BoundedInt(1, 1000, load_default=100, metadata={"description": "how many, the newest"})


class AuditLineSchema(Shape):
    """One thing that was done."""

    at = fields.String(required=True, metadata={"format": "date-time"})
    action = fields.Enum(Action, by_value=True, required=True)
    by = fields.String(required=True, metadata={"description": "the account or key"})
    target = fields.String(required=True)
    before = fields.String(required=True, metadata={"description": "digest of the line before"})


class AuditSchema(Shape):
    """The newest lines, oldest first; each was checked to follow the one before it."""

    items = fields.List(fields.Nested(AuditLineSchema), required=True)


@blueprint.route("/audit")
@blueprint.doc(operationId="listAudit", security=[{"key": []}])
@blueprint.arguments(AuditParameters, location="query", error_status_code=400)
@blueprint.response(200, AuditSchema, description="The newest lines, oldest first")
@blueprint.alt_response(401, "UNAUTHORIZED")
@blueprint.alt_response(403, "FORBIDDEN")
def list_audit(params: dict[str, Any]) -> Response:
    """List every action on the archive and the account or key behind it. For administrators' keys."""
    lines = list(Audit(current.config().archive).lines())[-params["limit"] :]
    items = [
        {"at": each.at, "action": each.action, "by": each.by, "target": each.target, "before": each.before}
        for each in lines
    ]
    reply = json_reply({"items": items})
    reply.headers["Cache-Control"] = "no-store"
    return reply


blueprint.before_request(access.check_admin)
