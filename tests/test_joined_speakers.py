"""Speakers whom people join or separate: what follows, what never does, and that it outlives everything."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.cli import main
from api.keys import Keys, Scope
from archiver.archive import Archive
from archiver.audit import Audit
from archiver.checks.check import Claim
from archiver.checks.comparison import Verdict
from archiver.config import Config
from archiver.errors import BadQuery, NotFound
from archiver.ingest.decide import Author, Wish
from archiver.people.decide import SpeakerWish
from archiver.records import (
    Act,
    Change,
    DateOf,
    Interval,
    Kind,
    Query,
    QuoteState,
    Speaker,
    SpeakerAct,
    SpeakerDecision,
)
from archiver.speakers.decided import UNDECIDED, JoinedPeople, people_of
from archiver.speakers.keys import person_id, spelling_keys
from archiver.speakers.names import Likeness, likeness
from archiver.speakers.people import meant_by, spellings
from archiver.viewer import Viewer
from tests.faces import config_for
from tests.site.serve import Site

MARLOW, CALLOWAY = "Ada Marlow", "Ines Calloway"
WISH = SpeakerWish(author=Author(name="R. Calder", role="editor"), reason="Her own website says so")
EVERYTHING = Query(limit=1000, repeats=True, state=tuple(QuoteState), kind=tuple(Kind))
ZELENSKY = ("Volodymyr Zelensky", "Wolodymyr Selenskyj", "Володимир Зеленський")


def decided(nth: int, act: SpeakerAct, names: str, others: str) -> SpeakerDecision:
    return SpeakerDecision(
        id=f"urn:uuid:{nth:08d}-0000-4000-8000-000000000000",
        act=act,
        names=tuple(names.split(", ")),
        others=tuple(others.split(", ")),
        at=datetime(2026, 11, 20, tzinfo=UTC) + timedelta(minutes=nth),
        by="",
        role="operator",
        reason="x",
    )


def test_of_two_decisions_the_later_one_holds_in_any_order_of_reading() -> None:
    one = decided(1, SpeakerAct.JOIN, MARLOW, CALLOWAY)
    two = decided(2, SpeakerAct.SEPARATE, CALLOWAY, MARLOW)
    three = decided(3, SpeakerAct.JOIN, MARLOW, CALLOWAY)
    for held, wanted in (((one,), Likeness.SAME), ((one, two), Likeness.OTHER), ((one, two, three), Likeness.SAME)):
        assert people_of(held).likeness(MARLOW, CALLOWAY) is wanted
        assert people_of(held[::-1]) == people_of(held)
    assert UNDECIDED.likeness(MARLOW, CALLOWAY) is likeness(MARLOW, CALLOWAY)


def test_separating_takes_a_spelling_away_and_a_new_one_joins_nobody_it_could_be_both_of() -> None:
    separated = people_of((decided(1, SpeakerAct.SEPARATE, ZELENSKY[0], ", ".join(ZELENSKY[1:])),))

    def found(name: str, *more: str) -> tuple[str, ...]:
        held = (*ZELENSKY, *more)
        return spellings(name, lambda keys: [each for each in held if spelling_keys(each) & set(keys)], separated)

    assert found(ZELENSKY[0]) == ZELENSKY[:1]
    assert found(ZELENSKY[1]) == found(ZELENSKY[2]) == ZELENSKY[1:]
    assert found(ZELENSKY[1], "Volodymyr Zelenskyy") == ZELENSKY[1:]
    assert found("Volodymyr Zelenskyy", "Volodymyr Zelenskyy") == ("Volodymyr Zelenskyy",)
    assert separated.likeness("Volodymyr Zelenskyy", ZELENSKY[0]) is Likeness.VARIANT


def test_a_short_form_means_all_names_of_who_was_joined() -> None:
    joined = people_of((decided(1, SpeakerAct.JOIN, MARLOW, CALLOWAY),))
    held = (MARLOW, CALLOWAY, "Tom Reyes")

    def like(keys: object) -> list[str]:
        return [each for each in held if spelling_keys(each) & set(keys)]  # type: ignore[call-overload]

    assert joined.likeness("Calloway", MARLOW) is Likeness.VARIANT
    assert meant_by("Calloway", like, joined) == (MARLOW, CALLOWAY)
    assert meant_by("Calloway", like) == (CALLOWAY,)


NAMES = (*ZELENSKY, "Vladimir Zelensky", MARLOW, CALLOWAY, "Ines Marlow")
SIDES = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)


@given(st.lists(st.tuples(st.sampled_from(SpeakerAct), SIDES), max_size=6), st.randoms())
def test_no_order_of_reading_matters_and_nobody_is_two_who_were_separated(
    given: list[tuple[SpeakerAct, list[str]]], order: object
) -> None:
    decisions = [decided(nth, act, sides[0], ", ".join(sides[1:])) for nth, (act, sides) in enumerate(given)]
    people = people_of(tuple(decisions))
    order.shuffle(decisions)  # type: ignore[attr-defined]
    assert people_of(tuple(decisions)) == people
    for one, other in combinations(NAMES, 2):
        assert people.likeness(one, other) is people.likeness(other, one)
        newest = [each for each in sorted(decisions, key=lambda each: each.at) if _about(each, one, other)]
        if newest and newest[-1].act is SpeakerAct.SEPARATE:
            assert people.likeness(one, other) is Likeness.OTHER
            assert other not in _cluster(one, people)


def _about(decision: SpeakerDecision, one: str, other: str) -> bool:
    sides = (decision.names, decision.others)
    return any(one in mine and other in theirs for mine, theirs in (sides, sides[::-1]))


def _cluster(name: str, people: JoinedPeople) -> tuple[str, ...]:
    return spellings(name, lambda keys: [each for each in NAMES if spelling_keys(each) & set(keys)], people)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(0) as site:
        yield site


def page_at(site: Site, path: str) -> str:
    return next(url for url in site.urls if url.endswith(path))


def names(archive: Archive, speaker: str) -> set[str | None]:
    return {entry.quote.speaker.name for entry in archive.search(Query(speaker=(speaker,), limit=100)).entries}


def facet(archive: Archive) -> dict[str, int]:
    found = archive.search(Query(facet=("speaker",))).facets["speaker"]
    return {bucket.value: bucket.count for bucket in found.buckets}


def said(archive: Archive) -> list[tuple[str | None, str, Speaker]]:
    """What every quote says, and who said it."""
    entries = sorted(archive.search(EVERYTHING).entries, key=lambda entry: entry.quote.id or "")
    return [(entry.quote.id, entry.quote.text, entry.quote.speaker) for entry in entries]


def test_a_join_is_followed_everywhere_outlives_everything_and_is_taken_back(
    index_config: Config, site: Site, tmp_path: Path
) -> None:
    with Archive(replace(index_config, fetch_allow=site.allow)) as archive:
        for path in ("ferry-contract", "night-ward"):
            archive.capture(page_at(site, path))
        before, counts = said(archive), facet(archive)
        claim = Claim(text="The contract was never put to tender, and nobody asked why.", speaker=CALLOWAY)
        assert archive.comparisons.check(claim).verdict is Verdict.OTHER_SPEAKER
        archive.persons.join(MARLOW, person_id(CALLOWAY), WISH)
        archive.reextract()

        def follows(archive: Archive) -> None:
            assert said(archive) == before  # no quote was given a name, and none another one
            assert names(archive, CALLOWAY) == names(archive, MARLOW) == names(archive, "marlow") == {MARLOW, CALLOWAY}
            both = archive.person(person_id(MARLOW))
            assert both == archive.person(person_id(CALLOWAY))
            assert both.id == min(map(person_id, (MARLOW, CALLOWAY))) and both.spellings == (MARLOW, CALLOWAY)
            assert facet(archive)[both.name] == counts[MARLOW] + counts[CALLOWAY] == both.total.value
            by_year = archive.histogram(Query(speaker=(CALLOWAY,)), Interval.YEAR, DateOf.PUBLISHED)
            assert by_year.total.value == both.total.value
            assert archive.comparisons.check(claim).verdict is Verdict.EXACT
            (decision,) = archive.persons.decisions(CALLOWAY)
            assert (decision.act, decision.by, decision.reason) == (SpeakerAct.JOIN, "R. Calder", WISH.reason)

        follows(archive)
        archive.rebuild()
        follows(archive)
        moved = tmp_path / "moved"
        shutil.copytree(index_config.archive, moved)
        with Archive(replace(index_config, archive=moved, index=(), fetch_allow=site.allow)) as other:
            other.rebuild()
            follows(other)
        archive.persons.separate(CALLOWAY, [CALLOWAY], replace(WISH, reason="It was her namesake"))
        archive.rebuild()
        assert said(archive) == before and facet(archive) == counts
        assert names(archive, CALLOWAY) == {CALLOWAY}
        assert archive.person(person_id(CALLOWAY)).spellings == (CALLOWAY,)
        assert archive.comparisons.check(claim).verdict is Verdict.OTHER_SPEAKER
        assert [each.act for each in archive.persons.decisions(MARLOW)] == [SpeakerAct.JOIN, SpeakerAct.SEPARATE]
        assert all(finding.ok for finding in archive.verify())
    actions = [line.action for line in Audit(index_config.archive).lines()]
    assert actions[-2:] == ["join", "separate"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Archive]:
    with Archive(config_for(tmp_path_factory.mktemp("joined") / "archive", site)) as archive:
        archive.capture(page_at(site, "ferry-contract"))
        archive.capture(page_at(site, "night-ward"), private=True)
        yield archive


def test_what_cannot_be_decided_is_said(archive: Archive) -> None:
    with pytest.raises(NotFound, match="no such speaker"):
        archive.persons.join(MARLOW, "Nobody Atall", WISH)
    with pytest.raises(BadQuery, match="is this person already"):
        archive.persons.join(MARLOW, "ada marlow", WISH)
    with pytest.raises(BadQuery, match="review it with that person's full name"):
        archive.persons.separate(MARLOW, [MARLOW], WISH)
    with pytest.raises(BadQuery, match="not a spelling of this person"):
        archive.persons.separate(MARLOW, [CALLOWAY], WISH)
    with pytest.raises(BadQuery, match="reason"):
        archive.persons.join(MARLOW, CALLOWAY, replace(WISH, reason=" "))
    assert archive.persons.decisions(MARLOW) == ()


def test_what_the_program_joined_is_separated(archive: Archive) -> None:
    accented = "Ada Márlow"
    quote_id = str(archive.search(Query(q="tender", speaker=(MARLOW,))).entries[0].quote.id)

    def named(name: str) -> Wish:
        changes = (Change(path="speaker.name", value=name),)
        return Wish(act=Act.REVIEW, author=WISH.author, reason="As printed", changes=changes)

    archive.decide(named(accented), quote_id)
    assert archive.person(person_id(MARLOW)).spellings == (MARLOW, accented)
    archive.persons.separate(MARLOW, [accented], WISH)
    assert archive.person(person_id(MARLOW)).spellings == (MARLOW,)
    assert archive.person(person_id(accented)).spellings == (accented,)
    archive.persons.join(MARLOW, accented, WISH)
    assert archive.person(person_id(accented)).spellings == (MARLOW, accented)
    archive.decide(named(MARLOW), quote_id)
    assert archive.person(person_id(accented)).spellings == (MARLOW,)  # an id outlives the last quote under its name


def test_a_name_that_only_a_private_page_prints_is_shown_to_nobody_else(archive: Archive) -> None:
    hidden = "Cormac Tilney"
    archive.persons.join(MARLOW, hidden, WISH)
    public = archive.seen_by(Viewer())
    assert hidden in archive.person(person_id(MARLOW)).spellings
    assert public.person(person_id(MARLOW)).spellings == (MARLOW,)
    assert public.person(person_id(MARLOW)).id == person_id(MARLOW)
    assert public.persons.decisions(MARLOW) == ()
    assert [each.others for each in archive.persons.decisions(MARLOW) if each.act is SpeakerAct.JOIN][-1] == (hidden,)
    archive.persons.separate(MARLOW, [hidden], WISH)


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive, archive.config).test_client()


def test_over_http_a_key_that_may_write_joins_and_separates(archive: Archive, client: FlaskClient) -> None:
    one, other = (f"/v1/speakers/{person_id(name)}" for name in (MARLOW, "Dermot Quill"))
    body = {"speaker": person_id("Dermot Quill"), "reason": "One man"}
    assert client.post(f"{one}/join", json={"speaker": "x"}).status_code == 400
    assert client.post(f"{one}/join", json={**body, "speaker": "p" * 21}).status_code == 404
    joined = client.post(f"{one}/join", json=body)
    assert joined.status_code == 200
    assert client.get(other).json == client.get(one).json == joined.json
    again = client.post(f"{one}/join", json=body)
    assert again.status_code == 400 and again.json["errors"][0]["parameter"] == "speaker"  # type: ignore[index]
    separated = client.post(f"{other}/separate", json={"spellings": ["Dermot Quill"], "reason": "Two"})
    assert separated.json["spellings"] == ["Dermot Quill"]  # type: ignore[index]
    items = client.get(f"{one}/decisions").json["items"]  # type: ignore[index]
    mine = [each for each in items if "Dermot Quill" in (*each["names"], *each["others"])]
    assert [(each["act"], each["by"], each["role"], each["reason"]) for each in mine] == [
        ("join", None, "operator", "One man"),
        ("separate", None, "operator", "Two"),
    ]


def test_the_page_decides_by_its_own_form_alone(archive: Archive) -> None:
    _, text = Keys(archive.config.archive).add("desk", Scope.WRITE)
    config = replace(archive.config, public_url="https://quotes.example")
    client = create_app(archive, config).test_client()
    elsewhere = {"environ_base": {"REMOTE_ADDR": "198.51.100.7"}, "base_url": "https://quotes.example"}
    page = f"/speakers/{person_id(MARLOW)}"
    given = {"action": "join", "speaker": "Dermot Quill", "reason": "The same <b>man</b>"}
    assert client.post(page, data=given, **elsewhere).status_code == 403
    client.post("/signin", data={"key": text}, **elsewhere)
    assert client.post(page, data=given, **elsewhere).status_code == 403
    shown = client.get(page, **elsewhere).text
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', shown)
    assert csrf and "nobody has decided" not in shown
    given["csrf"] = csrf[1]
    assert client.post(page, data=given, headers={"Origin": "https://evil.example"}, **elsewhere).status_code == 403
    assert client.post(page, data=given, **elsewhere).status_code == 303
    shown = client.get(page, **elsewhere).text
    assert "joined Ada Marlow with Dermot Quill: The same &lt;b&gt;man&lt;/b&gt;" in shown
    wrong = client.post(page, data={**given, "speaker": "Nobody Atall"}, **elsewhere)
    assert wrong.status_code == 400 and "there is no such speaker" in wrong.text
    separate = {**given, "action": "separate", "spellings": ["Dermot Quill"]}
    assert client.post(page, data=separate, **elsewhere).status_code == 303
    assert "von Ada Marlow getrennt" in client.get(f"{page}?lang=de", **elsewhere).text


def test_the_terminal_joins_shows_and_separates(archive: Archive) -> None:
    def run(*words: str) -> str:
        settings = ("--archive", str(archive.config.archive))
        found = CliRunner().invoke(main, [*words, *settings])
        assert found.exit_code == 0, found.output
        return found.stdout

    assert run("speakers", "join", MARLOW, "Dermot Quill", "--reason", "One", "--by", "Ann") == (
        "one person: Ada Marlow · Dermot Quill\n"
    )
    shown = run("speakers", "show", "Dermot Quill")
    assert "spellings: Ada Marlow · Dermot Quill" in shown
    assert "Ann joined Ada Marlow with Dermot Quill: One" in shown
    assert run("speakers", "separate", MARLOW, "Dermot Quill", "--reason", "Two") == (
        "two people: Dermot Quill | Ada Marlow\n"
    )
