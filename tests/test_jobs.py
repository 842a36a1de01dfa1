"""Captures that clients ask for: who may, what they hear, and that a job outlives the server that took it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.keys import Keys, Scope
from archiver.archive import Archive
from archiver.errors import AddressRefused, IndexUnavailable, NotFound, StorageUnwritable
from archiver.jobs import Jobs, JobStatus
from tests.faces import BASE, config_for
from tests.site.serve import Site


@pytest.fixture
def archive(tmp_path: Path, site: Site) -> Iterator[Archive]:
    with Archive(config_for(tmp_path / "archive", site)) as opened:
        yield opened


@pytest.fixture
def queue(archive: Archive) -> Iterator[Jobs]:
    with Jobs(archive) as jobs:
        yield jobs


@pytest.fixture
def client(archive: Archive, queue: Jobs) -> FlaskClient:
    return create_app(archive, archive.config, queue).test_client()


@pytest.fixture
def url(site: Site) -> str:
    return next(url for url in site.urls if url.endswith("/night-ward"))


def ended(client: FlaskClient, location: str) -> Any:
    for _ in range(200):
        job = client.get(location.removeprefix(BASE)).get_json()
        if job["status"] in {"done", "failed"}:
            return job
        time.sleep(0.1)
    raise AssertionError("the job did not end within 20 seconds")


def test_a_capture_is_accepted_and_its_job_leads_to_the_snapshot(client: FlaskClient, url: str) -> None:
    accepted = client.post("/v1/snapshots", json={"url": url})
    assert accepted.status_code == 202
    assert accepted.headers["Location"] == accepted.get_json()["links"]["self"]
    assert int(accepted.headers["Retry-After"]) > 0
    job = ended(client, accepted.headers["Location"])
    assert job["status"] == "done"
    assert job["problem"] == dict.fromkeys(["type", "title", "status", "detail", "instance"])
    snapshot = client.get(job["links"]["snapshot"].removeprefix(BASE)).get_json()
    assert (snapshot["id"], snapshot["url"]) == (job["snapshots"][-1], url)
    quotes = client.get(job["links"]["quotes"].removeprefix(BASE)).get_json()
    assert quotes["total"]["value"] == snapshot["extraction"]["quotes"] > 0


def test_who_waits_gets_the_snapshot_at_once(client: FlaskClient, url: str) -> None:
    done = client.post("/v1/snapshots", json={"url": url}, headers={"Prefer": "respond-async, wait=20"})
    assert done.status_code == 201
    assert done.headers["Location"] == done.get_json()["links"]["snapshot"]
    assert done.headers["Preference-Applied"] == "wait"
    assert client.get(done.headers["Location"].removeprefix(BASE)).status_code == 200


def test_a_fresh_capture_will_do(client: FlaskClient, url: str, site: Site) -> None:
    first = client.post("/v1/snapshots", json={"url": url}, headers={"Prefer": "wait=20"}).get_json()
    hits = site.hits(url)
    second = client.post("/v1/snapshots", json={"url": url, "max_age": "PT1H"}).get_json()
    assert (second["status"], second["snapshots"]) == ("done", first["snapshots"])
    assert site.hits(url) == hits


def test_a_private_capture_is_no_fresh_one_and_its_job_is_for_those_who_may_know_of_it(
    archive: Archive, client: FlaskClient, url: str, site: Site
) -> None:
    wait = {"Prefer": "wait=20"}
    saved = client.post("/v1/snapshots", json={"url": url, "private": True}, headers=wait)
    job = saved.get_json()
    assert (saved.status_code, job["status"], job["snapshots"]) == (201, "done", [])
    assert "Only people with a key" in client.get(f"/jobs/{job['id']}").text
    for path in (f"/v1/jobs/{job['id']}", f"/jobs/{job['id']}"):
        assert client.get(path, environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 404
    _, key = Keys(archive.config.archive).add("desk", Scope.READ)
    (kept,) = client.get(f"/v1/jobs/{job['id']}", headers={"Authorization": f"Bearer {key}"}).get_json()["snapshots"]
    again = client.post("/v1/snapshots", json={"url": url, "max_age": "PT1H"}, headers=wait).get_json()
    assert again["snapshots"] not in ([], [kept])
    assert archive.capture(url, max_age=timedelta(hours=1)).kept[-1].snapshot.id == again["snapshots"][-1]
    assert site.hits(url) >= 2


def test_every_hop_of_a_redirect_is_kept(client: FlaskClient, site: Site) -> None:
    url = next(url for url in site.urls if url.endswith("/news/bells"))
    job = client.post("/v1/snapshots", json={"url": url}, headers={"Prefer": "wait=20"}).get_json()
    hops = [client.get(f"/v1/snapshots/{each}").get_json() for each in job["snapshots"]]
    assert [hop["status"] for hop in hops] == [301, 200]
    assert {hop["requested_url"] for hop in hops} == {url}


def test_what_cannot_be_reached_is_a_failed_job_with_a_problem(tmp_path: Path, site: Site, free_port: int) -> None:
    config = config_for(tmp_path / "archive", site)
    with Archive(replace(config, fetch_allow=(f"127.0.0.1:{free_port}",))) as archive, Jobs(archive) as queue:
        client = create_app(archive, archive.config, queue).test_client()
        accepted = client.post("/v1/snapshots", json={"url": f"http://127.0.0.1:{free_port}/"})
        job = ended(client, accepted.headers["Location"])
    assert job["status"] == "failed"
    assert job["problem"]["status"] == 502
    assert job["problem"]["type"].endswith("#problem-unreachable")
    assert job["links"]["snapshot"] is None


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/", "http://localhost:1/", "file:///etc/passwd", "nonsense", "http://[::1]/"]
)
def test_what_may_not_be_fetched_is_422_before_anything_is_asked(client: FlaskClient, address: str) -> None:
    refused = client.post("/v1/snapshots", json={"url": address})
    assert refused.status_code == 422
    assert refused.get_json()["type"].endswith("#problem-address-refused")


@pytest.mark.parametrize(
    ("document", "parameter"),
    [
        ({}, "url"),
        ({"url": 5}, "url"),
        ({"url": "http://a.example/", "max_age": "soon"}, "max_age"),
        ({"url": "http://a.example/", "depth": 3}, "depth"),
        ({"url": "http://a.example/\0"}, "url"),
    ],
)
def test_a_malformed_body_names_what_is_wrong(client: FlaskClient, document: Any, parameter: str) -> None:
    refused = client.post("/v1/snapshots", json=document)
    assert refused.status_code == 400
    assert [each["parameter"] for each in refused.get_json()["errors"]] == [parameter]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"url": NaN}', "application/json", 400),
        (b'{"url": "a", "url": "b"}', "application/json", 400),
        (b'{"\\ud800": 1}', "application/json", 400),
        (b'{"url": "http://a.example/\\udfff"}', "application/json", 400),
        (b'{"url": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "application/json", 400),
        (b"[" * 30000, "application/json", 400),
        (b"url=http://a.example/", "application/x-www-form-urlencoded", 415),
        (b'{"url": "http://a.example/"}', "text/plain", 415),
        (b" " * 70000, "application/json", 413),
    ],
)
def test_what_is_no_small_plain_json_is_refused(
    client: FlaskClient, body: bytes, content_type: str, status: int
) -> None:
    refused = client.post("/v1/snapshots", data=body, content_type=content_type)
    assert refused.status_code == status
    assert refused.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("203.0.113.7", {}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}),
        ("::ffff:203.0.113.7", {}),
    ],
)
def test_only_this_machine_may_write(client: FlaskClient, url: str, address: str, headers: dict[str, str]) -> None:
    refused = client.post("/v1/snapshots", json={"url": url}, headers=headers, environ_base={"REMOTE_ADDR": address})
    assert refused.status_code == 403
    assert refused.get_json()["type"].endswith("#problem-write-not-allowed")


def test_a_foreign_page_cannot_write_through_a_browser_here(client: FlaskClient, url: str) -> None:
    assert client.post("/v1/snapshots", json={"url": url}, headers={"Host": "evil.example"}).status_code == 421


def test_a_full_queue_says_when_to_ask_again(archive: Archive, site: Site) -> None:
    queue = Jobs(archive, capacity=2)
    client = create_app(archive, archive.config, queue).test_client()
    answers = [client.post("/v1/snapshots", json={"url": url}) for url in site.urls[:3]]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    again = client.post("/v1/snapshots", json={"url": site.urls[0]})
    assert again.get_json()["id"] == answers[0].get_json()["id"], "one job per URL waits"


def test_a_job_waits_for_the_next_server(archive: Archive, url: str) -> None:
    job = Jobs(archive).submit(url)
    assert job
    assert job.status is JobStatus.QUEUED
    with Jobs(archive) as later:
        assert later.wait(job.id, 20).status is JobStatus.DONE


def test_a_job_of_a_server_that_is_gone_is_taken_up(archive: Archive, url: str) -> None:
    job = Jobs(archive).submit(url)
    assert job
    with sqlite3.connect(archive.config.archive / "jobs.sqlite") as db:
        db.execute("UPDATE jobs SET status = 'running', owner = 'wgone', tries = 1, started_at = created_at")
    db.close()
    with Jobs(archive) as later:
        assert later.wait(job.id, 20).status is JobStatus.DONE


def test_a_job_that_ends_every_server_is_given_up(archive: Archive, url: str) -> None:
    job = Jobs(archive).submit(url)
    assert job
    with sqlite3.connect(archive.config.archive / "jobs.sqlite") as db:
        db.execute("UPDATE jobs SET status = 'running', owner = 'wgone', tries = 3, started_at = created_at")
    db.close()
    with Jobs(archive) as later:
        given_up = later.wait(job.id, 20)
    assert given_up.status is JobStatus.FAILED
    assert "3 times" in str(given_up.detail)


def test_the_server_indexes_what_was_kept_without_an_index(archive: Archive, url: str, tmp_path: Path) -> None:
    with Archive(replace(archive.config, index=("http://127.0.0.1:9",))) as without:
        kept = without.capture(url)
    assert not kept.indexed
    with Jobs(archive):
        for _ in range(100):
            with suppress(IndexUnavailable):  # it is being made
                if archive.searched().snapshots:
                    break
            time.sleep(0.1)
    assert archive.snapshot(kept.kept[0].snapshot.id).quote_count > 0


def test_unknown_jobs_and_refused_addresses_are_errors(queue: Jobs) -> None:
    with pytest.raises(NotFound):
        queue.job("jnone")
    with pytest.raises(AddressRefused):
        queue.submit("http://127.0.0.1/", timedelta(hours=1))


def test_a_queue_of_an_older_version_is_brought_up_to_date_and_of_a_newer_one_left_alone(archive: Archive) -> None:
    path = archive.config.archive / "jobs.sqlite"
    Jobs(archive)
    with closing(sqlite3.connect(path)) as db:
        for column in ("private", "file", "supplied_by", "report"):
            db.execute(f"ALTER TABLE jobs DROP COLUMN {column}")
        db.execute("PRAGMA user_version = 0")
        db.execute(
            "INSERT INTO jobs (id, url, status, step, created_at) VALUES ('j1', 'http://x.example/', 'done', 'indexed',"
            " '2026-11-27T10:00:00+00:00')"
        )
        db.commit()
    assert Jobs(archive).job("j1").private is False
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageUnwritable, match="newer version"):
        Jobs(archive)
