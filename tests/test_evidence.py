"""Evidence packages: complete, the same every time, checked by tools that are not ours, and no byte free to change."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastwarc.warc import ArchiveIterator
from flask.testing import FlaskClient

from api.cli import main
from archiver.archive import Archive, verify_file
from archiver.config import load
from archiver.evidence import container
from archiver.evidence.index import surt
from archiver.records import Entry, Query
from archiver.warcs.storage import any_file
from tests.faces import config_for
from tests.site.serve import Site

WORDS = "The contract was never put to tender,"


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Archive]:
    """An archive of one page, with a signing key."""
    folder = tmp_path_factory.mktemp("signing")
    config = replace(config_for(folder / "archive", site), signing_key=folder / "key.pem")
    with Archive(config) as archive:
        archive.signing.new_key()
        archive.capture(next(url for url in site.urls if "ferry-contract" in url))
        yield archive


@pytest.fixture(scope="module")
def quote(signing: Archive) -> Entry:
    return next(each for each in signing.search(Query(q="tender")).entries if WORDS in each.quote.text)


@pytest.fixture(scope="module")
def signed(signing: Archive, quote: Entry) -> bytes:
    return signing.evidence([str(quote.quote.id)])


@pytest.fixture(scope="module")
def unsigned(signing: Archive, quote: Entry) -> bytes:
    with Archive(replace(signing.config, signing_key=None)) as without_key:
        return without_key.evidence([str(quote.quote.id)])


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def problems(path: Path) -> list[str]:
    return [each.what for each in verify_file(path, load({}, {})) if not each.ok]


def test_it_holds_what_proves_the_quote(signed: bytes, quote: Entry) -> None:
    found = members(signed)
    assert set(found) == {
        *("archive/assertions.warc.gz", "archive/captures.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"),
        *("pages/pages.jsonl", "evidence/quotes.jsonl", "evidence/README.html", "evidence/SHA256SUMS"),
        *("datapackage.json", "datapackage-digest.json"),
    }
    kinds = [record.headers["WARC-Type"] for record in ArchiveIterator(io.BytesIO(found["archive/captures.warc.gz"]))]
    assert kinds == ["warcinfo", "request", "metadata", "response"]
    kinds = [record.headers["WARC-Type"] for record in ArchiveIterator(io.BytesIO(found["archive/assertions.warc.gz"]))]
    assert kinds == ["warcinfo", "conversion", "metadata"]
    (line,) = found["evidence/quotes.jsonl"].splitlines()
    assert json.loads(line)["quote"]["text"] == quote.quote.text
    package = json.loads(found["datapackage.json"])
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert {each["path"] for each in package["resources"]} == set(found) - {
        "datapackage.json",
        "datapackage-digest.json",
    }


def test_the_index_leads_to_the_record(signed: bytes, quote: Entry) -> None:
    import gzip

    found = members(signed)
    lines = gzip.decompress(found["indexes/index.cdx.gz"]).decode().splitlines()
    key, _, facts = lines[0].split(" ", 2)
    place = json.loads(facts)
    assert key == surt(quote.url)
    stored = found["archive/captures.warc.gz"][place["offset"] :][: place["length"]]
    (record,) = ArchiveIterator(io.BytesIO(stored))
    assert record.headers["WARC-Target-URI"] == quote.url
    heads = found["indexes/index.idx"].decode().splitlines()
    assert json.loads(heads[0].split(" ", 2)[2])["format"] == "cdxj-gzip-1.0"
    assert json.loads(heads[1].split(" ", 2)[2])["length"] == len(found["indexes/index.cdx.gz"])


def test_the_same_quote_gives_the_same_bytes(signing: Archive, quote: Entry, signed: bytes, unsigned: bytes) -> None:
    assert signing.evidence([str(quote.quote.id)]) == signed
    one, other = members(signed), members(unsigned)
    assert {name for name in one if one[name] != other[name]} <= {"datapackage.json", "datapackage-digest.json"}
    with Archive(replace(signing.config, signing_key=None)) as again:
        assert again.evidence([str(quote.quote.id)]) == unsigned


def test_the_container_is_read_by_other_programs(signed: bytes, tmp_path: Path) -> None:
    assert container.packed(container.unpacked(signed)) == signed
    (tmp_path / "x.wacz").write_bytes(signed)
    if shutil.which("unzip"):
        done = subprocess.run(["unzip", "-tq", str(tmp_path / "x.wacz")], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_a_sound_package_has_no_problems(signed: bytes, unsigned: bytes, tmp_path: Path) -> None:
    for name, data in (("signed", signed), ("unsigned", unsigned)):
        path = tmp_path / f"{name}.wacz"
        path.write_bytes(data)
        told = list(verify_file(path, load({}, {})))
        assert all(each.ok for each in told), told
        said = " ".join(each.what for each in told)
        assert ("signed by the holder of key" in said) is (name == "signed")
        assert "its words are in the text and in the page" in said


@pytest.mark.parametrize("kind", ["signed", "unsigned"])
def test_every_flipped_byte_is_found(kind: str, signed: bytes, unsigned: bytes, tmp_path: Path) -> None:
    """Every byte of the parts that are not covered by a digest of their own, and a spread of all others."""
    data = {"signed": signed, "unsigned": unsigned}[kind]
    start = data.index(b"datapackage-digest.json") - 30
    places = [*range(0, start, 1999), *range(start, len(data), 17)]
    path = tmp_path / "flipped.wacz"
    for at in places:
        flipped = bytearray(data)
        flipped[at] ^= 1 << (at % 8)
        path.write_bytes(flipped)
        assert problems(path), f"byte {at} of {len(data)}"


def test_bytes_before_behind_or_missing_are_found(signed: bytes, tmp_path: Path) -> None:
    for changed in (signed + b"\0", b"\0" + signed, signed[:-1], signed[: len(signed) // 2]):
        (tmp_path / "x.wacz").write_bytes(changed)
        assert problems(tmp_path / "x.wacz")


def test_a_forger_without_the_key_is_found(signed: bytes, tmp_path: Path) -> None:
    """All digests made again, the old signature kept."""
    from archiver.evidence.digest import datapackage, digest_file, read_seal

    found = members(signed)
    found["evidence/quotes.jsonl"] = found["evidence/quotes.jsonl"].replace(b"Ada Marlow", b"Bea Marlow")
    facts = json.loads(found.pop("datapackage.json"))
    seal = read_seal(json.loads(found.pop("datapackage-digest.json")))
    facts.pop("resources")
    package = datapackage({name: facts[name] for name in facts if name not in {"profile", "wacz_version"}}, found)
    forged = container.packed(
        {**found, "datapackage.json": package, "datapackage-digest.json": digest_file(package, seal)}
    )
    (tmp_path / "x.wacz").write_bytes(forged)
    assert any("signature is over another" in what for what in problems(tmp_path / "x.wacz"))


def test_verify_needs_the_file_alone(signed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.wacz").write_bytes(signed)
    done = CliRunner().invoke(main, ["verify", "x.wacz"])
    assert done.exit_code == 0, done.output
    assert list(tmp_path.iterdir()) == [tmp_path / "x.wacz"]
    Path("x.wacz").write_bytes(signed.replace(b"2026", b"2027", 1))
    assert CliRunner().invoke(main, ["verify", "x.wacz"]).exit_code == 7


def test_without_an_archive_each_kind_of_file_is_called_what_it_is(
    signed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sound = members(signed)["archive/captures.warc.gz"]
    harmed = bytes([sound[0] ^ 255]) + sound[1:]
    given: dict[str, tuple[bytes, int, str]] = {
        "sound.warc.gz": (sound, 0, "records are sound"),
        "cut.warc.gz": (sound[:-9], 7, "the file ends within a compressed record"),
        "first-byte.warc.gz": (harmed, 7, "at byte 0: not the start of a WARC record"),
        "cut.wacz": (signed[:-400], 7, "the ZIP file cannot be read"),
        "empty.warc": (b"", 2, "not a WARC, ARC or WACZ file: it is empty"),
        "notes.txt": (b"nothing of the kind", 2, "not a WARC, ARC or WACZ file"),
    }
    for name, (data, _, _) in given.items():
        Path(name).write_bytes(data)
    for name, (_, code, told) in {**given, "missing.warc": (b"", 2, "there is no such file")}.items():
        done = CliRunner().invoke(main, ["verify", name])
        assert (name, done.exit_code) == (name, code), done.output
        assert told in done.output
    done = CliRunner().invoke(main, ["verify", "missing.warc", "notes.txt", "sound.warc.gz"])
    assert done.exit_code == 2
    assert "records are sound" in done.stdout


def test_add_takes_it_in_under_the_same_ids(signed: bytes, quote: Entry, tmp_path: Path) -> None:
    (tmp_path / "x.wacz").write_bytes(signed)
    with Archive(load({}, {"archive": str(tmp_path / "archive"), "extract_processes": "1"})) as other:
        outcome = other.add(tmp_path / "x.wacz")
        assert [kept.snapshot.id for kept in outcome.kept] == [quote.snapshot_id]
        assert outcome.damage == ()
        assert other.quote(str(quote.quote.id)).quote.text == quote.quote.text


def test_no_package_and_no_answer_names_the_account_that_added_a_file(
    signed: bytes, quote: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "zorkmid")
    (tmp_path / "x.wacz").write_bytes(signed)
    config = load({}, {"archive": str(tmp_path / "archive"), "extract_processes": "1"})
    with Archive(config) as other:
        other.add(tmp_path / "x.wacz")
        other.reextract()
        packed = members(other.evidence([str(quote.quote.id)]))
        plain = [gzip.decompress(each) if name.endswith(".gz") else each for name, each in packed.items()]
        assert not any(b"zorkmid" in each for each in plain)
        assert other.imported_by(other.snapshot(quote.snapshot_id).snapshot) == "zorkmid"
    for verbose in (False, True):
        shown = ["show", quote.snapshot_id, "--json", "--archive", str(config.archive), *["--verbose"] * verbose]
        assert ("zorkmid" in CliRunner().invoke(main, shown).output) is verbose


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_readme_runs_nothing_and_names_what_is_there(signed: bytes) -> None:
    found = members(signed)
    text = found["evidence/README.html"].decode()
    tags = _Tags(text).tags
    assert not [tag for tag, attributes in tags if tag in {"script", "img", "link", "iframe"} or "src" in attributes]
    assert "default-src 'none'" in text
    for name in re.findall(r"archive/[\w.]+|evidence/SHA256SUMS|datapackage[\w-]*\.json", text):
        assert name in found


@pytest.mark.skipif(not all(map(shutil.which, ("unzip", "sha256sum", "openssl"))), reason="needs unzip and openssl")
def test_its_own_instructions_work(signed: bytes, tmp_path: Path) -> None:
    """The README's commands, run as they are there (except for the time stamp, which this package has not)."""
    import html
    import sys

    (tmp_path / "evidence.wacz").write_bytes(signed)
    text = members(signed)["evidence/README.html"].decode()
    commands = [html.unescape(each) for each in re.findall(r"<pre>(.*?)</pre>", text, re.DOTALL)]
    script = "\n".join(each for each in commands if "stamp" not in each)
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Verified OK" in done.stdout
    assert "all records are sound" in done.stdout
    assert WORDS in done.stdout
    assert WORDS in (tmp_path / "package" / "page-1.html").read_text().replace("’", "’")


def test_the_routes_and_the_verb_give_it(client: FlaskClient, marlow: Entry, sample: Archive, tmp_path: Path) -> None:
    answer = client.get(f"/v1/quotes/{marlow.quote.id}/evidence.wacz")
    assert answer.status_code == 200
    assert answer.content_type == "application/wacz"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{marlow.quote.id}.wacz"'
    assert "Repr-Digest" in answer.headers
    part = client.get(f"/v1/quotes/{marlow.quote.id}/evidence.wacz", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, b"PK\x03\x04")
    assert client.get(f"/v1/snapshots/{marlow.snapshot_id}/evidence.wacz").status_code == 200
    assert client.get("/v1/quotes/qaaaaaaaaaaaaaaaaaaaa/evidence.wacz").status_code == 404
    output = tmp_path / "x.wacz"
    done = CliRunner().invoke(
        main, ["evidence", str(marlow.quote.id), "-o", str(output), "--archive", str(sample.config.archive)]
    )
    assert done.exit_code == 0, done.output
    assert output.read_bytes() == answer.data
    with any_file(output) as file:
        assert file.size == len(answer.data)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/A/B/?b=2&a=1", "org,example)/a/b?a=1&b=2"),
        ("http://example.org:8080/", "org,example:8080)/"),
        ("https://example.org", "org,example)/"),
    ],
)
def test_index_keys_are_those_of_replay_tools(url: str, key: str) -> None:
    assert surt(url) == key
