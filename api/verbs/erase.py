"""`onrecord erase`."""

from __future__ import annotations

import click

from api import console
from api.options import settings
from api.run import Run
from api.verbs.deciding import author, by_option, reason_option


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--yes", is_flag=True, help="do not ask")
@reason_option
@by_option
@settings
@click.pass_obj
def erase(run: Run, /, *, ids: tuple[str, ...], yes: bool, reason: str, by: str) -> None:
    """Destroy the bytes of snapshots, their texts and quotes, as the law requires. This cannot be undone."""
    if not yes:
        click.confirm(f"Permanently destroy {len(ids)} snapshot(s)?", abort=True, err=True)
    with run.opened(writing=False) as archive:
        for identifier in ids:
            with run.continue_on_error(), console.bar("reading all files") as progress:
                erased = archive.erase(identifier, author=author(by), reason=reason, progress=progress)
                console.out(f"{identifier} · erased, {erased.records} records")
                for each in erased.shared:
                    console.say(f"{each.id} ({each.url}): kept, other captures may show it; erase it by its id")
                for place in erased.unread:
                    console.say(f"{place}: could not be read; if it holds the page, erase it there")
                for place in erased.elsewhere:
                    console.say(f"{place}: is outside the archive directory; erase it there")
        console.say(
            "Copies to erase yourself: backups of the archive's folder, bytes of interrupted writes in aside/,"
            " published evidence packages and exports, copies"
            " of the index (run onrecord rebuild twice: the first keeps the previous index)"
        )
