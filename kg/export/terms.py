"""Values of the model as RDF terms: whatever the value, the term is valid in every RDF format but RDF/XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.export.characters import encodable
from kg.identifiers import BASE_IRI, document_iri_part, iri
from kg.ontology import term

Term = NamedNode | Literal | Triple
Node = Callable[[str], NamedNode]


def about(subject: NamedNode, *pairs: tuple[str, Term | None]) -> Iterator[Triple]:
    """The triples of a subject, each once; None says nothing."""
    for predicate, value in dict.fromkeys(pairs):
        if value is not None:
            yield Triple(subject, term(predicate), value)


def resource(identifier: str, base: str = BASE_IRI) -> NamedNode:
    """The node of an identifier; whatever an IRI cannot hold is percent-encoded."""
    return NamedNode(iri(_percent(encodable(identifier)), base))


def resource_of_document(document: str, node: Node = resource) -> NamedNode:
    """The node of a document, whose identifier may be any string."""
    return node(document_iri_part(encodable(document)))


def text(value: str | None) -> Literal | None:
    """A string; lone surrogates become U+FFFD."""
    return None if value is None else Literal(encodable(value))


def english(value: str) -> Literal:
    """A string in English."""
    return Literal(encodable(value), language="en")


def decimal(number: float) -> Literal:
    """An ``xsd:decimal`` of at most six places in its canonical form ("0.9", "1"), which every store keeps as it is."""
    digits = f"{number:.6f}".rstrip("0").rstrip(".")
    return Literal(digits, datatype=term("xsd:decimal"))


def issued(value: str | None) -> Literal | None:
    """A date as ``xsd:date``; what is no full date is not exported as one, nor as anything else."""
    try:
        return Literal(date.fromisoformat(value or "").isoformat(), datatype=term("xsd:date"))
    except ValueError:
        return None


def link(url: str | None) -> Term | None:
    """A web address as IRI; any other is a string, so that no reader of the data follows it."""
    if url is None:
        return None
    if url.startswith(("http://", "https://")):
        try:
            return NamedNode(_percent(quote(encodable(url), safe="/:?#@!$&'()*+,;=~%[]")))
        except ValueError:
            pass
    return text(url)


def _percent(text: str) -> str:
    """The text with each ``%`` that begins no percent-encoded octet encoded itself."""
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
