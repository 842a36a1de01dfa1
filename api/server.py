"""The HTTP server: one process, waitress with threads, and one job thread."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any

import waitress
from flask import Flask

from api import logs
from api.access import viewer_for
from api.answers import quote_answer
from api.app import create_app
from api.connections import MAX_CONNECTIONS, channel_for
from api.desk import LOCAL
from api.guard import MAX_BODY
from api.keys import Keys
from api.links import Links
from api.queries import read_query
from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import ConfigError
from archiver.jobs import Jobs
from archiver.notices import Notifier
from archiver.records import Entry
from archiver.viewer import Viewer

THREADS = 8
MAX_HEAD = 64 * 1024
MAX_RECEIVED = 4 * MAX_BODY
"""What the application refuses it may still explain; beyond this the server itself refuses."""


def serve(config: Config, *, ready: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM; calls `ready` with a line once requests are answered.

    Raises ConfigError where the address cannot be listened on.
    """
    logs.begin(config.log)
    with Archive(config) as archive, Jobs(archive) as jobs, notifier(archive, config):
        app = create_app(archive, config, jobs)
        logs.watch(app)
        try:
            server = listening(app, config)
        except OSError as error:
            where = f"{config.host}:{config.port}"
            raise ConfigError(
                f"cannot listen there: {error.strerror}",
                where=where,
                remedy="Choose another with --port or ONRECORD_PORT",
            ) from error
        for each in (server, *getattr(server, "map", {}).values()):  # one for each address that the host name has
            if hasattr(each, "channel_class"):
                each.channel_class = channel_for(
                    Links(config.base_url), capped=not config.proxies, uploads=config.import_bytes
                )
        signal.signal(signal.SIGTERM, _end)
        ready(f"ready: {config.base_url}")
        try:
            server.run()
        finally:
            server.close()


def notifier(archive: Archive, config: Config) -> Notifier:
    """What delivers the news of saved searches, each quote as the API answers it."""
    links = Links(config.base_url)

    def written(entry: Entry) -> dict[str, Any]:
        return quote_answer(entry, archive.snapshot(entry.snapshot_id), links)

    keys = Keys(config.archive)

    def viewer_of(owner: str) -> Viewer | None:
        return viewer_for(keys.good(owner), config) if owner == LOCAL or keys.good(owner) else None

    return Notifier(archive, query_of=read_query, viewer_of=viewer_of, written=written)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def listening(app: Flask, config: Config) -> Any:
    """A server of the application that listens, and accepts nothing yet. Raises OSError."""
    return waitress.create_server(
        app,
        host=config.host,
        port=config.port,
        threads=THREADS,
        ident=None,
        clear_untrusted_proxy_headers=False,  # that there is a proxy in between is looked at (`access`)
        max_request_header_size=MAX_HEAD,
        max_request_body_size=MAX_RECEIVED,
        connection_limit=2 * MAX_CONNECTIONS,  # `connections` keeps them below
        asyncore_use_poll=True,  # select knows no descriptor above 1023
    )
