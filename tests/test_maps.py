"""The docstring of a package root is a map of it: it names every module there, and nothing that is not there.

The maps of `api` are tables, those of `archiver` prose too, with the names of modules in backticks.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = sorted(path.parent for path in (ROOT / "api").rglob("__init__.py"))
ROOMS = sorted(
    path.parent
    for path in (ROOT / "archiver").rglob("__init__.py")
    if any(each.name != "__init__.py" for each in path.parent.glob("*.py"))
)


def docstring(package: Path) -> str:
    return ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""


def mapped(package: Path) -> set[str]:
    """The names in the first column of the map."""
    rows = re.findall(r"^ *([a-z0-9_]+(?:, [a-z0-9_]+)*) {2,}\S", docstring(package), re.MULTILINE)
    return {name for row in rows for name in row.split(", ")}


def named(package: Path) -> set[str]:
    """The names in any column, or in backticks."""
    found = re.findall(r"(?:^| {2,})([a-z0-9_]+(?:, [a-z0-9_]+)*) {2,}\S", docstring(package), re.MULTILINE)
    return {name for row in found for name in row.split(", ")} | set(re.findall(r"`([a-z0-9_]+)`", docstring(package)))


def held(package: Path) -> set[str]:
    """The modules and packages in the folder."""
    files = {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}
    return files | {path.parent.name for path in package.glob("*/__init__.py")}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_map_of_a_package_is_true(package: Path) -> None:
    assert mapped(package) == held(package)


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_map_of_a_room_is_true(room: Path) -> None:
    assert held(room) <= named(room)
    assert mapped(room) <= held(room)


def test_the_tree_of_the_readme_names_every_folder() -> None:
    tree = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Where things are")[2].split("```")[1]
    tracked = {path.parent.name for path in ROOT.glob("[a-z]*/[!.]*") if path.suffix in {".py", ".md", ".json"}}
    assert {name for name in tracked if f"{name}/ " in tree} == tracked


def test_every_place_that_contributing_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:api|archiver|mappings|tests|training|docs)/[\w./-]+)`", text)
    assert len(named) > 30
    assert [path for path in named if not re.search(r"\bxx\b|NAME", path) and not (ROOT / path).exists()] == []
