"""A query made ready: checked, its words parsed, its filters turned into tags and ranges. Each index renders this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.errors import BadQuery
from archiver.index import cursors, syntax, tags
from archiver.index.order import bounds
from archiver.records import Bucket, Days, Facet, Query, Relation, SnapshotQuery, Total

COUNTED = 10_000  # totals and facets are exact up to here
LARGEST_PAGE = 1000
BUCKETS = 20  # values of a facet that are listed; the others are counted together

QUOTE_FACETS = {
    "speaker": "speaker_name",
    "site": "site",
    "outlet": "outlet",
    "language": "language",
    "kind": "kind",
    "month": "month",
}
SNAPSHOT_FACETS = {name: name for name in ("site", "language", "status", "state", "reason", "month")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Rows whose period from `first` to `last` (columns of days, YYYYMMDD) lies between two days, both included."""

    first: str
    last: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is asked: `speakers` are alternatives, `languages` None is any, `after` is the last row's sort key."""

    tree: syntax.Node | None = None
    in_passage: bool = False
    speakers: tuple[syntax.Node, ...] = ()
    clauses: tuple[tags.Clause, ...] = ()
    ranges: tuple[Range, ...] = ()
    languages: tuple[str, ...] | None = None
    newest_first: bool = True
    by_relevance: bool = False
    facets: tuple[tuple[str, str], ...] = ()
    limit: int = 20
    after: tuple[int | str, ...] | None = None


def quote_search(query: Query) -> Search:
    """A search over quotes. Raises BadQuery naming the parameter that cannot be used."""
    _check_choice(query.sort, ("-published", "published", "relevance"), "sort")
    tree = syntax.parse(query.q, exact=query.exact)
    by_relevance = query.sort == "relevance"
    if by_relevance and query.cursor is not None:
        raise BadQuery("does not go with sort=relevance", parameter="cursor", remedy="Ask for a larger `limit`")
    return Search(
        tree=tree,
        in_passage=query.in_passage,
        speakers=tuple(_speaker(text) for text in query.speaker),
        clauses=tuple(tags.quote_clauses(query)),
        ranges=(
            *_range(query.published, "published", "published_first", "published_last"),
            *_range(query.said, "said", "said_first", "said_last"),
            *_range(query.captured, "captured", "captured_day", "captured_day"),
        ),
        languages=query.language or None,
        newest_first=query.sort != "published",
        by_relevance=by_relevance and tree is not None,
        facets=_facets(query.facet, QUOTE_FACETS),
        limit=_limit(query.limit),
        after=cursors.key_of(query),
    )


def snapshot_search(query: SnapshotQuery) -> Search:
    """A search over snapshots. Raises BadQuery naming the parameter that cannot be used."""
    _check_choice(query.sort, ("-captured", "captured"), "sort")
    return Search(
        clauses=tuple(tags.snapshot_clauses(query)),
        ranges=(
            *_range(query.published, "published", "published_first", "published_last"),
            *_range(query.captured, "captured", "captured_day", "captured_day"),
        ),
        newest_first=query.sort == "-captured",
        facets=_facets(query.facet, SNAPSHOT_FACETS),
        limit=_limit(query.limit),
        after=cursors.key_of(query),
    )


def speakers_search(prefix: str) -> Search | None:
    """The quotes whose speaker's name has words that begin so; None where `prefix` holds no word but is not empty."""
    tree = syntax.beginning(prefix)
    if tree is None and prefix.strip():
        return None
    return Search(speakers=(tree,) if tree else (), clauses=((tags.LISTED,), ("ayes",)))


def total_of(count: int) -> Total:
    """The total for a count that stopped above 10,000."""
    more = count > COUNTED
    return Total(value=min(count, COUNTED), relation=Relation.AT_LEAST if more else Relation.EXACT)


def facet_of(counts: Iterable[tuple[str, int]], *, complete: bool, size: int = BUCKETS) -> Facet:
    """The commonest values, equal counts in the order of their code points."""
    ranked = sorted(counts, key=lambda each: (-each[1], each[0]))
    return Facet(
        buckets=tuple(Bucket(value=value, count=count) for value, count in ranked[:size]),
        others=sum(count for _, count in ranked[size:]),
        relation=Relation.EXACT if complete else Relation.AT_LEAST,
    )


def counted(values: Iterable[object]) -> list[tuple[str, int]]:
    """How often each value stands, None left out."""
    return list(Counter(str(value) for value in values if value is not None).items())


def _speaker(text: str) -> syntax.Node:
    tree = syntax.names(text)
    if tree is None:
        raise BadQuery(f"{text!r} holds no word of a name", parameter="speaker", remedy="Give a name or a part of one")
    return tree


def _range(days: Days, parameter: str, first: str, last: str) -> list[Range]:
    low, high = bounds(days, parameter)
    return [] if low is None and high is None else [Range(first=first, last=last, low=low, high=high)]


def _facets(names: Sequence[str], known: dict[str, str]) -> tuple[tuple[str, str], ...]:
    for name in names:
        _check_choice(name, tuple(known), "facet")
    return tuple((name, known[name]) for name in dict.fromkeys(names))


def _limit(limit: int) -> int:
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadQuery(f"{limit} is not a number from 1 to {LARGEST_PAGE}", parameter="limit")
    return limit


def _check_choice(value: str, known: Sequence[str], parameter: str) -> None:
    if value not in known:
        raise BadQuery(f"{value!r} is not known", parameter=parameter, remedy=f"Choose from {', '.join(known)}")
