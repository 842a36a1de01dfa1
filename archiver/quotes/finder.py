"""The finder: the steps in their order."""

from __future__ import annotations

import gc
from dataclasses import replace

from archiver.languages import pack_for
from archiver.quotes.assembly import is_denied, marked_quote, reported_quote
from archiver.quotes.coreference import Coreference
from archiver.quotes.features import context_of
from archiver.quotes.indirect import find_reported
from archiver.quotes.marks import are_too_many, find_marks
from archiver.quotes.mentions import chunk_text
from archiver.quotes.model import NO_PACK, Chunks, Marked
from archiver.quotes.patterns import INTERRUPTION
from archiver.quotes.ranking import WEIGHTS, Weights, of_language
from archiver.quotes.scenes import with_days_of_before
from archiver.quotes.speakers import IS_SAID, Choice, Speakers
from archiver.records import NOBODY, Article, Polarity, Quote


def find_quotes(article: Article, weights: Weights = WEIGHTS, *, indirect: bool = False) -> tuple[Quote, ...]:
    """Every quote of an article in order of the text, without ids; of at most `MAX_QUOTES` stretches in marks.

    With `indirect` reported speech without marks as well. In a language without a pack the marks are found and nobody
    is named. Other `weights` are for training alone.
    """
    collecting = gc.isenabled()
    gc.disable()  # what is made here is freed without; looking for circles in it takes a twelfth of the time, and grows
    try:
        return _found(article, weights, indirect=indirect)
    finally:
        if collecting:
            gc.enable()


def _found(article: Article, weights: Weights, *, indirect: bool) -> tuple[Quote, ...]:
    """The same, step by step."""
    pack = pack_for(article.language) or NO_PACK
    weights = of_language(weights, pack.code)
    chunks = chunk_text(article.text, pack, find_marks(article.text, pack))
    people = Coreference(chunks, weights)
    choices = Speakers(chunks, people, weights).all() if pack.code else _unnamed(chunks)
    choices = [_spoken_of(chunks, people, place, choice) for place, choice in enumerate(choices)]
    groups = _groups(chunks, choices)
    found = [marked_quote(article, chunks, people, group, _surest(chunks, choices, group)) for group in groups]
    found = with_days_of_before(article.text, _denied_in_text(article.text, found))
    if indirect:
        found += [reported_quote(article, chunks, people, reported) for reported in find_reported(chunks)]
        found.sort(key=lambda quote: quote.spans[0].start)
    return tuple(found)


def _spoken_of(chunks: Chunks, people: Coreference, place: int, choice: Choice) -> Choice:
    """Words too that the model takes for nobody's, where the article denies that they were said."""
    unsaid = choice.spoken < IS_SAID and chunks.pack.code and is_denied(chunks, people, place, choice)
    return choice._replace(spoken=IS_SAID) if unsaid else choice


def _denied_in_text(text: str, found: list[Quote]) -> list[Quote]:
    """Nobody has said words of the headline of which the text says that they were not."""
    headline = text.find("\n")
    denied = {
        quote.text: quote for quote in found if quote.polarity is Polarity.DENIED and quote.spans[0].start > headline
    }
    return [
        replace(
            quote, polarity=Polarity.DENIED, speaker=NOBODY, speakers=(), ascribed_to=denied[quote.text].ascribed_to
        )
        if quote.text in denied and quote.spans[0].start < headline and quote.polarity is Polarity.ASSERTED
        else quote
        for quote in found
    ]


def has_too_many(article: Article) -> bool:
    """Whether the article has more than the `MAX_QUOTES` stretches in marks that are looked at."""
    return are_too_many(article.text, pack_for(article.language) or NO_PACK)


_TITLE_WORDS = 6  # words of a title or name in marks, at most


def _unnamed(chunks: Chunks) -> list[Choice]:
    """Without a pack: nobody's words, and no quote where marks and capitals tell a title or a name."""
    return [Choice(-1, -1, 1.0, False, 0.3 if _looks_like_name(chunks, mark) else 0.7) for mark in chunks.marked]


def _looks_like_name(chunks: Chunks, mark: Marked) -> bool:
    """A few words with a capital in the middle of a sentence, set off by nothing but the marks."""
    text = chunks.text
    words, before = text[mark.start : mark.end], text[max(0, mark.outer_start - 2) : mark.outer_start].rstrip(" \u00a0")
    after = text[mark.outer_end : mark.outer_end + 2].strip()
    few = mark.rule == "pair" and len(words.split()) <= _TITLE_WORDS and words[-1] not in ",.!?…։"
    cased = words[0].upper() != words[0].lower()
    inside = before[-1:].isalnum() or before[-1:] in tuple("),;")
    apart = after[:1] in tuple(",-–—") or after[:1] == ""
    return few and inside and (words[0].isupper() if cased else not apart) and not (apart and len(words.split()) > 2)


def _surest(chunks: Chunks, choices: list[Choice], group: list[int]) -> Choice:
    """Of the pieces of one quotation, the speaker that is surest: told beside any of them, often the last one."""
    return (
        max((context_of(chunks, place).beside != "0", choices[place].confidence, choices[place]) for place in group)[2]
        if len(group) > 1
        else choices[group[0]]
    )


def _groups(chunks: Chunks, choices: list[Choice]) -> list[list[int]]:
    """The marked stretches that are quotes; pieces the reporter interrupts and reopened paragraphs are one."""
    groups: list[list[int]] = []
    for place, choice in enumerate(choices):
        joined = bool(groups) and groups[-1][-1] == place - 1 and _goes_on(chunks, choices, place)
        if joined:
            groups[-1].append(place)
        elif choice.spoken >= IS_SAID:
            groups.append([place])
    return groups


def _goes_on(chunks: Chunks, choices: list[Choice], place: int) -> bool:
    before, here = chunks.marked[place - 1], chunks.marked[place]
    if before.continues and here.rule in ("reopened", "unopened"):
        return True
    one, other = choices[place - 1], choices[place]
    if (one.person, one.place if one.person < 0 else 0) != (other.person, other.place if other.person < 0 else 0):
        return False
    between = chunks.codes[chunks.quote_at[place - 1] + 1 : chunks.quote_at[place]]
    return (
        bool(INTERRUPTION.fullmatch(between))
        and any(c in "STLw" for c in between)
        and chunks.text[before.end - 1] not in ".!?"
    )
