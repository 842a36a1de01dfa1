"""Checks, statements, histories and people over HTTP: every answer has its shape, wrong questions say what is wrong."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archiver.records import Entry
from archiver.speakers.keys import person_id
from tests.test_api_answers import holds, read

WORDS = "The contract was never put to tender, and nobody asked why."


@pytest.fixture(scope="session")
def description(app: Flask) -> dict[str, Any]:
    return dict(read(app.test_client(), "/openapi.json"))


def check(client: FlaskClient, body: dict[str, Any], status: int = 200) -> Any:
    answer = client.post("/v1/checks", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json()


def test_a_claim_gets_a_verdict_with_the_difference_by_word(
    client: FlaskClient,
    description: dict[str, Any],
) -> None:
    found = check(client, {"text": "The contract was put to tender, and nobody asked why.", "speaker": "Ms Marlow"})
    holds(description, "Check", found)
    assert (found["verdict"], found["reasons"]) == ("altered", ["negation_removed"])
    best = found["matches"][0]
    assert best["speaker"] == "variant"
    assert {"op": "delete", "said": "never", "claimed": ""} in best["diff"]
    assert found["searched"]["snapshots"] > 0


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ({"text": WORDS, "speaker": "Ada Marlow"}, "exact"),
        ({"text": WORDS.upper()}, "normalised"),
        ({"text": "never put to tender", "speaker": "Marlow"}, "partial"),
        ({"text": WORDS, "published": {"from": "2030-01-01"}}, "not_found"),
        ({"text": "The town council of Saltmere reopened the Northern Sound ferry contract"}, "in_text"),
        ({"text": "Nobody has ever promised the fishermen a new lighthouse"}, "not_found"),
    ],
)
def test_each_verdict_is_reached(
    client: FlaskClient,
    description: dict[str, Any],
    body: dict[str, Any],
    verdict: str,
) -> None:
    found = check(client, body)
    holds(description, "Check", found)
    assert found["verdict"] == verdict
    assert (found["in_text"] is not None) == (verdict == "in_text")


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"text": "two words"}, "text"),
        ({}, "text"),
        ({"text": WORDS, "published": {"from": "yesterday"}}, "published"),
        ({"text": WORDS, "tone": "angry"}, "tone"),
        ({"text": WORDS, "speaker": ""}, "speaker"),
    ],
)
def test_a_claim_that_cannot_be_checked_is_refused_by_name(
    client: FlaskClient, body: dict[str, Any], parameter: str
) -> None:
    problem = check(client, body, 400)
    assert [each["parameter"] for each in problem["errors"]] == [parameter]


def test_many_claims_are_answered_line_by_line_and_a_bad_one_stops_nothing(client: FlaskClient) -> None:
    lines = [json.dumps({"text": WORDS}), json.dumps({"text": "no"}), "no json", json.dumps({"text": WORDS})]
    answer = client.post("/v1/checks", data="\n".join(lines), content_type="application/x-ndjson")
    assert answer.mimetype == "application/x-ndjson"
    found = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
    assert [each.get("verdict") for each in found] == ["exact", None, None, "exact"]
    assert [each.get("status") for each in found] == [None, 400, 400, None]
    many = "\n".join([lines[0]] * 1001)
    assert client.post("/v1/checks", data=many, content_type="application/x-ndjson").status_code == 400


ARTICLE = (
    "Council speaks again\n“The contract was never put to tender, and nobody asked why,” Ada Marlow said on Monday.\n"
    "“The harbour will be painted in green by next summer,” Mayor Ines Calloway said.\n"
)


def test_every_quote_of_a_text_is_checked(client: FlaskClient, description: dict[str, Any]) -> None:
    answer = client.post("/v1/checks", data=ARTICLE.encode(), content_type="text/plain")
    report = answer.get_json()
    holds(description, "Report", report)
    assert [each["verdict"] for each in report["items"]] == ["normalised", "not_found"]
    assert report["counts"] == {"normalised": 1, "not_found": 1}
    table = client.post("/v1/checks", data=ARTICLE.encode(), content_type="text/plain", headers={"Accept": "text/csv"})
    heading, *lines = csv.reader(io.StringIO(table.get_data(as_text=True)))
    assert heading[:3] == ["text", "speaker", "verdict"]
    assert [line[2] for line in lines] == ["normalised", "not_found"]


def test_a_docx_is_read_and_what_is_none_is_refused(client: FlaskClient) -> None:
    import docx

    document, data = docx.Document(), io.BytesIO()
    for line in ARTICLE.splitlines():
        document.add_paragraph(line)
    document.add_table(1, 1).cell(0, 0).text = "“Nobody in a table was ever asked anything,” Tom Reyes said."
    document.save(data)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    report = client.post("/v1/checks", data=data.getvalue(), content_type=kind).get_json()
    assert report["counts"] == {"normalised": 1, "not_found": 2}
    assert client.post("/v1/checks", data=b"PK no", content_type=kind).status_code == 400
    assert client.post("/v1/checks", data=b"\xff\xfe", content_type="text/plain").status_code == 400
    assert client.post("/v1/checks", data=b"x", content_type="image/png").status_code == 415


@pytest.mark.parametrize("around", ["<article><h1>Auditors speak</h1>{}</article>", "<h1>T</h1><p>Intro.</p>{}"])
def test_a_draft_in_html_is_read_whether_or_not_it_is_an_article(client: FlaskClient, around: str) -> None:
    said = "<p>“We bid when we are <b>asked</b> to bid,” said Bram Veldhuis.</p><script>if (1 < 2) {}</script>"
    report = client.post("/v1/checks", data=around.replace("{}", said).encode(), content_type="text/html").get_json()
    assert [each["claim"]["speaker"] for each in report["items"]] == ["Bram Veldhuis"]
    assert report["counts"] == {"exact": 1}


def test_every_quote_of_a_snapshot_is_checked_against_the_rest(
    client: FlaskClient, description: dict[str, Any], marlow: Entry
) -> None:
    report = read(client, f"/v1/snapshots/{marlow.snapshot_id}/checks")
    holds(description, "Report", report)
    (same,) = [each for each in report["items"] if each["claim"]["text"] == WORDS]
    assert same["verdict"] == "exact"
    assert all(match["quote"]["snapshot"]["id"] != marlow.snapshot_id for match in same["matches"])


def test_a_url_is_a_capture_and_only_for_writers(client: FlaskClient) -> None:
    body = {"url": "https://news.example/story"}
    assert client.post("/v1/checks", json=body).status_code == 503  # this application takes no captures
    far = client.post("/v1/checks", json=body, environ_base={"REMOTE_ADDR": "203.0.113.7"})
    assert far.status_code == 403


def test_a_statement_its_printings_and_its_history(
    client: FlaskClient,
    description: dict[str, Any],
    marlow: Entry,
) -> None:
    quote = read(client, f"/v1/quotes/{marlow.quote.id}")
    statement = read(client, quote["links"]["statement"])
    holds(description, "Statement", statement)
    assert "The Northern Ledger" in statement["outlets"]
    found = read(client, quote["links"]["occurrences"])
    holds(description, "Occurrences", found)
    assert found["statement"] == statement["id"]
    assert len(found["items"]) == statement["total"]["value"] > 1
    assert {read(client, each["quote"]["links"]["statement"])["id"] for each in found["items"]} == {statement["id"]}
    history = read(client, quote["links"]["history"])
    holds(description, "History", history)
    assert [each["state"] for each in history["items"]] == ["present", "present"]
    assert "deleted" not in json.dumps(history)


def test_two_captures_side_by_side_and_the_edits_of_the_archive(
    client: FlaskClient,
    description: dict[str, Any],
    marlow: Entry,
) -> None:
    found = read(client, f"/v1/diff?url={marlow.url}")
    holds(description, "PageDifference", found)
    assert found["state"] == "changed"
    assert any(piece["op"] != "equal" for piece in found["text"])
    assert found["quotes"]["added"] or found["quotes"]["changed"] or found["quotes"]["absent"]
    same = read(client, f"/v1/diff?url={marlow.url}&from={found['after']['id']}&to=latest")
    assert (same["state"], same["text"]) == ("unchanged", [])
    changes = read(client, "/v1/changes")
    holds(description, "Changes", changes)
    assert [each["after"]["id"] for each in changes["items"]] == [found["after"]["id"]]
    read(client, "/v1/diff?url=http://nowhere.example/", 404)
    read(client, f"/v1/diff?url={marlow.url}&from=nonsense", 400)


def test_a_person_with_outlets_and_months(client: FlaskClient, description: dict[str, Any]) -> None:
    found = read(client, f"/v1/speakers/{person_id('Ada Marlow')}")
    holds(description, "Person", found)
    assert found["name"] == "Ada Marlow"
    assert sum(month["quotes"] for month in found["months"]) == found["total"]["value"]
    read(client, "/v1/speakers/paaaaaaaaaaaaaaaaaaaa", 404)
    read(client, "/v1/statements/taaaaaaaaaaaaaaaaaaaa", 404)
