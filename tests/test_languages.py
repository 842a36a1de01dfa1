"""Language packs: each file loads, says what it must, and one file is enough for a new language."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver import languages, quotes
from archiver.errors import LanguageError
from tests.gold import FOLDER, article_of, figures

TOY = """
code = "xx"
[cues]
say = "bla"
inverted = true
[pronouns]
feminine = "zi"
[words]
determiners = "lo"
[names]
feminine = "ada"
[dates]
weekdays = ["uno", "duo", "tri", "kvar", "kvin", "ses", "sep"]
"""
TOY_GOLD = """published: 2026-11-10
lo kapo
“Mi venis,”{Ada Marlow @2026-11-09} bla Ada Marlow uno. “Vi iris,”{Ada Marlow} bla zi.
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
def test_every_pack_has_gold(code: str) -> None:
    assert (FOLDER / f"{code}.txt").is_file()


@pytest.mark.parametrize(("tag", "code"), [("de-AT", "de"), ("EN", "en"), ("fr_CA", "fr")])
def test_a_tag_leads_to_its_pack(tag: str, code: str) -> None:
    pack = languages.pack_for(tag)
    assert pack and pack.code == code


@pytest.mark.parametrize("tag", [None, "", "xx", "../en", "x.y"])
def test_no_pack_is_none(tag: str | None) -> None:
    assert languages.pack_for(tag) is None


MISTAKES = {
    "no code": 'name = "Toy"',
    "unknown section": 'code = "xx"\n[verbs]\nsay = "bla"',
    "unknown key": 'code = "xx"\n[cues]\nsays = "bla"',
    "not TOML": "code =",
    "a list for words": 'code = "xx"\n[cues]\nsay = ["bla"]',
}


@pytest.mark.parametrize("text", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_the_file(text: str, tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageError, match="xx.toml"):
        languages.load(file)


def test_one_pack_and_one_gold_file_suffice_for_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx.toml").write_text(TOY, encoding="utf-8")
    (tmp_path / "xx.txt").write_text(TOY_GOLD, encoding="utf-8")
    pack = languages.load(tmp_path / "xx.toml")
    monkeypatch.setattr(quotes, "pack_for", lambda _language: pack)
    shares, wrong = figures(tmp_path / "xx.txt", "xx")
    assert wrong == []
    assert shares["speaker"] == shares["day"] == 1.0


def test_article_of_is_what_quotes_read() -> None:
    assert article_of("a", language="en").text == "a"
