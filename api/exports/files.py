"""Exports into a file: whole under its name, or not there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from api.exports.formats import Format, formats
from api.exports.packages import About, package_pieces
from api.exports.walks import ResultSet
from archiver.errors import BadQuery, StorageUnwritable

PACKAGE = ".zip"


def format_for(path: Path, named: str | None) -> Format:
    """The format that is named, else the one of the file's suffix. Raises BadQuery if there is none."""
    held = formats()
    wanted = named or ("csv" if path.suffix == PACKAGE else path.suffix.removeprefix("."))
    if wanted not in held:
        remedy = "Parquet needs: pip install 'onrecord[parquet]'" if wanted == "parquet" else None
        choices = ", ".join(held)
        raise BadQuery(f"{wanted!r} is not one of {choices}", parameter="--format", remedy=remedy)
    return held[wanted]


def write(
    results: ResultSet,
    path: Path,
    chosen: Format,
    *,
    words: bool,
    about: About | None,
    progress: Callable[[int], None],
) -> int:
    """Writes the rows, as a package with `about`; returns how many. `progress` is called for each page of rows.

    Raises StorageUnwritable where the file cannot be written; what was written of it is deleted then.
    """
    counted = [0]

    def watched() -> Iterator[list[dict[str, object]]]:
        for page in results.rows:
            counted[0] += len(page)
            progress(len(page))
            yield page

    watching = replace(results, rows=watched())
    pieces = package_pieces(watching, chosen, about, words=words) if about else chosen.pieces(watching, words=words)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            file.writelines(pieces)
        draft.replace(path)
    except OSError as error:
        raise StorageUnwritable(f"cannot be written ({error.strerror})", where=str(path)) from error
    finally:
        draft.unlink(missing_ok=True)
    return counted[0]
