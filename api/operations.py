"""How operations are declared: flask-smorest with our parser, our problems and our description of both."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_smorest import Api, Blueprint
from marshmallow import Schema
from werkzeug.exceptions import HTTPException

from api.errors import MEDIA_TYPE
from api.examples import add_examples
from api.guard import StrictParser
from api.links import Links
from api.routes import plain_paths, tags
from api.schemas.enums import name_enums
from api.schemas.problems import ProblemSchema
from archiver.config import Config

VERSION = "1"
TERMS = "Archived texts belong to their authors and publishers"
DESCRIPTION = (
    "Quotes from archived pages: who said what, when, and where is the proof. v1 only ever gains fields. Every key "
    "is always present; objects and lists are never null; unknown values are null."
)


class Operations(Blueprint):  # type: ignore[misc]
    """A blueprint whose operations read their parameters strictly."""

    ARGUMENTS_PARSER = StrictParser()

    def arguments(self, schema: type[Schema] | Schema, **options: Any) -> Callable[..., Any]:
        """What reads an operation's parameters; its schema is made once, which takes longer than reading by it."""
        made = schema() if isinstance(schema, type) else schema
        declared: Callable[..., Any] = super().arguments(made, **options)
        return declared


class DescribedApi(Api):  # type: ignore[misc]
    """The API's description. `answer` makes answers of HTTP errors, which it leaves to us."""

    DEFAULT_ERROR_RESPONSE_NAME = "PROBLEM"

    def __init__(self, app: Flask, config: Config, answer: Callable[[Exception], ResponseReturnValue]) -> None:
        self._answer = answer
        self._links = Links(config.base_url, config.replay_url)
        contact = config.contact or f"{self._links.docs}#contact"
        address = {"email": contact.removeprefix("mailto:")} if contact.startswith("mailto:") else {"url": contact}
        options = {
            "title": "On Record",
            "version": VERSION,
            "openapi_version": "3.1.0",
            "info": {
                "description": DESCRIPTION,
                "contact": {"name": "Administrator of this archive", **address},
                "license": {"name": TERMS, "url": f"{self._links.docs}#terms"},
            },
            "servers": [{"url": config.base_url}],
            "security": [{}, {"key": []}],
        }
        super().__init__(app, spec_kwargs=options)
        name_enums(self.spec, self.ma_plugin.converter)
        scheme = {"type": "http", "scheme": "bearer", "description": "A key that `onrecord keys add` makes"}
        self.spec.components.security_scheme("key", scheme)

    def handle_http_exception(self, error: HTTPException) -> ResponseReturnValue:
        """Our answer to an HTTP error."""
        return self._answer(error)

    def _register_responses(self) -> None:
        """Error answers by the names that flask-smorest refers to, all of one shape."""
        shape = {"content": {MEDIA_TYPE: {"schema": ProblemSchema}}}
        self.spec.components.response("PROBLEM", {"description": "What went wrong", **shape}, lazy=True)
        for status in HTTPStatus:
            if status >= HTTPStatus.BAD_REQUEST:
                self.spec.components.response(status.name, {"description": status.phrase, **shape}, lazy=True)

    def document(self, app: Flask) -> dict[str, Any]:
        """The OpenAPI description of every route of the application."""
        document: dict[str, Any] = self.spec.to_dict()
        plain = dict(plain_paths(app, set(document["paths"]), self._parameters_of))
        document["paths"] |= plain
        operations = [each for path in plain.values() for each in path.values()]
        document["tags"] += tags(operations)
        document["components"]["schemas"].pop("PaginationMetadata", None)  # flask-smorest's own, used by nothing here
        for path in document["paths"].values():
            for operation in (each for method, each in path.items() if method != "parameters"):
                operation.setdefault("description", operation.get("summary", ""))
        add_examples(document, self._links)
        return document

    def _parameters_of(self, schema: type[Schema]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ma_plugin.converter.schema2parameters(schema, location="query")
        return found
