"""`onrecord quotes`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TextIO

import click
import orjson

from api import console, documents
from api.options import settings
from api.run import Run
from archiver.records import Kind


@click.command()
@click.argument("sources", nargs=-1, metavar="[FILE|URL|ID|-]...")
@click.option("--text", "as_text", is_flag=True, help="read files as plain text, regardless of their name")
@click.option("--published", metavar="DATE", help="the day of publication, as the page would have said it")
@click.option("--language", metavar="CODE", help="the language, as the page would have said it")
@click.option("--url", metavar="URL", help="the address, as the page would have said it")
@click.option(
    "--list",
    "listed",
    type=click.File("r", encoding="utf-8"),
    metavar="FILE.jsonl",
    help='a JSON line for each file: {"file", "language", "published", "url"}',
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice([kind.value for kind in Kind]),
    multiple=True,
    help="only these kinds; all without it",
)
@settings
@click.pass_obj
def quotes(run: Run, /, sources: tuple[str, ...], listed: TextIO | None, kinds: tuple[str, ...], **given: Any) -> None:
    """Find the quotes of pages, texts or WARCs and print them, a JSON line each; nothing is stored.

    Reported speech is among them, of the kind `indirect`.
    """
    if not sources and listed is None:
        raise click.UsageError("Give a file, a URL, an id, or - for standard input; or --list FILE.jsonl")
    overrides = documents.Overrides(**given)
    with documents.QuoteReader(run.config) as reader:
        for source, said in [*((source, overrides) for source in sources), *_listed(listed, overrides)]:
            with run.continue_on_error():
                found = False
                for line in reader.quotes_of(source, said):
                    if kinds and line["kind"] not in kinds:
                        continue
                    found = True
                    console.out(orjson.dumps(line).decode())
                if not found:
                    console.say(f"{source}: no quotes found")


def _listed(lines: Iterable[str] | None, overrides: documents.Overrides) -> Iterator[tuple[str, documents.Overrides]]:
    """The files of a list, each with what its line says of it."""
    for number, line in enumerate(lines or (), start=1):
        if not line.strip():
            continue
        try:
            facts = orjson.loads(line)
        except orjson.JSONDecodeError:
            raise click.UsageError(f"--list: line {number} is not JSON") from None
        known = {"file", "language", "published", "url"}
        if not isinstance(facts, dict) or not isinstance(facts.get("file"), str) or set(facts) - known:
            raise click.UsageError(f"--list: line {number} is not an object with file, language, published, url")
        said = {name: value for name, value in facts.items() if name != "file" and value is not None}
        yield facts["file"], replace(overrides, **said)
