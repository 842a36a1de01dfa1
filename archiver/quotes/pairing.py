"""Which marks of a paragraph open, which close, which are apostrophes or inches: the cheapest consistent reading.

Every mark may open, close what is open, or be no quotation mark. Each reading has a cost: what is around the mark
(an opening one has a blank before and a word after), whether the pair is one that the Unicode Standard names
(chapter 6.2, “Language-Based Usage of Quotation Marks”), whether something stays open. The paragraph's readings are
compared as wholes, so that one missing mark spoils one stretch and not all that follow. Time is linear: of the
readings up to a mark only the `_KEPT` cheapest continue.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

MARK = re.compile("[“”„‟«»‹›「」『』〝〞〟＂״\"]|''|``|[‘’‚‛']")
SINGLE = "‘’‚‛'"
_CLOSERS = {
    "“": "”", "„": "“”„\"", "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹", "「": "」",
    "『": "』", "〝": "〞〟", "＂": "＂", "״": "״",
    '"': '"', "''": ("''", '"'), "``": ("''", '"'), "”": "”", "‘": "’", "‚": "‘’", "‛": "’", "'": "'", "’": "’",
}  # fmt: skip
_MIXED = {"“": '"‟“', "”": '"', '"': "”“", "״": '"', "„": "‟»", "«": '“”"', "‘": "'", "'": "’"}
_KEPT, _WINDOW = 8, 7.0  # readings that continue, and how much dearer than the cheapest they may be
_MAX_MARKS, _MAX_READ = 12_000, 4_000  # marks of one paragraph that are looked at, and that are read in several ways
_DEPTH = 4  # marks open at once
_BEFORE_OPENING = " \t\u00a0\u202f\u2009([{—–-/:¿¡'\"“„«‘‚’\n"

_NO_PARTNER = 4.0  # an opening mark that nothing closes
_NO_PARTNER_AGAIN = 1.0  # the same where the next paragraph opens its marks again
_RESTART = 3.6  # an opening mark that the next opening one replaces
_UNOPENED, _STILL_OPEN = 3.0, 0.4  # a closing mark alone, and where the paragraph before is open
_IGNORED, _SINGLE_ALONE = 4.5, 6.0
_MIX, _NEST, _NEVER = 1.0, 2.5, 9.0


class Opened(NamedTuple):
    """An opening mark: the glyph, its offsets."""

    glyph: str
    at: int
    after: int


class Stretch(NamedTuple):
    """An outermost stretch: what opens it (None: nothing), the offsets of what closes it, and how it ends."""

    opened: Opened | None
    close: int
    outer_end: int
    rule: str
    inner: bool


class _Done:
    """Finished stretches, the newest first."""

    __slots__ = ("before", "stretch")

    def __init__(self, stretch: Stretch, before: _Done | None) -> None:
        self.stretch, self.before = stretch, before


class _Reading(NamedTuple):
    """The marks up to a place read in one way: cost, open marks, finished stretches, whether marks are inside."""

    cost: float
    stack: tuple[Opened, ...]
    done: _Done | None
    inner: bool


class Paragraph(NamedTuple):
    """The offsets of a paragraph, and what its marks depend on beside its words."""

    text: str
    start: int
    end: int
    still_open: bool  # the paragraph before is open
    goes_on: bool  # the next paragraph opens with a mark
    suffixes: bool  # words hang endings on a closing mark («"evet"dedi»)


def pair_up(paragraph: Paragraph) -> list[Stretch]:
    """The outermost stretches of a paragraph, in order."""
    text, start, end = paragraph.text, paragraph.start, paragraph.end
    found = list(islice(MARK.finditer(text, start, end), _MAX_MARKS))
    if found and '="' in text[start:end]:
        found = _outside_attributes(paragraph, found)
    if not found:
        return []
    plain = _plainly_paired(paragraph, found)
    if plain is not None:
        return plain
    glyphs = {match[0] for match in found}
    readings = [_Reading(0.0, (), None, inner=False)]
    for match in found[:_MAX_READ]:
        mark = Opened(match[0], match.start(), match.end())
        readings = _cheapest([one for reading in readings for one in _read(paragraph, mark, reading, glyphs)])
    best = min((_ended(paragraph, reading) for reading in readings), key=lambda reading: reading.cost)
    out: list[Stretch] = []
    done = best.done
    while done is not None:
        out.append(done.stretch)
        done = done.before
    return out[::-1]


_ATTRIBUTE = re.compile('="[^"\n]{0,300}"')


def _outside_attributes(paragraph: Paragraph, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that belong to no attribute of a tag: <post date="…">."""
    tags = (place for tag in _ATTRIBUTE.finditer(*paragraph[:3]) for place in (tag.start() + 1, tag.end() - 1))
    left_out = set(tags)
    return [mark for mark in found if mark.start() not in left_out]


_PLAIN = {"“": "”", "«": "»", "「": "」", "『": "』", '"': '"'}
_OPEN_SINGLE = re.compile(r"(?<![\w'’‘])['‘‚](?=\w)")


def _plainly_paired(paragraph: Paragraph, found: list[re.Match[str]]) -> list[Stretch] | None:
    """The stretches where every mark is as it should be, each closed by its own; None where one is not."""
    text, start, end = paragraph.text, paragraph.start, paragraph.end
    out: list[Stretch] = []
    opened: Opened | None = None
    inner = singles = False
    for match in found:
        glyph, at, after = match[0], match.start(), match.end()
        if glyph in SINGLE:
            if opened is None and not singles and _OPEN_SINGLE.search(text, start, end):
                return None
            inner, singles = inner or glyph == "‘", True
            continue
        if opened is None:
            behind = text[after] if after < end else " "
            if glyph not in _PLAIN or behind == "\n" or (glyph != "«" and behind.isspace()):
                return None
            if (
                at > start
                and text[at - 1] not in " \u00a0\u202f([{—–-/:"
                and (glyph not in "「『“" or text[at - 1].isascii())
            ):
                return None
            opened = Opened(glyph, at, after)
        else:
            before, behind = text[at - 1], text[after] if after < end else " "
            if glyph != _PLAIN[opened.glyph] or (before in " ([{" and glyph != "»") or at == opened.after:
                return None
            if (behind.isalnum() and (behind.isascii() or glyph not in "”」』")) or (glyph == '"' and before.isdigit()):
                return None
            out.append(Stretch(opened, at, after, "pair", inner))
            opened, inner = None, False
    return out if opened is None else None


def _cheapest(readings: list[_Reading]) -> list[_Reading]:
    """The readings that continue, one for each set of open marks."""
    best: dict[tuple[Opened, ...], _Reading] = {}
    for reading in readings:
        known = best.get(reading.stack)
        if known is None or reading.cost < known.cost:
            best[reading.stack] = reading
    ranked = sorted(best.values(), key=lambda reading: reading.cost)[:_KEPT]
    return [reading for reading in ranked if reading.cost <= ranked[0].cost + _WINDOW]


def _read(paragraph: Paragraph, mark: Opened, reading: _Reading, glyphs: set[str]) -> list[_Reading]:
    """What the next mark may be, after one reading of those before."""
    cost, stack, done, inner = reading
    out = [reading._replace(cost=cost + _cost_of_none(paragraph, mark, stack))]
    opening = _cost_of_opening(paragraph, mark, glyphs)
    if opening < _NEVER:
        if len(stack) < _DEPTH:
            nested = _NEST if any(one.glyph == mark.glyph for one in stack) else 0.3 if stack else 0.0
            out.append(_Reading(cost + opening + nested, (*stack, mark), done, inner))
        if stack and stack[0].glyph not in SINGLE:
            replaced = _Done(Stretch(stack[0], mark.at, mark.at, "unclosed", inner), done)
            out.append(_Reading(cost + opening + _RESTART, (mark,), replaced, inner=False))
    for depth in range(len(stack) - 1, max(-1, len(stack) - 3), -1):
        pair = _cost_of_pair(stack[depth], mark)
        if pair is None:
            continue
        dropped = sum(0.8 if one.glyph in SINGLE else _NO_PARTNER for one in stack[depth + 1 :])
        closing = cost + pair + _cost_of_closing(paragraph, mark) + dropped
        if depth:
            out.append(_Reading(closing, stack[:depth], done, inner=True))
        else:
            out.append(
                _Reading(closing, (), _Done(Stretch(stack[0], mark.at, mark.after, "pair", inner), done), inner=False)
            )
    if not stack and done is None and mark.glyph in "”»\"''“":
        alone = (_STILL_OPEN if paragraph.still_open else _UNOPENED) + _cost_of_closing(paragraph, mark)
        out.append(
            _Reading(cost + alone, (), _Done(Stretch(None, mark.at, mark.after, "unopened", inner), None), inner=False)
        )
    return out


def _ended(paragraph: Paragraph, reading: _Reading) -> _Reading:
    """The reading at the end of the paragraph: what is open stays so."""
    cost, stack, done, inner = reading
    if not stack:
        return reading
    outer = stack[0]
    if outer.glyph in SINGLE:
        return _Reading(cost + _SINGLE_ALONE, (), done, inner=False)
    cost += (_NO_PARTNER_AGAIN if paragraph.goes_on else _NO_PARTNER) + 1.0 * (len(stack) - 1)
    return _Reading(cost, (), _Done(Stretch(outer, paragraph.end, paragraph.end, "unclosed", inner), done), inner=False)


def _around(paragraph: Paragraph, mark: Opened) -> tuple[str, str]:
    """The characters before and after a mark, blanks at the paragraph's ends."""
    before = paragraph.text[mark.at - 1] if mark.at > paragraph.start else "\n"
    after = paragraph.text[mark.after] if mark.after < paragraph.end else "\n"
    return before, after


def _cost_of_none(paragraph: Paragraph, mark: Opened, stack: tuple[Opened, ...]) -> float:
    """What it costs that the mark is an apostrophe, feet, inches, or nothing at all."""
    before, after = _around(paragraph, mark)
    joined = before.isalnum() and after.isalnum()
    if mark.glyph in SINGLE:
        if joined:
            return 0.0 if mark.glyph not in "‚" else _IGNORED
        if before.isdigit():
            return 0.3
        if before.isalnum():  # «the students' union», «o' clock»
            return 0.6 if before in "sxzSXZ" else 1.1
        if after.isalnum():  # «’70s», «’s avonds», «'em»
            return 0.3 if mark.glyph == "’" else 0.9
        return 1.2
    if mark.glyph in ('"', "''", "״") and before.isdigit():
        return 0.3
    if mark.glyph in ('"', "״") and joined:  # צה"ל
        return 0.8
    return _IGNORED if stack or mark.glyph not in "”»" else _UNOPENED + 0.5


def _cost_of_opening(paragraph: Paragraph, mark: Opened, glyphs: set[str]) -> float:
    """What it costs that the mark opens."""
    before, after = _around(paragraph, mark)
    glyph = mark.glyph
    cost = 0.0
    if glyph in "」』›〞〟" or after == "\n":
        return _NEVER
    if before.isalnum():
        cost += 2.0 if before.isascii() or (before.isalpha() and before.upper() != before.lower()) else 0.2
        if before.isdigit():
            cost += 2.0
    elif before in ".,!?…;":
        cost += 1.6
    elif before not in _BEFORE_OPENING:
        cost += 0.3
    if after.isspace():
        cost += 0.2 if glyph in "«“„" else 1.2 if glyph == "»" else 2.0
    if glyph == "”":
        cost += 1.6 if glyphs & {"“", "„"} else 0.2
    elif glyph == "“":
        cost += 0.8 if "„" in glyphs else 0.0
    elif glyph == "»":
        cost += 0.4
    elif glyph == "’":
        cost += 4.0 if after.isdigit() else 2.0
    elif glyph == "'":
        cost += 2.0 if after.isdigit() else 0.6
    return cost


def _cost_of_closing(paragraph: Paragraph, mark: Opened) -> float:
    """What it costs that the mark closes."""
    before, after = _around(paragraph, mark)
    cost = 0.0
    if before.isspace():
        cost += 0.2 if mark.glyph in "»›" else 1.2 if mark.glyph in "”“" else 1.6
    elif before in "([{":
        cost += 2.0
    elif before.isdigit() and mark.glyph in "\"''":
        cost += 1.0
    if after.isalnum():
        uncased = after.upper() == after.lower() and after.isalpha()
        cost += 0.0 if uncased or paragraph.suffixes else 1.8
    return cost


def _cost_of_pair(opened: Opened, mark: Opened) -> float | None:
    """What it costs that these two are a pair; None where they cannot be."""
    if mark.at == opened.after and mark.glyph in "\"''":
        return None
    if mark.glyph in _CLOSERS[opened.glyph]:
        return 0.4 if opened.glyph == "„" and mark.glyph in '"„' else 0.0
    return _MIX if mark.glyph in _MIXED.get(opened.glyph, "") else None
