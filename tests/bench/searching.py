"""Every kind of query at SCALE through the API, in units: what a bare Flask route takes that decodes and returns as
many of the same documents. CPU time of this process, each query of a kind once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import orjson
from flask import Flask, Response
from flask.testing import FlaskClient

from api.app import create_app
from archiver.archive import Archive
from tests.bench.made_up import DAYS, FIRST, NAMES, SCALE, SITES, WORDS, config_of, kept_index, word
from tests.bench.table import Row

QUERIES = 20  # of each kind
NEWEST = "<= 5"
EACH = "p50 <= 600, p99 <= 2,000"
FACETS = ("speaker", "site", "outlet", "language", "kind", "month")

Query = dict[str, object]


def searching() -> list[Row]:
    """The kinds of queries, each with its median and its worst."""
    kept_index().close()
    with Archive(config_of(SCALE), create=False) as archive:
        app = create_app(archive, archive.config)
        client = app.test_client()
        unit = _unit(client)
        rows = [Row(what=f"at {SCALE:,} quotes: a unit, in ms", ratio=unit * 1000, goal="(no goal)")]
        for what, path, queries in kinds(random.Random(5), client):
            times = sorted(_seconds(client, path, query) / unit for query in queries)
            goal = NEWEST if what == "newest 20" else EACH
            rows.append(Row(what=f"{what}: p50", ratio=times[len(times) // 2], goal=goal))
            rows.append(Row(what=f"{what}: p99", ratio=times[-1], goal=""))
    return rows


def _unit(client: FlaskClient) -> float:
    """The seconds of a bare answer with the newest 20."""
    items = client.get("/v1/quotes").get_json()["items"]
    stored = [orjson.dumps(item) for item in items]
    bare = Flask("bare")

    @bare.get("/")
    def answer() -> Response:
        return Response(orjson.dumps([orjson.loads(each) for each in stored]), mimetype="application/json")

    plain = bare.test_client()
    times = sorted(_seconds(plain, "/", {}) for _ in range(200))
    return times[len(times) // 2]


def _seconds(client: FlaskClient, path: str, query: Query) -> float:
    target = f"{path}?{urlencode(query, doseq=True)}"
    began = time.process_time()
    reply = client.get(target)
    taken = time.process_time() - began
    if reply.status_code != 200:
        raise RuntimeError(f"{target}: {reply.status_code} {reply.get_data(as_text=True)[:200]}")
    return taken


def kinds(chance: random.Random, client: FlaskClient) -> Iterator[tuple[str, str, list[Query]]]:
    """Each kind with its path and its queries."""
    for what, queries in _quotes(chance, client):
        yield what, "/v1/quotes", queries
    by_month: list[Query] = [
        {"interval": "month"},
        {"interval": "day", "by": "said"},
        {"interval": "year", "by": "captured"},
    ]
    yield (
        "histogram",
        "/v1/quotes/histogram",
        by_month + [{"q": word(rank), "interval": "day"} for rank in range(1, 60, 7)],
    )
    yield "speakers by prefix", "/v1/speakers", [{"prefix": word(rank)[:2]} for rank in range(QUERIES)]
    yield "articles: none", "/v1/snapshots", [{"limit": limit} for limit in range(10, 10 + QUERIES)]
    yield "articles: common word", "/v1/snapshots", [{"q": word(rank)} for rank in range(QUERIES)]
    yield "articles: rare word", "/v1/snapshots", [{"q": word(rank)} for rank in range(20_000, 20_000 + QUERIES)]
    yield "articles: phrase", "/v1/snapshots", [{"q": f'"{word(rank)} {word(rank + 1)}"'} for rank in range(QUERIES)]
    yield "articles: relevance", "/v1/snapshots", [{"q": word(rank), "sort": "relevance"} for rank in range(QUERIES)]


def _quotes(chance: random.Random, client: FlaskClient) -> Iterator[tuple[str, list[Query]]]:
    ranks = [chance.randrange(30) for _ in range(QUERIES)]
    middling = [chance.randrange(300, 3000) for _ in range(QUERIES)]
    rare = [chance.randrange(20_000, WORDS) for _ in range(QUERIES)]

    def each(queries: list[str], **more: object) -> list[Query]:
        return [{"q": query, **more} for query in queries]

    common_words, middling_words = [word(rank) for rank in ranks], [word(rank) for rank in middling]
    yield "newest 20", [{"limit": 20} for _ in range(QUERIES * 5)]
    yield "common word", each(common_words)
    yield "middling word", each(middling_words)
    yield "rare word", each([word(rank) for rank in rare])
    yield "three words", each([f"{word(a)} {word(b)} {word(a + 40)}" for a, b in zip(ranks, middling, strict=True)])
    yield "or", each([f"{word(a)} | {word(b)}" for a, b in zip(ranks, middling, strict=True)])
    yield "not", each([f"{word(a)} -{word(a + 1)}" for a in ranks] + [f"-{word(a)}" for a in ranks])
    yield "phrase", each([f'"{word(a)} {word(b)}"' for a, b in zip(ranks, reversed(ranks), strict=True)])
    yield "prefix of 2", each([f"{word(rank)[:2]}*" for rank in range(QUERIES)])
    yield "prefix of 4", each([f"{word(rank)[:4]}*" for rank in middling])
    yield "fuzzy", each([f"{word(rank)}~{1 + rank % 2}" for rank in middling])
    yield "near", each([f'"{word(a)} {word(b)}"~5' for a, b in zip(ranks, reversed(ranks), strict=True)])
    yield "exact", each(common_words, exact="true")
    yield "passage", each(common_words, **{"in": "passage"})
    speakers = [word(int(NAMES ** chance.random())) for _ in range(QUERIES)]
    yield "speaker", [{"speaker": name} for name in speakers]
    yield "speaker + word", [{"speaker": name, "q": query} for name, query in zip(speakers, common_words, strict=True)]
    yield "site", [{"site": f"site{number}.example"} for number in range(QUERIES)]
    yield "outlet", [{"outlet": f"Outlet {number}"} for number in range(QUERIES)]
    yield "language", [{"language": language} for language in ("en", "de", "fr", "es")]
    yield "url", [{"url": f"https://site{number % SITES}.example/{number}"} for number in range(QUERIES)]
    for name in ("published", "said", "captured"):
        yield from _ranges(chance, name, common_words)
    yield "relevance", each(common_words + middling_words, sort="relevance")
    for facet in FACETS:
        yield f"facet {facet}", [{"facet": facet}, *each(common_words[:5], facet=facet)]
    yield "four facets", [{"facet": FACETS[:4]}, *each(common_words[:10], facet=FACETS[:4])]
    yield "highlight", each(common_words, highlight="true", **{"in": "passage"})
    yield "in the middle", [_in_the_middle(client, query) for query in ({}, *each(common_words[:10]))]
    yield "limit=1000", [{"limit": 1000}, *each(common_words[:10], limit=1000)]
    yield "random", each(["", *middling_words[:5]], sort="random")


def _ranges(chance: random.Random, name: str, common: list[str]) -> Iterator[tuple[str, list[Query]]]:
    days = [(FIRST + timedelta(days=chance.randrange(DAYS))).date() for _ in range(QUERIES)]
    nothing: list[Query] = [{f"{name}.from": "1970-01-01", f"{name}.to": "1970-01-31"}]
    day: list[Query] = [{f"{name}.from": each, f"{name}.to": each} for each in days]
    everything: list[Query] = [{f"{name}.from": FIRST.date()}, {f"{name}.to": "2031-03-03"}]
    some: list[Query] = [
        {f"{name}.from": min(pair), f"{name}.to": max(pair)} for pair in zip(days, days[::-1], strict=True)
    ]
    yield f"{name}: nothing, a day, all, some", [*nothing, *day, *everything, *some]
    yield (
        f"{name} with a word",
        [{**span, "q": query} for span, query in zip([*nothing, *day, *everything, *some], common * 4, strict=False)],
    )


def _in_the_middle(client: FlaskClient, query: Query) -> Query:
    """The query with the cursor of a page far in."""
    found: Query = {**query, "limit": 1000}
    for _ in range(5):
        following = client.get(f"/v1/quotes?{urlencode(found, doseq=True)}").get_json()["next"]
        if following is None:
            break
        found = {**found, "cursor": following.partition("cursor=")[2]}
    found.pop("limit")
    return found
