"""The HTTP server: one process, waitress with threads, and one job thread."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

import waitress

from api.app import create_app
from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import ConfigError
from archiver.jobs import Jobs

THREADS = 8


def serve(config: Config, *, ready: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM; calls `ready` with a line once requests are answered.

    Raises ConfigError where the address cannot be listened on.
    """
    with Archive(config) as archive, Jobs(archive) as jobs:
        app = create_app(archive, config, jobs)
        try:
            server = waitress.create_server(app, host=config.host, port=config.port, threads=THREADS, ident=None)
        except OSError as error:
            where = f"{config.host}:{config.port}"
            raise ConfigError(
                f"cannot listen there: {error.strerror}",
                where=where,
                remedy="Choose another with --port or ONRECORD_PORT",
            ) from error
        signal.signal(signal.SIGTERM, _end)
        ready(f"ready: {config.base_url}")
        try:
            server.run()
        finally:
            server.close()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
