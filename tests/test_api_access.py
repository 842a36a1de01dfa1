"""Who may ask: keys, limits, other origins, repeated requests; and what of it is logged."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import waitress
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from api import last_used, logs
from api.app import create_app
from api.cli import main
from api.connections import channel_for
from api.cursors import Signer
from api.keys import Key, Keys, Scope
from api.last_used import LastUsed
from api.links import Links
from api.locked import replace_with
from api.rates import Rates
from api.server import listening
from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import BadQuery, NotFound
from archiver.jobs import Jobs
from archiver.records import Entry
from tests.faces import config_for
from tests.site.serve import Site

REMOTE = {"REMOTE_ADDR": "203.0.113.7"}
Made = Callable[..., FlaskClient]


@pytest.fixture
def archive(tmp_path: Path, site: Site) -> Iterator[Archive]:
    with Archive(config_for(tmp_path / "archive", site)) as opened:
        yield opened


@pytest.fixture
def keys(archive: Archive) -> Keys:
    return Keys(archive.config.archive)


@pytest.fixture
def made(archive: Archive) -> Made:
    """A client of a server with settings of the test's own; nothing is captured."""

    def make(**settings: Any) -> FlaskClient:
        config: Config = replace(archive.config, **settings)
        return create_app(archive, config, Jobs(archive)).test_client()

    return make


def post(client: FlaskClient, url: str, *, key: str | None = None, near: bool = False, **headers: str) -> Any:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if key is not None:
        sent["Authorization"] = f"Bearer {key}"
    return client.post("/v1/snapshots", json={"url": url}, headers=sent, environ_base={} if near else REMOTE)


def test_a_key_for_writing_lets_others_capture(made: Made, keys: Keys, site: Site) -> None:
    client = made()
    _, key = keys.add("newsroom", Scope.WRITE)
    assert post(client, site.urls[0]).status_code == 403
    assert post(client, site.urls[0], key=key).status_code == 202
    assert post(client, site.urls[0], key=key, X_Forwarded_For="198.51.100.1").status_code == 202


def test_a_key_for_reading_does_not(made: Made, keys: Keys, site: Site) -> None:
    _, key = keys.add("reader", Scope.READ)
    for near in (True, False):
        refused = post(made(), site.urls[0], key=key, near=near)
        assert refused.status_code == 403
        assert refused.get_json()["type"].endswith("#problem-key-scope")


@pytest.mark.parametrize("wrong", ["", "x", "onrecord_000000000000_" + "A" * 43, "ключ".encode().decode("latin-1")])
def test_a_wrong_key_is_refused_whatever_is_asked(made: Made, keys: Keys, wrong: str) -> None:
    keys.add("newsroom", Scope.WRITE)
    for path in ("/v1/quotes", "/", "/v1/health"):
        refused = made().get(path, headers={"Authorization": f"Bearer {wrong}"})
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")
        assert refused.get_json()["type"].endswith("#problem-key-unknown")


def test_expired_and_revoked_keys_are_wrong_at_once(made: Made, keys: Keys, site: Site) -> None:
    client = made()
    now = datetime.now(UTC)
    _, old = keys.add("old", Scope.WRITE, now - timedelta(seconds=1))
    lasting, key = keys.add("lasting", Scope.WRITE, now + timedelta(days=1))
    assert post(client, site.urls[0], key=old).status_code == 401
    assert post(client, site.urls[0], key=key).status_code == 202
    keys.revoke(lasting.id)
    assert post(client, site.urls[0], key=key).status_code == 401
    with pytest.raises(NotFound):
        keys.revoke("nobodys")


def test_the_folder_holds_no_key_only_digests(archive: Archive, keys: Keys) -> None:
    key, text = keys.add("newsroom", Scope.WRITE)
    secret = text.removeprefix(f"onrecord_{key.id}_")
    path = archive.config.archive / "keys.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for file in archive.config.archive.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes()
    assert keys.find(text) == key
    assert Keys(archive.config.archive).all() == (key,)


@given(st.text(max_size=80))
def test_no_other_text_is_a_key(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    keys = Keys(tmp_path_factory.getbasetemp())
    if not keys.all():
        keys.add("one", Scope.WRITE)
    assert keys.find(text) is None


def test_many_may_make_keys_at_once(archive: Archive) -> None:
    found: list[Key] = []

    def make() -> None:
        found.append(Keys(archive.config.archive).add("one of many", Scope.READ)[0])

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {key.id for key in Keys(archive.config.archive).all()} == {key.id for key in found}
    assert len(found) == 8


def test_reading_by_key_where_the_settings_say_so(made: Made, keys: Keys) -> None:
    client = made(reading="keys")
    for path in ("/v1/quotes", "/", "/cdx?url=a.example", "/v1/speakers"):
        refused = client.get(path)
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"] == "Bearer"
    for path in ("/v1/health", "/openapi.json", "/docs"):
        assert client.get(path).status_code == 200
    for scope in Scope:
        _, key = keys.add("reader", scope)
        assert client.get("/v1/quotes", headers={"Authorization": f"Bearer {key}"}).status_code == 200


def test_what_needs_a_key_is_kept_by_no_shared_cache(sample: Archive, marlow: Entry) -> None:
    _, key = Keys(sample.config.archive).add("reader", Scope.READ)
    path = f"/v1/snapshots/{marlow.snapshot_id}/record"
    for reading in ("open", "keys"):
        client = create_app(sample, replace(sample.config, reading=reading)).test_client()
        answer = client.get(path, headers={"Authorization": f"Bearer {key}"})
        assert answer.headers["Cache-Control"].startswith("private")
        assert "immutable" not in answer.headers["Cache-Control"]


def test_keys_are_made_listed_and_revoked_in_the_terminal(archive: Archive, made: Made, site: Site) -> None:
    folder = ["--archive", str(archive.config.archive)]

    def onrecord(*arguments: str) -> Any:
        return CliRunner().invoke(main, ["keys", *arguments, *folder])

    key = onrecord("add", "news desk", "--expires", "90d").stdout.strip()
    assert post(made(), site.urls[0], key=key).status_code == 202
    listed = onrecord("list").stdout
    assert "news desk · write" in listed
    assert key.rpartition("_")[2] not in listed
    assert "revoked" in onrecord("revoke", listed.split()[0]).stdout
    assert post(made(), site.urls[0], key=key).status_code == 401
    assert onrecord("revoke", "nobodys").exit_code == 2


def test_the_last_use_of_a_key_is_noted_without_a_write_per_request(
    archive: Archive, made: Made, keys: Keys, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    used, unused = keys.add("used", Scope.ADMIN), keys.add("unused", Scope.READ)
    assert LastUsed(archive.config.archive).all() == {}
    client, sent = made(), {"Authorization": f"Bearer {used[1]}"}
    written: list[object] = []

    def counted(path: Path, document: object) -> None:
        written.append(document)
        replace_with(path, document)

    monkeypatch.setattr(last_used, "replace_with", counted)
    for _ in range(5):
        assert client.get("/v1/speakers", headers=sent).status_code == 200
    assert len(written) == 1
    assert set(LastUsed(archive.config.archive).all()) == {used[0].id}
    page = client.get("/keys", headers=sent).text
    assert page.count("Revoke</button>") == 2
    assert f"{LastUsed(archive.config.archive).all()[used[0].id]:%H:%M} UTC" in page
    listed = CliRunner().invoke(main, ["keys", "list", "--archive", str(archive.config.archive)]).stdout
    assert [" · last used 20" in line for line in listed.splitlines()] == [True, False]
    (archive.config.archive / "keys-used.json").unlink()
    (archive.config.archive / "keys-used.json").mkdir()
    assert made().get("/v1/speakers", headers={"Authorization": f"Bearer {unused[1]}"}).status_code == 200
    assert "is not noted" in caplog.text


def test_a_limit_counts_each_address_for_itself_and_says_how_it_stands(made: Made) -> None:
    client = made(limit_reads=3)
    for left in (2, 1, 0):
        answer = client.get("/v1/speakers", environ_base=REMOTE)
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Policy"] == '"reads";q=3;w=60'
        assert re.fullmatch(rf'"reads";r={left};t=\d+', answer.headers["RateLimit"])
    refused = client.get("/v1/speakers", environ_base=REMOTE)
    assert refused.status_code == 429
    assert refused.content_type == "application/problem+json"
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert "r=0" in refused.headers["RateLimit"]
    assert client.get("/v1/speakers", environ_base={"REMOTE_ADDR": "203.0.113.8"}).status_code == 200
    assert client.options("/v1/speakers", environ_base=REMOTE).status_code == 200


def test_a_whole_ipv6_network_counts_as_one_and_a_key_for_itself(made: Made, keys: Keys) -> None:
    client = made(limit_reads=1)
    assert client.get("/docs", environ_base={"REMOTE_ADDR": "2001:db8::1"}).status_code == 200
    assert client.get("/docs", environ_base={"REMOTE_ADDR": "2001:db8::2"}).status_code == 429
    assert client.get("/docs", environ_base={"REMOTE_ADDR": "2001:db8:0:1::1"}).status_code == 200
    _, key = keys.add("reader", Scope.READ)
    by_key = {"Authorization": f"Bearer {key}"}
    assert client.get("/docs", environ_base={"REMOTE_ADDR": "2001:db8::3"}, headers=by_key).status_code == 200
    assert client.get("/docs", environ_base={"REMOTE_ADDR": "198.51.100.1"}, headers=by_key).status_code == 429


def test_captures_have_a_limit_of_their_own(made: Made, keys: Keys, site: Site) -> None:
    client = made(limit_writes=2)
    _, key = keys.add("newsroom", Scope.WRITE)
    statuses = [post(client, url, key=key).status_code for url in site.urls[:3]]
    assert statuses == [202, 202, 429]
    assert client.get("/v1/speakers", headers={"Authorization": f"Bearer {key}"}).status_code == 200


def test_unset_limits_spare_this_machine_alone() -> None:
    rates = Rates(None, None)
    assert rates.count("127.0.0.1", "reads", trusted=True) is None
    standing = rates.count("203.0.113.7", "writes", trusted=False)
    assert standing
    assert (standing.limit, standing.left) == (60, 59)


def test_the_address_behind_a_proxy_of_ours_counts_and_no_other(made: Made) -> None:
    client = made(limit_reads=1, proxies=1)
    for address, status in (("198.51.100.1", 200), ("198.51.100.1", 429), ("198.51.100.2", 200)):
        assert client.get("/docs", headers={"X-Forwarded-For": f"192.0.2.9, {address}"}).status_code == status
    unaware = made(limit_reads=1)
    for address, status in (("198.51.100.1", 200), ("198.51.100.2", 429)):
        assert unaware.get("/docs", headers={"X-Forwarded-For": address}).status_code == status


def test_the_same_idempotency_key_gives_the_same_job(made: Made, site: Site) -> None:
    client, (one, other) = made(), site.urls[:2]
    first = post(client, one, near=True, Idempotency_Key="abc")
    again = post(client, one, near=True, Idempotency_Key="abc")
    assert first.status_code == again.status_code == 202
    assert first.get_json()["id"] == again.get_json()["id"]
    reused = post(client, other, near=True, Idempotency_Key="abc")
    assert reused.status_code == 422
    assert reused.get_json()["type"].endswith("#problem-idempotency-key-reused")
    assert post(client, other, near=True, Idempotency_Key="abd").get_json()["id"] != first.get_json()["id"]
    assert post(client, one, near=True, Idempotency_Key="x" * 256).status_code == 400


def test_idempotency_keys_of_two_callers_are_two(made: Made, keys: Keys, site: Site) -> None:
    client, (one, other) = made(), site.urls[:2]
    first, second = (keys.add(name, Scope.WRITE)[1] for name in ("one", "two"))
    assert post(client, one, key=first, Idempotency_Key="abc").status_code == 202
    assert post(client, other, key=second, Idempotency_Key="abc").status_code == 202


def test_other_origins_are_let_in_by_setting_alone(made: Made) -> None:
    origin = "https://news.example"
    closed = made().get("/v1/speakers", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in closed.headers
    client = made(cors_origins=(origin,))
    answer = client.get("/v1/speakers", headers={"Origin": origin})
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    exposed = set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert {"Link", "ETag", "Location", "Retry-After", "RateLimit", "Repr-Digest"} <= exposed
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert (
        "Access-Control-Allow-Origin" not in client.get("/v1/speakers", headers={"Origin": "https://x.example"}).headers
    )
    assert "Access-Control-Allow-Origin" not in client.get("/", headers={"Origin": origin}).headers
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "idempotency-key",
    }
    preflight = client.options("/v1/snapshots", headers=asked)
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "idempotency-key" in preflight.headers["Access-Control-Allow-Headers"].lower()


def test_errors_reach_other_origins_too(made: Made) -> None:
    answer = made(cors_origins=("*",)).get("/v1/quotes/qnone", headers={"Origin": "https://news.example"})
    assert answer.status_code == 404
    assert answer.headers["Access-Control-Allow-Origin"] in {"*", "https://news.example"}


def test_a_page_of_another_origin_cannot_capture_through_a_browser_here(made: Made, site: Site) -> None:
    client = made(cors_origins=("*",))
    assert post(client, site.urls[0], near=True, Origin="https://evil.example").status_code == 403
    assert post(client, site.urls[0], near=True, Origin="null").status_code == 403
    assert post(client, site.urls[0], near=True, Origin="http://localhost").status_code == 202


@given(st.data())
def test_no_changed_cursor_is_taken(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    signer = Signer(tmp_path_factory.getbasetemp())
    signed = signer.signed(data.draw(st.text(alphabet="abcXYZ019_-", min_size=1, max_size=80)))
    assert signed
    assert signer.signed(signer.opened(signed)) == signed
    place = data.draw(st.integers(0, len(signed) - 1))
    letter = data.draw(st.sampled_from("abcXYZ019_-").filter(lambda each: each != signed[place]))
    with pytest.raises(BadQuery):
        signer.opened(signed[:place] + letter + signed[place + 1 :])


def test_a_cursor_is_taken_by_every_server_of_the_archive_and_no_other(
    sample: Archive, tmp_path: Path, client: FlaskClient
) -> None:
    following = client.get("/v1/quotes?limit=3").get_json()["next"]
    twin = create_app(sample, sample.config).test_client()
    assert twin.get(following).get_json() == client.get(following).get_json()
    other = create_app(sample, replace(sample.config, archive=tmp_path)).test_client()
    assert other.get(following).status_code == 400
    secret = sample.config.archive / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_each_request_is_one_line_without_its_query_or_key(
    archive: Archive, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    before = logging.root.handlers[:], logging.root.level
    try:
        logs.begin("requests")
        app = create_app(archive, archive.config)
        logs.watch(app)
        _, key = keys.add("reader", Scope.READ)
        app.test_client().get("/v1/quotes?q=secret-words", headers={"Authorization": f"Bearer {key}"})
        app.test_client().get("/v1/quotes/%0d%0a%1b[2J%E2%80%AE")
    finally:
        logging.root.handlers[:], logging.root.level = before
        logging.getLogger("onrecord.requests").setLevel(logging.NOTSET)
    written = capsys.readouterr().err
    assert "secret-words" not in written
    assert key not in written
    assert re.fullmatch(r"[\x20-\x7e\n]*", written)
    first, second = [json.loads(line) for line in written.splitlines()]
    assert (first["path"], first["status"], first["method"]) == ("/v1/quotes", 200, "GET")
    assert first["caller"].startswith("key ")
    assert second["path"] == "/v1/quotes/\r\n\x1b[2J\u202e"
    assert second["status"] == 404


@pytest.mark.parametrize("proxies", [0, 1])
def test_the_server_sees_that_there_is_a_proxy_in_between(archive: Archive, keys: Keys, proxies: int) -> None:
    config = replace(archive.config, port=0, proxies=proxies, user_header="X-Remote-User", limit_reads=2)
    server = listening(create_app(archive, config, Jobs(archive)), config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def status(path: str, **headers: str) -> int:
        line = HTTPConnection("127.0.0.1", server.effective_port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        method, body = ("POST", b"{}") if path == "/v1/samples" else ("GET", None)
        line.request(method, path, body, {"Content-Type": "application/json", **sent})
        with contextlib.closing(line), line.getresponse() as answer:
            return answer.status

    assert status("/v1/samples") == 400  # nothing to draw from, and allowed to ask
    for name in ("X_Forwarded_For", "Forwarded", "Via", "X_Real_IP"):
        assert status("/v1/samples", **{name: "198.51.100.7"}) == 403
    left = 60 - time.time() % 60
    time.sleep(left if left < 5 else 0)  # requests are counted by the minute
    addresses = ("198.51.100.1", "198.51.100.1", "198.51.100.1", "198.51.100.2")
    counted = [status("/docs", X_Forwarded_For=address) for address in addresses]
    assert counted == ([200, 200, 429, 200] if proxies else [200, 200, 429, 429])
    server.close()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"NONSENSE\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
        ((b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 65_536)[:65_536], 431),
        (b"POST /v1/snapshots HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ],
)
def test_what_is_no_request_is_answered_with_a_problem_too(archive: Archive, sent: bytes, status: int) -> None:
    server = waitress.create_server(
        create_app(archive, archive.config), host="127.0.0.1", port=0, max_request_header_size=65536,
        max_request_body_size=262144,
    )  # fmt: skip
    server.channel_class = channel_for(Links("http://127.0.0.1:8000"))

    def run() -> None:
        with contextlib.suppress(OSError):  # its sockets are closed under it
            server.run()

    threading.Thread(target=run, daemon=True).start()
    with socket.create_connection(("127.0.0.1", server.effective_port), timeout=10) as line:
        line.sendall(sent)
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    server.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert re.match(rb"HTTP/1\.[01] %d " % status, head)
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == status
