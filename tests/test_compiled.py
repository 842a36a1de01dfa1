"""Compiled or not, quotes are found alike; what was compiled from other sources is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archiver import compiled
from archiver.compiling import with_finals
from archiver.quotes import COMPILED

FIND = """
import hashlib, sys
from archiver.quotes import COMPILED, find_quotes
from tests.gold import FOLDER, article_of, articles
found = hashlib.sha256()
for file in [folder / f"{code}.txt" for folder in (FOLDER, FOLDER / "kinds") for code in ("de", "en", "ja", "ru")]:
    for article in articles(file):
        read = article_of(article.text, language=file.stem, published=article.published)
        for quote in find_quotes(read, indirect=True):
            found.update(repr(quote).encode())
print(COMPILED, found.hexdigest())
"""


def found(**environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", FIND], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    return done.stdout.split()


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled; `make compile` does it")
def test_compiled_and_plain_find_the_same() -> None:
    machine, plain = found(), found(ONRECORD_TEST_PURE="1")
    assert (machine[0], plain[0]) == ("True", "False")
    assert machine[1] == plain[1]


def test_every_run_finds_the_same() -> None:
    """The order of a set, which differs from run to run, decides nothing."""
    runs = {found(PYTHONHASHSEED=seed)[1] for seed in ("1", "6")}
    assert len(runs) == 1


def room(tmp_path: Path) -> Path:
    made = tmp_path / "archiver" / "quotes"
    made.mkdir(parents=True)
    for path in compiled.sources():
        shutil.copy2(path, made)
    return made


def test_what_was_compiled_from_other_sources_is_never_used(tmp_path: Path) -> None:
    made = room(tmp_path)
    there = compiled.folder(made)
    there.mkdir(parents=True)
    assert compiled.folder(made) == there
    with (made / "marks.py").open("a") as written:
        written.write("# changed\n")
    assert compiled.folder(made) != there
    search_path: list[str] = []
    assert compiled.prefer(search_path, made) is False
    assert search_path == []


def test_nothing_compiled_is_no_fault(tmp_path: Path) -> None:
    assert compiled.prefer([], room(tmp_path)) is False


MODULE = """from __future__ import annotations

ONE, OTHER = "äb"
_SIZES = (  # of both
    1,
    2,
)
FAR, NEAR = 7, (0.5, 1)
Word = tuple[str, int]
FIRST, *REST = _SIZES
"""
FINAL = """from __future__ import annotations; from typing import Final

ONE: Final = 'ä'; OTHER: Final = 'b'
_SIZES: Final = (  # of both
    1,
    2,
)
FAR: Final = 7; NEAR: Final = (0.5, 1)
Word = tuple[str, int]
FIRST, *REST = _SIZES
"""


def test_constants_are_final_and_every_line_stays_where_it_was() -> None:
    assert with_finals(MODULE) == FINAL
