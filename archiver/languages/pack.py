"""What a pack holds, as values: the classes of words, dates, and the rest of what a language brings."""

from __future__ import annotations

from dataclasses import dataclass, field

# The one-letter classes that a pack gives to its words; sentences are read as strings of them.
SAY, TELL, CALL, NOUN_CUE, BEFORE, AFTER, QUOTATIVE = "STLgaAq"
DETERMINER, POSSESSIVE, PREPOSITION, CONJUNCTION, THAT, RELATIVE, AUXILIARY = "dypctrx"
SUBJECT_MARK, FUNCTION, TIME, OWNER = "mfes"
PERSON_PRONOUN, OBJECT_PRONOUN, OTHER_PRONOUN, FIRST_PRONOUN = "ijkI"
TITLE, TITLE_AFTER, ROLE, BODY = "hHob"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How a language writes days. `months` and `weekdays` map each form to its number, from 1 and from 0 (Monday)."""

    order: str = "dmy"
    months: dict[str, int] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    relative: dict[str, int] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    coming: frozenset[str] = frozenset()
    ago: tuple[str, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)
    periods: frozenset[str] = frozenset()
    year_signs: str = ""
    month_signs: str = ""
    day_signs: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """A language as the steps of finding quotes need it. `keys` says what each part means."""

    code: str
    name: str = ""
    stemmer: str = ""
    case: str = "names"
    spaces: bool = True
    title_case: bool = True
    elisions: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    finite: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    dash: str = ""
    inside: bool = False
    related: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    interviews: tuple[str, ...] = ()
    verb_second: bool = False
    verb_final: bool = False
    articles: bool = True
    works_nouns: frozenset[str] = frozenset()
    askers: frozenset[str] = frozenset()
    questioning: frozenset[str] = frozenset()
    questioning_with: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()
    listeners: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    hypotheticals: frozenset[str] = frozenset()
    disputes: frozenset[str] = frozenset()
    rejections: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    reading: frozenset[str] = frozenset()
    likening: frozenset[str] = frozenset()
    stating: frozenset[str] = frozenset()
    short_of: frozenset[str] = frozenset()
    ascribing: frozenset[str] = frozenset()
    just_said: frozenset[str] = frozenset()
    retractions: frozenset[str] = frozenset()
    uttering: frozenset[str] = frozenset()
    refusals: frozenset[str] = frozenset()
    hearing: frozenset[str] = frozenset()
    promises: frozenset[str] = frozenset()
    conditional: frozenset[str] = frozenset()
    representatives: frozenset[str] = frozenset()
    close: tuple[str, ...] = ()
    owned: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    households: frozenset[str] = frozenset()
    with_articles: bool = False
    personal_articles: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    scare: frozenset[str] = frozenset()
    senders: frozenset[str] = frozenset()
    thoughts: frozenset[str] = frozenset()
    mottoes: frozenset[str] = frozenset()
    making: frozenset[str] = frozenset()
    meaning: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    publishing: tuple[str, ...] = ()
    stands_in: frozenset[str] = frozenset()
    voices: frozenset[str] = frozenset()
    somebody: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    put_to: frozenset[str] = frozenset()
    put_to_behind: frozenset[str] = frozenset()
    dropped: bool = False
    subject_inside: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    reported_mood: frozenset[str] = frozenset()
    lexicon: dict[str, str] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    opening: frozenset[str] = frozenset()
    subject: tuple[str, ...] = ()
    quotative_of_noun: frozenset[str] = frozenset()
    cases: tuple[str, ...] = ()
    definite: frozenset[str] = frozenset()
    first_person: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    passive: frozenset[str] = frozenset()
    passive_past: frozenset[str] = frozenset()
    anybody: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    told_to: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()
    gestures: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    viewpoints: frozenset[str] = frozenset()
    converbs: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    plural_verbs: tuple[str, ...] = ()
    plural_endings: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    adults: frozenset[str] = frozenset()
    alone_endings: tuple[str, ...] = ()
    agent_endings: tuple[str, ...] = ()
    adding: frozenset[str] = frozenset()
    quoting: frozenset[str] = frozenset()
    source_prepositions: frozenset[str] = frozenset()
    source_nouns: frozenset[str] = frozenset()
    as_said: frozenset[str] = frozenset()
    hearsay: frozenset[str] = frozenset()
    infinitive: str = ""
    referring: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    oblique_of_hers: frozenset[str] = frozenset()
    feminine_noun_endings: tuple[str, ...] = ()
    definite_endings: tuple[str, ...] = ()
    genitive_endings: tuple[str, ...] = ()
    oblique_endings: tuple[str, ...] = ()
    determiner_genders: dict[str, str] = field(default_factory=dict)
    impersonal: frozenset[str] = frozenset()
    existential: frozenset[str] = frozenset()
    mood_endings: tuple[str, ...] = ()
    indicative_endings: tuple[str, ...] = ()
    numerals: frozenset[str] = frozenset()
    role_endings: tuple[tuple[str, str], ...] = ()
    past_endings: tuple[tuple[str, str], ...] = ()
    bodies_of: frozenset[str] = frozenset()
    bodies_again: frozenset[str] = frozenset()
    proper_bodies: frozenset[str] = frozenset()
    body_endings: tuple[str, ...] = ()
    body_complements: tuple[str, ...] = ()
    body_owners: tuple[str, ...] = ()
    connectors: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    written_on: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    patronymics: tuple[str, ...] = ()
    honorifics: frozenset[str] = frozenset()
    joined_honorifics: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    first_names: dict[str, str] = field(default_factory=dict)
    name_endings: tuple[tuple[str, str], ...] = ()
    nominatives: tuple[tuple[str, str, str], ...] = ()
    article_genders: dict[str, str] = field(default_factory=dict)
    declined: dict[tuple[str, str], str] = field(default_factory=dict)
    not_given: frozenset[str] = frozenset()
    foreign_signs: frozenset[str] = frozenset()
    trade_signs: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    not_names: frozenset[str] = frozenset()
    dates: Dates = Dates()

    def gender_of_verb(self, low: str) -> str:
        """The gender of its subject, "m" or "f", that the end of a verb in lower case tells; "" where it tells none."""
        return next((gender for end, gender in self.past_endings if gender and low.endswith(end)), "")
