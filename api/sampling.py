"""Samples of a search as the faces draw, walk and cite them (`archiver.samples` keeps them and counts)."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from api.links import Links
from api.parameters import QuoteParameters
from api.queries import read_query
from archiver.errors import BadQuery, NotFound, Withdrawn
from archiver.records import Entry
from archiver.samples import MAX_SAMPLE, ArchiveState, Sample, Samples, Tally, tally
from archiver.sha256 import sha256_of
from archiver.viewer import Viewer

if TYPE_CHECKING:
    from archiver.archive import Archive

_NOT_OF_A_SAMPLE = frozenset({"sort", "seed", "limit", "cursor", "facet", "facet.size", "highlight", "collapse"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The tally of the quotes of one outlet or in one language; `kind` is which, an empty name is unknown."""

    kind: str
    name: str
    drawn: int
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleResult:
    """What the reviews of a sample say on a day. `hidden` quotes are withdrawn or not for this viewer since."""

    sample: Sample
    entries: tuple[Entry, ...]
    tally: Tally
    groups: tuple[Group, ...]
    on: date

    @property
    def hidden(self) -> int:
        """How many of the sample's quotes are not counted."""
        return len(self.sample.quotes) - len(self.entries)


def draw(archive: Archive, search: str, *, seed: int, size: int) -> Sample:
    """Draws a sample among what everybody may see, and keeps it. `search` is a query string.

    Raises BadQuery, where nothing matches too, and StorageError.
    """
    if not 1 <= size <= MAX_SAMPLE:
        raise BadQuery(f"is not a number from 1 to {MAX_SAMPLE:,}", parameter="n")
    query = replace(read_query(search_params(search)), sort="random", seed=seed, limit=size, cursor=None)
    public = archive.seen_by(Viewer())
    page, searched = public.search(query), public.searched()
    if not page.entries:
        raise BadQuery("no public quote matches it", parameter="search")
    heads = sorted(archive.folder.manifest.heads().items())
    state = ArchiveState(snapshots=searched.snapshots, quotes=searched.quotes, manifest=sha256_of(repr(heads).encode()))
    ids = tuple(str(entry.quote.id) for entry in page.entries)
    return Samples(archive.config.archive).keep(search, seed, page.total.value, state, ids)


def search_params(search: str) -> dict[str, Any]:
    """A query string as parameters of a search. Raises BadQuery for those that are of no use for a sample."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(search, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    if unusable := sorted(_NOT_OF_A_SAMPLE & set(found)):
        raise BadQuery("is not a parameter of a sample", parameter=unusable[0])
    many = {field.data_key or name for name, field in QuoteParameters().fields.items() if hasattr(field, "inner")}
    if twice := [name for name, values in found.items() if name not in many and len(values) > 1]:
        raise BadQuery("is given more than once", parameter=twice[0])
    return {name: values if name in many else values[0] for name, values in found.items()}


def kept(archive: Archive, sample_id: str) -> Sample:
    """The sample with this id. Raises NotFound."""
    return Samples(archive.config.archive).get(sample_id)


def shown(archive: Archive, quote_id: str) -> Entry | None:
    """A quote of a sample; None where it is withdrawn, or not for this viewer."""
    try:
        return archive.quote(quote_id)
    except (NotFound, Withdrawn):
        return None


def result_of(archive: Archive, sample: Sample) -> SampleResult:
    """What the reviews say now, overall and by outlet and language."""
    entries = tuple(entry for each in sample.quotes if (entry := shown(archive, each)) is not None)
    return SampleResult(
        sample=sample,
        entries=entries,
        tally=tally(entry.quote.review for entry in entries),
        groups=(*_groups("outlet", entries), *_groups("language", entries)),
        on=datetime.now(UTC).date(),
    )


def _groups(kind: str, entries: tuple[Entry, ...]) -> list[Group]:
    """Of each outlet or language, the commonest first."""
    counts = Counter(_name(entry, kind) for entry in entries)
    return [
        Group(
            kind=kind,
            name=name,
            drawn=count,
            tally=tally(entry.quote.review for entry in entries if _name(entry, kind) == name),
        )
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _name(entry: Entry, kind: str) -> str:
    return (entry.outlet or entry.site if kind == "outlet" else entry.language) or ""


def citation(result: SampleResult, links: Links) -> str:
    """The result as a sentence to cite, with everything that is needed to draw and count it again."""
    sample, found = result.sample, result.tally
    says = "No quote was judged yet"
    if found.precision is not None:
        says = (
            f"Attribution precision {found.precision:.3f} (95 % interval {found.low:.3f} to {found.high:.3f}, Wilson):"
            f" {found.right} confirmed of {found.judged} judged"
        )
    hidden = f", {result.hidden} of them no longer shown" if result.hidden else ""
    return (
        f"{says}, as of {result.on}. Random sample of {len(sample.quotes)} of {sample.total} quotes{hidden},"
        f" search “{sample.search or 'all quotes'}”, seed {sample.seed}, drawn {sample.drawn_at:%Y-%m-%d} from an"
        f" On Record archive of {sample.state.snapshots} snapshots and {sample.state.quotes} quotes, manifest"
        f" {sample.state.manifest}. {links.sample_page(sample.id)}"
    )


def document(result: SampleResult, links: Links) -> dict[str, Any]:
    """The sample and its result as plain JSON values."""
    sample = result.sample
    return {
        "id": sample.id,
        "drawn_at": sample.drawn_at.isoformat().replace("+00:00", "Z"),
        "search": sample.search,
        "seed": sample.seed,
        "total": sample.total,
        "state": asdict(sample.state),
        "quotes": [entry.quote.id for entry in result.entries],
        "hidden": result.hidden,
        "tally": asdict(result.tally),
        "groups": [asdict(group) for group in result.groups],
        "citation": citation(result, links),
    }
