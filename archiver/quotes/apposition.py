"""Whose a name is that stands behind somebody's complement: «a spokesman for the port, [X],», «rzecznik huty [X]».

One who speaks for others is followed by whom they speak for. The name after that is the speaker's own where the
complement is a body, and the complement's where it is a person or where it is a lone word: «a source close to the
minister, X», «talsperson for glassverket X».
"""

from __future__ import annotations

from enum import Enum

from archiver.languages import BODY, CONJUNCTION, OWNER, ROLE
from archiver.quotes.cases import is_declined, is_in_case
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, Chunks, Mention
from archiver.quotes.patterns import COMPLEMENT_AND_NAME, NAME_SET_BESIDE, WORDS

_LONGEST = 20  # chunks of a complement and a name, at most
_REACH = 12  # chunks between the one who speaks and the name
_ALIAS = 18  # chunks between somebody and the name that is not their own, at most
_ENDS = SENTENCE_END + QUOTE + OWNER + "\n:;"
_ALIAS_WORDS = 3  # words before a name that is not somebody's own among which it is called so


class Whose(Enum):
    """To whom a name belongs."""

    SPEAKER = "speaker"
    LIKELY = "speaker, likely"  # «the spokesman of the park, X,»: more probably the spokesman's
    COMPLEMENT = "complement"
    UNCLEAR = "unclear"


def name_behind(chunks: Chunks, noun: Mention) -> tuple[int, Whose] | None:
    """The mention of the name behind the complement of one who speaks for others, and whose it is; None without."""
    if chunks.codes.find(NAME, noun.chunk + 1, noun.chunk + _LONGEST) < 0:
        return None
    found = COMPLEMENT_AND_NAME.match(chunks.codes, noun.chunk + 1)
    if found is None or (found["link"] == CONJUNCTION and not _is_for(chunks, found.start("link"))):
        return None
    own = NAME_SET_BESIDE.match(chunks.codes, found.end())
    if own is not None and not found["noun"] and not found["comma"]:  # «the wife of X, [Y],»
        return chunks.mention_at[own.end() - 1], Whose.SPEAKER
    place = chunks.mention_at[found.end() - 1]
    name = chunks.mentions[place]
    if _is_close(chunks, noun.start, name.start):
        return place, Whose.COMPLEMENT
    genitive = not found["link"] and bool(found["noun"]) and _has_genitives(chunks)
    if noun.head not in chunks.pack.representatives or not (found["link"] or genitive):
        return None
    kind = _kind(chunks, *found.span("noun"))
    if kind != BODY and noun.gender and name.gender and noun.gender != name.gender:
        return place, Whose.COMPLEMENT
    if (
        kind == ROLE
        and found["comma"]
        and noun.gender == name.gender != ""
        and _has_other_gender(chunks, found.span("noun"), name)
    ):
        return place, Whose.LIKELY  # «o advogado da professora, Caio X,»
    if found["comma"] and noun.head in chunks.pack.kin:
        return place, Whose.LIKELY  # «the son of the farmer, X,»
    whose = _whose(chunks, name, kind, linked=bool(found["link"]), comma=bool(found["comma"]))
    return place, Whose.LIKELY if whose is Whose.UNCLEAR and noun.definite else whose


def alias_of(chunks: Chunks, noun: Mention) -> int:
    """The name under which somebody speaks: «a nurse, who asked to use the pseudonym [X]»; else -1."""
    if not (chunks.pack.aliases and noun.role_noun):
        return -1
    for chunk in range(noun.chunk + 1, min(noun.chunk + _ALIAS, len(chunks.codes))):
        place = chunks.mention_at[chunk]
        if chunks.codes[chunk] in _ENDS or (place >= 0 and chunks.mentions[place].role_noun):
            return -1
        if chunks.codes[chunk] != NAME or chunks.mentions[place].is_organization:
            continue
        before = WORDS.findall(chunks.text[noun.end : chunks.starts[chunk]].lower())[-_ALIAS_WORDS:]
        if any(f" {alias} " in f" {' '.join(before)} " for alias in chunks.pack.aliases):
            return place
    return -1


def completed_by(chunks: Chunks, noun: Mention) -> int:
    """The place in the genitive behind a noun for a body: «прокуратура [Ярска]», «radnice [Horní Lhoty]»; or -1."""
    pack, at = chunks.pack, noun.chunk + 1
    if not (pack.nominatives and noun.is_organization and noun.kind == NOUN_PHRASE) or chunks.codes[at] != NAME:
        return -1
    place = chunks.mentions[chunks.mention_at[at]]
    called = place.name[0].lower() in pack.first_names or place.role is not None or place.is_organization
    completes = not called and all(is_declined(word, pack) for word in place.name)
    return chunks.mention_at[at] if completes else -1


def owner_before(chunks: Chunks, place: int) -> tuple[Mention, Whose] | None:
    """The one who speaks for others behind whose complement a name is, and whose it is."""
    name = chunks.mentions[place]
    for at in range(place - 1, -1, -1):
        noun = chunks.mentions[at]
        if noun.sentence != name.sentence or name.chunk - noun.chunk > _REACH:
            return None
        if noun.kind != NOUN_PHRASE:
            continue
        found = name_behind(chunks, noun)
        if found is not None and found[0] == place:
            return noun, found[1]
    return None


def role_has_complement(chunks: Chunks, name: Mention) -> bool:
    """«Juru bicara pengusaha X»: one who speaks for others, then a role that is the name's, where no case tells."""
    pack, at = chunks.pack, name.chunk - 1
    if pack.endings or pack.articles or pack.case != "names" or chunks.codes[at : at + 1] != ROLE:
        return False
    words = " ".join(chunks.words(at, at + 1).lower().split())
    head = next((one for one in pack.representatives if words.startswith(one.replace("_", " ") + " ")), "")
    rest = words[len(head) :].split()
    return bool(head) and pack.lexicon.get(rest[-1]) == ROLE


def _whose(chunks: Chunks, name: Mention, kind: str, *, linked: bool, comma: bool) -> Whose:
    """Whose a name is, by what the complement is and how it is joined to it."""
    pack = chunks.pack
    in_full = len(name.name) > 1 and not name.is_organization and not is_in_case(name.name, pack)
    called = in_full and name.name[0].lower() in pack.first_names
    if kind == BODY and in_full and (comma or called):
        return Whose.SPEAKER
    if comma and pack.nominatives and called:
        return Whose.LIKELY  # «Адвокат подсудимого, X, назвала»: a complement would be in a case
    if comma:
        return Whose.COMPLEMENT if kind == ROLE else Whose.UNCLEAR
    subject = pack.nominatives and not linked and (called or (in_full and kind == ROLE))
    return Whose.SPEAKER if subject else Whose.COMPLEMENT  # «náměstek primátora Rufus Achtner»


def _has_other_gender(chunks: Chunks, span: tuple[int, int], name: Mention) -> bool:
    """Whether a complement is somebody of the other gender than a name."""
    nouns = [chunks.mentions[place] for place in chunks.mention_at[span[0] : span[1]] if place >= 0]
    return bool(nouns) and nouns[0].gender in ("m", "f") and nouns[0].gender != name.gender


def _kind(chunks: Chunks, first: int, past: int) -> str:
    """What a complement is: `ROLE` a person, `BODY` a body, else nothing."""
    for chunk in range(first, past):
        place = chunks.mention_at[chunk]
        if not chunks.pack.households.isdisjoint(chunks.words(chunk, chunk + 1).lower().split()):
            return BODY  # «L'avvocato della famiglia, X,»
        if place >= 0:
            noun = chunks.mentions[place]
            return BODY if noun.is_organization else ROLE if noun.role_noun else ""
        if chunks.codes[chunk] in ROLE + BODY:
            return chunks.codes[chunk]
        classes = [chunks.pack.lexicon.get(word, "") for word in chunks.words(chunk, chunk + 1).lower().split()]
        told = next((code for code in classes if code and code in ROLE + BODY), "")
        if told:
            return told
    return ""


def _is_for(chunks: Chunks, chunk: int) -> bool:
    """Whether a word that may be a conjunction is the «for» of one who speaks for others: «talesperson för»."""
    return chunks.words(chunk, chunk + 1).lower() in ("för", "for")


def _has_genitives(chunks: Chunks) -> bool:
    """Whether a complement needs no preposition: «rzecznik huty», «ein Sprecher der Hütte», «juru bicara pabrik»."""
    pack = chunks.pack
    bare = pack.case == "names" and not pack.endings and not pack.verb_final
    return pack.case == "nouns" or (not pack.articles and (len(pack.endings) > 1 or bare))


def _is_close(chunks: Chunks, start: int, end: int) -> bool:
    """Whether words for «close to», which may go on («cercana a», «cercana al»), are between two offsets."""
    words = " " + " ".join(chunks.text[start:end].lower().split())
    return any(f" {phrase}" in words for phrase in chunks.pack.close)


def is_own(whose: Whose) -> bool:
    """Whether a name is that of the one who speaks."""
    return whose in (Whose.SPEAKER, Whose.LIKELY)


def is_named_beside(chunks: Chunks, noun: Mention) -> bool:
    """Whether a name in full is set right beside a noun: «X's wife, [Y],»."""
    own = NAME_SET_BESIDE.match(chunks.codes, noun.chunk + 1)
    return own is not None and len(chunks.mentions[chunks.mention_at[own.end() - 1]].name) > 1
