"""`onrecord withdraw`."""

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
@click.option("--legal", is_flag=True, help="required by law or a court order: 451 instead of 410")
@click.option("--restore", is_flag=True, help="take a withdrawal back")
@reason_option
@by_option
@settings
@click.pass_obj
def withdraw(run: Run, /, *, ids: tuple[str, ...], legal: bool, restore: bool, reason: str, by: str) -> None:
    """Withdraw quotes or snapshots: a tombstone says when, why and by which role. The saved bytes stay."""
    act = Act.RESTORE if restore else Act.WITHDRAW
    with run.opened(writing=False) as archive:
        for identifier in ids:
            with run.continue_on_error():
                archive.decide(Wish(act=act, author=author(by), reason=reason, legal=legal), identifier)
                console.out(f"{identifier} · {'restored' if restore else 'withdrawn'}")
