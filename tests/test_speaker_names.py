"""Names: one person across spellings, scripts and short forms; never two people under one surname."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.speakers.names import Likeness, likeness

GOLD = Path(__file__).parent / "gold" / "checks" / "names.txt"


def pairs() -> list[tuple[Likeness, str, str]]:
    """The gold: what the pair is, one name, the other."""
    lines = (line.split("#")[0].strip() for line in GOLD.read_text(encoding="utf-8").splitlines())
    found = []
    for line in filter(None, lines):
        wanted, names = line.split(None, 1)
        one, other = names.split("|")
        found.append((Likeness(wanted), one.strip(), other.strip()))
    return found


@pytest.mark.parametrize(("wanted", "one", "other"), pairs())
def test_names_of_the_gold_stand_to_each_other_as_a_reader_says(wanted: Likeness, one: str, other: str) -> None:
    assert likeness(one, other) is wanted
    assert likeness(other, one) is wanted


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_every_name_is_its_own(one: str, other: str) -> None:
    assert likeness(one, other) is likeness(other, one)
    assert likeness(one, one) is Likeness.SAME


def test_titles_and_roles_of_any_language_are_no_part_of_a_name() -> None:
    assert likeness("Präsident Selenskyj", "Volodymyr Zelensky") is Likeness.VARIANT
    assert likeness("Mrs. Marlow", "Ada Marlow") is Likeness.VARIANT
