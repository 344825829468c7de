"""What reference facts say of claims: a table of claims, and what holds of all."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.check import judge, judge_edges, load_facts
from kg.identifiers import organization_id
from kg.merge import merge
from kg.model import VERDICTS, Claim, Document
from kg.relations import load

ClaimOf = Callable[..., Claim]

FACTS = load_facts()
NATO = "organization/north-atlantic-treaty-organization"
CSTO = "organization/collective-security-treaty-organization"
ECOWAS = "organization/economic-community-of-west-african-states"
EU, AU = "organization/european-union", "organization/african-union"
OPEC = organization_id("Organization of the Petroleum Exporting Countries")
BRICS, UNSC = "organization/brics", "organization/united-nations-security-council"
YES, NO, OPEN = "confirmed", "contradicted", "unknown"

CASES = [
    # land borders
    ("AZE borders IRN", "asserted", None, "2022-11-21", YES),
    ("AZE borders IRN", "denied", None, "2022-11-21", NO),
    ("AZE borders IRN", "denied", None, None, NO),
    ("AZE borders IRN", "possible", None, "2022-11-21", OPEN),
    ("AZE borders IRN", "ended", None, "2022-11-21", OPEN),
    ("IRN borders SYR", "asserted", None, "2018-08-20", NO),
    ("IRN borders SYR", "ended", None, "2018-08-20", NO),
    ("IRN borders SYR", "possible", None, "2018-08-20", OPEN),
    ("IRN borders SYR", "denied", None, "2018-08-20", YES),
    ("IRN borders SYR", "asserted", None, None, NO),
    ("IRN borders SYR", "asserted", "1982/1982", "2018-08-20", OPEN),
    ("JPN borders CHN", "asserted", None, "2020", NO),
    ("BRA borders FRA", "asserted", None, "2020", YES),
    ("GUF borders BRA", "asserted", None, "2020", YES),
    ("XKX borders SRB", "asserted", None, "2023-10-04", YES),
    ("KEN borders SDN", "asserted", None, "1998-08-20", YES),
    ("KEN borders SDN", "asserted", None, "2020-01-01", OPEN),
    ("KEN borders SDN", "ended", None, "2020-01-01", YES),
    ("KEN borders SDN", "denied", None, "2020-01-01", OPEN),
    ("organization/hamas borders ISR", "asserted", None, "2020", OPEN),
    # states that are gone
    ("FIN borders SUHH", "asserted", None, "2024-03-09", YES),
    ("FIN borders SUHH", "asserted", "1985/1985", "2024-03-09", YES),
    ("FIN borders SUHH", "denied", "1985/1985", "2024-03-09", NO),
    ("FIN borders SUHH", "ended", None, "2024-03-09", YES),
    ("DEU borders DDDE", "asserted", None, "1989-11-09", YES),
    ("FRA borders DDDE", "asserted", None, "1989-11-09", OPEN),
    ("FRA borders DDDE", "asserted", None, "2020-11-09", NO),
    ("ETH borders YUCS", "asserted", None, "2020-11-09", NO),
    ("EGY ally-of SUHH", "ended", None, "2021-10-06", YES),
    ("EGY ally-of SUHH", "asserted", "1973/1973", "2021-10-06", YES),
    ("EGY ally-of SUHH", "asserted", "1985/1985", "2021-10-06", OPEN),
    (f"SUHH part-of {NATO}", "asserted", None, "2020", NO),
    ("SUHH part-of organization/warsaw-pact", "asserted", None, "2020", YES),
    # alliances
    ("FRA ally-of USA", "asserted", None, "2021-09-24", YES),
    ("FRA ally-of USA", "asserted", "1779/1780", "2021-09-24", YES),
    ("FRA ally-of USA", "asserted", "1900/1905", "2021-09-24", OPEN),
    ("FRA ally-of USA", "denied", None, "2021-09-24", OPEN),
    ("FRA ally-of USA", "possible", None, "2021-09-24", OPEN),
    ("FIN ally-of USA", "asserted", None, "2022-05-20", OPEN),
    ("FIN ally-of USA", "asserted", None, "2024-03-09", YES),
    (f"FIN ally-of {NATO}", "asserted", None, "2024-03-09", YES),
    ("PRK ally-of RUS", "asserted", None, "2024-07-01", YES),
    ("PRK ally-of RUS", "asserted", None, "2019-07-01", OPEN),
    ("JPN ally-of USA", "asserted", None, None, YES),
    ("GBR ally-of PRT", "asserted", "1386/1386", None, YES),
    ("TWN ally-of USA", "ended", None, "2023-08-24", YES),
    ("TWN ally-of USA", "asserted", None, "2023-08-24", OPEN),
    ("IRN ally-of USA", "asserted", None, "2023-08-24", OPEN),
    ("ARM ally-of AZE", "asserted", None, "2023-08-24", OPEN),
    # membership
    (f"SWE part-of {NATO}", "asserted", None, "2024-03-09", YES),
    (f"SWE part-of {NATO}", "asserted", None, "2024", YES),
    (f"SWE part-of {NATO}", "asserted", None, "2015-01-01", OPEN),
    (f"SWE part-of {NATO}", "denied", None, "2015-01-01", YES),
    (f"SWE part-of {NATO}", "denied", None, "2024-03-09", NO),
    (f"SWE part-of {NATO}", "denied", None, "2024", OPEN),
    (f"SWE part-of {NATO}", "denied", None, None, OPEN),
    (f"SWE part-of {NATO}", "possible", None, "2022-05-20", OPEN),
    (f"UKR part-of {NATO}", "asserted", None, "2024-03-09", NO),
    (f"UKR part-of {NATO}", "possible", None, "2024-03-09", OPEN),
    (f"UKR part-of {NATO}", "denied", None, "2024-03-09", YES),
    (f"UKR part-of {NATO}", "denied", None, None, YES),
    (f"UKR part-of {CSTO}", "ended", None, "2024-03-09", NO),
    (f"GEO part-of {CSTO}", "ended", None, "2024-03-09", YES),
    (f"GEO part-of {CSTO}", "asserted", None, "2024-03-09", OPEN),
    (f"UZB part-of {CSTO}", "asserted", None, "2003-03-09", OPEN),
    (f"UZB part-of {CSTO}", "asserted", None, "2010-03-09", YES),
    (f"MLI part-of {ECOWAS}", "ended", None, "2024-02-14", OPEN),
    (f"MLI part-of {ECOWAS}", "ended", None, "2025-03-14", YES),
    (f"GBR part-of {EU}", "asserted", None, "2019-06-01", YES),
    (f"GBR part-of {EU}", "ended", "../2020", "2024-06-01", YES),
    (f"GBR part-of {EU}", "ended", "../2019", "2024-06-01", OPEN),
    ("ESP part-of organization/european-community", "asserted", None, "1988-06-01", YES),
    (f"MAR part-of {AU}", "asserted", None, "2000-06-01", OPEN),
    (f"RUS part-of {OPEC}", "asserted", None, "2023-06-01", OPEN),
    (f"FRA part-of {OPEC}", "asserted", None, "2023-06-01", NO),
    (f"SAU part-of {BRICS}", "asserted", None, "2024-06-01", OPEN),
    (f"IND part-of {UNSC}", "asserted", None, "2021-06-01", OPEN),
    (f"RUS part-of {UNSC}", "asserted", None, "2021-06-01", YES),
    (f"organization/hamas part-of {NATO}", "asserted", None, "2021-06-01", OPEN),
    ("TWN part-of CHN", "asserted", None, "2023-08-24", OPEN),
    # organs of state
    ("organization/mossad part-of ISR", "asserted", None, "2020", YES),
    ("organization/mossad part-of IRN", "asserted", None, "2020", NO),
    ("organization/mossad part-of organization/idf", "asserted", None, "2020", OPEN),
    ("organization/kgb part-of RUS", "asserted", None, "2020", OPEN),
    ("organization/united-nations-security-council part-of organization/united-nations", "asserted", None, None, YES),
    # leaders
    ("person/emmanuel-macron leads FRA", "asserted", None, "2021-09-24", YES),
    ("person/emmanuel-macron leads DEU", "asserted", None, "2021-09-24", NO),
    ("person/emmanuel-macron leads DEU", "denied", None, "2021-09-24", OPEN),
    ("person/emmanuel-macron leads organization/en-marche", "asserted", None, "2021-09-24", OPEN),
    ("person/emmanuel-macron leads FRA", "denied", None, "2021-09-24", OPEN),
    ("person/margaret-thatcher leads GBR", "asserted", None, "2022-06-14", OPEN),
    ("person/margaret-thatcher leads GBR", "ended", None, "2022-06-14", YES),
    ("person/margaret-thatcher leads GBR", "asserted", "1982/1982", "2022-06-14", YES),
    ("person/mikhail-gorbachev leads RUS", "asserted", None, "2022-06-14", OPEN),
    ("person/elizabeth-ii leads AUS", "asserted", None, "2010-06-14", OPEN),
    ("person/nobody-known leads AUS", "asserted", None, "2010-06-14", OPEN),
    # no table of ours
    ("RUS foe-of UKR", "asserted", None, "2023-06-14", OPEN),
    ("ISR sells-arms-to AZE", "asserted", None, "2023-06-14", OPEN),
    ("person/raymond-holt affiliated-with USA", "asserted", None, "2023-06-14", OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("said", "status", "period", "published", "verdict"), CASES)
def test_a_claim_gets_the_verdict_that_the_facts_of_its_time_give(
    claim_of: ClaimOf, said: str, status: str, period: str | None, published: str | None, verdict: str
) -> None:
    judgement = judge(claim_of(said, status, period), published, FACTS)
    assert judgement.verdict == verdict, judgement
    assert judgement.fact or verdict == OPEN


def test_the_table_has_every_verdict_of_every_status_that_may_have_it() -> None:
    assert {(status, verdict) for _, status, _, _, verdict in CASES} == set(
        product(("asserted", "denied", "ended"), VERDICTS)
    ) | {("possible", "unknown")}


def test_the_fact_names_what_speaks_against_the_claim(claim_of: ClaimOf) -> None:
    said = judge(claim_of("TCD borders ARE"), "2024-06-01", FACTS).fact
    assert said == "United Arab Emirates has land borders with Oman and Saudi Arabia, not with Chad"
    assert judge(claim_of("CHN borders JPN"), "2024", FACTS).fact == (
        "China has land borders with Afghanistan, Bhutan, Hong Kong, India, Kazakhstan, Kyrgyzstan, Laos, Macau, "
        "Mongolia, Myanmar, Nepal, North Korea, Pakistan, Russia, Tajikistan and Vietnam, not with Japan"
    )
    assert judge(claim_of("BHR borders QAT"), "2024", FACTS).fact == "Bahrain has no land border"
    said = judge(claim_of(f"UKR part-of {NATO}"), "2024", FACTS).fact
    assert said == "Ukraine was never a member of North Atlantic Treaty Organization"


def test_a_fact_of_another_time_is_told_and_decides_nothing(claim_of: ClaimOf) -> None:
    judgement = judge(claim_of("person/margaret-thatcher leads GBR"), "2022-06-14", FACTS)
    assert judgement.verdict == "unknown"
    assert judgement.fact == "Margaret Thatcher led United Kingdom, 1979 to 1990 (prime minister)"


COUNTRIES = st.sampled_from(sorted(FACTS.neighbors))
DAYS = st.none() | st.dates().map(str) | st.integers(1000, 2100).map(str)
STATUSES = st.sampled_from(["asserted", "denied", "possible", "ended"])


@given(COUNTRIES, COUNTRIES, st.sampled_from(["borders", "ally-of"]), STATUSES, DAYS)
def test_a_symmetric_claim_has_the_same_verdict_either_way(
    claim_of: ClaimOf, one: str, other: str, relation: str, status: str, day: str | None
) -> None:
    claim = claim_of(f"{one} {relation} {other}", status)
    turned = replace(claim, subject=claim.object, object=claim.subject)
    assert judge(claim, day, FACTS).verdict == judge(turned, day, FACTS).verdict


@given(COUNTRIES, st.sampled_from(["borders", "part-of"]), COUNTRIES | st.sampled_from(sorted(FACTS.complete)), DAYS)
def test_what_is_confirmed_is_never_contradicted_by_saying_so_and_never_confirmed_by_denying_it(
    claim_of: ClaimOf, subject: str, relation: str, object: str, day: str | None
) -> None:
    verdicts = {
        status: judge(claim_of(f"{subject} {relation} {object}", status), day, FACTS).verdict
        for status in ("asserted", "denied")
    }
    assert (verdicts["asserted"], verdicts["denied"]) in {
        ("confirmed", "contradicted"), ("confirmed", "unknown"), ("contradicted", "confirmed"),
        ("unknown", "confirmed"), ("unknown", "unknown"),
    }  # fmt: skip


@given(st.text(max_size=12), st.none() | st.text(max_size=12))
def test_no_date_however_written_breaks_a_judgement(claim_of: ClaimOf, period: str, published: str | None) -> None:
    assert judge(claim_of("AZE borders IRN", "asserted", period), published, FACTS).verdict in VERDICTS


def test_the_verdicts_do_not_depend_on_the_order_of_claims(claim_of: ClaimOf) -> None:
    days = {"a": "2024-03-09", "b": "2015-01-01", "c": None}
    documents = {name: Document(name, "", "", published=day) for name, day in days.items()}
    claims = [claim_of(said, status, period, d) for said, status, period, _, _ in CASES for d in documents]
    shuffled = claims.copy()
    random.Random(7).shuffle(shuffled)
    one, other = (judge_edges(merge(each, documents, load()), documents, FACTS) for each in (claims, shuffled))
    assert one == other


def test_one_right_date_does_not_hide_a_wrong_one(claim_of: ClaimOf) -> None:
    documents = {name: Document(name, "", "", published=day) for name, day in (("a", "2015"), ("b", "2024-06-01"))}
    claims = [claim_of(f"SWE part-of {NATO}", "denied", None, name) for name in documents]
    [edge] = judge_edges(merge(claims, documents, load()), documents, FACTS)
    assert [judgement.verdict for _, judgement in edge.judged()] == ["confirmed", "contradicted"]
    assert edge.judgement.verdict == "contradicted"
    assert edge.judgement.fact == "Sweden is part of North Atlantic Treaty Organization, since 2024-03-07 (membership)"
