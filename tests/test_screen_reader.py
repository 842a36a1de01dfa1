"""What a screen reader gets from the accessibility tree of Chromium: landmarks, headings, names, marks, news."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from archiver.archive import Archive
from archiver.records import Entry
from tests.every_page import a_share, pages_to_look_at

pytestmark = pytest.mark.xdist_group("browser")

LINE = re.compile(r'^(?P<indent> *)- (?P<role>[a-z]+)(?: "(?P<name>.*?)")?(?P<rest>[^"]*)$')
QUOTED = re.compile(r"^( *)- '(.*)'(:?)$")
"""A line of the tree that YAML must quote, because of a colon in it."""
NAMED = {"link", "button", "textbox", "searchbox", "combobox", "checkbox", "navigation", "figure", "search"}


@pytest.fixture
def reader(browser: Browser) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def tree(page: Page) -> list[tuple[str, str, str]]:
    """The page as (role, name, what else is said), in the order of reading."""
    lines = page.locator("body").aria_snapshot().splitlines()
    found = [LINE.match(QUOTED.sub(r"\1- \2", line.replace("''", "'")).removesuffix(":")) for line in lines]
    return [(each["role"], each["name"] or "", each["rest"]) for each in found if each]


def test_each_page_has_its_landmarks_one_title_headings_in_order_and_names(
    reader: Page, desk: str, sample: Archive, marlow: Entry
) -> None:
    for path in a_share(pages_to_look_at(sample, marlow), 4):
        reader.goto(desk + path)
        said = tree(reader)
        roles = [role for role, _, _ in said]
        bare = path.endswith("/page")  # a banner around a frame
        for landmark in ("banner", "main") if bare else ("banner", "main", "contentinfo"):
            assert roles.count(landmark) == 1, (path, landmark)
        assert bare or ("navigation", "Site", "") in said, path
        levels = [int(match[1]) for _, _, rest in said if (match := re.search(r"level=(\d)", rest))]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, (path, "the title comes first")
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        nameless = [role for role, name, rest in said if role in NAMED and not name.strip() and "/url" not in rest]
        named_by_content = [role for role in nameless if role not in {"link", "search"}]
        assert not named_by_content, (path, named_by_content)


def test_the_saved_page_is_a_named_frame_under_a_banner(reader: Page, desk: str, marlow: Entry) -> None:
    reader.goto(f"{desk}/quotes/{marlow.quote.id}/page")
    roles = {role for role, _, _ in tree(reader)}
    assert {"banner", "navigation", "iframe"} <= roles
    assert reader.locator("iframe").get_attribute("title") == "The saved page"


def test_the_quoted_words_are_announced_in_their_paragraph(reader: Page, desk: str, marlow: Entry) -> None:
    reader.goto(f"{desk}/quotes/{marlow.quote.id}")
    said = reader.locator(".passage").aria_snapshot()
    assert said.count("mark") >= len(marlow.quote.spans)
    assert "quoted: The contract was never put to tender," in said
    assert "end of quoted words" in said
    assert "language" not in said


def test_news_of_the_page_are_said_without_moving_the_focus(reader: Page, desk: str, marlow: Entry) -> None:
    reader.goto(desk)
    reader.get_by_label("Speaker").first.press_sequentially("mar")
    expect(reader.get_by_role("status").filter(has_text="Suggested names:")).to_have_count(1)
    reader.goto(f"{desk}/?q=ferry&colour=red")
    expect(reader.get_by_role("status").filter(has_text="colour")).to_have_count(1)
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(f"{desk}/quotes/{marlow.quote.id}")
    reader.get_by_role("button", name="Copy: APA").click()
    expect(reader.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    assert "Marlow" in reader.evaluate("navigator.clipboard.readText()")


def test_a_filter_says_that_it_removes_and_a_proof_says_its_result(reader: Page, desk: str, marlow: Entry) -> None:
    reader.goto(f"{desk}/?q=ferry&kind=direct")
    chip = reader.get_by_role("list", name="Active filters").get_by_role("link")
    expect(chip).to_have_accessible_name(re.compile("kind: direct.*remove"))
    reader.goto(f"{desk}/quotes/{marlow.quote.id}")
    proof = reader.get_by_role("region", name="The proof")
    expect(proof.get_by_role("link", name="words checked and correct")).to_have_count(1)
    expect(proof.get_by_role("link", name="signature not present")).to_have_count(1)
