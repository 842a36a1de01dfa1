"""Parquet by pyarrow, which is an extra: `pip install onrecord[parquet]`. The only module that imports it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import cache

from api.exports.columns import values, without_words
from api.exports.sinks import Sink
from api.exports.walks import ResultSet

_TYPES = {"string": "string", "number": "float64", "integer": "int64", "datetime": "string", "boolean": "bool_"}


@cache
def is_installed() -> bool:
    """Whether Parquet can be written here."""
    return importlib.util.find_spec("pyarrow") is not None


def parquet_pieces(results: ResultSet, *, words: bool) -> Iterator[bytes]:
    """The file in pieces, a row group for each page of rows."""
    import pyarrow  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    columns = results.columns if words else without_words(results.columns)
    fields = [
        pyarrow.field(each.name, getattr(pyarrow, _TYPES[each.type])(), metadata={"description": each.meaning})
        for each in columns
    ]
    schema = pyarrow.schema(fields)
    sink = Sink()
    with parquet.ParquetWriter(pyarrow.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        for page in results.rows:
            rows = [values(document, columns) for document in page]
            if rows:
                pairs = zip(zip(*rows, strict=True), schema, strict=True)
                arrays = [pyarrow.array(list(column), field.type) for column, field in pairs]
                writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()
