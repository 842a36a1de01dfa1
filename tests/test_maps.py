"""The docstring of a package root is a map of it: it names every module there, and nothing that is not there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = sorted(path.parent for path in (ROOT / "api").rglob("__init__.py"))


def mapped(package: Path) -> set[str]:
    """The names in the first column of the map."""
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    rows = re.findall(r"^([a-z_]+(?:, [a-z_]+)*) {2,}\S", text, re.MULTILINE)
    return {name for row in rows for name in row.split(", ")}


def held(package: Path) -> set[str]:
    """The modules and packages in the folder."""
    files = {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}
    return files | {path.parent.name for path in package.glob("*/__init__.py")}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_map_of_a_package_is_true(package: Path) -> None:
    assert mapped(package) == held(package)
