"""Writes the tables of columns in docs/exports.md: `python -m tests.columns_table`."""

from __future__ import annotations

import re
from pathlib import Path

from api.exports.columns import QUOTE_COLUMNS, SNAPSHOT_COLUMNS, Column

FILE = Path(__file__).parent.parent / "docs" / "exports.md"


def written(text: str) -> str:
    """The page with its tables as the columns are now."""
    for name, columns in (("quotes", QUOTE_COLUMNS), ("snapshots", SNAPSHOT_COLUMNS)):
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        text = re.sub(f"{begin}.*?{end}", lambda _: f"{begin}\n{_table(columns)}{end}", text, flags=re.DOTALL)  # noqa: B023
    return text


def _table(columns: tuple[Column, ...]) -> str:
    rows = [f"| `{each.name}` | {each.type} | {each.meaning} |" for each in columns]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
