"""Names that complete another noun or lie in another clause, and so are no subject: «sąsiadka Anny Moos».

What a form of the name or the words beside it tell surely makes it unlikely that it is the speaker's; the rest only
makes it less sure.
"""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    CONJUNCTION,
    DETERMINER,
    FUNCTION,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    ROLE,
    THAT,
    TIME,
)
from archiver.quotes.authors import is_document
from archiver.quotes.cases import (
    first_name_in_nominative,
    is_genitive_of_hers,
    is_plainly_oblique,
    surname_in_nominative,
)
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.patterns import SAYING, sentence_start
from archiver.quotes.portraits import Person

_NOUNS = NOUN_CUE + NOUN_PHRASE + ROLE + WORD
_ROLES = 3  # chunks of a role and its article before a name
_READ = 15  # code points behind the marks among which a verb says that they can be read
_LONG = 4  # letters of a demonstrative, at least: «este», «questi»
_OWNED_ENDS = ("ja", "je", "a", "e")  # of a Hungarian noun that is somebody's
_OTHER_CASE = re.compile("[’'](?!n?[ıiuü]n$)")  # what an apostrophe writes onto a name, but for a genitive
_IN_RELATIVE = re.compile(  # «(In the letter) that (X) received»: what is between a document and a name
    rf"(?:,{PREPOSITION}?[{RELATIVE}{THAT}{DETERMINER}]|{PREPOSITION}?[{RELATIVE}{THAT}])"
    rf"(?P<verb>[{DETERMINER}{ROLE}{WORD}{AUXILIARY}{OBJECT_PRONOUN}{SAYING}]{{0,4}})"
)
_SAYS = re.compile(f"{AUXILIARY}?[{SAYING}]")
_VERB = re.compile(f"{AUXILIARY}?{OBJECT_PRONOUN}?(?P<verb>[{SAYING}{WORD}])")
_TOLD_TWICE = re.compile(f"{AUXILIARY}?[{SAYING}][^{SAYING}{WORD}{QUOTE}]{{0,4}}[{SAYING}{WORD}]")
_ABOUT = re.compile(  # «(Kritikken) af (X) var skarp: (“…”)»
    rf"[{NOUN_CUE}{NOUN_PHRASE}{WORD}](?P<led>{PREPOSITION})[{DETERMINER}{ROLE}]{{0,2}}\Z"
)
_NO_VERB_OF_SAYING = re.compile(f"[^{SAYING}{QUOTE}{NAME}{NOUN_PHRASE}]{{0,8}}:")
_SUBJECT_BESIDE_VERB = re.compile(  # «(Před domem X) křičel dav: (“…”)»
    rf"[^{SAYING}{QUOTE}{NAME}{PREPOSITION},]{{0,3}}(?:{NOUN_PHRASE}{AUXILIARY}?[{SAYING}]|[{SAYING}]{NOUN_PHRASE})"
)
_RECEIVED = re.compile(  # «(X) was received by the mayor with the words: (“…”)»
    rf"{AUXILIARY}{{1,2}}[{WORD}{SAYING}{TIME}]{{1,3}}(?P<by>[{PREPOSITION}{BEFORE}])[{DETERMINER}{POSSESSIVE}{ROLE}]{{0,2}}"
    rf"[{NOUN_PHRASE}{NAME}][^{SAYING}{QUOTE}{NAME}{PERSON_PRONOUN},]{{0,5}}:"
)
_CLAUSE = re.compile(  # «(X) remembers how her mother always said: (“…”)»
    rf"[^{QUOTE}{PERSON_PRONOUN}]*[{SAYING}{WORD}],?[{THAT}{CONJUNCTION}{WORD}{RELATIVE}](?P<who>{NOUN_PHRASE})"
    rf"[{POSSESSIVE}{OBJECT_PRONOUN}]?[{WORD}{TIME}{FUNCTION}{AUXILIARY}]{{0,2}}[{SAYING}{NOUN_CUE}][{WORD}{TIME}]?:"
)
_DESCRIBED = re.compile(  # «(X) blev af et vidne beskrevet som (“rolig”)»
    rf"{AUXILIARY}{{1,2}}(?P<by>[{PREPOSITION}{BEFORE}])[{DETERMINER}{POSSESSIVE}{ROLE}]{{0,2}}[{NOUN_PHRASE}{NAME}{NOUN_CUE}{WORD}]"
    rf"[{SAYING}{WORD}][{CONJUNCTION}{PREPOSITION}{RELATIVE}{WORD}]?{DETERMINER}?"
)
_TURNED_TO = re.compile(  # «A (X) le escribió: (“…”)», «Iza (X) šaputala je žena: (“…”)»
    rf"(?P<sets>,)?[^{SAYING}{QUOTE}{NAME}{NOUN_PHRASE}:]{{0,3}}(?P<verb>[{SAYING}])[^{QUOTE}{NAME}:]{{0,4}}:"
)
_SUBJECT_BEHIND = re.compile(rf"{POSSESSIVE}?{NOUN_PHRASE}(?P<mark>.)[^{QUOTE}\$]{{0,4}}[{SAYING}]")
_OWNED_IN_FRONT = re.compile(f"[{WORD}{NOUN_PHRASE}{NOUN_CUE}][{SAYING}]")  # «(Foran X)s hus råbte (mængden)»


def is_complement(chunks: Chunks, who: Person, mention: Mention, at: int) -> bool:
    """Whether the form of a name, or what is beside it, shows that it is no subject of what is said at chunk `at`."""
    if not mention.name:
        return False
    if chunks.pack.case == "none":
        return (
            _is_led_away_behind(chunks, mention)
            or _is_beside_what_is_read(chunks, mention, at)
            or _has_subject_behind(chunks, mention, at)
        )
    return (
        _is_genitive(chunks, mention)
        or _is_behind_other_gender(chunks, mention)
        or _is_owner_in_front(chunks, mention, at)
        or (chunks.pack.verb_final and _is_led_away_behind(chunks, mention))
        or _is_in_clause_of_document(chunks, mention, at)
        or _is_spoken_about(chunks, mention, at, sure=True)
        or _hears(chunks, mention, at)
        or _quotes_another(chunks, mention, at)
        or _is_turned_to(chunks, who, mention, at)
        or _is_turned(chunks, who, mention)
        or _is_of_another_sentence(chunks, mention, at)
        or _is_before_clause(chunks, mention, at)
    )


def may_be_complement(chunks: Chunks, who: Person, mention: Mention, at: int) -> bool:
    """Whether a name may complete a noun that is the subject, or be in a phrase before it."""
    pack, codes = chunks.pack, chunks.codes
    if not mention.name:
        return False
    if pack.case == "none":
        return _has_subject_inside(chunks, mention, at)
    if _is_spoken_about(chunks, mention, at, sure=False) or _is_in_phrase_before(chunks, mention, at):
        return True
    before, behind = codes[mention.chunk - 1 : mention.chunk], codes[mention.chunk + 1]
    if (pack.verb_second and _is_told_by_somebody(chunks, mention)) or _is_in_bare_relative(chunks, mention):
        return True
    if pack.nominatives and before in tuple(_NOUNS) and not _is_given(chunks, mention):
        first = mention.name[0].lower()
        his = not pack.kin.isdisjoint(chunks.words(mention.chunk - 1, mention.chunk).lower().split())
        man = first_name_in_nominative(first, "m", pack).lower() if his and before == ROLE else ""
        if man and man != first and not _own_form(chunks, who):
            return True  # «Žena Pavla Harta se směje»
        hers = first[-1] in "eiyеиіїы" and any(pack.first_names.get(first[:-1] + end) == "f" for end in "aа")
        led = before == NOUN_CUE and _NO_VERB_OF_SAYING.fullmatch(codes, mention.chunk + 1, max(at, mention.chunk))
        lone = hers and before == ROLE and not _own_form(chunks, who)  # «susjeda Ane Moos»
        return lone or bool(led)  # «Kritika Pavla Harta: „…“»
    if pack.owned and behind == NOUN_PHRASE:  # «Moós Anna szomszédja»
        noun = chunks.words(mention.chunk + 1, mention.chunk + 2).lower()
        plain = (pack.lexicon.get(noun.removesuffix(end)) for end in _OWNED_ENDS if noun.endswith(end))
        return noun in pack.kin or any(code == ROLE for code in plain)
    turned = " ".join(mention.name) != who.name  # «Eeva Lindin mukaan»: of Lind or Lindi
    return _has_genitive_n(chunks, mention) and (behind == WORD or before == BEFORE) and not turned


def _is_told_by_somebody(chunks: Chunks, mention: Mention) -> bool:
    """«erzählte ein Überlebender X»: whoever has an indefinite article has no name right behind it."""
    codes, role = chunks.codes, mention.chunk - 1
    if codes[role - 2 : role + 1] not in tuple(verb + DETERMINER + ROLE for verb in SAYING):
        return False
    return chunks.words(role - 1, role).lower() not in chunks.pack.definite


def _is_in_bare_relative(chunks: Chunks, mention: Mention) -> bool:
    """«The man X married says: “…”»: an unknown word that may be X's verb is before that of the man."""
    codes, at = chunks.codes, mention.chunk
    if codes[max(0, at - 2) : at] != DETERMINER + ROLE or codes[at + 1] != WORD or codes[at + 2] not in SAYING:
        return False
    adverbs, word = tuple(chunks.pack.adverbs), chunks.words(at + 1, at + 2).lower()
    return chunks.words(at - 2, at - 1).lower() in chunks.pack.definite and bool(adverbs) and not word.endswith(adverbs)


def _quotes_another(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«X's book quotes a soldier as saying: “…”»: what is X's gives the words of another."""
    if chunks.codes[mention.chunk + 1] != OWNER or not mention.chunk < at:
        return False
    words = chunks.words(mention.chunk + 2, at).lower().split()
    return not chunks.pack.quoting.isdisjoint(words)


def _own_form(chunks: Chunks, who: Person) -> bool:
    """Whether the article prints a name in full in two forms, so that its nominative is known."""
    names = (chunks.mentions[place].name for place in who.mentions)
    return any(" ".join(name) != who.name for name in names if len(name) > 1)


def _is_given(chunks: Chunks, mention: Mention) -> bool:
    """Whether «according to» leads to a name, or to the role before it."""
    first, between = mention.chunk, ROLE + DETERMINER + NOUN_PHRASE + WORD
    while first > 0 and mention.chunk - first < _ROLES and chunks.codes[first - 1] in between:
        first -= 1
    return chunks.codes[first - 1 : first] == BEFORE


def _is_genitive(chunks: Chunks, mention: Mention) -> bool:
    """«sąsiadka Anny Moos», «medicului Evei Lungu», «Anna Moosin naapuri», «Eeva Lindille», «X'ya»."""
    pack, codes = chunks.pack, chunks.codes
    before, behind = codes[mention.chunk - 1 : mention.chunk], codes[mention.chunk + 1]
    if before == BEFORE and not (_has_genitive_n(chunks, mention) and behind == NOUN_PHRASE):
        return False
    first, last = mention.name[0].lower(), mention.name[-1]
    if pack.genitive_endings:
        hers = first.endswith(("ei", "ăi")) and pack.first_names.get(first[:-2] + "a") == "f"
        his = before == OBJECT_PRONOUN and codes[mention.chunk - 2 : mention.chunk - 1] not in (BEFORE, NOUN_CUE)
        return (hers and before != NOUN_CUE) or (his and len(mention.name) > 1)
    if pack.nominatives and pack.oblique_endings:
        return is_plainly_oblique(last, pack) or (
            _has_genitive_n(chunks, mention) and behind in (NOUN_PHRASE, NOUN_CUE)
        )
    if pack.nominatives and before in tuple(_NOUNS) and not _is_given(chunks, mention):
        return len(mention.name) > 1 and first not in pack.first_names and is_genitive_of_hers(first, pack)
    if pack.verb_final and behind == OWNER:
        return _OTHER_CASE.match(chunks.words(mention.chunk + 1, mention.chunk + 2).lower()) is not None
    return False


def _has_genitive_n(chunks: Chunks, mention: Mention) -> bool:
    """Whether a name in full ends as a Finnish genitive does."""
    low = mention.name[-1].lower()
    finnish = bool(chunks.pack.oblique_endings) and "n" in chunks.pack.endings and bool(chunks.pack.nominatives)
    return finnish and len(mention.name) > 1 and low.endswith("n") and not low.endswith("nen")


def _is_behind_other_gender(chunks: Chunks, mention: Mention) -> bool:
    """«Brat Pavla Harta»: what would be a woman's first name is a man's in the genitive behind «brother»."""
    pack, at = chunks.pack, mention.chunk - 1
    words = chunks.words(at, at + 1).lower().split() if chunks.codes[at : at + 1] == ROLE else []
    if not (words and words[0] in pack.kin and pack.nominatives) or pack.articles or _is_given(chunks, mention):
        return False
    role, first = pack.genders.get(words[0], ""), pack.first_names.get(mention.name[0].lower(), "")
    return role in ("m", "f") and first in ("m", "f") and role != first


def _is_led_away_behind(chunks: Chunks, mention: Mention) -> bool:
    """«X氏への批判», «X 시장에 대한 비판»: a postposition that leads to no speaker."""
    behind = range(mention.chunk + 1, mention.chunk + 2 + (chunks.codes[mention.chunk + 1] in OWNER + PREPOSITION))
    return any(chunks.words(one, one + 1).lower().split()[:1] == [word] for one in behind for word in chunks.pack.away)


def _is_beside_what_is_read(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«X 씨가 받은 편지에는 “…”고 적혀 있었다»: what is written is not said by whoever else is named, but an author."""
    codes = chunks.codes
    if not chunks.pack.verb_final or not mention.chunk < at or mention.sentence != chunks.sentence_of[at]:
        return False
    behind = chunks.text[chunks.ends[at] : chunks.ends[at] + _READ]
    if not any(word in behind for word in chunks.pack.reads):
        return False
    return not (codes[mention.chunk + 1] == OWNER and codes[mention.chunk + 2] == NOUN_CUE)


def _has_subject_inside(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«Xさんは母がいつも「…」と言っていたのを覚えている»: a noun with another particle of subjects before the marks."""
    own = chunks.words(mention.chunk + 1, mention.chunk + 2)
    if own not in chunks.pack.subject or mention.sentence != chunks.sentence_of[at]:
        return False
    for chunk in range(mention.chunk + 2, at - 1):
        place = chunks.mention_at[chunk]
        if place >= 0 and chunks.mentions[place].kind == NOUN_PHRASE and chunks.mentions[place].role_noun:
            mark = chunks.words(chunk + 1, chunk + 2)
            if mark in chunks.pack.subject and mark != own:
                return True
    return False


def _hears(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«X was received by the mayor with the words: “…”»: whom somebody else does something to."""
    codes, chunk = chunks.codes, mention.chunk + 1
    if mention.chunk > at:
        return False
    found = _RECEIVED.fullmatch(codes, chunk, at) or _DESCRIBED.fullmatch(codes, chunk, at)
    return found is not None and chunks.words(*found.span("by")).lower() in chunks.pack.agents


def _is_turned_to(chunks: Chunks, who: Person, mention: Mention, at: int) -> bool:
    """«A Ruth Díez le escribió: “…”», «Iza Rute Dane šaputala je žena: „…”»: led to at the beginning, no subject."""
    codes, pack, led = chunks.codes, chunks.pack, mention.chunk - 1
    led -= codes[led : led + 1] == DETERMINER
    own = led >= 0 and f"{chunks.words(led, led + 1)} {mention.name[0]}" in who.name  # «Dal Pozzo»
    if led < 0 or own or codes[led] != PREPOSITION or led != sentence_start(codes, at) or not mention.chunk < at:
        return False
    found = _TURNED_TO.fullmatch(codes, mention.chunk + 1, at)
    if found is None:
        return False
    verb = chunks.words(*found.span("verb")).lower()
    several = bool(pack.plural_verbs) and verb.endswith(pack.plural_verbs)  # «Desde el ministerio aseguran: …»
    return not several


def _is_turned(chunks: Chunks, who: Person, mention: Mention) -> bool:
    """«Kolegové Růt Daneové říkají»: behind a noun, and in another form than the person's own."""
    before = chunks.codes[max(0, mention.chunk - 2) : mention.chunk]
    if not chunks.pack.nominatives or chunks.pack.articles or before[-1:] not in (ROLE, NOUN_PHRASE):
        return False
    if before[0] not in SAYING + SENTENCE_END + "\n":
        return False  # not «nazvaný starostou Petrem Malým»
    if len(mention.name) == 1 or len(mention.name) != len(who.name.split()) or _is_given(chunks, mention):
        return False
    hers = surname_in_nominative(mention.name[-1], "f", chunks.pack)
    listed = chunks.pack.first_names.get(mention.name[0].lower()) == "f"
    return " ".join(mention.name) != who.name or (bool(hers) and hers != mention.name[-1] and listed)


def _is_of_another_sentence(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«X acusó al alcalde. Este replicó: “…”»: a pronoun for the latter is the subject of the sentence of the marks."""
    codes, start = chunks.codes, sentence_start(chunks.codes, at)
    if mention.chunk >= start or not chunks.pack.dropped or chunks.pack.nominatives:
        return False
    word = chunks.words(start, start + 1)
    lone = codes[start] in DETERMINER + OBJECT_PRONOUN + OTHER_PRONOUN and len(word) >= _LONG
    return lone and _SAYS.match(codes, start + 1) is not None


def _has_subject_behind(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«“…”고 그의 변호사는 말했다»: a noun with the particle of a subject is behind the marks, before the verb."""
    found = _SUBJECT_BEHIND.match(chunks.codes, at + 1)
    if found is None or mention.sentence == chunks.sentence_of[at]:
        return False
    return chunks.words(*found.span("mark")) in chunks.pack.subject


def _is_before_clause(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«X remembers how her mother always said: “…”»: a clause with a subject of its own is between a name and marks."""
    if not sentence_start(chunks.codes, at) <= mention.chunk < at:
        return False
    found = _CLAUSE.fullmatch(chunks.codes, mention.chunk + 1, at)
    return found is not None and chunks.mentions[chunks.mention_at[found.start("who")]].role_noun


def _is_owner_in_front(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«Foran Eva Linds hus råbte mængden: »…«»: the owner of something in a phrase that opens the sentence."""
    codes, first = chunks.codes, mention.chunk - 1
    owner = chunks.pack.verb_second and mention.name[-1][-1:] == "s" and codes[first : first + 1] == PREPOSITION
    led = owner and mention.chunk < at and first == sentence_start(codes, at)
    return led and _OWNED_IN_FRONT.match(codes, mention.chunk + 1) is not None


def _is_in_clause_of_document(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«In the letter that X received it said: “…”»: in a clause on something written, unless X wrote it."""
    codes, chunk = chunks.codes, mention.chunk
    start = sentence_start(codes, at)
    if not start < chunk < at or codes[at - 1] != ":":
        return False
    for written in range(max(start, chunk - 2 * _ROLES), chunk):
        clause = _IN_RELATIVE.fullmatch(codes, written + 1, chunk) if is_document(chunks, written) else None
        if clause is None:
            continue
        if any(code in SAYING for code in clause["verb"]) or _TOLD_TWICE.match(codes, chunk + 1):
            return False  # «the letter that X wrote»
        verb = _VERB.match(codes, chunk + 1)
        return WORD in clause["verb"] or AUXILIARY in clause["verb"] or (verb is not None and verb["verb"] == WORD)
    return False


def _is_spoken_about(chunks: Chunks, mention: Mention, at: int, *, sure: bool) -> bool:
    """«The book about X begins: “…”»; where «of» leads to X, the words may be X's: «Kritikken af X var skarp: »…«»."""
    codes, pack = chunks.codes, chunks.pack
    start = sentence_start(codes, at)
    if not start < mention.chunk < at or mention.paragraph == 0:
        return False
    found = _ABOUT.search(codes, max(start, mention.chunk - _ROLES - 1), mention.chunk)
    if found is None or not _NO_VERB_OF_SAYING.fullmatch(codes, mention.chunk + 1, at):
        return False
    word = chunks.words(found.start("led"), found.start("led") + 1).lower().replace("’", "'")
    of = word in pack.agents | pack.senders | pack.connectors | pack.particles
    return not of if sure else of


def _is_in_phrase_before(chunks: Chunks, mention: Mention, at: int) -> bool:
    """«Před domem Evy Lindové křičel dav: „…“»: in a phrase that opens the sentence, with somebody beside the verb."""
    codes, start = chunks.codes, sentence_start(chunks.codes, at)
    if chunks.pack.articles or codes[start] != PREPOSITION or not start + 1 < mention.chunk < at:
        return False
    inside = codes[start + 1 : mention.chunk].strip(WORD + ROLE + NOUN_PHRASE) == ""
    return inside and _SUBJECT_BESIDE_VERB.match(codes, mention.chunk + 1) is not None
