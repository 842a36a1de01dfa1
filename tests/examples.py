"""The parts of the README that are made from the program itself: settings and API examples.

`make docs` writes them; `tests/test_docs.py` fails where they no longer say what the program does.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from api.app import create_app
from archiver.archive import Archive
from archiver.config import SETTINGS
from archiver.jobs import Jobs
from archiver.records import Entry, Query
from tests.faces import BASE, config_for
from tests.site.serve import PORT, Site

README = Path(__file__).parent.parent / "README.md"
SHOWN = ("Location", "Memento-Datetime", "Content-Range", "Repr-Digest", "Content-Type", "Retry-After")


def settings_table() -> str:
    """Every setting, its default and what it is."""
    rows = [f"| `{each.variable}` | `{each.default or ' '}` | {each.help} |" for each in SETTINGS]
    return "\n".join(["| setting | default | is |", "|---|---|---|", *rows])


def quote_of(archive: Archive) -> Entry:
    """The quote that the examples are about."""
    found = archive.search(Query(q="never tender nobody asked", site=("harbour-courier.localhost",)))
    return next(entry for entry in found.entries if len(entry.quote.spans) == 2)


def api_examples(archive: Archive) -> str:
    """Requests on the sample archive with their answers, as Markdown."""
    client = create_app(archive, archive.config, Jobs(archive)).test_client()
    return "\n\n".join(_examples(client, quote_of(archive)))


def _examples(client: FlaskClient, entry: Entry) -> Iterator[str]:
    snapshot = f"/v1/snapshots/{entry.snapshot_id}"
    yield "A complete quote. Spans count code points of the article's text:"
    yield _json(client, f"/v1/quotes/{entry.quote.id}")
    yield (
        "Search, as the search box does (`in=passage`). A page of quotes has `items` as above, and says how many there "
        "are, how `q` was read and what was searched, so that an empty answer is meaningful:"
    )
    yield _json(client, "/v1/quotes?q=zeppelin%20-balloon&in=passage&published.from=2026-10-01")
    yield "Who is quoted, by the start of any part of a name, in any script (`марл` finds her too):"
    yield _json(client, "/v1/speakers?prefix=marl")
    yield "A snapshot: what was saved, and what was read from it. `/v1/snapshots` searches with the same filters:"
    yield _json(client, snapshot)
    yield "The text that spans refer to, and the WARC record, complete or in ranges, with their digests:"
    yield _head(client, f"{snapshot}/text")
    yield _head(client, f"{snapshot}/record", Range="bytes=0-999")
    yield "Capture a page now. The answer is a job (`Prefer: wait=20` waits for its end), and `Location` leads to it:"
    yield _json(client, "/v1/snapshots", body={"url": entry.url, "max_age": "PT1S"})
    yield "Errors are problems; a bad request names every parameter that cannot be used:"
    yield _json(client, "/v1/quotes?limit=0&colour=red")
    yield "Time travel (RFC 7089), as pywb and the Wayback Machine do it:"
    yield _head(client, f"/timegate/{entry.url}", **{"Accept-Datetime": "Tue, 10 Nov 2026 18:00:00 GMT"})
    yield _text(client, f"/cdx?url={entry.url}&output=text&fl=timestamp,status,mime,url&limit=1")


def _json(client: FlaskClient, path: str, body: dict[str, str] | None = None) -> str:
    answer = client.get(path) if body is None else client.post(path, json=body)
    sent = "" if body is None else f" \\\n  -H 'Content-Type: application/json' -d '{json.dumps(body)}'"
    lines = ",\n".join(f" {json.dumps(key)}: {_compact(value)}" for key, value in answer.get_json().items())
    return f"```sh\ncurl '{BASE}{path}'{sent}\n```\n```json\n{{\n{lines}\n}}\n```"


def _compact(value: Any) -> str:
    """A value on one line where that is short enough, else its items a line each."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= 140 or not value or isinstance(value, str):
        return line
    if isinstance(value, list):
        return "[\n  " + ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in value) + "]"
    pieces = [f"{json.dumps(key)}: {json.dumps(each, ensure_ascii=False)}" for key, each in value.items()]
    return "{\n  " + ",\n  ".join(pieces) + "}"


def _head(client: FlaskClient, path: str, **headers: str) -> str:
    answer = client.head(path, headers=headers)
    sent = "".join(f" -H '{name}: {value}'" for name, value in headers.items())
    shown = [f"{name}: {answer.headers[name]}" for name in SHOWN if name in answer.headers]
    told = "\n".join([f"HTTP/1.1 {answer.status}", *shown])
    return f"```sh\ncurl -I '{BASE}{path}'{sent}\n```\n```http\n{told}\n```"


def _text(client: FlaskClient, path: str) -> str:
    return f"```sh\ncurl '{BASE}{path}'\n```\n```\n{client.get(path).get_data(as_text=True).strip()}\n```"


def part(name: str) -> str:
    """What is between the marks of this name in the README."""
    match = re.search(_between(name), README.read_text(encoding="utf-8"), re.DOTALL)
    assert match, f"the README has no <!-- {name}:begin --> … <!-- {name}:end -->"
    return match[2]


def write(name: str, text: str) -> None:
    """Puts text between the marks of this name."""
    whole = README.read_text(encoding="utf-8")
    README.write_text(re.sub(_between(name), lambda m: f"{m[1]}{text}{m[3]}", whole, flags=re.DOTALL), encoding="utf-8")


def _between(name: str) -> str:
    return rf"(<!-- {name}:begin -->\n)(.*?)(\n<!-- {name}:end -->)"


def main() -> None:
    """Writes the parts, from a sample archive of its own."""
    write("settings", settings_table())
    with (
        Site(PORT) as site,
        tempfile.TemporaryDirectory() as folder,
        Archive(config_for(Path(folder), site)) as archive,
    ):
        for url in site.urls:
            archive.capture(url)
        write("api", api_examples(archive))


if __name__ == "__main__":
    main()
