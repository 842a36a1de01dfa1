"""Exports: every format has every row of a search, as the API answers it, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from pyarrow import parquet

from api.app import create_app
from api.exports import columnar, serving, walks
from api.exports.columns import QUOTE_COLUMNS, SNAPSHOT_COLUMNS, Column
from api.exports.tables import FORMULA
from archiver.archive import Archive
from archiver.config import load
from archiver.records import Query, Speaker
from tests import columns_table
from tests.factories import make_quote, make_rows, put

FORMATS = ("csv", "ndjson", "parquet", "xlsx")
NUMBERS = {column.name for column in (*QUOTE_COLUMNS, *SNAPSHOT_COLUMNS) if column.type in {"number", "integer"}}


def fetched(client: FlaskClient, path: str, **headers: str) -> bytes:
    answer = client.get(path, headers=headers, buffered=True)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data()


def rows_of(data: bytes, kind: str) -> list[dict[str, Any]]:
    """The rows of a file as a reader that is not ours sees them, empty cells as None."""
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))
        return [{name: _number(name, value) for name, value in row.items()} for row in rows]
    if kind == "parquet":
        found: list[dict[str, Any]] = parquet.read_table(io.BytesIO(data)).to_pylist()
        return found
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    names, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(names, line, strict=True)) for line in lines]


def _number(name: str, value: str) -> Any:
    return None if value == "" else float(value) if name in NUMBERS else value


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("list_of", ["quotes", "snapshots"])
def test_every_format_has_every_row_of_the_list(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, kind: str, list_of: str
) -> None:
    monkeypatch.setattr(walks, "PAGE_ROWS", 7)  # several pages
    pages = client.get(f"/v1/{list_of}?limit=1000").get_json()
    data = fetched(client, f"/v1/{list_of}.{kind}")
    if kind == "ndjson":
        assert [json.loads(line) for line in data.splitlines()] == pages["items"]
        return
    rows = rows_of(data, kind)
    columns = QUOTE_COLUMNS if list_of == "quotes" else SNAPSHOT_COLUMNS
    assert len(rows) == pages["total"]["value"]
    assert list(rows[0]) == [column.name for column in columns]
    wanted = [{column.name: column.read(item) for column in columns} for item in pages["items"]]
    assert [_plain(row) for row in rows] == [_plain(row) for row in wanted]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what cells write differently: empty text, an apostrophe before what looks like a formula."""
    kept = {name: value or None if isinstance(value, str) else value for name, value in row.items()}
    return {name: value.removeprefix("'") if isinstance(value, str) else value for name, value in kept.items()}


def test_a_format_is_asked_for_by_suffix_parameter_or_accept(client: FlaskClient) -> None:
    by_suffix = fetched(client, "/v1/quotes.csv?q=ferry")
    assert by_suffix == fetched(client, "/v1/quotes?q=ferry&format=csv")
    assert by_suffix == fetched(client, "/v1/quotes?q=ferry", Accept="text/csv")
    assert len(by_suffix.splitlines()) > 2
    answer = client.get("/v1/quotes?q=ferry", headers={"Accept": "text/csv, application/json;q=0.5"}, buffered=True)
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="onrecord-quotes.csv"'
    assert "Accept" in answer.headers["Vary"]
    assert client.get("/v1/quotes", headers={"Accept": "text/html, */*;q=0.1"}).mimetype == "application/json"


def test_what_is_not_offered_is_refused_with_the_offers(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = client.get("/v1/quotes", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/csv" in refused.get_json()["detail"]
    monkeypatch.setattr("api.exports.formats.is_installed", lambda: False)
    assert client.get("/v1/quotes.parquet").status_code == 406
    assert client.get("/v1/quotes.csv", buffered=True).status_code == 200


def test_bad_parameters_are_refused_before_any_row(client: FlaskClient) -> None:
    for path in ("/v1/quotes.csv?colour=red", "/v1/quotes.ndjson?q=" + "word+" * 70):
        answer = client.get(path)
        assert answer.status_code == 400
        assert answer.get_json()["errors"]


def test_a_page_asked_for_is_a_page(client: FlaskClient) -> None:
    seen: list[bytes] = []
    path = "/v1/quotes?format=csv&limit=50"
    while path:
        answer = client.get(path, buffered=True)
        seen += answer.get_data().splitlines()[1:]
        links = [link for link in answer.headers.getlist("Link") if 'rel="next"' in link]
        path = links[0].partition("8000")[2].partition(">")[0] if links else ""
    assert seen == fetched(client, "/v1/quotes.csv").splitlines()[1:]


def test_relevance_has_no_end_so_its_export_is_by_date(client: FlaskClient) -> None:
    assert fetched(client, "/v1/quotes.csv?q=ferry&sort=relevance") == fetched(client, "/v1/quotes.csv?q=ferry")


@pytest.mark.parametrize("kind", FORMATS)
def test_no_word_of_a_page_is_in_an_export_without_text(client: FlaskClient, kind: str) -> None:
    items = client.get("/v1/quotes?limit=1000").get_json()["items"]
    data = fetched(client, f"/v1/quotes.{kind}?text=none")
    rows = [json.loads(line) for line in data.splitlines()] if kind == "ndjson" else rows_of(data, kind)
    assert [row["id"] for row in rows] == [item["id"] for item in items]
    told = json.dumps(rows, ensure_ascii=False)
    for item in items:
        for words in (item["text"], item["before"], item["article"]["title"]):
            assert len(words) < 12 or words not in told
    if kind == "ndjson":
        assert rows[0]["text"] is None
        assert rows[0]["speaker"].keys() == items[0]["speaker"].keys()
    else:
        assert "text" not in rows[0]


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[FlaskClient]:
    """An archive whose words would be formulas, with every line end there is."""
    with Archive(load({}, {"archive": str(tmp_path)})) as archive:
        texts = [f'{first}cmd|"/C calc"!A0,\r\n\u2028 “x”' for first in FORMULA]
        quotes = [make_quote(place, text=text, speaker=Speaker(name=text)) for place, text in enumerate(texts)]
        put(archive.index, make_rows("ferry", *quotes))
        yield create_app(archive, archive.config).test_client()


def test_a_cell_is_never_a_formula(hostile: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(fetched(hostile, "/v1/quotes.csv").decode(), newline=""), strict=True))
    assert len(rows) == len(FORMULA)
    for row in rows:
        assert not [value for value in row.values() if value.startswith(FORMULA)]
        assert row["text"].startswith(tuple(f"'{first}" for first in FORMULA))
    book = openpyxl.load_workbook(io.BytesIO(fetched(hostile, "/v1/quotes.xlsx")))
    kinds = {cell.data_type for line in book.worksheets[0].iter_rows() for cell in line}
    assert "f" not in kinds


@pytest.mark.parametrize("kind", ["csv", "ndjson", "parquet"])
def test_a_package_says_what_it_holds(client: FlaskClient, kind: str) -> None:
    data = fetched(client, f"/v1/quotes?q=ferry&format={kind}&package=true")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        described = json.loads(package.read("datapackage.json"))
        (resource,) = described["resources"]
        table = package.read(resource["path"])
    assert len(table) == resource["bytes"]
    assert described["query"]["q"] == ["ferry"]
    assert described["software"].startswith("onrecord/")
    assert table == fetched(client, f"/v1/quotes.{kind}?q=ferry") or kind == "parquet"
    if kind != "ndjson":
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == [column.name for column in QUOTE_COLUMNS]
        assert all(field["description"] for field in fields)


def test_only_so_many_exports_run_at_one_time(client: FlaskClient) -> None:
    running = [client.get("/v1/quotes.csv") for _ in range(serving.MAX_RUNNING)]
    busy = client.get("/v1/quotes.csv")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "30")
    assert client.get("/v1/quotes").status_code == 200, "pages of the list go on"
    for answer in running:
        answer.close()
    assert client.get("/v1/quotes.csv", buffered=True).status_code == 200
    for _ in range(2 * serving.MAX_RUNNING):
        assert client.head("/v1/quotes.csv", buffered=True).status_code == 200, "a HEAD keeps no place"


@pytest.mark.parametrize("columns", [QUOTE_COLUMNS, SNAPSHOT_COLUMNS], ids=["quotes", "snapshots"])
def test_columns_have_names_of_their_own_and_a_meaning(columns: tuple[Column, ...]) -> None:
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.meaning and column.type in columnar._TYPES for column in columns)


def test_an_export_is_streamed_page_by_page(sample: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "PAGE_ROWS", 5)
    asked: list[int] = []

    class Watched:
        def __getattr__(self, name: str) -> Any:
            return getattr(sample, name)

        def search(self, query: Query) -> Any:
            asked.append(1)
            return sample.search(query)

    from api.links import Links

    rows = walks.quotes(Watched(), Query(), Links("http://x")).rows  # type: ignore[arg-type]
    next(rows)
    assert len(asked) == 1, "the second page is read when the first is taken"


def test_the_terminal_writes_the_same_file(client: FlaskClient, sample: Archive, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from api.cli import main

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(main, ["export", *arguments, "--archive", str(sample.config.archive)])

    table = tmp_path / "ferry.csv"
    done = run("the", "-o", str(table))
    assert done.exit_code == 0, done.output
    assert table.read_bytes() == fetched(client, "/v1/quotes.csv?q=the")
    assert f"{len(rows_of(table.read_bytes(), 'csv'))} quotes in {table}" in done.output
    assert run("ferry", "-o", str(tmp_path / "ferry.zip"), "--no-text").exit_code == 0
    with zipfile.ZipFile(tmp_path / "ferry.zip") as package:
        assert package.namelist() == ["quotes.csv", "datapackage.json"]
    assert run("-o", str(tmp_path / "ferry.doc")).exit_code == 2
    assert run("-o", str(tmp_path / "nowhere" / "ferry.csv")).exit_code == 8
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ferry.csv", "ferry.zip"]


def test_the_columns_are_documented_as_they_are() -> None:
    text = columns_table.FILE.read_text(encoding="utf-8")
    assert columns_table.written(text) == text, "run: make docs"
