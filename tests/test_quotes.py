"""Quotes as a whole: their words, context, selectors, kinds and trail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.quotes import COMPILED, MAX_QUOTES, find_quotes
from archiver.records import Kind, Quote
from tests.counting import counted, lines
from tests.gold import article_of

TEXT = """Council reopens ferry contract
The city council reopened the ferry contract on Tuesday. Its auditor, Ada Marlow, had presented her report before.
“The contract was never put to tender,” she told the council on Monday, “and nobody asked why.”
The mayor’s office declined to comment."""


def quotes(text: str, language: str = "en") -> tuple[Quote, ...]:
    return find_quotes(article_of(text, language=language, published="2026-11-10"))


def test_an_interrupted_quote_is_one() -> None:
    (quote,) = quotes(TEXT)
    assert quote.text == "The contract was never put to tender, and nobody asked why."
    assert (
        quote.printed == "The contract was never put to tender,” she told the council on Monday, “and nobody asked why."
    )
    assert [TEXT[span.start : span.end] for span in quote.spans] == [
        "The contract was never put to tender,",
        "and nobody asked why.",
    ]
    assert quote.kind == Kind.DIRECT
    assert (quote.speaker.name, quote.speaker.printed, quote.speaker.role) == ("Ada Marlow", "she", "auditor")
    assert (quote.cue.printed, quote.said_on.value) == ("told", "2026-11-09")
    assert [step.step for step in quote.trail] == ["marks", "cues", "speakers", "coreference", "dates"]


def test_reopened_paragraphs_are_one_quote_joined_by_a_line_end() -> None:
    (quote,) = quotes("A headline\n“One,” said Ada Marlow. “Two.\n“Three.”")[1:]
    assert quote.text == "Two.\nThree."
    assert quote.speaker.name == "Ada Marlow"


def test_a_second_sentence_is_a_quote_of_its_own() -> None:
    assert [quote.text for quote in quotes("A headline\n“We won,” she said. “They lost.”")] == ["We won,", "They lost."]


def test_kinds() -> None:
    found = quotes("A headline\n“We won the case,” said Ada Marlow. She called it “a gift.”")
    assert [quote.kind for quote in found] == [Kind.DIRECT, Kind.FRAGMENT]


def test_titles_of_works_are_no_quotes() -> None:
    assert quotes("A headline\nHer novel, “The Salt Road,” tells the story of two sisters.") == ()


def test_a_language_without_a_pack_gets_its_marks_and_nobody() -> None:
    (quote,) = quotes("Virsraksts\n”Mēs uzvarējām”, sacīja Anna Bērziņa.", "lv")
    assert quote.text == "Mēs uzvarējām"
    assert (quote.speaker.name, quote.speaker.printed) == (None, None)


def test_an_empty_text_has_no_quotes() -> None:
    assert quotes("") == ()


@given(st.text(alphabet='aA b,.\n"“”’ said he ', max_size=300))
def test_context_and_selectors_are_verbatim(noise: str) -> None:
    text = f"Title\n{noise}\n“We won,” said Ada Marlow, “and they lost.” {noise}"
    for quote in quotes(text):
        assert quote.before + quote.printed + quote.after in text
        assert max(len(quote.before), len(quote.after)) <= 500
        assert quote.printed == text[quote.spans[0].start : quote.spans[-1].end]
        for span, selector in zip(quote.spans, quote.selectors, strict=True):
            assert selector.exact == text[span.start : span.end]
            assert selector.prefix + selector.exact + selector.suffix in text
            assert max(len(selector.prefix), len(selector.suffix)) <= 32


def test_the_same_text_gives_the_same_quotes() -> None:
    assert quotes(TEXT) == quotes(TEXT)


@counted
@pytest.mark.parametrize(
    "piece",
    [
        "Ada Marlow met Tom Reyes on Monday. “We won the case,” she said. He called it “a gift,” and left.\n",
        "Mr. A of B's C ",
        "The senator told Mr. Reyes he knew. ",
        "X, Y, Z said that (A) and ",
    ],
)
def test_the_work_grows_with_the_text(piece: str) -> None:
    def work(count: int) -> int:
        article = article_of("A headline\n" + piece * count, language="en", published="2026-11-10")
        return lines(lambda: find_quotes(article, indirect=True))

    work(1)  # the first reading puts the language's patterns together
    assert work(100) < 12 * work(10)


@pytest.mark.skipif(COMPILED, reason="compiled, the cap is in the code: set ONRECORD_TEST_PURE=1")
def test_far_too_many_marks_end_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lower cap than there is, which `test_hostile_pages.py` reaches."""
    cap = MAX_QUOTES // 10
    monkeypatch.setattr("archiver.quotes.marks.MAX_QUOTES", cap)
    assert len(quotes("“a b” " * (cap + 1_000))) == cap
    assert len(quotes('"' * 20_000)) <= cap
    assert len(quotes("'a " * 10_000)) <= cap


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("en", "“No,” said a spokesman for the minister, Edda Colley.", "Edda Colley"),
        ("fr", "« Non », confie une source proche de la ministre, Odile Varenne.", "Odile Varenne"),
        ("pl", "„Nie” – powiedziała rzeczniczka cukrowni Granulka.", "Granulka"),
        ("sv", "”Nej”, säger en talesperson för glasbruket Kvarnfors.", "Kvarnfors"),
    ],
)
def test_a_name_behind_a_complement_is_of_whom_is_spoken_for(language: str, text: str, other: str) -> None:
    (quote,) = find_quotes(article_of(text, language=language))
    assert (quote.speaker.name, quote.speaker.represents) == (None, other)


def test_a_name_behind_a_body_is_the_spokesman_s() -> None:
    (quote,) = find_quotes(article_of("“No,” said the spokesman of the port authority, Jon Rudd.", language="en"))
    assert quote.speaker.name == "Jon Rudd"


def test_each_quotation_of_a_sentence_has_its_own_speaker() -> None:
    text = "The roof was called “brave” by the critic Hal Osgood and “unwashable” by the cleaner Berta Lund."
    found = find_quotes(article_of(text, language="en"))
    assert [quote.speaker.name for quote in found] == ["Hal Osgood", "Berta Lund"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Tom Reed said “never”, but Ann Lowe, who chairs the board, said “soon”.", ["Tom Reed", "Ann Lowe"]),
        ("en", "Nora Pell called it “a gift” and told Sam Pell it was “overdue”.", ["Nora Pell", "Nora Pell"]),
        ("ru", "Егор Сапожков называет её «подарком», а Пётр Лунёв — «бедой».", ["Егор Сапожков", "Пётр Лунёв"]),
        ("es", "Para el alcalde Pedro Rial, la obra es “un acierto”; para su hermana, Carmen Rial, “un despilfarro”.",
         ["Pedro Rial", "Carmen Rial"]),
    ],
)  # fmt: skip
def test_the_second_of_two_clauses_built_alike_has_its_own_speaker(language: str, text: str, names: list[str]) -> None:
    assert [quote.speaker.name for quote in quotes(f"—\n{text}", language)] == names  # below a headline


def test_a_trade_that_opens_a_sentence_is_no_part_of_a_name() -> None:
    (quote,) = quotes("Veerman Sjoerd-Jan Hellinga vaart al jaren. ‘De rivier wordt lager’, zegt Hellinga.", "nl")
    assert quote.speaker.name == "Sjoerd-Jan Hellinga"
    (quote,) = quotes("Zdun Zbysław Horodecki uważa nowy podatek za „gorzki żart”.", "pl")
    assert (quote.speaker.confidence or 0.0) < 0.9  # whether it is one, no other sentence tells


def test_a_double_surname_alone_is_its_person_s() -> None:
    text = "Fiskeren Torunn Haugland Moe var på havet. – Det var kaldt, forteller hun. Haugland Moe rodde hjem."
    (quote,) = quotes(text, "no")
    assert quote.speaker.name == "Torunn Haugland Moe"


def test_whom_somebody_quotes_is_the_speaker() -> None:
    (quote,) = find_quotes(article_of("Orla Deane quoted her grandfather: “Never trust a warm sea.”", language="en"))
    assert (quote.speaker.name, quote.speaker.printed) == (None, "her grandfather")


def test_a_lone_capital_is_no_sure_name() -> None:
    (quote,) = find_quotes(article_of("“The furnaces go cold on Monday,” Brandle said.", language="en"))
    assert quote.speaker.name == "Brandle"
    assert (quote.speaker.confidence or 0.0) < 0.9


def test_somebody_else_before_the_colon_speaks_where_no_subject_is_left_out() -> None:
    text = "”Jag trodde inte på det”, säger Sten Forsell. Dottern minns samtalet annorlunda: ”Han frågade om vägen.”"
    first, second = find_quotes(article_of(text, language="sv"))
    assert (first.speaker.name, second.speaker.name) == ("Sten Forsell", None)


def test_a_name_behind_the_first_marks_makes_the_speaker_of_the_second_less_sure() -> None:
    text = (
        "Editor Bima Lesmana menyebut naskah itu “jujur”, sedangkan pengamat Tuti Harahap menilainya “terlalu panjang”."
    )
    first, second = find_quotes(article_of(text, language="id"))
    assert first.speaker.confidence is not None
    assert second.speaker.name != "Bima Lesmana" or (second.speaker.confidence or 0) <= 0.85 < first.speaker.confidence


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La alcaldesa Rosario Peláez retiró la estatua. «No gustaba», dijo ese mismo día a este periódico."),
        ("en", "The mayor, Rosa Peel, removed the statue. “Nobody liked it,” she said that evening."),
        ("it", "La sindaca Rosaria Pelli ha tolto la statua. «Non piaceva», ha detto quella sera ai giornalisti."),
    ],
)
def test_a_noun_for_a_time_is_nobody(language: str, text: str) -> None:
    (quote,) = find_quotes(article_of(text, language=language))
    assert quote.speaker.name in ("Rosario Peláez", "Rosa Peel", "Rosaria Pelli")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Rada obraduje.\nTak zwany „wariant zero” uważa za wymysł prasy."),
        ("pt", "A assembleia reuniu.\nA chamada “cláusula do trator” continua em discussão."),
    ],
)
def test_what_is_only_called_so_is_nobody_s_whatever_verb_follows(language: str, text: str) -> None:
    assert find_quotes(article_of(text, language=language)) == ()


INTERVIEWS = [
    ("es", "“El mar no está vacío”\nLa bióloga Marta Rial estudia algas en la ría.\n—¿Qué encontró esta vez?\n"
     "—Una sandalia de niño.\n—¿Y el robo?\n—Eso pregúnteselo al guardián.\nEl guardián, Luis Osa, calla.",
     ["Marta Rial", None, "Marta Rial", None, "Marta Rial"]),
    ("nl", "Dijkgraaf neemt afscheid\nAnne Tjepkema vertrekt.\nBent u nog bang voor het water?\n"
     "‘Elke november weer.’\nPiet Bakker volgt haar op.", ["Anne Tjepkema"]),
    ("ja", "新理事長に聞く\n理事長に就いた浦上帆波さんに抱負を聞いた。\n――周囲の反応は。\n「父は長靴をくれました」",
     ["浦上帆波"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "names"), INTERVIEWS)
def test_in_an_interview_the_one_who_was_introduced_answers(language: str, text: str, names: list[str | None]) -> None:
    assert [quote.speaker.name for quote in find_quotes(article_of(text, language=language))] == names


def test_lines_of_a_talk_between_two_people_are_no_interview() -> None:
    text = "Ada Holm och Per Lund bråkar.\n– Är du trött?\n– Nej."
    assert [quote.speaker.name for quote in find_quotes(article_of(text, language="sv"))] == [None, None]


def test_a_name_in_full_ends_before_where_somebody_works() -> None:
    (quote,) = quotes("De intendant Bas Lijnzaad van Opera Waterland durfde het aan. ‘Ik beefde,’ zegt Lijnzaad.", "nl")
    assert quote.speaker.name == "Bas Lijnzaad"
    (quote,) = quotes("‘Wij wachten,’ zegt Anne-Wil van der Berg.", "nl")
    assert quote.speaker.name == "Anne-Wil van der Berg"


def test_a_surname_that_is_a_trade_too_is_a_surname_behind_a_first_name() -> None:
    (quote,) = quotes("Forsvareren, advokat Henrik Bonde, mente, at sagen »aldrig skulle have forladt lokalet«.", "da")
    assert quote.speaker.name == "Henrik Bonde"


def test_a_name_in_the_case_that_its_verb_asks_for_is_given_in_the_nominative() -> None:
    (quote,) = quotes("– Gdje ćemo parkirati? – zanima Martinu Šarić, majku dvoje djece.", "hr")
    assert quote.speaker.name == "Martina Šarić"


@pytest.mark.parametrize("language", ["en", "nl", "de", "sv"])
def test_an_article_written_onto_a_name_is_part_of_it(language: str) -> None:
    said = {"en": "said", "nl": "zegt", "de": "sagte", "sv": "säger"}[language]
    (quote,) = quotes(f"“It is over and done,” {said} Samir ad-Daula.", language)
    assert quote.speaker.name == "Samir ad-Daula"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Rzecznik Jana Nowaka powiedział: „Bez komentarza”. Jan Nowak milczy."),
        ("cs", "„Bez komentáře,“ řekla mluvčí Jana Nováka."),
        ("hr", "Glasnogovornik Ivana Horvata rekao je: „Bez komentara.” Ivan Horvat šuti."),
        ("pl", "Matka Jana Nowaka powiedziała: „Płakałam”. Jan Nowak zginął."),
        ("pl", "Siostra Anny Nowak powiedziała: „Nie”. Anna Nowak milczy."),
        ("cs", "Sestra Evy Novotné řekla: „Ne.“"),
        ("ru", "Жена Александра Гордеева сказала: «Нет»."),
        ("sv", "Anna Bergs advokat sade: ”Vi överklagar.” Anna Berg teg."),
        ("nl", "Jan Bakkers advocaat zei: ‘Wij gaan in beroep.’ Jan Bakker zwijgt."),
        ("fi", "Matti Virtasen asianajaja sanoi: ”Valitamme.” Matti Virtanen vaikenee."),
        ("ro", "Avocatul lui Ion Popescu a spus: „Facem recurs.” Ion Popescu tace."),
    ],
)
def test_somebody_s_spokesman_lawyer_or_mother_is_not_that_person(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.speaker.name is None
    assert quote.speaker.represents is not None


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("pl", "„Bez komentarza” – powiedział rzecznik Jan Nowak.", "Jan Nowak"),
        ("pl", "„Bez komentarza” – powiedziała rzeczniczka Jana Kowalska.", "Jana Kowalska"),
        ("cs", "„Bez komentáře,“ řekla mluvčí Jana Nováková.", "Jana Nováková"),
        ("hr", "„Bez komentara”, rekla je glasnogovornica Ivana Babić.", "Ivana Babić"),
        ("ru", "Его жена Александра Гордеева сказала: «Нет».", "Александра Гордеева"),
        ("cs", "Její sestra Silvie Peroutková řekla: „Ne.“", "Silvie Peroutková"),
        ("nl", "‘Het is koud’, zei Jan Bakker.", "Jan Bakker"),
    ],
)
def test_a_spokeswoman_whose_name_looks_like_a_case_is_named(language: str, text: str, name: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.speaker.name == name


def test_a_nickname_in_brackets_behind_a_name_is_nobody_s_words() -> None:
    assert quotes("Ada Marlow (“the iron lady”) resigned on Monday.", "en") == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Ana Ruiz habló ayer. Preguntada por Juan Pérez, respondió: «¿Quién?»."),
        ("es", "En una carta a Juan Pérez, escribió: «Vete». Ana Ruiz se fue."),
        ("it", "Anna Rossi ha parlato. Interrogata su Luca Bianchi, ha risposto: «Chi?»."),
    ],
)
def test_whom_a_preposition_leads_to_is_not_the_subject_that_is_left_out(language: str, text: str) -> None:
    (quote,) = find_quotes(article_of(text, language=language))
    assert quote.speaker.name not in ("Juan Pérez", "Luca Bianchi")


@pytest.mark.parametrize(("language", "text", "name"), [
    ("pl", "Wójt Jan Kos milczy. Inaczej patrzy na to kapitan portu Lucjan Hałas. „Drewno gnije” – skwitował.",
     "Lucjan Hałas"),
    ("ru", "Мэр Иван Косов молчит. Иначе смотрит на это капитан порта Лука Галас. «Дерево гниёт», — заметил он.",
     "Лука Галас"),
    ("cs", "„Les je náš,“ opakuje po Janu Kosovi Eva Lipová.", "Eva Lipová"),
    ("ru", "Адвокат подсудимого, Лариса Гнедич, назвала обвинение «звоном».", "Лариса Гнедич"),
    ("uk", "Міський голова Степан Прядко не приховував утоми. «Гроші є», — сказав він депутатам.", "Степан Прядко"),
    ("ru", "По мнению Марты Коваль, лес «наш».", "Марта Коваль"),
    ("fi", "Marta Kuusen mielestä metsä on ”meidän”.", "Marta Kuusi"),
])  # fmt: skip
def test_cases_tell_who_speaks_and_what_the_name_is(language: str, text: str, name: str) -> None:
    assert [quote.speaker.name for quote in quotes(text, language)] == [name]


@pytest.mark.parametrize(("language", "text"), [
    ("cs", "Ředitel Jan Kos mlčel. „Zaplatíme,“ uvedl mluvčí Inspektorátu."),
    ("hr", "Ravnatelj Ivan Kos šuti. „Platit ćemo“, poručio je glasnogovornik Inspektorata."),
    ("ru", "Иван Косов молчит. «Это ошибка», — сказал отец мальчика."),
])  # fmt: skip
def test_a_spokesman_of_a_body_or_a_father_is_nobody_named(language: str, text: str) -> None:
    assert [quote.speaker.name for quote in quotes(text, language)] == [None]


def test_a_dash_before_small_letters_of_any_script_opens_no_speech() -> None:
    found = quotes("«Кто заплатит?» — спросила журналистка мэра. «Город», — ответил он.", "ru")
    assert [quote.text for quote in found] == ["Кто заплатит?", "Город"]


def test_an_unknown_noun_before_the_colon_makes_the_speaker_before_less_sure() -> None:
    text = "Kritičar Krešo Vid nazvao je glas „soli“. Na to se tenor samo nasmijao: „Sol podiže tlak.“"
    assert [(quote.speaker.confidence or 0) < 0.9 for quote in quotes(text, "hr")] == [False, True]


@pytest.mark.parametrize(("language", "text", "names"), [
    ("ja", "妻の節子さんは「癖は直らなかった」と振り返る。堀越節子さんは元教師だ。", ["堀越節子"]),
    ("ja", "翻訳者の野々村さやかさんは「木がしゃべりすぎる」と明かす。", ["野々村さやか"]),
    ("ja", "記者が「日本の反応は」と尋ねると、野村花子さんは「うれしい」と答えた。", [None, "野村花子"]),
    ("ja", "大西孝一町長に近い関係者は「予算はもう回っている」と打ち明ける。", [None]),
    ("ko", "문경호 은성지법 부장판사는 “증거를 없앨 염려가 있다”며 영장을 발부했다.", ["문경호"]),
    ("ko", "선장 차무열 씨는 말이 없다. 해경 차은별 경위는 안다. 차 경위는 “성이 같다”고 설명했다.", ["차은별"]),
    ("ko", "소설가 윤서하가 신작을 냈다. 기자가 “왜 늦었나”라고 묻자 그는 “이사를 다녔다”며 웃었다.", [None, "윤서하"]),
    ("ko", "시행사 탁현수 대표와 가까운 한 관계자는 “소송을 준비 중”이라고 귀띔했다.", [None]),
    ("zh", "《东港晚报》引述渔会理事长何启文的话说：“无线电坏了。”", ["何启文"]),
    ("zh", "记者问：“您会辞职吗？”局长周明回答：“不会。”", [None, "周明"]),
    ("zh", "作家伊莎贝拉·科恩说：“写作很苦。”科恩补充道：“但值得。”", ["伊莎贝拉·科恩"] * 2),
])  # fmt: skip
def test_where_no_capital_tells_names_are_found_whole_and_are_whose_words_they_are(
    language: str, text: str, names: list[str | None]
) -> None:
    assert [quote.speaker.name for quote in quotes(text, language)] == names


def test_a_chinese_name_that_may_hold_a_sign_of_the_next_word_is_less_sure() -> None:
    (quote,) = quotes("教练高平估算明年退休。“我累了。”他说。", "zh")
    assert (quote.speaker.confidence or 0) < 0.9


@pytest.mark.parametrize(("language", "text", "words", "name"), [
    ("pl", "„Zbudowaliśmy tę łódź – opowiadała we wtorek Wanda Sobiech, szkutniczka z Kątów – i nikt nie wierzył”.",
     "Zbudowaliśmy tę łódź i nikt nie wierzył", "Wanda Sobiech"),
    ("hr", "„Sagradili smo brod – pričala je u utorak Vanda Sobek – i nitko nije vjerovao.“",
     "Sagradili smo brod i nitko nije vjerovao.", "Vanda Sobek"),
    ("hu", "Kos János edző nyugodt volt. A szurkolók azt énekelték: „Soha nem elég!”", "Soha nem elég!", None),
    ("pl", "Sąd wezwał biegłą Bogusławę Kiczkę. „Głos sklejono” – wyjaśniła Bogusława Kiczka.", "Głos sklejono",
     "Bogusława Kiczka"),
])  # fmt: skip
def test_asides_with_a_day_plurals_and_names_in_the_nominative(
    language: str, text: str, words: str, name: str | None
) -> None:
    (quote,) = quotes(text, language)
    assert (quote.text, quote.speaker.name) == (words, name)


def test_a_joint_statement_without_case_has_both_speakers() -> None:
    (quote,) = quotes("민소라 씨와 구본석 씨는 공동 성명에서 “산은 돌아오지 않는다”고 강조했다.", "ko")
    assert [one.name for one in quote.speakers] == ["민소라", "구본석"]


def test_labels_with_a_wide_colon_are_labels() -> None:
    found = quotes("导演冯知远来了。\n记者：还会上映吗？\n冯知远：剪完了。\n记者：要等多久？\n冯知远：不知道。", "zh")
    assert [quote.speaker.name for quote in found] == [None, "冯知远"] * 2


@pytest.mark.parametrize(("language", "text", "name"), [
    ("cs", "Okresní soud v Mlýnicích označil posudek za „pečlivý“.", "Okresní soud v Mlýnicích"),
    ("cs", "Místní soud označil posudek za „pečlivý“.", None),
    ("ru", "Министерство лесного хозяйства края назвало решение «ошибочным».", "Министерство лесного хозяйства края"),
    ("ru", "Худрук театра Вадим Левантович назвал её «совестью труппы».", "Вадим Левантович"),
    ("uk", "Міністерство охорони здоров'я назвало звіт «передчасним».", "Міністерство охорони здоров'я"),
    ("hr", "Zavod za vinarstvo u Benkovcu ocijenio je sezonu „zahtjevnom“.", "Zavod za vinarstvo u Benkovcu"),
    ("fi", "Keski-Lakeuden käräjäoikeus piti lausuntoa ”huolellisena”.", "Keski-Lakeuden käräjäoikeus"),
    ("fi", "Paikallinen poliisi sanoi: ”Älkää menkö jäälle.”", None),
    ("fi", "”Kuljettaja oli selvin päin”, kertoi Lounais-Suomen poliisi.", None),
])  # fmt: skip
def test_the_name_of_a_body_goes_on_in_small_letters(language: str, text: str, name: str | None) -> None:
    (quote,) = quotes(text, language)
    assert quote.speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("zh", "会员曹艳拿到判决书。“太好了。”她说。", "曹艳"),
    ("ko", "연금 생활자 개미연 씨는 “물을 길어 온다”고 말했다.", "개미연"),
    ("hr", "Njezin sin Pavao dodaje: „Nitko nam ništa ne govori.“", "Pavao"),
    ("ru", "Критик Иван Графов молчал. Актёр Пётр Сомов, сыгравший рыбака, смеялся: «Научился».", "Пётр Сомов"),
])  # fmt: skip
def test_names_are_without_a_verb_or_a_trade_and_an_aside_parts_no_subject(language: str, text: str, name: str) -> None:
    assert [quote.speaker.name for quote in quotes(text, language)] == [name]


@pytest.mark.parametrize(("language", "text", "name"), [
    ("pl", "Według PAP Jan Kos powiedział wczoraj: „Odchodzę”.", "Jan Kos"),
    ("cs", "Podle ČTK Jan Kos včera řekl: „Odcházím.“", "Jan Kos"),
    ("fi", "Pääministeri Pekka Koskea lähellä oleva lähde sanoo: ”Päätös on tehty.”", None),
    ("zh", "据新华社报道，马振国昨天说：“我走了。”", "马振国"),
])  # fmt: skip
def test_names_behind_an_agency_keep_their_form_and_who_is_close_is_nobody_named(
    language: str, text: str, name: str | None
) -> None:
    (quote,) = quotes(text, language)
    assert quote.speaker.name == name


def test_that_one_is_somebody_else_where_no_article_tells() -> None:
    (quote,) = quotes("Ewa Lis pocieszała brata. Ten odparł: „Dam radę”.", "pl")
    assert (quote.speaker.name, quote.speaker.printed) == (None, "Ten")


def test_the_brother_of_somebody_is_named_without_him() -> None:
    text = "Дело\nВдова композитора Аркадия Белозёрова Нина Белозёрова сказала: «Нет»."
    assert [quote.speaker.name for quote in quotes(text, "ru")] == ["Нина Белозёрова"]
