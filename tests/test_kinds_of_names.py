"""Kinds of fault: what is a name, whose, and in which form it is given."""

from __future__ import annotations

import pytest

from tests.test_kinds import quotes


@pytest.mark.parametrize(("language", "text", "name"), [
    ("cs", "Petr Dvořák ze Lhoty odešel a Jan Malý zůstal a řekl: „Čekám.“", "Jan Malý"),
    ("ru", "Судья Анна Белова выслушала Петра Сомова.\n\n«Я устал», — признался водитель.", "Петр Сомов"),
])  # fmt: skip
def test_the_nearest_clause_has_the_subject_and_a_name_its_own_nominative(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


ACCOUNTS = {
    "an account": (
        "en",
        "A user asked. Seamist77 answered, “Leave.”\n“I know,” they said.\n“No,” seamist77 wrote.",
        "Seamist77",
    ),
    "a verb of two words": ("fr", "nordsud88 a répondu : « Chez moi aussi. »", "nordsud88"),
    "a thing with a number": ("en", "The code web2000 is old. “It is broken,” a user wrote.", None),
    "a false name": (
        "en",
        "“I see,” says the head of a school in Orley, who asked to use the pseudonym James.",
        "James",
    ),
    "a false name in German": ("de", "„Ja“, sagt ein Pfleger, der unter dem Pseudonym Karl auftritt.", "Karl"),
    "a false name without a relative": ("es", "“No”, dice un chófer identificado con el nombre de José.", "José"),
    "whom somebody works for": ("en", "“I see,” said a nurse who worked for the minister Ida Holm.", None),
}


@pytest.mark.parametrize(("language", "text", "name"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_an_account_or_a_false_name_is_a_name(language: str, text: str, name: str | None) -> None:
    assert {quote.speaker.name for quote in quotes(text, language)} == {name}


NAMED_BY_VERB = {
    "a surname of one sentence": (
        "en",
        "The hall was full. Ostrander says that “the money is there,” and left.",
        "Ostrander",
    ),
    "with its auxiliary": ("it", "Barbieri ha detto che il muro è «alto il doppio».", "Barbieri"),
    "where subjects may be left out": ("es", "Montalbán dijo el lunes que era “el doble de alto”.", "Montalbán"),
    "where the verb is second": ("nl", "Verbruggen zei maandag dat het “twee keer zo hoog” wordt.", "Verbruggen"),
    "several people": ("en", "Residents said the wall was “an eyesore.”", None),
    "a noun without an article": ("en", "Leadership said it was “listening.”", None),
    "a word that the text has in small letters": ("en", "Cavalry said it was “a shame,” and the cavalry left.", None),
    "an adjective": ("es", "Emocionado dijo que era “un sueño”.", None),
    "an adverb where the verb is second": ("nl", "Vandaar zei men “nee”.", None),
}


@pytest.mark.parametrize(("language", "text", "name"), NAMED_BY_VERB.values(), ids=NAMED_BY_VERB)
def test_a_capital_before_a_verb_of_one_is_a_name(language: str, text: str, name: str | None) -> None:
    found = quotes(text, language)[0].speaker
    assert found.name == name
    assert name is None or (found.confidence or 0.0) <= 0.85


@pytest.mark.parametrize(("language", "text", "name"), [
    ("uk", "Приз вручили Іванові Ковальчуку.\n\n— Дякую всім, — каже Іван.", "Іван Ковальчук"),
    ("pl", "Nagrodę dano Janowi Kowalczykowi.\n\n— Dziękuję wszystkim — mówi Jan.", "Jan Kowalczyk"),
    ("cs", "Cenu dali Markovi Dvořákovi.\n\n„Díky všem,“ říká Marek.", "Marek Dvořák"),
    ("hr", "Nagradu su dali Ivanu Kovačiću.\n\n»Hvala svima«, kaže Ivan.", "Ivan Kovačić"),
    ("ru", "Приз дали Андрею Швецу. Швец улыбается: «Спасибо всем».", "Андрей Швец"),
])  # fmt: skip
def test_a_first_name_or_surname_alone_shows_the_nominative(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("text", "name"), [
    ("Santeri Huovila pelasi.\n\n– Hyvä ottelu, Tornan Santeri sanoi.", "Santeri Huovila"),
    ("Viat johtuivat puista. Hallituksen mukaan niitä ”ei olisi pitänyt olla”.", None),
    ("Viat johtuivat puista. Oppilaan mukaan niitä ”ei olisi pitänyt olla”.", None),
    ("Valmentaja Mikko Tervonen lähti. Tervosen mukaan se oli ”kohtuullinen tulos”.", "Mikko Tervonen"),
    ("Johtaja Anna Kallio lähti. Kallion mukaan se oli ”kohtuullinen tulos”.", "Anna Kallio"),
    ("Johtaja Ida Bergman lähti. Bergmanin mukaan se oli ”kohtuullinen tulos”.", "Ida Bergman"),
])  # fmt: skip
def test_finnish_genitives_are_nouns_or_owners_unless_a_name_has_that_form(text: str, name: str | None) -> None:
    assert quotes(text, "fi")[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("zh", "72岁的陈桂枝把袋子放下。“我怕黑，”她说。", "陈桂枝"),
    ("zh", "金谷队教练邵磊输球不输嘴。“草皮赢了，”他说。", "邵磊"),
    ("zh", "华南队教练说：“会赢的。”", None),
    ("ja", "会社員の山田梓さん（３４）が来た。「怒って、泣きました」と梓さんは話す。", "山田梓"),
    ("ja", "田中梓さんと山本梓さんが来た。「怒って、泣きました」と梓さんは話す。", "梓"),
])  # fmt: skip
def test_without_case_an_age_a_team_and_a_given_name_of_one_sign(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("sr", "Миленко Ковач подиже кишобран.\n\n– Стојим овде – каже повртар.\n\nДушан Ковач ћути.", "Миленко Ковач"),
    ("cs", "Kašnu chce starosta Ota Brdička.\n\n„Opraví ji město,“ tvrdí Brdička.", "Ota Brdička"),
    ("ru", "Акробатку Сару Келлер прозвали «Пауком».\n\n«Я поймала его», — смеётся Келлер.", "Сара Келлер"),
    ("ru", "Людмила Сухова ведёт тетрадь.\n\n— Они идут на звук, — объясняет хранительница.", "Людмила Сухова"),
    ("sr", "Адвокатица осумњиченог, Ана Арсић, каже да је невин. „Крао их је“, тврди адвокатица.", "Ана Арсић"),
])  # fmt: skip
def test_names_of_families_and_women_s_trades_in_slavic(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


def test_a_name_that_is_only_governed_is_less_sure() -> None:
    (quote,) = quotes("Podle starosty Rafky Brdičky je kašna „cenná památka“.", "cs")
    assert quote.speaker.confidence is not None and quote.speaker.confidence < 0.9


def test_a_family_name_that_is_a_noun_too_before_a_title() -> None:
    told = "도민재 소장은 떠났다. 곽병철 씨는 연락이 닿지 않았다. 도 소장은 소문을 부인했다. "
    assert quotes(told + "그는 “벌써 그만뒀을 것”이라고 했다.", "ko")[-1].speaker.name == "도민재"


def test_a_short_noun_for_a_body_is_no_other_body_that_begins_like_it() -> None:
    text = "시공사는 “문제없다”고 밝혔다. 시는 “예산을 투입할 근거가 없다”고 했다."
    assert quotes(text, "ko")[-1].speaker.name is None


@pytest.mark.parametrize(("language", "text"), [
    ("hr", "„U kući je hladno”, kaže susjeda Ane Moos."),
    ("fi", "Eeva Lindin mukaan ”pahin on ohi”."),
    ("en", "The man Mary Holt married says: “She never slept.”"),
    ("de", "„Es war die Hölle“, erzählte ein Überlebender Maria Holt von der Post."),
    ("da", "Kritikken af Paul Hart var skarp: »Et spild af penge.«"),
    ("de", "Maria Holt öffnete die Tür. Auf einem Zettel stand: „Wir waren am Mittag hier.“"),
    ("de", "Paul Hart, den die Kritiker „den schlechtesten Sänger des Jahres“ nannten, ging."),
    ("es", "María Holgado se encontró con Rut Díez en la estación. «El tren llega tarde hoy», dijo."),
    ("ja", "林愛子さんは母がいつも「船頭を信じるな」と言っていたのを覚えている。"),
])  # fmt: skip
def test_a_name_that_may_complete_another_noun_is_less_sure(language: str, text: str) -> None:
    sure = quotes(text, language)[-1].speaker.confidence
    assert sure is not None and sure < 0.9


def test_a_misprinted_surname_is_nobody_else() -> None:
    text = "Leslie Holms runs the club. “We wait,” she said.\nHolme said that “it is dead.” “We left,” she said."
    assert {quote.speaker.name for quote in quotes(text)} <= {"Leslie Holms", None}
