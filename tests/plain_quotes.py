"""The quotes of plain texts as `onrecord quotes --text` prints them, all in one process: what the scorers run.


python -m tests.plain_quotes quotes --text --language xx --published DATE FILE...
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import orjson

from archiver.quotes import find_quotes
from archiver.records import Quote
from archiver.values import to_plain
from tests.gold import article_of


def line_of(source: str, quote: Quote) -> dict[str, Any]:
    """What a scorer reads of a quote."""
    told = to_plain(quote)
    assert isinstance(told, dict)
    return {"source": source, **told}


@click.command()
@click.argument("verb", type=click.Choice(["quotes"]))
@click.argument("files", nargs=-1)
@click.option("--text", is_flag=True)
@click.option("--language")
@click.option("--published")
def main(verb: str, files: tuple[str, ...], *, text: bool, language: str, published: str) -> None:
    """Prints a line a quote."""
    del verb, text
    for file in files:
        words = Path(file).read_bytes().decode()
        article = article_of(words, language=language, published=published, title=words.split("\n")[0])
        for quote in find_quotes(article, indirect=True):
            sys.stdout.write(orjson.dumps(line_of(file, quote)).decode() + "\n")


if __name__ == "__main__":
    main()
