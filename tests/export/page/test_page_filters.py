"""The page's filters: what each hides and shows, alone and again after a reset."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.model import Graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]
    Shown = Callable[[Page], set[tuple[str, str]]]
    ClickFilter = Callable[[Page, str, int], None]


ASSERTED = {("sells-arms-to", "asserted"), ("ally-of", "asserted"), ("foe-of", "asserted"), ("borders", "asserted")} | {
    ("affiliated-with", "asserted")
}


def test_it_opens_on_what_is_asserted_without_a_request_or_a_complaint(
    open_page: Open, story: Graph, shown: Shown
) -> None:
    page = open_page(story)
    assert shown(page) == ASSERTED
    assert "5 of 7 entities · 5 of 8 relations" in page.inner_text("#status")
    assert page.title() == "A test"


@pytest.mark.parametrize(
    ("name", "index", "gone", "new"),
    [
        ("statuses", 1, set(), {("sells-arms-to", "denied")}),
        ("statuses", 2, set(), {("ally-of", "possible")}),
        ("statuses", 3, set(), {("foe-of", "ended")}),
        ("statuses", 0, ASSERTED, set()),
        ("relations", 0, {("borders", "asserted")}, set()),
        ("types", 0, ASSERTED - {("affiliated-with", "asserted")}, set()),
        ("types", 1, {("affiliated-with", "asserted")}, set()),
        ("undated", 0, {("borders", "asserted")}, set()),
        ("contested", 0, ASSERTED - {("ally-of", "asserted"), ("foe-of", "asserted")}, set()),
    ],
)
def test_a_filter_hides_and_shows_its_edges(
    open_page: Open,
    story: Graph,
    shown: Shown,
    click_filter: ClickFilter,
    name: str,
    index: int,
    gone: set[tuple[str, str]],
    new: set[tuple[str, str]],
) -> None:
    page = open_page(story)
    click_filter(page, name, index)
    assert shown(page) == (ASSERTED - gone) | new
    page.get_by_role("button", name="Reset filters").click()
    assert shown(page) == ASSERTED


def test_the_date_filter_keeps_the_undated_until_told_otherwise(
    open_page: Open, story: Graph, shown: Shown, click_filter: ClickFilter
) -> None:
    page = open_page(story)
    page.fill('#filters input[name="from"]', "2015-03-15")
    page.fill('#filters input[name="to"]', "2015-12-31")
    assert ("foe-of", "asserted") not in shown(page)
    assert {("ally-of", "asserted"), ("borders", "asserted")} <= shown(page)
    click_filter(page, "undated", 0)
    assert shown(page) == {("ally-of", "asserted"), ("affiliated-with", "asserted")}


def test_the_confidence_filter_hides_what_is_less_certain(open_page: Open, story: Graph, shown: Shown) -> None:
    page = open_page(story)
    page.locator('#filters input[name="confidence"]').fill("0.5")
    assert shown(page) == ASSERTED - {("borders", "asserted")}
