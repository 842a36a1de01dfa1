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
    "teilte mit": ("Die Fähre liege fest, teilte Hafenmeisterin Lena Voss am Abend mit.", "Die Fähre liege fest"),
    "hatte gesagt": ("Das Watt sei ruhig, hatte Lena Voss bei der Abfahrt im Mai gesagt.", "Das Watt sei ruhig"),
    "sagte dem": ("Es fehle an Pfählen, sagte Lena Voss dem Fernsehsender „Küste Eins“.", "Es fehle an Pfählen"),
    "das teilte": ("Die Schleuse bleibt im Winter zu. Das teilte Lena Voss mit.", "Die Schleuse bleibt im Winter zu"),
    "als Grund": ("Als Grund für die Sperrung des Ufers gab Lena Voss an, der Deich sei weich.", "der Deich sei weich"),
    "den": ("Den Fischern warf Lena Voss vor, die Netze zu eng zu knüpfen.", "die Netze zu eng zu knüpfen"),
    "wie": ("Der Kran wird im Mai versetzt, wie Lena Voss, die Leiterin des Hafens, betont.",
            "Der Kran wird im Mai versetzt"),
    "Ansicht": ("Lena Voss vertritt die Ansicht, dass der Kai zu kurz ist.", "der Kai zu kurz ist"),
    "semicolon": ("Der Schlick wächst weiter; laut Lena Voss ist der Bagger bestellt.", "ist der Bagger bestellt"),
}  # fmt: skip
NOBODY_SAYS = {
    "passive": ("Dem Lotsen wurde vorgeworfen, die Boje gerammt zu haben.", "die Boje gerammt zu haben"),
    "impersonal passive": ("Es wird befürchtet, dass der Damm im Herbst bricht.", "der Damm im Herbst bricht"),
    "behind": ("Die Suche könne Wochen dauern, wird vermutet.", "Die Suche könne Wochen dauern"),
    "es heißt": ("Es heißt, die Reederei habe den Kutter verkauft.", "die Reederei habe den Kutter verkauft"),
}
UNNAMED = {
    "Nach Berichten": ("Nach ersten Ermittlungen lag der Anker lose an Deck.", "Ermittlungen"),
    "postposition": ("Der Lotse hat eigenen Angaben zufolge Nebel gemeldet.", "Angaben"),
    "document": ("In einem Schreiben des Hafenamts heißt es, die Pacht werde steigen.", "einem Schreiben"),
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


@pytest.mark.parametrize(("text", "content"), NOBODY_SAYS.values())
def test_what_is_said_without_anybody_who_says_it_has_no_speaker(text: str, content: str) -> None:
    (found,) = quotes(text, "de")
    assert (found.text, found.speaker.name, found.speaker.printed) == (content, None, None)


@pytest.mark.parametrize(("text", "source"), UNNAMED.values())
def test_a_report_or_a_letter_as_a_source_is_printed_and_names_nobody(text: str, source: str) -> None:
    (found,) = quotes(text, "de")
    assert (found.speaker.name, found.speaker.printed) == (None, source)


@pytest.mark.parametrize(
    "text",
    [
        "Es gab Schäden an der Mole, die im Mai gebaut wurde.",
        "Hinter dem Deich gibt es noch Plätze, die frei sind.",
        "Die Kutter werden im Frühjahr gestrichen, die Netze geflickt.",
        "Nach dem Streit mit der Reederei stieg der Lotse aus, die Fähre fuhr ab.",
    ],
)
def test_a_report_of_what_happened_is_no_reported_speech(text: str) -> None:
    assert quotes(text, "de") == ()


def test_a_source_that_is_in_no_subjects_case_does_not_speak() -> None:
    (found,) = quotes("Den Reedern sagte sie zu, die Pacht werde nicht steigen.", "de")
    assert found.speaker.printed == "sie"


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
