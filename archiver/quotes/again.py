"""Whom a noun means that repeats somebody in other words: «Peter Lowe lost a barn. ¶ “It rained,” said the shepherd.»

A noun with a definite article right behind a quotation and its verb, or that leads the sentence after one, means
somebody named before, unless the text introduced it otherwise: whom the sentence before is about, the last to speak,
the only one whom the paragraph, or the one above, names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    DETERMINER,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OWNER,
    POSSESSIVE,
    PREPOSITION,
    TIME,
    Pack,
)
from archiver.quotes.cases import SLAVIC_ADVERBS
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Mention
from archiver.quotes.newcomers import Newcomers
from archiver.quotes.nouns import BY_SALIENCE, SURELY
from archiver.quotes.patterns import ITS_VERB, SAYING, VERB, WORDS, sentence_start
from archiver.quotes.questions import has_asked
from archiver.quotes.salience import HISTORY
from archiver.quotes.subjects import newcomer_before, pronoun_before, subject_before

_BY_ELIMINATION = 0.8  # how sure a noun is of the only person named so far, where its gender is theirs
_COMPOUNDED = 4  # letters of a noun that ends a longer one, at least: «præsten», of a «sognepræst»
_HERS = ("a", "а", "я", "yně", "yni", "ice")  # ends of Slavic nouns for women
_SURELY_HERS = ("ница", "щица", "иця", "арка", "истка", "анка", "ачка", "nica", "arka", "istka", "anka", "ynka", "kyně")
_STEM = 5  # letters that the forms of a noun share
_VIEW, _BACK = 200, 2000  # mentions before a noun that are looked at; code points
_HEADLINE = 300  # code points of a headline, at most
_VERB_BEHIND = 8  # chunks from a quotation to the noun behind its verb
_SAID = re.compile(  # «“…,” said (the farmer)», «“…”, aldus (de raadsvrouw)», «, so (die Juristin), “…”»
    rf"(?:{QUOTE}[,!-]?[{AUXILIARY}{WORD}{OBJECT_PRONOUN}]{{0,2}}{VERB}(?P<object>{OBJECT_PRONOUN})?(?:{PREPOSITION}{WORD})?(?:{DETERMINER}?[{TIME}{WORD}]){{0,2}}"
    rf"|{QUOTE},?{BEFORE}|,{BEFORE})\Z"
)


@lru_cache(maxsize=64)
def _indefinite(pack: Pack) -> tuple[str, ...]:
    """The determiners of somebody new: «a», «een»."""
    known = pack.definite | pack.several
    return tuple(word for word, code in pack.lexicon.items() if code == DETERMINER and word not in known)


class Again(Newcomers):
    """The persons whom nouns mean again."""

    def _said_again(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«…», explains the sculptor: the only person named so far who may be meant, or the last to speak."""
        if not self._is_known_speaker(mention) or self._is_introduced_before(place, mention):
            return []
        mention = self._with_gender_of_verb(mention)
        if again := self._same_noun_before(place, mention):
            return again
        if self._was_told_of(place, mention) or newcomer_before(self.chunks, self._opening(mention)) >= 0:
            return []
        persons = [one for one in self._named_before(place, mention) if one != self._object_of(mention)]
        goes_on = self.last_speaker in persons and self._spoke_just_now(self.last_speaker, mention)
        person = -1 if len(persons) == 1 else self._in_view(mention, persons, goes_on=goes_on)
        if person < 0:
            person = self._only(mention, persons)
        if person < 0 or self._is_client(person, mention):
            return []
        agrees = bool(mention.gender) and self.persons[person].gender == mention.gender
        told = agrees and (self._is_about(person, mention) or person == self._told_of_above(mention))
        if not self._is_definite(mention) and not self._is_bare_again(mention, sure=told):
            return []
        return [(person, _BY_ELIMINATION if agrees else BY_SALIENCE)]

    def _with_gender_of_verb(self, mention: Mention) -> Mention:
        """A noun that tells no gender has that of its verb: «…», уточнила (археолог); without articles else a man's."""
        chunks, at = self.chunks, mention.chunk
        verb = next((c for c in range(at - 1, max(-1, at - _VERB_BEHIND), -1) if chunks.codes[c] in SAYING), -1)
        told = chunks.pack.gender_of_verb(chunks.words(verb, verb + 1).lower()) if verb >= 0 else ""
        masculine = not (chunks.pack.articles or chunks.pack.definite_endings or mention.head.endswith(_HERS))
        hers = mention.head.endswith(_SURELY_HERS)
        told = told or ("m" if masculine else "f" if hers else "")  # «adwokat», unlike «adwokatka»
        if told and not mention.gender:
            mention = mention.read_as(mention.kind)
            mention.gender = told
        return mention

    def _same_noun_before(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """Whom the same noun was behind the words of, if they spoke last: «…, says the cook. ¶ …, adds the cook»."""
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            if other.kind == NOUN_PHRASE and other.head == mention.head:
                return [one for one in self.who(at) if one[0] == self.last_speaker]
        return []

    def _in_view(self, mention: Mention, persons: list[int], *, goes_on: bool) -> int:
        """Who of several is meant: whom the sentence before is about, the last to speak, whom the paragraph names."""
        about = self._told_of_before(mention)
        likely = ([about] if about in persons else []) + ([self.last_speaker] if goes_on else [])
        for fits in (self._fits_role, self._may_have_role):
            found = next((person for person in likely if fits(person, mention)), -1)
            if found >= 0:
                return found
        if goes_on:
            return self.last_speaker
        if about in persons and self._is_first_named_before(about, mention) and not self._is_asked(mention):
            return about
        above = self._told_of_above(mention)
        return above if above in persons and self._may_have_role(above, mention) else -1

    def _only(self, mention: Mention, persons: list[int]) -> int:
        """The only one of some persons, or the only human being of them who has no other role; else -1."""
        human = persons if len(persons) == 1 else [one for one in persons if self._is_human(one)]
        fits = len(human) == 1 and (len(persons) == 1 or self._may_have_role(human[0], mention))
        return human[0] if fits else -1

    def _is_client(self, person: int, mention: Mention) -> bool:
        """Whether «the lawyer» may be the lawyer of somebody, who did not speak just now and speaks for nobody."""
        representative = mention.head in self.chunks.pack.representatives and not self._is_of_so_many(mention)
        return representative and not (self._is_about(person, mention) or self._speaks_for_others(person))

    def _speaks_for_others(self, person: int) -> bool:
        """Whether somebody is introduced as one who speaks for others: «his counsel, X»."""
        return not self.persons[person].about.isdisjoint(self.chunks.pack.representatives)

    def _is_about(self, person: int, mention: Mention) -> bool:
        """Whether somebody spoke just now, or the sentence before is about them."""
        return self._spoke_just_now(person, mention) or person == self._told_of_before(mention)

    def _is_first_named_before(self, person: int, mention: Mention) -> bool:
        """Whether the sentence before the quotation names somebody first, whom another noun then means."""
        first = self.chunks.mentions[self.persons[person].mentions[0]]
        return first.sentence == self.chunks.sentence_of[self._opening(mention)] - 1

    def _is_asked(self, mention: Mention) -> bool:
        """Whether the sentence before the quotation has a verb of asking: another noun is who answers."""
        end = self._opening(mention) - 1
        words = self.chunks.words(sentence_start(self.chunks.codes, end), end).lower().split()
        return any(word in self.chunks.pack.questioning or word in self.chunks.pack.questioning_with for word in words)

    def _fits_role(self, person: int, mention: Mention) -> bool:
        """Whether somebody has the role of a noun, or no known role."""
        role = (self.persons[person].role or "").lower()
        noun = self._without_article(mention.head)
        if any(map(str.isdigit, self.chunks.text[mention.start : mention.end])):
            return True  # «the 33-year-old»
        return not role or self._has_role(person, mention) or (len(noun) >= _COMPOUNDED and role.endswith(noun))

    def _may_have_role(self, person: int, mention: Mention) -> bool:
        """Whether the text gives somebody no other role, or a noun of the same gender may be another word for it."""
        if self._fits_role(person, mention):
            return True
        return bool(mention.gender) and self.persons[person].gender == mention.gender

    def _told_of_before(self, mention: Mention) -> int:
        """Whom the sentence before the quotation is about that a noun is behind; -1 if nobody, or who asks."""
        at = self._opening(mention)
        place = subject_before(self.chunks, at) if at > 0 else -1
        if place >= 0:
            return -1 if has_asked(self.chunks, self.chunks.mentions[place], at) else self.person_at[place]
        place = pronoun_before(self.chunks, at)
        return next((person for person, share in self.who(place) if share >= SURELY), -1) if place >= 0 else -1

    def _told_of_above(self, mention: Mention) -> int:
        """The one person named before the quotation in its paragraph, or in the one above; -1: none or several.

        «Colin Hall, who farms below the church, lost no stock. ¶ “They were out there at three,” said the farmer.»
        """
        named = self._above(mention)
        if len(named) > 1:
            named = {one for one in named if self._may_be(one, mention) and self._may_have_role(one, mention)}
        if len(named) > 1 and mention.head in self.chunks.pack.representatives:
            named = {one for one in named if self._speaks_for_others(one)}  # «his counsel, X», not who has one
        return next((one for one in named if mention.role_noun or self._is_human(one)), -1) if len(named) == 1 else -1

    def _above(self, mention: Mention) -> set[int]:
        """Who is named before the quotation in its paragraph, or else in the one above, and asks nobody anything."""
        at, paragraph = self._opening(mention), mention.paragraph
        while paragraph > 0:
            places = [one for one in self._named_in(paragraph, at) if self._is_somebody(one)]
            named = {self.person_at[one] for one in places if not has_asked(self.chunks, self.chunks.mentions[one], at)}
            if named or (paragraph < mention.paragraph and self._has_sentence(paragraph)):
                return named
            paragraph -= 1
        return set()

    def _opening(self, mention: Mention) -> int:
        """The quotation that a noun is behind, or where its sentence begins."""
        quote = self.chunks.codes.rfind(QUOTE, max(0, mention.chunk - _VERB_BEHIND), mention.chunk)
        return quote if quote >= 0 else sentence_start(self.chunks.codes, mention.chunk)

    def _named_before(self, place: int, mention: Mention) -> list[int]:
        """The persons named in the body before a mention who may be meant by it."""
        mentions = self.chunks.mentions
        view = range(max(0, place - _VIEW), place)
        found = {self.person_at[at] for at in view if mentions[at].kind == NAME and self._is_told(mentions[at])}
        return sorted(p for p in found if p >= 0 and self._may_be(p, mention) and not self.persons[p].place)

    def _named_in(self, paragraph: int, past: int) -> range:
        """The mentions of a paragraph that are before a chunk."""
        first = self.chunks.line_end[paragraph - 1] if paragraph else -1
        past = min(past, self.chunks.line_end[paragraph])
        low = bisect_left(self.chunks.mentions, first, key=_chunk_of)
        return range(low, bisect_left(self.chunks.mentions, past, key=_chunk_of))

    def _is_somebody(self, place: int) -> bool:
        """Whether a mention is a name that may be a human being's."""
        name = self.chunks.mentions[place]
        person = self.person_at[place] if name.kind == NAME else -1
        if person < 0 or self.persons[person].is_organization:
            return False
        if self._is_human(person):
            return True
        led = self.chunks.codes[name.chunk - 1 : name.chunk] == PREPOSITION
        return self.persons[person].full and not led

    def _is_human(self, person: int) -> bool:
        """Whether anything shows that a name is that of a human being."""
        who = self.persons[person]
        return not who.is_organization and not who.place and bool(who.gender or who.role or who.relative or who.called)

    def _is_told(self, name: Mention) -> bool:
        """Whether a name is in a sentence of the body: not in the headline, nor where or by whom it was written."""
        place = all(map(str.isupper, name.name)) and self.chunks.pack.case != "none"
        return name.paragraph > 0 and self._has_sentence(name.paragraph) and not place

    def _has_sentence(self, paragraph: int) -> bool:
        """Whether a paragraph is more than a line of its own."""
        start = self.chunks.line_end[paragraph - 1] if paragraph else 0
        return SENTENCE_END in self.chunks.codes[start : self.chunks.line_end[paragraph]]

    def _is_known_speaker(self, mention: Mention) -> bool:
        """Whether a noun right behind a quotation and its verb may be somebody whom the article has named."""
        pack, codes, at = self.chunks.pack, self.chunks.codes, mention.chunk
        if mention.is_organization or mention.gender == "p":
            return False
        if not self._is_said_by(mention) and not self._speaks_again(mention):
            return False
        if self._is_kin_noun(mention) or mention.head in pack.askers or mention.head in pack.works_nouns:
            return False
        if mention.head in pack.unnamed and not self._is_told_of(mention):
            return False
        if pack.lexicon.get(mention.head) == NOUN_CUE:
            return False  # «said the ruling»
        if self._is_introduced(mention) and self._told_of_before(mention) < 0:
            return False
        if not mention.role_noun and self._holds_name(mention):
            return False
        if mention.role_noun and self._has_unknown_complement(at + 1):
            return False
        return codes[at + 1] not in POSSESSIVE + OWNER + NAME + NOUN_PHRASE or self._is_told_to(at + 1)

    def _is_said_by(self, mention: Mention) -> bool:
        """Whether a noun is behind a quotation and its verb, «erinnert sich (der Mann)»; not «asked her (a man)»."""
        said = _SAID.search(self.chunks.codes, max(0, mention.chunk - _VERB_BEHIND), mention.chunk)
        if said is None or said["object"] is None:
            return said is not None
        low = self.chunks.words(*said.span("object")).lower()
        return self._has_article(mention) and low not in self.chunks.pack.genders

    def _has_unknown_complement(self, chunk: int) -> bool:
        """«Řekl řidič autobusu»: without articles, a word behind a noun that is no adverb says which one."""
        pack = self.chunks.pack
        word = self.chunks.words(chunk, chunk + 1).lower() if self.chunks.codes[chunk] == WORD else ""
        return bool(word) and not pack.articles and not word.endswith((*pack.adverbs, *SLAVIC_ADVERBS))

    def _is_told_of(self, mention: Mention) -> bool:
        """«With him came Ida Holm. “…,” said the woman»: whether whom a noun for anybody may mean was just in view."""
        last = self.last_speaker if mention.paragraph == self.last_paragraph else -1
        above = self._told_of_above(mention) if self._is_definite(mention) else -1
        persons = (self._told_of_before(mention), last, above)
        gender = self.chunks.pack.genders.get(mention.head)  # not «la source»
        return gender in ("m", "f") and any(one >= 0 and self._may_have_gender(one, gender) for one in persons)

    def _may_have_gender(self, person: int, gender: str) -> bool:
        """Whether somebody has a gender, by the pronoun of who spoke last, or as the only one named in full."""
        known = self.persons[person].gender
        if not known and person == self.last_speaker and self.last_chunk >= 0:
            known = self.chunks.mentions[self.chunks.mention_at[self.last_chunk]].gender
        return known == gender or (not known and self.alone() == person)

    def _speaks_again(self, mention: Mention) -> bool:
        """«“…,” said the biologist Ida Holm. The researcher speaks of “…”»: a noun that leads the next sentence."""
        codes, at, last = self.chunks.codes, mention.chunk, self.last_speaker
        if not self._leads(mention) or mention.paragraph != self.last_paragraph or not self._is_definite(mention):
            return False
        quote = codes.rfind(QUOTE, max(self.last_chunk - _VERB_BEHIND, 0), at)
        near = quote >= 0 and mention.sentence - self.chunks.sentence_of[quote] <= 1
        agrees = last >= 0 and bool(mention.gender) and self.persons[last].gender == mention.gender
        return near and agrees and ITS_VERB.match(codes, at + 1) is not None

    def _holds_name(self, mention: Mention) -> bool:
        """«(teilte) die Krestlin Holding (mit)»: whether a phrase has more words with a capital than its noun."""
        words = self.chunks.text[mention.start : mention.end].split()[1:]
        return sum(word[:1].isupper() for word in words) > (self.chunks.pack.case == "nouns")

    def _is_bare_again(self, mention: Mention, *, sure: bool) -> bool:
        """Whether a noun without an article, where there are none, is more than a new person's: not «a fishwife»."""
        alone = self.chunks.text[mention.start : mention.end].lower().endswith(mention.head.lower())
        new = self.chunks.pack.lexicon.get(self._first_word(mention)) == DETERMINER
        return not self.chunks.pack.articles and alone and not new and (sure or self._is_in_headline(mention))

    def is_indefinite(self, mention: Mention) -> bool:
        """«한 상인», «jeden obchodník»: whether a determiner of somebody new leads a noun."""
        first, pack = self._first_word(mention), self.chunks.pack
        return pack.lexicon.get(first) == DETERMINER and first not in pack.definite and " " in self._printed(mention)

    def _printed(self, mention: Mention) -> str:
        return self.chunks.text[mention.start : mention.end]

    def _first_word(self, mention: Mention) -> str:
        return self.chunks.text[mention.start : mention.end].lower().partition(" ")[0]

    def _is_introduced_before(self, place: int, mention: Mention) -> bool:
        """«A customer dries her eyes. “…,” says the customer»: whether the same noun is somebody else's before."""
        stem = self._without_article(mention.head)
        stem = stem[:_STEM] if len(self.endings) > 1 else stem[: max(_STEM, len(stem) - 1)]
        mentions = self.chunks.mentions
        others = (at for at in range(max(0, place - _VIEW), place) if mentions[at].kind == NOUN_PHRASE)
        if any(mentions[at].head.startswith(stem) and self._is_new(mentions[at]) and not self.who(at) for at in others):
            return True
        text, end = self.chunks.text, mention.start
        return any(
            f" {article} {mention.head} " in text[max(0, end - _BACK) : end]
            for article in _indefinite(self.chunks.pack)
        )

    def _is_new(self, mention: Mention) -> bool:
        """Whether a noun tells of somebody for the first time: «a customer», «her deputy», «in the café the owner»."""
        if not self._is_definite(mention):
            return True
        start = sentence_start(self.chunks.codes, mention.chunk)
        return PREPOSITION in self.chunks.codes[start : min(start + 2, mention.chunk)]

    def _is_in_headline(self, mention: Mention) -> bool:
        """Whether the headline has the same noun: the article is about that person."""
        if mention.paragraph == 0:
            return False
        headline = self.chunks.text[: min(_HEADLINE, self.chunks.paragraphs[0][1])].lower()
        return self._stem(mention.head) in map(self._stem, WORDS.findall(headline))


def _chunk_of(mention: Mention) -> int:
    return mention.chunk
