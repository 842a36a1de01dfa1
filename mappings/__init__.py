"""The shapes of the indexes, as data: `quotes.json`, `snapshots.json`, `positions.json` and `speakers.json` for
Elasticsearch, `index.sql` for SQLite. Their digest is stored in each index, so that one of another shape is recognised.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def schema() -> str:
    """The SQL statements that make an empty SQLite index."""
    return (_HERE / "index.sql").read_text(encoding="utf-8")


def mapping(name: str) -> dict[str, Any]:
    """The Elasticsearch mapping called `quotes`, `snapshots`, `positions` or `speakers`."""
    found: dict[str, Any] = json.loads((_HERE / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def example() -> bytes:
    """Ordinary documents of the index: the dictionary that others are compressed with."""
    return (_HERE / "example.json").read_bytes()


@cache
def shape(words: str) -> str:
    """What an index must say of itself to be read: the digest of all shapes and of how words are made (`words`)."""
    digest = hashlib.sha256(words.encode("utf-8"))
    for path in sorted(_HERE.iterdir()):
        if path.suffix in {".json", ".sql"}:
            digest.update(path.name.encode("utf-8") + path.read_bytes())
    return digest.hexdigest()
