"""Checks, statements and people over both indexes: the same answers from the same quotes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archiver.checks import report
from archiver.checks.check import Claim
from archiver.checks.comparison import Verdict
from archiver.index import Index
from archiver.index.identity import statement_id
from archiver.people.person import known_names, person, widened
from archiver.records import Entry, Query, Relation, Speaker, Total
from archiver.speakers.keys import person_id
from archiver.statements import lookup
from archiver.statements.collapse import collapsed
from tests.gold.checks import checks, rows


@pytest.fixture
def held(index: Index) -> Index:
    """An index with the quotes of the sample site."""
    index.add(rows())
    index.refresh()
    return index


def test_a_claim_finds_its_quote_among_all_whatever_was_done_to_its_words(held: Index) -> None:
    wrong = []
    for check in checks()[::5]:
        found = report.check(held, Claim(text=check.text, speaker=check.speaker), text_of=lambda _: None)
        if found.verdict.value not in check.verdicts:
            wrong.append((check.kind, check.text, found.verdict))
    assert len(wrong) <= 1, wrong


def test_what_is_not_found_says_what_was_searched_and_is_no_disproof(held: Index) -> None:
    claim = Claim(text="The lighthouse keeper has sold his boat to the minister", speaker="Ada Marlow")
    found = report.check(held, claim, text_of=lambda _: None)
    assert found.verdict is Verdict.NOT_FOUND
    assert all(match.verdict is Verdict.NOT_FOUND for match in found.matches)
    assert "not a disproof" in report.note(found) and "en" in found.languages


def test_a_filter_of_language_or_day_narrows_where_a_claim_is_looked_for(held: Index) -> None:
    words = "The contract was never put to tender, and nobody asked why."
    german = report.check(held, Claim(text=words, language="de"), text_of=lambda _: None)
    assert german.verdict is Verdict.NOT_FOUND


def with_speaker(name: str, place: int, text: str = "We will not sell the harbour to anyone") -> list[Entry]:
    _, quotes = rows()[place]
    quote = replace(quotes[0].quote, text=text, speaker=Speaker(name=name, role="mayor", confidence=0.95))
    return [replace(quotes[0], quote=quote)]


def fill(index: Index, *quotes: list[Entry]) -> Index:
    index.add([(rows()[place][0], tuple(each)) for place, each in enumerate(quotes)])
    index.refresh()
    return index


NAMES = ("Volodymyr Zelensky", "Wolodymyr Selenskyj", "Володимир Зеленський", "Olena Zelenska")


def test_one_person_across_spellings_and_scripts_and_never_a_second_one(index: Index) -> None:
    fill(index, *(with_speaker(name, place) for place, name in enumerate(NAMES)))
    for name in NAMES[:3]:
        found = person(index, person_id(name))
        assert set(found.spellings) == set(NAMES[:3])
        assert found.id == min(map(person_id, NAMES[:3]))
        assert found.total.value == 3
        assert [role.role for role in found.roles] == ["mayor"]
    assert person(index, person_id(NAMES[3])).spellings == (NAMES[3],)
    assert set(known_names(index, "Selenskyj")) == set(NAMES[:3])


def test_a_search_by_speaker_finds_all_spellings(index: Index) -> None:
    fill(index, *(with_speaker(name, place) for place, name in enumerate(NAMES)))
    found = index.search(widened(index, Query(speaker=("Selenskyj",), repeats=True)))
    assert {entry.quote.speaker.name for entry in found.entries} == set(NAMES[:3])


def test_the_months_of_a_person_have_zeros_between(held: Index) -> None:
    months = person(held, person_id("Ada Marlow")).months
    assert [month for month, _ in months] == ["2026-10", "2026-11"]


def test_every_wording_leads_to_its_statement(index: Index) -> None:
    whole = "We will not sell the harbour to anyone, not this year and not the next"
    cut = "not sell the harbour to anyone"
    fill(index, with_speaker(NAMES[0], 0, whole), with_speaker(NAMES[1], 1, cut), with_speaker("Tom Reyes", 2, whole))
    ids = [statement_id(with_speaker(name, 0, text)[0].quote) for name, text in ((NAMES[0], whole), (NAMES[1], cut))]
    clusters = [lookup.cluster(index, each) for each in ids]
    assert {cluster.id for cluster in clusters} == {min(ids)}
    assert all(len(cluster.members) == 2 for cluster in clusters)


def test_a_search_may_list_each_statement_once_with_true_totals(index: Index) -> None:
    whole = "We will not sell the harbour to anyone, not this year and not the next"
    fill(
        index,
        with_speaker(NAMES[0], 0, whole),
        with_speaker(NAMES[1], 1, "not sell the harbour to anyone"),
        with_speaker("Tom Reyes", 2, whole),
        with_speaker(NAMES[0], 3, "The harbour is the heart of this town and it stays open"),
    )
    found = collapsed(index, Query(q="harbour", repeats=True, collapse=True))
    assert found.page.total == Total(value=3, relation=Relation.EXACT)
    assert sorted(each.quotes for each in found.printed.values()) == [1, 1, 2]
    seen, query = [], Query(q="harbour", repeats=True, collapse=True, limit=1)
    while True:
        page = collapsed(index, query).page
        seen += [entry.quote.id for entry in page.entries]
        if page.next is None:
            break
        query = replace(query, cursor=page.next)
    assert seen == [entry.quote.id for entry in found.page.entries]
