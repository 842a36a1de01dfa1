"""Who sees what: every route × (open, quotes, keys, private, withdrawn, erased), with and without a key.

A new route without its row fails. Arbitrary requests in every mode are in tests/test_api_fuzz.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote as quoted

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from api.keys import Keys, Scope
from api.sampling import draw
from archiver.archive import Archive
from archiver.index.identity import statement_id
from archiver.ingest.decide import Author, Wish
from archiver.records import Act, Entry, Query
from archiver.speakers.keys import person_id
from tests.faces import config_for
from tests.site.serve import Site

PUBLIC, PRIVATE, WITHDRAWN, ERASED = "public", "private", "withdrawn", "erased"
KINDS = (PUBLIC, PRIVATE, WITHDRAWN, ERASED)
MODES = ("open", "quotes", "keys")
LIST, QUOTE, WHOLE, OPEN, WRITE, ADMIN, FORM = "list", "quote", "whole", "open", "write", "admin", "form"
TABLE = {
    "audit.list_audit": ADMIN,
    "checks.check_claim": LIST,
    "checks.check_snapshot": QUOTE,
    "citing.quote_as": QUOTE,
    "citing.snapshot_as": QUOTE,
    "decisions.list_quote_revisions": QUOTE,
    "decisions.release_snapshot": WRITE,
    "decisions.restore_quote": WRITE,
    "decisions.restore_snapshot": WRITE,
    "decisions.review_quote": WRITE,
    "decisions.withdraw_quote": WRITE,
    "decisions.withdraw_snapshot": WRITE,
    "docs.docs": OPEN,
    "docs.openapi": OPEN,
    "exports.quotes_csv": LIST,
    "exports.quotes_ndjson": LIST,
    "exports.quotes_parquet": LIST,
    "exports.quotes_xlsx": LIST,
    "exports.snapshots_csv": LIST,
    "exports.snapshots_ndjson": LIST,
    "exports.snapshots_parquet": LIST,
    "exports.snapshots_xlsx": LIST,
    "feeds.atom": LIST,
    "feeds.json_feed": LIST,
    "health.get_health": OPEN,
    "jobs.capture_snapshot": WRITE,
    "jobs.get_job": LIST,
    "manners.favicon": OPEN,
    "manners.robots": OPEN,
    "manners.security_text": OPEN,
    "manners.sitemap": LIST,
    "memento.cdx": LIST,
    "memento.memento": WHOLE,
    "memento.timegate": QUOTE,
    "memento.timemap": QUOTE,
    "proofs.quote_evidence": WHOLE,
    "proofs.snapshot_evidence": WHOLE,
    "proofs.verify_quote": QUOTE,
    "proofs.verify_snapshot": QUOTE,
    "quotes.count_quotes": LIST,
    "quotes.get_quote": QUOTE,
    "quotes.list_speakers": LIST,
    "quotes.search_quotes": LIST,
    "samples.draw_sample": WRITE,
    "samples.get_sample": LIST,
    "snapshots.get_record": WHOLE,
    "snapshots.get_snapshot": QUOTE,
    "snapshots.get_text": WHOLE,
    "snapshots.search_snapshots": LIST,
    "statements.get_diff": WHOLE,
    "statements.get_history": QUOTE,
    "speakers.get_speaker": QUOTE,
    "speakers.join_speakers": WRITE,
    "speakers.list_speaker_decisions": QUOTE,
    "speakers.separate_speakers": WRITE,
    "statements.get_statement": QUOTE,
    "statements.list_changes": LIST,
    "statements.list_occurrences": QUOTE,
    "static": OPEN,
    "web.articles": LIST,
    "web.captures": LIST,
    "web.changes": LIST,
    "web.check": LIST,
    "web.check_text": FORM,
    "web.days": LIST,
    "web.diff": WHOLE,
    "web.history": QUOTE,
    "web.outlet": LIST,
    "web.outlets": LIST,
    "web.people": LIST,
    "web.decide_person": FORM,
    "web.person": QUOTE,
    "web.statement": QUOTE,
    "web.years": LIST,
    "web.quote": QUOTE,
    "web.requisite": WHOLE,
    "web.saved": WHOLE,
    "web.saved_frame": WHOLE,
    "web.begin_session": FORM,
    "web.end_session": FORM,
    "web.keys": ADMIN,
    "web.review": FORM,
    "web.review_form": QUOTE,
    "web.review_sample": LIST,
    "web.draw_sample": FORM,
    "web.sample_result": LIST,
    "web.sampled_quote": LIST,
    "web.revoke_key": ADMIN,
    "web.sign_in": OPEN,
    "web.add_folder": FORM,
    "web.change_folder": FORM,
    "web.folder_page": FORM,
    "web.folders": FORM,
    "web.change_searches": FORM,
    "web.searches": FORM,
    "web.job_page": LIST,
    "web.save": OPEN,
    "web.save_addresses": FORM,
    "web.save_file": FORM,
    "desk.cite_folder": FORM,
    "desk.export_folder": FORM,
    "desk.get_folder": FORM,
    "desk.get_search": FORM,
    "desk.list_folders": FORM,
    "desk.list_searches": FORM,
    "desk.make_folder": FORM,
    "desk.prove_folder": FORM,
    "desk.put_in_folder": FORM,
    "desk.remove_folder": FORM,
    "desk.remove_search": FORM,
    "desk.save_search": FORM,
    "desk.take_from_folder": FORM,
    "imports.import_file": WRITE,
    "web.search": LIST,
    "web.snapshot": QUOTE,
}
"""What each route shows: lists leave out what may not be seen; a `quote` is open where reading is open or quotes, what
is `whole` (pages, texts, records) for those with a key there; `open` shows nothing of the archive."""

COLUMNS = {
    QUOTE: {"open": 200, "quotes": 200, "keys": 401, PRIVATE: 404, WITHDRAWN: 410, ERASED: 451},
    WHOLE: {"open": 200, "quotes": 401, "keys": 401, PRIVATE: 404, WITHDRAWN: 410, ERASED: 451},
}
"""What somebody without a key is answered: about a public thing in each mode, and about others where reading allows
to ask. With a key of the archive all is 200 but what is withdrawn or erased."""

NO_ID = {
    "statements.get_statement",
    "speakers.get_speaker",
    "speakers.list_speaker_decisions",
    "web.requisite",
    "web.person",
    "web.statement",
}
"""Routes whose ids are of other things: what they show is made of quotes, and is looked at as a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An archive with one page of each kind, and a key."""

    archive: Archive
    entries: dict[str, Entry]
    key: str
    apps: dict[str, Flask]
    sample: str

    def client(self, reading: str) -> FlaskClient:
        return self.apps[reading].test_client()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Held]:
    with held_archive(tmp_path_factory.mktemp("access") / "archive", site) as found:
        yield found


@contextmanager
def held_archive(folder: Path, site: Site) -> Iterator[Held]:
    """An archive with a page of each kind in this folder."""
    pages = {
        PUBLIC: "/2026/11/ferry-contract",
        PRIVATE: "/2026/11/night-ward",
        WITHDRAWN: "/sport/gulls-draw",
        ERASED: "/arts/lantern-room",
    }
    with Archive(config_for(folder, site)) as archive:
        entries = {}
        for kind, path in pages.items():
            url = next(each for each in site.urls if each.endswith(path))
            outcome = archive.capture(url, private=kind == PRIVATE)
            found = archive.quotes_of(outcome.kept[-1].snapshot.id)
            entries[kind] = next(each for each in found if each.quote.speaker.name and each.quote.counts)
        sample = draw(archive, "", seed=1, size=1000)
        assert any(str(entries[ERASED].quote.id) == each for each in sample.quotes)
        wish = Wish(act=Act.WITHDRAW, author=Author(name="", role="editor"), reason="A mistake of ours")
        archive.decide(wish, entries[WITHDRAWN].snapshot_id)
        archive.erase(entries[ERASED].snapshot_id, author=wish.author, reason="Judgment 12/26")
        _, key = Keys(archive.config.archive).add("desk", Scope.READ)
        apps = {each: create_app(archive, replace(archive.config, reading=each)) for each in MODES}
        yield Held(archive=archive, entries=entries, key=key, apps=apps, sample=sample.id)


def rules(app: Flask) -> dict[str, str]:
    return {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}


def test_every_route_has_its_row(app: Flask) -> None:
    assert set(rules(app)) == set(TABLE)


def path_of(endpoint: str, rule: str, entry: Entry, sample: str = "") -> str:
    url, stamp = entry.url, f"{entry.captured_at:%Y%m%d%H%M%S}"
    plain = {
        "memento.memento": f"/web/{stamp}/{url}",
        "memento.timegate": f"/timegate/{url}",
        "memento.timemap": f"/timemap/json/{url}",
        "memento.cdx": f"/cdx?url={quoted(url)}&matchType=domain",
        "citing.quote_as": f"/quotes/{entry.quote.id}.csl.json",
        "citing.snapshot_as": f"/snapshots/{entry.snapshot_id}.csl.json",
        "quotes.list_speakers": f"/v1/speakers?prefix={quoted((entry.quote.speaker.name or '')[:4])}",
        "quotes.count_quotes": "/v1/quotes/histogram?interval=year&by=captured",
        "web.captures": f"/snapshots?url={quoted(url)}",
        "web.outlet": f"/outlets/{quoted(entry.outlet or entry.site)}",
        "web.days": "/days/2026-11",
        "statements.get_diff": f"/v1/diff?url={quoted(url)}",
        "web.diff": f"/diff?url={quoted(url)}",
        "web.job_page": "/jobs/jaaaaaaaaaaaaaaaaaaaa",
        "jobs.get_job": "/v1/jobs/jaaaaaaaaaaaaaaaaaaaa",
    }
    found = plain.get(endpoint, rule)
    found = found.replace("<string(length=21):", "<").replace("<path:_url>", url).replace("<int:at>", "1")
    found = found.replace("<sample_id>", sample).replace("<statement_id>", statement_id(entry.quote))
    found = found.replace("<speaker_id>", person_id(entry.quote.speaker.name or ""))
    return found.replace("<quote_id>", str(entry.quote.id)).replace("<snapshot_id>", entry.snapshot_id)


def ask(held: Held, reading: str, endpoint: str, kind: str, *, key: bool) -> tuple[int, bytes]:
    client = held.client(reading)
    rule = rules(client.application)[endpoint]
    headers = {"Authorization": f"Bearer {held.key}"} if key else {}
    if endpoint == "checks.check_claim":
        answer = client.post("/v1/checks", json={"text": held.entries[kind].quote.text}, headers=headers)
    else:
        answer = client.get(path_of(endpoint, rule, held.entries[kind], held.sample), headers=headers)
    with answer:
        return answer.status_code, answer.get_data()


QUOTES = sorted(name for name, shown in TABLE.items() if shown in {QUOTE, WHOLE} and name not in NO_ID)
LISTS = sorted({*(name for name, shown in TABLE.items() if shown == LIST), *NO_ID})


@pytest.mark.parametrize("endpoint", QUOTES)
def test_one_thing_is_shown_to_whom_it_may_be(held: Held, endpoint: str) -> None:
    row = COLUMNS[TABLE[endpoint]]
    shown = 302 if endpoint == "memento.timegate" else 200
    found = {
        (reading, kind, key): ask(held, reading, endpoint, kind, key=key)[0]
        for reading in MODES
        for kind in KINDS
        for key in (False, True)
    }
    expected = {}
    for reading, kind, key in found:
        status = shown if kind == PUBLIC or (kind == PRIVATE and key) else row[kind]
        if not key and (reading == "keys" or status == shown):
            status = shown if row[reading] == 200 else row[reading]
        expected[reading, kind, key] = status
    assert {place: status for place, status in found.items() if status != expected[place]} == {}


@pytest.mark.parametrize("endpoint", LISTS)
def test_lists_hold_nothing_that_may_not_be_seen(held: Held, endpoint: str) -> None:
    for reading in MODES:
        for kind in KINDS:
            for key in (False, True):
                status, body = ask(held, reading, endpoint, kind, key=key)
                if not key and (reading == "keys" or (reading == "quotes" and TABLE[endpoint] == WHOLE)):
                    assert status in ({401} if reading == "keys" else {401, 404, 410, 451})
                    continue
                assert status in {200, 404} or (endpoint in NO_ID and status in {410, 451}), (reading, kind, key)
                hidden = [WITHDRAWN, ERASED] if key else [PRIVATE, WITHDRAWN, ERASED]
                for each in hidden:
                    entry = held.entries[each]
                    asked = kind == each  # an answer may repeat the question
                    assert str(entry.quote.id).encode() not in body
                    assert entry.snapshot_id.encode() not in body or (asked and endpoint == "web.requisite")
                    assert entry.quote.text[:40].encode() not in body or (asked and endpoint == "checks.check_claim")
                    assert (entry.title or "?").encode() not in body


def test_totals_and_coverage_count_only_what_may_be_seen(held: Held) -> None:
    client = held.client("open")
    key = {"Authorization": f"Bearer {held.key}"}
    public = client.get("/v1/quotes?facet=speaker&facet=site").json
    everything = client.get("/v1/quotes?facet=speaker&facet=site", headers=key).json
    assert public and everything
    assert public["searched"]["snapshots"] == 1
    assert everything["searched"]["snapshots"] == 2
    assert public["total"]["value"] < everything["total"]["value"]
    private = {entry.quote.speaker.name for entry in held.archive.quotes_of(held.entries[PRIVATE].snapshot_id)} - {
        entry.quote.speaker.name for entry in held.archive.quotes_of(held.entries[PUBLIC].snapshot_id)
    }
    assert not private & {bucket["value"] for bucket in public["facets"]["speaker"]["buckets"]}


@pytest.mark.parametrize("endpoint", sorted(name for name, shown in TABLE.items() if shown == WRITE))
@pytest.mark.parametrize("reading", MODES)
def test_nobody_writes_with_a_key_for_reading_or_from_elsewhere_without_one(
    held: Held, endpoint: str, reading: str
) -> None:
    client = held.client(reading)
    (rule,) = [each for each in client.application.url_map.iter_rules() if each.endpoint == endpoint]
    method = next(iter(set(rule.methods or ()) - {"OPTIONS", "HEAD"}))
    path = path_of(endpoint, rule.rule, held.entries[PUBLIC])
    key = {"Authorization": f"Bearer {held.key}"}
    assert client.open(path, method=method, json={"reason": "x"}, headers=key).status_code == 403
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    refused = client.open(path, method=method, json={"reason": "x"}, environ_base=elsewhere).status_code
    assert refused == (401 if reading == "keys" else 403)


def test_the_words_around_a_quote_are_few_where_only_quotes_are_open(held: Held) -> None:
    found = held.client("quotes").get(f"/v1/quotes/{held.entries[PUBLIC].quote.id}").json
    assert found
    assert len(found["before"]) + len(found["after"]) <= 300


def test_a_withdrawn_thing_says_when_why_and_by_which_role(held: Held, tmp_path: Path) -> None:
    answer = held.client("open").get(f"/v1/quotes/{held.entries[WITHDRAWN].quote.id}").json
    assert answer
    assert "by the editor: A mistake of ours" in answer["detail"]
    assert "withdrawn on 20" in answer["detail"]


def test_a_search_by_another_s_words_finds_nothing_private(held: Held) -> None:
    words = held.entries[PRIVATE].quote.text
    assert held.archive.search(Query(q=words)).entries
    for path in ("/v1/quotes", "/v1/snapshots"):
        found = held.client("open").get(path, query_string={"q": words}).json
        assert found
        assert found["total"]["value"] == 0
