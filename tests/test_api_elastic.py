"""The API answers the same on Elasticsearch as on SQLite, against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from archiver.archive import Archive
from archiver.records import Entry
from tests.index_fixtures import ON_SERVER, settings_of

pytestmark = ON_SERVER

PATHS = (
    "/v1/quotes?limit=1000&repeats=true",
    "/v1/quotes?q=ferry+-tender&in=passage&highlight=true&facet=speaker&facet=site&facet=month",
    '/v1/quotes?q="never+put+to+tender"|promise&sort=published',
    "/v1/quotes?speaker=marlow&attributed=true&said.from=2026-11-01",
    "/v1/quotes?language=de&language=fr&limit=5",
    "/v1/quotes?q=zeppelin",
    "/v1/quotes?limit=0",
    "/v1/quotes/qnone",
    "/v1/snapshots?limit=1000&facet=state&facet=reason",
    "/v1/snapshots?status=404",
    "/v1/speakers?prefix=m",
    "/cdx?url=localhost&matchType=domain&output=json",
    "/?q=ferry&speaker=marlow",
)


@pytest.fixture(scope="module")
def elastic(sample: Archive, request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    """The same archive, indexed again from its WARC files on Elasticsearch."""
    with settings_of("elasticsearch", request, sample.config.archive) as given:
        config = replace(sample.config, index=given.index, index_prefix=given.index_prefix)
        with Archive(config) as archive:
            archive.rebuild()
            yield create_app(archive, config).test_client()


def steady(text: str) -> Any:
    """An answer without its cursors, which each index makes for itself."""
    try:
        answer = json.loads(text)
    except ValueError:
        return text
    return {**answer, "next": bool(answer["next"])} if "next" in answer else answer


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_the_same_on_both(client: FlaskClient, elastic: FlaskClient, path: str) -> None:
    one, other = client.get(path), elastic.get(path)
    assert other.status_code == one.status_code
    assert steady(other.get_data(as_text=True)) == steady(one.get_data(as_text=True))


def test_each_document_is_the_same_on_both(client: FlaskClient, elastic: FlaskClient, marlow: Entry) -> None:
    snapshot = f"/v1/snapshots/{marlow.snapshot_id}"
    quote, page = f"/v1/quotes/{marlow.quote.id}", f"/quotes/{marlow.quote.id}"
    documents = (quote, snapshot, f"{snapshot}/text", f"{snapshot}/record")
    proofs = (f"{quote}/verification", f"{quote}/evidence.wacz", f"{page}/page/frame", f"{page}.bib", f"{page}.jsonld")
    for path in (*documents, *proofs):
        one, other = client.get(path), elastic.get(path)
        assert other.get_data() == one.get_data(), path
        assert other.headers["ETag"] == one.headers["ETag"]
