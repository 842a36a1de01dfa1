"""The names of the four indexes in Elasticsearch: one of each a generation, behind aliases."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("quotes", "snapshots", "positions", "speakers")


@dataclass(frozen=True, slots=True)
class Names:
    """What the four indexes are called: aliases, or the indexes of one generation."""

    quotes: str
    snapshots: str
    positions: str
    speakers: str
    alias: bool

    @classmethod
    def of(cls, prefix: str, generation: str | None = None) -> Names:
        """The aliases, or the names of a generation."""
        names = {kind: f"{prefix}-{kind}{f'-{generation}' if generation else ''}" for kind in KINDS}
        return cls(**names, alias=generation is None)

    def each(self) -> dict[str, str]:
        """The names by what they hold."""
        return {kind: getattr(self, kind) for kind in KINDS}
