"""Who cannot have said a quotation, by the mention alone: places, platforms, objects, and for whom another speaks."""

from __future__ import annotations

import re
from typing import Protocol

from archiver.languages import (
    BEFORE,
    BODY,
    PERSON_PRONOUN,
    PREPOSITION,
    ROLE,
)
from archiver.quotes.apposition import completed_by
from archiver.quotes.bodies import is_owner
from archiver.quotes.cases import is_declined, surname_in_nominative
from archiver.quotes.model import NAME, NOUN_PHRASE, WORD, Chunks, Mention
from archiver.quotes.objects import is_object
from archiver.quotes.patterns import (
    COMPLEMENT_BEFORE,
    DATELINE,
    DESCRIBES_SUBJECT,
    IN_COMPOUND,
    ITS_VERB,
    NAMES_WORKPLACE,
    OWNED_NOUN,
    PARTICIPLES,
    SAYING,
    TOLD_AND_SUBJECT,
)
from archiver.quotes.sources import represented

_CASE_ENDING = re.compile("[’'][^\\W\\d_A-Z]{1,4}$")
_TWO = 2  # words of a name in full, at least
_SHORT_VOWELS = str.maketrans("áéó", "aeo")  # of names in Hungarian


class Identities(Protocol):
    """Who a mention is: what `archiver.quotes.coreference` knows."""

    def who(self, place: int) -> list[tuple[int, float]]:
        """Persons with probabilities."""

    def antecedent(self, place: int) -> int:
        """The mention that «who» stands for."""

    def is_body(self, person: int) -> bool:
        """Whether a person (-1: nobody known) is an organization."""

    def spoke(self, person: int, chunk: int, paragraph: int, share: float) -> None:
        """Notes who said the last quotation, and how surely."""

    def spoke_unnamed(self, place: int) -> None:
        """Notes that somebody unnamed did."""

    def alone(self, past: int = -1) -> int:
        """The only person whom the article names in full, before chunk `past` if given; -1: none or several."""

    def main_voice(self) -> int:
        """The person who said nearly all that was said so far by anybody with a name; else -1."""

    def in_headline(self) -> int:
        """The only person whom the headline names in full; -1: none or several."""

    def initialled(self, letters: str) -> int:
        """The only person of these initials whom the article names in full; else -1."""

    def is_relative(self, place: int) -> bool:
        """Whether a noun phrase is somebody's relative: «her brother»."""

    def first_mention(self, person: int) -> int:
        """The place of the mention that names a person first."""

    def frequency(self, person: int) -> int:
        """The number of mentions of a person."""

    def surname(self, person: int) -> str:
        """The last word of a name, as printed."""

    def is_in_full(self, person: int) -> bool:
        """Whether the article gives the first name too."""

    def person_evidence(self, person: int) -> str:
        """What shows that a name is a person's: a gender, a role, a verb of saying."""


class RuledOut:
    """Tells of mentions that they cannot be the speaker."""

    def __init__(self, chunks: Chunks, people: Identities) -> None:
        self.chunks, self.people = chunks, people
        self._roles: dict[int, tuple[bool, bool]] = {}  # what `_is_no_speaker` asks of a mention again and again

    def _speaks_through_another(self, place: int) -> bool:
        """Whether «a lawyer for X» is here: the lawyer is a candidate, X is not."""
        if self.chunks.mentions[place].kind != NAME:
            return False
        if self._completes_body(place) or self._is_in_compound(place):
            return True
        found = represented(self.chunks, place)
        mention = self.chunks.mentions[place]
        alone = found is not None and self.chunks.codes[mention.chunk - 1] == ROLE
        alone = alone or (found is not None and bool(self.chunks.pack.owned) and found.start > mention.end)
        return found is not None and found.other == place and not alone

    def _is_no_speaker(self, place: int) -> bool:
        """Whether somebody else speaks for a mention, or it is a place or in a case that no subject has."""
        known = self._roles.get(place)
        if known is None:
            where = self._is_dateline(place) or self._is_complement(place) or self._is_represented(place)
            spoken_for = where or self._speaks_through_another(place)
            known = self._roles[place] = spoken_for, not spoken_for and self._is_no_subject(place)
        return known[0] or self._describes(place) or known[1] or self._is_platform(place) or self._is_ruled_out(place)

    def _is_ruled_out(self, place: int) -> bool:
        """«It was X, not her husband, who said “…”»: somebody right behind a negation that is set off."""
        chunks, at = self.chunks, self._chunk_of(place) - 1
        if at < 1 or chunks.codes[at - 1] not in ",$\n":
            return False
        return chunks.words(at, at + 1).lower() in chunks.pack.negations

    def _is_platform(self, place: int) -> bool:
        """Whether a name is where people publish, which never says anything."""
        mention = self.chunks.mentions[place]
        return mention.kind == NAME and " ".join(mention.name).lower() in self.chunks.pack.platforms

    def _is_no_subject(self, place: int) -> bool:
        mention = self.chunks.mentions[place]
        before = self.chunks.codes[mention.chunk - 1 : mention.chunk]
        led = mention.kind == PERSON_PRONOUN and before == PREPOSITION  # «Des collègues autour d'elle reprennent»
        if self._is_in_plain_case(mention):
            return True
        return led or self._is_workplace(place) or self._is_in_case(place) or is_object(self.chunks, mention)

    def _is_workplace(self, place: int) -> bool:
        """«kata Ketua RT, Budi Santoso», «according to Delta lead X»: a body beside the name of who works there."""
        mention, codes = self.chunks.mentions[place], self.chunks.codes
        if mention.kind == NAME and codes[mention.chunk - 1 : mention.chunk] == BEFORE:
            return self.chunks.pack.case == "names" and NAMES_WORKPLACE.match(codes, mention.chunk + 1) is not None
        role = codes[mention.chunk - 1 : mention.chunk] == ROLE or mention.role is not None
        if not (mention.kind == NAME and mention.is_organization and role):
            return False
        named = self.chunks.mention_at[mention.chunk + 2] if codes.startswith("," + NAME, mention.chunk + 1) else -1
        return named >= 0 and self.chunks.mentions[named].in_full and not self.chunks.mentions[named].is_organization

    def _is_in_plain_case(self, mention: Mention) -> bool:
        """«Kiss Hugóról»: a first name with the ending of a case that no subject has, where surnames come first."""
        pack = self.chunks.pack
        if mention.kind != NAME or len(mention.name) < _TWO or pack.nominatives or not pack.oblique_endings:
            return False
        last = mention.name[-1].lower()
        if last in pack.first_names or not last.endswith(pack.oblique_endings):
            return False
        bare = next(last.removesuffix(end) for end in pack.oblique_endings if last.endswith(end))
        return bare.translate(_SHORT_VOWELS) in pack.first_names or bare in pack.first_names

    def _is_represented(self, place: int) -> bool:
        """«L'entourage de la ministre évoque “…”»: a noun behind one who speaks for it."""
        mention, mentions = self.chunks.mentions[place], self.chunks.mentions
        led = self.chunks.codes[max(0, mention.chunk - 2) : mention.chunk] == NOUN_PHRASE + PREPOSITION
        noun = self.chunks.mention_at[mention.chunk - 2] if led and mention.kind == NOUN_PHRASE else -1
        return noun >= 0 and mentions[noun].head in self.chunks.pack.representatives

    def _describes(self, place: int) -> bool:
        """«X, an expert on Syria, noted»: a noun between commas that says who X is, the subject."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        if mention.kind != NOUN_PHRASE or codes[max(0, mention.chunk - 2) : mention.chunk] != NAME + ",":
            return False
        return DESCRIBES_SUBJECT.match(codes, mention.chunk + 1) is not None and not self.people.who(place)

    def _is_complement(self, place: int) -> bool:
        """«The club in Ellery called it “…”»: a name behind a noun and «in» or «of» is no subject of the verb."""
        codes, mention, pack = self.chunks.codes, self.chunks.mentions[place], self.chunks.pack
        verb = ITS_VERB.match(codes, mention.chunk + 1) if mention.kind == NAME else None
        found = COMPLEMENT_BEFORE.search(codes, max(0, mention.chunk - 4), mention.chunk) if verb else None
        if verb is None or found is None:
            return False
        if self.chunks.words(verb.end() - 1, verb.end()).lower().endswith(PARTICIPLES):
            return False  # «footage of X saying»
        word = self.chunks.words(found.start("preposition"), found.start("preposition") + 1).lower()
        return pack.verb_second or word in pack.connectors or word in pack.particles

    def _is_in_case(self, place: int) -> bool:
        """«Kadlecovi vyčetla»: a surname alone before a verb, in a case of what the article gives as its nominative."""
        mention, pack = self.chunks.mentions[place], self.chunks.pack
        before, after = self.chunks.codes[mention.chunk - 1 : mention.chunk], mention.chunk + 1
        if mention.is_organization:
            return False
        if self._owns_noun(place):
            return True
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

    def _owns_noun(self, place: int) -> bool:
        """«X's coach», «Lounais-Suomen poliisi»: a name right before somebody, or before a noun where its end tells."""
        mention, pack = self.chunks.mentions[place], self.chunks.pack
        owned = OWNED_NOUN.match(self.chunks.codes, mention.chunk + 1) if pack.case != "none" else None
        noun = self.chunks.mentions[self.chunks.mention_at[owned.end() - 1]] if owned else None
        body = noun is not None and (pack.lexicon.get(noun.head) == BODY or noun.head in pack.representatives)
        if noun is not None and (noun.role_noun or body):
            return True
        lone = mention.kind == NAME and len(mention.name) == 1 and bool(pack.body_owners)
        return lone and self.chunks.codes[mention.chunk + 1] == NOUN_PHRASE and is_owner(mention.name[0].lower(), pack)

    def _completes_body(self, place: int) -> bool:
        """«(the court) in Ellery», «суд Москвы»: the place that shows which body speaks."""
        codes, chunk = self.chunks.codes, self.chunks.mentions[place].chunk
        before = chunk - 2 if codes[chunk - 1 : chunk] == PREPOSITION else chunk - 1
        at = self.chunks.mention_at[before] if before >= 0 and codes[before] == NOUN_PHRASE else -1
        body = self.chunks.mentions[at] if at >= 0 else None
        if body is not None and completed_by(self.chunks, body) == place:
            return True
        alone = len(self.chunks.mentions[place].name) == 1
        return alone and body is not None and self.chunks.pack.lexicon.get(body.head) == BODY

    def _chunk_of(self, place: int) -> int:
        return self.chunks.mentions[place].chunk
