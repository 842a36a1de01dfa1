"""Lists under an address with a suffix: `/v1/quotes.csv` is `/v1/quotes?format=csv`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from marshmallow import Schema
from webargs.flaskparser import FlaskParser

from api import quotes, snapshots
from api.exports.formats import ALL_FORMATS, Format
from api.guard import StrictParser
from api.parameters import ExportFormat, QuoteListParameters, SnapshotListParameters
from api.routes import Described, described

blueprint = Blueprint("exports", __name__, url_prefix="/v1")
_PARSER: FlaskParser = StrictParser()


def _route(name: str, format: Format, schema: type[Schema], answer: Callable[[dict[str, Any]], Response]) -> None:  # noqa: A002
    """The route of one list in one format."""

    def export() -> Response:
        params = _PARSER.parse(schema(), request, location="query")
        return answer({**params, "format": ExportFormat(format.suffix)})

    export.__name__ = f"{name}_{format.suffix}"
    export.__doc__ = (
        f"Export {name} as {format.suffix.upper()}. Every row, unless `limit` or `cursor` ask for one page."
    )
    operation = f"export{name.capitalize()}{format.suffix.capitalize()}"
    answers = {200: ("The rows; with `package` a ZIP", (format.media_type, "application/zip"))}
    view = described(Described(operation_id=operation, parameters=schema, answers=answers))(export)
    blueprint.add_url_rule(f"/{name}.{format.suffix}", export.__name__, view)


for _format in ALL_FORMATS:
    _route("quotes", _format, QuoteListParameters, quotes.answer_search)
    _route("snapshots", _format, SnapshotListParameters, snapshots.answer_search)
