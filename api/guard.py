"""Checks of a request before it is handled: the host name, and what its parameters and body may contain."""

from __future__ import annotations

import json
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Request, abort, request
from marshmallow import Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser

from api import current
from api.access import is_localhost
from api.errors import InvalidParameters
from api.fields import parameter_errors

MAX_BODY = 64 * 1024
MAX_CHECKS_BODY = 8 * 1024 * 1024
"""A text, or a thousand claims, to be checked."""
MAX_BODY_DEPTH = 32
MAX_PARAMETERS = 1000


def check_host() -> None:
    """Refuses requests for an unknown host name: a foreign page may point its name here (DNS rebinding).

    Addresses are no names, so they pass.
    """
    given = request.headers.get("Host")
    if given is None:
        return
    name = _host_name(given)
    config = current.config()
    ours = {urlsplit(config.base_url).hostname, config.host.lower()}
    if name is None or not (name in ours or is_localhost(name) or _is_address(name)):
        abort(421)


def json_body() -> dict[str, Any]:
    """The body as a JSON object: strict JSON, no name twice, not deeper than 32 levels."""
    if request.mimetype not in {"application/json", "application/merge-patch+json"}:
        abort(415)
    return json_object(request.get_data())


def json_object(data: bytes) -> dict[str, Any]:
    """Bytes as a JSON object: strict JSON, no name twice, not deeper than 32 levels."""
    try:
        document = json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError:
        abort(400, "The body is nested too deeply.")
    except ValueError as error:
        abort(400, f"The body is not JSON: {str(error)[:200]}.")
    if not isinstance(document, dict):
        abort(400, "The body is not a JSON object.")
    if _depth(document) > MAX_BODY_DEPTH:
        abort(400, "The body is nested too deeply.")
    return document


class StrictParser(FlaskParser):
    """Reads parameters with a schema: none unknown, none twice that counts once, all in UTF-8."""

    DEFAULT_VALIDATION_STATUS = 400
    DEFAULT_UNKNOWN_BY_LOCATION = {}  # noqa: RUF012 - the schemas say what becomes of the unknown

    def load_querystring(self, req: Request, schema: Schema) -> dict[str, Any]:
        """The query string as the schema's fields want it."""
        many = {each.data_key or name for name, each in schema.fields.items() if isinstance(each, fields.List)}
        found: dict[str, Any] = {}
        for name, value in _pairs(req.query_string):
            if name in many:
                found.setdefault(name, []).append(value)
            elif name in found:
                raise InvalidParameters([(name, "is given more than once")])
            else:
                found[name] = value
        return found

    def load_json(self, _req: Request, _schema: Schema) -> dict[str, Any]:
        """The body as `json_body` reads it."""
        return json_body()

    def handle_error(
        self, error: ValidationError, req: Any, schema: Any, *, error_status_code: Any, error_headers: Any
    ) -> Any:
        """All errors of the schema as one answer."""
        messages = error.messages_dict.values()
        raise InvalidParameters(pair for each in messages for pair in parameter_errors(each)) from None


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
    except UnicodeDecodeError:
        abort(400, "The query is not UTF-8.")
    except ValueError:
        abort(400, f"The query has more than {MAX_PARAMETERS:,} parameters.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has a duplicate name")
    if any("\ud800" <= char <= "\udfff" for name in found for char in name):
        raise ValueError("a name contains half a surrogate pair")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


def _depth(value: Any) -> int:
    """How deeply arrays and objects are nested."""
    depth, level = 0, [value]
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return depth


def _host_name(given: str) -> str | None:
    """The name or address of a `Host` field, in lower case, without port and brackets."""
    try:
        return urlsplit(f"//{given}").hostname
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
