"""Every answer has the shape that the description gives it, and the quote says what the page says."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from api.app import openapi
from archiver.archive import Archive
from archiver.config import load
from archiver.records import Entry, Query, SnapshotQuery


def read(client: FlaskClient, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json()


@pytest.fixture(scope="session")
def description(app: Flask) -> dict[str, Any]:
    return dict(read(app.test_client(), "/openapi.json"))


def holds(description: dict[str, Any], shape: str, document: Any) -> None:
    """The document has the shape and no key beside it."""
    schema = {"$ref": f"#/components/schemas/{shape}", "components": _closed(description["components"])}
    errors = list(Draft202012Validator(schema).iter_errors(document))
    assert not errors, errors[0]


def _closed(value: Any) -> Any:
    if isinstance(value, dict):
        closed = {key: _closed(each) for key, each in value.items()}
        return {**closed, "additionalProperties": False} if "properties" in value else closed
    return [_closed(each) for each in value] if isinstance(value, list) else value


def test_the_description_is_valid_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_the_description_needs_no_archive(description: dict[str, Any], sample: Archive) -> None:
    assert openapi(sample.config) == description


def test_operations_and_enums_have_names(description: dict[str, Any]) -> None:
    ids = [
        operation["operationId"]
        for operations in description["paths"].values()
        for method, operation in operations.items()
        if method != "parameters"
    ]
    assert len(ids) == len(set(ids)) >= 10
    inline = re.findall(r'"enum": ', json.dumps({**description, "components": None}))
    assert not inline, "each closed list is a schema of its own"


def test_spans_are_two_numbers_that_every_generator_understands(description: dict[str, Any]) -> None:
    span = description["components"]["schemas"]["Speaker"]["properties"]["span"]
    assert span["minItems"] == span["maxItems"] == 2
    assert "prefixItems" not in json.dumps(description)


def test_every_quote_of_the_archive_has_the_described_shape(
    client: FlaskClient, description: dict[str, Any], sample: Archive
) -> None:
    page = read(client, "/v1/quotes?limit=1000&repeats=true&highlight=true&q=e*&in=passage&facet=speaker&facet=month")
    holds(description, "QuotePage", page)
    assert len(page["items"]) == page["total"]["value"] > 50
    for item in page["items"][:20]:
        assert read(client, f"/v1/quotes/{item['id']}") == {**item, "highlight": dict.fromkeys(item["highlight"])}


def test_every_snapshot_of_the_archive_has_the_described_shape(
    client: FlaskClient, description: dict[str, Any]
) -> None:
    page = read(client, "/v1/snapshots?limit=1000&facet=state&facet=reason")
    holds(description, "SnapshotPage", page)
    states = {item["extraction"]["state"] for item in page["items"]}
    assert {"done", "none"} <= states
    for item in page["items"]:
        assert read(client, f"/v1/snapshots/{item['id']}") == item


@pytest.mark.parametrize(("path", "shape"), [("/v1/speakers?prefix=mar", "Speakers"), ("/v1/health", "Health")])
def test_lists_of_speakers_and_parts_have_the_described_shape(
    client: FlaskClient, description: dict[str, Any], path: str, shape: str
) -> None:
    holds(description, shape, read(client, path))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/quotes/qnone", 404),
        ("/v1/quotes?limit=0", 400),
        ("/v1/quotes?colour=red", 400),
        ("/v1/quotes?published.from=yesterday", 400),
        ("/v1/quotes?cursor=AAAA", 400),
        ("/v1/quotes?sort=best", 400),
        ("/v1/snapshots/snone", 404),
        ("/v1/snapshots/snone/text", 404),
        ("/v1/snapshots/snone/record", 404),
        ("/v1/jobs/jnone", 404),
        ("/nowhere", 404),
        ("/cdx", 400),
        ("/timegate/http://never.example/", 404),
        ("/web/2026/http://never.example/", 404),
    ],
)
def test_every_error_is_a_problem_of_one_shape(
    client: FlaskClient, description: dict[str, Any], path: str, status: int
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    holds(description, "Problem", problem)
    assert problem["status"] == status
    assert ("errors" in problem) is (status == 400)
    slug = problem["type"].rpartition("#")[2]
    assert f'id="{slug}"' in client.get("/docs").get_data(as_text=True)


def test_a_bad_request_names_every_parameter_at_once(client: FlaskClient) -> None:
    problem = read(client, "/v1/quotes?limit=a&colour=red&said.to=2026-02-30&kind=loud", 400)
    assert {each["parameter"] for each in problem["errors"]} == {"limit", "colour", "said.to", "kind"}


def test_a_quote_leads_back_to_the_bytes_it_was_read_from(client: FlaskClient, marlow: Entry) -> None:
    quote = read(client, f"/v1/quotes/{marlow.quote.id}")
    text = client.get(quote["links"]["text"])
    assert hashlib.sha256(text.get_data()).hexdigest() == quote["article"]["text_digest"].removeprefix("sha256:")
    article = text.get_data().decode()
    said = [article[start:end] for start, end in quote["spans"]]
    assert " ".join(said) == quote["text"]
    assert [selector["exact"] for selector in quote["selectors"]] == said
    assert quote["before"] + quote["printed"] + quote["after"] in article
    for part in ("speaker", "cue", "said_on"):
        start, end = quote[part]["span"]
        assert article[start:end] == quote[part]["printed"]
    record = client.get(quote["links"]["record"]).get_data()
    head, _, block = record.partition(b"\r\n\r\n")
    assert quote["snapshot"]["record_id"].encode() in head
    assert block.startswith(b"HTTP/1.1 200")


def test_the_pronoun_is_read_as_the_auditor(client: FlaskClient, marlow: Entry) -> None:
    quote = read(client, f"/v1/quotes/{marlow.quote.id}")
    assert quote["speaker"]["name"] == "Ada Marlow"
    assert quote["speaker"]["printed"] == "she"
    assert quote["said_on"]["value"] == "2026-11-09"
    assert quote["said_on"]["basis"] == "relative"
    assert [step["step"] for step in quote["trail"]][:2] == ["marks", "cues"]


def test_highlights_are_escaped_and_marked(client: FlaskClient) -> None:
    page = read(client, "/v1/quotes?q=tender&highlight=true")
    for item in page["items"]:
        marked = item["highlight"]["text"]
        assert "<mark>tender</mark>" in marked
        assert html.unescape(re.sub("</?mark>", "", marked)) == item["text"]


def test_nothing_found_is_an_honest_200(client: FlaskClient) -> None:
    page = read(client, "/v1/quotes?q=zeppelin")
    assert page["items"] == []
    assert page["total"] == {"value": 0, "relation": "eq"}
    assert page["searched"]["quotes"] > 100
    assert page["read_as"] == "zeppelin"
    assert page["next"] is None


@pytest.mark.parametrize("path", ["/v1/quotes?limit=7&repeats=true&sort=published", "/v1/snapshots?limit=5"])
def test_a_walk_by_links_gives_each_row_once(client: FlaskClient, path: str) -> None:
    seen: list[str] = []
    following: str | None = path
    while following:
        answer = client.get(following)
        page = answer.get_json()
        seen += [item["id"] for item in page["items"]]
        following = page["next"]
        assert (f'<{following}>; rel="next"' in ",".join(answer.headers.getlist("Link"))) is (following is not None)
    assert len(seen) == len(set(seen)) == page["total"]["value"]


def test_filters_and_repeated_parameters(client: FlaskClient) -> None:
    page = read(client, "/v1/quotes?language=de&language=fr&limit=1000&facet=language")
    assert {item["article"]["language"] for item in page["items"]} == {"de", "fr"}
    counts = {bucket["value"]: bucket["count"] for bucket in page["facets"]["language"]["buckets"]}
    assert sum(counts.values()) == len(page["items"]) == page["total"]["value"]


def test_the_record_and_the_text_are_served_in_ranges_with_their_digest(client: FlaskClient, marlow: Entry) -> None:
    for name in ("record", "text"):
        path = f"/v1/snapshots/{marlow.snapshot_id}/{name}"
        whole = client.get(path)
        digest = base64.b64encode(hashlib.sha256(whole.get_data()).digest()).decode()
        assert whole.headers["Repr-Digest"] == f"sha-256=:{digest}:"
        part = client.get(path, headers={"Range": "bytes=10-19"})
        assert part.status_code == 206
        assert part.get_data() == whole.get_data()[10:20]
        assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.get_data())}"
        assert client.get(path, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_an_earlier_text_is_asked_for_by_its_digest(client: FlaskClient, marlow: Entry) -> None:
    path = f"/v1/snapshots/{marlow.snapshot_id}/text"
    assert client.get(f"{path}?digest={marlow.quote.text_digest}").get_data() == client.get(path).get_data()
    assert client.get(f"{path}?digest=sha256:{'0' * 64}").status_code == 404
    assert client.get(f"{path}?digest=md5").status_code == 400


def test_links_obey_the_public_url(sample: Archive, marlow: Entry) -> None:
    from api.app import create_app

    base = "https://quotes.example/archive"
    config = load({}, {"archive": str(sample.config.archive), "public_url": base})
    client = create_app(sample, config).test_client()
    for prefix in ("", "/archive"):
        quote = client.get(f"{prefix}/v1/quotes/{marlow.quote.id}", headers={"Host": "quotes.example"})
        links = {key: link for key, link in quote.get_json()["links"].items() if key != "live" and link}
        assert all(link.startswith(f"{base}/") for link in links.values()), links
        assert any(f"<{base}/openapi.json>" in link for link in quote.headers.getlist("Link"))
        page = client.get(f"{prefix}/quotes/{marlow.quote.id}", headers={"Host": "quotes.example"}).get_data(
            as_text=True
        )
        ours = re.findall(r'(?:href|action|content)="((?:https?:/)?/[^"]*)"', page)
        assert len(ours) > 8
        foreign = {link for link in ours if not link.startswith((base, "/archive/"))}
        assert all("localhost" in link for link in foreign), foreign
        led = client.get(f"{prefix}/timegate/{marlow.url}", headers={"Host": "quotes.example"})
        assert led.headers["Location"].startswith(f"{base}/web/")
        assert "127.0.0.1" not in led.headers["Link"]


def test_the_snapshots_of_a_url_tell_how_often_it_was_held(client: FlaskClient, marlow: Entry, sample: Archive) -> None:
    page = read(client, f"/v1/snapshots?url={marlow.url}")
    assert page["total"]["value"] == len(sample.captures(marlow.url)) >= 2
    failed = sample.snapshots(SnapshotQuery(status=(404,))).total.value
    assert read(client, "/v1/snapshots?status=404")["total"]["value"] == failed == 1


def test_speakers_are_found_by_any_word_of_their_name(client: FlaskClient, sample: Archive) -> None:
    names = [bucket["value"] for bucket in read(client, "/v1/speakers?prefix=MARL")["items"]]
    assert names == ["Ada Marlow"]
    page = read(client, "/v1/quotes?speaker=marlow&limit=1000")
    assert {item["speaker"]["name"] for item in page["items"]} == {"Ada Marlow"}
    assert page["total"]["value"] == sample.search(Query(speaker=("Ada Marlow",))).total.value
