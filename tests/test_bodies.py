"""Ministries, armies, unions, agencies as speakers: named as they are printed, and never instead of a person."""

from __future__ import annotations

import pytest

from tests.test_kinds import quotes


@pytest.mark.parametrize(("language", "text", "name"), [
    ("de", "Die Islamische Gemeinschaft Moosach (IGMO) zögert. Die IGMO schreibt: „Wir prüfen das.“",
     "Islamische Gemeinschaft Moosach"),
    ("de", "Nach Ansicht des Dienstes für Lawinen (DFL) steigt die Gefahr. Der DFL schreibt: „Die Hänge rutschen.“",
     "DFL"),
    ("en", "The Rural Services Federation (RSF) runs buses. “We cannot go on,” the RSF said.",
     "Rural Services Federation"),
    ("en", "“The river is dying,” NAR said. The Northern Alliance for Rivers (NAR) counts fish.",
     "Northern Alliance for Rivers"),
    ("fr", "Le Syndicat national des traminots (SNT) appelle à la grève. Le SNT affirme : « Nous tiendrons. »",
     "Syndicat national des traminots"),
    ("es", "«Nadie avisó», lamentó la AVP. La Asociación de Vecinos del Pinar (AVP) protesta.",
     "Asociación de Vecinos del Pinar"),
    ("it", "Il Sindacato unitario dei portuali (SUP) sciopera. Il SUP afferma: «Non torneremo».",
     "Sindacato unitario dei portuali"),
    ("sv", "”Ingen frågade oss”, säger SSF. Svenska Segelmakarförbundet (SSF) protesterar.",
     "Svenska Segelmakarförbundet"),
    ("pl", "Polski Związek Żaglomistrzów (PZŻ) protestuje. „Nikt nas nie pytał” – napisał PZŻ.",
     "Polski Związek Żaglomistrzów"),
    ("ru", "Союз парусных мастеров (СПМ) недоволен. «Нас не спрашивали», — заявил СПМ.", "Союз парусных мастеров"),
    ("tr", "Yelken Ustaları Derneği (YUD) tepkili. YUD, “Bize kimse sormadı” dedi.", "Yelken Ustaları Derneği"),
    ("ja", "国際帆船協会（ISA）は声明を出した。ISAは「相談されていない」と述べた。", "国際帆船協会"),
])  # fmt: skip
def test_an_acronym_is_the_body_that_the_article_gives_with_it(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "Max Brandt (MB) came. “Fine,” Brandt said.", "Max Brandt"),
    ("en", "The Chief Executive Officer (CEO) left. “Fine,” the CEO said.", None),
    ("en", "The University of Kelling (UK) opened. “We are sorry,” the UK government said.", "UK government"),
    ("de", "Anna Kern (SPD) kam. „Das reicht“, sagte Kern.", "Anna Kern"),
])  # fmt: skip
def test_brackets_behind_people_offices_and_places_make_no_body(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "names"), [
    ("en", "The Norland army said it was “checking the log”.", ["Norland army"]),
    ("en", "The Dell administration had argued that “the law is clear”.", ["Dell administration"]),
    ("en", "“We help,” Norland’s embassy said.", ["Norland’s embassy"]),
    ("en", "“No hit,” the Norland navy said. “The log is open,” the navy added.", ["Norland navy", "Norland navy"]),
    ("en", "“We are sorry,” the army said.", [None]),
    ("en", "“We are sorry,” the Norland firm said.", [None]),
    ("de", "„Die Straße ist zu“, teilte das Landratsamt Rottweiden mit. „Bitte umfahren“, so das Landratsamt.",
     ["Landratsamt Rottweiden", "Landratsamt Rottweiden"]),
    ("de", "„Wir bedauern das“, schrieb das Auswärtige Amt.", ["Auswärtige Amt"]),
    ("de", "„Wir bedauern das“, teilte die Türkische Gemeinde Norden mit.", ["Türkische Gemeinde Norden"]),
    ("de", "„Wir bedauern das“, schrieb das Ministerium.", [None]),
    ("de", "Aus dem Außenministerium heißt es: „Wir bedauern das.“", [None]),
    ("fr", "« Nous regrettons », a déclaré le ministère des Affaires étrangères.",
     ["ministère des Affaires étrangères"]),
    ("fr", "L’administration Trump affirme : « La loi est claire. »", ["administration Trump"]),
    ("nl", "“Wij betreuren dit”, zegt het ministerie van Buitenlandse Zaken.", ["ministerie van Buitenlandse Zaken"]),
    ("nl", "“Wij betreuren dit”, zegt de gemeente.", [None]),
    ("sv", "”Vägen är stängd”, meddelar Björkviks kommun. ”Kör runt”, skriver kommunen.",
     ["Björkviks kommun", "Björkviks kommun"]),
    ("ja", "外務省は「遺憾だ」とした。同省は「対応する」としている。", ["外務省", "外務省"]),
    ("ja", "同社は「おわびする」とした。", [None]),
    ("zh", "外交部表示：“我们对此表示遗憾。”", ["外交部"]),
    ("zh", "该部表示：“我们深表歉意。”", [None]),
    ("ko", "국방부는 “사실이 아니다”라고 밝혔다.", ["국방부"]),
    ("ko", "회사는 “사과드린다”고 밝혔다.", [None]),
])  # fmt: skip
def test_a_body_is_named_as_printed_and_meant_by_its_noun(language: str, text: str, names: list[str | None]) -> None:
    assert [quote.speaker.name for quote in quotes(text, language)] == names


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "The Norland army confirmed the strike. “It was a target,” it said.", "Norland army"),
    ("en", "The Norland army says that the Sudland navy fired. It said that “nobody was hurt”.", "Norland army"),
    ("en", "The Foreign Ministry acted.\n\nIn a statement, it said the remarks were “unacceptable”.",
     "Foreign Ministry"),
    ("en", "The envoy met the Foreign Ministry.\n\nIt said the remarks were “unacceptable”.", None),
    ("en", "The army confirmed the strike. “It was a target,” it said.", None),
    ("de", "Die Gewerkschaft Bahn und Bus ruft zum Streik. Sie schreibt: „Wir warten nicht.“",
     "Gewerkschaft Bahn und Bus"),
    ("de", "Die Gewerkschaft ruft zum Streik. Sie schreibt: „Wir warten nicht.“", None),
    ("fr", "Le Syndicat national des traminots appelle à la grève. Il affirme : « Nous tiendrons. »",
     "Syndicat national des traminots"),
    ("fr", "Paul Valde est là. Le Syndicat national des traminots appelle à la grève. « C’est dur », dit-il.",
     "Paul Valde"),
])  # fmt: skip
def test_a_pronoun_may_mean_the_body_before(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "UN spokesperson Farah Dell said in a statement that it was hit. “We are sorry,” the statement read.",
     "Farah Dell"),
    ("en", "Norland’s foreign minister Ida Marr issued a statement. “We are sorry,” the statement read.", "Ida Marr"),
    ("en", "In a statement, the Foreign Ministry said he had left. “We are sorry,” read the statement.",
     "Foreign Ministry"),
    ("en", "Ida Marr read the letter of the Foreign Ministry. “We are sorry,” the letter said.", "Foreign Ministry"),
    ("en", "A statement appeared online. “We are sorry,” the statement said.", None),
    ("it", "Il Ministero degli Esteri ha diffuso una nota. «È inaccettabile», si legge nella nota.",
     "Ministero degli Esteri"),
    ("it", "«È inaccettabile», si legge in una nota del Ministero degli Esteri.", "Ministero degli Esteri"),
    ("it", "Ida Marri ha scritto una lettera aperta. «È inaccettabile», si legge nella lettera.", "Ida Marri"),
    ("pt", "«É inaceitável», lê-se num comunicado do Ministério da Saúde.", "Ministério da Saúde"),
    ("pt", "«É inaceitável», lê-se num comunicado.", None),
    ("es", "El Ministerio de Sanidad emitió un comunicado. «Es grave», se lee en el comunicado.",
     "Ministerio de Sanidad"),
    ("fr", "« C’est grave », peut-on lire dans un communiqué du ministère de la Santé.", "ministère de la Santé"),
    ("nl", "“Dit is ernstig”, staat in een verklaring van het ministerie van Buitenlandse Zaken.",
     "ministerie van Buitenlandse Zaken"),
    ("nl", "“Dit is ernstig”, staat er in de verklaring.", None),
    ("de", "Die Gewerkschaft Bahn und Bus schrieb einen Brief. „Das ist ernst“, steht in dem Brief.",
     "Gewerkschaft Bahn und Bus"),
    ("cs", "Ministerstvo zahraničí vydalo prohlášení. „To je vážné,“ stojí v prohlášení.", "Ministerstvo zahraničí"),
    ("hr", "„To je neprihvatljivo”, stoji u priopćenju.", None),
    ("ru", "«Это неприемлемо», — говорится в заявлении Министерства обороны.", None),
])  # fmt: skip
def test_a_document_has_the_words_of_whoever_published_it(language: str, text: str, name: str | None) -> None:
    (quote,) = quotes(text, language)
    assert quote.speaker.name == name


def test_what_can_be_read_on_a_wall_is_still_nobodys() -> None:
    assert not quotes("«Fuori di qui», si legge su un muro.", "it")


@pytest.mark.parametrize(("language", "text", "name"), [
    ("fr", "« Nous tiendrons », a prévenu le Syndicat national unitaire des traminots.",
     "Syndicat national unitaire des traminots"),
    ("fr", "Selon l’Agence régionale de santé, l’eau est « potable ».", "Agence régionale de santé"),
    ("fr", "« C’est grave », a dit le Comité vert dans un tract.", "Comité vert"),
    ("es", "«Es grave», afirmó la Federación regional de pesca en un comunicado.", "Federación regional de pesca"),
    ("it", "«È grave», scrive la Federazione italiana vela in una nota.", "Federazione italiana vela"),
    ("pt", "Segundo a Agência portuguesa do ambiente, a situação é «grave».", "Agência portuguesa do ambiente"),
    ("ro", "„Este grav”, avertizează Asociația națională a pescarilor.", "Asociația națională a pescarilor"),
    ("da", "Dansk Sejlmagerforbund kalder det »alvorligt«.", "Dansk Sejlmagerforbund"),
    ("nl", "“Het is ernstig”, zegt de Nederlandse Vereniging van Zeilmakers.", "Nederlandse Vereniging van Zeilmakers"),
    ("en", "“It is grave,” said the Oslo-based Peace Institute.", "Peace Institute"),
    ("en", "The state-run Norland Times wrote that it was “grave”.", "Norland Times"),
    ("de", "„Das ist ernst“, teilte das Deutsche Rote Kreuz mit.", "Deutsche Rote Kreuz"),
    ("de", "Die SPD nennt das „falsch“.", "SPD"),
    ("de", "Die Staatsanwaltschaft Kranzach ermittelt. Sie spricht von einem „Verdacht“.",
     "Staatsanwaltschaft Kranzach"),
    ("de", "Die Firma Keller AG wehrt sich. „Wir haben geprüft“, heißt es bei der Firma.", None),
    ("cs", "Ředitelka Českého svazu plachtařů Eva Malá to odmítá. „To není pravda,“ řekla.", "Eva Malá"),
])  # fmt: skip
def test_the_name_of_a_body_is_not_cut(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "UN spokesperson Farah Dell said in a statement that it was hit.\n\n“We are sorry,” the statement read.",
     "Farah Dell"),
    ("en", "The Foreign Ministry issued a statement.\n\nJon Dell laughed.\n\n“We are sorry,” the statement said.",
     "Foreign Ministry"),
    ("de", "Die Gewerkschaft Bahn und Bus hat einen Brief veröffentlicht.\n\n„Wir warten“, heißt es in dem Brief.",
     "Gewerkschaft Bahn und Bus"),
    ("en", "Ida Marr received a letter on Monday. “You must leave,” the letter said.", None),
    ("en", "Ida Marr got a letter from the Rivers Trust. “You must leave,” the letter said.", "Rivers Trust"),
    ("en", "Jon Dell was named in a report. “He took the money,” the report says.", None),
    ("en", "A report was published. Jon Dell read it. “The fish are gone,” the report says.", None),
    ("de", "Ida Marr erhielt am Montag einen Brief. „Sie müssen gehen“, heißt es in dem Brief.", None),
    ("fr", "Marie Valde a reçu une lettre. « Partez », dit la lettre.", None),
    ("es", "Ana Robles recibió una carta. «Váyase», decía la carta.", None),
    ("it", "Ida Marri ha ricevuto una lettera. «Se ne vada», diceva la lettera.", None),
    ("nl", "Ida Marr kreeg een brief. “U moet weg”, staat in de brief.", None),
    ("sv", "Ida Marr fick ett brev. ”Du måste gå”, står det i brevet.", None),
    ("pl", "Ewa Lipa dostała list. „Proszę odejść” – napisano w liście.", None),
    ("cs", "Eva Malá dostala dopis. „Odejděte,“ stojí v dopise.", None),
    ("ru", "Анна Громова получила письмо. «Уходите», — говорится в письме.", None),
])  # fmt: skip
def test_whoever_received_a_letter_did_not_write_it(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "Norland and Sudland traded fire. It said “three” had died.", None),
    ("en", "Ida Marr leads the Foreign Ministry. It is “a hard job”, she said.", "Ida Marr"),
    ("de", "Ida Marr verlässt die Gewerkschaft Bahn und Bus. Sie sagt: „Es reicht.“", "Ida Marr"),
    ("fr", "La préfecture de la Vègre ferme la route. Elle parle d’un « danger ».", "préfecture de la Vègre"),
    ("ru", "Анна Громова возглавляет Министерство обороны. «Это необходимо», — сказала она.", "Анна Громова"),
])  # fmt: skip
def test_a_pronoun_beside_a_body_may_be_a_person_or_nobody(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "Castlemoor Ports denies it. In a letter, the company called it “robust, audited”.", "Castlemoor Ports"),
    ("en", "The wells are of Valley Crest Dairy. The company said it was “fully cooperating”.", "Valley Crest Dairy"),
    ("no", "Nordskjær Laks eier anlegget. I en melding skriver selskapet at det «beklager».", "Nordskjær Laks"),
    ("nl", "Windpark Oosterlauwers bouwt de molens. „Wij luisteren”, zegt het bedrijf.", "Windpark Oosterlauwers"),
    ("cs", "Povodí Střední Sázavy most opravuje. „Práce jdou dobře,“ uvedl podnik.", "Povodí Střední Sázavy"),
    ("en", "The mayor, Ada Marlow, closed the quay. The company said it was “sorry”.", None),
    ("en", "Hull Docks sued Selby Mills. Ann Paz left. The company said it was “sorry”.", None),
    ("en", "Castlemoor Ports denies it. The council called its policy “robust, audited”.", None),
])  # fmt: skip
def test_the_company_is_the_body_just_told_of_and_other_nouns_are_not(
    language: str, text: str, name: str | None
) -> None:
    assert quotes(text, language)[-1].speaker.name == name


def test_it_is_no_surname_of_the_paragraph_above() -> None:
    text = (
        "The fund cut its forecast. Holm wants tariffs.\nAlthough few asked, it referenced “political tensions” abroad."
    )
    assert quotes(text)[-1].speaker.name is None
