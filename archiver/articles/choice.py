"""Which blocks of the page are the article: one measure for all candidates.

Every candidate text is led back to the blocks of the visible page that it holds, and measured against the run of
prose that the page itself shows: a candidate is the better, the more of that run and the less beside it. Quotation
marks count for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from archiver.articles.blocks import Block, Shown
from archiver.articles.letters import folded
from archiver.records import TextSource

AGREED = 0.8
"""Share of weight in which a candidate and the page's run of prose must agree for no other to be tried."""

RUN = 0.75
"""Share of the page's prose that the section must hold in which the run is looked for."""

LONG = 80
"""Weight of a paragraph; shorter ones count for a quarter, because the texts in lists of stories are short."""

HELD = 0.8
"""Share of the run that a JSON-LD body must hold to say where the article begins and ends."""

LEAD = 50
"""Weight of a sentence that may be a lead."""

TINY = 12
"""Weight of a block below which it may be in any text by chance."""


class ChosenText(NamedTuple):
    """The blocks of the article in order, and which candidate they go back to."""

    blocks: list[Block]
    source: TextSource


def chosen(shown: Shown, *, bodies: Sequence[str], main: str, full: Callable[[], str]) -> ChosenText:
    """The article's blocks. `main` is the quick candidate; `full` is tried only where that one is in doubt."""
    run = _run(shown)
    candidate = _completed(shown, _held(shown, main))
    source = TextSource.RESILIPARSE
    if _agreement(shown, run, candidate) >= AGREED:
        picked = run
    else:
        other = _completed(shown, _held(shown, full()))
        if _agreement(shown, run, other) > _agreement(shown, run, candidate):
            source = TextSource.TRAFILATURA
        best = max(_agreement(shown, run, other), _agreement(shown, run, candidate))
        picked = run if best >= AGREED else _trimmed(shown, _voted(run, candidate, other))
    for body in bodies:
        stated = _completed(shown, _held(shown, body))
        if stated and _weight(shown, stated & picked) >= HELD * _weight(shown, picked):
            picked, source = _bounded(shown, picked, stated), TextSource.JSON_LD
            break
    return ChosenText([shown.blocks[place] for place in _with_lead(shown, picked)], source)


def is_body(block: Block) -> bool:
    """Whether a block may be part of an article's text at all."""
    return not (block.beside or block.caption or (block.is_link and block.quote is None))


def _run(shown: Shown) -> set[int]:
    """The page's own run of prose: from first to last in the smallest section that holds most of it."""
    own: dict[int, int] = {}
    for block in shown.blocks:
        if block.is_prose and is_body(block):
            own[block.section] = own.get(block.section, 0) + (
                block.weight if block.weight >= LONG else block.weight // 4
            )
    if not own:
        return set()
    within: dict[int, int] = {}
    for section, heavy in own.items():
        place = section
        while True:
            within[place] = within.get(place, 0) + heavy
            if place == 0:
                break
            place = shown.sections[place]
    if not any(own.values()):
        return set()
    root = max(own, key=lambda section: own[section])
    while root and within[root] < RUN * within[0]:
        root = shown.sections[root]
    inside = [place for place, block in enumerate(shown.blocks) if is_body(block) and _is_in(shown, block, root)]
    prose = [place for place in inside if shown.blocks[place].is_prose]
    return {place for place in inside if prose[0] <= place <= prose[-1]}


def _is_in(shown: Shown, block: Block, root: int) -> bool:
    section = block.section
    while section > root:
        section = shown.sections[section]
    return section == root


def _held(shown: Shown, text: str) -> set[int]:
    """The blocks whose letters are in a text."""
    letters = folded(text)
    return {
        place
        for place, block in enumerate(shown.blocks)
        if block.weight >= TINY and is_body(block) and block.fold in letters
    }


def _completed(shown: Shown, held: set[int]) -> set[int]:
    """With the blocks between that have the same parent as prose that is held."""
    if not held:
        return held
    sections = {shown.blocks[place].section for place in held if shown.blocks[place].is_prose}
    between = range(min(held), max(held) + 1)
    return held | {
        place for place in between if shown.blocks[place].section in sections and is_body(shown.blocks[place])
    }


def _weight(shown: Shown, places: Iterable[int]) -> int:
    return sum(shown.blocks[place].weight for place in places)


def _agreement(shown: Shown, one: set[int], other: set[int]) -> float:
    return _weight(shown, one & other) / max(_weight(shown, one | other), 1)


def _voted(*readings: set[int]) -> set[int]:
    """What at least two of three readings have; where they have nothing in common, the first that has anything."""
    every = set().union(*readings)
    voted = {place for place in every if sum(place in reading for reading in readings) > 1}
    return voted or next((reading for reading in readings if reading), set())


def _trimmed(shown: Shown, picked: set[int]) -> set[int]:
    """From the first to the last that is prose, where any is."""
    prose = [place for place in picked if shown.blocks[place].is_prose]
    return {place for place in picked if min(prose) <= place <= max(prose)} if prose else picked


def _bounded(shown: Shown, picked: set[int], stated: set[int]) -> set[int]:
    """What is stated, and of the rest what is within it and is no paragraph: lists, headings, quotations."""
    first, last = min(stated), max(stated)
    sections = {shown.blocks[place].section for place in stated}
    near = sections | {shown.sections[section] for section in sections}
    inner = {place for place in picked if first <= place <= last and not _is_plain(shown.blocks[place])}
    return stated | {place for place in inner if _belongs(shown, shown.blocks[place], sections, near)}


def _belongs(shown: Shown, block: Block, sections: set[int], near: set[int]) -> bool:
    """Whether a heading is among the paragraphs that are stated, a list or quotation right beside them."""
    if block.is_heading:
        return block.section in sections
    return block.section in near or shown.sections[block.section] in near


def _is_plain(block: Block) -> bool:
    return block.is_prose and block.quote is None


def _with_lead(shown: Shown, picked: set[int]) -> list[int]:
    """In order, with the lead that is above: sentences between the title and the text, or headings right before."""
    places = sorted(picked)
    if not places:
        return places
    blocks = shown.blocks
    near: list[int] = []
    for place in range(places[0] - 1, -1, -1):
        block = blocks[place]
        if not is_body(block) or block.linked or block.section != blocks[places[0]].section or block.tag == "h1":
            break
        if not (block.weight >= LEAD or (block.is_heading and block.weight >= LEAD // 2)):
            break
        near.append(place)
    first = near[-1] if near else places[0]
    lead: list[int] = []
    for place in range(first - 1, max(first - 12, -1), -1):
        block = blocks[place]
        if block.tag == "h1":
            return [*reversed(lead), *reversed(near), *places]
        if is_body(block) and block.weight >= LEAD and not block.linked and block.tag != "div":
            lead.append(place)
    return [*reversed(near), *places]
