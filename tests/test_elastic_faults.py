"""Elasticsearch as a service: after any fault between it and us, the index ends up with what the archive has."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archiver.config import Config, load
from archiver.errors import ConfigError, IndexUnavailable, QueryTooHeavy
from archiver.index import Index, open_index
from archiver.index.elastic import ElasticIndex
from archiver.index.elastic_names import Names
from archiver.index.elastic_write import TRIES
from archiver.records import Query, SnapshotQuery
from tests.elasticsearch.proxy import Fault, Way, proxy
from tests.factories import make_quote, make_rows
from tests.index_fixtures import ON_SERVER, settings_of

pytestmark = ON_SERVER


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Config]:
    """Settings of a fresh index on the node itself; pauses between tries are short."""
    monkeypatch.setattr("archiver.index.elastic_write.PAUSE", 0.001)
    with settings_of("elasticsearch", request, tmp_path) as config:
        yield config


ROWS = [make_rows(n, *(make_quote((n, m)) for m in range(5)), url=f"https://a.example/{n}") for n in range(8)]


def ids(index: Index) -> Counter[str | None]:
    index.refresh()
    return Counter(entry.quote.id for entry in index.search(Query(limit=1000)).entries)


WANTED = Counter(entry.quote.id for _, entries in ROWS for entry in entries)


def through(way: Way, config: Config, address: str, **more: Any) -> Index:
    way.node = config.index[0]
    return open_index(replace(config, index=(address,), **more))


def bulk_only(fault: Fault, times: int) -> Fault:
    """The fault, so many times, of requests that write."""
    left = [times]

    def once(path: str, body: bytes) -> Any:
        if "_bulk" not in path or not left[0]:
            return None
        left[0] -= 1
        return fault(path, body)

    return once


def busy(status: int) -> Fault:
    error = json.dumps({"error": {"type": "es_rejected_execution_exception"}, "status": status}).encode()
    return lambda path, body: (status, error)


@pytest.mark.parametrize(
    "fault",
    [busy(429), busy(503), busy(502), lambda path, body: "drop", lambda path, body: "cut"],
    ids=["429", "503", "502", "reset", "cut mid-answer"],
)
def test_writes_are_sent_again_until_everything_is_in_once(server: Config, fault: Fault) -> None:
    way = Way(node="", fault=bulk_only(fault, 2))
    with proxy(way) as address:
        index = through(way, server, address)
        index.add(ROWS)
        assert ids(index) == WANTED
        assert index.refused() == ()
        index.close()


def test_an_item_that_the_server_was_too_busy_for_is_sent_again_alone(server: Config) -> None:
    sent: list[int] = []

    def some_busy(path: str, body: bytes) -> Any:
        lines = [json.loads(line) for line in body.splitlines()]
        names = [line["index"]["_id"] for line in lines if "index" in line and "_id" in line["index"]]
        sent.append(len(names))
        if len(sent) > 1:
            return None
        rejected = {"type": "es_rejected_execution_exception", "reason": "queue"}
        items = [{"index": {"_id": name, "status": 429, "error": rejected}} for name in names]
        return 200, json.dumps({"took": 1, "errors": True, "items": items}).encode()

    way = Way(node="", fault=bulk_only(some_busy, 2))
    with proxy(way) as address:
        index = through(way, server, address)
        index.add(ROWS)
        assert ids(index) == WANTED
        assert sent == [40, 40]
        index.close()


def test_what_is_refused_for_good_is_listed_the_rest_goes_in_and_a_rebuild_starts_again(server: Config) -> None:
    lost = ROWS[0][1][0].quote.id

    def refuse_one(path: str, body: bytes) -> Any:
        names = [line["index"]["_id"] for line in map(json.loads, body.splitlines()) if "_id" in line.get("index", {})]
        if lost not in names:
            return None
        error = {"type": "document_parsing_exception", "reason": "too deep"}
        items = [
            {"index": {"_id": each, "status": 400, "error": error} if each == lost else {"_id": each, "status": 429}}
            for each in names
        ]
        return 200, json.dumps({"took": 1, "errors": True, "items": items}).encode()

    way = Way(node="", fault=refuse_one)
    with proxy(way) as address:
        index = through(way, server, address)
        index.add(ROWS)
        assert ids(index) == WANTED - Counter([lost])
        (refused,) = index.refused()
        assert (refused.id, refused.reason) == (lost, "document_parsing_exception: too deep")
        way.fault = None
        with index.rebuild() as fresh:
            fresh.add(ROWS)
        assert ids(index) == WANTED
        assert index.refused() == ()
        index.close()


def test_a_server_that_stays_away_is_told_and_nothing_is_half_known(server: Config) -> None:
    way = Way(node="")
    with proxy(way) as address:
        index = through(way, server, address)
        index.add(ROWS[:4])
        index.advance("assertions/a", 100)
        way.fault = bulk_only(lambda path, body: "drop", 1000)
        with pytest.raises(IndexUnavailable):
            index.add(ROWS[4:])
        assert index.position("assertions/a") == 100
        assert not index.has(ROWS[4][0].snapshot.id)
        way.fault = None
        index.add(ROWS[4:])
        assert ids(index) == WANTED
        index.close()


@pytest.mark.parametrize("answer", ["timed out", "a shard failed"])
def test_an_answer_in_part_is_never_taken_for_the_whole(server: Config, answer: str) -> None:
    whole: dict[str, Any] = {
        "took": 1,
        "timed_out": False,
        "_shards": {"total": 2, "successful": 2, "skipped": 0, "failed": 0},
    }
    whole["hits"] = {"total": {"value": 0, "relation": "eq"}, "hits": []}
    if answer == "timed out":
        whole["timed_out"] = True
    else:
        whole["_shards"] = {"failed": 1}
    way = Way(node="")
    with proxy(way) as address:
        index = through(way, server, address)
        index.add(ROWS)
        way.fault = lambda path, body: (200, json.dumps(whole).encode()) if "/_search" in path else None
        with pytest.raises(QueryTooHeavy if answer == "timed out" else IndexUnavailable):
            index.search(Query())
        index.close()


def test_an_index_that_takes_no_writes_is_no_reason_to_lose_anything(server: Config) -> None:
    index = open_index(server)
    index.add(ROWS[:1])
    client = index._client  # type: ignore[attr-defined]
    client.indices.put_settings(index=f"{server.index_prefix}-quotes", settings={"index.blocks.write": True})
    with pytest.raises(IndexUnavailable, match="does not accept writes"):
        index.add(ROWS)
    assert index.refused() == ()
    client.indices.put_settings(index=f"{server.index_prefix}-quotes", settings={"index.blocks.write": None})
    index.add(ROWS)
    assert ids(index) == WANTED
    index.close()


def test_a_rebuild_waits_longer_for_a_busy_server_than_a_capture_does(server: Config) -> None:
    times = TRIES * 3  # the client sends each request up to three times
    way = Way(node="", fault=bulk_only(busy(429), times))
    with proxy(way) as address:
        index = through(way, server, address)
        with pytest.raises(IndexUnavailable):
            index.add(ROWS)
        way.fault = bulk_only(busy(429), times)
        with index.rebuild() as fresh:
            fresh.add(ROWS)
        assert ids(index) == WANTED
        index.close()


def test_a_rebuild_that_was_killed_is_cleared_away_by_the_next(server: Config) -> None:
    index = open_index(server)
    index.add(ROWS)
    names = Names.of(server.index_prefix, "000007-dead")
    index._generations.create(names)  # type: ignore[attr-defined]
    ElasticIndex(server, names=names).add(ROWS[:2])
    with index.rebuild() as fresh:
        fresh.add(ROWS)
    assert ids(index) == WANTED
    client = index._client  # type: ignore[attr-defined]
    held = sorted(client.indices.get_alias(index=f"{server.index_prefix}-quotes-*"))
    assert [name.rpartition("-quotes-")[2][:6] for name in held] == ["000001", "000008"]  # before, and in use
    index.close()


def test_a_walk_loses_and_repeats_nothing_while_documents_come_in(server: Config) -> None:
    index = open_index(server)
    index.add(ROWS)
    index.refresh()
    query, found = Query(limit=7), Counter[str | None]()
    for turn in range(1000):
        page = index.search(query)
        found += Counter(entry.quote.id for entry in page.entries)
        if page.next is None:
            break
        query = replace(query, cursor=page.next)
        index.add([make_rows(f"new {turn}", make_quote(f"new {turn}"), url=f"https://b.example/{turn}")])
        index.refresh()
    assert all(found[each] == 1 for each in WANTED)
    assert max(found.values()) == 1
    index.close()


# Who may connect


@pytest.mark.parametrize("way_in", ["api key", "api key file", "password", "password file"])
def test_certificates_and_secrets_are_those_of_the_settings(server: Config, tmp_path: Path, way_in: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("c2VjcmV0OmtleQ==\n")
    basic = "Basic " + base64.b64encode(b"reyes:c2VjcmV0OmtleQ==").decode()
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "api key": ("ApiKey c2VjcmV0OmtleQ==", {"index_api_key": "c2VjcmV0OmtleQ=="}),
        "api key file": ("ApiKey c2VjcmV0OmtleQ==", {"index_api_key_file": secret}),
        "password": (basic, {"index_user": "reyes", "index_password": "c2VjcmV0OmtleQ=="}),
        "password file": (basic, {"index_user": "reyes", "index_password_file": secret}),
    }
    key, given = ways[way_in]
    way = Way(node="", key=key)
    with proxy(way, tmp_path) as address:
        index = through(way, server, address, index_ca=tmp_path / "ca.pem", **given)
        index.add(ROWS)
        assert ids(index) == WANTED
        index.close()
        stranger = through(way, server, address, index_ca=tmp_path / "ca.pem", index_api_key="d3Jvbmc6a2V5")
        with pytest.raises(IndexUnavailable) as caught:
            stranger.snapshots(SnapshotQuery())
        assert "d3Jvbmc6a2V5" not in f"{caught.value} {caught.value!r} {stranger._config}"  # type: ignore[attr-defined]
        stranger.close()
        untrusting = through(way, server, address, **given)
        with pytest.raises(IndexUnavailable):
            untrusting.snapshots(SnapshotQuery())
        untrusting.close()


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(ConfigError) as caught:
        load({"ONRECORD_INDEX": "http://reyes:hunter2@localhost:9200"})
    assert "hunter2" not in str(caught.value)
