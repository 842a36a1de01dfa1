"""A page's bytes become the article that a reader would see, or a reason why there is none."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.articles import decode, plain_article, read_article, read_page
from archiver.articles.dates import dated, first_plausible, in_url
from archiver.records import UNDATED, Article, Dated, Precision, Reason

HTML = "text/html; charset=utf-8"
URL = "https://harbour.example/2026/ferry"
PARAGRAPHS = (
    "The city council reopened the ferry contract on Tuesday after its auditor had presented her report.",
    "“The contract was never put to tender,” Ada Marlow told the council, “and nobody asked why.”",
    "The mayor’s office declined to comment. The operator, which has run the line for nine years, said it would wait.",
    "A new call for bids is to be published in spring, the head of the harbour department said on Wednesday.",
)


def page(
    *,
    head: str = "",
    body: str | None = None,
    title: str = "Council reopens ferry contract",
    json_ld: Any = None,
    attributes: str = ' lang="en"',
) -> str:
    script = "" if json_ld is None else f'<script type="application/ld+json">{json.dumps(json_ld)}</script>'
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    content = f"<article><h1>{title}</h1>{article}</article>" if body is None else body
    return (
        f"<!doctype html><html{attributes}><head><meta charset=utf-8><title>{title} | The Harbour Courier</title>"
        f"{head}{script}</head><body><nav><a href=/>Home</a></nav>{content}<footer>Imprint</footer></body></html>"
    )


def read(html: str, **options: Any) -> Article:
    found = read_article(html.encode(), url=URL, content_type=HTML, **options)
    assert isinstance(found, Article), found
    return found


# --- the text


def test_the_text_is_the_title_and_a_line_for_each_paragraph() -> None:
    assert read(page()).text.split("\n") == ["Council reopens ferry contract", *PARAGRAPHS]


def test_the_digest_is_that_of_the_text() -> None:
    article = read(page())
    assert article.text_digest == "sha256:" + hashlib.sha256(article.text.encode()).hexdigest()


def test_reader_comments_are_no_part_of_the_article() -> None:
    comments = (
        '<section id="comments" class="comments"><p>“I always knew it,” said somebody from the internet.</p></section>'
    )
    body = "<article>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</article>" + comments
    assert "somebody from the internet" not in read(page(body=body)).text


def test_quoted_paragraphs_that_trafilatura_loses_are_put_in() -> None:
    lost = (
        '<div class="teaser"><p>“We had to choose between the ferry and the school, and we chose the school, '
        "and I would do it again tomorrow if they asked me to, with the same money and people,” said Olu Bright, "
        "who was treasurer in those years and now keeps bees.</p></div>"
    )
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = article.replace("<p>The mayor", f"{lost}<p>The mayor")
    reading = read_page(page(body=f"<article>{article}</article>").encode(), url=URL, content_type=HTML)
    assert reading.article is not None
    lines = reading.article.text.split("\n")
    assert [line[:9] for line in lines[1:]] == ["The city ", "“The cont", "“We had t", "The mayor", "A new cal"]


def test_the_article_body_of_the_json_ld_is_taken_where_the_page_hides_the_words() -> None:
    whole = "\n".join(PARAGRAPHS)
    hidden = page(
        body=f"<article><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p></article>",
        json_ld={"@type": "NewsArticle", "articleBody": whole},
    )
    reading = read_page(hidden.encode(), url=URL, content_type=HTML)
    assert reading.article is not None
    assert reading.article.text == f"Council reopens ferry contract\n{whole}"
    assert reading.found_by == "json-ld"


def test_nesting_beyond_what_the_parser_keeps_loses_no_words_and_says_so() -> None:
    deep = (
        "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:2])
        + "<div>" * 3000
        + f"<p>{PARAGRAPHS[2]}</p>"
        + "</div>" * 3000
    )
    reading = read_page(
        page(body=f"<article>{deep}<p>{PARAGRAPHS[3]}</p></article>").encode(), url=URL, content_type=HTML
    )
    assert reading.reason is Reason.DEPTH
    assert reading.article is not None
    assert all(paragraph in reading.article.text for paragraph in PARAGRAPHS)


def test_a_plain_reading_has_the_words_too() -> None:
    reading = read_page(page().encode(), url=URL, content_type=HTML, plain=True)
    assert reading.article is not None
    assert all(paragraph in reading.article.text for paragraph in PARAGRAPHS)


# --- charset

SPOKEN = {
    "windows-1252": "Der Bürgermeister sagte: „Wir öffnen die Fähre“ – später als gedacht.",
    "iso-8859-15": "Le maire a dit que l'accord est bon : « Il est déjà signé »",
    "iso-8859-2": "Burmistrz powiedział: Zażółć gęślą jaźń w porcie",
    "shift_jis": "市長は「港の契約は入札にかけられなかった」と述べた。",
    "euc-jp": "市長は「港の契約は入札にかけられなかった」と述べた。",
    "euc-kr": "시장은 “계약은 입찰에 부쳐지지 않았다”고 말했다.",
    "gb18030": "市长说：“合同从未招标。”",
    "big5": "市長說：「合約從未招標。」",
    "koi8-r": 'Мэр сказал: "Договор никогда не выставлялся на торги"',
    "windows-1251": "Мэр сказал: «Договор никогда не выставлялся на торги»",
    "utf-8": "The mayor said: “Never naïvely.”",
}


@pytest.mark.parametrize("charset", SPOKEN)
@pytest.mark.parametrize("said_in", ["header", "meta", "nowhere"])
def test_every_charset_is_read_rightly(charset: str, said_in: str) -> None:
    spoken = f"<html><head><title>-</title></head><body><p>{SPOKEN[charset] * 6}</p>"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if said_in == "meta" else ""
    header = f"text/html; charset={charset}" if said_in == "header" else "text/html"
    assert SPOKEN[charset] in decode((meta + spoken).encode(charset), header).text


@pytest.mark.parametrize(
    ("data", "content_type", "text"),
    [
        (b"\xef\xbb\xbfna\xc3\xafve", "text/html; charset=shift_jis", "naïve"),
        (b"\xff\xfe" + "naïve".encode("utf-16-le"), "text/html; charset=utf-8", "naïve"),
        (b"<meta charset=utf-8>caf\xe9", "text/html; charset=iso-8859-1", "<meta charset=utf-8>café"),
        (b"<meta charset=iso-8859-1>caf\xc3\xa9", "text/html", "<meta charset=iso-8859-1>café"),
        (b"\x93Quote\x94", "text/html; charset=iso-8859-1", "“Quote”"),
        (b"5 \xa4", "text/html; charset=iso-8859-15", "5 €"),
        (b"+ADw-script+AD4-", "text/html; charset=utf-7", "+ADw-script+AD4-"),
        (b"a\x00b\r\nc", HTML, "ab\nc"),
        (b"x" * 2000 + b"\xe2\x80\x9cY\xff", HTML, "x" * 2000 + "“Y\ufffd"),
        (b"", None, ""),
    ],
    ids=["mark before header", "utf-16 mark", "header before meta", "bytes refute the label", "latin-1 is windows-1252",
         "latin-9", "never utf-7", "no nul, one kind of line end", "one bad byte", "nothing"],
)  # fmt: skip
def test_order_of_charsets(data: bytes, content_type: str | None, text: str) -> None:
    assert decode(data, content_type).text == text


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html", HTML, "text/html; charset=gbk", "text/html; charset=x"]),
)
def test_any_bytes_become_text_that_has_utf_8(data: bytes, content_type: str | None) -> None:
    assert "\x00" not in decode(data, content_type).text
    decode(data, content_type).text.encode()


# --- what the page says of itself


def test_json_ld_is_believed_first() -> None:
    article = read(
        page(
            head='<meta property="article:published_time" content="2026-11-09">'
            '<meta property="og:site_name" content="Courier">',
            json_ld={
                "@graph": [
                    {"@type": "WebSite", "name": "harbour.example"},
                    {
                        "@type": ["ReportageNewsArticle"],
                        "headline": "Council reopens ferry contract",
                        "datePublished": "2026-11-10T18:20+01:00",
                        "dateModified": "2026-11-10T19:00:30.250Z",
                        "author": [{"@type": "Person", "name": "Tom Reyes"}, {"name": "Li Anders"}],
                        "publisher": {"name": "The Harbour Courier"},
                    },
                ]
            },
        )
    )
    printed = "2026-11-10T18:20+01:00"
    assert article.published == Dated(
        value="2026-11-10T18:20:00+01:00", precision=Precision.MINUTE, source="json-ld", printed=printed
    )
    assert article.modified.value == "2026-11-10T19:00:30+00:00"
    assert article.modified.precision is Precision.SECOND
    assert article.authors == ("Tom Reyes", "Li Anders")
    assert article.outlet == "Courier"


@pytest.mark.parametrize(
    ("head", "body", "url", "expected"),
    [
        ('<meta itemprop="datePublished" content="2026-11-10">', "", URL, ("2026-11-10", "meta")),
        (
            '<meta name="dcterms.date" content="10 Nov 2026 18:20:00 +0100">',
            "",
            URL,
            ("2026-11-10T18:20:00+01:00", "meta"),
        ),
        ("", '<time datetime="2026-11-10T18:20:00">today</time>', URL, ("2026-11-10", "time")),
        ("", "", "https://harbour.example/2026/11/10/ferry", ("2026-11-10", "url")),
        ("", "<p>Published on November 10, 2026</p>", URL, ("2026-11-10", "text")),
        ("", "", URL, (None, None)),
    ],
    ids=["itemprop", "dublin core", "time element", "url", "text", "none"],
)
def test_where_the_date_comes_from(head: str, body: str, url: str, expected: tuple[str | None, str | None]) -> None:
    html = page(head=head, body=body + "<article>" + "".join(f"<p>{one}</p>" for one in PARAGRAPHS) + "</article>")
    found = read_article(html.encode(), url=url, content_type=HTML)
    assert isinstance(found, Article)
    assert (found.published.value, found.published.source) == expected


@pytest.mark.parametrize(
    ("printed", "value", "precision"),
    [
        ("2026-11-10", "2026-11-10", Precision.DAY),
        ("2026-11", "2026-11", Precision.MONTH),
        ("20261110", "2026-11-10", Precision.DAY),
        ("2026/11/10 18:20", "2026-11-10", Precision.DAY),
        ("2026-11-10T18:20:00", "2026-11-10", Precision.DAY),
        ("2026-11-10T18:20Z", "2026-11-10T18:20:00+00:00", Precision.MINUTE),
        ("2026-11-10T18:20:01.999-0500", "2026-11-10T18:20:01-05:00", Precision.SECOND),
        ("2026-11-10 18:20:01 +05:30", "2026-11-10T18:20:01+05:30", Precision.SECOND),
        ("Tue, 10 Nov 2026 18:20:01 GMT", "2026-11-10T18:20:01+00:00", Precision.SECOND),
        ("1794334801000", "2026-11-10T18:20:01+00:00", Precision.SECOND),
    ],
)
def test_a_date_keeps_its_offset_and_claims_no_more_than_it_states(
    printed: str, value: str, precision: Precision
) -> None:
    assert dated(printed, "meta") == Dated(value=value, precision=precision, source="meta", printed=printed)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "yesterday",
        "2026-13-10",
        "2026-11-31",
        "0000-00-00",
        "0001-01-01T00:00:00Z",
        "1970-01-01",
        "1",
        "2026-11-10T25:00Z",
    ],
)
def test_what_is_no_date_is_none(printed: str) -> None:
    assert dated(printed, "meta") is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates(printed: str) -> None:
    found = dated(printed, "meta")
    assert found is None or found.printed == printed.strip()
    in_url(printed)


def test_a_date_after_the_capture_gives_way_to_one_before() -> None:
    captured = datetime(2026, 11, 10, 19, tzinfo=UTC)
    future, past = dated("2027-01-01", "json-ld"), dated("2026-11-10", "meta")
    assert first_plausible([future, past], captured) == past
    assert first_plausible([future], captured) == UNDATED
    assert first_plausible([future, past], None) == future
    assert first_plausible([None], captured) == UNDATED


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/2026/ferry-contract">', "https://harbour.example/2026/ferry-contract"),
        ('<meta property="og:url" content="https://harbour.example/f">', "https://harbour.example/f"),
        ('<link rel="canonical" href="https://harbour.example/">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="http://[broken">', None),
        ("", None),
    ],
    ids=["relative", "og", "front page", "script", "broken", "none"],
)
def test_canonical_url(head: str, canonical: str | None) -> None:
    assert read(page(head=head)).canonical_url == canonical


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ({"name": "Tom Reyes"}, ("Tom Reyes",)),
        ("By Tom Reyes and Li Anders", ("Tom Reyes", "Li Anders")),
        (["Tom Reyes (tr)", "https://harbour.example/tom", "tom-reyes", "Tom Reyes"], ("Tom Reyes",)),
        ([{"name": "The Harbour Courier"}], ()),
        ([], ()),
    ],
    ids=["person", "byline", "clutter", "outlet alone", "none"],
)
def test_authors(author: Any, authors: tuple[str, ...]) -> None:
    stated = {"@type": "NewsArticle", "author": author, "publisher": {"name": "The Harbour Courier"}}
    assert read(page(json_ld=stated)).authors == authors


def test_the_visible_heading_is_the_title_and_stands_once() -> None:
    article = read(page(head='<meta property="og:title" content="Council reopens the ferry contract, auditor says">'))
    assert article.title == "Council reopens ferry contract"
    assert article.text.count("Council reopens ferry contract") == 1


def test_the_text_overrules_what_its_template_calls_the_language() -> None:
    german = "".join(
        f"<p>{line}</p>"
        for line in (
            "Der Stadtrat hat den Vertrag über die Fähre am Dienstag noch einmal geöffnet; eine Prüferin berichtete.",
            "„Der Vertrag wurde nie ausgeschrieben“, sagte Ada Marlow im Rat, „und niemand hat gefragt, warum.“",
            "Das Büro des Bürgermeisters wollte sich nicht äußern. Im Frühjahr soll neu ausgeschrieben werden.",
        )
    )
    assert read(page(body=f"<article>{german}</article>")).language == "de"
    assert read(page(attributes=' lang="nn-NO"', body=f"<article><p>{PARAGRAPHS[0]}</p></article>")).language in {
        "no",
        "en",
    }
    assert read(page(attributes="")).language == "en"


def test_a_text_of_ones_own_is_taken_as_it_stands() -> None:
    text = "Headline\n\n  “Words,”\tshe said.\n"
    article = plain_article(text, language="en")
    assert (article.text, article.title, article.language) == (text, "Headline", "en")


# --- no article


@pytest.mark.parametrize(
    ("data", "content_type", "status", "reason"),
    [
        (page().encode(), HTML, 404, Reason.HTTP_ERROR),
        (b"", HTML, 301, Reason.HTTP_ERROR),
        (b"%PDF-1.7 ...", "application/pdf", 200, Reason.NOT_HTML),
        (b"%PDF-1.7 ...", HTML, 200, Reason.NOT_HTML),
        (b'{"a": 1}', "application/json", 200, Reason.NOT_HTML),
        (b"just words", None, 200, Reason.NOT_HTML),
        (b"", HTML, 200, Reason.NO_ARTICLE),
        (page(body="<p>Nothing here.</p>").encode(), HTML, 200, Reason.NO_ARTICLE),
        (b"<html><script src=/cdn-cgi/challenge-platform/x></script>", HTML, 403, Reason.BLOCKED_PAGE),
        (b"<html><title>Just a moment...</title><p>Checking.", HTML, 200, Reason.BLOCKED_PAGE),
        (b"<html><title>x</title><div class=g-recaptcha></div>", HTML, 200, Reason.BLOCKED_PAGE),
        (b"<html><form action=https://consent.google.com/save>", HTML, 200, Reason.BLOCKED_PAGE),
        (gzip.compress(page().encode()), HTML, 200, Reason.NOT_HTML),
    ],
    ids=["404", "redirect", "pdf", "pdf that lies", "json", "no type", "empty", "stub", "challenge 403",
         "challenge 200", "captcha", "consent", "still coded"],
)  # fmt: skip
def test_why_there_is_no_article(data: bytes, content_type: str | None, status: int | None, reason: Reason) -> None:
    reading = read_page(data, url=URL, content_type=content_type, status=status)
    assert (reading.article, reading.reason) == (None, reason)


def test_a_captcha_in_the_footer_blocks_no_article() -> None:
    assert read(page(head="<script src=/cdn-cgi/challenge-platform/jsd.js></script><div class=g-recaptcha></div>"))


@pytest.mark.parametrize(
    "broken",
    [
        "<script type=application/ld+json>{" + '"author": "' + "x" * 250_000 + "</script>",
        '<script type="application/ld+json">' + "[" * 5000 + "</script>",
        '<script type="application/ld+json">{"@graph": {"@graph": {"@type": 5, "author": {"name": 7}}}}</script>',
        "<meta name=author><meta name=date content=''><link rel=canonical>",
    ],
    ids=["long", "deep", "wrong types", "empty"],
)
def test_broken_metadata_costs_no_text(broken: str) -> None:
    assert PARAGRAPHS[1] in read(page(head=broken)).text


@settings(max_examples=40)
@given(st.data())
def test_no_mangled_page_breaks_the_reading(data: st.DataObject) -> None:
    whole = page(json_ld={"@type": "NewsArticle", "headline": "x"}).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 300, len(whole))))
    mangled = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    found = read_article(mangled, url=URL, content_type=HTML)
    assert isinstance(found, Reason) or found.text.encode().decode() == found.text
