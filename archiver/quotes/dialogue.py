"""Speech after dialogue dashes, and where the reporter takes over in it."""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BODY,
    CALL,
    CONJUNCTION,
    DETERMINER,
    PERSON_PRONOUN,
    ROLE,
    SAY,
    TELL,
    THAT,
    TITLE,
    Pack,
)
from archiver.quotes.grammar import CAPITALS
from archiver.quotes.model import Marked
from archiver.quotes.taking_over import takes_over

_DASH_BREAK = re.compile(r"(?<=[\s.,!?…])[–—―-](?=[.,]?\s?[\w¿¡])|(?<=\w)[–—―](?=[.,])")
_INNER_DASH = re.compile(r'[:.!?…”"»][ \u00a0][–—](?=[ \u00a0]?[„«“"]?([^\W\d_]))')
_ENDED = re.compile(r"[.](?=\s|$)")
_FIRST_WORDS = re.compile(r"\W*(\w+)(?:\W+(\w+))?")
_SIGN = re.compile(r"[,.!?…]\s+(?=\w)")
_COMMA_WORD = re.compile(r"[,?!…;\u037e]\s+(\w+)")  # in Greek a semicolon asks
_COMMA_NAME_WORD = re.compile(  # «…, Talvio sanoo maanantaina.», «…, johtaja Liisa Salo naurahtaa.»
    r"[,?!…]\s+(?P<who>(?:[^\W\d_][\w’'-]*\s+){1,3})(?P<verb>\w+)(?=(?:\s\w+){0,3}[.,]?\s*$|[.,])"
)
_COMMA_VERB_NAME = re.compile(  # «…, napao je vijećnik Leo Serić.»: a full name ends the clause
    rf",\s+(?P<verb>[^\W\d_]{{4,}})\s(?P<between>(?:\w+\s){{0,2}}?)(?:[{CAPITALS}][\w’'-]+[ ]?){{2,3}}(?=[.,]|\s*$)"
)
_BEFORE_NAME = (AUXILIARY, BODY, DETERMINER, ROLE, TITLE)  # classes of words between such a verb and the name
_LED_ON = 3  # blanks in what is between two dashes of one speech, at least
_RUN = re.compile(r"[\w’'-]+")
_NEXT_WORD = re.compile(r"[ \u00a0](\w+)")
_COMMA_UNKNOWN = re.compile(r"[,?!…]\s+([^\W\d_A-ZÀ-Þ][^\W\d_]{2,})\s+(\w+)(?=[^.?!,\n]{0,40}[.,]?\s*$|[.,])")
_NAME_BEHIND = re.compile(r" [A-ZÀ-Þ]\w+")
_SENTENCE_ENDS = ".!?…։।؟۔;:"  # of any script
_ANY_DASH = re.compile(r"(?<=[\s,.!?…])[–—―-]{1,2}(?=\s)|(?<=\w)[–—―](?=[\s,.])")
_REPORTED_BY = re.compile(r"[,?!…]\s+[^\W\d_A-Z]\w*\s+(?:[A-ZÀ-ÞĀ-ŽΆ-ΩА-Я][\w.’'-]*\s?){1,3}(?=[.,]|$)")


def dialogue(text: str, start: int, end: int, pack: Pack) -> list[Marked]:
    """A paragraph that a dash opens: speech, and after the next dash or a comma the reporter's words in between."""
    if not pack.code:
        return _without_pack(text, start, end)
    found: list[Marked] = []
    whole = text[max(0, start - 2) : start].rstrip(" \u00a0")[-1:] in ("", "\n") and (
        pack.verb_second or _has_subject_first(pack)
    )
    at, speech = start + 1, True
    opened = (text[start], start, at)
    for match in [*_DASH_BREAK.finditer(text, at, end), None]:
        stop = match.start() if match else end
        if speech:
            reported = match is not None and reports(text, match.end(), pack)
            reported = reported and not (match and _is_within_speech(text, match.end(), end, pack))
            close = _comma_before_cue(text, opened[2], stop, pack)
            if match is not None and not reported:
                told = close < stop and any(char.isalpha() for char in text[close:stop])
                if told and text[stop - 2 : stop].rstrip()[-1:] in tuple(",.!?…"):  # «– Ja, sier hun. – Nei.»
                    _speech(found, text, opened, close)
                    opened = (text[stop], stop, stop + 1)
                continue
            _speech(found, text, opened, close)
            if close < stop:
                reported = True
                while (back := _speaks_again(text, close + 1, stop, pack, whole)) >= 0:
                    close = _comma_before_cue(text, back, stop, pack)
                    _speech(found, text, (opened[0], back, back), close)
            speech = not reported
        elif match is not None:
            start = stop + 1 + (text[stop + 1 : stop + 2] in (".", ","))
            speech, opened = True, (text[stop], stop, start)
    return found


def _without_pack(text: str, start: int, end: int) -> list[Marked]:
    """Speech after a dash in an unknown language: a sentence, less «, verb Name» and what is between dashes."""
    if text[start] == "-" and not text[start + 1 : start + 2].isspace():
        return []
    if text[end - 1] not in _SENTENCE_ENDS and not _REPORTED_BY.search(text, start, end):
        return []  # an item of a list
    found: list[Marked] = []
    open_at = start + 1
    for part in _ANY_DASH.finditer(text, start + 1, end):
        _speech(found, text, (text[start], open_at - 1 if not found else open_at, open_at), part.start())
        again = _ANY_DASH.search(text, part.end(), end)
        if again is None:
            return found
        open_at = again.end()
        return [*found, *_piece(text, text[start], open_at, end)]
    for aside in _REPORTED_BY.finditer(text, start + 1, end):
        _speech(
            found, text, (text[start], open_at - (not found), open_at), aside.start() + (text[aside.start()] != ",")
        )
        open_at = aside.end()
    while open_at < end and text[open_at] in ",. ":
        open_at += 1
    return [*found, *_piece(text, text[start], open_at, end)]


def _piece(text: str, dash: str, start: int, end: int) -> list[Marked]:
    found: list[Marked] = []
    while start < end and text[start] in ",. ":
        start += 1
    _speech(found, text, (dash, start, start), end)
    return found


def _speaks_again(text: str, start: int, end: int, pack: Pack, whole: bool) -> int:
    """Where speech continues after a reporter: «…, sa X, men jeg reiser.», «…, säger X. Men vi ger inte upp.».

    Behind a comma a conjunction leads on; after a full stop the words speak of their own speaker, or, where a dash
    opens a paragraph that is all speech, not of the one just named. Else it is narrative up to the next dash, and -1.
    """
    for sign in _SIGN.finditer(text, start, end):
        words = re.findall(r"[\w’'-]+", text[sign.end() : end].lower())
        if not words:
            return -1
        if sign[0][0] == ",":
            reported = len(words) > 1 and pack.lexicon.get(words[1]) in (SAY, TELL, CALL)  # «…, sier hun, og kaller …»
            if pack.lexicon.get(words[0]) in (CONJUNCTION, THAT) and not reported:
                return sign.end()
        else:
            first = pack.lexicon.get(words[0])
            speaks = any(word in pack.first_person for word in words) and first != PERSON_PRONOUN
            return (
                sign.end()
                if speaks or first == CONJUNCTION or (whole and _is_of_others(text, start, sign, end, pack))
                else -1
            )
    return -1


def _is_of_others(text: str, start: int, sign: re.Match[str], end: int, pack: Pack) -> bool:
    """Whether the sentence behind a reporter's speaks of nobody named there: «…, sier hun. Så hørte jeg musikken.»."""
    stop = _ENDED.search(text, sign.end(), end)
    words = _RUN.findall(text[sign.end() : stop.start() if stop else end])
    named = {word for word in _RUN.findall(text[start : sign.start()]) if word[0].isupper()}
    return not any(word in named or pack.lexicon.get(word.lower()) == PERSON_PRONOUN for word in words)


def _speech(found: list[Marked], text: str, opened: tuple[str, int, int], end: int) -> None:
    """Adds a piece of speech after a dash."""
    dash, outer_start, start = opened
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and any(map(str.isalnum, text[start:end])):
        found.append(Marked(start, end, outer_start, end, "dash", dash))


def inner_dash(text: str, start: int, end: int, pack: Pack, marked: list[tuple[int, int]]) -> int:
    """The dash that opens speech inside a paragraph, after a colon or a full stop, as «Ministern: – Nej»; else 0."""
    for match in _INNER_DASH.finditer(text, start, end):
        dash = match.end() - 1
        if match[1].islower() or any(low < dash < high for low, high in marked):
            continue
        stop = next(_DASH_BREAK.finditer(text, dash + 1, end), None)
        if match[0][0] == ":" or (stop and reports(text, stop.end(), pack)):
            return dash
        sentence = _ENDED.search(text, dash + 1, end)
        last = sentence.start() if sentence else end
        if pack.verb_second and _comma_before_cue(text, dash + 1, last, pack) < last - 1:
            return dash  # «… prisen. – Jeg måtte lese brevet, ler hun.»
    return 0


def reports(text: str, at: int, pack: Pack) -> bool:
    """Whether the reporter's words begin here: a verb of saying is near, or an unknown word."""
    found = _FIRST_WORDS.match(text, at)
    if found is None:
        return False
    classes = [pack.lexicon.get(word.lower()) for word in found.groups() if word]
    unknown = classes[0] is None and found[1][0].islower()
    return unknown or any(code in (SAY, TELL, CALL) for code in classes)


def _is_within_speech(text: str, at: int, end: int, pack: Pack) -> bool:
    """«– Muszę pogratulować – wygrać tu to coś — powiedział X»: a dash whose words lead on to the reporter's."""
    first = _FIRST_WORDS.match(text, at)
    if first is None or pack.lexicon.get(first[1].lower()) in (SAY, TELL, CALL):
        return False
    later = next(_DASH_BREAK.finditer(text, at, end), None)
    inner = text[at : later.start()].strip() if later else ""
    if not inner or inner[-1] in ",.!?…" or inner.count(" ") < _LED_ON or inner != inner.lower():
        return False
    verb = _FIRST_WORDS.match(text, later.end()) if later else None
    return verb is not None and pack.lexicon.get(verb[1].lower()) in (SAY, TELL)


def _comma_before_cue(text: str, start: int, end: int, pack: Pack) -> int:
    """Where the reporter takes over after a comma: «…, sier hun», «…, — сказал он»."""
    for match in _COMMA_WORD.finditer(text, start, end):
        if _takes_over(text, match, end, pack):
            return match.start() + (text[match.start()] != ",")
    for match in _COMMA_UNKNOWN.finditer(text, start, end) if pack.verb_second else ():
        subject = match[2].lower()
        named = match[2][0].isupper() or pack.lexicon.get(subject) == PERSON_PRONOUN
        named = named or _NAME_BEHIND.match(text, match.end(2)) is not None  # «…, påminde ordföranden X.»
        if named and pack.lexicon.get(match[1]) is None:  # «…, fräser hon.»: a verb by its place
            return match.start() + (text[match.start()] != ",")
    if _has_subject_first(pack):
        for match in _COMMA_NAME_WORD.finditer(text, start, end):
            if pack.lexicon.get(match["verb"]) in (SAY, TELL, CALL) and _is_somebody(match["who"].split(), pack):
                return match.start() + (text[match.start()] != ",")
    elif not pack.verb_second:
        for match in _COMMA_VERB_NAME.finditer(text, start, end):
            if _is_unknown_verb(match["verb"], match["between"].split(), pack):
                return match.start()
    return start + len(text[start:end].rstrip().removesuffix(","))


def _takes_over(text: str, match: re.Match[str], end: int, pack: Pack) -> bool:
    """Whether the reporter goes on behind a sign: «…, sier hun», «…, hän sanoo», «…? ville anklageren vide»."""
    word = match[1]
    if not word[0].islower():
        return False
    code = pack.lexicon.get(word, "")
    if code in (SAY, TELL) or text[match.start()] in "?!;\u037e":  # the speech would begin with a capital
        return True
    if not (pack.verb_second or _has_subject_first(pack)) and takes_over(text, match.start(1), end, pack):
        return True
    behind = _NEXT_WORD.match(text, match.end(), end) if code == PERSON_PRONOUN else None
    return behind is not None and _has_subject_first(pack) and pack.lexicon.get(behind[1], "") in (SAY, TELL)


def _is_somebody(words: list[str], pack: Pack) -> bool:
    """Whether words are a name with what is in front of it, a role, or one noun that no list has."""
    alone = len(words) == 1 and pack.lexicon.get(words[0]) is None
    return alone or all(word[0].isupper() or pack.lexicon.get(word) in _BEFORE_NAME for word in words)


def _is_unknown_verb(verb: str, between: list[str], pack: Pack) -> bool:
    """Whether a word that no list has can be the verb before a name, with these words in between."""
    if verb[0].isupper() or verb in pack.lexicon or verb.endswith(pack.adverbs or ("\n",)):
        return False
    return all(pack.lexicon.get(word) in _BEFORE_NAME for word in between)


def _has_subject_first(pack: Pack) -> bool:
    """Whether the reporter's subject is before the verb behind speech: «…, Talvio sanoo»."""
    return not (pack.dropped or pack.verb_second or pack.articles)


def shortened(text: str, start: int, end: int, pack: Pack) -> int:
    """Where a stretch ends whose closing mark is missing: before the reporter's words, if they are in it."""
    for match in _COMMA_WORD.finditer(text, start, end):
        if pack.lexicon.get(match[1], "") in (SAY, TELL) and match[1][0].islower():
            return match.start() + 1
        behind = _NEXT_WORD.match(text, match.end(), end)
        subject = match[1][0].isupper() or pack.lexicon.get(match[1], "") == PERSON_PRONOUN
        if behind and subject and pack.lexicon.get(behind[1], "") in (SAY, TELL):
            return match.start() + 1
    return end
