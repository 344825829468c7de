"""The period that a sentence states for what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Claim

WEAK: dict[str, str] = {}
CASES = {
    "Iraq invaded Kuwait in 1990.": "1990/1990",
    "In 1990, Iraq invaded Kuwait.": "1990/1990",
    "Iraq invaded Kuwait in August 1990.": "1990/1990",
    "Iran fought Iraq from 1980 to 1988.": "1980/1988",
    "Iran fought Iraq between 1980 and 1988.": "1980/1988",
    "Iran has been an enemy of Israel since 1979.": "1979/..",
    "Albania was an ally of China until 1978.": "../1978",
    "France sold jets to Egypt in the 1970s.": "1970/1979",
    "The 1980 invasion of Iran by Iraq failed.": "1980/1980",
    "Finland joined NATO in 2023.": "2023/2023",
    "Israel sold 1990 rifles to India.": None,
    "Iraq invaded Kuwait.": None,
    "Iraq invaded Kuwait, and in 2003 it rained.": None,
    "The minister, born in 1960, said that France sells jets to Egypt.": None,
    "Iraq invaded Kuwait on Monday.": None,
}


@pytest.mark.parametrize(
    "text",
    [pytest.param(t, marks=[pytest.mark.xfail(strict=True, reason=WEAK[t])] if t in WEAK else []) for t in CASES],
)
def test_a_claim_has_the_period_that_hangs_on_it(claims_of: Callable[[str], tuple[Claim, ...]], text: str) -> None:
    assert {claim.period for claim in claims_of(text)} == {CASES[text]}


def test_what_lasted_until_a_year_is_over(claims_of: Callable[[str], tuple[Claim, ...]]) -> None:
    (claim,) = claims_of("Albania was an ally of China until 1978.")
    assert (claim.time, claim.status) == ("ended", "ended")


def test_what_holds_since_a_year_is_not_over(claims_of: Callable[[str], tuple[Claim, ...]]) -> None:
    (claim,) = claims_of("Iran has been an enemy of Israel since 1979.")
    assert (claim.time, claim.status) == ("current", "asserted")


def test_claims_of_different_periods_have_different_identifiers(claims_of: Callable[[str], tuple[Claim, ...]]) -> None:
    ids = {claim.id for year in (1980, 1990) for claim in claims_of(f"Iraq invaded Kuwait in {year}.")}
    assert len(ids) == 2


def test_the_weak_cases_are_few_and_in_the_table() -> None:
    assert set(WEAK) <= set(CASES) and len(WEAK) <= len(CASES) / 4
