"""The words of the pages in the languages of the interface, from the files in `api/strings`, one file per room.

A line of `quote.toml` such as `said = { en = "Said", de = "Gesagt" }` is `t("quote.said")` in a template. What is
counted has two forms, `["{n} quote", "{n} quotes"]`, and is chosen by `n`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import g, request

from api.errors import ProblemType, kinds
from archiver.records import ExtractionState, Reason, SnapshotEntry
from archiver.verification.values import STATEMENT

FOLDER = Path(__file__).parent.parent / "strings"
LANGUAGES = {"en": "English", "de": "Deutsch"}
"""The languages of the interface by their own names."""
_LOCALES = {"en": Locale("en", "GB"), "de": Locale("de", "DE")}

Entry = dict[str, str | list[str]]


@cache
def entries() -> dict[str, Entry]:
    """Every string by `file.key`. What the API says too is written there once; the files have the other languages."""
    found: dict[str, Entry] = {key: {"en": text} for key, text in _of_the_api()}
    for path in sorted(FOLDER.glob("*.toml")):
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[f"{path.stem}.{key}"] = {**found.get(f"{path.stem}.{key}", {}), **entry}
    return found


def _of_the_api() -> Iterator[tuple[str, str]]:
    """The English of what pages and API say in the same words."""
    yield "proof.statement", STATEMENT
    for kind in kinds():
        yield f"{problem_key(kind)}_title", kind.title
        yield f"{problem_key(kind)}_meaning", kind.meaning


def problem_key(kind: ProblemType) -> str:
    """What the strings of a problem begin with."""
    return f"problem.{kind.slug.replace('-', '_')}"


def language() -> str:
    """The language of this answer: `lang` of the request, else what `Accept-Language` likes best, else English."""
    if "language" not in g:
        wanted = request.args.get("lang", "").lower()
        liked = (tag.split("-")[0].lower() for tag in request.accept_languages.values())
        g.language = wanted if wanted in LANGUAGES else next((code for code in liked if code in LANGUAGES), "en")
    found: str = g.language
    return found


def citation_locale() -> str:
    """The locale in which references are written for this answer: `en-GB`, `de-DE`."""
    return str(_LOCALES[language()]).replace("_", "-")


def is_chosen() -> bool:
    """Whether the language is one that the reader chose, so that links must keep it."""
    return request.args.get("lang", "").lower() in LANGUAGES


def t(key: str, n: int | None = None, **values: Any) -> str:
    """A string in the language of this answer; with `n` the form for that many, in which `{n}` is the number."""
    entry = entries()[key][language()]
    if isinstance(entry, list):
        entry = entry[0] if n == 1 else entry[1]
    if n is not None:
        values["n"] = number(n)
    return entry.format(**values) if values else entry


def maybe(key: str, otherwise: str) -> str:
    """A string if there is one of this key, for closed lists that grow."""
    return t(key) if key in entries() else otherwise


def reason_of(row: SnapshotEntry) -> str:
    """Why a snapshot has no quotes, or was read only in part."""
    if row.reason == Reason.ERROR and row.state == ExtractionState.FAILED:
        return t("snapshot.fault")
    return maybe(f"snapshot.reason_{row.reason}", (row.reason or "").replace("_", " "))


def number(value: int) -> str:
    """A number with the language's separators."""
    return format_decimal(value, locale=_LOCALES[language()])


def day(value: str | None) -> str:
    """A date as a page stated it, for reading: `10 November 2026`; a month or a year where that is all."""
    parts = (value or "").partition("T")[0].split("-")
    if not parts[0].isdigit() or len(parts[0]) != 4:
        return t("frame.undated")
    year, month, day_of_month = (int(each) for each in (*parts, "1", "1")[:3])
    pattern = {1: "y", 2: "MMMM y"}.get(len(parts), "long")
    return format_date(date(year, month, day_of_month), pattern, locale=_LOCALES[language()])


def short_day(value: str | None) -> str:
    """A date for a line of a list: `10 Nov 2026`, `10.11.2026`."""
    parts = (value or "").partition("T")[0].split("-")
    if len(parts) != 3 or not parts[0].isdigit():
        return day(value)
    return format_date(
        date(*(int(each) for each in parts)), "d MMM y" if language() == "en" else "d.M.y", _LOCALES[language()]
    )


def language_name(code: str | None) -> str:
    """A language by its name: `en` is English; a code that has none is given as it is."""
    try:
        return Locale.parse(code or "", sep="-").get_display_name(_LOCALES[language()]) or code or ""
    except (UnknownLocaleError, ValueError):
        return code or ""


def code_of(name: str) -> str | None:
    """The code of a language that is named or coded in any of our languages; None where it is not known."""
    wanted = name.strip().casefold()
    for locale in _LOCALES.values():
        for code, called in locale.languages.items():
            if wanted in (code.casefold(), called.casefold()):
                return str(code)
    try:
        return str(Locale.parse(wanted, sep="-", resolve_likely_subtags=False)).replace("_", "-")
    except (UnknownLocaleError, ValueError):
        return None


def direction(code: str | None) -> str:
    """`rtl` for languages written from right to left, `ltr` for others, `auto` where it is not known."""
    try:
        return Locale.parse(code or "", sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "auto"
