"""One real browser for the journeys of readers, driven by Playwright; skipped if there is no Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from api.app import create_app
from archiver.archive import Archive

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]


@pytest.fixture(scope="session")
def desk(sample: Archive) -> Iterator[str]:
    """A server of the sample archive; its links name where it really is."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    config = replace(sample.config, public_url=f"http://127.0.0.1:{server.server_port}", crawlers=True)
    server.app = create_app(sample, config)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield config.base_url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("ONRECORD_TEST_CHROMIUM") == "required":
            pytest.fail("there is no chromium", pytrace=False)
        pytest.skip("there is no chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()
