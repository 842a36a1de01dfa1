"""A search as an Elasticsearch query. Words reach it only as values; nothing is left for the server to analyse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archiver.index import syntax, tags
from archiver.index.search import Search

MAX_SPELLINGS = 1000
MAX_ENDINGS = 50_000  # of the last word of a phrase

Body = dict[str, Any]


def query_body(search: Search, languages: Sequence[str | None], years: Mapping[str, tuple[int, int]]) -> Body:
    """The whole search. `languages` are those of the rows that can match, `years` those of their dates by letter."""
    periods = [
        tags.period_clause(each.letter, each.low, each.high, years.get(each.letter, (1, 0))) for each in search.ranges
    ]
    demands: list[Body] = [{"terms": {"tags": list(clause)}} for clause in (*search.clauses, *periods)]
    if search.speakers:
        demands.append(_any(_node(tree, "speaker") for tree in search.speakers))
    found: Body = {"filter": demands}
    if search.tree is not None:
        found["must"] = [_words(search.tree, search.in_passage, languages)]
    if search.excluded:
        found["must_not"] = [{"terms": {"tags": list(search.excluded)}}]
    return {"bool": found}


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
    return {"value": node.word, "fuzziness": node.edits, "prefix_length": 1, "max_expansions": MAX_SPELLINGS}


def _near(node: syntax.Near, field: str) -> Body:
    words = [{"match": {"query": word}} for word in node.words]
    return {"intervals": {field: {"all_of": {"intervals": words, "ordered": False, "max_gaps": node.gap}}}}


def _phrase(node: syntax.Phrase, field: str) -> Body:
    text = " ".join(node.words)
    if len(node.words) == 1:
        return {"prefix": {field: {"value": text}}} if node.open else {"term": {field: {"value": text}}}
    if node.open:
        return {"match_phrase_prefix": {field: {"query": text, "max_expansions": MAX_ENDINGS}}}
    return {"match_phrase": {field: {"query": text}}}


def _any(bodies: Iterable[Body]) -> Body:
    return {"bool": {"should": list(bodies), "minimum_should_match": 1}}
