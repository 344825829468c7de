"""Claims to edges: order-free, idempotent, by parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import claim_id
from kg.merge import merge, rename
from kg.merge.contest import OPPOSITES
from kg.merge.corroboration import CEILING
from kg.model import Claim, Document, Edge, Evidence, derive_status
from kg.relations import load

RELATIONS = load()
SYMMETRIC = {name for name, relation in RELATIONS.items() if relation.symmetric}


def claim(
    subject: str = "country/ISR",
    relation: str = "sells-arms-to",
    object: str = "country/AZE",
    *,
    document: str = "a",
    start: int = 0,
    sentence: str | None = None,
    confidence: float = 0.8,
    polarity: str = "affirmed",
    modality: str = "factual",
    time: str = "current",
    period: str | None = None,
    by: str | None = None,
    rule: str = "r",
) -> Claim:
    if relation in SYMMETRIC:
        subject, object = sorted((subject, object))
    status = derive_status(polarity, modality, time)  # type: ignore[arg-type]
    words = sentence or f"Sentence {start} of {document}."
    evidence = Evidence(document, start, start + len(words), words, (1, 2), (3, 4), ((5, 6),), 0, 1)
    return Claim(
        claim_id(subject, relation, object, status, period), subject, relation, object,
        polarity, modality, time, "state", period, confidence, by, rule, evidence,
    )  # type: ignore[arg-type]  # fmt: skip


ENDS = ["country/AZE", "country/ISR", "person/lapid", "person/yair-lapid"]
claims = st.builds(
    claim,
    st.sampled_from(ENDS[:2]),
    st.sampled_from(["ally-of", "foe-of", "sells-arms-to"]),
    st.sampled_from(ENDS[2:]),
    document=st.sampled_from("abcd"),
    start=st.sampled_from([0, 50]),
    sentence=st.sampled_from([None, "The same sentence.", "the SAME sentence"]),
    confidence=st.integers(0, 100).map(lambda n: n / 100),
    polarity=st.sampled_from(["affirmed", "denied"]),
    modality=st.sampled_from(["factual", "possible"]),
    time=st.sampled_from(["current", "ended"]),
    period=st.sampled_from([None, "1983/1991"]),
    by=st.sampled_from([None, "person/lapid"]),
    rule=st.sampled_from("rs"),
)
DOCUMENTS = {
    "a": Document("a", "", "a"),
    "b": Document("b", "", "b"),
    "c": Document("c", "", "c", url="https://example.org/1"),
    "d": Document("d", "", "d", url="https://example.org/1"),
}
CANONICAL = {(document, "person/lapid"): "person/yair-lapid" for document in "abcd"}


def merged(*claims: Claim) -> tuple[Edge, ...]:
    return merge(claims, DOCUMENTS, RELATIONS)


def again(edges: tuple[Edge, ...]) -> list[Claim]:
    return [claim for edge in edges for claim in edge.claims]


@given(st.lists(claims), st.randoms(use_true_random=False))
def test_order_does_not_matter(given_claims: list[Claim], random: object) -> None:
    shuffled = list(given_claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled, DOCUMENTS, RELATIONS, CANONICAL) == merge(given_claims, DOCUMENTS, RELATIONS, CANONICAL)


@given(st.lists(claims))
def test_merging_twice_changes_nothing(given_claims: list[Claim]) -> None:
    edges = merge(given_claims, DOCUMENTS, RELATIONS, CANONICAL)
    assert merge(again(edges), DOCUMENTS, RELATIONS, CANONICAL) == edges
    assert merge(given_claims * 2, DOCUMENTS, RELATIONS, CANONICAL) == edges


@given(st.lists(claims), st.lists(claims))
def test_merging_by_parts_gives_the_same_edges(one: list[Claim], other: list[Claim]) -> None:
    parts = [*again(merged(*one)), *again(merged(*other))]
    assert merged(*parts) == merged(*one, *other)


@given(st.lists(claims))
def test_edges_are_sorted_and_keep_every_statement_and_sentence(given_claims: list[Claim]) -> None:
    edges = merged(*given_claims)
    keys = [(e.subject, e.relation, e.object, e.status, e.period or "") for e in edges]
    assert keys == sorted(set(keys))
    kept = {(c.id, c.evidence.document, c.evidence.start, c.evidence.end) for c in again(edges)}
    assert kept == {(c.id, c.evidence.document, c.evidence.start, c.evidence.end) for c in given_claims}
    for edge in edges:
        assert {claim.id for claim in edge.claims} == {edge.id}
        assert 1 <= edge.support <= len({claim.evidence.document for claim in edge.claims})
        assert 0 <= edge.confidence <= CEILING


@given(st.lists(claims, min_size=1), claims)
def test_a_further_claim_never_makes_an_edge_less_sure(given_claims: list[Claim], further: Claim) -> None:
    # A sentence that ties two sources together may: they are then known to be copies. So it is a sentence of its own.
    further = replace(further, evidence=replace(further.evidence, sentence="A sentence of its own.", document="e"))
    before = {edge.id: edge.confidence for edge in merged(*given_claims)}
    after = {edge.id: edge.confidence for edge in merged(*given_claims, further)}
    assert all(after[identifier] >= confidence for identifier, confidence in before.items())


WIRE = "Ankara sold two dozen drones to Kyiv on Monday, officials in the Turkish capital told reporters."


@pytest.mark.parametrize(
    ("sources", "confidence", "support"),
    [
        ([("a", 0, None, 0.8)], 0.8, 1),
        ([("a", 0, None, 0.8), ("b", 0, None, 0.5)], 0.9, 2),
        ([("a", 0, None, 0.8), ("a", 50, None, 0.5)], 0.8, 1),
        ([("a", 0, "Israel sold arms.", 0.8), ("b", 9, "ISRAEL  sold arms", 0.5)], 0.8, 1),
        ([("c", 0, None, 0.8), ("d", 0, None, 0.5)], 0.8, 1),
        ([("a", 0, None, 0.95), ("b", 0, None, 0.95)], 0.99, 2),
        ([("a", 0, None, 1.0)], 0.99, 1),
        ([("a", 0, None, 0.0), ("b", 0, None, 0.0)], 0.0, 2),
        ([("a", 0, WIRE, 0.8), ("b", 0, WIRE.replace("Monday", "Tuesday"), 0.5)], 0.8, 1),
        ([("a", 0, WIRE, 0.8), ("b", 0, WIRE.split(",")[0], 0.5)], 0.9, 2),
        ([("a", 0, "Chad sold arms to Niger.", 0.8), ("b", 0, "Chad sold arms to Nigeria.", 0.5)], 0.9, 2),
        ([("a", 0, "One.", 0.5), ("a", 50, "Two.", 0.5), ("b", 0, "one", 0.5), ("e", 0, "two", 0.5)], 0.5, 1),
    ],
)
def test_independent_sources_add_up_and_copies_count_once(
    sources: list[tuple[str, int, str | None, float]], confidence: float, support: int
) -> None:
    (edge,) = merged(*(claim(document=d, start=s, sentence=t, confidence=c) for d, s, t, c in sources))
    assert (edge.confidence, edge.support) == (confidence, support)


def test_of_the_same_claim_in_the_same_sentence_the_most_confident_stays() -> None:
    (edge,) = merged(claim(confidence=0.6, rule="a"), claim(confidence=0.9, rule="z"), claim(confidence=0.9, rule="b"))
    assert [(c.confidence, c.rule) for c in edge.claims] == [(0.9, "b")]


def test_statuses_and_periods_are_edges_of_their_own() -> None:
    others = claim(time="ended"), claim(modality="possible"), claim(period="1983"), claim(polarity="denied")
    edges = merged(claim(), *others)
    assert [(edge.status, edge.period) for edge in edges] == [
        ("asserted", None), ("asserted", "1983"), ("denied", None), ("ended", None), ("possible", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given_claims", "contested"),
    [
        ([claim(relation="ally-of"), claim(relation="foe-of")], ["ally-of", "foe-of"]),
        ([claim(relation="ally-of"), claim(relation="foe-of", time="ended")], []),
        ([claim(relation="ally-of"), claim(relation="foe-of", modality="possible")], []),
        ([claim(relation="ally-of"), claim(relation="sells-arms-to")], []),
        ([claim(relation="ally-of"), claim("country/ARM", "foe-of")], []),
        ([claim(), claim(polarity="denied", document="b")], ["sells-arms-to", "sells-arms-to"]),
        ([claim(), claim(polarity="denied", period="1983")], ["sells-arms-to", "sells-arms-to"]),
        ([claim(), claim("country/AZE", object="country/ISR", polarity="denied")], []),
        ([claim(modality="possible"), claim(polarity="denied")], []),
    ],
)
def test_contradicting_edges_are_contested_and_no_others(given_claims: list[Claim], contested: list[str]) -> None:
    edges = merged(*given_claims)
    assert sorted(edge.relation for edge in edges if edge.contested) == contested


def test_the_opposites_are_relations_of_the_table() -> None:
    assert {relation for pair in OPPOSITES for relation in pair} <= RELATIONS.keys()


def test_claims_of_relations_that_the_table_lacks_are_left_out() -> None:
    assert merged(claim(relation="trades-with")) == ()


def test_renaming_makes_the_claim_identifier_anew() -> None:
    (new,) = rename([claim("person/lapid", "leads", "country/ISR", by="person/lapid")], CANONICAL, SYMMETRIC)
    assert new.id == claim_id("person/yair-lapid", "leads", "country/ISR", "asserted", None)
    assert (new.subject, new.attributed_to) == ("person/yair-lapid", "person/yair-lapid")


def test_renaming_turns_a_symmetric_claim_with_its_spans_and_mentions() -> None:
    old = claim("organization/b", "ally-of", "organization/c")
    (new,) = rename([old], {("a", "organization/c"): "organization/a"}, SYMMETRIC)
    assert (new.subject, new.object) == ("organization/a", "organization/b")
    assert (new.evidence.subject_span, new.evidence.object_span) == ((3, 4), (1, 2))
    assert (new.evidence.subject_mention, new.evidence.object_mention) == (1, 0)
    assert new.id == claim_id("organization/a", "ally-of", "organization/b", "asserted", None)


def test_renaming_keeps_the_direction_of_other_relations() -> None:
    old = claim("organization/b", "sells-arms-to", "organization/c")
    (new,) = rename([old], {("a", "organization/c"): "organization/a"}, SYMMETRIC)
    assert (new.subject, new.object) == ("organization/b", "organization/a")
    assert new.evidence == old.evidence


def test_one_identifier_may_mean_two_in_two_documents() -> None:
    claims = [claim("person/john-smith", "leads", "country/ISR", document=document) for document in "ab"]
    edges = merge(claims, DOCUMENTS, RELATIONS, {("b", "person/john-smith"): "person/john-smith-houston"})
    assert [edge.subject for edge in edges] == ["person/john-smith", "person/john-smith-houston"]


def test_a_claim_about_one_entity_twice_is_dropped() -> None:
    assert merge([claim("person/lapid", "ally-of", "person/yair-lapid")], DOCUMENTS, RELATIONS, CANONICAL) == ()
