"""The tables of facts: what is in them is well formed, and a user's own are checked as they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from kg import gazetteer
from kg.check import Fact, judge, load_facts
from kg.check.dates import may_hold
from kg.check.tables import Row, read_bundled
from kg.errors import FactError
from kg.identifiers import organization_id
from kg.model import Claim
from kg.relations import load

ClaimOf = Callable[..., Claim]

FACTS = load_facts()
GAZETTEER = gazetteer.load()
COLUMNS = {
    "bodies.csv": ("name", "also", "allies_since", "complete", "unsure"),
    "members.csv": ("body", "code", "since", "until"),
    "borders.csv": ("code", "other", "since", "until"),
    "pacts.csv": ("code", "other", "since", "until", "name"),
    "successors.csv": ("code", "other"),
}
TABLES = {name: list(read_bundled(name, columns)) for name, columns in COLUMNS.items()}
MEMBERS_TODAY = {
    "African Union": 55, "Arab League": 22, "Association of Southeast Asian Nations": 11, "Alliance of Sahel States": 3,
    "Commonwealth of Nations": 56, "Collective Security Treaty Organization": 6, "European Union": 27,
    "Economic Community of West African States": 12, "Group of Seven": 7, "Group of Twenty": 19,
    "Gulf Cooperation Council": 6, "North Atlantic Treaty Organization": 32, "Shanghai Cooperation Organisation": 10,
    "Organization of the Petroleum Exporting Countries": 12, "Southern African Development Community": 16,
    "Warsaw Pact": 0,
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_every_code_is_one_of_the_gazetteer(name: str) -> None:
    codes = {row[column] for row in TABLES[name] for column in ("code", "other") if column in COLUMNS[name]}
    codes |= {code for row in TABLES[name] for code in row.values("unsure")}
    assert codes <= set(GAZETTEER.countries)


@pytest.mark.parametrize("name", ["borders.csv", "pacts.csv", "successors.csv"])
def test_a_pair_is_two_and_stands_once_in_one_order(name: str) -> None:
    rows = [(row["code"], row["other"], row["since"], row["name"]) for row in TABLES[name]]
    assert len(set(rows)) == len(rows)
    assert all(code != other for code, other, *_ in rows)
    assert not {(b, a, *rest) for a, b, *rest in rows} & set(rows)


def test_every_member_is_of_a_body_of_the_table_and_at_any_time_once() -> None:
    assert {row["body"] for row in TABLES["members.csv"]} == {row["name"] for row in TABLES["bodies.csv"]}
    terms: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in TABLES["members.csv"]:
        terms[row["body"], row["code"]].append(row)
    for rows in terms.values():
        spans = sorted((row.span() for row in rows), key=lambda span: span[0] or "")
        assert all(until and since and until < since for (_, until), (since, _) in pairwise(spans))
        assert all(since for since, _ in spans)


def test_members_are_as_many_as_the_bodies_have_today() -> None:
    counts = dict.fromkeys(MEMBERS_TODAY, 0)
    for row in TABLES["members.csv"]:
        if row["body"] in counts and not row["until"]:
            counts[row["body"]] += 1
    assert counts == MEMBERS_TODAY


def test_no_open_question_is_answered_by_the_same_table() -> None:
    today = {(row["body"], row["code"]) for row in TABLES["members.csv"]}
    assert not {(row["name"], code) for row in TABLES["bodies.csv"] for code in row.values("unsure")} & today


def test_bodies_have_the_names_of_the_gazetteer_where_it_has_them() -> None:
    known = {organization_id(item.name) for item in GAZETTEER.organizations}
    bodies = {organization_id(row["name"]): row["name"] for row in TABLES["bodies.csv"]}
    assert {name for key, name in bodies.items() if key not in known} == {
        "Five Power Defence Arrangements", "Rio Treaty", "Southeast Asia Treaty Organization",
    }  # fmt: skip
    ends = {item.name: item.ended for item in GAZETTEER.organizations if item.ended}
    for row in TABLES["members.csv"]:
        assert row["body"] not in ends or row["until"][:4] <= ends[row["body"]]


@pytest.mark.parametrize("relation", ["borders", "ally-of"])
def test_symmetric_facts_are_held_both_ways(relation: str) -> None:
    spans = {
        key: {(fact.since, fact.until, fact.source) for fact in facts}
        for key, facts in FACTS.held.items() if key[1] == relation
    }  # fmt: skip
    assert spans
    assert all(spans[other, relation, one] == held for (one, _, other), held in spans.items())


def test_nobody_borders_or_is_allied_with_themselves() -> None:
    assert not [key for key in FACTS.held if key[0] == key[2]]


def test_a_state_that_is_gone_borders_nobody_after_its_end() -> None:
    gone = {code for code, country in GAZETTEER.countries.items() if country.ended}
    with_borders = set()
    for row in TABLES["borders.csv"]:
        for code in gone & {row["code"], row["other"]}:
            with_borders.add(code)
            # "Yugoslavia" went on as the name of what became Serbia and Montenegro
            assert code == "YUCS" or row["until"][:4] <= (GAZETTEER.countries[code].ended or "")
    assert with_borders == gone


def test_allies_by_a_body_are_members_at_the_same_time() -> None:
    nato, sweden = "organization/north-atlantic-treaty-organization", "country/SWE"
    [fact] = FACTS.held[sweden, "ally-of", "country/TUR"]
    assert (fact.since, fact.until, fact.source) == ("2024-03-07", None, "North Atlantic Treaty Organization")
    assert (sweden, "ally-of", nato) in FACTS.held
    assert ("country/ALB", "ally-of", "country/DDDE") in FACTS.held
    assert not any(
        may_hold(fact.since, fact.until, ("1980-01-01", "1980-12-31"))
        for fact in FACTS.held["country/ALB", "ally-of", "country/DDDE"]
    )


def own_table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "my.csv"
    path.write_text(text, "utf-8")
    return path


def test_facts_of_the_users_own_decide_too(tmp_path: Path, claim_of: ClaimOf) -> None:
    path = own_table(
        tmp_path,
        "subject,relation,object,since,until,source\n"
        "Russia,sells-arms-to,IRN,2007,,my files\n"
        "person/jane-doe,leads,NATO,2030,,\n"
        "HUN,foe-of,Hamas,,,\n",
    )
    facts = load_facts([path], load())
    arms = "RUS sells-arms-to IRN"
    assert judge(claim_of(arms), "2010-01-01", facts).verdict == "confirmed"
    denied = judge(claim_of(arms, "denied"), "2010-01-01", facts)
    assert (denied.verdict, denied.fact) == ("contradicted", "Russia sells arms to Iran, since 2007 (my files)")
    assert judge(claim_of(arms), "2001-01-01", facts).verdict == "unknown"
    assert judge(claim_of("HUN foe-of organization/hamas"), None, facts).verdict == "confirmed"
    assert judge(claim_of("AZE borders IRN"), None, facts).verdict == "confirmed"
    chair = ("person/jane-doe", "leads", "organization/north-atlantic-treaty-organization")
    assert facts.held[chair] == (Fact(*chair, "2030", None, "my.csv"),)
    assert judge(claim_of(arms), "2010-01-01", load_facts()).verdict == "unknown"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subject,relation\nRUS,borders\n", r"line 1: .*'object'"),
        ("subject,relation,object,color\nRUS,borders,FIN,red\n", r"line 1: .*'color'; valid: subject, "),
        ("subject,relation,object\nRUS,likes,FIN\n", r"line 2: relation 'likes' is unknown; valid: affiliated-with, "),
        ("subject,relation,object\nRUS,borders,Atlantis\n", r"line 2: object 'Atlantis' is unknown; valid: "),
        ("subject,relation,object\n,borders,RUS\n", r"line 2: subject '' is unknown"),
        ("subject,relation,object,since\nRUS,borders,FIN,3/1999\n", r"line 2: since '3/1999' is no date; valid: 1999"),
        ("subject,relation,object,since,until\nRUS,borders,FIN,2001,1999\n", r"line 2: until '1999' is before"),
        ("subject,relation,object\nRUS,borders\n", r"line 2: expected 3 cells"),
        ('subject,relation,object\nRUS,borders,"FIN\n', r"not valid CSV"),
    ],
)
def test_a_table_that_is_no_good_is_an_error_that_says_where_and_what_is_valid(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(FactError, match=message):
        load_facts([own_table(tmp_path, text)], load())


def test_a_table_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FactError, match=r"my\.csv: cannot be read as a UTF-8 table"):
        load_facts([path], load())
