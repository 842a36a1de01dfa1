"""The Flask application: one archive behind a JSON API and web pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from api import current, docs, guard, health, jobs, quotes, snapshots, web
from api.current import Served
from api.errors import problem_of
from api.operations import Described
from api.replies import finish, problem_reply
from archiver.config import Config
from archiver.errors import OnRecordError

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.jobs import Jobs

BLUEPRINTS = (quotes.blueprint, snapshots.blueprint, jobs.blueprint, health.blueprint)


def create_app(archive: Archive, config: Config, queue: Jobs | None = None) -> Flask:
    """The application for an archive; without a queue it takes no captures.

    It opens nothing of its own: whoever made the archive and the queue closes them.
    """
    app = Flask("api")
    app.config["MAX_CONTENT_LENGTH"] = guard.LARGEST_BODY
    app.url_map.merge_slashes = False
    current.serve(app, Served(archive=archive, config=config, jobs=queue))
    app.before_request(guard.check_host)
    app.after_request(finish)
    api = Described(app, config.base_url, answer_error)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    app.register_blueprint(docs.blueprint(api.document()))
    app.register_blueprint(web.blueprint)
    app.register_error_handler(Exception, answer_error)
    app.wsgi_app = _under(urlsplit(config.base_url).path, app)  # type: ignore[method-assign]
    return app
