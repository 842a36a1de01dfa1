"""Figures for checks, statements and names on the gold of our own, with floors; run by `make quality`.

Every claim is put to an index of the sample site, as a user does: SQLite, and Elasticsearch where one is named
(`ONRECORD_TEST_ELASTICSEARCH=http://…`).
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archiver.checks import report
from archiver.checks.check import Claim
from archiver.config import load
from archiver.errors import BadQuery
from archiver.index import Index, open_index
from archiver.speakers.names import Likeness, likeness
from archiver.statements.pairs import is_one_statement
from tests.gold.checks import Check, checks, name_pairs, rows, sealed
from tests.gold.checks.statements import statement_pairs

UNTOUCHED = {"untouched", "retyped", "hand-exact", "hand-normalised"}
UNRELATED = {"hand-not_found", "unrelated"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: what it counts, how many were right of how many, and the floor it must hold."""

    name: str
    right: float
    total: int
    floor: float

    @property
    def value(self) -> float:
        """The share, or the F1 where `right` is one."""
        return self.right / self.total if self.total else 0.0

    @property
    def holds(self) -> bool:
        """Whether the floor is held."""
        return self.value >= self.floor


@contextmanager
def filled(index_name: str) -> Iterator[Index]:
    """An index with the quotes of the sample site."""
    with TemporaryDirectory() as folder:
        index = open_index(load({}, {"archive": folder, "index": index_name, "index_prefix": "onrecord-quality"}))
        with index.rebuild() as fresh:
            fresh.add(rows())
        index.refresh()
        try:
            yield index
        finally:
            index.close()


def check_figures(index: Index) -> list[Figure]:
    """How the claims of the gold are judged."""
    right, total = Counter[str](), Counter[str]()
    given = [(check, list(_groups(check)), "reason") for check in checks()]
    given += [(check, ["sealed: verdict"], "sealed: reason") for check in sealed()]
    for check, groups, of_reasons in given:
        verdict, reasons = _judged(index, check)
        for group in groups:
            total[group] += 1
            right[group] += verdict in check.verdicts
        if check.reason and verdict in check.verdicts:
            total[of_reasons] += 1
            right[of_reasons] += check.reason in reasons
    floors = {
        "altered called altered": 0.98,
        "reason": 0.90,
        "untouched exact or normalised": 0.99,
        "unrelated not found": 0.99,
        "all": 0.98,
        "sealed: verdict": 0.97,
        "sealed: reason": 0.95,
    }
    return [Figure(name=name, right=right[name], total=total[name], floor=floor) for name, floor in floors.items()]


def _judged(index: Index, check: Check) -> tuple[str, list[str]]:
    """The verdict on a claim and its reasons; `refused` where it is too short to be checked."""
    try:
        found = report.check(index, Claim(text=check.text, speaker=check.speaker), text_of=lambda _: None)
    except BadQuery:
        return "refused", []
    return found.verdict.value, [each.value for each in found.reasons]


def _groups(check: Check) -> Iterator[str]:
    yield "all"
    if check.verdicts == {"altered"}:
        yield "altered called altered"
    if check.kind in UNTOUCHED:
        yield "untouched exact or normalised"
    if check.kind in UNRELATED:
        yield "unrelated not found"


def pair_figures() -> list[Figure]:
    """F1 of the rule on pairs of quotes, and of whether two names may be one person's."""
    quotes = [(wanted, is_one_statement(one, other, language)) for wanted, one, other, language in statement_pairs()]
    names = [
        (wanted is not Likeness.OTHER, likeness(one, other) is not Likeness.OTHER)
        for wanted, one, other in name_pairs()
    ]
    return [_f1("pairs of quotes (F1)", quotes, 0.97), _f1("pairs of names (F1)", names, 0.95)]


def _f1(name: str, found: list[tuple[bool, bool]], floor: float) -> Figure:
    hits = sum(wanted and got for wanted, got in found)
    wrong = sum(wanted is not got for wanted, got in found)
    value = 2 * hits / (2 * hits + wrong) if hits else 0.0
    return Figure(name=name, right=value * len(found), total=len(found), floor=floor)


def main() -> int:
    """Prints the figures; 1 where a floor is not held."""
    server = os.environ.get("ONRECORD_TEST_ELASTICSEARCH", "")
    names = ["sqlite", *([server] if Path(server).name and server.startswith("http") else [])]
    held = True
    for name in names:
        with filled(name) as index:
            figures = [*check_figures(index), *pair_figures()]
        print(f"checks, statements and names over {name}")
        for figure in figures:
            held = held and figure.holds
            mark = "" if figure.holds else "  BELOW"
            print(f"  {figure.name:32} {figure.value:6.3f} of {figure.total:4} (floor {figure.floor:.2f}){mark}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
