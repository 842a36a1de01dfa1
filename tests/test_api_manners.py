"""How the API behaves as an HTTP server: validators, methods, hosts, bodies, header fields."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api.errors import MEDIA_TYPE
from archiver.archive import Archive
from archiver.records import Entry

PAGES = ("/", "/?q=ferry", "/docs")
LISTS = ("/v1/quotes?limit=2", "/v1/snapshots?limit=2", "/v1/speakers", "/openapi.json")


@pytest.fixture
def paths(marlow: Entry) -> tuple[str, ...]:
    snapshot = f"/v1/snapshots/{marlow.snapshot_id}"
    return (
        *PAGES, *LISTS, f"/v1/quotes/{marlow.quote.id}", snapshot, f"{snapshot}/text", f"{snapshot}/record",
        f"/quotes/{marlow.quote.id}", f"/snapshots/{marlow.snapshot_id}", f"/timemap/link/{marlow.url}",
        "/static/onrecord.css",
    )  # fmt: skip


def test_each_resource_has_a_strong_etag_and_answers_304(client: FlaskClient, paths: tuple[str, ...]) -> None:
    for path in paths:
        whole = client.get(path, buffered=True)
        assert whole.status_code == 200, path
        etag = whole.headers["ETag"]
        assert re.fullmatch(r'"[^"]+"', etag), path
        same = client.get(path, buffered=True, headers={"If-None-Match": etag})
        assert (same.status_code, same.get_data()) == (304, b""), path
        assert same.headers["ETag"] == etag
        assert client.get(path, buffered=True, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_says_what_get_says_without_a_body(client: FlaskClient, paths: tuple[str, ...]) -> None:
    for path in paths:
        whole, head = client.get(path, buffered=True), client.head(path, buffered=True)
        assert head.status_code == 200
        assert head.get_data() == b""
        for name in ("Content-Type", "Content-Length", "ETag"):
            assert head.headers[name] == whole.headers[name], (path, name)


def test_options_and_other_methods_name_what_is_allowed(client: FlaskClient, paths: tuple[str, ...]) -> None:
    for path in paths:
        asked = client.options(path)
        assert asked.status_code == 200
        assert {"GET", "HEAD", "OPTIONS"} <= set(asked.headers["Allow"].split(", ")), path
        allowed = set(asked.headers["Allow"].split(", "))
        for method in {"DELETE", "PUT", "PATCH", "TRACE"} - allowed:
            refused = client.open(path, method=method)
            assert refused.status_code == 405, (method, path)
            assert "GET" in refused.headers["Allow"]
            assert refused.content_type == MEDIA_TYPE


def test_every_answer_is_what_it_says_and_leads_to_the_description(client: FlaskClient, paths: tuple[str, ...]) -> None:
    for path in (*paths, "/nowhere"):
        answer = client.get(path, buffered=True)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert 'rel="service-desc"' in ",".join(answer.headers.getlist("Link"))


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "onrecord.localhost:8000", "[::1]:8000", "192.168.1.7"]
)
def test_addresses_and_names_of_this_machine_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/v1/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "[::1", ""])
def test_a_foreign_name_is_refused(client: FlaskClient, host: str) -> None:
    answer = client.get("/v1/quotes", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.content_type == MEDIA_TYPE


def test_a_parameter_that_counts_once_may_stand_once(client: FlaskClient) -> None:
    assert client.get("/v1/quotes?limit=1&limit=2").status_code == 400
    assert client.get("/v1/quotes?speaker=a&speaker=b").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=%ed%a0%80", "limit=%D9%A1", "q=" + "a" * 2001, "a=1&" * 1001])
def test_what_no_text_may_hold_is_400(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/v1/quotes?{query}")
    assert answer.status_code == 400
    assert answer.content_type == MEDIA_TYPE


@settings(max_examples=100)
@given(text=st.text(max_size=60), name=st.sampled_from(["q", "speaker", "site", "url", "cursor", "language"]))
def test_no_text_in_a_parameter_breaks_the_server(app: Flask, text: str, name: str) -> None:
    client = app.test_client()
    for path in ("/v1/quotes", "/"):
        answer = client.get(path, buffered=True, query_string={name: text.encode("utf-8", "surrogatepass")})
        assert answer.status_code in {200, 302, 400}, answer.get_data(as_text=True)


@settings(max_examples=100)
@given(text=st.text(min_size=1, max_size=60))
def test_no_header_field_holds_anything_but_visible_ascii(app: Flask, sample: Archive, text: str) -> None:
    client = app.test_client()
    for prefix in (
        "/v1/quotes/",
        "/quotes/",
        "/web/2026/http://",
        "/timegate/http://",
        "/timemap/link/",
        "/snapshots/",
    ):
        answer = client.get(prefix + _quoted(text))
        assert answer.status_code in {200, 302, 400, 404, 405}, prefix
        for name, value in answer.headers:
            assert re.fullmatch(r"[\x20-\x7e]*", value), (name, value)


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"), safe="/")


def test_an_unforeseen_error_is_a_problem_without_a_trace(
    app: Flask, sample: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(sample, "search", broken, raising=False)
    answer = app.test_client().get("/v1/quotes")
    assert answer.status_code == 500
    assert answer.content_type == MEDIA_TYPE
    assert "secret" not in answer.get_data(as_text=True)
    assert "/secret/path" in caplog.text, "the log has it"
