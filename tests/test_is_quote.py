"""Words somebody said are distinguished from titles, terms and other words in marks."""

from __future__ import annotations

import pytest

from archiver.languages import pack_for
from archiver.quotes.features import context_of
from archiver.quotes.is_quote import quote_features
from archiver.quotes.marks import find_marks
from archiver.quotes.mentions import chunk_text
from archiver.quotes.works import is_title_of_work


def features_of(text: str, likely: list[float], language: str = "en") -> set[str]:
    pack = pack_for(language)
    assert pack
    chunks = chunk_text(text, pack, find_marks(text, pack))
    return set(quote_features(chunks, context_of(chunks, 0), likely))


def titled(text: str, language: str) -> bool:
    pack = pack_for(language)
    assert pack
    chunks = chunk_text(text, pack, find_marks(text, pack))
    return is_title_of_work(chunks, context_of(chunks, 0))


WORKS = {
    "a noun for a work before": ("en", "She wrote the novel “The Salt Road” in May.", True),
    "somebody speaks beside it": ("en", "The novel “is a gift,” she said.", False),
    "no such noun": ("en", "She called it “a gift” in May.", False),
    "a noun for a work behind, where verbs close": ("tr", "“Tuz Yolu” romanı çıktı.", True),
    "written onto the noun": ("ja", "映画「塩の道」を見た。", True),
    "book marks in a sentence": ("ja", "佐野は『塩の道』で知られる。", True),
    "book marks around speech": ("ja", "佐野は『遅い』と述べた。", False),
    "capitals throughout": ("en", "The hall had “Salt Road” twice.", True),
    "capitals throughout, and somebody says so": ("en", "It was “Salt Road” twice, Holt said.", False),
    "capitals and a verb": ("en", "The hall was “He Lost” twice.", False),
    "a work earlier in the sentence": ("en", "The film by Signe Holt “On salt” opens.", True),
    "a noun that is a verb elsewhere": ("en", "He went by the name “Rusty.”", True),
    "a talk that is called so": ("en", "A talk called “Why boats sink” opened it.", True),
    "a talk that somebody calls so": ("en", "A talk called “a mess” by Holt opened it.", False),
    "a work before, small words": ("en", "The film by Signe Holt was “on salt” then.", False),
}


@pytest.mark.parametrize(("language", "text", "expected"), WORKS.values(), ids=WORKS)
def test_titles_of_works(language: str, text: str, *, expected: bool) -> None:
    assert titled(text, language) is expected


def test_the_second_of_two_titles_is_one_too() -> None:
    pack = pack_for("en")
    assert pack
    text = "You remember such films as “Mothlight” and “Dig Your Own Well”."
    chunks = chunk_text(text, pack, find_marks(text, pack))
    context = context_of(chunks, 1)
    assert (is_title_of_work(chunks, context, "-"), is_title_of_work(chunks, context, "+")) == (True, False)


def test_capitals_make_a_title_and_the_first_person_speech() -> None:
    assert "title" in features_of("It is called “The Salt Road” here.", [1.0])
    assert "title" not in features_of("She said “the salt road” here.", [1.0])
    assert "speaks" in features_of("“I have won,” she said.", [0.1, 0.9])


def test_a_verb_of_saying_in_the_sentence_counts() -> None:
    assert "verb" in features_of("She said it was “a gift” then.", [0.5, 0.5])
    assert "verb" not in features_of("It was “a gift” then.", [0.5, 0.5])


def test_whether_a_speaker_is_near_counts() -> None:
    assert "none" in features_of("It was “a gift” then.", [0.9, 0.1])
    assert "cand" in features_of("She said it was “a gift” then.", [0.1, 0.9])
