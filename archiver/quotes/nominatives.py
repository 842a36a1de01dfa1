"""The name of a person as its own subject, where the article prints it in other cases only."""

from __future__ import annotations

from archiver.languages import AFTER, BEFORE, DETERMINER, Pack
from archiver.quotes.cases import (
    VOWELS,
    bare,
    ends_as_no_name,
    first_name_in_nominative,
    is_declined,
    is_plainly_oblique,
    surname_in_nominative,
)
from archiver.quotes.model import NOUN_PHRASE, QUOTE, Chunks, Mention
from archiver.quotes.patterns import SAYING

_SAME = 3  # letters that the forms of a surname share, at least
_NO_CASE_OF_HERS = ("a", "а")  # letters in which no case of a woman's first name ends but the nominative
_OBLIQUE = "uęąěуюы"  # letters in which hardly any Slavic first name ends
_SHORTENED = {"á": "a", "é": "e"}  # vowels that are long before an ending
_LED = 5  # chunks from «according to» to the name


def in_nominative(chunks: Chunks, endings: tuple[str, ...], fullest: Mention, named: list[Mention], gender: str) -> str:
    """A name as its own subject, where its case is plain and its form is known or shown by the text; else nothing.

    A first name in a case is not among those that the pack knows, or is one of the other gender; a surname of which
    the pack does not know the ending is taken from where the text has it as a subject.
    """
    pack, first, last = chunks.pack, fullest.name[0], fullest.name[-1]
    if alike := _in_same_case(chunks, endings, first, last, named):
        return " ".join((alike[0], *fullest.name[1:-1], alike[1]))
    known = not ends_as_no_name(first, pack) and first_name_in_nominative(first, gender, pack) in ("", first)
    if known and any(len(m.name) == 1 and m.name[0] == last and _is_subject(chunks, m) for m in named):
        return ""  # «Ota Brdička … tvrdí Brdička»
    if given := _given_last(first, last, pack):
        return " ".join((*fullest.name[:-1], given))
    if pair := _beside_shown(chunks, first, last, named, gender) or _before_hers(chunks, first, last, named, gender):
        return " ".join((pair[0], *fullest.name[1:-1], pair[1]))
    return _by_endings(chunks, fullest, named, gender)


def _by_endings(chunks: Chunks, fullest: Mention, named: list[Mention], gender: str) -> str:
    """A name as its own subject by what governs it and by the endings of both words; else nothing."""
    pack, first, last = chunks.pack, fullest.name[0], fullest.name[-1]
    alone, named = _given_alone(chunks, first, named)
    listed = "?" if alone else pack.first_names.get(first.lower(), "?")
    his = listed == "m" and not is_declined(last, pack)  # «Według PAP Jan Kos powiedział»: no form that is governed
    governed = _is_governed(chunks, fullest) and not his
    other = bool(pack.nominatives and gender) and listed in "mf" and listed != gender
    others = (m.name[-1] for m in named if _is_subject(chunks, m) and not _is_governed(chunks, m))
    shown = next((other for other in others if other != last), "")
    both = shown[:_SAME] == last[:_SAME] and bool(first_name_in_nominative(first, gender, pack))
    cased = bool(alone) or both or fullest.oblique or ends_as_no_name(first, pack)
    cased = cased or _is_cased(pack, first, last, gender)
    plain_case = is_plainly_oblique(last, pack)
    if plain_case and listed != "?" and (turned := surname_in_nominative(last, gender or "m", pack)):
        return " ".join((*fullest.name[:-1], turned))  # «Jan Koskelta»
    if not (governed or other) and (listed != "?" or not cased):
        return ""
    sexes = (gender or "f", "m" if gender != "m" else "f") if governed else (gender,)
    for sex in sorted(sexes, key=lambda one: not surname_in_nominative(last, one, pack)):
        changed = surname_in_nominative(last, sex, pack)
        if other and not governed and not changed:
            continue  # «Inżynier Paula Strzelec»: her name is no case of his
        given = alone or (first if listed == sex else first_name_in_nominative(first, sex, pack))
        if gender == sex == "m" and (governed or other):
            given = given or surname_in_nominative(first, sex, pack)
        hers = governed and sex == "f" and (last[-1] in "ьй" or last[-1] not in VOWELS)  # «По мнению Марты Коваль»
        plain = "" if (is_declined(last, pack) and not hers) or (governed and sex == "m") else last
        surname = shown or changed or plain
        if given and surname:
            return " ".join((given, *fullest.name[1:-1], surname))
    return ""


def _shown(chunks: Chunks, last: str, named: list[Mention]) -> str:
    """The surname as the text has it as a subject, where that is plainly another form of it: «Petrem Kosem … Kos»."""
    low = last.lower()
    for one in named:
        surname = one.name[-1]
        alike = surname[:_SAME].lower() == low[:_SAME] and abs(len(surname) - len(last)) <= _SAME
        own = last in (surname_in_nominative(surname, sex, chunks.pack) for sex in "mf")
        if own or not alike or surname == last:
            continue  # «Olga Bílková … slova Bílkové kritizovala opozice»
        if _is_subject(chunks, one) and not _is_governed(chunks, one):
            return surname
    return ""


def _given_last(first: str, last: str, pack: Pack) -> str:
    """A first name behind the surname without its ending: «Kovács Pétert», «Dobó Annával»; else nothing."""
    if pack.nominatives or not pack.oblique_endings or not pack.endings:
        return ""
    known, low = pack.first_names, last.lower()
    if low in known or first.lower() in known:
        return ""
    stem = bare(low, pack.endings)
    forms = (stem, stem[:-1] + _SHORTENED.get(stem[-1], stem[-1]))
    return next((form.capitalize() for form in forms if form != low and form in known), "")


def _beside_shown(chunks: Chunks, first: str, last: str, named: list[Mention], gender: str) -> tuple[str, str] | None:
    """Both words, where the text shows the surname as a subject: «s Petrem Kosem … řekl Kos»."""
    shown = _shown(chunks, last, [m for m in named if m.name[-1].lower() != first.lower()])
    sexes = {sex for sex, ending, _ in chunks.pack.nominatives if last.lower().endswith(ending)}
    his = shown != "" and (shown[-1].lower() not in VOWELS or first[-1] in _NO_CASE_OF_HERS or sexes == {"m"})
    given = _given_beside(first, last, shown, "m" if his else gender, chunks.pack) if shown else ""
    return (given, shown) if given else None


def _before_hers(chunks: Chunks, first: str, last: str, named: list[Mention], gender: str) -> tuple[str, str] | None:
    """«Evu Novak … rekla je Novak»: a first name in a case before a surname that has none."""
    pack = chunks.pack
    if not (pack.nominatives and gender and first[-1] in _OBLIQUE) or first.lower() in pack.first_names:
        return None
    given = first_name_in_nominative(first, gender, pack)
    shown = any(m.name[-1] == last and _is_subject(chunks, m) for m in named)
    return (given, last) if given and shown else None


def _given_beside(first: str, last: str, shown: str, sex: str, pack: Pack) -> str:
    """The first name beside a surname whose subject form the text shows; nothing where it cannot be told.

    Where endings are written one onto the other (Finnish, Hungarian), the last word alone has one. Elsewhere both
    words have a case, so a first name that looks like a nominative is a form of another: «Jana Lisa» is Jan Lis.
    """
    listed = pack.first_names.get(first.lower(), "?")
    if pack.oblique_endings and not pack.past_endings:
        return first if listed != "?" else ""
    if not pack.nominatives or not (is_declined(last, pack) or last + "ς" == shown):
        return ""
    made = first_name_in_nominative(first, sex, pack, other=True)
    return made or (first if listed == sex else "")


def _given_alone(chunks: Chunks, first: str, named: list[Mention]) -> tuple[str, list[Mention]]:
    """The first name alone as a subject, where it has another form («Ivanu Kosu … Ivan said»), and the other names."""
    pack = chunks.pack
    forms = {first_name_in_nominative(first, gender, pack).lower() for gender in ("m", "f")}
    stem = bare(first.lower(), pack.endings)
    given = [
        m for m in named
        if len(m.name) == 1 and (m.name[0].lower() in forms or bare(m.name[0].lower(), pack.endings) == stem)
    ]  # fmt: skip
    shown = (m.name[0] for m in given if _is_subject(chunks, m) and not _is_governed(chunks, m))
    return next((one for one in shown if one != first), ""), [m for m in named if m not in given]


def _in_same_case(
    chunks: Chunks, endings: tuple[str, ...], first: str, last: str, named: list[Mention]
) -> tuple[str, str] | None:
    """«Idrisem Amonem», where the text has «Amon» as a subject: both without the ending that they share."""
    pack = chunks.pack
    if first.lower() in pack.first_names:
        return None
    subjects = (
        m.name[-1] for m in named if len(m.name) == 1 and _is_subject(chunks, m) and not _is_governed(chunks, m)
    )
    for shown in subjects:
        ending = last[len(shown) :] if last.startswith(shown) else ""
        if ending in endings and first.endswith(ending) and len(first) > len(ending) + 2:
            known = first_name_in_nominative(first, "m" if shown[-1].lower() not in VOWELS else "", pack)
            return known or first[: len(first) - len(ending)], shown
    return None


def _is_cased(pack: Pack, first: str, last: str, gender: str) -> bool:
    """Whether both words of a name have a case ending of one gender: «Irenie Slabej»."""
    given = first_name_in_nominative(first, gender, pack)
    return bool(given and surname_in_nominative(last, gender, pack))


def _is_governed(chunks: Chunks, mention: Mention) -> bool:
    """Whether words for «according to», which take a case, lead to a name or follow it: «zdaniem Witolda Gajdy»."""
    codes, first = chunks.codes, mention.chunk - 1
    if codes[mention.chunk + 1] == AFTER and chunks.pack.nominatives:
        return True  # «Outi Vesalan mukaan»
    while first > 0 and codes[first] in "owWbOp" and mention.chunk - first < _LED:
        first -= 1
    if codes[first : first + 1] != BEFORE or not chunks.pack.nominatives:
        return False
    words = chunks.words(first, first + 1).lower().split()
    return not any(chunks.pack.lexicon.get(word) in tuple(SAYING) for word in words)  # «jak mówi X»


def _is_subject(chunks: Chunks, mention: Mention) -> bool:
    """Whether a verb of saying is right after a name, or right before it and behind a quotation."""
    codes, at = chunks.codes, mention.chunk
    role = chunks.words(at - 1, at).lower().split()[-1:] if codes[at - 1 : at] in ("o", NOUN_PHRASE) else []
    if len(mention.name) == 1 and role and role[0] in chunks.pack.representatives:
        return False  # «Адвокат Лукина говорит»
    if codes.startswith(":" + QUOTE, at + 1):
        return True  # «Hrobník Benda: „…“»
    before = at - 1 - (chunks.pack.with_articles and codes[at - 1 : at] == DETERMINER)  # «…», είπε ο Παπάς
    return codes[at + 1] in SAYING + "x" or (before > 0 and codes[before] in SAYING and codes[before - 1] in ",Q-!")
