"""A text becomes words with classes; where sentences end is known."""

from __future__ import annotations

import pytest

from archiver.languages import pack_for
from archiver.quotes.layout import paragraphs
from archiver.quotes.marks import find_marks
from archiver.quotes.mentions import chunk_text


def codes(text: str, language: str = "en") -> str:
    pack = pack_for(language)
    assert pack
    return chunk_text(text, pack, find_marks(text, pack)).codes


CASES = {
    "verb after": ("en", "“We won,” she said.", "Q,iS$\n"),
    "inverted": ("en", "“We won,” said Ada Marlow.", "Q,SX$\n"),
    "abbreviations end no sentence": ("en", "Mr. Reyes met Dr. Marlow at the U.S. Senate.", "XwXpdwX$\n"),
    "a hyphen joins verb and pronoun": ("fr", "« Oui », affirme-t-elle.", "Q,Si$\n"),
    "an elision is a word, a compound tense its verb": ("fr", "« Oui », a dit l'élue.", "Q,SO$\n"),
    "German nouns are no names": ("de", "„Ja“, sagte der Mann im Haus.", "Q,SOpw$\n"),
    "a German name is one": ("de", "„Ja“, sagte Adele Marlow.", "Q,SX$\n"),
}


@pytest.mark.parametrize(("language", "text", "expected"), CASES.values(), ids=CASES)
def test_classes(language: str, text: str, expected: str) -> None:
    assert codes(text, language) == expected


def test_an_american_full_stop_inside_the_marks_ends_the_sentence() -> None:
    assert codes("He said “no.” Tom Reyes left.").startswith("iSQ$X")


def test_a_number_may_end_a_sentence_and_an_ordinal_does_not() -> None:
    assert codes("He died in 1931. Ada Marlow wept.").startswith("iwpw$X")
    assert "$" not in codes("Am 8. November sprach Adele Marlow", "de").rstrip("\n")


def test_paragraphs_are_lines_without_their_blanks() -> None:
    assert paragraphs(" one \n\n  two\n") == [(1, 4), (9, 12)]


def test_words_in_marks_are_not_read() -> None:
    pack = pack_for("en")
    assert pack
    text = "“Ask Ada Marlow,” said Tom Reyes."
    reading = chunk_text(text, pack, find_marks(text, pack))
    assert [" ".join(mention.name) for mention in reading.mentions] == ["Tom Reyes"]
