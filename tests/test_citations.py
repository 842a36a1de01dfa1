"""Citations read back by parsers that are not ours, and negotiated over HTTP."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from api.app import create_app
from api.negotiation import Offer, chosen
from archiver.archive import Archive
from archiver.citations import bibliography, bibtex, csl, linked, ris, robust
from archiver.citations.names import name_of
from archiver.citations.works import Addresses, Work, is_citable, shortened
from archiver.config import load
from archiver.records import Dated, Entry, Polarity, Precision, Speaker
from tests.factories import make_quote, make_snapshot_entry

PAGE = "https://quotes.example/quotes/q1"
MEMENTO = "https://quotes.example/web/20261110190214/https://harbour-courier.example/2026/ferry"
ADDRESSES = Addresses(page=PAGE, json="https://quotes.example/v1/quotes/q1", memento=MEMENTO, citable=True)
PUBLISHED = Dated(value="2026-11-10T18:20:00+01:00", precision=Precision.MINUTE, source="json-ld", printed="…")


def work(**changes: Any) -> Work:
    row = make_snapshot_entry(
        **{
            "title": "Council reopens ferry contract",
            "authors": ("Tom Reyes",),
            "outlet": "The Harbour Courier",
            "published": PUBLISHED,
            "language": "en",
            **{name: value for name, value in changes.items() if name not in {"text", "speaker", "quote"}},
        }
    )
    speaker = changes.get("speaker", Speaker(name="Ada Marlow", role="auditor"))
    quote = make_quote(text=changes.get("text", "The contract was never put to tender."), speaker=speaker)
    return Work(row=row, quote=changes.get("quote", quote), addresses=ADDRESSES)


def parsed_bib(text: str) -> dict[str, str]:
    library = bibtexparser.parse_string(text)  # type: ignore[attr-defined]
    assert not library.failed_blocks
    (entry,) = library.entries
    return {"key": entry.key, "type": entry.entry_type, **{field.key: field.value for field in entry.fields}}


def parsed_ris(text: str) -> dict[str, Any]:
    (entry,) = rispy.loads(text)
    found: dict[str, Any] = entry
    return found


def test_bibtex_is_read_by_another_parser() -> None:
    entry = parsed_bib(
        bibtex.entry(work(title="Costs & {benefits} of 100% – the #1 _case_", authors=("Tom Reyes", "dpa")))
    )
    assert entry["type"] == "article"
    assert entry["title"] == r"{Costs \& \{benefits\} of 100\% – the \#1 \_case\_}"
    assert entry["author"] == "Reyes, Tom and {dpa}"
    assert (entry["journal"], entry["year"], entry["month"], entry["day"]) == (
        "The Harbour Courier",
        "2026",
        "11",
        "10",
    )
    assert entry["urldate"] == "2026-11-10"
    assert MEMENTO in entry["note"].replace(r"\_", "_")
    assert "Ada Marlow" in entry["note"]


def test_ris_is_read_by_another_parser() -> None:
    entry = parsed_ris(ris.record(work(title="A title\nER  - \nTY  - forged")))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["authors"] == ["Reyes, Tom"]
    assert entry["title"] == "A title ER - TY - forged"
    assert entry["year"] == "2026"
    assert entry["date"] == "2026/11/10/"
    assert entry["urls"] == ["https://harbour-courier.example/2026/ferry"]
    assert any(MEMENTO in note for note in entry["notes"])


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60)
def test_no_text_breaks_out_of_its_field(title: str, author: str, words: str) -> None:
    made = work(title=title, authors=(author,), text=words or "x")
    entry = parsed_bib(bibtex.entry(made))
    assert entry["key"] == made.id
    assert entry["journal"] == "The Harbour Courier"
    found = parsed_ris(ris.record(made))
    assert found["id"] == made.id
    assert found["secondary_title"] == "The Harbour Courier"


def test_csl_json_is_formatted_by_citeproc_itself() -> None:
    item = csl.item(work())
    assert item["issued"] == {"date-parts": [[2026, 11, 10]]}
    assert item["archive_location"] == MEMENTO
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    made.register(Citation([CitationItem(item["id"])]))
    assert re.match(
        r"Reyes, T. \(2026\).*Council reopens ferry contract.*The Harbour Courier", str(made.bibliography()[0])
    )


@pytest.mark.parametrize(
    ("style", "locale", "begins"),
    [
        (
            "apa",
            "en-GB",
            "Reyes, T. (2026, November 10). Council reopens ferry contract. The Harbour Courier. https://h",
        ),
        ("chicago-author-date", "en-GB", "Reyes, Tom. 2026. ‘Council Reopens Ferry Contract’. The Harbour Courier, N"),
        (
            "modern-language-association",
            "en-GB",
            "Reyes, Tom. ‘Council Reopens Ferry Contract’. The Harbour Courier, 10",
        ),
        (
            "modern-language-association",
            "de-DE",
            "Reyes, Tom. „Council Reopens Ferry Contract“. The Harbour Courier, 10. N",
        ),
    ],
)
def test_references_are_as_the_style_guides_print_them(style: str, locale: str, begins: str) -> None:
    text = bibliography.reference(work(), style=style, locale=locale)
    assert text.startswith(begins)
    assert text.count("\n") == 1
    digest = work().digest
    assert "“The contract was never put to tender.” (Ada Marlow)" in text or "„The contract" in text
    assert MEMENTO in text and digest in text and PAGE in text


def test_the_sentence_is_german_where_german_is_wanted() -> None:
    text = bibliography.reference(work(speaker=Speaker()), locale="de-DE")
    assert "(ohne genannten Sprecher). Archivierte Fassung: " in text
    assert "gesichert am 10. November 2026 um 19:02:14 UTC" in text


def test_joint_speakers_and_words_that_were_not_said_are_told() -> None:
    joint = replace(work().quote or make_quote(), speakers=(Speaker(name="Ada Marlow"), Speaker(name="Bea Ross")))
    assert "(Ada Marlow and Bea Ross)" in bibliography.reference(work(quote=joint))
    denied = replace(joint, polarity=Polarity.DENIED)
    assert "The article says that this was not said." in bibliography.reference(work(quote=denied))


@pytest.mark.parametrize("style", bibliography.STYLES)
def test_without_author_and_date_nothing_is_invented_or_printed_twice(style: str) -> None:
    text = bibliography.reference(work(authors=(), published=Dated(), language=None), style=style)
    entry = text.partition(" “The contract")[0]
    assert entry.lower().count("council reopens ferry contract") == 1
    assert entry.count("The Harbour Courier") == 1
    assert "(2026" not in entry and " 2026. ‘" not in entry


def test_a_german_title_keeps_its_capitals() -> None:
    text = bibliography.reference(
        work(title="Stadtrat sagt nein zur Fähre", language="de"), style="chicago-author-date"
    )
    assert "Stadtrat sagt nein zur Fähre" in text


@pytest.mark.parametrize(
    ("printed", "language", "inverted"),
    [
        ("Tom Reyes", "en", "Reyes, Tom"),
        ("Martin Luther King Jr.", "en", "King, Jr., Martin Luther"),
        ("Ludwig van der Rohe", "de", "van der Rohe, Ludwig"),
        ("María Fernández Ruiz", "es", "Fernández Ruiz, María"),
        ("Nagy Imre", "hu", "Nagy Imre"),
        ("山田太郎", "ja", "山田太郎"),
        ("Harbour Courier staff", "en", "Harbour Courier staff"),
        ("dpa", "de", "dpa"),
    ],
)
def test_names_are_divided_only_where_their_order_is_known(printed: str, language: str, inverted: str) -> None:
    assert name_of(printed, language).inverted == inverted


def test_long_quotes_are_shortened() -> None:
    assert shortened(" ".join(["word"] * 30)) == " ".join(["word"] * 30)
    assert shortened(" ".join(["word"] * 31)) == " ".join(["word"] * 30) + " …"
    assert shortened("語" * 500) == "語" * 240 + "…"


@pytest.mark.parametrize(
    ("url", "citable"),
    [
        (None, False),
        ("http://localhost:8000", False),
        ("http://127.0.0.1", False),
        ("http://[::1]:8000", False),
        ("http://archive.localhost", False),
        ("https://quotes.example/archive", True),
    ],
)
def test_a_local_address_is_not_citable(url: str | None, citable: bool) -> None:
    assert is_citable(url) is citable


def test_a_local_address_says_so() -> None:
    here = Addresses(page="http://127.0.0.1:8000/quotes/q1", json="", memento=MEMENTO, citable=False)
    local = Work(row=work().row, quote=work().quote, addresses=here)
    assert "local to one machine and not citable" in bibliography.reference(local)
    assert "nicht zitierfähig" in bibliography.reference(local, locale="de-DE")


OA, SCHEMA = "http://www.w3.org/ns/oa#", "http://schema.org/"


def expanded(document: dict[str, Any]) -> Any:
    """The document as PyLD expands it, with contexts given here in place of those on the web."""
    vocabulary = {"https://schema.org": SCHEMA, linked.ANNOTATION_PROFILE: OA}

    def loader(url: str, _options: Any) -> dict[str, Any]:
        context = {"@context": {"@vocab": vocabulary[url], "id": "@id", "type": "@type"}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    return jsonld.expand(document, {"documentLoader": loader})


def test_schema_org_is_a_quotation_in_its_article() -> None:
    (quotation,) = expanded(linked.schema_org(work()))
    assert quotation["@id"] == PAGE
    assert quotation["@type"] == [SCHEMA + "Quotation"]
    (article,) = quotation[SCHEMA + "isPartOf"]
    assert article["@type"] == [SCHEMA + "NewsArticle"]
    assert article[SCHEMA + "archivedAt"] == [{"@value": MEMENTO}]
    assert article[SCHEMA + "datePublished"] == [{"@value": PUBLISHED.value}]
    (speaker,) = quotation[SCHEMA + "creator"]
    assert speaker[SCHEMA + "name"] == [{"@value": "Ada Marlow"}]
    assert speaker["@type"] == [SCHEMA + "Person"]


def test_of_a_body_nobody_says_that_it_is_a_person() -> None:
    document = linked.schema_org(work(speaker=Speaker(name="The Harbour Board")))
    assert document["creator"] == {"name": "The Harbour Board"}
    assert "creator" not in linked.schema_org(work(speaker=Speaker(printed="a spokesman")))


def test_the_annotation_anchors_each_span_twice_in_the_page_of_that_time() -> None:
    (annotation,) = expanded(linked.annotation(work()))
    (target,) = annotation[OA + "target"]
    kinds = [selector["@type"] for selector in target[OA + "selector"]]
    assert [OA + "TextPositionSelector"] in kinds
    (state,) = target[OA + "state"]
    assert state[OA + "sourceDate"] == [{"@value": "2026-11-10T19:02:14Z"}]
    assert state[OA + "cached"] == [{"@value": MEMENTO}]


def test_robust_link_and_pwid() -> None:
    link = robust.robust_link(work(title='<b>"Bold"</b>'))
    assert f'data-versionurl="{MEMENTO}" data-versiondate="2026-11-10T19:02:14Z"' in link
    assert "<b>" not in link
    assert robust.pwid(work()) == (
        "urn:pwid:quotes.example:2026-11-10T19:02:14Z:part:https://harbour-courier.example/2026/ferry"
    )


OFFERS = (
    Offer(name="html", media_type="text/html"),
    Offer(name="plain", media_type="application/ld+json"),
    Offer(name="anno", media_type="application/ld+json", parameters=(("profile", "http://www.w3.org/ns/anno.jsonld"),)),
    Offer(name="apa", media_type="text/x-bibliography", parameters=(("style", "apa"), ("locale", "en-GB"))),
    Offer(name="apa-de", media_type="text/x-bibliography", parameters=(("style", "apa"), ("locale", "de-DE"))),
)


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        ("text/html;q=0.1, application/ld+json;q=0.2", "plain"),
        ('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', "anno"),
        ('application/ld+json; profile="http://other.example/"', None),
        ("text/x-bibliography", "apa"),
        ("text/x-bibliography; style=APA; locale=de-de", "apa-de"),
        ("text/x-bibliography; style=vancouver", None),
        ("text/x-bibliography; style=vancouver, */*;q=0.1", "html"),
        ("text/html; charset=utf-8", "html"),
        ("text/html;q=0, */*", "plain"),
        ("application/*", "plain"),
        ("image/png", None),
        ("nonsense", None),
    ],
)
def test_negotiation(accept: str | None, name: str | None) -> None:
    found = chosen(accept, OFFERS)
    assert (found and found.name) == name


REPRESENTATIONS = {
    "application/vnd.citationstyles.csl+json": "csl.json",
    "application/x-bibtex": "bib",
    "application/x-research-info-systems": "ris",
    "application/ld+json": "jsonld",
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"': "anno.jsonld",
    "text/x-bibliography; style=apa; locale=en-GB": "txt",
    "application/json": "json",
}


@pytest.mark.parametrize(("accept", "suffix"), REPRESENTATIONS.items())
@pytest.mark.parametrize("kind", ["quotes", "snapshots"])
def test_every_representation_is_negotiated_and_linked(
    client: FlaskClient, marlow: Entry, accept: str, suffix: str, kind: str
) -> None:
    name = marlow.quote.id if kind == "quotes" else marlow.snapshot_id
    plain = client.get(f"/{kind}/{name}.{suffix}")
    assert plain.status_code == 200
    for path in (f"/{kind}/{name}", f"/v1/{kind}/{name}"):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.data == plain.data
        assert answer.content_type == plain.content_type
        assert "Accept" in answer.headers["Vary"]
        assert f'<http://127.0.0.1:8000/{kind}/{name}>; rel="cite-as"' in answer.headers["Link"]
        assert 'rel="describedby"' in answer.headers["Link"]
    assert client.head(f"/{kind}/{name}.{suffix}").headers["Content-Length"] == str(len(plain.data))


def test_faces_keep_their_own_first_answer(client: FlaskClient, marlow: Entry) -> None:
    assert client.get(f"/v1/quotes/{marlow.quote.id}").content_type == "application/json"
    assert client.get(f"/quotes/{marlow.quote.id}").content_type == "text/html; charset=utf-8"
    page = client.get(f"/v1/quotes/{marlow.quote.id}", headers={"Accept": "text/html"})
    assert page.content_type == "text/html; charset=utf-8"
    assert marlow.quote.text in page.text
    assert page.headers["ETag"] != client.get(f"/v1/quotes/{marlow.quote.id}").headers["ETag"]


def test_what_is_not_offered_lists_the_offers(client: FlaskClient, marlow: Entry) -> None:
    answer = client.get(f"/v1/quotes/{marlow.quote.id}", headers={"Accept": "text/x-bibliography; style=vancouver"})
    assert answer.status_code == 406
    assert "Accept" in answer.headers["Vary"]
    problem = answer.get_json()
    assert problem["type"].endswith("#problem-not-acceptable")
    assert 'text/x-bibliography; style="apa"; locale="de-DE"' in problem["detail"]


def test_references_by_suffix_take_style_and_locale(client: FlaskClient, marlow: Entry) -> None:
    path = f"/quotes/{marlow.quote.id}.txt"
    german = client.get(f"{path}?style=modern-language-association&locale=de-DE")
    assert german.headers["Content-Language"] == "de-DE"
    assert "Archivierte Fassung" in german.text
    assert client.get(f"{path}?style=vancouver").status_code == 400
    assert client.get(f"/quotes/{marlow.quote.id}.bib?style=apa").status_code == 400
    assert client.get(f"/quotes/{marlow.quote.id}.pdf").status_code == 404


def test_public_addresses_are_citable(sample: Archive, marlow: Entry) -> None:
    config = load({}, {"archive": str(sample.config.archive), "public_url": "https://quotes.example/archive"})
    client = create_app(sample, config).test_client()
    text = client.get(f"/quotes/{marlow.quote.id}.txt", headers={"Host": "quotes.example"}).text
    assert "not citable" not in text
    assert f"https://quotes.example/archive/quotes/{marlow.quote.id}." in text


def test_the_page_carries_what_zotero_reads(client: FlaskClient, marlow: Entry) -> None:
    page = client.get(f"/quotes/{marlow.quote.id}").text
    assert '<meta name="z:itemType" content="newspaperArticle">' in page
    assert "citation_online_date" not in page, "Zotero takes it for the day of publication"
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert expanded(json.loads(block))[0]["@type"] == [SCHEMA + "Quotation"]
