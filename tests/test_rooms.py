"""Each heavy library has one door, and every file of the archiver has its place in the import rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A file, or what the names of a room's files begin with.
DOORS = {
    "warcio": {"archiver/warcs"},
    "trafilatura": {"archiver/articles/candidates.py"},
    "zlib_ng": {"archiver/warcs/streams.py", "archiver/warcs/writer.py", "archiver/http/codings.py"},
    "urllib3": {"archiver/fetch/wire.py"},
    "elasticsearch": {"archiver/index/elastic"},
    "sqlite3": {"archiver/index/sqlite", "archiver/jobs/tables.py", "archiver/jobs/queue.py", "archiver/desk.py"},
}


@cache
def _imports(path: Path) -> frozenset[str]:
    return frozenset(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _importers(library: str) -> set[str]:
    files = [*ROOT.glob("archiver/**/*.py"), *ROOT.glob("api/**/*.py"), *ROOT.glob("mappings/*.py")]
    return {str(path.relative_to(ROOT)) for path in files if library in _imports(path)}


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_heavy_library_has_one_door(library: str) -> None:
    importers = _importers(library)
    assert importers, f"nothing imports {library} any more: drop it from the dependencies"
    doors = DOORS[library]
    assert all(any(importer.startswith(door) for door in doors) for importer in importers), importers


def test_a_name_of_a_class_stands_for_one_thing() -> None:
    """Names that begin with an underscore are the business of their module."""
    places: dict[str, list[str]] = {}
    for path in [*(ROOT / "archiver").rglob("*.py"), *(ROOT / "api").rglob("*.py")]:
        if "compiled" not in path.parts:
            for name in re.findall(r"^class ([A-Z]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE):
                places.setdefault(name, []).append(str(path.relative_to(ROOT)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
