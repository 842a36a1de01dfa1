"""What the server logs: a JSON object a line on stderr. No query, no secret, nothing that could drive a terminal."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

_requests = logging.getLogger("onrecord.requests")
FIELDS = ("method", "path", "status", "milliseconds", "caller")


class Lines(logging.Formatter):
    """A record as a JSON object in ASCII on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


def begin(what: str) -> None:
    """Logs from here on: warnings and errors, and with `what` = requests a line for each request."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it logs every request that waits for a thread
    _requests.setLevel(logging.INFO if what == "requests" else logging.WARNING)


def watch(app: Flask) -> None:
    """Makes an application log its requests."""

    @app.before_request
    def began() -> None:
        g.began = time.monotonic()

    @app.after_request
    def ended(reply: Response) -> Response:
        if _requests.isEnabledFor(logging.INFO):
            facts = {
                "method": request.method,
                "path": request.path,
                "status": reply.status_code,
                "milliseconds": round((time.monotonic() - g.began) * 1000, 1) if "began" in g else None,
                "caller": g.caller.name if "caller" in g else request.remote_addr,
            }
            _requests.info("request", extra=facts)
        return reply
