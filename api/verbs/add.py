"""`onrecord add`."""

from __future__ import annotations

from pathlib import Path

import click

from api import console
from api.options import settings
from api.run import Run
from api.verbs.outcomes import tell


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--in-place", is_flag=True, help="leave the file where it is; record its path, size and digest")
@click.option("--json", "as_json", is_flag=True, help="a JSON line per file")
@settings
@click.pass_obj
def add(run: Run, /, files: tuple[Path, ...], in_place: bool, as_json: bool) -> None:
    """Take in WARC, WARC.gz or WACZ files from elsewhere and find their quotes."""
    with run.opened(writing=True) as archive:
        for file in files:
            about = {"file": str(file)}
            with run.going_on(about if as_json else None), console.bar(file.name) as progress:
                outcome = archive.add(file, in_place=in_place, progress=progress)
                tell(run, archive, outcome, about, as_json)
