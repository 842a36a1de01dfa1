"""What makes somebody else than the chosen one likely, told by the sentence: how sure a name can be at most."""

from __future__ import annotations

import re
from bisect import bisect_left

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    CALL,
    CONJUNCTION,
    DETERMINER,
    OBJECT_PRONOUN,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    ROLE,
    THAT,
)
from archiver.quotes.apposition import Whose, owner_before
from archiver.quotes.authors import author_before
from archiver.quotes.bearers import is_only_read
from archiver.quotes.clauses import in_mood
from archiver.quotes.complements import is_complement, may_be_complement
from archiver.quotes.coreference import Coreference
from archiver.quotes.doubtful_names import (
    is_asked_by_somebody,
    is_odd,
    is_office,
    is_only_led_to,
    is_whose_noun_it_is,
    may_be_longer,
    may_be_no_name,
    may_be_one_of_two,
    may_be_owner,
)
from archiver.quotes.doubtful_pronouns import may_mean_another, means_another
from archiver.quotes.doubtful_subjects import (
    has_marked_subject,
    has_subject_of_its_own,
    is_found_in,
    is_left_out_of_two,
    is_noun_before,
    is_of_clause_before,
    is_topic,
    may_have_subject_of_its_own,
    tells_of_another,
)
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.patterns import SAYING, TOLD_HIMSELF, WORDS, sentence_around
from archiver.quotes.questions import has_asked
from archiver.quotes.speakers import Choice
from archiver.quotes.subjects import newly_named_before

_LIKELY = 0.85  # how sure a name can be that may be somebody else's, at most
NAMED_FROM = 0.6  # a speaker is named from this confidence on
_UNLIKELY = 0.5  # below that
_DOUBTED = 0.9  # a stretch that was said with less than this makes its speaker doubtful
_NEAR = 12  # mentions of the sentence before that are looked at
_CALLED_INSIDE = re.compile(  # «(X), koga su kritičari nazvali (“…”),», «(X), die door critici (“…”) werd genoemd»
    rf",{PREPOSITION}?[{RELATIVE}{THAT}{DETERMINER}{WORD}][{AUXILIARY}{OBJECT_PRONOUN}]{{0,2}}(?:{NOUN_PHRASE}[{AUXILIARY}{WORD}]{{0,2}}{CALL}"
    rf"|(?P<led>[{PREPOSITION}{BEFORE}])[{NOUN_PHRASE}{WORD}]){PREPOSITION}?{QUOTE}[,{CALL}{AUXILIARY}]"
)
_BEHIND_COLON = 2  # chunks from a name before a colon to the marks right behind that
_FULL = 2  # words of a name in full
# Behind marks a comma or «and», then a noun right before the next marks, or a name with at most its role before it.
_OTHER_SUBJECT = re.compile(
    f"(?:,{CONJUNCTION}?|{CONJUNCTION})(?:{WORD}$|[{ROLE}{DETERMINER}{WORD}{NOUN_PHRASE}]{{0,3}}{NAME})"
)
_OWN = ("sv", "sw", "св", "sin", "sit", "oma")  # how the words for one's own begin where «his» is another's
_BETWEEN = 9  # chunks between a question with its asker and what follows
_ASKED_ABOVE = re.compile(rf"{QUOTE}[^{QUOTE}\n]{{1,7}}[{SENTENCE_END}]?\n\Z")
_ASKED = re.compile(rf"{QUOTE}[^{QUOTE}\n]{{1,7}}[{SENTENCE_END}]-?\Z")


def at_most(chunks: Chunks, people: Coreference, choice: Choice, at: int) -> float:
    """How sure the name of whom `choice` means can be at most, for the quotation that is chunk `at`."""
    if choice.person < 0:
        return 1.0
    if choice.again and chunks.mentions[choice.place].chunk > at:  # told where the text says the same words
        return min(_said(choice), _LIKELY if _may_be_another(chunks, people, choice, at) else 1.0)
    name = people.persons[choice.person].name
    named = not choice.again and chunks.mentions[choice.place].kind == NAME
    unlikely = (
        has_subject_of_its_own(chunks, choice, at)
        or has_marked_subject(chunks, people, choice, at)
        or is_topic(chunks, choice, at)
        or _is_read(chunks, choice, at)
        or (len(name) == 1 and name in chunks.pack.surnames)  # «채 교수»: a family name alone names nobody
        or is_whose_noun_it_is(chunks, choice, name)
        or tells_of_another(chunks, choice, at)
        or _reads_anothers(chunks, choice, at)
        or _is_answered(chunks, people, choice, at)
        or _may_answer(chunks, choice, at, _ASKED_ABOVE)
        or (named and is_asked_by_somebody(chunks, chunks.mentions[choice.place]))
        or (named and is_complement(chunks, people.persons[choice.person], chunks.mentions[choice.place], at))
        or (_is_pronoun(chunks, choice) and means_another(chunks, people, choice.person, chunks.mentions[choice.place]))
    )
    if unlikely:
        return _UNLIKELY
    others = (
        may_have_subject_of_its_own(chunks, choice, at)
        or _may_be_another(chunks, people, choice, at)
        or _is_in_another_clause(chunks, choice, at)
        or _is_newcomer_between(chunks, people, choice, at)
        or _may_be_called(chunks, choice, at)
        or may_be_longer(chunks, people.persons[choice.person])
        or is_odd(chunks, name)
        or is_noun_before(chunks, people, choice, at)
        or _is_under_heading(chunks, choice, at)
        or is_found_in(chunks, choice, at)
        or is_left_out_of_two(chunks, people, choice, at)
        or _may_answer(chunks, choice, at, _ASKED)
        or is_of_clause_before(chunks, choice, at)
        or (named and may_be_complement(chunks, people.persons[choice.person], chunks.mentions[choice.place], at))
    )
    return min(_said(choice), _LIKELY if others else 1.0)


def _is_pronoun(chunks: Chunks, choice: Choice) -> bool:
    return not choice.again and chunks.mentions[choice.place].kind == PERSON_PRONOUN


def _said(choice: Choice) -> float:
    """How sure a name can be at most: words that may be a title or a term are perhaps nobody's."""
    doubted = choice.person >= 0 and choice.spoken < _DOUBTED
    return max(choice.spoken, NAMED_FROM) if doubted else 1.0  # of those below two of three were said


def _may_be_another(chunks: Chunks, people: Coreference, choice: Choice, at: int) -> bool:
    """Whether the name may be somebody else's: «Smith», where two are named, «she», where Paul alone is near."""
    mention = chunks.mentions[choice.place]
    if may_be_no_name(chunks, people.persons[choice.person]) or _passes_on(chunks, mention, at):
        return True
    if mention.kind == PERSON_PRONOUN and (
        people.contradicts(choice.person, mention)
        or is_only_led_to(chunks, people.persons[choice.person])
        or (not choice.again and may_mean_another(chunks, people, choice.person, mention))
    ):
        return True
    if may_be_one_of_two(chunks, mention):
        return True  # «李娜和马振国说»
    if people.is_shared(choice.place) or is_office(chunks, mention) or may_be_owner(chunks, mention):
        return True
    named = not choice.again and mention.kind == NAME
    owner = owner_before(chunks, choice.place) if named else None
    return owner is not None and owner[1] is Whose.LIKELY  # «the spokesman of the park, X,», «starosta X»


def _passes_on(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«Her lawyer, X, read a statement: “…”», «X said he had been told to “…”»: whose words they are is open."""
    if chunks.pack.case == "none" and 0 <= chunks.sentence_of[at] - mention.sentence < _FULL:
        return _reads(chunks, mention.chunk, at) >= 0
    if mention.sentence != chunks.sentence_of[at] or QUOTE in chunks.codes[mention.chunk : at]:
        return False
    reported = in_mood(chunks, sentence_around(chunks.codes, at)[0], at)
    if reported >= 0 and chunks.mentions[reported] is mention:
        return True  # «X berichtete, Y habe gestanden: „…“»: perhaps X again
    if TOLD_HIMSELF.search(chunks.codes, mention.chunk, at):
        return True
    return _reads(chunks, mention.chunk, at) >= 0


def _reads(chunks: Chunks, chunk: int, at: int) -> int:
    """Where a word for reading aloud ends between a subject and a quotation: an offset; -1 without one."""
    start = chunks.starts[chunk + 1]
    between = chunks.text[start : chunks.starts[at]].lower()
    if not chunks.pack.spaces or chunks.pack.case == "none":
        places = (between.find(word) for word in chunks.pack.reading)
        return next((start + place for place in places if place >= 0), -1)
    found = (word for word in WORDS.finditer(between) if word[0] in chunks.pack.reading)
    return next((start + word.end() for word in found), -1)


def _reads_anothers(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«Žalobkyně X přečetla jeho zprávu: „…“»: where there is a word for one's own, «his» is somebody else's."""
    mention, pack = chunks.mentions[choice.place], chunks.pack
    told = bool(pack.nominatives or pack.definite_endings) and mention.chunk < at
    if not told or choice.again or mention.sentence != chunks.sentence_of[at]:
        return False
    end = _reads(chunks, mention.chunk, at)
    words = WORDS.findall(chunks.text[end : chunks.starts[at]].lower()) if end >= 0 else []
    others = (word for word in words if pack.lexicon.get(word) in (POSSESSIVE, OBJECT_PRONOUN))
    return any(not word.startswith(_OWN) and word not in pack.first_person for word in others)


def _is_under_heading(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«Saint-Aubert: at the works the fire went out “like a candle”»: a headline whose first word may be a place."""
    mention, codes = chunks.mentions[choice.place], chunks.codes
    if choice.again or mention.paragraph or mention.kind != NAME or codes[mention.chunk + 1] != ":":
        return False
    return len(mention.name) < _FULL and at > mention.chunk + _BEHIND_COLON


def _is_read(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«Ana Paz dijo “sí”. En la carta se lee: “…”»: whoever wrote it is not the one of another sentence."""
    start = sentence_around(chunks.codes, at)[0]
    here = not choice.again and chunks.mentions[choice.place].chunk >= start
    here = here or choice.place == author_before(chunks, at)
    return not here and is_only_read(chunks, start, at)


def _is_answered(chunks: Chunks, people: Coreference, choice: Choice, at: int) -> bool:
    """«The judge asked the accused about it. “…,” he replied»: whether whoever put the question is taken for him."""
    mention = chunks.mentions[choice.place]
    if not choice.again and mention.kind == NAME and mention.sentence == chunks.sentence_of[at]:
        return False
    nearby = range(max(0, choice.place - _NEAR), min(choice.place + 1, len(chunks.mentions)))
    if mention.kind == PERSON_PRONOUN and _is_alone_of_gender(chunks, people, choice, nearby):
        return False  # «Edna asked Hugo what he earned. “…,” she told him»
    named = (place for place in nearby if any(who == choice.person for who, _ in people.who(place)))
    return any(has_asked(chunks, chunks.mentions[place], at) for place in named)


def _is_alone_of_gender(chunks: Chunks, people: Coreference, choice: Choice, nearby: range) -> bool:
    """Whether a pronoun can mean nobody else of those who are named nearby, and there are others."""
    mention = chunks.mentions[choice.place]
    named = (place for place in nearby if chunks.mentions[place].kind == NAME)
    others = {who for place in named for who, _ in people.who(place) if who != choice.person}
    return bool(others) and all(people.contradicts(who, mention) for who in others)


def _may_answer(chunks: Chunks, choice: Choice, at: int, question_before: re.Pattern[str]) -> bool:
    """«“When did you come?” asked X. “At two.”»: words without a verb behind a question that X put may answer it.

    Those of the next paragraph surely do.
    """
    codes, mention = chunks.codes, chunks.mentions[choice.place]
    asked = question_before.search(codes, max(0, at - _BETWEEN), at)
    if asked is None or codes[at + 1] not in SENTENCE_END + "\n" or mention.chunk > at:
        return False
    question = chunks.text[chunks.starts[asked.start()] : chunks.ends[asked.start()]].rstrip("\"'”“»«’‘ ,-–—")
    words = chunks.words(asked.start() + 1, at).lower().split()
    verbs = chunks.pack.questioning | chunks.pack.questioning_with
    return question.endswith("?") and any(word.strip(".,") in verbs for word in words)


def _is_in_another_clause(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«X calls it “a gift”, while the critic Y finds it “too long”»: somebody else stands behind the first marks."""
    place = bisect_left(chunks.quote_at, at)
    before = chunks.quote_at[place - 1] if place else -1
    if before < 0 or chunks.sentence_of[before] != chunks.sentence_of[at]:
        return False
    if not choice.again and chunks.mentions[choice.place].chunk > before:
        return False
    return _OTHER_SUBJECT.match(chunks.codes, before + 1, at) is not None


def _may_be_called(chunks: Chunks, choice: Choice, at: int) -> bool:
    """«Holm, die ihr Trainer X „…“ nennt»: in a relative clause whose verb is last another may be the subject."""
    codes, chunk = chunks.codes, chunks.mentions[choice.place].chunk
    between = codes[chunk + 1 : at]
    if between[:1] != "," or "," in between[1:]:
        return False
    if not chunks.pack.verb_second or codes[at + 1] not in SAYING:
        return _is_called_inside(chunks, chunk, at)
    for place in range(chunk + 2, at):
        if codes[place] == NAME:
            return True
        words = chunks.words(place, place + 1).lower().split()
        articles = [word for word in words[:2] if chunks.pack.lexicon.get(word) == DETERMINER]  # «den die Kritiker»
        if codes[place] == NOUN_PHRASE and (articles or words)[-1 if articles else 0] not in chunks.pack.oblique:
            return True
    return _is_called_inside(chunks, chunk, at)


def _is_called_inside(chunks: Chunks, chunk: int, at: int) -> bool:
    """«X, koga su kritičari nazvali „…“, otišao je»: a noun in the relative clause behind a name may be its subject."""
    found = _CALLED_INSIDE.fullmatch(chunks.codes, chunk + 1, at + 2)
    if found is None or found["led"] is None:
        return found is not None
    return chunks.words(*found.span("led")).lower() in chunks.pack.agents


def _is_newcomer_between(chunks: Chunks, people: Coreference, choice: Choice, at: int) -> bool:
    """«“…,” said X. Then his deputy, Y, was asked. He laughed. “…”»: whether a quotation without a verb may be Y's."""
    codes, last = chunks.codes, chunks.mentions[choice.place]
    if codes[at - 1 : at] != SENTENCE_END or codes[at + 1] not in SENTENCE_END + "\n" or last.chunk > at:
        return False
    beside = newly_named_before(chunks, at)  # «“…,” said X. Y nodded. “…”»
    if beside >= 0 and all(who != choice.person for who, _ in people.who(beside)):
        return True
    low = bisect_left(chunks.mentions, last.chunk + 1, key=lambda mention: mention.chunk)
    high = bisect_left(chunks.mentions, at, key=lambda mention: mention.chunk)
    for place in range(low, high):
        name = chunks.mentions[place]
        if name.kind != NAME or not name.in_full or name.is_organization or name.sentence == last.sentence:
            continue
        persons = people.who(place)
        new = bool(persons) and people.first_mention(persons[0][0]) == place
        if new and codes[name.chunk - 1] not in PREPOSITION + BEFORE + SAYING:
            return True
    return False
