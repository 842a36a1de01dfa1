"""Whether the words behind a quotation take it back: «X never said that», «X本人予以否认», «…, but she denies it»."""

from __future__ import annotations

from typing import NamedTuple

from archiver.languages import BEFORE, CALL, CONJUNCTION, NOUN_CUE, SAY, TELL, THAT
from archiver.quotes.coreference import Coreference
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, Chunks
from archiver.quotes.patterns import WORDS
from archiver.quotes.trail import PolarityRule, step
from archiver.records import Polarity, Span, Step

_LONGEST = 16  # chunks of the sentence that takes words back, at most
_NEAR = 4  # words between a negation, its verb and the word for what was said
_BESIDE = 3  # words between a denial and that word
_SHORT = 4  # words of a sentence that is nothing but a denial
_OPENS = 3  # words of a sentence among which its subject, a noun for words, is
_SIDES = 2  # verbs of saying and the like in a sentence in which one says what another said
_VERBS = (SAY, TELL, CALL)
_SECOND_HAND = (*_VERBS, NOUN_CUE, BEFORE)

Word = tuple[str, int, int]


class Retraction(NamedTuple):
    """What becomes of the words, why, and the mention of whoever did not say them; -1 where it is the speaker."""

    polarity: Polarity
    step: Step
    place: int = -1


def taken_back(chunks: Chunks, people: Coreference, at: int, person: int) -> Retraction | None:
    """What is said behind the quotation at chunk `at` of its words; `person`, or -1, seems to have said them."""
    pack = chunks.pack
    if not (pack.just_said or pack.retractions):
        return None
    for start, end in (_rest_behind(chunks, at), _sentence_behind(chunks, at)):
        if end <= start:
            continue
        first, past = chunks.ends[start - 1], chunks.starts[end]  # with the small words at either end: no chunks
        words = [(found[0].lower(), *found.span()) for found in WORDS.finditer(chunks.text, first, past)]
        if person >= 0 and (doubt := _called_false(chunks, words)) is not None:
            return Retraction(Polarity.DISPUTED, step("polarity", PolarityRule.DOUBT, chunks.text, doubt))
        never = _denial(chunks, words) or _retraction(chunks, first, past)
        denial = never or _denies_it(chunks, at, words)
        if denial is None:
            continue
        found = Retraction(Polarity.DENIED, step("polarity", PolarityRule.DENIAL, chunks.text, denial))
        own = never is not None or _is_subject(chunks, people, range(start, end), person)
        if person >= 0 and own and _is_about(chunks, people, start, end, person):
            return found
        place = _told_of(chunks, people, at, range(start, end))
        if place >= 0 or (person < 0 and never is not None):
            return found._replace(place=place)
    return None


def _sentence_behind(chunks: Chunks, at: int) -> tuple[int, int]:
    """The chunks of the short sentence without marks that follows in the same paragraph; none else."""
    codes = chunks.codes
    ended = _end_of_sentence(chunks, at)
    if codes[ended : ended + 1] != SENTENCE_END or QUOTE in codes[at + 1 : ended]:
        return 0, 0
    past = _end_of_sentence(chunks, ended)
    short = past - ended <= _LONGEST and QUOTE not in codes[ended + 1 : past]
    return (ended + 1, past) if short else (0, 0)


def _rest_behind(chunks: Chunks, at: int) -> tuple[int, int]:
    """The chunks of «…, but she denies it» in the sentence of the words themselves."""
    codes, past = chunks.codes, _end_of_sentence(chunks, at)
    joined = codes[at + 1 : at + 2] == ";" or (codes[at + 1 : at + 2] == "," and codes[at + 2 : at + 3] == CONJUNCTION)
    short = joined and past - at <= _LONGEST and past < len(codes) and QUOTE not in codes[at + 1 : past]
    return (at + 2, past) if short else (0, 0)


def _end_of_sentence(chunks: Chunks, at: int) -> int:
    codes = chunks.codes
    return min((place for sign in "$\n" if (place := codes.find(sign, at + 1)) >= 0), default=len(codes))


def _denial(chunks: Chunks, words: list[Word]) -> Span | None:
    """«X never said that»: a negation, its verb of saying and a word for what was said, side by side."""
    pack = chunks.pack
    says = [
        word in pack.uttering or word in pack.stating or (not pack.uttering and pack.lexicon.get(word) in _VERBS)
        for word, _, _ in words
    ]
    for place, (word, start, end) in enumerate(words):
        if word not in pack.negations:
            continue
        verb = next((n for n in range(place, min(place + _NEAR, len(words))) if says[n]), -1)
        if verb < 0 or (pack.uttering and any(one in pack.hypotheticals for one, _, _ in words[:verb])):
            continue  # «das will er nicht gesagt haben»
        late = verb + 1 < len(words) and words[verb + 1][0] in pack.negations  # «nu a spus niciodată asta»
        near = range(max(0, place - _NEAR), min(verb + late + 3, len(words)))
        meant = [n for n in near if words[n][0] in pack.just_said]
        if meant and "," not in chunks.text[words[min(meant[0], place)][1] : words[max(meant[-1], verb)][2]]:
            return Span(start=start, end=end)
    return None


def _denies_it(chunks: Chunks, at: int, words: list[Word]) -> Span | None:
    """«Das bestreitet er», «He denied saying so», of words that one says another said; «He denies» of such too."""
    pack = chunks.pack
    for place, (word, start, end) in enumerate(words):
        turned = any(one in pack.negations for one, _, _ in words[max(0, place - 2) : place + 3])
        if word not in pack.denials or turned:
            continue
        clause = _clause(chunks, words, place)
        meant = any(
            one in pack.just_said for one, _, _ in words[max(0, place - _BESIDE) : min(place + _BESIDE + 1, clause)]
        )
        said = next((n for n in range(place + 1, clause) if pack.lexicon.get(words[n][0]) in _VERBS), -1)
        repeated = said >= 0 and (meant or any(one in pack.just_said for one, _, _ in words[said - 2 : said + 3]))
        if repeated or ((meant or len(words) <= _SHORT) and said < 0 and _is_second_hand(chunks, at)):
            return Span(start=start, end=end)
    return None


def _clause(chunks: Chunks, words: list[Word], denial: int) -> int:
    """Where the words of a denial's clause end: at a comma that leads to no «that»."""
    for n in range(denial + 1, len(words)):
        if "," in chunks.text[words[n - 1][2] : words[n][1]] and chunks.pack.lexicon.get(words[n][0]) != THAT:
            return n
    return len(words)


def _is_second_hand(chunks: Chunks, at: int) -> bool:
    """Whether somebody else tells in the sentence that they were said: «The paper quoted X as saying “…”»."""
    start = _start_of_sentence(chunks, at)
    told = sum(code in _SECOND_HAND for code in chunks.codes[start : _end_of_sentence(chunks, at)])
    words = WORDS.findall(chunks.text[chunks.starts[start] : chunks.starts[at]].lower())
    return told >= _SIDES or any(word in chunks.pack.claims or word in chunks.pack.disputes for word in words)


def _start_of_sentence(chunks: Chunks, at: int) -> int:
    return max(chunks.codes.rfind(sign, max(0, at - 4 * _LONGEST), at) for sign in "$\n") + 1


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
        if mention.head in chunks.pack.stating:
            continue  # «employé» is no employee
        if mention.kind == NAME and persons and persons[0][0] != person:
            return False
        role = people.persons[person].role or ""
        if mention.kind == NOUN_PHRASE and mention.role_noun and mention.head not in role.lower():
            return False
    return True


def _is_subject(chunks: Chunks, people: Coreference, sentence: range, person: int) -> bool:
    """Whether nobody is named in a sentence before the person, if anybody is at all: «El sindicato la desmintió»."""
    for chunk in sentence:
        place = chunks.mention_at[chunk]
        if place < 0 or chunks.mentions[place].head in chunks.pack.just_said | chunks.pack.claims:
            continue
        persons = people.who(place)
        return persons[0][0] == person if persons else chunks.mentions[place].role_noun
    return chunks.pack.dropped


def _told_of(chunks: Chunks, people: Coreference, at: int, behind: range) -> int:
    """The mention before the words of the one whom the sentence that takes them back is about; else -1."""
    persons = [_person(chunks, people, chunk) for chunk in behind]
    denier = next((person for person in persons if person >= 0), -1)
    before = range(at - 1, _start_of_sentence(chunks, at) - 1, -1)
    found = (chunks.mention_at[chunk] for chunk in before if _person(chunks, people, chunk) == denier)
    return next(found, -1) if denier >= 0 else -1


def _person(chunks: Chunks, people: Coreference, chunk: int) -> int:
    place = chunks.mention_at[chunk]
    persons = people.who(place) if place >= 0 else []
    return persons[0][0] if persons else -1
