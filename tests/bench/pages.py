"""Pages to add: saved ones where there are some, the sample site's, or made-up ones; and files of them."""

from __future__ import annotations

import gzip
import io
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.bench.made_up import text
from tests.site.serve import resources


def saved_pages(folders: Sequence[str]) -> list[bytes]:
    """The pages below these folders, in `pages/html`; those of the sample site where there are none."""
    saved = [path for folder in folders for path in sorted(Path(folder).glob("**/pages/html/*.gz"))]
    if saved:
        return [gzip.decompress(path.read_bytes()) for path in saved]
    return [resource.body(0) for resource in resources() if resource.expected]


def made_up_pages(count: int) -> Iterator[bytes]:
    """Articles of some 400 words with three quotes each, no two alike."""
    chance = random.Random(4)
    for number in range(count):
        paragraphs = [
            f"<p>The council met on Tuesday to discuss case {number}. {text(chance, 60).capitalize()}.</p>"
            f"<p>“We have never seen {text(chance, 12)},” Ada Marlow told the council on Monday.</p>"
            for _ in range(3)
        ]
        yield (
            f'<!doctype html><html lang="en"><head><title>Case {number}</title>'
            '<meta property="article:published_time" content="2026-03-11T18:20:00+01:00"></head>'
            f"<body><article><h1>Case {number} before the council</h1>{''.join(paragraphs)}</article></body></html>"
        ).encode()


def write_file(path: Path, pages: Iterable[bytes]) -> None:
    """A WARC file with pages as the answers of a crawl."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number, body in enumerate(pages):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            url = f"https://site{number % 17}.example/{number}"
            about = {"WARC-Date": "2026-03-12T10:00:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=about
                )
            )
