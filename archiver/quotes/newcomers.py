"""Somebody unnamed of whom the sentence before tells, so that a pronoun means them and nobody who has a name.

«His sister disagreed. “He never drives,” she said»: «she» is the sister, not the last woman named.
"""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    CONJUNCTION,
    DETERMINER,
    NOUN_CUE,
    OWNER,
    PERSON_PRONOUN,
    PREPOSITION,
    RELATIVE,
    ROLE,
)
from archiver.quotes.apposition import Whose, owner_before
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Mention
from archiver.quotes.nouns import SURELY, Nouns
from archiver.quotes.patterns import BEHIND_LATE_SUBJECT, LATE_SUBJECT, SAYING, sentence_start
from archiver.quotes.salience import HISTORY

_GOES_ON = 3  # sentences between a pronoun and the unnamed one who spoke last, at most
_HUMAN = (  # ends of words for people
    "er", "ier", "eer", "aar", "ist", "iste", "ista", "eur", "euse", "ante", "ente", "tore", "trice", "dor", "dora",
    "enne", "ón", "ão", "gast", "are", "ant", "by", "ing", "ande", "kollega", "collega",
)  # fmt: skip
_NEAR = 2  # sentences between a pronoun and a relative, at most
_IS_NAMED = re.compile(f"(?:{PREPOSITION}[{DETERMINER}{WORD}{NAME}{NOUN_PHRASE}]{{1,3}})?{AUXILIARY}{NAME}")  # «is X»
_DESCRIBED = (",", RELATIVE, PREPOSITION)  # what is behind a noun that is described
_SET_BESIDE_NAME = re.compile(f"{NAME},[^,$\n{QUOTE}{AUXILIARY}{SAYING}]{{0,9}}\\Z")
_OPENS_WITH_MARKS = re.compile(f"\n{QUOTE}[^\n{SENTENCE_END}{QUOTE}{NAME}{NOUN_PHRASE}]*\\Z")


class Newcomers(Nouns):
    """Whom pronouns mean that have no name."""

    def unnamed_meant(self, place: int, mention: Mention) -> int:
        """The mention of somebody unnamed that a pronoun means; -1 if it means somebody else."""
        if self._is_last_unnamed(place, mention):
            return self.last_unnamed
        near = self._near_meant(place, mention)
        if near >= 0:
            return near
        heading = self._heading_noun(place, mention)
        return heading if heading >= 0 and self.meant_by(heading) < 0 else -1

    def meant_by(self, place: int) -> int:
        """The person whom a noun surely means; else -1."""
        known = self.who(place)
        return known[0][0] if known and known[0][1] >= SURELY else -1

    def _is_last_unnamed(self, place: int, mention: Mention) -> bool:
        """«“…,” said an assistant. Where? “…,” she repeated»: whether who spoke last in the paragraph has no name."""
        last = self.last_unnamed
        if not 0 <= last < place or self.chunks.mentions[last].paragraph != mention.paragraph:
            return False
        other = self.chunks.mentions[last]
        if other.kind != NOUN_PHRASE or other.gender == "p" or other.chunk < self.last_chunk or self._is_thing(other):
            return False
        if other.head in self.chunks.pack.askers:
            return False  # who asks does not answer
        if mention.sentence - other.sentence > _GOES_ON or (other.gender and mention.gender not in ("", other.gender)):
            return False
        unlike = bool(mention.gender) and not other.gender
        return not any(
            self._may_be_named(at, mention) or (unlike and self._fits_better(at, mention))
            for at in range(last + 1, place)
        )

    def _fits_better(self, place: int, mention: Mention) -> bool:
        """«(laut einem Mitglied) …. Das freute die Autorin. Sie …»: a noun whose gender is that of the pronoun."""
        noun = self.chunks.mentions[place]
        return noun.kind == NOUN_PHRASE and noun.role_noun and noun.definite and noun.gender == mention.gender

    def _is_thing(self, noun: Mention) -> bool:
        """Whether a noun is a body or what is read: «the letter»."""
        pack = self.chunks.pack
        return noun.is_organization or pack.lexicon.get(noun.head) == NOUN_CUE or noun.head in pack.works_nouns

    def _may_be_named(self, place: int, mention: Mention) -> bool:
        """Whether a mention is the name of somebody whom a pronoun may mean."""
        name = self.chunks.mentions[place]
        return name.kind == NAME and self._could_be(self.person_at[place], mention)

    def _heading_noun(self, place: int, mention: Mention) -> int:
        """«For the widow it is a shame. … “…,” she says»: the noun of a paragraph that names nobody before; or -1."""
        found = -1
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            if other.paragraph != mention.paragraph:
                break
            if self._may_be_named(at, mention):
                return -1
            somebody = other.kind == NOUN_PHRASE and other.role_noun and not other.is_organization
            if somebody and other.gender != "p" and not (mention.gender and other.gender not in ("", mention.gender)):
                if found >= 0:
                    return -1
                found = at
        if found < 0 or mention.paragraph == 0:
            return -1
        noun = self.chunks.mentions[found]
        told = bool(noun.gender) and noun.gender == mention.gender
        return found if self._is_definite(noun) and (told or self._leads(noun)) else -1

    def _near_meant(self, place: int, mention: Mention) -> int:
        """The mention of an unnamed relative, of a newcomer or of a capital alone that is the subject before; or -1."""
        crossed, agreeing = False, False  # in the paragraph before; somebody of the pronoun's gender is nearer
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            if mention.sentence - other.sentence > _NEAR:
                return -1
            if other.kind == NOUN_PHRASE and other.bare and not crossed:  # a capital that nothing confirms as a name
                return at
            apart = self._sentences_apart(other, mention)
            crossed = other.paragraph != mention.paragraph
            if apart < 0:
                return -1
            if (other.kind == NAME and self._is_anothers(at)) or other.head in self.chunks.pack.askers:
                continue
            if other.kind == NOUN_PHRASE and self._says_who(other):
                continue
            if crossed and not (self._opens_sentence(at, other) or self._is_in_scene(other)):
                continue
            if other.kind == NOUN_PHRASE and self.is_relative(at):
                if self._name_beside(other) >= 0:
                    return -1  # «His mother, Ida Holm, disagreed.»
                if self._is_listed_last(other):
                    continue
                return -1 if mention.gender and other.gender and mention.gender != other.gender else at
            told = bool(mention.gender) and other.gender == mention.gender
            new = other.kind == NOUN_PHRASE and (told or not agreeing)
            if new and self._is_somebody_new(at, other, mention, apart):
                return at
            agreeing = agreeing or (other.kind == NAME and self._agrees(self.person_at[at], mention))
            if other.kind == NAME and self._could_be(self.person_at[at], mention) and self._spot(other) in "cs":
                return -1
        return -1

    def _sentences_apart(self, other: Mention, mention: Mention) -> int:
        """How many sentences a pronoun is behind a mention; -1 in another paragraph.

        The paragraph before is in view where the pronoun's begins with the quotation.
        """
        apart = mention.sentence - other.sentence
        if other.paragraph == mention.paragraph:
            return apart
        codes, first = self.chunks.codes, self.chunks.line_end[mention.paragraph - 1]
        near = mention.paragraph - other.paragraph == 1 and apart == _NEAR  # the ends of a sentence and of a paragraph
        return 1 if near and _OPENS_WITH_MARKS.match(codes, first, mention.chunk) else -1

    def _opens_sentence(self, place: int, other: Mention) -> bool:
        """Whether a sentence is about a noun, and nobody else is named before it there."""
        chunks, codes = self.chunks, self.chunks.codes
        start = sentence_start(codes, other.chunk)
        led = codes[start : other.chunk]
        described = chunks.pack.articles or self._is_indefinite(other) or codes[other.chunk + 1] in _DESCRIBED
        described = described or self.is_relative(place)
        return self._is_subject(other) and described and not any(code in NAME + PERSON_PRONOUN for code in led)

    def _is_subject(self, other: Mention) -> bool:
        """Whether a sentence is about a mention, as far as its neighbours tell."""
        return (
            self._spot(other) in "cs"
            or (
                self._leads(other) and (self.chunks.codes[other.chunk + 1] == PREPOSITION or self._is_indefinite(other))
            )
            or self._comes_late(other)
            or self._speaks_for_named(other)
        )

    def _speaks_for_named(self, other: Mention) -> bool:
        """«Beck’s spokesman said she stood by it.»: whether somebody's noun opens the sentence and has its verb."""
        codes, chunk = self.chunks.codes, other.chunk
        owned = codes[max(0, chunk - 2) : chunk] == NAME + OWNER
        return owned and codes[chunk - 3 : chunk - 2] in ("", "\n", SENTENCE_END) and codes[chunk + 1] in SAYING

    def _is_indefinite(self, noun: Mention) -> bool:
        """Whether a noun phrase begins with an article of somebody new: «en cyklist»."""
        first = self.chunks.text[noun.start : noun.end].lower().split()[0]
        known = noun.definite or first in self.chunks.pack.definite or first in self.chunks.pack.several
        return self.chunks.pack.lexicon.get(first) == DETERMINER and not known

    def _is_person_noun(self, noun: Mention) -> bool:
        """Whether a noun is somebody's role, or looks like one where it brings in somebody: «ein Badegast»."""
        if noun.role_noun or noun.is_organization or not self._is_indefinite(noun):
            return noun.role_noun
        pack = self.chunks.pack
        words = self.chunks.text[noun.start : noun.end].lower().split()[1:]
        if any(word in pack.dates.periods or pack.lexicon.get(word) == NOUN_CUE for word in words):
            return False
        return any(pack.lexicon.get(w) == ROLE or w in pack.unnamed or w.endswith(_HUMAN) for w in words)

    def _is_anothers(self, place: int) -> bool:
        """Whether a name is that of a complement: «a spokesman for the minister, [X], declined»."""
        owner = owner_before(self.chunks, place)
        return owner is not None and owner[1] is Whose.COMPLEMENT

    def _is_somebody_new(self, place: int, other: Mention, mention: Mention, apart: int) -> bool:
        """Whether the sentence before is about somebody unnamed: «A neighbour shrugged. “…,” he said»."""
        if not self._is_person_noun(other) or other.is_organization or other.head in self.chunks.pack.askers:
            return False
        one = self._is_one_of(other)
        if other.gender == "p" and not one:
            return False
        if mention.gender and other.gender in ("m", "f") and mention.gender != other.gender:
            return False
        codes = self.chunks.codes
        near = apart == 1 and self._is_subject(other) and not self._is_within(other, mention)
        near = near or (apart == 0 and self._leads(other) and codes[mention.chunk - 1] == BEFORE)  # «: selon elle, “…”»
        scene = apart == 1 and other.definite and self._is_in_scene(other)
        if (
            not (near or scene)
            or _IS_NAMED.match(codes, other.chunk + 1)
            or self._is_beside_subject(place, other, mention)
        ):
            return False
        # «The mayor of Ellery was unmoved. “…,” he said», but not «Mme Binet a écrit. La dirigeante de la CGT …»
        unknown = not other.definite or (
            self._is_introduced(other) and not self._is_named_before(place, other, mention)
        )
        unknown = unknown or self._speaks_for_named(other)
        return one or ((unknown or scene) and not self.who(place))

    def _is_listed_last(self, noun: Mention) -> bool:
        """«His father worked here too, and his grandfather.»: whether a noun is one more, and does nothing."""
        codes, before = self.chunks.codes, noun.chunk - 1
        return codes[before - 1 : before + 1] == "," + CONJUNCTION and codes[noun.chunk + 1] == SENTENCE_END

    def _says_who(self, noun: Mention) -> bool:
        """«Joan Pascoe, a former clerk and Derek’s cousin, bought it»: whether a noun between commas says who X is."""
        codes = self.chunks.codes
        set_beside = _SET_BESIDE_NAME.search(codes, sentence_start(codes, noun.chunk), noun.chunk)
        return set_beside is not None and codes[noun.chunk + 1] == ","

    def _is_within(self, other: Mention, mention: Mention) -> bool:
        """«He recalled the month when a driver is tested»: whether a clause before has such a subject."""
        codes, mentions = self.chunks.codes, self.chunks.mentions
        first = sentence_start(codes, other.chunk)
        return any(
            codes[at] == PERSON_PRONOUN
            and (at == first or codes[at - 1] in ":;-")
            and mentions[self.chunks.mention_at[at]].gender == mention.gender
            for at in range(first, other.chunk)
        )

    def _is_named_before(self, place: int, other: Mention, mention: Mention) -> bool:
        """Whether somebody of the pronoun's gender was named right before a noun, which may be theirs."""
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            name = self.chunks.mentions[at]
            if other.sentence - name.sentence > _NEAR:
                return False
            if name.kind == NAME and self._agrees(self.person_at[at], mention):
                return True
        return False

    def _is_one_of(self, noun: Mention) -> bool:
        """«One of the players», «l’un des élus»: whether a phrase for several begins with a word for one."""
        words = self.chunks.text[noun.start : noun.end].lower().replace("’", "'").split()
        first, pack = words[0].rpartition("'")[2], self.chunks.pack
        led = len(words) > 2 and (noun.gender == "p" or first != words[0])
        one = pack.lexicon.get(first) == DETERMINER or first in pack.numerals
        return led and one and first not in pack.several and first not in pack.definite

    def _comes_late(self, other: Mention) -> bool:
        """«On her side stood a teacher who …»: a subject behind the verb, where a preposition opens the sentence."""
        start = sentence_start(self.chunks.codes, other.chunk)
        late = LATE_SUBJECT.fullmatch(self.chunks.codes, start, other.chunk)
        return not other.definite and late is not None and self.chunks.codes[other.chunk + 1] in BEHIND_LATE_SUBJECT

    def _is_beside_subject(self, place: int, other: Mention, mention: Mention) -> bool:
        """«The mayor, X, called the commander. “…,” she said»: whether a name is the subject of the noun's sentence."""
        chunks, codes = self.chunks, self.chunks.codes
        for at in range(max(0, place - HISTORY), min(place + HISTORY, len(chunks.mentions))):
            name = chunks.mentions[at]
            if (
                name.kind == NAME
                and name.sentence == other.sentence
                and codes[name.chunk - 1] not in PREPOSITION + BEFORE
            ):
                person = self.person_at[at]
                if person >= 0 and codes[name.chunk + 1] != OWNER and self._could_be(person, mention):
                    return self.persons[person].full
        return False

    def is_relative(self, place: int) -> bool:
        """Whether a noun phrase is somebody's relative: «her brother»."""
        noun = self.chunks.mentions[place]
        return noun.head in self.chunks.pack.kin and self._is_owned(noun)
