"""Reading the Elasticsearch index: the rows that a search finds, in order, counted, by facet and by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from archiver.errors import IndexUnavailable, QueryTooHeavy
from archiver.index import tags
from archiver.index.cursors import Key
from archiver.index.elastic_match import Body
from archiver.index.order import day_text
from archiver.index.rows import Row
from archiver.index.search import COUNTED, NARROW, Search, facet_of, relation_of
from archiver.records import Facet, Kind, QuoteState, Searched, Visibility

REMEDY = "Rebuild it with: onrecord rebuild"
STEP = 10_000  # rows that one request may pass over: the server's own limit
MAX_DATES = 60_000  # different ones that a histogram may have
_DATES = ((tags.PUBLISHED, "published"), (tags.SAID, "said"), (tags.CAPTURED, "captured"))

Years = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the index covers, the languages of its quotes and articles, and the years its dates are in, by letter."""

    searched: Searched
    languages: tuple[str | None, ...]
    article_languages: tuple[str | None, ...]
    years: Years


class ElasticAnswer:
    """The rows that a search finds, and how many there are."""

    def __init__(
        self, client: Elasticsearch, index: str, query: Body, search: Search, *, counted: int, seconds: float
    ) -> None:
        """`counted` is how far to count; `seconds` how long the server may take."""
        self.client, self.index, self.query, self.search = client, index, query, search
        self.counted, self.seconds = counted, seconds
        self.rows: list[Row] = []
        self.last: Key | None = None
        self.count = 0
        if search.draw is None:
            self._page()
        else:
            self._draw(search.draw)

    def facets(self) -> dict[str, Facet]:
        """The facets over the newest 10,000."""
        if not self.search.facets:
            return {}
        size = self.search.facet_size
        found = self._aggregated({name: _terms(name, size) for name in self.search.facets})
        return {name: self._facet(found[name], size) for name in self.search.facets}

    def facet(self, column: str, size: int) -> Facet:
        """The commonest values of a column over the newest 10,000."""
        return self._facet(self._aggregated({"values": _terms(column, size)})["values"], size)

    def dates(self, column: str) -> list[tuple[int | None, int]]:
        """How many of the newest have each date (YYYYMMDD, 00 for what it does not name)."""
        terms = {"terms": {"field": column, "size": MAX_DATES}}
        found = self._aggregated({"dates": terms, "undated": {"missing": {"field": column}}})
        dated = [(int(each["key"]), int(each["doc_count"])) for each in found["dates"]["buckets"]]
        return [*dated, (None, found["undated"]["doc_count"])]

    def _page(self) -> None:
        way = "desc" if self.search.newest_first else "asc"
        sort: list[Body] = [*([{"learnt": way}] if self.search.by_learnt else []), {"order": way}, {"id": way}]
        hits = self._hits(
            sort=[{"_score": "desc"}, *sort] if self.search.by_relevance else sort,
            size=min(self.search.limit + 1, COUNTED),
            track_total_hits=self.counted + 1,
            **({"search_after": list(self.search.after)} if self.search.after else {}),
        )
        self._take(hits["hits"], by_cursor=not self.search.by_relevance)
        self.count = hits["total"]["value"]

    def _draw(self, start: int) -> None:
        """In the order of the ids' digits, beginning at `start`, and, where those end, with the ones before it."""
        wanted = self.search.limit + 1
        found: list[Mapping[str, Any]] = []
        for turn, limits in enumerate(({"gte": start}, {"lt": start})):
            after = self.search.after
            if after and int(after[0]) > turn:
                continue
            here = {"search_after": list(after[1:])} if after and int(after[0]) == turn else {}
            hits = self._hits(
                query={"bool": {"filter": [self.query, {"range": {"draw": limits}}]}},
                sort=[{"draw": "asc"}, {"order": "asc"}, {"id": "asc"}],
                size=wanted - len(found),
                track_total_hits=False,
                **here,
            )
            found += [{**hit, "sort": [turn, *hit["sort"]]} for hit in hits["hits"]]
            if len(found) == wanted:
                break
        self._take(found, by_cursor=True)
        self.count = self._hits(size=0, track_total_hits=self.counted + 1)["total"]["value"]

    def _take(self, hits: Sequence[Mapping[str, Any]], *, by_cursor: bool) -> None:
        kept = hits[: self.search.limit]
        self.rows = [hit["_source"] for hit in kept]
        self.last = tuple(kept[-1]["sort"]) if by_cursor and len(hits) > len(kept) else None

    def _facet(self, values: Mapping[str, Any], size: int) -> Facet:
        found = facet_of(
            ((str(each["key"]), each["doc_count"]) for each in values["buckets"]), complete=True, size=size
        )
        others = values["sum_other_doc_count"]
        return Facet(buckets=found.buckets, others=others, relation=relation_of(self.count, COUNTED))

    def _aggregated(self, aggregations: Body) -> Mapping[str, Any]:
        answer = self._search(query=self._newest(), size=0, track_total_hits=False, aggs=aggregations)
        found: Mapping[str, Any] = answer["aggregations"]
        return found

    def _newest(self) -> Body:
        """The query, cut down to its newest rows where there are more than are counted."""
        if self.count <= self.counted:
            return self.query
        order = [{"order": "desc"}, {"id": "desc"}]
        edge = self._hits(sort=order, from_=STEP - 1, size=1, source=False, track_total_hits=False)["hits"][-1]["sort"]
        for _ in range(self.counted // STEP - 1):
            hits = self._hits(sort=order, size=STEP, source=False, track_total_hits=False, search_after=edge)
            edge = hits["hits"][-1]["sort"]
        return {"bool": {"filter": [self.query, {"range": {"order": {"gte": edge[0]}}}]}}

    def _hits(self, **options: Any) -> Mapping[str, Any]:
        hits: Mapping[str, Any] = self._search(**options)["hits"]
        return hits

    def _search(self, query: Body | None = None, **options: Any) -> Mapping[str, Any]:
        answer = self.client.search(
            index=self.index, query=query or self.query, timeout=f"{int(self.seconds * 1000)}ms", **options
        )
        return complete(answer.body, self.seconds)


def _terms(column: str, size: int) -> Body:
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"terms": {"field": column, "size": size, "shard_size": max(size, COUNTED), "order": order}}


def complete(answer: Mapping[str, Any], seconds: float) -> Mapping[str, Any]:
    """An answer in which nothing is missing. Raises QueryTooHeavy where the server took longer than it may."""
    if "error" in answer:
        raise IndexUnavailable(f"cannot be used ({answer['error'].get('type')})", where="the index", remedy=REMEDY)
    if answer["timed_out"]:
        raise QueryTooHeavy(seconds, remedy=NARROW)
    if answer["_shards"]["failed"]:
        raise IndexUnavailable("returned only a partial answer", where="the index", remedy="Check its cluster's health")
    return answer


def coverage_of(
    client: Elasticsearch, quotes: str, snapshots: str, visibility: Sequence[Visibility], seconds: float
) -> Coverage:
    """What the indexes cover of what may be seen."""
    visible = [f"#v{each.value}" for each in visibility or Visibility]
    answer = client.msearch(
        searches=[
            {"index": quotes},
            {"size": 0, "track_total_hits": False, "aggs": _quote_aggregations(visible)},
            {"index": snapshots},
            {"size": 0, "track_total_hits": False, "aggs": _snapshot_aggregations(visible)},
        ]
    )
    of_quotes, of_snapshots = (complete(each, seconds)["aggregations"] for each in answer["responses"])
    seen = of_snapshots["seen"]
    searched = Searched(
        quotes=of_quotes["counted"]["doc_count"],
        snapshots=seen["doc_count"],
        published_from=day_text(_number(seen["first"])),
        published_to=day_text(_number(seen["last"])),
    )
    years = {letter: _years(of_quotes[f"{name}_first"], of_quotes[f"{name}_last"]) for letter, name in _DATES}
    for letter, name in ((tags.PUBLISHED, "published"), (tags.CAPTURED, "captured")):
        years[letter] = _wider(years[letter], _years(of_snapshots[f"{name}_first"], of_snapshots[f"{name}_last"]))
    return Coverage(
        searched=searched,
        languages=_languages(of_quotes),
        article_languages=_languages(of_snapshots),
        years=years,
    )


def _quote_aggregations(visible: Sequence[str]) -> Body:
    """Counted are current quotes; reported speech is kept apart."""
    current = [{"term": {"tags": f"#s{QuoteState.CURRENT.value}"}}, {"terms": {"tags": list(visible)}}]
    counted = {"bool": {"filter": current, "must_not": {"term": {"tags": f"#k{Kind.INDIRECT.value}"}}}}
    ends = {f"{name}_{end}": {way: {"field": name}} for _, name in _DATES for end, way in _ENDS}
    return {"counted": {"filter": counted}, **_LANGUAGES, **ends}


def _snapshot_aggregations(visible: Sequence[str]) -> Body:
    ends: Body = {"first": {"min": {"field": "published_first"}}, "last": {"max": {"field": "published_last"}}}
    return {
        "seen": {"filter": {"terms": {"tags": list(visible)}}, "aggs": ends},
        "published_first": ends["first"],
        "published_last": ends["last"],
        "captured_first": {"min": {"field": "captured"}},
        "captured_last": {"max": {"field": "captured"}},
        **_LANGUAGES,
    }


_ENDS = (("first", "min"), ("last", "max"))
_LANGUAGES: Body = {
    "languages": {"terms": {"field": "language", "size": 1000}},
    "unknown": {"missing": {"field": "language"}},
}


def _languages(found: Mapping[str, Any]) -> tuple[str | None, ...]:
    known: list[str | None] = [each["key"] for each in found["languages"]["buckets"]]
    return (*known, *([None] if found["unknown"]["doc_count"] else []))


def _number(found: Mapping[str, Any]) -> int | None:
    return None if found["value"] is None else int(found["value"])


def _years(first: Mapping[str, Any], last: Mapping[str, Any]) -> tuple[int, int]:
    ends = _number(first), _number(last)
    return (1, 0) if ends[0] is None or ends[1] is None else (ends[0] // 10000, ends[1] // 10000)


def _wider(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    ranges = [each for each in (one, other) if each[0] <= each[1]]
    return (min(each[0] for each in ranges), max(each[1] for each in ranges)) if ranges else one
