"""The settings as options of the verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from api.run import Run
from archiver.config import SETTINGS

Command = TypeVar("Command", bound=Callable[..., Any])


def settings(command: Command) -> Command:
    """Makes each setting an option of the command."""
    for setting in reversed(SETTINGS):
        text = f"{setting.help} [{setting.variable}; {setting.default or 'unset'}]"
        command = click.option(
            setting.option, f"setting_{setting.name}", metavar="VALUE", help=text, expose_value=False, callback=_keep
        )(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        run: Run = context.obj
        run.options[str(parameter.name).removeprefix("setting_")] = value
