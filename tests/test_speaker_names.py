"""Names: one person across spellings, scripts and short forms; never two people under one surname."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.records import Bucket
from archiver.speakers.completion import beginning_alike
from archiver.speakers.names import Likeness, is_unsure, likeness
from tests.gold.checks import name_pairs


@pytest.mark.parametrize(("wanted", "one", "other"), name_pairs())
def test_names_of_the_gold_stand_to_each_other_as_a_reader_says(wanted: Likeness, one: str, other: str) -> None:
    assert likeness(one, other) is wanted
    assert likeness(other, one) is wanted


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_every_name_is_its_own(one: str, other: str) -> None:
    assert likeness(one, other) is likeness(other, one)
    assert likeness(one, one) is Likeness.SAME


def test_titles_and_roles_of_any_language_are_no_part_of_a_name() -> None:
    assert likeness("Präsident Selenskyj", "Volodymyr Zelensky") is Likeness.VARIANT
    assert likeness("Mrs. Marlow", "Ada Marlow") is Likeness.VARIANT


NAMES = [
    Bucket(value=name, count=1)
    for name in (
        "Ada Marlow",
        "Володимир Зеленський",
        "エイダ・マーロウ",
        "高瀬由紀",
        "Κυριάκος Μητσοτάκης",
        "Jörg Müller",
    )
]


@pytest.mark.parametrize(("typed", "completed"), [
    ("Марл", ["Ada Marlow"]), ("zelen", ["Володимир Зеленський"]), ("Selensk", ["Володимир Зеленський"]),
    ("vol zel", ["Володимир Зеленський"]), ("eida", ["エイダ・マーロウ"]), ("mitso", ["Κυριάκος Μητσοτάκης"]),
    ("gao", ["高瀬由紀"]), ("Муел", ["Jörg Müller"]), ("z", []), ("zz", []), ("!", []), ("", []), ("xyz", []),
])  # fmt: skip
def test_names_are_completed_in_another_script_than_they_are_printed_in(typed: str, completed: list[str]) -> None:
    assert [each.value for each in beginning_alike(typed, NAMES, 5)] == completed
    assert len(beginning_alike(typed, NAMES, 0)) == 0


ONE_PERSON = [
    ("Olaf Scholz", "Олаф Шольц"),
    ("Ursula von der Leyen", "Урсула фон дер Ляйен"),
    ("Benjamin Netanyahu", "בנימין נתניהו"),
    ("Xi Jinping", "习近平"),
    ("Volodymyr Zelensky", "Володимир Зеленський"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_a_name_in_another_script_is_never_called_another_person_s(one: str, other: str) -> None:
    assert likeness(one, other) is not Likeness.OTHER or is_unsure(one, other)


def test_names_that_sound_otherwise_are_two_in_any_script() -> None:
    assert not is_unsure("Angela Merkel", "Олаф Шольц")
    assert not is_unsure("Ada Marlow", "Ines Calloway")


def test_a_role_of_two_words_is_no_part_of_a_name() -> None:
    assert likeness("Prime Minister Modi", "Narendra Modi") is Likeness.VARIANT
    assert likeness("Foreign Minister Annalena Baerbock", "Annalena Baerbock") is Likeness.SAME
    assert likeness("Stephen King Smith", "John King Smith") is Likeness.OTHER
