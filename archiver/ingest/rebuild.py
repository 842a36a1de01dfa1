"""The index rebuilt from the assertions alone."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archiver.errors import StorageUnwritable
from archiver.ingest.extract import IngestContext, extract_unread
from archiver.ingest.index import REBUILD_BATCH, index_assertions
from archiver.ingest.inherited import cover_all
from archiver.ingest.store import BrokenAssertion, incomplete_files

Progress = Callable[[int], None]

_VALUES = 1_000_000
"""New values between two looks for circles of them."""


def rebuild(context: IngestContext, *, progress: Progress) -> tuple[BrokenAssertion, ...]:
    """Rebuilds the index from the assertions alone; readers use the old one until the new one is complete.

    What is appended in the meantime is indexed before the swap, and what comes during it, after. Snapshots that
    nobody extracted are extracted then. Returns the assertions that could not be read: nothing is written in their
    place. Raises StorageUnwritable where another process is rebuilding already.
    """
    folder, index = context.folder, context.index
    with folder.alone() as alone:
        if not alone:
            remedy = "Wait until it has finished; searches keep working in the meantime"
            raise StorageUnwritable("another process is rebuilding this archive", where=str(folder.path), remedy=remedy)
        with _few_collections(), index.rebuild() as fresh:
            report = index_assertions(folder, fresh, progress=progress, batch=REBUILD_BATCH)
            index_assertions(folder, fresh)
        index_assertions(folder, index)
    cover_all(folder, index, context.assertions)
    broken = (*report.broken, *incomplete_files(folder, report.broken))
    for _ in extract_unread(context, broken, progress=progress):
        pass
    return broken


@contextmanager
def _few_collections() -> Iterator[None]:
    """Within it Python seldom looks for circles of values: there are none among so many, and looking takes a tenth."""
    before = gc.get_threshold()
    gc.set_threshold(_VALUES, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
