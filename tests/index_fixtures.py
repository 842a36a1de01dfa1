"""The indexes that tests run on: SQLite always, Elasticsearch where a real server can be had."""

from __future__ import annotations

import json
import secrets
import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import archiver.index
from archiver.archive import Archive
from archiver.config import Config, load
from archiver.index import Index, open_index
from archiver.index.elastic import ElasticIndex
from tests.elasticsearch.server import NoServer, elasticsearch, required

# One xdist worker runs all tests that need the server, so that there is one server for a run.
ON_SERVER = pytest.mark.xdist_group("elasticsearch")
_EMPTIED: dict[str, list[str]] = {}
"""By server, the prefixes of indexes that are as good as new: the server takes long to make some."""

MANY = 1000
"""Documents that it takes longer to empty an index of than to make another."""

BOTH = [pytest.param("sqlite"), pytest.param("elasticsearch", marks=ON_SERVER)]


@pytest.fixture(scope="session")
def elasticsearch_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Elasticsearch."""
    try:
        with elasticsearch(tmp_path_factory.mktemp("elasticsearch"), in_memory=True) as address:
            yield address
            for prefix in _EMPTIED.pop(address, []):
                delete_indexes(address, prefix)
    except NoServer as reason:
        if required():
            pytest.fail(f"there is no Elasticsearch: {reason}", pytrace=False)
        pytest.skip(f"there is no Elasticsearch: {reason}")


@pytest.fixture(params=BOTH)
def index_config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Settings of an empty index: SQLite, then Elasticsearch."""
    with settings_of(request.param, request, tmp_path) as config:
        yield config


@pytest.fixture
def index(index_config: Config) -> Iterator[Index]:
    """An empty index: SQLite, then Elasticsearch."""
    opened = open_index(index_config)
    yield opened
    opened.close()


@contextmanager
def settings_of(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Config]:
    """Settings of an empty index of this kind; what it leaves on a server is deleted."""
    if kind == "sqlite":
        yield load({}, {"archive": str(folder)})
        return
    address: str = request.getfixturevalue("elasticsearch_server")
    emptied = _EMPTIED.setdefault(address, [])
    prefix = emptied.pop() if emptied else f"onrecord-test-{secrets.token_hex(6)}"
    yield load({}, {"archive": str(folder), "index": address, "index_prefix": prefix})
    if _emptied(address, prefix):
        emptied.append(prefix)
    else:
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


def _emptied(address: str, prefix: str) -> bool:
    """Whether the indexes of a prefix are of one whole generation, and empty now."""
    held = _asked(f"{address}/{prefix}-*/_alias?expand_wildcards=all")
    if not held or not all(each["aliases"] for each in held.values()):
        return False
    _asked(f"{address}/{prefix}-*/_refresh", "POST")
    found = _asked(f"{address}/{prefix}-*/_search?size={MANY}&_source=false")["hits"]
    if found["total"]["value"] > len(found["hits"]):
        return False
    gone = [{"delete": {"_index": each["_index"], "_id": each["_id"]}} for each in found["hits"]]
    return not gone or not _asked(f"{address}/_bulk?refresh=true", "POST", *gone)["errors"]


def _asked(url: str, method: str = "GET", *lines: object) -> Any:
    body = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    request = urllib.request.Request(url, body or None, {"Content-Type": "application/x-ndjson"}, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def delete_indexes(address: str, prefix: str) -> None:
    """Deletes the indexes of a prefix, behind aliases or not."""
    if names := ",".join(_asked(f"{address}/{prefix}-*/_alias?expand_wildcards=all")):
        _asked(f"{address}/{names}", "DELETE")
