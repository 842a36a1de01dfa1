"""What every test gets: a clean environment, and no connection to anything but this machine."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from archiver.config import LEFT_ALONE, PREFIX, Config, load
from tests.browser import browser, desk  # noqa: F401 - fixtures for all, one browser in a process
from tests.faces import app, client, free_port, marlow, sample, site  # noqa: F401 - fixtures for all
from tests.index_fixtures import elasticsearch_server, index, index_config  # noqa: F401 - fixtures for all
from tests.kept_children import children_last, children_of_the_run  # noqa: F401 - fixtures for all
from tests.memory import memory
from tests.node_tools import node_tools  # noqa: F401 - a fixture for all
from tests.on_elasticsearch import (  # noqa: F401 - fixtures for all
    environment_names_elasticsearch,
    everything_on_elasticsearch,
    skip,
)

# No test asserts a time; what one draws may be written into a folder of the whole test.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("untimed")

SLOW = {"test_torture.py", "test_processes.py", "test_hostile_servers.py", "test_index_contract.py"}


def pytest_configure() -> None:
    """Temporary folders are in memory where there is room, and Ctrl-C ends the programs that tests start.

    It does so even where a shell runs the tests in the background without it.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if folder := memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))  # where `tmp_path` is


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first, so that no worker is left alone with them at the end."""
    items.sort(key=lambda item: item.path.name not in SLOW)
    skip(items)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIX) and not name.startswith(LEFT_ALONE):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not str(address[0]).startswith(("127.", "::1")):
            raise AssertionError(f"a test tried to connect to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Config]:
    """Settings of an archive in a folder of the test's own."""
    yield load({}, {"archive": str(tmp_path / "archive"), "fetch_pause": "0", "extract_processes": "1"})
