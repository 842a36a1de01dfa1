"""A query made ready: checked, its words parsed, its filters turned into tags and ranges. Each index renders this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.errors import BadQuery
from archiver.index import order, syntax, tags
from archiver.index.cursors import Key
from archiver.index.order import bounds
from archiver.records import (
    Bucket,
    Days,
    Facet,
    Interval,
    Kind,
    Query,
    QuoteState,
    Relation,
    SnapshotQuery,
    Total,
    Visibility,
)

COUNTED = 10_000  # totals and facets are exact up to here
MAX_HISTOGRAM = 30_000  # histograms are exact up to here
MAX_PERIODS = 10_000  # of one histogram
MAX_PAGE = 1000
NARROW = "Narrow it: give a longer word, a site, a language or dates"
BUCKETS = 20  # values of a facet that are listed unless more are requested; the others are counted together
MAX_BUCKETS = 1000

QUOTE_FACETS = ("speaker", "site", "outlet", "language", "kind", "month", "year", "polarity", "review")
SNAPSHOT_FACETS = ("site", "outlet", "language", "status", "state", "reason", "month", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Rows whose date, of the kind that `letter` names, is between two days (YYYYMMDD), both included."""

    letter: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for: `speakers` are alternatives, `languages` None is any, no row has one of the `excluded` tags.

    `after` is the last row's sort key. `draw` is where in the space of ids a random order begins, None for another one.
    """

    tree: syntax.Node | None = None
    in_passage: bool = False
    speakers: tuple[syntax.Node, ...] = ()
    clauses: tuple[tags.Clause, ...] = ()
    excluded: tags.Clause = ()
    ranges: tuple[Range, ...] = ()
    languages: tuple[str, ...] | None = None
    newest_first: bool = True
    by_relevance: bool = False
    by_learnt: bool = False
    draw: int | None = None
    facets: tuple[str, ...] = ()
    facet_size: int = BUCKETS
    limit: int = 20
    after: Key | None = None

    @property
    def is_usual(self) -> bool:
        """Whether nothing narrows it: it finds all that is listed."""
        words = self.tree is None and not self.speakers
        return words and not self.ranges and not self.excluded and self.clauses == ((tags.LISTED,),)


def quote_search(query: Query, after: Key | None = None) -> Search:
    """A search over quotes, from the key `after` on. Raises BadQuery naming the parameter that cannot be used."""
    _check_choice(query.sort, ("-published", "published", "-learnt", "relevance", "random"), "sort")
    tree = syntax.parse(query.q, exact=query.exact)
    _check_cursor(query)
    return Search(
        tree=tree,
        in_passage=query.in_passage,
        speakers=tuple(_speaker(text) for text in (*query.speaker, *query.spellings)),
        clauses=tuple(tags.quote_clauses(query)),
        excluded=tags.excluded_polarities(query),
        ranges=(
            *_range(query.published, "published", tags.PUBLISHED),
            *_range(query.said, "said", tags.SAID),
            *_range(query.captured, "captured", tags.CAPTURED),
        ),
        languages=query.language or None,
        newest_first=query.sort != "published",
        by_relevance=query.sort == "relevance" and tree is not None,
        by_learnt=query.sort == "-learnt",
        draw=order.draw_start(query.seed) if query.sort == "random" else None,
        facets=_facets(query.facet, QUOTE_FACETS),
        facet_size=_facet_size(query.facet_size),
        limit=_limit(query.limit),
        after=after,
    )


def snapshot_search(query: SnapshotQuery, after: Key | None = None) -> Search:
    """A search over snapshots, from the key `after` on. Raises BadQuery naming the parameter that cannot be used."""
    _check_choice(query.sort, ("-captured", "captured", "relevance"), "sort")
    tree = syntax.parse(query.q, exact=query.exact)
    _check_cursor(query)
    return Search(
        tree=tree,
        clauses=tuple(tags.snapshot_clauses(query)),
        ranges=(
            *_range(query.published, "published", tags.PUBLISHED),
            *_range(query.captured, "captured", tags.CAPTURED),
        ),
        languages=query.language or None,
        newest_first=query.sort != "captured",
        by_relevance=query.sort == "relevance" and tree is not None,
        facets=_facets(query.facet, SNAPSHOT_FACETS),
        facet_size=_facet_size(query.facet_size),
        limit=_limit(query.limit),
        after=after,
    )


def _check_cursor(query: Query | SnapshotQuery) -> None:
    if query.sort == "relevance" and query.cursor is not None:
        raise BadQuery("cannot be combined with sort=relevance", parameter="cursor", remedy="Ask for a larger `limit`")


def speakers_search(prefix: str, visibility: Sequence[Visibility]) -> Search | None:
    """The quotes whose speaker's name has words that begin so; None where `prefix` has no word but is not empty."""
    tree = syntax.beginning(prefix)
    if tree is None and prefix.strip():
        return None
    query = Query(attributed=True, visibility=tuple(visibility))
    return Search(speakers=(tree,) if tree else (), clauses=tuple(tags.quote_clauses(query)))


def spelled_search(keys: Sequence[str], visibility: Sequence[Visibility]) -> Search:
    """The quotes whose speaker's name has one of these keys (`speakers.keys.spelling_keys`), in any state and kind."""
    query = Query(state=tuple(QuoteState), kind=tuple(Kind), repeats=True, visibility=tuple(visibility))
    return Search(clauses=(tags.spelling_clause(keys), *tags.quote_clauses(query)))


def total_of(count: int) -> Total:
    """The total for a count that stopped above 10,000."""
    return Total(value=min(count, COUNTED), relation=relation_of(count, COUNTED))


def relation_of(count: int, limit: int) -> Relation:
    """Whether a count that stops above the limit is exact."""
    return Relation.AT_LEAST if count > limit else Relation.EXACT


def facet_of(counts: Iterable[tuple[str, int]], *, complete: bool, size: int = BUCKETS) -> Facet:
    """The commonest values, equal counts in the order of their code points."""
    ranked = sorted(counts, key=lambda each: (-each[1], each[0]))
    return Facet(
        buckets=tuple(Bucket(value=value, count=count) for value, count in ranked[:size]),
        others=sum(count for _, count in ranked[size:]),
        relation=Relation.EXACT if complete else Relation.AT_LEAST,
    )


def counted(values: Iterable[object]) -> list[tuple[str, int]]:
    """How often each value occurs, None left out."""
    return list(Counter(str(value) for value in values if value is not None).items())


def periods_of(counts: Iterable[tuple[int | None, int]], interval: Interval) -> tuple[tuple[Bucket, ...], int]:
    """Counts by date (YYYYMMDD, 00 for what a date does not name) as periods without gaps, and how many fit in none.

    Raises BadQuery for more than 10,000 periods.
    """
    found = Counter[int]()
    undated = 0
    for digits, count in counts:
        period = order.period_of(digits, interval)
        if period is None:
            undated += count
        else:
            found[period] += count
    if not found:
        return (), undated
    first, last = min(found), max(found)
    if last - first >= MAX_PERIODS:
        raise BadQuery(
            f"would give {last - first + 1:,} periods",
            parameter="interval",
            remedy=f"Choose a longer one, or narrow the dates; {MAX_PERIODS:,} is the maximum",
        )
    return tuple(
        Bucket(value=order.period_text(period, interval), count=found[period]) for period in range(first, last + 1)
    ), undated


def _speaker(text: str) -> syntax.Node:
    tree = syntax.names(text)
    if tree is None:
        raise BadQuery(f"{text!r} is not a name", parameter="speaker", remedy="Give a name or a part of one")
    return tree


def _range(days: Days, parameter: str, letter: str) -> list[Range]:
    low, high = bounds(days, parameter)
    return [] if low is None and high is None else [Range(letter=letter, low=low, high=high)]


def _facets(names: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    for name in names:
        _check_choice(name, tuple(known), "facet")
    return tuple(dict.fromkeys(names))


def _facet_size(size: int) -> int:
    if not 1 <= size <= MAX_BUCKETS:
        raise BadQuery(f"{size} is not a number from 1 to {MAX_BUCKETS}", parameter="facet.size")
    return size


def _limit(limit: int) -> int:
    if not 1 <= limit <= MAX_PAGE:
        raise BadQuery(f"{limit} is not a number from 1 to {MAX_PAGE}", parameter="limit")
    return limit


def _check_choice(value: str, known: Sequence[str], parameter: str) -> None:
    if value not in known:
        raise BadQuery(f"{value!r} is not known", parameter=parameter, remedy=f"Choose from {', '.join(known)}")
