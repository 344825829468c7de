"""The page's search, and the links that lead back to what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.model import Graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]
    EdgeId = Callable[[str, str, str], str]
    State = Callable[[Page], dict]
    ClickFilter = Callable[[Page, str, int], None]

ISR, AZE, ARM, RUS = "country/ISR", "country/AZE", "country/ARM", "country/RUS"
OREN, CORPS = "person/amir-oren", "organization/corps"


@pytest.mark.parametrize(
    ("query", "found"),
    [("isra", ISR), ("Republic of Az", AZE), ("baku", AZE), ("KREML", RUS), ("o'ren", OREN), ("corps", CORPS)],
)
def test_search_finds_names_aliases_and_metonyms_and_shows_the_entity(
    open_page: Open, story: Graph, state: State, query: str, found: str
) -> None:
    page = open_page(story)
    page.keyboard.press("/")
    page.keyboard.type(query)
    assert page.get_attribute("#query", "aria-expanded") == "true"
    page.keyboard.press("Enter")
    state = state(page)
    assert state["selection"] == found
    assert found in state["nodes"]
    point = page.evaluate("(key) => kgPage.point(key)", found)
    assert 252 < point["x"] < 880
    assert 60 < point["y"] < 800
    assert page.locator("#details h2").is_visible()


def test_arrow_keys_choose_a_suggestion_and_escape_leaves(open_page: Open, story: Graph, state: State) -> None:
    page = open_page(story)
    page.fill("#query", "a")
    options = page.locator("#suggestions [role=option]")
    second = options.nth(1).locator(".name").inner_text()
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    assert page.locator("#details h2").inner_text() == second
    page.keyboard.press("Escape")
    assert state(page)["selection"] is None


@pytest.mark.parametrize(
    ("edge", "words"),
    [
        ((RUS, "sells-arms-to", ARM), "denied"),
        ((RUS, "ally-of", ARM), "possible"),
        ((AZE, "foe-of", RUS), "period ../1991"),
        ((ISR, "foe-of", AZE), "contested"),
    ],
)
def test_a_link_to_an_edge_shows_it_whatever_its_status(
    open_page: Open, story: Graph, edge_id: EdgeId, state: State, edge: tuple[str, str, str], words: str
) -> None:
    page = open_page(story, "#edge=" + edge_id(*edge))
    assert edge_id(*edge) in state(page)["edges"]
    assert words in page.locator("#details .chips").first.inner_text()


def test_a_permalink_restores_the_view(open_page: Open, story: Graph, state: State, click_filter: ClickFilter) -> None:
    page = open_page(story)
    click_filter(page, "statuses", 1)
    click_filter(page, "relations", 0)
    page.locator('#filters input[name="confidence"]').fill("0.5")
    page.fill('#filters input[name="from"]', "2014-01-01")
    page.evaluate("(key) => kgPage.select(key)", ISR)
    page.click("#theme")
    before = state(page)
    after = state(open_page(story, page.evaluate("location.hash")))
    for part in ("selection", "nodes", "edges", "theme", "view", "hash"):
        assert after[part] == before[part]
    assert before["theme"] == "dark"


def test_back_returns_to_the_selection_before(open_page: Open, story: Graph, state: State) -> None:
    page = open_page(story)
    for key in (ISR, AZE):
        page.evaluate("(key) => kgPage.select(key)", key)
    page.go_back()
    assert state(page)["selection"] == ISR


@pytest.mark.parametrize(
    "hash", ["#node=nobody", "#edge=claim/0", "#min=x&from=y&top=-1&types=&status=%", "#%%%", "#view=z"]
)
def test_a_broken_permalink_still_opens(open_page: Open, story: Graph, state: State, hash: str) -> None:
    assert state(open_page(story, hash))["view"] == "graph"
