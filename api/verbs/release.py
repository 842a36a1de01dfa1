"""`onrecord release`."""

from __future__ import annotations

import click

from api import console
from api.options import settings
from api.run import Run
from api.verbs.deciding import author, by_option, reason_option
from archiver.ingest.decide import Wish
from archiver.records import Act


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--undo", is_flag=True, help="make them private again")
@reason_option
@by_option
@settings
@click.pass_obj
def release(run: Run, /, ids: tuple[str, ...], undo: bool, reason: str, by: str) -> None:
    """Make private snapshots public."""
    act = Act.PRIVATE if undo else Act.RELEASE
    with run.opened(writing=False) as archive:
        for identifier in ids:
            with run.continue_on_error():
                archive.decide(Wish(act=act, author=author(by), reason=reason), identifier)
                console.out(f"{identifier} · {'private' if undo else 'released'}")
