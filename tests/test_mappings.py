"""Each value of the index has its place in both shapes, in the row and in the JSON: who adds one is told by this."""

from __future__ import annotations

import dataclasses
import re
import sqlite3

import mappings
from api.answers import quote_answer, snapshot_answer
from api.links import Links
from archiver.index.rows import placed, quote_row, snapshot_row
from archiver.records import Entry, Quote, Snapshot, SnapshotEntry
from tests.factories import make_entry, make_quote, make_rows, make_snapshot_entry

# Columns and properties beside the row's own: what is computed to search by.
QUOTE_WORDS = {"text_words", "text_stems", "speaker_words", "passage_words", "passage_stems", "tags"}
SNAPSHOT_EXTRAS = {"tags", "urls"}
# Values of an entry that rows spread over several columns, or compute.
SPREAD = {"quote", "speaker", "cue", "said_on"}


def columns(table: str) -> set[str]:
    with sqlite3.connect(":memory:") as db:
        db.executescript(mappings.schema())
        return {row[1] for row in db.execute(f"PRAGMA table_info({table})")}


def properties(name: str) -> set[str]:
    return set(mappings.mapping(name)["mappings"]["properties"])


def test_a_quotes_row_its_columns_and_its_properties_are_the_same() -> None:
    row = quote_row(placed([make_rows("ferry", make_quote())])[0])
    assert set(row) == columns("quotes")
    assert set(row) == properties("quotes") - QUOTE_WORDS


def test_a_snapshots_row_its_columns_and_its_properties_are_the_same() -> None:
    row = set(snapshot_row(make_snapshot_entry()))
    assert row - SNAPSHOT_EXTRAS == columns("snapshots") - SNAPSHOT_EXTRAS
    assert row - SNAPSHOT_EXTRAS == properties("snapshots") - SNAPSHOT_EXTRAS


def test_every_field_of_an_entry_is_in_the_row() -> None:
    row = quote_row(placed([make_rows("ferry", make_quote())])[0])
    names = {field.name for kind in (Entry, Quote) for field in dataclasses.fields(kind)} - SPREAD
    assert names <= set(row)
    for part in ("speaker", "cue", "said_on"):
        fields = dataclasses.fields(type(getattr(make_quote(), part)))
        assert {f"{part}_{field.name}" for field in fields} <= set(row)


def test_every_field_of_a_snapshot_is_in_the_row() -> None:
    names = {field.name for kind in (SnapshotEntry, Snapshot) for field in dataclasses.fields(kind)} - {"snapshot"}
    assert names <= set(snapshot_row(make_snapshot_entry()))


def test_every_field_of_a_quote_and_a_snapshot_is_in_the_json() -> None:
    links = Links("http://127.0.0.1:8000")
    quote = quote_answer(make_entry(), make_snapshot_entry(), links)
    hidden = {"text_digest"}  # stands under `article`
    assert {field.name for field in dataclasses.fields(Quote)} - hidden <= set(quote)
    snapshot = snapshot_answer(make_snapshot_entry(), links)
    assert {field.name for field in dataclasses.fields(Snapshot)} - {"payload"} <= set(snapshot)


def test_elasticsearch_refuses_fields_that_the_mapping_does_not_have() -> None:
    for name in ("quotes", "snapshots", "positions"):
        assert mappings.mapping(name)["mappings"]["dynamic"] == "strict"


def test_the_shape_changes_with_how_words_are_made() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", mappings.shape("1"))
    assert mappings.shape("1") != mappings.shape("2")
