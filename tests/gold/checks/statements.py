"""Pairs of quotes: made by rule from the sample site, and written by hand; whether each is one statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from archiver.records import Entry, Quote, Speaker
from tests.gold.checks import LANGUAGES, entries, retyped

BY_HAND = (
    (True, "We will not sell the harbour.", "We will not sell the harbour"),
    (True, "We will not sell the harbour", "We will not sell the harbour, not this year."),
    (True, "not sell the harbour", "We will not sell the harbour, not this year."),
    (True, "I'm not going to sell the old harbour to anyone", "I am not going to sell the old harbour to anyone"),
    (
        True,
        "The committee has seen the letter, and the answer is on its way to them",
        "The committee has seen the letter and the answer is on its way",
    ),
    (
        False,
        "We will not sell the harbour, not this year.",
        "We will sell the harbour, not this year.",
    ),
    (False, "We will close twelve wards before the winter comes", "We will close twenty wards before the winter comes"),
    (
        False,
        "I spoke to Marlow about the letter today",
        "I spoke to Calloway about the letter today",
    ),
    (False, "it was not", "We will say when it was not too late for anybody to come."),
    (False, "The ferry is late.", "The ferry is full of people who have not paid."),
    (
        False,
        "We have to talk about the money and the people it was meant for",
        "We have to talk about the roads and the towns they lead to",
    ),
)


def statement_pairs() -> list[tuple[bool, Quote, Quote, str]]:
    """Whether it is one statement, the two quotes, their language."""
    found = [(wanted, _spoken(one), _spoken(other), "en") for wanted, one, other in BY_HAND]
    return [*found, *_by_rule()]


def _spoken(text: str) -> Quote:
    return replace(entries()[0].quote, text=text, speaker=Speaker(name="Ada Marlow", confidence=0.95))


def _by_rule() -> Iterator[tuple[bool, Quote, Quote, str]]:
    named = [each for each in entries() if each.quote.speaker.name and each.language in LANGUAGES]
    for entry in named:
        words = entry.quote.text.split()
        if len(words) < 6:
            continue
        yield True, entry.quote, replace(entry.quote, text=retyped(entry.quote.text)), entry.language or ""
        yield True, entry.quote, replace(entry.quote, text=" ".join(words[1:6])), entry.language or ""
        stranger = replace(entry.quote, speaker=Speaker(name="Tom Reyes", confidence=0.9))
        yield False, entry.quote, stranger, entry.language or ""
    yield from _strangers(named)


def _strangers(named: list[Entry]) -> Iterator[tuple[bool, Quote, Quote, str]]:
    """Two quotes of one speaker that say different things."""
    for one, other in combinations(named, 2):
        same = one.quote.speaker.name == other.quote.speaker.name and one.language == other.language
        if same and not set(one.quote.text.lower().split()) >= set(other.quote.text.lower().split()):
            equal = {one.quote.text.rstrip(",."), other.quote.text.rstrip(",.")}
            inside = any(len(equal) == 1 or text in whole for text in equal for whole in equal if text is not whole)
            yield inside or len(equal) == 1, one.quote, other.quote, one.language or ""
