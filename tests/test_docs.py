"""The README says what the program does: every verb, setting, exit code and route, and examples that were executed."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from api.cli import VERBS
from api.run import EXIT_CODES
from archiver.archive import Archive
from archiver.config import SETTINGS
from tests.examples import README, api_examples, part, settings_table

TEXT = README.read_text(encoding="utf-8")
CHANGING = (
    (r"\b[sqj][a-z2-7]{20}\b", "ID"),
    (r"urn:uuid:[0-9a-f-]{36}", "UUID"),
    (r"sha-256=:[^:]*:", "DIGEST"),
    (r"(sha256:)?\b[0-9a-f]{64}\b", "DIGEST"),
    (r"/[0-9a-f]{16}\b", "/DIGEST"),
    (r"onrecord-\d{8}T\d{6}Z-[0-9a-f]+-\d+", "WARC"),
    (r"202\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "TIME"),
    (r"\b20\d{12}\b", "TIME"),
    (r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT", "TIME"),
    (r"localhost:\d+", "localhost:PORT"),
    (r'"rule": "[^"]*"', '"rule": ""'),
    (r"\d+(\.\d+)?", "N"),
)


def steady(text: str) -> str:
    """The text without what differs from run to run."""
    for pattern, name in CHANGING:
        text = re.sub(pattern, name, text)
    return text


def test_the_examples_are_what_the_program_answers(sample: Archive) -> None:
    shown, made = steady(part("api")).splitlines(), steady(api_examples(sample)).splitlines()
    assert shown == made, "run: make docs"


def test_the_settings_are_listed_as_they_are() -> None:
    assert part("settings") == settings_table(), "run: make docs"
    assert all(setting.variable in TEXT for setting in SETTINGS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_its_row(verb: str) -> None:
    assert re.search(rf"^\| `{verb}[` ]", TEXT, re.MULTILINE)


@pytest.mark.parametrize("code", sorted({*EXIT_CODES.values(), 0, 6, 7, 130}))
def test_every_exit_code_is_told(code: int) -> None:
    told = TEXT[TEXT.index("Exit codes:") :].partition("\n\n")[0]
    assert re.search(rf"(: |· ){code} [a-z`]", told)


def test_every_route_is_told(app: Flask) -> None:
    routes = {re.split(r"<", rule.rule)[0] for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    missing = [route for route in sorted(routes) if route not in TEXT]
    assert not missing


def test_the_readme_names_no_file_that_is_not_there() -> None:
    for name in re.findall(r"`((?:tests|archiver|api|mappings)/[\w/.-]+)`", TEXT):
        assert (README.parent / name).exists(), name
