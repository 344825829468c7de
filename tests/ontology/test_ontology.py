"""The ontology says what the relation table says, and every word that exports use is in it."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kg import ontology
from kg.errors import RelationError
from kg.identifiers import ONTOLOGY_IRI
from kg.model import ENTITY_TYPES, STATUSES
from kg.ontology import term
from kg.relations import load
from kg.relations.table import parse

TRIPLES = set(ontology.triples())
OWN = {triple.subject for triple in TRIPLES if str(triple.subject).startswith(f"<{ONTOLOGY_IRI}")}


def about(subject: NamedNode) -> set:
    return {triple for triple in TRIPLES if triple.subject == subject}


@pytest.mark.parametrize("relation", load().values(), ids=str)
def test_the_ontology_says_of_each_relation_exactly_what_the_table_says(relation):
    described = set(ontology.describe(relation))
    subjects = {triple.subject for triple in described}
    assert described == {triple for subject in subjects for triple in about(subject)}


def test_the_ontology_has_no_relation_that_the_table_lacks():
    in_table = {triple.subject for relation in load().values() for triple in ontology.describe(relation)}
    in_ontology = {triple.subject for triple in TRIPLES if triple.predicate == term("rdfs:subPropertyOf")}
    assert in_ontology == in_table


def test_every_term_has_an_english_label_and_a_definition():
    named = {node for node in OWN if not node.value.startswith(f"{ONTOLOGY_IRI}list-")}
    for predicate in ("rdfs:label", "skos:definition"):
        having = {t.subject for t in TRIPLES if t.predicate == term(predicate) and t.object.language == "en"}
        assert named <= having


def test_every_entity_type_has_a_class_and_every_status_an_individual():
    assert {term(f"kg:{name}") for name in ENTITY_TYPES} <= OWN
    assert {term(f"kg:{status.capitalize()}") for status in STATUSES} <= OWN


@pytest.mark.parametrize(
    ("types", "name"),
    [
        (["Person"], "Person"),
        (["Organization", "Country"], "CountryOrOrganization"),
        (["Person", "Country", "Country"], "CountryOrPerson"),
        (["Person", "Organization"], "OrganizationOrPerson"),
        (ENTITY_TYPES, "Entity"),
    ],
)
def test_each_set_of_types_is_a_class_of_the_ontology(types, name):
    assert ontology.class_node(types) == term(f"kg:{name}")
    assert term(f"kg:{name}") in OWN


def test_whatever_the_ontology_mentions_of_its_own_it_defines():
    objects = {triple.object for triple in TRIPLES if isinstance(triple.object, NamedNode)}
    assert {node for node in objects if node.value.startswith(ONTOLOGY_IRI)} <= OWN


def test_its_lists_have_names_when_read_and_so_nothing_is_blank():
    assert not any(isinstance(node, BlankNode) for triple in TRIPLES for node in (triple.subject, triple.object))


def test_the_file_is_read_by_rdflib_as_by_pyoxigraph():
    import rdflib

    assert len(rdflib.Graph().parse(data=ontology.text(), format="turtle")) == len(TRIPLES)


OWN_RELATION = """
[hosts-base-of]
label = "hosts a base of"
subject = ["Country"]
object = ["Country", "Organization"]
inverse = "has-base-in"
definition = "The object has a military base in the subject."
close_match = ["wdt:P1535", "https://example.org/hosts"]
"""


def test_a_relation_of_the_users_own_is_described_with_its_inverse():
    own = parse(OWN_RELATION, "own.toml")
    described = list(ontology.describe_new((load() | own).values()))
    said = {(triple.subject, triple.predicate): triple.object for triple in described}
    node, inverse = term("kg:hostsBaseOf"), term("kg:hasBaseIn")
    assert {triple.subject for triple in described} == {node, inverse}
    assert said[node, term("rdfs:label")] == Literal("hosts a base of", language="en")
    assert said[node, term("rdfs:range")] == term("kg:CountryOrOrganization")
    assert said[inverse, term("owl:inverseOf")] == node


@pytest.mark.parametrize("taken", ["status", "Claim", "evidence", "relatedTo"])
def test_a_relation_may_not_take_a_word_that_means_something_else(taken):
    own = parse(f'[own-relation]\nproperty = "{taken}"\n', "own.toml")
    with pytest.raises(RelationError, match=taken):
        list(ontology.describe_new(own.values()))


def test_a_close_match_that_is_no_iri_is_an_error_that_names_the_relation():
    own = parse('[own-relation]\nclose_match = ["not an iri"]\n', "own.toml")
    with pytest.raises(RelationError, match=r"own-relation.*not an iri.*wdt"):
        list(ontology.describe_new(own.values()))
