"""What a terminal shows: results on stdout, messages and progress on stderr, both safe to show."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

Item = TypeVar("Item")
Progress = Callable[[int], None]

_bars: list[Any] = []
"""The bars that are drawn now."""


def safe(text: str) -> str:
    """The text with control and bidirectional characters made visible: archived words must not drive a terminal."""
    return "".join(
        f"\\u{ord(char):04x}"
        if unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in "\n\u200c\u200d"
        else char
        for char in text
    )


def out(text: str) -> None:
    """A line of result."""
    _clear_bar()
    click.echo(text)


def say(text: str) -> None:
    """A line of messages."""
    _clear_bar()
    click.echo(safe(text), err=True)


def progress(items: Iterable[Item], what: str) -> Iterator[Item]:
    """The items, with a bar on stderr where a person looks at it and there is more than one."""
    listed = list(items)
    with _drawn(
        click.progressbar(listed, label=what, file=sys.stderr, hidden=len(listed) < 2 or not _watched())
    ) as drawn:
        yield from drawn


@contextmanager
def bar(what: str) -> Iterator[Progress]:
    """A counter for work of unknown length; called with how many more are done."""
    endless = click.progressbar(iter(()), label=what, file=sys.stderr, hidden=not _watched(), update_min_steps=10)
    with _drawn(endless) as drawn:
        yield drawn.update


@contextmanager
def _drawn(bar: Any) -> Iterator[Any]:
    with bar as drawn:
        _bars.append(drawn)
        try:
            yield drawn
        finally:
            _bars.remove(drawn)


def _watched() -> bool:
    return sys.stderr.isatty()


def _clear_bar() -> None:
    """Takes a bar off its line before another line is written; its next step draws it again."""
    if _bars and _watched():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
