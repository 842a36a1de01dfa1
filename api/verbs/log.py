"""`onrecord log`."""

from __future__ import annotations

from dataclasses import asdict

import click
import orjson

from api import console
from api.options import settings
from api.run import Run
from archiver.audit import Audit


@click.command()
@click.option("--json", "as_json", is_flag=True, help="a JSON line for each")
@settings
@click.pass_obj
def log(run: Run, /, as_json: bool) -> None:
    """List every action on the archive and the account or key behind it, oldest first."""
    for line in Audit(run.config.archive).lines():
        if as_json:
            console.out(orjson.dumps(asdict(line)).decode())
        else:
            console.out(console.safe(f"{line.at} · {line.action} · {line.by} · {line.target}"))
