"""The grammatical cases of names: which form a name has, and its nominative, as far as a pack's endings tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from archiver.languages import Pack

SLAVIC_ADVERBS = ("o", "о", "ě", "ie", "sky", "ski", "ски")  # their ends
_RARE = 200  # of so many first names one may end with a letter that the others do not have
_COMMON = 150  # of so many first names one ends with a pair of letters that tells little
_BRIEF = 4  # letters of a first name that has no stem of its own, at most
_SHORT = 2  # letters of an ending that many nominatives have too, at most
VOWELS = "aąáeęéěiíoóuúůyýαάεέηήιίοόυύωώаеёиіїоуыэюяєйь"
_HER_GENITIVE = frozenset("yiыиіїe")
_MAY_LACK_A_VOWEL = re.compile(rf"[^{VOWELS}\W][kкcцnнlлrрň]ь?$")


@lru_cache(maxsize=64)
def first_name_stems(pack: Pack) -> Mapping[str, str]:
    """First names without their ending, where names have cases, with the gender that all of one stem have, else ""."""
    stems: dict[str, str] = {}
    if len(pack.endings) > 1:
        for name, gender in pack.first_names.items():
            for stem in _stems_of(name, pack):
                stems[stem] = gender if stems.get(stem, gender) == gender else ""
    return stems


@lru_cache(maxsize=64)
def _first_names_by_stem(pack: Pack) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in pack.first_names:
        for stem in _stems_of(name, pack):
            found.setdefault(stem, []).append(name)
    return found


def _stems_of(name: str, pack: Pack) -> set[str]:
    """What the cases of a first name begin with: «Вадим» ends as a case does, «Radek» drops a vowel («Radka»)."""
    stems = {bare(name, pack.endings)}
    if pack.nominatives and name[-1] not in VOWELS:
        stems.add(name)
        if len(name) > 3 and name[-2] in "eеоaа" and name[-3] not in VOWELS:
            stems.add(name[:-2] + name[-1])
    return stems


def first_name_in_nominative(word: str, gender: str, pack: Pack, *, other: bool = False) -> str:
    """The first name of which a word is a case form, «Сару» of «Сара»: with several of a gender the language's own,
    which are the last of its names.

    With `other`, the word is known to be no nominative itself.
    """
    stem = bare(word.lower(), pack.endings)
    names = [name for name in _first_names_by_stem(pack).get(stem, []) if not (other and name == word.lower())]
    if not names and len(word) <= _BRIEF and pack.nominatives:
        names = [name for end in "aа" if (name := word[:-1].lower() + end) in pack.first_names]  # «Anu», of «Ana»
    fitting = [name for name in names if pack.first_names[name] == gender] if gender else names
    several = len(fitting) > 1 and bool(gender and pack.nominatives)
    fitting = [name for name in fitting if name not in (stem + "e", stem + "е")] or fitting  # «Петр», not «Петре»
    own = [name for name in fitting if several and gender == "f" and name[-1] in "aая"] or fitting
    return own[-1].capitalize() if several or len(own) == 1 else ""


def is_genitive_of_hers(low: str, pack: Pack) -> bool:
    """Whether a word is the genitive of a woman's first name: «Anny», «Анны», «Ane»."""
    if (
        low[-1:] not in _HER_GENITIVE
        or pack.first_names.get(low, "f") == "m"
        or (low[-1] == "e" and low in pack.first_names)
    ):
        return False  # «Marie»
    return any(pack.first_names.get(low[:-1] + end) == "f" for end in "aаяja")


def surname_in_nominative(word: str, gender: str, pack: Pack) -> str:
    """A surname as its own subject, where the pack knows the case ending it has: «Gajdy» is «Gajda»; else nothing.

    What ends in two consonants then may lack a vowel: «Шевця» is «Шевець», so nothing is made of it.
    """
    low = word.lower()
    for sex, ending, nominative in pack.nominatives:
        if sex == gender and low == ending and len(nominative) > _SHORT:
            return nominative.capitalize()  # «Kosken» is «Koski»
        if sex == gender and low.endswith(ending) and len(low) > len(ending) + 1:
            made = word[: len(word) - len(ending)] + nominative
            return "" if _MAY_LACK_A_VOWEL.search(made.lower()) else made
    return ""


def is_in_case(name: Sequence[str], pack: Pack) -> bool:
    """Whether a name in full is in a case that no subject has: «Dany Křížové», «Radka Hlavsy»."""
    first, last = name[0], name[-1]
    listed = first.lower() in pack.first_names
    for gender in ("m", "f"):
        given = first_name_in_nominative(first, gender, pack)
        surname = any(surname_in_nominative(part, gender, pack) for part in last.split("-"))
        if given and given.lower() != first.lower() and (surname if listed else surname or is_declined(last, pack)):
            return True
    return not listed and ends_as_no_name(first, pack) and is_declined(last, pack)


@lru_cache(maxsize=64)
def _last_letters(pack: Pack) -> frozenset[str]:
    """Letters that first names end with."""
    counts = Counter(name[-1] for name in pack.first_names)
    return frozenset(letter for letter, count in counts.items() if count * _RARE >= len(pack.first_names))


def ends_as_no_name(word: str, pack: Pack) -> bool:
    """Whether (nearly) no first name ends like a word, which must be a case form then: «Сару»."""
    return word[-1:].lower() not in _last_letters(pack)


@lru_cache(maxsize=64)
def _last_pairs(pack: Pack) -> frozenset[str]:
    """Pairs of letters with which many first names end."""
    counts = Counter(name[-2:] for name in pack.first_names)
    return frozenset(pair for pair, count in counts.items() if count * _COMMON >= len(pack.first_names))


def may_be_first_name(low: str, pack: Pack) -> bool:
    """Whether a word that no list has ends as first names do: «Rakeyia», not «Afterwards»."""
    return low[-2:] in _last_pairs(pack)


def is_declined(word: str, pack: Pack) -> bool:
    """Whether a word may have a case ending."""
    return bare(word.lower(), pack.endings) != word.lower()


def is_plainly_oblique(word: str, pack: Pack) -> bool:
    """Whether a surname has an ending of a case that no subject has, where first names keep theirs: «Koskelta»."""
    return bool(pack.nominatives) and word.lower().endswith(
        tuple(end for end in pack.oblique_endings if len(end) > _SHORT)
    )


def bare(low: str, endings: tuple[str, ...]) -> str:
    """A word without the case ending it may have."""
    if not low.endswith(endings):
        return low
    return next((low[: -len(one)] for one in endings if len(low) > len(one) + 2 and low.endswith(one)), low)
