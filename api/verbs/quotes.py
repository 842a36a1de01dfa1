"""`onrecord quotes`."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import Any, BinaryIO

import click
import orjson

from api import console, documents
from api.options import settings
from api.run import Run
from archiver.errors import BadQuery
from archiver.records import Kind

LISTED = {"file", "language", "published", "url"}
"""What a line of `--list` may say."""


@click.command()
@click.argument("sources", nargs=-1, metavar="[FILE|URL|ID|-]...")
@click.option("--text", "as_text", is_flag=True, help="read files as plain text, regardless of their name")
@click.option("--published", metavar="DATE", help="the day of publication, if the page does not say it")
@click.option("--language", metavar="CODE", help="the language that it is written in")
@click.option("--url", metavar="URL", help="the address that it came from")
@click.option(
    "--list",
    "listed",
    type=click.File("rb"),
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
def quotes(
    run: Run, /, sources: tuple[str, ...], listed: BinaryIO | None, kinds: tuple[str, ...], **given: Any
) -> None:
    """Find the quotes of pages, texts or WARCs and print them, a JSON line each; nothing is stored.

    Reported speech is among them, of the kind `indirect`.
    """
    if not sources and listed is None:
        raise click.UsageError("Give a file, a URL, an id, or - for standard input; or --list FILE.jsonl")
    overrides = documents.Overrides(**given)
    with documents.QuoteReader(run.config) as reader:
        for source in sources:
            with run.continue_on_error():
                _print_quotes(reader, source, overrides, kinds)
        for number, line in enumerate(listed or (), start=1):
            if line.strip():
                with run.continue_on_error():
                    source, said = _listed(line, overrides, f"--list, line {number}")
                    _print_quotes(reader, source, said, kinds)


def _print_quotes(
    reader: documents.QuoteReader, source: str, overrides: documents.Overrides, kinds: tuple[str, ...]
) -> None:
    found = False
    for quote in reader.quotes_of(source, overrides):
        if not kinds or quote["kind"] in kinds:
            found = True
            console.out(orjson.dumps(quote).decode())
    if not found:
        console.say(f"{source}: no quotes found")


def _listed(line: bytes, overrides: documents.Overrides, where: str) -> tuple[str, documents.Overrides]:
    """The file that a line of a list names, and what the line says of it. Raises BadQuery."""
    try:
        facts = orjson.loads(line.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError:
        raise BadQuery("not JSON", parameter=where) from None
    if not isinstance(facts, dict) or not isinstance(facts.get("file"), str):
        raise BadQuery('not an object with a "file"', parameter=where)
    if unknown := sorted(set(facts) - LISTED):
        raise BadQuery(f"unknown key {unknown[0][:40]!r}; a line has {', '.join(sorted(LISTED))}", parameter=where)
    said = {name: value for name, value in facts.items() if name != "file" and value is not None}
    if wrong := [name for name, value in said.items() if not isinstance(value, str)]:
        raise BadQuery(f'"{wrong[0]}" is not a string', parameter=where)
    return facts["file"], replace(overrides, **said, day_name=f"{where}, published")
