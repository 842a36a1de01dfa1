"""Whose words a quotation is: the mentions around it as candidates, ranked by trained weights, from left to right.

The probability of a person is the sum over the mentions that lead to them; the features are about structure alone, so
one set of weights serves every language with a pack.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from archiver.quotes import features
from archiver.quotes.authors import document_read
from archiver.quotes.clauses import quoted_in
from archiver.quotes.decided import DecidedBySentence
from archiver.quotes.echoes import Echoes
from archiver.quotes.features import Past, QuoteContext, context_of
from archiver.quotes.headlines import introduced
from archiver.quotes.interviews import alone, turns
from archiver.quotes.is_quote import quote_features
from archiver.quotes.model import NAME, QUESTION_MARKS, QUOTE, SENTENCE_END, Chunks
from archiver.quotes.objects import agent_in_front, is_called_by_others, said_by_several
from archiver.quotes.patterns import (
    TOLD_WITHOUT_SUBJECT,
)
from archiver.quotes.questions import is_asked_of_somebody
from archiver.quotes.ranking import Weights, probabilities, probability
from archiver.quotes.ruled_out import Identities
from archiver.quotes.sources import innermost, represented
from archiver.quotes.subjects import (
    topic,
)
from archiver.quotes.terms import is_plain_word
from archiver.quotes.uttered import (
    is_announced,
    is_called,
    is_in_reported_mood,
    is_told_alone,
    is_told_in_headline,
    is_told_right_behind,
    is_uttered_in_signs,
    stands_alone,
)
from archiver.quotes.voices import is_a_voice
from archiver.quotes.works import is_title_of_work

IS_SAID = 0.5  # a stretch in marks is a quote from this probability on
_LISTED = re.compile("[,!]?[cw]?d?")
_TURN = re.compile(f"[!{SENTENCE_END}]?-?{QUOTE}")
_ANSWERS = 0.8  # how sure the one person named is who answers
_BEHIND_DASH = 0.6  # how likely what is after a dialogue dash was said, at least
_CALLED = 0.8  # how likely words are somebody's that a passive says they are, at least
_ABOUT = 0.7  # how sure words are those of whom the sentence beside them is about, at least
_TITLED = 0.2  # how likely the title of a work is somebody's words, at most
_SURE = 0.5  # a speaker of a headline who is this likely is not looked for in the text
BACK, AHEAD = 10, 10  # candidates of the paragraph before; on either side in the own one


class Candidate:
    """A mention that may be the speaker; -1 is nobody. `again` says that it is only the speaker of the quote before."""

    __slots__ = ("again", "features", "place")

    def __init__(self, place: int, found: list[str], *, again: bool = False) -> None:
        self.place, self.features, self.again = place, found, again


class Choice(NamedTuple):
    """The speaker of a marked stretch: the mention, the person behind it (-1: only the mention), and how sure.

    `told` is the chunk of the quotation of the text whose words a headline repeats, where that is beside its speaker.
    """

    place: int
    person: int
    confidence: float
    again: bool
    spoken: float
    told: int = -1


NOT_SAID = Choice(-1, -1, 1.0, again=False, spoken=0.0)


def _opens_talk(chunks: Chunks, quote: int) -> int:
    """The chunk with which a talk begins: its first line of speech, or the question without marks above it."""
    at = chunks.quote_at[quote]
    above = chunks.paragraph_of[at] - 2
    return chunks.line_end[above] + 1 if chunks.marked[quote].rule == "answer" and above >= 0 else at


class Speakers(DecidedBySentence):
    """Chooses the speakers of all marked stretches of a text, in order."""

    def __init__(self, chunks: Chunks, people: Identities, weights: Weights) -> None:
        super().__init__(chunks, people)
        self.weights = weights
        self.last: Choice | None = None
        self.spoken: list[float] = []  # how likely each stretch up to here was said
        self.last_quote = -1
        self.turns = turns(chunks)
        talk = (*self.turns, *(place for place, mark in enumerate(chunks.marked) if mark.rule in ("label", "answer")))
        self.talk = (_opens_talk(chunks, min(talk)), chunks.quote_at[max(talk)]) if talk else (0, 0)  # of an interview
        self.echoes = Echoes(chunks)
        pulled = (chunks.paragraph_of[chunks.quote_at[quote]] for quote in self.echoes.pulled)
        self.apart = chunks.asides | frozenset(pulled)  # paragraphs beside the prose
        self.flow = list(accumulate(int(number not in self.apart) for number in range(len(chunks.paragraphs))))
        self.is_of_document = False  # whether the words behind the marks say in which document they can be read
        self.settled = False  # whether the sentence leaves one mention alone to speak

    def all(self) -> list[Choice]:
        """One choice for each marked stretch."""
        choices = [self.decide(quote) for quote in range(len(self.chunks.quote_at))]
        for quote in [*self.echoes.of_headline, *self.echoes.pulled]:
            if choices[quote] is NOT_SAID:
                continue
            choices[quote] = self._as_in_text(choices, quote)
        if self.turns and choices[0].place < 0 and alone(self.chunks, 0) >= 0:  # over an interview
            choices[0] = self._interviewed(asks=False)._replace(spoken=choices[0].spoken)
        for quote in self.echoes.of_headline:
            if choices[quote].place < 0 and choices[quote] is not NOT_SAID:
                choices[quote] = self._introduced(choices, quote)
        return choices

    def _as_in_text(self, choices: list[Choice], quote: int) -> Choice:
        """A quotation of the headline is whose it is where the text repeats its words, unless that is less sure.

        Whom the headline alone lets speak may be a place: «Mill Lane: “…”».
        """
        here = choices[quote]
        speaks = here.person >= 0 and any(one.person == here.person for one in choices[self.echoes.first :])
        sure = here.confidence if speaks and here.confidence >= _SURE else 0.0
        for other in self.echoes.sources(quote):
            rival = choices[other]
            if rival.place >= 0 and not (sure and (rival.person == here.person or rival.confidence < sure)):
                told = -1 if rival.again else self.chunks.quote_at[other]
                return rival._replace(again=True, spoken=max(here.spoken, rival.spoken), told=told)
        return here

    def _introduced(self, choices: list[Choice], quote: int) -> Choice:
        """The words that are all of the headline are those of whom the text begins with."""
        speaking = {one.person for one in choices[self.echoes.first :] if one.spoken >= IS_SAID}
        place = introduced(self.chunks, self.people, quote, speaking)
        if place < 0:
            return choices[quote]
        spoken = max(choices[quote].spoken, _BEHIND_DASH)
        return Choice(place, self.people.who(place)[0][0], _ANSWERS, again=False, spoken=spoken)

    def _words(self, quote: int) -> str:
        mark = self.chunks.marked[quote]
        return self.chunks.text[mark.start : mark.end]

    def decide(self, quote: int) -> Choice:
        """The speaker of one stretch; remembers it for the next ones."""
        mark = self.chunks.marked[quote]
        if mark.rule == "label" and mark.outer_start < mark.start:
            self.spoken.append(1.0)
            asks = self._words(quote).rstrip().endswith("?")
            label = self.chunks.text[mark.outer_start : mark.start].lower()
            signed = -1 if asks else self.people.initialled("".join(filter(str.isalpha, label)))  # «A. M.: …»
            return self._of_person(signed) if signed >= 0 else self._interviewed(asks=asks)
        if mark.rule == "answer":
            answering = self._interviewed(asks=False)  # without somebody who answers it is no talk
            self.spoken.append(float(answering.person >= 0))
            return answering if answering.person >= 0 else NOT_SAID
        if quote in self.turns:
            self.spoken.append(1.0)
            return self._interviewed(asks=self.turns[quote])
        context = context_of(self.chunks, quote)
        if quote in self.echoes.pulled and self._signature(context.paragraph) < 0:
            self.spoken.append(0.0)
            return NOT_SAID  # its words are in the text, and are said there
        candidates = self.candidates(context)
        likely = probabilities(self.weights["speaker"], [candidate.features for candidate in candidates])
        choice = self.choose(context, candidates, likely)
        self.spoken.append(choice.spoken)
        if context.paragraph in self.apart:
            return choice
        if self._is_asked(quote) or (not self.is_of_document and self._is_a_voice(context, choice)):
            return choice._replace(place=-1, person=-1, again=False)
        self.remember(quote, choice)
        return choice

    def _is_a_voice(self, context: QuoteContext, choice: Choice) -> bool:
        """«“Louder!” someone shouted»: whoever was chosen did not say it."""
        body = self.people.is_body(choice.person)
        return choice.place >= 0 and is_a_voice(self.chunks, self._chunk_of(choice.place), context.at, body=body)

    def _interviewed(self, *, asks: bool) -> Choice:
        """The only person named in full before the talk, in the headline or in all answers; else who said nearly all.

        Whoever is named behind the talk alone does not; nor is it plain, if the headline names another than the text
        before the talk.
        """
        first, last = self.talk
        introduced, headline = self.people.alone(first), self.people.in_headline()
        person = introduced if introduced >= 0 else headline if headline >= 0 else self.people.alone()
        cased = self.chunks.pack.case != "none"  # elsewhere what seems to be a name in a headline may be none
        unclear = introduced >= 0 and headline >= 0 and headline != introduced and cased
        late = person >= 0 and self._chunk_of(self.people.first_mention(person)) > last
        if asks or (person >= 0 and not (unclear or late)):
            return self._of_person(-1 if asks else person)
        return self._of_person(self.people.main_voice())

    def _of_person(self, person: int) -> Choice:
        """Whoever the labels of a talk show to answer; -1 for nobody."""
        place = self.people.first_mention(person) if person >= 0 else -1
        return Choice(place, person, _ANSWERS, again=False, spoken=1.0)

    def _is_asked(self, quote: int) -> bool:
        """A question that somebody hears, or an interviewer's, which the next paragraph or the next marks answer."""
        marked, at, codes = self.chunks.marked, self.chunks.quote_at[quote], self.chunks.codes
        if is_asked_of_somebody(self.chunks, at):
            return True
        alone = self._words(quote).endswith(QUESTION_MARKS) and codes[at - 1 : at] in ("", "\n", SENTENCE_END)
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
                for_another = not choice.again and represented(self.chunks, choice.place) is not None
                paragraph = self.chunks.paragraph_of[self.chunks.quote_at[quote]]
                who = -1 if for_another else choice.person
                self.people.spoke(who, self.chunks.mentions[choice.place].chunk, paragraph, choice.confidence)
            elif not choice.again:
                self.people.spoke_unnamed(self.people.antecedent(choice.place))

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
        told = context.rule in ("dash", "label") or is_told_right_behind(self.chunks, context)
        if self.is_of_document or told or stands_alone(self.chunks, context):
            spoken = max(spoken, _CALLED if self.is_of_document else _BEHIND_DASH)
        elif is_title_of_work(self.chunks, context, listed) or is_plain_word(self.chunks, context, spoken):
            spoken = min(spoken, _TITLED)
        elif candidate.place >= 0 and (
            self._is_agent(context, candidate.place)
            or self._signs_in_brackets(context, candidate.place)
            or is_called(self.chunks, context)
            or self.written
            or self.called
        ):
            spoken = max(spoken, _CALLED)  # «was called “…” by X»
        elif (
            is_announced(self.chunks, context)
            or is_told_alone(self.chunks, context)
            or is_in_reported_mood(self.chunks, context)
            or self.reported
            or is_told_in_headline(self.chunks, context)
            or (context.words.count(" ") > 0 and is_called_by_others(self.chunks, context.start, context.at))
            or is_uttered_in_signs(self.chunks, context)
        ):
            spoken = max(spoken, _BEHIND_DASH)
        known = key[0] >= 0 and not candidate.again
        named = known and (self.written or self.chunks.mentions[candidate.place].kind == NAME)
        sure = max(sums[key], _ABOUT) if self.told_of and named else sums[key]
        return Choice(candidate.place, key[0], sure, candidate.again, spoken)

    def _listed(self, context: QuoteContext) -> str:
        """Whether a comma or «and» leads here from the stretch before, and whether that one was said."""
        if not self.spoken or not _LISTED.fullmatch(
            self.chunks.codes, self.chunks.quote_at[context.quote - 1] + 1, context.at
        ):
            return ""
        return "+" if self.spoken[-1] >= IS_SAID else "-"

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
        near = self._before(paragraph) + own[max(0, cut - AHEAD) : cut + AHEAD]
        past = self._past(context)
        out = [Candidate(-1, features.nobody(context))]
        if context.rule == "label" and self.chunks.mention_at[context.at - 2] < 0:
            return out  # «AM: …», whoever that is
        quoted = [who for place in near if (who := quoted_in(self.chunks, place, context.at)) is not None]
        if quoted and quoted[-1] < 0:
            return out
        self.told_of = self.written = self.called = self.reported = False
        self.is_of_document = document_read(self.chunks, context.at) >= 0
        decided = quoted[-1:] or self._decided(context, near)
        self.settled, near = bool(decided), decided or near
        if self.is_of_document and not decided:
            return out
        if not decided and said_by_several(self.chunks, context.start, context.end, context.verb_before):
            near = [place for place in near if context.start <= self._chunk_of(place) < context.end]
            if not near:
                return out
        others = not decided and is_called_by_others(self.chunks, context.start, context.at)
        acts = agent_in_front(self.chunks, context.start, context.at) >= 0
        if others or (not acts and self._is_put_to_somebody(context, near)):
            return out
        signature = self._signature(paragraph)
        if signature < 0 and (behind := self._told_behind(context)):
            if len(behind) > 1:
                return out  # «「…」。X and Y say so»
            signature = behind[0]
        if signature >= 0:
            out.append(Candidate(signature, features.signed(context)))
            near = [place for place in near if place != signature]
        told = TOLD_WITHOUT_SUBJECT.match(self.chunks.codes, context.at + 1)
        past_it = told.end() if told else len(self.chunks.codes)  # «…», afferma. Hong Kong, nel frattempo, …
        about = topic(self.chunks, context.start, context.at)
        near = [place for place in near if self._chunk_of(place) < past_it and place != about]
        if not self.written:  # else the sentence names the author: «czytamy w komunikacie spółki X»
            near = [place for place in near if not self._is_no_speaker(place)]
        near = self._subjects(context, near)
        out += [Candidate(place, self._features(context, place, past)) for place in near]
        goes_on = paragraph not in self.chunks.asides or bool(own)
        if goes_on and past.place >= 0 and past.place != signature and past.place not in near and not self.told_of:
            out.append(Candidate(past.place, features.again(context, past), again=True))
        return out

    def _before(self, paragraph: int) -> list[int]:
        """The last mentions of the paragraph before, captions and quotations pulled out of the text left aside."""
        if paragraph in self.chunks.asides:
            return []
        before = paragraph - 1
        while before > 0 and before in self.apart:
            before -= 1
        return self.by_paragraph[before][-BACK:] if before >= 0 else []

    def _past(self, context: QuoteContext) -> Past:
        if self.last is None:
            return Past()
        before = self.chunks.paragraph_of[self.chunks.quote_at[self.last_quote]]
        return Past(self.last.place, self.last.person, self.flow[context.paragraph] - self.flow[before])

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
