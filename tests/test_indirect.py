"""Reported speech without marks: what is reported, by whom, and that it stays apart from quotations."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from archiver.records import Kind, Quote
from tests.gold import article_of

ENGLISH = {
    "that": ("Harbour master Lena Voss said on Monday that the pier would be rebuilt.", "the pier would be rebuilt"),
    "told": ("Lena Voss told the council that the pier was not safe.", "the pier was not safe"),
    "clause": ("Lena Voss, who runs the port, said she had not been warned.", "she had not been warned"),
    "clause-first": ("The pier will be rebuilt, Lena Voss said.", "The pier will be rebuilt"),
    "inverted": ("The pier will be rebuilt, said Lena Voss.", "The pier will be rebuilt"),
    "source-first": ("According to Lena Voss, the pier costs three million.", "the pier costs three million"),
    "source-last": ("The pier costs three million, according to Lena Voss.", "The pier costs three million"),
}
GERMAN = {
    "dass": ("Hafenmeisterin Lena Voss sagte am Montag, dass die Mole erneuert werde.", "die Mole erneuert werde"),
    "clause": ("Lena Voss betonte, sie habe davon nichts gewusst.", "sie habe davon nichts gewusst"),
    "inverted": ("Die Mole werde bald erneuert, sagte Lena Voss.", "Die Mole werde bald erneuert"),
    "so": ("Die Mole sei nicht sicher, so Lena Voss.", "Die Mole sei nicht sicher"),
    "laut": ("Laut Lena Voss ist die Mole sicher.", "ist die Mole sicher"),
}
CASES = [("en", *case) for case in ENGLISH.values()] + [("de", *case) for case in GERMAN.values()]


def quotes(text: str, language: str) -> tuple[Quote, ...]:
    return find_quotes(article_of("A headline\n" + text, language=language, published="2026-11-10"), indirect=True)


@pytest.mark.parametrize(("language", "text", "content"), CASES)
def test_the_reported_clause_and_its_speaker(language: str, text: str, content: str) -> None:
    (found,) = quotes(text, language)
    assert (found.kind, found.text, found.speaker.name) == (Kind.INDIRECT, content, "Lena Voss")
    assert found.before + found.printed + found.after in "A headline\n" + text
    assert found.trail[0].step == "indirect"


def test_a_day_of_the_reporting_words_is_the_day_of_what_was_said() -> None:
    (found,) = quotes(ENGLISH["that"][0], "en")
    assert found.said_on.value == "2026-11-09"


@pytest.mark.parametrize(
    "text",
    [
        "Lena Voss rebuilt the pier in three years.",  # nobody says anything
        "The story of the pier begins in May.",
        "Lena Voss said “the pier will be rebuilt” in May.",  # words in marks are a quotation
        "Lena Voss said that the pier was “a disgrace” to the town.",
    ],
)
def test_what_is_no_reported_speech_is_left_alone(text: str) -> None:
    assert not [quote for quote in quotes(text, "en") if quote.kind is Kind.INDIRECT]


def test_reported_speech_is_found_only_when_asked_for_and_never_counted() -> None:
    text = ENGLISH["that"][0]
    assert find_quotes(article_of("A headline\n" + text, language="en")) == ()
    assert not any(quote.counts for quote in quotes(text, "en"))


def test_an_unnamed_source_keeps_what_is_printed_and_no_name() -> None:
    (found,) = quotes("An engineer said that the pier was not safe.", "en")
    assert (found.speaker.name, found.speaker.printed) == (None, "An engineer")
