"""The parameters of every operation: their types, limits and meaning, defined once.

The HTTP API validates and documents with these schemas; the terminal takes its search options from them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from marshmallow import fields

from api.fields import MAX_URL, BoundedInt, Day, OneOf, Parameters, Switch, Text, about, many
from archiver.index.search import BUCKETS, MAX_BUCKETS, MAX_PAGE, QUOTE_FACETS, SNAPSHOT_FACETS
from archiver.records import DateOf, ExtractionState, Interval, Kind, Polarity, QuoteState, Reason, Review

MAX_QUERY = 2000
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


Fields = dict[str, fields.Field[Any]]


def _days(attribute: str, what: str) -> Fields:
    """Both ends of a range of days; their public names have a dot."""
    return {
        f"{attribute}_{end}": Day(data_key=f"{attribute}.{end}", metadata=about(f"{what}: {word}"))
        for end, word in (("from", "from this day on"), ("to", "up to this day, included"))
    }


_WORDS = 'the quote\'s words: word, "a phrase", -without, one|other, begin*, nearly~1, "all of these"~3'
_ARTICLE_WORDS = 'words of the article: word, "a phrase", -without, one|other, begin*, nearly~1, "all of these"~3'
_PLACES: Fields = {
    "url": many(Text(max_length=MAX_URL), "page addresses; scheme, www., fragment and tracking do not matter"),
    "url_exact": many(Text(max_length=MAX_URL), "page addresses, compared exactly", data_key="url.exact"),
    "site": many(Text(), "hosts, such as harbour-courier.example"),
    "language": many(Text(max_length=35), "language codes, such as en"),
}
_PAGING: Fields = {
    "limit": BoundedInt(1, MAX_PAGE, load_default=20, metadata=about("items per page")),
    "cursor": Text(pattern=r"^[A-Za-z0-9._-]+$", metadata=about("where to continue; see the link `next` of a page")),
}
_FACET_SIZE = BoundedInt(
    1,
    MAX_BUCKETS,
    data_key="facet.size",
    load_default=BUCKETS,
    metadata=about("maximum number of values per facet"),
)
_OF_PAGES = {"sort", "seed", "facet", "facet_size", "highlight", "limit", "cursor"}
_PUBLISHED = _days("published", "the article's printed day of publication")
_CAPTURED = _days("captured", "the UTC day of capture")
QuoteParameters = Parameters.from_dict(
    {
        "q": Text(max_length=MAX_QUERY, min_length=0, load_default="", metadata=about(_WORDS)),
        "in_passage": OneOf(SearchedIn, data_key="in", metadata=about("passage: find `q` around the quote too")),
        "exact": Switch(load_default=False, metadata=about("find the words in exactly this form")),
        "speaker": many(Text(pattern=r"[^\W_]"), "words of the speaker's name, in any order"),
        "attributed": Switch(metadata=about("false: only unnamed speakers; true: only named ones")),
        **_PLACES,
        "outlet": many(Text(), "name of the outlet as the page states it"),
        "snapshot": many(Text(), "snapshot ids"),
        "kind": many(OneOf(Kind), "kinds of quote", load_default=lambda: [Kind.DIRECT, Kind.FRAGMENT]),
        **_PUBLISHED,
        **_days("said", "the day the words were said"),
        **_CAPTURED,
        "state": many(OneOf(QuoteState), "states of the quote", load_default=lambda: [QuoteState.CURRENT]),
        "polarity": many(OneOf(Polarity), "what the article says about the words"),
        "review": many(OneOf(Review), "what reviewers decided about the attribution"),
        "repeats": Switch(
            load_default=False, metadata=about("include quotes already found in an earlier capture of the page")
        ),
        "sort": OneOf(
            QuoteSort, load_default=QuoteSort.NEWEST, metadata=about("relevance: the best matches, on one page")
        ),
        "seed": BoundedInt(
            0, 999_999_999, load_default=0, metadata=about("with sort=random: the same seed gives the same order")
        ),
        "facet": many(OneOf(QuoteFacet), "count the matches by these fields"),
        "facet_size": _FACET_SIZE,
        "attribute": many(Text(pattern="^[^=]+=", shape="column=value"), "people by your own table: `party=Green`"),
        "collapse": OneOf(Collapse, metadata=about("statement: list the same words by the same speaker once")),
        "highlight": Switch(load_default=False, metadata=about("mark the words found, as HTML")),
        **_PAGING,
    },
    name="QuoteParameters",
)
SnapshotParameters = Parameters.from_dict(
    {
        "q": Text(max_length=MAX_QUERY, min_length=0, load_default="", metadata=about(_ARTICLE_WORDS)),
        "exact": Switch(load_default=False, metadata=about("find the words in exactly this form")),
        **_PLACES,
        "outlet": many(Text(), "name of the outlet as the page states it"),
        **_PUBLISHED,
        **_CAPTURED,
        "status": many(BoundedInt(100, 999), "HTTP statuses"),
        "state": many(OneOf(ExtractionState), "state of the extraction"),
        "reason": many(OneOf(Reason), "why there are no quotes, or only some"),
        "sort": OneOf(SnapshotSort, load_default=SnapshotSort.NEWEST, metadata=about("the order")),
        "facet": many(OneOf(SnapshotFacet), "count the matches by these fields"),
        "facet_size": _FACET_SIZE,
        "highlight": Switch(load_default=False, metadata=about("the passage of the article that was found, as HTML")),
        **_PAGING,
    },
    name="SnapshotParameters",
)
HistogramParameters = Parameters.from_dict(
    {
        **{name: field for name, field in QuoteParameters._declared_fields.items() if name not in _OF_PAGES},
        "by": OneOf(DateOf, load_default=DateOf.PUBLISHED, metadata=about("which date")),
        "interval": OneOf(Interval, load_default=Interval.MONTH, metadata=about("length of a period")),
    },
    name="HistogramParameters",
)
SpeakerParameters = Parameters.from_dict(
    {
        "prefix": Text(min_length=0, load_default="", metadata=about("start of a word of the name")),
        "limit": BoundedInt(1, MAX_PAGE, load_default=20, metadata=about("maximum number of names")),
    },
    name="SpeakerParameters",
)
TextParameters = Parameters.from_dict(
    {
        "digest": Text(
            pattern=r"^sha256:[0-9a-f]{64}$",
            shape="sha256: and 64 digits, 0-9 and a-f",
            metadata=about("digest of an earlier text, for an older quote"),
        )
    },
    name="TextParameters",
)
_EXPORT: Fields = {
    "format": OneOf(ExportFormat, metadata=about("the format; alternatively use `Accept` or a suffix of the path")),
    "text": OneOf(ExportedText, load_default=ExportedText.FULL, metadata=about("none: an export without any words")),
    "package": Switch(load_default=False, metadata=about("a ZIP of the export and a Frictionless datapackage.json")),
}
QuoteListParameters = Parameters.from_dict({**QuoteParameters._declared_fields, **_EXPORT}, name="QuoteListParameters")
SnapshotListParameters = Parameters.from_dict(
    {**SnapshotParameters._declared_fields, **_EXPORT}, name="SnapshotListParameters"
)
