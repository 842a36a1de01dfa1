"""The OpenAPI document: every route is in it, its examples are what it says, linters have nothing to say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from api.app import openapi
from api.links import Links
from archiver.config import load
from tests.node_tools import ran

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    sent: dict[str, Any] = json.loads(json.dumps(openapi(load({}, {}))))
    return sent


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for path in document["paths"].values() for method, each in path.items() if method in METHODS]


def test_every_route_and_method_is_described(app: Flask, document: dict[str, Any]) -> None:
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:>]+:)?_?([^>]+)>", r"{\1}", rule.rule)
        if path.endswith(".{suffix}"):
            assert "suffix" in document["paths"][path.removesuffix(".{suffix}")]["get"]["description"]
        elif rule.endpoint != "static":
            wanted = {method.lower() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
            assert wanted <= set(document["paths"][path]), path


def test_operations_have_names_of_their_own_and_say_what_they_do(document: dict[str, Any]) -> None:
    found = operations(document)
    names = [each["operationId"] for each in found]
    assert len(set(names)) == len(names)
    assert all(each["description"] and each["tags"] for each in found)
    assert {tag["name"] for tag in document["tags"]} >= {name for each in found for name in each["tags"]}


def test_examples_are_what_their_schemas_say(document: dict[str, Any]) -> None:
    bodies = [body for each in operations(document) for body in [*each["responses"].values(), each.get("requestBody")]]
    media = [each for body in bodies if body for each in body.get("content", {}).values() if "example" in each]
    assert len(media) >= 6
    for each in media:
        schema = {**each["schema"], "components": document["components"]}
        Draft202012Validator(schema).validate(each["example"])


def test_who_answers_for_the_archive_is_told() -> None:
    unset, mail = openapi(load({}, {}))["info"], openapi(load({}, {"contact": "mailto:desk@news.example"}))["info"]
    assert unset["contact"]["url"] == f"{Links('http://127.0.0.1:8000').docs}#contact"
    assert mail["contact"]["email"] == "desk@news.example"
    assert mail["license"]["url"].endswith("/docs#terms")


def test_linters_find_neither_errors_nor_warnings(
    document: dict[str, Any],
    node_tools: Path,
    tmp_path: Path,
) -> None:
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    ran(
        node_tools,
        "node_modules/.bin/spectral",
        "lint",
        str(file),
        "--ruleset",
        "spectral.yaml",
        "--fail-severity=hint",
    )
    said = ran(node_tools, "node_modules/.bin/redocly", "lint", str(file), "--extends=recommended")
    assert "warning" not in said.lower().replace("deprecation warning", "")
