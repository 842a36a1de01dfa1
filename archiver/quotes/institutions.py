"""The name of a body as printed behind an article: «la préfecture de la Vègre», «das Landratsamt Rottweiden».

The noun is a word for a body; what completes it to a name has a capital that no word of the language has by itself.
"""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    BODY,
    CONJUNCTION,
    DETERMINER,
    NOUN_CUE,
    OWNER,
    POSSESSIVE,
    PREPOSITION,
    Pack,
)
from archiver.quotes.apposition import completed_by
from archiver.quotes.grammar import CAPITALS
from archiver.quotes.model import NAME, NOUN_PHRASE, WORD, Chunks, Mention
from archiver.quotes.openings import OF_KIND
from archiver.quotes.patterns import SAYING, WORDS
from archiver.records import Span

_BEHIND = re.compile(  # «(la préfecture) de la [Vègre]», «(das Landratsamt) [Rottweiden]», «(Museet) i [Kråkvåg]»
    rf"(?:(?P<link>{PREPOSITION}{DETERMINER}?)?(?P<name>[{NAME}{NOUN_PHRASE}{WORD}]))"
)
_OF_NOUN = re.compile(rf"(?P<link>{PREPOSITION}{DETERMINER}?)?(?P<noun>[{NOUN_PHRASE}{WORD}])(?={PREPOSITION})")
_WORD = re.compile(r"[\w.’'-]+")
_SMALL = re.compile(  # «(Le Syndicat) national unitaire des traminots»
    rf"(?:{PREPOSITION}?[{WORD}{NOUN_PHRASE}]){{1,4}}(?=[{SAYING}{AUXILIARY},(])"
)
_ACRONYM = (2, 6)  # letters of an acronym
# ends of Romance adjectives in the names of offices
_ADJECTIVES = (
    "s",
    "que",
    "al",
    "ale",
    "aux",
    "aire",
    "elle",
    "ive",
    "ère",
    "enne",
    "ine",
    "ico",
    "ica",
    "ivo",
    "iva",
    "ari",
)
_ONE_NOUN = 2  # words of a noun with its article
_LONGEST_NAME = 6  # words behind a noun, at most
_WEAK = ("e", "en")  # ends of German adjectives behind an article
_ADJECTIVE = re.compile(rf"[{CAPITALS}][\w-]+ \Z")
_LONGEST = 40  # code points of a word
_LEGAL = frozenset(("ag", "gmbh", "se", "kg", "ab", "as", "asa", "a/s", "aps", "bv", "nv", "sa", "spa", "srl"))
_LINKED = 2  # words of «des pêcheurs»
_WORDS = 5  # words of such a name in one phrase, at most
_BEFORE_SOURCE = (*SAYING, BEFORE)


def printed_body(chunks: Chunks, noun: Mention) -> Span | None:
    """Where a noun for a body and what completes it to a name are printed; None where it is any such body."""
    pack = chunks.pack
    if noun.kind != NOUN_PHRASE or noun.gender == "p" or pack.lexicon.get(noun.head) == NOUN_CUE:
        return None
    if pack.case == "none":
        acts = chunks.codes[noun.chunk + 1] in SAYING + AUXILIARY + BEFORE  # not «국민의힘 한 의원은»
        named = chunks.text[noun.start : noun.end] in pack.proper_bodies
        return Span(start=noun.start, end=noun.end) if acts and named else None
    if _is_of_state(noun.head, pack) and (found := _of_state(chunks, noun)) is not None:
        return found
    if pack.case != "nouns" and pack.title_case:
        return None
    if completed_by(chunks, noun) >= 0:
        return _with_place(chunks, noun)
    start = behind_article(chunks, noun)
    words = chunks.text[start : noun.end].split()
    capitals = [word for word in words if word[:1].isupper()]
    if 1 < len(capitals) == len(words) <= _WORDS and (_is_body(chunks, words[0]) or words[-1].lower() in _LEGAL):
        return Span(start=start, end=_end_of_name(chunks, noun))  # «die Krell AG», «Σύλλογος Φίλων του Φάρου»
    low = chunks.text[noun.start : noun.end].lower()
    definite = noun.definite or _is_behind_article(chunks, noun)
    if not (definite or _is_owned(chunks, noun) or low.endswith(pack.definite_endings)):
        return None
    of_kind = pack.case == "nouns" and 1 < len(capitals) == len(words) and words[0].lower().endswith(OF_KIND)
    neuter = (
        pack.case == "nouns"
        and 1 < len(capitals) == len(words)
        and low.startswith("das ")
        and _are_adjectives(capitals[:2])
    )
    if (of_kind or neuter) and not noun.role_noun and noun.head not in pack.representatives:
        return Span(start=start, end=_end_of_name(chunks, noun))  # «die Islamische Gemeinschaft Moosach»
    if len(words) == 1 and pack.case == "nouns" and _is_acronym(words[0]) and _speaks(chunks, noun):
        return Span(start=start, end=noun.end)  # «Die SPD schreibt»
    if not noun.is_organization or noun.head in pack.representatives:
        return None
    end = _end_of_name(chunks, noun)
    if len(words) > 1 and end == noun.end and _goes_on_low(chunks, start, words):
        return Span(start=start, end=end)  # «la Confédération paysanne»
    if pack.case == "nouns":
        proper = low.split()[-1] in pack.proper_bodies or (len(capitals) > 1 and _are_adjectives(capitals))
        if proper and len(capitals) <= _WORDS:
            start += chunks.text[start : noun.end].find(capitals[0])
            return Span(start=start, end=end)  # «das Auswärtige Amt», «die Bundesregierung»
        start += chunks.text[start : noun.end].find(capitals[0]) if capitals else 0
    return Span(start=start, end=end) if end > noun.end else None


def _is_acronym(word: str) -> bool:
    """«SPD», «AfD», «DGB»: two capitals at least, and no more than six letters."""
    return word[:1].isupper() and word[-1:].isupper() and word.isalpha() and _ACRONYM[0] <= len(word) <= _ACRONYM[1]


def _speaks(chunks: Chunks, noun: Mention) -> bool:
    """Whether a verb of saying is right beside a noun, or «according to» before it."""
    codes, at = chunks.codes, noun.chunk
    return codes[at + 1] in SAYING or codes[at - 1 : at] in _BEFORE_SOURCE


def _are_adjectives(words: list[str]) -> bool:
    """«(das) Auswärtige Amt»: whether words with capitals are adjectives before a noun."""
    return all(word.endswith(_WEAK) and not word.isupper() for word in words[:-1])


def _is_of_state(head: str, pack: Pack) -> bool:
    """Whether a country, a leader or a place has one such body, by the noun or a part of it: «Trump-Regierung»."""
    return any(part in pack.bodies_of for part in head.split("-"))


def _of_state(chunks: Chunks, noun: Mention) -> Span | None:
    """«The Norland army», «India's embassy»: a body of which a country or a leader has one, and whose it is."""
    text, pack = chunks.text, chunks.pack
    if chunks.codes[max(0, noun.chunk - 2) : noun.chunk] == NAME + OWNER:
        owner = chunks.mentions[chunks.mention_at[noun.chunk - 2]]
        somebody = owner.gender or owner.role or owner.name[0].lower() in pack.first_names
        return None if somebody else Span(start=owner.start, end=noun.end)
    start = behind_article(chunks, noun)
    words = list(_WORD.finditer(text, start, noun.end))
    first = next((word for word in words if word[0][:1].isupper()), None)
    if start == noun.start or not noun.definite or first is None or words[-1][0].lower() != noun.head:
        return None
    if "-" in first[0] and first.end() == noun.end:
        parts = first[0].split("-")  # «(die) Trump-Regierung», «(de) regering-Trump»
        named = any(part[:1].isupper() and part.lower() not in pack.bodies_of for part in parts)
        return Span(start=first.start(), end=noun.end) if named else None
    if first[0].lower() == noun.head or pack.lexicon.get(first[0].lower()) == BODY:
        return None
    return Span(start=first.start(), end=noun.end)


def _with_place(chunks: Chunks, noun: Mention) -> Span | None:
    """A noun for a body that acts, with the place behind it and an adjective with a capital: «Lučka uprava Brižine»."""
    codes, past = chunks.codes, noun.chunk + 2
    if codes[noun.chunk - 1] not in SAYING and codes[past] not in SAYING:
        return None
    start = noun.end - len(noun.head)
    before = _ADJECTIVE.search(chunks.text, max(0, start - _LONGEST), start) if codes[noun.chunk - 1] == WORD else None
    return Span(start=before.start() if before else start, end=chunks.ends[past - 1])


def behind_article(chunks: Chunks, noun: Mention) -> int:
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


def _end_of_name(chunks: Chunks, noun: Mention) -> int:
    """Where what completes a noun to the name of a body ends: an offset, that of the noun without any."""
    codes, past, end = chunks.codes, noun.chunk + 1, noun.end
    while True:
        of = _OF_NOUN.match(codes, past)
        found = _BEHIND.match(codes, of.end() if of and _is_of_many(chunks, of) else past)
        if found is not None and _completes(chunks, found) and (found["link"] or not _is_owned(chunks, noun)):
            past = found.end()
            end = _end_of_capitals(chunks, past - 1) if found["name"] == WORD else chunks.ends[past - 1]
            if end < chunks.ends[past - 1]:
                return end  # «(die Staatsanwaltschaft) Kranzach | ermittelt»
            continue
        further = _capitals_end(chunks, found, begun=end > noun.end) if found is not None else 0
        if found is None or further < chunks.ends[found.end() - 1]:
            return max(end, further, _joined(chunks, noun, past), _in_small_letters(chunks, noun, past))
        past, end = found.end(), further


def _is_behind_article(chunks: Chunks, noun: Mention) -> bool:
    """«O [Ministério …]», «(un communiqué) du [ministère …]»: whether an article is before a noun, or within «du»."""
    before, pack = noun.chunk - 1, chunks.pack
    code, word = chunks.codes[before : before + 1], chunks.words(before, before + 1).lower()
    if code == PREPOSITION:
        return (
            pack.case == "names"
            and word in pack.senders
            and chunks.codes[before - 1 : before] in NOUN_PHRASE + NOUN_CUE
        )
    return code == DETERMINER and word in pack.definite


def _is_owned(chunks: Chunks, noun: Mention) -> bool:
    """«Njezin izdavač Oton Grim»: whether a noun has a possessive, so that a name behind it may be somebody's."""
    first = chunks.text[noun.start : noun.end].lower().partition(" ")[0]
    return chunks.pack.lexicon.get(first) == POSSESSIVE


def _end_of_capitals(chunks: Chunks, chunk: int) -> int:
    """Where the capitals end with which the words of a chunk begin."""
    end = chunks.starts[chunk]
    for word in _WORD.finditer(chunks.text, chunks.starts[chunk], chunks.ends[chunk]):
        if not word[0][:1].isupper():
            break
        end = word.end()
    return end


def _capitals_end(chunks: Chunks, found: re.Match[str], *, begun: bool) -> int:
    """Where the capitals end with which a complement begins, «(ministerie) van Buitenlandse Zaken»; 0 without any."""
    pack, at = chunks.pack, found.start("name")
    if pack.case == "nouns" or found["name"] == NAME:
        return 0
    link = chunks.words(*found.span("link")).lower().split() if found["link"] else []
    words = list(_WORD.finditer(chunks.text, chunks.starts[at], chunks.ends[at]))
    while words and words[0][0].lower() in pack.connectors:
        link, words = [*link, words[0][0].lower()], words[1:]  # «(le ministère) des Affaires étrangères», «de la Santé»
    if not (link or begun) or any(word not in pack.connectors and word not in pack.particles for word in link):
        return 0
    capitals = 0
    while capitals < len(words) and words[capitals][0][:1].isupper():
        capitals += 1
    if not capitals or words[0][0].lower() in pack.first_names:
        return 0
    further = [word[0] for word in words[capitals:]]
    adjectives = found["name"] == NOUN_PHRASE and all(word.endswith(_ADJECTIVES) for word in further)
    return chunks.ends[at] if adjectives else words[capitals - 1].end()  # not «(de) la Vègre ferme»


def _joined(chunks: Chunks, noun: Mention, past: int) -> int:
    """«(Die Gewerkschaft Bahn) und Bus ruft»: where one more capital ends before the verb of one; 0 without."""
    codes, pack = chunks.codes, chunks.pack
    named = past > noun.chunk + 1 or len(chunks.text[noun.start : noun.end].split()) > _ONE_NOUN
    if pack.case != "nouns" or not named or codes[past : past + 1] != CONJUNCTION or codes[past + 1] not in NAME + WORD:
        return 0
    word, verb = chunks.words(past + 1, past + 2), chunks.words(past + 2, past + 3).partition(" ")[0]
    acts = codes[past + 2] in SAYING + AUXILIARY + WORD and verb.islower() and not verb.endswith(pack.plural_verbs)
    return chunks.ends[past + 1] if acts and word[:1].isupper() and " " not in word else 0


def _has_small_complement(pack: Pack) -> bool:
    """Whether what completes a noun is behind it, and a capital behind an article shows a name: Romance languages."""
    return pack.case == "names" and pack.articles and not (pack.title_case or pack.verb_second or pack.nominatives)


def _goes_on_low(chunks: Chunks, start: int, words: list[str]) -> bool:
    """«(La) Confédération paysanne»: a noun for a body with a capital behind its article, and adjectives behind it."""
    pack = chunks.pack
    behind = start > 0 and chunks.text[start - 1] in " ’'" and not pack.with_articles
    return _has_small_complement(pack) and behind and words[0][:1].isupper() and _is_body(chunks, words[0])


def _in_small_letters(chunks: Chunks, noun: Mention, past: int) -> int:
    """«(Le Syndicat) national unitaire des traminots (affirme)»: where a name ends that goes on in small letters.

    The noun has a capital behind its article, and the verb follows; 0 without.
    """
    codes, pack, text = chunks.codes, chunks.pack, chunks.text
    start = behind_article(chunks, noun)
    if not _has_small_complement(pack) or start == noun.start or not text[start].isupper():
        return 0
    found = _SMALL.match(codes, past)
    if found is None or found.end() == past:
        return 0
    words = _WORD.findall(text, chunks.starts[past], chunks.ends[found.end() - 1])
    if len(words) > _LONGEST_NAME or any(
        word[:1].isupper() or word.endswith(pack.adverbs or ("\n",)) for word in words
    ):
        return 0
    linked = all(_leads_of(chunks, chunk) for chunk in range(past, found.end()) if codes[chunk] != WORD)
    return chunks.ends[found.end() - 1] if linked else 0


def _leads_of(chunks: Chunks, chunk: int) -> bool:
    """Whether a chunk is a preposition inside names, or begins with one or is behind one."""
    first = chunks.words(chunk, chunk + 1).lower().replace("’", " ").split()[0]
    return first in chunks.pack.connectors or chunks.codes[chunk - 1] == PREPOSITION


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
    word = chunks.words(at, at + 1) if place < 0 else chunks.text[behind_article(chunks, chunks.mentions[place]) :]
    if not word[:1].isupper() or (place >= 0 and chunks.mentions[place].gender == "p"):
        return False
    if found["name"] != NAME:
        return pack.case == "nouns" and (bool(link) or place < 0)  # «Amt für Naturgefahren», «Mieterbund Oderaue»
    name = chunks.mentions[place]
    if name.name[0].lower() in pack.lexicon:
        return False  # «delegación del Gobierno»
    return not (name.gender or name.role or name.name[0].lower() in pack.first_names)


def grammatical_gender(chunks: Chunks, body: Mention) -> str:
    """The gender of a noun for a body, by its article or, without articles, its last letter: "m", "f", "n" or ""."""
    pack = chunks.pack
    if pack.articles:
        within = chunks.text[body.start : body.end] if body.kind == NOUN_PHRASE else ""
        before = chunks.words(body.chunk - 1, body.chunk) if body.kind == NAME and body.chunk else ""
        article = (within or before).lower().partition(" ")[0]
        return pack.article_genders.get(article) or pack.determiner_genders.get(article, "")
    words = WORDS.findall(chunks.text[body.start : body.end].lower())
    noun = next((word for word in words if _is_body(chunks, word)), "") if pack.nominatives else ""
    return "" if not noun else "f" if noun[-1] in "aая" else "n" if noun[-1] in "oeоеєё" else "m"
