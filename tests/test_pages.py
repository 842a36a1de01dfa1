"""The pages for people: what they show, that it is honest, and that nothing archived can act in them."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import threading
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.serving import make_server

from api.app import create_app
from api.pages.frame import COMPLETE_SCRIPT, COPY_SCRIPT
from api.pages.passages import passage, shown
from api.timestamps import timestamp
from archiver.archive import Archive
from archiver.config import load
from archiver.errors import ConfigError
from archiver.records import Cue, Entry, Query, QuoteState, SaidOn, SnapshotQuery, Span, Speaker
from tests.factories import make_quote, make_rows, put

OURS = {
    f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
    for script in (COPY_SCRIPT, COMPLETE_SCRIPT)
}
"""The scripts that pages of ours may run."""
ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium")
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """A page taken apart: its tags with their attributes, its visible text; fails where tags do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]


def page(client: FlaskClient, path: str, status: int = 200, **asked: Any) -> Page:
    answer = client.get(path, headers={"Accept": "text/html,*/*;q=0.8"}, **asked)
    assert answer.status_code == status
    assert answer.content_type == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    scripts = {part.strip() for part in policy.split(";") if "script" in part}
    assert scripts <= OURS
    found = Page(answer.get_data(as_text=True))
    assert [each for each in found.all("script") if each != {"type": "application/ld+json"}] in (
        [],
        [{}] * len(scripts),
    )
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on") or name == "style"]
    assert found.all("meta", name="viewport")
    assert found.all("html", lang="en")
    return found


def test_the_first_page_has_the_search_box_and_the_newest_quotes(client: FlaskClient) -> None:
    found = page(client, "/")
    names = {field.get("name") for tag in ("input", "select") for field in found.all(tag)}
    assert {"q", "speaker", "site", "language", "published.from", "published.to"} <= names
    labelled = {label["for"] for label in found.all("label")}
    assert {field["id"] for tag in ("input", "select") for field in found.all(tag)} <= labelled
    assert {option["value"] for option in found.all("option")} >= {"", "words", "indirect", "denied"}
    assert len(found.all("blockquote")) == 20
    assert found.all("a", rel="next")


def test_results_mark_the_hits_and_say_who_when_and_where(client: FlaskClient) -> None:
    found = page(client, "/?q=tender")
    assert found.all("mark")
    for word in ("Ada Marlow", "said 9 Nov 2026", "The Northern Ledger", "The Harbour Courier"):
        assert word in found.text
    assert found.all("input", name="q", value="tender")


def test_words_beside_the_quote_are_found_and_shown(client: FlaskClient) -> None:
    found = page(client, "/?q=unions+shores")
    assert found.all("p", class_="around")
    assert found.all("mark")
    assert "both shores" in found.text


def test_filters_and_facets_narrow(client: FlaskClient, sample: Archive) -> None:
    found = page(
        client, "/?q=ferry&speaker=marlow&published.from=2026-11-11&site=northern-ledger.localhost&language=en"
    )
    assert "Ada Marlow" in found.text
    assert "Bram Veldhuis" not in found.text
    everybody = page(client, "/?q=ferry")
    narrower = [link["href"] for link in everybody.all("a") if "speaker=Ada+Marlow" in str(link["href"])]
    assert narrower
    assert "Veldhuis" not in page(client, str(narrower[0]).removeprefix("http://127.0.0.1:8000")).text


def test_all_results_are_reached_by_following_the_links(client: FlaskClient, sample: Archive) -> None:
    seen, following = [], "/?language=en"
    while following:
        found = page(client, following)
        hrefs = [str(link["href"]) for link in found.all("a")]
        seen += [href.rpartition("/")[2] for href in hrefs if "/quotes/q" in href]
        links = found.all("a", rel="next")
        following = str(links[0]["href"]).removeprefix("http://127.0.0.1:8000") if links else ""
    assert len(seen) == len(set(seen)) == sample.search(Query(language=("en",))).total.value


def test_nothing_found_states_what_was_searched_and_denies_nothing(client: FlaskClient, sample: Archive) -> None:
    found = page(client, "/?q=zeppelin")
    assert "Nothing found" in found.text
    searched = sample.searched()
    assert f"{searched.quotes} quotes, repeats included, of {searched.snapshots} saved pages" in found.text
    assert "does not mean that nobody said it" in found.text


@pytest.mark.parametrize(
    ("query", "told", "meant"),
    [
        ("published.from=2026-31-01", "“2026-31-01” is not a day", ""),
        ("colour=red", "“colour” is not a search parameter", ""),
        ("kind=loud", "“loud” is not one of", ""),
        ("published.from=2026-12-31&published.to=2026-01-01", "read as 2026-01-01 to 2026-12-31", ""),
        ("attribute=party=Green", "“party=Green” was left out: 'party' is not a column", "view=compact"),
        ("language=DE", "read as de", "language=de"),
        ("language=German", "read as de", "language=de"),
        ("language=Deutsch", "read as de", "language=de"),
        ("site=https://www.hafenbote.localhost/a", "read as hafenbote.localhost", "site=hafenbote.localhost"),
    ],
)
def test_what_cannot_be_used_as_typed_is_said_and_the_results_are_kept(
    client: FlaskClient, query: str, told: str, meant: str
) -> None:
    found = page(client, f"/?q=a*&{query}")
    assert told in found.text
    assert found.all("li", class_="result")
    if meant:
        same = [
            str(link["href"]) for link in page(client, f"/?q=a*&{meant}").all("a") if "/quotes/q" in str(link["href"])
        ]
        assert same == [str(link["href"]) for link in found.all("a") if "/quotes/q" in str(link["href"])]


def test_a_query_that_cannot_be_read_is_explained(client: FlaskClient) -> None:
    found = page(client, "/?q=" + "word+" * 70, 400)
    assert "more than 64 terms" in found.text
    assert not found.all("li", class_="result")


def test_empty_parameters_never_stay_in_the_address(client: FlaskClient) -> None:
    led = client.get("/?q=ferry&speaker=&published.from=&view=")
    assert led.status_code == 302
    assert led.headers["Location"] == "http://127.0.0.1:8000/?q=ferry"


def test_every_parameter_of_the_api_works_on_the_page(client: FlaskClient, marlow: Entry) -> None:
    values = {
        "outlet": "The Harbour Courier", "kind": "fragment", "said.from": "2026-11-09", "said.to": "2026-11-09",
        "snapshot": marlow.snapshot_id, "limit": "3", "captured.from": "2026-01-01", "attributed": "false",
        "exact": "true",
        "url": marlow.url,
        "state": "superseded", "polarity": "asserted", "repeats": "true", "sort": "published",
        "collapse": "statement",
    }  # fmt: skip
    for name, value in values.items():
        query = {name: value, "q": "the"}
        found = page(client, "/", query_string=query)
        answer = client.get("/v1/quotes", query_string={"in": "passage", **query}).get_json()
        shown = [str(link["href"]).rpartition("/")[2] for link in found.all("a") if "/quotes/q" in str(link["href"])]
        assert shown == [item["id"] for item in answer["items"]], name
        assert "left out" not in found.text


def test_a_filter_is_a_chip_that_takes_it_away(client: FlaskClient) -> None:
    found = page(client, "/?q=ferry&speaker=marlow&kind=direct&sort=published")
    base = "http://127.0.0.1:8000/?q=ferry&"
    hrefs = [str(link["href"]) for link in found.all("a")]
    assert f"{base}kind=direct&sort=published" in hrefs, "without the speaker"
    assert f"{base}speaker=marlow&sort=published" in hrefs, "without the kind"
    assert "Newer quotes" in page(client, "/?sort=published").text
    articles = page(client, "/articles?q=ferry&outlet=The+Harbour+Courier")
    assert "http://127.0.0.1:8000/articles?q=ferry" in [str(link["href"]) for link in articles.all("a")]
    assert "Older quotes" in page(client, "/?language=en").text


def test_a_chosen_value_stays_in_its_facet_and_facets_show_more(client: FlaskClient) -> None:
    found = page(client, "/?q=ferry&speaker=Ada+Marlow&speaker=Nobody+Known")
    chosen = found.all("a", class_="chosen")
    assert len(chosen) == 2
    first = page(client, "/?language=en&language=de")
    more = [str(link["href"]) for link in first.all("a") if "more=speaker" in str(link["href"])]
    assert more
    speakers = [link for link in first.all("a") if "&speaker=" in str(link["href"])]
    listed = page(client, more[0].removeprefix("http://127.0.0.1:8000").partition("#")[0])
    assert len([link for link in listed.all("a") if "&speaker=" in str(link["href"])]) > len(speakers)
    sized = page(client, "/?language=en&language=de&facet.size=2")
    assert len([link for link in sized.all("a") if "&speaker=" in str(link["href"])]) == 2


def test_a_bar_of_the_timeline_narrows_to_its_time(client: FlaskClient) -> None:
    found = page(client, "/?q=the")
    bars = [str(link["href"]) for link in found.all("a") if "published.from" in str(link["href"])]
    assert len(found.all("rect", class_="bar")) > 1
    counts = [page(client, bar.removeprefix("http://127.0.0.1:8000")).all("li", class_="result") for bar in bars[:3]]
    assert all(counts)


def test_results_are_grouped_by_article(client: FlaskClient) -> None:
    found = page(client, "/?q=ferry&group=article")
    heads = found.all("h2", class_="of-article")
    assert heads
    assert len(heads) < len(found.all("li", class_="result"))


def test_a_page_is_taken_along_as_the_file_of_the_same_search(client: FlaskClient) -> None:
    found = page(client, "/?q=unions+shores&speaker=veldhuis")
    links = [str(link["href"]) for link in found.all("a") if "/v1/quotes.csv" in str(link["href"])]
    rows = client.get(links[0].removeprefix("http://127.0.0.1:8000"), buffered=True).get_data(as_text=True)
    assert rows.count("\r\n") == 1 + len(found.all("li", class_="result")) or "both shores" in rows
    led = client.get("/?q=unions+shores&speaker=veldhuis&format=csv")
    assert (led.status_code, led.headers["Location"].partition("?")[0]) == (302, "http://127.0.0.1:8000/v1/quotes")
    assert client.get("/?q=x", headers={"Accept": "text/csv"}).headers["Location"].endswith("&format=csv")
    for path in ("/", "/articles"):
        led = client.get(f"{path}?q=x&package=true&text=none")
        assert led.headers["Location"].endswith("&package=true&text=none&format=csv"), "nothing is lost on the way"


def test_words_stand_in_the_marks_of_their_source(client: FlaskClient) -> None:
    for site, opening, closing in (
        ("la-digue", "«", "»"),
        ("hafenbote", "„", "“"),
        ("shiomi-shimpo", "「", "」"),
        ("corriere-del-molo", "«", "»"),
    ):
        text = page(client, f"/?site={site}.localhost&kind=direct").text
        assert opening in text, site
        assert closing in text, site


def test_the_pieces_of_an_interrupted_quote_are_joined_by_dots(client: FlaskClient, marlow: Entry) -> None:
    assert "tender, … and nobody asked why." in page(client, f"/quotes/{marlow.quote.id}").text


def test_reported_speech_has_no_marks_and_says_what_it_is(client: FlaskClient) -> None:
    found = page(client, "/?kind=indirect")
    assert found.all("li", class_="result reported")
    assert not found.all("span", class_="mark")
    assert "reported speech" in found.text


def test_where_nobody_looks_for_speakers_no_page_says_that_the_article_names_none(tmp_path: Path) -> None:
    with Archive(load({}, {"archive": str(tmp_path)})) as archive:
        quote = make_quote("x", text="איש לא שאל למה", speaker=Speaker())
        put(archive.index, make_rows("ferry", quote, language="he"))
        client = create_app(archive, archive.config).test_client()
        for path in ("/", f"/quotes/{quote.id}"):
            found = page(client, path)
            assert "finds no speakers in this language" in found.text
            assert "the article does not say who" not in found.text


def test_the_pages_speak_english_and_german(client: FlaskClient, marlow: Entry) -> None:
    german = client.get("/?q=ferry", headers={"Accept-Language": "de-AT,en;q=0.5"})
    found = Page(german.get_data(as_text=True))
    assert found.all("html", lang="de")
    assert "Zitate gefunden" in found.text
    assert "Accept-Language" in german.headers["Vary"]
    chosen = Page(client.get("/?q=ferry&lang=de").get_data(as_text=True))
    hrefs = [str(link["href"]) for link in chosen.all("a") if "/quotes/q" in str(link["href"])]
    assert hrefs
    assert all(href.endswith("?lang=de") for href in hrefs), "links keep the language that was chosen"
    assert "11.11.2026" in chosen.text


def test_an_empty_archive_says_how_to_begin(tmp_path: Path) -> None:
    with Archive(load({}, {"archive": str(tmp_path)})) as archive:
        assert "onrecord capture" in page(create_app(archive, archive.config).test_client(), "/").text


def test_a_quote_page_shows_words_person_day_reasons_and_proof(
    client: FlaskClient, marlow: Entry, sample: Archive
) -> None:
    found = page(client, f"/quotes/{marlow.quote.id}")
    row = sample.snapshot(marlow.snapshot_id)
    words = [
        "The contract was never put to tender, and nobody asked why.", "Ada Marlow", "auditor", "9 November 2026",
        "“on Monday”", "Council reopens ferry contract", "Tom Reyes", "The Harbour Courier",
        row.snapshot.payload_digest, row.snapshot.locator.warc, "a pronoun", "Marlow” outside quotation marks",
    ]  # fmt: skip
    for word in words:
        assert word in found.text, word
    assert len(found.all("mark")) == len(marlow.quote.spans) + 1, "the spans, and the legend"
    for kind in ("is-speaker", "is-cue", "is-day"):
        assert len(found.all("span", class_=kind)) == 2
    hrefs = {str(link["href"]) for link in found.all("a")}
    assert any("/web/2" in href for href in hrefs)
    assert any(href.endswith("/record") for href in hrefs)


def test_a_quote_page_can_be_cited_by_machines(client: FlaskClient, marlow: Entry) -> None:
    answer = client.get(f"/quotes/{marlow.quote.id}")
    here = f"http://127.0.0.1:8000/quotes/{marlow.quote.id}"
    assert f'<{here}>; rel="cite-as"' in ", ".join(answer.headers.getlist("Link"))
    found = Page(answer.get_data(as_text=True))
    assert [link["href"] for link in found.all("link", rel="cite-as")] == [here]
    meta = {
        field.get("name"): field["content"]
        for field in found.all("meta")
        if str(field.get("name")).startswith("citation_")
    }
    assert meta["citation_title"] == "Council reopens ferry contract"
    assert meta["citation_author"] == "Tom Reyes"
    assert meta["citation_publication_date"] == "2026/11/10"
    assert meta["citation_public_url"] == here
    assert meta["citation_journal_title"] == "The Harbour Courier"


def test_quotes_and_snapshots_of_the_sample_have_pages(client: FlaskClient, sample: Archive) -> None:
    for entry in sample.search(Query(limit=1000, repeats=True)).entries[::4]:
        found = page(client, f"/quotes/{entry.quote.id}")
        assert re.sub(r"\s+", " ", shown(entry.quote)) in found.text
        assert found.text.count("By the rule") + found.text.count(", by the rule") == 0
    for row in sample.snapshots(SnapshotQuery(limit=1000)).entries:
        found = page(client, f"/snapshots/{row.snapshot.id}")
        assert row.snapshot.url in found.text
        assert str(row.snapshot.status) in found.text


def test_a_snapshot_page_lists_its_quotes_and_the_other_captures(
    client: FlaskClient, marlow: Entry, sample: Archive
) -> None:
    found = page(client, f"/snapshots/{marlow.snapshot_id}")
    kinds = Counter(entry.quote.kind.value for entry in sample.quotes_of(marlow.snapshot_id))
    assert kinds["direct"] + kinds["fragment"] == sample.snapshot(marlow.snapshot_id).quote_count
    assert f"{kinds['direct'] + kinds['fragment']} quotes {kinds['direct']} direct" in found.text
    assert "this one" in found.text
    assert len([a for a in found.all("a") if "/snapshots/s" in str(a["href"])]) >= len(sample.captures(marlow.url))


def test_the_captures_of_an_address_are_listed(client: FlaskClient, marlow: Entry, sample: Archive) -> None:
    led = client.get(f"/web/*/{marlow.url}")
    assert led.status_code == 302
    found = page(client, led.headers["Location"].removeprefix("http://127.0.0.1:8000"))
    for row in sample.captures(marlow.url):
        assert found.all("a", href=f"http://127.0.0.1:8000/snapshots/{row.snapshot.id}")
    assert "The archive has no capture of it" in page(client, "/snapshots?url=http://never.example/<b>").text
    assert page(client, "/snapshots").all("input", name="url")


@pytest.mark.parametrize("path", ["/quotes/qnone", "/snapshots/snone", "/nowhere", "/web/2026/http://never.example/"])
def test_a_browser_gets_its_errors_as_pages_and_a_program_as_problems(client: FlaskClient, path: str) -> None:
    found = page(client, path, 404)
    assert "Not found" in found.text
    assert client.get(path).content_type == "application/problem+json"
    program = client.get(path, headers={"Accept": "application/json"})
    assert program.content_type == "application/problem+json"
    refused = page(client, "/keys", 401)
    assert "`" not in refused.text
    assert refused.all("code")


def test_the_api_answers_a_browser_with_problems_too(client: FlaskClient) -> None:
    answer = client.get("/v1/quotes/qnone", headers={"Accept": "text/html"})
    assert answer.content_type == "application/problem+json"


def test_superseded_quotes_say_so_and_withdrawn_ones_are_gone(tmp_path: Path) -> None:
    with Archive(load({}, {"archive": str(tmp_path)})) as archive:
        old = make_quote("old", state=QuoteState.SUPERSEDED, superseded_by=make_quote("new").id)
        gone = make_quote("gone", state=QuoteState.WITHDRAWN)
        put(archive.index, make_rows("ferry", old, gone))
        client = create_app(archive, archive.config).test_client()
        found = page(client, f"/quotes/{old.id}")
        assert "no longer treats these words" in found.text
        assert [a for a in found.all("a") if str(a["href"]).endswith(str(old.superseded_by))]
        page(client, f"/quotes/{gone.id}", 410)
        assert client.get(f"/v1/quotes/{gone.id}").status_code == 410
        assert client.get(f"/v1/quotes/{old.id}").get_json()["state"] == "superseded"


@pytest.mark.parametrize(
    ("zone", "captured_at", "shown"),
    [
        ("", "2026-11-10T23:30:00Z", "10 November 2026, 23:30 UTC<"),
        ("Europe/Berlin", "2026-11-10T19:02:14Z", "10 November 2026, 19:02 UTC (20:02 CET)<"),
        ("Europe/Berlin", "2026-07-10T19:02:14Z", "10 July 2026, 19:02 UTC (21:02 CEST)<"),
        ("Europe/Berlin", "2026-11-10T23:30:00Z", "10 November 2026, 23:30 UTC (11 November 2026, 00:30 CET)<"),
        ("America/Lima", "2026-11-10T02:00:00Z", "10 November 2026, 02:00 UTC (9 November 2026, 21:00 -05)<"),
    ],
)
def test_local_time_stands_beside_utc_where_the_settings_name_a_zone(
    tmp_path: Path, zone: str, captured_at: str, shown: str
) -> None:
    with Archive(load({"ONRECORD_TIMEZONE": zone}, {"archive": str(tmp_path)})) as archive:
        rows = make_rows("ferry", make_quote(), captured_at=datetime.fromisoformat(captured_at))
        put(archive.index, rows)
        client = create_app(archive, archive.config).test_client()
        assert shown in client.get(f"/snapshots/{rows[0].snapshot.id}").get_data(as_text=True)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Europe", "/etc/localtime"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(ConfigError, match="ONRECORD_TIMEZONE"):
        load({"ONRECORD_TIMEZONE": zone})


HOSTILE = "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>&amp;"


def test_archived_markup_is_words_on_our_pages(tmp_path: Path) -> None:
    with Archive(load({}, {"archive": str(tmp_path)})) as archive:
        quote = make_quote(
            "x", text=HOSTILE, before=HOSTILE, after=HOSTILE, speaker=Speaker(name=HOSTILE, role=HOSTILE)
        )
        put(archive.index, make_rows("ferry", quote, title=HOSTILE, outlet=HOSTILE, authors=(HOSTILE,)))
        client = create_app(archive, archive.config).test_client()
        for path in ("/", "/?q=alert", f"/quotes/{quote.id}", f"/snapshots/{make_rows('ferry')[0].snapshot.id}"):
            found = page(client, path)
            assert "<img src=x" in found.text
            assert not found.all("img")
        marked = client.get("/v1/quotes?q=alert&highlight=true&in=passage").get_json()["items"][0]["highlight"]
        for text in marked.values():
            assert re.findall(r"<[^>]*>", text) == ["<mark>", "</mark>"] * text.count("<mark>")
            assert html.unescape(re.sub("</?mark>", "", text)).count("<img") >= 1


@given(st.text(alphabet="ab\n “”", max_size=40), st.text(alphabet="ab \n", min_size=1, max_size=40), st.data())
def test_the_passage_keeps_every_word_in_order(before: str, printed: str, data: st.DataObject) -> None:
    start = len(before)
    cut = data.draw(st.integers(0, len(printed)))
    halves = (Span(start=start, end=start + cut), Span(start=start + cut, end=start + len(printed)))
    spans = tuple(half for half in halves if half.start < half.end)
    places = st.integers(0, start + len(printed))
    beside = [
        Span(start=min(pair), end=max(pair))
        for pair in data.draw(st.lists(st.tuples(places, places), min_size=3, max_size=3))
    ]
    quote = make_quote(
        text=printed, printed=printed, before=before, after="", spans=(spans[0]._replace(start=start), *spans[1:]),
        speaker=Speaker(span=beside[0]), cue=Cue(span=beside[1]), said_on=SaidOn(span=beside[2]),
    )  # fmt: skip
    pieces = [piece for paragraph in passage(quote) for piece in paragraph]
    assert "".join(text for _, text in pieces).replace(" ", "") == (before + printed).replace("\n", "").replace(" ", "")
    said = "".join(text for kind, text in pieces if kind == "said")
    assert said.replace(" ", "") == printed.replace("\n", "").replace(" ", "")


ATTACK = b"""<!DOCTYPE html><title>harmless</title><h1>A page</h1>
<img src=/v1/health?from=img onerror="document.title='EXECUTED'">
<script>document.title = 'EXECUTED'; fetch('/v1/health?from=script')</script>
<script src=/v1/health?from=src></script><link rel=stylesheet href=/static/onrecord.css?from=link>
<iframe src=/v1/health?from=frame></iframe><object data=/v1/health?from=object></object>
<svg onload="document.title='EXECUTED'"></svg><meta http-equiv=refresh content="0;url=/v1/health?from=refresh">
<form action=/v1/health?from=form id=f></form><body onload="document.getElementById('f').submit()">
<base href=http://evil.example/><video src=/v1/health?from=video></video>"""


class Attack(BaseHTTPRequestHandler):
    """A site that tries what a page can try."""

    def do_GET(self) -> None:
        found = self.path == "/"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Set-Cookie", "stolen=yes")
        self.send_header("Service-Worker-Allowed", "/")
        self.send_header("Refresh", "0;url=/v1/health?from=header")
        self.end_headers()
        self.wfile.write(ATTACK if found else b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        pass


@contextmanager
def serving(server: Any, run: Any, stop: Any) -> Iterator[Any]:
    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield server
    finally:
        stop()
        thread.join()


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")
def test_a_hostile_page_can_do_nothing_in_a_real_browser(tmp_path: Path, free_port: int) -> None:
    attack = ThreadingHTTPServer(("127.0.0.1", 0), Attack)
    host = f"127.0.0.1:{attack.server_port}"
    asked: list[str] = []
    options = {"archive": str(tmp_path / "archive"), "fetch_allow": host, "fetch_pause": "0", "port": str(free_port)}
    config = load({}, options)
    with Archive(config) as archive:
        with serving(attack, attack.serve_forever, attack.shutdown):
            (kept,) = archive.capture(f"http://{host}/").kept
        attack.server_close()
        app = create_app(archive, config)

        def recorded(environ: dict[str, Any], start: Any) -> Any:
            asked.append(environ["PATH_INFO"] + "?" + environ["QUERY_STRING"])
            return app(environ, start)

        server = make_server("127.0.0.1", free_port, recorded, threaded=True)
        with serving(server, server.serve_forever, server.shutdown):
            url = f"{config.base_url}/web/{timestamp(kept.snapshot.captured_at)}/http://{host}/"
            command = [
                str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={tmp_path / 'browser'}", "--virtual-time-budget=3000", "--dump-dom", url,
            ]  # fmt: skip
            seen = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout
    assert "<h1>A page</h1>" in seen
    assert "<title>harmless</title>" in seen, "no script ran"
    assert [path for path in asked if "from=" in path] == [], "nothing was loaded from the archive's own pages"
    assert asked, "the browser asked for the page"
