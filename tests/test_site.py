"""The sample site is what it says: every address answers as listed, and what its readings hold is on its pages."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import unicodedata
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from archiver.records import Kind
from tests.site.serve import FOLDER, Resource, Site, allow, outlets, resources, urls

PHENOMENA = """
json-ld-date meta-date visible-date url-date byline no-byline two-authors comments quote-before quote-after quote-inside
pronoun surname title-mention unnamed-source interrupted continued-paragraphs quote-in-quote scare-quote title-of-work
headline-quote slogan fragment same-statement changed redirect not-found block-page legacy-charset straight-marks
guillemets guillemets-inward corner-brackets day-relative day-stated chunked name-inside-marks
"""
READINGS = [
    pytest.param(resource, file, reading, id=file.removesuffix(".html"))
    for resource in resources()
    for file, reading in zip(resource.files, resource.expected, strict=False)
]
SKIPPED = {"script", "style", "title"}


class Words(HTMLParser):
    """The visible text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.text.append(data)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def charset(resource: Resource) -> str:
    return resource.headers["Content-Type"].rpartition("charset=")[2]


def page_text(resource: Resource, file: str) -> str:
    words = Words()
    words.feed((FOLDER / file).read_bytes().decode(charset(resource)))
    return " ".join("".join(words.text).split())


def reading_in(file: str) -> dict[str, Any]:
    reading: dict[str, Any] = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    return reading


def ask(site: Site, resource: Resource, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request("GET", resource.path, headers={"Host": f"{resource.host}:{site.port}", **headers})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest.mark.parametrize("resource", resources(), ids=lambda resource: resource.outlet + resource.path)
def test_each_address_answers_as_the_manifest_says(resource: Resource) -> None:
    with Site() as site:
        status, headers, body = ask(site, resource)
        packed = ask(site, resource, **{"Accept-Encoding": "gzip"})
    assert status == resource.status
    assert headers.items() >= {name.lower(): value for name, value in resource.headers.items()}.items()
    assert body == resource.body(0)
    if body:
        assert packed[1]["content-encoding"] == "gzip"
        assert gzip.decompress(packed[2]) == resource.body(1)


def test_the_changed_page_shows_its_second_version_from_the_second_request_on() -> None:
    changed = next(resource for resource in resources() if len(resource.files) > 1)
    with Site() as site:
        bodies = [ask(site, changed)[2] for _ in range(3)]
        assert site.hits(changed.url(site.port)) == 3
    first, second = (changed.body(time) for time in (0, 1))
    assert bodies == [first, second, second]
    assert first != second


def test_redirects_lead_to_articles_and_the_last_one_to_the_changed_page() -> None:
    by_path = {(resource.outlet, resource.path): resource for resource in resources()}
    redirects = [resource for resource in resources() if resource.status in {301, 302}]
    targets = [by_path[resource.outlet, resource.headers["Location"]] for resource in redirects]
    assert len(redirects) >= 2
    assert all(target.expected for target in targets)
    assert len(targets[-1].files) == 2
    assert redirects[-1] == resources()[-1]


def test_unknown_hosts_and_paths_are_not_found_and_robots_txt_is_there() -> None:
    with Site() as site:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        statuses = []
        for host, path in (("nobody.localhost", "/"), ("la-digue.localhost", "/../serve.py"), ("..", "/robots.txt")):
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.request("GET", "/robots.txt", headers={"Host": "la-digue.localhost"})
        robots = connection.getresponse()
        rules = robots.read()
        connection.close()
    assert statuses == [404, 404, 404]
    assert (robots.status, rules) == (200, (FOLDER / "la-digue/robots.txt").read_bytes())


def test_the_addresses_to_capture_are_on_the_allowed_hosts() -> None:
    assert len(set(urls(8099))) == len(urls(8099)) == len(resources())
    assert {re.split("/+", url)[1] for url in urls(8099)} == set(allow(8099))


def test_the_files_in_the_folder_are_those_of_the_manifest() -> None:
    listed = {file for resource in resources() for file in (*resource.files, *resource.expected)}
    robots = {f"{outlet}/robots.txt" for outlet in outlets()}
    there = {str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*") if "__pycache__" not in path.parts}
    assert there == listed | robots


def test_the_site_is_as_large_and_as_various_as_promised() -> None:
    articles = [resource for resource in resources() if resource.expected]
    readings = [reading_in(file) for resource in articles for file in resource.expected]
    assert len(articles) >= 15
    assert len({reading["outlet"] for reading in readings}) >= 4
    assert {"en", "de", "fr", "es"} < {reading["language"] for reading in readings}
    assert {name for resource in resources() for name in resource.phenomena} >= set(PHENOMENA.split())
    said = [(quote["text"], quote["speaker"]) for reading in readings for quote in reading["quotes"]]
    assert len(said) > 100
    assert len(set(said)) < len(said), "no statement is in two places"


@pytest.mark.parametrize(("resource", "file", "reading"), READINGS)
def test_what_a_careful_reader_found_stands_on_the_page(resource: Resource, file: str, reading: str) -> None:
    text, found = page_text(resource, file), reading_in(reading)
    assert found["outlet"] == outlets()[resource.outlet]
    assert date.fromisoformat(found["published"][:10]).year == 2026
    assert letters(found["title"]) in letters(text)
    for quote in found["quotes"]:
        assert quote["kind"] in {Kind.DIRECT, Kind.FRAGMENT}
        assert quote["said_on"] is None or date.fromisoformat(quote["said_on"])
        assert pieces_stand_in_order(quote["text"], text), quote["text"]
        assert quote["printed"] is None or " ".join(quote["printed"].split()) in text
        if quote["speaker"]:
            assert all(letters(name) in letters(text) for name in quote["speaker"].split())


def pieces_stand_in_order(quoted: str, text: str) -> bool:
    """Whether all words of the quote are in the text in order, a reporter's words or marks between them at most."""
    at = letters(text).find(letters(quoted))
    if at >= 0:
        return True
    words, whole = quoted.split(), " ".join(text.split())
    for cut in range(1, len(words)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        start = whole.find(head)
        if start >= 0 and 0 <= whole.find(tail, start + len(head)) - start - len(head) < 120:
            return True
    return False


@pytest.mark.parametrize("resource", [each for each in resources() if "legacy-charset" in each.phenomena], ids=charset)
def test_legacy_pages_say_their_charset_in_the_header_alone(resource: Resource) -> None:
    page = resource.body(0)
    assert b"charset" not in page.lower()
    with pytest.raises(UnicodeDecodeError):
        page.decode()
    assert page.decode(charset(resource)).encode(charset(resource)) == page
