"""The recipes in docs/ are executed against a server of the sample archive, as somebody would who copies them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"```(sh|python)\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def base(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def test_there_are_recipes_for_each_program() -> None:
    for program in ("curl", "Python", "pandas", "R", "Google Sheets"):
        assert program in TEXT
    assert len(RECIPES) >= 8


def test_the_recipes_do_what_they_say(base: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl")
    for kind, recipe in RECIPES:
        here = recipe.replace("http://127.0.0.1:8000", base)
        # Links in answers name the archive's public address, which is another one here.
        here = here.replace(
            'quote["links"]["text"]', f'quote["links"]["text"].replace("http://127.0.0.1:8000", "{base}")'
        )
        command = ["sh", "-euc", here] if kind == "sh" else [sys.executable, "-c", here]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, recipe + done.stderr
        if "If-None-Match" in recipe:
            assert done.stdout.strip() == "304"
    assert len((tmp_path / "marlow.csv").read_text(encoding="utf-8").splitlines()) > 1
    assert {"marlow.zip", "marlow-ids.csv", "feed.xml"} <= {path.name for path in tmp_path.iterdir()}
