"""The parameters of a search as options, for all verbs that search."""

from __future__ import annotations

from typing import Any

import click

from api import documents
from api.options import Command


def search_params(words: tuple[str, ...], options: dict[str, Any]) -> dict[str, Any]:
    """Words and options as parameters by their public names."""
    params = {
        name.removeprefix("search_").replace("__", "."): value
        for name, value in options.items()
        if value not in (None, (), False)
    }
    return {**params, "q": " ".join(words)} if words else params


def search_options(command: Command) -> Command:
    """The parameters of `GET /v1/quotes` as options, `published.from` as `--published-from`."""
    for parameter in reversed(documents.SEARCH_PARAMETERS):
        command = click.option(
            "--" + parameter.name.replace(".", "-").replace("_", "-"),
            "search_" + parameter.name.replace(".", "__"),
            multiple=parameter.many,
            is_flag=parameter.flag,
            default=None if not parameter.many else (),
            metavar=None if parameter.flag else parameter.metavar,
            help=parameter.help,
        )(command)
    return command
