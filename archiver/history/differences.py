"""Two captures of a page compared: the article by word, the quotes one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import LCSseq

from archiver.checks.alignment import Operation
from archiver.checks.comparison import Piece, compare
from archiver.checks.words import letters, said_wording
from archiver.history.observations import QuotesOf, TextOf
from archiver.records import Entry, Quote, SnapshotEntry


class Comparability(StrEnum):
    """Whether two captures could be compared, and whether they differ."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedQuote:
    """A quote that two captures have in two wordings. `diff` leads from the earlier to the later."""

    before: Quote
    after: Quote
    diff: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDifference:
    """What differs between two captures of a page. `text` runs over the whole article, equal stretches included."""

    before: SnapshotEntry
    after: SnapshotEntry
    state: Comparability
    text: tuple[Piece, ...] = ()
    added: tuple[Quote, ...] = ()
    changed: tuple[ChangedQuote, ...] = ()
    absent: tuple[Quote, ...] = ()


def text_difference(before: str, after: str) -> tuple[Piece, ...]:
    """The words of one text turned into those of another, stretch by stretch; `said` is before, `claimed` after."""
    first, second = said_wording(before), said_wording(after)
    places: dict[str, int] = {}
    one = [places.setdefault(word.folded, len(places)) for word in first.words]
    two = [places.setdefault(word.folded, len(places)) for word in second.words]
    starts = ([word.start for word in first.words], [word.start for word in second.words])
    return tuple(
        Piece(
            op=Operation(code.tag),
            said=_stretch(before, starts[0], code.src_start, code.src_end),
            claimed=_stretch(after, starts[1], code.dest_start, code.dest_end),
        )
        for code in _merged(one, two)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    tag: str
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


def _merged(one: list[int], two: list[int]) -> Iterator[_Code]:
    """The steps from one list to the other, words taken out and put in at one place as one step."""
    waiting: _Code | None = None
    for code in LCSseq.opcodes(one, two):
        now = _Code(
            tag=code.tag,
            src_start=code.src_start,
            src_end=code.src_end,
            dest_start=code.dest_start,
            dest_end=code.dest_end,
        )
        if waiting is not None and now.tag != "equal":
            now = _Code(
                tag="replace",
                src_start=waiting.src_start,
                src_end=now.src_end,
                dest_start=waiting.dest_start,
                dest_end=now.dest_end,
            )
            waiting = now
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if now.tag == "equal":
            yield now
        else:
            waiting = now
    if waiting is not None:
        yield waiting


def _stretch(text: str, starts: Sequence[int], first: int, last: int) -> str:
    """The words from `first` to before `last` with the marks and spaces after them, as the text has them."""
    if first == last:
        return ""
    begin = 0 if first == 0 else starts[first]
    return text[begin : starts[last] if last < len(starts) else len(text)]


def quote_differences(
    before: Sequence[Entry], after: Sequence[Entry]
) -> tuple[tuple[Quote, ...], tuple[ChangedQuote, ...], tuple[Quote, ...]]:
    """The quotes that only the later capture has, those in two wordings, and those that only the earlier has."""
    gone = [entry for entry in before if entry.quote.counts]
    come = [entry for entry in after if entry.quote.counts]
    for entry in tuple(gone):
        twin = next((other for other in come if letters(other.quote.text) == letters(entry.quote.text)), None)
        if twin is not None:
            gone.remove(entry)
            come.remove(twin)
    changed = list[ChangedQuote]()
    for entry in tuple(gone):
        found = _reworded(entry, come)
        if found is not None:
            gone.remove(entry)
            come.remove(found[0])
            changed.append(ChangedQuote(before=entry.quote, after=found[0].quote, diff=found[1]))
    return tuple(each.quote for each in come), tuple(changed), tuple(each.quote for each in gone)


def _reworded(entry: Entry, others: Sequence[Entry]) -> tuple[Entry, tuple[Piece, ...]] | None:
    compared = ((other, compare(other.quote.text, entry.quote, entry.language)) for other in others)
    near = [(other, comparison) for other, comparison in compared if comparison is not None]
    if not near:
        return None
    other, comparison = max(near, key=lambda each: each[1].similarity)
    return other, comparison.diff


def page_difference(
    before: SnapshotEntry, after: SnapshotEntry, *, quotes_of: QuotesOf, text_of: TextOf
) -> PageDifference:
    """Compares two captures; those of one text are `unchanged` without being read."""
    if before.text_digest is not None and before.text_digest == after.text_digest:
        return PageDifference(before=before, after=after, state=Comparability.UNCHANGED)
    first, second = text_of(before.snapshot.id), text_of(after.snapshot.id)
    if first is None or second is None:
        return PageDifference(before=before, after=after, state=Comparability.UNREADABLE)
    added, changed, absent = quote_differences(
        tuple(quotes_of(before.snapshot.id)), tuple(quotes_of(after.snapshot.id))
    )
    return PageDifference(
        before=before,
        after=after,
        state=Comparability.CHANGED,
        text=text_difference(first, second),
        added=added,
        changed=changed,
        absent=absent,
    )
