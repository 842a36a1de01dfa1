"""What a person decided about speakers, as a WARC record, and back.

A decision is a `metadata` record whose block is one W3C annotation in JSON-LD, as those about quotes are; its targets
are the spellings that it is about. It belongs to no snapshot: who is one person holds wherever the names are printed.
"""

from __future__ import annotations

from typing import Any

import orjson

from archiver.errors import WarcDamaged
from archiver.records import SpeakerAct, SpeakerDecision, WarcRecord
from archiver.speakers.keys import person_id
from archiver.values import Malformed, from_plain, to_plain

SPEAKERS_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"; onrecord=speakers'
"""The media type of these records; the parameter keeps them apart from other annotations."""

OURS = "urn:onrecord:"
FORMAT = 1
"""Raised when the shape of the record changes so that older programs misread it."""

_MOTIVATIONS = {SpeakerAct.JOIN: "linking", SpeakerAct.SEPARATE: "identifying"}
_CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"onrecord": OURS, "onrecord:speakers": {"@id": OURS + "speakers", "@type": "@json"}},
]


def is_speaker_decision(record: WarcRecord) -> bool:
    """Whether it is one of the records that `speaker_record` makes."""
    return record.type == "metadata" and record.content_type == SPEAKERS_TYPE


def speaker_record(decision: SpeakerDecision) -> WarcRecord:
    """The record of a decision. Same values, same bytes."""
    plain = to_plain(decision)
    names = (*decision.names, *decision.others)
    document = {
        "@context": _CONTEXT,
        "id": decision.id,
        "type": "Annotation",
        "motivation": _MOTIVATIONS[decision.act],
        "creator": {"type": "Person", "name": decision.by or decision.role},
        "created": plain["at"],
        "body": {"type": "TextualBody", "value": decision.reason, "format": "text/plain"},
        "target": [f"{OURS}{person_id(name)}" for name in names],
        "onrecord:format": FORMAT,
        "onrecord:speakers": plain,
    }
    return WarcRecord(
        type="metadata",
        record_id=decision.id,
        date=decision.at,
        target_uri=f"{OURS}{person_id(decision.names[0])}",
        content_type=SPEAKERS_TYPE,
        block=orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE),
    )


def speaker_decision_of(record: WarcRecord) -> SpeakerDecision:
    """What `speaker_record` was given. Raises WarcDamaged naming the field."""
    try:
        return _decision(record)
    except Malformed as problem:
        raise WarcDamaged(
            f"decision record {record.record_id}: {problem}",
            where=record.locator.warc if record.locator else None,
            remedy="No snapshot is affected; make the decision again",
            offset=record.locator.offset if record.locator else None,
        ) from None


def _decision(record: WarcRecord) -> SpeakerDecision:
    try:
        plain = orjson.loads(record.block)
    except ValueError:
        raise Malformed("block", "is not JSON") from None
    if not isinstance(plain, dict) or plain.get("type") != "Annotation":
        raise Malformed("type", "is not Annotation")
    if plain.get("onrecord:format") != FORMAT:
        raise Malformed("onrecord:format", f"is not {FORMAT}")
    decision = from_plain(SpeakerDecision, plain.get("onrecord:speakers"), "onrecord:speakers")
    if decision.id != record.record_id or not decision.names or not decision.others:
        raise Malformed("onrecord:speakers", "is not a decision of this record")
    return decision
