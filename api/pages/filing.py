"""Which of the reader's folders contain a quote or a snapshot, for the form on its page that adds it to one."""

from __future__ import annotations

from api import access, desk
from archiver.desk import Collection


def folders_for_filing() -> tuple[Collection, ...] | None:
    """The reader's folders, newest first; None for readers who may not keep any."""
    return desk.store().folders(desk.owner()) if access.may_write() else None


def holding(folders: tuple[Collection, ...] | None, item: str) -> list[Collection]:
    """Those that hold this quote or snapshot."""
    return [folder for folder in folders or () if any(each.id == item for each in folder.items)]
