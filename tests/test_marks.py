"""What is in quotation marks is found in every family of marks, paragraph by paragraph."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.languages import pack_for
from archiver.quotes import find_quotes
from archiver.quotes.marks import MAX_LENGTH, MAX_QUOTES, find_marks
from archiver.quotes.mastheads import MASTHEAD
from archiver.quotes.model import NO_PACK
from tests.gold import article_of


def marked(text: str, language: str = "en") -> list[str]:
    return [text[mark.start : mark.end] for mark in find_marks(text, pack_for(language) or NO_PACK)]


FAMILIES = {
    "double curly": ("“We won,” he said.", ["We won,"]),
    "single curly": ("‘We won,’ he said.", ["We won,"]),
    "German": ("„Wir kommen“, sagte er.", ["Wir kommen"]),
    "German closed by the English mark": ("„Wir kommen”, sagte er.", ["Wir kommen"]),
    "French": ("« Nous venons », dit-il.", ["Nous venons"]),
    "French with narrow blanks": ("«\u202fNous venons\u202f», dit-il.", ["Nous venons"]),
    "pointing inwards": ("»Wir kommen«, sagte er.", ["Wir kommen"]),
    "single guillemets": ("‹Wir kommen›, sagte er.", ["Wir kommen"]),
    "the same on both sides": ("”Vi kommer”, sa hon.", ["Vi kommer"]),
    "corner brackets": ("彼は「行きます」と述べた。", ["行きます"]),
    "white corner brackets": ("本の題は『海』だ。", ["海"]),
    "straight double": ('"We won," he said.', ["We won,"]),
    "straight single": ("'We won,' he said.", ["We won,"]),
    "two apostrophes": ("''We won,'' he said.", ["We won,"]),
    "backticks and apostrophes": ("``We won,'' he said.", ["We won,"]),
    "curly opening, straight closing": ('“We won," he said.', ["We won,"]),
}


@pytest.mark.parametrize(("text", "expected"), FAMILIES.values(), ids=FAMILIES)
def test_every_family_of_marks(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


NOT_MARKS = {
    "apostrophes": "It's the boys' dog, isn't it? That's 'em.",
    "curly apostrophes": "It’s the boys’ dog, isn’t it? The ’90s are back.",
    "inches": 'He is 6\'2" tall and the screen has 27" of it.',
    "a mark alone": "Rock 'n' roll is the teachers' choice.",
}


@pytest.mark.parametrize("text", NOT_MARKS.values(), ids=NOT_MARKS)
def test_signs_that_are_no_quotation_marks(text: str) -> None:
    assert marked(text) == []


def test_apostrophes_inside_single_marks_do_not_close_them() -> None:
    assert marked("'It's the boys' dog, isn't it?' she asked.") == ["It's the boys' dog, isn't it?"]


def test_a_quotation_in_a_quotation_is_part_of_the_outer_one() -> None:
    assert marked("“He told me ‘go home’ and I went,” she said.") == ["He told me ‘go home’ and I went,"]


def test_a_nickname_inside_a_name_is_no_quotation() -> None:
    assert marked("Marcia “Cia” Lowell spoke first.") == []


def test_a_stray_mark_spoils_only_its_own_paragraph() -> None:
    text = 'The 27" screen.\nHe lost a mark here: "gone.\n"We won," he said.'
    assert "We won," in marked(text)


def test_reopened_paragraphs_say_that_they_go_on() -> None:
    found = find_marks("“One.\n“Two.\n“Three,” she said.", NO_PACK)
    assert [mark.rule for mark in found] == ["unclosed", "reopened", "reopened"]
    assert [mark.continues for mark in found] == [True, True, False]


def test_a_missing_closing_mark_ends_with_the_paragraph() -> None:
    assert marked("He said: “We will win.\nThe end.") == ["We will win."]


def test_a_missing_opening_mark_begins_with_the_paragraph() -> None:
    assert marked("We will win,” he said.") == ["We will win,"]


def test_the_label_of_a_transcript_is_not_said() -> None:
    assert marked("“REYES: Good evening.”") == ["Good evening."]


def test_a_dialogue_dash_where_the_language_has_one() -> None:
    text = "— No lo sabía — dijo Ana Ruiz —. Nadie me avisó."
    assert marked(text, "es") == ["No lo sabía", "Nadie me avisó."]
    assert marked(text, "en") == []


@pytest.mark.parametrize(("language", "text", "said"), [
    ("sv", "– Vi väntar, säger Bo Ek. Bron blir aldrig klar.", ["Vi väntar", "Bron blir aldrig klar."]),
    ("sv", "– Nej, svarade Ek. Han skakade på huvudet.", ["Nej"]),
    ("da", "– Er det dit får? ville dommeren vide.", ["Er det dit får?"]),
    ("fi", "– Raha loppui, hän sanoo. Ovea hän ei avaa.", ["Raha loppui"]),
    ("fr", "« Je reste, a-t-elle lancé. Je finirai. »", ["Je reste", "Je finirai."]),
    ("fr", "« Assez, lui a-t-elle rétorqué, pour payer. »", ["Assez", "pour payer."]),
    ("fr", "« On paie, explique Odile Fabre, cheffe de l'agence. Tous paient. »", ["On paie", "Tous paient."]),
    ("es", "“Escribo de pie —dice—. Los nietos entran”.", ["Escribo de pie", "Los nietos entran"]),
    ("es", "«Llamé, me dijeron: “Está reunido”, y espero».", ["Llamé, me dijeron: “Está reunido”, y espero"]),
    ("it", '"Firmiamo, ha osservato, ma a occhi aperti".', ["Firmiamo", "ma a occhi aperti"]),
    ("pl", "„Porządkujemy spółkę – dodaje – i nie zwalniamy”.", ["Porządkujemy spółkę", "i nie zwalniamy"]),
    ("hu", "„A folyó – idézte fel szerdán a lánya – nem ismer vasárnapot.”", ["A folyó", "nem ismer vasárnapot."]),
    ("ro", "„Eu am vrut pizzerie, recunosc”, râde Doru.", ["Eu am vrut pizzerie, recunosc"]),
    ("sv", "– Den kostade en krona, fyller dottern Carina Ek i.", ["Den kostade en krona"]),
    ("de", "Was war der schlimmste Fund?\nKern: Ein Pilz.\nUnd der schönste?\nKern: Den verrate ich nicht.",
     ["Ein Pilz.", "Den verrate ich nicht."]),
    ("no", "Dette vet vi:\n– Fergen gikk på grunn klokka 16.\n– Ingen ble skadd.", []),
    ("ro", "Lista:\n- gard electric;\n- containere metalice;\n- relocarea animalului.", []),
    ("nl", "FOTO: De dijk\nHet water zakt.\nLEES OOK: De zee wint", []),
    ("sv", "FAKTA: Bron\nLÄS MER: Så blev bron till", []),
    ("fr", "– Un bac se pousse, a rétorqué la maire, Ghislaine Vautrin.", ["Un bac se pousse"]),
    ("fr", "– Je m'en vais, s’est emportée Odile Bart.", ["Je m'en vais"]),
    ("fr", "– Mon frère, a dit non, et il est parti.", ["Mon frère, a dit non, et il est parti."]),
    ("fr", "– Hier, m’a dit Paul, il pleuvait.", ["Hier, m’a dit Paul, il pleuvait."]),
    ("ro", "– Doisprezece, a răspuns inculpatul.", ["Doisprezece"]),
    ("it", "– Mai visto, gli ha risposto Livio Serra.", ["Mai visto"]),
    ("es", "– Nos han vendido un bote, ha atacado Livio Serra.", ["Nos han vendido un bote"]),
    ("es", "– Ayer, cuando llegó, llovía.", ["Ayer, cuando llegó, llovía."]),
    ("ca", "– No puc més, li va respondre l’alcaldessa.", ["No puc més"]),
    ("pt", "– Não posso mais, tinha dito Odília Barros.", ["Não posso mais"]),
    ("el", "– Τι χρώμα είχε; τον ρώτησε η πρόεδρος.", ["Τι χρώμα είχε;"]),
    ("cs", "– Prodali jste přívoz, zaútočil zastupitel Leo Serv.", ["Prodali jste přívoz"]),
    ("fi", "– Tuossa se menee, vanhus tuumii.", ["Tuossa se menee"]),
    ("fi", "– Ei haittaa, johtaja Liisa Salo naurahtaa.", ["Ei haittaa"]),
    ("fi", "– Kun me pelaamme, Suomi voittaa.", ["Kun me pelaamme, Suomi voittaa."]),
    ("pt", "Voz da Beira: Quem lhe ensinou?\nJoão Falcão: Ninguém.", ["Quem lhe ensinou?", "Ninguém."]),
    ("hr", "Koliko?\nL. D.: Mnogo.\nŽurite li?\nL. D.: Nikad.", ["Mnogo.", "Nikad."]),
])  # fmt: skip
def test_what_is_said_behind_a_dash_or_a_label_and_what_is_a_list_or_a_caption(
    language: str, text: str, said: list[str]
) -> None:
    assert marked(text, language) == said


@given(st.text(alphabet="ab ,.\n\"'“”‘’„«»「」–", max_size=200))
def test_stretches_lie_in_the_text_in_order_and_in_one_paragraph(text: str) -> None:
    found = find_marks(text, NO_PACK)
    for mark in found:
        assert 0 <= mark.outer_start <= mark.start < mark.end <= mark.outer_end <= len(text)
        assert "\n" not in text[mark.start : mark.end]
    assert all(one.outer_end <= other.outer_start for one, other in pairwise(found))


def test_a_page_of_marks_ends_at_the_cap() -> None:
    assert len(find_marks("“a” " * (MAX_QUOTES + 100), NO_PACK)) == MAX_QUOTES


def test_no_stretch_is_longer_than_the_cap() -> None:
    assert find_marks("“" + "a" * (MAX_LENGTH + 1) + "”", NO_PACK) == []


def test_attributes_of_tags_are_no_marks() -> None:
    text = 'See <post date="2026-11-10" by="ida">We won.</post> “It rained,” said Ida Holm.'
    assert [text[mark.start : mark.end] for mark in find_marks(text, NO_PACK)] == ["It rained,"]


MASTHEADS = {
    "before its verb": ("Die „Weserpost“ schreibt: „Der Streik trifft die Falschen.“", "de", "Weserpost"),
    "behind it": ("«Una manovra senza coraggio», scrive «Il Corriere dell'Adda».", "it", "Il Corriere dell'Adda"),
    "with small words": ("«Волжский листок» отмечает: «Денег не хватит до осени».", "ru", "Волжский листок"),
    "behind «according to»": ("Para “La Gaceta”, la reforma es “un parche”.", "es", "La Gaceta"),
    "with the verb of calling": ("The “Western Herald” calls the budget “a gift to the idle”.", "en", "Western Herald"),
    "no paper but speech": ("„Nein“ sagte Holm: „Das geht nicht.“", "de", None),
    "speech without a comma": ("« Jamais » répond le maire « tant que je vivrai »", "fr", None),
    "a work": ("The novel “Quiet Water” calls the valley “a bowl of dust”.", "en", None),
}


@pytest.mark.parametrize(("text", "language", "name"), MASTHEADS.values(), ids=MASTHEADS)
def test_the_name_of_a_paper_in_marks_is_who_says_it(text: str, language: str, name: str | None) -> None:
    found = find_marks("Headline\n" + text, pack_for(language) or NO_PACK)
    assert [("Headline\n" + text)[mark.start : mark.end] for mark in found if mark.rule == MASTHEAD] == (
        [name] if name else []
    )
    if name:
        quotes = find_quotes(article_of("Headline\n" + text, language=language, published="2026-11-10"))
        assert [quote.speaker.name for quote in quotes] == [name]
