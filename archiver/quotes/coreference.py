"""Who a mention is: names joined into persons and bodies, and pronouns and titles led back to them.

Names never come from inside quotation marks: the chunks holds none. Pronouns are resolved by salience over the
narrative before them, after Lappin and Leass (1994), with trained weights.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2

from archiver.languages import BODY, OTHER_PRONOUN, PERSON_PRONOUN
from archiver.quotes.model import Chunks, Mention
from archiver.quotes.patterns import (
    DESCRIBES_NAME,
    NAME_APPOSED,
    NAME_COMPLETES_ROLE,
    RELATIVE_BEHIND,
    ROLE_BEFORE_NAME,
    WORDS,
)
from archiver.quotes.ranking import probabilities

_BY_ROLE, _BY_SALIENCE = 0.95, 0.65  # how sure a definite noun is of its person, with and without the role
_BY_VERB = 0.7  # how sure «the bank» is of the last body that said something
_BY_SUBJECT = 0.8  # how sure «it» is of the body that the sentence before is about
HISTORY = 24  # mentions that a pronoun looks back on
PARAGRAPHS_BACK = 6
MAX_PERSONS = 2_000
TOLD_BY = 60  # mentions of a person that are asked for the gender


Antecedent = tuple[int, float, list[str]]  # a person, its share in the mention, features


@dataclass(slots=True)
class Person:
    """Somebody, or a body, as the article names them. `mentions` are places in the chunks's mentions."""

    words: tuple[str, ...]
    is_organization: bool
    mentions: list[int] = field(default_factory=list)
    name: str = ""
    role: str | None = None
    gender: str = ""
    full: bool = False
    speaks: bool = False
    thing: bool = False
    called: bool = False  # its first word is a known first name
    place: bool = False  # stands behind prepositions and commas alone
    relative: bool = False  # «who» follows
    about: frozenset[str] = frozenset()  # the words of its roles and of what is set beside its name


class People:
    """Everybody whom an article names, and what each mention of them resolves to."""

    def __init__(self, chunks: Chunks, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.chunks, self.weights = chunks, weights
        self.endings = tuple(fold(ending) for ending in chunks.pack.endings)
        self.persons: list[Person] = []
        self.person_at: list[int] = [-1] * len(chunks.mentions)
        self._by_word: dict[str, list[int]] = {}
        self._by_name: dict[tuple[str, ...], int] = {}
        self._by_initials: dict[str, int] = {}
        self._resolved: dict[int, tuple[int, list[tuple[int, float]]]] = {}
        self._next = 0
        self.last_speaker = -1
        self.last_chunk = -1
        self.last_paragraph = 0
        self.quoted: dict[int, int] = {}
        self.top = -1
        self._join()
        for person in self.persons:
            self._describe(person)
        counts = [len(person.mentions) if not person.is_organization else 0 for person in self.persons]
        self.top = counts.index(max(counts)) if counts else -1

    def who(self, place: int) -> list[tuple[int, float]]:
        """The persons that mention `place` may be, each with its probability; empty where it stays a mere mention."""
        mention = self.chunks.mentions[place]
        if mention.kind == "X":
            return [(self.person_at[place], 1.0)] if self.person_at[place] >= 0 else []
        known = self._resolved.get(place)
        if known is None or (known[0] != self.last_chunk and mention.chunk > self.last_chunk):
            self._up_to(place)
            known = self._resolved[place] = (self.last_chunk, self._resolve(place, mention))
        return known[1]

    def _up_to(self, place: int) -> None:
        """Resolves the pronouns before `place` first, in order, for they are mentions too."""
        first, self._next = self._next, max(self._next, place)
        for earlier in range(first, place):
            mention = self.chunks.mentions[earlier]
            if mention.kind == PERSON_PRONOUN and earlier not in self._resolved:
                self._resolved[earlier] = (self.last_chunk, self._resolve(earlier, mention))

    def spoke(self, person: int, chunk: int, paragraph: int) -> None:
        """Notes who said the last quotation, at which mention and in which paragraph."""
        self.last_speaker, self.last_chunk, self.last_paragraph = person, chunk, paragraph
        self.quoted[person] = self.quoted.get(person, 0) + 1

    def surname(self, person: int) -> str:
        """The last word of a name, as printed."""
        return self.persons[person].name.rsplit(" ", 1)[-1]

    def frequency(self, person: int) -> int:
        """In how many mentions a person stands."""
        return len(self.persons[person].mentions)

    def person_evidence(self, person: int) -> str:
        """What tells that a name is a person's: a gender, a role, a verb of saying."""
        who = self.persons[person]
        return (
            ("g" if who.gender else "")
            + ("r" if who.role else "")
            + ("s" if who.speaks else "")
            + ("n" if who.called else "")
            + ("w" if who.relative else "")
            + ("p" if who.place else "")
            + ("b" if who.is_organization else "t" if who.thing else "")
        )

    # Names

    def _join(self) -> None:
        """Full names make persons, then surnames, first names and short forms find theirs; headlines come last."""
        named = [
            (place, self._folded(mention)) for place, mention in enumerate(self.chunks.mentions) if mention.kind == "X"
        ]
        headline = [(place, words) for place, words in named if self.chunks.mentions[place].paragraph == 0]
        body = [(place, words) for place, words in named if self.chunks.mentions[place].paragraph > 0]
        for part in (body, headline):
            for size in (2, 3):
                for place, words in part:
                    if len(words) == size or (size == 3 and len(words) > 3):
                        self._take(place, self._full(words, self.chunks.mentions[place]), words)
            for place, words in part:
                if len(words) == 1:
                    self._take(place, self._single(words[0], self.chunks.mentions[place]), words)

    def _folded(self, mention: Mention) -> tuple[str, ...]:
        suffixes = self.chunks.pack.suffixes
        words = tuple(fold(part) for word in mention.name for part in _DOT.split(word))
        words = tuple(word for word in words if word and word not in suffixes) or words
        pack, first = self.chunks.pack, 0
        while first < len(words) - 1 and words[first] in pack.particles and words[first] not in pack.first_names:
            first += 1
        return words[first:]  # «De Koning», «Van der Linden»: the surname alone

    def _take(self, place: int, person: int, words: tuple[str, ...]) -> None:
        if person < 0:
            if len(self.persons) >= MAX_PERSONS:
                return
            person = len(self.persons)
            mention = self.chunks.mentions[place]
            full = len(words) > 1 or (len(mention.name) == 1 and mention.in_full)
            self.persons.append(Person(words=words, is_organization=mention.is_organization, full=full))
            self._by_name[words] = person
            if self.persons[person].is_organization and len(words) > 1:
                self._by_initials.setdefault("".join(word[0] for word in words), person)
            for word in {self._stem(word) for word in words}:
                self._by_word.setdefault(word, []).append(person)
        self.persons[person].mentions.append(place)
        self.person_at[place] = person

    def _stem(self, word: str) -> str:
        """The word without a case ending of names, where the language has them."""
        for ending in self.endings:
            if len(word) > len(ending) + 2 and word.endswith(ending):
                return _skeleton(word[: -len(ending)])
        return _skeleton(word)

    def _full(self, words: tuple[str, ...], mention: Mention) -> int:
        known = self._by_name.get(words)
        if known is not None:
            return known
        last = self._stem(words[-1])
        for person in self._by_word.get(last, ())[-20:]:
            other = self.persons[person].words
            if len(other) > 1 and self._stem(other[-1]) == last and _same_first(words[0], other[0]):
                return person
        if mention.is_organization:
            return next((p for size in range(2, len(words)) if (p := self._shorter(words, size)) >= 0), -1)
        if len(words) > 2:
            return next((p for p in map(self._by_name.get, (words[-2:], words[:2])) if p is not None), -1)
        if mention.paragraph == 0 and not mention.is_organization:
            return next((p for p in (self._single(word, mention) for word in words) if p >= 0), -1)
        return -1

    def _shorter(self, words: tuple[str, ...], size: int) -> int:
        """The body that its first words alone name: «the Port Authority» of «the Port Authority of Ellery»."""
        return self._by_name.get(words[:size], -1) if words[size] in self.chunks.pack.connectors else -1

    def _single(self, word: str, mention: Mention) -> int:
        stem = self._stem(word)
        found = self._by_word.get(stem, ())[-20:]
        best, score = -1, 0.0
        for person in found:
            rank = self._fits(self.persons[person], stem, mention)
            if rank > score:
                best, score = person, rank
        if best < 0 and mention.is_organization:
            best = self._spelled_out(word)
        if best < 0 and self.chunks.pack.case == "none":
            people = (
                n for n, person in enumerate(self.persons[:200]) if person.is_organization == mention.is_organization
            )
            best = next((n for n in people if self.persons[n].words[0].startswith(word)), -1)
        return best

    def _fits(self, person: Person, stem: str, mention: Mention) -> float:
        """How well a single name fits a person: by the place of the word, the gender of a title, the distance."""
        agrees = 0.0
        if mention.gender and _is_titled(mention) and (known := self._gender_of(person)):
            if known != mention.gender:
                return 0.0
            agrees = 1.0
        if person.is_organization != mention.is_organization and person.full and person.is_organization:
            return 0.0
        shared = mention.role and any(mention.role == self.chunks.mentions[at].role for at in person.mentions[:5])
        first = self.chunks.mentions[person.mentions[0]]
        if mention.role and not shared and first.chunk > mention.chunk and not first.role and mention.paragraph:
            return 0.0  # «President Obama» before the first «Michelle Obama» is somebody else
        place = 3.0 if self._stem(person.words[-1]) == stem else 1.5 if self._stem(person.words[0]) != stem else 1.0
        near = 0.0
        for at in reversed(person.mentions):
            distance = mention.paragraph - self.chunks.mentions[at].paragraph
            if distance >= 0:
                near = 1.0 / (1 + distance)
                break
        return agrees + place + near * 0.4 + log2(1 + len(person.mentions)) * 0.25 + (0.8 if shared else 0.0)

    def _spelled_out(self, word: str) -> int:
        return self._by_initials.get(word, -1)

    def _gender_of(self, person: Person) -> str:
        first = map(self.chunks.mentions.__getitem__, person.mentions[:TOLD_BY])
        told = [mention for mention in first if mention.gender]
        sure = [mention for mention in told if mention.in_full or _is_titled(mention)]
        return (sure or told)[0].gender if told else ""

    def _describe(self, person: Person) -> None:
        """The fullest name, the role and the gender that the text gives a person."""
        mentions = self.chunks.mentions
        named = [mentions[at] for at in person.mentions]
        likely = [m for m in named if _same_first(fold(m.name[0]), person.words[0])] or named
        fullest = max(likely, key=self._fullness)
        person.name = " ".join(fullest.name) if self.chunks.pack.spaces else "".join(fullest.name)
        if person.is_organization:
            person.name = self.chunks.text[fullest.start : fullest.end]
        person.name = " ".join(person.name.split())
        person.gender = self._gender_of(person)
        person.role = next((m.role for m in named if m.role), None)
        codes = self.chunks.codes
        person.thing = any(m.chunk and codes[m.chunk - 1] == "d" for m in named)
        person.speaks = any(codes[m.chunk + 1] in "STL" or (m.chunk and codes[m.chunk - 1] in "S") for m in named)
        person.called = person.full and fullest.name[0].lower() in self.chunks.pack.first_names
        person.place = (
            not person.called and not person.speaks and all(m.chunk and codes[m.chunk - 1] in "p," for m in named)
        )
        person.relative = any(RELATIVE_BEHIND.match(codes, m.chunk + 1) for m in named)
        for mention in named[:6]:
            noun = self._apposed(mention)
            if noun is not None:
                person.role = person.role or noun.role
                person.gender = person.gender or noun.gender
        person.about = self._about(named[:8], person.role)

    def _about(self, named: list[Mention], role: str | None) -> frozenset[str]:
        """The words of the roles printed with a name, and of an apposition or «of …» behind it."""
        codes, found = self.chunks.codes, WORDS.findall((role or "").lower())
        for mention in named:
            beside = DESCRIBES_NAME.match(codes, mention.chunk + 1)
            if beside:
                text = self.chunks.words(beside.start(), beside.end())
                found += WORDS.findall(text.lower())
            found += WORDS.findall((mention.role or "").lower())
        return frozenset(found)

    def _fullness(self, mention: Mention) -> tuple[float, ...]:
        """How well a mention gives a name: by its words; where names have cases, as a subject, and the shorter one."""
        words = (min(len(mention.name), 5), mention.in_full)
        if len(self.endings) < 2:
            return (*words, -mention.start)
        codes, at = self.chunks.codes, mention.chunk
        subject = codes[at + 1] in "STLx" or (at > 0 and codes[at - 1] in "STL")
        return (*words, subject, -sum(map(len, mention.name)), -mention.start)

    def _apposed(self, mention: Mention) -> Mention | None:
        """The noun phrase set beside a name: «Its auditor, X,» or «X, the auditor,»."""
        codes, at = self.chunks.codes, mention.chunk
        before = ROLE_BEFORE_NAME.search(codes, max(0, at - 9), at)
        if before and (noun := self.chunks.mentions[self.chunks.mention_at[before.start()]]).role_noun:
            return noun
        for comma, place in ((at + 1, at + 2), (at - 1, at - 2)):
            if 0 <= place < len(codes) and codes[comma] == "," and codes[place] == "O":
                noun = self.chunks.mentions[self.chunks.mention_at[place]]
                if not noun.is_organization and (place > at or codes[at + 1] in ",$"):
                    return noun
        return None

    # Pronouns and titles

    def _resolve(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        if mention.kind == PERSON_PRONOUN:
            return self.choose("pronoun", place, self._antecedents(place, mention), none=False)
        if mention.kind == "r":
            antecedent = self.antecedent(place)
            return self.who(antecedent) if antecedent != place else []
        if mention.kind == OTHER_PRONOUN and mention.gender in ("n", "p"):
            return self._body_before(place, mention)
        if mention.kind == "O":
            if (apposed := self._name_beside(mention)) >= 0:
                return self.who(apposed)
            bare = not self.chunks.pack.articles or mention.paragraph == 0  # headlines leave the article out
            if mention.role_noun and not mention.is_organization and (mention.definite or bare):
                named = not mention.definite or mention.head in self.chunks.pack.unnamed
                return self._definite(place, mention, named=named)
            if mention.definite and mention.is_organization:
                return self._same_body(place, mention)
        return []

    def _body_before(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«It» or «they» is the body that was the subject of this sentence or the one before, or that spoke last."""
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other, person = self.chunks.mentions[at], self.person_at[at]
            if mention.sentence - other.sentence > 1 or other.paragraph != mention.paragraph:
                break
            if person >= 0 and self._may_be_body(person) and (self._spot(other) in "cs" or self._leads(other)):
                return [(person, _BY_SUBJECT)]
        last = self.last_speaker
        if last >= 0 and self._may_be_body(last) and 0 <= mention.paragraph - self.last_paragraph < 2:
            return [(last, _BY_SUBJECT)]
        return []

    def _leads(self, other: Mention) -> bool:
        """Whether a mention is the first thing of its sentence, at most a determiner before it."""
        before = self.chunks.codes[max(0, other.chunk - 2) : other.chunk]
        return before[-1:] in ("$", "\n", "") or (before[-1:] == "d" and before[:1] in ("$", "\n", ""))

    def _may_be_body(self, person: int) -> bool:
        who = self.persons[person]
        return who.is_organization or not (who.gender or who.role or who.called or who.place or who.full)

    def _same_body(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«The commission» is the last body named before whose name holds the word."""
        head = fold(mention.head)
        for at in range(place - 1, max(-1, place - 200), -1):
            person = self.person_at[at]
            if person >= 0 and self.persons[person].is_organization and head in self.persons[person].words:
                return [(person, _BY_ROLE)]
        is_document = self.chunks.pack.lexicon.get(mention.head) != BODY
        return [] if is_document else self._body_that_spoke(place, mention)

    def _body_that_spoke(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«The bank» is the last subject of a verb of saying, where nothing tells that to be a person."""
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other, person = self.chunks.mentions[at], self.person_at[at]
            if mention.paragraph - other.paragraph > 1:
                break
            if person >= 0 and self._spot(other) == "c":
                who = self.persons[person]
                human = who.gender or who.role or who.called or who.relative
                return [] if human else [(person, _BY_VERB)]
        return []

    def _definite(self, place: int, mention: Mention, *, named: bool = False) -> list[tuple[int, float]]:
        """«The senator» is the nearest person of that role; without one perhaps the person most in view.

        With `named` only somebody of that role: the noun has no article that tells it from «a senator».
        """
        as_pronoun = mention._replace(kind=PERSON_PRONOUN)
        found = self._antecedents(place, as_pronoun)
        owner = self._owner(mention)
        found = [one for one in found if one[0] != owner and self._may_be(one[0], mention)]
        same = [one for one in found if self._has_role(one[0], mention)]
        if not same:
            same = [
                (number, 1.0, []) for number in range(min(len(self.persons), 60)) if self._has_role(number, mention)
            ]
        same = self._described(same, mention)
        if not same and (named or not mention.role_noun):
            return []
        certain = _BY_ROLE if same else _BY_SALIENCE
        return [
            (person, likely * certain) for person, likely in self.choose("pronoun", place, same or found, none=False)
        ]

    def _described(self, found: list[Antecedent], mention: Mention) -> list[Antecedent]:
        """Of persons with the same role those that share most of the noun's other words: «the Vermont senator»."""
        words = set(WORDS.findall((mention.role or "").lower())) - {mention.head}
        shared = [len(words & self.persons[person].about) for person, _, _ in found]
        most = max(shared, default=0)
        return [one for one, count in zip(found, shared, strict=True) if count == most]

    def _may_be(self, person: int, mention: Mention) -> bool:
        """Neither a body nor of another gender than the noun tells."""
        who = self.persons[person]
        return not who.is_organization and not (mention.gender and who.gender and mention.gender != who.gender)

    def _owner(self, mention: Mention) -> int:
        """«X's strategist» is not X."""
        at = mention.chunk
        if at > 1 and self.chunks.codes[at - 2 : at] == "Xs":
            return self.person_at[self.chunks.mention_at[at - 2]]
        return -1

    def _has_role(self, person: int, mention: Mention) -> bool:
        """Whether a word of the person's role is the noun, or the noun's abbreviation."""
        if not mention.role_noun:
            return False
        words = self.persons[person].about
        head = self._stem(fold(mention.head)) if self.endings else ""
        return any(
            word == mention.head
            or (len(word) >= 3 and mention.head.startswith(word))
            or (head and head == self._stem(fold(word)))
            for word in words
        )

    def _name_beside(self, mention: Mention) -> int:
        """The name that a noun phrase is set beside: «X, a strategist», «another brother, X,»; else -1."""
        codes, at = self.chunks.codes, mention.chunk
        places = []
        if at > 1 and codes[at - 1] == "," and codes[at - 2] == "X" and codes[at + 1] not in "STL":
            places.append(self.chunks.mention_at[at - 2])
        beside = NAME_APPOSED.match(codes, at + 1)
        if beside and (codes[at - 1 : at] != "a" or codes[beside.end()] == ","):  # «selon le jugement, X …» are two
            places.append(self.chunks.mention_at[beside.end() - 1])
        elif not self.chunks.pack.articles and (beside := NAME_COMPLETES_ROLE.match(codes, at + 1)):
            places += [self.chunks.mention_at[beside.end() - 1]] if _tells(codes, at, beside.end()) else []
        return next(
            (place for place in places if self.chunks.mentions[place].is_organization == mention.is_organization), -1
        )

    def antecedent(self, place: int) -> int:
        """The mention that «who» stands for, right before it; any other mention stands for itself."""
        if place < 0 or self.chunks.mentions[place].kind != "r":
            return place
        at = self.chunks.mentions[place].chunk - 1
        if at >= 0 and self.chunks.codes[at] == ",":
            at -= 1
        return self.chunks.mention_at[at] if at >= 0 and self.chunks.codes[at] in "XO" else place

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
        at = place - 1
        ranked: dict[int, int] = {}
        nearest: dict[str, int] = {}
        beside = self._words_beside(mention)
        while at >= 0 and seen < HISTORY:
            other = mentions[at]
            if mention.paragraph - other.paragraph > PARAGRAPHS_BACK:
                break
            if other.kind == "X" or (other.kind == PERSON_PRONOUN and mention.kind == PERSON_PRONOUN):
                seen += 1
                for person, _ in self.who(at)[:1]:
                    if mention.kind == "O" and self.persons[person].is_organization and not mention.is_organization:
                        continue
                    if person not in ranked:
                        ranked[person] = sum(self._could_be(one, mention) for one in ranked)
                    spot = self._spot(other)
                    features = self._features(mention, other, person, ranked[person], spot, beside)
                    if self._could_be(person, mention):
                        for what in (spot, other.kind, "any", "l" if other.chunk == self.last_chunk else spot):
                            if nearest.setdefault(what, person) == person:
                                features.append("near" + what)
                    found.append((person, 1.0, features))
            at -= 1
        if mention.kind == "O":
            self._same_role(mention, found, ranked)
        elif sum(self._could_be(one, mention) for one in ranked) == 1:
            for person, _, features in found:
                if self._could_be(person, mention):
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
            after in "STL"
            or (after == "x" and codes[chunk + 2] in "STL")
            or (before in "STL" and chunk > 1 and codes[chunk - 2] in "Q,")
        ):
            return "c"
        if before in "$\n,ctr-Q" and after in "STLxw,rQ":
            return "s"
        return "p" if after == "s" else "o" if before in "pSTLw" else "-"

    def _could_be(self, person: int, mention: Mention) -> bool:
        """Whether neither gender nor kind speaks against a person behind a pronoun."""
        who = self.persons[person]
        return (
            not who.is_organization
            and not who.thing
            and not who.place
            and not (who.gender and mention.gender and who.gender != mention.gender)
        )

    def _words_beside(self, mention: Mention) -> str:
        """The quotation right beside a pronoun: who speaks seldom names himself in it."""
        codes, chunk = self.chunks.codes, mention.chunk
        before = codes.rfind("Q", max(0, chunk - 4), chunk)
        at = before if before >= 0 else codes.find("Q", chunk, chunk + 9)
        return self.chunks.text[self.chunks.starts[at] : self.chunks.ends[at]] if at >= 0 else ""

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
        features = [
            "g" + gender, "k" + kind, "kg" + kind + gender, "n" + near, "c" + place, "cn" + place + near,
            "s" + str(sentences),
            "r" + str(min(rank, 5)), "rc" + str(min(rank, 3)) + place, "rn" + str(min(rank, 3)) + near,
            "f" + str(min(len(who.mentions), 5)),
            "rg" + str(min(rank, 3)) + gender,
        ]  # fmt: skip
        human = self.person_evidence(person)
        features += ["h" + human, "h" + human + gender, *["h1" + flag for flag in human]]
        if beside and self.surname(person) in beside:
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
        if mention.kind == "O":
            features += ["form" + self._form(mention) + gender, "def" + str(mention.definite) + gender]
        return features


def _is_titled(mention: Mention) -> bool:
    """Whether a title is printed with the name, so that its gender is no guess from a first name."""
    return mention.end - mention.start > sum(map(len, mention.name)) + len(mention.name)


_DOT = re.compile("[·•‧・＝]")


def _tells(codes: str, first: int, past: int) -> bool:
    """Whether a verb of saying stands before or behind what the chunks from `first` to before `past` name."""
    first -= codes[first - 1 : first] == "w"
    return codes[first - 1 : first] in ("S", "T", "L", "a") or codes[past] in "STLx" or codes.startswith(",Q", past)


_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ß": "ss", "’": "'"})


def fold(word: str) -> str:
    """A word of a name without case, accents and the points of initials."""
    if word.isascii():
        return word.lower().strip(".")
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    return "".join(c for c in plain if not unicodedata.combining(c)).strip(".")


def _skeleton(word: str) -> str:
    """What the transcriptions of one name have in common: Zelenskyj, Zelenskyy, Selenskyj, Zelensky."""
    if len(word) < 7:
        return word
    word = word.rstrip("jyi")
    return word if word[0] not in "sz" else "z" + word[1:]


def _same_first(one: str, other: str) -> bool:
    """Whether two first names may be the same one: equal, an initial, a short form, a case form."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    short = min(len(one), len(other))
    return one == other or (short >= 3 and one[: max(3, short - 1)] == other[: max(3, short - 1)])
