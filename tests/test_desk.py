"""What readers do all day, in a real browser; and what validators, a link checker and accessibility rules say."""

from __future__ import annotations

import csv
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from archiver.archive import Archive
from archiver.records import Entry
from tests.every_page import EVERY, NOT_PAGES, a_share, pages_to_look_at
from tests.node_tools import FOLDER, ran

pytestmark = pytest.mark.xdist_group("browser")

MODES: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"dark": ["color-contrast"], "phone": ["color-contrast", "target-size", "scrollable-region-focusable"]}
"""What can differ from light on a wide screen; `make pages` looks at all rules in each mode."""


@pytest.fixture
def paths(sample: Archive, marlow: Entry) -> list[str]:
    """A page of each kind."""
    return pages_to_look_at(sample, marlow)


def test_somebody_finds_sees_cites_and_takes_along_a_persons_words(browser: Browser, desk: str, tmp_path: Path) -> None:
    context = browser.new_context(**MODES["light"], accept_downloads=True)
    page = context.new_page()
    page.goto(desk)
    page.get_by_role("searchbox").fill("tender")
    page.get_by_label("Speaker").first.fill("marlow")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?*q=tender*")
    assert "speaker=marlow" in page.url
    assert "language" not in page.url, "what was left empty is not in the address"
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "marlow.csv")
    with (tmp_path / "marlow.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == page.locator("li.result").count() > 0
    page.locator("li.result blockquote a").first.click()
    assert page.locator(".passage mark").count() > 0
    assert "Ada Marlow" in page.locator(".speaker").inner_text()
    page.locator("a[href='#cite']").first.click()
    assert "Marlow" in page.locator("#cite").inner_text()
    page.get_by_role("link", name="See the saved page").click()
    assert "Saltmere" in page.content()
    context.close()


def test_the_keyboard_alone_reaches_the_results(browser: Browser, desk: str) -> None:
    context = browser.new_context(**MODES["light"])
    page = context.new_page()
    page.goto(f"{desk}/?q=ferry")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    context.close()


def test_names_are_completed_while_somebody_types(browser: Browser, desk: str) -> None:
    context = browser.new_context(**MODES["light"])
    page = context.new_page()
    page.goto(desk)
    page.get_by_label("Speaker").first.press_sequentially("mar")
    page.wait_for_selector("#speakers option[value='Ada Marlow']", state="attached")
    page.get_by_label("Speaker").first.fill("")
    page.get_by_label("Speaker").first.press_sequentially("марл")
    page.wait_for_selector("#speakers option[value='Ada Marlow']", state="attached")
    context.close()


def test_a_phone_shows_proof_and_citation_at_once_and_never_scrolls_sideways(
    browser: Browser,
    desk: str,
    paths: list[str],
    marlow: Entry,
) -> None:
    context = browser.new_context(**MODES["phone"])
    page = context.new_page()
    for path in a_share(paths, 4):
        page.goto(desk + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert page.locator("h1").count() == 1, path
    for made in _made(desk, marlow.quote.id or ""):
        page.goto(desk + made)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, made
    page.goto(f"{desk}/quotes/{marlow.quote.id}")
    for link in ("a[href='#cite']", "a[href='#proof']"):
        box = page.locator(link).first.bounding_box()
        assert box
        assert box["y"] + box["height"] < 844
    context.close()


def _made(desk: str, quote_id: str) -> Iterator[str]:
    """Pages with long addresses and digests that somebody makes first: a shared folder and a sample."""
    folder = _sent(desk, "POST", "/v1/folders", {"name": "Ferry", "shared": True})["id"]
    _sent(desk, "PUT", f"/v1/folders/{folder}/items/{quote_id}", {})
    yield f"/folders/{folder}"
    _sent(desk, "DELETE", f"/v1/folders/{folder}", {})
    yield f"/samples/{_sent(desk, 'POST', '/v1/samples', {'search': 'q=ferry', 'size': 2})['id']}"


def _sent(desk: str, method: str, path: str, value: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(desk + path, json.dumps(value).encode(), method=method)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        answered: dict[str, Any] = json.loads(answer.read() or b"{}")
    return answered


def test_at_twice_the_size_nothing_is_cut_or_beside_the_screen(browser: Browser, desk: str, paths: list[str]) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page = context.new_page()
    cut = """[...document.querySelectorAll('a, button, h1, h2, dd, label, summary')].filter(each =>
        each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === 'hidden' && each.offsetWidth > 1
    ).map(each => each.outerHTML.slice(0, 80))"""
    for path in a_share(paths, 6):
        page.goto(desk + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
        assert page.evaluate(cut) == [], path
    context.close()


SCREENS = [((1366, 768), "compact", 9), ((1440, 900), "compact", 11), ((1366, 768), "comfortable", 6)]


@pytest.mark.parametrize(("size", "view", "least"), SCREENS)
def test_about_ten_quotes_fit_on_the_screen_of_a_laptop(
    browser: Browser, desk: str, size: tuple[int, int], view: str, least: int
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(f"{desk}/?q=ferry&view={view}")
    ends = page.evaluate("[...document.querySelectorAll('li.result')].map(each => each.getBoundingClientRect().bottom)")
    assert len([end for end in ends if end <= size[1]]) >= least
    context.close()


def test_the_first_page_is_small_and_nothing_on_it_moves(browser: Browser, desk: str) -> None:
    context = browser.new_context(**MODES["light"])
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(answer.request.sizes()["responseBodySize"]))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(desk, wait_until="networkidle")
    assert sum(sizes) <= 40 * 1024
    assert page.evaluate("window.moved") == 0
    context.close()


@pytest.mark.parametrize("mode", MODES)
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser,
    desk: str,
    node_tools: Path,
    paths: list[str],
    mode: str,
) -> None:
    context = browser.new_context(**MODES[mode], bypass_csp=True)
    page = context.new_page()
    axe = (node_tools / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = []
    rules = {"type": "tag", "values": TAGS} if EVERY or mode not in RULES else {"type": "rule", "values": RULES[mode]}
    for path in a_share(paths, 6 if mode == "light" else 12):
        page.goto(desk + path)
        page.evaluate(axe)
        broken = page.evaluate("rules => axe.run({runOnly: rules})", rules)["violations"]
        found += [(path, each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in broken]
    context.close()
    assert not found, "\n".join(map(str, found))


def test_print_keeps_the_marks_and_says_what_was_searched(browser: Browser, desk: str) -> None:
    context = browser.new_context(**MODES["light"])
    page: Page = context.new_page()
    page.goto(f"{desk}/?q=ferry")
    page.emulate_media(media="print")
    assert page.locator(".print-only").is_visible()
    assert not page.locator("aside").is_visible()
    assert page.locator("mark").first.evaluate("mark => getComputedStyle(mark).backgroundColor") != "rgba(0, 0, 0, 0)"
    context.close()


def test_validators_find_no_fault(desk: str, node_tools: Path, paths: list[str], tmp_path: Path) -> None:
    files = []
    for number, path in enumerate(paths):
        files.append(str(tmp_path / f"{number}.html"))
        request = urllib.request.Request(desk + path, headers={"Accept": "text/html"})
        try:
            with urllib.request.urlopen(request) as answer:
                Path(files[-1]).write_bytes(answer.read())
        except urllib.error.HTTPError as problem:
            Path(files[-1]).write_bytes(problem.read())
    ran(node_tools, "java", "-jar", "node_modules/vnu-jar/build/dist/vnu.jar", "--errors-only", *files)
    some = a_share(files, 12)  # it takes two seconds a page
    ran(node_tools, "node_modules/.bin/html-validate", "--config", str(FOLDER / "htmlvalidate.json"), *some)


def test_no_internal_link_is_dead(desk: str, node_tools: Path, paths: list[str]) -> None:
    skipped = [r"^(?!http://127\.0\.0\.1)", r"localhost(:|%3A)\d+"]
    pages = [desk + path for path in a_share(paths, 6) if path not in NOT_PAGES]
    said = ran(
        node_tools, "node_modules/.bin/linkinator", *pages, "--format", "json",
        *(word for pattern in skipped for word in ("--skip", pattern)),
    )  # fmt: skip
    links = json.loads(said[said.index("{") :])["links"]
    assert not [(link["url"], link["parent"]) for link in links if link["state"] == "BROKEN"]
    assert len([link for link in links if link["state"] == "OK"]) > 50
