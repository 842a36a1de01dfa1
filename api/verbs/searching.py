"""The parameters of a search as options, for all verbs that search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
from marshmallow import fields

from api.fields import OneOf, Switch
from api.options import Command
from api.parameters import QuoteParameters


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParameter:
    """A parameter of `GET /v1/quotes`, from which a command-line option is made."""

    name: str
    many: bool
    flag: bool
    metavar: str
    help: str


def _search_parameters() -> Iterator[SearchParameter]:
    for name, field in QuoteParameters().fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        values = "|".join(each.value for each in inner.enum) if isinstance(inner, OneOf) else ""
        yield SearchParameter(
            name=field.data_key or name,
            many=isinstance(field, fields.List),
            flag=isinstance(field, Switch) and field.load_default is False,
            metavar=values or ("true|false" if isinstance(inner, Switch) else "VALUE"),
            help=field.metadata["description"],
        )


SEARCH_PARAMETERS: tuple[SearchParameter, ...] = tuple(_search_parameters())


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
    for parameter in reversed(SEARCH_PARAMETERS):
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
