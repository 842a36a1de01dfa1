"""Each column of the index has its place in both shapes and in the row; everything else is in the one document."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import mappings
from api.answers import quote_answer, snapshot_answer
from api.links import Links
from archiver.index.rows import placed, prepared, quote_row, snapshot_row
from archiver.records import Quote, Snapshot
from tests.factories import make_entry, make_quote, make_rows, make_snapshot_entry

# What each index computes beside the row's own columns, or keeps elsewhere.
PERIODS = {"month", "year"}
QUOTE_WORDS = {
    "entry",
    "draw",
    *PERIODS,
    "text_words",
    "text_stems",
    "speaker_words",
    "passage_words",
    "passage_stems",
    "tags",
}
ARTICLE_WORDS = {"entry", *PERIODS, "text_words", "text_stems", "tags"}
ROOT = Path(__file__).parent.parent


def columns(table: str) -> set[str]:
    with sqlite3.connect(":memory:") as db:
        db.executescript(mappings.schema())
        return {row[1] for row in db.execute(f"PRAGMA table_info({table})")}


def properties(name: str) -> set[str]:
    return set(mappings.mapping(name)["mappings"]["properties"])


def test_a_quotes_row_its_columns_and_its_properties_are_the_same() -> None:
    row = set(quote_row(prepared(placed([make_rows("ferry", make_quote())]))[0]))
    assert row - {"id"} == columns("quotes") - {"document"}  # SQLite has a tag instead
    assert row == properties("quotes") - QUOTE_WORDS


def test_a_snapshots_row_its_columns_and_its_properties_are_the_same() -> None:
    row = set(snapshot_row(make_snapshot_entry()))
    assert row == columns("snapshots") - {"article", "document"}
    assert row == properties("snapshots") - ARTICLE_WORDS


def test_every_field_of_a_quote_and_a_snapshot_is_in_the_json() -> None:
    links = Links("http://127.0.0.1:8000")
    quote = quote_answer(make_entry(), make_snapshot_entry(), links)
    hidden = {"text_digest", "withdrawn"}  # is under `article`; answered with a tombstone alone
    assert {field.name for field in dataclasses.fields(Quote)} - hidden <= set(quote)
    snapshot = snapshot_answer(make_snapshot_entry(), links)
    found_by = {"payload", "parts", "payload_parts", "digests", "refers_to", "payload_of", "redirects_to"}
    inside = found_by | {"private"}  # nobody's matter
    assert {field.name for field in dataclasses.fields(Snapshot)} - inside <= set(snapshot)


ADDED = """
import json, sys, tempfile
from api.app import create_app
from archiver.annotations import from_record, to_records
from archiver.archive import Archive
from archiver.config import load
from archiver.records import Extraction, ExtractionState
from tests.factories import CAPTURED, make_quote, make_rows

config = load({}, {"archive": sys.argv[1]})
row, (entry,) = make_rows("ferry", make_quote("tender", mood="dry"))
read = Extraction(snapshot_id=row.snapshot.id, state=ExtractionState.DONE, reason=None, article=None,
                  quotes=(entry.quote,), extractor="onrecord/0", made_at=CAPTURED)
(asserted,) = from_record(to_records(row.snapshot, read)[-1]).extraction.quotes
with Archive(config) as archive:
    archive.index.add([(row, (entry,))])
    client = create_app(archive, config).test_client()
    found = client.get("/v1/quotes").get_json()["items"][0]
    described = client.get("/openapi.json").get_json()["components"]["schemas"]["Quote"]["required"]
print(json.dumps([asserted.mood, archive.index.quote(found["id"]).quote.mood, found["mood"], "mood" in described]))
"""


def test_a_new_field_of_a_quote_is_written_in_the_records_and_the_schema_and_nowhere_else(tmp_path: Path) -> None:
    for name in ("api", "archiver", "mappings", "tests/factories.py"):
        source, copy = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            copy.parent.mkdir()
            shutil.copy(source, copy)
    (tmp_path / "tests" / "__init__.py").touch()
    _insert(
        tmp_path / "archiver/records/quotes.py", "    review: Review | None = None\n", "    mood: str | None = None\n"
    )
    _insert(
        tmp_path / "api/schemas/quotes.py", "    review = enum_field(Review, null=True)\n", "    mood = null_field()\n"
    )
    command = [sys.executable, "-c", ADDED, str(tmp_path / "archive")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["dry", "dry", "dry", True]


def _insert(path: Path, after: str, line: str) -> None:
    text = path.read_text()
    assert text.count(after) == 1
    path.write_text(text.replace(after, after + line))


def test_elasticsearch_refuses_fields_that_the_mapping_does_not_have() -> None:
    for name in ("quotes", "snapshots", "positions"):
        assert mappings.mapping(name)["mappings"]["dynamic"] == "strict"


def test_the_shape_changes_with_how_words_are_made() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", mappings.shape("1"))
    assert mappings.shape("1") != mappings.shape("2")
