"""The finder: the steps in their order, and the quotes made of what they found."""

from __future__ import annotations

from bisect import bisect_right

from archiver.languages import FIRST_PRONOUN, OTHER_PRONOUN, PERSON_PRONOUN, RELATIVE, pack_for
from archiver.quotes.coreference import Coreference
from archiver.quotes.cues import find_cue
from archiver.quotes.dates import find_day
from archiver.quotes.features import context_of
from archiver.quotes.indirect import Reported, find_reported
from archiver.quotes.marks import are_too_many, find_marks
from archiver.quotes.mentions import chunk_text
from archiver.quotes.model import NAME, NO_PACK, NOUN_PHRASE, Chunks, Marked
from archiver.quotes.passages import around, selectors_of, words_of
from archiver.quotes.patterns import INTERRUPTION, SAYING, WORDS
from archiver.quotes.ranking import WEIGHTS, Weights
from archiver.quotes.speakers import IS_SAID, Choice, Speakers
from archiver.quotes.trail import NOBODY_NEAR, Form, MarksRule, NameRule, Position, speaker_rule, step
from archiver.records import NO_CUE, NO_DAY, NOBODY, Article, Cue, Kind, Quote, Span, Speaker, Step, Via


def find_quotes(article: Article, weights: Weights = WEIGHTS, *, indirect: bool = False) -> tuple[Quote, ...]:
    """Every quote of an article in order of the text, without ids; of at most `MAX_QUOTES` stretches in marks.

    With `indirect` reported speech without marks as well. In a language without a pack the marks are found and nobody
    is named. Other `weights` are for training alone.
    """
    pack = pack_for(article.language) or NO_PACK
    chunks = chunk_text(article.text, pack, find_marks(article.text, pack))
    people = Coreference(chunks, weights)
    choices = Speakers(chunks, people, weights).all() if pack.code else [_NOBODY] * len(chunks.marked)
    groups = _groups(chunks, choices)
    found = [_quote(article, chunks, people, group, _surest(chunks, choices, group)) for group in groups]
    if indirect:
        found += [_indirect(article, chunks, people, reported) for reported in find_reported(chunks)]
        found.sort(key=lambda quote: quote.spans[0].start)
    return tuple(found)


def has_too_many(article: Article) -> bool:
    """Whether the article has more than the `MAX_QUOTES` stretches in marks that are looked at."""
    return are_too_many(article.text, pack_for(article.language) or NO_PACK)


_NOBODY = Choice(-1, -1, 1.0, False, 0.7)


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


def _quote(article: Article, chunks: Chunks, people: Coreference, group: list[int], choice: Choice) -> Quote:
    text, pieces = article.text, [chunks.marked[place] for place in group]
    spans = tuple(Span(start=piece.start, end=piece.end) for piece in pieces)
    start, end = spans[0].start, spans[-1].end
    before, after = around(text, start, end)
    ahead = choice.again and chunks.mentions[choice.place].chunk > chunks.quote_at[group[0]]
    cue, cue_step = (NO_CUE, None) if ahead else find_cue(chunks, group[0], choice.place)
    anchor = (
        _chunk_at(chunks, cue.span.start)
        if cue.span
        else chunks.mentions[choice.place].chunk
        if choice.place >= 0
        else -1
    )
    day, day_step = find_day(chunks, anchor, article.published) if not choice.again else (NO_DAY, None)
    marks_step = step("marks", _marks_rule(pieces, text))
    steps = (marks_step, cue_step, *_speaker_steps(chunks, people, group[0], choice), day_step)
    return Quote(
        text=words_of(text, pieces), printed=text[start:end], kind=_kind(chunks, group), spans=spans,
        selectors=selectors_of(text, spans), cue=cue, speaker=_speaker(chunks, people, choice), said_on=day,
        before=before, after=after, trail=tuple(link for link in steps if link),
        span_confidence=round(choice.spoken, 2),
        text_digest=article.text_digest,
    )  # fmt: skip


def _indirect(article: Article, chunks: Chunks, people: Coreference, reported: Reported) -> Quote:
    """A reported clause as a quote of its own kind."""
    text, span = article.text, Span(start=reported.start, end=reported.end)
    persons = people.who(reported.place)
    person, certain = persons[0] if persons else (-1, 1.0)
    choice = Choice(reported.place, person, reported.confidence * certain, again=False, spoken=reported.confidence)
    cue_span = Span(start=chunks.starts[reported.verb], end=chunks.ends[reported.verb])
    cue = Cue(printed=text[cue_span.start : cue_span.end], span=cue_span, confidence=reported.confidence)
    day, day_step = find_day(chunks, reported.verb, article.published)
    before, after = around(text, span.start, span.end)
    steps = (
        step("indirect", reported.rule),
        step("cues", reported.rule, text, cue_span),
        *_coreference_steps(chunks, people, choice),
        day_step,
    )
    return Quote(
        text=text[span.start : span.end], printed=text[span.start : span.end], kind=Kind.INDIRECT, spans=(span,),
        selectors=selectors_of(text, (span,)), cue=cue, speaker=_speaker(chunks, people, choice), said_on=day,
        before=before, after=after, trail=tuple(link for link in steps if link), span_confidence=reported.confidence,
        text_digest=article.text_digest,
    )  # fmt: skip


def _chunk_at(chunks: Chunks, offset: int) -> int:
    return bisect_right(chunks.starts, offset) - 1


_MARKS_RULES = {"pair": MarksRule.PAIR, "dash": MarksRule.DASH, "unclosed": MarksRule.UNCLOSED}


def _marks_rule(pieces: list[Marked], text: str) -> MarksRule:
    if len(pieces) > 1:
        reopened = "\n" in text[pieces[0].end : pieces[-1].start]
        return MarksRule.REOPENED if reopened else MarksRule.INTERRUPTED
    return _MARKS_RULES.get(pieces[0].rule, MarksRule.UNOPENED)


def _speaker(chunks: Chunks, people: Coreference, choice: Choice) -> Speaker:
    if choice.place < 0:
        return NOBODY
    mention = chunks.mentions[choice.place]
    span = Span(start=_source_start(chunks, people, choice), end=mention.end)
    printed = chunks.text[mention.start : mention.end]
    sure = round(choice.confidence, 2)
    if choice.person < 0:
        role = mention.role if mention.kind == NOUN_PHRASE else None
        return Speaker(role=role, printed=printed, span=span, via=None, confidence=sure)
    person = people.persons[choice.person]
    return Speaker(
        name=person.name,
        role=person.role,
        printed=printed,
        span=span,
        via=_via(chunks, people, choice),
        confidence=sure,
    )


def _source_start(chunks: Chunks, people: Coreference, choice: Choice) -> int:
    """Where the words begin that name the source; an unnamed one is more than its «who»."""
    place = choice.place if choice.person >= 0 else people.antecedent(choice.place)
    return chunks.mentions[place].start


def _via(chunks: Chunks, people: Coreference, choice: Choice) -> Via:
    mention = chunks.mentions[choice.place]
    if choice.again:
        return Via.CONTINUED
    if mention.kind != NAME:
        return Via.TITLE if mention.kind == NOUN_PHRASE else Via.PRONOUN
    return Via.SURNAME if not mention.in_full and people.persons[choice.person].full else Via.NAME


_FORMS = {
    NAME: Form.NAME,
    NOUN_PHRASE: Form.NOUN_PHRASE,
    PERSON_PRONOUN: Form.PRONOUN,
    OTHER_PRONOUN: Form.PRONOUN,
    FIRST_PRONOUN: Form.PRONOUN,
    RELATIVE: Form.RELATIVE,
}


def _speaker_steps(chunks: Chunks, people: Coreference, quote: int, choice: Choice) -> list[Step]:
    if choice.place < 0:
        return [step("speakers", NOBODY_NEAR)]
    mention, at = chunks.mentions[choice.place], chunks.quote_at[quote]
    span = Span(start=mention.start, end=mention.end)
    steps = [
        step(
            "speakers",
            speaker_rule(_FORMS[mention.kind], _position(chunks, mention.chunk, at, again=choice.again)),
            chunks.text,
            span,
        )
    ]
    return [*steps, *_coreference_steps(chunks, people, choice)]


_NAME_RULES = {NAME: NameRule.SAME_NAME, RELATIVE: NameRule.ANTECEDENT, NOUN_PHRASE: NameRule.ROLE}


def _coreference_steps(chunks: Chunks, people: Coreference, choice: Choice) -> list[Step]:
    if choice.person < 0:
        return []
    mention, person = chunks.mentions[choice.place], people.persons[choice.person]
    fullest = next(
        (chunks.mentions[p] for p in person.mentions if len(chunks.mentions[p].name) == len(person.name.split())),
        None,
    )
    fullest = fullest or chunks.mentions[person.mentions[0]]
    rule = _NAME_RULES.get(mention.kind, NameRule.SALIENCE)
    where = Span(start=fullest.start, end=fullest.end)
    return [step("coreference", rule, chunks.text, where)]


def _position(chunks: Chunks, chunk: int, at: int, *, again: bool) -> Position:
    """How the mention stands to the quotation, in words."""
    codes = chunks.codes
    if again:
        return Position.QUOTE_BEFORE if chunk < at else Position.SAME_WORDS
    if chunks.paragraph_of[chunk] != chunks.paragraph_of[at]:
        return Position.PARAGRAPH_BEFORE
    if codes[chunk - 1 : chunk] == "a":
        return Position.AFTER_ACCORDING_TO
    if codes[chunk - 1 : chunk] and codes[chunk - 1] in SAYING:
        return Position.AFTER_VERB
    if codes[chunk + 1] in SAYING or codes[chunk + 1 : chunk + 3] in ("xS", "xT", "xL"):
        return Position.BEFORE_VERB
    if chunks.sentence_of[chunk] != chunks.sentence_of[at]:
        return Position.IN_PARAGRAPH
    return Position.BEFORE_QUOTE if chunk < at else Position.AFTER_QUOTE


def _kind(chunks: Chunks, group: list[int]) -> Kind:
    """`direct` where the words are a clause or more: a sentence of their own, or with a subject of their own."""
    mark, at = chunks.marked[group[0]], chunks.quote_at[group[0]]
    text, codes, lexicon = chunks.text[mark.start : mark.end], chunks.codes, chunks.pack.lexicon
    if len(group) > 1:
        return Kind.DIRECT
    words = WORDS.findall(text)
    opens = mark.rule == "dash" or at == 0 or codes[at - 1] in "$\n:,-Q" or chunks.pack.verb_final
    utters = text[-1] in ",.!?…" or codes[at + 1] in ",!-:$\nST"
    if chunks.pack.case == "none":
        clause = text.endswith(chunks.pack.finite) if chunks.pack.finite else len(text) >= 15 or codes[at - 1] == ":"
        return Kind.DIRECT if clause or text[-1] in ",.!?…。！？，" else Kind.FRAGMENT
    if (
        opens
        and (text[:1].isupper() or not text[:1].isalpha())
        and utters
        and (len(words) > 3 or chunks.pack.verb_final or text[-1] in ".!?…," or codes[at - 1] in "$\n-:")
    ):
        return Kind.DIRECT
    classes = [lexicon.get(word.lower(), "") for word in words]
    return (
        Kind.DIRECT if len(words) > 4 and any(c and c in "ikI" for c in classes) and "x" in classes else Kind.FRAGMENT
    )
