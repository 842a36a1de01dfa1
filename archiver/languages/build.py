"""Makes a pack of a parsed TOML file, once every key and the shape of its value are known. What they mean: `keys`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from archiver.languages.keys import POLARITY, check
from archiver.languages.lexicon import conditional_verbs, genders_of, lexicon_of, negated_verbs
from archiver.languages.lists import gendered, word_lists, word_set, word_sets, words_of
from archiver.languages.pack import AFTER, BEFORE, SAY, Dates, Pack


def build(given: Mapping[str, Any]) -> Pack:
    """The pack that a parsed TOML file describes."""
    check(given)
    writing, marks, cues, polarity, words, names = (
        given.get(key, {}) for key in ("writing", "marks", "cues", "polarity", "words", "names")
    )
    lexicon, own = lexicon_of(given), {word: gender for word, gender in gendered(names, "") if gender}
    own |= dict.fromkeys(words_of(names, "epicene"), "")
    lexicon |= dict.fromkeys(words_of(polarity, "conditional"), SAY)
    conditional = conditional_verbs(lexicon, tuple(words_of(polarity, "conditional_endings")))
    negated = negated_verbs(given, lexicon)
    lexicon |= negated
    taken = {*lexicon, *words_of(names, "not_names")}
    foreign = _foreign_names() if writing.get("case", "names") == "names" else {}
    phrases = {phrase: code for key, code in (("before", BEFORE), ("after", AFTER)) for phrase in cues.get(key, ())}
    return Pack(
        code=given["code"], name=given.get("name", ""), stemmer=given.get("stemmer", ""),
        dash=marks.get("dash", ""), inside=marks.get("inside", False),
        lexicon=lexicon | phrases,
        opening=frozenset(cues.get("before", ())) & word_set(words, "prepositions"),
        genders=genders_of(given),
        negations=frozenset((*words_of(words, "negations"), *negated)),
        written_on=frozenset(_from_abroad()["written_on"].split()),
        first_names={name: gender for name, gender in foreign.items() if name not in taken and name not in own} | own,
        dates=_dates(given.get("dates", {})),
        **_writing(writing), **_cues(cues), **_small_words(words), **_names(names),
        **word_lists(given.get("layout", {}), "related", "captions", "facts", "bylines", "interviews"),
        **word_sets(polarity, *POLARITY),
        conditional=word_set(polarity, "conditional") | conditional,
    )  # fmt: skip


def _writing(writing: Mapping[str, Any]) -> dict[str, Any]:
    """What the section `writing` says: case, spaces, and what words are made of."""
    return {
        "case": writing.get("case", "names"),
        "spaces": writing.get("spaces", True),
        "title_case": writing.get("title_case", True),
        "endings": tuple(sorted(words_of(writing, "endings"), key=len, reverse=True)),
        **word_lists(writing, "elisions", "clitics", "abbreviations", "finite"),
    }


def _cues(cues: Mapping[str, Any]) -> dict[str, Any]:
    """What the section `cues` says beside the verbs and phrases of saying: their order, and nouns near quotations."""
    return {
        "verb_second": cues.get("verb_second", False),
        "verb_final": cues.get("verb_final", False),
        "works_nouns": word_set(cues, "works"),
        **word_lists(cues, "converbs", "publishing"),
        **word_sets(
            cues,
            "adding",
            "quoting",
            "reading",
            "askers",
            "questioning",
            "questioning_with",
            "question_words",
            "listeners",
            "platforms",
            "scare",
            "quotative_of_noun",
            "mottoes",
            "making",
            "meaning",
            "reads",
            "stands_in",
            "voices",
            "somebody",
            "others",
            "put_to",
            "put_to_behind",
            "subject_inside",
            "senders",
            "thoughts",
        ),
    }


def _small_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """What the section `words` says: pronouns, particles, endings of verbs."""
    return {
        "articles": words.get("articles", True),
        "dropped": words.get("dropped", False),
        "infinitive": words.get("infinitive", ""),
        "past_endings": gendered(words, "past"),
        "determiner_genders": {word: gender for word, gender in gendered(words, "determiners") if gender},
        **word_lists(words, "subject", "cases", "participles", "adverbs", "plural_verbs", "agent_endings"),
        **word_lists(words, "mood_endings", "indicative_endings"),
        **word_lists(words, "oblique_endings", "genitive_endings", "definite_endings", "feminine_noun_endings"),
        **word_sets(
            words,
            "definite",
            "agents",
            "passive",
            "passive_past",
            "anybody",
            "away",
            "told_to",
            "when",
            "gestures",
            "of",
            "viewpoints",
            "source_prepositions",
            "source_nouns",
            "as_said",
        ),
        **word_sets(
            words, "hearsay", "referring", "oblique", "oblique_of_hers", "impersonal", "existential", "numerals"
        ),
        **word_sets(words, "first_person", "several", "reported_mood"),
    }


def _names(names: Mapping[str, Any]) -> dict[str, Any]:
    """What the section `names` says beside first names and roles: parts of names, their cases, who is left unnamed."""
    return {
        "role_endings": gendered(names, "role_endings"),
        "name_endings": gendered(names, "endings"),
        "nominatives": _nominatives(names),
        "declined": _declined(names),
        "article_genders": dict(one.split("=") for one in words_of(names, "article_genders")),
        "close": tuple(names.get("close", ())),
        "foreign_signs": frozenset(names.get("foreign_signs", "")),
        "not_given": frozenset(names.get("not_given", "")),
        "trade_signs": frozenset(names.get("trade_signs", "")),
        "joined_honorifics": frozenset(names.get("joined_honorifics", "")),
        "honorifics": word_set(names, "after") - {word for word, _ in gendered(names, "roles")},
        "not_names": frozenset(words_of(names, "not_names") + words_of(names, "offices")),
        **word_lists(names, "body_endings", "plural_endings", "body_complements", "body_owners", "patronymics"),
        **word_lists(names, "alone_endings"),
        **word_sets(names, "alone", "aliases", "adults"),
        **word_sets(names, "connectors", "particles", "suffixes", "surnames", "representatives", "kin", "owned"),
        **word_sets(names, "households", "personal_articles", "former"),
        "with_articles": names.get("with_articles", False),
        **word_sets(names, "offices", "bodies_of", "bodies_again", "proper_bodies"),
        "unnamed": word_set(names, "unnamed") | word_set(names, "adults"),
    }


def _nominatives(names: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Gender, case ending and ending of the nominative, the longest first."""
    pairs = [(gender, *pair.partition("=")[::2]) for pair, gender in gendered(names, "nominatives")]
    return tuple(sorted(pairs, key=lambda one: -len(one[1])))


def _declined(names: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """The gender that an article and the end of a role tell where roles are declined as adjectives."""
    told = (one.partition("=") for one in words_of(names, "declined"))
    pairs = ((form.partition("-"), gender) for form, _, gender in told)
    stems = words_of(names, "declined_roles")
    return {(article, stem + end): gender for (article, _, end), gender in pairs for stem in stems}


def _dates(given: Mapping[str, Any]) -> Dates:
    return Dates(
        order=given.get("order", "dmy"),
        months={form: number for number, forms in enumerate(given.get("months", ()), 1) for form in forms.split()},
        weekdays={form: number for number, forms in enumerate(given.get("weekdays", ())) for form in forms.split()},
        relative=dict(given.get("relative", {})), past=frozenset(words_of(given, "past")),
        coming=frozenset(words_of(given, "coming")), ago=tuple(given.get("ago", ())),
        numbers=dict(given.get("numbers", {})), periods=word_set(given, "periods"),
        year_signs=given.get("year_signs", ""), month_signs=given.get("month_signs", ""),
        day_signs=given.get("day_signs", ""), told=tuple(words_of(given, "told")),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _from_abroad() -> Mapping[str, str]:
    """What every language has of names from abroad."""
    found: dict[str, str] = tomllib.loads(
        (resources.files(__package__) / "names" / "first.toml").read_text(encoding="utf-8")
    )
    return found


@lru_cache(maxsize=1)
def _foreign_names() -> Mapping[str, str]:
    """First names of many countries with their gender, "m", "f" or "" for those that men and women have."""
    given, genders = _from_abroad(), (("masculine", "m"), ("feminine", "f"), ("epicene", ""))
    return {name: gender for key, gender in genders for name in given[key].split()}
