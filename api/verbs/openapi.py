"""`onrecord openapi`."""

from __future__ import annotations

import click
import orjson

from api import console
from api.app import openapi as description
from api.options import settings
from api.run import Run


@click.command()
@settings
@click.pass_obj
def openapi(run: Run, /) -> None:
    """Print the OpenAPI 3.1 description of the HTTP API."""
    console.out(orjson.dumps(description(run.config), option=orjson.OPT_INDENT_2).decode())
