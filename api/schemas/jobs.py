"""The shapes of a requested capture: the request, the job."""

from __future__ import annotations

from marshmallow import fields

from api.fields import MAX_URL, Parameters, Text
from api.schemas.shapes import Shape, enum_field, link_field, null_field, text_field, time_field
from archiver.jobs import JobStatus


class JobProblemSchema(Shape):
    """What stopped a job (RFC 9457); all null where nothing did."""

    type = link_field(null=True)
    title = null_field()
    status = fields.Integer(allow_none=True)
    detail = null_field()
    instance = link_field(null=True)


class JobLinksSchema(Shape):
    """Where to go from a job; null until there is something."""

    self = link_field()
    snapshot = link_field(null=True)
    quotes = link_field(null=True)
    checks = link_field(null=True)


class JobSchema(Shape):
    """A capture that was requested."""

    id = text_field()
    url = text_field()
    status = enum_field(JobStatus)
    step = text_field("the current or last step")
    created_at = time_field()
    ended_at = time_field(null=True)
    snapshots = fields.List(
        text_field(), metadata={"description": "ids of the saved snapshots, including every redirect hop"}
    )
    file = null_field("of an import, the name of its file")
    report = fields.Raw(
        allow_none=True,
        metadata={
            "description": "for an import, remarks by record type and reason",
            "type": "object",
        },
    )
    problem = fields.Nested(JobProblemSchema)
    links = fields.Nested(JobLinksSchema)


class CaptureSchema(Parameters):
    """A page to capture now."""

    private = fields.Boolean(
        truthy={True},
        falsy={False},
        load_default=False,
        metadata={"description": "show it only to people with a key, until it is released"},
    )

    url = Text(max_length=MAX_URL, required=True, metadata={"description": "an http or https address"})
    max_age = Text(
        max_length=100,
        allow_none=True,
        metadata={"description": "accept a capture no older than this: an ISO 8601 duration such as PT1H"},
    )
