"""The page's details: the facts of a node and the evidence of an edge, from the canvas and from the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.model import Graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]
    EdgeId = Callable[[str, str, str], str]
    State = Callable[[Page], dict]
    Settle = Callable[[Page], None]
    Marked = Callable[[Page, str], list[str]]

ISR, AZE, ARM = "country/ISR", "country/AZE", "country/ARM"
OREN = "person/amir-oren"


def test_the_facts_of_a_node_group_its_edges_by_relation(open_page: Open, story: Graph) -> None:
    page = open_page(story, "#node=" + AZE)
    text = page.inner_text("#details")
    assert "Republic of Azerbaijan" in text
    assert "https://w3id.org/kg-from-news/country/AZE" in text
    assert page.get_attribute("#details dd a", "href") == "https://www.wikidata.org/wiki/Q227"
    headings = [
        heading.split("\n")[0].rstrip("0123456789") for heading in page.locator("#details h3").all_inner_texts()
    ]
    assert headings == ["borders", "ally of", "foe of", "buys arms from"]
    assert "1 more hidden by the filters" in text


def test_a_click_on_the_canvas_opens_the_evidence_with_exactly_the_words_marked(
    open_page: Open, story: Graph, edge_id: EdgeId, state: State, marked: Marked
) -> None:
    page = open_page(story)
    key = edge_id(ISR, "sells-arms-to", AZE)
    page.mouse.click(**page.evaluate("(key) => kgPage.point(key)", key))
    assert state(page)["selection"] == key
    assert sorted(marked(page, "subject")) == ["Israel", "Israel"]
    assert sorted(marked(page, "trigger")) == ["sold", "were sold"]
    assert sorted(marked(page, "object")) == ["Azerbaijan", "Baku"]
    assert (
        page.locator(".claim blockquote").first.inner_text()
        == "🇦🇿🛩 𝔸: Israel sold “smart” jets 🚀 to Azerbaijan in May."
    )


def test_a_click_on_a_node_or_on_its_name_shows_its_facts_and_one_beside_closes_them(
    open_page: Open, story: Graph, state: State
) -> None:
    page = open_page(story)
    page.mouse.click(**page.evaluate("(key) => kgPage.point(key)", ISR))
    assert state(page)["selection"] == ISR
    page.keyboard.press("Escape")
    [label] = [label for label in state(page)["labels"] if label["id"] == ARM]
    canvas = page.locator("#canvas").bounding_box()
    page.mouse.click(canvas["x"] + (label["left"] + label["right"]) / 2, canvas["y"] + label["top"] + 7)
    assert state(page)["selection"] == ARM


def test_evidence_says_who_when_where_and_how_sure(
    open_page: Open, story: Graph, edge_id: EdgeId, state: State
) -> None:
    page = open_page(story, "#edge=" + edge_id(ISR, "sells-arms-to", AZE))
    dated, undated = page.locator(".claim").all()
    assert dated.locator("a").get_attribute("href") == "https://example.org/a?x=1&y=2"
    assert dated.locator("a").get_attribute("rel") == "noopener noreferrer"
    assert dated.locator("time").inner_text() == "2022-11-21"
    assert "confidence 90%" in dated.inner_text()
    assert "undated" in undated.inner_text()
    undated.get_by_role("button", name="according to Amir Oren").click()
    assert state(page)["selection"] == OREN
    assert "Claims made by Amir Oren" in page.inner_text("#details")


def test_the_table_lists_what_the_graph_shows_and_opens_its_evidence(
    open_page: Open, story: Graph, state: State, marked: Marked
) -> None:
    page = open_page(story)
    page.get_by_role("button", name="Table").click()
    edges, nodes = page.locator("#table table").all()
    assert edges.locator("tbody tr").count() == len(state(page)["edges"])
    assert nodes.locator("tbody tr").count() == len(state(page)["nodes"])
    row = edges.locator("tbody tr", has_text="sells arms to")
    assert row.locator("th, td").all_inner_texts()[3:] == ["asserted", "90%", "2", "2022-11-21"]
    row.locator("button.edge").focus()
    page.keyboard.press("Enter")
    assert marked(page, "trigger") == ["sold", "were sold"]
    assert page.evaluate("document.activeElement.id") == "details"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Graph", exact=True).click()
    assert len(state(page)["labels"]) == len(state(page)["nodes"])


def test_parallel_edges_lie_apart_and_each_opens_its_own_evidence(
    open_page: Open, story: Graph, edge_id: EdgeId, state: State, settle: Settle
) -> None:
    page = open_page(story)
    keys = [edge_id(ISR, relation, AZE) for relation in ("ally-of", "foe-of", "sells-arms-to")]
    points = [page.evaluate("(key) => kgPage.point(key)", key) for key in keys]
    gaps = [abs(a["x"] - b["x"]) + abs(a["y"] - b["y"]) for i, a in enumerate(points) for b in points[:i]]
    assert min(gaps) > 10
    for key, point in zip(keys, points, strict=True):
        page.mouse.click(**point)
        assert state(page)["selection"] == key
        page.evaluate("kgPage.select(null)")
        page.click('[data-tool="fit"]')
        settle(page)


def test_down_and_up_move_through_the_list_of_relations(open_page: Open, story: Graph, state: State) -> None:
    page = open_page(story, "#node=" + AZE)
    items = page.locator("#details .edges button")
    items.nth(0).focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert state(page)["selection"] is not None
    assert page.evaluate("document.activeElement.id") == "details"
