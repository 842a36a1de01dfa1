"""Every word of the interface is in `api/strings` in English and German, and German pages are German throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Environment

from api.pages import strings
from api.pages.trail import explained, has_words, why
from archiver.archive import Archive
from archiver.quotes.trail import RULES
from archiver.records import Entry, Step
from tests.every_page import every_page
from tests.factories import make_quote

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "api" / "templates").glob("*.html"))
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-copied", "data-told")
"""Attributes whose text a reader sees or hears."""
NAMES = {
    "BibTeX", "RIS", "CSL-JSON", "JSON", "CSV", "schema.org", "Web Annotation", "TimeMap", "Atom", "JSON Feed",
    "openapi.json", "On Record", "UTC",
}  # fmt: skip
"""Names of formats, the same in every language."""
ENGLISH = re.compile(r"\b(the|of|and|is|are|not|by|with|from|this|to|no|has|was not|for|on)\b", re.IGNORECASE)
GERMAN = re.compile(r"\b(so|an|am|in|was|war|die|will|rot|also|hat)\b", re.IGNORECASE)
QUOTED_TAGS = {"title", "bdi", "script", "style", "code", "pre", "mark", "del", "ins"}
QUOTED_CLASSES = {"url", "digest", "cite"}
"""Where a page shows what is not its own: words of articles, addresses, references."""
VOID = {"meta", "link", "input", "br", "img", "hr"}


def test_every_string_has_both_languages_and_every_one_is_used() -> None:
    keys = set()
    for key, entry in strings.entries().items():
        assert set(entry) == set(strings.LANGUAGES), key
        forms = [[form] if isinstance(form, str) else form for form in entry.values()]
        assert len({len(each) for each in forms}) == 1, key
        holes = [{hole for text in each for hole in re.findall(r"{[a-z]+}", text)} for each in forms]
        assert len({frozenset(each) for each in holes}) == 1, key
        assert all(text.strip() for each in forms for text in each), key
        keys.add(key)
    sources = [*TEMPLATES, *ROOT.glob("api/pages/*.py"), *ROOT.glob("api/*.py")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"\b(?:t|count|maybe)\(\s*\"([a-z_]+\.[a-z0-9_]+)\"", written))
    named = {name for name in named if not name.endswith("_")}
    assert named <= keys, f"not in api/strings: {sorted(named - keys)}"
    begun = tuple(
        re.findall(r"\"([a-z_]+\.[a-z0-9_]*)\" (?:~|\+)", written)
        + re.findall(r"f\"([a-z_]+\.(?:[a-z0-9_]+_)?)\{", written)
    )
    used = {key for key in keys if key in written or key.startswith(begun)}
    assert used == keys, f"used nowhere: {sorted(keys - used)}"


def words_outside_strings(path: Path) -> list[str]:
    """What a template says by itself, in its text or in attributes that are read out."""
    literal = "".join(
        value if kind == "data" else "\0"
        for _, kind, value in Environment(autoescape=True).lex(path.read_text(encoding="utf-8"))
        if kind == "data" or kind.endswith("_end")
    )
    literal = re.sub(r"<(script|style|code)\b.*?</\1>", "", literal, flags=re.DOTALL)
    spoken = [text for name in SPOKEN for text in re.findall(rf'\s{name}="([^"]*)"', literal)]
    texts = [*re.split(r"\0", re.sub(r"<[^>]*>", "\0", literal)), *spoken]
    said = {text.strip(" \n\0·,:;()/") for text in texts}
    return sorted(text for text in said if re.search(r"[A-Za-z]{2}", text) and text not in NAMES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_words_of_its_own(path: Path) -> None:
    if path.name == "docs_api.html":
        pytest.skip("the description of the API is English, and marked as English")
    assert words_outside_strings(path) == []


class German(HTMLParser):
    """Collects what a page says in the interface's language: nothing of articles, names, addresses and code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        outer = self.open[-1][1] if self.open else "de"
        language = given.get("lang") or ("" if given.get("dir") == "auto" and "lang" not in given else outer)
        if tag in QUOTED_TAGS or set((given.get("class") or "").split()) & QUOTED_CLASSES:
            language = ""
        if language == "de":
            self.said += [value for name in SPOKEN if (value := given.get(name))]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][1] == "de" and data.strip():
            self.said.append(re.sub(r"\s+", " ", data.strip()))

    @property
    def own(self) -> list[str]:
        """What is said without what it quotes: words in German marks, and our name."""
        return [re.sub(r"„[^“]*“|On Record", "…", text) for text in self.said]


def english_strings() -> Iterator[re.Pattern[str]]:
    """Every English string that has another text in German, as a pattern of what it becomes on a page."""
    german = {text for entry in strings.entries().values() for text in texts_of(entry["de"])}
    for entry in strings.entries().values():
        for text in texts_of(entry["en"]):
            if text not in german and re.search(r"[A-Za-z]{3}", text):
                yield re.compile(re.sub(r"\\{[a-z]+\\}", ".*", re.escape(text)))


def texts_of(form: str | list[str]) -> list[str]:
    return [form] if isinstance(form, str) else form


def test_no_german_page_shows_a_word_of_english(client: FlaskClient, sample: Archive, marlow: Entry) -> None:
    english, found = list(english_strings()), []
    assert len(english) > 300
    for path in every_page(sample, marlow):
        headers = {"Accept": "text/html", "Accept-Language": "de"}
        answer = client.get(path, headers=headers)
        assert answer.mimetype == "text/html", path
        page = answer.get_data(as_text=True)
        assert '<html lang="de"' in page, path
        for text in German(page).own:
            foreign = ENGLISH.search(text) and not GERMAN.search(text)
            if foreign or any(pattern.fullmatch(text) for pattern in english):
                found.append((path, text))
    assert not found, "\n".join(map(str, sorted(set(found))))


def test_a_german_page_is_told_from_an_english_one(client: FlaskClient) -> None:
    english = German(client.get("/", headers={"Accept-Language": "en"}).get_data(as_text=True).replace('lang="en"', ""))
    assert [text for text in english.said if any(pattern.fullmatch(text) for pattern in english_strings())]


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_a_trail_has_words_in_both_languages(app: Flask, name: str) -> None:
    said: dict[str, list[str]] = {}
    for language in strings.LANGUAGES:
        with app.test_request_context(f"/?lang={language}"):
            steps = [Step(step=name, rule=rule, printed="…") for rule in RULES[name]]
            assert not [step.rule for step in steps if not has_words(step)]
            said[language] = [explained(step) for step in steps]
    assert not set(said["en"]) & set(said["de"])


def test_a_rule_without_words_of_its_own_is_named_as_it_is(app: Flask) -> None:
    step = Step(step="speakers", rule="brand-new-rule", printed="she")
    with app.test_request_context("/"):
        assert explained(step) == "“she”, by the rule “brand new rule”"
        assert why(make_quote(trail=(step,))) == [("Who is meant", explained(step), "brand-new-rule")]
