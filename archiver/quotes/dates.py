"""stub"""

from __future__ import annotations
from archiver.quotes.parts import Reading
from archiver.records import NO_DAY, Dated, SaidOn, Step


def find_day(reading: Reading, quote: int, place: int, published: Dated) -> tuple[SaidOn, Step | None]:
    return NO_DAY, None
