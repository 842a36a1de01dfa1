"""Language packs: each file loads, says what it must, and one file is enough for a new language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import languages
from archiver.errors import LanguageError
from archiver.extraction.reader import extraction_of
from archiver.index.words import fold, stem
from archiver.quotes import find_quotes
from archiver.quotes.dates import find_day
from archiver.quotes.mentions import chunk_text
from archiver.records import Dated, ExtractionState, Precision, Reason
from tests.counting import counted, lines
from tests.gold import FOLDER, article_of, articles, figures

ESPERANTO = """
code = "eo"
name = "Esperanto"
stemmer = "esperanto"

[cues]
say = "diri diras diris aldoni aldonas aldonis respondi respondas respondis klarigi klarigas klarigis"
call = "nomi nomas nomis"
works = "romano libro filmo"
before = ["laŭ"]

[words]
definite = "la"
determiners = "la iu tiu kelkaj"
possessives = "ŝia lia ilia"
prepositions = "al de en por pri kun sur"
conjunctions = "kaj sed aŭ"
that = "ke"
auxiliaries = "estas estis estos"

[pronouns]
masculine = "li"
feminine = "ŝi"
plural = "ili"
first = "mi ni"

[names]
roles = "urbestro parolanto verkisto"
bodies = "kompanio ministerio"
masculine = "tomaso petro"
feminine = "ada klara"

[dates]
weekdays = ["lunde", "marde", "merkrede", "ĵaŭde", "vendrede", "sabate", "dimanĉe"]
relative = { "hieraŭ" = -1, "hodiaŭ" = 0 }
"""
ESPERANTO_GOLD = """published: 2026-11-10
La pramo restas
“La kontrakto neniam estis ofertita,”{Ada Marlow @2026-11-09} diris Ada Marlow lunde.
“Kaj neniu demandis kial,”{Ada Marlow} ŝi aldonis.
La urbestro, Tomaso Rego, nomis la raporton “politika manovro”{f Tomaso Rego}.
“Mi havas nenion por kaŝi,”{Tomaso Rego} respondis Rego.
Laŭ Marlow, la reguloj estis “verkitaj por unu kompanio”{f Ada Marlow}.
---
published: 2026-11-10
Premio por romano
Klara Luno ricevis la premion por la romano “La vojo de la salo”{-}.
“Mi pensis, ke tio estas ŝerco,”{Klara Luno @2026-11-09} diris Luno hieraŭ.
“Ni neniam ŝercas,”{? iu parolanto} respondis iu parolanto.
"""


@pytest.mark.parametrize("code", languages.codes())
def test_every_pack_has_what_the_steps_need(code: str) -> None:
    pack = languages.pack_for(code)
    assert pack and pack.code == code
    assert pack.name
    assert languages.SAY in pack.lexicon.values()
    assert len(set(pack.dates.months.values())) == 12 or pack.dates.month_signs
    assert set(pack.dates.weekdays.values()) == set(range(7))


@pytest.mark.parametrize("code", languages.codes())
def test_values_of_a_pack_are_of_their_types(code: str) -> None:
    """The compiled finder refuses others: `frozenset | dict.keys()` is a set."""
    pack = languages.pack_for(code)
    for name, kind in get_type_hints(languages.Pack).items():
        assert isinstance(getattr(pack, name), get_origin(kind) or kind), name


@pytest.mark.parametrize("code", languages.codes())
def test_every_pack_has_gold(code: str) -> None:
    assert (FOLDER / f"{code}.txt").is_file()


@pytest.mark.parametrize(("tag", "code"), [("de-AT", "de"), ("EN", "en"), ("fr_CA", "fr")])
def test_a_tag_leads_to_its_pack(tag: str, code: str) -> None:
    pack = languages.pack_for(tag)
    assert pack and pack.code == code


@pytest.mark.parametrize("tag", [None, "", "xx", "../en", "x.y"])
def test_no_pack_is_none(tag: str | None) -> None:
    assert languages.pack_for(tag) is None
    assert languages.stemmer_for(tag) is None


MISTAKES = {
    "no code": ('name = "Toy"', "code"),
    "another file's code": ('code = "yy"', "code"),
    "unknown section": ('code = "xx"\n[verbs]\nsay = "bla"', "verbs"),
    "unknown key": ('code = "xx"\n[cues]\nsays = "bla"', "cues.says"),
    "a section that is none": ('code = "xx"\ncues = "bla"', "cues"),
    "not TOML": ("code =", "Invalid value"),
    "not UTF-8": (b'code = "xx"\nname = "Espa\xf1ol"'.decode("latin-1"), "utf-8"),
    "a list for words": ('code = "xx"\n[cues]\nsay = ["bla"]', "cues.say"),
    "words for a list": ('code = "xx"\n[cues]\nbefore = "laŭ"', "cues.before"),
    "numbers in a list": ('code = "xx"\n[cues]\nbefore = [1]', "cues.before"),
    "a string for true": ('code = "xx"\n[cues]\nverb_second = "yes"', "cues.verb_second"),
    "an unknown way to tell names": ('code = "xx"\n[writing]\ncase = "bold"', "writing.case"),
    "an unknown order": ('code = "xx"\n[dates]\norder = "ydm"', "dates.order"),
    "eleven months": (f'code = "xx"\n[dates]\nmonths = {["m"] * 11}', "dates.months"),
    "six weekdays": (f'code = "xx"\n[dates]\nweekdays = {["d"] * 6}', "dates.weekdays"),
    "a day that is no number": ('code = "xx"\n[dates]\nrelative = { ekde = "1" }', "dates.relative"),
    "ago without a number": ('code = "xx"\n[dates]\nago = ["antaŭ tagoj"]', "dates.ago"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "key"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_file_and_key(text: str, key: str, tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    file.write_bytes(text.encode("latin-1") if key == "utf-8" else text.encode())
    with pytest.raises(LanguageError, match=r"xx\.toml") as raised:
        languages.load(file)
    assert key in str(raised.value)


@pytest.mark.parametrize("code", languages.codes())
def test_the_index_stems_where_the_pack_names_a_stemmer(code: str) -> None:
    pack = languages.pack_for(code)
    assert pack
    words = [word for word in map(fold, pack.lexicon) if word.isalpha()]
    assert any(stem(word, code) != word for word in words) == bool(pack.stemmer)
    assert languages.stemmer_for(code) == pack.stemmer


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of packs of its own."""
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    found = (languages.pack_for, languages.stemmer_for)
    for each in found:
        each.cache_clear()
    yield tmp_path
    for each in found:
        each.cache_clear()


def test_one_pack_and_one_gold_file_suffice_for_a_language(packs: Path) -> None:
    """Esperanto, which has no pack: nothing but these two files is added, and the whole way works."""
    (packs / "eo.toml").write_text(ESPERANTO, encoding="utf-8")
    (packs / "eo.txt").write_text(ESPERANTO_GOLD, encoding="utf-8")
    shares, wrong = figures(packs / "eo.txt", "eo")
    assert wrong == []
    assert shares == {
        "quotes": 7,
        **dict.fromkeys(("spans", "left alone", "kind", "speaker", "day", "joint", "precision"), 1.0),
    }

    article = next(articles(packs / "eo.txt"))
    request = {"url": "https://news.example/", "is_text": True, "language": "eo", "published": article.published}
    extraction = extraction_of(request, article.text.encode())
    assert extraction.state is ExtractionState.DONE
    assert extraction.reason is None
    assert {quote.speaker.name for quote in extraction.quotes} == {"Ada Marlow", "Tomaso Rego"}
    assert extraction.quotes[0].cue.printed == "diris"


def test_without_the_pack_the_same_text_has_its_marks_and_no_speakers(packs: Path) -> None:
    (packs / "eo.txt").write_text(ESPERANTO_GOLD, encoding="utf-8")
    article = next(articles(packs / "eo.txt"))
    request = {"url": "https://news.example/", "is_text": True, "language": "eo", "published": article.published}
    extraction = extraction_of(request, article.text.encode())
    assert extraction.state is ExtractionState.DONE
    assert extraction.reason is Reason.NO_LANGUAGE_PACK
    assert [quote.text for quote in extraction.quotes][:2] == [
        "La kontrakto neniam estis ofertita,",
        "Kaj neniu demandis kial,",
    ]
    assert {(quote.speaker.name, quote.speaker.printed, quote.said_on.value) for quote in extraction.quotes} == {
        (None, None, None)
    }


SPEECH = {
    "the verb closes the sentence": ("tr", "Ayla Marlı pazartesi günü, “Sözleşme yok” dedi.", "Ayla Marlı", "dedi"),
    "a particle marks the subject": ("ja", "森下綾子氏は記者団に「契約はない」と述べた。", "森下綾子", "述べた"),
    "a particle hangs on the word": ("ko", "마유리 감사관은 “계약이 없다”고 말했다.", "마유리", "말했다"),
    "a postposition follows the source": ("ko", "마유리 감사관에 따르면 계약은 “없는 것”이다.", "마유리", "따르면"),
    "a family name begins the name": ("zh", "审计员马雅丽说：“没有合同。”", "马雅丽", "说"),
    "a foreign name has a dot": ("zh", "总统约翰·史密斯说：“没有合同。”", "约翰·史密斯", "说"),
    "capitals of another script name a body": ("ja", "NTTは「契約はない」とコメントした。", "NTT", "コメントした"),
    "an end names a body": ("ja", "国土交通省は「契約はない」と説明した。", "国土交通省", "説明した"),
    "the reporter stands inside the marks": (
        "ru", "«Нет, — сказала Ада Марлова. — Никогда».", "Ада Марлова", "сказала",
    ),
    "the verb stands second": ("sv", "I går sade Ada Marlow: ”Avtalet finns inte.”", "Ada Marlow", "sade"),
    "a comma ends the speech": ("no", "– Det finnes ingen avtale, sa Ada Marlow.", "Ada Marlow", "sa"),
    "a dash opens speech behind a colon": ("no", "Ada Marlow: – Det finnes ingen avtale", "Ada Marlow", ":"),
    "a dash opens speech inside a paragraph": (
        "pl", "Rada obradowała. – Umowy nie ma – powiedziała Ada Marłowska.", "Ada Marłowska", "powiedziała",
    ),
    "an office completes the role": (
        "pl", "Minister rolnictwa Helena Brandt powiedziała: „Jest zboże”.", "Helena Brandt", "powiedziała",
    ),
    "a country stands between role and name": (
        "uk", "Президент Франції Жан Дюпон заявив: «Договору немає».", "Жан Дюпон", "заявив",
    ),
    "a place stands before the name": (
        "cs", "„Smlouva není,“ řekla ředitelka školy v Zálesí Eva Nováková.", "Eva Nováková", "řekla",
    ),
    "a party in brackets": (
        "fr", "« Il n'y a pas de contrat », a réagi la députée (PC) Adèle Marlot.", "Adèle Marlot", "réagi",
    ),
    "a sentence only names the speaker": (
        "it", "«Il contratto non c'è». Lo ha detto Ada Marlotti.", "Ada Marlotti", "Lo ha detto",
    ),
    "a particle with a capital begins a surname": (
        "nl", "Thomas de Koning zweeg. ‘Nee’, zei De Koning later.", "Thomas de Koning", "zei",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "text", "speaker", "cue"), SPEECH.values(), ids=SPEECH)
def test_the_ways_of_a_language_lead_to_the_speaker(code: str, text: str, speaker: str, cue: str) -> None:
    found = find_quotes(article_of("—\n" + text, language=code, published="2026-11-10"))
    assert {quote.speaker.name for quote in found} == {speaker}
    assert found[0].cue.printed == cue


def test_a_headline_has_the_speaker_of_the_same_words_in_the_text() -> None:
    text = "« Nous restons ici »\n« Nous restons ici », a dit Adèle Marlot lundi."
    headline, said = find_quotes(article_of(text, language="fr", published="2026-11-10"))
    assert headline.speaker.name == said.speaker.name == "Adèle Marlot"
    assert headline.said_on.value is None
    assert headline.trail[-2].rule == "name-of-same-words"


def test_a_headline_is_no_surer_than_the_text_that_repeats_its_words() -> None:
    text = "Auditor: Saltmere deal ‘was never put to tender’\nAda Marlow said: “It was never put to tender, ever.”"
    assert {quote.speaker.name for quote in find_quotes(article_of(text, language="en"))} == {"Ada Marlow"}


def test_a_label_that_nothing_shows_to_be_a_name_names_nobody() -> None:
    text = "Auditor: ferry deal ‘was never put to tender’\nThe papers were laid before the council on Monday."
    assert [quote.speaker.name for quote in find_quotes(article_of(text, language="en"))] == [None]


def test_a_source_with_an_article_stays_unnamed() -> None:
    text = "Le port\nAdèle Marlot, la maire, se tait. « Le bac est vendu », assure la source."
    (said,) = find_quotes(article_of(text, language="fr"))
    assert (said.speaker.name, said.speaker.printed) == (None, "la source")


def test_a_question_between_dashes_that_the_next_paragraph_answers_is_nobodys() -> None:
    text = "Ada Marlow er revisor.\n– Er avtalen god?\n– Nei, sier Ada Marlow."
    question, answer = find_quotes(article_of(text, language="no"))
    assert (question.speaker.name, answer.speaker.name) == (None, "Ada Marlow")


@counted
@pytest.mark.parametrize("code", languages.codes())
def test_the_work_is_in_line_with_the_text(code: str) -> None:
    text = next(iter(articles(FOLDER / f"{code}.txt"))).text

    def work(times: int) -> int:
        article = article_of("\n".join([text] * times), language=code, published="2026-11-10")
        return lines(lambda: find_quotes(article))

    work(1)  # the first reading puts the language's patterns together
    assert work(4) < 6 * work(1)


SIGNS = [
    *"“”„«»‹›「」『』\"'’‘–—-.,:;!?…。，、：（）()\n\n",
    " – ",
    ". ",
    ", ",
    ": ",
    "»",
    "...",
    "a",
    "Ada",
    "Ada Marlow",
    "9",
    "日",
    "·",
    "・",
]


@pytest.mark.parametrize("code", languages.codes())
@settings(max_examples=12)
@given(data=st.data())
def test_no_text_is_too_strange(code: str, data: st.DataObject) -> None:
    """Whatever the words and signs of a language are thrown together: quotes in order, within the text, no error."""
    pack = languages.pack_for(code)
    assert pack
    words = sorted(pack.lexicon)
    piece = st.sampled_from(SIGNS) | st.sampled_from(words) | st.sampled_from(words).map(str.title)
    joint = " " if pack.spaces else ""
    text = joint.join(data.draw(st.lists(piece, min_size=1, max_size=60)))
    found = find_quotes(article_of(text, language=code, published="2026-11-10"))
    spans = [span for quote in found for span in quote.spans]
    assert spans == sorted(spans, key=lambda span: span.start)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


# The day of November 2026 that words of a language mean in a newspaper of Tuesday, the 10th.
DAYS: dict[str, dict[str, int]] = {
    "it": {
        "l'8 novembre": 8,
        "1 novembre": 1,
        "8 novembre 2026": 8,
        "due giorni fa": 8,
        "martedì scorso": 3,
        "ieri sera": 9,
        "08/11/2026": 8,
        "domenica": 8,
    },
    "pt": {
        "8 de novembro": 8,
        "8 de novembro de 2026": 8,
        "há dois dias": 8,
        "na terça-feira passada": 3,
        "ontem": 9,
        "8/11/2026": 8,
        "no domingo": 8,
    },
    "es": {
        "8 de noviembre": 8,
        "8 de noviembre de 2026": 8,
        "hace dos días": 8,
        "el martes pasado": 3,
        "ayer": 9,
        "anoche": 9,
        "el domingo": 8,
    },
    "fr": {
        "8 novembre": 8,
        "1er novembre": 1,
        "8 novembre 2026": 8,
        "il y a deux jours": 8,
        "mardi dernier": 3,
        "hier soir": 9,
        "dimanche": 8,
    },
    "nl": {
        "8 november": 8,
        "twee dagen geleden": 8,
        "afgelopen dinsdag": 3,
        "gisteravond": 9,
        "zondagavond": 8,
        "8 nov.": 8,
    },
    "pl": {
        "8 listopada": 8,
        "8 listopada 2026": 8,
        "dwa dni temu": 8,
        "w ubiegły wtorek": 3,
        "wczoraj": 9,
        "w niedzielę": 8,
        "08.11.2026": 8,
    },
    "cs": {
        "8. listopadu": 8,
        "8. listopadu 2026": 8,
        "před dvěma dny": 8,
        "minulé úterý": 3,
        "včera": 9,
        "v neděli": 8,
        "8. 11. 2026": 8,
    },
    "sv": {
        "den 8 november": 8,
        "för två dagar sedan": 8,
        "förra tisdagen": 3,
        "i går": 9,
        "i söndags": 8,
        "på söndagen": 8,
    },
    "no": {"8. november": 8, "for to dager siden": 8, "forrige tirsdag": 3, "i går": 9, "søndag": 8},
    "da": {"den 8. november": 8, "for to dage siden": 8, "sidste tirsdag": 3, "i går": 9, "søndag": 8},
    "tr": {
        "8 Kasım": 8,
        "8 Kasım 2026": 8,
        "iki gün önce": 8,
        "geçen salı": 3,
        "dün": 9,
        "pazar günü": 8,
        "08.11.2026": 8,
    },
    "ru": {
        "8 ноября": 8,
        "8 ноября 2026 года": 8,
        "два дня назад": 8,
        "в прошлый вторник": 3,
        "вчера": 9,
        "в воскресенье": 8,
        "накануне": 9,
    },
    "uk": {
        "8 листопада": 8,
        "8 листопада 2026 року": 8,
        "два дні тому": 8,
        "минулого вівторка": 3,
        "учора": 9,
        "у неділю": 8,
        "напередодні": 9,
    },
    "ja": {"8日": 8, "11月8日": 8, "2026年11月8日": 8, "2日前": 8, "昨日": 9, "日曜日": 8, "８日": 8},
    "zh": {"8日": 8, "11月8日": 8, "2026年11月8日": 8, "2天前": 8, "两天前": 8, "昨天": 9, "周日": 8, "星期天": 8},
    "ko": {"8일": 8, "11월 8일": 8, "2026년 11월 8일": 8, "2일 전": 8, "어제": 9, "일요일": 8, "지난 화요일": 3},
}


@pytest.mark.parametrize("code", DAYS)
def test_the_days_of_a_language_are_read(code: str) -> None:
    pack = languages.pack_for(code)
    assert pack
    published = Dated(value="2026-11-10", precision=Precision.DAY, printed="")
    for printed, day in DAYS[code].items():
        text = f"x {printed} y" if pack.spaces else f"が{printed}、"
        reading = chunk_text(text, pack, [])
        said, _ = find_day(reading, len(reading.codes) - 2, published)
        assert said.value == f"2026-11-{day:02}", printed


@pytest.mark.parametrize("folder", [FOLDER / "sealed", FOLDER / "sealed" / "kinds"], ids=["packs", "kinds"])
def test_the_gold_that_was_kept_away_is_what_was_sealed(folder: Path) -> None:
    """Its files have the digests that were committed before the packs and the finder were changed."""
    lines = (folder / "sha256").read_text(encoding="utf-8").splitlines()
    sealed = {name: digest for digest, name in (line.split() for line in lines)}
    assert sealed == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("*.txt"))}


def test_the_source_is_not_the_only_person_whom_the_text_names() -> None:
    text = "The port\nAda Marlow, the mayor, is silent. “The ferry is sold,” the source said."
    (said,) = find_quotes(article_of(text, language="en"))
    assert (said.speaker.name, said.speaker.printed) == (None, "the source")


def test_no_surname_is_made_up_where_its_case_may_have_dropped_a_vowel() -> None:
    text = "Порт\nНа думку голови Ігоря Шевця, рішення «єдино можливе»."
    (said,) = (quote for quote in find_quotes(article_of(text, language="uk")) if quote.text == "єдино можливе")
    assert said.speaker.name != "Ігор Шевць"


def test_the_name_behind_a_body_s_noun_is_not_its_spokeswoman_s() -> None:
    text = 'Færgen\n"Vi kommenterer ikke rygter," siger en talskvinde for rederiet Bælttrafik.'
    (said,) = find_quotes(article_of(text, language="da"))
    assert said.speaker.name is None
