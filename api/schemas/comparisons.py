"""The shapes of what compares words: checks, statements, a quote's history, two captures side by side."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from api.fields import Day, Parameters, Text
from api.schemas.quotes import QuoteSchema, SpeakerSchema
from api.schemas.searches import SearchedSchema, TotalSchema
from api.schemas.shapes import Shape
from api.schemas.snapshots import SnapshotSchema
from archiver.checks.alignment import Operation
from archiver.checks.check import SpeakerMatch
from archiver.checks.comparison import Verdict
from archiver.checks.reasons import Difference
from archiver.history.differences import Comparability
from archiver.history.observations import Presence

MAX_CLAIM = 10_000
"""Characters of one claim."""


def _enum(kind: Any, description: str = "", *, null: bool = False) -> fields.Enum[Any]:
    metadata = {"description": description} if description else {}
    return fields.Enum(kind, by_value=True, allow_none=null, metadata=metadata)


def _text(description: str = "", *, null: bool = False) -> fields.String:
    return fields.String(allow_none=null, metadata={"description": description} if description else {})


def _share(description: str) -> fields.Float:
    return fields.Float(validate=validate.Range(0, 1), metadata={"description": description})


class ClaimedDays(Parameters):
    """Inclusive days between which the article was published."""

    start = Day(data_key="from")
    end = Day(data_key="to")


class ClaimSchema(Parameters):
    """Words that somebody is said to have said."""

    text = Text(
        max_length=MAX_CLAIM,
        required=True,
        metadata={"description": "the words, at least three, or six characters of a script without spaces"},
    )
    speaker = Text(metadata={"description": "the person the words are attributed to"})
    published = fields.Nested(ClaimedDays)
    language = Text(max_length=35, metadata={"description": "only quotes in this language, such as en"})


class PieceSchema(Shape):
    """A stretch of a difference: what was said and what is claimed."""

    op = _enum(Operation)
    said = _text()
    claimed = _text()


class MatchSchema(Shape):
    """A quote that the claim may come from."""

    quote = fields.Nested(QuoteSchema)
    verdict = _enum(Verdict, "not_found: no match, but the nearest quote of that speaker")
    reasons = fields.List(_enum(Difference))
    similarity = _share("1: the same words")
    share = _share("how much of the quote the claim covers")
    speaker = _enum(SpeakerMatch, "how the claimed speaker compares with the archive's")
    diff = fields.List(fields.Nested(PieceSchema))


class InTextSchema(Shape):
    """An article that contains the words and gives them to nobody."""

    snapshot = fields.Nested(SnapshotSchema)
    sentence = _text()


class ClaimedSchema(Shape):
    """The claim, as it was understood."""

    text = _text()
    speaker = _text(null=True)


class CheckSchema(Shape):
    """What the archive says about a claim."""

    claim = fields.Nested(ClaimedSchema)
    verdict = _enum(Verdict)
    reasons = fields.List(_enum(Difference), metadata={"description": "the differences, most serious first"})
    matches = fields.List(fields.Nested(MatchSchema), metadata={"description": "best first, at most ten"})
    in_text = fields.Nested(InTextSchema, allow_none=True)
    searched = fields.Nested(SearchedSchema)
    note = _text("the verdict in plain words")


class ReportSchema(Shape):
    """Checks every quote of a text against the archive."""

    items = fields.List(fields.Nested(CheckSchema))
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), metadata={"description": "how many claims have each verdict"}
    )
    searched = fields.Nested(SearchedSchema)


class VariantSchema(Shape):
    """One wording of a statement, the difference from the first, and where it is printed."""

    id = _text("the statement id of this wording")
    text = _text()
    diff = fields.List(fields.Nested(PieceSchema))
    quotes = fields.List(_text())


class StatementLinksSchema(Shape):
    """Where a statement leads."""

    self = fields.String()
    page = fields.String()


class PersonLinksSchema(StatementLinksSchema):
    """Where a person leads."""

    decisions = fields.String()


class StatementSchema(Shape):
    """The same words by the same speaker, wherever they are printed."""

    id = _text("the smallest id of the statement's wordings; the id of each wording leads here")
    text = _text("the longest wording")
    speaker = fields.Nested(SpeakerSchema)
    first_said = _text(null=True)
    latest_said = _text(null=True)
    first_published = _text(null=True)
    latest_published = _text(null=True)
    outlets = fields.List(_text())
    variants = fields.List(fields.Nested(VariantSchema))
    total = fields.Nested(TotalSchema)
    links = fields.Nested(StatementLinksSchema)


class OccurrenceSchema(Shape):
    """One printing of a statement. `same_text` names an earlier article of nearly the same text: a syndicated copy."""

    quote = fields.Nested(QuoteSchema)
    diff = fields.List(fields.Nested(PieceSchema), metadata={"description": "from the requested quote to this one"})
    syndicated_from = _text("the snapshot of an earlier article with nearly the same text", null=True)


class OccurrencesSchema(Shape):
    """All printings of a quote's statement, oldest first."""

    statement = _text()
    items = fields.List(fields.Nested(OccurrenceSchema))
    total = fields.Nested(TotalSchema)


class ObservationSchema(Shape):
    """What one capture of the page shows of a quote."""

    snapshot = fields.Nested(SnapshotSchema)
    state = _enum(Presence)
    text = _text("the wording of this capture where it is changed", null=True)
    diff = fields.List(fields.Nested(PieceSchema))
    observed = _text("the observation in words")


class HistorySchema(Shape):
    """A quote through the captures of its page, oldest first."""

    quote = _text()
    items = fields.List(fields.Nested(ObservationSchema))


class EditSchema(Shape):
    """A stretch of an article in the earlier and in the later capture."""

    op = _enum(Operation)
    before = _text()
    after = _text()


class ChangedQuoteSchema(Shape):
    """A quote that two captures have in two wordings."""

    before = _text()
    after = _text()
    speaker = _text(null=True)
    diff = fields.List(fields.Nested(PieceSchema))


class QuotedSchema(Shape):
    """A quote that only one of two captures has."""

    id = _text(null=True)
    text = _text()
    speaker = _text(null=True)


class QuoteChangesSchema(Shape):
    """What became of the quotes between two captures."""

    added = fields.List(fields.Nested(QuotedSchema))
    changed = fields.List(fields.Nested(ChangedQuoteSchema))
    absent = fields.List(fields.Nested(QuotedSchema))


class PageDifferenceSchema(Shape):
    """Two captures of a page side by side."""

    url = _text()
    before = fields.Nested(SnapshotSchema)
    after = fields.Nested(SnapshotSchema)
    state = _enum(Comparability)
    text = fields.List(fields.Nested(EditSchema))
    quotes = fields.Nested(QuoteChangesSchema)


class ChangeSchema(Shape):
    """A capture whose article is not that of the capture before."""

    url = _text()
    title = _text(null=True)
    before = fields.Nested(SnapshotSchema)
    after = fields.Nested(SnapshotSchema)
    diff = _text("where the two are compared")


class ChangesSchema(Shape):
    """Edits over the archive, newest first."""

    items = fields.List(fields.Nested(ChangeSchema))
    next = _text(null=True)


class RoleSchema(Shape):
    """A role under which a person is quoted, and the first and latest day of it."""

    role = _text()
    first = _text(null=True)
    latest = _text(null=True)
    quotes = fields.Integer()


class MonthSchema(Shape):
    """How many quotes a month has."""

    month = _text()
    quotes = fields.Integer()


class PersonSchema(Shape):
    """One speaker across spellings and scripts."""

    id = _text("the smallest id of the person's spellings; the id of each leads here")
    name = _text("the commonest spelling")
    spellings = fields.List(_text())
    roles = fields.List(fields.Nested(RoleSchema))
    outlets = fields.List(_text())
    first = _text("the first day of a quote", null=True)
    latest = _text(null=True)
    months = fields.List(fields.Nested(MonthSchema), metadata={"description": "months without quotes in between are 0"})
    total = fields.Nested(TotalSchema)
    attributes = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "columns of the administrator's own table; the archive does not assert them"},
    )
    links = fields.Nested(PersonLinksSchema)


HistoryParameters = Parameters.from_dict({}, name="HistoryParameters")
DiffParameters = Parameters.from_dict(
    {
        "url": Text(max_length=8000, required=True, metadata={"description": "the address of the page"}),
        "from_": Text(data_key="from", metadata={"description": "a snapshot id, a time of 4 to 14 digits, or `first`"}),
        "to": Text(metadata={"description": "a snapshot id, a time of 4 to 14 digits, or `latest`"}),
    },
    name="DiffParameters",
)
ChangesParameters = Parameters.from_dict(
    {
        "site": fields.List(Text(), metadata={"description": "hosts, such as harbour-courier.example"}),
        "cursor": Text(pattern=r"^[A-Za-z0-9_.-]+$", metadata={"description": "where to continue"}),
    },
    name="ChangesParameters",
)
