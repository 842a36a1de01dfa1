"""What differs between words that were said and words that are claimed, as a closed list of reasons.

The language packs say which words negate and which are numbers; a name is known by its capital,
in German by a pack's first names and by the countries and cities of Unicode's CLDR.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from archiver.checks.alignment import Alignment, Operation, WordEdit
from archiver.checks.numerals import numerals
from archiver.checks.words import Word
from archiver.index.words import UNSPACED_RUN, fold
from archiver.languages import ROLE, TITLE, pack_for

SIGNS_AROUND = 2
"""Signs on either side of a change that may be of one negation with it."""
_PREFIXES = {
    "en": ("un", "in", "im", "il", "ir", "dis", "non"),
    "de": ("un", "nicht"),
    "nl": ("on", "niet"),
    "sv": ("o", "icke"),
    "da": ("u", "ikke"),
    "no": ("u", "ikke"),
    "fr": ("in", "im", "il", "ir", "non"),
    "es": ("in", "im", "i", "des", "no"),
    "it": ("in", "im", "ir", "s", "non"),
    "pt": ("in", "im", "i", "des", "nao"),
    "pl": ("nie",),
    "cs": ("ne",),
    "hr": ("ne",),
    "sr": ("ne", "не"),
    "ru": ("не", "без", "бес"),
    "uk": ("не", "без"),
}
"""What turns a word round that begins with it, folded, by language."""

MIN_CUT = 3
"""Words missing in one place that make it a cut rather than words removed."""


class Difference(StrEnum):
    """Why a claim is not what was said, most serious first. A closed list."""

    NEGATION_ADDED = "negation_added"
    NEGATION_REMOVED = "negation_removed"
    NUMBER_CHANGED = "number_changed"
    NAME_CHANGED = "name_changed"
    SPLICED = "spliced"
    WORDS_CUT = "words_cut"
    WORDS_REMOVED = "words_removed"
    WORDS_INSERTED = "words_inserted"
    WORDS_REPLACED = "words_replaced"
    MEANING_MARK_CHANGED = "meaning_mark_changed"
    OUT_OF_CONTEXT = "out_of_context"
    PARAPHRASE = "paraphrase"


def differences(alignment: Alignment, language: str | None) -> tuple[Difference, ...]:
    """The reasons that the words alone give, gravest first, each once."""
    found = set[Difference]()
    for edit in alignment.edits():
        found |= _of_edit(edit, alignment, language)
    if marks_differ(alignment):
        found.add(Difference.MEANING_MARK_CHANGED)
    return in_order(found)


def in_order(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Reasons gravest first, each once."""
    return tuple(each for each in Difference if each in set(found))


def marks_differ(alignment: Alignment) -> bool:
    """Whether a question, a call or a plain sentence was made another of the three after an equal word."""
    for block in alignment.blocks:
        for place in range(block.size):
            said = alignment.said.words[block.said + place]
            claimed = alignment.claimed.words[block.claimed + place]
            if _other_meaning(said.mark, claimed.mark, last=claimed is alignment.claimed.words[-1]):
                return True
    return False


def _other_meaning(said: str, claimed: str, *, last: bool) -> bool:
    """A mark that is missing at the end of what is claimed changes nothing; `?` and `!` never come from nowhere."""
    if said == claimed:
        return False
    if claimed in {"?", "!"}:
        return True
    return said in {"?", "!"} and (claimed == "." or not last)


def is_honest(edit: WordEdit, alignment: Alignment) -> bool:
    """Whether the claim admits that it leaves words out, or puts its own in, at this place."""
    claimed = alignment.claimed
    start, end = edit.claimed
    places = range(start, end + 1)
    return start == end and any(place in claimed.gaps or place in claimed.inserted for place in places)


def _of_edit(edit: WordEdit, alignment: Alignment, language: str | None) -> set[Difference]:
    if edit.op is Operation.EQUAL or is_honest(edit, alignment):
        return set()
    said: Sequence[Word] = alignment.said.words[slice(*edit.said)]
    claimed: Sequence[Word] = alignment.claimed.words[slice(*edit.claimed)]
    if turned := _turned(edit, alignment, language):
        return {turned}
    found, said, claimed = _negations(said, claimed, language)
    found |= _numbers(said, claimed, language)
    if found & {Difference.NUMBER_CHANGED} and len(said) == len(claimed) == 1:
        return found
    if _is_name_changed(edit, alignment, language):
        return found | {Difference.NAME_CHANGED}
    return found | (set() if _explained(found, said, claimed) else _plain(said, claimed))


def _explained(found: set[Difference], said: Sequence[Word], claimed: Sequence[Word]) -> bool:
    """Whether what is left of an edit is only what a negation brings along («do not», «ne … pas»)."""
    turned = found & {Difference.NEGATION_ADDED, Difference.NEGATION_REMOVED}
    return bool(turned) and len(said) <= 1 and len(claimed) <= 1


def _plain(said: Sequence[Word], claimed: Sequence[Word]) -> set[Difference]:
    if said and claimed:
        return {Difference.WORDS_REPLACED}
    if said:
        removed = {Difference.WORDS_REMOVED}
        return removed | {Difference.WORDS_CUT} if len(said) >= MIN_CUT else removed
    return {Difference.WORDS_INSERTED} if claimed else set()


def _turned(edit: WordEdit, alignment: Alignment, language: str | None) -> Difference | None:
    """Whether a negation was put into, or taken out of, a word: «unlikely», «unmöglich», 売りませんでした."""
    said, claimed = alignment.said.words, alignment.claimed.words
    one, other = said[slice(*edit.said)], claimed[slice(*edit.claimed)]
    if len(one) == len(other) == 1 and (part := pack_for(language)):
        prefixes = _PREFIXES.get(part.code, ())
        if any(other[0].folded == prefix + one[0].folded for prefix in prefixes):
            return Difference.NEGATION_ADDED
        if any(one[0].folded == prefix + other[0].folded for prefix in prefixes):
            return Difference.NEGATION_REMOVED
    before, after = _sign_negations(said, edit.said, language), _sign_negations(claimed, edit.claimed, language)
    if bool(before) == bool(after):
        return None
    return Difference.NEGATION_ADDED if after else Difference.NEGATION_REMOVED


def _sign_negations(words: Sequence[Word], stretch: tuple[int, int], language: str | None) -> int:
    """The negations of several signs that a stretch has a part in."""
    start, end = stretch
    near = words[max(0, start - SIGNS_AROUND) : end + SIGNS_AROUND]
    if not any(UNSPACED_RUN.fullmatch(word.folded) for word in near):
        return 0
    text = "".join(word.folded for word in near)
    return sum(text.count(each) for each in _negation_words(language)[0] if len(each) > 1)


def _negations(
    said: Sequence[Word], claimed: Sequence[Word], language: str | None
) -> tuple[set[Difference], Sequence[Word], Sequence[Word]]:
    """Whether a negation was added or removed, and the remaining words."""
    before = sum(is_negation(word.folded, language) for word in said)
    after = sum(is_negation(word.folded, language) for word in claimed)
    if bool(before) == bool(after):
        return set(), said, claimed
    reason = Difference.NEGATION_ADDED if after else Difference.NEGATION_REMOVED
    rest = [[word for word in words if not is_negation(word.folded, language)] for words in (said, claimed)]
    return {reason}, rest[0], rest[1]


def is_negation(word: str, language: str | None) -> bool:
    """Whether a folded word negates a statement."""
    words, beginnings = _negation_words(language)
    if word in words:
        return True
    return any(word.startswith(start) and len(word) > len(start) + 2 for start in beginnings)


@lru_cache(maxsize=32)
def _negation_words(language: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    pack = pack_for(language) or pack_for("en")
    listed = pack.negations if pack else frozenset()
    beginnings = tuple(fold(word[:-1]) for word in listed if word.endswith("-"))
    return frozenset(fold(word.replace("’", "'")) for word in listed if not word.endswith("-")), beginnings


def _numbers(said: Sequence[Word], claimed: Sequence[Word], language: str | None) -> set[Difference]:
    before, after = _numbers_in(said, language), _numbers_in(claimed, language)
    if not before or not after:  # «a year» and «two years»
        before, after = (each or _ones_in(words, language) for each, words in ((before, said), (after, claimed)))
    return {Difference.NUMBER_CHANGED} if before and after and before != after else set()


def _numbers_in(words: Sequence[Word], language: str | None) -> list[str]:
    return [word.folded for word in words if is_number(word.folded, language)]


def _ones_in(words: Sequence[Word], language: str | None) -> list[str]:
    """The articles that mean one of something, as figures."""
    known = numerals(language)
    return ["1" for word in words if known is not None and word.folded in known.articles]


def is_number(word: str, language: str | None) -> bool:
    """Whether a folded word is a number, in figures or in words."""
    return word[:1].isdigit() or word in _numerals(language)


@lru_cache(maxsize=32)
def _numerals(language: str | None) -> frozenset[str]:
    pack = pack_for(language)
    return frozenset(fold(word) for word in pack.numerals) if pack else frozenset()


def _is_name_changed(edit: WordEdit, alignment: Alignment, language: str | None) -> bool:
    """Whether one name replaces another."""
    said, claimed = alignment.said.words, alignment.claimed.words
    return _holds_name(said, edit.said, language) and _holds_name(claimed, edit.claimed, language)


def _holds_name(words: Sequence[Word], stretch: tuple[int, int], language: str | None) -> bool:
    return any(_is_name(words, place, language) for place in range(*stretch))


def _is_name(words: Sequence[Word], place: int, language: str | None) -> bool:
    """Whether a word is one of a name: a known place or first name, or a capital that nothing else asks for."""
    word, pack = words[place], pack_for(language)
    if not word.text[:1].isupper() or is_number(word.folded, language) or word.folded in _known_words(language):
        return False
    if word.folded in _places(language) or (pack and word.text.lower() in pack.first_names):
        return True
    before = words[place - 1] if place else None
    if before is not None and pack is not None and pack.case == "nouns":
        kind = pack.lexicon.get(before.text.lower(), "")
        return kind in {TITLE, ROLE} or before.text.lower() in pack.first_names
    return before is not None and not before.mark


@lru_cache(maxsize=32)
def _known_words(language: str | None) -> frozenset[str]:
    """The small words of a language, which have a capital only at the beginning of a sentence."""
    pack = pack_for(language)
    return frozenset(fold(word) for word in pack.lexicon if " " not in word) if pack else frozenset()


@lru_cache(maxsize=32)
def _places(language: str | None) -> frozenset[str]:
    """Countries and cities as a language calls them (Unicode CLDR), each word of theirs folded."""
    try:
        locale = Locale.parse((language or "en").replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return frozenset()
    cities = (zone.get("city", "") for zone in locale.time_zones.values())
    return frozenset(fold(name) for name in (*locale.territories.values(), *cities) if name and " " not in name)
