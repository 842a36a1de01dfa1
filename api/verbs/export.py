"""`onrecord export`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from api import console
from api.exports import files, packages, walks
from api.links import Links
from api.options import settings
from api.queries import read_query
from api.run import Run
from api.terminal import wording
from api.verbs.searching import search_options, search_params


@click.command()
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@search_options
@click.option(
    "-o",
    "--output",
    "path",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="where to write it",
)
@click.option(
    "--format", "format_name", metavar="csv|ndjson|parquet|xlsx", help="the format; by default that of FILE's suffix"
)
@click.option("--package", is_flag=True, help="a ZIP with a Frictionless datapackage.json (the default for FILE.zip)")
@click.option("--no-text", is_flag=True, help="leave out all words of the pages")
@settings
@click.pass_obj
def export(
    run: Run,
    /,
    *,
    words: tuple[str, ...],
    path: Path,
    format_name: str | None,
    package: bool,
    no_text: bool,
    **options: Any,
) -> None:
    """Write every quote of a search into a file."""
    params = search_params(words, options)
    package = package or path.suffix == files.PACKAGE
    with run.opened(writing=False) as archive, console.bar("exporting") as progress:
        results = walks.quotes(archive, read_query(params), Links(run.config.base_url, run.config.replay_url))
        about = packages.About(source=run.config.base_url, query=params) if package else None
        chosen = files.format_for(path, format_name)
        count = files.write(results, path, chosen, words=not no_text, about=about, progress=progress)
    console.out(f"{wording.counted(count, 'quote')} in {path}")
