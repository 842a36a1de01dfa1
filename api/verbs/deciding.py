"""What the verbs of people's decisions have in common: who decides, and why."""

from __future__ import annotations

import click

from api.options import Command
from archiver.ingest.decide import Author


def reason_option(command: Command) -> Command:
    """The reason, which is kept and shown."""
    return click.option("--reason", required=True, metavar="TEXT", help="why; kept permanently and shown")(command)


def by_option(command: Command) -> Command:
    """The name that is shown with a decision."""
    return click.option("--by", default="", metavar="NAME", help="your name, if it is to be shown")(command)


def author(name: str) -> Author:
    """Who decides at the terminal."""
    return Author(name=name, role="operator")
