"""The formats of an export, by name, media type and suffix. A new one is a line here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from api.exports.columnar import is_installed, parquet_pieces
from api.exports.tables import csv_pieces, ndjson_pieces
from api.exports.walks import ResultSet
from api.exports.workbooks import xlsx_pieces


class Pieces(Protocol):
    """Writes a result set in pieces; without `words` it leaves out the words of the pages."""

    def __call__(self, results: ResultSet, *, words: bool) -> Iterator[bytes]:
        """The file in pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its suffix is its name too. `is_table`: it has the columns of `columns`."""

    suffix: str
    media_type: str
    pieces: Pieces
    is_table: bool = True


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ALL_FORMATS = (
    Format(suffix="csv", media_type="text/csv", pieces=csv_pieces),
    Format(suffix="ndjson", media_type="application/x-ndjson", pieces=ndjson_pieces, is_table=False),
    Format(suffix="parquet", media_type="application/vnd.apache.parquet", pieces=parquet_pieces),
    Format(suffix="xlsx", media_type=_XLSX, pieces=xlsx_pieces),
)


def formats() -> dict[str, Format]:
    """The formats that can be written here, by suffix."""
    return {each.suffix: each for each in ALL_FORMATS if each.suffix != "parquet" or is_installed()}
