"""What the parts of reading a page promise: its code apart, its blocks, candidates, bylines, days, kinds of pages."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.articles import PageReading, read_page
from archiver.articles.blocks import Shown
from archiver.articles.calendars import gregorian, hijri, persian
from archiver.articles.candidates import parse
from archiver.articles.confusions import mended
from archiver.articles.letters import has_manifest, without_unseen
from archiver.articles.printed import ago, printed_dates
from archiver.articles.scrambled import scrambled
from archiver.articles.source import source_of
from archiver.articles.structured import parsed
from archiver.articles.text import is_code
from archiver.records import Precision, Reason, TextManifest, TextSource
from tests.page_cases import OWN, cases_in, judged

URL = "https://www.orrin-gazette.example/news/basin"
TITLE = "Orrin Vale to drain upper basin"
LINES = (
    "The lake authority of Orrin Vale will drain its upper basin in March, the director told residents on Tuesday.",
    "“We cannot patch this wall for the ninth time,” said Hedda Lorne, who leads the authority. “It has to come down.”",
    "Farmers below the dam had asked for a delay until after the harvest. The authority refused, seven votes to two.",
    "“Nobody told us what happens to the carp,” said Milo Trent, who runs the boat hire on the north shore.",
    "The work is expected to cost nine million crowns, half of which will come from the province, the plan says.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)
CAPTURED = datetime(2026, 3, 20, 9, tzinfo=UTC)


def page(body: str | None = None, *, head: str = "", lang: str = "en", title: str = TITLE, byline: str = "") -> str:
    content = f"<main><article><h1>{TITLE}</h1>{byline}{PARAGRAPHS}</article></main>" if body is None else body
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset=utf-8><title>{title}</title>{head}</head>'
        f"<body><nav><a href=/>Home</a></nav>{content}<footer><p>All rights reserved.</p></footer></body></html>"
    )


def around(inserted: str) -> str:
    """The article with something put in behind its second paragraph."""
    before, after = "".join(f"<p>{line}</p>" for line in LINES[:2]), "".join(f"<p>{line}</p>" for line in LINES[2:])
    return page(f"<main><article><h1>{TITLE}</h1>{before}{inserted}{after}</article></main>")


def read(html: str | bytes, url: str = URL, content_type: str = "text/html; charset=utf-8") -> PageReading:
    data = html if isinstance(html, bytes) else html.encode()
    return read_page(data, url=url, content_type=content_type, captured_at=CAPTURED)


def text_of(html: str) -> str:
    found = read(html).article
    assert found is not None
    return found.text


def json_ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def node(**fields: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": TITLE, **fields}


# --- code is nobody's text


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        ("<p>a<script>x</SCRIPT >b", "<p>ab"),
        ('<noscript><iframe src="x>y"></noscript><script>z</script>w', "w"),
        ("a<!-- <script> -->b", "ab"),
        ("<template><p>x</template>y", "y"),
        ('<template shadowrootmode="open"><p>x</template>y', "<div><p>x</div>y"),
        ("<noscript><style></noscript>y", "y"),
        ("<p>a<style>.b{", "<p>a"),
        ("<scripty>a", "<scripty>a"),
    ],
)
def test_code_is_taken_out_of_the_source(html: str, markup: str) -> None:
    assert source_of(html).markup == markup


@given(
    st.lists(st.sampled_from(["<script>", "</script>", "<!--", "-->", "<style", ">", "a", '"', "<iframe x='", "</"]))
)
def test_any_source_is_parted_and_none_of_its_code_is_left(pieces: list[str]) -> None:
    assert not re.search(r"<script>[^<]*</script", source_of("".join(pieces)).markup)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('He nodded [sic], adding: "We will go."', False),
        ("He earns $3; she [the mayor] does not, he said: “No.”", False),
        ("window.dataLayer = window.dataLayer || [];", True),
        (".a{content:'“x”';color:red;}", True),
        ("https://video.orrin.example/9.mp4", True),
        ("$$ARTICLEAD$$", True),
    ],
)
def test_code_is_told_from_words(line: str, code: bool) -> None:
    assert is_code(line) is code


# --- what is left out of the text, and what is kept


@pytest.mark.parametrize(
    "inserted",
    [
        '<div class="newsletter-signup"><p>“Best letter in town,” says reader Kim. Sign up now!</p></div>',
        '<p><strong>READ MORE:</strong> <a href="/x">“It is over,” says the coach</a></p>',
        '<p><em>Lesen Sie auch: <a href="/x">„Das ist vorbei“, sagt der Trainer</a></em></p>',
        "<aside><h3>Related</h3><p>“We never meant it,” said a lobbyist in another story of last week.</p></aside>",
        "<p><s>“We lied,” said the director.</s></p>",
        "<p hidden>“Secret words,” said nobody at all here.</p>",
        '<div style="display: none;">“Invisible,” said the ghost of the dam.</div>',
        "<textarea>“I agree,” wrote nobody.</textarea>",
        '<div id="onetrust-banner"><p>“Accept,” says the button, or else you cannot go on to the next page.</p></div>',
        '<p>window.dataLayer = []; dataLayer.push({"quote": "“no,” said js"});</p>',
        "<figure><img src=x><figcaption>“The wall,” photographed by Jan Foto.</figcaption></figure>",
        '<span role="tooltip">“A force of nature,” wrote the Mirror.</span>',
        '<p>[gallery ids="1,2" title="“Gone,” said Tom Gal."]</p>',
        '<p>[caption id="c1"]“Wet,” said Jan Foto.[/caption]</p>',
    ],
)
def test_what_stands_between_the_paragraphs_is_no_part_of_them(inserted: str) -> None:
    assert text_of(around(inserted)) == "\n".join((TITLE, *LINES))


@pytest.mark.parametrize("where", ["page", "JSON-LD"])
def test_shortcodes_are_taken_out_and_an_editors_brackets_stay(where: str) -> None:
    written = "[pullquote]“We met [the council] there [sic],” said Milo Trent.[/pullquote]"
    kept = "“We met [the council] there [sic],” said Milo Trent."
    if where == "page":
        assert text_of(around(f"<p>{written}</p>")).split("\n")[3] == kept
    else:
        body = "\n".join((*LINES[:2], written, *LINES[2:]))
        assert kept in text_of(page("<main></main>", head=json_ld(node(articleBody=body)))).split("\n")


def test_sentences_lose_what_readers_do_not_read() -> None:
    sentence = (
        '“The wall<sup><a href="#n1">[1]</a></sup> will <del>stand</del> fall<span class="sr-only"> (new tab)</span>,” '
        "said <ruby>Hedda<rt>he-da</rt></ruby> Lorne of the 20<sup>th</sup> district, where 3 m<sup>2</sup> are left."
    )
    assert "“The wall will fall,” said Hedda Lorne of the 20th district, where 3 m2 are left." in text_of(
        around(f"<p>{sentence}</p>")
    )


@pytest.mark.parametrize(
    "lead",
    [
        f'<header><h1>{TITLE}</h1><p class="teaser">{LINES[0]}</p></header>',
        f'<h1>{TITLE}</h1><div class="summary"><p>{LINES[0]}</p></div>',
        f"<h1>{TITLE}</h1><h2>{LINES[0]}</h2>",
    ],
)
def test_a_lead_is_kept_wherever_it_stands(lead: str) -> None:
    rest = "".join(f"<p>{line}</p>" for line in LINES[1:])
    assert LINES[0] in text_of(page(f"<main><article>{lead}<div>{rest}</div></article></main>"))


@pytest.mark.parametrize("frame", ["paywall", "comments-open", "widget-content", "promo has-sidebar", "latest-story"])
def test_a_box_that_holds_the_article_is_its_frame(frame: str) -> None:
    body = f'<main><h1>{TITLE}</h1><div class="{frame}">{PARAGRAPHS}</div></main>'
    assert all(line in text_of(page(body)) for line in LINES)


def test_a_caption_is_kept_as_a_caption() -> None:
    found = read(around("<figure><img src=x><figcaption>The wall in May.</figcaption></figure>")).article
    assert found is not None
    assert found.captions == ("The wall in May.",)


def test_a_sentence_that_an_advert_cuts_is_one() -> None:
    cut = '<p>“The wall will not last</p><div class="ad"><p>Advertisement</p></div><p>another winter,” she said.</p>'
    assert "“The wall will not last another winter,” she said." in text_of(around(cut))


# --- candidates


def built(script: str) -> PageReading:
    return read(page(f'<div id="root"></div>{script}', title=f"{TITLE} | Orrin Gazette"))


STORY = {"title": TITLE, "body": [{"type": "paragraph", "text": line} for line in LINES]}
OTHER = {"title": "Swans", "content": "<p>“Swans are fine,” said the warden of the lake on Monday evening.</p>"}


STATES = {
    "next": ("", {"props": {"post": STORY, "related": [OTHER]}}, ""),
    "nuxt": ("window.__NUXT__=", {"data": [{"article": {"title": TITLE, "body": PARAGRAPHS}}]}, ";"),
    "apollo": (
        "window.__APOLLO_STATE__=",
        {"Article:9": {"headline": TITLE, "body": PARAGRAPHS}, "Article:8": OTHER},
        "",
    ),
    "json.parse": ("window.__STATE__ = JSON.parse(", json.dumps({"story": STORY}), ")"),
    "flight": ("self.__next_f.push([1,", f"1:{json.dumps({'article': STORY})}\n", "])"),
    "fusion": (
        "Fusion.globalContent=",
        {"headlines": {"basic": TITLE}, "content_elements": [{"type": "text", "content": line} for line in LINES]},
        ";Fusion.x={};",
    ),
    "nuxt function": (
        f"window.__NUXT__=(function(a,b){{return {{t:a,body:b}}}}({json.dumps(TITLE)},",
        PARAGRAPHS,
        "))",
    ),
}


@pytest.mark.parametrize(
    "script",
    [f"<script>{before}{json.dumps(state)}{behind}</script>" for before, state, behind in STATES.values()],
    ids=STATES,
)
def test_a_page_that_a_script_builds_is_read_from_its_state(script: str) -> None:
    found = built(script).article
    assert found is not None
    assert found.text == "\n".join((TITLE, *LINES))
    assert found.text_source is TextSource.SCRIPT_STATE


def test_a_body_of_another_story_is_not_taken() -> None:
    swans = "A wholly different text about swans. “Swans,” said the warden, “are my life and work.”"
    assert "my life" not in text_of(page(head=json_ld(node(articleBody=swans))))


def test_a_body_says_which_blocks_are_the_article_and_brings_nothing_of_its_own() -> None:
    body = " ".join(LINES) + " SIGN UP “for our daily letter” today."
    found = read(page(head=json_ld(node(articleBody=body)))).article
    assert found is not None
    assert (found.text, found.text_source) == ("\n".join((TITLE, *LINES)), TextSource.JSON_LD)


# --- scrambled and unseen


def shifted(text: str, by: int) -> str:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    table = {ord(one): alphabet[(place + by) % 26] for place, one in enumerate(alphabet)}
    return text.translate(table)


def backwards(text: str) -> str:
    return " ".join(word[::-1] for word in text.split())


@pytest.mark.parametrize(
    "scramble", [lambda text: shifted(text, 1), lambda text: shifted(text, 13), backwards], ids=["1", "13", "backwards"]
)
def test_scrambled_text_gives_no_quotes_and_says_so(scramble: Any) -> None:
    hidden = "".join(f"<p>{scramble(line)}</p>" for line in LINES[1:])
    reading = read(page(f"<main><article><h1>{TITLE}</h1><p>{LINES[0]}</p>{hidden}</article></main>"))
    assert reading.reason is Reason.PAYWALL
    assert reading.article is not None
    assert reading.article.text == f"{TITLE}\n{LINES[0]}"
    whole = read(page(f"<main><article><h1>{TITLE}</h1>{hidden}</article></main>"))
    assert (whole.article, whole.reason) == (None, Reason.PAYWALL)


def test_names_and_foreign_words_are_not_scrambled() -> None:
    names = " and ".join(
        f"{one} {two}" for one in ("Ada", "Olu", "Tom") for two in ("Marlow", "Bright", "Reyes", "Kowalski")
    )
    french = "La jetée ne passera pas un autre hiver, nous avons mesuré deux fois et la réponse était la même partout."
    assert scrambled([*LINES, names, french], beside=TITLE, language="en") == set()


def test_hidden_manifests_are_seen_and_never_read() -> None:
    magic = "".join(chr(0xFE00 + byte) if byte < 16 else chr(0xE0100 + byte - 16) for byte in b"C2PATXT\x00\x01")
    html = page().replace("ninth time,”", f"ninth time,\ufeff{magic}”").replace("Milo Trent", "Milo\u200b Tr\u00adent")
    found = read(html).article
    assert found is not None
    assert found.text == "\n".join((TITLE, *LINES))
    assert found.text_manifest is TextManifest.PRESENT
    assert not has_manifest("葛\U000e0100城 ❤\ufe0f")
    assert without_unseen("می\u200cخواهم") == "می\u200cخواهم"


# --- whose words a page sets apart


@pytest.mark.parametrize(
    ("quotation", "speaker"),
    [
        ("<blockquote><p>{}</p><footer>— Milo Trent, boatman</footer></blockquote>", "Milo Trent"),
        ("<blockquote>{} <cite>Milo Trent</cite></blockquote>", "Milo Trent"),
        ("<figure><blockquote><p>{}</p></blockquote><figcaption>Milo Trent</figcaption></figure>", "Milo Trent"),
        (
            '<blockquote class="twitter-tweet"><p>{}</p>&mdash; Milo Trent (@milo) <a href="/1">March 1, 2026</a>'
            "</blockquote>",
            "Milo Trent",
        ),
        (
            '<blockquote class="instagram-media"><a href="/1">View this post on Instagram</a><p>{}</p>'
            "<p>A post shared by Milo Trent (@milo)</p></blockquote>",
            "Milo Trent",
        ),
        ("<blockquote><p>{}</p></blockquote>", None),
    ],
    ids=["footer", "cite", "figure", "post", "instagram", "nobody"],
)
def test_a_quotation_without_marks_is_a_passage(quotation: str, speaker: str | None) -> None:
    reading = read(around(quotation.format("We saw it coming for years.")))
    assert reading.article is not None
    (passage,) = reading.passages
    text = reading.article.text
    assert (text[passage.span.start : passage.span.end], passage.speaker) == ("We saw it coming for years.", speaker)
    if speaker is not None and passage.speaker_span is not None:
        assert text[passage.speaker_span.start : passage.speaker_span.end] == speaker


def test_a_block_quotation_around_the_whole_article_is_layout() -> None:
    assert read(page(f"<main><h1>{TITLE}</h1><blockquote>{PARAGRAPHS}</blockquote></main>")).passages == ()


# --- when


@pytest.mark.parametrize(
    ("text", "language", "country", "day", "finest"),
    [
        ("Posted: 03/05/2026 9:14 AM EST", "en", "us", "2026-03-05", "day"),
        ("05/03/2026", "en", "gb", "2026-03-05", "day"),
        ("05/03/2026", "en", None, "2026-03-05", "year"),
        ("13/03/2026", "en", None, "2026-03-13", "day"),
        ("پنجشنبه ۲۴ اردیبهشت ۱۴۰۵ - ۱۸:۳۰", "fa", None, "2026-05-14", "day"),
        ("الخميس 27 ذو القعدة 1447هـ", "ar", None, "2026-05-14", "day"),
        ("民國115年5月14日", "zh", None, "2026-05-14", "day"),
        ("令和8年3月12日", "ja", None, "2026-03-12", "day"),
        ("12 มีนาคม 2569", "th", None, "2026-03-12", "day"),
        ("2026. március 12.", "hu", None, "2026-03-12", "day"),
        ("14 Μαΐου 2026", "el", None, "2026-05-14", "day"),
    ],
)
def test_printed_days_are_read_as_their_language_writes_them(
    text: str, language: str, country: str | None, day: str, finest: str
) -> None:
    (found,) = printed_dates(text, language=language, country=country)
    assert (found.day.isoformat(), found.finest) == (day, finest)


def test_days_of_other_calendars() -> None:
    assert persian(1399, 12, 30) == date(2021, 3, 20)
    assert persian(1405, 1, 1) == date(2026, 3, 21)
    assert persian(1405, 13, 1) is None
    assert hijri(1447, 9, 1) == date(2026, 2, 18)
    assert gregorian(2569, 3, 12) == date(2026, 3, 12)
    assert ago("vor 2 Stunden") is not None


@pytest.mark.parametrize(
    ("byline", "published", "modified"),
    [
        ("<p>Updated: March 16, 2026 | Published: March 12, 2026</p>", "2026-03-12", "2026-03-16"),
        ("<p>Published March 12, 2026, updated March 16, 2026</p>", "2026-03-12", "2026-03-16"),
        ("<p>Last modified: <time datetime=2026-03-16T10:00:00Z>16 March 2026</time></p>", None, "2026-03-16"),
        ("<p>3 days ago</p>", "2026-03-17", None),
        ("<p>30 September 2026</p>", None, None),
    ],
)
def test_a_change_is_never_the_publication_and_nothing_is_later_than_the_capture(
    byline: str, published: str | None, modified: str | None
) -> None:
    found = read(page(byline=byline)).article
    assert found is not None
    assert (found.published.value, (found.modified.value or "")[:10] or None) == (published, modified)


@pytest.mark.parametrize(
    ("head", "byline", "url", "value"),
    [
        (
            json_ld(node(datePublished="2026-03-12T02:30:00Z")),
            "<p>March 11, 2026 at 7:30 p.m.</p>",
            URL,
            "2026-03-11T19:30:00-07:00",
        ),
        (json_ld(node(datePublished="2026-03-12T02:30:00Z")), "", URL.replace("/news", "/2026/03/11"), "2026-03-11"),
        (
            json_ld(node(datePublished="2026-03-12T15:30:00Z")),
            "",
            URL.replace("/news", "/2026/03/08"),
            "2026-03-12T15:30:00+00:00",
        ),
        (
            json_ld(node(datePublished="2026-03-12T05:30:00Z"))
            + '<meta name="parsely-pub-date" content="2026-03-11T21:30:00-08:00">',
            "",
            URL,
            "2026-03-11T21:30:00-08:00",
        ),
        (
            json_ld({"@type": "WebPage", "name": "News", "datePublished": "2014-06-01"}),
            "<p>12 March 2026</p>",
            URL,
            "2026-03-12",
        ),
        (json_ld(node(datePublished="0001-01-01T00:00:00Z")), "<p>12 March 2026</p>", URL, "2026-03-12"),
    ],
    ids=["printed clock", "url", "another day", "same instant", "web page", "placeholder"],
)
def test_the_day_is_that_of_the_page_s_own_zone(head: str, byline: str, url: str, value: str) -> None:
    found = read(page(head=head, byline=byline), url=url).article
    assert found is not None
    assert found.published.value == value


def test_an_order_that_nothing_tells_gives_the_year_alone() -> None:
    found = read(page(byline="<p>05/03/2026</p>")).article
    assert found is not None
    assert (found.published.value, found.published.precision) == ("2026", Precision.YEAR)


# --- who


@pytest.mark.parametrize(
    ("printed", "authors", "agency"),
    [
        ("By Hedda Lorne, Senior Reporter", ["Hedda Lorne"], None),
        ("Hedda Lorne, Milo Trent, and Ada Quist in Berlin", ["Hedda Lorne", "Milo Trent", "Ada Quist"], None),
        ("Lorne, Hedda; Trent, Milo", ["Hedda Lorne", "Milo Trent"], None),
        ("Hedda Lorne, Reuters", ["Hedda Lorne"], "Reuters"),
        ("Von Hedda Lorne / dpa", ["Hedda Lorne"], "dpa"),
        ("The Associated Press", [], "The Associated Press"),
        ("Prof. Dr. Hedda van der Lorne, MD", ["Hedda van der Lorne"], None),
        ("hl@orrin.example (Hedda Lorne)", ["Hedda Lorne"], None),
        ("Posted by Hedda Lorne on March 12, 2026", ["Hedda Lorne"], None),
        ("Иван Петреник, корреспондент", ["Иван Петреник"], None),
        ("김철수 기자", ["김철수"], None),
        ("admin", [], None),
        ("Redaktion", [], None),
        ("@heddalorne", [], None),
        ("Our Foreign Correspondent", [], None),
        ("Berlin", [], None),
        ("March 12, 2026", [], None),
    ],
)
def test_people_alone_are_authors(printed: str, authors: list[str], agency: str | None) -> None:
    found = read(page(head=json_ld(node(author={"@type": "Person", "name": printed})))).article
    assert found is not None
    assert (list(found.authors), found.agency) == (authors, agency)


@pytest.mark.parametrize(
    "content",
    [
        '{"@type":"NewsArticle","description":"He said "no" and left","author":{"name":"Hedda Lorne"},}',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;author&quot;:{&quot;name&quot;:&quot;Hedda Lorne&quot;}}",
        '//<![CDATA[\n{"@type":"NewsArticle","author":{"name":"Hedda Lorne"}}\n//]]&gt;',
        '{"@type":"NewsArticle","author":{"@type":"Person","name":"Hedda Lorne"},"articleBody":"The la',
    ],
    ids=["unescaped", "entities", "cdata", "cut"],
)
def test_broken_json_ld_is_mended(content: str) -> None:
    (first, *_) = parsed(content)
    author = first["author"]
    assert (author if isinstance(author, str) else author["name"]) == "Hedda Lorne"


# --- what a page is


def stories(count: int) -> str:
    return "".join(
        f"<div><h3><a href=/s/{number}>Story number {number} about the lake</a></h3>"
        f"<p>Somebody said something short about it on day {number}.</p></div>"
        for number in range(count)
    )


NONE = [
    ("/", f"<main>{stories(12)}</main>", "The Orrin Gazette", Reason.HOME_PAGE),
    ("/politics", f"<main><h1>Politics</h1>{stories(12)}</main>", "Politics", Reason.SECTION_PAGE),
    ("/?s=carp", f"<main><h1>Search results for carp</h1>{stories(5)}</main>", "Search", Reason.SEARCH_PAGE),
    ("/author/hl", f"<main><h1>Hedda Lorne</h1>{stories(9)}</main>", "Hedda Lorne", Reason.AUTHOR_PAGE),
    (
        "/x",
        "<h1>Seite nicht gefunden</h1><p>Die gewünschte Seite existiert nicht mehr. Gehen Sie zur Startseite.</p>",
        "404",
        Reason.SOFT_404,
    ),
    (
        "/x",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "Gazette",
        Reason.NEEDS_SCRIPT,
    ),
    (
        "/login",
        "<h1>Sign in</h1><form><input type=password></form><p>Sign in with your account to go on.</p>",
        "Sign in",
        Reason.LOGIN_PAGE,
    ),
    (
        "/x",
        "<p>Verify you are human by completing the action below, then the page will be shown to you.</p>",
        "Just a moment...",
        Reason.BLOCKED_PAGE,
    ),
    (
        "/x",
        "<h1>Access Denied</h1><p>You have no permission to see this page on this server, whoever you may be.</p>",
        "Access Denied",
        Reason.BLOCKED_PAGE,
    ),
    (
        "/x",
        "<p>Sorry, this story is not available in your country. We apologise and hope to see you soon.</p>",
        "Gazette",
        Reason.GEO_BLOCK,
    ),
    (
        "/x",
        "<h1>500 Internal Server Error</h1><p>Something broke on our side, please try again in a few minutes.</p>",
        "Error",
        Reason.ERROR,
    ),
    (
        "/x",
        "<p>We and our 874 partners store data. Accept all cookies or manage preferences as you like it.</p>",
        "Gazette",
        Reason.COOKIE_WALL,
    ),
    (
        "/contact",
        "<h1>Contact us</h1><p>Use the form below and we will answer within two working days.</p><form><input></form>",
        "Contact us",
        Reason.FORM_PAGE,
    ),
    ("/x", "<h1>Basin</h1><p>This article is for subscribers only.</p>", "Basin", Reason.PAYWALL),
]


@pytest.mark.parametrize(("path", "body", "title", "reason"), NONE, ids=[f"{row[3]}-{row[2]}" for row in NONE])
def test_what_is_no_article_says_what_it_is(path: str, body: str, title: str, reason: Reason) -> None:
    reading = read(page(body, title=title), url=f"https://www.orrin-gazette.example{path}")
    assert (reading.article, reading.reason) == (None, reason)


@pytest.mark.parametrize(
    "html",
    [
        page(
            f"<main><article><h1>{TITLE}</h1><p>{LINES[0]}</p></article></main>",
            head="<script src=/onetrust.js></script>",
        ),
        page(f"<main><article><h1>{TITLE}</h1>{PARAGRAPHS}</article><section>{stories(10)}</section></main>"),
        page(
            f"<main><h1>Page not found: how the town lost its archive</h1>{PARAGRAPHS}</main>",
            title="Page not found: how",
        ),
        page(
            f"<main><h1>Why to enable JavaScript</h1>{PARAGRAPHS}<p>Please enable JavaScript, he said.</p></main>",
            title="Why",
        ),
        page() + "<form><input type=password></form>",
    ],
    ids=["short, with consent", "list behind", "about a 404", "about scripts", "login box"],
)
def test_an_article_is_one_whatever_stands_beside_it(html: str) -> None:
    assert read(html).article is not None


# --- title and charset


@pytest.mark.parametrize(
    ("head", "body", "document"),
    [
        ('<meta property="og:title" content="Orrin Vale to drain…">', None, f"{TITLE} | Orrin Gazette"),
        (
            "",
            f"<h1><a href=/>Orrin Gazette</a></h1><article><h2>{TITLE}</h2>{PARAGRAPHS}</article>",
            f"{TITLE} — Orrin Gazette",
        ),
        (
            "",
            f"<div class=nav><h1>Menu</h1></div><article><h2>{TITLE}</h2>{PARAGRAPHS}</article>",
            f"{TITLE} - Gazette",
        ),
        ("", f"<article>{PARAGRAPHS}</article>", f"Orrin Gazette | {TITLE}"),
        (
            "",
            f"<table><tr><td><b>Gazette</b><br>{TITLE}<br>{'<br><br>'.join(LINES)}</table>",
            f"{TITLE} - Printable version",
        ),
    ],
    ids=["cut", "logo", "menu", "site first", "print version"],
)
def test_the_title_is_the_printed_headline(head: str, body: str | None, document: str) -> None:
    found = read(page(body, head=head, title=document)).article
    assert found is not None
    assert found.title == TITLE


CZECH = (
    "Vodní správa vypustí horní nádrž v březnu, řekl ředitel obyvatelům v úterý. Stěna se musí zbourat, žádné opravy."
)
RUSSIAN = 'Водное управление осушит бассейн в марте. "Мы не можем чинить эту стену", сказала директор управления.'
FRENCH = "L'autorité du lac videra le bassin supérieur en mars, a déclaré la directrice à Noël, où ça gèle même l'été."


@pytest.mark.parametrize(
    ("text", "language", "charset", "label"),
    [
        (CZECH, "cs", "iso8859-2", "iso-8859-1"),
        (CZECH, "cs", "cp1250", "windows-1252"),
        (CZECH, "cs", "cp1250", "iso-8859-2"),
        (RUSSIAN, "ru", "koi8-r", "windows-1251"),
        (RUSSIAN, "ru", "cp1251", "koi8-r"),
        (RUSSIAN, "ru", "koi8-r", "iso-8859-1"),
        (RUSSIAN, "ru", "cp1251", "utf-8"),
        (FRENCH, "fr", "cp1252", "iso-8859-2"),
        (FRENCH, "fr", "cp1252", "windows-1251"),
    ],
)
def test_letters_decide_between_a_label_and_what_it_is_confused_with(
    text: str, language: str, charset: str, label: str
) -> None:
    html = f"<html lang={language}><head><title>-</title></head><body><article><p>{text}</p></article></body></html>"
    found = read(html.encode(charset), content_type=f"text/html; charset={label}").article
    assert found is not None
    assert (text in found.text, found.language) == (True, language)


def test_text_that_was_decoded_twice_is_mended_and_other_text_left() -> None:
    assert mended("â€œThe pier,â€\ufffd said cafÃ© owner") == "“The pier,” said café owner"
    assert mended("SÃO PAULO É Âncora") == "SÃO PAULO É Âncora"


def test_blocks_say_what_stands_beside() -> None:
    tree, _ = parse(source_of(around('<div class="related"><p>More of it.</p></div>')).markup)
    shown = Shown(tree, language="en")
    assert [block.text for block in shown.blocks if block.beside and block.tag == "p"] == [
        "More of it.",
        "All rights reserved.",
    ]


# --- pages that were kept back


WRONGLY_EXPECTED = {("04-ruby-and-footnotes", "text_lacks")}  # a bare figure, which the text has elsewhere


@pytest.mark.parametrize("case", cases_in(OWN), ids=lambda case: case.name)
def test_pages_that_were_kept_back_are_read_rightly(case: Path) -> None:
    wrong = [field for field in judged(case) if not field.right]
    assert [field for field in wrong if (field.case, field.name) not in WRONGLY_EXPECTED] == []


def test_these_are_the_pages_whose_digests_were_published() -> None:
    published = [OWN / "sealed.sha256", OWN / "sealed-later.sha256"]
    lines = [line for file in published for line in file.read_text(encoding="utf-8").splitlines()]
    listed = dict(line.split()[::-1] for line in lines)
    assert listed == {
        f"./{file.relative_to(OWN)}": hashlib.sha256(file.read_bytes()).hexdigest()
        for case in cases_in(OWN)
        for file in case.iterdir()
    }
