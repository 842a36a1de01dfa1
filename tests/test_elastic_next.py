"""A smoke test on the next major version of Elasticsearch: `ONRECORD_TEST_ELASTICSEARCH_NEXT=1`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.config import load
from archiver.index import open_index
from archiver.records import Query, SnapshotQuery
from tests.elasticsearch.server import NoServer, newer
from tests.factories import make_quote, make_rows

pytestmark = pytest.mark.skipif(
    not os.environ.get("ONRECORD_TEST_ELASTICSEARCH_NEXT"),
    reason="another server to fetch and start: set ONRECORD_TEST_ELASTICSEARCH_NEXT=1",
)


def test_the_next_major_version_indexes_finds_walks_and_rebuilds(tmp_path: Path) -> None:
    given = [make_rows(n, *(make_quote((n, m)) for m in range(5)), url=f"https://a.example/{n}") for n in range(8)]
    wanted = sorted(str(entry.quote.id) for _, entries in given for entry in entries)
    try:
        with newer(tmp_path / "node") as address:
            index = open_index(load({}, {"archive": str(tmp_path / "archive"), "index": address}))
            for _ in range(2):
                index.add(given)
            index.refresh()
            query, found = Query(limit=7, facet=("speaker", "month")), list[str]()
            while True:
                page = index.search(query)
                found += [str(entry.quote.id) for entry in page.entries]
                if page.next is None:
                    break
                query = replace(query, cursor=page.next)
            assert sorted(found) == wanted
            assert page.facets["speaker"].buckets
            assert len(index.snapshots(SnapshotQuery(limit=100)).entries) == len(given)
            with index.rebuild() as fresh:
                fresh.add(given)
            assert sorted(str(entry.quote.id) for entry in index.search(Query(limit=100)).entries) == wanted
            index.close()
    except NoServer as reason:
        pytest.skip(str(reason))
