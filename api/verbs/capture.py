"""`onrecord capture`."""

from __future__ import annotations

from datetime import timedelta

import click

from api import console
from api.durations import read_duration
from api.options import settings
from api.run import Run
from api.verbs.outcomes import print_outcome


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--max-age", metavar="AGE", help="skip URLs captured within this time: 30m, 1h, 7d, PT1H")
@click.option(
    "--from-memento",
    is_flag=True,
    help="the URLs are mementos (URI-M): copy them from another web archive, marked as copies",
)
@click.option("--private", is_flag=True, help="show it only to people with a key, until it is released")
@click.option(
    "--assets/--no-assets",
    default=None,
    help="capture style sheets, images and fonts too; on for a single URL, off for several",
)
@click.option("--json", "as_json", is_flag=True, help="a JSON line per URL")
@settings
@click.pass_obj
def capture(
    run: Run,
    /,
    *,
    urls: tuple[str, ...],
    max_age: str | None,
    from_memento: bool,
    private: bool,
    assets: bool | None,
    as_json: bool,
) -> None:
    """Fetch pages, keep them as WARC snapshots, find their quotes."""
    age, with_assets = _age(max_age), len(urls) == 1 if assets is None else assets
    with run.opened(writing=True) as archive:
        for url in console.progress(urls, "capturing"):
            with run.continue_on_error({"url": url} if as_json else None):
                if from_memento:
                    outcome = archive.copy_memento(url)
                else:
                    outcome = archive.capture(url, max_age=age, private=private, assets=with_assets)
                print_outcome(run, archive, outcome, {"url": url}, as_json)


def _age(text: str | None) -> timedelta | None:
    return None if text is None else read_duration(text, parameter="--max-age")
