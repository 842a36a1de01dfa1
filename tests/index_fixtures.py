"""The indexes that tests run on: SQLite always, Elasticsearch where a real server can be had."""

from __future__ import annotations

import json
import secrets
import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import archiver.index
from archiver.archive import Archive
from archiver.config import Config, load
from archiver.index import Index, open_index
from archiver.index.elastic import ElasticIndex
from tests.elasticsearch.server import NoServer, elasticsearch, required

# One xdist worker runs all tests that need the server, so that there is one server for a run.
ON_SERVER = pytest.mark.xdist_group("elasticsearch")
BOTH = [pytest.param("sqlite"), pytest.param("elasticsearch", marks=ON_SERVER)]


@pytest.fixture(scope="session")
def elasticsearch_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Elasticsearch."""
    try:
        with elasticsearch(tmp_path_factory.mktemp("elasticsearch")) as address:
            yield address
    except NoServer as reason:
        if required():
            pytest.fail(f"there is no Elasticsearch: {reason}", pytrace=False)
        pytest.skip(f"there is no Elasticsearch: {reason}")


@pytest.fixture(params=BOTH)
def index_config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Settings of an index that was never used: SQLite, then Elasticsearch."""
    with settings_of(request.param, request, tmp_path) as config:
        yield config


@pytest.fixture
def index(index_config: Config) -> Iterator[Index]:
    """An index that was never used: SQLite, then Elasticsearch."""
    opened = open_index(index_config)
    yield opened
    opened.close()


@contextmanager
def settings_of(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Config]:
    """Settings of a fresh index of this kind; what it leaves on a server is deleted."""
    if kind == "sqlite":
        yield load({}, {"archive": str(folder)})
        return
    address: str = request.getfixturevalue("elasticsearch_server")
    prefix = f"onrecord-test-{secrets.token_hex(6)}"
    yield load({}, {"archive": str(folder), "index": address, "index_prefix": prefix})
    delete_indexes(address, prefix)


def copy_archive(kept: Path, folder: Path) -> None:
    """Copies an archive with its index; where that is on a server, the copy gets one of its own."""
    shutil.copytree(kept, folder)
    with Archive(load({}, {"archive": str(folder)})) as archive:
        if isinstance(archive.index, ElasticIndex):
            archive.catch_up()


def lose_index(config: Config) -> None:
    """The index of an archive is gone, files or not."""
    index = archiver.index.open_index(config)
    index.close()
    if isinstance(index, ElasticIndex):
        delete_indexes(index._config.index[0], index._config.index_prefix)
    else:
        shutil.rmtree(config.archive / "index")


def delete_indexes(address: str, prefix: str) -> None:
    """Deletes the indexes of a prefix, behind aliases or not."""
    with urllib.request.urlopen(f"{address}/{prefix}-*/_alias?expand_wildcards=all") as answer:
        names = ",".join(json.load(answer))
    if names:
        urllib.request.urlopen(urllib.request.Request(f"{address}/{names}", method="DELETE")).close()
