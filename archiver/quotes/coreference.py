"""Who a mention means: pronouns and nouns are led back to the persons and organisations that `people` knows.

A pronoun means whom `salience` puts in view, a noun whom `nouns` finds.
"""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    CONJUNCTION,
    DETERMINER,
    NOUN_CUE,
    OTHER_PRONOUN,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    ROLE,
)
from archiver.quotes.apposition import alias_of, completed_by
from archiver.quotes.body_pronouns import BodyPronouns
from archiver.quotes.cases import is_in_case
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, WORD, Mention
from archiver.quotes.nouns import SURELY
from archiver.quotes.patterns import LEADING, NOT_ANOTHER, SAYING, sentence_start
from archiver.quotes.salience import BY_SENTENCE, HISTORY
from archiver.quotes.subjects import leading, subject_before

_OWNS = ("'s", "’s")
_BY_NEIGHBOUR = 0.65  # how sure a noun is of the name that may be its complement's
_BY_GOING_ON = 0.98  # how sure a pronoun is of whoever spoke in the sentence before
_BY_HEADING = 0.85  # how sure it is of whom the only noun of its paragraph means
_OBJECT = re.compile(  # «(She) accused the rival [X]», «(Sie) warf [X] (vor)»
    rf"{AUXILIARY}?[{SAYING}{WORD}]{PREPOSITION}?{LEADING}(?P<name>{NAME})"
)
_BESIDE_BODY = 0.8  # how sure a pronoun is of somebody named behind a body of its gender
_OFTEN, _NEARLY = 2, 0.75  # quotations of whom an interview is with, at least, and their share
_UP_TO_MARKS = re.compile(rf"[^:$\n{NAME}{PERSON_PRONOUN}{QUOTE}]{{0,12}}:{QUOTE}")
_BY_SUBJECT = 0.8  # how sure «ce dernier» is of the last who was spoken of


class Coreference(BodyPronouns):
    """What each mention of an article resolves to."""

    def who(self, place: int) -> list[tuple[int, float]]:
        """The persons that mention `place` may be, each with its probability; empty where it stays a mere mention."""
        mention = self.chunks.mentions[place]
        if mention.kind == NAME:
            return self.certain[self.person_at[place]]
        known = self._resolved.get(place)
        if known is None or (known[0] != self.turn and mention.chunk > self.told_up_to):
            self._up_to(place)
            known = self._resolved[place] = (self.turn, self._resolve(place, mention))
        return known[1]

    def _up_to(self, place: int) -> None:
        """Resolves the pronouns before `place` first, in order, for they are mentions too."""
        first, self._next = self._next, max(self._next, place)
        for earlier in range(first, place):
            mention = self.chunks.mentions[earlier]
            if mention.kind == PERSON_PRONOUN and earlier not in self._resolved:
                self._resolved[earlier] = (self.turn, self._resolve(earlier, mention))

    def is_body(self, person: int) -> bool:
        """Whether a person (-1: nobody known) is an organization."""
        return person >= 0 and self.persons[person].is_organization

    def spoke(self, person: int, chunk: int, paragraph: int, share: float) -> None:
        """Notes who said the last quotation (-1: somebody unnamed), at which mention, where, and how surely."""
        self.last_speaker, self.last_chunk, self.last_paragraph = person, chunk, paragraph
        self.last_share = share
        self.told_up_to = chunk
        self.last_is_unnamed, self.last_unnamed = person < 0, -1
        self.turn += 1
        if person >= 0:
            self.quoted[person] = self.quoted.get(person, 0) + 1

    def main_voice(self) -> int:
        """The person who said nearly all that was said so far by anybody with a name; else -1."""
        person = max(self.quoted, key=lambda one: self.quoted[one], default=-1)
        if person < 0 or self.persons[person].is_organization or self.quoted[person] < _OFTEN:
            return -1
        return person if self.quoted[person] >= _NEARLY * sum(list(self.quoted.values())) else -1

    def spoke_unnamed(self, place: int) -> None:
        """Notes that the last quotation is that of somebody unnamed."""
        self.last_unnamed, self.told_up_to = place, self.chunks.mentions[place].chunk
        self.turn += 1

    def _resolve(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        if mention.kind == PERSON_PRONOUN:
            if self.unnamed_meant(place, mention) >= 0 or (mention.gender == "p" and not mention.head):
                return []  # «promettono»: several
            subject = self._subject_of_sentence(place, mention)
            if subject >= 0:
                return [(subject, BY_SENTENCE)]
            if self._adds(place, mention):
                return [] if self.last_is_unnamed else [(self.last_speaker, min(_BY_GOING_ON, self.last_share))]
            before = self._subject_before(place, mention)
            if before < 0 and self._goes_on(place, mention):
                return [] if self.last_is_unnamed else [(self.last_speaker, _BY_GOING_ON)]
            earlier = [one for one in self._antecedents(place, mention) if not self.persons[one[0]].located]
            body = self._body_leads(place, mention)
            if body >= 0 and not self._names_somebody(body, place, mention):
                return self.who(body)
            other = self._object_of(mention)
            if other >= 0 and any(one[0] != other for one in earlier):
                earlier = [one for one in earlier if one[0] != other]
            found = self.choose("pronoun", place, earlier, none=False)
            if before >= 0:
                return [(before, max(BY_SENTENCE, dict(found).get(before, 0.0)))]
            found = [one for one in found if not self._is_body_afar(one[0], place)]
            if body >= 0:
                return [(person, share * _BESIDE_BODY) for person, share in found]
            heading = self._heading_noun(place, mention)
            meant = self.meant_by(heading) if heading >= 0 else -1
            if meant >= 0 and self._could_be(meant, mention):
                return [(meant, max(_BY_HEADING, dict(found).get(meant, 0.0)))]
            if all(self.contradicts(person, mention) for person, _ in found):
                return []  # «elle», where the article names Paul alone
            if any(self._agrees(person, mention) for person, _ in found):
                found = _shared([one for one in found if not self.contradicts(one[0], mention)])
            return found if mention.head else _sharpened(found)  # a verb without its subject means who is in view
        if mention.kind == "r":
            antecedent = self.antecedent(place)
            return self.who(antecedent) if antecedent != place else []
        if mention.kind == OTHER_PRONOUN and mention.gender in ("m", "f"):
            return self._latter(place, mention)
        if mention.kind == OTHER_PRONOUN and mention.gender in ("n", "p"):
            return self._body_before(place, mention)
        if mention.kind == NOUN_PHRASE:
            return self._of_noun(place, mention)
        return []

    def _subject_of_sentence(self, place: int, mention: Mention) -> int:
        """«X протянул руку сопернику, Y, и сказал: “…”»: who leads the sentence of a second verb without a subject.

        Others may be named in between, if a case or a preposition shows that they are no subject; -1 otherwise.
        """
        chunks, codes, at = self.chunks, self.chunks.codes, mention.chunk
        if mention.head or not chunks.pack.nominatives or codes[at - 1] != CONJUNCTION:
            return -1
        start = sentence_start(codes, at)
        last = codes.rfind(NAME, start, at)
        if (
            last > start and codes[last - 1] == CONJUNCTION and codes[last + 1] == WORD
        ):  # «X odešel a [Y] zůstal a řekl»
            named = chunks.mention_at[last]
            if not self._is_in_case(chunks.mentions[named]) and self._could_be(self.person_at[named], mention):
                return self.person_at[named]
        first = leading(chunks, start, at) if codes[start] not in PREPOSITION + BEFORE else -1
        if first < 0 or QUOTE in codes[start:at] or is_in_case(chunks.mentions[first].name, chunks.pack):
            return -1
        between = (chunks.mentions[one] for one in range(first + 1, place) if chunks.mentions[one].kind == NAME)
        others = any(not (codes[one.chunk - 1] == PREPOSITION or self._is_in_case(one)) for one in between)
        person = self.person_at[first]
        return person if not others and self._could_be(person, mention) else -1

    def _object_of(self, mention: Mention) -> int:
        """«She accused Tann of “…”»: whom the clause of a pronoun names beside it, and who is somebody else; or -1."""
        printed = mention.end > mention.start
        found = _OBJECT.match(self.chunks.codes, mention.chunk + 1) if printed else None
        return self.person_at[self.chunks.mention_at[found.start("name")]] if found else -1

    def _is_in_case(self, name: Mention) -> bool:
        """Whether a name is in a case that no subject has, and its first word is none as it stands: not «Jan Malý»."""
        pack = self.chunks.pack
        listed = name.name[0].lower() in pack.first_names
        return name.oblique or (not listed and is_in_case(name.name, pack))

    def _goes_on(self, place: int, mention: Mention) -> bool:
        """Whether the last speaker is meant: he spoke in this sentence or the one before, and nobody is named since."""
        chunks, last = self.chunks, self.last_chunk
        if not 0 <= last < mention.chunk or self.last_paragraph != mention.paragraph:
            return False
        if chunks.paragraph_of[last] != mention.paragraph or mention.sentence - chunks.sentence_of[last] > 1:
            return False
        at = place - 1
        while at >= 0 and chunks.mentions[at].chunk > last:
            if chunks.mentions[at].kind == NAME:
                return False
            at -= 1
        return self.last_is_unnamed or self._could_be(self.last_speaker, mention)

    def _adds(self, place: int, mention: Mention) -> bool:
        """«She added: “…”»: whether a pronoun goes on speaking, where nobody is the subject of a sentence since."""
        chunks, at = self.chunks, mention.chunk
        verb = at + 1 + (chunks.codes[at + 1] == AUXILIARY)
        around = [one for one in (verb, at - 1) if one >= 0 and chunks.codes[one] in SAYING]
        words = [word for one in around for word in chunks.words(one, one + 1).lower().split()]
        if self.last_chunk < 0 or not any(word in chunks.pack.adding for word in words):
            return False
        if not (self.last_is_unnamed or self._could_be(self.last_speaker, mention)):
            return False
        if mention.paragraph - self.last_paragraph > 1:
            return False
        one = place - 1
        while one >= 0 and chunks.mentions[one].chunk > self.last_chunk:
            other = chunks.mentions[one]
            if other.kind == NAME and (self._spot(other) in "cs" or self._agrees(self.person_at[one], mention)):
                return False
            one -= 1
        return True

    def _of_noun(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """Whom a noun means: the name beside it, somebody of that role, or the one person there is who may speak."""
        apposed = self._name_beside(mention)
        named = self.person_at[place] if place < len(self.person_at) else -1  # a subject left out may come later
        if named >= 0 and (apposed < 0 or self.person_at[apposed] == named):
            return [] if self._is_heard_at(mention) else self.certain[named]
        if apposed >= 0:
            likely = _BY_NEIGHBOUR if self._names_another(mention, apposed) else 1.0
            return [(person, share * likely) for person, share in self.who(apposed)]
        alias = alias_of(self.chunks, mention)
        if alias >= 0:
            return [(person, share * _BY_SUBJECT) for person, share in self.who(alias)]
        if self._is_one_of(mention):
            return []
        trade = self._of_trade(place, mention)
        if trade >= 0:
            return [(trade, BY_SENTENCE)]
        bare = not self.chunks.pack.articles or mention.paragraph == 0  # headlines leave the article out
        bare = bare and not self.is_indefinite(mention)
        if owned := self._of_document(place, mention):
            return owned
        found: list[tuple[int, float]] = []
        if mention.role_noun and not mention.is_organization and (mention.definite or bare):
            of_role = not mention.definite or mention.head in self.chunks.pack.unnamed
            found = self._definite(place, mention, named=of_role)
        elif self._is_body(mention) and (self._is_definite(mention) or self._is_body_alone(mention)):
            known = not self._is_heard_at(mention)
            found = (self._same_body(place, mention) or self._body_again(place, mention)) if known else []
        if not (found and found[0][1] >= SURELY):
            found = self._said_again(place, mention) or found
        if found and mention.role_noun and self._is_former(mention) and self._is_anybody_s(mention):
            return [one for one in found if self._was(one[0])]
        return found

    def _is_body(self, mention: Mention) -> bool:
        """Whether a noun is one for a body."""
        return mention.is_organization or mention.head in self.chunks.pack.bodies_again

    def _is_heard_at(self, mention: Mention) -> bool:
        """«Aus dem Außenministerium heißt es»: whether a preposition leads to a body, none that leads to an author."""
        before = mention.chunk - 1
        led = self.chunks.codes[before : before + 1] == PREPOSITION
        return led and self.chunks.words(before, before + 1).lower() not in self.chunks.pack.senders

    def _latter(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«Ce dernier», «quest'ultimo»: whoever was last spoken of before, if somebody who has a name."""
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            if mention.paragraph - other.paragraph > 1:
                return []
            person = self.person_at[at]
            if other.kind == NAME and self._could_be(person, mention) and not self.persons[person].located:
                return [(person, _BY_SUBJECT)]
            somebody = other.kind == NOUN_PHRASE and other.role_noun and not other.is_organization
            if somebody and other.gender in ("", mention.gender):
                return [(person, _BY_SUBJECT) for person, share in self.who(at) if share >= BY_SENTENCE]
        return []

    def _of_document(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«“…,” his letter said»: whose words are written there, as far as a possessive tells."""
        words, pack = self.chunks.text[mention.start : mention.end].lower().split(), self.chunks.pack
        words = words[1:] if pack.lexicon.get(words[0]) == DETERMINER else words  # «O seu conselho»
        if len(words) < 2 or pack.lexicon.get(words[0]) != POSSESSIVE or not words[0][:1].isalpha():
            return []
        gender = pack.genders.get(words[0], "")
        if any(pack.lexicon.get(word) == ROLE or word.endswith(_OWNS) for word in words[1:]):
            return []  # «her lawyer's letter»
        told = any(pack.genders.get(word) for word in self._possessives)  # not in «sa lettre», «su carta»
        if gender in ("n", "p") or words[0] in pack.first_person:
            return []
        if told and not gender and not self._is_about_woman(mention):
            return []  # «ihr» is hers or theirs
        thought = words[-1] in pack.thoughts and self._leads_to_marks(mention)  # «Her advice is simple: “…”»
        if not (thought or any(pack.lexicon.get(word) == NOUN_CUE for word in words[1:])):
            return []
        owner = mention.read_as(PERSON_PRONOUN)
        owner.gender = gender
        found = [one for one in self._antecedents(place, owner) if self._could_be(one[0], owner)]
        if not gender and len({person for person, _, _ in found}) > 1:
            return []
        return [(person, share * _BY_SUBJECT) for person, share in self.choose("pronoun", place, found, none=False)]

    def _is_about_woman(self, mention: Mention) -> bool:
        """Whether the sentence before is about a woman, whose «ihr» then is."""
        start = sentence_start(self.chunks.codes, mention.chunk)
        place = subject_before(self.chunks, start) if start else -1
        return place >= 0 and self.person_at[place] >= 0 and self.persons[self.person_at[place]].gender == "f"

    def _leads_to_marks(self, mention: Mention) -> bool:
        """Whether the sentence that a mention opens ends in a colon and a quotation, and names nobody else."""
        found = _UP_TO_MARKS.match(self.chunks.codes, mention.chunk + 1)
        return self._opens_behind_article(mention) and found is not None

    def _opens_behind_article(self, mention: Mention) -> bool:
        """Whether a mention opens its sentence, behind an article at most: «il (suo consiglio)»."""
        return self.chunks.codes[sentence_start(self.chunks.codes, mention.chunk) : mention.chunk] in ("", DETERMINER)

    def antecedent(self, place: int) -> int:
        """The mention that «who» stands for, right before it, or «she» for a relative; any other refers to itself."""
        if place < 0:
            return place
        mention = self.chunks.mentions[place]
        if mention.kind == PERSON_PRONOUN:
            relative = self.unnamed_meant(place, mention)
            return relative if relative >= 0 else place
        if mention.kind != RELATIVE:
            return place
        at = self.chunks.mentions[place].chunk - 1
        if at >= 0 and self.chunks.codes[at] == ",":
            at -= 1
            if NOT_ANOTHER.search(self.chunks.codes, max(0, at - 3), at + 1):  # «X, not her husband, who said»
                negated = self.chunks.words(at - 1, at).lower() in self.chunks.pack.negations
                at -= 3 * negated
            elif self._is_seat(at):
                at -= 2
        noun = (
            self.chunks.mention_at[at - 1]
            if at > 0 and self.chunks.codes[at - 1 : at + 1] == NOUN_PHRASE + NAME
            else -1
        )
        if noun >= 0 and completed_by(self.chunks, self.chunks.mentions[noun]) >= 0:
            return noun  # «uprava Brižine, koja …»
        return self.chunks.mention_at[at] if at >= 0 and self.chunks.codes[at] in "XO" else place

    def _is_seat(self, at: int) -> bool:
        """«The Folk Collection in Dublin, which …»: whether a chunk is where the one before «in» is, and no person."""
        codes, place = self.chunks.codes, self.chunks.mention_at[at]
        if at < 2 or codes[at] != NAME or codes[at - 1] != PREPOSITION or codes[at - 2] not in NAME + NOUN_PHRASE:
            return False
        person = self.person_at[place]
        return person >= 0 and (self.persons[person].place or self.persons[person].located)


def _shared(found: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The shares of those that are left, one in all."""
    total = sum(share for _, share in found) or 1.0
    return [(person, share / total) for person, share in found]


def _sharpened(found: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The shares squared: what the missing pronoun cannot tell speaks neither for nor against anybody."""
    return _shared([(person, share * share) for person, share in found])
