"""The health of an archive, part by part."""

from __future__ import annotations

import os
import shutil

from archiver.archive.resources import Resources
from archiver.archive.values import Part
from archiver.config import Config
from archiver.errors import SearchError
from archiver.verification.scrub import Scrubber
from archiver.warcs.files import Folder

MIN_FREE = 256 << 20
"""Bytes of disk below which the archive's health is bad."""


def health(resources: Resources) -> tuple[Part, ...]:
    """The health of the archive's parts."""
    return (
        _folder_health(resources.folder),
        _evidence_health(resources.scrubber),
        _index_health(resources),
        _fetch_health(resources.config),
    )


def _folder_health(folder: Folder) -> Part:
    try:
        free = shutil.disk_usage(folder.path).free
    except OSError as error:
        return Part(name="archive", ok=False, detail=f"the folder cannot be used ({error.strerror})")
    writable = os.access(folder.path / "captures", os.W_OK)
    detail = f"{free / (1 << 30):.1f} GiB free" if writable else "the folder cannot be written"
    return Part(name="archive", ok=writable and free > MIN_FREE, detail=detail)


def _evidence_health(scrubber: Scrubber) -> Part:
    found = scrubber.look()
    if found.damaged:
        name, problem = found.damaged[0]
        more = f", and {len(found.damaged) - 1} more" if len(found.damaged) > 1 else ""
        return Part(name="evidence", ok=False, detail=f"{name} is damaged: {problem}{more}. Run: onrecord verify")
    return Part(name="evidence", ok=True, detail=f"{found.checked} of {found.files} closed files checked, none damaged")


def _index_health(resources: Resources) -> Part:
    try:
        searched = resources.index.searched()
    except SearchError as error:
        return Part(name="index", ok=False, detail=error.what)
    return Part(name="index", ok=True, detail=f"{searched.snapshots} snapshots, {searched.quotes} quotes")


def _fetch_health(config: Config) -> Part:
    few = len(config.fetch_allow)  # how many, not which: anybody may read this
    allowed = f"public addresses, and {few} private ones that the settings name"
    return Part(name="fetch", ok=True, detail=allowed if few else "public addresses only")
