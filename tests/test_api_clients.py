"""Clients made from the description alone read a quote: in Python and, where node is, in TypeScript."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from api.app import create_app
from archiver.archive import Archive
from archiver.records import Entry

ROOT = Path(__file__).parent.parent
TYPESCRIPT = Path(__file__).parent / "typescript"
WORDS = "The contract was never put to tender, and nobody asked why."


def ran(*command: str, folder: Path) -> str:
    """What a command prints; it must end well."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def base(sample: Archive, free_port: int) -> Iterator[str]:
    """The API over real HTTP."""
    config = replace(sample.config, port=free_port)
    server = make_server("127.0.0.1", free_port, create_app(sample, config), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield config.base_url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def description(tmp_path: Path, base: str) -> Path:
    path = tmp_path / "openapi.json"
    with urllib.request.urlopen(f"{base}/openapi.json") as answer:
        path.write_bytes(answer.read())
    return path


def test_a_generated_python_client_reads_a_quote(
    tmp_path: Path, base: str, description: Path, marlow: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    settings = tmp_path / "generator.json"  # the generator knows no media type of WARC files
    document = json.loads(description.read_text(encoding="utf-8"))
    operations = [
        operation for path in document["paths"].values() for method, operation in path.items() if method != "parameters"
    ]
    bodies = [body for each in operations for body in (*each["responses"].values(), each.get("requestBody", {}))]
    named = {media_type for body in bodies for media_type in body.get("content", {})}
    media_types = dict.fromkeys(named - {"application/json", "application/problem+json"}, "application/octet-stream")
    settings.write_text(json.dumps({"content_type_overrides": media_types, "post_hooks": []}))
    generator = str(Path(sys.executable).with_name("openapi-python-client"))
    where = ["--path", str(description), "--output-path", str(folder / "made_client"), "--config", str(settings)]
    ran(generator, "generate", *where, "--meta", "none", "--fail-on-warning", folder=tmp_path)
    monkeypatch.syspath_prepend(str(folder))
    client: Any = importlib.import_module("made_client").Client(base_url=base)
    get_quote: Any = importlib.import_module("made_client.api.quotes.get_quote")
    models: Any = importlib.import_module("made_client.models")
    with client as opened:
        quote = get_quote.sync(marlow.quote.id, client=opened)
        missing = get_quote.sync_detailed("qnone", client=opened)
    assert isinstance(quote, models.Quote)
    assert (quote.text, quote.speaker.name, quote.kind) == (WORDS, "Ada Marlow", models.Kind.DIRECT)
    assert quote.spans == [[span.start, span.end] for span in marlow.quote.spans]
    assert len(quote.speaker.span) == 2
    assert quote.superseded_by is None
    assert isinstance(missing.parsed, models.Problem)
    assert missing.parsed.status == 404


@pytest.fixture(scope="session")
def typescript() -> Path:
    """The folder with the TypeScript compiler and the generator, installed once for this checkout."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        _missing("there is no node with npm")
    lock = (TYPESCRIPT / "package-lock.json").read_bytes()
    folder = ROOT / ".cache" / f"typescript-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not (folder / "done").exists():
        shutil.copytree(TYPESCRIPT, folder, dirs_exist_ok=True)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        installed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if installed.returncode:
            _missing(f"npm could not install: {installed.stderr.strip()[:200]}")
        (folder / "done").touch()
    return folder


def _missing(reason: str) -> None:
    if os.environ.get("ONRECORD_TEST_TYPESCRIPT") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def test_a_generated_typescript_client_reads_a_quote(
    tmp_path: Path, typescript: Path, base: str, description: Path, marlow: Entry
) -> None:
    for name in ("read.ts", "tsconfig.json", "package.json"):
        shutil.copy(TYPESCRIPT / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(typescript / "node_modules")

    ran("node_modules/.bin/openapi-typescript", str(description), "-o", "schema.d.ts", folder=tmp_path)
    ran("node_modules/.bin/tsc", "-p", ".", folder=tmp_path)
    read = json.loads(ran("node", "out/read.js", base, str(marlow.quote.id), folder=tmp_path))
    assert read["text"] == WORDS
    assert " ".join(read["said"]) == WORDS
    assert (read["speaker"], read["kind"], read["status"]) == ("Ada Marlow", "direct", 404)
    assert read["total"] > 0
