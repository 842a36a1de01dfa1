"""Speakers as people see them: two joined, one separated, and what was decided so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.archive.reading import Reading
from archiver.archive.resources import Resources
from archiver.archive.values import Note
from archiver.people import decide
from archiver.people.decide import SpeakerWish
from archiver.records import SpeakerDecision
from archiver.warcs.files import one_at_a_time


@dataclass(frozen=True, slots=True)
class Persons:
    """Decisions about speakers, stored and read as `reading` sees them; `note` writes the audit log."""

    resources: Resources
    reading: Reading
    note: Note

    def join(self, speaker: str, other: str, wish: SpeakerWish) -> SpeakerDecision:
        """Makes one person of two speakers, each an id or a name in full.

        Raises NotFound, BadQuery, StorageError and SearchError.
        """
        with one_at_a_time(self.resources.folder.path / "decisions.lock"):
            decided = decide.join(self.resources.decide, self.reading.index, speaker, other, wish)
            self.note(decided.act, f"{decide.id_of(speaker)} {decide.id_of(other)}")
            return decided

    def separate(self, speaker: str, spellings: Sequence[str], wish: SpeakerWish) -> SpeakerDecision:
        """Makes some spellings of a speaker another person's. Raises NotFound, BadQuery, StorageError, SearchError."""
        with one_at_a_time(self.resources.folder.path / "decisions.lock"):
            decided = decide.separate(self.resources.decide, self.reading.index, speaker, spellings, wish)
            self.note(decided.act, " ".join(map(decide.id_of, (speaker, *spellings))))
            return decided

    def decisions(self, speaker: str) -> tuple[SpeakerDecision, ...]:
        """What people decided about a speaker, oldest first. Raises NotFound."""
        return decide.decisions_about(self.resources.index, self.reading.index, speaker)
