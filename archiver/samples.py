"""Random samples of a search for people to judge, and what their judgements say: precision with its 95 % interval.

A sample is a file in `samples/` of the archive's folder, named by the digest of the search, the seed, how much there
was to draw from, and the ids that were drawn. So it stays the same while the archive grows and its quotes are
corrected, and the same draw is the same sample: when it was drawn first, and the manifest then, are kept with it.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from math import sqrt
from pathlib import Path
from typing import Any

import orjson

from archiver.errors import NotFound, StorageError
from archiver.records import Review
from archiver.warcs.files import storage_errors
from archiver.warcs.storage import sync

MAX_SAMPLE = 1000
SAMPLE_SIZE = 200
"""Quotes of a sample, where nothing else is said."""

_Z = 1.959963984540054
"""The quantile of the normal distribution for 95 %."""
_ID = re.compile(r"x[a-z2-7]{20}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveState:
    """The archive when a sample was drawn: what its index covered, and the digest over the heads of its manifest.

    The heads vouch for every file that was closed by then (`archiver.warcs.manifest`).
    """

    snapshots: int
    quotes: int
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample: `search` is the query string of the search (`q=tender&language=en`), `total` how many matched it.

    Drawn among what everybody may see. `quotes` are ids, in the order drawn.
    """

    id: str
    drawn_at: datetime
    search: str
    seed: int
    total: int
    state: ArchiveState
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many were judged and how many of these are right, with the 95 % interval after Wilson; None before any."""

    judged: int
    right: int
    precision: float | None = None
    low: float | None = None
    high: float | None = None


def tally(reviews: Iterable[Review | None]) -> Tally:
    """What reviews say: confirmed is right, corrected and disputed are wrong, None is not judged."""
    judged = [each for each in reviews if each is not None]
    right = sum(each is Review.CONFIRMED for each in judged)
    if not judged:
        return Tally(judged=0, right=0)
    low, high = wilson(right, len(judged))
    return Tally(judged=len(judged), right=right, precision=right / len(judged), low=low, high=high)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, 1927), which holds for small samples and shares near 1 too."""
    share, squared = right / judged, _Z * _Z
    middle = share + squared / (2 * judged)
    spread = _Z * sqrt(share * (1 - share) / judged + squared / (4 * judged * judged))
    whole = 1 + squared / judged
    return min(share, max(0.0, (middle - spread) / whole)), max(share, min(1.0, (middle + spread) / whole))


class Samples:
    """The samples of an archive's folder. Any number of processes may use them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "samples"

    def keep(self, search: str, seed: int, total: int, state: ArchiveState, quotes: tuple[str, ...]) -> Sample:
        """Keeps a sample, durable when this returns; the one that is there where it was drawn before.

        Raises StorageError.
        """
        drawn = {"search": search, "seed": seed, "total": total, "state": asdict(state), "quotes": list(quotes)}
        sample_id = _id_of(drawn)
        path = self._file(sample_id)
        if not path.exists():
            at = datetime.now(UTC).replace(microsecond=0)
            plain = orjson.dumps({**drawn, "drawn_at": at.isoformat()}, option=orjson.OPT_APPEND_NEWLINE)
            with storage_errors(path):
                self._path.mkdir(exist_ok=True)
                draft = path.with_suffix(f".{os.getpid()}.new")
                with draft.open("wb") as file:
                    file.write(plain)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
                sync(self._path)
        return self.get(sample_id)

    def get(self, sample_id: str) -> Sample:
        """The sample with this id. Raises NotFound, and StorageError where its file is not what it was."""
        if not _ID.fullmatch(sample_id):
            raise NotFound("there is no such sample", where=sample_id[:100])
        path = self._file(sample_id)
        try:
            plain: dict[str, Any] = orjson.loads(path.read_bytes())
            drawn_at = datetime.fromisoformat(plain.pop("drawn_at"))
            if _id_of(plain) != sample_id:
                raise ValueError("it was changed: its name is not the digest of what was drawn")
            quotes, state = tuple(plain.pop("quotes")), ArchiveState(**plain.pop("state"))
            return Sample(id=sample_id, drawn_at=drawn_at, state=state, quotes=quotes, **plain)
        except FileNotFoundError:
            raise NotFound("there is no such sample", where=sample_id) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            remedy = "Restore it from a backup"
            raise StorageError(f"cannot be read ({error})", where=f"samples/{path.name}", remedy=remedy) from error

    def _file(self, sample_id: str) -> Path:
        return self._path / f"{sample_id}.json"


def _id_of(drawn: dict[str, Any]) -> str:
    counts = {name: value for name, value in drawn["state"].items() if name != "manifest"}
    digest = sha256(orjson.dumps({**drawn, "state": counts}, option=orjson.OPT_SORT_KEYS)).digest()
    return "x" + base64.b32encode(digest).decode("ascii").lower()[:20]
