"""What makes somebody else than the chosen one likely, told by the sentence: how sure a name can be at most."""

from __future__ import annotations

import re
from bisect import bisect_left

from archiver.languages import CONJUNCTION, DETERMINER, ROLE
from archiver.quotes.caseless import begins_with_family_name
from archiver.quotes.coreference import Coreference
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.speakers import Choice

LIKELY = 0.85  # how sure a name can be that may be somebody else's, at most
UNLIKELY = 0.5  # below what names somebody
_LONG = 4  # words of a name, at least, that may have a place before it where cases tell the parts of a sentence
# Behind marks a comma or «and», then a noun right before the next marks, or a name with at most its role before it.
_OTHER_SUBJECT = re.compile(
    f"(?:,{CONJUNCTION}?|{CONJUNCTION})(?:{WORD}$|[{ROLE}{DETERMINER}{WORD}{NOUN_PHRASE}]{{0,3}}{NAME})"
)


def at_most(chunks: Chunks, people: Coreference, choice: Choice, at: int) -> float:
    """How sure the name of whom `choice` means can be at most, for the quotation that is chunk `at`."""
    if choice.person < 0:
        return 1.0
    if _has_subject_of_its_own(chunks, choice, at):
        return UNLIKELY
    other = _is_in_another_clause(chunks, choice, at)
    return LIKELY if other or _is_odd(chunks, people.persons[choice.person].name) else 1.0


def _has_subject_of_its_own(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«…, says Holm. The girl recalls: “…”»: no subject is left out there, so it stands before the colon."""
    codes = chunks.codes
    if chunks.pack.dropped or chunks.pack.case == "none" or codes[at - 1 : at] != ":":
        return False
    first = max(codes.rfind(end, 0, at) for end in SENTENCE_END + "\n" + QUOTE) + 1
    if not choice.again and chunks.mentions[choice.place].chunk >= first:
        return False
    words = codes[first : at - 1]
    return len(words) > 1 and all(chunks.mention_at[chunk] < 0 for chunk in range(first, at))


def _is_in_another_clause(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«X calls it “a gift”, while the critic Y finds it “too long”»: somebody else stands behind the first marks."""
    place = bisect_left(chunks.quote_at, at)
    before = chunks.quote_at[place - 1] if place else -1
    if before < 0 or chunks.sentence_of[before] != chunks.sentence_of[at]:
        return False
    if not choice.again and chunks.mentions[choice.place].chunk > before:
        return False
    return _OTHER_SUBJECT.match(chunks.codes, before + 1, at) is not None


def _is_odd(chunks: Chunks, name: str) -> bool:
    """Whether a name may hold other words: without case and particles one that no family name
    begins, in cases a very long one.
    """
    pack = chunks.pack
    if pack.case == "none":
        return not pack.subject and not begins_with_family_name(name, pack)  # no particle shows where a name ends
    return bool(pack.nominatives) and len(name.split()) >= _LONG
