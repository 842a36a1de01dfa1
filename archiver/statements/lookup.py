"""Statements in the index: from the id of a wording to the whole cluster."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.errors import NotFound
from archiver.index.identity import statement_id
from archiver.index.protocol import Index
from archiver.records import Entry, Kind, Query
from archiver.speakers.decided import people_of
from archiver.statements.clusters import Cluster, cluster_of

MAX_RESEMBLING = 200
PAGE = 1000


def cluster(index: Index, identifier: str) -> Cluster:
    """The cluster that a wording belongs to. Raises NotFound where no quote has this wording."""
    found = index.search(Query(statement=(identifier,), kind=tuple(Kind), repeats=True, limit=PAGE)).entries
    if not found:
        raise NotFound("there is no such statement", where=identifier[:100])
    return _cluster(index, found)


def cluster_of_entry(index: Index, entry: Entry) -> Cluster:
    """The cluster that a quote belongs to."""
    wording = statement_id(entry.quote)
    found = index.search(Query(statement=(wording,), kind=tuple(Kind), repeats=True, limit=PAGE)).entries
    return _cluster(index, found or (entry,))


def _cluster(index: Index, start: Sequence[Entry]) -> Cluster:
    people = people_of(index.speaker_decisions())
    return cluster_of(start, lambda entry: resembling(index, entry), people)


def resembling(index: Index, entry: Entry) -> tuple[Entry, ...]:
    """The quotes that may say the same: of the same wording, and those that share its rare words."""
    same = index.search(Query(statement=(statement_id(entry.quote),), kind=tuple(Kind), repeats=True, limit=PAGE))
    near = index.resembling(Query(q=entry.quote.text, kind=tuple(Kind), repeats=True), MAX_RESEMBLING)
    return (*same.entries, *near)
