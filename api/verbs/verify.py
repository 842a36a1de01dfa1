"""`onrecord verify`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
import orjson

from api import console
from api.answers import verification_answer
from api.options import settings
from api.run import DAMAGE_FOUND, Run
from api.terminal import proving
from archiver.annotations.ids import is_id
from archiver.archive import Archive, verify_file
from archiver.errors import NotFound
from archiver.verification.findings import Finding
from archiver.verification.values import Verification

WHOLE = {"manifest", "assertions"}
"""Findings about the archive as a whole, which are reported even without a problem."""


@click.command()
@click.argument("targets", nargs=-1, metavar="[FILE|ID]...")
@click.option("--json", "as_json", is_flag=True, help="a JSON line per finding")
@settings
@click.pass_obj
def verify(run: Run, /, targets: tuple[str, ...], as_json: bool) -> None:
    """Re-read the evidence, all of it or what is named, and report what differs from what was stored."""
    alone = [target for target in targets if Path(target).is_file()]
    with console.bar("verifying") as progress:
        for target in alone:
            with run.continue_on_error():
                _print_findings(run, verify_file(Path(target), run.config, progress=progress), as_json, every=True)
        rest = [target for target in targets if target not in alone]
        if not run.config.archive.is_dir():
            for target in [each for each in rest if not is_id(each)]:
                rest.remove(target)
                console.say(NotFound("there is no such file", where=target).message)
                run.note(2)
        if targets and not rest:
            return
        with Archive(run.config, create=False) as archive:
            ids = [target for target in rest if is_id(target)]
            for target in ids:
                with run.continue_on_error():
                    _print_verification(run, target, archive.verification(target), as_json)
            for target in [each for each in rest if each not in ids]:
                with run.continue_on_error():
                    _print_findings(run, archive.verify([target], progress=progress), as_json, every=True)
            if not targets:
                _print_findings(run, archive.verify(progress=progress), as_json, every=False)


def _print_findings(run: Run, findings: Iterable[Finding], as_json: bool, *, every: bool) -> None:
    """Prints what was found, and at the end how much of it is sound; of a whole archive not every sound file."""
    sound = damaged = 0
    for finding in findings:
        if finding.ok:
            sound += 1
        else:
            damaged += 1
            run.note(DAMAGE_FOUND)
        if as_json:
            console.out(orjson.dumps(proving.finding_json(finding)).decode())
        elif not finding.ok or every or finding.offset is not None or finding.file in WHOLE:
            console.out(proving.finding_line(finding))
    console.say(f"{sound} sound, " + (f"{damaged} damaged" if damaged else "no problems found"))


def _print_verification(run: Run, target: str, found: Verification, as_json: bool) -> None:
    if found.damaged:
        run.note(DAMAGE_FOUND)
    if as_json:
        console.out(orjson.dumps({"id": target, **verification_answer(found)}).decode())
        return
    console.out(target)
    for line in proving.verification_lines(found):
        console.out(line)
