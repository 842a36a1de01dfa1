"""`onrecord evidence`."""

from __future__ import annotations

from pathlib import Path

import click

from api import console
from api.options import settings
from api.run import Run
from archiver import errors


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="the .wacz file")
@settings
@click.pass_obj
def evidence(run: Run, /, ids: tuple[str, ...], output: Path) -> None:
    """Write an evidence package: quotes or snapshots with all their proof, in one file that anyone can check."""
    with run.opened(writing=False) as archive:
        data = archive.evidence(ids)
    try:
        output.write_bytes(data)
    except OSError as error:
        raise errors.StorageUnwritable(f"cannot be written ({error.strerror})", where=str(output)) from error
    console.say(f"{output}: {len(data):,} bytes. Check it with: onrecord verify {output}")
