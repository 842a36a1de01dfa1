"""Pronouns and nouns that mean a body: «The army fired back. It said …», «Hull Docks insists … The company said …»."""

from __future__ import annotations

from bisect import bisect_left

from archiver.languages import CONJUNCTION, OWNER
from archiver.quotes.again import Again
from archiver.quotes.institutions import grammatical_gender
from archiver.quotes.model import NAME, NOUN_PHRASE, SENTENCE_END, Mention
from archiver.quotes.patterns import SAYING
from archiver.quotes.salience import HISTORY

_BY_SUBJECT = 0.8  # how sure «it» is of the body that the sentence before is about
_BY_SUBJECT_ABOVE = 0.7  # the same, where that is in the paragraph above


_OF_LAST = 0.75  # how sure «the company» is of the body that spoke last, or of the only one near
_FIRM = 3  # words of a name that no place has
_NEAR = 1  # paragraphs from such a noun to its body


class BodyPronouns(Again):
    """The bodies behind «it», and behind «er» and «sie» where nouns have a gender."""

    def _body_leads(self, place: int, mention: Mention) -> int:
        """«Der Verband sieht das anders. In einem Brief warnt er …»: the body that has the gender of «er» too; or -1.

        It leads the sentence before, and nobody is named in that of the pronoun.
        """
        if mention.end == mention.start:
            return -1
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            apart = mention.sentence - other.sentence
            if apart > 1 or other.paragraph != mention.paragraph or (apart == 0 and other.kind == NAME):
                return -1
            if apart == 1 and other.is_organization and self._leads(other):
                told = grammatical_gender(self.chunks, other) or (mention.gender if self._is_elided(other) else "")
                return at if told == mention.gender else -1
        return -1

    def _is_elided(self, body: Mention) -> bool:
        """«L’Agence …»: whether the article of a noun is one letter, which tells no gender."""
        return self.chunks.text[body.start : body.start + 2].lower() in ("l’", "l'")

    def _names_somebody(self, body: int, place: int, mention: Mention) -> bool:
        """Whether somebody whom a pronoun may mean is named between a body and it.

        Where the genders of nouns are less plain than in German, they may be named anywhere before in the paragraph.
        """
        first = body + 1
        if self.chunks.pack.case != "nouns":
            first = bisect_left(self.chunks.mentions, mention.paragraph, key=lambda one: one.paragraph)
        named = (at for at in range(first, place) if self.chunks.mentions[at].kind == NAME)
        return any(self._could_be(self.person_at[at], mention) for at in named)

    def _is_body_afar(self, person: int, place: int) -> bool:
        """Whether somebody is a body that the paragraph of a pronoun does not name before it: «elle», «il»."""
        if not self.persons[person].is_organization:
            return False
        paragraph = self.chunks.mentions[place].paragraph
        near = (at for at in self.persons[person].mentions if at < place)
        return all(self.chunks.mentions[at].paragraph != paragraph for at in near)

    def _body_before(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«It» or «they» is the body that was the subject of this sentence or the one before, or that spoke last."""
        found = self._body_acting(place, mention)
        if found >= 0:
            return [(found, _BY_SUBJECT)]
        last = self.last_speaker
        if last >= 0 and self._may_be_body(last) and 0 <= mention.paragraph - self.last_paragraph < 2:
            return [(last, _BY_SUBJECT)]
        above = self._body_above(place, mention)
        return [(above, _BY_SUBJECT_ABOVE)] if above >= 0 else []

    def _body_acting(self, place: int, mention: Mention) -> int:
        """The body nearest to a pronoun that is a subject of its sentence, or whom the one before is about; or -1."""
        nearest = -1
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other, person = self.chunks.mentions[at], self.person_at[at]
            if mention.sentence - other.sentence > 1 or other.paragraph != mention.paragraph:
                break
            owns = self.chunks.codes[other.chunk + 1] == OWNER  # «Trump's plans»
            if person < 0 or owns or not self._may_be_body(person):
                continue
            if self._is_one_of_two(other):
                return -1  # «Norland and Sudland traded fire. It said …»
            if self._leads(other):
                return person  # not «The army says that the rebels fired. It said …»
            if nearest < 0 and self._spot(other) in "cs":
                nearest = person
            if nearest >= 0 and other.sentence == mention.sentence:
                return nearest
        return nearest

    def _body_again(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«The company said»: the body that leads this sentence or the one before, that spoke last, or that is alone.

        Any other noun for a body may be that of somewhere else: «the council».
        """
        if mention.head not in self.chunks.pack.bodies_again:
            return []
        near = self._bodies_near(place, mention)
        for at in near:
            other = self.chunks.mentions[at]
            if mention.sentence - other.sentence <= 1 and self._leads(other) and not self._is_one_of_two(other):
                return [(self.person_at[at], _BY_SUBJECT)]
        persons = {self.person_at[at] for at in near}
        last = self.last_speaker
        if last in persons:
            return [(last, _OF_LAST)]
        return [(persons.pop(), _OF_LAST)] if len(persons) == 1 else []

    def _bodies_near(self, place: int, mention: Mention) -> list[int]:
        """The mentions of what may be bodies before a noun in its paragraph and in the one above, nearest first."""
        near = []
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other, person = self.chunks.mentions[at], self.person_at[at]
            if other.paragraph == 0 or mention.paragraph - other.paragraph > _NEAR:
                break
            if person >= 0 and self._seems_body(person):
                near.append(at)
        return near

    def _seems_body(self, person: int) -> bool:
        """Whether a name may be that of a firm, also one in full that nothing shows to be a person's: «Hull Docks»."""
        who = self.persons[person]
        placed = (who.place or who.located) and len(who.words) < _FIRM
        return who.is_organization or not (who.gender or who.role or who.called or placed)

    def _is_one_of_two(self, body: Mention) -> bool:
        """Whether «and» joins a body to another."""
        codes, at = self.chunks.codes, body.chunk
        before = codes[max(0, at - 2) : at].replace("d", "")[-1:] == CONJUNCTION
        return before or codes[at + 1 : at + 3] in (CONJUNCTION + NAME, CONJUNCTION + NOUN_PHRASE)

    def _body_above(self, place: int, mention: Mention) -> int:
        """«The army fired back. ¶ It said …»: the body with which the last sentence of the paragraph above begins."""
        opens = self.chunks.codes.find(SENTENCE_END, self._start_of(mention.paragraph), mention.chunk) < 0
        if not opens or self.chunks.codes[mention.chunk + 1] not in SAYING:
            return -1
        found = -1
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            if other.paragraph < mention.paragraph - 1 or other.paragraph == 0:
                break
            if other.paragraph < mention.paragraph:
                if found >= 0 and other.sentence < self.chunks.mentions[found].sentence:
                    break
                found = at
        leads = found >= 0 and self.person_at[found] >= 0 and self._leads(self.chunks.mentions[found])
        return self.person_at[found] if leads and self.persons[self.person_at[found]].is_organization else -1

    def _start_of(self, paragraph: int) -> int:
        return self.chunks.line_end[paragraph - 1] + 1 if paragraph else 0

    def _may_be_body(self, person: int) -> bool:
        who = self.persons[person]
        return who.is_organization or not (who.gender or who.role or who.called or who.place or who.full)
