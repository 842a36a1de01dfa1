"""Who is named: the names of an article joined into persons and organisations.

Names never come from inside quotation marks: the chunks hold none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from math import log2

from archiver.languages import OWNER
from archiver.quotes.glosses import beginning
from archiver.quotes.model import NAME, SENTENCE_END, Chunks, Gloss, Mention
from archiver.quotes.patterns import WORDS
from archiver.quotes.portraits import Person, Portraits, evidence_of, is_titled
from archiver.quotes.spelling import fold, same_first
from archiver.quotes.surnames import acts, gender_behind, is_relative

MAX_PERSONS = 2_000
_VIEW = 200  # persons among whom somebody is looked for by parts of the name
_KIN = 1.0  # what a surname alone is the less likely to mean a relative
_PAIR = 2  # words of a first name and one after a father; of an owner and a noun
_PARTS = 6  # mentions within what an acronym stands for, at most
_GIVEN = 2  # signs of a given name, at least
_IN_FULL = 3  # signs of a name in full, without case
_DOT = re.compile("[·•‧・＝]")


class People(Portraits):
    """Everybody whom an article names: `persons`, and at `person_at` the one behind each mention (-1: none)."""

    def __init__(self, chunks: Chunks) -> None:
        super().__init__(chunks)
        self.persons: list[Person] = []
        self.person_at: list[int] = [-1] * len(chunks.mentions)
        self._by_word: dict[str, list[int]] = {}
        self._by_name: dict[tuple[str, ...], int] = {}
        self._by_initials: dict[str, int] = {}
        lone = (m.name[-1].lower() for m in chunks.mentions if chunks.pack.patronymics and len(m.name) == 1)
        self._lone = frozenset(lone)  # names of one word, where somebody's second word may be that of a father
        self._ending_at = (
            {m.end: place for place, m in enumerate(chunks.mentions) if m.kind == NAME} if chunks.glosses else {}
        )
        self._join()
        for person in self.persons:
            person.mentions.sort()
            self._describe(person)
        self.glossed_from: dict[int, str] = {}  # where the words begin for which an acronym stands
        self._name_by_glosses()
        if chunks.pack.case == "nouns":
            self._part_nouns_of_owners()
        self.surnames = [person.name.rsplit(" ", 1)[-1] for person in self.persons]
        self.evidence = [evidence_of(person) for person in self.persons]
        # who a name means, by the number of the person; the last one is for -1, nobody
        self.certain: list[list[tuple[int, float]]] = [[(number, 1.0)] for number in range(len(self.persons))] + [[]]

    def _glossed(self, short: str) -> int:
        """The place of the name right before the brackets of an acronym that stands for it; -1 without one."""
        gloss = self.chunks.glosses[short]
        place = self._ending_at.get(gloss.end, -1)
        if place < 0:
            return -1
        name = self.chunks.mentions[place]
        within = 0 <= gloss.start <= name.start
        begins = self.chunks.pack.case == "none" or fold(name.name[0])[:1] == short[:1]
        return place if within or (name.is_organization and begins) else -1

    def _name_by_glosses(self) -> None:
        """Bodies with an acronym are named in full, as far as they are printed so in the form of a subject."""
        for short, gloss in self.chunks.glosses.items():
            if gloss.start >= 0:
                self.glossed_from[gloss.start] = short
            place = self._glossed(short)
            number = self.person_at[place] if place >= 0 else self._by_name.get((short,), -1)
            if number < 0:
                continue
            who = self.persons[number]
            who.is_organization = who.full = True
            self._by_name[short,] = number
            start = gloss.start
            if place >= 0 and self.chunks.pack.case == "none":
                start = beginning(self.chunks.text, self.chunks.mentions[place].start, self.chunks.pack)
                who.name = gloss.short
            if gloss.start >= 0:
                self._take_parts(gloss, number)
            if start >= 0:
                alone = self.chunks.text[start : gloss.end]
                who.name = " ".join(alone.split()) if gloss.nominative else gloss.short
                who.words = tuple(map(fold, alone.split()))

    def _take_parts(self, gloss: Gloss, body: int) -> None:
        """«(Ředitelka) Českého svazu plachtařů (ČSP)»: a capital within what an acronym stands for is no name alone."""
        low = bisect_left(self.chunks.mentions, gloss.start, key=lambda one: one.start)
        for place in range(low, min(low + _PARTS, len(self.chunks.mentions))):
            part = self.chunks.mentions[place]
            if part.kind == NAME and gloss.start <= part.start and part.end < gloss.end:
                self.person_at[place] = body

    def _part_nouns_of_owners(self) -> None:
        """«Deutschlands Netz» is nobody: two words with capitals, the first the genitive of a word of the text."""
        first_names = self.chunks.pack.first_names
        pairs = [person for person in self.persons if len(person.words) == _PAIR and person.words[0].endswith("s")]
        pairs = [person for person in pairs if person.words[0] not in first_names]
        words = set(map(fold, set(WORDS.findall(self.chunks.text)))) if pairs else set()
        for person in pairs:
            if person.words[0].removesuffix("s") in words:
                person.full, person.thing = False, True

    def surname(self, person: int) -> str:
        """The last word of a name, as printed."""
        return self.surnames[person]

    def alone(self, past: int = -1) -> int:
        """The only person whom the article names in full, before chunk `past` if given; -1: none or several."""
        mentions = self.chunks.mentions
        full = [
            number
            for number, who in enumerate(self.persons)
            if who.full and not (who.is_organization or who.located)
            and any(self._is_in_sentence(at) for at in who.mentions if past < 0 or mentions[at].chunk < past)
        ]  # fmt: skip
        if not full and past < 0:
            return self.in_headline()
        if past >= 0 and self.in_headline() >= 0:  # «X: “…”» over «the smith from Donja Kovarna»
            full = [number for number in full if not self.persons[number].place]
        return full[0] if len(full) == 1 else -1

    def in_headline(self) -> int:
        """The only person whom the headline names in full, «RAZGOVOR X, urar», «X: “…”»; -1: none or several."""
        headline = [at for at, name in enumerate(self.chunks.mentions) if name.paragraph == 0]
        full = {self.person_at[at] for at in headline if self._is_human_in_full(at)}
        return full.pop() if len(full) == 1 else -1

    def _is_human_in_full(self, place: int) -> bool:
        """Whether a mention names somebody in full, who is no body."""
        person = self.persons[self.person_at[place]] if self.person_at[place] >= 0 else None
        owns = self.chunks.codes[self.chunks.mentions[place].chunk + 1] == OWNER  # «Maduros Sturz: Interview mit …»
        return person is not None and person.full and not (person.is_organization or person.located or owns)

    def _is_in_sentence(self, place: int) -> bool:
        """Whether a mention is in a paragraph with a sentence, unlike the name of a writer on a line of its own."""
        paragraph = self.chunks.mentions[place].paragraph
        start = self.chunks.line_end[paragraph - 1] if paragraph else 0
        return SENTENCE_END in self.chunks.codes[start : self.chunks.line_end[paragraph]]

    def first_mention(self, person: int) -> int:
        """The place of the mention that names a person first."""
        return self.persons[person].mentions[0]

    def frequency(self, person: int) -> int:
        """The number of mentions of a person."""
        return len(self.persons[person].mentions)

    def is_in_full(self, person: int) -> bool:
        """Whether the article gives the first name too."""
        return self.persons[person].full

    def person_evidence(self, person: int) -> str:
        """What shows that a name is a person's: a gender, a role, a verb of saying."""
        return self.evidence[person]

    def _join(self) -> None:
        """Full names make persons, then surnames, first names and short forms find theirs; headlines come last.

        Somebody whom the headline surely names in full is known before them: «Muere Ana Paz», whose niece is Eva Paz.
        """
        mentions = self.chunks.mentions
        named = [(place, self._folded(mention)) for place, mention in enumerate(mentions) if mention.kind == NAME]
        body = [(place, words) for place, words in named if mentions[place].paragraph > 0 or self._is_sure(place)]
        taken = {place for place, _ in body}
        headline = [(place, words) for place, words in named if place not in taken]
        for part in (body, headline):
            for size in (2, 3):
                for place, words in part:
                    if len(words) == size or (size == 3 and len(words) > 3):
                        self._take(place, self._full(words, self.chunks.mentions[place]), words)
            for place, words in self._longest_first(part):
                if len(words) == 1:
                    self._take(place, self._single(words[0], self.chunks.mentions[place]), words)

    def _is_sure(self, place: int) -> bool:
        """Whether words of a headline are somebody's full name: a role before them, or no beginning of a sentence."""
        mention, pack = self.chunks.mentions[place], self.chunks.pack
        if len(mention.name) == 1 or mention.is_organization or pack.case == "none":
            return False
        opens = self.chunks.codes[mention.chunk - 1 : mention.chunk] in ("", SENTENCE_END)
        return mention.role is not None or not (opens or pack.title_case)

    def _longest_first(self, named: list[tuple[int, tuple[str, ...]]]) -> list[tuple[int, tuple[str, ...]]]:
        """Without case, names in full before their parts: «節子» comes to «堀越節子», wherever it is.

        Acronyms come last, whose bodies may have a name of one word.
        """
        if self.chunks.pack.case != "none":
            glosses = self.chunks.glosses
            return sorted(named, key=lambda one: one[1][0] in glosses) if glosses else named
        surnames = self.chunks.pack.surnames
        return sorted(named, key=lambda one: len(one[1][0]) < _IN_FULL or one[1][0] in surnames)

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

    def _full(self, words: tuple[str, ...], mention: Mention) -> int:
        known = self._by_name.get(words)
        if known is not None:
            return known
        if len(words) > 1 and words[-1].endswith(self.patronymics):
            return self._of_patronymic(words)
        last = self._stem(words[-1])
        for person in self._by_word.get(last, ())[-20:]:
            other = self.persons[person].words
            if len(other) > 1 and self._stem(other[-1]) == last and same_first(words[0], other[0]):
                return person
        if mention.is_organization:
            return next((p for size in range(2, len(words)) if (p := self._shorter(words, size)) >= 0), -1)
        if len(words) > 2:
            return next((p for p in map(self._by_name.get, (words[-2:], words[:2])) if p is not None), -1)
        if mention.paragraph == 0 and not mention.is_organization:
            return next((p for p in (self._single(word, mention) for word in words) if p >= 0), -1)
        return -1

    def _of_patronymic(self, words: tuple[str, ...]) -> int:
        """«Анна Петровна»: the only one of that first name so far, unless «Петровна» alone shows a surname; else -1."""
        alike = [n for n, who in enumerate(self.persons[:_VIEW]) if len(who.words) > 1 and who.words[0] == words[0]]
        return alike[0] if len(alike) == 1 and len(words) == _PAIR and words[-1] not in self._lone else -1

    def _shorter(self, words: tuple[str, ...], size: int) -> int:
        """The body that its first words alone name: «the Port Authority» of «the Port Authority of Ellery»."""
        return self._by_name.get(words[:size], -1) if words[size] in self.chunks.pack.connectors else -1

    def _single(self, word: str, mention: Mention) -> int:
        if word in self.chunks.glosses and (place := self._glossed(word)) >= 0 and self.person_at[place] >= 0:
            return self.person_at[place]
        stem = self._stem(word)
        found = self._by_word.get(stem, ())[-20:]
        best, score = -1, 0.0
        told = gender_behind(self.chunks, mention) if len(found) > 1 else ""
        shared = sum(self.persons[person].words[-1] == word for person in found) > 1
        for person in found:
            rank = self._fits(self.persons[person], stem, mention, told)
            rank -= _KIN if shared and self._is_kin(person, mention) else 0.0
            if rank > score:
                best, score = person, rank
        if best < 0 and mention.is_organization:
            best = self._spelled_out(word)
            best = self._of_initials(word, mention) if best < 0 else best
        if best < 0 and self.chunks.pack.case == "none":
            people = (
                n for n, person in enumerate(self.persons[:_VIEW]) if person.is_organization == mention.is_organization
            )
            fitting = [n for n in people if self._is_part_of(word, self.persons[n].words[0])]
            fitting = fitting or self._of_one_sign(word, mention)
            best = max(fitting, key=lambda n: self._is_of_role(self.persons[n], mention), default=-1)
        return best

    def _of_one_sign(self, word: str, mention: Mention) -> list[int]:
        """«御子柴梓さん», then «梓さん»: the only person whose name ends in one sign that no family name is."""
        if len(word) > 1 or not self.chunks.pack.subject or self.chunks.pack.spaces or not is_titled(mention):
            return []
        people = (n for n, who in enumerate(self.persons[:_VIEW]) if not who.is_organization)
        named = [
            n for n in people if self.persons[n].words[0].endswith(word) and len(self.persons[n].words[0]) > _GIVEN
        ]
        return named if len(named) == 1 and word not in self.chunks.pack.surnames else []

    def _is_of_role(self, person: Person, mention: Mention) -> bool:
        """Whether a person has the role of a mention: «차 경위» is «차은별 경위»."""
        roles = (self.chunks.mentions[at].role or "" for at in person.mentions[:5])
        return bool(mention.role) and any(role.endswith(mention.role or "") for role in roles)

    def _is_part_of(self, word: str, name: str) -> bool:
        """Whether a word is the family name with which a name begins, or the given name with which it ends."""
        if name.startswith(word):
            return True
        if not self.chunks.pack.subject:
            return False
        begins = word[0] in self.chunks.pack.surnames or word[:2] in self.chunks.pack.surnames
        return len(word) >= _GIVEN and name.endswith(word) and not begins

    def _fits(self, person: Person, stem: str, mention: Mention, told: str) -> float:
        """How well a single name fits a person: by the place of the word, its gender, the distance.

        `told` is the gender of a pronoun behind the name.
        """
        agrees = 0.0
        if mention.gender and is_titled(mention) and (known := self._gender_of(person)):
            if known != mention.gender:
                return 0.0
            agrees = 1.0
        if person.is_organization != mention.is_organization and person.full and person.is_organization:
            return 0.0
        shared = self._is_of_role(person, mention)
        first = self.chunks.mentions[person.mentions[0]]
        given = self._stem(person.words[0]) == stem and mention.name[0].lower() in self.chunks.pack.first_names
        later = mention.role and not shared and first.chunk > mention.chunk and not first.role and mention.paragraph
        if later and not given:
            return 0.0  # «President Obama» before the first «Michelle Obama» is somebody else
        place = 3.0 if self._stem(person.words[-1]) == stem else 1.5 if self._stem(person.words[0]) != stem else 1.0
        near, acted = self._last_seen(person, mention)
        alike = self._alike(person, told) + (len(self.endings) > 1 and person.words[-1] == fold(mention.name[-1]))
        often = log2(1 + len(person.mentions)) * 0.25
        return max(0.01, agrees + alike + place + near * (0.4 + acted * 0.5) + often + (0.8 if shared else 0.0))

    def _is_kin(self, person: int, mention: Mention) -> bool:
        """Whether somebody is introduced as a relative, and another mention has not the role of one."""
        first = self.chunks.mentions[self.first_mention(person)]
        return is_relative(self.chunks, first) and not is_relative(self.chunks, mention)

    def _last_seen(self, person: Person, mention: Mention) -> tuple[float, bool]:
        """How near the last mention of a person before another is, and whether it is the subject of a verb."""
        mentions = self.chunks.mentions
        last = next((mentions[at] for at in reversed(person.mentions) if mentions[at].chunk < mention.chunk), None)
        if last is None:
            return 0.0, False
        return 1.0 / (1 + max(0, mention.paragraph - last.paragraph)), acts(self.chunks, last)

    def _alike(self, person: Person, told: str) -> float:
        """1 where a pronoun of the sentence has the person's gender, -1 where it has the other one."""
        known = self._gender_of(person) if told else ""
        return 0.0 if known not in ("m", "f") else 1.0 if known == told else -1.0

    def is_shared(self, place: int) -> bool:
        """Whether a mention is a surname alone that may be somebody else's: neither title nor pronoun tells whose."""
        mention, number = self.chunks.mentions[place], self.person_at[place]
        if number < 0 or len(mention.name) > 1:
            return False
        person = self.persons[number]
        if not person.full or person.is_organization:
            return False
        if self.chunks.pack.case == "none":
            return self._is_shared_sign(person, mention)
        told = mention.gender if is_titled(mention) else gender_behind(self.chunks, mention)
        word = self._stem(self._folded(mention)[-1])
        return any(
            other is not person and other.full and not other.is_organization and self._stem(other.words[-1]) == word
            and not (told in ("m", "f") and other.gender in ("m", "f") and other.gender != told)
            for other in map(self.persons.__getitem__, self._by_word.get(word, ())[-20:])
        )  # fmt: skip

    def _is_shared_sign(self, person: Person, mention: Mention) -> bool:
        """«차 씨», where two people of that family name are named, and the role is not that of the one alone."""
        word = mention.name[0]
        if len(word) == len(person.name):
            return False
        others = [
            other for other in self.persons[:200]
            if other is not person and not other.is_organization and other.name.startswith(word) and other.name != word
        ]  # fmt: skip
        alone = self._is_of_role(person, mention) and not any(self._is_of_role(other, mention) for other in others)
        return bool(others) and not alone

    def _spelled_out(self, word: str) -> int:
        return self._by_initials.get(word, -1)

    def _of_initials(self, word: str, mention: Mention) -> int:
        """«Ada Marlow (AM)», «AM: …»: the only person of these initials, behind the name or as a label; else -1."""
        codes, at = self.chunks.codes, mention.chunk
        if codes[at + 1] != ":" and codes[at - 2 : at] != NAME + "(":
            return -1
        return self.initialled(word)

    def initialled(self, letters: str) -> int:
        """The only person whose initials some lower-case letters are, and whom the article names in full; else -1."""
        found = [n for n, who in enumerate(self.persons[:_VIEW]) if "".join(part[0] for part in who.words) == letters]
        return found[0] if len(found) == 1 and self.persons[found[0]].full else -1
