"""A sample is walked by keyboard in a real browser."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser
from werkzeug.serving import make_server

from api.app import create_app
from archiver.archive import Archive
from tests.faces import config_for
from tests.site.serve import Site


def test_one_key_confirms_disputes_or_skips_and_enter_corrects(browser: Browser, tmp_path: Path, site: Site) -> None:
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    base = f"http://127.0.0.1:{server.server_port}"
    with Archive(replace(config_for(tmp_path / "archive", site), public_url=base)) as archive:
        archive.capture(next(url for url in site.urls if url.endswith("ferry-contract")))
        server.app = create_app(archive, archive.config)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        page = browser.new_page()
        page.goto(f"{base}/review?language=en&seed=5&n=4")
        page.get_by_label("Seed").press("Enter")
        page.wait_for_url("**/samples/x*/1")
        address = page.url.removesuffix("/1")
        for keys, following in (("c", "/2"), ("d", "/3"), ("n", "/4"), ("rX\n", "")):
            for key in keys:
                page.keyboard.press("Enter" if key == "\n" else key)
            page.wait_for_url(f"{address}{following}")
        shown = page.inner_text("main")
        page.close()
        server.shutdown()
        thread.join()
        server.server_close()
    assert "Precision 0.333 (95 % between 0.061 and 0.792), 1 right of 3 judged" in shown
