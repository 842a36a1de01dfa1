"""Reported speech without marks: «X said that …», «…, X said», «according to X …», told by the shape of the sentence.

What is found is kept apart from quotations by its kind. The extent is the reported clause, without the word that leads
it in; a sentence whose reported part holds quotation marks is left to the quotations in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from archiver.languages import (
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    NOUN_CUE,
    OTHER_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    ROLE,
    THAT,
    TITLE,
    Pack,
)
from archiver.quotes.model import NOUN_PHRASE, QUOTE, WORD, Chunks, Mention
from archiver.quotes.patterns import SAYING, WORDS
from archiver.quotes.sources import document, has_neutral, is_impersonal, printed_verb
from archiver.quotes.trail import ReportedRule

_ASIDE = r"(?:,[^,$\nQ]{1,14},|\([^()\n]{1,8}\)|p[XO](?:sO)?){0,2}"
_SUBJECT = rf"(?P<subject>[XOikr]){_ASIDE}x{{0,2}}w?x?"
_REST = r"(?:[wef]|p?e|p[XOwe0]{1,2}){0,3}"  # «on Monday», «in an interview»
_CLAUSE = rf"c?w?[ikI]|dp[XO]x|w?[XO](?:s[Og])?(?:c[XO])?(?:p[XOw]{{1,2}}s?){{0,2}}{_ASIDE}[xSTL]"
_TAIL = re.compile(r",(?:[XOik]x{0,2}S|S[dXOik]|a[dXO])[^,Q]{0,8}$|,?cx{0,2}[STL]|,[ST]")

_THAT = re.compile(rf"{_SUBJECT}(?:(?P<verb>[SL])|(?P<tell>T)[XOjk]?){_REST},?t(?P<content>)")
_PLAIN = re.compile(rf"{_SUBJECT}(?:(?P<verb>S){_REST},?|(?P<tell>T)[XOjk])(?P<content>)(?={_CLAUSE})")
_LOOSE = re.compile(  # where subjects come before verbs, anything that follows a verb of saying is what was said
    rf"{_SUBJECT}(?:(?P<verb>S)(?:{_REST},?(?P<content>)(?={_CLAUSE})|(?P<content2>)(?=[xOXikdwyI]))"
    rf"|(?P<tell>T)[XOjk](?P<content3>)(?=[xOXikdwyI]))"
)
_FRONTED = re.compile(rf"(?P<content>),(?P<subject>[XOik]){_ASIDE}x{{0,2}}w?(?P<verb>S){_REST}$")
_INVERTED = re.compile(rf"(?P<content>),x?(?P<verb>S)[do]{{0,2}}(?P<subject>[XOik]){_ASIDE}{_REST}$")
_SOURCE_FIRST = re.compile(
    r"^c?,?(?P<verb>a)[doy]{0,2}(?:Xs)?(?P<subject>[XO])(?:[^,Q]{0,10},(?P<content>)|(?P<content2>)(?=[xSTL]))"
)
_SOURCE_LAST = re.compile(r"(?P<content>),?(?P<verb>a)[doy]{0,2}(?:Xs)?(?P<subject>[XO])[^Q]{0,10}$")
_VERB = re.compile("[xSTLw]")
_SENTENCE = re.compile(r"[^$\n;]+")
_MAX_LENGTH = 200  # chunks of a sentence
_MIN_WORDS = 4  # words of a reported clause
_FAR = 12  # chunks between the reporting verb and the comma before what it reports
_BESIDE = 8  # code points between a noun of saying and whose saying it is
_LEAD = 5  # code points before a source that leads its sentence
_NEAR = 3  # chunks between a preposition and the noun that makes a source of it
_LEADS = re.compile(rf"[^,$\n{QUOTE}]{{0,9}},(?P<that>t?)")  # «sagte am Montag in Berlin, dass»
_AS = re.compile(
    rf"[^,$\n{QUOTE}]{{1,12}}(?:,[^,$\n{QUOTE}]{{1,6}},)?[^,$\n{QUOTE}]{{0,3}}[STL]x?,"
)  # «Wie die Polizei mitteilte, …»
_AS_BEHIND = re.compile(  # «…, wie die Polizei, die den Fall untersucht, mitteilte.»
    rf",[cf]?[^,$\n{QUOTE}]{{1,12}}(?:,[^,$\n{QUOTE}]{{1,8}},)?[^,$\n{QUOTE}]{{0,3}}[STL]$"
)
_MAIN_CLAUSE = re.compile(f"(?:[OXik]|d?o?X)(?:O|[p][XOw])?[{AUXILIARY}{SAYING}{WORD}]")  # «X sagte, der Preis steigt»
_PARTS = ",:;$\n"  # what parts a clause from the next
_BEHIND_COMMA = re.compile(r"[^,:t$\n]*$")
_CAPITALS = re.compile(r"(?:[a-zäöü]\w+ )?[A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)*")
_SOURCE = re.compile("[doy]{0,2}(?P<source>[XOi])")

_AHEAD = (
    (ReportedRule.THAT, _THAT, 0.9),
    (ReportedRule.CLAUSE, _PLAIN, 0.8),
    (ReportedRule.SOURCE_FIRST, _SOURCE_FIRST, 0.9),
)
_BEHIND = (
    (ReportedRule.CLAUSE_FIRST, _FRONTED, 0.85),
    (ReportedRule.CLAUSE_FIRST, _INVERTED, 0.85),
    (ReportedRule.SOURCE_LAST, _SOURCE_LAST, 0.9),
)


class Reported(NamedTuple):
    """A reported clause: its offsets, the chunk of the reporting words, the mention that speaks, rule, and how sure."""

    start: int
    end: int
    verb: int
    place: int
    rule: ReportedRule
    confidence: float


def find_reported(chunks: Chunks) -> Iterator[Reported]:
    """The reported clauses of a text in its order, at most one a sentence."""
    last: Reported | None = None
    before, paragraph = (0, 0), -1
    for sentence in _SENTENCE.finditer(chunks.codes):
        first, end = sentence.span()
        if end - first > _MAX_LENGTH:
            continue
        if chunks.paragraph_of[first] != paragraph:
            last, before, paragraph = None, (first, first), chunks.paragraph_of[first]
        found = _of_sentence(chunks, first, end) or _of_other_orders(chunks, first, end)
        if found is None and last is None:
            found = _told_of(chunks, before, (first, end))
        if found is None and last is not None:
            found = _continued(chunks, first, end, last)
        if found is not None:
            yield found
        last, before = found, (first, end)


def _of_other_orders(chunks: Chunks, first: int, end: int) -> Reported | None:
    """What sentences report whose verb is second or last: by a source, by «wie X mitteilte», by the mood."""
    if not chunks.pack.reported_mood:
        return None
    while end > first + 1 and chunks.codes[end - 1] in "pd" and chunks.pack.verb_second:
        end -= 1  # «…, teilte X mit»
    return (
        _said_behind(chunks, first, end)
        or _by_source(chunks, first, end)
        or _as_said(chunks, first, end)
        or _said(chunks, first, end)
        or _held(chunks, first, end)
    )


def _told_of(chunks: Chunks, before: tuple[int, int], sentence: tuple[int, int]) -> Reported | None:
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
    source = _subject(chunks, first + 2, end)
    return _clause(chunks, before, first + 1, source, ReportedRule.CLAUSE_FIRST, 0.8) if source >= 0 else None


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
    clause = _VERB.search(codes, first, codes.find(",", first, end))
    if clause is None or (len(set(codes[first:comma]) & set("xSTL")) == 0 and codes.count(",", first, end) > 1):
        return None
    source = document(chunks, verb, first, end) if is_impersonal(chunks, verb) else _subject(chunks, comma + 2, end)
    if source < 0 and not (late and _is_passive(chunks, comma + 1, verb)) and not is_impersonal(chunks, verb):
        return None
    return _clause(chunks, (first, comma), verb, source, ReportedRule.CLAUSE_FIRST, 0.85)


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


def _by_source(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«Nach Angaben der Polizei wurden …», «… sind laut X …», «… Berichten zufolge …», «… soll demnach …»."""
    if hearsay := _hearsay(chunks, first, end):
        word = chunks.mentions[hearsay]
        start = word.end if word.start <= chunks.starts[first] else 0
        return _clause(chunks, (first, end), word.chunk, hearsay, ReportedRule.HEARSAY, 0.8, start=start)
    for at in range(first, end):
        if chunks.codes[at] != "a" or (
            0 < chunks.ends[at] - chunks.starts[at] < _NEAR and chunks.codes[at - 1] not in ",-"
        ):
            continue
        source = _source_behind(chunks, at, end)
        source = source if source >= 0 else _source_before(chunks, at, first)
        if source >= 0:
            return _told_by(chunks, (first, end), at, source, chunks.mentions[source].end)
    return _by_noun(chunks, first, end)


def _by_noun(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«nach einem Bericht der Zeitung», «Polizeiangaben zufolge», «ihrer Meinung nach»."""
    pattern = _sources_of(chunks.pack)
    low = chunks.starts[first]
    found = pattern.search(chunks.text, low, chunks.ends[end - 1]) if pattern else None
    if found is None:
        return None
    start, stop = found.span("noun") if found["noun"] else found.span("opinion")
    at = max(first, bisect_right(chunks.starts, found.start(), first, end) - 1)
    if chunks.codes[at] == QUOTE:
        return None
    behind = bisect_left(chunks.starts, stop, first, end)
    owner = _SOURCE.match(chunks.codes, behind + (chunks.codes[behind : behind + 1] == "p"), end)
    near = (
        owner is not None
        and found["noun"]
        and len(chunks.text[stop : chunks.starts[owner.start()]].split()) <= (chunks.codes[behind : behind + 1] == "p")
    )
    source = chunks.mention_at[owner.start("source")] if owner and near else -1
    if source < 0:
        chunk = max(first, bisect_right(chunks.starts, start, first, end) - 1)
        source = chunks.mention_at[chunk] if chunks.mention_at[chunk] >= 0 else _new_mention(chunks, chunk, start, stop)
    return _told_by(chunks, (first, end), at, source, max(stop, chunks.mentions[source].end))


def _told_by(chunks: Chunks, sentence: tuple[int, int], at: int, source: int, behind: int) -> Reported | None:
    """What the source at chunk `at` reports: what follows it where it leads the sentence, else the whole sentence."""
    first, end = sentence
    begun = chunks.ends[first - 1] if first else 0
    if chunks.codes[at - 1] == "," and "," not in chunks.codes[at:end] and at > first + 1:
        return _clause(chunks, (first, at - 1), at, source, ReportedRule.SOURCE_LAST, 0.9)  # «…, so X»
    if chunks.starts[at] - begun > _LEAD or chunks.mentions[source].start < chunks.starts[at]:
        return _clause(chunks, (first, end), at, source, ReportedRule.SOURCE_LAST, 0.8)
    chunk = bisect_right(chunks.starts, behind, first, end) - 1
    if chunks.codes[chunk] == WORD and chunks.ends[chunk] > behind + 1:  # «Nach Polizeiangaben kam …»
        return _clause(chunks, (chunk, end), at, source, ReportedRule.SOURCE_FIRST, 0.8, start=behind)
    comma = next((n for n in range(chunk, min(chunk + 2, end)) if chunks.codes[n] == ","), -1)
    if comma >= 0:  # «Nach Angaben von X, einem Manager, wurde …»
        chunk = next((n for n in range(comma + 1, end) if chunks.codes[n] == ","), comma)
    verb = next((n for n in range(chunk + 1, end) if chunks.codes[n] in "xSTLw"), -1)
    return _clause(chunks, (verb if verb >= 0 else first, end), at, source, ReportedRule.SOURCE_FIRST, 0.8)


@lru_cache(maxsize=64)
def _sources_of(pack: Pack) -> re.Pattern[str] | None:
    """What makes a source of a noun: a preposition before it, or after it where somebody's opinion is meant."""
    if not pack.source_prepositions or not pack.source_nouns:
        return None
    prepositions, nouns = "|".join(sorted(pack.source_prepositions)), "|".join(sorted(pack.source_nouns))
    return re.compile(
        rf"(?i)\b(?:(?:{prepositions})\s+(?:[\w-]+\s+){{0,3}}?(?P<noun>[\w-]*(?:{nouns}))\b"
        rf"|(?P<opinion>\w+\s+(?:{nouns}))\s+(?:{prepositions})\b(?=[\s,.]))"
    )


def _source_behind(chunks: Chunks, at: int, end: int) -> int:
    found = _SOURCE.match(chunks.codes, at + 1, end)
    if found:
        return chunks.mention_at[found.start("source")]
    if chunks.codes[at + 1 : at + 2] == QUOTE:
        return _new_mention(chunks, at + 1, chunks.starts[at + 1], chunks.ends[at + 1])
    if chunks.codes[at + 1 : at + 2] not in tuple("wgdO"):
        return -1
    behind = at + 1 + (chunks.codes[at + 1] == "d")
    words = _CAPITALS.match(chunks.text, chunks.starts[behind], chunks.ends[behind]) if behind < end else None
    return _new_mention(chunks, behind, words.start(), words.end()) if words else -1


def _source_before(chunks: Chunks, at: int, first: int) -> int:
    """The noun before a postposition: «Berichten zufolge»."""
    if at == first:
        return -1
    if chunks.mention_at[at - 1] >= 0:
        return chunks.mention_at[at - 1]
    if chunks.codes[at - 1] not in "wg":
        return -1
    start, end = chunks.starts[at - 1], chunks.ends[at - 1]
    return _new_mention(chunks, at - 1, chunks.text.rfind(" ", start, end) + 1 or start, end)


def _hearsay(chunks: Chunks, first: int, end: int) -> int:
    """The mention that a word like «demnach» is; 0 for none (the first mention is never one)."""
    for match in WORDS.finditer(chunks.text, chunks.ends[first - 1] if first else 0, chunks.ends[end - 1]):
        if match[0].lower() in chunks.pack.hearsay:
            chunk = max(first, bisect_right(chunks.starts, match.start(), first, end) - 1)
            if chunks.codes[chunk] != QUOTE and chunks.mentions:
                return _new_mention(chunks, chunk, match.start(), match.end())
    return 0


def _new_mention(chunks: Chunks, chunk: int, start: int, end: int) -> int:
    """A source that is no mention otherwise."""
    place = (chunks.paragraph_of[chunk], chunks.sentence_of[chunk])
    chunks.mentions.append(Mention(NOUN_PHRASE, start, end, chunk, *place, head=chunks.text[start:end].lower()))
    return len(chunks.mentions) - 1


def _as_said(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«Wie die Polizei mitteilte, wurden …», «…, wie X sagte.»."""
    codes = chunks.codes
    opens = chunks.text[chunks.starts[first] : chunks.ends[first]].lower().split()[:1]
    if opens and opens[0] in chunks.pack.as_said and (found := _AS.match(codes, first + 1, end)):
        verb, source = found.end() - 2, _source_of(chunks, first + 1, found.end() - 1)
        return (
            _clause(chunks, (found.end(), end), verb, source, ReportedRule.SOURCE_FIRST, 0.85) if source >= 0 else None
        )
    behind = _AS_BEHIND.search(codes, first, end)
    if behind:
        word = chunks.text[chunks.ends[behind.start()] : chunks.ends[behind.start()] + 12].split()[:1]
        source = _source_of(chunks, behind.start() + 1 + (codes[behind.start() + 1] in "cf"), end)
        if word and word[0].lower() in chunks.pack.as_said and source >= 0:
            return _clause(chunks, (first, behind.start()), end - 1, source, ReportedRule.SOURCE_LAST, 0.85)
    return None


def _source_of(chunks: Chunks, first: int, end: int) -> int:
    """The subject between two chunks, or a capital at their beginning: «(wie) Reuters (meldet)»."""
    source = _subject(chunks, first, end)
    if source < 0 and chunks.codes[first] == WORD:
        named = _CAPITALS.match(chunks.text, chunks.starts[first], chunks.ends[first])
        return _new_mention(chunks, first, named.start(), named.end()) if named else -1
    return source


def _subject(chunks: Chunks, first: int, end: int) -> int:
    """The first mention between two chunks that may be a subject; -1 for none."""
    for chunk in range(first, end):
        if chunks.mention_at[chunk] >= 0 and _may_be_subject(chunks, first, chunk):
            return chunks.mention_at[chunk]
    return -1


def _may_be_subject(chunks: Chunks, first: int, chunk: int) -> bool:
    """Whether no preposition leads to a mention, its article is no object's, and it belongs to no such mention."""
    codes, lead = chunks.codes, chunk
    while lead > first and codes[lead - 1] in (DETERMINER, POSSESSIVE, ROLE, TITLE):
        lead -= 1
    words = chunks.text[chunks.starts[lead] : chunks.ends[chunk]].lower().split()
    if (lead > first and codes[lead - 1] == PREPOSITION) or (words and words[0] in chunks.pack.oblique):
        return False
    owned = lead > first and codes[lead - 1] == NOUN_PHRASE and codes[lead] in (NOUN_PHRASE, DETERMINER)
    return not owned or _may_be_subject(chunks, first, lead - 1)


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
            return _clause(chunks, (found.end(), end), verb, source, rule, 0.85)
    return None


def _is_infinitive(chunks: Chunks, first: int, end: int) -> bool:
    """«(X kündigte an), die Brücke zu bauen», «…, sie abzureißen»: the clause up to its comma ends in an infinitive."""
    pack, comma = chunks.pack, chunks.codes.find(",", first, end)
    words = chunks.words(first, comma if comma >= 0 else end).lower().split()[-_NEAR:]
    joined = any(pack.infinitive in word[2:-3] and word.endswith("n") for word in words[-1:])
    return bool(pack.infinitive) and (pack.infinitive in words or joined)


def _held(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«X vertritt die Ansicht, dass …»: a noun of saying whose clause is led in by «that», the subject in front."""
    pack, that = chunks.pack, chunks.codes.find("," + THAT, first, end)
    noun = chunks.mention_at[that - 1] if that > first else -1
    if noun < 0 or chunks.mentions[noun].kind != NOUN_PHRASE:
        return None
    head = chunks.mentions[noun].head
    source = _subject(chunks, first, that - 1)
    told = pack.lexicon.get(head) == NOUN_CUE or head in pack.source_nouns
    if not told or source < 0 or chunks.codes[first] == CONJUNCTION:
        return None
    return _clause(chunks, (that + 2, end), that - 1, source, ReportedRule.THAT, 0.8)


def _speaker_of(chunks: Chunks, first: int, verb: int, end: int) -> int:
    """The subject of a verb: before it in its clause, else behind it, else before it in the sentence."""
    codes = chunks.codes
    begins = max(codes.rfind(",", first, verb), *(codes.rfind(code, first, verb - 1) for code in "c")) + 1
    begins = begins if first < begins < verb else first
    finite = next((at for at in range(begins, verb) if codes[at] == AUXILIARY), verb)
    for start, stop in ((begins, finite), (finite + 1, end), (first, finite)):
        if (subject := _subject(chunks, start, stop)) >= 0:
            return subject
    if finite == first + 1 and codes[first] == WORD and (named := _CAPITALS.match(chunks.text, chunks.starts[first])):
        return _new_mention(chunks, first, named.start(), named.end())  # «Rice hatte in Kiew erklärt»
    if 0 < verb - first <= _NEAR + 2 and codes[first] == "d":  # «Der 39-Jährige gab an»
        return _new_mention(chunks, first, chunks.starts[first], chunks.ends[verb - 1])
    return -1


def _continued(chunks: Chunks, first: int, end: int, last: Reported) -> Reported | None:
    """A sentence whose mood alone shows that it continues with what the sentence before reports."""
    words = chunks.text[chunks.starts[first] : chunks.ends[end - 1]].lower().split()
    told = any(word.strip(",.") in chunks.pack.reported_mood for word in words)
    if not told or QUOTE in chunks.codes[first:end] or any(code in "STL" for code in chunks.codes[first:end]):
        return None
    return _clause(chunks, (first, end), last.verb, last.place, ReportedRule.CONTINUED, 0.7)


def _clause(
    chunks: Chunks,
    content: tuple[int, int],
    verb: int,
    place: int,
    rule: ReportedRule,
    sure: float,
    *,
    start: int = 0,
) -> Reported | None:
    """The reported clause of the chunks of `content`, at the earliest from the offset `start` on."""
    offset = start
    start, end = content
    while start < end and chunks.codes[start] in ",:-)":
        start += 1
    while end > start and chunks.codes[end - 1] in ",:-(":
        end -= 1
    if end <= start:
        return None
    low, high = _printed(chunks, start, end)
    low = max(offset, low)
    while chunks.text[low].isspace():
        low += 1
    quoted = sum(chunks.ends[at] - chunks.starts[at] for at in range(start, end) if chunks.codes[at] == QUOTE)
    if quoted * 4 > 3 * (high - low) or len(chunks.text[low:high].split()) < _MIN_WORDS:
        return None
    return Reported(low, high, verb, place, rule, sure)


def _printed(chunks: Chunks, start: int, end: int) -> tuple[int, int]:
    """The offsets of chunks with the small words at either end that are no chunks: «liege fest», «auch die Fähre»."""
    low, high, codes = chunks.starts[start], chunks.ends[end - 1], chunks.codes
    if start and codes[start - 1] in _PARTS:
        low = chunks.ends[start - 1]
    if codes[end : end + 1] in tuple(_PARTS):
        high = chunks.starts[end]
    words = chunks.text[low:high]
    return low + len(words) - len(words.lstrip()), high - len(words) + len(words.rstrip())


def _of_sentence(chunks: Chunks, first: int, last: int) -> Reported | None:
    """The clause that is reported in the sentence of the chunks from `first` to before `last`."""
    codes = chunks.codes[first:last]
    if not any(code in codes for code in "STa"):
        return None
    for rule, pattern, sure in _BEHIND:
        if pattern is _SOURCE_LAST and chunks.pack.source_nouns:
            continue
        match = pattern.search(codes)
        if (
            match
            and match.start("content")
            and (rule == ReportedRule.SOURCE_LAST or _VERB.search(codes, 0, match.start("content")))
        ):
            return _reported(chunks, first, match, (first, first + match.start("content")), rule, sure)
    for rule, pattern, sure in _AHEAD:
        if pattern is _SOURCE_FIRST and chunks.pack.source_nouns:
            continue  # `_by_source` tells where it ends
        loose = pattern is _PLAIN and not (chunks.pack.verb_second or chunks.pack.verb_final)
        match = (_LOOSE if loose else pattern).search(codes)
        if match:
            start = max(match.start(group) for group in match.re.groupindex if group.startswith("content"))
            tail = _TAIL.search(codes, start)
            end = tail.start() if tail else len(codes)
            return _reported(chunks, first, match, (first + start, first + end), rule, sure)
    return None


def _reported(
    chunks: Chunks, first: int, match: re.Match[str], content: tuple[int, int], rule: ReportedRule, sure: float
) -> Reported | None:
    start, end = content
    while start < end and chunks.codes[start] in ",:-)":
        start += 1
    while end > start and chunks.codes[end - 1] in ",:-(":
        end -= 1
    place = chunks.mention_at[first + match.start("subject")]
    neutral = chunks.codes[first + match.start("subject")] == OTHER_PRONOUN
    if chunks.pack.reported_mood and (neutral or not _may_be_subject(chunks, first, first + match.start("subject"))):
        return None  # the other orders find who speaks
    if QUOTE in chunks.codes[start:end] or place < 0 or len(chunks.words(start, end).split()) < _MIN_WORDS:
        return None
    verb = max(match.start(name) for name in ("verb", "tell") if name in match.re.groupindex)
    return Reported(*_printed(chunks, start, end), first + verb, place, rule, sure)
