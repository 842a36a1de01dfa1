"""Names, noun phrases and pronouns outside the marks, with and without case."""

from __future__ import annotations

import pytest

from archiver.languages import pack_for
from archiver.quotes.marks import find_marks
from archiver.quotes.mentions import chunk_text
from archiver.quotes.model import NAME, NOUN_PHRASE, Mention


def mentions(text: str, language: str = "en") -> list[Mention]:
    pack = pack_for(language)
    assert pack
    return chunk_text(text, pack, find_marks(text, pack)).mentions


NAMES = {
    "a title is no part of it": ("en", "On Monday Mrs. Ada Marlow spoke.", ["Ada Marlow"]),
    "a role is no part of it": ("en", "The auditor Ada Marlow spoke.", ["Ada Marlow"]),
    "a title that is a surname": ("en", "Larry King spoke. King left.", ["Larry King", "King"]),
    "particles and suffixes": ("en", "Then Ludwig van der Berg Jr. spoke.", ["Ludwig van der Berg Jr."]),
    "the first word of a sentence is none": ("en", "Yesterday Ada Marlow spoke.", ["Ada Marlow"]),
    "an organisation": ("en", "The Department of Justice declined.", ["Department of Justice"]),
    "a heading in capitals": ("en", "WHICH BRIDGES FERRYMEN EVERYWHERE LIKE\nAda Marlow spoke.", ["Ada Marlow"]),
    "German nouns are none": ("de", "Der Vertrag und die Brücke waren fertig.", []),
    "behind a German role": ("de", "Rechnungsprüferin Adele Marlow kam.", ["Adele Marlow"]),
    "before a Korean title": ("ko", "김민수 장관은 말했다.", ["김민수"]),
    "before a Korean honorific": ("ko", "조합원 임정례씨는 채씨와 말했다. 날씨가 맑았다.", ["임정례", "채"]),
    "before a Japanese title": ("ja", "田中太郎知事は述べた。", ["田中太郎"]),
}


@pytest.mark.parametrize(("language", "text", "expected"), NAMES.values(), ids=NAMES)
def test_names(language: str, text: str, expected: list[str]) -> None:
    joint = "" if language == "ja" else " "
    assert [joint.join(found.name) for found in mentions(text, language) if found.kind == NAME] == expected


def test_a_title_and_a_first_name_tell_the_gender() -> None:
    assert [found.gender for found in mentions("Mrs. Marlow met Thomas Reyes and Xandor Soto.")] == ["f", "m", ""]


def test_the_role_is_kept_beside_the_name() -> None:
    assert [found.role for found in mentions("Then city mayor Ada Marlow met Tom Reyes.")] == ["city mayor", None]


def test_a_noun_phrase_has_its_head_and_is_definite_by_its_article() -> None:
    the, some = (
        found for found in mentions("The tall mayor, like a spokesman, was there.") if found.kind == NOUN_PHRASE
    )
    assert (the.head, the.definite, the.role_noun) == ("mayor", True, True)
    assert (some.head, some.definite) == ("spokesman", False)


def test_an_organisation_is_told_from_a_person() -> None:
    found = mentions("The Port Authority sued. Ada Marlow spoke.")
    assert [(" ".join(one.name), one.is_organization) for one in found] == [
        ("Port Authority", True),
        ("Ada Marlow", False),
    ]


def test_nothing_inside_marks_is_a_mention() -> None:
    assert [" ".join(found.name) for found in mentions("“Ask Tom Reyes,” said Ada Marlow.")] == ["Ada Marlow"]
