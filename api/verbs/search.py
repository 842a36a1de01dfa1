"""`onrecord search`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from api import console
from api.options import settings
from api.queries import read_query
from api.run import Run
from api.terminal import showing
from api.verbs.searching import search_options, search_params


@click.command()
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@search_options
@click.option("--json", "as_json", is_flag=True, help="the API's answer")
@settings
@click.pass_obj
def search(run: Run, /, words: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Search quotes: words, "a phrase", -without, one|other, begin*, nearly~1."""
    config = run.config
    given = search_params(words, options)
    query = read_query(given)
    with run.opened(writing=False) as archive:
        if as_json:
            import orjson

            from api import documents  # what the JSON needs is not read for a search in words

            console.out(orjson.dumps(documents.page_json(archive, config, given)).decode())
        else:
            if query.cursor is not None:
                from api.cursors import Signer

                query = replace(query, cursor=Signer(config.archive).opened(query.cursor))
            showing.print_page(archive.search(query), config.base_url)
