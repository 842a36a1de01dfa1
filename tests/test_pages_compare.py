"""Pages that put words beside words say what the JSON says, in both languages of the interface."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from archiver.records import Entry
from archiver.speakers.keys import person_id

WORDS = "The contract was never put to tender, and nobody asked why."


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    assert answer.mimetype == "text/html"
    return re.sub(r"\s+", " ", html.unescape(answer.get_data(as_text=True)))


def test_a_claim_is_checked_and_the_difference_shown(client: FlaskClient) -> None:
    shown = page(client, "/check?text=The+contract+was+put+to+tender&speaker=Marlow")
    assert "Not what was said" in shown and "a negation was removed" in shown
    assert "<del>never</del>" in shown
    assert "the same speaker, named differently" in shown


def test_what_is_not_found_is_no_disproof(client: FlaskClient) -> None:
    shown = page(client, "/check?text=The+lighthouse+will+be+painted+green+tomorrow")
    assert "Not found" in shown and "This is not a disproof" in shown


def test_too_short_a_claim_is_said_and_kept_in_the_form(client: FlaskClient) -> None:
    shown = page(client, "/check?text=two+words", 400)
    assert "too short" in shown and ">two words</textarea>" in shown
    assert "Wurde das so gesagt?" in page(client, "/check?lang=de")


def test_every_quote_of_a_pasted_text_is_checked(client: FlaskClient) -> None:
    answer = client.post("/check", data={"whole": f"Again\n“{WORDS}” Ada Marlow said on Monday."})
    assert answer.status_code == 200
    assert "Said, word for word" in answer.get_data(as_text=True)


@pytest.fixture
def quote_page(client: FlaskClient, marlow: Entry) -> str:
    return page(client, f"/quotes/{marlow.quote.id}")


def test_a_quote_leads_to_its_statement_and_its_history(client: FlaskClient, quote_page: str) -> None:
    assert "Also in 1 outlet" in quote_page
    (statement,) = set(re.findall(r'href="http://127.0.0.1:8000(/statements/t[a-z2-7]{20})"', quote_page))
    shown = page(client, statement)
    assert "A statement by Ada Marlow" in shown and "The Northern Ledger" in shown
    assert "“The contract was never put to tender, … and nobody asked why.”</h1>" in shown, "in the source's marks"
    (history,) = set(re.findall(r'href="http://127.0.0.1:8000(/quotes/q[a-z2-7]{20}/history)"', quote_page))
    shown = page(client, history)
    assert shown.count("<b>present</b>") == 2
    assert "need not have been deleted" in shown


def test_two_captures_and_the_edits_of_the_archive(client: FlaskClient, marlow: Entry) -> None:
    shown = page(client, f"/diff?url={marlow.url}")
    assert "<ins>" in shown and "<del>" in shown
    assert marlow.url in page(client, "/changes") or "compare" in page(client, "/changes")
    assert page(client, "/diff?url=http://nowhere.example/", 404)


def test_a_person_has_outlets_and_months(client: FlaskClient) -> None:
    shown = page(client, f"/speakers/{person_id('Ada Marlow')}")
    for words in ('<h1 dir="auto">Ada Marlow</h1>', "Hafenbote Norderwyk", "November 2026", "Newest quotes"):
        assert words in shown
