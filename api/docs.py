"""The API's description for programs (/openapi.json) and for people (/docs), out of our own files alone."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Flask, Response, current_app

from api import current
from api.errors import kinds
from api.pages.frame import render
from api.replies import page_reply
from api.routes import Described, described

blueprint = Blueprint("docs", __name__)
EXAMPLES = {
    "journalists": ["/?q=contract&in=words", "/people", "/days"],
    "checkers": ["/?attributed=false", "/?polarity=denied&polarity=disputed", "/articles?q=contract"],
    "researchers": ["/v1/quotes.csv?text=none", "/v1/snapshots.ndjson", "/v1/quotes/histogram?interval=month"],
    "editors": ["/v1/quotes.atom", "/v1/quotes.feed.json"],
}
"""Addresses to try for each role that the help page speaks to."""
_NAME = "onrecord-description"


def describe(app: Flask, document: dict[str, Any]) -> None:
    """Makes `document` what both answer; it does not change while the server runs."""
    app.extensions[_NAME] = document, orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)


@blueprint.get("/openapi.json")
@described(
    Described(operation_id="getDescription", answers={200: ("The OpenAPI 3.1 description", ("application/json",))})
)
def openapi() -> Response:
    """Read this description."""
    return Response(current_app.extensions[_NAME][1], content_type="application/json")


@blueprint.get("/docs")
def docs() -> Response:
    """The documentation for people."""
    document = current_app.extensions[_NAME][0]
    base = current.config().base_url
    roles = [(role, [(base + path, path) for path in paths]) for role, paths in EXAMPLES.items()]
    values = {
        "roles": roles,
        "operations": list(_operations(document)),
        "problems": list(kinds()),
        "contact": current.config().contact,
    }
    return page_reply(render("docs.html", info=document["info"], **values))


def _operations(document: dict[str, Any]) -> Any:
    """The operations in the order of their paths: method, path, texts, parameters, answers."""
    for path, operations in document["paths"].items():
        shared = operations.get("parameters", [])
        for method, operation in operations.items():
            if method == "parameters":
                continue
            yield {
                "method": method.upper(),
                "path": path,
                "id": operation["operationId"],
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "parameters": [*shared, *operation.get("parameters", [])],
                "responses": _responses(document, operation),
            }


def _responses(document: dict[str, Any], operation: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for status, response in operation["responses"].items():
        if "$ref" in response:
            response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]  # noqa: PLW2901
        found.append((status, response.get("description", "")))
    return sorted(found)
