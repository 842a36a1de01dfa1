"""`onrecord rebuild`."""

from __future__ import annotations

import click

from api import console
from api.options import settings
from api.run import INCOMPLETE, Run
from api.terminal import keeping
from archiver.archive import Archive


@click.command()
@settings
@click.pass_obj
def rebuild(run: Run, /) -> None:
    """Rebuild the index from the WARC files alone; searches keep working in the meantime."""
    with Archive(run.config, create=False) as archive, console.bar("rebuilding") as progress:
        rebuilt = archive.rebuild(progress=progress)
        for broken in rebuilt.broken:
            run.note(INCOMPLETE)
            console.say(keeping.broken_line(broken))
        console.out(keeping.rebuilt_line(rebuilt))
