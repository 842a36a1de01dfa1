"""The administrator's own table of people: shown, filtered, exported, and never what the archive asserts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from archiver.archive import Archive
from archiver.errors import ConfigError
from archiver.people.attributes import read_attributes
from archiver.speakers.people import person_id

TABLE = "name,party,wikidata\nAda Marlow,none,Q1\nInés Calloway,Harbour List,Q2\n"


@pytest.fixture(scope="module")
def client_with_table(sample: Archive, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the sample archive with a table of people."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    archive = Archive(replace(sample.config, people=path))
    return create_app(archive, archive.config).test_client()


def test_a_person_has_the_attributes_of_the_table(client_with_table: FlaskClient) -> None:
    found = client_with_table.get(f"/v1/speakers/{person_id('Ada Marlow')}").get_json()
    assert found["attributes"] == {"party": "none", "wikidata": "Q1"}


def test_a_search_by_attribute_finds_the_people_who_have_it(client_with_table: FlaskClient) -> None:
    found = client_with_table.get("/v1/quotes?attribute=party=harbour list&limit=100").get_json()
    assert {each["speaker"]["name"] for each in found["items"]} == {"Ines Calloway"}
    assert client_with_table.get("/v1/quotes?attribute=party=nobody").get_json()["total"]["value"] == 0
    problem = client_with_table.get("/v1/quotes?attribute=age=7")
    assert problem.status_code == 400
    assert problem.get_json()["errors"][0]["parameter"] == "attribute"


def test_an_export_has_a_column_for_each(client_with_table: FlaskClient) -> None:
    answer = client_with_table.get("/v1/quotes.csv?speaker=Marlow")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert rows and {row["own_wikidata"] for row in rows} == {"Q1"}


@pytest.mark.parametrize("text", ["party\nGreen\n", "name,name\na,b\n", "\xff"])
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError) as caught:
        read_attributes(path)
    assert str(path) in caught.value.message
    with pytest.raises(ConfigError):
        read_attributes(tmp_path / "missing.csv")
