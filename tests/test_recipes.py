"""The recipes in docs/ are executed against a server of the sample archive, as somebody would who copies them."""

from __future__ import annotations

import csv
import io
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.test_other_tools import TOOLS

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"```(sh|python|r)\n(.*?)```", TEXT, re.DOTALL)
PANDAS = [recipe for _, recipe in RECIPES if "import pandas" in recipe]
PLAIN = [(kind, recipe) for kind, recipe in RECIPES if kind != "r" and recipe not in PANDAS]


@pytest.fixture(scope="module")
def base(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """A program that ran to its end."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def executed(command: list[str], folder: Path) -> str:
    """What a recipe prints; the test fails with it if it fails.

    pyarrow's threads now and then abort a program that is done already, after it has printed: then it is run again.
    """
    done = run(command, folder)
    if done.returncode == -signal.SIGABRT and done.stdout:
        done = run(command, folder)
    assert done.returncode == 0, " ".join(command) + done.stderr
    return done.stdout


def here(recipe: str, base: str) -> str:
    """A recipe for the server of the test. Links in answers name the archive's public address, which is another one."""
    found = recipe.replace("http://127.0.0.1:8000", base)
    return found.replace('quote["links"]["text"]', f'quote["links"]["text"].replace("http://127.0.0.1:8000", "{base}")')


def test_there_are_recipes_for_each_program() -> None:
    for program in ("curl", "Python", "pandas", "R", "Google Sheets"):
        assert program in TEXT
    assert len(PLAIN) >= 8
    assert PANDAS


def test_the_recipes_do_what_they_say(base: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl")
    for kind, recipe in PLAIN:
        command = ["sh", "-euc"] if kind == "sh" else [sys.executable, "-c"]
        printed = executed([*command, here(recipe, base)], tmp_path)
        if "If-None-Match" in recipe:
            assert printed.strip() == "304"
    assert len((tmp_path / "marlow.csv").read_text(encoding="utf-8").splitlines()) > 1
    assert {"marlow.zip", "marlow-ids.csv", "feed.xml"} <= {path.name for path in tmp_path.iterdir()}


def test_pandas_reads_an_export(base: str, tmp_path: Path) -> None:
    if not (TOOLS / "python").exists():
        pytest.skip("no .tools: make tools")
    for recipe in PANDAS:
        assert "Ada Marlow" in executed([str(TOOLS / "python"), "-c", here(recipe, base)], tmp_path)


def test_r_reads_an_export(base: str, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("there is no Rscript (Debian's r-base-core)")
    for recipe in [recipe for kind, recipe in RECIPES if kind == "r"]:
        assert "Ada Marlow" in executed(["Rscript", "--vanilla", "-e", here(recipe, base)], tmp_path)


def test_the_address_in_the_formula_for_sheets_gives_a_table(client: FlaskClient) -> None:
    (address,) = re.findall(r'=IMPORTDATA\("https://quotes\.example(.*?)"\)', TEXT)
    answer = client.get(address, headers={"User-Agent": "Mozilla/5.0 (compatible; GoogleDocs; apps-spreadsheets)"})
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True), newline="")))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))], "a cell is no formula"
