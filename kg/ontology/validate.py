"""Validate a graph against the SHACL shapes. Slow (8 ms a claim), so never part of a build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import ontology
from kg.errors import ValidationError

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What breaks a shape: the node, the property where the shape is about one (else ""), and what is wrong."""

    node: str
    path: str
    message: str


def find_violations(graph: rdflib.Graph) -> tuple[Violation, ...]:
    """Every result of validating the graph against ``shapes.ttl`` with the classes of ``kg.ttl``, sorted.

    Raises :class:`kg.errors.ValidationError` when pyshacl (extra ``check``) is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise ValidationError(
            "SHACL validation needs the package 'pyshacl', which is not installed; pip install 'kg-from-news[check]'"
        ) from error
    import rdflib
    from rdflib.namespace import RDF, SH

    words, shapes = (rdflib.Graph().parse(data=text, format="turtle") for text in (ontology.text(), ontology.shapes()))
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=words)
    return tuple(
        sorted(
            Violation(
                node=str(results.value(result, SH.focusNode)),
                path=str(results.value(result, SH.resultPath) or ""),
                message="; ".join(sorted(map(str, results.objects(result, SH.resultMessage)))),
            )
            for result in results.subjects(RDF.type, SH.ValidationResult)
        )
    )
