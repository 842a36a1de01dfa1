"""Who speaks for whom, and whom another quotes: what the words around a mention make of it as a source."""

from __future__ import annotations

from typing import NamedTuple

from archiver.languages import AUXILIARY, BEFORE, BODY, OBJECT_PRONOUN, OTHER_PRONOUN, OWNER, PREPOSITION, ROLE, Pack
from archiver.quotes.apposition import (
    Whose,
    is_named_beside,
    is_own,
    name_behind,
    owner_before,
    role_has_complement,
)
from archiver.quotes.cases import VOWELS, bare, is_in_case
from archiver.quotes.model import NAME, NOUN_PHRASE, WORD, Chunks, Mention
from archiver.quotes.patterns import (
    CHAIN,
    OWN_SUBJECT,
    REPRESENTED_AFTER,
    REPRESENTED_BEFORE,
    SAYING,
    WORDS,
)
from archiver.quotes.trail import SourceRule

_PASSES_ON = AUXILIARY + SAYING + ","  # what is right behind those who pass words on
_NEAR = 12  # chunks between a verb without a speaker and what tells where it is written
_STRETCH, _WORDS_BEHIND = 60, 2  # letters behind a name, and words of them, among which one who speaks for it is
_CLOSE, _PHRASE = 5, 6  # chunks between a name and who is close to it; letters of the phrase before it
_PARTING = frozenset(',.;:–—„”"()\n')
_FIRST_MENTIONS = 2_000  # mentions among which the name in full of a surname alone is looked for
_MIN_STEM = 4  # letters of a surname that its cases share


class SpokenFor(NamedTuple):
    """Who speaks for whom: the offsets of the words for the one who does, the mention of the other (-1: unclear)."""

    start: int
    end: int
    other: int
    rule: SourceRule


def innermost(chunks: Chunks, place: int) -> int:
    """Who spoke of those who pass words on: of «the agency quoted him as saying» him.

    The same where somebody is quoted for what another said: «according to X, her predecessor told her “…”».
    """
    codes, chunk = chunks.codes, chunks.mentions[place].chunk
    if codes[chunk + 1] not in _PASSES_ON:
        return place
    passed_on = codes[chunk - 1 : chunk] == BEFORE and not chunks.pack.verb_final  # where verbs are put in their place
    chain = (OWN_SUBJECT if passed_on else CHAIN).match(codes, chunk + 1)
    inner = chunks.mention_at[chain.start("inner")] if chain else -1
    return inner if inner >= 0 else place


def represented(chunks: Chunks, place: int) -> SpokenFor | None:
    """«a lawyer for X», «X's family», «a person close to X», whether the lawyer or X was chosen."""
    codes, mention = chunks.codes, chunks.mentions[place]
    named_first = chunks.pack.case == "none" or bool(chunks.pack.body_owners)  # «X:ää lähellä oleva lähde»
    if named_first and (close := _close_in_front(chunks, place)) is not None:
        return close
    if mention.kind == NOUN_PHRASE:
        of_body = _owned_behind(chunks, mention) if mention.is_organization else None
        if of_body is not None:  # «A társaság szóvivője»
            return SpokenFor(*of_body, place, SourceRule.REPRESENTATIVE)
        return _representing(chunks, mention) or _of_represented(chunks, mention)
    if mention.kind != NAME:
        return None
    owned = codes[mention.chunk + 1 : mention.chunk + 3]
    if owned == "s" + NOUN_PHRASE:  # «X's lawyer said»
        other = chunks.mentions[chunks.mention_at[mention.chunk + 2]]
        if _speaks_for(chunks, other):
            return SpokenFor(other.start, other.end, place, SourceRule.REPRESENTATIVE)
    for beside in (mention.chunk + 1, mention.chunk - 2):
        noun = chunks.mention_at[beside] if 0 <= beside < len(codes) else -1
        if noun >= 0 and _owner_beside(chunks, chunks.mentions[noun]) == place:
            return _representing(chunks, chunks.mentions[noun])
    behind = _owned_behind(chunks, mention)
    if behind is not None:
        return SpokenFor(*behind, place, SourceRule.REPRESENTATIVE)
    owned_role = _owned_role(chunks, place)
    if owned_role is not None:
        return owned_role
    owner = owner_before(chunks, place)
    if owner is not None:
        return _behind_complement(owner[0], place, owner[1])
    before = REPRESENTED_BEFORE.search(codes, max(0, mention.chunk - 8), mention.chunk)
    if before is None:
        return None
    noun = chunks.mention_at[before.start()]
    found = _representing(chunks, chunks.mentions[noun]) if noun >= 0 else None
    return found if found and found.other == place else None


def _close_in_front(chunks: Chunks, place: int) -> SpokenFor | None:
    """«Xに近い関係者», «接近X的人士»: without case, whom somebody is close to stands before."""
    one = chunks.mentions[place]
    name = place if one.kind == NAME else place - 1
    noun = name + 1
    if name < 0 or noun >= len(chunks.mentions) or chunks.mentions[noun].kind != NOUN_PHRASE:
        return None
    who, other = chunks.mentions[noun], chunks.mentions[name]
    if other.kind != NAME or not 1 < who.chunk - other.chunk <= _CLOSE:
        return None
    text, before = chunks.text, chunks.text[max(0, other.start - _PHRASE) : other.start]
    between = text[other.end : who.start]
    led = chunks.codes[other.chunk + 1] == OWNER and before.rstrip().endswith(chunks.pack.close)
    if not led and not any(phrase in between for phrase in chunks.pack.close):
        return None
    return SpokenFor(who.start, who.end, name, SourceRule.CLOSE)


def _of_represented(chunks: Chunks, noun: Mention) -> SpokenFor | None:
    """«El abogado de X, dueño de la colección, fue claro: “…”»: a noun set beside whom another speaks for."""
    name = chunks.mention_at[noun.chunk - 2] if chunks.codes[max(0, noun.chunk - 2) : noun.chunk] == NAME + "," else -1
    return represented(chunks, name) if name >= 0 and chunks.pack.case != "none" else None


def _representing(chunks: Chunks, mention: Mention) -> SpokenFor | None:
    """Whom a noun phrase speaks for by the words after it, or by the owner in front."""
    codes, at = chunks.codes, mention.chunk
    if is_named_beside(chunks, mention):
        return None
    behind = name_behind(chunks, mention)
    if behind is not None:
        return _behind_complement(mention, *behind)
    owner = _owner_beside(chunks, mention)
    if owner >= 0:
        return SpokenFor(mention.start, mention.end, owner, SourceRule.REPRESENTATIVE)
    after = REPRESENTED_AFTER.match(codes, at + 1)
    if after:
        other = chunks.mention_at[after.end() - 1]
        between = chunks.text[mention.end : chunks.mentions[other].start].lower()
        if any(phrase in between for phrase in chunks.pack.close):
            return SpokenFor(mention.start, mention.end, other, SourceRule.CLOSE)
        if codes[at + 1] == PREPOSITION and _speaks_for(chunks, mention):
            return SpokenFor(mention.start, mention.end, other, SourceRule.REPRESENTATIVE)
    if codes[max(0, at - 2) : at] == NAME + "s" and _speaks_for(chunks, mention):
        return SpokenFor(mention.start, mention.end, chunks.mention_at[at - 2], SourceRule.REPRESENTATIVE)
    return None


def _owner_beside(chunks: Chunks, noun: Mention) -> int:
    """The name in the genitive beside who speaks for others: «Anna Bergs advokat», «avocatul lui Ion Popa»; or -1."""
    codes, at, pack = chunks.codes, noun.chunk, chunks.pack
    if noun.kind != NOUN_PHRASE or not _speaks_for(chunks, noun):
        return -1
    if codes[at - 1 : at] == NAME and pack.case != "none":
        place = chunks.mention_at[at - 1]
        return place if chunks.mentions[place].name[-1].lower().endswith(_genitive(pack)) else -1
    behind = codes[at + 1 : at + 3] == OBJECT_PRONOUN + NAME and bool(pack.genitive_endings)
    return chunks.mention_at[at + 2] if behind else -1


def _genitive(pack: Pack) -> tuple[str, ...]:
    """The endings of an owner before what is owned, where names have one: «Bakkers advocaat», «Virtasen asianajaja»."""
    if len(pack.endings) == 1:
        return pack.endings
    return ("n",) if "n" in pack.endings else ("s",) if pack.verb_second else ()


def _behind_complement(noun: Mention, place: int, whose: Whose) -> SpokenFor | None:
    """The one who speaks, where a name behind its complement is not its own; for nobody in particular if unclear."""
    if is_own(whose):
        return None
    other = place if whose is Whose.COMPLEMENT else -1
    return SpokenFor(noun.start, noun.end, other, SourceRule.REPRESENTATIVE)


def _owned_behind(chunks: Chunks, mention: Mention) -> tuple[int, int] | None:
    """The offsets of «szóvivője» in «X (üzletember) szóvivője», X's spokesman; None without."""
    if not chunks.pack.owned:
        return None
    stretch = chunks.text[mention.end : mention.end + _STRETCH]
    for word in list(WORDS.finditer(stretch))[:_WORDS_BEHIND]:
        if not set(stretch[: word.start()]).isdisjoint(_PARTING):
            return None
        if word[0].lower() in chunks.pack.owned:
            return mention.end + word.start(), mention.end + word.end()
    return None


def _owned_role(chunks: Chunks, place: int) -> SpokenFor | None:
    """«Rzeczniczka Halickiego», «eine Sprecherin Halls»: a role right before a name whose form makes it the owner."""
    codes, mention = chunks.codes, chunks.mentions[place]
    at = mention.chunk - 1
    if codes[at : at + 1] not in (ROLE, NOUN_PHRASE) or not mention.name:
        return None
    if role_has_complement(chunks, mention):
        return SpokenFor(chunks.starts[at], chunks.ends[at], place, SourceRule.REPRESENTATIVE)
    if len(mention.name) > 1 and not mention.oblique:
        return None
    at -= mention.oblique and codes[at - 1 : at] in (ROLE, NOUN_PHRASE)  # «mluvčí starosty Radima Fialy»
    owner = mention.oblique or _is_owner(chunks, place) or _is_lone_complement(chunks, place)
    owner = owner or _has_no_cases(chunks, place, at)
    if not owner or not _ends_in_representative(chunks, at):
        return None
    first = at - 1 if codes[at - 1 : at] in ("d", "y") else at
    return SpokenFor(chunks.starts[first], chunks.ends[at], place, SourceRule.REPRESENTATIVE)


def belongs_to_noun(chunks: Chunks, place: int, full: str) -> bool:
    """«Krytycy Górskiej», «kritikere af Moos», «Mosin perhe»: whether a noun beside a name is whose it is.

    The form of the name tells, or a particle that the person's name in `full` does not have.
    """
    codes, mention, pack = chunks.codes, chunks.mentions[place], chunks.pack
    if not mention.name or pack.case != "names":
        return False
    at = mention.chunk - 1
    led = at > 0 and codes[at] in (ROLE, BODY, NOUN_PHRASE) and codes[at - 1] not in (BEFORE, PREPOSITION)
    if led and chunks.text[mention.start].islower():
        particle = chunks.text[mention.start : mention.end].partition(" ")[0]
        return f" {particle} " not in f" {full} "
    acts = led and codes[at - 1] in SAYING + "$\n"  # not «названо «позором» пекарем Семёном Дубровиным»
    if acts and mention.oblique and not pack.articles and is_in_case(mention.name, pack):
        return True  # «mówi sąsiad Jana Kowala»
    behind = not pack.articles and codes[mention.chunk + 1] == WORD and codes[at] not in (BEFORE, PREPOSITION)
    return (led or behind) and len(mention.name) == 1 and bool(pack.endings) and _is_owner(chunks, place)


def _ends_in_representative(chunks: Chunks, at: int) -> bool:
    """Whether the words of a chunk end in a noun for who speaks for others, of one word or two: «kuasa hukum»."""
    words = chunks.text[chunks.starts[at] : chunks.ends[at]].lower().split()
    return not chunks.pack.representatives.isdisjoint((" ".join(words[-2:]), "".join(words[-1:])))


def _is_owner(chunks: Chunks, place: int) -> bool:
    """Whether a surname alone is in another form than its person's as a subject: «Obrońca Brzosta»."""
    low, pack = chunks.mentions[place].name[-1].lower(), chunks.pack
    in_full = [other.name for other in _in_full(chunks)]
    plain = {name[-1].lower() for name in in_full if not is_in_case(name, pack)}
    if low in plain or not low.endswith(pack.endings or ("s",)):
        return pack.case == "names" and not pack.endings and not pack.articles and _is_told_again(chunks, place)
    if any(low == name[-1].lower() for name in in_full):
        return True
    if any(low.startswith(other) and low[len(other) :] in pack.endings for other in plain):
        return True  # «Ahon arvostelijat»
    return any(_share(low, other) >= max(_MIN_STEM, len(other) - 2) for other in plain)


def _is_told_again(chunks: Chunks, place: int) -> bool:
    """«Kuasa hukum Hendro»: part of a name given in full before, not behind a noun for who speaks for others."""
    low = chunks.mentions[place].name[-1].lower()
    for other in _in_full(chunks, place):
        if low in (word.lower() for word in other.name):
            before = chunks.words(other.chunk - 1, other.chunk).lower() if other.chunk else ""
            return not any(before.startswith(one.replace("_", " ")) for one in chunks.pack.representatives)
    return False


def _has_no_cases(chunks: Chunks, place: int, role: int) -> bool:
    """«(przyjaciel) Moos», of Anna Moos: a woman's surname that no case changes, of nobody introduced by that role."""
    pack, low = chunks.pack, chunks.mentions[place].name[-1].lower()
    if not pack.nominatives or low[-1] in VOWELS:
        return False
    head = chunks.words(role, role + 1).lower().split()[-1:]
    full = [other for other in _in_full(chunks, place) if other.name[-1].lower() == low]
    hers = bool(full) and all(other.gender == "f" for other in full)
    return hers and not any(word in (other.role or "").lower().split() for word in head for other in full)


def _is_lone_complement(chunks: Chunks, place: int) -> bool:
    """«(mluvčí) Inspektorátu»: a lone capital in what may be a case, of nobody whom the article names in full."""
    pack, mention = chunks.pack, chunks.mentions[place]
    low = mention.name[-1].lower()
    if not pack.nominatives or len(mention.name) > 1 or low in pack.first_names or not low.endswith(pack.endings):
        return False
    stem = bare(low, pack.endings)
    return not any(bare(other.name[-1].lower(), pack.endings) == stem for other in _in_full(chunks))


def _in_full(chunks: Chunks, past: int = _FIRST_MENTIONS) -> list[Mention]:
    """The first names in full that an article gives, before mention `past`."""
    return [mention for mention in chunks.mentions[: min(past, _FIRST_MENTIONS)] if len(mention.name) > 1]


def _share(one: str, other: str) -> int:
    """How many letters two words have in common from their beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _speaks_for(chunks: Chunks, mention: Mention) -> bool:
    return mention.head in chunks.pack.representatives


def is_impersonal(chunks: Chunks, verb: int) -> bool:
    """«In dem Brief heißt es, …»: a verb that with a neutral pronoun has no speaker."""
    return has_neutral(chunks, verb) and printed_verb(chunks, verb) in chunks.pack.impersonal


def has_neutral(chunks: Chunks, verb: int) -> bool:
    """Whether a neutral pronoun is right beside a verb."""
    return OTHER_PRONOUN in chunks.codes[max(0, verb - 1) : verb] + chunks.codes[verb + 1 : verb + 2]


def printed_verb(chunks: Chunks, chunk: int) -> str:
    """The word of a chunk as the text prints it, which may stand elsewhere."""
    start, end = chunks.starts[chunk], chunks.ends[chunk]
    start, end = chunks.moved.get(start, (start, end)) if start == end else (start, end)
    return chunks.text[start:end].lower()


def document(chunks: Chunks, verb: int, first: int, end: int) -> int:
    """Where something is said by nobody: «in einem Brief der Kanzlerin heißt es», «heißt es in dem Bericht»."""
    for at in range(first, end - 1):
        if chunks.codes[at] == PREPOSITION and chunks.mention_at[at + 1] >= 0 and abs(at - verb) < _NEAR:
            return chunks.mention_at[at + 1]
    return -1
