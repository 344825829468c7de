"""Promises about dates of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kg.sources.dates import date_in_path, date_in_text, iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-11-21", "2022-11-21"),
        ("2022-11-21T23:30:00-05:00", "2022-11-21"),
        ("20221121", "2022-11-21"),
        (20221121, "2022-11-21"),
        ("12 March 2023", "2023-03-12"),
        ("March 12, 2023", "2023-03-12"),
        ("Sun, 12 Mar 2023 10:00:00 GMT", "2023-03-12"),
        ("25/12/2022", "2022-12-25"),
        ("05.05.2022", "2022-05-05"),
        (date(1991, 12, 26), "1991-12-26"),
        (datetime(2020, 1, 2, 3, tzinfo=UTC), "2020-01-02"),
        ("03/04/2023", None),
        ("Oct 3", None),
        ("3 Oct 22", None),
        ("2023", None),
        ("March 2023", None),
        ("yesterday", None),
        ("2022-02-30", None),
        ("2022-13-01", None),
        ("31 June 2022", None),
        ("", None),
        (None, None),
        (True, None),
        (1669000000.5, None),
        ("12 March 2023 " * 50, None),
        (["2022-11-21"], None),
    ],
)
def test_a_whole_unambiguous_date_is_read_and_anything_else_is_none(value: object, expected: str | None) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Title", "Published: 12 March 2023", "Text."], "2023-03-12"),
        (["Title", "Published on Monday, March 12, 2023 at 10:00"], "2023-03-12"),
        (["Title", "Updated March 14, 2023", "Published March 12, 2023"], "2023-03-12"),
        (["Title", "Last updated: 14 March 2023"], "2023-03-14"),
        (["Title", "Monday, 13 March 2023"], "2023-03-13"),
        (["Title", "March 13, 2023 | 5 min read"], "2023-03-13"),
        (["Title", "By Ann Example | March 13, 2023"], "2023-03-13"),
        (["BAKU, Azerbaijan, March 13, 2023 (Wire) — Ministers met."], "2023-03-13"),
        (["LONDON, Oct 3 (Wire) - Ministers met on Monday."], None),
        (["Title", "The treaty of 12 March 2003 was signed in Baku."], None),
        (["On March 12, 2003 the two countries went to war."], None),
        (["March 12, 2003 was the day the war began, he said."], None),
        (["Title"] + ["Text."] * 20 + ["Published: 12 March 2023"], None),
    ],
)
def test_a_date_in_the_text_counts_only_where_it_is_that_of_the_article(lines: list[str], expected: str | None) -> None:
    assert date_in_text(lines) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("https://example.org/2022/11/21/embassy", "2022-11-21"),
        ("https://example.org/world/2022/nov/21/embassy", "2022-11-21"),
        ("news/2022-11-21-embassy.txt", "2022-11-21"),
        ("news/20221121_embassy.txt", "2022-11-21"),
        ("news/2022-13-41/2021-01-02.txt", "2021-01-02"),
        ("https://example.org/article/120221121345", None),
        ("news/2022/embassy.txt", None),
        ("news/a1.txt", None),
    ],
)
def test_a_date_in_a_path_or_url_is_found_when_it_is_whole(path: str, expected: str | None) -> None:
    assert date_in_path(path) == expected
