"""People's word over HTTP and in pages: review with what was seen, withdrawal, signing in, samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.keys import Keys, Scope
from api.sessions import Sessions
from archiver.archive import Archive
from archiver.audit import Audit
from archiver.errors import WarcDamaged
from archiver.ingest.decide import Author, Wish
from archiver.records import Act, Entry, Query
from tests.faces import config_for
from tests.site.serve import Site


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Archive]:
    with Archive(config_for(tmp_path_factory.mktemp("people") / "archive", site)) as archive:
        archive.capture(next(url for url in site.urls if url.endswith("ferry-contract")))
        yield archive


@pytest.fixture(scope="module")
def client(archive: Archive) -> FlaskClient:
    return create_app(archive, archive.config).test_client()


@pytest.fixture
def entry(archive: Archive) -> Entry:
    return archive.search(Query(q='"put to tender"')).entries[0]


def patch(client: FlaskClient, entry: Entry, body: object, **headers: str) -> int:
    return client.patch(f"/v1/quotes/{entry.quote.id}", json=body, headers=headers).status_code


def test_a_review_needs_what_was_seen_and_stands_beside_the_program_s_word(client: FlaskClient, entry: Entry) -> None:
    address = f"/v1/quotes/{entry.quote.id}"
    etag = client.get(address).headers["ETag"]
    body = {"speaker": {"name": "Ines Calloway", "role": None}, "reason": "The minutes say so"}
    assert patch(client, entry, body) == 428
    assert patch(client, entry, body, **{"If-Match": '"0000"'}) == 412
    assert patch(client, entry, {**body, "text": "no"}, **{"If-Match": etag}) == 400
    assert patch(client, entry, {"speaker": {"name": "X"}}, **{"If-Match": etag}) == 400
    answer = client.patch(address, json=body, headers={"If-Match": etag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != etag
    found = answer.json
    assert found
    assert (found["speaker"]["name"], found["speaker_by"], found["review"]) == ("Ines Calloway", "person", "corrected")
    assert patch(client, entry, body, **{"If-Match": etag}) == 412
    revisions = client.get(f"{address}/revisions").json
    assert revisions
    assert revisions["program"]["speaker"]["name"] == entry.quote.speaker.name
    assert [(each["act"], each["by"], each["role"], each["reason"]) for each in revisions["items"]] == [
        ("review", None, "operator", "The minutes say so")
    ]
    assert client.get("/v1/quotes?review=corrected").json["total"]["value"] == 1  # type: ignore[index]


def test_withdrawn_for_the_law_is_451_and_comes_back(client: FlaskClient, entry: Entry) -> None:
    address = f"/v1/quotes/{entry.quote.id}"
    assert client.delete(address, json={"reason": "Judgment", "legal": True}).status_code == 204
    assert client.get(address).status_code == 451
    assert client.get(f"/quotes/{entry.quote.id}").status_code == 451
    assert client.post(f"{address}/restore", json={"reason": "Appeal"}).status_code == 204
    assert client.get(address).status_code == 200


def csrf_in(page: str) -> str:
    match = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert match
    return match[1]


def test_signing_in_gives_a_session_that_writes_by_our_forms_alone_and_ends_with_its_key(
    archive: Archive, entry: Entry
) -> None:
    keys = Keys(archive.config.archive)
    key, text = keys.add("desk", Scope.ADMIN)
    config = replace(archive.config, reading="keys", public_url="https://quotes.example/archive")
    client = create_app(archive, config).test_client()
    elsewhere = {"environ_base": {"REMOTE_ADDR": "198.51.100.7"}, "base_url": "https://quotes.example/archive"}
    page = f"/quotes/{entry.quote.id}/review"
    refused = client.get(page, headers={"Accept": "text/html"}, **elsewhere)
    assert refused.status_code == 401
    assert 'class="button" href="https://quotes.example/archive/signin"' in refused.text
    assert client.post("/signin", data={"key": "wrong"}, **elsewhere).status_code == 403
    signed = client.post("/signin", data={"key": text}, **elsewhere)
    assert signed.status_code == 303
    cookie = signed.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/archive"))
    assert text.split("_", 2)[2] not in (archive.config.archive / "sessions.json").read_text()
    form = client.get(page, **elsewhere)
    assert form.status_code == 200
    given = {"action": "dispute", "reason": "Doubtful", "seen": re.search(r'name="seen" value="(\w+)"', form.text)[1]}  # type: ignore[index]
    assert client.post(page, data=given, **elsewhere).status_code == 403
    assert all(f'href="https://quotes.example/archive/{each}"' in form.text for each in ("signin", "keys"))
    given["csrf"] = csrf_in(form.text)
    typed = client.post(page, data={**given, "action": "confirm", "name": "Typed, then Enter"}, **elsewhere)
    assert typed.status_code == 400
    assert "must be a correction" in typed.text
    assert 'value="Typed, then Enter"' in typed.text
    assert client.post(page, data={**given, "csrf": "é"}, **elsewhere).status_code == 403
    foreign = client.post(page, data=given, headers={"Origin": "https://evil.example"}, **elsewhere)
    assert foreign.status_code == 403
    assert client.post(page, data=given, **elsewhere).status_code == 303
    assert archive.quote(str(entry.quote.id)).quote.review == "disputed"
    assert archive.decisions(str(entry.quote.id))[-1].by == "desk"
    assert "desk" in client.get("/keys", **elsewhere).text
    note = "Only people with a key can see it"
    assert note not in form.text
    archive.decide(Wish(act=Act.PRIVATE, author=Author(name="", role="editor"), reason="so"), entry.snapshot_id)
    for path in (f"/quotes/{entry.quote.id}", f"/snapshots/{entry.snapshot_id}"):
        assert note in client.get(path, **elsewhere).text
    keys.revoke(key.id)
    assert client.get(page, **elsewhere).status_code == 401


def test_a_person_s_name_is_taken_from_a_trusted_proxy_alone(archive: Archive, entry: Entry) -> None:
    _, text = Keys(archive.config.archive).add("proxy", Scope.WRITE)
    address = f"/v1/quotes/{entry.quote.id}"
    for proxies, name in ((0, "proxy"), (1, "R. Calder")):
        config = replace(archive.config, proxies=proxies, user_header="X-Remote-User")
        client = create_app(archive, config).test_client()
        headers = {"Authorization": f"Bearer {text}", "X-Remote-User": "R. Calder"}
        headers["If-Match"] = client.get(address, headers=headers).headers["ETag"]
        body = {"review": "confirmed", "reason": f"By {name}"}
        assert client.patch(address, json=body, headers=headers).status_code == 200
        assert archive.decisions(str(entry.quote.id))[-1].by == name


def test_sessions_hold_no_secret(archive: Archive) -> None:
    token = Sessions(archive.config.archive).begin("k")
    assert token not in (Path(archive.config.archive) / "sessions.json").read_text()
    assert (Path(archive.config.archive) / "sessions.json").stat().st_mode & 0o077 == 0


def test_what_was_done_is_in_the_audit_log_which_administrators_read(archive: Archive, entry: Entry) -> None:
    _, admin = Keys(archive.config.archive).add("chief", Scope.ADMIN)
    _, writer = Keys(archive.config.archive).add("desk", Scope.WRITE)
    client = create_app(archive, archive.config).test_client()
    assert client.get("/v1/audit").status_code == 401
    assert client.get("/v1/audit", headers={"Authorization": f"Bearer {writer}"}).status_code == 403
    bearer = {"Authorization": f"Bearer {writer}"}
    body = {"reason": "A slip"}
    assert client.delete(f"/v1/quotes/{entry.quote.id}", json=body, headers=bearer).status_code == 204
    assert client.post(f"/v1/quotes/{entry.quote.id}/restore", json=body, headers=bearer).status_code == 204
    answer = client.get("/v1/audit", headers={"Authorization": f"Bearer {admin}"}).json
    assert answer
    assert answer["items"][0]["action"] == "capture"
    last = answer["items"][-1]
    assert (last["action"], last["target"]) == ("restore", entry.quote.id)
    assert last["by"].startswith("key ")
    path = archive.config.archive / "audit.jsonl"
    path.write_bytes(path.read_bytes().replace(b"withdraw", b"capturex", 1))
    with pytest.raises(WarcDamaged):
        list(Audit(archive.config.archive).lines())
