"""Quotes that share the rare words of a text, and names that sound alike, in Elasticsearch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from archiver.index.elastic_match import Body
from archiver.index.elastic_read import complete
from archiver.index.search import COUNTED
from archiver.index.words import folded

MIN_SHARED = "30%"
"""The words of the text that a quote must have to be looked at; the server's score puts the rare ones first."""


def resembling(
    client: Elasticsearch, index: str, narrowed: Body, text: str, *, limit: int, seconds: float
) -> Sequence[Mapping[str, Any]]:
    """The documents of the quotes that share most words with a text, likest first. `narrowed` is a boolean query."""
    words = " ".join(dict.fromkeys(folded(text)))
    if not words:
        return ()
    match = {"match": {"text_words": {"query": words, "minimum_should_match": MIN_SHARED}}}
    answer = client.search(
        index=index,
        query={"bool": {**narrowed["bool"], "must": [match]}},
        sort=[{"_score": "desc"}, {"order": "desc"}, {"id": "desc"}],
        size=limit,
        timeout=f"{int(seconds * 1000)}ms",
    )
    return [hit["_source"] for hit in complete(answer.body, seconds)["hits"]["hits"]]


def spelled(client: Elasticsearch, index: str, query: Body, seconds: float) -> tuple[str, ...]:
    """The names of the speakers of the quotes that a query finds, sorted."""
    answer = client.search(
        index=index,
        query=query,
        size=0,
        track_total_hits=False,
        aggs={"names": {"terms": {"field": "speaker", "size": COUNTED}}},
    )
    return tuple(sorted(each["key"] for each in complete(answer.body, seconds)["aggregations"]["names"]["buckets"]))
