"""What stands around the prose of an article speaks for nobody, and nobody in it speaks elsewhere."""

from __future__ import annotations

import pytest

from archiver.languages import pack_for
from archiver.quotes import find_quotes
from archiver.quotes.layout import layout
from archiver.quotes.model import NO_PACK
from tests.gold import article_of


def prose(text: str, language: str) -> list[str]:
    """What is left of the paragraphs behind the headline."""
    lines = layout("Headline\n" + text, pack_for(language) or NO_PACK)
    return [("Headline\n" + text)[line.start : line.end] for line in lines[1:]]


def names(text: str, language: str) -> dict[str, str | None]:
    found = find_quotes(article_of(text, language=language, published="2026-11-10"))
    return {quote.text: quote.speaker.name for quote in found}


LINES = {
    "a dateline": ("LINTON — The library will close.", "en", "The library will close."),
    "with an agency": ("OBERWALD (dpa). Die Gemeinde lehnt ab.", "de", "Die Gemeinde lehnt ab."),
    "with a day": ("CAMPO VIEJO, 3 mar. (EFE).- Los vecinos protestan.", "es", "Los vecinos protestan."),
    "in ordinary letters": ("Westvoorde – “Wat een Sint.”", "nl", "“Wat een Sint.”"),
    "before a word of the sentence": ("NØRRE ASKEBY Hver torsdag kommer hun.", "da", "Hver torsdag kommer hun."),
    "no dateline but an office": (
        "NATO Secretary General Ida Holm left.",
        "en",
        "NATO Secretary General Ida Holm left.",
    ),
    "no dateline but who speaks": ("UNICEF: “Children suffer.”", "en", "UNICEF: “Children suffer.”"),
    "no dateline but an aside": ("Ida Holm – the mayor – left.", "en", "Ida Holm – the mayor – left."),
    "a link": ("**Läs även: Därför fryser fjärden**", "sv", ""),
    "a link in brackets": ("【延伸阅读】一条赛道", "zh", ""),
    "a link without a colon": ("LEES OOK ‘Wij hoorden het op de radio’", "nl", ""),
    "a caption of an agency": (
        "AP PHOTO: Ida Marsh on her stairs. AP Photo/Jon Vale",
        "en",
        "Ida Marsh on her stairs.",
    ),
    "a caption": ("BILDE: Ida Holm ved kaia. Foto: Per Vik", "no", "Ida Holm ved kaia."),
    "whose picture it is": ("Le pont. Photo Luc Béraud", "fr", "Le pont."),
    "a photographer": ("FOTO: ERIK VINGE", "sv", ""),
    "a byline": ("Por Lucía Arana | Campo Viejo", "es", ""),
    "two authors": ("By Tom Reddin and Alice Okoro", "en", ""),
    "a sentence that begins so": ("By Monday Ida Holm had left.", "en", "By Monday Ida Holm had left."),
    "a name that returns nowhere": ("Elif Sarıkaya / KARADUT", "tr", ""),
    "capitals that are nobody": ("WAT NU: In mei valt een besluit.", "nl", "In mei valt een besluit."),
}


@pytest.mark.parametrize(("text", "language", "expected"), LINES.values(), ids=LINES)
def test_the_prose_of_a_line(text: str, language: str, expected: str) -> None:
    assert prose(text, language) == [expected]


def test_labels_of_a_talk_are_speakers() -> None:
    text = "Who stands\nREPORTER: Und der Zwerg?\nKRANZ: Der steht noch.\nAbel Kranz läuft am Sonntag."
    assert names(text, "de") == {"Und der Zwerg?": None, "Der steht noch.": "Abel Kranz"}


def test_labels_of_a_page_are_nobody() -> None:
    text = (
        "Kutter på avveie\n\nNORDVIK: Kutteren drev i to døgn, sier havnesjef Roar Dahle.\n\n"
        "FAKTA: Kutteren er fra 1994\n\n"
        "DETTE VET VI:\n– Ingen om bord\n– Politiet etterforsker\n\n– Tauet røk, sier Dahle.\n\nLES OGSÅ: Et brak"
    )
    assert names(text, "no") == {"Tauet røk": "Roar Dahle"}


def test_nobody_in_a_caption_is_he_or_she() -> None:
    text = (
        "The bridge\n\nThe mayor, Peter Swann, came alone.\n\nPhoto: Tom Reddin, a fisherman, at the quay. "
        "Picture: Dan Frost\n\n“Nobody told me,” he said."
    )
    assert names(text, "en") == {"Nobody told me,": "Peter Swann"}


HEADLINES = {
    "a place before the colon": "Dorpsweg Ruinen: ‘We slapen met de ramen dicht’",
    "a group before the colon": "Bewoners: ‘We slapen met de ramen dicht’",
    "a part of the words": "‘We slapen al een jaar’ aan de Dorpsweg",
}


@pytest.mark.parametrize("headline", HEADLINES.values(), ids=HEADLINES)
def test_a_headline_says_nearly_the_words_of_the_text(headline: str) -> None:
    text = f"{headline}\n\n‘We slapen al een jaar met de ramen dicht’, zegt Geert Oosterhof.\n\nHet is druk."
    assert set(names(text, "nl").values()) == {"Geert Oosterhof"}


def test_words_pulled_out_of_the_text_are_not_said_again() -> None:
    text = (
        "The library\n\n“Nobody borrows anything,” said Peter Swann.\n\n> “Nobody borrows anything,”\n\n"
        "Moira Keane disagreed. “I do,” she said."
    )
    assert names(text, "en") == {"Nobody borrows anything,": "Peter Swann", "I do,": "Moira Keane"}


def test_words_pulled_out_and_signed_are_the_signer_s() -> None:
    text = (
        "Komín spadl\n\nKomín spadl v noci, řekla mluvčí Šárka Pelánová.\n\n„Kdyby to bylo dřív, pohřbíváme děti“\n"
        "Bohumil Hrubeš, soused\n\nNikdo nebyl zraněn."
    )
    assert names(text, "cs") == {"Kdyby to bylo dřív, pohřbíváme děti": "Bohumil Hrubeš"}


CARDS = {
    "with age and trade": "Who votes?\n\nAda Marlow, 34, nurse\n“I vote no.”\n\nTom Reyes, 61, retired\n“I vote yes.”",
    "in bold with a colon": "Who votes?\n\n**Ada Marlow (34):**\n“I vote no.”\n\n**Tom Reyes (61):**\n“I vote yes.”",
}


@pytest.mark.parametrize("text", CARDS.values(), ids=CARDS)
def test_a_line_that_names_somebody_over_words_says_whose_they_are(text: str) -> None:
    assert names(text, "en") == {"I vote no.": "Ada Marlow", "I vote yes.": "Tom Reyes"}


def test_lines_after_dashes_with_a_reporter_are_no_list() -> None:
    text = "To syn\n\n– Dette er galt, sier Per Vik\n– Nei, det er rett, svarer Ida Moe\n\nSaken fortsetter."
    assert names(text, "no") == {"Dette er galt": "Per Vik", "Nei, det er rett": "Ida Moe"}


def test_a_headline_is_as_sure_as_the_words_of_the_text_that_it_repeats() -> None:
    text = "‘We were told nothing’\n\n“We were told nothing, not even a letter,” said Moira Keane."
    found = find_quotes(article_of(text, language="en", published="2026-11-10"))
    assert found[0].speaker.confidence == found[1].speaker.confidence
