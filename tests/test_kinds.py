"""Kinds of fault in texts that the finder was not made on: which words were said, and which are nobody's."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from archiver.records import Quote
from tests.gold import article_of


def quotes(text: str, language: str = "en") -> tuple[Quote, ...]:
    return find_quotes(article_of("A headline\n" + text, language=language, published="2026-11-10"))


NOT_SAID = {
    "a title with its kind behind it": ("en", "“Seven Gates,” a new play by Ida Holm, opens on Friday."),
    "what a sentence is set in": ("en", "In “Salt” a cook takes revenge."),
    "a title behind a noun for a work": ("en", "Ida Holm wrote a memoir on board, “Salt in the Inkwell”."),
    "a term that is defined": ("fr", "Par « logement », la loi comprend toute pièce avec fenêtre."),
    "a noun in irony": ("it", "Il “gran capo” della trattativa non ha risposto."),
    "items of a list": ("de", "» Pegel sinkt langsam\n» Schulen bleiben zu\nEs regnet."),
    "a banner far before its words": ("en", "Graffiti on the old pier reads “Here be gulls”."),
    "the object of a verb of making": ("it", "La regista Ida Holm firma «Il corsaro»."),
    "the same behind an article": ("el", "Η Ίντα Χολμ παρουσίασε το «Αλάτι και στάχτη»."),
    "what bears the words behind them": ("it", "“Il calcio è di chi canta”, recitava lo striscione di Luca Gatti."),
    "what can be read, behind it": ("fr", "« Sans forêt, pas d'air », pouvait-on lire sur un mur."),
    "what can be read on a thing": ("es", "En la pared se podía leer «Fuera de aquí»."),
    "a banner without blanks": ("zh", "市民游行。横幅上写着“树也要投票”。"),
    "a sign without blanks": ("zh", "门口多了一块写着“青石里美学馆”的招牌。"),
    "what is written, without blanks": ("ja", "壁には「せんちょう、ありがとう」と書かれた絵がある。"),
    "a sign far before a colon": (
        "de",
        "Ein Tor.\nDas Schild ist von Hand gemalt, weiße Farbe auf Holz: „Privat! Halt!“",
    ),
    "a sheet at a door": ("it", "Sul vetro Ida Holm ha appeso un foglio: «Chiuso per stanchezza»."),
    "what can be read, in Ukrainian": ("uk", "На паркані ще можна прочитати «Ласкаво просимо»."),
    "a line to another article": ("ca", "Un poble.\nLLEGEIX TAMBÉ: «El so dels pobles», el projecte."),
    "what several people call a thing": ("en", "The beetles, which researchers call “sand sheriffs,” eat one vine."),
    "whom several people call so": ("es", "Ida Holm, a quien en el gremio llaman «el Martillo», calla."),
    "a slogan behind its words": ("tr", "“Dağ bizim” sloganıyla yürüdüler."),
    "a slogan behind its words, with a particle": ("ja", "「山はみんなのもの」をスローガンに歩いた。"),
    "a study's title, though it says a thing": ("en", "A study by Ida Holm titled ‘How towns sleep’ says so."),
    "a title behind its kind and a comma": ("it", "Il suo romanzo più celebre, «Il corsaro», fu replicato."),
    "another page": ("en", "The town wants wind power (see ‘How the wind pays’), said Ida Holm."),
    "what a name means": ("en", "The town (Norse for “cold bay”) is old."),
    "what a name means, with its verb": ("es", "El nombre significa «bahía fría»."),
    "to whom a thing was told": ("de", "Es brenne, erklärte der Vorsitzende gegenüber „Wafa“."),
    "an ironic word where nobody speaks": ("en", "Ida Holm was late. The pair built four “glaciers” on a farm."),
    "how a body names itself": ("de", "Das Bündnis nennt sich „Feld und Flur“."),
    "the same in Swedish": ("sv", "Nätverket kallar sig ”Degen”."),
    "a sheet at a shop, without blanks": ("ja", "店先には「本日休業」と書いた紙が張られている。"),
    "another name of a thing": ("zh", "这座桥又称“老龙桥”，建于明代。"),
    "a song": ("pl", "Kibice śpiewali „Nigdy nie zginiemy”."),
    "what has become known so": ("en", "A version of what has become known as the “Holm rule” passed, Ida Holm noted."),
    "what stands on a banner": ("no", "«Aldri mer kull» sto det på et banner ved havna."),
    "what is written at a door": ("ko", "문 앞 종이에는 ‘오늘 쉽니다’라고 적혀 있다."),
    "how pupils call somebody": ("pt", "O músico Rui Leal, que os alunos tratavam por «o Metrónomo», tocou."),
    "a body in marks before its director": ("pl", "Prezes spółki „Wiatr” Jan Kolasa milczy."),
}


@pytest.mark.parametrize(("language", "text"), NOT_SAID.values(), ids=NOT_SAID)
def test_these_words_are_nobodys(language: str, text: str) -> None:
    assert not quotes(text, language)


FEW_WORDS_SAID = {
    "in a bracket": ("en", "Ida Holm left early (she called it “a shame”).", "a shame"),
    "what somebody says it means": ("fr", "Ida Holm a dit que cela signifie « la fin ».", "la fin"),
    "promised": ("en", "Ida Holm promised “action” in May.", "action"),
    "a plain word behind the medium": ("de", "„Ja“, sagte Ida Holm der Stadt „ganz offen“.", "ganz offen"),
    "of oneself": ("de", "Ida Holm nennt sich „unpolitisch“.", "unpolitisch"),
    "in a letter": ("sv", "”Vi går”, stod det i brevet från Ida Holm.", "Vi går"),
    "in a letter, where the verb is last": ("ko", "김하나 시장의 편지에는 “미안합니다”라고 적혀 있었다.", "미안합니다"),
    "of a second person": ("en", "Ida Holm spoke of “a gift”, Tom Ashe of “a bill”.", "a bill"),
}


@pytest.mark.parametrize(("language", "text", "words"), FEW_WORDS_SAID.values(), ids=FEW_WORDS_SAID)
def test_a_few_words_beside_a_name_are_said(language: str, text: str, words: str) -> None:
    assert quotes(text, language)[-1].text == words


@pytest.mark.parametrize(("language", "text", "words"), [
    ("ja", "江草みさをさんは「押すんだよ」と笑った。", "押すんだよ"),
    ("ja", "鬼頭澄江社長は報道陣に「残念だ」。", "残念だ"),
    ("zh", "明年还办不办，叶青给出的答案只有两个字：“要办。”", "要办。"),
])  # fmt: skip
def test_without_case_the_place_of_the_marks_tells_that_words_were_said(language: str, text: str, words: str) -> None:
    assert [quote.text for quote in quotes(text, language)] == [words]


HEADLINES = {
    "behind a name": ("Ida Holm Calls Paul Weir ‘A Disgrace’ Over Tram\nIda Holm met Paul Weir.", "Ida Holm"),
    "the speaker at the end": (
        "Weir ‘The Dealmaker’ Could Save Tram, Ida Holm Says\nIda Holm met Paul Weir.",
        "Ida Holm",
    ),
}


@pytest.mark.parametrize(("text", "name"), HEADLINES.values(), ids=HEADLINES)
def test_in_a_headline_of_capitals_words_in_marks_are_no_nickname_and_no_title(text: str, name: str) -> None:
    (quote,) = find_quotes(article_of(text, language="en"))
    assert quote.speaker.name == name


def test_a_nickname_in_a_headline_is_no_quote() -> None:
    assert find_quotes(article_of("Marcia ‘Cia’ Price Wins Seat\nShe won.", language="en")) == ()


def test_a_lost_mark_ends_before_a_pronoun_and_its_verb() -> None:
    (quote,) = quotes('"That was the joke, she added, laughing.')
    assert quote.text == "That was the joke,"


def test_a_passive_without_an_agent_is_nobodys() -> None:
    text = "He has been hailed as “the new Brel,” mocked as “a bad poster,” and, by the critic Ida Holm, called “late.”"
    assert [quote.speaker.name for quote in quotes(text)[:2]] == [None, None]


def test_facts_with_labels_are_no_talk() -> None:
    assert not quotes("Doors: half past six\nPrice: nine pounds\nAddress: Pier Road")
