"""Whose words a quotation is: the mentions around it as candidates, ranked by trained weights, from left to right.

The probability of a person is the sum over the mentions that lead to them; the features are about structure alone, so one
set of weights serves every language with a pack.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from archiver.quotes.parts import Mention, Reading
from archiver.quotes.ranking import probabilities, probability

BEFORE, AFTER = 10, 10  # candidates of the paragraph before; on either side in the own one
_VERB_AFTER = re.compile(r"(?:\([^()\n]{1,8}\))?(?:,[^,$:\nQ]{1,9},)?(?:x|w(?=[STL])){0,2}([STLw])")
_SMALL = str.maketrans("", "", "wpdjsOoX0xeb-'&/()y")  # what a clause has besides its joints
_NAMED = re.compile("[XOik]")
_ACTOR, _REPORTING = re.compile("[XOikQ]"), re.compile("[STLag]")
_SENTENCE = 80  # chunks in which the ends of a sentence are looked for
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


class Known(Protocol):
    """Who a mention is: what `archiver.quotes.coreference` knows."""

    last_speaker: int
    last_chunk: int

    def who(self, place: int) -> list[tuple[int, float]]:
        """Persons with probabilities."""

    def frequency(self, person: int) -> int:
        """In how many mentions a person stands."""

    def surname(self, person: int) -> str:
        """The last word of a name, as printed."""

    def human(self, person: int) -> str:
        """What tells that a name is a person's: a gender, a role, a verb of saying."""


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

    def __init__(self, reading: Reading, people: Known, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.reading, self.people, self.weights = reading, people, weights
        self.by_paragraph: list[list[int]] = [[] for _ in reading.paragraphs]
        for place, mention in enumerate(reading.mentions):
            self.by_paragraph[mention.paragraph].append(place)
        self.line_end = [at for at, code in enumerate(reading.codes) if code == "\n"]
        self.last: Choice | None = None
        self.last_quote = -1

    def all(self) -> list[Choice]:
        """One choice for each marked stretch."""
        return [self.decide(quote) for quote in range(len(self.reading.quote_at))]

    def decide(self, quote: int) -> Choice:
        """The speaker of one stretch; remembers it for the next ones."""
        candidates = self.candidates(quote)
        choice = self.choose(
            quote, candidates, probabilities(self.weights["speaker"], [c.features for c in candidates])
        )
        self.remember(quote, choice)
        return choice

    def remember(self, quote: int, choice: Choice) -> None:
        """The next stretches may go on with this speaker."""
        if choice.place >= 0 and choice.spoken >= 0.5:
            self.last, self.last_quote = choice, quote
            if choice.person >= 0:
                self.people.last_speaker = choice.person
                self.people.last_chunk = self.reading.mentions[choice.place].chunk

    def choose(self, quote: int, candidates: list[Candidate], likely: list[float]) -> Choice:
        """The person with the largest sum, and of its mentions the likeliest."""
        sums: dict[tuple[int, int], float] = {}
        best: dict[tuple[int, int], tuple[float, Candidate]] = {}
        for candidate, share in zip(candidates, likely, strict=True):
            for person, certainty in self._persons(candidate):
                key = (person, -1) if person >= 0 else (-1, candidate.place)
                sums[key] = sums.get(key, 0.0) + share * certainty
                if key not in best or share * certainty > best[key][0]:
                    best[key] = (share * certainty, candidate)
        key = max(sums, key=lambda k: sums[k])
        candidate = best[key][1]
        spoken = probability(self.weights["quote"], self.quotedness(quote, candidates, likely))
        return Choice(candidate.place, key[0], sums[key], candidate.again, spoken)

    def _persons(self, candidate: Candidate) -> list[tuple[int, float]]:
        """Persons behind a candidate; what is left of the probability stays with the mention itself."""
        if candidate.place < 0:
            return [(-1, 1.0)]
        if candidate.again and self.last:
            return [(self.last.person, 1.0)]
        persons = self.people.who(candidate.place)
        rest = 1.0 - sum(share for _, share in persons)
        return [*persons, (-1, rest)] if rest > 0.01 else persons

    # Candidates and what speaks for them

    def candidates(self, quote: int) -> list[Candidate]:
        """Nobody, the mentions of the own paragraph and the last ones of the paragraph before, the last speaker."""
        reading = self.reading
        at = reading.quote_at[quote]
        paragraph = reading.paragraph_of[at]
        own = self.by_paragraph[paragraph]
        cut = bisect_left(own, at, key=self._chunk_of)
        before, after = own[max(0, cut - AFTER) : cut], own[cut : cut + AFTER]
        earlier = self.by_paragraph[paragraph - 1][-BEFORE:] if paragraph else []
        later = self._signature(paragraph)
        shape = self.shape(quote)
        out = [Candidate(-1, ["none", "none" + shape, "none" + reading.marked[quote].rule])]
        if later >= 0:
            out.append(Candidate(later, ["signed", "signed" + shape, "signed" + str(self._attributed(at))]))
        near = set(before + after + earlier)
        for place in (*earlier, *before, *after):
            out.append(Candidate(place, self.features(quote, at, place, shape)))
        if self.last and self.last.place not in near:
            out.append(Candidate(self.last.place, self._again(quote, at, shape), True))
        return out

    def _chunk_of(self, place: int) -> int:
        return self.reading.mentions[place].chunk

    def _sentence_start(self, chunk: int) -> int:
        """The first chunk of a sentence, looked for in the `_SENTENCE` chunks before."""
        low = max(0, chunk - _SENTENCE)
        codes = self.reading.codes
        return max(codes.rfind("$", low, chunk), codes.rfind("\n", low, chunk), low - 1) + 1

    def _signature(self, paragraph: int) -> int:
        """The name on a line of its own that signs the quotation above it: «— Ada Marlow, auditor»."""
        if paragraph + 1 >= len(self.by_paragraph) or not self.by_paragraph[paragraph + 1]:
            return -1
        place = self.by_paragraph[paragraph + 1][0]
        mention, codes = self.reading.mentions[place], self.reading.codes
        first = mention.chunk - 1
        while codes[first] in "od":
            first -= 1
        return (
            place
            if codes[first] == "-"
            and codes[first - 1] == "\n"
            and "Q" not in codes[first : self.line_end[paragraph + 1]]
            else -1
        )

    def shape(self, quote: int) -> str:
        """How a quotation sits in its sentence: what stands before and after it, and how long it is."""
        reading, mark = self.reading, self.reading.marked[quote]
        codes, at = reading.codes, reading.quote_at[quote]
        before, after = codes[at - 1] if at else "\n", codes[at + 1]
        start = "i" if before in "$\n" else ":" if before in ":,-Q" else "t" if before in "tST" else "f"
        size = mark.end - mark.start
        return (
            start
            + ("," if after in ",!-" else "$" if after in "$\n" else "f")
            + ("1" if size < 15 else "2" if size < 40 else "3")
        )

    def _again(self, quote: int, at: int, shape: str) -> list[str]:
        assert self.last is not None  # noqa: S101 - asked by the caller
        gap = min(self.reading.paragraph_of[at] - self.reading.paragraph_of[self.reading.quote_at[self.last_quote]], 4)
        return [
            "again",
            f"again{gap}",
            f"again{gap}{shape[:2]}",
            "again" + self.reading.marked[quote].rule,
            f"again{self._attributed(at)}",
        ]

    def _attributed(self, at: int) -> str:
        """Whether right beside the quotation somebody and a verb of saying stand, whoever it may be."""
        codes = self.reading.codes
        after = re.match(r"[,!-]?(?:[STLw][XOik]|[XOik]x?[STL])", codes[at + 1 : at + 6])
        before = re.search(
            r"(?:[XOikr](?:,[^,$:\nQ]{1,9},)?x?[STL][OXjkw]?(?:p[OXw]{1,2})?[,:]?t?|a[XO][,:]?|[XO]:)$",
            codes[max(0, at - 16) : at],
        )
        return ("a" if after else "") + ("b" if before else "") or "0"

    def features(self, quote: int, at: int, place: int, shape: str) -> list[str]:
        """What speaks for and against a mention, named by structure and role."""
        reading = self.reading
        codes, mention = reading.codes, reading.mentions[place]
        chunk = mention.chunk
        kind = self._kind(mention)
        first = chunk - 1
        while first > 0 and codes[first] in "od":
            first -= 1
        previous = codes[first] if chunk else "\n"
        following = codes[chunk + 1]
        own = mention.paragraph == reading.paragraph_of[at]
        side = ("b" if chunk < at else "a") if own else "p"
        sentences = min(abs(reading.sentence_of[at] - mention.sentence), 3)
        subject = self._subject(chunk)
        verb = self._verb(chunk, at)
        features = [
            "k" + kind, "k" + side + kind, f"s{side}{sentences}", f"s{side}{sentences}{shape[:2]}", f"u{side}{subject}{sentences}",
            f"u{subject}{kind}", f"u{side}{subject}{shape[:2]}", f"v{side}{verb}", f"v{side}{verb}{sentences}", f"v{verb}{kind}", f"v{side}{verb}{shape}",
            "l" + side + previous, "n" + side + following, f"ln{previous}{following}", f"lk{previous}{kind}", f"nk{following}{kind}",
        ]  # fmt: skip
        if own:
            between = codes[at + 1 : chunk] if side == "a" else codes[chunk + 1 : at]
            features += self._between(side, between, kind, previous, following, shape)
            features += self._governed(side, at, chunk, shape)
            beside = self._attributed(at)
            features += [
                f"at{side}{beside}{min(len(between), 3)}",
                f"at{side}{beside}{verb[:1]}",
                f"at{side}{beside}{sentences}",
            ]
        else:
            line = self.line_end[mention.paragraph]
            features += ["p" + shape, "pe" + codes[max(0, line - 2) : line], f"po{min(codes.count('X', chunk + 1, line), 3)}", "pa" + self._attributed(at),
                         "pr" + reading.marked[quote].rule]  # fmt: skip
        return features + self._history(quote, at, place, mention, side, sentences, shape)

    def _kind(self, mention: Mention) -> str:
        if mention.kind == "X":
            return "B" if mention.body else "X" if len(mention.name) > 1 else "1"
        if mention.kind == "O":
            return "O" + ("b" if mention.body else "r" if self.reading.pack.lexicon.get(mention.head) == "o" else "-")
        return mention.kind

    def _subject(self, chunk: int) -> str:
        """The grammatical place of a mention, as far as its neighbours tell it."""
        codes = self.reading.codes
        first = chunk - 1
        while first > 0 and codes[first] in "od":
            first -= 1
        before, after = codes[first] if chunk else "\n", codes[chunk + 1]
        if after == "s":
            return "'"
        if before == "a":
            return "a"
        if before == "p":
            return "p"
        if before == "T":
            return "T"
        if not _ACTOR.search(codes, self._sentence_start(chunk), chunk):
            return "1"
        return "," if before in ",cr" else "-"

    def _verb(self, chunk: int, at: int) -> str:
        """The verb that a mention is the subject of, and how near to it the quotation stands."""
        codes = self.reading.codes
        match = _VERB_AFTER.match(codes, chunk + 1)
        if match:
            rest = codes[match.end() : at] if chunk < at else ""
            tail = rest if len(rest) <= 3 else "+" if "$" not in rest and "\n" not in rest else "$"
            return match[1] + ("," if match.start(1) > chunk + 2 else "") + tail
        before = codes[chunk - 1] if chunk else "\n"
        if before in "STL" and (chunk < 2 or codes[chunk - 2] in "Q,!-:"):
            return "<" + before
        return "0"

    def _governed(self, side: str, at: int, chunk: int, shape: str) -> list[str]:
        """Where a mention stands before the verb of saying that is nearest to the quotation on its side."""
        codes = self.reading.codes
        if side == "b":
            start = self._sentence_start(at)
            verb = max(codes.rfind(code, start, at) for code in "STLg")
            gap = min(at - verb - 1, 4)
        else:
            end = codes.find("$", at, at + _SENTENCE)
            found = [place for place in (codes.find(code, at, end if end > 0 else at + _SENTENCE) for code in "STL") if place >= 0]
            verb = min(found, default=-1)
            gap = min(verb - at - 1, 4)
        if verb < 0:
            return ["V" + side + "0"]
        if chunk > verb:
            rank = "+" + str(min(len(_NAMED.findall(codes, verb + 1, chunk)), 2))
        else:
            rank = str(min(len(_NAMED.findall(codes, chunk + 1, verb)), 2)) if self.reading.sentence_of[chunk] == self.reading.sentence_of[verb] else "s"
        return [f"V{side}{codes[verb]}{rank}", f"V{side}{codes[verb]}{rank}{gap}", f"V{side}{rank}{shape[:2]}"]

    def _between(self, side: str, between: str, kind: str, previous: str, following: str, shape: str) -> list[str]:
        features = [
            f"m{side}{min(sum(map(between.count, 'XOi')), 4)}",
            f"q{side}{min(between.count('Q'), 2)}",
            f"d{side}{min(len(between) // 3, 5)}",
        ]
        if "$" not in between and "Q" not in between:
            features.append(f"{side}clean{kind}")
        for code in "STL:;crap":
            if code in between:
                features.append(f"h{side}{code}")
        skeleton = between.translate(_SMALL)[:7]
        features += [f"j{side}{skeleton}", f"j{side}{skeleton}{shape[:2]}"]
        if len(between) <= 5:
            edge = following if side == "a" else previous
            features += [
                f"={side}{between}",
                f"={side}{between}{kind}",
                f"={side}{between}|{edge}",
                f"={side}{between}{shape[:2]}",
            ]
        return features

    def _history(
        self, quote: int, at: int, place: int, mention: Mention, side: str, sentences: int, shape: str
    ) -> list[str]:
        """How the candidate relates to the speaker of the quotation before."""
        persons = self.people.who(place)
        person = persons[0][0] if persons else -1
        features = [f"f{min(self.people.frequency(person), 5) if person >= 0 else '-'}"]
        if person >= 0:
            features.append(f"h{self.people.human(person)}{mention.kind}")
            mark = self.reading.marked[quote]
            if self.people.surname(person) in self.reading.text[mark.start : mark.end]:
                features += ["named", "named" + mention.kind]
        if self.last is None:
            return [*features, "first"]
        gap = min(self.reading.paragraph_of[at] - self.reading.paragraph_of[self.reading.quote_at[self.last_quote]], 3)
        rule = self.reading.marked[quote].rule
        if place == self.last.place:
            reopened = rule if rule in ("reopened", "unopened", "dash") else ""
            features += [
                "same",
                f"same{gap}{side}",
                f"same{side}{sentences}",
                f"same{gap}{shape[:2]}",
                f"same{self._attributed(at)}",
                "same" + reopened,
            ]
        elif person >= 0 and person == self.last.person:
            features += ["prev", f"prev{gap}{side}", f"prev{side}{sentences}"]
        else:
            features += [f"new{gap}{side}", f"new{gap}{shape[:2]}"]
        return features

    # Words somebody said, or only words in marks

    def quotedness(self, quote: int, candidates: list[Candidate], likely: list[float]) -> list[str]:
        """What tells said words from titles of works, scare quotes, slogans and nicknames."""
        reading, mark = self.reading, self.reading.marked[quote]
        codes, at = reading.codes, reading.quote_at[quote]
        text = reading.text[mark.start : mark.end]
        words = _WORD.findall(text)
        lexicon = reading.pack.lexicon
        title = (
            reading.pack.names != "nouns"
            and len(words) > 1
            and words[-1][0].isupper()
            and all(w[0].isupper() or lexicon.get(w.lower(), "w") in "pdctxry0" for w in words)
        )
        size = str(len(words)) if len(words) < 4 else "4" if len(words) < 6 else "6" if len(words) < 10 else "10"
        before, after = codes[at - 1] if at else "\n", codes[at + 1]
        speaks = any(word.lower() in reading.pack.first_person for word in words)
        ending = text[-1] if text[-1] in ",.!?" else "-"
        capital = "C" if text[:1].isupper() else "c"
        beside = self._attributed(at)
        best = max(range(len(likely)), key=lambda i: likely[i])
        kind = "none" if candidates[best].place < 0 else "cand"
        zone = "T" if reading.paragraph_of[at] == 0 else ""
        features = [
            "bias", "w" + size, "b" + before, "a" + after, "ba" + before + after, "e" + ending, "x" + beside, "x" + beside + size, "w" + size + capital,
            "we" + size + ending, "wb" + size + before, "m" + ("'" if mark.mark in "'‘‚" else "") + zone, "z" + zone + size, "r" + mark.rule, kind, kind + size,
            "c" + str(int(likely[best] * 5)), "n" + str(int(likely[0] * 5)),
        ]  # fmt: skip
        if self._is_work(mark.outer_start):
            features += ["work", "work" + beside]
        if title:
            features += ["title", "title" + size, "title" + before, "title" + beside]
        if speaks:
            features += ["speaks", "speaks" + size]
        if self._verb_in_sentence(at):
            features += ["verb", "verb" + size]
        return features

    def _is_work(self, start: int) -> bool:
        """Whether a noun for a work stands right before the marks: «her novel “…”»."""
        words = _WORD.findall(self.reading.text[max(0, start - 25) : start].lower())
        return any(word in self.reading.pack.works_nouns for word in words[-2:])

    def _verb_in_sentence(self, at: int) -> bool:
        codes = self.reading.codes
        ends = [end for end in (codes.find(mark, at, at + _SENTENCE) for mark in "$\n") if end >= 0]
        return bool(_REPORTING.search(codes, self._sentence_start(at), min(ends, default=at + _SENTENCE)))
