"""What the verbs that keep pages say of each URL or file, and the exit codes of it."""

from __future__ import annotations

import orjson

from api import console
from api.run import INCOMPLETE, NOT_INDEXED, Run, exit_code
from api.terminal import keeping
from archiver.archive import Archive, Outcome


def print_outcome(run: Run, archive: Archive, outcome: Outcome, about: dict[str, str], as_json: bool) -> None:
    """Prints what became of one URL or file, and notes the exit codes of it."""
    if outcome.problem:
        run.note(exit_code(outcome.problem))
    captured = outcome.file_digest is None
    if outcome.damage or (captured and any(kept.snapshot.truncated for kept in outcome.kept)):
        run.note(INCOMPLETE)
    if any(kept.extraction and kept.extraction.is_fault for kept in outcome.kept):
        run.note(INCOMPLETE)
    if not outcome.indexed:
        run.note(NOT_INDEXED)
    if as_json:
        fresh = [kept.snapshot.id for kept in outcome.kept if kept.fresh]
        held = archive.snapshots_by_id(fresh) if fresh else {}
        console.out(orjson.dumps(keeping.outcome_json(outcome, about, held)).decode())
    else:
        keeping.print_outcome(outcome, next(iter(about.values())))
