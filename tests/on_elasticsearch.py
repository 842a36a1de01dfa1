"""The whole suite on Elasticsearch: `ONRECORD_TEST_INDEX=elasticsearch`.

Archives whose settings name no index have theirs on a node of the tests, each under a prefix of its own: those opened
in the tests' process, and by the environment those that a test opens in other processes.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import archiver.index
from archiver.config import Config
from archiver.index import Index, open_index
from tests.index_fixtures import delete_indexes

ALL_ON_IT = os.environ.get("ONRECORD_TEST_INDEX") == "elasticsearch"

NOT_APPLICABLE = {
    "test_sqlite_faults.py": "it damages the files of SQLite",
    "test_torture.py": "it stops at each system call, which a connection to a server makes too many of",
    "test_quality.py": "it opens no archive",
    "test_compiled.py": "it opens no archive",
    "test_erasure.py::test_the_index_files_are_free_of_the_words_after_two_rebuilds": "it reads the files of SQLite",
    "test_cli.py::test_a_search_loads_no_library_that_it_does_not_need": "it tells what a search in SQLite loads",
}
"""Modules and tests that are left out, and why."""


class Prefixes:
    """The prefix of each archive. The first one that a test opens has that of the environment."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}
        self.all: list[str] = []
        self._offered: str | None = None

    def offer(self) -> str:
        """The prefix of this test's first archive."""
        self._offered = self._fresh()
        return self._offered

    def withdraw(self) -> None:
        """The test is over: an archive that is opened after it is another one."""
        self._offered = None

    def of(self, archive: Path) -> str:
        """The prefix of an archive."""
        if archive not in self._known:
            self._known[archive] = self._offered or self._fresh()
            self._offered = None
        return self._known[archive]

    def _fresh(self) -> str:
        self.all.append(f"onrecord-test-{secrets.token_hex(6)}")
        return self.all[-1]


@pytest.fixture(scope="session", autouse=ALL_ON_IT)
def everything_on_elasticsearch(request: pytest.FixtureRequest) -> Iterator[tuple[str, Prefixes]]:
    """Opens indexes on the node where the settings name none; what is left there is deleted."""
    address: str = request.getfixturevalue("elasticsearch_server")
    prefixes = Prefixes()

    def opened(config: Config) -> Index:
        if config.index and config.index_prefix not in prefixes.all:
            return open_index(config)
        return open_index(replace(config, index=(address,), index_prefix=prefixes.of(config.archive)))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(archiver.index, "open_index", opened)
        yield address, prefixes
    for prefix in prefixes.all:
        delete_indexes(address, prefix)


@pytest.fixture(autouse=ALL_ON_IT)
def environment_names_elasticsearch(
    request: pytest.FixtureRequest,
    clean_environment: None,
    everything_on_elasticsearch: tuple[str, Prefixes],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """Tells the programs that a test starts of the node, and under which prefix the test's archive has its indexes."""
    address, prefixes = everything_on_elasticsearch
    monkeypatch.setenv("ONRECORD_INDEX", address)
    shared = request.getfixturevalue("sample").config.archive if "sample" in request.fixturenames else None
    monkeypatch.setenv("ONRECORD_INDEX_PREFIX", prefixes.of(shared) if shared else prefixes.offer())
    yield
    prefixes.withdraw()


def skip(items: list[pytest.Item]) -> None:
    """Leaves out what cannot apply, with its reason."""
    for item in items:
        name = item.path.name
        reason = NOT_APPLICABLE.get(name) or NOT_APPLICABLE.get(f"{name}::{getattr(item, 'originalname', '')}")
        if ALL_ON_IT and reason:
            item.add_marker(pytest.mark.skip(reason=f"on Elasticsearch: {reason}"))
