"""What is beside a noun: its owner, what completes it, and what does not, such as the listener or the place.

«The head of the fair» is somebody else than «the head», «said the striker to AP» and «the mother of four» are not.
"""

from __future__ import annotations

import re

from archiver.languages import (
    BODY,
    DETERMINER,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OWNER,
    POSSESSIVE,
    PREPOSITION,
    SAY,
    TELL,
)
from archiver.quotes.model import NAME, NOUN_PHRASE, WORD, Mention
from archiver.quotes.patterns import OWNED_BEHIND
from archiver.quotes.salience import Salience

_DATIVE = ("m", "n")  # ends of articles of a listener
_AROUND = '.,;:!?”“»«"'
_OWNERS = ("’s", "'s")  # ends of words within a noun phrase that own what is behind them
_PARTING = re.compile('[,.;:!?()\\n„“”"«»—–]')
_WORD = re.compile(r"\w+")
_FEW = 3  # words behind a preposition
_LEADING_WORD = 40  # letters, at most, of the word before a name


class Beside(Salience):
    """Tells what is beside nouns."""

    def _is_introduced(self, mention: Mention) -> bool:
        """Whether words after a noun say which one it is, so that nobody known is meant: «the head of the fair»."""
        codes, at = self.chunks.codes, mention.chunk
        if self.chunks.pack.case == "nouns" and codes[at + 1] in "dy" + NOUN_PHRASE:
            return not self._is_told_to(at + 1)  # «die Leiterin des Festivals»
        led, pack = self.chunks.words(at + 1, at + 2).lower(), self.chunks.pack
        said = NOUN_CUE if led in pack.of else ""  # «la autora del informe»
        complement = codes[at + 1] == PREPOSITION and codes[at + 2] in "dwy" + NAME + NOUN_PHRASE + BODY + said
        if complement and self._is_told_by_preposition(at + 1) and not self._is_kin_noun(mention):
            return False
        where = led in pack.when or (led not in pack.of and self._is_where_said(at + 2))
        return complement and not (where or self._is_counted(at + 2))

    def _is_where_said(self, chunk: int) -> bool:
        """Whether words tell where or how somebody speaks, not who: «(said the man) in the interview, with a smile»."""
        start = self.chunks.starts[chunk]
        words = _WORD.findall(_PARTING.split(self.chunks.text[start : start + _LEADING_WORD].lower())[0])[:_FEW]
        return any(self._tells_where(word) for word in words)

    def _tells_where(self, word: str) -> bool:
        """Whether a word is a noun of saying, a platform, a gesture or a time of day."""
        pack, code = self.chunks.pack, self.chunks.pack.lexicon.get(word)
        listed = word in pack.platforms or word in pack.gestures or word in pack.dates.periods
        return listed or code in (NOUN_CUE, SAY, TELL)  # «in an interview»

    def _is_counted(self, chunk: int) -> bool:
        """Whether a number begins a complement: «la delantera de 29 años», «the mother of four»."""
        text, start = self.chunks.text, self.chunks.starts[chunk]
        first = text[start : start + _LEADING_WORD].split(maxsplit=1)[:1]
        return bool(first) and (first[0][0].isdigit() or first[0].strip(_AROUND).lower() in self.chunks.pack.numerals)

    def _is_of_so_many(self, noun: Mention) -> bool:
        """«The mother of four»: whether a number completes a noun."""
        return self.chunks.codes[noun.chunk + 1] == PREPOSITION and self._is_counted(noun.chunk + 2)

    def _is_owned(self, noun: Mention) -> bool:
        """Whether a noun has an owner: «her brother», «broren hennes», «Reddy's widow», «the widow of Reddy»."""
        codes = self.chunks.codes
        owners = (POSSESSIVE, OWNER, OBJECT_PRONOUN)  # «haar broer», «o irmão dela» have the form of an object
        front = owners if not self._has_article(noun) else (POSSESSIVE, OWNER)  # not «erinnert sich der Mann»
        beside = codes[noun.chunk - 1 : noun.chunk] in front or codes[noun.chunk + 1] in (POSSESSIVE, OBJECT_PRONOUN)
        if beside or self._is_in_genitive(noun.chunk - 1) or OWNED_BEHIND.match(codes, noun.chunk + 1):
            return True
        words = self.chunks.text[noun.start : noun.end].lower().split()
        return any(word in self._possessives or word.endswith(_OWNERS) for word in words)

    def _has_article(self, noun: Mention) -> bool:
        """Whether a noun phrase begins with a determiner."""
        first = self.chunks.text[noun.start : noun.end].lower().partition(" ")[0]
        return self.chunks.pack.lexicon.get(first) == DETERMINER

    def _is_in_genitive(self, chunk: int) -> bool:
        """«Ofrets far»: whether a word has the ending of an owner, where names have that one alone."""
        endings = self.chunks.pack.endings
        owner = len(endings) == 1 and chunk >= 0 and self.chunks.codes[chunk] == WORD
        return owner and self.chunks.words(chunk, chunk + 1).endswith(endings)

    def _is_kin_noun(self, mention: Mention) -> bool:
        """Whether a noun is somebody's relative: not «the mother of four», nor «der junge Mann» without an owner."""
        pack, at = self.chunks.pack, mention.chunk
        if mention.head not in pack.kin or self._is_of_so_many(mention):
            return False
        return mention.head not in pack.adults or self._is_owned(mention) or self._has_complement(at + 1)

    def _has_complement(self, chunk: int) -> bool:
        """Whether «of» or a noun right behind another says whose it is: «der Mann der Toten», «la mujer de Luna»."""
        pack, code = self.chunks.pack, self.chunks.codes[chunk]
        word = self.chunks.words(chunk, chunk + 1).lower()
        linked = code == PREPOSITION and (word in pack.connectors or word in pack.particles)
        return linked or (code in DETERMINER + NOUN_PHRASE + NAME and not self._is_told_to(chunk))

    def _is_told_to(self, chunk: int) -> bool:
        """«(sagte der 86-Jährige) dem Sender»: whether a noun is whom somebody tells a thing, by its article."""
        article = self.chunks.words(chunk, chunk + 1).lower().partition(" ")[0]
        told = self.chunks.pack.case == "nouns" and self.chunks.codes[chunk] in NOUN_PHRASE + DETERMINER
        return told and article in self.chunks.pack.oblique and article.endswith(_DATIVE)

    def _is_told_by_preposition(self, chunk: int) -> bool:
        """«(said the striker) to AP»: a preposition to a paper or to reporters, not «(siger moren) til Erik»."""
        codes, pack = self.chunks.codes, self.chunks.pack
        if self.chunks.words(chunk, chunk + 1).lower() not in pack.told_to:
            return False
        chunk += 1 + (codes[chunk + 1] == DETERMINER)
        place = self.chunks.mention_at[chunk]
        if codes[chunk] == NOUN_PHRASE:
            noun = self.chunks.mentions[place]
            capital = pack.case == "names" and self.chunks.text[noun.start : noun.end].split()[-1][:1].isupper()
            body = noun.is_organization and pack.verb_second  # elsewhere «candidata à Câmara»
            return capital or body or noun.head in pack.askers or noun.gender == "p"
        word = self.chunks.words(chunk, chunk + 1)
        if codes[chunk] != NAME or self.person_at[place] < 0 or word.isupper():
            return word[:1].isupper()
        who = self.persons[self.person_at[place]]
        body = who.is_organization and not pack.verb_second
        return not (body or who.gender or who.called or who.role or who.relative)
