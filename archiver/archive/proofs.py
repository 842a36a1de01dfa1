"""Proof: the evidence read again, the chain of proof of one id, evidence packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.archive.reading import Reading
from archiver.archive.resources import Resources
from archiver.archive.values import Progress, silent
from archiver.config import Config, software
from archiver.errors import NotFound
from archiver.records import Quote, QuoteState

if TYPE_CHECKING:
    from archiver.evidence.digest import Seal
    from archiver.evidence.package import Proven
    from archiver.verification.findings import Finding
    from archiver.verification.values import Verification


@dataclass(frozen=True, slots=True)
class Proofs:
    """What proves quotes and snapshots; `stamp` gets a time stamp over a signature."""

    resources: Resources
    reading: Reading
    stamp: Callable[[bytes], bytes | None]

    def verify(self, targets: Sequence[str], *, progress: Progress) -> Iterator[Finding]:
        """See Archive.verify."""
        from archiver.verification import findings

        if not targets:
            yield from findings.of_archive(self.resources.folder, progress=progress)
            yield from self._refused()
        for target in targets:
            yield from self._verified(target, progress)

    def _refused(self) -> Iterator[Finding]:
        """What the index would not take: nothing is lost, but it is not found until a rebuild."""
        from archiver.verification.findings import Finding

        for refused in self.resources.index.refused():
            what = f"the index refused it ({refused.reason}); the archive has it, and `onrecord rebuild` tries again"
            yield Finding(file=refused.index, offset=None, record_id=refused.id, what=what, ok=True)

    def _verified(self, target: str, progress: Progress) -> Iterator[Finding]:
        from archiver.annotations.ids import is_id
        from archiver.verification import findings

        folder = self.resources.folder
        if Path(target).is_file():
            return verify_file(Path(target), self.resources.config, progress=progress)
        if folder.holds(target):
            return findings.file(folder, target, progress=progress)
        if not is_id(target):
            raise NotFound("there is no such file, quote or snapshot", where=target)
        if target.startswith("q"):
            entry = self.reading.quote(target)
            return findings.quotes(folder, self.reading.snapshot(entry.snapshot_id), [entry.quote])
        row = self.reading.snapshot(target)
        return findings.quotes(folder, row, [entry.quote for entry in self.reading.quotes_of(target)])

    def verification(self, identifier: str, *, max_file: int | None) -> Verification:
        """See Archive.verification."""
        from archiver.signing.timestamps import read_roots
        from archiver.verification.checks import UNLIMITED, Verifier

        roots = read_roots(self.resources.config.timestamp_roots)
        limit = UNLIMITED if max_file is None else max_file
        verifier = Verifier(folder=self.resources.folder, roots=roots, max_file=limit)
        if identifier.startswith("q"):
            entry = self.reading.quote(identifier)
            return verifier.quote(self.reading.snapshot(entry.snapshot_id), entry.quote)
        row = self.reading.snapshot(identifier)
        return verifier.snapshot(row, [entry.quote for entry in self.reading.quotes_of(identifier)])

    def evidence(self, ids: Sequence[str]) -> bytes:
        """See Archive.evidence."""
        from archiver.citations.works import is_citable
        from archiver.evidence import package
        from archiver.evidence.digest import Seal
        from archiver.signing.keys import load_key

        proven = list(self._proven(ids))
        self.reading.viewer.check_whole()
        config, seals = self.resources.config, self.resources.seals
        base = config.base_url if is_citable(config.public_url) else None
        made = package.draft(proven, base_url=base)
        if config.signing_key is None or not config.signing_key.exists():
            return package.sealed(made)
        key = load_key(config.signing_key)
        place = (made.digest, key.id)
        known = seals.get(place)
        at = known.signature.at if known else datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

        def sign(digest: str) -> Seal:
            if known is not None:
                return known
            signature = key.sign(digest, at=at)
            seals[place] = Seal(signature=signature, software=software(), timestamp=self.stamp(signature.raw))
            return seals[place]

        return package.sealed(made, at=at, sign=sign)

    def _proven(self, ids: Sequence[str]) -> Iterator[Proven]:
        """Each snapshot once, in the order requested, with those of its quotes that were requested."""
        from archiver.evidence.gather import gather
        from archiver.evidence.package import Proven
        from archiver.replay.saved import requisite_places

        folder, index = self.resources.folder, self.resources.index
        wanted: dict[str, list[Quote]] = {}
        for identifier in dict.fromkeys(ids):
            if identifier.startswith("q"):
                entry = self.reading.quote(identifier)
                wanted.setdefault(entry.snapshot_id, []).append(entry.quote)
            else:
                wanted.setdefault(self.reading.snapshot(identifier).snapshot.id, [])
        for snapshot_id, quotes in wanted.items():
            row = self.reading.snapshot(snapshot_id)
            entries = index.quotes_of(snapshot_id)
            withdrawn = any(entry.quote.state is QuoteState.WITHDRAWN for entry in entries)
            shown = quotes or [entry.quote for entry in entries if entry.quote.state is QuoteState.CURRENT]
            places = requisite_places(folder, index, row.snapshot)
            gathered = gather(folder, row, withdrawn=withdrawn, assets=places)
            yield Proven(row=row, quotes=tuple(shown), gathered=gathered)


def verify_file(path: Path, config: Config, *, progress: Progress = silent) -> Iterator[Finding]:
    """A WARC or WACZ file anywhere, checked by what it says itself; no archive is needed. Raises ConfigError."""
    from archiver.evidence import inspection
    from archiver.signing.timestamps import read_roots
    from archiver.verification import findings
    from archiver.warcs.storage import any_file

    roots = read_roots(config.timestamp_roots)
    with any_file(path) as file:
        if inspection.is_evidence(file):
            yield from inspection.inspect(file, str(path), roots)
            return
    yield from findings.foreign_file(path, progress=progress)
