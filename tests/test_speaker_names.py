"""Names: one person across spellings, scripts and short forms; never two people under one surname."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.speakers.names import Likeness, likeness
from tests.gold.checks import name_pairs


@pytest.mark.parametrize(("wanted", "one", "other"), name_pairs())
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
