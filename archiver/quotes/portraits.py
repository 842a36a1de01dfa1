"""What an article tells of somebody it names: the fullest name, the role, the gender, and whether it is a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archiver.languages import AUXILIARY, DETERMINER, OBJECT_PRONOUN, POSSESSIVE, PREPOSITION, ROLE
from archiver.quotes.announced import announced_by
from archiver.quotes.apposition import is_own, owner_before, role_has_complement
from archiver.quotes.cases import is_in_case
from archiver.quotes.model import NAME, NOUN_PHRASE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.nominatives import in_nominative
from archiver.quotes.patterns import (
    BODY_BEFORE_NAME,
    DESCRIBES_NAME,
    RELATIVE_BEHIND,
    ROLE_BEFORE_NAME,
    SAYING,
    SAYS_OF_ONESELF,
    WORDS,
)
from archiver.quotes.spelling import fold, same_first, skeleton

_NOUN_BESIDE = 2  # chunks from a noun to the comma before its name
TOLD_BY = 60  # mentions of a person whose gender is looked at
_LOCATIVES = frozenset(("in", "en", "em", "i", "w", "we", "v", "ve", "в", "во"))  # «in», where it leads to places alone
_BEFORE = 6  # chunks before a name that may be a noun beside which it is set
_TRADE = re.compile(f",(?P<what>{DETERMINER}?[{WORD}{NOUN_PHRASE}{ROLE}]{{1,3}})[,${PREPOSITION}]")  # «X, a roofer,»
_SCENE = re.compile(f"(?:^|[\n{SENTENCE_END}]){PREPOSITION}\\Z")
_TRADE_WORDS = 4  # words of what somebody is, with its article
_OFTEN = 3  # one of so many mentions behind «in» shows a place
_ELIDED = re.compile("(['’]) ")  # «Hugues d'Aubrac»
_FLEETING = re.compile(r"([bcdfghjklmnprstvwxzбвгджзклмнпрстфхцчшщ])[eеє]([cкцk])ь?$")


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
    place: bool = False  # is after prepositions and commas alone
    located: bool = False  # «in» is before it
    opened: bool = False  # its first word stands only where a sentence begins
    relative: bool = False  # «who» follows
    about: frozenset[str] = frozenset()  # the words of its roles and of what is set beside its name
    trades: frozenset[str] = frozenset()  # the words right beside its name that say what it is: «X, a roofer,»
    announced: str = ""  # the noun that may mean it, from the sentence before the first quotation


class Portraits:
    """Describes the persons of an article by their mentions."""

    def __init__(self, chunks: Chunks) -> None:
        self.chunks = chunks
        self.endings = tuple(fold(ending) for ending in chunks.pack.endings)
        self.patronymics = chunks.pack.patronymics or ("\n",)  # nothing ends so

    def _describe(self, person: Person) -> None:
        """The fullest name, the role and the gender that the text gives a person."""
        named = [self.chunks.mentions[at] for at in person.mentions]
        fullest = max(self._likely(person, named), key=self._fullness)
        person.full = person.full or self._completes(fullest, person)
        person.name = self._printed_name(person, fullest)
        person.gender = self._gender_of(person)
        own = [m for m, at in zip(named, person.mentions, strict=True) if not self._is_role_of_another(at)]
        person.role = next((m.role for m in own if m.role), None)
        self._place(person, fullest, named)
        known = person.gender or person.role or person.called or person.is_organization
        person.is_organization = person.is_organization or (not known and any(map(self._is_beside_body, own[:6])))
        apposed = [noun for noun in map(self._apposed, own[:6]) if noun is not None]
        beside = [noun for noun in apposed if not (noun.role_noun and _differ(noun.gender, person.gender))]
        for noun in beside:
            person.role = person.role or noun.role
            person.gender = person.gender or noun.gender
        if self.chunks.pack.past_endings and not person.is_organization:  # «Minister Anna Nowak powiedziała»
            told = next((told for m in named[:TOLD_BY] if (told := self._told_by_verb(m))), "")
            person.gender = told or person.gender
        if len(self.endings) > 1 and len(fullest.name) > 1 and not person.is_organization:
            person.name = in_nominative(self.chunks, self.endings, fullest, named, person.gender) or person.name
        known = person.gender or person.role or person.called or person.is_organization
        person.is_organization = person.is_organization or (not known and any(map(self._is_body_beside, named[:6])))
        if person.full and not (person.role or person.is_organization):
            person.announced = announced_by(self.chunks, named[0])
        person.about = self._about(own[:8], person.role)
        person.trades = frozenset() if person.located else self._trades(own[:8])
        person.about |= {word for noun in beside for word in WORDS.findall((noun.role or "").lower())}

    def _is_beside_body(self, name: Mention) -> bool:
        """«La empresa concesionaria, Rieles del Litoral,»: whether a name is set beside a noun for a known body."""
        codes, comma = self.chunks.codes, name.chunk - 1
        if codes[comma : comma + 1] != "," or codes[name.chunk + 1] not in ",$" or not self.chunks.pack.articles:
            return False
        nouns = [place for place in self.chunks.mention_at[max(0, comma - _NOUN_BESIDE) : comma] if place >= 0]
        noun = self.chunks.mentions[nouns[-1]] if nouns else None
        return noun is not None and noun.kind == NOUN_PHRASE and noun.is_organization and noun.definite

    def _likely(self, person: Person, named: list[Mention]) -> list[Mention]:
        """The mentions that may give the name of a person in full."""
        likely = [
            m for m in named if same_first(fold(m.name[0]), person.words[0]) or self._completes(m, person)
        ] or named
        surnamed = [m for m in likely if len(m.name) != 2 or not m.name[1].lower().endswith(self.patronymics)]
        likely = surnamed or likely
        there, particle = set(map(id, likely)), self._has_particle(named)
        longer = [m for m in named if id(m) not in there and self._ends_as(m, person)]
        return likely + [m for m in longer if particle or (len(person.words) > 1 and not self._opens(m))]

    def _printed_name(self, person: Person, fullest: Mention) -> str:
        """A name as its fullest mention prints it."""
        name = " ".join(fullest.name) if self.chunks.pack.spaces else "".join(fullest.name)
        if person.is_organization:
            name = self.chunks.text[fullest.start : fullest.end]
        return _ELIDED.sub(r"\1", " ".join(name.split()))

    def _place(self, person: Person, fullest: Mention, named: list[Mention]) -> None:
        """Where the name stands: as who speaks or as what is spoken of, behind prepositions, where sentences begin."""
        codes = self.chunks.codes
        person.thing = any(m.chunk and codes[m.chunk - 1] == "d" for m in named)
        person.speaks = any(codes[m.chunk + 1] in SAYING or (m.chunk and codes[m.chunk - 1] in "S") for m in named)
        person.called = person.full and fullest.name[0].lower() in self.chunks.pack.first_names
        acts = any(codes[m.chunk + 1] == "," and codes[m.chunk + 2] in SAYING for m in named)  # «the head, X, said»
        person.place = not (person.called or person.speaks or acts) and all(
            m.chunk and codes[m.chunk - 1] in "p," for m in named
        )
        person.located = self._is_where(person, named) or all(map(self._is_office_of_next, named))
        person.opened = person.full and not person.called and all(map(self._opens, named))
        person.relative = any(RELATIVE_BEHIND.match(codes, m.chunk + 1) for m in named)

    def _gender_of(self, person: Person) -> str:
        first = map(self.chunks.mentions.__getitem__, person.mentions[:TOLD_BY])
        told = [mention for mention in first if mention.gender and not self._is_surname(person, mention)]
        sure = [mention for mention in told if mention.in_full or is_titled(mention)]
        return (sure or told)[0].gender if told else self._told_by_pronoun(person)

    def _told_by_pronoun(self, person: Person) -> str:
        """The gender of the pronoun that means who speaks: «Field said that she …», if all are of one; else ""."""
        chunks, found = self.chunks, set()
        for at in person.mentions[:TOLD_BY]:
            said = SAYS_OF_ONESELF.match(chunks.codes, chunks.mentions[at].chunk + 1)
            if said is not None:
                found.add(chunks.mentions[chunks.mention_at[said.start("own")]].gender)
        return found.pop() if found in ({"m"}, {"f"}) else ""

    def _is_surname(self, person: Person, mention: Mention) -> bool:
        """Whether a name is a surname alone, so that its gender is that of somebody else's first name: «Abdullahi»."""
        alone = len(person.words) > 1 and len(mention.name) == 1 and self.chunks.pack.case != "none"
        return alone and fold(mention.name[0]) == person.words[-1] and not is_titled(mention)

    def _opens(self, mention: Mention) -> bool:
        """Whether a name of several words is the first thing of its sentence, or a surname alone."""
        before = self.chunks.codes[mention.chunk - 1 : mention.chunk]
        return len(mention.name) == 1 or before in ("", "\n", SENTENCE_END)

    def _is_office_of_next(self, mention: Mention) -> bool:
        """«Kepala Desa [X], Y, mengaku»: a name behind a role with another beside it, without articles and cases."""
        codes, at, pack = self.chunks.codes, mention.chunk, self.chunks.pack
        if pack.articles or pack.endings or pack.case == "none" or codes[at - 1 : at] != ROLE:
            return False
        return codes.startswith("," + NAME + ",", at + 1)

    def _is_body_beside(self, mention: Mention) -> bool:
        """«The company that runs it, [X], calls it “…”»: whether a name is set beside a noun for a body."""
        codes, at = self.chunks.codes, mention.chunk
        beside = BODY_BEFORE_NAME.search(codes, max(0, at - _BEFORE), at)
        noun = self.chunks.mentions[self.chunks.mention_at[beside.start()]] if beside else None
        return noun is not None and noun.is_organization and codes[at + 1] in "," + SENTENCE_END

    def _is_where(self, person: Person, named: list[Mention]) -> bool:
        """Whether a name is a place: without a role, and often behind «in», or only behind «of» and the like."""
        if person.role or person.called or person.is_organization:
            return False
        inside = sum(self._preposition_before(m) in _LOCATIVES for m in named)
        return inside * _OFTEN >= len(named) or (
            person.place and not person.gender and all(map(self._is_located, named))
        )

    def _preposition_before(self, mention: Mention) -> str:
        """The preposition right before a name."""
        before = mention.chunk - 1
        governed = self.chunks.codes[before : before + 1] == PREPOSITION
        return self.chunks.words(before, before + 1).lower() if governed else ""

    def _is_located(self, mention: Mention) -> bool:
        """Whether a preposition that also occurs inside names precedes one: «the mayor of X», «in X»."""
        word = self._preposition_before(mention)
        return word in self.chunks.pack.connectors or word in self.chunks.pack.particles

    def _is_role_of_another(self, place: int) -> bool:
        """Whether the role before a name is that of somebody who speaks for it: «rzeczniczka huty X»."""
        mention = self.chunks.mentions[place]
        if role_has_complement(self.chunks, mention) or self._is_clients(mention):
            return True
        owner = owner_before(self.chunks, place)
        return owner is not None and not is_own(owner[1])

    def _is_clients(self, mention: Mention) -> bool:
        """«Odvjetnik Lovre Perkovića»: the role of one who speaks for somebody, whose name is in another case."""
        role, pack = (mention.role or "").lower().split(), self.chunks.pack
        speaks = bool(pack.nominatives) and bool(role) and role[-1] in pack.representatives
        return speaks and (mention.oblique or is_in_case(mention.name, pack))

    def _told_by_verb(self, mention: Mention) -> str:
        """The gender that the verb of saying of which a name is the subject tells: «сказала X», «X сказала»."""
        chunks, at = self.chunks, mention.chunk
        first = at - 1
        while first > 0 and chunks.codes[first] in "o":
            first -= 1
        inverted = first > 0 and chunks.codes[first] in SAYING and chunks.codes[first - 1] in ",Q-!"
        leads = chunks.codes[at + 1] in SAYING and (first < 0 or chunks.codes[first] in "$\n,ctr-Q")
        verb = at + 1 if leads else first if inverted else -1
        return chunks.pack.gender_of_verb(chunks.words(verb, verb + 1).lower()) if verb >= 0 else ""

    def _completes(self, mention: Mention, person: Person) -> bool:
        """Whether a name adds the first name to a surname that the body of the article gives alone."""
        pack = self.chunks.pack
        called = not pack.title_case or mention.name[0].lower() in pack.first_names
        alone = len(person.words) == 1 and len(mention.name) > 1
        return alone and called and self._stem(fold(mention.name[-1])) == self._stem(person.words[0])

    def _has_particle(self, named: list[Mention]) -> bool:
        """Whether a name is given without its first word somewhere: «De la Cuadra Pons»."""
        text, particles = self.chunks.text, self.chunks.pack.particles
        before = (text[max(0, m.start - 12) : m.start].lower().split()[-1:] for m in named)
        return any(words and words[0] in particles for words in before)

    def _ends_as(self, mention: Mention, person: Person) -> bool:
        """Whether a longer name ends in all the words of the person."""
        size = len(person.words)
        return len(mention.name) > size and tuple(map(fold, mention.name[-size:])) == person.words

    def _about(self, named: list[Mention], role: str | None) -> frozenset[str]:
        """The words of the roles printed with a name, and of an apposition or «of …» after it."""
        codes, found = self.chunks.codes, WORDS.findall((role or "").lower())
        for mention in named:
            beside = DESCRIBES_NAME.match(codes, self._behind(mention))
            if beside:
                text = self.chunks.words(beside.start(), beside.end())
                found += WORDS.findall(text.lower())
            found += WORDS.findall((mention.role or "").lower())
        return frozenset(found)

    def _trades(self, named: list[Mention]) -> frozenset[str]:
        """The words set beside a name, before what completes them: «X, a roofer (from Orley),»."""
        codes = self.chunks.codes
        found: set[str] = set()
        for mention in named:
            if _SCENE.search(codes, max(0, mention.chunk - 2), mention.chunk):
                continue  # «In Des Moines, the new leadership …»
            beside = _TRADE.match(codes, self._behind(mention))
            words = WORDS.findall(self.chunks.words(beside.start("what"), beside.end("what")).lower()) if beside else []
            found.update(map(fold, words[:_TRADE_WORDS]))
        return frozenset(found)

    def _fullness(self, mention: Mention) -> tuple[float, ...]:
        """How well a mention gives a name: by its words; where names have cases, as a subject, and the shorter one."""
        words = (min(len(mention.name), 5), mention.in_full)
        if len(self.endings) < 2:
            genitive = bool(self.endings) and mention.name[-1].endswith(self.endings)  # «Bertelsens»
            return (*words, not genitive, -mention.start)
        codes, at = self.chunks.codes, mention.chunk
        subject = codes[at + 1] in "STLx" or (at > 0 and codes[at - 1] in SAYING)
        led = bool(self.chunks.pack.nominatives) and is_in_case(mention.name, self.chunks.pack)
        return (*words, not led, subject, -sum(map(len, mention.name)), -mention.start)

    def _apposed(self, mention: Mention) -> Mention | None:
        """The noun phrase set beside a name: «Its auditor, X,» or «X, the auditor,»."""
        codes, at = self.chunks.codes, mention.chunk
        before = ROLE_BEFORE_NAME.search(codes, max(0, at - 9), at)
        if before and (noun := self._head_of(self.chunks.mention_at[before.start()])).role_noun:
            return noun
        comma_before = at - 1  # «the vicar, the Rev. X», «his counsel, the barrister X»
        while comma_before > 0 and codes[comma_before] in DETERMINER + ROLE:
            comma_before -= 1
        noun_before = comma_before - 1 - (codes[comma_before - 1 : comma_before] in (OBJECT_PRONOUN, POSSESSIVE))
        behind = self._behind(mention)
        for comma, place in ((behind, behind + 1), (comma_before, noun_before)):
            if 0 <= place < len(codes) and codes[comma] == "," and codes[place] == NOUN_PHRASE:
                noun = self._head_of(self.chunks.mention_at[place])
                own = codes[place + 1] in SAYING + AUXILIARY  # «Según Ana Paz, el juez dijo “…”»
                if not noun.is_organization and (place > at or codes[behind] in ",$") and not (place > at and own):
                    return noun
        return None

    def _behind(self, mention: Mention) -> int:
        """The chunk behind a name, and behind a verb that was put there: «Gestern sagte X, Bäuerin auf der Alp, …»."""
        at = mention.chunk + 1
        return at + (self.chunks.codes[at] in SAYING and self.chunks.starts[at] == self.chunks.ends[at])

    def _head_of(self, place: int) -> Mention:
        """The noun phrase, or who is right before it where it completes a noun: «(Адвокатица) осумњиченог, X,»."""
        noun, before = self.chunks.mentions[place], self.chunks.mentions[place - 1] if place else None
        beside = before is not None and before.kind == NOUN_PHRASE and before.chunk == noun.chunk - 1
        if before is None or not (beside and before.role_noun and self.chunks.pack.nominatives):
            return noun
        return before

    def _stem(self, word: str) -> str:
        """The word without a case ending of names, where the language has them."""
        for ending in self.endings if word.endswith(self.endings) else ():
            if len(word) > len(ending) + 2 and word.endswith(ending):
                return self._without_vowel(skeleton(word[: -len(ending)]))
        return self._without_vowel(skeleton(word))

    def _without_vowel(self, word: str) -> str:
        """«Malec» as «Malc», which its cases have («Malce»), where surnames have nominatives of their own."""
        return _FLEETING.sub(r"\1\2", word) if self.chunks.pack.nominatives else word


def _differ(one: str, other: str) -> bool:
    """Whether two genders are a man's and a woman's."""
    return {one, other} == {"m", "f"}


def is_titled(mention: Mention) -> bool:
    """Whether a title is printed with the name, so that its gender is no guess from a first name."""
    return mention.end - mention.start > sum(map(len, mention.name)) + len(mention.name)


def evidence_of(who: Person) -> str:
    """What shows that a name is a person's, a letter each."""
    return (
        ("g" if who.gender else "")
        + ("r" if who.role else "")
        + ("s" if who.speaks else "")
        + ("n" if who.called else "")
        + ("w" if who.relative else "")
        + ("p" if who.place else "")
        + ("b" if who.is_organization else "t" if who.thing else "")
    )
