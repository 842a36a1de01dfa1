"""`onrecord keys`."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

import click

from api import console
from api.durations import read_duration
from api.keys import Keys, Scope
from api.last_used import LastUsed
from api.options import settings
from api.run import Run
from api.terminal import proving, wording
from archiver.archive import Archive
from archiver.audit import Action, Audit


@click.group()
def keys() -> None:
    """Create, list and revoke the keys that let others capture over HTTP (and read, where reading=keys)."""


@keys.command("add")
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in Scope]),
    default=Scope.WRITE.value,
    show_default=True,
    help="what the key allows",
)
@click.option("--expires", metavar="AGE", help="the key expires after this time: 90d, 52w")
@settings
@click.pass_obj
def add_key(run: Run, /, name: str, scope: str, expires: str | None) -> None:
    """Create a key and print it once; the archive keeps only its digest."""
    after = None if expires is None else read_duration(expires, parameter="--expires")
    ends = None if after is None else datetime.now(UTC).replace(microsecond=0) + after
    key, text = Keys(run.config.archive).add(name, Scope(scope), ends)
    console.say(proving.key_line(key))
    console.out(text)
    _note(run, Action.KEY_MADE, key.id)


@keys.command("list")
@settings
@click.pass_obj
def list_keys(run: Run, /) -> None:
    """List the keys with their last use; none of them can be shown again."""
    used = LastUsed(run.config.archive).all()
    for key in Keys(run.config.archive).all():
        console.out(proving.key_line(key, used.get(key.id)))


@keys.command("revoke")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@settings
@click.pass_obj
def revoke_keys(run: Run, /, ids: tuple[str, ...]) -> None:
    """Revoke keys permanently; running servers notice at their next request."""
    for identifier in ids:
        with run.continue_on_error():
            console.out(proving.key_line(Keys(run.config.archive).revoke(identifier)))
            _note(run, Action.KEY_REVOKED, identifier)


@keys.command("sign")
@click.option("--new", is_flag=True, help="make a new key; an existing one is kept, and its signatures stay valid")
@settings
@click.pass_obj
def sign(run: Run, /, new: bool) -> None:
    """Sign the closed files that are unsigned, with the key in ONRECORD_SIGNING_KEY; list the signing keys."""
    with Archive(run.config, create=new) as archive:
        if new:
            archive.signing.new_key()
        signed = archive.signing.sign()
        for key in archive.signing.public_keys():
            console.out(proving.signing_key_line(key))
        console.say(f"{wording.counted(signed, 'file')} signed")


def _note(run: Run, action: Action, key_id: str) -> None:
    Audit(run.config.archive).note(action, by=f"account {getpass.getuser()}", target=f"key {key_id}")
