"""Reported speech where the verb is second or last and has a mood for it, as in German.

«…, sagte X am Abend», «wie X mitteilte, …», «X sagte, die Brücke sei …», «X kündigte an, … zu bauen»,
«Das teilte X mit.»
"""

from __future__ import annotations

import re

from archiver.languages import AUXILIARY, CONJUNCTION, DETERMINER, NOUN_CUE, OTHER_PRONOUN, RELATIVE, THAT
from archiver.quotes.according import by_source
from archiver.quotes.model import NOUN_PHRASE, QUOTE, WORD, Chunks
from archiver.quotes.patterns import SAYING
from archiver.quotes.reported import CAPITALS, VERB, Reported, clause_of, new_mention, subject_of
from archiver.quotes.sources import document, has_neutral, is_impersonal, printed_verb
from archiver.quotes.trail import ReportedRule

_LAST = 3  # words at the end of a clause among which is what leads to its infinitive
_IN_FRONT = 5  # chunks before a verb of a subject that is no mention
_LEADS = re.compile(rf"[^,$\n{QUOTE}]{{0,9}},(?P<that>t?)")  # «sagte am Montag in Berlin, dass»
_AS = re.compile(
    rf"[^,$\n{QUOTE}]{{1,12}}(?:,[^,$\n{QUOTE}]{{1,6}},)?[^,$\n{QUOTE}]{{0,3}}[STL]x?,"
)  # «Wie die Polizei mitteilte, …»
_AS_BEHIND = re.compile(  # «…, wie die Polizei, die den Fall untersucht, mitteilte.»
    rf",[cf]?[^,$\n{QUOTE}]{{1,12}}(?:,[^,$\n{QUOTE}]{{1,8}},)?[^,$\n{QUOTE}]{{0,3}}[STL]$"
)
_MAIN_CLAUSE = re.compile(f"(?:[OXik]|d?o?X)(?:O|[p][XOw])?[{AUXILIARY}{SAYING}{WORD}]")  # «X sagte, der Preis steigt»
_BEHIND_COMMA = re.compile(r"[^,:t$\n]*$")


def of_other_orders(chunks: Chunks, first: int, end: int) -> Reported | None:
    """What sentences report whose verb is second or last: by a source, by «wie X mitteilte», by the mood."""
    if not chunks.pack.reported_mood:
        return None
    while end > first + 1 and chunks.codes[end - 1] in "pd" and chunks.pack.verb_second:
        end -= 1  # «…, teilte X mit»
    return (
        _said_behind(chunks, first, end)
        or by_source(chunks, first, end)
        or _as_said(chunks, first, end)
        or _said(chunks, first, end)
        or _held(chunks, first, end)
    )


def told_of(chunks: Chunks, before: tuple[int, int], sentence: tuple[int, int]) -> Reported | None:
    """«Die Brücke wird gesperrt. Das teilte die Stadt mit.»: the sentence before is what was said."""
    first, end = sentence
    codes, pack = chunks.codes, chunks.pack
    words = chunks.words(first, end).lower().split()
    told = codes[first] in DETERMINER + OTHER_PRONOUN and codes[first + 1 : first + 2] in tuple(SAYING)
    if (
        not told
        or words[0] not in pack.referring
        or QUOTE in codes[before[0] : end]
        or THAT in codes[first:end]
        or pack.negations.intersection(words)
    ):
        return None
    source = subject_of(chunks, first + 2, end)
    return clause_of(chunks, before, first + 1, source, ReportedRule.CLAUSE_FIRST, 0.8) if source >= 0 else None


def continued(chunks: Chunks, first: int, end: int, last: Reported) -> Reported | None:
    """A sentence whose mood alone shows that it continues with what the sentence before reports."""
    words = chunks.text[chunks.starts[first] : chunks.ends[end - 1]].lower().split()
    told = any(word.strip(",.") in chunks.pack.reported_mood for word in words)
    if not told or QUOTE in chunks.codes[first:end] or any(code in "STL" for code in chunks.codes[first:end]):
        return None
    return clause_of(chunks, (first, end), last.verb, last.place, ReportedRule.CONTINUED, 0.7)


def _said_behind(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«…, sagte X am Abend dem Sender», «…, hatte X in Rom gesagt», «…, wird vermutet»."""
    codes = chunks.codes
    comma = codes.rfind(",", first, end)
    if comma <= first or codes[first] == CONJUNCTION or not _BEHIND_COMMA.match(codes, comma + 1, end):
        return None
    opens = codes[comma + 1 : comma + 2]
    late = opens == AUXILIARY and codes[end - 1] in SAYING
    if not late and opens not in ("S", "T"):
        return None
    verb = end - 1 if late else comma + 1
    if _says_nothing(chunks, verb):
        return None
    clause = VERB.search(codes, first, codes.find(",", first, end))
    if clause is None or (len(set(codes[first:comma]) & set("xSTL")) == 0 and codes.count(",", first, end) > 1):
        return None
    source = document(chunks, verb, first, end) if is_impersonal(chunks, verb) else subject_of(chunks, comma + 2, end)
    if source < 0 and not (late and _is_passive(chunks, comma + 1, verb)) and not is_impersonal(chunks, verb):
        return None
    return clause_of(chunks, (first, comma), verb, source, ReportedRule.CLAUSE_FIRST, 0.85)


def _is_passive(chunks: Chunks, first: int, verb: int) -> bool:
    """«Ihm wird vorgeworfen, …»: the clause from chunk `first` on does not say who does so."""
    pack = chunks.pack
    helped = any(
        chunks.codes[at] == AUXILIARY and chunks.words(at, at + 1).lower() in pack.passive
        for at in range(first, min(verb + 3, len(chunks.codes)))
        if at != verb and "," not in chunks.codes[min(at, verb) : max(at, verb)]
    )
    return helped and printed_verb(chunks, verb).endswith(pack.participles)


def _says_nothing(chunks: Chunks, verb: int) -> bool:
    """«Es gibt noch Karten.»."""
    return printed_verb(chunks, verb) in chunks.pack.existential and has_neutral(chunks, verb)


def _as_said(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«Wie die Polizei mitteilte, wurden …», «…, wie X sagte.»."""
    codes = chunks.codes
    opens = chunks.text[chunks.starts[first] : chunks.ends[first]].lower().split()[:1]
    if opens and opens[0] in chunks.pack.as_said and (found := _AS.match(codes, first + 1, end)):
        verb, source = found.end() - 2, _source_of(chunks, first + 1, found.end() - 1)
        return (
            clause_of(chunks, (found.end(), end), verb, source, ReportedRule.SOURCE_FIRST, 0.85)
            if source >= 0
            else None
        )
    behind = _AS_BEHIND.search(codes, first, end)
    if behind:
        word = chunks.text[chunks.ends[behind.start()] : chunks.ends[behind.start()] + 12].split()[:1]
        source = _source_of(chunks, behind.start() + 1 + (codes[behind.start() + 1] in "cf"), end)
        if word and word[0].lower() in chunks.pack.as_said and source >= 0:
            return clause_of(chunks, (first, behind.start()), end - 1, source, ReportedRule.SOURCE_LAST, 0.85)
    return None


def _source_of(chunks: Chunks, first: int, end: int) -> int:
    """The subject between two chunks, or a capital at their beginning: «(wie) Reuters (meldet)»."""
    source = subject_of(chunks, first, end)
    if source < 0 and chunks.codes[first] == WORD:
        named = CAPITALS.match(chunks.text, chunks.starts[first], chunks.ends[first])
        return new_mention(chunks, first, named.start(), named.end()) if named else -1
    return source


def _said(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«X sagte am Montag in Berlin, die Brücke sei …», «X kündigte an, … zu bauen», «X teilte mit, dass …»."""
    codes = chunks.codes
    for verb in range(first, end):
        if codes[verb] not in "STL" or _says_nothing(chunks, verb):
            continue
        found = _LEADS.match(codes, verb + 1, end)
        following = codes[found.end() : found.end() + 1] if found else ""
        if found is None or not following or (following == QUOTE and not found["that"]):
            continue
        words = chunks.text[chunks.starts[found.end()] : chunks.ends[end - 1]].lower().split()
        marked = found["that"] or any(word.strip(",.") in chunks.pack.reported_mood for word in words)
        plain = codes[verb] == "S" and _MAIN_CLAUSE.match(codes, found.end(), end) is not None
        passive = _is_passive(chunks, first, verb)
        planned = (passive or codes[verb] != "L") and _is_infinitive(chunks, found.end(), end)
        if passive or is_impersonal(chunks, verb):
            source, nobody = document(chunks, verb, first, found.end()) if not passive else -1, True
        else:
            source, nobody = _speaker_of(chunks, first, verb, found.end()), False
        if following == RELATIVE and (found["that"] or not marked):
            continue  # «sagte X, welcher …»; not «sagte, wer komme, sei …»
        if (source >= 0 or nobody) and (marked or planned or plain):
            rule = ReportedRule.THAT if found["that"] else ReportedRule.CLAUSE
            return clause_of(chunks, (found.end(), end), verb, source, rule, 0.85)
    return None


def _is_infinitive(chunks: Chunks, first: int, end: int) -> bool:
    """«(X kündigte an), die Brücke zu bauen», «…, sie abzureißen»: the clause up to its comma ends in an infinitive."""
    pack, comma = chunks.pack, chunks.codes.find(",", first, end)
    words = chunks.words(first, comma if comma >= 0 else end).lower().split()[-_LAST:]
    joined = any(pack.infinitive in word[2:-3] and word.endswith("n") for word in words[-1:])
    return bool(pack.infinitive) and (pack.infinitive in words or joined)


def _held(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«X vertritt die Ansicht, dass …»: a noun of saying whose clause is led in by «that», the subject in front."""
    pack, that = chunks.pack, chunks.codes.find("," + THAT, first, end)
    noun = chunks.mention_at[that - 1] if that > first else -1
    if noun < 0 or chunks.mentions[noun].kind != NOUN_PHRASE:
        return None
    head = chunks.mentions[noun].head
    source = subject_of(chunks, first, that - 1)
    told = pack.lexicon.get(head) == NOUN_CUE or head in pack.source_nouns
    if not told or source < 0 or chunks.codes[first] == CONJUNCTION:
        return None
    return clause_of(chunks, (that + 2, end), that - 1, source, ReportedRule.THAT, 0.8)


def _speaker_of(chunks: Chunks, first: int, verb: int, end: int) -> int:
    """The subject of a verb: before it in its clause, else behind it, else before it in the sentence."""
    codes = chunks.codes
    begins = max(codes.rfind(",", first, verb), *(codes.rfind(code, first, verb - 1) for code in "c")) + 1
    begins = begins if first < begins < verb else first
    finite = next((at for at in range(begins, verb) if codes[at] == AUXILIARY), verb)
    for start, stop in ((begins, finite), (finite + 1, end), (first, finite)):
        if (subject := subject_of(chunks, start, stop)) >= 0:
            return subject
    if finite == first + 1 and codes[first] == WORD and (named := CAPITALS.match(chunks.text, chunks.starts[first])):
        return new_mention(chunks, first, named.start(), named.end())  # «Rice hatte in Kiew erklärt»
    if 0 < verb - first <= _IN_FRONT and codes[first] == "d":  # «Der 39-Jährige gab an»
        return new_mention(chunks, first, chunks.starts[first], chunks.ends[verb - 1])
    return -1
