"""The page against a hostile graph: every string of it stays text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.html import to_html
from kg.model import Graph
from kg.relations import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    Open = Callable[..., Page]
    EdgeId = Callable[[str, str, str], str]
    Settle = Callable[[Page], None]

ISR, AZE, ARM = "country/ISR", "country/AZE", "country/ARM"
OREN, BUREAU = "person/amir-oren", "organization/bureau"
EVIL = '</script><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>\'"&'


def test_hostile_names_titles_addresses_and_rules_are_only_ever_text(
    open_page: Open, story: Graph, edge_id: EdgeId, settle: Settle
) -> None:
    page = open_page(story, "#edge=" + edge_id(OREN, "affiliated-with", BUREAU))
    assert EVIL in page.inner_text("#details")
    addresses: set[str] = set()
    for hash in ("#node=" + BUREAU, "#edge=" + edge_id(ISR, "sells-arms-to", AZE), "#node=" + ARM, "#view=table"):
        page.evaluate("(hash) => (location.hash = hash)", hash)
        settle(page)
        addresses.update(page.evaluate("[...document.querySelectorAll('a')].map((a) => a.protocol)"))
    page.fill("#query", "</script>")
    assert EVIL in page.inner_text("#suggestions")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("[...document.images].length") == 0
    assert addresses == {"https:"}


def test_the_policy_stops_a_script_that_gets_into_the_page_anyway(
    browser: Browser, story: Graph, tmp_path: Path
) -> None:
    (tmp_path / "graph.html").write_text(to_html(story, load()), "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "graph.html").as_uri())
    blocked = page.evaluate(
        """() => new Promise((done) => {
            addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
            document.body.insertAdjacentHTML("beforeend", '<b onclick="window.pwned=1" id="evil">x</b>');
            document.getElementById("evil").click();
        })"""
    )
    assert blocked == "script-src-attr"
    assert page.evaluate("window.pwned") is None
    page.close()
