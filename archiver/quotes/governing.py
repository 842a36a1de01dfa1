"""What governs the clause of some words in marks from further off than its own verb.

«denied on Friday that he had called her “…”», «denied the words that a paper ascribed to her: “…”», «promises to say
only: “…”».
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver.languages import CALL, CONJUNCTION, FUNCTION, NOUN_CUE, RELATIVE, SAY, TELL, THAT, TIME, Pack

_VERBS = (SAY, TELL, CALL)
_LED = 8  # words between a denial and the «that» it leads to
_ASIDE = 2  # words between commas behind a denial
_PROMISED = 4  # words between a promise and the verb of saying that is promised
_OBJECT = 9  # words between that and the marks
_CLAIM = 5  # words between a denial and the noun for the words denied


@dataclass(frozen=True, slots=True)
class Before:
    """The reporter's words before the marks: each with its class, and whether a comma or its like is behind it."""

    words: tuple[str, ...]
    classes: tuple[str, ...]
    parted: tuple[bool, ...]
    colon: bool  # a colon leads to the marks


def denial_from_afar(before: Before, pack: Pack) -> int:
    """The place of a denial behind which the words in marks are, in clauses with «that» alone; else -1."""
    for place in range(len(before.words) - 1, -1, -1):
        if before.words[place] not in pack.denials or _is_turned(before, place, pack):
            continue
        opened = _opened(before, place)
        if opened >= 0 and _goes_on(before, opened):
            return place
    return -1


def ascription(before: Before, pack: Pack) -> tuple[int, bool] | None:
    """The place of the word for ascribing words to somebody, and whether they are denied in the same sentence.

    «denied the words that a paper ascribed to her: “…”», «wrongly ascribed to him the words “…”»
    """
    verbs = (word.partition("-")[0] for word in before.words)  # «atribui-lhe a frase “…”»
    ascribed = next((place for place, word in enumerate(verbs) if word in pack.ascribing), -1)
    if ascribed < 0 or any(code in _VERBS for code in before.classes[ascribed + 1 :]):
        return None
    telling = pack.denials | pack.rejections
    for place in range(max(0, ascribed - 2 * _CLAIM), ascribed):
        if before.words[place] in telling and not _is_turned(before, place, pack):
            return place, True
    named = any(code == NOUN_CUE for code in before.classes)
    return (ascribed, False) if named else None


def promise(before: Before, pack: Pack, verbs: frozenset[str]) -> int:
    """The place of a promise, a plan or a refusal (`verbs`) to say the words in marks; else -1.

    «promises to say only: “…”», «refused to say: “…”»
    """
    for place in range(len(before.words) - 2, -1, -1):
        if before.words[place].partition("-")[0] in verbs and _is_led_to(before, place, pack):
            return place
    return -1


def _is_led_to(before: Before, place: int, pack: Pack) -> bool:
    """Whether the first verb of saying behind a promise or refusal is what that is about, with the marks as object."""
    said = next((at for at in range(place + 1, len(before.words)) if before.classes[at] in _VERBS), -1)
    near = _LED if before.classes[place + 1 : place + 2] == (THAT,) else _PROMISED
    if said < 0 or said - place > near + 1 or len(before.words) - said > _OBJECT + 1:
        return False
    verb = before.words[said]
    calls = before.classes[said] == CALL and before.words[place] in pack.promises
    if calls or (before.words[place] in pack.passive and verb.endswith(pack.participles)):
        return False  # «wird zitiert»
    between, behind = before.classes[place + 1 : said], before.classes[said + 1 :]
    if any(code in (CONJUNCTION, RELATIVE) for code in between) or any(code in _VERBS for code in behind):
        return False
    parted = [at for at in range(place, said) if before.parted[at]]
    parted += [at for at in range(said, len(before.words) - 1) if before.parted[at]]
    mood = any(word in pack.reported_mood for word in before.words[said:])
    return all(before.classes[at + 1] == THAT or (mood and at >= said) for at in parted)


def _is_turned(before: Before, place: int, pack: Pack) -> bool:
    """«did not deny»."""
    return any(word in pack.negations for word in before.words[max(0, place - 2) : place])


def _opened(before: Before, denial: int) -> int:
    """The «that» to which a denial leads, «zaprzeczył w piątek, [że]»; -1 where another verb or clause is between."""
    for at in range(_behind_aside(before, denial), min(denial + 2 + _LED, len(before.words))):
        code = before.classes[at]
        if code == THAT:
            return at
        if _only_connects(before, at):
            continue
        if (
            before.parted[at - 1]
            or code in (CONJUNCTION, RELATIVE)
            or (code in _VERBS and not _is_denied(before, denial, at))
        ):
            return -1
    return -1


def _only_connects(before: Before, at: int) -> bool:
    """«zaprzeczył jednak, że», «αρνήθηκε ωστόσο ότι»: right before «that» a conjunction joins nothing."""
    last = at + 1 >= len(before.words)
    return before.classes[at] == CONJUNCTION and not last and (before.parted[at] or before.classes[at + 1] == THAT)


def _is_denied(before: Before, denial: int, verb: int) -> bool:
    """«denies telling», «denies ever telling»: what a denial leads to; not «denied charges, saying»."""
    between = before.classes[denial + 1 : verb]
    return not between or (len(between) == 1 and between[0] in (FUNCTION, TIME))


def _behind_aside(before: Before, denial: int) -> int:
    """The word behind a denial and a word or two between commas: «Non è vero, comunque, che …»."""
    closed = (at for at in range(denial + 1, min(denial + 2 + _ASIDE, len(before.words) - 1)) if before.parted[at])
    that = next(closed, -1) + 1 if before.parted[denial] else 0
    return that if that and before.classes[that] == THAT else denial + 1


def _goes_on(before: Before, opened: int) -> bool:
    """Whether only clauses with «that» are between the «that» of a denial and the marks; before a colon one tells."""
    last = len(before.words) - 1
    for at in range(opened, last):
        joined = before.classes[at] == CONJUNCTION
        if (before.parted[at] or joined) and before.classes[at + 1] != THAT:
            return False
    if before.classes[last] in (CONJUNCTION, RELATIVE):
        return False
    return not before.colon or any(code in _VERBS for code in before.classes[opened + 1 :])
