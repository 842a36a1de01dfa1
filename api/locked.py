"""A small JSON file of the archive's folder that several processes change, one at a time; it is replaced whole."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from archiver.errors import StorageUnwritable


@contextmanager
def one_writer(path: Path) -> Iterator[None]:
    """Nobody else changes the file meanwhile. Raises StorageUnwritable, also for what fails within."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise StorageUnwritable(f"cannot be written ({error.strerror})", where=str(path)) from error


def replace_with(path: Path, document: Any) -> None:
    """Puts a document in the file's place, readable by its owner alone; durable when this returns. Raises OSError."""
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
