"""The shapes of all answers, for the OpenAPI description: every key is always there, only leaves and spans are null.

Answers are built in `api.answers`, not by these; a test holds each real answer to its schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields, validate

from api.cdx import CdxMatchType, CdxOutput, CdxSort
from api.parameters import (
    MAX_URL,
    Collapse,
    ExportedText,
    ExportFormat,
    Parameters,
    QuoteFacet,
    QuoteSort,
    SearchedIn,
    SnapshotFacet,
    SnapshotSort,
    Text,
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
_DIGEST = "^sha256:[0-9a-f]{64}$"
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DATED = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?)?)?$"
_OURS = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$"


class Shape(Schema):
    """An object whose keys are always there."""

    def on_bind_field(self, _field_name: str, field_obj: fields.Field[Any]) -> None:
        """Every key is required."""
        field_obj.required = True


def _text(description: str = "", *, null: bool = False, **more: Any) -> fields.String:
    return fields.String(allow_none=null, metadata={**({"description": description} if description else {}), **more})


def _null(description: str = "", **more: Any) -> fields.String:
    return _text(description, null=True, **more)


def _time(*, null: bool = False) -> fields.String:
    return _text("this archive's clock, UTC", null=null, format="date-time", pattern=_OURS)


def _count(description: str = "") -> fields.Integer:
    return fields.Integer(metadata={"minimum": 0, **({"description": description} if description else {})})


def _enum(kind: type[StrEnum], *, null: bool = False) -> fields.Enum[Any]:
    return fields.Enum(kind, by_value=True, allow_none=null)


def _link(*, null: bool = False) -> fields.String:
    return _text(null=null, format="uri")


def _confidence() -> fields.Float:
    return fields.Float(allow_none=True, metadata={"minimum": 0, "maximum": 1})


def _span(*, null: bool = True) -> fields.List[Any]:
    words = "[start, end] in code points of the article's text; in JavaScript Array.from(text).slice(start, end)"
    two = validate.Length(equal=2)
    return fields.List(_count(), allow_none=null, validate=two, metadata={"description": words})


class SelectorSchema(Shape):
    """A W3C TextQuoteSelector: one span's exact words and what is around them."""

    exact = _text()
    prefix = _text()
    suffix = _text()


class SpeakerSchema(Shape):
    """Who spoke. `name` null with `printed` is an unnamed source; all null is nobody."""

    name = _null("the full name that the article gives")
    role = _null()
    printed = _null("the words at `span` that point at the speaker")
    span = _span()
    via = _enum(Via, null=True)
    confidence = _confidence()
    represents = _null("the organization that the speaker represents")


class AscriptionSchema(Shape):
    """Whom the article connects with words that it does not assert as said; all null where it does."""

    name = _null()
    printed = _null()
    span = _span()


class CueSchema(Shape):
    """The reporting words."""

    printed = _null()
    span = _span()
    confidence = _confidence()


class SaidOnSchema(Shape):
    """The day the words were said; `value` is null unless the text determines it."""

    value = _null(pattern=_DATED)
    precision = _enum(Precision, null=True)
    basis = _enum(Basis, null=True)
    printed = _null()
    span = _span()
    confidence = _confidence()


class StepSchema(Shape):
    """One step of why: the rule, and the words it rested on."""

    step = _text()
    rule = _text()
    printed = _null()
    span = _span()
    share = _confidence()


class DatedSchema(Shape):
    """A date as the page states it, with the page's own offset; a date alone stays a day."""

    value = _null(pattern=_DATED)
    precision = _enum(Precision, null=True)
    source = _null("where the page states it")
    printed = _null()


class ArticleSchema(Shape):
    """What was read of the page around the quote."""

    title = _null()
    authors = fields.List(_text())
    outlet = _null("name of the outlet as the page states it: a claim")
    site = _text("the host it was captured from: a fact")
    url = _text()
    canonical_url = _null()
    language = _null()
    agency = _null("the news agency that the page names as its source")
    text_source = _enum(TextSource, null=True)
    published = fields.Nested(DatedSchema)
    modified = fields.Nested(DatedSchema)
    text_digest = _null("of the text that spans refer to", pattern=_DIGEST)


class LocatorSchema(Shape):
    """Where the record is: a file of the archive, byte offset and stored length."""

    warc = _text()
    offset = _count()
    length = _count()


class SnapshotFactsSchema(Shape):
    """A saved state of a URL, as part of a quote."""

    id = _text()
    record_id = _text("WARC-Record-ID")
    requested_url = _text()
    url = _text()
    captured_at = _time()
    status = fields.Integer(allow_none=True)
    content_type = _null()
    payload_digest = _text("SHA-256 of the payload after transfer decoding")
    origin = _enum(Origin)
    locator = fields.Nested(LocatorSchema)


class HighlightSchema(Shape):
    """Escaped HTML with `<mark>` around what was found as its only tag; null unless requested."""

    text = _null()
    passage = _null()
    title = _null()


class QuoteLinksSchema(Shape):
    """Where to go from a quote."""

    self = _link()
    page = _link()
    snapshot = _link()
    text = _link()
    record = _link()
    live = _text("the page today, with the words as text directives", null=True)
    replay = _text("the capture in the library's own replay, null where the settings name none", null=True)
    statement = _link()
    occurrences = _link()
    history = _link()
    speaker = _text("the person, null where nobody is named", null=True)


class QuoteSchema(Shape):
    """Words that an article gives to somebody."""

    id = _text()
    state = _enum(QuoteState)
    superseded_by = _null("the id of the quote that replaced it")
    repeat_of = _null("the id of the same quote in an earlier capture of the URL")
    kind = _enum(Kind)
    text = _text("the words without their outer quotation marks")
    printed = _text("from the first span to the last, with the reporter's words between")
    before = _text("verbatim text before `printed`, at most 500 characters")
    after = _text("verbatim text after `printed`, at most 500 characters")
    spans = fields.List(_span(null=False))
    span_confidence = fields.Float(metadata={"minimum": 0, "maximum": 1})
    selectors = fields.List(fields.Nested(SelectorSchema))
    speaker = fields.Nested(SpeakerSchema)
    speakers = fields.List(
        fields.Nested(SpeakerSchema),
        metadata={"description": "all speakers of a joint statement; the first is `speaker`"},
    )
    speaker_by = _enum(By)
    polarity = _enum(Polarity)
    ascribed_to = fields.Nested(AscriptionSchema)
    review = _enum(Review, null=True)
    cue = fields.Nested(CueSchema)
    said_on = fields.Nested(SaidOnSchema)
    trail = fields.List(fields.Nested(StepSchema))
    article = fields.Nested(ArticleSchema)
    snapshot = fields.Nested(SnapshotFactsSchema)
    extractor = _null()
    extracted_at = _time(null=True)
    highlight = fields.Nested(HighlightSchema)
    links = fields.Nested(QuoteLinksSchema)


class AddedSchema(Shape):
    """The import of the file it came in; null leaves for what was captured here."""

    at = _time(null=True)
    by = _null("the key that supplied it over HTTP")
    file_digest = _null(pattern=_DIGEST)


class ExtractionSchema(Shape):
    """How the reading of the snapshot went."""

    state = _enum(ExtractionState)
    reason = _enum(Reason, null=True)
    extractor = _null()
    at = _time(null=True)
    quotes = _count()


class PassageSchema(Shape):
    """Escaped HTML with `<mark>` around what was found as its only tag; null unless requested."""

    passage = _null("the part of the article that holds most of it")
    title = _null()


class SnapshotLinksSchema(Shape):
    """Where to go from a snapshot."""

    self = _link()
    page = _link()
    quotes = _link()
    text = _link(null=True)
    record = _link()
    captures = _link()
    replay = _text("the capture in the library's own replay, null where the settings name none", null=True)


class SourceSchema(Shape):
    """The memento of another web archive that a snapshot was copied from; null where it was not."""

    url = _null("the memento's address (URI-M)")
    at = _time(null=True)


class SnapshotSchema(SnapshotFactsSchema):
    """One saved state of one URL at one time: a memento."""

    truncated = _enum(Truncation, null=True)
    revisit_of = _null("the record that a revisit record repeats")
    remarks = fields.List(_text())
    copied_from = fields.Nested(SourceSchema)
    added = fields.Nested(AddedSchema)
    text_manifest = _enum(TextManifest, null=True)
    article = fields.Nested(ArticleSchema)
    extraction = fields.Nested(ExtractionSchema)
    highlight = fields.Nested(PassageSchema)
    links = fields.Nested(SnapshotLinksSchema)


class TotalSchema(Shape):
    """How many match; `gte` means at least so many."""

    value = _count()
    relation = _enum(Relation)


class SearchedSchema(Shape):
    """What the archive covers, so that an empty result is an honest statement."""

    quotes = _count()
    snapshots = _count()
    published_from = _null(pattern=_DAY)
    published_to = _null(pattern=_DAY)


class BucketSchema(Shape):
    """A value and how often it occurs."""

    value = _text()
    count = _count()


class FacetSchema(Shape):
    """The commonest values; `others` counts the rest."""

    buckets = fields.List(fields.Nested(BucketSchema))
    others = _count()
    relation = _enum(Relation)


class _PageSchema(Shape):
    total = fields.Nested(TotalSchema)
    read_as = _null("how `q` was understood")
    searched = fields.Nested(SearchedSchema)
    facets = fields.Dict(keys=fields.String(), values=fields.Nested(FacetSchema))
    next = _link(null=True)


class PrintedSchema(Shape):
    """How widely a statement is printed among the matches of a search."""

    quotes = _count()
    outlets = _count()


class QuotePageSchema(_PageSchema):
    """A page of quotes."""

    items = fields.List(fields.Nested(QuoteSchema))
    printed = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(PrintedSchema),
        metadata={"description": "with `collapse=statement`: how often each is printed, by quote id; else empty"},
    )


class SnapshotPageSchema(_PageSchema):
    """A page of snapshots."""

    items = fields.List(fields.Nested(SnapshotSchema))


class HistogramSchema(Shape):
    """How many matches each period has, from the first that has any to the last."""

    by = _enum(DateOf)
    interval = _enum(Interval)
    buckets = fields.List(fields.Nested(BucketSchema))
    undated = _count("matches without such a date, or with one that names no such period")
    relation = fields.Enum(Relation, by_value=True, metadata={"description": "gte: only the newest were counted"})
    total = fields.Nested(TotalSchema)
    read_as = _null("how `q` was understood")
    searched = fields.Nested(SearchedSchema)


class SpeakersSchema(Shape):
    """Names of speakers, commonest first."""

    items = fields.List(fields.Nested(BucketSchema))


class PartSchema(Shape):
    """How one part of the server is."""

    ok = fields.Boolean()
    detail = _null("what is wrong, or other remarks")


class ProofCheckSchema(Shape):
    """One link of the chain of proof: what was expected, what was found."""

    check = _enum(ProofLink)
    result = _enum(CheckResult)
    expected = _null()
    actual = _null()
    detail = _text()


class VerificationSchema(Shape):
    """The chain of proof from a quote's words to the signature, in order; `overall` is its weakest link."""

    overall = _enum(CheckResult)
    checks = fields.List(fields.Nested(ProofCheckSchema))
    statement = _text("what the checks prove, and what they do not")


class HealthSchema(Shape):
    """Health of the server, by part; `ok` only if every part is."""

    ok = fields.Boolean()
    version = _text()
    parts = fields.Dict(keys=fields.String(), values=fields.Nested(PartSchema))


class JobProblemSchema(Shape):
    """What stopped a job (RFC 9457); all null where nothing did."""

    type = _link(null=True)
    title = _null()
    status = fields.Integer(allow_none=True)
    detail = _null()
    instance = _link(null=True)


class JobLinksSchema(Shape):
    """Where to go from a job; null until there is something."""

    self = _link()
    snapshot = _link(null=True)
    quotes = _link(null=True)
    checks = _link(null=True)


class JobSchema(Shape):
    """A capture that was requested."""

    id = _text()
    url = _text()
    status = _enum(JobStatus)
    step = _text("the current or last step")
    created_at = _time()
    ended_at = _time(null=True)
    snapshots = fields.List(
        _text(), metadata={"description": "ids of the saved snapshots, including every redirect hop"}
    )
    file = _null("of an import, the name of its file")
    report = fields.Raw(
        allow_none=True,
        metadata={
            "description": "for an import, remarks by record type and reason",
            "type": "object",
        },
    )
    problem = fields.Nested(JobProblemSchema)
    links = fields.Nested(JobLinksSchema)


class ItemSchema(Shape):
    """A quote or snapshot in a folder, with a note."""

    id = _text()
    note = _text()
    put_at = _time()


class FolderLinksSchema(Shape):
    """Where to go from a folder; `page` has the share in it, if there is one."""

    self = _link()
    page = _link()


class FolderSchema(Shape):
    """Quotes, snapshots and notes under a name. `quotes` and `snapshots` are filled where one folder is read."""

    id = _text()
    name = _text()
    made_at = _time()
    items = fields.List(fields.Nested(ItemSchema))
    quotes = fields.List(fields.Nested(QuoteSchema))
    snapshots = fields.List(fields.Nested(SnapshotSchema))
    links = fields.Nested(FolderLinksSchema)


class FoldersSchema(Shape):
    """Folders, newest first."""

    items = fields.List(fields.Nested(FolderSchema))


class SavedSearchLinksSchema(Shape):
    """Where to go from a saved search."""

    self = _link()
    feed = _link()


class SavedSearchSchema(Shape):
    """A search whose news are delivered; `problem` says why the last delivery failed."""

    id = _text()
    name = _text()
    query = fields.Dict()
    webhook = _null()
    secret = _null("the key that signs deliveries; shown only when the search is saved")
    made_at = _time()
    delivered = _count("number of delivered quotes")
    failures = _count("failed deliveries since the last successful one")
    problem = _null()
    next_at = _time(null=True)
    links = fields.Nested(SavedSearchLinksSchema)


class SavedSearchesSchema(Shape):
    """Saved searches, newest first."""

    items = fields.List(fields.Nested(SavedSearchSchema))


class ParameterErrorSchema(Shape):
    """A parameter and what is wrong with it."""

    parameter = _text()
    detail = _text()


class ProblemSchema(Schema):
    """What went wrong (RFC 9457). `type` leads to its explanation."""

    type = _link()
    title = _text()
    status = fields.Integer()
    detail = _text()
    instance = _link()
    errors = fields.List(fields.Nested(ParameterErrorSchema))

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Only `errors` may be missing."""
        field_obj.required = field_name != "errors"


class CaptureSchema(Parameters):
    """A page to capture now."""

    private = fields.Boolean(
        truthy={True},
        falsy={False},
        load_default=False,
        metadata={"description": "show it only to those with a key, until it is released"},
    )

    url = Text(max_length=MAX_URL, required=True, metadata={"description": "an http or https address"})
    max_age = Text(
        max_length=100,
        allow_none=True,
        metadata={"description": "accept a capture no older than this: an ISO 8601 duration such as PT1H"},
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
