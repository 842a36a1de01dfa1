"""`onrecord check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from api import console, documents
from api.check_answers import checks_csv
from api.options import settings
from api.run import Run
from api.terminal import comparing


@click.command()
@click.argument("words", required=False, metavar="[WORDS]")
@click.option("--speaker", metavar="NAME", help="the person the words are attributed to")
@click.option("--published-from", metavar="DAY", help="only articles published from this day on")
@click.option("--published-to", metavar="DAY", help="only articles published up to this day")
@click.option("--language", metavar="CODE", help="only quotes in this language")
@click.option(
    "--file",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="FILE",
    help="check every quote of this text: .txt, .html or .docx",
)
@click.option("--csv", "as_csv", is_flag=True, help="a table, a row per claim")
@click.option("--json", "as_json", is_flag=True, help="the API's answer, a line per claim")
@settings
@click.pass_obj
def check(run: Run, /, words: str | None, paths: tuple[Path, ...], as_csv: bool, as_json: bool, **given: Any) -> None:
    """Say whether somebody said WORDS, and show the difference; with --file, check every quote of a text."""
    if (words is None) == (not paths):
        raise click.UsageError("Give words to check, or --file with a text (.txt, .html, .docx)")
    with run.opened(writing=False) as archive:
        checks = []
        with console.bar("checking") as done:
            for report in documents.claims(archive, words, paths, given):
                checks.append(documents.check_json(archive, run.config, report))
                done(1)
    if as_csv:
        console.out(checks_csv(checks).rstrip("\r\n"))
    for document in () if as_csv else checks:
        if as_json:
            console.out(orjson.dumps(document).decode())
        else:
            comparing.print_check(document)
