"""The page on the screen: any size of graph, any theme, a phone, and the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.model import Graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]
    EdgeId = Callable[[str, str, str], str]
    State = Callable[[Page], dict]

ISR, AZE = "country/ISR", "country/AZE"


def test_names_do_not_overlap_and_everything_is_on_screen_when_it_opens(
    open_page: Open, star: Callable[[int], Graph], state: State
) -> None:
    page = open_page(star(120))
    boxes = state(page)["labels"]
    clashes = [
        (a["id"], b["id"])
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]
    assert clashes == []
    assert len(boxes) > 80
    assert all(box["left"] >= 0 and box["top"] >= 0 for box in boxes)


def test_a_large_graph_opens_on_its_best_connected_and_grows(
    open_page: Open, star: Callable[[int], Graph], state: State
) -> None:
    page = open_page(star(700))
    assert len(state(page)["nodes"]) == 300
    page.get_by_role("button", name="Show 300 more").click()
    assert len(state(page)["nodes"]) == 600
    page.fill("#query", "Person 0699")
    page.keyboard.press("Enter")
    assert len(state(page)["nodes"]) == 601
    page.evaluate("(key) => kgPage.select(key)", ISR)
    page.get_by_role("button", name="hidden neighbors").click()
    assert len(state(page)["nodes"]) == 701


@pytest.mark.parametrize("populated", [False, True], ids=["empty", "no edges"])
def test_a_graph_without_edges_is_no_error(open_page: Open, story: Graph, state: State, populated: bool) -> None:
    graph = replace(story, edges=()) if populated else Graph()
    page = open_page(graph)
    assert len(state(page)["nodes"]) == len(graph.entities)
    assert page.locator("#empty").is_visible() == (not graph.entities)


def test_it_follows_the_system_theme_until_the_reader_chooses(open_page: Open, story: Graph, state: State) -> None:
    page = open_page(story, color_scheme="dark")
    assert state(page)["theme"] == "dark"
    page.emulate_media(color_scheme="light")
    assert state(page)["theme"] == "light"
    page.click("#theme")
    page.emulate_media(color_scheme="light")
    assert state(page)["theme"] == "dark"


def test_on_a_phone_nothing_is_cut_off_and_the_filters_open_on_demand(
    open_page: Open, story: Graph, edge_id: EdgeId
) -> None:
    page = open_page(story, width=360, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert not page.locator("#filters").is_visible()
    page.click("#filters-toggle")
    assert page.locator("#filters").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#filters").is_visible()
    page.evaluate("(key) => kgPage.select(key)", edge_id(ISR, "sells-arms-to", AZE))
    panel = page.locator("#details").bounding_box()
    assert (panel["x"], panel["width"]) == (0, 360)


def test_every_control_has_a_name_and_is_reached_with_the_tab_key(open_page: Open, story: Graph) -> None:
    page = open_page(story, "#node=" + ISR)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, a")].filter((e) => e.checkVisibility()
            && !(e.getAttribute("aria-label") || e.textContent.trim() || e.closest("label"))).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.closest('[id]') || document.body).id"))
    assert {"query", "theme", "filters", "canvas", "tools", "details"} <= reached
