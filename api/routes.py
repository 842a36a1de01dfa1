"""Descriptions of the routes that are plain Flask views (time travel, pages, feeds), for the OpenAPI document.

A view says what a program needs to know with `@described(…)`; one that does not is described as a page for people, by
its docstring. So every route of the application is in the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask
from marshmallow import Schema

View = TypeVar("View", bound=Callable[..., Any])
Operation = dict[str, Any]

HTML = "text/html"
SUFFIX = ".{suffix}"
_VARIABLE = re.compile(r"<(?:(?P<converter>[^:>]+):)?_?(?P<name>[^>]+)>")
_TAGS = {
    "docs": "Descriptions of the API",
    "feeds": "Every search as a feed",
    "imports": "Importing files",
    "manners": "What crawlers, browsers and security researchers look for",
    "exports": "Every row of a search as a file",
    "memento": "Time travel (RFC 7089) and the CDX server, as pywb and the Wayback Machine have them",
    "web": "Pages for people",
}
_PROBLEM = {"$ref": "#/components/responses/PROBLEM"}
_PATH_WORDS = {
    "url": "the address of a page, as it is or percent-encoded",
    "asked_for": "a time of 14 digits (others lead to the nearest), a slash, and the address of a page",
    "kind": "the format",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the document says of a plain view: `answers` are status → (description, media types)."""

    operation_id: str
    answers: Mapping[int, tuple[str, Sequence[str]]]
    parameters: type[Schema] | None = None
    fields: Sequence[tuple[str, str]] = field(default=())
    """Header fields of the request, as (name, description)."""


_DESCRIBED: dict[str, Described] = {}


def described(description: Described) -> Callable[[View], View]:
    """Declares how a plain view is described."""

    def keep(view: View) -> View:
        _DESCRIBED[f"{view.__module__}.{view.__name__}"] = description
        return view

    return keep


def plain_paths(
    app: Flask, known: set[str], parameters_of: Callable[[type[Schema]], list[dict[str, Any]]]
) -> Iterator[tuple[str, dict[str, Operation]]]:
    """The paths of the application that are not `known`, with their operations by method."""
    found: dict[str, dict[str, Operation]] = {}
    suffixed: set[str] = set()
    for rule in app.url_map.iter_rules():
        path = _VARIABLE.sub(r"{\g<name>}", rule.rule)
        if rule.endpoint == "static" or path in known:
            continue
        if path.endswith(SUFFIX):  # a path of its own would be ambiguous with the one without
            suffixed.add(path.removesuffix(SUFFIX))
            continue
        view = app.view_functions[rule.endpoint]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            operation = _operation(rule.endpoint, view, method, parameters_of)
            operation["parameters"] = [*_path_parameters(rule.rule), *operation["parameters"]]
            found.setdefault(path, {})[method.lower()] = operation
    for path in suffixed & set(found):
        found[path]["get"]["description"] += " A suffix of the address (`.json`, `.bib`, …) names the format."
    yield from sorted(found.items())


def tags(operations: Sequence[Operation]) -> list[dict[str, str]]:
    """The tags that these operations name, with their descriptions."""
    names = dict.fromkeys(name for operation in operations for name in operation["tags"])
    return [{"name": name, "description": _TAGS.get(name, name.capitalize())} for name in names]


def _operation(
    endpoint: str, view: Any, method: str, parameters_of: Callable[[type[Schema]], list[dict[str, Any]]]
) -> Operation:
    summary, _, more = " ".join((view.__doc__ or endpoint).split()).partition(". ")
    blueprint, _, name = endpoint.rpartition(".")
    found = _DESCRIBED.get(f"{view.__module__}.{view.__name__}")
    if found is None:
        camel = "".join(part.capitalize() for part in re.split(r"[._]", name))
        verb = "" if method == "GET" else method.capitalize()
        found = Described(operation_id=f"page{verb}{camel}", answers={200: ("The page", (HTML,))})
    inputs = parameters_of(found.parameters) if found.parameters else []
    inputs += [
        {"in": "header", "name": name, "description": words, "schema": {"type": "string"}}
        for name, words in found.fields
    ]
    answers: dict[str, Any] = {str(status): _answer(*answer) for status, answer in found.answers.items()}
    return {
        "operationId": found.operation_id,
        "tags": [blueprint or "docs"],
        "summary": summary.rstrip("."),
        "description": (more or summary).rstrip(".") + ".",
        "parameters": inputs,
        "responses": {**answers, "4XX": _PROBLEM, "default": _PROBLEM},
    }


def _answer(description: str, media_types: Sequence[str]) -> dict[str, Any]:
    content = {each: {"schema": {"type": "object" if each.endswith("json") else "string"}} for each in media_types}
    return {"description": description, **({"content": content} if content else {})}


def _path_parameters(rule: str) -> Iterator[dict[str, Any]]:
    for match in _VARIABLE.finditer(rule):
        name, converter = match["name"], match["converter"] or ""
        schema: dict[str, Any] = {"type": "string"}
        if converter.startswith("any("):
            choices = "|".join(each.strip() for each in converter[4:-1].split(","))
            schema["pattern"] = f"^({choices})$"
        words = _PATH_WORDS.get(name, f"the {name.replace('_', ' ')}")
        yield {"in": "path", "name": name, "required": True, "description": words, "schema": schema}
