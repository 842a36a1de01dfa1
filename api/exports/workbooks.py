"""XLSX: a sheet per million rows, every text a text and never a formula. Its ZIP is written on disk, then sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from api.exports.columns import Column, Value, values, without_words
from api.exports.walks import ResultSet

MAX_ROWS = 1_048_575  # below the line of names
MAX_CELL = 32_767  # characters
PIECE = 1 << 16
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def xlsx_pieces(results: ResultSet, *, words: bool) -> Iterator[bytes]:
    """The workbook in pieces; nothing is sent before its last row is written."""
    columns = results.columns if words else without_words(results.columns)
    with TemporaryDirectory(prefix="onrecord-export-") as folder:
        path = f"{folder}/{results.name}.xlsx"
        with xlsxwriter.Workbook(path, {**_OPTIONS, "tmpdir": folder}) as book:
            _write(book, results, columns)
        with open(path, "rb") as file:  # noqa: PTH123 - the library's own path
            while piece := file.read(PIECE):
                yield piece


def _write(book: Any, results: ResultSet, columns: Sequence[Column]) -> None:
    sheet, line = _sheet(book, results.name, columns), 0
    for page in results.rows:
        for document in page:
            if line == MAX_ROWS:
                sheet, line = _sheet(book, f"{results.name} {len(book.worksheets()) + 1}", columns), 0
            line += 1
            for place, value in enumerate(values(document, columns)):
                _put(sheet, line, place, value)


def _sheet(book: Any, name: str, columns: Sequence[Column]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name)
    return sheet


def _put(sheet: Any, line: int, place: int, value: Value) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    elif value:
        sheet.write_string(line, place, value if len(value) <= MAX_CELL else f"{value[: MAX_CELL - 1]}…")
