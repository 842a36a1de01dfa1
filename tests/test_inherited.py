"""What is decided about a snapshot holds of every revisit of its payload, also of those that come in later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.app import create_app
from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import IndexUnavailable, Withdrawn
from archiver.extraction import Extractor
from archiver.ingest import extract, inherited
from archiver.ingest.decide import Author, Wish
from archiver.ingest.index import index_appended
from archiver.records import Act, Query, SnapshotQuery, Visibility
from archiver.viewer import Viewer
from tests.test_foreign_archives import REFERENCES, answer, page, record, revisit
from tests.test_foreign_archives import URL as FIRST
from tests.test_passages import small_site

AGAIN = f"{FIRST}/again"
WORDS = Query(q="quay", repeats=True)
EDITOR = Author(name="R. Calder", role="editor")


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extractor]:
    """One for all archives of this module: a child takes a second to start."""
    from archiver.config import load

    with_one = {"archive": str(tmp_path_factory.mktemp("none")), "extract_processes": "1"}
    extractor = Extractor(load({}, with_one))
    yield extractor
    extractor.close()


@pytest.fixture
def archive(config: Config, extractor: Extractor) -> Iterator[Archive]:
    with Archive(config, extractor=extractor) as archive:
        yield archive


def add(archive: Archive, tmp_path: Path, data: bytes, name: str) -> str:
    """Adds a file of one record; its snapshot's id."""
    (tmp_path / name).write_bytes(data)
    (kept,) = archive.add(tmp_path / name).kept
    return kept.snapshot.id


def add_first(archive: Archive, tmp_path: Path) -> str:
    return add(archive, tmp_path, record(1, answer(page("First"))), "a.warc")


def add_again(archive: Archive, tmp_path: Path, kind: str = "digest") -> str:
    return add(archive, tmp_path, revisit(2, url=AGAIN, **REFERENCES[kind]), "b.warc")


def decide(archive: Archive, act: Act, target: str, *, legal: bool = False) -> None:
    archive.decide(Wish(act=act, author=EDITOR, reason="A court said so", legal=legal), target)


def seen(archive: Archive) -> tuple[int, set[str]]:
    """What the public finds: how many quotes, and the addresses of which snapshots."""
    public = archive.seen_by(Viewer())
    found = public.snapshots(SnapshotQuery(limit=100)).entries
    return len(public.search(WORDS).entries), {row.snapshot.url for row in found}


@pytest.mark.parametrize("legal", [False, True], ids=["410", "451"])
def test_a_revisit_that_comes_in_after_the_withdrawal_is_withdrawn_too(
    index_config: Config, extractor: Extractor, tmp_path: Path, legal: bool
) -> None:
    with Archive(index_config, extractor=extractor) as archive:
        first = add_first(archive, tmp_path)
        decide(archive, Act.WITHDRAW, first, legal=legal)
        again = add_again(archive, tmp_path)
        client = create_app(archive, archive.config).test_client()
        for rebuilt in (False, True):
            if rebuilt:
                archive.rebuild()
            assert seen(archive) == (0, set())
            status = {client.get(f"/snapshots/{each}").status_code for each in (first, again)}
            assert status == {451 if legal else 410}
        (decision,) = archive.decisions(again)
        assert (decision.act, decision.reason, decision.legal) == (Act.WITHDRAW, "A court said so", legal)
        archive.reextract()
        assert seen(archive) == (0, set())
        decide(archive, Act.RESTORE, first)
        assert seen(archive) == (2, {FIRST, AGAIN})


@pytest.mark.parametrize("kind", REFERENCES)
def test_whatever_it_names_its_original_by(archive: Archive, tmp_path: Path, kind: str) -> None:
    decide(archive, Act.WITHDRAW, add_first(archive, tmp_path))
    again = add_again(archive, tmp_path, kind)
    with pytest.raises(Withdrawn, match="A court said so"):
        archive.snapshot(again)


def test_what_is_private_stays_so_in_a_later_revisit(archive: Archive, tmp_path: Path) -> None:
    first = add_first(archive, tmp_path)
    decide(archive, Act.PRIVATE, first)
    add_again(archive, tmp_path)
    assert seen(archive) == (0, set())
    decide(archive, Act.RELEASE, first)
    assert seen(archive) == (2, {FIRST, AGAIN})


def test_what_was_erased_leaves_nothing_to_be_seen_in_a_later_revisit(archive: Archive, tmp_path: Path) -> None:
    archive.erase(add_first(archive, tmp_path), author=EDITOR, reason="Judgment 12/26")
    add_again(archive, tmp_path)
    archive.rebuild()
    assert seen(archive) == (0, set())


def add_copy(archive: Archive, tmp_path: Path, url: str = FIRST) -> str:
    """The same page in full from elsewhere, on a later day."""
    copy = record(3, answer(page("First")), url, WARC_Date="2026-03-20T10:00:00Z")
    return add(archive, tmp_path, copy, "c.warc")


@pytest.mark.parametrize("gone", ["withdrawn", "withdrawn by law", "erased"])
def test_the_same_page_that_is_added_in_full_later_is_withdrawn_too(
    index_config: Config, extractor: Extractor, tmp_path: Path, gone: str
) -> None:
    with Archive(index_config, extractor=extractor) as archive:
        first = add_first(archive, tmp_path)
        if gone == "erased":
            archive.erase(first, author=EDITOR, reason="A court said so")
        else:
            decide(archive, Act.WITHDRAW, first, legal=gone == "withdrawn by law")
        copy = add_copy(archive, tmp_path)
        client = create_app(archive, archive.config).test_client()
        for rebuilt in (False, True):
            if rebuilt:
                archive.rebuild()
            assert seen(archive) == (0, set())
            assert client.get(f"/snapshots/{copy}").status_code == (410 if gone == "withdrawn" else 451)
        if gone != "erased":
            decide(archive, Act.RESTORE, copy)
            assert seen(archive)[1] == {FIRST}
            assert not archive.snapshot(first).withdrawn


def test_any_capture_of_a_page_stands_for_the_others_with_its_payload(archive: Archive, tmp_path: Path) -> None:
    add_first(archive, tmp_path)
    copy = add_copy(archive, tmp_path)
    add_again(archive, tmp_path)
    decide(archive, Act.WITHDRAW, copy)
    assert seen(archive) == (0, set())


def test_another_address_and_another_payload_are_no_copies(archive: Archive, tmp_path: Path) -> None:
    decide(archive, Act.WITHDRAW, add_first(archive, tmp_path))
    add_copy(archive, tmp_path, f"{FIRST}/elsewhere")
    add(archive, tmp_path, record(4, answer(page("Second")), WARC_Date="2026-03-21T10:00:00Z"), "d.warc")
    assert seen(archive) == (2, {f"{FIRST}/elsewhere", FIRST})


def test_who_saves_a_private_page_in_public_shows_it(archive: Archive, tmp_path: Path) -> None:
    decide(archive, Act.PRIVATE, add_first(archive, tmp_path))
    add_copy(archive, tmp_path)
    assert seen(archive) == (1, {FIRST})


@pytest.mark.parametrize("later", ["revisit", "copy"])
@pytest.mark.parametrize("there", [True, False], ids=["there before", "added later"])
def test_a_quote_is_withdrawn_in_every_capture_of_its_page(
    index_config: Config, extractor: Extractor, tmp_path: Path, later: str, there: bool
) -> None:
    with Archive(index_config, extractor=extractor) as archive:
        adding = add_again if later == "revisit" else add_copy
        add_first(archive, tmp_path)
        if there:
            adding(archive, tmp_path)
        quote_id = str(archive.search(replace(WORDS, repeats=False)).entries[0].quote.id)
        decide(archive, Act.WITHDRAW, quote_id)
        if not there:
            adding(archive, tmp_path)
        for rebuilt in (False, True):
            if rebuilt:
                archive.rebuild()
            assert seen(archive) == (0, {FIRST, AGAIN} if later == "revisit" else {FIRST})
        archive.reextract()
        assert seen(archive)[0] == 0
        decide(archive, Act.RESTORE, quote_id)
        assert seen(archive)[0] == 2


def test_rebuilding_covers_what_an_earlier_version_left_visible(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(archive, Act.WITHDRAW, add_first(archive, tmp_path))
    monkeypatch.setattr(extract, "inherited", lambda *_: ())
    monkeypatch.setattr(inherited, "inherited", lambda *_: ())
    again = add_again(archive, tmp_path)
    monkeypatch.undo()
    assert seen(archive)[1] == {AGAIN}
    for _ in range(2):
        archive.rebuild()
        assert seen(archive) == (0, set())
        assert len(archive.decisions(again)) == 1


def test_catching_up_covers_what_was_stored_before_the_withdrawal_and_not_yet_indexed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add_first(archive, tmp_path)

    def away(*_: object, **__: object) -> None:
        raise IndexUnavailable("is away")

    monkeypatch.setattr("archiver.ingest.extract.index_appended", away)
    (tmp_path / "b.warc").write_bytes(revisit(2, url=AGAIN, **REFERENCES["digest"]))
    assert not archive.add(tmp_path / "b.warc").indexed
    monkeypatch.undo()
    monkeypatch.setattr("archiver.ingest.decide.index_assertions", lambda *_: None)
    decide(archive, Act.WITHDRAW, first)
    monkeypatch.undo()
    assert seen(archive) == (1, {FIRST})
    archive.catch_up()
    assert seen(archive) == (0, set())


def test_a_withdrawal_that_is_made_while_a_revisit_comes_in_covers_it(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add_first(archive, tmp_path)
    real = index_appended

    def meanwhile(*args: object, **more: object) -> object:
        monkeypatch.undo()
        decide(archive, Act.WITHDRAW, first)
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("archiver.ingest.extract.index_appended", meanwhile)
    add_again(archive, tmp_path)
    assert seen(archive) == (0, set())


def test_a_revisit_that_somebody_restored_stays_restored(archive: Archive, tmp_path: Path) -> None:
    decide(archive, Act.WITHDRAW, add_first(archive, tmp_path))
    again = add_again(archive, tmp_path)
    decide(archive, Act.RESTORE, again)
    archive.catch_up()
    archive.reextract()
    assert seen(archive) == (1, {AGAIN})


def test_what_a_page_embeds_is_withdrawn_again_where_it_was_and_kept_whole_where_it_was_private(
    config: Config, extractor: Extractor
) -> None:
    with small_site() as site:
        allow = (site.url.removeprefix("http://"),)
        settings = replace(config, fetch_allow=allow, fetch_robots=False)
        with Archive(settings, extractor=extractor) as archive:
            archive.capture(f"{site.url}/page", assets=True)
            (picture,) = archive.captures(f"{site.url}/picture.png")
            (font,) = archive.captures(f"{site.url}/font.woff2")
            decide(archive, Act.WITHDRAW, picture.snapshot.id)
            decide(archive, Act.PRIVATE, font.snapshot.id)
            archive.capture(f"{site.url}/page", assets=True)
            withdrawn = archive.index.captures(f"{site.url}/picture.png")[-1]
            assert (withdrawn.snapshot.payload_of, withdrawn.visibility) == (picture.snapshot.id, Visibility.WITHDRAWN)
            public = archive.index.captures(f"{site.url}/font.woff2")[-1]
            assert (public.snapshot.payload_of, public.visibility) == (None, Visibility.PUBLIC)


def test_without_an_index_a_capture_is_kept(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(archive, Act.WITHDRAW, add_first(archive, tmp_path))

    def away(*_: object) -> None:
        raise IndexUnavailable("is away")

    monkeypatch.setattr(extract, "sources_of", away)
    again = add_again(archive, tmp_path)
    with pytest.raises(Withdrawn):
        archive.snapshot(again)
