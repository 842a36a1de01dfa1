"""How right the quotes are on what nobody here wrote, by its own scorers: German news, treebanks, small cases."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from archiver.quotes import find_quotes
from archiver.records import Polarity
from tests.gold import article_of

ROOT = Path(__file__).parents[1]
_GERMAN = re.compile(r"(Direct|Indirect) .*found +([\d.]+) +joint +([\d.]+) .*precision +([\d.]+)")
_MACRO = re.compile(
    r"^ *\d+ +((?:[\d.-]+ +)+)[ \d.]*? ([\d.]+) +(macro, languages with a pack|macro, without)", re.MULTILINE
)
_COLUMNS = ("found", "all", "right", "core", "name", "noun", "pronoun", "dropped")
_OF_A_KIND = re.compile(r" cases +\d+/\d+ ")  # a line of the scorer for each kind of case
_CASES = re.compile(
    r"ALL +cases +(\d+)/(\d+) +quotes right +(\d+)/(\d+) .*day (\d+)/(\d+) .*negatives left (\d+)/(\d+)"
)


def command(temporary: Path) -> Path:
    """A program that answers `quotes --text` in one process."""
    path = temporary / "onrecord"
    path.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m tests.plain_quotes "$@"\n', encoding="utf-8"
    )
    path.chmod(0o700)
    return path


def german(folder: Path, temporary: Path) -> dict[str, float]:
    """Direct and reported speech in German news articles."""
    gold = folder / "data/german-news/dev.jsonl.gz"
    told = _run(folder / "bin/score_german.py", str(command(temporary)), str(gold))
    shares = {}
    for kind, *figures in _GERMAN.findall(told):
        for name, figure in zip(("found", "joint", "precision"), figures, strict=True):
            shares[f"{kind.lower()} {name}"] = float(figure) / 100
    return shares


def treebanks(folder: Path) -> dict[str, float]:
    """Quotes and speakers in treebanks of 37 languages, macro over the languages."""
    told = _run(folder / "bin/score_ud.py", "--python", str(ROOT), str(folder / "data/ud-quotes"))
    shares = {}
    for figures, alone, where in _MACRO.findall(told):
        known = where == "macro, languages with a pack"
        for name, figure in zip(_COLUMNS, figures.split(), strict=False):
            if known or name == "found":
                shares[name if known else f"{name} without a pack"] = float(figure) / 100
        shares["left alone" if known else "left alone without a pack"] = float(alone) / 100
    return shares


def cases(folder: Path, temporary: Path, file: Path) -> dict[str, float]:
    """Small texts of one phenomenon each. Words that were denied or supposed count as left alone if they say so."""
    told = _run(folder / "bin/run_quote_cases.py", str(command(temporary)), str(_complete(file, temporary)), "--quiet")
    found = _CASES.search(told)
    assert found, told[-500:]
    whole, texts, right, quotes, wrong_days, days, alone, negatives = map(int, found.groups())
    return {
        "texts right as a whole": whole / texts,
        "quotes right": right / quotes,
        "days right": 1 - wrong_days / max(1, days),
        "left alone": alone / negatives,
        "left alone or labelled": _labelled(file),
    }


def _complete(file: Path, temporary: Path) -> Path:
    """The cases as the scorer reads them: words that may come out have a speaker, null where the case names none."""
    cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for case in cases:
        case["optional"] = [{"speaker": None, **words} for words in case.get("optional", ())]
    complete = temporary / f"{file.parent.name}.jsonl"
    complete.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return complete


def _labelled(file: Path) -> float:
    """The share of strings in marks that are nobody's words and do not come out as somebody's."""
    count: Counter[bool] = Counter()
    for line in file.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        quotes = find_quotes(article_of(case["text"], language=case["language"], published=case["published"]))
        said = {_letters(quote.text) for quote in quotes if quote.polarity is Polarity.ASSERTED}
        wanted = {_letters(quote["text"]) for quote in case["expected"]}
        for words in case["negatives"]:
            count[not any(_letters(words) in one for one in said - wanted)] += 1
    return count[True] / max(1, count.total())


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _run(scorer: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, str(scorer), *arguments], check=True, capture_output=True, text=True)
    sys.stdout.write(
        "\n".join(line for line in done.stdout.splitlines() if not _OF_A_KIND.search(line) or line.startswith("ALL"))
        + "\n"
    )
    return done.stdout
