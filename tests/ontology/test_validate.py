"""Violations of the shapes as values, and what is said where they cannot be looked for."""

from __future__ import annotations

import sys

import pytest
import rdflib

from kg.errors import ValidationError
from kg.ontology.validate import Violation, find_violations

CLAIM = "https://w3id.org/kg-from-news/claim/1"


def test_each_violation_names_its_node_the_property_and_what_is_wrong():
    pytest.importorskip("pyshacl", reason="needs the extra kg[check]")
    data = f'<{CLAIM}> a <https://w3id.org/kg-from-news/ontology#Country> ; rdfs:label "x"@en .'
    head = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    assert find_violations(rdflib.Graph().parse(data=head + data, format="turtle")) == (
        Violation(
            CLAIM,
            "https://w3id.org/kg-from-news/ontology#iso3",
            "A country has one ISO 3166 code of three letters, or four for a state that is gone.",
        ),
    )


def test_without_pyshacl_the_error_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(
        ValidationError, match=r"'pyshacl', which is not installed; pip install 'kg-from-news\[check\]'"
    ):
        find_violations(rdflib.Graph())
