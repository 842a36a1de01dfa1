"""The Flask application: one archive behind a JSON API and web pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from api import (
    access,
    audit,
    checks,
    citing,
    current,
    decisions,
    desk,
    docs,
    feeds,
    guard,
    health,
    imports,
    jobs,
    manners,
    memento,
    proofs,
    quotes,
    samples,
    snapshots,
    speakers,
    statements,
    suffixes,
)
from api.current import Services
from api.cursors import Signer
from api.errors import INTERNAL, SERVER_ERRORS, problem_of
from api.keys import Keys
from api.last_used import LastUsed
from api.operations import DescribedApi
from api.pages import site
from api.rates import Rates
from api.replies import finish, problem_reply
from archiver.config import Config

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.jobs import Jobs

OPERATIONS = (
    quotes.blueprint,
    snapshots.blueprint,
    proofs.blueprint,
    checks.blueprint,
    statements.blueprint,
    speakers.blueprint,
    decisions.blueprint,
    samples.blueprint,
    audit.blueprint,
    desk.blueprint,
    jobs.blueprint,
    health.blueprint,
)
PLAIN = (
    docs.blueprint,
    site.blueprint,
    citing.blueprint,
    memento.blueprint,
    suffixes.blueprint,
    feeds.blueprint,
    manners.blueprint,
    imports.blueprint,
)

FOR_OTHER_ORIGINS = r"/(v1|cdx|timegate|timemap|web|openapi\.json).*"
CORS_FIELDS: dict[str, Any] = {
    "methods": ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST"],
    "allow_headers": [
        *("Accept-Datetime", "Authorization", "Content-Type", "Idempotency-Key"),
        *("If-Match", "If-None-Match", "Prefer", "Range"),
    ],
    "expose_headers": [
        *("Link", "ETag", "Location", "Retry-After", "RateLimit", "RateLimit-Policy", "Repr-Digest"),
        *("Content-Range", "Memento-Datetime"),
    ],
    "max_age": 86400,
}

_log = logging.getLogger(__name__)


def create_app(archive: Archive, config: Config, queue: Jobs | None = None) -> Flask:
    """The application for an archive; without a queue it takes no captures.

    It opens nothing of its own: whoever made the archive and the queue closes them.
    """
    app = _flask()
    current.serve(
        app,
        Services(
            archive=archive,
            config=config,
            jobs=queue,
            keys=Keys(config.archive),
            last_used=LastUsed(config.archive),
            rates=Rates(config.limit_reads, config.limit_writes),
            signer=Signer(config.archive),
        ),
    )
    app.before_request(guard.check_host)
    app.before_request(access.authenticate_and_limit)
    app.after_request(access.keep_private)
    app.after_request(finish)
    app.after_request(access.add_rate_limit_headers)
    if config.cors_origins:
        CORS(app, resources=FOR_OTHER_ORIGINS, origins=list(config.cors_origins), **CORS_FIELDS)
    docs.describe(app, _described(app, config).document(app))
    app.register_error_handler(Exception, answer_error)
    app.wsgi_app = _under(urlsplit(config.base_url).path, app.wsgi_app)  # type: ignore[method-assign]
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=0)  # type: ignore[method-assign]
    return app


def openapi(config: Config) -> dict[str, Any]:
    """The OpenAPI description; no archive is needed for it."""
    app = _flask()
    return _described(app, config).document(app)


def answer_error(error: Exception) -> Response:
    """The answer to anything a view raised: a problem, which a browser on a page gets as a page."""
    problem = problem_of(error)
    if problem.kind is INTERNAL:
        _log.error("%s %s failed", request.method, request.path, exc_info=error)
    elif problem.kind.status in SERVER_ERRORS:
        _log.warning("%s %s: %s", request.method, request.path, error)
    return site.problem_page(problem) if site.wants_page() else problem_reply(problem)


def _flask() -> Flask:
    app = Flask("api")
    app.config["MAX_CONTENT_LENGTH"] = guard.MAX_BODY
    app.url_map.merge_slashes = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    return app


def _described(app: Flask, config: Config) -> DescribedApi:
    api = DescribedApi(app, config, answer_error)
    for blueprint in OPERATIONS:
        api.register_blueprint(blueprint)
    for plain in PLAIN:
        app.register_blueprint(plain)
    return api


def _under(prefix: str, application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """The application under the path of its public URL, whether or not the proxy in front takes the path off."""

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        inside = bool(prefix) and (path == prefix or path.startswith(prefix + "/"))
        path = (path[len(prefix) :] if inside else path) or "/"
        return application({**environ, "PATH_INFO": path, "SCRIPT_NAME": prefix if inside else ""}, start)

    return answer
