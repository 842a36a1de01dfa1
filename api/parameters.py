"""The parameters of every operation: their types, limits and meaning, defined once.

The HTTP API validates and documents with these schemas; the terminal takes its search options from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from archiver.errors import BadQuery
from archiver.index.search import BUCKETS, MAX_BUCKETS, MAX_PAGE, QUOTE_FACETS, SNAPSHOT_FACETS
from archiver.records import (
    DateOf,
    Days,
    ExtractionState,
    Interval,
    Kind,
    Polarity,
    Query,
    QuoteState,
    Reason,
    Review,
    SnapshotQuery,
)

MAX_QUERY = 2000
MAX_URL = 8000
MAX_NAME = 500
MAX_VALUES = 100
UNKNOWN = "is not a parameter of this operation"

QuoteFacet = StrEnum("QuoteFacet", {name.upper(): name for name in QUOTE_FACETS})  # type: ignore[misc]
SnapshotFacet = StrEnum("SnapshotFacet", {name.upper(): name for name in SNAPSHOT_FACETS})  # type: ignore[misc]


class QuoteSort(StrEnum):
    """The order of quotes: by the article's date, newest first or oldest first, by when the archive got them, newest
    first, the best matches first, or a sample that is the same for the same `seed`.
    """

    NEWEST = "-published"
    OLDEST = "published"
    LEARNT = "-learnt"
    RELEVANCE = "relevance"
    RANDOM = "random"


class SnapshotSort(StrEnum):
    """The order of snapshots: by the time of capture, newest first or oldest first, or the best matches first."""

    NEWEST = "-captured"
    OLDEST = "captured"
    RELEVANCE = "relevance"


class Collapse(StrEnum):
    """What a search lists once."""

    STATEMENT = "statement"


class SearchedIn(StrEnum):
    """Where the words of `q` may be besides the quote itself."""

    PASSAGE = "passage"


class ExportFormat(StrEnum):
    """The formats of lists: JSON a page at a time; the others every row, unless `limit` is given."""

    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"
    XLSX = "xlsx"


class ExportedText(StrEnum):
    """Whether exports contain the words of the pages."""

    FULL = "full"
    NONE = "none"


class Text(fields.String):
    """Text that may be stored and compared: no NUL, no lone surrogate, not empty unless so declared.

    `shape` is what else it must look like, in words, where `pattern` says more than that.
    """

    def __init__(
        self,
        *,
        max_length: int = MAX_NAME,
        min_length: int = 1,
        pattern: str = r"^[^\x00]*$",
        shape: str = "",
        **more: Any,
    ) -> None:
        self.pattern, self.shape = pattern, shape
        more.setdefault("metadata", {})["pattern"] = pattern
        super().__init__(validate=validate.Length(min=min_length, max=max_length), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError("is not text")
        if "\0" in value:
            raise ValidationError("contains a NUL character")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValidationError("contains half a surrogate pair") from None
        if self.shape and not re.search(self.pattern, value):
            raise ValidationError(f"is not {self.shape}")
        return value


class Switch(fields.Boolean):
    """`true` or `false`, nothing else."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if value not in ("true", "false", True, False):
            raise ValidationError("must be true or false")
        return value in ("true", True)


class BoundedInt(fields.Integer):
    """A whole number of few ASCII digits within limits."""

    def __init__(self, low: int, high: int, **more: Any) -> None:
        self.low, self.high = low, high
        super().__init__(validate=validate.Range(low, high), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not re.fullmatch(r"[0-9]{1,9}", str(value)) or not self.low <= int(value) <= self.high:
            raise ValidationError(f"is not a whole number from {self.low} to {self.high:,}")
        return int(value)


class Day(fields.String):
    """A day, `YYYY-MM-DD`."""

    def __init__(self, **more: Any) -> None:
        metadata = {"format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", **more.pop("metadata", {})}
        super().__init__(metadata=metadata, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
                return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        raise ValidationError("is not a day such as 2026-11-10")


class Choice(fields.Enum[Any]):
    """One of a closed list of values."""

    def __init__(self, enum: type[StrEnum], **more: Any) -> None:
        super().__init__(enum, by_value=True, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            return self.enum(value)
        except ValueError:
            raise ValidationError(f"is not one of {', '.join(each.value for each in self.enum)}") from None


def _many(inner: fields.Field[Any], description: str, **more: Any) -> fields.List[Any]:
    return fields.List(inner, validate=validate.Length(max=MAX_VALUES), metadata={"description": description}, **more)


def _said(description: str) -> dict[str, Any]:
    return {"description": description}


class Parameters(Schema):
    """Parameters of an operation; what is not declared is refused."""

    class Meta:
        """Unknown parameters are errors."""

        unknown = RAISE

    error_messages = {"unknown": UNKNOWN}  # noqa: RUF012 - marshmallow's own declaration


Fields = dict[str, fields.Field[Any]]


def _days(attribute: str, what: str) -> Fields:
    """Both ends of a range of days; their public names have a dot."""
    return {
        f"{attribute}_{end}": Day(data_key=f"{attribute}.{end}", metadata=_said(f"{what}: {word} this day (included)"))
        for end, word in (("from", "not before"), ("to", "not after"))
    }


_WORDS = 'the quote\'s words: word, "a phrase", -without, one|other, begin*, nearly~1, "all of these"~3'
_ARTICLE_WORDS = 'words of the article: word, "a phrase", -without, one|other, begin*, nearly~1, "all of these"~3'
_PLACES: Fields = {
    "url": _many(Text(max_length=MAX_URL), "page addresses; scheme, www., fragment and tracking do not matter"),
    "url_exact": _many(Text(max_length=MAX_URL), "page addresses, compared exactly", data_key="url.exact"),
    "site": _many(Text(), "hosts, such as harbour-courier.example"),
    "language": _many(Text(max_length=35), "language codes, such as en"),
}
_PAGING: Fields = {
    "limit": BoundedInt(1, MAX_PAGE, load_default=20, metadata=_said("items per page")),
    "cursor": Text(pattern=r"^[A-Za-z0-9._-]+$", metadata=_said("where to continue; see the link `next` of a page")),
}
_FACET_SIZE = BoundedInt(
    1, MAX_BUCKETS, data_key="facet.size", load_default=BUCKETS, metadata=_said("maximum number of values per facet")
)
_OF_PAGES = {"sort", "seed", "facet", "facet_size", "highlight", "limit", "cursor"}
_PUBLISHED = _days("published", "the article's printed day of publication")
_CAPTURED = _days("captured", "the UTC day of capture")

QuoteParameters = Parameters.from_dict(
    {
        "q": Text(max_length=MAX_QUERY, min_length=0, load_default="", metadata=_said(_WORDS)),
        "in_passage": Choice(SearchedIn, data_key="in", metadata=_said("passage: find `q` around the quote too")),
        "exact": Switch(load_default=False, metadata=_said("find the words in exactly this form")),
        "speaker": _many(Text(pattern=r"[^\W_]"), "words of the speaker's name, in any order"),
        "attributed": Switch(metadata=_said("false: only unnamed speakers; true: only named ones")),
        **_PLACES,
        "outlet": _many(Text(), "name of the outlet as the page states it"),
        "snapshot": _many(Text(), "snapshot ids"),
        "kind": _many(Choice(Kind), "kinds of quote", load_default=lambda: [Kind.DIRECT, Kind.FRAGMENT]),
        **_PUBLISHED,
        **_days("said", "the day the words were said"),
        **_CAPTURED,
        "state": _many(Choice(QuoteState), "states of the quote", load_default=lambda: [QuoteState.CURRENT]),
        "polarity": _many(Choice(Polarity), "what the article says about the words"),
        "review": _many(Choice(Review), "what reviewers decided about the attribution"),
        "repeats": Switch(
            load_default=False, metadata=_said("include quotes already found in an earlier capture of the page")
        ),
        "sort": Choice(QuoteSort, load_default=QuoteSort.NEWEST, metadata=_said("relevance: the best, on one page")),
        "seed": BoundedInt(0, 999_999_999, load_default=0, metadata=_said("of sort=random: the same draws the same")),
        "facet": _many(Choice(QuoteFacet), "count the matches by these"),
        "facet_size": _FACET_SIZE,
        "attribute": _many(Text(pattern="^[^=]+=", shape="column=value"), "people by your own table: `party=Green`"),
        "collapse": Choice(Collapse, metadata=_said("statement: list the same words by the same speaker once")),
        "highlight": Switch(load_default=False, metadata=_said("mark the words found, as HTML")),
        **_PAGING,
    },
    name="QuoteParameters",
)
SnapshotParameters = Parameters.from_dict(
    {
        "q": Text(max_length=MAX_QUERY, min_length=0, load_default="", metadata=_said(_ARTICLE_WORDS)),
        "exact": Switch(load_default=False, metadata=_said("find the words in exactly this form")),
        **_PLACES,
        "outlet": _many(Text(), "name of the outlet as the page states it"),
        **_PUBLISHED,
        **_CAPTURED,
        "status": _many(BoundedInt(100, 999), "HTTP statuses"),
        "state": _many(Choice(ExtractionState), "state of the extraction"),
        "reason": _many(Choice(Reason), "why there are no quotes, or only some"),
        "sort": Choice(SnapshotSort, load_default=SnapshotSort.NEWEST, metadata=_said("the order")),
        "facet": _many(Choice(SnapshotFacet), "count the matches by these"),
        "facet_size": _FACET_SIZE,
        "highlight": Switch(load_default=False, metadata=_said("the passage of the article that was found, as HTML")),
        **_PAGING,
    },
    name="SnapshotParameters",
)
HistogramParameters = Parameters.from_dict(
    {
        **{name: field for name, field in QuoteParameters._declared_fields.items() if name not in _OF_PAGES},
        "by": Choice(DateOf, load_default=DateOf.PUBLISHED, metadata=_said("which date")),
        "interval": Choice(Interval, load_default=Interval.MONTH, metadata=_said("length of a period")),
    },
    name="HistogramParameters",
)
SpeakerParameters = Parameters.from_dict(
    {
        "prefix": Text(min_length=0, load_default="", metadata=_said("start of a word of the name")),
        "limit": BoundedInt(1, MAX_PAGE, load_default=20, metadata=_said("maximum number of names")),
    },
    name="SpeakerParameters",
)
TextParameters = Parameters.from_dict(
    {
        "digest": Text(
            pattern=r"^sha256:[0-9a-f]{64}$",
            shape="sha256: and 64 digits, 0-9 and a-f",
            metadata=_said("digest of an earlier text, for an older quote"),
        )
    },
    name="TextParameters",
)
_EXPORT: Fields = {
    "format": Choice(ExportFormat, metadata=_said("the format; alternatively use `Accept` or a suffix of the path")),
    "text": Choice(ExportedText, load_default=ExportedText.FULL, metadata=_said("none: an export without any words")),
    "package": Switch(load_default=False, metadata=_said("a ZIP of the export and a Frictionless datapackage.json")),
}
QuoteListParameters = Parameters.from_dict({**QuoteParameters._declared_fields, **_EXPORT}, name="QuoteListParameters")
SnapshotListParameters = Parameters.from_dict(
    {**SnapshotParameters._declared_fields, **_EXPORT}, name="SnapshotListParameters"
)
NoParameters = Parameters.from_dict({}, name="NoParameters")


def query_of(params: Mapping[str, Any]) -> Query:
    """The search for what `QuoteParameters` loaded."""
    return Query(
        q=params["q"],
        in_passage="in_passage" in params,
        exact=params["exact"],
        speaker=_tuple(params, "speaker"),
        attributed=params.get("attributed"),
        snapshot=_tuple(params, "snapshot"),
        kind=tuple(params["kind"]),
        said=_range(params, "said"),
        state=tuple(params["state"]),
        polarity=_tuple(params, "polarity"),
        review=_tuple(params, "review"),
        repeats=params["repeats"],
        collapse="collapse" in params,
        attribute=_tuple(params, "attribute"),
        seed=params.get("seed", 0),
        **_common(params),
    )


def snapshot_query_of(params: Mapping[str, Any]) -> SnapshotQuery:
    """The search for what `SnapshotParameters` loaded."""
    return SnapshotQuery(
        q=params["q"],
        exact=params["exact"],
        status=_tuple(params, "status"),
        state=_tuple(params, "state"),
        reason=_tuple(params, "reason"),
        **_common(params),
    )


def read_query(given: Mapping[str, Any]) -> Query:
    """The search for parameters by their public names, as the terminal gives them; lists for repeated ones.

    Raises BadQuery naming the first that is unknown or malformed.
    """
    return query_of(loaded(given))


def loaded(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same parameters as `QuoteParameters` loads them. Raises BadQuery."""
    try:
        found: dict[str, Any] = QuoteParameters().load(given)
    except ValidationError as error:
        parameter, detail = next(parameter_errors(error.messages_dict))
        raise BadQuery(detail, parameter=parameter) from None
    return found


def parameter_errors(messages: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A schema's messages as (parameter, detail) pairs, one for each parameter."""
    for parameter, message in messages.items():
        yield str(parameter), _first(message)


def _first(message: Any) -> str:
    while not isinstance(message, str):
        message = next(iter(message.values() if isinstance(message, dict) else message))
    return message


_DURATION = re.compile(r"P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?", re.ASCII)
_SHORT = re.compile(r"(\d{1,9})([smhdw])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_duration(text: str, *, parameter: str) -> timedelta:
    """A length of time: ISO 8601 without months and years (`PT1H`, `P7D`), or short (`30m`, `1h`, `7d`).

    Raises BadQuery naming the parameter.
    """
    try:
        if short := _SHORT.fullmatch(text):
            return timedelta(**{_UNITS[short[2]]: int(short[1])})
        match = _DURATION.fullmatch(text)
        if match and any(match.groups()):
            weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        pass
    raise BadQuery(f"{text[:40]!r} is not a length of time", parameter=parameter, remedy="Write it as PT1H or P7D")


def _common(params: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that both searches have."""
    return {
        "url": _tuple(params, "url"),
        "url_exact": _tuple(params, "url_exact"),
        "site": _tuple(params, "site"),
        "outlet": _tuple(params, "outlet"),
        "language": _tuple(params, "language"),
        "published": _range(params, "published"),
        "captured": _range(params, "captured"),
        **_paging(params),
    }


def _paging(params: Mapping[str, Any]) -> dict[str, Any]:
    """What says which page; a histogram has none."""
    if "limit" not in params:
        return {}
    return {
        "sort": params["sort"].value,
        "facet": tuple(each.value for each in params.get("facet", ())),
        "facet_size": params.get("facet_size", BUCKETS),
        "limit": params["limit"],
        "cursor": params.get("cursor"),
    }


def _tuple(params: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    return tuple(params.get(name, ()))


def _range(params: Mapping[str, Any], name: str) -> Days:
    return Days(start=params.get(f"{name}_from"), end=params.get(f"{name}_to"))
