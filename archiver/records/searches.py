"""What a search asks, and what it yields."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from archiver.records.terms import (
    DateOf,
    ExtractionState,
    Interval,
    Kind,
    Polarity,
    QuoteState,
    Reason,
    Relation,
    Review,
    Visibility,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """An inclusive range of days, `YYYY-MM-DD` at either end, None for open."""

    start: str | None = None
    end: str | None = None


ANY_DAY = Days()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a search over quotes asks. Repeated values are alternatives; every field narrows.

    `sort` is `-published`, `published`, `-learnt` (when the archive got them), `relevance` or `random`: the same `seed`
    draws the same order again. `facet_size` is maximum number of values per facet.
    `statement` are ids of wordings, `person` ids of spellings; `spellings` are further names beside `speaker`.
    """

    q: str = ""
    in_passage: bool = False
    exact: bool = False
    speaker: tuple[str, ...] = ()
    attributed: bool | None = None
    site: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    url_exact: tuple[str, ...] = ()
    snapshot: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = (Kind.DIRECT, Kind.FRAGMENT)
    published: Days = ANY_DAY
    said: Days = ANY_DAY
    captured: Days = ANY_DAY
    state: tuple[QuoteState, ...] = (QuoteState.CURRENT,)
    polarity: tuple[Polarity, ...] = ()
    review: tuple[Review, ...] = ()
    visibility: tuple[Visibility, ...] = (Visibility.PUBLIC,)
    statement: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    attribute: tuple[str, ...] = ()
    collapse: bool = False
    repeats: bool = False
    sort: str = "-published"
    seed: int = 0
    facet: tuple[str, ...] = ()
    facet_size: int = 20
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotQuery:
    """What a search over snapshots asks. `q` looks for words in the articles' titles and texts.

    `names` finds what revisits may refer to by one of these names, `refers_to` the revisits that do, `*` all revisits
    (see `archiver.index.tags`).
    """

    q: str = ""
    exact: bool = False
    url: tuple[str, ...] = ()
    url_exact: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    published: Days = ANY_DAY
    captured: Days = ANY_DAY
    status: tuple[int, ...] = ()
    state: tuple[ExtractionState, ...] = ()
    reason: tuple[Reason, ...] = ()
    visibility: tuple[Visibility, ...] = (Visibility.PUBLIC,)
    names: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    sort: str = "-captured"
    facet: tuple[str, ...] = ()
    facet_size: int = 20
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A document that an index would not take: which index, its id, the reason, and when."""

    index: str
    id: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """One value of a facet and how many matches have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The commonest values, how many matches have another one, and whether all matches were looked at."""

    buckets: tuple[Bucket, ...]
    others: int
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """How many matches each period has, from the first that has any to the last, those with none too.

    `undated` counts the matches without such a date, or with one that names no such period (a month has no day).
    `relation` is `gte` where only the newest matches were counted.
    """

    by: DateOf
    interval: Interval
    buckets: tuple[Bucket, ...]
    undated: int
    relation: Relation
    total: Total
    searched: Searched
    read_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many match."""

    value: int
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What the index covers, so that an empty result is an honest statement."""

    quotes: int
    snapshots: int
    published_from: str | None
    published_to: str | None


EntryT = TypeVar("EntryT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[EntryT]):
    """One page of results. `next` is the opaque cursor of the following page; `read_as` how `q` was understood."""

    entries: tuple[EntryT, ...]
    total: Total
    searched: Searched
    read_as: str | None = None
    facets: dict[str, Facet] = dataclasses.field(default_factory=dict)
    next: str | None = None
