"""`onrecord review`."""

from __future__ import annotations

import click

from api import console, terminal
from api.options import settings
from api.run import Run
from api.verbs.deciding import author, by_option, reason_option
from archiver.ingest.decide import Wish
from archiver.records import Act, Change, Kind, Polarity, Review


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--speaker", metavar="NAME", help="who said it; empty for nobody named")
@click.option("--role", metavar="ROLE", help="the speaker's role; empty for none")
@click.option("--represents", metavar="NAME", help="whom the speaker speaks for; empty for nobody")
@click.option("--kind", type=click.Choice([each.value for each in Kind]))
@click.option("--polarity", type=click.Choice([each.value for each in Polarity]))
@click.option("--said-on", metavar="DAY", help="the day it was said; empty for unknown")
@click.option("--dispute", is_flag=True, help="the attribution is doubtful; hides nothing")
@reason_option
@by_option
@settings
@click.pass_obj
def review(run: Run, /, *, ids: tuple[str, ...], dispute: bool, reason: str, by: str, **given: str | None) -> None:
    """Confirm, correct or dispute who said a quote: without further options it is confirmed."""
    changes = [Change(path=PATHS[name], value=value or None) for name, value in given.items() if value is not None]
    if dispute:
        changes.append(Change(path="review", value=Review.DISPUTED.value))
    elif not changes:
        changes.append(Change(path="review", value=Review.CONFIRMED.value))
    with run.opened(writing=False) as archive:
        for identifier in ids:
            with run.continue_on_error():
                wish = Wish(act=Act.REVIEW, author=author(by), reason=reason, changes=tuple(changes))
                archive.decide(wish, identifier)
                quote = archive.quote(identifier).quote
                who = terminal.speaker_line(quote.speaker.name, quote.speaker.printed, quote.speaker.role)
                console.out(console.safe(f"{identifier} · {quote.review} · {who}"))


PATHS = {
    "speaker": "speaker.name",
    "role": "speaker.role",
    "represents": "speaker.represents",
    "kind": "kind",
    "polarity": "polarity",
    "said_on": "said_on",
}
