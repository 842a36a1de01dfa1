"""The words of a pack, each with its class, and with the gender that it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from archiver.languages.lists import gendered, words_of
from archiver.languages.pack import (
    AUXILIARY,
    BODY,
    CALL,
    CONJUNCTION,
    DETERMINER,
    FIRST_PRONOUN,
    FUNCTION,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    QUOTATIVE,
    RELATIVE,
    ROLE,
    SAY,
    SUBJECT_MARK,
    TELL,
    THAT,
    TIME,
    TITLE,
    TITLE_AFTER,
)


def lexicon_of(given: Mapping[str, Any]) -> dict[str, str]:
    """The class of each word. Where a word is in several lists, the later one below wins."""
    dates, names = given.get("dates", {}), given.get("names", {})
    sections = {"words": given.get("words", {}), "pronouns": given.get("pronouns", {}), "cues": given.get("cues", {})}
    order = [
        ("cues", "nouns", NOUN_CUE), ("words", "prepositions", PREPOSITION),
        ("words", "conjunctions", CONJUNCTION), ("words", "relatives", RELATIVE), ("words", "that", THAT),
        ("cues", "call", CALL), ("cues", "tell", TELL), ("cues", "say", SAY),
        ("words", "auxiliaries", AUXILIARY), ("words", "genitive", OWNER),
        ("words", "subject", SUBJECT_MARK), ("cues", "quotative", QUOTATIVE), ("pronouns", "first", FIRST_PRONOUN),
        ("pronouns", "plural", OTHER_PRONOUN), ("pronouns", "neutral", OTHER_PRONOUN),
        ("words", "determiners", DETERMINER), ("words", "possessives", POSSESSIVE),
        ("pronouns", "masculine", PERSON_PRONOUN), ("pronouns", "feminine", PERSON_PRONOUN),
        ("pronouns", "object", OBJECT_PRONOUN),
    ]  # fmt: skip
    lexicon = dict.fromkeys(words_of(sections["words"], "function"), FUNCTION)
    lexicon |= dict.fromkeys(_time_words(dates), TIME)
    lexicon |= dict.fromkeys((*words_of(names, "bodies"), *words_of(names, "proper_bodies")), BODY)
    lexicon |= {word: ROLE for word, _ in gendered(names, "roles")}
    for section, key, code in order:
        lexicon |= dict.fromkeys(words_of(sections[section], key), code)
    lexicon |= {word: TITLE for word, _ in gendered(names, "titles") if lexicon.get(word) != ROLE}
    return lexicon | dict.fromkeys(words_of(names, "after"), TITLE_AFTER)


def _time_words(dates: Mapping[str, Any]) -> Iterable[str]:
    for key in ("months", "weekdays"):
        for forms in dates.get(key, ()):
            yield from forms.split()
    yield from (phrase for phrase in dates.get("relative", ()) if " " not in phrase)


def negated_verbs(given: Mapping[str, Any], lexicon: Mapping[str, str]) -> dict[str, str]:
    """Verbs of saying with the negation that begins them, «neřekl» (Czech)."""
    begins = (word[:-1] for word in words_of(given.get("words", {}), "negations") if word[-1] == "-")
    verbs = [verb for key in ("say", "tell", "call") for verb in words_of(given.get("cues", {}), key)]
    return {begin + verb: lexicon[verb] for begin in begins for verb in verbs if begin + verb not in lexicon}


def conditional_verbs(lexicon: Mapping[str, str], endings: tuple[str, ...]) -> frozenset[str]:
    """The verbs of saying that end so behind an infinitive: «afirmaría», «affirmerait», «affermerebbe»."""
    found: set[str] = set()
    for word, code in lexicon.items() if endings else ():
        for ending in endings if code in (SAY, TELL, CALL) and word.endswith(endings) else ():
            rest = word.removesuffix(ending)
            if word.endswith(ending) and (ending[0] == "r" or (rest[-1:] == "r" and rest in lexicon)):
                found.add(word)
    return frozenset(found)


def genders_of(given: Mapping[str, Any]) -> dict[str, str]:
    """The gender that a pronoun, a title or a role tells: "m", "f", "n" (a thing) or "p" (several)."""
    pronouns, names = given.get("pronouns", {}), given.get("names", {})
    genders: dict[str, str] = {}
    for key, gender in (("plural", "p"), ("neutral", "n"), ("feminine", "f"), ("masculine", "m")):
        genders |= dict.fromkeys(words_of(pronouns, key), gender)
    for key, gender in (("masculine_other", "m"), ("feminine_other", "f")):
        genders |= dict.fromkeys(words_of(pronouns, key), gender)
    for word in {*words_of(pronouns, "masculine")} & {*words_of(pronouns, "feminine")}:
        genders[word] = ""
    for key in ("titles", "roles"):
        genders |= {word: gender for word, gender in gendered(names, key) if gender}
    roles, several = {word for word, _ in gendered(names, "roles")}, words_of(names, "plural_endings")
    for end in several:
        genders |= {role: "p" for role in roles if role.endswith(end) and role.removesuffix(end) in roles}
    return genders
