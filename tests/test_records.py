"""The JSON records of extractions and claims."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.identifiers import claim_id
from kg.model import Claim, Document, Entity, Evidence, Extraction, Mention, derive_status
from kg.records import claim_to_record, extraction_to_record, record_to_claim, record_to_extraction, to_json

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
maybe = st.none() | words
numbers = st.integers(0, 10**6)
spans = st.tuples(numbers, numbers)
documents = st.builds(
    Document,
    id=words,
    text=words,
    sha256=words,
    title=maybe,
    url=maybe,
    published=maybe,
    publisher=maybe,
    language=maybe,
)
types = st.sampled_from(["Country", "Person", "Organization"])
entities = st.builds(
    Entity, words, types, words, st.lists(words).map(tuple), st.lists(words).map(tuple), iso3=maybe, wikidata=maybe
)
mentions = st.builds(Mention, numbers, numbers, numbers, words, types, words, st.none() | numbers)


@st.composite
def claims(draw: st.DrawFn, document: str) -> Claim:
    subject, relation, object = draw(words), draw(words), draw(words)
    polarity = draw(st.sampled_from(["affirmed", "denied"]))
    modality = draw(st.sampled_from(["factual", "possible", "alleged"]))
    time = draw(st.sampled_from(["current", "ended"]))
    period = draw(maybe)
    evidence = draw(
        st.builds(
            Evidence,
            st.just(document),
            numbers,
            numbers,
            words,
            spans,
            spans,
            st.lists(spans).map(tuple),
            numbers,
            numbers,
        )
    )
    return Claim(
        claim_id(subject, relation, object, derive_status(polarity, modality, time), period),
        subject, relation, object, polarity, modality, time, draw(st.sampled_from(["event", "state"])), period,
        draw(st.integers(0, 100)) / 100, draw(maybe), draw(words), evidence,
    )  # fmt: skip


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    document = draw(documents)
    read = [draw(st.lists(values, max_size=3).map(tuple)) for values in (entities, mentions, claims(document.id))]
    return Extraction(draw(words), document, *read)


TEXT = "Sergei Lavrov said Israel sold drones to Azerbaijan 🛩."
CLAIM = Claim(
    id=claim_id("country/ISR", "sells-arms-to", "country/AZE", "asserted", None),
    subject="country/ISR",
    relation="sells-arms-to",
    object="country/AZE",
    polarity="affirmed",
    modality="factual",
    time="current",
    kind="event",
    period=None,
    confidence=0.93,
    attributed_to="person/sergei-lavrov",
    rule="sells-arms-to:sold-weapons-to",
    evidence=Evidence("news/a1.txt", 0, 54, TEXT, (19, 25), (41, 51), ((26, 30), (31, 37)), 1, 2),
)


@given(extractions())
def test_an_extraction_survives_the_way_through_json(extraction: Extraction) -> None:
    line = to_json(extraction_to_record(extraction))
    assert "\n" not in line
    assert record_to_extraction(json.loads(line)) == extraction


@given(words.flatmap(claims))
def test_a_claim_survives_the_way_through_json(claim: Claim) -> None:
    assert record_to_claim(json.loads(to_json(claim_to_record(claim)))) == claim


def test_a_claim_is_one_flat_record_with_its_derived_status() -> None:
    assert to_json(claim_to_record(CLAIM)) == (
        f'{{"id":"{CLAIM.id}","document":"news/a1.txt","subject":"country/ISR","relation":"sells-arms-to",'
        '"object":"country/AZE","subject_mention":1,"object_mention":2,"triggers":[[26,30],[31,37]],'
        '"status":"asserted","polarity":"affirmed","modality":"factual","time":"current","kind":"event",'
        '"period":null,"confidence":0.93,"start":0,"end":54,'
        f'"sentence":"{TEXT}","subject_span":[19,25],"object_span":[41,51],'
        '"attributed_to":"person/sergei-lavrov","rule":"sells-arms-to:sold-weapons-to"}'
    )


def test_an_extraction_has_the_fields_of_the_contract_in_order() -> None:
    document = Document("news/a1.txt", TEXT, "0" * 64, published="2022-11-21")
    entity = Entity("country/AZE", "Country", "Azerbaijan", metonyms=("Baku",), iso3="AZE", wikidata="Q227")
    record = extraction_to_record(Extraction("kg-en-1", document, (entity,), (), (CLAIM,)))
    assert list(record) == ["schema", "reader", "document", "entities", "mentions", "claims"]
    assert record["entities"][0]["metonyms"] == ["Baku"]
    assert "document" not in record["claims"][0]
    assert record["claims"][0] | {"document": "news/a1.txt"} == claim_to_record(CLAIM)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 2}, "schema is 2"),
        ({"document": {"id": "a"}}, "missing"),
        ({"claims": [{"subject": "country/ISR"}]}, "missing field"),
        ({"mentions": None}, "not iterable"),
    ],
)
def test_a_record_of_another_shape_is_refused_with_the_reason(change: dict[str, object], message: str) -> None:
    record = extraction_to_record(Extraction("kg-en-1", Document("a", "b", "c"), (), (), ()))
    with pytest.raises(SourceError, match=message):
        record_to_extraction(record | change)


def test_a_record_that_is_no_object_is_refused() -> None:
    with pytest.raises(SourceError, match="schema is 'list'"):
        record_to_extraction([])  # type: ignore[arg-type]


def test_a_status_that_its_parts_do_not_give_is_refused() -> None:
    record = claim_to_record(replace(CLAIM, polarity="denied"))
    with pytest.raises(SourceError, match="expected 'denied'"):
        record_to_claim(record | {"status": "asserted"})
