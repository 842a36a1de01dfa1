"""Lists under an address with a suffix: `/v1/quotes.csv` is `/v1/quotes?format=csv`."""

from __future__ import annotations

from flask import Blueprint, Response, request
from webargs.flaskparser import FlaskParser

from api import quotes, snapshots
from api.guard import StrictParser
from api.parameters import ExportFormat, QuoteListParameters, SnapshotListParameters

blueprint = Blueprint("suffixes", __name__, url_prefix="/v1")
_PARSER: FlaskParser = StrictParser()


@blueprint.get("/quotes.<any(csv, ndjson, parquet, xlsx):suffix>")
def quote_list(suffix: str) -> Response:
    """Quotes in the format that the suffix names."""
    params = _PARSER.parse(QuoteListParameters(), request, location="query")
    return quotes.answer_search({**params, "format": ExportFormat(suffix)})


@blueprint.get("/snapshots.<any(csv, ndjson, parquet, xlsx):suffix>")
def snapshot_list(suffix: str) -> Response:
    """Snapshots in the format that the suffix names."""
    params = _PARSER.parse(SnapshotListParameters(), request, location="query")
    return snapshots.answer_search({**params, "format": ExportFormat(suffix)})
