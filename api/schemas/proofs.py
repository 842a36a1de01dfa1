"""The shape of a chain of proof."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.shapes import Shape, enum_field, null_field, text_field
from archiver.verification.values import CheckResult, ProofLink


class ProofCheckSchema(Shape):
    """One link of the chain of proof: what was expected, what was found."""

    check = enum_field(ProofLink)
    result = enum_field(CheckResult)
    expected = null_field()
    actual = null_field()
    detail = text_field()


class VerificationSchema(Shape):
    """The chain of proof from a quote's words to the signature, in order; `overall` is its weakest link."""

    overall = enum_field(CheckResult)
    checks = fields.List(fields.Nested(ProofCheckSchema))
    statement = text_field("what the checks prove, and what they do not")
