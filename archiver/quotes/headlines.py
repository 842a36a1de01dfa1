"""Whose a headline is that is a quotation alone: «“I do not cook for stars” ¶ Ruth Hellinger, 71, closes her inn.»

It is that of whom the text introduces in its first sentence, where that names one human being alone, who speaks below.
"""

from __future__ import annotations

import re

from archiver.languages import DETERMINER, ROLE
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.ruled_out import Identities

_ALONE = re.compile(rf"(?:[{DETERMINER}{ROLE}{WORD}]{{0,2}}[{NOUN_PHRASE}{WORD}]:)?{QUOTE}[!{SENTENCE_END}]?")
_WORDS = 3  # of a headline that somebody says, at least
_SIGNS = 6  # of one without blanks


def introduced(chunks: Chunks, people: Identities, quote: int, speaking: set[int]) -> int:
    """The mention of whom the first sentence introduces under a headline that is the words in marks; -1 if nobody.

    `speaking` are the persons who speak below.
    """
    mark, codes = chunks.marked[quote], chunks.codes
    words = chunks.text[mark.start : mark.end]
    said = len(words.split()) >= _WORDS if chunks.pack.spaces else len(words) >= _SIGNS
    if not said or _ALONE.fullmatch(codes, 0, chunks.line_end[0]) is None:
        return -1
    first = chunks.line_end[0] + 1
    end = codes.find(SENTENCE_END, first)
    if end < 0 or QUOTE in codes[first:end] or "\n" in codes[first:end]:
        return -1
    places = [chunks.mention_at[at] for at in range(first, end) if codes[at] == NAME]
    human = {who: place for place in reversed(places) if (who := _human(people, place)) >= 0}
    person = next(iter(human)) if len(human) == 1 else -1
    known = person >= 0 and (person in speaking or person == people.alone())
    return human[person] if known else -1


def _human(people: Identities, place: int) -> int:
    """The person behind a name in full that something shows to be a human being's; else -1."""
    found = people.who(place)
    person = found[0][0] if found else -1
    told = people.person_evidence(person) if person >= 0 else "b"
    return person if "b" not in told and people.is_in_full(person) and set(told) & set("grnsw") else -1
