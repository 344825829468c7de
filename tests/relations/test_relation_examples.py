"""Every built-in example compiles to a pattern that finds what the example says; every counter-example gives nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import RelationError
from kg.extraction import Extractor
from kg.extraction.enhance import enhance
from kg.extraction.graph import sentence_graph
from kg.extraction.matcher import Anchor, find_matches
from kg.extraction.patterns import compile_example, compile_patterns, index_by_lemma
from kg.extraction.syntax import span_root
from kg.model import Document
from kg.relations import Example, Relation, load, slot_of

if TYPE_CHECKING:
    from spacy.language import Language

EXAMPLES = [(relation, example) for relation in load().values() for example in relation.examples]
WEAK = {
    "A spokesman for the president of Israel, Jane Roe, spoke.": "an apposition behind two nouns goes to the nearer",
}
COUNTER_EXAMPLES = [
    pytest.param(relation.id, text, marks=[pytest.mark.xfail(strict=True, reason=WEAK[text])] if text in WEAK else [])
    for relation in load().values()
    for text in relation.counter_examples
]


def triples(extractor: Extractor, text: str) -> set[tuple[str, str, str, str]]:
    extraction = next(extractor.extract([Document("d", text, "0")]))
    return {(claim.relation, claim.subject, claim.object, claim.status) for claim in extraction.claims}


@pytest.mark.parametrize(("relation", "example"), EXAMPLES, ids=[f"{r.id}: {e.text}" for r, e in EXAMPLES])
def test_an_example_compiles_to_a_pattern_that_matches_itself(
    nlp: Language, relation: Relation, example: Example
) -> None:
    doc = nlp(example.text)
    pattern = compile_example(relation, example, doc)
    assert pattern.relation == relation.id and pattern.rule.startswith(f"{relation.id}:")
    assert {node.slot for node in pattern.nodes} >= {"subject", "object"}
    assert all(node.parent < number for number, node in enumerate(pattern.nodes))
    anchors = {}
    for name, start, end in example.marks:
        if slot := slot_of(name):
            span = doc.char_span(start, end, alignment_mode="expand")
            assert span is not None
            kind = getattr(pattern, slot)[0]
            anchors[span_root(doc, span.start, span.end).i] = [Anchor(len(anchors), slot, kind)]
    types = {token: found[0].type for token, found in anchors.items()}
    graph = enhance(sentence_graph(next(iter(doc.sents)), types))
    matches = list(find_matches(graph, anchors, index_by_lemma([pattern])))
    assert ("subject", "object") in {(match.subject.entity, match.object.entity) for match in matches}


def known(text: str) -> str:
    """With an organization that the gazetteer knows in the place of one that it does not."""
    return text.replace("Oxfam", "NATO")


@pytest.mark.parametrize(("relation", "example"), EXAMPLES, ids=[f"{r.id}: {e.text}" for r, e in EXAMPLES])
def test_an_example_read_as_a_text_makes_its_claim(extractor: Extractor, relation: Relation, example: Example) -> None:
    text = known(example.text)
    extraction = next(extractor.extract([Document("d", text, "0")]))
    ends = {}
    for name, start, end in example.marks:
        if slot := slot_of(name):
            at = len(known(example.text[:start]))
            last = at + len(known(example.text[start:end]))
            ends[slot] = {m.entity for m in extraction.mentions if at <= m.start and m.end <= last}
    found = {(claim.subject, claim.object) for claim in extraction.claims if claim.relation == relation.id}
    expected = {(s, o) for s in ends["subject"] for o in ends["object"]}
    both_ways = expected | ({(o, s) for s, o in expected} if relation.symmetric else set())
    assert found & both_ways


@pytest.mark.parametrize(("relation", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_makes_no_claim_of_its_relation(extractor: Extractor, relation: str, text: str) -> None:
    assert [triple for triple in triples(extractor, text) if triple[0] == relation] == []


def test_compiled_twice_the_patterns_are_the_same_and_each_once(nlp: Language) -> None:
    first, second = compile_patterns(load(), nlp), compile_patterns(load(), nlp)
    assert first == second and len(set(first)) == len(first) > 100


OWN = """
[hosts]
subject = ["Country"]
object = ["Organization"]
examples = ["<subject:Austria> <host:hosts> <object:Oxfam>."]
[hosts.lexicon]
host = ["host", "accommodate"]
"""


def test_one_example_of_a_users_relation_finds_it_in_other_words(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    own = Extractor(relations=[path])
    expected = ("hosts", "country/CHE", "organization/international-committee-of-the-red-cross")
    for text, status in [
        ("Switzerland accommodated the Red Cross.", "asserted"),
        ("The Red Cross is hosted by Switzerland.", "asserted"),
        ("Switzerland, which hosts the Red Cross, agreed.", "asserted"),
        ("Switzerland did not host the Red Cross.", "denied"),
        ("Switzerland plans to host the Red Cross.", "possible"),
        ("Switzerland no longer hosts the Red Cross.", "ended"),
    ]:
        assert [triple for triple in triples(own, text) if triple[0] == "hosts"] == [(*expected, status)], text
    assert "hosts" not in {triple[0] for triple in triples(own, "Switzerland praised the Red Cross.")}


def test_an_example_whose_marks_stand_in_two_sentences_is_an_error_that_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[hosts]\nexamples = ["<subject:Austria> is small. <object:Oxfam> is large."]', "utf-8")
    with pytest.raises(RelationError, match=r"\[hosts\]: the reader does not connect the marks .*'Austria is small"):
        _ = Extractor(relations=[path]).rules
