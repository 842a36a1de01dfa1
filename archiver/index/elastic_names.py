"""The names of the three indexes in Elasticsearch: one of each a generation, behind aliases."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("quotes", "snapshots", "positions")


@dataclass(frozen=True, slots=True)
class Names:
    """What the three indexes are called: aliases, or the indexes of one generation."""

    quotes: str
    snapshots: str
    positions: str
    alias: bool

    @classmethod
    def of(cls, prefix: str, generation: str | None = None) -> Names:
        """The aliases, or the names of a generation."""
        quotes, snapshots, positions = (f"{prefix}-{kind}{f'-{generation}' if generation else ''}" for kind in KINDS)
        return cls(quotes, snapshots, positions, alias=generation is None)

    def each(self) -> dict[str, str]:
        """The names by what they hold."""
        return {"quotes": self.quotes, "snapshots": self.snapshots, "positions": self.positions}
