"""Whom a pronoun may mean: those who are in view, by salience over the narrative before it.

After Lappin and Leass (1994), with trained weights. The same speaks for whom a noun means that has no name.
"""

from __future__ import annotations

from functools import lru_cache

from archiver.languages import AUXILIARY, OTHER_PRONOUN, PERSON_PRONOUN, POSSESSIVE, PREPOSITION, ROLE, SAY, Pack
from archiver.quotes.cases import is_declined, is_in_case
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, Chunks, Mention
from archiver.quotes.named_bodies import NamedBodies
from archiver.quotes.patterns import APPOSED_SUBJECT, ITS_VERB, SAYING, SUBJECT_AT_THE_END
from archiver.quotes.portraits import Person
from archiver.quotes.ranking import Weights, probabilities
from archiver.quotes.subjects import leading

_PRONOUN_BEHIND = 8  # chunks from a quotation to the pronoun behind it
_LEADING = "dowWbO,hyj"  # chunks between the beginning of a sentence and the name of its subject
_PARTS = (
    NAME + NOUN_PHRASE + PERSON_PRONOUN + QUOTE + ",:"
)  # none of them before a verb that is followed by its subject
_FULL = 2  # words of a name in full
HISTORY = 24  # mentions that a pronoun looks back on
PARAGRAPHS_BACK = 6
BY_SENTENCE = 0.9  # how sure a pronoun or a definite noun is of the one whom the sentence before is about


@lru_cache(maxsize=64)
def _possessives(pack: Pack) -> frozenset[str]:
    return frozenset(word for word, code in pack.lexicon.items() if code == POSSESSIVE)


Antecedent = tuple[int, float, list[str]]  # a person, its share in the mention, features


class Salience(NamedBodies):
    """Who is in view where a mention is."""

    def __init__(self, chunks: Chunks, weights: Weights) -> None:
        super().__init__(chunks)
        self.weights = weights
        self._possessives = _possessives(chunks.pack)
        self._resolved: dict[int, tuple[int, list[tuple[int, float]]]] = {}
        self._next = 0
        self.last_speaker = -1
        self.last_is_unnamed = False  # whoever spoke last has no name: X's lawyer
        self.announced: dict[str, list[int]] = {}  # who was named only after a noun
        for number, who in enumerate(self.persons):
            if who.announced:
                self.announced.setdefault(who.announced, []).append(number)
        self.trades: dict[str, list[int]] = {}  # who was set beside a noun, by its words
        for number, who in enumerate(self.persons):
            for word in who.trades:
                self.trades.setdefault(word, []).append(number)
        self.last_unnamed = -1  # the mention of the unnamed one who spoke last
        self.turn = 0  # how often somebody spoke
        self.last_chunk, self.last_share = -1, 0.0
        self.told_up_to = -1  # the chunk of who spoke last, named or not: whom words before it mean is settled
        self.last_paragraph = 0
        self.quoted: dict[int, int] = {}
        counts = [len(person.mentions) if not person.is_organization else 0 for person in self.persons]
        self._possible: dict[str, list[bool]] = {}
        self.top = counts.index(max(counts)) if counts else -1

    def who(self, place: int) -> list[tuple[int, float]]:
        """The persons that a mention may be, each with its probability; see `Coreference`."""
        raise NotImplementedError

    def _subject_before(self, place: int, mention: Mention) -> int:
        """Whom the sentence before a quotation is about, if nobody else: «X disagreed. “Never,” she said»; else -1."""
        codes, mentions, at = self.chunks.codes, self.chunks.mentions, mention.chunk
        quote = codes.rfind(QUOTE, max(0, at - _PRONOUN_BEHIND), at)
        if quote < 2 or codes[quote - 1] != SENTENCE_END or SENTENCE_END in codes[quote:at]:
            return -1
        start = max(codes.rfind(end, 0, quote - 1) for end in (SENTENCE_END, "\n")) + 1
        if QUOTE in codes[start:quote]:
            return -1
        here = [one for one in range(max(0, place - HISTORY), place) if start <= mentions[one].chunk < quote]
        people = [
            one for one in here if mentions[one].kind == NAME and not self.persons[self.person_at[one]].is_organization
        ]
        if not people:
            return self._meant_by_role(here, mention)
        if len(people) > 1 and leading(self.chunks, start, quote) == people[0]:
            people = [one for one in people if one == people[0] or not self._is_inside(mentions[one])]
        if len(people) != 1 or not self._could_be(self.person_at[people[0]], mention):
            return -1
        other = mentions[people[0]]
        leads = set(codes[start : other.chunk]) <= set(_LEADING) and codes[other.chunk + 1] != "s"
        leads = leads or leading(self.chunks, start, quote) == people[0] or self._closes(other, quote)
        leads = leads or codes[start : start + 2] == OTHER_PRONOUN + AUXILIARY  # «It was left to X to sum up the mood.»
        leads = leads or APPOSED_SUBJECT.match(codes, start, other.chunk + 2) is not None
        leads = leads or (codes[other.chunk - 1] == "," and ITS_VERB.match(codes, other.chunk + 1) is not None)
        return self.person_at[people[0]] if leads and other.paragraph == mention.paragraph else -1

    def _is_inside(self, other: Mention) -> bool:
        """«X, who is still a cousin of Y, laughed»: a name that a preposition or a noun leads to."""
        return self.chunks.codes[other.chunk - 1 : other.chunk] in (PREPOSITION, POSSESSIVE, ROLE, NOUN_PHRASE)

    def _meant_by_role(self, here: list[int], mention: Mention) -> int:
        """«The mayor objected. “Never,” she said»: whom the noun means that leads a sentence without names, or -1."""
        mentions = self.chunks.mentions
        first = next((one for one in here if mentions[one].kind in NOUN_PHRASE + PERSON_PRONOUN), -1)
        if first < 0 or not mentions[first].role_noun or not self._leads(mentions[first]):
            return -1
        meant = self.who(first)
        sure = bool(meant) and meant[0][1] >= BY_SENTENCE and mentions[first].paragraph == mention.paragraph
        return meant[0][0] if sure and self._could_be(meant[0][0], mention) else -1

    def _closes(self, other: Mention, quote: int) -> bool:
        """«Inaczej widzi to kapitan portu X.»: a name that ends its sentence is the subject, where its form tells."""
        pack, codes = self.chunks.pack, self.chunks.codes
        if not pack.nominatives or other.chunk != quote - 2 or codes[other.chunk - 1] == PREPOSITION:
            return False
        if len(other.name) < _FULL or other.oblique or is_in_case(other.name, pack):
            return False
        return other.name[0].lower() in pack.first_names or not any(is_declined(word, pack) for word in other.name)

    def contradicts(self, person: int, mention: Mention) -> bool:
        """Whether a pronoun's gender is another than the person's: «elle» is not Paul."""
        known = self.persons[person].gender
        return mention.gender in ("m", "f") and known in ("m", "f") and known != mention.gender

    def _agrees(self, person: int, mention: Mention) -> bool:
        """Whether somebody's gender is known and that of the pronoun."""
        who = self.persons[person]
        return bool(mention.gender) and who.gender == mention.gender and self._could_be(person, mention)

    def _leads(self, other: Mention) -> bool:
        """Whether a mention is the first thing of its sentence, at most a determiner before it."""
        before = self.chunks.codes[max(0, other.chunk - 2) : other.chunk]
        return before[-1:] in (SENTENCE_END, "\n", "") or (
            before[-1:] == "d" and before[:1] in (SENTENCE_END, "\n", "")
        )

    def choose(self, model: str, place: int, found: list[Antecedent], *, none: bool) -> list[tuple[int, float]]:
        """The persons behind a mention by the trained model, the likeliest first, each summed over its mentions."""
        if not found:
            return []
        candidates = [features for _, _, features in found]
        if none:
            candidates.append(["none", "none" + self._form(self.chunks.mentions[place])])
        sums: dict[int, float] = {}
        for (person, share, _), likely in zip(found, probabilities(self.weights[model], candidates), strict=False):
            sums[person] = sums.get(person, 0.0) + likely * share
        return sorted(sums.items(), key=lambda item: -item[1])[:4]

    def _form(self, mention: Mention) -> str:
        word = self.chunks.text[mention.start]
        code = self.chunks.pack.lexicon.get(self.chunks.text[mention.start : mention.end].split()[0].lower(), "")
        return (
            ("b" if mention.is_organization else "o")
            + (code or "-")
            + ("C" if word.isupper() else "")
            + ("d" if mention.definite else "")
        )

    def _antecedents(self, place: int, mention: Mention) -> list[Antecedent]:
        """Earlier mentions of persons outside the marks, nearest first."""
        mentions, found, seen = self.chunks.mentions, [], 0
        possible = self._possible_for(mention.gender)
        at = place - 1
        asides = self.chunks.asides - {mention.paragraph}
        ranked: dict[int, int] = {}
        nearest: dict[str, int] = {}
        beside = self._words_beside(mention)
        while at >= 0 and seen < HISTORY:
            other = mentions[at]
            if mention.paragraph - other.paragraph > PARAGRAPHS_BACK:
                break
            if other.paragraph in asides:
                at -= 1
                continue
            if other.kind == NAME or (other.kind == PERSON_PRONOUN and mention.kind == PERSON_PRONOUN):
                seen += 1
                persons = self.who(at)
                person = persons[0][0] if persons else -1
                body = mention.kind == NOUN_PHRASE and not mention.is_organization
                if person >= 0 and not (body and self.persons[person].is_organization):
                    if person not in ranked:
                        ranked[person] = sum([possible[one] for one in ranked])
                    spot = self._spot(other)
                    features = self._features(mention, other, person, ranked[person], spot, beside)
                    if possible[person]:
                        for what in (spot, other.kind, "any", "l" if other.chunk == self.last_chunk else spot):
                            if nearest.setdefault(what, person) == person:
                                features.append("near" + what)
                    found.append((person, 1.0, features))
            at -= 1
        if mention.kind == NOUN_PHRASE:
            self._same_role(mention, found, ranked)
        elif sum([possible[one] for one in ranked]) == 1:
            for person, _, features in found:
                if possible[person]:
                    features.append("only")
        return found

    def _spot(self, other: Mention) -> str:
        """The grammatical place of an antecedent: subject of a verb of saying, subject, possessor, object."""
        codes, chunk = self.chunks.codes, other.chunk
        first = chunk - 1
        while first > 0 and codes[first] in "od":
            first -= 1
        before, after = codes[first] if chunk else "\n", codes[chunk + 1]
        if (
            after in SAYING
            or (after == "x" and codes[chunk + 2] in SAYING)
            or (before in SAYING and chunk > 1 and codes[chunk - 2] in "Q," and after != "s")
        ):
            return "c"
        if before in SAYING + "x" and self._is_inverted(first):
            return "s"
        if before in "$\n,ctr-Q" and after in "STLxw,rQ":
            return "s"
        if after in "$,r" and (found := SUBJECT_AT_THE_END.search(codes, max(0, chunk - 12), chunk)):
            return "c" if SAY in found[0] else "s"
        return "p" if after == "s" else "o" if before in "pSTLw" else "-"

    def _is_inverted(self, verb: int) -> bool:
        """Whether a verb in second place has its subject behind it: «Am Montag sagte Holm»; no name is before it."""
        codes = self.chunks.codes
        start = max(codes.rfind(end, 0, verb) for end in (SENTENCE_END, "\n")) + 1
        led = codes[start:verb]
        return self.chunks.pack.verb_second and bool(led) and not set(led) & set(_PARTS)

    def _could_be(self, person: int, mention: Mention) -> bool:
        """Whether neither gender nor kind speaks against a person behind a pronoun."""
        return self._possible_for(mention.gender)[person]

    def _possible_for(self, gender: str) -> list[bool]:
        """The same of everybody, for a pronoun's gender."""
        known = self._possible.get(gender)
        if known is None:
            known = self._possible[gender] = [
                not (who.is_organization or who.thing or who.place or (gender and who.gender and who.gender != gender))
                for who in self.persons
            ]
        return known

    def _words_beside(self, mention: Mention) -> str:
        """The quotation right beside a pronoun: who speaks seldom names himself in it."""
        codes, chunk = self.chunks.codes, mention.chunk
        before = codes.rfind(QUOTE, max(0, chunk - 4), chunk)
        at = before if before >= 0 else codes.find(QUOTE, chunk, chunk + 9)
        return self.chunks.text[self.chunks.starts[at] : self.chunks.ends[at]] if at >= 0 else ""

    def _entry(self, other: Mention, who: Person, near: str) -> list[str]:
        """How a mention enters: as the first of its person, of its sentence, of its paragraph."""
        mentions, entries = self.chunks.mentions, []
        if other.kind == NAME and mentions[who.mentions[0]] is other:
            entries.append("new")
        before = other.chunk - 1
        while before > 0 and self.chunks.codes[before] in "odwW":
            before -= 1
        opens = before < 0 or self.chunks.codes[before] in "\n" + SENTENCE_END
        if opens:
            entries.append("lead")
            if before < 0 or self.chunks.codes[before] == "\n":
                entries.append("head")
        return [one + more for one in entries for more in ("", near)]

    def _same_role(self, mention: Mention, found: list[Antecedent], ranked: dict[int, int]) -> None:
        """Persons anywhere whose role holds the noun."""
        for number, person in enumerate(self.persons[:60]):
            if number not in ranked and person.role and mention.head in person.role.lower():
                found.append((number, 1.0, ["far", "role="]))

    def _features(self, mention: Mention, other: Mention, person: int, rank: int, place: str, beside: str) -> list[str]:
        """What speaks for `other` being meant by `mention`, by structure alone."""
        who = self.persons[person]
        paragraphs = mention.paragraph - other.paragraph
        sentences = min(mention.sentence - other.sentence, 6)
        if mention.kind == PERSON_PRONOUN:
            other_gender = other.gender if other.kind == PERSON_PRONOUN else who.gender
            gender = "?" if not (mention.gender and other_gender) else "=" if mention.gender == other_gender else "!"
            kind = "b" if who.is_organization else ("i" if other.kind == PERSON_PRONOUN else "X" if who.full else "1")
        else:
            gender = (
                "="
                if who.role and mention.head in who.role.lower()
                else "!"
                if mention.gender and who.gender not in ("", mention.gender)
                else "?"
            )
            kind = ("b" if mention.is_organization else "o") + (
                "b" if who.is_organization else "X" if who.full else "1"
            )
        near = "0" if sentences == 0 else "1" if sentences == 1 else "p" if paragraphs == 0 else str(min(paragraphs, 4))
        few, times = str(min(rank, 3)), min(len(who.mentions), 5)
        features = [
            "g" + gender, "k" + kind, f"kg{kind}{gender}", "n" + near, "c" + place, f"cn{place}{near}", f"s{sentences}",
            f"r{min(rank, 5)}", f"rc{few}{place}", f"rn{few}{near}", f"f{times}", f"rg{few}{gender}",
        ]  # fmt: skip
        human = self.evidence[person]
        features += ["h" + human, f"h{human}{gender}", *["h1" + flag for flag in human]]
        if beside and self.surnames[person] in beside:
            features += ["named", "named" + near]
        if person == self.top:
            features += ["top", "top" + near]
        if other.chunk == self.last_chunk:
            features += ["spoke", "spoke" + near]
        if person == self.last_speaker:
            gap = str(min(mention.paragraph - self.last_paragraph, 3))
            features += ["last", "last" + near, "last" + gap, "last" + gap + str(min(rank, 2))]
        features.append("quoted" + str(min(self.quoted.get(person, 0), 4)))
        if other.paragraph == 0:
            features.append("title")
        features += self._entry(other, who, near)
        if mention.kind == NOUN_PHRASE:
            features += ["form" + self._form(mention) + gender, "def" + str(mention.definite) + gender]
        return features
