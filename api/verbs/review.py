"""`onrecord review`."""

from __future__ import annotations

import click

from api import console
from api.options import settings
from api.run import Run
from api.terminal import showing
from api.verbs.deciding import author, by_option
from api.verbs.sampling import walk
from archiver.errors import BadQuery
from archiver.ingest.decide import Wish
from archiver.records import Act, Change, Kind, Polarity, Review


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--speaker", metavar="NAME", help="who said it; empty for nobody named")
@click.option("--role", metavar="ROLE", help="the speaker's role; empty for none")
@click.option("--represents", metavar="NAME", help="whom the speaker speaks for; empty for nobody")
@click.option("--kind", type=click.Choice([each.value for each in Kind]), help="the kind of quote")
@click.option("--polarity", type=click.Choice([each.value for each in Polarity]), help="what the article says")
@click.option("--said-on", metavar="DAY", help="the day it was said; empty for unknown")
@click.option("--dispute", is_flag=True, help="the attribution is doubtful; hides nothing")
@click.option("--sample", metavar="N|ID", help="draw N quotes at random, or continue a sample; ask about each")
@click.option(
    "--search", default="", metavar="QUERY", help="with --sample: draw from this search, such as q=tender&language=en"
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="with --sample: the same seed draws the same sample"
)
@click.option("--json", "as_json", is_flag=True, help="with --sample: the result as the API gives it")
@click.option("--reason", metavar="TEXT", help="why; kept permanently and shown; optional with --sample")
@by_option
@settings
@click.pass_obj
def review(
    run: Run,
    /,
    *,
    ids: tuple[str, ...],
    dispute: bool,
    sample: str | None,
    search: str,
    seed: int,
    as_json: bool,
    reason: str | None,
    by: str,
    **given: str | None,
) -> None:
    """Confirm, correct or dispute who said a quote: without further options it is confirmed."""
    changes = [Change(path=PATHS[name], value=value or None) for name, value in given.items() if value is not None]
    if dispute:
        changes.append(Change(path="review", value=Review.DISPUTED.value))
    if bool(ids) == (sample is not None) or (changes and sample is not None):
        raise BadQuery("either IDs are needed, or --sample without changes", parameter="ID")
    with run.opened(writing=False) as archive:
        if sample is not None:
            walk(run, archive, sample, search=search, seed=seed, reason=reason, by=by, as_json=as_json)
            return
        if reason is None:
            raise BadQuery("is missing; it is kept permanently and shown", parameter="--reason")
        for identifier in ids:
            with run.continue_on_error():
                wish = Wish(act=Act.REVIEW, author=author(by), reason=reason, changes=tuple(changes) or (CONFIRMED,))
                archive.decide(wish, identifier)
                quote = archive.quote(identifier).quote
                who = showing.speaker_line(quote.speaker.name, quote.speaker.printed, quote.speaker.role)
                console.out(console.safe(f"{identifier} · {quote.review} · {who}"))


CONFIRMED = Change(path="review", value=Review.CONFIRMED.value)
PATHS = {
    "speaker": "speaker.name",
    "role": "speaker.role",
    "represents": "speaker.represents",
    "kind": "kind",
    "polarity": "polarity",
    "said_on": "said_on",
}
