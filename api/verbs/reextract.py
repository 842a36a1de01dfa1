"""`onrecord reextract`."""

from __future__ import annotations

import click

from api import console
from api.options import settings
from api.run import Run
from api.terminal import keeping
from archiver.archive import Archive


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@settings
@click.pass_obj
def reextract(run: Run, /, ids: tuple[str, ...]) -> None:
    """Read snapshots again with this program's extractor; every id ever assigned stays resolvable."""
    with Archive(run.config, create=False) as archive, console.bar("reading again") as progress:
        console.out(keeping.reextracted_line(archive.reextract(ids or None, progress=progress)))
