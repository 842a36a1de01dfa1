"""Which of several representations a client wants (RFC 9110 §12.5.1), media type parameters included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from werkzeug.http import parse_accept_header, parse_options_header


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A representation: its media type, and the parameters that distinguish it from others of the same type.

    `name` is what we call it; of offers that a client likes as well the earlier one is taken.
    """

    name: str
    media_type: str
    parameters: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "; ".join([self.media_type, *(f'{name}="{value}"' for name, value in self.parameters)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    """One media range of an `Accept` field."""

    media_type: str
    parameters: dict[str, str]
    quality: float

    def precision(self, offer: Offer, telling: frozenset[str]) -> int | None:
        """How precisely this range names the offer: None where it does not.

        Parameters that distinguish no offers (`charset`) are ignored.
        """
        if self.media_type == "*/*":
            return 0
        kind = offer.media_type.partition("/")[0]
        if self.media_type == f"{kind}/*":
            return 1
        if self.media_type != offer.media_type:
            return None
        compared = {name: value for name, value in self.parameters.items() if name in telling}
        offered = dict(offer.parameters)
        if any(value != offered.get(name, "").lower() for name, value in compared.items()):
            return None
        return 2 + len(compared)


def chosen(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """The offer that the `Accept` field likes best; without a field the first; None where it allows none."""
    if accept is None or not accept.strip():
        return offers[0]
    ranges = list(_ranges(accept))
    best, liked = None, 0.0
    for offer in offers:
        telling = frozenset(
            name for each in offers if each.media_type == offer.media_type for name, _ in each.parameters
        )
        quality = _quality(ranges, offer, telling)
        if quality > liked:
            best, liked = offer, quality
    return best


def _quality(ranges: Iterable[_Range], offer: Offer, telling: frozenset[str]) -> float:
    """What the most precise range that names the offer gives it."""
    named = [(precision, each.quality) for each in ranges if (precision := each.precision(offer, telling)) is not None]
    return max(named, default=(0, 0.0))[1]


def _ranges(accept: str) -> Iterator[_Range]:
    for text, quality in parse_accept_header(accept):
        media_type, parameters = parse_options_header(text)
        lowered = {name.lower(): value.lower() for name, value in parameters.items()}
        yield _Range(media_type=media_type.lower(), parameters=lowered, quality=quality)
