"""`onrecord quotes`."""

from __future__ import annotations

from typing import Any

import click
import orjson

from api import console, documents
from api.options import settings
from api.run import Run
from archiver.records import Kind


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL|ID|-...")
@click.option("--text", "as_text", is_flag=True, help="read files as plain text, whatever their name")
@click.option("--published", metavar="DATE", help="the day of publication, as the page would have said it")
@click.option("--language", metavar="CODE", help="the language, as the page would have said it")
@click.option("--url", metavar="URL", help="the address, as the page would have said it")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice([kind.value for kind in Kind]),
    multiple=True,
    help="only these kinds; all without it",
)
@settings
@click.pass_obj
def quotes(run: Run, /, sources: tuple[str, ...], kinds: tuple[str, ...], **given: Any) -> None:
    """Find the quotes of a page, a text or a WARC and print them, a JSON line each; nothing is stored.

    Reported speech is among them, of the kind `indirect`.
    """
    for source in sources:
        with run.going_on():
            found = False
            for line in documents.quotes_of(source, run.config, documents.Overrides(**given)):
                if kinds and line["kind"] not in kinds:
                    continue
                found = True
                console.out(orjson.dumps(line).decode())
            if not found:
                console.say(f"{source}: no quotes found")
