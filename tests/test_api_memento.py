"""Time travel answers as RFC 7089, pywb and the Wayback Machine have it, and a saved page can do nothing."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cdx import CdxParameters
from api.timestamps import earliest, http_date, latest, read_http_date, timestamp
from archiver.archive import Archive
from archiver.index.urls import url_key
from archiver.records import SnapshotEntry
from tests.faces import BASE
from tests.site.serve import Site

CHANGED = "/2026/11/ferry-contract"


@pytest.fixture
def url(site: Site) -> str:
    """A page that was captured twice and had changed in between."""
    return next(url for url in site.urls if url.endswith(CHANGED))


@pytest.fixture
def rows(sample: Archive, url: str) -> list[SnapshotEntry]:
    found = [row for row in sample.captures(url) if url_key(row.snapshot.url) == url_key(url)]
    assert len({row.snapshot.payload_digest for row in found}) == 2
    return found


def links_of(answer: Any) -> dict[str, str]:
    """Relation → target of all `Link` fields."""
    found = {}
    for field in answer.headers.getlist("Link"):
        for target, relations in re.findall(r'<([^>]*)>; rel="([^"]*)"', field):
            found.update(dict.fromkeys(relations.split(), target))
    return found


def stamp(row: SnapshotEntry) -> str:
    return timestamp(row.snapshot.captured_at)


def test_the_timegate_leads_to_the_nearest_state(client: FlaskClient, url: str, rows: list[SnapshotEntry]) -> None:
    for row in rows:
        asked = {"Accept-Datetime": http_date(row.snapshot.captured_at)}
        led = client.get(f"/timegate/{url}", headers=asked)
        assert led.status_code == 302
        assert led.headers["Location"] == f"{BASE}/web/{stamp(row)}/{url}"
        assert led.headers["Vary"].startswith("accept-datetime, prefer")
        assert "Memento-Datetime" not in led.headers
        assert links_of(led)["original"] == url
        assert links_of(led)["timemap"] == f"{BASE}/timemap/link/{url}"


def test_without_a_date_the_timegate_leads_to_the_newest(
    client: FlaskClient, url: str, rows: list[SnapshotEntry]
) -> None:
    assert client.get(f"/timegate/{url}").headers["Location"].startswith(f"{BASE}/web/{stamp(rows[-1])}/")
    early = client.get(f"/timegate/{url}", headers={"Accept-Datetime": "Thu, 01 Jan 1998 00:00:00 GMT"})
    assert early.headers["Location"].startswith(f"{BASE}/web/{stamp(rows[0])}/")


@pytest.mark.parametrize(
    "date", ["yesterday", "2026-11-10", "Thu, 31 Feb 2026 00:00:00 GMT", "Thu, 12 Mar 2026 09:00:00 +0100"]
)
def test_a_date_that_is_none_is_400(client: FlaskClient, url: str, date: str) -> None:
    refused = client.get(f"/timegate/{url}", headers={"Accept-Datetime": date})
    assert refused.status_code == 400
    assert refused.get_json()["errors"][0]["parameter"] == "Accept-Datetime"


def test_a_memento_is_the_page_as_it_was_sent(
    client: FlaskClient, url: str, rows: list[SnapshotEntry], sample: Archive
) -> None:
    for at, row in enumerate(rows):
        for modifier in ("", "id_"):
            page = client.get(f"/web/{stamp(row)}{modifier}/{url}")
            assert page.status_code == 200
            assert page.get_data() == sample.page(row.snapshot.id).body
            assert b"</html>" in page.get_data(), "content coding undone"
            assert parsedate_to_datetime(page.headers["Memento-Datetime"]) == row.snapshot.captured_at.replace(
                microsecond=0
            )
            assert "accept-datetime" not in page.headers.get("Vary", "")
            links = links_of(page)
            assert links["original"] == url
            assert links["timegate"] == f"{BASE}/timegate/{url}"
            assert links["first"] == f"{BASE}/web/{stamp(rows[0])}/{url}"
            assert links["last"] == f"{BASE}/web/{stamp(rows[-1])}/{url}"
            assert ("prev" in links) is (at > 0)
            assert ("next" in links) is (at < len(rows) - 1)


def test_an_inexact_time_leads_to_the_exact_one(client: FlaskClient, url: str, rows: list[SnapshotEntry]) -> None:
    first, last = stamp(rows[0]), stamp(rows[-1])
    for asked, found in (
        ("19980101", first),
        (first[:4], first),
        ("20991231235959", last),
        ("2", last),
        (f"{last}if_", last),
    ):
        led = client.get(f"/web/{asked}/{url}")
        assert (led.status_code, led.headers["Location"]) == (302, f"{BASE}/web/{found}/{url}"), asked
    raw = client.get(f"/web/1998id_/{url}")
    assert raw.headers["Location"] == f"{BASE}/web/{first}id_/{url}"
    newest = client.get(f"/web/{url}")
    assert newest.headers["Location"] == f"{BASE}/timegate/{url}"
    assert client.get(f"/web/20261399/{url}").status_code == 400


@pytest.mark.parametrize("spelling", ["{url}", "{url}#top", "{bare}", "{merged}", "{encoded}", "{url}?utm_source=x"])
def test_one_page_under_its_usual_spellings(client: FlaskClient, url: str, spelling: str) -> None:
    from urllib.parse import quote

    given = spelling.format(
        url=url, bare=url.removeprefix("http://"), merged=url.replace("://", ":/"), encoded=quote(url, safe="")
    )
    led = client.get(f"/timegate/{given}")
    assert led.status_code == 302
    assert led.headers["Location"].endswith(CHANGED)


def test_an_archived_redirect_leads_into_the_archive(client: FlaskClient, site: Site, sample: Archive) -> None:
    url = next(url for url in site.urls if url.endswith("/news/bells"))
    row = next(row for row in sample.captures(url) if row.snapshot.url == url)
    page = client.get(f"/web/{stamp(row)}/{url}")
    assert page.status_code == 301
    assert page.headers["Location"].startswith(f"{BASE}/web/{stamp(row)}/http://harbour-courier.localhost")
    assert page.headers["X-Archive-Orig-Location"] not in {None, page.headers["Location"]}
    followed = client.get(page.headers["Location"].removeprefix(BASE), follow_redirects=False)
    assert followed.status_code in {200, 302}


def test_an_archived_error_keeps_its_status(client: FlaskClient, sample: Archive, site: Site) -> None:
    for ending, status in (("/winter-timetable", 404), ("/sound-line-results", 403)):
        url = next(url for url in site.urls if url.endswith(ending))
        page = client.get(f"/web/{stamp(sample.captures(url)[-1])}/{url}")
        assert page.status_code == status
        assert "Memento-Datetime" in page.headers
        assert page.content_type != "application/problem+json"


def test_a_saved_page_is_shut_in(client: FlaskClient, url: str, rows: list[SnapshotEntry]) -> None:
    for modifier in ("", "id_"):
        headers = client.get(f"/web/{stamp(rows[0])}{modifier}/{url}").headers
        policy = headers["Content-Security-Policy"].split("; ")
        assert "sandbox" in policy, "without allow-scripts and allow-same-origin"
        assert "default-src 'none'" in policy
        assert not any("script" in part for part in policy)
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        own = {name for name, _ in headers if not name.startswith("X-Archive-Orig-")}
        assert own <= {
            "Content-Type", "Content-Length", "Content-Security-Policy", "Referrer-Policy", "Cache-Control", "ETag",
            "Date", "Vary", "Cross-Origin-Resource-Policy", "Memento-Datetime", "Link", "X-Content-Type-Options",
        }  # fmt: skip


def test_the_timemap_lists_every_state(client: FlaskClient, url: str, rows: list[SnapshotEntry]) -> None:
    listed = client.get(f"/timemap/link/{url}")
    assert listed.content_type == "application/link-format"
    text = listed.get_data(as_text=True)
    assert re.findall(r'/web/(\d{14})/[^>]*>; rel="[a-z ]*memento"', text) == [stamp(row) for row in rows]
    assert f'<{url}>; rel="original"' in text
    assert 'rel="first memento"' in text
    assert 'rel="last memento"' in text
    lines = client.get(f"/timemap/json/{url}").get_data(as_text=True).splitlines()
    assert [json.loads(line)["timestamp"] for line in lines] == [stamp(row) for row in rows]
    cdxj = client.get(f"/timemap/cdxj/{url}").get_data(as_text=True).splitlines()
    assert [line.split(" ", 2)[1] for line in cdxj] == [stamp(row) for row in rows]
    assert json.loads(cdxj[0].split(" ", 2)[2])["digest"] == rows[0].snapshot.payload_digest


def test_a_long_timemap_comes_in_pages_that_lead_to_each_other(
    client: FlaskClient, url: str, rows: list[SnapshotEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.mementos.PAGE", 1)
    seen, path = [], f"/timemap/link/{url}"
    for _ in range(len(rows) + 2):
        text = client.get(path).get_data(as_text=True)
        seen += re.findall(r'/web/(\d{14})/[^>]*>; rel="[a-z ]*memento"', text)
        if len(seen) >= len(rows):
            break
        path = re.findall(rf'<{re.escape(BASE)}([^>]*)>; rel="timemap"', text)[0]
    assert sorted(seen) == [stamp(row) for row in rows]


@pytest.mark.parametrize("preferred", ["raw", "rewritten"])
def test_a_client_may_prefer_a_memento_raw_or_rewritten_as_pywb_has_it(
    client: FlaskClient, url: str, rows: list[SnapshotEntry], preferred: str
) -> None:
    answer = client.get(f"/timegate/{url}", headers={"Prefer": preferred})
    assert answer.headers["Preference-Applied"] == preferred
    assert ("id_/" in answer.headers["Location"]) == (preferred == "raw")


def cdx(client: FlaskClient, **asked: Any) -> list[dict[str, str]]:
    answer = client.get("/cdx", query_string={"output": "json", **asked})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]


def test_a_cdx_line_locates_the_record(
    client: FlaskClient, url: str, rows: list[SnapshotEntry], sample: Archive
) -> None:
    for line, row in zip(cdx(client, url=url), rows, strict=True):
        file = sample.config.archive / line["filename"]
        if not file.exists():
            file = file.with_name(file.name + ".open")
        member = file.read_bytes()[int(line["offset"]) : int(line["offset"]) + int(line["length"])]
        assert row.snapshot.record_id.encode() in gzip.decompress(member)


def test_cdx_match_types(client: FlaskClient, sample: Archive) -> None:
    every = cdx(client, url="localhost", matchType="domain")
    assert len(every) == sample.searched().snapshots
    assert every == sorted(every, key=lambda line: (line["urlkey"], line["timestamp"]))
    host = cdx(client, url="http://harbour-courier.localhost/x", matchType="host")
    assert {line["urlkey"].partition(")")[0].partition(":")[0] for line in host} == {"localhost,harbour-courier"}
    port = host[0]["url"].split("/")[2]
    prefix = cdx(client, url=f"{port}/2026/10/*")
    assert {line["urlkey"].split(")")[1][:9] for line in prefix} == {"/2026/10/"}
    assert len(cdx(client, url="*.localhost")) == len(every)
    assert cdx(client, url="localhost", matchType="host") == []


def test_cdx_filters_in_both_dialects(client: FlaskClient) -> None:
    domain = {"url": "localhost", "matchType": "domain"}
    every = cdx(client, **domain)
    ok = [line for line in every if line["status"] == "200"]
    assert 0 < len(ok) < len(every)
    for asked in ("=status:200", "statuscode:200", "~status:2.*", "statuscode:2.."):
        assert cdx(client, **domain, filter=asked) == ok, asked
    assert cdx(client, **domain, filter="!=status:200") == [line for line in every if line["status"] != "200"]
    assert cdx(client, **domain, filter=["=status:200", "!url:harbour"]) == [x for x in ok if "harbour" not in x["url"]]
    assert cdx(client, **domain, filter="status:20") == ok


def test_cdx_limits_orders_and_times(client: FlaskClient, url: str, rows: list[SnapshotEntry]) -> None:
    stamps = [stamp(row) for row in rows]
    assert [line["timestamp"] for line in cdx(client, url=url, sort="reverse")] == stamps[::-1]
    assert [line["timestamp"] for line in cdx(client, url=url, limit=1)] == stamps[:1]
    assert [line["timestamp"] for line in cdx(client, url=url, limit=-1)] == stamps[-1:]
    assert [line["timestamp"] for line in cdx(client, url=url, fastLatest="true")] == stamps[-1:]
    assert cdx(client, url=url, sort="closest", closest=stamps[-1])[0]["timestamp"] == stamps[-1]
    assert cdx(client, url=url, to=str(int(stamps[0][:4]) - 1)) == []
    assert len(cdx(client, url=url, **{"from": stamps[0], "to": stamps[-1]})) == len(rows)
    assert len(cdx(client, url=url, collapse="timestamp:4")) == 1
    assert len(cdx(client, url=url, collapse="digest")) == 2


def test_cdx_resumes_where_it_stopped(client: FlaskClient) -> None:
    domain = {"url": "localhost", "matchType": "domain", "output": "text", "fl": "urlkey,timestamp"}
    whole = client.get("/cdx", query_string=domain).get_data(as_text=True).splitlines()
    first = client.get("/cdx", query_string={**domain, "limit": 5, "showResumeKey": "true"}).get_data(as_text=True)
    lines, key = first.split("\n\n")
    rest = client.get("/cdx", query_string={**domain, "resumeKey": key.strip()}).get_data(as_text=True).splitlines()
    assert lines.splitlines() + rest == whole
    assert client.get("/cdx", query_string={**domain, "showNumPages": "true"}).get_data(as_text=True) == "1\n"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "url"),
        ("url=a.example&output=arc", "output"),
        ("url=a.example&fl=colour", "fl"),
        ("url=a.example&filter=colour:red", "filter"),
        ("url=a.example&filter=status", "filter"),
        ("url=a.example&filter=~status:(", "filter"),
        ("url=a.example&from=yesterday", "from"),
        ("url=a.example&from=20261301", "from"),
        ("url=a.example&sort=closest", "closest"),
        ("url=a.example&limit=0", "limit"),
        ("url=a.example&nonsense=1", "nonsense"),
    ],
)
def test_cdx_names_what_it_cannot_use(client: FlaskClient, query: str, parameter: str) -> None:
    refused = client.get(f"/cdx?{query}")
    assert refused.status_code == 400
    assert [each["parameter"] for each in refused.get_json()["errors"]] == [parameter]


def test_an_expression_that_would_never_end_is_refused(client: FlaskClient) -> None:
    asked = {"url": "localhost", "matchType": "domain", "filter": "~url:(.*.*)*(.*.*)*(.*.*)*x$"}
    assert client.get("/cdx", query_string=asked).status_code in {200, 400}


@given(
    st.datetimes(timezones=st.just(UTC)).filter(lambda time: 1000 <= time.year < 9999),
    st.sampled_from([4, 6, 8, 10, 12, 14]),
)
def test_part_of_a_time_means_all_of_it(time: datetime, size: int) -> None:
    moment = time.replace(microsecond=0)
    digits = timestamp(moment)[:size]
    assert earliest(digits) <= moment <= latest(digits)
    assert timestamp(earliest(digits)).startswith(digits)
    assert timestamp(latest(digits)).startswith(digits)
    if latest(digits) < datetime(9999, 12, 31, tzinfo=UTC):
        assert not timestamp(latest(digits) + timedelta(seconds=1)).startswith(digits)


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda time: time.year >= 1000))
def test_http_dates_are_read_as_they_are_written(time: datetime) -> None:
    moment = time.replace(microsecond=0)
    assert read_http_date(http_date(moment)) == moment


def test_nothing_of_a_hostile_url_stands_unescaped(app: Flask) -> None:
    client = app.test_client()
    for path in ("/web/2026/http://x/<script>alert(1)</script>", "/timegate/javascript:alert(1)"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 404
        assert b"<script" not in answer.get_data()


NAMES = sorted(field.data_key or name for name, field in CdxParameters().fields.items())
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["true", "1", "-1", "2026", "json", "link", "prefix", "domain", "*.localhost", "localhost/*"]),
    st.sampled_from(["!=status:200", "~url:.*", "statuscode:[", "digest", "timestamp:4", "reverse", "closest"]),
)


@settings(max_examples=100)
@given(asked=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
def test_whatever_the_cdx_server_is_asked_it_answers_or_says_why_not(app: Flask, asked: dict[str, str]) -> None:
    sent = {name: value.encode("utf-8", "surrogatepass") for name, value in asked.items()}
    answer = app.test_client().get("/cdx", query_string={"url": "localhost", **sent})
    assert answer.status_code in {200, 400}, answer.get_data(as_text=True)
    assert answer.status_code == 200 or answer.content_type == "application/problem+json"
