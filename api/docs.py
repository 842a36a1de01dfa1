"""The API's description for programs (/openapi.json) and for people (/docs), out of our own files alone."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response

from api.errors import kinds
from api.replies import page_reply
from api.web import render


def blueprint(document: dict[str, Any]) -> Blueprint:
    """Both, for a description that does not change while the server runs."""
    routes = Blueprint("docs", __name__)
    described = orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)

    @routes.get("/openapi.json")
    def openapi() -> Response:
        return Response(described, content_type="application/json")

    @routes.get("/docs")
    def docs() -> Response:
        operations, problems = list(_operations(document)), list(kinds())
        return page_reply(render("docs.html", info=document["info"], operations=operations, problems=problems))

    return routes


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
