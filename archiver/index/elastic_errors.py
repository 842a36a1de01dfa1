"""What Elasticsearch refuses, as errors of ours."""

from __future__ import annotations

import elasticsearch

from archiver.errors import IndexUnavailable
from archiver.index.elastic_read import REMEDY


def reason_of(error: elasticsearch.ApiError) -> str:
    """Elasticsearch's name for what happened."""
    body = error.body
    kind = body.get("error", {}) if isinstance(body, dict) else {}
    return str(kind.get("type", error.status_code)) if isinstance(kind, dict) else str(error.status_code)


def refusal(error: elasticsearch.ApiError, where: str) -> IndexUnavailable:
    """The error that says what the server at `where` refused, and what to do."""
    reason = reason_of(error)
    if error.status_code in {429, 502, 503, 504}:
        return IndexUnavailable(f"is too busy ({reason})", where=where, remedy="Try again in a moment")
    if reason == "cluster_block_exception":
        return IndexUnavailable(
            "does not accept writes at the moment",
            where=where,
            remedy="Free some disk space on its server, then try again",
        )
    return IndexUnavailable(f"cannot be used ({reason})", where=where, remedy=REMEDY)


def silence(error: elasticsearch.TransportError, where: str) -> IndexUnavailable:
    """The error that says that nothing answers at `where`."""
    return IndexUnavailable(
        f"does not answer ({type(error).__name__})", where=where, remedy="Start it, or wait until it is up"
    )
