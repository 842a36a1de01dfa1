"""What pages say about themselves, in many languages: the lists of `phrases.toml`, as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))


@cache
def phrases(group: str, name: str) -> list[str]:
    """One list, in lower case."""
    return [phrase.casefold() for phrase in _lists()[group][name]]


@cache
def begins(group: str, name: str) -> re.Pattern[str]:
    """Matches at the beginning of a line that begins with one of the phrases, as whole words."""
    return re.compile(rf"[\W_]*(?:{_any(group, name)})", re.IGNORECASE)


@cache
def holds(group: str, name: str) -> re.Pattern[str]:
    """Finds one of the phrases, as whole words."""
    return re.compile(_any(group, name), re.IGNORECASE)


def found(group: str, name: str, text: str) -> bool:
    """Whether one of the phrases is in a text; the quick way for long lists and many short texts."""
    lowered = text.casefold().replace("’", "'")
    return any(phrase in lowered for phrase in phrases(group, name)) and bool(holds(group, name).search(text))


@cache
def is_one(group: str, name: str) -> re.Pattern[str]:
    """Matches what says one of the phrases and nothing more."""
    return re.compile(rf"[\W\d_]*(?:{_any(group, name)})[\W\d_]*", re.IGNORECASE)


def _any(group: str, name: str) -> str:
    longest_first = sorted(phrases(group, name), key=len, reverse=True)
    return "|".join(_bounded(phrase) for phrase in longest_first)


def _bounded(phrase: str) -> str:
    """Bounded as a word where its script separates words."""
    pattern = re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
    before = r"(?<![^\W_])" if _separates(phrase[0]) else ""
    return before + pattern + (r"(?![^\W_])" if _separates(phrase[-1]) else "")


def _separates(char: str) -> bool:
    return char.isalnum() and not ("\u0e00" <= char <= "\u0eff" or char > "\u2e7f")


@cache
def words_of(group: str) -> dict[str, frozenset[str]]:
    """Lists of single words by their name."""
    return {
        name: frozenset(word for phrase in given for word in phrase.split()) for name, given in _lists()[group].items()
    }
