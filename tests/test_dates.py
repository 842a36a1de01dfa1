"""The day words were said, where the reporting sentence names one or the scene has one."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from archiver.records import Basis, Precision, SaidOn
from tests.gold import article_of

PUBLISHED = "2026-11-10"  # a Tuesday


def said(text: str, language: str = "en", published: str | None = PUBLISHED) -> SaidOn:
    return find_quotes(article_of("A headline\n" + text, language=language, published=published))[0].said_on


CASES = {
    "weekday": ("en", "“We won,” Ada Marlow said on Monday.", "2026-11-09", Basis.RELATIVE),
    "the day of publication": ("en", "“We won,” Ada Marlow said on Tuesday.", "2026-11-10", Basis.RELATIVE),
    "last week's": ("en", "“We won,” Ada Marlow said last Tuesday.", "2026-11-03", Basis.RELATIVE),
    "yesterday": ("en", "“We won,” Ada Marlow said yesterday.", "2026-11-09", Basis.RELATIVE),
    "days ago": ("en", "“We won,” Ada Marlow said three days ago.", "2026-11-07", Basis.RELATIVE),
    "month and day": ("en", "“We won,” Ada Marlow said on Nov. 3.", "2026-11-03", Basis.STATED),
    "last year's": ("en", "“We won,” Ada Marlow said on December 30.", "2025-12-30", Basis.STATED),
    "with a year": ("en", "“We won,” Ada Marlow said on 3 May 2019.", "2019-05-03", Basis.STATED),
    "at the front": ("en", "On Monday, Ada Marlow said: “We won.”", "2026-11-09", Basis.RELATIVE),
    "German weekday": ("de", "„Wir kommen“, sagte Adele Marlow am Montag.", "2026-11-09", Basis.RELATIVE),
    "German date": ("de", "„Wir kommen“, sagte Adele Marlow am 3. November.", "2026-11-03", Basis.STATED),
    "French": ("fr", "« Oui », a déclaré Adèle Marlot lundi.", "2026-11-09", Basis.RELATIVE),
    "Spanish": ("es", "«Sí», dijo Ana Ruiz el 3 de noviembre.", "2026-11-03", Basis.STATED),
}


@pytest.mark.parametrize(("language", "text", "day", "basis"), CASES.values(), ids=CASES)
def test_the_day(language: str, text: str, day: str, basis: Basis) -> None:
    found = said(text, language)
    assert (found.value, found.basis, found.precision) == (day, basis, Precision.DAY)


NONE = {
    "no day": "“We won,” Ada Marlow said.",
    "only inside the marks": "“We won on Monday,” Ada Marlow said.",
    "a clause of its own": "“We won,” said Ada Marlow, who was elected on Monday.",
    "another sentence about something else": "The bridge burned on Monday. “We won,” Ada Marlow said.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_day_is_guessed(text: str) -> None:
    assert said(text).value is None


def test_without_a_publication_day_a_weekday_is_no_day() -> None:
    assert said("“We won,” Ada Marlow said on Monday.", published=None).value is None


def test_the_preposition_is_printed_with_the_day() -> None:
    assert said("“We won,” Ada Marlow said on Monday.").printed == "on Monday"


@pytest.mark.parametrize(("language", "text", "value"), [
    ("en", "Ada Marlow, the mayor, came to Wells on Monday. “It is done,” she said.", "2026-11-09"),
    ("en", "Ada Marlow, the mayor, came to Wells on Monday. “It is done,” she says.", None),
    ("en", "Ada Marlow, the mayor, came to Wells last Monday. “It is done,” she said.", None),
    ("en", "The bridge burned on Monday. “It was old,” said Ada Marlow.", None),
    ("en", "Ada Marlow came to Wells on Monday.\n“It is done,” Marlow said.", "2026-11-09"),
    ("en", "“We won,” Ada Marlow said on Monday.\nBo Hale disagreed. “They lost,” Hale said.", None),
    ("en", "“We won,” Ada Marlow said on Monday. “We are glad.”", "2026-11-09"),
    ("en", "“We won,” Ada Marlow said on Monday.\n“We are glad,” Marlow says.", None),
    ("ko", "류소영 변호사는 9일 라디오에 출연했다. 류 변호사는 “염소를 부르겠습니다”라고 말했다.", "2026-11-09"),
    ("de", "Bürgermeisterin Ada Marlow kam am Montag nach Wels. „Es ist getan“, sagte sie.", "2026-11-09"),
    ("es", "La alcaldesa Ana Ruiz suspendió el lunes los encierros. «No me arrepiento», dijo.", "2026-11-09"),
    ("ru", "Депутат Константин Уваров приехал в понедельник. «Договор подписан», — заявил он.", "2026-11-09"),
])  # fmt: skip
def test_words_have_the_day_of_the_scene_that_their_speaker_is_in(language: str, text: str, value: str | None) -> None:
    found = find_quotes(article_of("A headline\n" + text, language=language, published=PUBLISHED))
    assert found[-1].said_on.value == value
