"""The index rebuilt from the assertions alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from archiver.errors import StorageUnwritable
from archiver.index.protocol import Index
from archiver.ingest.index import IndexReport, index_assertions
from archiver.warcs.files import Folder

Progress = Callable[[int], None]


def rebuild(folder: Folder, index: Index, *, progress: Progress) -> IndexReport:
    """Rebuilds the index from the assertions alone; readers go on with the old one until it is whole.

    What is appended meanwhile is taken in before the swap, and what comes in the moment of it, after. Raises
    StorageUnwritable where another process rebuilds already.
    """
    with folder.alone() as alone:
        if not alone:
            remedy = "Wait until it has finished; searches keep working meanwhile"
            raise StorageUnwritable("another process is rebuilding this archive", where=str(folder.path), remedy=remedy)
        with index.rebuild() as fresh:
            taken = index_assertions(folder, fresh, progress=progress)
            taken = replace(taken + index_assertions(folder, fresh), broken=taken.broken)
        index_assertions(folder, index)
    return taken
