"""An archive of the sample site and what asks it: made once, read by the tests of all faces."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from archiver.archive import Archive
from archiver.config import Config, load
from archiver.records import Entry, Query
from tests.site.serve import Site

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The sample site, running."""
    with Site() as running:
        yield running


def config_for(folder: Path, site: Site) -> Config:
    """Settings of an archive in this folder that may fetch the sample site."""
    options = {"archive": str(folder), "fetch_allow": ",".join(site.allow), "fetch_pause": "0"}
    return load({}, options)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Archive]:
    """The archive of the whole sample site. Tests only read it."""
    site.begin_again()
    with Archive(config_for(tmp_path_factory.mktemp("sample") / "archive", site)) as archive:
        for url in site.urls:
            archive.capture(url)
        yield archive


@pytest.fixture(scope="session")
def app(sample: Archive) -> Flask:
    """The application on the sample archive; it takes no captures."""
    return create_app(sample, sample.config)


@pytest.fixture
def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of it on this machine."""
    return app.test_client()


@pytest.fixture(scope="session")
def marlow(sample: Archive) -> Entry:
    """A quote with everything: the auditor, by a pronoun, on a day counted back, interrupted by the reporter."""
    found = sample.search(
        Query(q="never tender nobody asked", speaker=("Ada Marlow",), site=("harbour-courier.localhost",))
    )
    return next(entry for entry in found.entries if len(entry.quote.spans) == 2)
