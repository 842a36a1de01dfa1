"""`make bench`: speed as ratios inside one run, because machines are noisy. Nothing here is asserted by a test.

    python -m tests.bench [GROUP…] [EVALUATION]

The groups are `starting`, `reading`, `warcs`, `importing`, `ingesting`, `enduring`, `adding` and `searching`. Each row
takes two ways of doing a thing in turns, several rounds, and prints the ratio of their fastest CPU times with the goal
beside it. The pages are those of the sample site, or saved ones in `EVALUATION/pages/html`: pages of news sites are ten
times as large, with as many quotes. The index holds made-up quotes.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import trafilatura
from warcio.archiveiterator import ArchiveIterator

from archiver.articles import plain_article, read_page
from archiver.quotes import COMPILED, find_quotes
from archiver.records import Article, WarcRecord
from archiver.warcs import writer as writing
from archiver.warcs.files import Folder
from archiver.warcs.reader import scan
from archiver.warcs.writer import Writer, new_record_id
from tests.bench.adding import adding
from tests.bench.enduring import enduring
from tests.bench.importing import importing
from tests.bench.ingesting import ingesting
from tests.bench.pages import saved_pages
from tests.bench.searching import searching
from tests.bench.starting import starting
from tests.bench.table import ROUNDS, Row, print_rows, ratio
from tests.hostile.shapes import SHAPES

RECORDS = 400
WORDS = [f"word{number}" for number in range(4000)]


def main() -> int:
    """Measures everything, or the groups that are named, and prints a table."""
    print(f"best of {ROUNDS} interleaved rounds, CPU time of this process; {datetime.now(UTC):%Y-%m-%d}")
    groups: dict[str, Callable[[], Iterable[Row]]] = {
        "starting": starting,
        "reading": _reading_pages,
        "warcs": _warcs,
        "importing": importing,
        "ingesting": ingesting,
        "enduring": enduring,
        "adding": adding,
        "searching": searching,
    }
    for name in [each for each in groups if each in sys.argv[1:]] or groups:
        print()
        print_rows(groups[name]())
    return 0


def _pages() -> list[str]:
    return [page.decode("utf-8", "replace") for page in saved_pages(sys.argv[1:])]


def _articles(pages: list[str]) -> Iterator[Article]:
    for page in pages:
        reading = read_page(
            page.encode(), url="https://x.example/", content_type="text/html; charset=utf-8", status=200
        )
        if reading.article:
            yield reading.article


def _reading_pages() -> list[Row]:
    pages = _pages()
    articles = list(_articles(pages))
    long = [_joined(articles, times) for times in (4, 40)]
    return [
        Row(
            what=f"quote step ({'compiled' if COMPILED else 'plain'}) / trafilatura with metadata, same pages",
            ratio=ratio(
                lambda: [find_quotes(article) for article in articles],
                lambda: [trafilatura.bare_extraction(page, with_metadata=True) for page in pages],
            ),
            goal="<= 0.18 compiled, <= 0.30 plain",
        ),
        Row(
            what="article step / trafilatura, same pages",
            ratio=ratio(lambda: list(_articles(pages)), lambda: [trafilatura.extract(page) for page in pages]),
            goal="(no goal)",
        ),
        Row(
            what="quote step: ten times the text / 10",
            ratio=ratio(lambda: find_quotes(long[1]), lambda: find_quotes(long[0])) / 10,
            goal="<= 1.2",
        ),
        Row(
            what="quote step: ten times as many marks or names without sense / 10, the worst of their shapes",
            ratio=max(_ten_times(shape) for shape in SHAPES.values()) / 10,
            goal="<= 1.2",
        ),
    ]


def _ten_times(shape: str) -> float:
    few, many = (plain_article("Ferry contract\n" + shape * count, language="en") for count in (300, 3000))
    return ratio(lambda: find_quotes(many), lambda: find_quotes(few))


def _joined(articles: list[Article], times: int) -> Article:
    english = next(article for article in articles if article.language == "en")
    return replace(english, text="\n".join([english.text] * times))


def _warcs() -> list[Row]:
    chance = random.Random(1)
    blocks = [_block(chance) for _ in range(RECORDS)]
    with tempfile.TemporaryDirectory() as name:
        warc, folder = _written(Path(name) / "read", blocks)
        size = (folder.path / warc).stat().st_size

        def ours() -> int:
            with folder.opened(warc) as file:
                return sum(1 for _ in scan(file, warc=warc))

        def warcio() -> int:
            with (folder.path / warc).open("rb") as file:
                records = ArchiveIterator(file, no_record_parse=True)
                return sum(len(record.raw_stream.read()) for record in records)

        rows = [
            Row(what="reading with all digests checked / warcio without", ratio=ratio(ours, warcio), goal="<= 1.67")
        ]
        with _level(9):
            larger_warc, larger_folder = _written(Path(name) / "nine", blocks)
            larger = (larger_folder.path / larger_warc).stat().st_size
        rows.append(Row(what="size at level 6 / at level 9", ratio=size / larger, goal="<= 1.02"))

        def at(level: int) -> Callable[[], object]:
            def work() -> object:
                with tempfile.TemporaryDirectory() as fresh, _level(level):
                    return _written(Path(fresh), blocks)

            return work

        rows.append(Row(what="writing at level 6 / at level 9", ratio=ratio(at(6), at(9)), goal="<= 0.67"))
    return rows


def _block(chance: random.Random) -> bytes:
    words = " ".join(chance.choices(WORDS, k=3000))
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + f"<p>{words}</p>".encode()


def _written(path: Path, blocks: list[bytes]) -> tuple[str, Folder]:
    folder = Folder(path)
    folder.create()
    writer = Writer(folder, "captures", max_bytes=1 << 40)
    records = [
        WarcRecord(
            type="response",
            record_id=new_record_id(),
            date=None,
            target_uri="https://x.example/",
            content_type="application/http;msgtype=response",
            block=block,
        )
        for block in blocks
    ]
    writer.append(records)
    writer.close()
    return folder.warcs("captures")[0], folder


@contextmanager
def _level(level: int) -> Iterator[None]:
    before = writing.LEVEL
    writing.LEVEL = level
    try:
        yield
    finally:
        writing.LEVEL = before


if __name__ == "__main__":
    sys.exit(main())
