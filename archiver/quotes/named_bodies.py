"""The bodies that nouns name, as printed: «the Norland army», «la préfecture de la Vègre», «le Syndicat … (SNUT)».

They are known as those are that names alone mean, so that pronouns and «the army» lead to them.
"""

from __future__ import annotations

from archiver.quotes.institutions import behind_article, printed_body
from archiver.quotes.model import NAME, NOUN_PHRASE, Chunks, Mention
from archiver.quotes.people import MAX_PERSONS, People
from archiver.quotes.portraits import Person, evidence_of
from archiver.quotes.spelling import fold
from archiver.records import Span

_REACH = 3  # chunks from a noun to the name that ends that of its body


class NamedBodies(People):
    """Everybody whom an article names, with the bodies that only nouns name: `printed` has their numbers."""

    def __init__(self, chunks: Chunks) -> None:
        super().__init__(chunks)
        self.printed: set[int] = set()
        for place, mention in enumerate(chunks.mentions):
            if mention.kind == NOUN_PHRASE and mention.gender != "p":
                self.person_at[place] = body = self._body_named_by(place, mention)
                behind = place + 1
                if (
                    body >= 0
                    and behind < len(chunks.mentions)
                    and self._ends_name_of(chunks.mentions[behind], mention, body)
                ):
                    self.person_at[behind] = body  # «l’administration Trump» is not Trump

    def _ends_name_of(self, name: Mention, noun: Mention, body: int) -> bool:
        """Whether a name of one word behind a noun ends the name of a body."""
        beside = name.kind == NAME and name.chunk - noun.chunk <= _REACH and len(name.name) == 1
        return beside and self.persons[body].name.endswith(self.chunks.text[name.start : name.end])

    def _body_named_by(self, place: int, noun: Mention) -> int:
        """The body whose name a noun begins, which is added where no name alone has told of it; else -1."""
        span = printed_body(self.chunks, noun)
        if self.chunks.glosses and (known := self._glossed_by(noun, span)) >= 0:
            return known
        if span is None:
            return -1
        name = " ".join(self.chunks.text[span.start : span.end].split())
        words = tuple(map(fold, name.split()))
        known = self._by_name.get(words, -1)
        if known >= 0 or len(self.persons) >= MAX_PERSONS:
            return known if known >= 0 and self.persons[known].is_organization else -1
        return self._add_body(Person(words=words, is_organization=True, mentions=[place], name=name, full=True))

    def _glossed_by(self, noun: Mention, span: Span | None) -> int:
        """«(Le Syndicat …) (SNUT)», «die Islamische Glaubensgemeinschaft (IGGÖ)»: the body of the acronym; else -1."""
        start = behind_article(self.chunks, noun)
        short = self.glossed_from.get(start)
        if short is None and span is not None:
            short = next((one for one, gloss in self.chunks.glosses.items() if gloss.end == span.end), None)
        body = self._by_name.get((short,), -1) if short is not None else -1
        if body >= 0 and short is not None and span is not None and self.chunks.glosses[short].start < 0:
            name = " ".join(self.chunks.text[span.start : span.end].split())
            if self.chunks.pack.case != "nouns" or not name.partition(" ")[0].endswith("en"):
                self.persons[body].name = name  # not «der Islamischen Glaubensgemeinschaft»
        return body

    def _add_body(self, body: Person) -> int:
        number = len(self.persons)
        self.persons.append(body)
        self._by_name[body.words] = number
        self.surnames.append(body.name.rsplit(" ", 1)[-1])
        self.evidence.append(evidence_of(body))
        self.certain.insert(number, [(number, 1.0)])
        self.printed.add(number)
        return number
