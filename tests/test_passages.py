"""The passage in the saved page: marked where it is, and nothing archived can act, in a real browser."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from api.app import create_app
from archiver.archive import Archive, verify_file
from archiver.config import load
from archiver.records import Entry, Query
from archiver.replay.documents import Held, shown
from archiver.replay.marks import Wanted, mark
from archiver.replay.requisites import best_of, page_requisites
from archiver.replay.styles import rewritten
from tests.attacks import ATTACKS, WORDS, page_of

NOTHING = Held(requisites={}, pages={}, sheets={})
URL = "https://harbour-courier.example/2026/vote"


def marked(page: str, *wanted: Wanted) -> tuple[int, list[str]]:
    root = html.document_fromstring(page)
    placed = mark(root, wanted)
    return placed, ["".join(each.itertext()) for each in root.iter("mark")]


def test_words_are_marked_across_markup() -> None:
    page = "<body><p>He said: “The <b>con</b>tract&nbsp;was <i>nev<u>er</u></i> put”, and <q>left</q>.</p></body>"
    placed, marks = marked(page, Wanted("contract was never", "The ", " put"), Wanted("left", "and ", "."))
    assert placed == 2
    assert "".join(marks).replace("\xa0", " ") == "contract was neverleft"


def test_of_equal_words_those_with_the_right_surroundings_are_marked() -> None:
    page = "<p>“No comment,” said Bea.</p><p>“No comment,” said Ada.</p>"
    root = html.document_fromstring(page)
    assert mark(root, [Wanted("No comment", "Bea.\n“", ",” said Ada")]) == 1
    assert [bool(list(paragraph.iter("mark"))) for paragraph in root.iter("p")] == [False, True]


def test_hidden_data_is_not_the_page() -> None:
    page = '<body><script type="application/ld+json">{"articleBody": "secret words"}</script><p>Others.</p></body>'
    assert marked(page, Wanted("secret words", "", "")) == (0, [])


def test_several_pieces_have_anchors_of_their_own() -> None:
    found = shown(
        "<p>“One two,” she said, “three four.”</p>",
        URL,
        [Wanted("One two", "", ""), Wanted("three four", "", "")],
        NOTHING,
    )
    assert found.placed == 2
    root = html.document_fromstring(found.html)
    assert [each.get("id") for each in root.iter("mark")] == ["onrecord-quote-1", "onrecord-quote-2"]


def test_links_lead_into_the_archive_or_are_marked_as_leaving() -> None:
    held = Held(
        requisites={},
        pages={"https://harbour-courier.example/a": "/web/1/https://harbour-courier.example/a"},
        sheets={},
    )
    found = shown("<a href=/a>one</a><a href=/b>two</a><a href='javascript:x'>three</a>", URL, [], held)
    links = list(html.document_fromstring(found.html).iter("a"))
    assert [link.get("href") for link in links] == [
        "/web/1/https://harbour-courier.example/a",
        "https://harbour-courier.example/b",
        None,
    ]
    assert ["onrecord-leaves" in (link.get("class") or "") for link in links] == [False, True, False]


def test_styles_and_images_come_from_the_archive_alone() -> None:
    held = Held(
        requisites={"https://harbour-courier.example/i.png": "/requisites/s/i.png"},
        pages={},
        sheets={URL + ".css": [("https://harbour-courier.example/x.css", "p{background:url(i.png)}")]},
    )
    page = (
        f"<link rel=stylesheet href='{URL}.css'><img src=/i.png><img src=/j.png><p style='background:url(/j.png)'>x</p>"
    )
    found = shown(page, URL, [], held)
    root = html.document_fromstring(found.html)
    assert [each.get("src") for each in root.iter("img")] == ["/requisites/s/i.png", None]
    assert "/j.png" not in found.html
    assert 'url("")' not in found.html


def test_too_large_and_too_deep_pages_say_so() -> None:
    assert shown("<p>x" * 3_000_000, URL, [], NOTHING).problem
    deep = shown("<div>" * 2000 + "x", URL, [], NOTHING)
    assert deep.problem or deep.html
    assert shown("", URL, [], NOTHING).problem


def test_requisites_are_what_a_browser_would_load() -> None:
    page = """<base href="/base/"><link rel="stylesheet" href="s.css"><link rel="alternate stylesheet" href="n.css">
    <img src="a.png" srcset="b.png 800w, c.png 1600w, d.png 4000w"><img data-src="lazy.png" src="data:image/gif,x">
    <style>@import url("i.css"); @font-face { src: url(f.eot), url(f.woff2) }
    p { background: url(g.png) }</style>"""
    found = page_requisites(page, URL)
    names = [each.rpartition("/")[2] for each in found]
    assert names == ["s.css", "c.png", "lazy.png", "i.css", "g.png", "f.woff2"]
    assert all(each.startswith("https://harbour-courier.example/base/") for each in found)
    assert best_of("x.png 2x, y.png 1x") == "x.png"


def test_a_style_sheet_cannot_end_its_element_or_import() -> None:
    css = rewritten("@import 'x.css'; p{content:'</style><script>';background:url(y.png)}", URL, lambda _: None)
    assert "<" not in css
    assert "import" not in css
    assert "y.png" not in css


def test_the_page_has_a_banner_and_a_frame_of_its_own(client: FlaskClient, marlow: Entry) -> None:
    answer = client.get(f"/quotes/{marlow.quote.id}/page")
    assert answer.status_code == 200
    text = answer.text
    for words in (
        "The Harbour Courier",
        "as it was captured on",
        "by onrecord/",
        "sha256:",
        "Back to the quote",
        "The page today",
    ):
        assert words in text, words
    assert "The words are marked in the page" in text
    assert 'sandbox="allow-top-navigation-by-user-activation"' in text
    frame = client.get(f"/quotes/{marlow.quote.id}/page/frame")
    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-top-navigation-by-user-activation; default-src 'none'")
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    root = html.document_fromstring(frame.text)
    assert (
        "".join("".join(each.itertext()) for each in root.iter("mark"))
        == "The contract was never put to tender,and nobody asked why."
    )


def test_only_our_frame_may_be_framed(client: FlaskClient, marlow: Entry, sample: Archive) -> None:
    snapshot = sample.snapshot(marlow.snapshot_id).snapshot
    stamp = snapshot.captured_at.strftime("%Y%m%d%H%M%S")
    paths = [
        "/",
        "/docs",
        "/openapi.json",
        "/v1/health",
        "/v1/quotes",
        f"/quotes/{marlow.quote.id}",
        f"/quotes/{marlow.quote.id}.bib",
    ]
    paths += [
        f"/web/{stamp}/{snapshot.url}",
        f"/quotes/{marlow.quote.id}/page",
        "/static/copy.js",
        "/v1/nothing",
        "/cdx?url=x.example",
    ]
    for path in paths:
        with client.get(path) as answer:
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path


def test_the_library_replay_is_linked_where_it_is_set(sample: Archive, marlow: Entry) -> None:
    config = load({}, {"archive": str(sample.config.archive), "replay_url": "https://replay.example/news"})
    text = create_app(sample, config).test_client().get(f"/quotes/{marlow.quote.id}/page").text
    assert 'href="https://replay.example/news/2' in text


@dataclass
class Recorded:
    """A server that notes what it was asked."""

    server: Any
    url: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def running(handler: type[BaseHTTPRequestHandler]) -> Iterator[Recorded]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield Recorded(server, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def live_server(pages: dict[str, bytes]) -> Iterator[Recorded]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            recorded.asked.append(self.path)
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Set-Cookie", "stolen=yes")
            self.send_header("Service-Worker-Allowed", "/")
            self.send_header("Refresh", "0;url=/refreshed")
            self.send_header("Link", f"<{recorded.url}/preloaded>; rel=preload; as=image")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args: object) -> None:
            pass

    with running(Handler) as recorded:
        yield recorded


@pytest.mark.xdist_group("browser")
def test_nothing_archived_acts_in_a_real_browser(tmp_path: Path, free_port: int, browser: Browser) -> None:
    assert len(ATTACKS) >= 30
    pages: dict[str, bytes] = {}
    with live_server(pages) as live:
        names = {f"/{number}": name for number, name in enumerate(ATTACKS)}
        pages.update({path: page_of(name, live.url).encode() for path, name in names.items()})
        host = live.url.removeprefix("http://")
        options = {
            "archive": str(tmp_path / "archive"),
            "fetch_allow": host,
            "fetch_pause": "0",
            "port": str(free_port),
        }
        config = load({}, {**options, "fetch_robots": "off"})
        with Archive(config) as archive:
            for path in names:
                archive.capture(live.url + path)
            quotes = {
                entry.url: entry
                for entry in archive.search(Query(q="harbour belongs", limit=100, repeats=True)).entries
            }
            assert len(quotes) == len(ATTACKS)
            live.asked.clear()
            app = create_app(archive, config)
            ours: list[str] = []

            def recorded(environ: dict[str, Any], start: Any) -> Any:
                ours.append(environ["PATH_INFO"])
                return app(environ, start)

            server = make_server("127.0.0.1", free_port, recorded, threaded=True)
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                context = browser.new_context()
                tab = context.new_page()
                for url, entry in quotes.items():
                    name = names[url.removeprefix(live.url)]
                    where = f"{config.base_url}/quotes/{entry.quote.id}/page"
                    tab.goto(where)
                    inside = tab.frame_locator("iframe")
                    words = "".join(inside.locator("mark.onrecord-quote").all_inner_texts())
                    assert words.rstrip(",") == WORDS, name
                    assert inside.locator("mark.onrecord-quote").first.is_visible(), name
                    assert tab.title().startswith("In the saved page"), name
                    assert tab.url == where, name
                    assert context.cookies() == [], name
                    assert not context.service_workers, name
                    assert len(tab.frames) == 2, name
                context.close()
            finally:
                server.shutdown()
                thread.join()
                server.server_close()
            assert live.asked == []
            allowed = ("/quotes/", "/static/passage.css", "/requisites/", "/favicon.ico")
            assert [path for path in ours if not path.startswith(allowed)] == []


SITE = {
    "/page": (
        "text/html",
        b"""<html lang=en><head><title>Harbour vote</title><meta property=og:type content=article>
        <link rel=stylesheet href=/style.css></head><body><article><h1>Harbour vote</h1>
        <p>\xe2\x80\x9cThe harbour belongs to everybody who works in it,\xe2\x80\x9d said Ada Marlow, the auditor.</p>
        <p>The council met for three hours and heard from eleven speakers before it voted on the contract. It will meet
        again in a fortnight, when the harbour master is to present the accounts of the past three years.</p>
        <p>The ferry has been run by the same company since the quay was rebuilt. Its licence ends in March.</p>
        <img src=/picture.png alt=quay><img src=/missing.png></article></body></html>""",
    ),
    "/style.css": ("text/css", b"@import 'more.css'; body { background: url(/back.png) }"),
    "/more.css": ("text/css", b"@font-face { font-family: x; src: url(font.woff2) } h1 { font-family: x }"),
    "/picture.png": ("image/png", b"\x89PNG picture"),
    "/back.png": ("image/png", b"\x89PNG background"),
    "/font.woff2": ("font/woff2", b"wOF2 font"),
}


@contextmanager
def small_site() -> Iterator[Recorded]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            recorded.asked.append(self.path)
            kind, body = SITE.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with running(Handler) as recorded:
        yield recorded


def test_a_page_is_captured_with_what_it_asks_for(tmp_path: Path) -> None:
    with small_site() as site:
        options = {
            "archive": str(tmp_path / "archive"),
            "fetch_allow": site.url.removeprefix("http://"),
            "fetch_pause": "0",
        }
        with Archive(load({}, {**options, "fetch_robots": "off", "extract_processes": "1"})) as archive:
            plain = archive.capture(f"{site.url}/page")
            assert site.asked == ["/page"]
            outcome = archive.capture(f"{site.url}/page", assets=True)
            assert [kept.snapshot.url for kept in (*plain.kept, *outcome.kept)] == [f"{site.url}/page"] * 2
            assert sorted(site.asked[2:]) == [
                *("/back.png", "/font.woff2", "/missing.png", "/more.css", "/picture.png", "/style.css"),
            ]
            (first,) = archive.captures(f"{site.url}/picture.png")
            archive.capture(f"{site.url}/page", assets=True)
            _, again = archive.captures(f"{site.url}/picture.png")
            assert again.snapshot.revisit_of == first.snapshot.record_id
            assert again.snapshot.payload == first.snapshot.locator
            assert archive.page(again.snapshot.id).body == SITE["/picture.png"][1]
            entry = next(iter(archive.search(Query(q="harbour belongs")).entries))
            client = create_app(archive, archive.config).test_client()
            frame = client.get(f"/quotes/{entry.quote.id}/page/frame").text
            assert f"/requisites/{entry.snapshot_id}/{site.url}/picture.png" in frame
            assert f"/requisites/{entry.snapshot_id}/{site.url}/back.png" in frame
            assert f"/requisites/{entry.snapshot_id}/{site.url}/font.woff2" in frame
            assert "missing.png" not in frame
            picture = client.get(f"/requisites/{entry.snapshot_id}/{site.url}/picture.png")
            assert (picture.data, picture.content_type) == (SITE["/picture.png"][1], "image/png")
            assert client.get(f"/requisites/{entry.snapshot_id}/{site.url}/page").status_code == 404, (
                "images and fonts alone"
            )
            package = archive.evidence([str(entry.quote.id)])
            (tmp_path / "x.wacz").write_bytes(package)
            assert [each.what for each in verify_file(tmp_path / "x.wacz", load({}, {})) if not each.ok] == []
            captures = zipfile.ZipFile(io.BytesIO(package)).read("archive/captures.warc.gz")
            targets = {record.headers.get("WARC-Target-URI") for record in ArchiveIterator(io.BytesIO(captures))}
            assert {f"{site.url}{path}" for path in SITE} <= targets
            assert [each.what for each in archive.verify() if not each.ok] == []
