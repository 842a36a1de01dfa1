"""Whom a noun means: «the senator», «the commission», «another brother, X,»."""

from __future__ import annotations

import re

from archiver.languages import (
    BEFORE,
    BODY,
    DETERMINER,
    OWNER,
    PERSON_PRONOUN,
    PREPOSITION,
)
from archiver.quotes.apposition import Whose, completed_by, is_own, name_behind
from archiver.quotes.beside import Beside
from archiver.quotes.cases import is_in_case
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Mention
from archiver.quotes.patterns import (
    NAME_APPOSED,
    NAME_BEHIND_BODY,
    NAME_COMPLETES_ROLE,
    SAYING,
    WORDS,
)
from archiver.quotes.questions import has_asked
from archiver.quotes.salience import BY_SENTENCE, HISTORY, Antecedent
from archiver.quotes.spelling import fold

_BY_ROLE = 0.95  # how sure a definite noun is of its person, with the role
BY_SALIENCE = 0.65  # the same, without it
SURELY = 0.6  # how sure it is whom a pronoun or a noun means, at least
_BY_ANNOUNCEMENT = 0.8  # the same, of somebody who was named only after the noun
_PRONOUN_BEHIND = 8  # chunks from a quotation to the pronoun behind it
_FORM = 3  # letters by which the forms of a noun differ, at most
_BODY = 4  # letters of a noun for a body that its forms share, at least
_THE_SAME = "同该該"  # «同省», «该部»: the ministry
_BEHIND = 10  # letters behind a noun in which the word is that makes it definite
_NOUN = 3  # letters of a noun that ends a compound, at least
_SCENE = re.compile(  # «In the Café Kranz (the waiter)»
    rf"\n{PREPOSITION}[{DETERMINER}{BODY}{WORD}]{{0,2}}(?P<name>{NAME})?[^\n{QUOTE}{SENTENCE_END}{PERSON_PRONOUN}{NAME}]*"
)
_LEADS_IN = re.compile(rf"(?:^|[\n{SENTENCE_END}]){PREPOSITION}[{DETERMINER}{WORD}]?\Z")
_INTRODUCED, _BEFORE_NAME = 8, 3  # mentions of somebody, and chunks before them, that may tell of a former office
_KNOWN = 50  # persons among whom the holder of an office is looked for
_STEM = 4  # letters of a noun that has its article at its end elsewhere: «borgmesteren»
_WORD = 16  # letters before a noun in which there is the word before it
_JUST_BEFORE = 2  # sentences between a noun and the same noun, at most: a quotation and the end of a paragraph count
_LED = 3  # chunks between «according to» and a name
_BESIDE_NAME = 14  # chunks from a name to a noun of the same clause
_LEADING_WORD = 40  # letters, at most, of the word before a name


class Nouns(Beside):
    """The persons and bodies behind nouns."""

    def _same_body(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«The commission» is the last body named before whose name holds the word, its form or its end."""
        pack = self.chunks.pack
        head = fold(mention.head.lstrip(_THE_SAME) if pack.case == "none" else mention.head) or mention.head
        stem = (
            head[: max(_BODY, len(head) - 1)] if pack.verb_final and pack.case == "names" else ""
        )  # «Dernek», «… Derneği»
        ends = pack.verb_second or pack.case == "none"  # «foreningen», «Havneforeningen»
        written_on = (head.removesuffix(end) for end in pack.definite_endings if head.endswith(end))
        stems = [noun for noun in written_on if len(noun) > _BODY]
        heads = (head, *stems, *(noun + "e" for noun in stems))  # «kommunen», «Østerby Kommune»
        for at in range(place - 1, max(-1, place - 200), -1):
            person = self.person_at[at]
            words = self.persons[person].words if person >= 0 and self.persons[person].is_organization else ()
            ended = ends and any(word.endswith(heads) for word in words)
            if ended or head in words or (stem and words and words[-1].startswith(stem)):
                return [(person, _BY_ROLE)]
        return []

    def _is_body_alone(self, mention: Mention) -> bool:
        """«Dernek, … dedi», «napisała fundacja»: a noun for a body alone beside a verb, where there are no articles."""
        text, codes, at = self.chunks.text[mention.start : mention.end].lower(), self.chunks.codes, mention.chunk
        acts = codes[at + 1] in SAYING + "," or codes[at - 1] in SAYING
        return acts and text == mention.head and not self.chunks.pack.articles and mention.paragraph > 0

    def _object_of(self, mention: Mention) -> int:
        """«The inspector asked X»: the person who is the object of a noun's verb, and so not the noun; -1 without."""
        codes, verb = self.chunks.codes, mention.chunk + 1
        named = codes[verb] in SAYING and codes[verb + 1 : verb + 2] == NAME
        return self.person_at[self.chunks.mention_at[verb + 1]] if named else -1

    def _definite(self, place: int, mention: Mention, *, named: bool = False) -> list[tuple[int, float]]:
        """«The senator» is the nearest person of that role; without one perhaps the person most in view.

        With `named` only somebody of that role: the noun has no article that tells it from «a senator».
        """
        as_pronoun = mention.read_as(PERSON_PRONOUN)
        found = self._antecedents(place, as_pronoun)
        owner = self._owner(mention)
        # «Según Ana Paz, el juez dijo»: he is not she; «the inspector asked X»: nor is he X
        beside = {owner, self._object_of(mention), *self._sources_of_sentence(place, mention)}
        found = [one for one in found if one[0] not in beside and self._may_be(one[0], mention)]
        same = [one for one in found if self._has_role(one[0], mention)]
        if not same:
            same = [
                (number, 1.0, []) for number in range(min(len(self.persons), 60)) if self._has_role(number, mention)
            ]
        same = [one for one in self._described(same, mention) if self._speaks_for_same(one[0], mention)]
        if self._are_named_later(same, place) and any(self._is_near(one[0], place) for one in found):
            same = []  # «That lamp is X's. “…,” says the skipper. His sister Y, skipper of …»
        kin = self._is_kin_noun(mention)
        if not same and not kin and mention.head in self.chunks.pack.representatives:
            found = [one for one in found if self._spoke_just_now(one[0], mention)]  # «the lawyer» is not who has one
        known = self._is_definite(mention) and mention.head not in self.chunks.pack.unnamed
        if not same and known and (announced := self._announced(place, mention)) >= 0:
            return [(announced, _BY_ANNOUNCEMENT)]
        if not same and (named or kin or not (found and mention.role_noun) or self._is_introduced(mention)):
            return []
        brought = self._is_brought_in(place, mention) or self._was_told_of(place, mention)
        if not same and (brought or self._is_in_scene(mention, named=True)):
            return []
        before = self._subject_before(place, as_pronoun) if mention.definite and not same else -1
        if before >= 0 and before not in beside and not self._asks(before, place):
            return [(before, BY_SALIENCE if self.persons[before].role else BY_SENTENCE)]
        if not same:
            found = [] if self._is_unclear(found, mention) else found
        certain = _BY_ROLE if same else BY_SALIENCE
        chosen = self.choose("pronoun", place, same or found, none=False)
        return [] if chosen and self._is_place(chosen[0][0]) else [(one, likely * certain) for one, likely in chosen]

    def _of_trade(self, place: int, mention: Mention) -> int:
        """«Leon Pike, a roofer, fell. “…,” the roofer said»: whom a noun that no list has was set beside; or -1."""
        known = self._is_definite(mention) or not (self.chunks.pack.articles or self._is_new_by_article(mention))
        if mention.role_noun or mention.is_organization or mention.gender == "p" or not known:
            return -1
        named = [one for one in self.trades.get(fold(mention.head), ()) if self.first_mention(one) < place]
        return named[0] if len(named) == 1 and self._may_be(named[0], mention) else -1

    def _is_new_by_article(self, mention: Mention) -> bool:
        """Whether a determiner of somebody new leads a noun: «jeden obchodník»."""
        first = self.chunks.text[mention.start : mention.end].lower().partition(" ")[0]
        return self._has_article(mention) and first not in self.chunks.pack.definite

    def _are_named_later(self, same: list[Antecedent], place: int) -> bool:
        """Whether all whose role a noun is are named behind it alone."""
        return bool(same) and all(self.first_mention(person) > place for person, _, _ in same)

    def _is_near(self, person: int, place: int) -> bool:
        """Whether a human being is named shortly before, in the same paragraph or the one above."""
        mentions, at = self.chunks.mentions, self.chunks.mentions[place].paragraph
        named = any(one < place and at - mentions[one].paragraph <= 1 for one in self.persons[person].mentions)
        return named and self.persons[person].full and mentions[self.first_mention(person)].paragraph > 0

    def _is_place(self, person: int) -> bool:
        """Whether a name stands behind prepositions alone, and nothing shows that it is a human being's."""
        who = self.persons[person]
        return who.place and not (who.gender or who.role or who.relative)

    def _announced(self, place: int, mention: Mention) -> int:
        """«The mayor refused. “No,” said X. … “Never,” the mayor said»: who was announced by a noun; or -1."""
        after = self.announced.get(mention.head, ())
        named = [number for number in after if self.first_mention(number) < place and self._may_be(number, mention)]
        return named[0] if len(named) == 1 else -1

    def _is_definite(self, mention: Mention) -> bool:
        """Whether a noun means somebody known by its article, or by its ending in languages whose nouns have that."""
        written_on = self.chunks.text[mention.start : mention.end].lower() == mention.head
        if mention.definite or (written_on and mention.head.endswith(self.chunks.pack.definite_endings)):
            return True
        pack, behind = self.chunks.pack, self.chunks.text[mention.end : mention.end + _BEHIND].lower().split()
        return not pack.articles and bool(behind) and behind[0] in pack.definite  # «Juru masak itu»

    def _is_in_scene(self, noun: Mention, *, named: bool = False) -> bool:
        """«In the Café Kranz the waiter wiped the tables.»: the first of a paragraph that opens elsewhere.

        With `named` only where that place has a name.
        """
        chunks, codes = self.chunks, self.chunks.codes
        start = chunks.line_end[noun.paragraph - 1] if noun.paragraph else 0
        article = chunks.text[noun.start : noun.end].lower().partition(" ")[0]
        if article in chunks.pack.oblique or codes[noun.chunk - 1] == PREPOSITION:
            return False
        scene = _SCENE.fullmatch(codes, start, noun.chunk)
        if scene is None or (named and not scene["name"]):
            return False
        before = [chunks.mentions[at] for at in chunks.mention_at[start : noun.chunk] if at >= 0]
        return not any(one.role_noun for one in before)

    def _is_brought_in(self, place: int, mention: Mention) -> bool:
        """«A vet came. “…,” said the vet»: whether the same noun brings in somebody else shortly before."""
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            if mention.paragraph - other.paragraph > 1 or other.paragraph == 0:
                return False
            new = other.kind == NOUN_PHRASE and other.role_noun and not other.definite
            if new and _are_forms(other.head, mention.head) and not self.who(at):
                return True
        return False

    def _was_told_of(self, place: int, mention: Mention) -> bool:
        """«The inspector found mice. “Three,” the inspector said»: the same noun right before, with nobody's role."""
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            if mention.sentence - other.sentence > _JUST_BEFORE:
                break
            words = self.chunks.text[other.start : other.end].lower().split() if other.kind == NOUN_PHRASE else []
            if mention.head in words and other.sentence < mention.sentence:
                return not any(self._has_role(person, mention) for person, _ in self.who(at))
        return False

    def _asks(self, person: int, place: int) -> bool:
        """«Judge X asked the accused. “No,” said the pilot»: whether somebody puts a question before the quotation."""
        quote = self.chunks.codes.rfind(QUOTE, 0, self.chunks.mentions[place].chunk)
        near = (at for at in self.persons[person].mentions if at < place and quote >= 0)
        return any(has_asked(self.chunks, self.chunks.mentions[at], quote) for at in near)

    def _spoke_just_now(self, person: int, mention: Mention) -> bool:
        """Whether somebody was the last to speak, in the paragraph of a mention."""
        return person == self.last_speaker and self.last_chunk >= 0 and mention.paragraph == self.last_paragraph

    def _sources_of_sentence(self, place: int, mention: Mention) -> set[int]:
        """The persons whom «according to» names in the sentence of a noun before it."""
        found = set()
        for at in range(place - 1, -1, -1):
            other = self.chunks.mentions[at]
            if other.sentence != mention.sentence or mention.chunk - other.chunk > _BESIDE_NAME:
                break
            words = self.chunks.words(max(0, other.chunk - _LED), other.chunk).lower().split()
            if other.kind == NAME and any(self.chunks.pack.lexicon.get(word) == BEFORE for word in words):
                found.add(self.person_at[at])
        return found

    def _is_unclear(self, found: list[Antecedent], mention: Mention) -> bool:
        """Whether a noun that is nobody's role may mean the last to speak, of another role, or somebody else.

        «…», ricorda la produttrice X. ¶ «…», conferma l'artista.
        """
        codes, last, at = self.chunks.codes, self.last_speaker, mention.chunk
        quote = codes.rfind(QUOTE, max(0, at - _PRONOUN_BEHIND), at)
        opens = quote > 0 and codes[quote - 1] == "\n"
        several = len({person for person, _, _ in found}) > 1
        return opens and several and last >= 0 and bool(self.persons[last].role)

    def _speaks_for_same(self, person: int, mention: Mention) -> bool:
        """Whether somebody known speaks for the same ones as this: «представитель завода» is not the mine's."""
        chunks = self.chunks
        if mention.head not in chunks.pack.representatives or chunks.codes[mention.chunk + 1] not in WORD + BODY:
            return True
        if chunks.pack.articles:
            return True
        complement = chunks.words(mention.chunk + 1, mention.chunk + 2).lower().split()
        return not self.persons[person].role or any(word in self.persons[person].about for word in complement)

    def _described(self, found: list[Antecedent], mention: Mention) -> list[Antecedent]:
        """Of persons with the same role those that share most of the noun's other words: «the Vermont senator»."""
        words = set(WORDS.findall((mention.role or "").lower())) - {mention.head}
        shared = [len(words & self.persons[person].about) for person, _, _ in found]
        most = max(shared, default=0)
        return [one for one, count in zip(found, shared, strict=True) if count == most]

    def _may_be(self, person: int, mention: Mention) -> bool:
        """Neither a body nor of another gender than the noun tells, nor what somebody of the noun is no more."""
        who = self.persons[person]
        if self._is_no_more(person, mention):
            return False
        return not who.is_organization and not (mention.gender and who.gender and mention.gender != who.gender)

    def _owner(self, mention: Mention) -> int:
        """«X's strategist» is not X."""
        at = mention.chunk
        if at > 1 and self.chunks.codes[at - 2 : at] == "Xs":
            return self.person_at[self.chunks.mention_at[at - 2]]
        return -1

    def _is_no_more(self, person: int, mention: Mention) -> bool:
        """Whether a noun means who is no more what somebody is: «the former mayor» is not the mayor."""
        about = self.persons[person].about
        head = mention.head.rpartition("-")[2]
        told = head in about or about.issuperset(head.split() or (head,))
        told = told or any(len(word) > _STEM and (word.startswith(head) or head.startswith(word)) for word in about)
        return told and self._is_former(mention) and not self._was(person)

    def _is_anybody_s(self, mention: Mention) -> bool:
        """Whether the article names somebody who is now what a noun means: «the mayor, X», not «the former mayor»."""
        return any(self._is_no_more(person, mention) for person in range(min(len(self.persons), _KNOWN)))

    def _is_former(self, mention: Mention) -> bool:
        """«The former mayor», «l'ex sindaco», «o ex-presidente»: a noun for what somebody is no more."""
        former, chunks = self.chunks.pack.former, self.chunks
        if not former:
            return False
        if chunks.pack.case == "none" and chunks.text.startswith(tuple(former), mention.start):
            return True  # «前村长»
        before = chunks.text[max(0, mention.start - _WORD) : mention.start].split(" ")  # «(bývalý) starosta»
        text = " ".join((*before[-2:-1], chunks.text[mention.start : mention.end])).lower()
        words = WORDS.findall(text.replace("’", "'"))
        return any(word.rpartition("'")[2] in former or word.partition("-")[0] in former for word in words)

    def _was(self, person: int) -> bool:
        """Whether somebody is introduced as what they are no more: «former mayor X», «bývalý starosta X»."""
        former, who = self.chunks.pack.former, self.persons[person]
        if any(word in former or (len(word) > 1 and word[0] in former) for word in who.about):
            return True
        for place in who.mentions[:_INTRODUCED]:
            chunk = self.chunks.mentions[place].chunk
            before = self.chunks.words(max(0, chunk - _BEFORE_NAME), chunk + 1).lower()
            if self.chunks.pack.case == "none" and any(sign in before for sign in former):
                return True
            words = WORDS.findall(before)
            if any(word in former or word.partition("-")[0] in former for word in words):
                return True
        return False

    def _has_role(self, person: int, mention: Mention) -> bool:
        """Whether a word of the person's role is the noun, or the noun's abbreviation."""
        anybody = self.chunks.pack.case == "none" and len(mention.head) == 1  # «人»
        if not mention.role_noun or anybody:
            return False
        words = self.persons[person].about
        if self._is_no_more(person, mention):
            return False
        head = self._stem(fold(mention.head)) if self.endings else ""
        return any(
            word == mention.head
            or (len(word) >= 3 and mention.head.startswith(word) and word not in self.chunks.pack.numerals)
            or (head and head == self._stem(fold(word)))
            or self._ends_in(word, mention.head)
            for word in words
        )

    def _ends_in(self, word: str, head: str) -> bool:
        """Whether a compound ends in a noun, either with its article: «Infrastrukturminister», «ministern»."""
        if not self.chunks.pack.verb_second or head in self.chunks.pack.unnamed:
            return False
        end = self._without_article(head)
        return len(end) >= _NOUN and self._without_article(word).endswith(end) and len(word) - len(head) >= _NOUN - 1

    def _without_article(self, head: str) -> str:
        """A noun without the article that is written on it."""
        return next((head.removesuffix(end) for end in self.chunks.pack.definite_endings if head.endswith(end)), head)

    def _name_beside(self, mention: Mention) -> int:
        """The name that a noun phrase is set beside: «X, a strategist», «another brother, X,»; else -1."""
        codes, at = self.chunks.codes, mention.chunk
        places = []
        leads = _LEADS_IN.search(codes, max(0, at - 5), max(0, at - 2)) is not None  # «In Ellery, the mayor said»
        if at > 1 and codes[at - 1] == "," and codes[at - 2] == NAME and codes[at + 1] not in SAYING and not leads:
            before = self.chunks.mention_at[at - 2]
            places += [before] if self._may_be(self.person_at[before], mention) or mention.is_organization else []
        moved = codes[at + 1] in SAYING and self.chunks.starts[at + 1] == self.chunks.ends[at + 1]
        beside = NAME_APPOSED.match(codes, at + 1 + moved)  # «Gestern sagte der Minister, X: “…”»
        if beside and (codes[at - 1 : at] != "a" or codes[beside.end()] in ",$"):  # «selon le jugement, X …» are two
            places.append(self.chunks.mention_at[beside.end() - 1])
        elif self._has_cases() and (beside := NAME_COMPLETES_ROLE.match(codes, at + 1)):
            governed = codes[beside.end() - 2] == PREPOSITION  # «Borgmästaren i X»
            tells = not governed and _tells(codes, at, beside.end())
            places += [self.chunks.mention_at[beside.end() - 1]] if tells else []
        elif (called := self._called_behind_body(mention)) >= 0:
            return called
        behind = name_behind(self.chunks, mention) if places else None
        if behind is not None and not is_own(behind[1]):
            places = [place for place in places if place != behind[0]]
        return next((place for place in places if self._may_be_beside(place, mention)), -1)

    def _called_behind_body(self, mention: Mention) -> int:
        """«El senador del PRI X»: a first name tells that what is behind the body is the one of the role; else -1."""
        chunks, pack = self.chunks, self.chunks.pack
        found = NAME_BEHIND_BODY.match(chunks.codes, mention.chunk + 1) if pack.articles else None
        if found is None or not mention.role_noun or mention.head in pack.representatives:
            return -1
        body, place = chunks.mention_at[found.start("body")], chunks.mention_at[found.start("name")]
        name = chunks.mentions[place]
        word = chunks.words(found.start("body"), found.start("body") + 1)
        is_body = chunks.mentions[body].is_organization if body >= 0 else word.isupper() and len(word) > 1
        called = name.in_full and not name.is_organization and name.name[0].lower() in pack.first_names
        agrees = not (mention.gender and name.gender) or mention.gender == name.gender
        return place if is_body and called and agrees else -1

    def _has_cases(self) -> bool:
        """Whether a noun's complement needs no comma before the name: there are no articles, or the cases tell."""
        return not self.chunks.pack.articles or len(self.endings) > 1

    def _names_another(self, mention: Mention, apposed: int) -> bool:
        """Whether the name may be that of the noun's complement: «a lawyer for the defendant, X,»."""
        behind = name_behind(self.chunks, mention)
        if behind is not None and behind[0] == apposed:
            return behind[1] is not Whose.SPEAKER
        between = range(mention.chunk + 1, self.chunks.mentions[apposed].chunk)
        nouns = [self.chunks.mention_at[chunk] for chunk in between if self.chunks.codes[chunk] == NOUN_PHRASE]
        return any(self.chunks.mentions[noun].role_noun for noun in nouns)

    def _word_before(self, place: int) -> str:
        start = self.chunks.mentions[place].start
        before = self.chunks.text[max(0, start - _LEADING_WORD) : start].lower().split()
        return before[-1] if before else ""

    def _is_called(self, mention: Mention, other: Mention) -> bool:
        """«Представитель шахты Ирина Томская»: a first name that is in no case is of whoever speaks for the body."""
        pack, told = self.chunks.pack, mention.gender or other.gender
        called = len(other.name) > 1 and other.name[0].lower() in pack.first_names and not is_in_case(other.name, pack)
        return bool(pack.nominatives) and called and told == other.gender

    def _may_be_beside(self, place: int, mention: Mention) -> bool:
        """Whether a name is of the noun's kind and no complement of it: «a spokesman for the shipping company X»."""
        other, pack, leading = self.chunks.mentions[place], self.chunks.pack, self._word_before(place)
        if not mention.is_organization and pack.lexicon.get(leading) == BODY and not self._is_called(mention, other):
            return False
        named = mention.is_organization and other.chunk == mention.chunk + 1 and len(other.name) == 1
        owns = self.chunks.codes[other.chunk + 1] == OWNER  # «cam fabrikası Kristal'in sözcüsü»
        body = self.person_at[place] >= 0 and self.persons[self.person_at[place]].is_organization
        if completed_by(self.chunks, mention) == place:
            return False  # «прокуратура Ярска»
        alike = named or (other.is_organization or body) == mention.is_organization  # «syndicat Sud-Santé»
        return alike and not other.oblique and not owns


def _are_forms(one: str, other: str) -> bool:
    """Whether two words are forms of one noun, as far as their beginnings tell: «Beamten», «Beamte»."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= _FORM


def _tells(codes: str, first: int, past: int) -> bool:
    """Whether a verb of saying is before or after what the chunks from `first` to before `past` name."""
    first -= codes[first - 1 : first] == WORD
    return codes[first - 1 : first] in ("S", "T", "L", "a") or codes[past] in "STLx" or codes.startswith(",Q", past)
