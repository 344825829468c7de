"""A dateline says where an article was written, and names nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Extraction


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Paris, Oct. 3 (Example Wire) – Egypt bought tanks.", {"country/EGY"}),
        ("Kyiv, Ukraine (Example Wire) — Egypt bought tanks.", {"country/EGY"}),
        ("Tehran -- Egypt bought tanks.", {"country/EGY"}),
        ("Egypt bought tanks.\n\nParis, Oct. 3 – Kenya did not.", {"country/EGY", "country/KEN"}),
        ("Paris said on Monday – after a long silence – that Egypt bought tanks.", {"country/EGY", "country/FRA"}),
        ("Egypt bought tanks – and Paris sold them.", {"country/EGY", "country/FRA"}),
    ],
)
def test_the_place_of_a_dateline_is_no_mention(
    extraction_of: Callable[[str], Extraction], text: str, countries: set[str]
) -> None:
    assert {entity.id for entity in extraction_of(text).entities if entity.type == "Country"} == countries
