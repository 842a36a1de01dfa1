"""Closed lists of values, each a schema of its own that fields refer to."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields

from api.cdx import CdxMatchType, CdxOutput, CdxSort
from api.parameters import (
    Collapse,
    ExportedText,
    ExportFormat,
    QuoteFacet,
    QuoteSort,
    SearchedIn,
    SnapshotFacet,
    SnapshotSort,
)
from archiver.checks.alignment import Operation
from archiver.checks.check import SpeakerMatch
from archiver.checks.comparison import Verdict
from archiver.checks.reasons import Difference
from archiver.history.differences import Comparability
from archiver.history.observations import Presence
from archiver.jobs import JobStatus
from archiver.records import (
    Basis,
    By,
    DateOf,
    ExtractionState,
    Interval,
    Kind,
    Origin,
    Polarity,
    Precision,
    QuoteState,
    Reason,
    Relation,
    Review,
    TextManifest,
    TextSource,
    Truncation,
    Via,
)
from archiver.verification.values import CheckResult, ProofLink

NAMED: tuple[type[StrEnum], ...] = (
    *(CheckResult, ProofLink),
    *(Collapse, Operation, SpeakerMatch, Verdict, Difference, Comparability, Presence),
    *(By, DateOf, Interval, Polarity, Review, TextManifest, TextSource),
    *(Basis, ExtractionState, JobStatus, Kind, Origin, Precision, QuoteFacet, QuoteSort, QuoteState, Reason, Relation),
    *(SearchedIn, SnapshotFacet, SnapshotSort, Truncation, Via, CdxMatchType, CdxOutput, CdxSort),
    *(ExportedText, ExportFormat),
)


def name_enums(spec: APISpec, converter: OpenAPIConverter) -> None:
    """Makes each closed list of values a schema of its own that fields refer to."""
    for kind in NAMED:
        spec.components.schema(kind.__name__, dict(_listed(kind)))
    converter.add_attribute_function(_referred)  # type: ignore[no-untyped-call]


def _listed(kind: type[StrEnum]) -> Iterator[tuple[str, Any]]:
    yield "type", "string"
    yield "enum", [each.value for each in kind]
    yield "x-enum-varnames", [each.name for each in kind]
    if kind.__doc__:
        yield "description", kind.__doc__


def _referred(_converter: OpenAPIConverter, field: fields.Field[Any], *, ret: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(field, fields.Enum) or field.enum not in NAMED:
        return {}
    for key in ("type", "enum"):
        ret.pop(key, None)
    reference = {"$ref": f"#/components/schemas/{field.enum.__name__}"}
    return {"anyOf": [reference, {"type": "null"}]} if field.allow_none else reference
