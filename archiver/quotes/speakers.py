"""Whose words a quotation is: the mentions around it as candidates, ranked by trained weights, from left to right.

The probability of a person is the sum over the mentions that lead to them; the features are about structure alone, so
one set of weights serves every language with a pack.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from archiver.languages import BEFORE, BODY, DETERMINER, OWNER, PERSON_PRONOUN, PREPOSITION, RELATIVE, ROLE, SAY
from archiver.quotes import features
from archiver.quotes.cases import is_declined, surname_in_nominative
from archiver.quotes.clauses import own_name, quoted_in
from archiver.quotes.features import Past, QuoteContext, context_of
from archiver.quotes.is_quote import is_in_reported_mood, is_title_of_work, quote_features
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.patterns import (
    ADDRESSED,
    AGENT_BEFORE,
    AGENT_BEHIND,
    CALLED_BEHIND,
    COMPLEMENT_BEFORE,
    DATELINE,
    DESCRIBES_SUBJECT,
    IN_COMPOUND,
    INVERTED_RIGHT_AFTER,
    ITS_VERB,
    LED_BY_PREPOSITION,
    MODIFIES,
    SAYING,
    SAYS,
    SAYS_AS_RELATIVE,
    SAYS_OF,
    SAYS_TOO,
    SAYS_WITHOUT_SUBJECT,
    SOURCE_BEFORE,
    TOLD_AND_SUBJECT,
    TOLD_WITHOUT_SUBJECT,
)
from archiver.quotes.ranking import probabilities, probability
from archiver.quotes.sources import innermost, represented

IS_SAID = 0.5  # a stretch in marks is a quote from this probability on
_LISTED = re.compile("[,!]?[cw]?d?")
_TURN = re.compile(f"[!{SENTENCE_END}]?-?{QUOTE}")
_CASE_ENDING = re.compile("[’'][^\\W\\d_A-Z]{1,4}$")
_TOLD_BEHIND = re.compile(rf"{QUOTE}*\$([^{QUOTE}$\n]+)\$")
_MARKS_AND_BLANKS = " \n\u00a0“„«»\"'‘"
_ANSWERS = 0.8  # how sure the one person named is who answers
_BEHIND_DASH = 0.6  # how likely what is after a dialogue dash was said, at least
_AFTER_QUOTE = 5  # chunks behind a quotation in which its speaker is named
_LEADING = 3  # chunks of a role before a name
_WORDS = 3  # of a sentence behind a colon, at least
_TWO_NAMES = 3  # words of a run of capitals that may be two names, at least
_SENTENCE = 5  # code points of a sentence, at least, where its end does not show a verb
_CALLED = 0.8  # how likely words are somebody's that a passive says they are, at least
_TITLED = 0.2  # how likely the title of a work is somebody's words, at most
_SURE = 0.5  # a speaker of a headline who is this likely is not looked for in the text
HEADLINES, SAME_WORDS = 5, 8  # quotations of a headline that are looked for in the text; their letters, at least
LONGER_WORDS = 15  # letters of one that may be part of a longer quotation there
_PARTICIPLES = ("ing", "ndo")  # ends of verbs that a complement may have
BACK, AHEAD = 10, 10  # candidates of the paragraph before; on either side in the own one


def _first_of(codes: str, chunk: int) -> int:
    """Where the words begin that lead up to a name: «(by) opposition leader Cora Vane»."""
    first = chunk
    while first > 1 and chunk - first < _LEADING and codes[first - 1] in "odw" and codes[chunk] == NAME:
        first -= 1
    return first


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


class Identities(Protocol):
    """Who a mention is: what `archiver.quotes.coreference` knows."""

    def who(self, place: int) -> list[tuple[int, float]]:
        """Persons with probabilities."""

    def antecedent(self, place: int) -> int:
        """The mention that «who» stands for."""

    def spoke(self, person: int, chunk: int, paragraph: int) -> None:
        """Notes who said the last quotation."""

    def alone(self) -> int:
        """The only person whom the article names in full; -1 if there are none or several."""

    def is_relative(self, place: int) -> bool:
        """Whether a noun phrase is somebody's relative: «her brother»."""

    def first_mention(self, person: int) -> int:
        """The place of the mention that names a person first."""

    def frequency(self, person: int) -> int:
        """The number of mentions of a person."""

    def surname(self, person: int) -> str:
        """The last word of a name, as printed."""

    def person_evidence(self, person: int) -> str:
        """What shows that a name is a person's: a gender, a role, a verb of saying."""


class Candidate(NamedTuple):
    """A mention that may be the speaker; -1 is nobody. `again` says that it is only the speaker of the quote before."""

    place: int
    features: list[str]
    again: bool = False


class Choice(NamedTuple):
    """The speaker of a marked stretch: the mention, the person behind it (-1: only the mention), and how sure."""

    place: int
    person: int
    confidence: float
    again: bool
    spoken: float


class Speakers:
    """Chooses the speakers of all marked stretches of a text, in order."""

    def __init__(self, chunks: Chunks, people: Identities, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.chunks, self.people, self.weights = chunks, people, weights
        self.by_paragraph: list[list[int]] = [[] for _ in chunks.paragraphs]
        for place, mention in enumerate(chunks.mentions):
            self.by_paragraph[mention.paragraph].append(place)
        self.last: Choice | None = None
        self.spoken: list[float] = []  # how likely each stretch up to here was said
        self.last_quote = -1
        self.settled = False  # whether the sentence leaves one mention alone to speak

    def all(self) -> list[Choice]:
        """One choice for each marked stretch."""
        choices = [self.decide(quote) for quote in range(len(self.chunks.quote_at))]
        for quote in range(min(self._of_paragraph(0), HEADLINES)):
            choices[quote] = self._as_in_text(choices, quote)
        return choices

    def _of_paragraph(self, paragraph: int) -> int:
        """How many marked stretches are up to the end of a paragraph."""
        end = self.chunks.line_end[paragraph] if self.chunks.line_end else 0
        return bisect_left(self.chunks.quote_at, end)

    def _as_in_text(self, choices: list[Choice], quote: int) -> Choice:
        """A quotation of the headline is whose it is where the text repeats its words, unless that is less sure."""
        words, here = _letters(self._words(quote)), choices[quote]
        sure = here.confidence if here.person >= 0 and here.confidence >= _SURE else 0.0
        if len(words) < SAME_WORDS:
            return here
        for other in range(self._of_paragraph(0), len(choices)):
            there, rival = _letters(self._words(other)), choices[other]
            if rival.place < 0 or (sure and (rival.person == here.person or rival.confidence < sure)):
                continue
            if words == there or (len(words) >= LONGER_WORDS and words in there):
                return rival._replace(again=True, spoken=max(here.spoken, rival.spoken))
        return here

    def _words(self, quote: int) -> str:
        mark = self.chunks.marked[quote]
        return self.chunks.text[mark.start : mark.end]

    def decide(self, quote: int) -> Choice:
        """The speaker of one stretch; remembers it for the next ones."""
        mark = self.chunks.marked[quote]
        if mark.rule == "label" and mark.outer_start < mark.start:
            self.spoken.append(1.0)
            return self._interviewed(asks=self._words(quote).rstrip().endswith("?"))
        context = context_of(self.chunks, quote)
        if self._answers(context):
            self.spoken.append(1.0)
            return self._interviewed(asks=False)
        candidates = self.candidates(context)
        likely = probabilities(self.weights["speaker"], [candidate.features for candidate in candidates])
        choice = self.choose(context, candidates, likely)
        self.spoken.append(choice.spoken)
        if self._is_asked(quote):
            return choice._replace(place=-1, person=-1, again=False)
        self.remember(quote, choice)
        return choice

    def _answers(self, context: QuoteContext) -> bool:
        """Words alone in a paragraph below a line without marks that asks: an interview whose lines have no labels."""
        codes, at = self.chunks.codes, context.at
        if codes[at - 1 : at] != "\n" or codes[at + 1] not in ("\n", SENTENCE_END) or context.paragraph < 2:
            return False
        first = self.chunks.line_end[context.paragraph - 2]
        above = codes[first:at]
        line = self.chunks.text[self.chunks.ends[first] : self.chunks.starts[at]].rstrip(_MARKS_AND_BLANKS)
        return QUOTE not in above and line.endswith(("?", "？"))

    def _interviewed(self, *, asks: bool) -> Choice:
        """Behind «Q:» and «A:» the only person named in full gives the answers."""
        person = -1 if asks else self.people.alone()
        place = self.people.first_mention(person) if person >= 0 else -1
        return Choice(place, person, _ANSWERS, again=False, spoken=1.0)

    def _is_asked(self, quote: int) -> bool:
        """A question of the interviewer: a paragraph of its own, and the next paragraph or the next marks answer."""
        marked, at, codes = self.chunks.marked, self.chunks.quote_at[quote], self.chunks.codes
        alone = self._words(quote).endswith(("?", "？")) and codes[at - 1 : at] in ("", "\n", SENTENCE_END)
        if alone and _TURN.match(codes, at + 1):  # «“Would you?” “Never,” answered X»
            return True
        if marked[quote].rule != "dash" or not self._words(quote).endswith("?") or quote + 1 >= len(marked):
            return False
        answered = marked[quote + 1].rule == "dash" and codes[at + 1 : self.chunks.quote_at[quote + 1]] == "!\n"
        return answered and codes[at - 1 : at] in ("", "\n")

    def remember(self, quote: int, choice: Choice) -> None:
        """The next stretches may continue with this speaker."""
        if choice.place >= 0 and choice.spoken >= IS_SAID:
            self.last, self.last_quote = choice, quote
            if choice.person >= 0:
                paragraph = self.chunks.paragraph_of[self.chunks.quote_at[quote]]
                self.people.spoke(choice.person, self.chunks.mentions[choice.place].chunk, paragraph)

    def choose(self, context: QuoteContext, candidates: list[Candidate], likely: list[float]) -> Choice:
        """The person with the largest sum, and of its mentions the likeliest."""
        sums: dict[tuple[int, int], float] = {}
        best: dict[tuple[int, int], tuple[float, Candidate]] = {}
        for candidate, share in zip(candidates, likely, strict=True):
            for person, certainty in self._persons(candidate):
                key = (person, -1) if person >= 0 else (-1, self.people.antecedent(candidate.place))
                sums[key] = sums.get(key, 0.0) + share * certainty
                if key not in best or share * certainty > best[key][0]:
                    best[key] = (share * certainty, candidate)
        somebody = [key for key in sums if best[key][1].place >= 0]
        key = max(somebody if self.settled and somebody else sums, key=lambda k: sums[k])
        candidate = best[key][1]
        listed = self._listed(context)
        spoken = probability(self.weights["quote"], quote_features(self.chunks, context, likely, listed))
        if context.rule in ("dash", "label") or self._stands_alone(context):
            spoken = max(spoken, _BEHIND_DASH)
        elif is_title_of_work(self.chunks, context, listed):
            spoken = min(spoken, _TITLED)
        elif candidate.place >= 0 and self._is_agent(context, candidate.place):
            spoken = max(spoken, _CALLED)  # «was called “…” by X»
        elif self._is_announced(context) or is_in_reported_mood(self.chunks, context):
            spoken = max(spoken, _BEHIND_DASH)
        return Choice(candidate.place, key[0], sums[key], candidate.again, spoken)

    def _listed(self, context: QuoteContext) -> str:
        """Whether a comma or «and» leads here from the stretch before, and whether that one was said."""
        if not self.spoken or not _LISTED.fullmatch(
            self.chunks.codes, self.chunks.quote_at[context.quote - 1] + 1, context.at
        ):
            return ""
        return "+" if self.spoken[-1] >= IS_SAID else "-"

    def _stands_alone(self, context: QuoteContext) -> bool:
        """Whether the marks contain a whole sentence of the body: a title or a term is part of somebody's sentence."""
        codes, at = self.chunks.codes, context.at
        alone = codes[at - 1 : at] in ("\n", "$", QUOTE) and codes[at + 1] in "$\n" + QUOTE
        clause = len(context.words) >= _SENTENCE or context.words.endswith(self.chunks.pack.finite)
        return alone and context.paragraph > 0 and clause

    def _is_announced(self, context: QuoteContext) -> bool:
        """«X tried to calm them: “All is under control.”»: a sentence in marks that ends the one with the colon."""
        codes, at = self.chunks.codes, context.at
        ends = codes[at - 1 : at] == ":" and codes[at + 1] in "$\n!" and context.paragraph > 0
        named = any(code in codes[context.start : at] for code in (NAME, PERSON_PRONOUN))
        return ends and named and context.words[0].isupper() and context.words.count(" ") >= _WORDS - 1

    def _persons(self, candidate: Candidate) -> list[tuple[int, float]]:
        """Persons behind a candidate; what is left of the probability stays with the mention itself."""
        if candidate.place < 0:
            return [(-1, 1.0)]
        if candidate.again and self.last:
            return [(self.last.person, 1.0)]
        persons = self.people.who(innermost(self.chunks, candidate.place))
        rest = 1.0 - sum(share for _, share in persons)
        return [*persons, (-1, rest)] if rest > 0.01 else persons

    def candidates(self, context: QuoteContext) -> list[Candidate]:
        """Nobody, the mentions of the own paragraph and the last ones of the paragraph before, the last speaker."""
        own, paragraph = self.by_paragraph[context.paragraph], context.paragraph
        cut = bisect_left(own, context.at, key=self._chunk_of)
        near = (self.by_paragraph[paragraph - 1][-BACK:] if paragraph else []) + own[max(0, cut - AHEAD) : cut + AHEAD]
        past = self._past(context)
        out = [Candidate(-1, features.nobody(context))]
        quoted = [who for place in near if (who := quoted_in(self.chunks, place, context.at)) is not None]
        if quoted and quoted[-1] < 0:
            return out
        decided = quoted[-1:] or self._decided(context, near)
        self.settled, near = bool(decided), decided or near
        if self._is_put_to_somebody(context, near):
            return out
        signature = self._signature(paragraph)
        if signature < 0:
            signature = self._told_behind(context)
        if signature >= 0:
            out.append(Candidate(signature, features.signed(context)))
            near = [place for place in near if place != signature]
        told = TOLD_WITHOUT_SUBJECT.match(self.chunks.codes, context.at + 1)
        past_it = told.end() if told else len(self.chunks.codes)  # «…», afferma. Hong Kong, nel frattempo, …
        near = [place for place in near if self._chunk_of(place) < past_it and not self._is_no_speaker(place)]
        near = self._subjects(context, near)
        out += [Candidate(place, self._features(context, place, past)) for place in near]
        if past.place >= 0 and past.place != signature and past.place not in near:
            out.append(Candidate(past.place, features.again(context, past), True))
        return out

    def _subjects(self, context: QuoteContext, near: list[int]) -> list[int]:
        """Who may be the subject that a verb behind the marks leaves out: whom no preposition leads to, if anybody."""
        codes, dropped = self.chunks.codes, self.chunks.pack.dropped and self.chunks.pack.articles
        told = SAYS_WITHOUT_SUBJECT.match(codes, context.at + 1) if dropped else None
        if told is None:
            return near
        free = [place for place in near if not self._is_led(place) and self._chunk_of(place) < told.end()]
        return free or [place for place in near if self._chunk_of(place) < context.at]

    def _is_led(self, place: int) -> bool:
        """Whether a preposition leads to a mention; not «(disse) ao PÚBLICO Ana Reis», «… Ana Reis, a prefeita»."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        led = LED_BY_PREPOSITION.search(codes, max(0, mention.chunk - 4), mention.chunk)
        described = codes[mention.chunk + 1 : mention.chunk + 3] == "," + NOUN_PHRASE
        return led is not None and len(mention.name) < _TWO_NAMES and not described

    def _decided(self, context: QuoteContext, near: list[int]) -> list[int]:
        """The one mention that the sentence leaves: who acts in its passive, or whom the line above announces."""
        mentions, codes = self.chunks.mentions, self.chunks.codes
        own = own_name(self.chunks, context.at)
        if own >= 0:
            return [own]
        for place in near:
            if self._is_agent(context, place):
                return [place]
            chunk = mentions[place].chunk
            qualifies = MODIFIES.match(codes, chunk + 1) or codes[chunk + 1] == OWNER  # «said Lund's wife»
            said = INVERTED_RIGHT_AFTER.fullmatch(codes, context.at + 1, chunk) and not qualifies
            says = SAYS_OF.fullmatch(codes, chunk + 1, context.at) and codes[chunk - 1 : chunk] in (
                "",
                "\n",
                SENTENCE_END,
            )
            if said or says or self._is_owned(context, place) or self._is_given_as_source(context, place):
                return [place]
            if self._says_in_relative_clause(context, place) or self._is_marked_subject(context, place):
                return [place]
        relative = self._relative_before(context, near)
        if relative >= 0:
            return [place for place in near if place == relative or mentions[place].kind == PERSON_PRONOUN]
        return self._announced(context)

    def _is_agent(self, context: QuoteContext, place: int) -> bool:
        """Whether somebody is who acts in the sentence's passive: «was called “…” by X»."""
        codes, chunk = self.chunks.codes, self.chunks.mentions[place].chunk
        first = _first_of(codes, chunk)
        between = codes[chunk + 1 : context.at] if chunk < context.at else codes[context.at + 1 : first - 1]
        beside = AGENT_BEHIND if chunk > context.at else AGENT_BEFORE
        led = codes[first - 1 : first] == BEFORE and beside.fullmatch(between)
        return bool(led) and self._leads_to_agent(first - 1)

    def _is_given_as_source(self, context: QuoteContext, place: int) -> bool:
        """«…, according to a diplomat in Cairo, “…”»: the name, or somebody new, that «according to» leads to."""
        codes, mention, lexicon = self.chunks.codes, self.chunks.mentions[place], self.chunks.pack.lexicon
        chunk, article = mention.chunk, self.chunks.text[mention.start : mention.end].lower().partition(" ")[0]
        if mention.kind != NAME and (mention.definite or lexicon.get(article) != DETERMINER):
            return False
        led = codes[_first_of(codes, chunk) - 1 : _first_of(codes, chunk)] == BEFORE
        return led and chunk < context.at and bool(SOURCE_BEFORE.fullmatch(codes, chunk + 1, context.at))

    def _is_marked_subject(self, context: QuoteContext, place: int) -> bool:
        """«X は “…” と述べた»: whom a particle marks as the subject of the verb, which was put right behind it."""
        chunks, mention = self.chunks, self.chunks.mentions[place]
        verb = mention.chunk + 1
        known = mention.kind == NOUN_PHRASE and (
            self.people.who(place) or " " not in chunks.text[mention.start : mention.end]
        )
        if known or BEFORE in chunks.codes[context.start : context.at]:
            return False  # somebody named before, whose other mentions count too; «X에 따르면 계약은 “…”»
        put = chunks.codes[verb : verb + 1] in tuple(SAYING) and chunks.starts[verb] == chunks.ends[verb]
        return put and bool(chunks.pack.subject) and context.start <= verb < context.at

    def _says_in_relative_clause(self, context: QuoteContext, place: int) -> bool:
        """«X cites two scholars who call it “…”»: the noun right before the relative clause that has the marks."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        if mention.kind not in (NAME, NOUN_PHRASE) or not context.start <= mention.chunk < context.at:
            return False
        if mention.definite:
            return False  # somebody named before, whose other mentions count too
        first = _first_of(codes, mention.chunk)
        if codes[first - 1 : first] == PREPOSITION and codes[first - 2 : first - 1] in (NAME, NOUN_PHRASE):
            return False  # «the wife of X, who said …»
        found = SAYS_AS_RELATIVE.fullmatch(codes, mention.chunk + 1, context.at)
        if found is None or found["who"] == RELATIVE:
            return found is not None
        if found["who"] == DETERMINER:
            return bool(found["apart"]) and self.chunks.pack.verb_second  # «zwei Gelehrte, die sagen»
        return bool(found["apart"]) or codes[mention.chunk - 1] not in PREPOSITION + SAYING  # «dice al rey que …»

    def _is_owned(self, context: QuoteContext, place: int) -> bool:
        """«Tarr's agent said he was “well”»: whoever belongs to somebody named, and is the last to say a thing."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        if mention.kind != NOUN_PHRASE or codes[max(0, mention.chunk - 2) : mention.chunk] != NAME + OWNER:
            return False
        says = SAYS.match(codes, mention.chunk + 1, context.at)
        return (
            says is not None and mention.chunk >= context.start and not SAYS_TOO.search(codes, says.end(), context.at)
        )

    def _is_put_to_somebody(self, context: QuoteContext, near: list[int]) -> bool:
        """«X was asked whether she was “tired”»: the words of somebody whom the sentence does not name."""
        pack, mentions = self.chunks.pack, self.chunks.mentions
        for place in near:
            chunk = mentions[place].chunk
            if not context.start <= chunk < context.at or mentions[place].kind == NOUN_PHRASE:
                continue
            found = ADDRESSED.fullmatch(self.chunks.codes, chunk + 1, context.at)
            if found is None and pack.verb_second:
                found = CALLED_BEHIND.fullmatch(self.chunks.codes, chunk + 1, context.at + 2)
            if found is None:
                continue
            auxiliary, verb = (self.chunks.words(*found.span(part)).lower() for part in ("passive", "verb"))
            if auxiliary in pack.passive and verb.endswith(pack.participles):
                return True
        return False

    def _leads_to_agent(self, chunk: int) -> bool:
        """Whether a chunk is the «by» of a passive."""
        word = self.chunks.text[self.chunks.starts[chunk] : self.chunks.ends[chunk]].lower()
        return word in self.chunks.pack.agents

    def _relative_before(self, context: QuoteContext, near: list[int]) -> int:
        """«…, says Ida Holm. Her brother laughs. “Not me,” he says»: the relative whom the sentence before is about."""
        codes, at = self.chunks.codes, context.at
        if NAME in codes[at + 1 : min(context.end, at + _AFTER_QUOTE)]:
            return -1
        for place in reversed(near):
            mention = self.chunks.mentions[place]
            if mention.chunk > at or mention.kind != NOUN_PHRASE:
                if mention.chunk < at and mention.kind == NAME:
                    return -1
                continue
            if mention.paragraph != context.paragraph or self.chunks.sentence_of[at] - mention.sentence > 1:
                return -1
            first = mention.chunk - (codes[mention.chunk - 1] in "yd")
            if codes[first - 1 : first] in ("", "\n", SENTENCE_END) and self.people.is_relative(place):
                return place
        return -1

    def _announced(self, context: QuoteContext) -> list[int]:
        """«From the mayor, Nora Quist:» and then her words: the only name of a line that ends in a colon."""
        codes, at = self.chunks.codes, context.at
        if codes[max(0, at - 2) : at] != ":\n" or codes[at + 1] not in "\n$" + QUOTE or context.paragraph < 2:
            return []
        mentions = self.chunks.mentions
        named = [place for place in self.by_paragraph[context.paragraph - 1] if mentions[place].kind == NAME]
        return named if len(named) == 1 and mentions[named[0]].in_full else []

    def _speaks_through_another(self, place: int) -> bool:
        """Whether «a lawyer for X» is here: the lawyer is a candidate, X is not."""
        if self.chunks.mentions[place].kind != NAME:
            return False
        if self._completes_body(place) or self._is_in_compound(place):
            return True
        found = represented(self.chunks, place)
        alone = found is not None and self.chunks.codes[self.chunks.mentions[place].chunk - 1] == ROLE
        return found is not None and found.other == place and not alone

    def _is_no_speaker(self, place: int) -> bool:
        """Whether somebody else speaks for a mention, or it is a place or in a case that no subject has."""
        where = self._is_dateline(place) or self._is_complement(place)
        if where or self._speaks_through_another(place) or self._describes(place):
            return True
        return self._is_in_case(place) or self._is_object(place)

    def _describes(self, place: int) -> bool:
        """«X, an expert on Syria, noted»: a noun between commas that says who X is, the subject."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        if mention.kind != NOUN_PHRASE or codes[max(0, mention.chunk - 2) : mention.chunk] != NAME + ",":
            return False
        return DESCRIBES_SUBJECT.match(codes, mention.chunk + 1) is not None and not self.people.who(place)

    def _is_object(self, place: int) -> bool:
        """«(sagte) dem Sender»: a noun whose article no subject has, and that no preposition makes a source."""
        chunks, mention = self.chunks, self.chunks.mentions[place]
        if mention.kind != NOUN_PHRASE or not chunks.pack.oblique:
            return False
        article = chunks.text[mention.start : mention.end].lower().partition(" ")[0]
        return article in chunks.pack.oblique and chunks.codes[mention.chunk - 1] not in PREPOSITION + BEFORE

    def _is_complement(self, place: int) -> bool:
        """«The club in Ellery called it “…”»: a name behind a noun and «in» or «of» is no subject of the verb."""
        codes, mention, pack = self.chunks.codes, self.chunks.mentions[place], self.chunks.pack
        found = COMPLEMENT_BEFORE.search(codes, max(0, mention.chunk - 4), mention.chunk)
        verb = ITS_VERB.match(codes, mention.chunk + 1)
        if mention.kind != NAME or found is None or verb is None:
            return False
        if self.chunks.words(verb.end() - 1, verb.end()).lower().endswith(_PARTICIPLES):
            return False  # «footage of X saying»
        word = self.chunks.words(found.start("preposition"), found.start("preposition") + 1).lower()
        return pack.verb_second or word in pack.connectors or word in pack.particles

    def _is_in_case(self, place: int) -> bool:
        """«Kadlecovi vyčetla»: a surname alone before a verb, in a case of what the article gives as its nominative."""
        mention, pack = self.chunks.mentions[place], self.chunks.pack
        before, after = self.chunks.codes[mention.chunk - 1 : mention.chunk], mention.chunk + 1
        if pack.nominatives and mention.name and _CASE_ENDING.search(mention.name[-1]):
            return True  # «(powiedział) Slate’owi»
        if (
            pack.nominatives
            and len(mention.name) == 1
            and before in tuple(SAYING)
            and is_declined(mention.name[0], pack)
        ):
            told = TOLD_AND_SUBJECT.match(self.chunks.codes, mention.chunk + 1)
            teller = self.chunks.mention_at[told.end() - 1] if told else -1
            if teller >= 0 and self.chunks.mentions[teller].in_full:
                return True  # «powiedziała Timesowi Ewelina Gajda»
        owner = before in (ROLE, NOUN_PHRASE)  # «rzecznik Okońskiego»
        after += self.chunks.codes[after] == WORD  # «В письме Лукину палата написала»
        if len(mention.name) != 1 or not pack.nominatives or self.chunks.codes[after] not in SAYING or owner:
            return False
        persons = self.people.who(place)
        surname = self.people.surname(persons[0][0]) if persons else ""
        nominatives = {surname_in_nominative(mention.name[0], gender, pack) for gender in ("m", "f")}
        return surname != mention.name[0] and surname in nominatives

    def _is_in_compound(self, place: int) -> bool:
        """«Paris attack suspect 'acted alone'»: in a headline a name right before a role says which one it is."""
        mention, pack = self.chunks.mentions[place], self.chunks.pack
        found = IN_COMPOUND.match(self.chunks.codes, mention.chunk + 1)
        if found is None or mention.paragraph or pack.case != "names" or not pack.articles:
            return False
        noun = self.chunks.mentions[self.chunks.mention_at[found.start("noun")]]
        return noun.role_noun and self.chunks.text[noun.start : noun.end].lower() == noun.head

    def _is_dateline(self, place: int) -> bool:
        """«LONDON, Oct 20 —», «Berlin (AP) -»: the place that opens a report."""
        mention, codes = self.chunks.mentions[place], self.chunks.codes
        opens = mention.kind == NAME and codes[mention.chunk - 1 : mention.chunk] in ("", "\n")
        found = DATELINE.match(codes, mention.chunk + 1) if opens else None
        shouted = self.chunks.text[mention.start : mention.end].isupper()
        return found is not None and (shouted or ")" in found[0])

    def _completes_body(self, place: int) -> bool:
        """«(the court) in Ellery», «суд Москвы»: the place that shows which body speaks."""
        codes, chunk = self.chunks.codes, self.chunks.mentions[place].chunk
        before = chunk - 2 if codes[chunk - 1 : chunk] == PREPOSITION else chunk - 1
        at = self.chunks.mention_at[before] if before >= 0 and codes[before] == NOUN_PHRASE else -1
        body = self.chunks.mentions[at] if at >= 0 else None
        alone = len(self.chunks.mentions[place].name) == 1
        return alone and body is not None and self.chunks.pack.lexicon.get(body.head) == BODY

    def _past(self, context: QuoteContext) -> Past:
        if self.last is None:
            return Past()
        before = self.chunks.paragraph_of[self.chunks.quote_at[self.last_quote]]
        return Past(self.last.place, self.last.person, context.paragraph - before)

    def _features(self, context: QuoteContext, place: int, past: Past) -> list[str]:
        """All that speaks for and against a mention."""
        mention = self.chunks.mentions[place]
        persons = self.people.who(place)
        person = persons[0][0] if persons else -1
        apart = min(abs(self.chunks.sentence_of[context.at] - mention.sentence), 3)
        told = features.of_mention(self.chunks, context, place)
        told += features.of_past(context, mention, apart, place, person, past)
        if person < 0:
            return [*told, "f-"]
        told += [
            f"f{min(self.people.frequency(person), 5)}",
            f"h{self.people.person_evidence(person)}{mention.kind}",
        ]
        if self.people.surname(person) in context.words:
            told += ["named", "named" + mention.kind]
        return told

    def _chunk_of(self, place: int) -> int:
        return self.chunks.mentions[place].chunk

    def _told_behind(self, context: QuoteContext) -> int:
        """The one name of the sentence behind quotations that open a paragraph: 「…」。そう話すのは佐野健さんだ.

        Languages do so whose verb closes the sentence and that put no space between words.
        """
        codes, pack, first = self.chunks.codes, self.chunks.pack, context.at
        if pack.spaces or not pack.verb_final:
            return -1
        while first and codes[first - 1] == QUOTE:
            first -= 1
        behind = _TOLD_BEHIND.match(codes, context.at + 1)
        if behind is None or SAY not in behind[1] or codes[first - 1 : first] not in ("", "\n"):
            return -1
        names = [at for at in range(behind.start(1), behind.end(1)) if codes[at] == NAME]
        return self.chunks.mention_at[names[0]] if len(names) == 1 else -1

    def _signature(self, paragraph: int) -> int:
        """The name on a line of its own that signs the quotation above it: «— Ada Marlow, auditor»."""
        if paragraph + 1 >= len(self.by_paragraph) or not self.by_paragraph[paragraph + 1]:
            return -1
        place = self.by_paragraph[paragraph + 1][0]
        mention, codes = self.chunks.mentions[place], self.chunks.codes
        first = mention.chunk - 1
        while codes[first] in "od":
            first -= 1
        alone = codes[first] == "-" and codes[first - 1] == "\n"
        return place if alone and QUOTE not in codes[first : self.chunks.line_end[paragraph + 1]] else -1
