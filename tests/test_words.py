"""Words folded and stemmed once; what a person types read once; what was found marked once, for both indexes."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import BadQuery
from archiver.index.highlights import highlight, highlight_spans
from archiver.index.syntax import MAX_TERMS, MAX_WORDS, parse, read_as
from archiver.index.urls import site_of, url_key
from archiver.index.words import MAX_WORD, fold, folded, searched_words, stem, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Red-Line", ["the", "red", "line"]),
        ("l’accord d'hier", ["l", "accord", "d", "hier"]),
        ("Çağrı Öz", ["cagri", "oz"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("Æsop Łódź Søren", ["aesop", "lodz", "soren"]),
        ("ﬁnal ½", ["final", "1⁄2"]),
        ("co\u00adoperate", ["cooperate"]),
        ("Йод и юг", ["йод", "и", "юг"]),
        ("日本語", ["日本", "本語", "語"]),
        ("フェリー", ["フェ", "ェリ", "リー", "ー"]),
        ("2,3 % (so)", ["2", "3", "so"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert folded(text) == words


@given(st.text())
def test_tokens_stand_in_order_where_they_say(text: str) -> None:
    start = 0
    for token in tokens(text):
        assert start <= token.start < token.end <= len(text)
        assert token.word
        start = token.start


@given(st.text(alphabet=st.characters(max_codepoint=0x20BF)) | st.text(alphabet="aß Æþ½µé²ª_ \xad—“ŁйЖıı", min_size=90))
def test_words_are_the_same_with_their_places_and_without(text: str) -> None:
    assert folded(text) == [token.word for token in tokens(text)]


@given(st.text(alphabet="日本フェ\uff8a\uff9e가\u1100\u1161กำ", min_size=1, max_size=MAX_WORD))
def test_a_run_without_blanks_is_folded_as_a_word_is(run: str) -> None:
    assert "".join(word[0] for word in folded(run)) == fold(run)


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    for word in folded(text):
        assert fold(word) == word
        assert len(word) <= MAX_WORD


@pytest.mark.parametrize(
    ("word", "language", "stemmed"),
    [
        ("said", "en", "said"),
        ("tenders", "en", "tender"),
        ("vertrage", "de", "vertrag"),
        ("tenders", None, "tenders"),
        ("tenders", "xx", "tenders"),
        ("tenders", "en-GB", "tender"),
    ],
)
def test_a_word_is_stemmed_by_its_texts_language(word: str, language: str | None, stemmed: str) -> None:
    assert stem(word, language) == stemmed


def test_one_character_without_blanks_is_a_beginning() -> None:
    assert searched_words("日").open
    assert searched_words("日本語").words == ("日本", "本語")
    assert searched_words("ferry").words == ("ferry",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("climate tax", "climate tax"),
        ('climate "red line" -tax', 'climate "red line" -tax'),
        ("“red line”", '"red line"'),
        ("„rote Linie“", '"rote Linie"'),
        ("« ligne rouge »", '"ligne rouge"'),
        ("ferry | boat", "ferry | boat"),
        ("(ferry | boat) tender", "(ferry | boat) tender"),
        ("ferr*", "ferr*"),
        ("ferri~1", "ferri~1"),
        ("ferri~9", "ferri~2"),
        ('"put tender"~3', '"put tender"~3'),
        ("self-made", '"self made"'),
        ("- ( | ) + *", None),
        ('"', None),
        ("", None),
        ("ferry )", "ferry"),
        ("((((ferry", "ferry"),
        ("ferry -", "ferry"),
        ("ferry AND boat", "ferry AND boat"),
    ],
)
def test_how_a_typed_query_is_read(typed: str, read: str | None) -> None:
    assert read_as(parse(typed)) == read


@given(st.text(alphabet="ab \"“”„«»+-|()*~019:^\\'日é", max_size=80))
def test_nothing_that_is_typed_fails_and_what_was_read_is_read_the_same_again(typed: str) -> None:
    read = read_as(parse(typed))
    if read is not None:
        assert read_as(parse(read)) == read


def test_a_query_of_too_many_words_is_refused_by_the_name_of_its_parameter() -> None:
    for typed in (" ".join(["ferry"] * (MAX_TERMS + 1)), '"' + "ferry " * (MAX_WORDS + 1) + '"'):
        with pytest.raises(BadQuery) as refused:
            parse(typed)
        assert refused.value.parameter == "q"


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("never put to tender", "tender", "never put to <mark>tender</mark>"),
        ("never put to tender", '"put to"', "never <mark>put to</mark> tender"),
        ("the tenders were tendered", "tender", "the <mark>tenders</mark> were <mark>tendered</mark>"),
        ("tender, not ferry", "tender -ferry", "<mark>tender</mark>, not ferry"),
        ("Fähre <b>", "fahre", "<mark>Fähre</mark> &lt;b&gt;"),
        ("a ferrry", "ferry~1", "a <mark>ferrry</mark>"),
        ("begins", "beg*", "<mark>begins</mark>"),
        ("日本語の本", "本", "日<mark>本語</mark>の<mark>本</mark>"),
    ],
)
def test_what_was_found_is_marked(text: str, query: str, marked: str) -> None:
    assert highlight(text, query, "en") == marked


@given(st.text(), st.text(alphabet='ab "*~1-|', max_size=20))
def test_marked_text_is_the_text_and_holds_no_other_tag(text: str, query: str) -> None:
    marked = highlight(text, query, "en")
    assert html.unescape(re.sub("</?mark>", "", marked)) == text
    spans = highlight_spans(text, query, "en")
    assert all(one.end <= other.start for one, other in pairwise(spans))


SAME = [
    "https://harbour.example/2026/ferry",
    "http://harbour.example/2026/ferry",
    "https://www.harbour.example/2026/ferry/",
    "https://harbour.example/2026/ferry#top",
    "https://harbour.example/2026/ferry?utm_source=x&fbclid=y",
    "https://HARBOUR.example:443/2026/./ferry",
    "harbour.example/2026/ferry",
    "//harbour.example/2026/ferry",
    "https://harbour.example/2026/f%65rry",
]


def test_the_usual_disguises_of_a_page_have_one_key() -> None:
    assert {url_key(url) for url in SAME} == {"example,harbour)/2026/ferry"}


@pytest.mark.parametrize(
    "url",
    [
        "https://harbour.example:8443/2026/ferry",
        "https://harbour.example/2026/ferry?id=1",
        "https://news.harbour.example/2026/ferry",
    ],
)
def test_other_pages_have_other_keys(url: str) -> None:
    assert url_key(url) != url_key(SAME[0])


@given(st.text())
def test_nothing_given_as_a_url_fails(text: str) -> None:
    assert isinstance(url_key(text), str)
    assert site_of(text) == site_of(text).lower()


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.harbour.example/x", "harbour.example"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("https://user@harbour.example:8443/", "harbour.example"),
        ("", ""),
    ],
)
def test_the_site_is_the_host_without_www(url: str, site: str) -> None:
    assert site_of(url) == site


@given(st.text(st.one_of(st.characters(), st.sampled_from("a’“ñéйё東ก\u00ad\u0301\u200c")), max_size=40))
def test_the_quick_way_to_the_words_is_the_same_as_the_exact_one(text: str) -> None:
    assert folded(text) == [token.word for token in tokens(text)]
