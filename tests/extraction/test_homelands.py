"""Whose country "his country" is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Extraction

CASES = [
    ("Robert Fico, the Slovak prime minister, stopped his country's aid.", "country/SVK"),
    ("President Aleksandar Vucic of Serbia left. He denied that his country sold weapons.", "country/SRB"),
    ("Rosa Klein, the Chilean foreign minister, defended her nation in Lima.", "country/CHL"),
    ("The sculptor Rosa Klein defended her country.", None),
    ("The Chilean minister Rosa Klein spoke of her adopted country.", None),
    ("Kenya's farmers say that their country is dry, and Rosa Klein agrees.", None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_country_of_a_person_is_that_of_the_office_which_the_text_gives(
    extraction_of: Callable[[str], Extraction], text: str, expected: str | None
) -> None:
    found = [m.entity for m in extraction_of(text).mentions if m.text in ("country", "nation")]
    assert found == ([expected] if expected else [])
