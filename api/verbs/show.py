"""`onrecord show`."""

from __future__ import annotations

import click
import orjson

from api import console, documents, terminal
from api.options import settings
from api.run import Run


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--json", "as_json", is_flag=True, help="the API's answer, a line per id")
@click.option("--verbose", is_flag=True, help="also the account that imported the file of a snapshot")
@settings
@click.pass_obj
def show(run: Run, /, ids: tuple[str, ...], as_json: bool, verbose: bool) -> None:
    """Show a quote or a snapshot: who, when, why, and where the proof is."""
    config = run.config
    with run.opened(writing=False) as archive:
        for identifier in ids:
            with run.continue_on_error():
                document = documents.document_json(archive, config, identifier, verbose=verbose)
                if as_json:
                    console.out(orjson.dumps(document).decode())
                else:
                    terminal.print_document(document)
