"""How the terminal words what it says."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """`1 quote`, `2 quotes`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
