"""Interviews printed without marks: the paragraphs under questions are the words of whoever is interviewed."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from archiver.records import Quote
from tests.gold import article_of

TALKS = {
    "questions alone": (
        "en",
        "The smith\n\nPetra Marsh shows her railings.\n\nYour grandfather was a smith, wasn’t he?\n\n"
        "Yes, and I went in trousers.\n\nWhat did you make first?\n\nA hanger. I have it still.\n\n"
        "Are you afraid of fire?\n\nI am afraid of the gas bill.",
        ["Yes, and I went in trousers.", "A hanger. I have it still.", "I am afraid of the gas bill."],
        "Petra Marsh",
    ),
    "bold questions, subjects left out": (
        "hr",
        "Kovačica\n\nPetra Marušić izlaže ograde.\n\n**Vaš je djed bio kovač?**\n\nJest.\n\n**Što ste iskovali?**\n\n"
        "Vješalicu.\n\n**Bojite li se vatre?**\n\nBojim se računa.",
        ["Jest.", "Vješalicu.", "Bojim se računa."],
        "Petra Marušić",
    ),
    "a remark among bold questions": (
        "cs",
        "Hrobník\n\nKamil Benda má v listopadu nejvíc práce.\n\n**Co se lidé ptají?**\n\nJestli nemám zimu.\n\n"
        "**Prý se ničeho nebojíte.**\n\nBojím se účetní.\n\n**Co si dáte na kámen?**\n\nNic. Ať si mě někdo najde.",
        ["Jestli nemám zimu.", "Bojím se účetní.", "Nic. Ať si mě někdo najde."],
        "Kamil Benda",
    ),
    "called an interview, an answer of two paragraphs": (
        "de",
        "Nach Maduns Sturz: Interview mit einem Kenner\n\nWir haben mit Milo Dahn gesprochen.\n\nWie ist die Lage?\n\n"
        "Die Stadt ist leer.\n\nWir warten.\n\nWas sagt Nico Madun?\n\nNichts.\n\n"
        "Und die Leute?\n\nDie warten.",
        ["Die Stadt ist leer.", "Wir warten.", "Nichts.", "Die warten."],
        "Milo Dahn",
    ),
}


def quotes(text: str, language: str) -> tuple[Quote, ...]:
    return find_quotes(article_of(text, language=language, published="2026-10-20"))


@pytest.mark.parametrize(("language", "text", "words", "name"), TALKS.values(), ids=TALKS)
def test_answers_without_marks_are_found(language: str, text: str, words: list[str], name: str) -> None:
    found = quotes(text, language)
    assert [quote.text for quote in found] == words
    assert {quote.speaker.name for quote in found} == {name}
    assert {quote.trail[0].rule for quote in found} == {"answer-of-an-interview"}


def test_answers_in_marks_are_quotations_also_under_bold_questions_with_marks_of_their_own() -> None:
    text = (
        "Head after the ban\n\nIngrid Lund has locked up 900 telephones. We called her.\n\n"
        "**How was the first week?**\n\n“They look up again.”\n\n**Did you call them “zombies”?**\n\n“No, I did not.”"
    )
    found = {quote.text: quote.speaker.name for quote in quotes(text, "en")}
    assert found["They look up again."] == found["No, I did not."] == "Ingrid Lund"


TURNS = {
    "Chinese labels": (
        "zh",
        "鸟司令\n\n慕容静赶了十一年鸟。\n\n记者：最难赶的是什么鸟？\n\n慕容静：家燕。\n\n"
        "记者：下班后做什么？\n\n慕容静：开电视。",
        ["家燕。", "开电视。"],
        "慕容静",
    ),
    "Korean labels, questions without their sign": (
        "ko",
        "등대\n\n남도현씨를 만났다.\n\n기자: 왜 등대인가.\n\n남도현: 조용해서요.\n\n"
        "기자: 외롭지 않나.\n\n남도현: 고양이가 있어요.",
        ["조용해서요.", "고양이가 있어요."],
        "남도현",
    ),
    "a dash before each question": (
        "ko",
        "심판 30년. 간지혁(67)씨를 만났다.\n\n-가장 기억나는 판정은.\n\n“사위에게 준 퇴장입니다.”\n\n"
        "-항의를 받으면.\n\n“만보기를 봅니다.”",
        ["사위에게 준 퇴장입니다.", "만보기를 봅니다."],
        "간지혁",
    ),
    "a dash right below the headline": (
        "ja",
        "＜ひと＞　柚木真帆さん（34）　灯台の作曲家\n\n――なぜ灯台なのですか。\n\n「家賃が要らないからです」\n\n"
        "――寂しくありませんか。\n\n「猫がいます」",
        ["家賃が要らないからです", "猫がいます"],
        "柚木真帆",
    ),
}


@pytest.mark.parametrize(("language", "text", "words", "name"), TURNS.values(), ids=TURNS)
def test_who_is_interviewed_answers_where_the_questions_have_labels_or_dashes(
    language: str, text: str, words: list[str], name: str
) -> None:
    assert [quote.text for quote in quotes(text, language) if quote.speaker.name == name] == words


NO_TALKS = {
    "an explanation under headings that ask": (
        "Who pays for the dam?\n\nThe county pays for it.\n\nWhen will it open?\n\nIn May, if the weather holds.\n\n"
        "Can tourists visit?\n\nYes, on Sundays."
    ),
    "an explanation with somebody's words": (
        "Who pays for the dam?\n\nWe all do. “I do too,” said Ann Holm, the mayor.\n\nWhen will it open?\n\n"
        "In May, we hear.\n\nCan we visit?\n\nYes, on Sundays, we are told."
    ),
    "an explanation of a paper that spoke with somebody": (
        "In talks the mayor was calm, as an interview showed.\n\nWhat happened in May?\n\nThe wall broke.\n\n"
        "When will it open?\n\nIn June.\n\nCan tourists visit?\n\nYes, on Sundays."
    ),
    "an explanation with words from a book": (
        "How did they get there?\n\nAnn was 12. She wrote in her book: “I was 12 and wept.”\n\nWhere did she live?\n\n"
        "She recalled saying: “I live here.”\n\nWhen did she leave?\n\nIn May. “I left in May,” she wrote."
    ),
    "two questions": "Who pays for the dam?\n\nI do.\n\nWhen will it open?\n\nI wish I knew.",
}


@pytest.mark.parametrize("text", NO_TALKS.values(), ids=NO_TALKS)
def test_what_a_reporter_explains_is_nobodys_answer(text: str) -> None:
    found = quotes(f"The new dam\n\nAnn Holm is the mayor.\n\n{text}", "en")
    assert "answer-of-an-interview" not in {quote.trail[0].rule for quote in found}
