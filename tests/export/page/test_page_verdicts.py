"""What reference facts say, on the page: in words beside the evidence, in the table, and as a filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.model import Graph, Judgement

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]
    EdgeId = Callable[[str, str, str], str]
    Shown = Callable[[Page], set[tuple[str, str]]]
    ClickFilter = Callable[[Page, str, int], None]

ISR, AZE, ARM = "country/ISR", "country/AZE", "country/ARM"
FACT = "Reference fact: Azerbaijan borders Armenia (land border)"
AGAINST = "</p><script>window.pwned=1</script> speaks against it"


@pytest.fixture
def judged(story: Graph, edge_id: EdgeId) -> Graph:
    """The story, where the first of two sentences about arms is contradicted and the second confirmed."""
    verdicts = Judgement("contradicted", AGAINST), Judgement("confirmed", "It is so")
    arms = edge_id(ISR, "sells-arms-to", AZE)
    return replace(story, edges=tuple(replace(e, judgements=verdicts) if e.id == arms else e for e in story.edges))


def test_the_evidence_says_the_verdict_and_the_fact_in_words(open_page: Open, story: Graph, edge_id: EdgeId) -> None:
    page = open_page(story, "#edge=" + edge_id(AZE, "borders", ARM))
    assert "✓ confirmed" in page.locator("#details .chips").first.inner_text()
    assert page.inner_text("#details .fact") == FACT
    page = open_page(story, "#edge=" + edge_id(ISR, "ally-of", AZE))
    assert page.locator("#details .chip.confirmed, #details .chip.contradicted, #details .fact").count() == 0


def test_sentences_that_differ_have_a_verdict_each(open_page: Open, judged: Graph, edge_id: EdgeId) -> None:
    page = open_page(judged, "#edge=" + edge_id(ISR, "sells-arms-to", AZE))
    assert "✗ contradicted" in page.locator("#details .chips").first.inner_text()
    assert page.inner_text("#details .fact") == "Reference fact: " + AGAINST
    of_dated, of_undated = page.locator(".claim .chips").all_inner_texts()
    assert ("✗ contradicted" in of_dated, "✓ confirmed" in of_dated) == (True, False)
    assert ("✗ contradicted" in of_undated, "✓ confirmed" in of_undated) == (False, True)


def test_the_table_says_the_verdict(open_page: Open, judged: Graph) -> None:
    page = open_page(judged, "#view=table")
    rows = {row.split("\t")[1]: row for row in page.locator("#table tbody tr").all_inner_texts() if "\t" in row}
    assert sum("✗ contradicted" in row for row in rows.values()) == 1
    assert sum("✓ confirmed" in row for row in rows.values()) == 1


def test_a_verdict_can_be_filtered_and_the_address_keeps_it(
    open_page: Open, judged: Graph, shown: Shown, click_filter: ClickFilter
) -> None:
    page = open_page(judged)
    for index in (0, 1):
        click_filter(page, "verdicts", index)
    assert shown(page) == {("sells-arms-to", "asserted")}
    assert "verdict=contradicted" in page.evaluate("kgPage.state().hash")
    again = open_page(judged, "#verdict=confirmed,unknown")
    assert ("sells-arms-to", "asserted") not in shown(again)
    assert ("borders", "asserted") in shown(again)


def test_a_link_to_an_edge_shows_it_whatever_the_filter(
    open_page: Open, judged: Graph, edge_id: EdgeId, shown: Shown
) -> None:
    page = open_page(judged, "#verdict=confirmed&edge=" + edge_id(ISR, "sells-arms-to", AZE))
    assert ("sells-arms-to", "asserted") in shown(page)
