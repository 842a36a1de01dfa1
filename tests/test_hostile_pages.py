"""The reading of any page ends in time; what may be missing is reported, and the next page is read."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.articles import plain_article
from archiver.config import Config, load
from archiver.extraction import Extractor
from archiver.extraction.reader import extraction_of
from archiver.quotes import MAX_QUOTES, find_quotes
from archiver.records import Extraction, ExtractionState, Kind, Reason
from archiver.values import to_plain
from tests.counting import counted, lines
from tests.hostile.pages import FIRST, HTML, MIDDLE, SLOW, SPOKEN, Page, missing_from, page, pages, paragraph
from tests.hostile.shapes import SHAPES

SECONDS = 60  # a busy machine needs them; what hangs on an idle one is found too
URL = "https://harbour.example/ferry"
SOME_SLOW = {"width-of-paragraphs", "marks-without-end"}
QUICK = [each for each in pages() if each.name not in SLOW]
TIMED = [each for each in pages() if each.name in SOME_SLOW]


def configured(folder: Path, seconds: int = SECONDS, memory: str = "1GiB") -> Config:
    return load(
        {},
        {
            "archive": str(folder),
            "extract_processes": "1",
            "extract_seconds": str(seconds),
            "extract_bytes": memory,
        },
    )


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extractor]:
    with Extractor(configured(tmp_path_factory.mktemp("archive"))) as one:
        yield one


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extractor]:
    with Extractor(configured(tmp_path_factory.mktemp("archive"), seconds=1)) as one:
        yield one


def read(extractor: Extractor, each: Page) -> Extraction:
    return extractor.read(each.data, url=URL, content_type=each.type)


def reads_well(found: Extraction) -> bool:
    """Whether the plain page was read whole, each of its quotations found."""
    texts = " ".join(quote.text for quote in found.quotes)
    return found.state is ExtractionState.DONE and all(words in texts for words in SPOKEN)


def check(each: Page, found: Extraction) -> None:
    assert missing_from(each, found) == []
    if found.state in {ExtractionState.LIMITED, ExtractionState.FAILED}:
        assert found.reason in {Reason.TIME, Reason.MEMORY, Reason.DEPTH}
    orjson.loads(orjson.dumps(to_plain(found)))
    if found.article is None:
        return
    text = found.article.text
    text.encode()
    assert "\x00" not in text
    for quote in found.quotes[:100]:
        assert quote.text.split() == " ".join(text[span.start : span.end] for span in quote.spans).split()
        assert f"{quote.before}{quote.printed}{quote.after}" in text


@pytest.mark.parametrize("each", QUICK, ids=lambda each: each.name)
def test_a_page_that_is_odd_or_too_much_loses_no_words_silently(extractor: Extractor, each: Page) -> None:
    found = read(extractor, each)
    check(each, found)
    if each.whole:
        assert found.state is ExtractionState.DONE
    after = extractor.read(page().encode(), url=URL, content_type=HTML)
    assert reads_well(after)


@pytest.mark.parametrize("each", TIMED, ids=lambda each: each.name)
def test_a_page_that_takes_too_long_ends_in_time_and_says_so(hurried: Extractor, each: Page) -> None:
    began = time.monotonic()
    found = read(hurried, each)
    assert time.monotonic() - began < 60
    assert found.state in {ExtractionState.LIMITED, ExtractionState.FAILED}
    check(each, found)
    after = hurried.read(page().encode(), url=URL, content_type=HTML)
    assert reads_well(after)


def test_utf_7_is_never_read(extractor: Extractor) -> None:
    (each,) = [each for each in pages() if each.name == "charset-utf-7"]
    found = read(extractor, each)
    assert found.article is not None
    assert "“" not in found.article.text
    assert [quote for quote in found.quotes if quote.kind is not Kind.INDIRECT] == []


def test_more_marks_than_are_looked_at_are_told(extractor: Extractor) -> None:
    many = page("".join(paragraph(f"“We counted {number} of them,” she said.") for number in range(MAX_QUOTES)))
    found = extractor.read(many.encode(), url=URL, content_type=HTML)
    assert (found.state, found.reason) == (ExtractionState.LIMITED, Reason.TIME)
    few = page("".join(paragraph(f"“We counted {number} of them,” she said.") for number in range(50)))
    assert extractor.read(few.encode(), url=URL, content_type=HTML).state is ExtractionState.DONE


# --- a child that comes to its end


@pytest.mark.parametrize(
    ("crash", "reason"),
    [
        ("os.kill(os.getpid(), 11)", Reason.MEMORY),
        ("os.abort()", Reason.MEMORY),
        ("bytearray(8 << 30)", Reason.MEMORY),
        ("time.sleep(600)", Reason.TIME),
        ("os._exit(0)", Reason.ERROR),
        ("1 / 0", Reason.ERROR),
    ],
    ids=["segmentation fault", "abort", "memory", "hang", "exit", "exception"],
)
def test_whatever_ends_a_child_the_parent_lives_and_the_next_page_is_read(
    tmp_path: Path, crash: str, reason: Reason, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parser that breaks on one page is put into the child by way of Python's start-up file."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, time\n"
        "from archiver.articles.blocks import Shown\n"
        "whole = Shown._walk\n"
        "def broken(shown, tree):\n"
        "    if 'strikes here' in tree.text_content():\n"
        f"        {crash}\n"
        "    return whole(shown, tree)\n"
        "Shown._walk = broken\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]))
    with Extractor(configured(tmp_path / "archive", seconds=3)) as extractor:
        found = extractor.read(page(paragraph("Lightning strikes here.")).encode(), url=URL, content_type=HTML)
        after = extractor.read(page().encode(), url=URL, content_type=HTML)
    assert found.reason is reason
    if reason is Reason.MEMORY:  # a second try the quick way; where there was no time left for it, none
        assert found.article is not None
    if found.article is None:
        assert found.state is ExtractionState.FAILED
    else:
        assert found.state is ExtractionState.LIMITED
        assert all(words in found.article.text for words in SPOKEN)
    assert reads_well(after)


# --- any page


FRAGMENTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from([paragraph(FIRST), paragraph(MIDDLE), "<div>", "</div>", "<p", "<script type=application/ld+json>"])
    | st.sampled_from(['{"@type": "NewsArticle", "author": [', "</script>", "<!--", "-->", "<table><tr>", "&", "&#0;"])
    | st.sampled_from(['"', "“", "”", "«", "<time datetime='2026", "<meta name=author content='", "<title>", "<h1>"]),
    st.integers(0, 0x10FFFF).map(lambda code: f"&#{code};"),
)


@settings(max_examples=60)
@given(st.lists(FRAGMENTS, max_size=30), st.sampled_from([HTML, "text/html; charset=latin-1", "text/html", "x"]))
def test_no_page_breaks_the_reading(fragments: list[str], content_type: str) -> None:
    data = ("<html>" + "".join(fragments)).encode("utf-8", "surrogatepass")
    found = extraction_of({"url": URL, "content_type": content_type, "status": 200}, data)
    orjson.dumps(to_plain(found))


# --- time is linear


@counted
@pytest.mark.parametrize("unit", SHAPES.values(), ids=SHAPES)
def test_ten_times_the_text_is_no_more_than_twelve_times_the_work(unit: str) -> None:
    def work(count: int) -> int:
        article = plain_article("Ferry contract\n" + unit * count, language="en")
        return lines(lambda: find_quotes(article))

    work(1)  # the first reading puts the language's patterns together
    assert work(100) < 12 * work(10)
