"""Whether the sentence behind a quotation takes it back: «X never said that», «X本人予以否认», «It was invented»."""

from __future__ import annotations

from archiver.languages import CALL, NOUN_CUE, SAY, TELL
from archiver.quotes.coreference import Coreference
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, Chunks
from archiver.quotes.patterns import WORDS
from archiver.quotes.trail import PolarityRule, step
from archiver.records import Polarity, Span, Step

_LONGEST = 16  # chunks of the sentence that takes words back, at most
_NEAR = 4  # words between a negation, its verb and the word for what was said
_OPENS = 3  # words of a sentence among which its subject, a noun for words, is
_VERBS = (SAY, TELL, CALL)

Word = tuple[str, int, int]


def taken_back(chunks: Chunks, people: Coreference, at: int, person: int) -> tuple[Polarity, Step | None]:
    """What the sentence behind the quotation at chunk `at` says of its words; `person` seems to have said them."""
    pack = chunks.pack
    if person < 0 or not (pack.just_said or pack.retractions):
        return Polarity.ASSERTED, None
    start, end = _sentence_behind(chunks, at)
    if end <= start:
        return Polarity.ASSERTED, None
    first, past = chunks.ends[start - 1], chunks.starts[end]  # with the small words at either end that are no chunks
    words = [(found[0].lower(), *found.span()) for found in WORDS.finditer(chunks.text, first, past)]
    if (doubt := _called_false(chunks, words)) is not None:
        return Polarity.DISPUTED, step("polarity", PolarityRule.DOUBT, chunks.text, doubt)
    denial = _denial(chunks, words) or _retraction(chunks, first, past)
    if denial is None or not _is_about(chunks, people, start, end, person):
        return Polarity.ASSERTED, None
    return Polarity.DENIED, step("polarity", PolarityRule.DENIAL, chunks.text, denial)


def _sentence_behind(chunks: Chunks, at: int) -> tuple[int, int]:
    """The chunks of the short sentence without marks that follows in the same paragraph; none else."""
    codes = chunks.codes
    ended = min((place for sign in "$\n" if (place := codes.find(sign, at + 1)) >= 0), default=len(codes))
    if codes[ended : ended + 1] != SENTENCE_END or QUOTE in codes[at + 1 : ended]:
        return 0, 0
    past = min((place for sign in "$\n" if (place := codes.find(sign, ended + 1)) >= 0), default=len(codes))
    short = past - ended <= _LONGEST and QUOTE not in codes[ended + 1 : past]
    return (ended + 1, past) if short else (0, 0)


def _denial(chunks: Chunks, words: list[Word]) -> Span | None:
    """«X never said that»: a negation, its verb of saying and a word for what was said, side by side."""
    pack = chunks.pack
    classes = [pack.lexicon.get(word, "") for word, _, _ in words]
    for place, (word, start, end) in enumerate(words):
        if word not in pack.negations:
            continue
        verb = next((n for n in range(place, min(place + _NEAR, len(words))) if classes[n] in _VERBS), -1)
        if verb < 0:
            continue
        behind = (
            verb + 1 + (verb + 1 < len(words) and words[verb + 1][0] in pack.negations)
        )  # «nu a spus niciodată asta»
        near = range(max(0, place - _NEAR), min(behind + 1, len(words)))
        meant = [n for n in near if words[n][0] in pack.just_said]
        if meant and "," not in chunks.text[words[min(meant[0], place)][1] : words[max(meant[-1], verb)][2]]:
            return Span(start=start, end=end)
    return None


def _retraction(chunks: Chunks, first: int, past: int) -> Span | None:
    """The same in one phrase, where no blanks or the verb's form tell."""
    sentence = chunks.text[first:past]
    for phrase in sorted(chunks.pack.retractions, key=len, reverse=True):
        place = sentence.find(phrase)
        if place >= 0:
            return Span(start=first + place, end=first + place + len(phrase))
    return None


def _called_false(chunks: Chunks, words: list[Word]) -> Span | None:
    """«The words were invented»: a sentence about words or a claim that calls them false."""
    pack = chunks.pack
    if not any(pack.lexicon.get(word) == NOUN_CUE for word, _, _ in words[:_OPENS]):
        return None
    return next((Span(start=start, end=end) for word, start, end in words if word in pack.disputes), None)


def _is_about(chunks: Chunks, people: Coreference, start: int, end: int, person: int) -> bool:
    """Whether the sentence from chunk `start` to `end` is about nobody but the person."""
    for chunk in range(start, end):
        place = chunks.mention_at[chunk]
        if place < 0:
            continue
        mention, persons = chunks.mentions[place], people.who(place)
        if mention.kind == NAME and persons and persons[0][0] != person:
            return False
        role = people.persons[person].role or ""
        if mention.kind == NOUN_PHRASE and mention.role_noun and mention.head not in role.lower():
            return False
    return True
