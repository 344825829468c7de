"""The SHACL shapes accept what kg writes and refuse what is broken."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.identifiers import BASE_IRI

pyshacl = pytest.importorskip("pyshacl", reason="needs the extra kg[check]")

GOOD = """
country:ISR a kg:Country ; rdfs:label "Israel"@en ; kg:iso3 "ISR" ; skos:exactMatch wd:Q801 ;
    kg:sellsArmsTo country:AZE .
country:AZE a kg:Country ; rdfs:label "Azerbaijan"@en ; kg:iso3 "AZE" .
claim:1 a kg:Claim, rdf:Statement ; rdf:subject country:ISR ; rdf:predicate kg:sellsArmsTo ; rdf:object country:AZE ;
    kg:status kg:Asserted ; kg:confidence 0.91 ; kg:support 1 ; kg:contested false ; kg:verdict kg:Unknown ;
    kg:evidence evidence:1 .
evidence:1 a kg:Evidence, oa:SpecificResource ; oa:hasSource document:d ;
    kg:polarity "affirmed" ; kg:modality "factual" ;
    kg:time "current" ; kg:kind "event" ; kg:confidence 0.91 ; kg:rule "sold" ;
    oa:hasSelector evidence:1-quote , evidence:1-position .
evidence:1-quote a oa:TextQuoteSelector ; oa:exact "Israel sold drones." ; oa:prefix "" ; oa:suffix "" .
evidence:1-position a oa:TextPositionSelector ;
    oa:start 0 ; oa:end 19 .
document:d a schema:NewsArticle, prov:Entity ; dct:identifier "d" ; dct:issued "2022-11-21"^^xsd:date .
"""


def report(data: str) -> tuple[bool, str]:
    """Whether the data conforms, and what the validator says."""
    import rdflib

    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in ontology.prefixes(BASE_IRI).items())
    graphs = [
        rdflib.Graph().parse(data=text, format="turtle") for text in (head + data, ontology.shapes(), ontology.text())
    ]
    conforms, _, text = pyshacl.validate(graphs[0], shacl_graph=graphs[1], ont_graph=graphs[2])
    return conforms, text


def test_a_graph_as_kg_writes_it_conforms():
    conforms, text = report(GOOD)
    assert conforms, text


@pytest.mark.parametrize(
    ("right", "wrong", "blamed"),
    [
        ('"Israel"@en', '"Israel"', "label"),
        ('kg:iso3 "ISR"', 'kg:iso3 "Isr"', "iso3"),
        ("wd:Q801", "wd:P801", "exactMatch"),
        ("rdf:object country:AZE", "rdf:object country:NONE", "rdf:object"),
        ("kg:status kg:Asserted", "kg:status kg:Certain", "status"),
        ("kg:contested false ;", "kg:contested false ; kg:status kg:Denied ;", "status"),
        ("kg:confidence 0.91 ; kg:support", "kg:confidence 1.91 ; kg:support", "confidence"),
        ("kg:support 1", "kg:support 0", "support"),
        ("kg:Unknown ;\n    kg:evidence evidence:1 .", "kg:Unknown .", "evidence"),
        ("kg:verdict kg:Unknown ;", "", "verdict"),
        ("kg:Unknown", "kg:Unclear", "verdict"),
        ("kg:evidence evidence:1 .", "kg:evidence document:d .", "evidence"),
        ('kg:polarity "affirmed"', 'kg:polarity "asserted"', "polarity"),
        ("oa:hasSource document:d ;", "", "hasSource"),
        ('oa:exact "Israel sold drones." ;', "", "exact"),
        ("oa:end 19", "oa:end 0", "start"),
        ('oa:prefix ""', f'oa:prefix "{"x" * 33}"', "prefix"),
        ('"2022-11-21"^^xsd:date', '"last week"', "issued"),
    ],
)
def test_a_broken_graph_is_refused_and_the_report_names_what_is_broken(right, wrong, blamed):
    assert GOOD.count(right) == 1
    conforms, text = report(GOOD.replace(right, wrong))
    assert not conforms
    assert blamed in text
