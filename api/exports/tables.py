"""CSV (RFC 4180) and JSON lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import orjson

from api.exports.columns import Value, stripped, values, without_words
from api.exports.walks import ResultSet

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


def csv_pieces(results: ResultSet, *, words: bool) -> Iterator[bytes]:
    """A line of column names, then a line per row; cells that a spreadsheet would run begin with an apostrophe."""
    columns = results.columns if words else without_words(results.columns)
    yield _lines([[column.name for column in columns]])
    for page in results.rows:
        yield _lines([[cell(value) for value in values(each, columns)] for each in page])


def ndjson_pieces(results: ResultSet, *, words: bool) -> Iterator[bytes]:
    """A line per row: the API's JSON of it."""
    for page in results.rows:
        lines = [orjson.dumps(each if words else stripped(each), option=orjson.OPT_APPEND_NEWLINE) for each in page]
        yield b"".join(lines)


def cell(value: Value) -> str:
    """A value as a cell's text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return f"'{value}" if value.startswith(FORMULA) else value


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")
