"""`onrecord show`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
import orjson

from api import console, documents
from api.options import settings
from api.run import Run
from api.terminal import comparing, showing


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--json", "as_json", is_flag=True, help="the API's answer, a line per id")
@click.option("--elsewhere", is_flag=True, help="where else a quote is printed, with the difference in words")
@click.option("--history", is_flag=True, help="a quote through the captures of its page")
@click.option("--verbose", is_flag=True, help="also the account that imported the file of a snapshot")
@settings
@click.pass_obj
def show(run: Run, /, *, ids: tuple[str, ...], as_json: bool, verbose: bool, elsewhere: bool, history: bool) -> None:
    """Show a quote or a snapshot: who, when, why, and where the proof is; or where else a quote is printed."""
    config = run.config
    with run.opened(writing=False) as archive:
        for identifier in ids:
            with run.continue_on_error():
                shown: list[tuple[dict[str, Any], Callable[[dict[str, Any]], None]]] = []
                if elsewhere:
                    shown.append((documents.occurrences_json(archive, config, identifier), comparing.print_occurrences))
                if history:
                    shown.append((documents.history_json(archive, config, identifier), comparing.print_history))
                if not shown:
                    found = documents.document_json(archive, config, identifier, verbose=verbose)
                    shown.append((found, showing.print_document))
                for document, print_it in shown:
                    console.out(orjson.dumps(document).decode()) if as_json else print_it(document)
