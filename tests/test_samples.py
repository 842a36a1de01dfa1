"""Random samples that people judge: what is drawn stays, and says how precise the attributions are."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.cli import main
from archiver.archive import Archive
from archiver.ingest.decide import Author, Wish
from archiver.records import Act, Change, Entry, Query
from archiver.samples import wilson
from tests.faces import config_for
from tests.site.serve import Site


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Archive]:
    with Archive(config_for(tmp_path_factory.mktemp("samples") / "archive", site)) as archive:
        for path in ("ferry-contract", "night-ward"):
            archive.capture(next(url for url in site.urls if url.endswith(path)))
        yield archive


@pytest.fixture(scope="module")
def client(archive: Archive) -> FlaskClient:
    return create_app(archive, archive.config).test_client()


@pytest.fixture
def entry(archive: Archive) -> Entry:
    return archive.search(Query(q='"put to tender"')).entries[0]


def wish(act: Act) -> Wish:
    return Wish(act=act, author=Author(name="", role="editor"), reason="A mistake of ours")


def value(page: str, name: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert match
    return html.unescape(match[1])


def test_a_sample_stays_the_same_while_it_is_walked_and_says_how_precise_it_is(
    client: FlaskClient, archive: Archive
) -> None:
    searched = {"speaker": "Ada Marlow", "attributed": "true"}
    form = client.get("/review", query_string={**searched, "seed": "7", "n": "2"})
    assert form.status_code == 200
    given = {name: value(form.text, name) for name in ("search", "seed", "n")}
    where = client.post("/review", data=given).headers["Location"]
    address = where.removeprefix(archive.config.base_url).removesuffix("/1")
    assert client.post("/review", data=given).headers["Location"] == where
    sample = client.get(f"/v1{address}").json
    assert sample
    assert (sample["seed"], sample["tally"]["judged"], len(sample["quotes"])) == (7, 0, 2)
    for place, action in enumerate(("correct", "confirm"), 1):
        page = client.get(f"{address}/{place}")
        quote_id = re.search(r"/quotes/(q\w+)/review", page.text)[1]  # type: ignore[index]
        assert quote_id == sample["quotes"][place - 1]
        decided = {"action": action, "reason": value(page.text, "reason"), "seen": value(page.text, "seen")}
        decided |= {"next": value(page.text, "next")} | ({"name": "Somebody Else"} if action == "correct" else {})
        assert client.post(f"/quotes/{quote_id}/review", data=decided).headers["Location"].endswith(f"/{place + 1}")
    archive.capture(archive.search(Query()).entries[0].url)
    again = client.get(f"/v1{address}").json
    assert again
    assert (again["quotes"], again["tally"]["judged"], again["tally"]["right"]) == (sample["quotes"], 2, 1)
    assert [group["kind"] for group in again["groups"]] == ["outlet", "language"]
    assert again["citation"] in html.unescape(client.get(address).text)
    for part in ("0.500 (95 % interval 0.095 to 0.905, Wilson)", "seed 7", "speaker=Ada+Marlow", address, "sha256:"):
        assert part in again["citation"]
    assert client.get(f"{address}/3").headers["Location"].endswith(address)


def test_a_sample_holds_nothing_that_is_private_and_counts_nothing_that_is_withdrawn(
    client: FlaskClient, archive: Archive, entry: Entry
) -> None:
    drawn = client.post("/v1/samples", json={"search": "q=tender", "size": 1000}).json
    assert drawn
    assert entry.quote.id in drawn["quotes"]
    archive.decide(wish(Act.WITHDRAW), str(entry.quote.id))
    after = client.get(f"/v1/samples/{drawn['id']}").json
    assert after
    assert (entry.quote.id in after["quotes"], after["hidden"]) == (False, 1)
    archive.decide(wish(Act.RESTORE), str(entry.quote.id))
    archive.decide(wish(Act.PRIVATE), entry.snapshot_id)
    before = set((archive.config.archive / "samples").glob("*.json"))
    client.post("/v1/samples", json={})
    archive.decide(wish(Act.RELEASE), entry.snapshot_id)
    for path in (archive.config.archive / "samples").glob("*.json"):
        was_public = path in before
        assert was_public or str(entry.quote.id) not in path.read_text()
    assert before < set(path.parent.glob("*.json"))


def test_a_sample_is_not_drawn_from_nonsense(client: FlaskClient, archive: Archive) -> None:
    for wrong in ({"search": "colour=red"}, {"search": "seed=2"}, {"search": "q=a&q=b"}, {"search": "q=zeppelin"}):
        assert client.post("/v1/samples", json=wrong).status_code == 400
        assert client.post("/review", data={**wrong, "seed": "1", "n": "5"}).status_code == 400
    for out in ({"size": 0}, {"size": 1001}, {"seed": -1}):
        assert client.post("/v1/samples", json=out).status_code == 400
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.post("/v1/samples", json={}, environ_base=elsewhere).status_code == 403
    assert client.post("/review", data={"seed": "1", "n": "5"}, environ_base=elsewhere).status_code == 403
    for unknown in ("x" + "a" * 20, "..", "x"):
        assert client.get(f"/samples/{unknown}").status_code == 404
    drawn = client.post("/v1/samples", json={"size": 3}).json
    assert drawn
    path = archive.config.archive / "samples" / f"{drawn['id']}.json"
    path.write_text(path.read_text().replace('"seed":1', '"seed":2'))
    assert client.get(f"/v1/samples/{drawn['id']}").status_code >= 500


def test_a_sample_in_the_terminal_goes_on_where_it_was_left(archive: Archive) -> None:
    def onrecord(typed: str, *arguments: str) -> Any:
        return CliRunner().invoke(main, ["review", *arguments, "--archive", str(archive.config.archive)], input=typed)

    drawing = ("--sample", "4", "--seed", "3", "--search", "language=en&review=confirmed")
    for each in archive.search(Query(limit=4)).entries:
        confirmed = replace(wish(Act.REVIEW), changes=(Change(path="review", value="confirmed"),))
        archive.decide(confirmed, str(each.quote.id))
    nothing_to_ask = onrecord("", *drawing)
    assert nothing_to_ask.exit_code == 0
    assert "(4 confirmed of 4 judged)" in nothing_to_ask.stdout
    first = onrecord("s\nq\n", "--sample", "8", "--json")
    sample = json.loads(first.stdout)
    assert first.exit_code == 0
    asked = [each for each in sample["quotes"] if archive.quote(each).quote.review is None]
    assert onrecord("r\nIda Quist\n-\n-\nd\nq\n", "--sample", sample["id"]).exit_code == 0
    assert sample["id"] in archive.decisions(asked[0])[-1].reason
    reviews = [archive.quote(each).quote for each in asked[:3]]
    assert [each.review for each in reviews] == ["corrected", "disputed", None]
    assert reviews[0].speaker.name == "Ida Quist"
    for wrong in (["--sample", "0"], ["--sample", "x"], ["--sample", "3", asked[0]], [], [asked[0]]):
        assert onrecord("", *wrong).exit_code == 2


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share(judged: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, judged))
    low, high = wilson(right, judged)
    assert 0 <= low <= right / judged <= high <= 1


def test_the_interval_is_the_one_of_the_textbook() -> None:
    assert [round(bound, 4) for bound in wilson(81, 263)] == [0.2553, 0.3662]
