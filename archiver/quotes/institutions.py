"""The name of a body as printed behind an article: «la préfecture de la Vègre», «das Landratsamt Rottweiden».

The noun is a word for a body; what completes it to a name has a capital that no word of the language has by itself.
"""

from __future__ import annotations

import re

from archiver.languages import BODY, DETERMINER, POSSESSIVE, PREPOSITION
from archiver.quotes.apposition import completed_by
from archiver.quotes.grammar import CAPITALS
from archiver.quotes.model import NAME, NOUN_PHRASE, WORD, Chunks, Mention
from archiver.quotes.patterns import SAYING
from archiver.records import Span

_BEHIND = re.compile(  # «(la préfecture) de la [Vègre]», «(das Landratsamt) [Rottweiden]», «(Museet) i [Kråkvåg]»
    rf"(?:(?P<link>{PREPOSITION}{DETERMINER}?)?(?P<name>[{NAME}{NOUN_PHRASE}{WORD}]))"
)
_OF_NOUN = re.compile(rf"(?P<link>{PREPOSITION}{DETERMINER}?)?(?P<noun>[{NOUN_PHRASE}{WORD}])(?={PREPOSITION})")
_ADJECTIVE = re.compile(rf"[{CAPITALS}][\w-]+ \Z")
_LONGEST = 40  # code points of a word
_LEGAL = frozenset(("ag", "gmbh", "se", "kg", "ab", "as", "asa", "a/s", "aps", "bv", "nv", "sa", "spa", "srl"))
_LINKED = 2  # words of «des pêcheurs»
_WORDS = 5  # words of such a name in one phrase, at most


def printed_body(chunks: Chunks, noun: Mention) -> Span | None:
    """Where a noun for a body and what completes it to a name are printed; None where it is any such body."""
    pack = chunks.pack
    if noun.kind != NOUN_PHRASE or noun.gender == "p" or (pack.case != "nouns" and pack.title_case):
        return None
    if completed_by(chunks, noun) >= 0:
        return _with_place(chunks, noun)
    start = _behind_article(chunks, noun)
    words = chunks.text[start : noun.end].split()
    capitals = [word for word in words if word[:1].isupper()]
    if 1 < len(capitals) == len(words) <= _WORDS and (_is_body(chunks, words[0]) or words[-1].lower() in _LEGAL):
        past = _past_name(chunks, noun.chunk + 1)  # «die Krell AG», «Σύλλογος Φίλων του Φάρου»
        return Span(start=start, end=chunks.ends[past - 1] if past > noun.chunk + 1 else noun.end)
    low = chunks.text[noun.start : noun.end].lower()
    owned = pack.lexicon.get(low.partition(" ")[0]) == POSSESSIVE
    if not (noun.definite or owned or low.endswith(pack.definite_endings)):
        return None
    if pack.case == "nouns":
        start += chunks.text[start : noun.end].find(capitals[0]) if capitals else 0
    if not noun.is_organization or noun.head in pack.representatives:
        return None
    past = _past_name(chunks, noun.chunk + 1)
    return Span(start=start, end=chunks.ends[past - 1]) if past > noun.chunk + 1 else None


def _with_place(chunks: Chunks, noun: Mention) -> Span | None:
    """A noun for a body that acts, with the place behind it and an adjective with a capital: «Lučka uprava Brižine»."""
    codes, past = chunks.codes, noun.chunk + 2
    if codes[noun.chunk - 1] not in SAYING and codes[past] not in SAYING:
        return None
    start = noun.end - len(noun.head)
    before = _ADJECTIVE.search(chunks.text, max(0, start - _LONGEST), start) if codes[noun.chunk - 1] == WORD else None
    return Span(start=before.start() if before else start, end=chunks.ends[past - 1])


def _behind_article(chunks: Chunks, noun: Mention) -> int:
    """Where a noun phrase begins behind its determiner."""
    text = chunks.text[noun.start : noun.end]
    for mark in (" ", "’", "'"):
        first = text.partition(mark)[0] + ("" if mark == " " else mark)
        article = first.lower().rstrip("’'")
        if len(first) < len(text) and chunks.pack.lexicon.get(article) in (DETERMINER, POSSESSIVE):
            return noun.start + len(first) + (mark == " ")
    return noun.start


def _is_body(chunks: Chunks, word: str) -> bool:
    """Whether a word is one for a body, by the list or by its end."""
    low = word.lower()
    return chunks.pack.lexicon.get(low) == BODY or low.endswith(chunks.pack.body_endings)


def _past_name(chunks: Chunks, chunk: int) -> int:
    """Behind what completes a noun to the name of a body, from a chunk on."""
    past = chunk
    while True:
        of = _OF_NOUN.match(chunks.codes, past)
        found = _BEHIND.match(chunks.codes, of.end() if of and _is_of_many(chunks, of) else past)
        if found is None or not _completes(chunks, found):
            return past
        past = found.end()


def _is_of_many(chunks: Chunks, of: re.Match[str]) -> bool:
    """«(l'union) des pêcheurs (de Granville)»: a plain noun of one word that a preposition of names leads to."""
    pack = chunks.pack
    words = chunks.words(of.start(), of.end()).lower().split()
    return len(words) == _LINKED and words[0] in pack.connectors and words[1] not in pack.representatives


def _completes(chunks: Chunks, found: re.Match[str]) -> bool:
    """Whether a preposition that names have, or none, leads to a capital that is nobody's."""
    pack, at = chunks.pack, found.start("name")
    link = chunks.words(*found.span("link")).lower().split() if found["link"] else []
    if any(word not in pack.connectors and word not in pack.particles for word in link):
        return False
    place = chunks.mention_at[at]
    word = chunks.words(at, at + 1) if place < 0 else chunks.text[_behind_article(chunks, chunks.mentions[place]) :]
    if not word[:1].isupper() or (place >= 0 and chunks.mentions[place].gender == "p"):
        return False
    if found["name"] != NAME:
        return pack.case == "nouns" and (bool(link) or place < 0)  # «Amt für Naturgefahren», «Mieterbund Oderaue»
    name = chunks.mentions[place]
    if name.name[0].lower() in pack.lexicon:
        return False  # «delegación del Gobierno»
    return not (name.gender or name.role or name.name[0].lower() in pack.first_names)
