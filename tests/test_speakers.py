"""Whose words they are: the right mention among several, and never a name from inside the marks."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from archiver.records import Cue, Polarity, Quote, SaidOn, Speaker, Step
from tests.gold import article_of


def quotes(text: str, language: str = "en") -> tuple[Quote, ...]:
    return find_quotes(article_of("A headline\n" + text, language=language, published="2026-11-10"))


CASES = {
    "not the listener": ("Ada Marlow met Tom Reyes. “We won,” Marlow told Reyes.", "Ada Marlow"),
    "not who is spoken of": ("“Ask Tom Reyes,” said Ada Marlow.", "Ada Marlow"),
    "a spokesman for somebody is not that somebody": ("“No comment,” said a spokesman for Tom Reyes.", None),
    "between commas": ("“We won,” Ada Marlow, the city's auditor, said.", "Ada Marlow"),
    "an apposition before": ("“We won,” said the city's auditor, Ada Marlow.", "Ada Marlow"),
    "party and state": ("“We won,” said Rep. Ada Marlow (D-Ohio).", "Ada Marlow"),
    "a name with particles": ("“We won,” said Ludwig van der Berg.", "Ludwig van der Berg"),
    "the next sentence goes on": ("“We won,” said Ada Marlow. “They lost.”", "Ada Marlow"),
    "a signature": ("“We won.” — Ada Marlow", "Ada Marlow"),
    "a label": ("Ada Marlow: “We won.”", "Ada Marlow"),
}


@pytest.mark.parametrize(("text", "name"), CASES.values(), ids=CASES)
def test_the_speaker(text: str, name: str | None) -> None:
    assert quotes(text)[-1].speaker.name == name


TOLD_BEHIND = {
    "one quotation": ("「夢はない」。そう話すのは、漁師の木村剛さんだ。", {"木村剛"}),
    "two in a row": (
        "「海は赤い」「学校を辞め、ここで働いている」。店員の山口由美さんは手を休めずに語る。",
        {"山口由美"},
    ),
    "two names": ("「海は赤い」。木村剛さんと山口由美さんはそう語る。", {None}),
}


@pytest.mark.parametrize(("text", "names"), TOLD_BEHIND.values(), ids=TOLD_BEHIND)
def test_the_sentence_behind_tells_whose_words_open_a_japanese_paragraph(text: str, names: set[str | None]) -> None:
    assert {quote.speaker.name for quote in quotes(text, "ja")} == names


def test_a_verb_that_ends_in_its_subject_means_who_is_in_view() -> None:
    text = "Menteri Yusuf Tanaka tiba di Kota Baru.\n“Kami siap membantu warga,” katanya dalam rapat dengan Komisi XI."
    speaker = quotes(text, "id")[0].speaker
    assert (speaker.name, speaker.printed) == ("Yusuf Tanaka", "katanya")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gino Farina annuisce. «Nessuno ci ascolta», ripetono gli abitanti.", "it"),
        ("Luis Farina asintió. «Nadie nos escucha», repiten los vecinos.", "es"),
    ],
)
def test_several_people_are_nobody_in_particular(text: str, language: str) -> None:
    assert quotes(text, language)[0].speaker.name is None


def test_an_unnamed_source_keeps_what_is_printed() -> None:
    speaker = quotes("“No comment,” a spokesman for the port said.")[0].speaker
    assert (speaker.name, speaker.printed) == (None, "a spokesman")


def test_printed_is_the_text_at_its_span() -> None:
    text = "A headline\n“We won,” said Ada Marlow, the auditor. “They lost,” she added on Monday."
    for quote in find_quotes(article_of(text, language="en", published="2026-11-10")):
        parts: list[Speaker | Cue | SaidOn | Step] = [quote.speaker, quote.cue, quote.said_on, *quote.trail]
        for part in parts:
            assert part.span is None or text[part.span.start : part.span.end] == part.printed


def test_confidence_is_a_probability() -> None:
    assert all(0 <= (quote.speaker.confidence or 0) <= 1 for quote in quotes("“Yes,” said Ada Marlow. “No,” he said."))


WRITTEN = {
    "a statement": ("Marsh Rail published a statement. “We regret the delay,” it read.", "en", "Marsh Rail"),
    "a letter": (
        "Tom Pike met Orla Quinn. Quinn was angry. She sent a letter. “I waited,” the letter says.",
        "en",
        "Orla Quinn",
    ),
    "somebody's letter": ("Orla Kunz schrieb einen Brief. „Ich habe gewartet“, steht darin.", "de", "Orla Kunz"),
    "a letter that says": ("Olga Cano envió una carta. “Esperé nueve horas”, dice la carta.", "es", "Olga Cano"),
    "a statement from somebody": ("“We regret this,” read a statement from Marsh Rail.", "en", "Marsh Rail"),
    "a note that reads": (
        "“Lamentamos esto”, reza una nota de la Fiscalía de Lugo.",
        "es",
        "Fiscalía de Lugo",
    ),
    "in the genitive": ("„Przepraszamy” – czytamy w komunikacie spółki Kolej Zachodnia.", "pl", "Kolej Zachodnia"),
    "a letter to somebody": ("“We regret this,” read a letter to Tom Pike.", "en", None),
    "an answer to it": ("Tom Pike sent a letter. “It is nonsense,” the chairman, Al Roe, replied.", "en", "Al Roe"),
    "who reads it": (
        "Een van hen, de oude Piet Roelofs, las een brief voor. ‘Het is goed’, zei hij.",
        "nl",
        "Piet Roelofs",
    ),
}


@pytest.mark.parametrize(("text", "language", "name"), WRITTEN.values(), ids=WRITTEN)
def test_what_is_written_is_its_author_s(text: str, language: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


KOREAN = [
    ("윤서진 달빛시 교통정책과장은 12일 “다닌다”고 말했다.", "윤서진"),
    ("윤서진 달빛시 교통정책과장은 말했다. 윤 과장은 “있다”고 했다.", "윤서진"),
    ("도예가 한보람(44) 씨가 왔다. 한 씨는 “흙이 좋다”고 말했다.", "한보람"),
    ("남도환(61) 상인회장은 “세가 너무 올랐다”고 못 박았다.", "남도환"),
    ("새 건물에 기존 상인을 넣는다. 한 상인은 “좁다”고 했다.", None),
    ("회사 홍보팀 관계자는 “확인이 어렵다”고 했다.", None),
]


@pytest.mark.parametrize(("text", "name"), KOREAN)
def test_a_korean_name_has_a_place_of_work_or_an_age_behind_it(text: str, name: str | None) -> None:
    (quote,) = find_quotes(article_of("제목\n\n" + text, language="ko"))
    assert quote.speaker.name == name


POSTS = {
    "an account": ("@redarmy wrote: “Best we ever had.”", "en", None),
    "an account behind the words": ("Mara Quill left. “Gutted,” posted @kerrylane.", "en", None),
    "a label of initials": (
        "Luka Dumančić popravlja satove.\nKoliko satova?\nL. D.: Ne brojim.\nŽurite li?\nL. D.: Nikad.",
        "hr",
        "Luka Dumančić",
    ),
}


@pytest.mark.parametrize(("text", "language", "name"), POSTS.values(), ids=POSTS)
def test_accounts_are_nobody_named_and_initials_are_whose_they_are(text: str, language: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


def test_a_month_is_no_verb_of_a_possibility() -> None:
    said = quotes("Amos Rudd kept the light. On 4 May he wrote: “One ship came by.”")[-1]
    assert (said.polarity, said.speaker.name) == (Polarity.ASSERTED, "Amos Rudd")


OFFICES = [
    ("id", "Kepala Desa Tambakrejo, Rahmat Lubis, marah.\n\n“Selalu sama,” ujarnya.", "Rahmat Lubis"),
    ("id", "PT Samudra Lestari Abadi menyatakan, “Operasi kami bersih.”", "PT Samudra Lestari Abadi"),
    (
        "ja",
        "（運動部・宇野隼人）\n\n弓削直樹さんが「返せ」と怒鳴ったとされるが、本人は「言っていません」と話した。",
        "弓削直樹",
    ),
    ("zh", "组委会在赛后发布声明：“我们把路带错了。”", None),
]


@pytest.mark.parametrize(("language", "text", "name"), OFFICES)
def test_a_name_that_is_part_of_an_office_or_of_a_firm_is_nobody_who_speaks(
    language: str, text: str, name: str | None
) -> None:
    assert quotes("\n" + text, language)[-1].speaker.name == name


def test_whom_the_headline_of_an_interview_names_answers() -> None:
    text = "RAZGOVOR Luka Dumančić, urar\n\nKoliko je satova?\nL. D.: Prestao sam brojiti.\n\nŽurite?\nL. D.: Nikad."
    found = find_quotes(article_of(text, language="hr"))
    assert [quote.speaker.name for quote in found] == ["Luka Dumančić"] * 2


VOICES = {
    "en": "Mayor Ida Holm spoke. “Louder!” someone shouted from the gallery. “Softer!” came a voice from the back.",
    "de": "Bürgermeisterin Ida Holm sprach. „Lauter!“, rief es von der Galerie. „Leiser“, tönte es aus dem Saal.",
    "nl": "Burgemeester Ida Holm sprak. ‘Harder!’, klonk het vanaf de tribune.",
    "sv": "Borgmästare Ida Holm talade. ”Högre!”, ropade någon från läktaren. ”Lägre!”, hördes det från salen.",
    "fr": "La maire, Ida Holm, a parlé. « Plus fort ! », a crié quelqu’un. « Moins fort ! », entend-on dans la salle.",
    "es": "La alcaldesa, Ida Holm, habló. Alguien gritó: «¡Más alto!». «¡Más bajo!», se oyó en la sala.",
    "ru": "Мэр Ида Хольм говорила долго. «Тише!» — раздалось из зала. «Нет», — послышалось в ответ.",
    "it": "La sindaca, Ida Holm, ha parlato. «No», ha risposto un altro. «Mai», ha replicato l’altra.",
    "pl": "Burmistrz Ida Holm mówiła długo. „Nie” – powiedział inny. „Nigdy” – odparła druga.",
    "uk": "Мерка Іда Гольм була спокійна. «Міст небезпечний», — йдеться у звіті. «Іди додому!» — кричав їй натовп.",
    "hr": "Gradonačelnica Ida Holm bila je mirna. „Most je nesiguran“, stoji u izvješću. „Idi!“ vikala joj je gomila.",
    "ro": "Primărița Ida Holm era calmă. „Podul este nesigur”, se arată în raport. „Du-te!”, i-a strigat mulțimea.",
    "hu": "Ida Holm polgármester beszélt. „Nem” – mondta egy másik. „Tudtuk” – mondják mások.",
    "fi": "Pormestari Ida Holm puhui. ”Kovempaa!” huusi joku lehteriltä. ”Hiljempaa!” kuului salista.",
}


@pytest.mark.parametrize(("language", "text"), VOICES.items(), ids=VOICES)
def test_what_somebody_says_whom_nobody_knows_is_nobodys(language: str, text: str) -> None:
    assert {quote.speaker.name for quote in quotes(text, language)} == {None}


BESIDE = {
    "pl": "Przyszła minister Ewa Górska. Krytycy Górskiej mówili: „Kłamała”. „Jest chora” – podała rodzina Górskiej.",
    "cs": "Přišla ministryně Eva Horská. „Musí odejít,“ říkají odpůrci Horské. „Je nemocná,“ sdělila rodina Horské.",
    "ru": "Пришла министр Ева Горская. «Она должна уйти», — говорят противники Горской.",
    "da": "Minister Ida Moos kom. Kritikere af Moos sagde: »Hun løj.«",
}


@pytest.mark.parametrize(("language", "text"), BESIDE.items(), ids=BESIDE)
def test_what_somebodys_critics_or_family_say_is_not_theirs(language: str, text: str) -> None:
    assert {quote.speaker.name for quote in quotes(text, language)} == {None}


def test_a_particle_of_a_name_and_a_case_behind_a_preposition_tell_nothing() -> None:
    (named,) = quotes("Minister Henrik af Holm kom. »Nej«, sagde minister af Holm.", "da")
    (meant,) = quotes("Przyszła Ewa Górska. Według Górskiej sprawa jest „zamknięta na dobre”.", "pl")
    assert (named.speaker.name, meant.speaker.name) == ("Henrik af Holm", "Ewa Górska")


PUT_TO = {
    "en": "Ida Holm came. Holm was asked: “Who pays?”",
    "de": "Ida Holm kam. Holm wurde gefragt: „Wer zahlt?“ Auf die Frage „Und wann?“ schwieg Holm.",
    "fr": "Ida Holm est venue. On a demandé à Holm : « Qui paie ? »",
    "es": "Ida Holm vino. A Holm le preguntaron: «¿Quién paga?».",
    "ru": "Ида Хольм пришла. Хольм спросили: «Кто платит?»",
    "tr": "Ida Holm geldi. “Kim ödeyecek?” sorusuna Holm yanıt vermedi.",
    "ja": "木村剛大臣が来た。木村氏は「誰が払うのか」と問われた。「いつか」との質問に木村氏は黙った。",
    "zh": "部长周明来了。周明被问到：“谁来付钱？”",
}


@pytest.mark.parametrize(("language", "text"), PUT_TO.items(), ids=PUT_TO)
def test_a_question_is_not_whoevers_it_is_put_to(language: str, text: str) -> None:
    assert {quote.speaker.name for quote in quotes(text, language)} == {None}


def test_who_puts_a_question_asks_it_and_who_was_asked_answers() -> None:
    (asked,) = quotes("Ida Holm kam. Holm hat den Richter gefragt: „Wer zahlt?“", "de")
    (answered,) = quotes("Ida Holm came. Asked about it, Holm said: “We pay.”", "en")
    assert (asked.speaker.name, answered.speaker.name) == ("Ida Holm", "Ida Holm")


def test_a_document_may_be_that_of_the_body_which_was_told_of() -> None:
    (quote,) = quotes("Udruga Galeb poslala je pismo ministru. „Most je opasan i star”, stoji u pismu.", "hr")
    assert quote.speaker.name == "Udruga Galeb"


def test_another_with_a_noun_is_that_one_and_nothing_tells_against_who_was_chosen() -> None:
    (first,) = quotes("Ida Holm left. “No,” another nurse said.", "en")
    (second,) = quotes("Ida Holm left. “Never,” she said on another day.", "en")
    assert (first.speaker.printed, second.speaker.name) == ("another nurse", "Ida Holm")


def test_whom_somebody_is_told_something_by_says_it() -> None:
    (quote,) = quotes("“Louder!” Ida Holm told someone at the back.", "en")
    assert quote.speaker.name == "Ida Holm"
