"""How operations are declared: flask-smorest with our parser, our problems and our description of both."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_smorest import Api, Blueprint
from werkzeug.exceptions import HTTPException

from api.errors import MEDIA_TYPE
from api.guard import StrictParser
from api.schemas import ProblemSchema, name_enums

VERSION = "1"
DESCRIPTION = (
    "Quotes out of archived pages: who said what, when, and where is the proof. v1 only ever gains fields. Every key "
    "is always there; objects and lists are never null; unknown is null."
)


class Operations(Blueprint):  # type: ignore[misc]
    """A blueprint whose operations read their parameters strictly."""

    ARGUMENTS_PARSER = StrictParser()


class Described(Api):  # type: ignore[misc]
    """The API's description. `answer` makes answers of HTTP errors, which it leaves to us."""

    DEFAULT_ERROR_RESPONSE_NAME = "PROBLEM"

    def __init__(self, app: Flask, base_url: str, answer: Callable[[Exception], ResponseReturnValue]) -> None:
        self._answer = answer
        options = {
            "title": "On Record",
            "version": VERSION,
            "openapi_version": "3.1.0",
            "info": {"description": DESCRIPTION},
            "servers": [{"url": base_url}],
        }
        super().__init__(app, spec_kwargs=options)
        name_enums(self.spec, self.ma_plugin.converter)
        self.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})

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

    def document(self) -> dict[str, Any]:
        """The OpenAPI description."""
        document: dict[str, Any] = self.spec.to_dict()
        return document
