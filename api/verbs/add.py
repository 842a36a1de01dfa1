"""`onrecord add`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from api import console
from api.options import settings
from api.run import Run
from api.verbs.outcomes import print_outcome
from archiver.ingest.watch import SETTLE, Watch

POLL = 1.0
"""Seconds between two looks at a watched folder."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--in-place", is_flag=True, help="leave the file where it is; record its path, size and digest")
@click.option(
    "--watch",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="then import files in this folder as a crawler finishes them, until interrupted; start again at any time",
)
@click.option(
    "--settle",
    type=click.FloatRange(0, 3600),
    default=SETTLE,
    show_default=True,
    metavar="SECONDS",
    help=("how long a watched file must have been unchanged"),
)
@click.option("--json", "as_json", is_flag=True, help="a JSON line per file")
@settings
@click.pass_obj
def add(
    run: Run, /, *, files: tuple[Path, ...], in_place: bool, watch: Path | None, settle: float, as_json: bool
) -> None:
    """Import WARC, ARC or WACZ files and find their quotes."""
    if not files and watch is None:
        raise click.UsageError("Name files, or a folder with --watch.")
    with run.opened(writing=True) as archive:
        for file in _all(files, watch, settle):
            about = {"file": str(file)}
            with run.continue_on_error(about if as_json else None), console.bar(file.name) as progress:
                outcome = archive.add(file, in_place=in_place, progress=progress)
                print_outcome(run, archive, outcome, about, as_json)


def _all(files: Iterable[Path], watch: Path | None, settle: float) -> Iterator[Path]:
    yield from files
    if watch is None:
        return
    watched = Watch(watch, settle=settle)
    while True:
        yield from watched.finished()
        time.sleep(POLL)
