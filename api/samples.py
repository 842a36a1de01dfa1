"""Random samples of a search for people to judge, and what their reviews say."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api import access, current, sampling
from api.fields import NoParameters
from api.operations import Operations
from api.replies import json_reply
from api.schemas.samples import NewSampleSchema, SampleSchema

blueprint = Operations("samples", __name__, url_prefix="/v1", description="Random samples for people to judge")
_SAMPLE = [{"in": "path", "name": "sample_id", "description": "the id of a sample", "required": True}]
_KEY: list[dict[str, list[str]]] = [{}, {"key": []}]


@blueprint.route("/samples", methods=["POST"])
@blueprint.doc(operationId="drawSample", security=_KEY)
@blueprint.arguments(NewSampleSchema, location="json", error_status_code=400)
@blueprint.response(201, SampleSchema, description="The sample; the same draw from the same archive is the same one")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def draw_sample(params: dict[str, Any]) -> Response:
    """Draw a random sample of a search among what everybody may see, and keep it."""
    archive = current.archive()
    sample = sampling.draw(archive, params["search"], seed=params["seed"], size=params["size"])
    reply = json_reply(sampling.document(sampling.result_of(archive, sample), current.links()), status=201)
    reply.headers["Location"] = current.links().sample(sample.id)
    return reply


@blueprint.route("/samples/<sample_id>", parameters=_SAMPLE)
@blueprint.doc(operationId="getSample")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, SampleSchema, description="The sample and what its reviews say now")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_sample(_params: dict[str, Any], sample_id: str) -> Response:
    """Get a random sample with its precision and 95 % interval, overall and by outlet and language."""
    archive = current.archive()
    return json_reply(
        sampling.document(sampling.result_of(archive, sampling.kept(archive, sample_id)), current.links())
    )


@blueprint.before_request
def check_writer() -> None:
    """Refuses drawing to clients that may not write, before anything of the request is read."""
    if request.method not in access.READING and request.method != "OPTIONS":
        access.check_writer()
