"""The chain of proof: what is sound passes, each kind of damage breaks its own link, nothing unsigned passes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from api.app import create_app
from api.cli import main
from archiver.archive import Archive
from archiver.config import load
from archiver.records import Entry, Query
from archiver.verification.pages import PageLetters, contains_words
from archiver.verification.values import CheckResult, ProofLink, Verification
from tests.faces import config_for
from tests.index_fixtures import copy_archive
from tests.site.serve import Site

ORDER = [
    *("quote_in_text", "text_digest", "text_in_page", "payload_digest", "block_digest", "record_in_file"),
    *("file_digest", "manifest_chain", "signature", "timestamp"),
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Path:
    """An archive of one page, its files closed."""
    folder = tmp_path_factory.mktemp("kept") / "archive"
    url = next(url for url in site.urls if "ferry" in url and "harbour" in url)
    with Archive(config_for(folder, site)) as archive:
        archive.capture(url)
    return folder


@pytest.fixture
def copied(kept: Path, tmp_path: Path) -> Path:
    copy_archive(kept, tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def archive(copied: Path) -> Iterator[Archive]:
    with Archive(load({}, {"archive": str(copied)})) as opened:
        yield opened


def first_quote(archive: Archive) -> Entry:
    return next(each for each in archive.search(Query(q="tender")).entries)


def results(found: Verification) -> dict[str, str]:
    return {check.check.value: check.result.value for check in found.checks}


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def test_links_are_checked_in_order_and_unsigned_is_not_a_pass(archive: Archive) -> None:
    entry = first_quote(archive)
    for identifier in (entry.quote.id or "", entry.snapshot_id):
        found = archive.verification(identifier)
        assert [check.check.value for check in found.checks] == ORDER
        assert results(found) == dict.fromkeys(ORDER[:8], "pass") | {
            "signature": "not_present",
            "timestamp": "not_present",
        }
        assert found.overall is CheckResult.NOT_PRESENT
        assert all(check.detail.endswith(".") for check in found.checks)


def test_expected_and_actual_are_the_digests(archive: Archive) -> None:
    entry = first_quote(archive)
    checks = {check.check: check for check in archive.verification(entry.quote.id or "").checks}
    payload = checks[ProofLink.PAYLOAD_DIGEST]
    assert payload.expected == payload.actual == archive.snapshot(entry.snapshot_id).snapshot.payload_digest
    assert checks[ProofLink.TEXT_DIGEST].expected == entry.quote.text_digest
    assert checks[ProofLink.QUOTE_IN_TEXT].actual == entry.quote.text


def test_a_file_that_is_being_written_has_no_digest_yet(copied: Path, site: Site) -> None:
    with Archive(config_for(copied, site)) as archive:
        url = next(url for url in site.urls if "bells" in url)
        kept = archive.capture(url).kept[-1]
        found = results(archive.verification(kept.snapshot.id))
    assert found["payload_digest"] == "pass"
    assert (found["file_digest"], found["manifest_chain"]) == ("not_present", "not_present")


def test_every_flipped_byte_of_a_record_is_found(archive: Archive, copied: Path) -> None:
    entry = first_quote(archive)
    locator = archive.snapshot(entry.snapshot_id).snapshot.locator
    path = copied / locator.warc
    whole = path.read_bytes()
    for at in range(locator.offset, locator.offset + locator.length, max(1, locator.length // 60)):
        flip(path, at)
        found = archive.verification(entry.quote.id or "")
        assert found.overall is CheckResult.FAIL, at
        assert results(found)["file_digest"] == "fail"
        path.write_bytes(whole)
    assert not archive.verification(entry.quote.id or "").damaged


def test_a_flipped_byte_elsewhere_breaks_the_file_alone(archive: Archive, copied: Path) -> None:
    entry = first_quote(archive)
    snapshot = archive.snapshot(entry.snapshot_id).snapshot
    flip(copied / snapshot.locator.warc, 12)
    found = results(archive.verification(entry.quote.id or ""))
    assert {name for name, result in found.items() if result == "fail"} == {"file_digest"}


def test_a_changed_text_breaks_the_links_to_it(archive: Archive, copied: Path) -> None:
    entry = first_quote(archive)
    row = archive.snapshot(entry.snapshot_id)
    place = row.texts[0].locator
    flip(copied / place.warc, place.offset + place.length // 2)
    found = results(archive.verification(entry.quote.id or ""))
    assert found["quote_in_text"] == "fail"
    assert found["text_digest"] == "fail"
    assert found["text_in_page"] == "not_checked"
    assert found["payload_digest"] == "pass"


def test_a_changed_manifest_breaks_the_chain(archive: Archive, copied: Path) -> None:
    entry = first_quote(archive)
    (chain,) = (copied / "manifests").glob("*.jsonl")
    flip(chain, 40)
    assert results(archive.verification(entry.quote.id or ""))["manifest_chain"] == "fail"


def test_a_missing_file_is_said(archive: Archive, copied: Path) -> None:
    entry = first_quote(archive)
    (copied / archive.snapshot(entry.snapshot_id).snapshot.locator.warc).unlink()
    found = archive.verification(entry.quote.id or "")
    assert results(found)["record_in_file"] == "fail"
    assert results(found)["payload_digest"] == "not_checked"


def test_health_and_pages_say_what_is_damaged(archive: Archive, copied: Path) -> None:
    entry = first_quote(archive)
    client = create_app(archive, archive.config).test_client()
    page = f"/quotes/{entry.quote.id}"
    assert "The proof is damaged" not in client.get(page).text
    assert client.get("/v1/health").get_json()["parts"]["evidence"]["ok"] is True
    flip(copied / archive.snapshot(entry.snapshot_id).snapshot.locator.warc, 12)
    assert "The proof is damaged" in client.get(page).text
    assert "The proof is damaged" in client.get(f"/snapshots/{entry.snapshot_id}").text
    health = client.get("/v1/health").get_json()
    assert health["ok"] is False
    assert "is damaged" in health["parts"]["evidence"]["detail"]


def test_the_routes_answer_with_the_checks(client: FlaskClient, marlow: Entry) -> None:
    for path in (f"/v1/quotes/{marlow.quote.id}", f"/v1/snapshots/{marlow.snapshot_id}"):
        answer = client.get(f"{path}/verification")
        assert answer.headers["Cache-Control"] == "no-store"
        found = answer.get_json()
        assert [check["check"] for check in found["checks"]] == ORDER
        assert set(found["checks"][0]) == {"check", "result", "expected", "actual", "detail"}
        assert found["overall"] == "not_present"
        assert "TLS gives third parties no proof of origin" in found["statement"]
    assert client.get("/v1/quotes/qaaaaaaaaaaaaaaaaaaaa/verification").status_code == 404


def test_the_page_shows_the_chain_as_one_list_of_links(client: FlaskClient, marlow: Entry) -> None:
    page = client.get(f"/quotes/{marlow.quote.id}").text
    chain = page[page.index('<ol class="chain">') :].partition("</ol>")[0]
    assert chain.count("<a ") == len(ORDER)
    assert chain.index(">words") < chain.index(">record") < chain.index(">signature")


def test_verify_id_prints_the_checks(copied: Path, archive: Archive) -> None:
    entry = first_quote(archive)
    arguments = ["verify", str(entry.quote.id), "--archive", str(copied)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    assert [line.split()[1] for line in done.stdout.splitlines()[1:3]] == ["quote_in_text", "text_digest"]
    flip(copied / archive.snapshot(entry.snapshot_id).snapshot.locator.warc, 12)
    done = CliRunner().invoke(main, [*arguments, "--json"])
    assert done.exit_code == 7
    line = json.loads(done.stdout)
    assert (line["id"], line["overall"]) == (entry.quote.id, "fail")
    assert CliRunner().invoke(main, ["verify", "qaaaaaaaaaaaaaaaaaaaa", "--archive", str(copied)]).exit_code == 2


def test_words_stand_in_a_page_across_its_markup() -> None:
    page = PageLetters(
        "<p>The <b>con</b>tract&nbsp;was <i>never</i> put</p><script>never read</script><p>to tender</p>"
    )
    assert contains_words(["contract was never", "to tender"], page)
    assert not contains_words(["contract was always"], page)


def test_a_list_that_the_text_leaves_out_breaks_no_quote() -> None:
    page = PageLetters(
        "<p>She gave reasons:</p><ul><li>wind<li>rain</ul><p>and so the boat stayed.</p><p>It rained.</p>"
    )
    assert contains_words(["She gave reasons: and so the boat stayed."], page)
    assert contains_words(["gave reasons:\nand so the boat"], page)
    assert not contains_words(["She gave reasons: so the boat stayed."], page)  # a word is left out, not a block
    assert not contains_words(["She gave and so the boat stayed."], page)
    assert not contains_words(["and so the boat stayed. She gave reasons:"], page)
