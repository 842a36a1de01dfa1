"""`onrecord diff`."""

from __future__ import annotations

import click
import orjson

from api import console, documents
from api.options import settings
from api.run import Run
from api.terminal import comparing
from archiver.history.choice import FIRST, LATEST


@click.command()
@click.argument("url")
@click.option(
    "--from", "before", default=FIRST, metavar="CAPTURE", help="a snapshot id, a time of 4 to 14 digits, or first"
)
@click.option(
    "--to", "after", default=LATEST, metavar="CAPTURE", help="a snapshot id, a time of 4 to 14 digits, or latest"
)
@click.option("--json", "as_json", is_flag=True, help="the API's answer")
@settings
@click.pass_obj
def diff(run: Run, /, url: str, before: str, after: str, as_json: bool) -> None:
    """Compare two captures of a page: the article by word, the quotes one by one."""
    with run.opened(writing=False) as archive:
        document = documents.difference_json(archive, run.config, url, before, after)
    if as_json:
        console.out(orjson.dumps(document).decode())
    else:
        comparing.print_difference(document)
