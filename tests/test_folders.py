"""Folders and saved searches: private to their owner, shared by link, and delivered in spite of a faulty receiver."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.desk import LOCAL
from api.keys import Keys, Scope
from api.server import notifier
from archiver.archive import Archive
from archiver.config import load
from archiver.desk import Desk
from archiver.errors import AddressRefused, Unreachable
from archiver.fetch.deliver import checked, post
from archiver.fetch.gate import Gate
from archiver.notices import Notifier
from archiver.records import QuoteState, Tombstone, Visibility
from tests.factories import make_id, make_quote, make_rows, put

BASE = "http://127.0.0.1:8000"
STRANGER = {"REMOTE_ADDR": "203.0.113.9"}


class Receiver(BaseHTTPRequestHandler):
    """A server that takes deliveries, or answers as instructed."""

    taken: list[tuple[dict[str, str], bytes]] = []  # noqa: RUF012 - of one test at a time
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.status == 200:
            self.taken.append((dict(self.headers), body))
        self.send_response(self.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        pass


@pytest.fixture
def receiver() -> Iterator[str]:
    Receiver.taken, Receiver.status = [], 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def archive(tmp_path: Path, receiver: str) -> Iterator[Archive]:
    config = load({}, {"archive": str(tmp_path / "archive"), "fetch_allow": receiver})
    with Archive(config) as opened:
        put(opened.index, make_rows("ferry", make_quote("one"), make_quote("two", text="We asked for it in writing.")))
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive, archive.config).test_client()


def test_a_folder_holds_quotes_and_snapshots_with_notes(client: FlaskClient) -> None:
    made = client.post("/v1/folders", json={"name": "Ferry"})
    assert made.status_code == 201
    where = made.headers["Location"].removeprefix(BASE)
    quote, snapshot = make_id("q", "one"), make_id("s", "ferry")
    client.put(f"{where}/items/{quote}", json={"note": "ask her again"})
    folder = client.put(f"{where}/items/{snapshot}", json={}).get_json()
    assert [(each["id"], each["note"]) for each in folder["items"]] == [(quote, "ask her again"), (snapshot, "")]
    assert [each["id"] for each in folder["quotes"]] == [quote]
    assert [each["id"] for each in folder["snapshots"]] == [snapshot]
    assert client.put(f"{where}/items/{make_id('q', 'never')}", json={}).status_code == 404
    table = client.get(f"{where}/table", buffered=True)
    assert table.get_data(as_text=True).splitlines()[1].startswith(quote)
    citations = client.get(f"{where}/citations")
    assert "@" in citations.get_data(as_text=True)
    assert 'filename="citations.bib"' in citations.headers["Content-Disposition"]
    page = client.get(where.removeprefix("/v1")).get_data(as_text=True)
    assert "ask her again" in page
    assert len(client.delete(f"{where}/items/{quote}").get_json()["items"]) == 1
    assert client.delete(where).status_code == 204
    assert client.get(where).status_code == 404


def test_a_withdrawn_thing_leaves_the_rest_of_a_folder_usable_and_a_private_one_stays_so(
    client: FlaskClient, archive: Archive
) -> None:
    gone = make_quote(
        "gone", text="", state=QuoteState.WITHDRAWN, withdrawn=Tombstone(at=datetime.now(UTC), reason="", role="editor")
    )
    put(archive.index, make_rows("other", gone))
    folder = Desk(archive.config.archive).add_folder(LOCAL, "Ferry")
    for name in ("one", "gone"):
        Desk(archive.config.archive).put(folder, make_id("q", name), "")
    address = f"/v1/folders/{folder.id}"
    Desk(archive.config.archive).put(folder, later(archive, "three", visibility=Visibility.PRIVATE), "for us alone")
    items = client.get(address).get_json()["items"]
    assert [each["id"] for each in items] == [make_id("q", "one"), make_id("q", "gone")]
    assert [each["id"] for each in client.get(address).get_json()["quotes"]] == [make_id("q", "one")]
    for path in (f"{address}/table", f"{address}/citations", f"/folders/{folder.id}"):
        assert client.get(path, buffered=True).status_code == 200


def test_deliveries_show_what_the_search_s_owner_may_see_and_end_with_their_key(
    client: FlaskClient, archive: Archive, receiver: str
) -> None:
    saved(client, receiver, q="tender")
    key, text = Keys(archive.config.archive).add("desk", Scope.WRITE)
    body = {"name": "Ferry", "query": {"q": "tender"}, "webhook": f"http://{receiver}/hook"}
    assert client.post("/v1/searches", json=body, headers={"Authorization": f"Bearer {text}"}).status_code == 201
    private, notices = later(archive, "three", visibility=Visibility.PRIVATE), now_due(archive)
    for _ in range(2):
        notices.deliver_one()
    ((_, told),) = Receiver.taken
    assert [quote["id"] for quote in json.loads(told)["quotes"]] == [private]
    Keys(archive.config.archive).revoke(key.id)
    public = later(archive, "four")
    for _ in range(2):
        notices.deliver_one()
    assert [quote["id"] for _, each in Receiver.taken[1:] for quote in json.loads(each)["quotes"]] == [public]
    assert "revoked" in str(Desk(archive.config.archive).searches(key.id)[0].problem)


def test_a_folder_is_its_owners_alone_unless_shared_by_link(client: FlaskClient, archive: Archive) -> None:
    keys = Keys(archive.config.archive)
    mine, other = ({"Authorization": f"Bearer {keys.add(name, Scope.WRITE)[1]}"} for name in ("mine", "other"))
    where = client.post("/v1/folders", json={"name": "Mine"}, headers=mine).headers["Location"].removeprefix(BASE)
    assert client.get(where, headers=mine).status_code == 200
    assert client.get(where, headers=other).status_code == 404
    assert client.get(where).status_code == 404
    assert client.get("/v1/folders", headers=other).get_json()["items"] == []
    assert client.get("/v1/folders", environ_overrides=STRANGER).status_code == 403
    assert client.get(where, environ_overrides=STRANGER).status_code == 404
    shared = client.post("/v1/folders", json={"name": "Shared", "shared": True}, headers=mine).get_json()
    page = shared["links"]["page"].removeprefix(BASE)
    assert client.get(page, environ_overrides=STRANGER).status_code == 200
    assert client.get(page[:-1] + "x", environ_overrides=STRANGER).status_code == 404
    assert client.put(f"/v1{page.partition('?')[0]}/items/x", json={}, headers=other).status_code == 404


def saved(client: FlaskClient, receiver: str, **query: Any) -> dict[str, Any]:
    answer = client.post("/v1/searches", json={"name": "Ferry", "query": query, "webhook": f"http://{receiver}/hook"})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()
    return found


def later(archive: Archive, name: str, *, visibility: Visibility = Visibility.PUBLIC, **changes: Any) -> str:
    """A quote that comes into the archive after all others; its id."""
    quote = make_quote(name, **changes)
    captured = datetime.now(UTC) + timedelta(seconds=1)
    address = f"https://a.example/{name}"
    put(archive.index, make_rows(name, quote, url=address, captured_at=captured, visibility=visibility))
    return str(quote.id)


def now_due(archive: Archive) -> Notifier:
    made = notifier(archive, archive.config)
    made._every = timedelta(0)
    return made


def test_news_are_delivered_once_and_signed(client: FlaskClient, archive: Archive, receiver: str) -> None:
    search = saved(client, receiver, q="tender")
    notices = now_due(archive)
    assert notices.deliver_one()
    assert Receiver.taken == [], "what was there before is no news"
    new = later(archive, "three")
    later(archive, "four", text="Nothing about it at all.")
    for _ in range(3):
        notices.deliver_one()
    ((headers, body),) = Receiver.taken
    assert [quote["id"] for quote in json.loads(body)["quotes"]] == [new]
    digest = hmac.new(search["secret"].encode(), body, hashlib.sha256).hexdigest()
    assert (
        headers["X-Onrecord-Signature" if "X-Onrecord-Signature" in headers else "X-OnRecord-Signature"]
        == f"sha256={digest}"
    )
    again = client.get(f"/v1/searches/{search['id']}").get_json()
    assert (again["delivered"], again["failures"], again["secret"]) == (1, 0, None)


@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_delivery_that_fails_is_listed_and_tried_again(
    client: FlaskClient, archive: Archive, receiver: str, status: int
) -> None:
    search = saved(client, receiver, q="tender")
    new = later(archive, "three")
    notices = now_due(archive)
    Receiver.status = status
    notices.deliver_one()
    (listed,) = client.get("/v1/searches").get_json()["items"]
    assert (listed["failures"], listed["delivered"]) == (1, 0)
    assert str(status) in listed["problem"]
    assert listed["next_at"] > search["next_at"], "later, not at once"
    Receiver.status = 200
    desk = Desk(archive.config.archive)
    with desk._writing() as db:
        db.execute("UPDATE searches SET next_at = '2026-01-01T00:00:00+00:00'")
    notices.deliver_one()
    assert [quote["id"] for _, body in Receiver.taken for quote in json.loads(body)["quotes"]] == [new]
    assert client.get("/v1/searches").get_json()["items"][0]["problem"] is None


@pytest.mark.parametrize(
    "webhook",
    ["http://news.example/hook", "https://127.0.0.1/hook", "https://169.254.169.254/", "file:///etc/passwd", "x"],
)
def test_deliveries_go_to_public_https_addresses_alone(client: FlaskClient, archive: Archive, webhook: str) -> None:
    answer = client.post("/v1/searches", json={"name": "x", "query": {}, "webhook": webhook})
    if answer.status_code != 422:  # an address is looked at again when it is connected to
        gate = Gate(archive.config.fetch_allow)
        with pytest.raises(AddressRefused):
            gate.addresses(checked(gate, webhook))


def test_a_bad_query_is_refused_when_it_is_saved(client: FlaskClient) -> None:
    for query in ({"colour": "red"}, {"limit": 0}):
        assert client.post("/v1/searches", json={"name": "x", "query": query}).status_code == 400
    assert client.post("/v1/searches", json={"name": "x", "query": {}}, environ_overrides=STRANGER).status_code == 403


def test_a_folder_is_kept_on_pages_too(client: FlaskClient) -> None:
    led = client.post("/folders", data={"name": "Ferry"})
    assert led.status_code == 303
    page = led.headers["Location"].removeprefix(BASE)
    client.post(page, data={"item": f"{BASE}/quotes/{make_id('q', 'one')}", "note": "look"})
    assert "look" in client.get(page).get_data(as_text=True)
    client.post(page, data={"action": "share"})
    assert "share=" in client.get(page).get_data(as_text=True)
    assert "Ferry" in client.get("/folders").get_data(as_text=True)
    assert client.post("/folders", data={"name": "x"}, environ_overrides=STRANGER).status_code == 403


def field(page: str, name: str) -> str:
    return html.unescape(re.findall(rf'name="{name}" value="([^"]*)"', page)[0])


@pytest.mark.parametrize("letter", ["q", "s"])
def test_a_quote_and_a_snapshot_are_put_into_a_folder_from_their_pages(client: FlaskClient, letter: str) -> None:
    item = make_id("q", "one") if letter == "q" else make_id("s", "ferry")
    path = f"/{'quotes' if letter == 'q' else 'snapshots'}/{item}"
    assert field(client.get(path).get_data(as_text=True), "item") == item
    led = client.post("/folders", data={"item": item, "name": "Ferry", "note": "look"})
    assert (led.status_code, led.headers["Location"]) == (303, f"{BASE}{path}#folders")
    page = client.get(path).get_data(as_text=True)
    (folder,) = re.findall(r"/folders/(f[0-9a-f]{20})\"", page)
    client.post("/folders", data={"item": make_id("q", "two"), "folder": folder})
    assert [each["id"] for each in client.get(f"/v1/folders/{folder}").get_json()["items"]] == [
        item,
        make_id("q", "two"),
    ]
    assert client.post("/folders", data={"item": make_id("q", "never"), "name": "x"}).status_code == 404
    assert len(client.get("/v1/folders").get_json()["items"]) == 1, "no folder is made for what does not exist"
    assert 'name="item"' not in client.get(path, environ_overrides=STRANGER).get_data(as_text=True)
    assert client.post("/folders", data={"item": item, "folder": folder}, environ_overrides=STRANGER).status_code == 403
    client.post(f"/folders/{folder}", data={"action": "remove"})
    assert client.get(f"/v1/folders/{folder}").status_code == 404


def test_a_search_is_saved_by_one_button_and_leads_back_to_the_same_results(client: FlaskClient) -> None:
    results = client.get("/?q=tender&language=en&language=de").get_data(as_text=True)
    led = client.post("/searches", data={"query": field(results, "query"), "name": field(results, "name")})
    assert (led.status_code, led.headers["Location"]) == (303, f"{BASE}/searches")
    (saved,) = client.get("/v1/searches").get_json()["items"]
    assert saved["query"] == {"q": "tender", "language": ["en", "de"], "in": "passage"}
    page = client.get("/searches").get_data(as_text=True)
    assert f'{BASE}/?q=tender&amp;language=en&amp;language=de"' in page
    assert "language: English" in page
    assert 'name="query"' not in client.get("/?q=tender", environ_overrides=STRANGER).get_data(as_text=True)
    assert client.get("/searches", environ_overrides=STRANGER).status_code == 403
    assert client.post("/searches", data={"query": "q=x"}, environ_overrides=STRANGER).status_code == 403
    assert client.post("/searches", data={"query": "colour=red"}).status_code == 400
    client.post("/searches", data={"action": "remove", "id": saved["id"]})
    assert client.get("/v1/searches").get_json()["items"] == []


def test_deliveries_begin_on_the_page_and_failing_ones_are_listed_first(
    client: FlaskClient, archive: Archive, receiver: str
) -> None:
    client.post("/searches", data={"query": "q=tender", "name": "Tenders"})
    client.post("/searches", data={"query": "q=lighthouse", "name": "Lighthouses"})
    search = next(each for each in client.get("/v1/searches").get_json()["items"] if each["name"] == "Tenders")
    refused = client.post("/searches", data={"action": "deliver", "id": search["id"], "webhook": "http://a.example/"})
    assert refused.status_code == 422
    made = client.post(
        "/searches", data={"action": "deliver", "id": search["id"], "webhook": f"http://{receiver}/hook"}
    ).get_data(as_text=True)
    (kept,) = [each for each in Desk(archive.config.archive).searches("local") if each.webhook]
    assert (kept.name, kept.query) == ("Tenders", {"q": "tender"})
    assert kept.secret in made
    assert kept.secret not in client.get("/searches").get_data(as_text=True)
    later(archive, "three")
    Receiver.status = 500
    now_due(archive).deliver_one()
    page = client.get("/searches").get_data(as_text=True)
    assert "Deliveries of 1 search are failing" in page
    assert "500" in page
    assert page.index("Tenders") < page.index("Lighthouses")


def test_a_webhook_that_trickles_its_answer_is_cut_off() -> None:
    listening, done = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def trickle() -> None:
        peer, _ = listening.accept()
        with peer, suppress(OSError):
            while not done.wait(0.02):
                peer.sendall(b"X")  # a status line without end

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    port = listening.getsockname()[1]
    try:
        with pytest.raises(Unreachable, match="did not take the delivery"):
            post(Gate((f"127.0.0.1:{port}",)), f"http://127.0.0.1:{port}/hook", b"{}", {}, seconds=0.3)
    finally:
        done.set()
        thread.join()
        listening.close()
