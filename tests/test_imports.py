"""Bringing pages from a browser: the form, lists of addresses, files, and what each leads to."""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.keys import Keys, Scope
from archiver.archive import Archive
from archiver.errors import WarcError
from archiver.ingest.singlefile import is_saved_page, warc_of
from archiver.jobs import Jobs
from tests.faces import config_for
from tests.site.serve import FOLDER, Site
from tests.test_archive import RESPONSE, warc
from tests.test_warc_reader import raw

SAVED = b"""<!DOCTYPE html> <html><!--
 Page saved with SingleFile
 url: https://harbour-courier.example/2026/ferry
 saved date: Tue Nov 10 2026 20:02:14 GMT+0100 (Central European Standard Time)
-->""" + (FOLDER / "harbour-courier" / "ferry-contract.1.html").read_bytes()


@pytest.fixture
def archive(tmp_path: Path, site: Site) -> Iterator[Archive]:
    with Archive(replace(config_for(tmp_path / "archive", site), extract_processes=1)) as opened:
        yield opened


@pytest.fixture
def served(archive: Archive) -> Iterator[tuple[FlaskClient, Jobs]]:
    with Jobs(archive) as queue:
        yield create_app(archive, archive.config, queue).test_client(), queue


def ended(client: FlaskClient, queue: Jobs, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 202, answer.get_data(as_text=True)
    queue.wait(answer.get_json()["id"], 60)
    job: dict[str, Any] = client.get(answer.headers["Location"].removeprefix("http://127.0.0.1:8000")).get_json()
    return job


def test_a_saved_page_comes_in_with_its_address_and_time_and_says_who_brought_it(
    served: tuple[FlaskClient, Jobs], archive: Archive
) -> None:
    client, queue = served
    _, key = Keys(archive.config.archive).add("night desk", Scope.WRITE)
    headers = {"Authorization": f"Bearer {key}"}
    upload = {"file": (io.BytesIO(SAVED), "page.html")}
    job = ended(client, queue, client.post("/v1/imports", data=upload, headers=headers))
    assert (job["status"], job["file"]) == ("done", "page.html")
    (snapshot_id,) = job["snapshots"]
    snapshot = client.get(f"/v1/snapshots/{snapshot_id}").get_json()
    assert snapshot["url"] == "https://harbour-courier.example/2026/ferry"
    assert snapshot["captured_at"] == "2026-11-10T19:02:14Z"
    assert (snapshot["origin"], snapshot["added"]["by"]) == ("added", "night desk")
    assert snapshot["extraction"]["quotes"] > 3
    page = client.get(f"/snapshots/{snapshot_id}").get_data(as_text=True)
    assert "supplied by night desk, not fetched by this archive" in page
    assert not list((archive.config.archive / "spool").glob("import-*"))


def test_a_warc_comes_in_as_a_body_and_the_job_gives_the_reasons(
    served: tuple[FlaskClient, Jobs], tmp_path: Path
) -> None:
    client, queue = served
    data = warc(tmp_path, raw(1, RESPONSE)).read_bytes()
    job = ended(client, queue, client.post("/v1/imports", data=data, content_type="application/warc"))
    assert job["status"] == "done"
    assert len(job["snapshots"]) == 1
    assert {"skipped", "not_snapshots", "tolerated", "damage", "remarks", "already"} == set(job["report"])
    again = ended(client, queue, client.post("/v1/imports", data=data, content_type="application/warc"))
    assert again["status"] == "done", "adding twice adds nothing"
    bad = ended(client, queue, client.post("/v1/imports", data=b"hello, world", content_type="text/plain"))
    assert (bad["status"], bad["problem"]["status"]) == ("failed", 422)


def test_imports_are_for_writers_and_have_a_limit(served: tuple[FlaskClient, Jobs], archive: Archive) -> None:
    client, _ = served
    stranger = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.post("/v1/imports", data=SAVED, environ_overrides=stranger).status_code == 403
    assert client.post("/save", data={"urls": "http://a.example/"}, environ_overrides=stranger).status_code == 403
    assert (
        client.post("/save/file", data={"file": (io.BytesIO(SAVED), "a.html")}, environ_overrides=stranger).status_code
        == 403
    )
    assert client.post("/v1/imports", data=b"").status_code == 400
    small = create_app(archive, replace(archive.config, import_bytes=1000), Jobs(archive)).test_client()
    assert small.post("/v1/imports", data=SAVED).status_code == 413
    assert small.post("/v1/imports", data={"file": (io.BytesIO(SAVED), "a.html")}).status_code == 413


def test_a_link_to_the_form_saves_nothing(served: tuple[FlaskClient, Jobs], site: Site) -> None:
    client, queue = served
    page = client.get("/save", query_string={"url": site.urls[0]}).get_data(as_text=True)
    assert site.urls[0] in page
    assert sum(queue.counts().values()) == 0


def test_one_address_leads_to_its_progress_and_then_to_the_snapshot(
    served: tuple[FlaskClient, Jobs], site: Site
) -> None:
    client, queue = served
    led = client.post("/save", data={"urls": f"  {site.urls[0]}  \n"})
    assert led.status_code == 303
    path = led.headers["Location"].removeprefix("http://127.0.0.1:8000")
    queue.wait(path.rpartition("/")[2], 60)
    done = client.get(path)
    assert done.status_code == 303
    assert "/snapshots/s" in done.headers["Location"]


def test_the_box_of_the_form_makes_a_page_private(served: tuple[FlaskClient, Jobs], site: Site) -> None:
    client, queue = served
    assert 'name="private">' in client.get("/save").get_data(as_text=True)
    for private in (True, False):
        led = client.post("/save", data={"urls": site.urls[private], **({"private": "on"} if private else {})})
        job = queue.wait(led.headers["Location"].rpartition("/")[2], 60)
        assert job.private is private
        stranger = {"REMOTE_ADDR": "192.0.2.7"}
        status = {client.get(f"/snapshots/{each}", environ_overrides=stranger).status_code for each in job.snapshots}
        assert status == {404 if private else 200}
    kept = client.post("/save", data={"urls": "", "private": "on"}).get_data(as_text=True)
    assert 'name="private" checked>' in kept


def test_each_of_many_addresses_has_its_result(served: tuple[FlaskClient, Jobs]) -> None:
    client, queue = served
    page = client.post("/save", data={"urls": "http://127.0.0.1:1/\nnonsense\nhttp://nobody.invalid/"})
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert text.count('class="error"') >= 2
    (job_id,) = set(re.findall(r"/jobs/(j[a-z2-7]{20})", text))
    queue.wait(job_id, 60)
    failed = client.get(f"/jobs/{job_id}").get_data(as_text=True)
    assert "<b>failed</b>" in failed
    assert "Try again" in failed
    assert (
        client.post("/save", data={"urls": "\n".join(f"http://a.example/{n}" for n in range(501))}).status_code == 400
    )
    assert client.post("/save", data={}).status_code == 400


def test_a_page_that_says_no_address_is_refused(served: tuple[FlaskClient, Jobs]) -> None:
    nameless = SAVED.replace(b" url: https://harbour-courier.example/2026/ferry", b" url: javascript:alert(1)")
    assert is_saved_page(nameless)
    with pytest.raises(WarcError):
        warc_of(nameless)
    assert warc_of(SAVED) == warc_of(SAVED)
    client, _ = served
    assert client.post("/v1/imports", data=nameless).status_code == 400


def test_a_queue_of_an_earlier_version_is_migrated(tmp_path: Path, archive: Archive) -> None:
    path = archive.config.archive / "jobs.sqlite"
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE jobs (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL, max_age REAL,"
            " status TEXT NOT NULL, step TEXT NOT NULL, owner TEXT, tries INTEGER NOT NULL DEFAULT 0,"
            " created_at TEXT NOT NULL, started_at TEXT, ended_at TEXT, snapshots TEXT NOT NULL DEFAULT '[]',"
            " error TEXT, detail TEXT) STRICT;"
            "CREATE TABLE tokens (token TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;"
            "INSERT INTO jobs (id, url, status, step, created_at) VALUES ('jold', 'http://a.example/', 'done', 'x',"
            " '2026-11-10T00:00:00+00:00');"
        )
    db.close()
    for _ in range(2):
        queue = Jobs(archive)
        assert queue.job("jold").url == "http://a.example/"
        assert queue.job("jold").report is None
