"""`onrecord review --sample`: a random sample walked in the terminal, and what its reviews say."""

from __future__ import annotations

from collections.abc import Iterator

import click
import orjson

from api import console, sampling
from api.links import Links
from api.run import Run
from api.terminal import showing
from api.verbs.deciding import author
from archiver.archive import Archive
from archiver.ingest.decide import Wish
from archiver.records import Act, Change, Entry, Review
from archiver.samples import Sample, Tally

_ASKS = "[c]onfirm, co[r]rect, [d]ispute, [s]kip, [q]uit"
_AROUND = 300
"""Characters of the article around a quote that are shown."""


def walk(
    run: Run,
    archive: Archive,
    which: str,
    *,
    search: str,
    seed: int,
    reason: str | None,
    by: str,
    as_json: bool,
) -> None:
    """Draws a sample (or takes the one with the id `which`), asks about each quote not yet reviewed, prints the result.

    What was decided before somebody quits stays decided; the same sample goes on behind it.
    """
    sample = _sample(archive, which, search=search, seed=seed)
    for place, quote_id in enumerate(sample.quotes, 1):
        entry = sampling.shown(archive, quote_id)
        if entry is None or entry.quote.review is not None:
            continue
        console.say(f"\n{place}/{len(sample.quotes)} · {quote_id} · {entry.outlet or entry.site}")
        console.say(_shown(entry))
        try:
            changes = _asked(entry)
        except click.Abort:
            break
        if changes is None:
            break
        if changes:
            with run.continue_on_error():
                why = reason or f"Random sample {sample.id}"
                wish = Wish(act=Act.REVIEW, author=author(by), reason=why, changes=changes)
                archive.decide(wish, quote_id)
    result = sampling.result_of(archive, sample)
    links = Links(run.config.base_url)
    if as_json:
        console.out(orjson.dumps(sampling.document(result, links)).decode())
        return
    for line in _lines(result):
        console.out(console.safe(line))
    console.out(console.safe(sampling.citation(result, links)))


def _sample(archive: Archive, which: str, *, search: str, seed: int) -> Sample:
    if which.isascii() and which.isdigit():
        return sampling.draw(archive, search, seed=seed, size=int(which[:9]))
    return sampling.kept(archive, which)


def _shown(entry: Entry) -> str:
    quote = entry.quote
    who = showing.speaker_line(quote.speaker.name, quote.speaker.printed, quote.speaker.role)
    return f"{quote.before[-_AROUND:]}[[{quote.printed}]]{quote.after[:_AROUND]}\n→ {who}"


def _asked(entry: Entry) -> tuple[Change, ...] | None:
    """What is decided about a quote: nothing where it is skipped, None where somebody quits."""
    while True:
        answer = str(click.prompt(_ASKS, err=True, default="s", show_default=False)).strip().lower()[:1]
        match answer:
            case "c":
                return (Change(path="review", value=Review.CONFIRMED.value),)
            case "d":
                return (Change(path="review", value=Review.DISPUTED.value),)
            case "r":
                if changes := tuple(_corrections(entry)):
                    return changes
                console.say("nothing was changed")
            case "s":
                return ()
            case "q":
                return None


def _corrections(entry: Entry) -> Iterator[Change]:
    """Name, role and whom the speaker speaks for, each as it is unless something else is typed; `-` is none."""
    for name in ("name", "role", "represents"):
        found: str | None = getattr(entry.quote.speaker, name)
        typed = str(click.prompt(f"speaker {name} (- for none)", err=True, default=found or "-")).strip()
        said = None if typed in {"", "-"} else typed
        if said != found:
            yield Change(path=f"speaker.{name}", value=said)


def _lines(result: sampling.SampleResult) -> Iterator[str]:
    yield f"precision {_tally(result.tally)}"
    for group in result.groups:
        yield f"  {group.kind} {group.name or '–'}: {_tally(group.tally)}"


def _tally(found: Tally) -> str:
    if found.precision is None:
        return "– (none judged)"
    return (
        f"{found.precision:.3f}, 95 % interval {found.low:.3f} to {found.high:.3f}"
        f" ({found.right} confirmed of {found.judged} judged)"
    )
