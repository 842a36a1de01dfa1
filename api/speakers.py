"""The people who speak: one across spellings and scripts, and whom people's word joined or separated."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import access, current
from api.check_answers import person_answer, speaker_decision_answer
from api.decisions import check_writer
from api.fields import NoParameters
from api.operations import Operations
from api.replies import json_reply
from api.schemas.comparisons import PersonSchema
from api.schemas.decisions import JoinSchema, SeparationSchema, SpeakerDecisionsSchema
from archiver.people.decide import SpeakerWish

blueprint = Operations("speakers", __name__, url_prefix="/v1", description="The people who speak")
_SPEAKER = [{"in": "path", "name": "speaker_id", "description": "the id of a spelling of a name", "required": True}]
_KEY: list[dict[str, list[str]]] = [{}, {"key": []}]


@blueprint.route("/speakers/<speaker_id>", parameters=_SPEAKER)
@blueprint.doc(operationId="getSpeaker")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, PersonSchema, description="The person")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_speaker(_params: dict[str, Any], speaker_id: str) -> Response:
    """Read a person: one speaker across spellings and scripts, with roles, outlets and quotes by month."""
    return _person(speaker_id)


@blueprint.route("/speakers/<speaker_id>/join", methods=["POST"], parameters=_SPEAKER)
@blueprint.doc(operationId="joinSpeakers", security=_KEY)
@blueprint.arguments(JoinSchema, location="json", error_status_code=400)
@blueprint.response(200, PersonSchema, description="The one person")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def join_speakers(params: dict[str, Any], speaker_id: str) -> Response:
    """Say that two speakers are one person.

    The ids of both lead to that person from now on; searches, facets, statements and checks follow. Separating them
    takes it back.
    """
    current.archive().persons.join(speaker_id, params["speaker"], _wish(params))
    return _person(speaker_id)


@blueprint.route("/speakers/<speaker_id>/separate", methods=["POST"], parameters=_SPEAKER)
@blueprint.doc(operationId="separateSpeakers", security=_KEY)
@blueprint.arguments(SeparationSchema, location="json", error_status_code=400)
@blueprint.response(200, PersonSchema, description="The person that the id leads to now")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def separate_speakers(params: dict[str, Any], speaker_id: str) -> Response:
    """Say that some of a speaker's spellings are another person's. Joining the two takes it back."""
    current.archive().persons.separate(speaker_id, params["spellings"], _wish(params))
    return _person(speaker_id)


@blueprint.route("/speakers/<speaker_id>/decisions", parameters=_SPEAKER)
@blueprint.doc(operationId="listSpeakerDecisions")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, SpeakerDecisionsSchema, description="Who joined or separated what, when and why, oldest first")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def list_speaker_decisions(_params: dict[str, Any], speaker_id: str) -> Response:
    """List the decisions that joined a speaker with others or separated them."""
    decisions = current.archive().persons.decisions(speaker_id)
    return json_reply({"items": [speaker_decision_answer(each) for each in decisions]})


blueprint.before_request(check_writer)


def _wish(params: dict[str, Any]) -> SpeakerWish:
    return SpeakerWish(author=access.caller().author, reason=params["reason"])


def _person(speaker_id: str) -> Response:
    archive = current.archive()
    person = archive.person(speaker_id)
    return json_reply(person_answer(person, archive.attributes().of(person.name), current.links()))
