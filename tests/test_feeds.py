"""Feeds, and what crawlers, browsers and proxies expect of a server: read with programs that are not ours."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import brotli
import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from archiver.archive import Archive
from archiver.config import load
from archiver.records import Query, Speaker
from tests.factories import make_quote, make_rows, put

BASE = "http://127.0.0.1:8000"


def test_an_atom_feed_is_read_by_a_feed_reader(client: FlaskClient, sample: Archive) -> None:
    answer = client.get("/v1/quotes.atom?q=ferry&in=passage&limit=200")
    assert answer.mimetype == "application/atom+xml"
    read = feedparser.parse(answer.get_data())
    assert not read.bozo
    assert read.version == "atom10"
    items = client.get("/v1/quotes?q=ferry&in=passage&limit=1000").get_json()["items"]
    assert {entry.id for entry in read.entries} == {item["links"]["page"] for item in items}
    assert all(entry.summary and entry.link == entry.id for entry in read.entries)
    minutes = [entry.updated[:16] for entry in read.entries]
    assert minutes == sorted(minutes, reverse=True), "newest first by when the archive got them"
    assert read.feed.updated == max(entry.updated for entry in read.entries)


def test_both_feeds_have_the_same_entries_and_go_on(client: FlaskClient, sample: Archive) -> None:
    seen: list[str] = []
    path = "/v1/quotes.feed.json?limit=50"
    while path:
        document = client.get(path).get_json()
        assert document["version"] == "https://jsonfeed.org/version/1.1"
        assert all(
            item["content_text"] and datetime.fromisoformat(item["date_published"]) for item in document["items"]
        )
        seen += [item["id"] for item in document["items"]]
        path = document.get("next_url", "").removeprefix(BASE)
    assert len(seen) == len(set(seen)) == sample.search(Query()).total.value
    first = feedparser.parse(client.get("/v1/quotes.atom?limit=50").get_data())
    assert [entry.id for entry in first.entries] == seen[:50]
    assert [link.href for link in first.feed.links if link.rel == "next"]


def test_a_feed_is_not_sent_twice(client: FlaskClient) -> None:
    for path in ("/v1/quotes.atom?q=ferry", "/v1/quotes.feed.json?q=ferry"):
        etag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_pages_lead_to_the_feed_of_their_search(client: FlaskClient) -> None:
    text = client.get("/?q=ferry&speaker=marlow&sort=published").get_data(as_text=True)
    found = re.findall(r'<link rel="alternate" type="application/(?:atom\+xml|feed\+json)" href="([^"]*)"', text)
    assert len(found) == 2
    for address in found:
        assert "sort" not in address
        assert client.get(address.replace("&amp;", "&").removeprefix(BASE)).status_code == 200


def test_a_feed_holds_whatever_a_page_printed(tmp_path: Path) -> None:
    with Archive(load({}, {"archive": str(tmp_path)})) as archive:
        nasty = "]]>\x00\x0b<script>&amp;\ufffe \U0001f600 עברית"
        quotes = (make_quote("a", text=nasty, speaker=Speaker(name=nasty, confidence=0.95)), make_quote("b"))
        put(archive.index, make_rows("ferry", *quotes, title=nasty, outlet=nasty))
        client = create_app(archive, archive.config).test_client()
        read = feedparser.parse(client.get("/v1/quotes.atom").get_data())
        assert not read.bozo
        assert len(read.entries) == 2
        named = [item["title"] for item in client.get("/v1/quotes.feed.json").get_json()["items"]]
        assert any(title.startswith("]]>") for title in named)


def test_nobody_is_named_in_a_headline_who_is_not_well_supported(tmp_path: Path) -> None:
    with Archive(load({}, {"archive": str(tmp_path)})) as archive:
        unsure = make_quote("a", speaker=Speaker(name="Ada Marlow", confidence=0.6))
        put(archive.index, make_rows("ferry", unsure))
        (item,) = create_app(archive, archive.config).test_client().get("/v1/quotes.feed.json").get_json()["items"]
        assert "Ada Marlow" not in item["title"]


@pytest.mark.parametrize(
    "path", ["/?q=ferry", "/v1/quotes", "/static/onrecord.css", "/openapi.json", "/v1/quotes.atom"]
)
def test_text_is_compressed_as_the_client_allows(client: FlaskClient, path: str) -> None:
    plain = client.get(path, buffered=True)
    assert "Content-Encoding" not in plain.headers
    for coding, undo in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        packed = client.get(path, headers={"Accept-Encoding": coding}, buffered=True)
        assert packed.headers["Content-Encoding"] == coding
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert undo(packed.get_data()) == plain.get_data()
        assert packed.headers["ETag"] != plain.headers["ETag"]
        asked = {"Accept-Encoding": coding, "If-None-Match": packed.headers["ETag"]}
        assert client.get(path, headers=asked, buffered=True).status_code == 304
    assert (
        client.get(path, headers={"Accept-Encoding": "br;q=0, gzip;q=0"}, buffered=True).get_data() == plain.get_data()
    )


def test_small_and_ranged_answers_are_sent_as_they_are(client: FlaskClient, sample: Archive) -> None:
    asked = {"Accept-Encoding": "gzip"}
    assert "Content-Encoding" not in client.get("/robots.txt", headers=asked).headers
    row = sample.search(Query(limit=1)).entries[0]
    text = client.get(f"/v1/snapshots/{row.snapshot_id}/text", headers={**asked, "Range": "bytes=0-9"})
    assert (text.status_code, len(text.get_data())) == (206, 10)


def test_a_streamed_export_is_compressed_too(client: FlaskClient) -> None:
    plain = client.get("/v1/quotes.csv", buffered=True).get_data()
    packed = client.get("/v1/quotes.csv", headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain


def test_only_files_named_by_their_digest_are_kept_for_ever(client: FlaskClient) -> None:
    address = re.findall(r'href="([^"]*onrecord\.css[^"]*)"', client.get("/").get_data(as_text=True))[0]
    assert "immutable" in client.get(address, buffered=True).headers["Cache-Control"]
    for path in ("/static/onrecord.css", "/static/onrecord.css?v=0000000000000000"):
        assert client.get(path, buffered=True).headers["Cache-Control"] == "no-cache"


def test_nothing_archived_may_be_kept_without_asking(client: FlaskClient, sample: Archive) -> None:
    entry = sample.search(Query(limit=1)).entries[0]
    snapshot = client.get(f"/v1/snapshots/{entry.snapshot_id}").get_json()
    memento = client.get(f"/timegate/{snapshot['url']}").headers["Location"].removeprefix(BASE)
    for path in (memento, f"/v1/snapshots/{entry.snapshot_id}/record", f"/v1/quotes/{entry.quote.id}"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "no-cache", path
        assert answer.headers["ETag"]


def test_crawlers_may_read_nothing_unless_the_settings_say_so(app: Flask, sample: Archive) -> None:
    closed = app.test_client()
    assert closed.get("/robots.txt").get_data(as_text=True) == "User-agent: *\nDisallow: /\n"
    assert closed.get("/sitemap.xml").status_code == 404
    assert closed.get("/.well-known/security.txt").status_code == 404
    config = replace(sample.config, crawlers=True, contact="mailto:desk@news.example")
    opened = create_app(sample, config).test_client()
    robots = opened.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /web/" in robots
    assert f"Sitemap: {BASE}/sitemap.xml" in robots
    listed = [each.text for each in ElementTree.fromstring(opened.get("/sitemap.xml").get_data()).iter() if each.text]
    assert (
        len([address for address in listed if address and "/quotes/q" in address]) == sample.search(Query()).total.value
    )
    security = opened.get("/.well-known/security.txt").get_data(as_text=True)
    assert security.startswith("Contact: mailto:desk@news.example\nExpires: 20")


def test_browsers_find_the_icon(client: FlaskClient) -> None:
    icon = client.get("/favicon.ico")
    assert icon.get_data().startswith(b"\x00\x00\x01\x00")
