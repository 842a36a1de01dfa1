"""`onrecord serve`."""

from __future__ import annotations

import click

from api import console, server
from api.options import settings
from api.run import Run


@click.command()
@settings
@click.pass_obj
def serve(run: Run, /) -> None:
    """Serve the API and the pages over HTTP until interrupted."""
    server.serve(run.config, ready=console.out)
