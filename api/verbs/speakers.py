"""`onrecord speakers`."""

from __future__ import annotations

import click
import orjson

from api import console, documents
from api.options import settings
from api.run import Run
from api.terminal import comparing
from api.verbs.deciding import author, by_option, reason_option
from archiver.people.decide import SpeakerWish


@click.group()
def speakers() -> None:
    """Show a speaker across spellings; say that two speakers are one person, or one is two.

    A speaker is given by an id (p…) or a name in full, in any spelling.
    """


@speakers.command("show")
@click.argument("names", nargs=-1, required=True, metavar="SPEAKER...")
@click.option("--json", "as_json", is_flag=True, help="the API's answer, a line per speaker")
@settings
@click.pass_obj
def show(run: Run, /, names: tuple[str, ...], as_json: bool) -> None:
    """Show a person: spellings, roles, outlets, quotes by month, and what people decided."""
    with run.opened(writing=False) as archive:
        for name in names:
            with run.continue_on_error():
                document = documents.person_json(archive, run.config, name)
                if as_json:
                    console.out(orjson.dumps(document).decode())
                else:
                    comparing.print_person(document)


@speakers.command("join")
@click.argument("speaker", metavar="SPEAKER")
@click.argument("other", metavar="OTHER")
@reason_option
@by_option
@settings
@click.pass_obj
def join(run: Run, /, speaker: str, other: str, reason: str, by: str) -> None:
    """Say that two speakers are one person; `separate` takes it back."""
    with run.opened(writing=False) as archive:
        decided = archive.persons.join(speaker, other, SpeakerWish(author=author(by), reason=reason))
        console.out(console.safe(f"one person: {' · '.join((*decided.names, *decided.others))}"))


@speakers.command("separate")
@click.argument("speaker", metavar="SPEAKER")
@click.argument("spellings", nargs=-1, required=True, metavar="SPELLING...")
@reason_option
@by_option
@settings
@click.pass_obj
def separate(run: Run, /, speaker: str, spellings: tuple[str, ...], reason: str, by: str) -> None:
    """Say that some spellings of SPEAKER are another person's; `join` takes it back."""
    with run.opened(writing=False) as archive:
        decided = archive.persons.separate(speaker, spellings, SpeakerWish(author=author(by), reason=reason))
        console.out(console.safe(f"two people: {' · '.join(decided.names)} | {' · '.join(decided.others)}"))
