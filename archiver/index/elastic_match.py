"""A search as an Elasticsearch query. Words reach it only as values; nothing is left for the server to analyse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from archiver.index import syntax, tags
from archiver.index.search import Range, Search

MOST_SPELLINGS = 1000
MOST_ENDINGS = 50_000  # of the last word of a phrase

Body = dict[str, Any]


def query_body(search: Search, languages: Sequence[str | None]) -> Body:
    """The whole search. `languages` are those of the rows that can match."""
    demands: list[Body] = [{"terms": {"tags": list(clause)}} for clause in search.clauses]
    demands += [body for demand in search.ranges for body in _between(demand)]
    if search.speakers:
        demands.append(_any(_node(tree, "speaker") for tree in search.speakers))
    wanted = [] if search.tree is None else [_words(search.tree, search.in_passage, languages)]
    return {"bool": {"filter": demands, "must": wanted}}


def _between(demand: Range) -> list[Body]:
    low = [] if demand.low is None else [{"range": {demand.first: {"gte": demand.low}}}]
    high = [] if demand.high is None else [{"range": {demand.last: {"lte": demand.high}}}]
    return [*low, *high]


def _words(tree: syntax.Node, in_passage: bool, languages: Sequence[str | None]) -> Body:
    """Each language's reading, for rows of that language; one reading for all needs to name none."""
    part = "passage" if in_passage else "text"
    found = syntax.readings(tree, languages or (None,))
    if len(found) == 1:
        return _node(next(iter(found)), part)
    return _any(
        {
            "bool": {
                "filter": [{"terms": {"tags": [tags.language_tag(language) for language in read_so]}}],
                "must": [_node(reading, part)],
            }
        }
        for reading, read_so in found.items()
    )


def _node(node: syntax.Node, part: str) -> Body:
    if isinstance(node, syntax.All):
        return {"bool": {"must": [_node(each, part) for each in node.parts]}}
    if isinstance(node, syntax.Any):
        return _any(_node(each, part) for each in node.parts)
    if isinstance(node, syntax.Not):
        return {"bool": {"must_not": [_node(node.part, part)]}}
    if isinstance(node, syntax.Fuzzy):
        return {"fuzzy": {f"{part}_words": _fuzzy(node)}}
    field = f"{part}_{'stems' if node.stemmed else 'words'}"
    return _near(node, field) if isinstance(node, syntax.Near) else _phrase(node, field)


def _fuzzy(node: syntax.Fuzzy) -> Body:
    return {"value": node.word, "fuzziness": node.edits, "prefix_length": 1, "max_expansions": MOST_SPELLINGS}


def _near(node: syntax.Near, field: str) -> Body:
    words = [{"match": {"query": word}} for word in node.words]
    return {"intervals": {field: {"all_of": {"intervals": words, "ordered": False, "max_gaps": node.gap}}}}


def _phrase(node: syntax.Phrase, field: str) -> Body:
    text = " ".join(node.words)
    if len(node.words) == 1:
        return {"prefix": {field: {"value": text}}} if node.open else {"term": {field: {"value": text}}}
    if node.open:
        return {"match_phrase_prefix": {field: {"query": text, "max_expansions": MOST_ENDINGS}}}
    return {"match_phrase": {field: {"query": text}}}


def _any(bodies: Iterable[Body]) -> Body:
    return {"bool": {"should": list(bodies), "minimum_should_match": 1}}
