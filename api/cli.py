"""The terminal: one verb per command, results on stdout, talk and progress bars on stderr.

Exit codes are known here alone. Verbs take several arguments and go on after one fails; of several codes the worst is
returned. From 3 up, the same command resumes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson

from api import documents, server, terminal
from api.answers import verification_answer
from api.app import openapi as description
from api.check_answers import checks_csv
from api.cursors import Signer
from api.exports import files, packages, walks
from api.keys import Keys, Scope
from api.links import Links
from api.parameters import read_duration, read_query
from archiver import errors
from archiver.annotations.ids import is_id
from archiver.archive import Archive, Outcome, verify_file
from archiver.config import SETTINGS, Config, load
from archiver.verification.findings import Finding
from archiver.verification.values import Verification

EXIT_CODES: dict[type[errors.OnRecordError], int] = {
    errors.OnRecordError: 2,
    errors.ConfigError: 2,
    errors.FetchError: 3,
    errors.AddressRefused: 4,
    errors.RobotsDisallowed: 4,
    errors.TooLarge: 5,
    errors.Unreachable: 3,
    errors.WarcError: 2,
    errors.WarcDamaged: 5,
    errors.NoSuchRecord: 2,
    errors.StorageError: 8,
    errors.StorageFull: 8,
    errors.StorageUnwritable: 8,
    errors.LanguageError: 2,
    errors.SearchError: 9,
    errors.BadQuery: 2,
    errors.IndexUnavailable: 9,
    errors.IndexOutdated: 9,
    errors.QueryTooHeavy: 9,
    errors.NotFound: 2,
}
INCOMPLETE, NOT_INDEXED, DAMAGE_FOUND, INTERRUPTED = 5, 6, 7, 130
WORST_FIRST = (130, 8, 7, 9, 6, 5, 3, 4, 2, 0)

Command = TypeVar("Command", bound=Callable[..., Any])


def exit_code(error: errors.OnRecordError) -> int:
    """The exit code of an error: its class's own, else that of the class it is one of."""
    return next(EXIT_CODES[each] for each in type(error).__mro__ if each in EXIT_CODES)


class Run:
    """One run of the program: its settings, and the worst exit code so far."""

    def __init__(self, options: dict[str, str]) -> None:
        self.options = options
        self.code = 0

    @property
    def config(self) -> Config:
        """The settings; ConfigError where one cannot be used."""
        return load(os.environ, self.options)

    def note(self, code: int) -> None:
        """Keeps the worst of the codes."""
        self.code = min(self.code, code, key=WORST_FIRST.index)

    @contextmanager
    def opened(self, *, writing: bool) -> Iterator[Archive]:
        """The archive, with what an earlier run left half done taken up.

        Where the index is away, writing goes on without it, and reading raises IndexUnavailable or IndexOutdated.
        """
        with Archive(self.config, create=writing) as archive:
            for found in archive.recovered:
                terminal.say(terminal.recovered_line(found))
            try:
                archive.catch_up()
            except errors.SearchError as error:
                if not writing:
                    raise
                terminal.say(error.message)
            yield archive

    @contextmanager
    def going_on(self, about: dict[str, str] | None = None) -> Iterator[None]:
        """Says what went wrong with one argument, notes its code and lets the verb go on with the next.

        With `about` a JSON line says it too.
        """
        try:
            yield
        except errors.OnRecordError as error:
            terminal.say(error.message)
            self.note(exit_code(error))
            if about is not None:
                terminal.out(orjson.dumps({**about, "snapshots": [], "quotes": 0, "problem": error.message}).decode())


def settings(command: Command) -> Command:
    """Makes each setting an option of the command."""
    for setting in reversed(SETTINGS):
        text = f"{setting.help} [{setting.variable}; {setting.default or 'unset'}]"
        command = click.option(
            setting.option, f"setting_{setting.name}", metavar="VALUE", help=text, expose_value=False, callback=_keep
        )(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        run: Run = context.obj
        run.options[str(parameter.name).removeprefix("setting_")] = value


class Verbs(click.Group):
    """Turns errors of any verb into a message and an exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a verb; never shows a traceback for what a person can mend."""
        kwargs["standalone_mode"] = False
        run = Run({})
        kwargs["obj"] = run
        try:
            super().main(*args, **kwargs)
        except click.exceptions.Abort:
            terminal.say("interrupted; what was kept is kept, the same command goes on")
            run.note(INTERRUPTED)
        except click.ClickException as error:
            error.show()
            run.note(2)
        except errors.OnRecordError as error:
            terminal.say(error.message)
            run.note(exit_code(error))
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(run.code)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
def main() -> None:
    """Who said what, when, and where is the proof: a quote-provenance archive."""


@main.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--max-age", metavar="AGE", help="skip what was captured within this time: 30m, 1h, 7d, PT1H")
@click.option("--json", "as_json", is_flag=True, help="a JSON line per URL")
@settings
@click.pass_obj
def capture(run: Run, /, urls: tuple[str, ...], max_age: str | None, as_json: bool) -> None:
    """Fetch pages, keep them as WARC snapshots, find their quotes."""
    age = _age(max_age)
    with run.opened(writing=True) as archive:
        for url in terminal.progress(urls, "capturing", "page"):
            with run.going_on({"url": url} if as_json else None):
                outcome = archive.capture(url, max_age=age)
                _tell(run, archive, outcome, {"url": url}, as_json)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--in-place", is_flag=True, help="leave the file where it is; record its path, size and digest")
@click.option("--json", "as_json", is_flag=True, help="a JSON line per file")
@settings
@click.pass_obj
def add(run: Run, /, files: tuple[Path, ...], in_place: bool, as_json: bool) -> None:
    """Take in WARC, WARC.gz or WACZ files from elsewhere and find their quotes."""
    with run.opened(writing=True) as archive:
        for file in files:
            about = {"file": str(file)}
            with run.going_on(about if as_json else None), terminal.bar(file.name, "record") as progress:
                outcome = archive.add(file, in_place=in_place, progress=progress)
                _tell(run, archive, outcome, about, as_json)


def _age(text: str | None) -> timedelta | None:
    return None if text is None else read_duration(text, parameter="--max-age")


def _tell(run: Run, archive: Archive, outcome: Outcome, about: dict[str, str], as_json: bool) -> None:
    if outcome.problem:
        run.note(exit_code(outcome.problem))
    if outcome.damage or any(kept.snapshot.truncated for kept in outcome.kept):
        run.note(INCOMPLETE)
    if not outcome.indexed:
        run.note(NOT_INDEXED)
    if as_json:
        fresh = [kept.snapshot.id for kept in outcome.kept if kept.fresh]
        held = archive.snapshots_by_id(fresh) if fresh else {}
        terminal.out(orjson.dumps(terminal.outcome_json(outcome, about, held)).decode())
    else:
        terminal.tell_outcome(outcome, next(iter(about.values())))


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL|ID|-...")
@click.option("--text", "as_text", is_flag=True, help="read files as plain text, whatever their name")
@click.option("--published", metavar="DATE", help="the day of publication, as the page would have said it")
@click.option("--language", metavar="CODE", help="the language, as the page would have said it")
@click.option("--url", metavar="URL", help="the address, as the page would have said it")
@settings
@click.pass_obj
def quotes(run: Run, /, sources: tuple[str, ...], **given: Any) -> None:
    """Find the quotes of a page, a text or a WARC and print them, a JSON line each; nothing is stored."""
    for source in sources:
        with run.going_on():
            found = False
            for line in documents.quotes_of(source, run.config, documents.Overrides(**given)):
                found = True
                terminal.out(orjson.dumps(line).decode())
            if not found:
                terminal.say(f"{source}: no quotes found")


def _search_params(words: tuple[str, ...], options: dict[str, Any]) -> dict[str, Any]:
    """Words and options as parameters by their public names."""
    params = {
        name.removeprefix("search_").replace("__", "."): value
        for name, value in options.items()
        if value not in (None, (), False)
    }
    return {**params, "q": " ".join(words)} if words else params


def search_options(command: Command) -> Command:
    """The parameters of `GET /v1/quotes` as options, `published.from` as `--published-from`."""
    for parameter in reversed(documents.SEARCH_PARAMETERS):
        command = click.option(
            "--" + parameter.name.replace(".", "-").replace("_", "-"),
            "search_" + parameter.name.replace(".", "__"),
            multiple=parameter.many,
            is_flag=parameter.flag,
            default=None if not parameter.many else (),
            metavar=None if parameter.flag else parameter.metavar,
            help=parameter.help,
        )(command)
    return command


@main.command()
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@search_options
@click.option("--json", "as_json", is_flag=True, help="the API's answer")
@settings
@click.pass_obj
def search(run: Run, /, words: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Search quotes: words, "a phrase", -without, one|other, begin*, nearly~1."""
    config = run.config
    given = _search_params(words, options)
    query = read_query(given)
    with run.opened(writing=False) as archive:
        if as_json:
            terminal.out(orjson.dumps(documents.page_json(archive, config, given)).decode())
        else:
            query = replace(query, cursor=Signer(config.archive).opened(query.cursor))
            terminal.tell_page(archive.search(query), config.base_url)


@main.command()
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@search_options
@click.option("-o", "--output", "path", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--format", "format_name", metavar="csv|ndjson|parquet|xlsx", help="else what FILE ends in")
@click.option("--package", is_flag=True, help="a ZIP with a Frictionless datapackage.json (FILE.zip means it too)")
@click.option("--no-text", is_flag=True, help="leave out all words of the pages")
@settings
@click.pass_obj
def export(
    run: Run,
    /,
    *,
    words: tuple[str, ...],
    path: Path,
    format_name: str | None,
    package: bool,
    no_text: bool,
    **options: Any,
) -> None:
    """Write every quote of a search into a file."""
    params = _search_params(words, options)
    package = package or path.suffix == files.PACKAGE
    with run.opened(writing=False) as archive, terminal.bar("exporting", "quote") as progress:
        results = walks.quotes(archive, read_query(params), Links(run.config.base_url))
        about = packages.About(source=run.config.base_url, query=params) if package else None
        chosen = files.format_for(path, format_name)
        count = files.write(results, path, chosen, words=not no_text, about=about, progress=progress)
    terminal.out(f"{terminal.counted(count, 'quote')} in {path}")


@main.command()
@click.argument("words", required=False, metavar="[WORDS]")
@click.option("--speaker", metavar="NAME", help="whose words they are said to be")
@click.option("--published-from", metavar="DAY", help="only articles published from this day on")
@click.option("--published-to", metavar="DAY", help="only articles published up to this day")
@click.option("--language", metavar="CODE", help="only quotes in this language")
@click.option("--file", "paths", multiple=True, type=click.Path(path_type=Path, exists=True), metavar="FILE")
@click.option("--csv", "as_csv", is_flag=True, help="a table, a row per claim")
@click.option("--json", "as_json", is_flag=True, help="the API's answer, a line per claim")
@settings
@click.pass_obj
def check(run: Run, /, words: str | None, paths: tuple[Path, ...], as_csv: bool, as_json: bool, **given: Any) -> None:
    """Say whether somebody said WORDS, and show the difference; with --file, check every quote of a text."""
    if (words is None) == (not paths):
        raise click.UsageError("Give words to check, or --file with a text (.txt, .html, .docx)")
    with run.opened(writing=False) as archive:
        claims = documents.claims(archive, words, paths, given)
        checks = [
            documents.check_json(archive, run.config, report)
            for report in terminal.progress(claims, "checking", "claim")
        ]
    if as_csv:
        terminal.out(checks_csv(checks).rstrip("\r\n"))
    for document in () if as_csv else checks:
        if as_json:
            terminal.out(orjson.dumps(document).decode())
        else:
            terminal.tell_check(document)


@main.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--json", "as_json", is_flag=True, help="the API's answer, a line per id")
@click.option("--verbose", is_flag=True, help="also the account that imported the file of a snapshot")
@settings
@click.pass_obj
def show(run: Run, /, ids: tuple[str, ...], as_json: bool, verbose: bool) -> None:
    """Show a quote or a snapshot: who, when, why, and where the proof lies."""
    config = run.config
    with run.opened(writing=False) as archive:
        for identifier in ids:
            with run.going_on():
                document = documents.document_json(archive, config, identifier, verbose=verbose)
                if as_json:
                    terminal.out(orjson.dumps(document).decode())
                else:
                    terminal.tell_document(document)


@main.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="the .wacz file")
@settings
@click.pass_obj
def evidence(run: Run, /, ids: tuple[str, ...], output: Path) -> None:
    """Write an evidence package: quotes or snapshots with all that proves them, in one file that anyone can check."""
    with run.opened(writing=False) as archive:
        data = archive.evidence(ids)
    try:
        output.write_bytes(data)
    except OSError as error:
        raise errors.StorageUnwritable(f"cannot be written ({error.strerror})", where=str(output)) from error
    terminal.say(f"{output}: {len(data):,} bytes. Check it with: onrecord verify {output}")


WHOLE = {"manifest", "assertions"}
"""Findings about the archive as a whole, which are told where all is well too."""


@main.command()
@click.argument("targets", nargs=-1, metavar="[FILE|ID]...")
@click.option("--json", "as_json", is_flag=True, help="a JSON line per finding")
@settings
@click.pass_obj
def verify(run: Run, /, targets: tuple[str, ...], as_json: bool) -> None:
    """Re-read the evidence, all of it or what is named, and say what is not as it was stored."""
    if targets and all(Path(target).is_file() for target in targets):
        with terminal.bar("verifying", "record") as progress:
            checked = (verify_file(Path(target), run.config, progress=progress) for target in targets)
            _tell_findings(run, chain.from_iterable(checked), as_json)
        return
    with Archive(run.config, create=False) as archive, terminal.bar("verifying", "record") as progress:
        files = [target for target in targets if not is_id(target) or Path(target).is_file()]
        for target in (each for each in targets if each not in files):
            with run.going_on():
                _tell_verification(run, target, archive.verification(target), as_json)
        if targets and not files:
            return
        _tell_findings(run, archive.verify(files, progress=progress), as_json, whole=not files)


def _tell_findings(run: Run, found: Iterable[Finding], as_json: bool, *, whole: bool = False) -> None:
    """Says what was found; of a `whole` archive only what is wrong, and what concerns all of it."""
    sound = 0
    for finding in found:
        sound += finding.ok
        if not finding.ok:
            run.note(DAMAGE_FOUND)
        if as_json:
            terminal.out(orjson.dumps(terminal.finding_json(finding)).decode())
        elif not finding.ok or not whole or finding.offset is not None or finding.file in WHOLE:
            terminal.out(terminal.finding_line(finding))
    terminal.say(f"{sound} sound" + ("" if run.code else ", no problems found"))


def _tell_verification(run: Run, target: str, found: Verification, as_json: bool) -> None:
    if found.damaged:
        run.note(DAMAGE_FOUND)
    if as_json:
        terminal.out(orjson.dumps({"id": target, **verification_answer(found)}).decode())
        return
    terminal.out(target)
    for line in terminal.verification_lines(found):
        terminal.out(line)


@main.command()
@settings
@click.pass_obj
def rebuild(run: Run, /) -> None:
    """Make the index anew from the WARC files alone; readers go on meanwhile."""
    with Archive(run.config, create=False) as archive, terminal.bar("rebuilding", "record") as progress:
        terminal.out(terminal.rebuilt_line(archive.rebuild(progress=progress)))


@main.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@settings
@click.pass_obj
def reextract(run: Run, /, ids: tuple[str, ...]) -> None:
    """Read snapshots again with this program's extractor; every id ever given stays resolvable."""
    with Archive(run.config, create=False) as archive, terminal.bar("reading again", "snapshot") as progress:
        terminal.out(terminal.reextracted_line(archive.reextract(ids or None, progress=progress)))


@main.command()
@settings
@click.pass_obj
def serve(run: Run, /) -> None:
    """Answer over HTTP until interrupted."""
    server.serve(run.config, ready=terminal.say)


@main.group()
def keys() -> None:
    """Make, list and revoke the keys that let others capture over HTTP (and read, where reading=keys)."""


@keys.command("add")
@click.argument("name")
@click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.WRITE.value, show_default=True
)
@click.option("--expires", metavar="AGE", help="the key ends after this time: 90d, 52w")
@settings
@click.pass_obj
def add_key(run: Run, /, name: str, scope: str, expires: str | None) -> None:
    """Make a key and print it, this once; the archive keeps only its digest."""
    after = None if expires is None else read_duration(expires, parameter="--expires")
    ends = None if after is None else datetime.now(UTC).replace(microsecond=0) + after
    key, text = Keys(run.config.archive).add(name, Scope(scope), ends)
    terminal.say(terminal.key_line(key))
    terminal.out(text)


@keys.command("list")
@settings
@click.pass_obj
def list_keys(run: Run, /) -> None:
    """List the keys; none of them can be shown again."""
    for key in Keys(run.config.archive).all():
        terminal.out(terminal.key_line(key))


@keys.command("revoke")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@settings
@click.pass_obj
def revoke_keys(run: Run, /, ids: tuple[str, ...]) -> None:
    """End keys for good; running servers know it from their next request on."""
    for identifier in ids:
        with run.going_on():
            terminal.out(terminal.key_line(Keys(run.config.archive).revoke(identifier)))


@keys.command("sign")
@click.option("--new", is_flag=True, help="make a key; one that is there is kept beside it, and its signatures hold")
@settings
@click.pass_obj
def sign(run: Run, /, new: bool) -> None:
    """Sign what is closed and not signed yet, with the key in ONRECORD_SIGNING_KEY; list the archive's signing keys."""
    with Archive(run.config, create=new) as archive:
        if new:
            archive.new_signing_key()
        signed = archive.sign()
        for key in archive.signing_keys():
            terminal.out(terminal.signing_key_line(key))
        terminal.say(f"{terminal.counted(signed, 'file')} signed")


@main.command()
@settings
@click.pass_obj
def openapi(run: Run, /) -> None:
    """Print the OpenAPI 3.1 description of the HTTP API."""
    terminal.out(orjson.dumps(description(run.config), option=orjson.OPT_INDENT_2).decode())


def verbs() -> Iterable[str]:
    """The names of all verbs, for the test that finds each in the README."""
    return sorted(main.commands)
