"""The vocabulary of the exported graphs: ``kg.ttl`` (OWL), ``shapes.ttl`` (SHACL), and the prefixes all share.

We rejected generating ``kg.ttl``: people read and cite an ontology, so it is a file, and a test holds it to
:func:`describe`. A user's own relation is in no file; exports describe it with the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import RelationError
from kg.identifiers import BASE_IRI, ONTOLOGY_IRI
from kg.model import EntityType
from kg.relations.table import Relation

ONTOLOGY_GRAPH = ONTOLOGY_IRI.rstrip("#")
"""The IRI of the ontology itself, and of the named graph that holds it."""

_STANDARD = {
    "kg": ONTOLOGY_IRI,
    "dct": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_KINDS = ("claim", "country", "document", "evidence", "organization", "person", "reader")


def prefixes(base: str = BASE_IRI) -> dict[str, str]:
    """Every prefix that exports write and queries may use undeclared, with its namespace, sorted."""
    return dict(sorted({**_STANDARD, **{kind: f"{base}{kind}/" for kind in _KINDS}}.items()))


@cache
def term(curie: str) -> NamedNode:
    """The IRI of a CURIE with one of the :func:`prefixes`; a full IRI stays itself.

    >>> term("kg:Claim").value
    'https://w3id.org/kg-from-news/ontology#Claim'
    """
    prefix, _, local = curie.partition(":")
    return NamedNode(prefixes()[prefix] + local if prefix in prefixes() else curie)


def text() -> str:
    """``kg.ttl``, the ontology, in Turtle."""
    return files("kg.ontology").joinpath("kg.ttl").read_text("utf-8")


def shapes() -> str:
    """``shapes.ttl``, the SHACL shapes, in Turtle."""
    return files("kg.ontology").joinpath("shapes.ttl").read_text("utf-8")


@cache
def triples() -> tuple[Triple, ...]:
    """The ontology's triples, in the file's order. The cells of its lists, which are blank there, have names here."""
    cells: dict[BlankNode, NamedNode] = {}

    def named(value: object) -> Any:
        return cells.setdefault(value, term(f"kg:list-{len(cells) + 1}")) if isinstance(value, BlankNode) else value

    quads = parse(text(), format=RdfFormat.TURTLE)
    return tuple(Triple(named(quad.subject), quad.predicate, named(quad.object)) for quad in quads)


def property_node(relation: Relation) -> NamedNode:
    """The property that a relation's plain edges have: ``kg:sellsArmsTo``."""
    return NamedNode(ONTOLOGY_IRI + quote(relation.property, safe="-._~"))


def inverse_node(relation: Relation) -> NamedNode | None:
    """The property of the named inverse, ``kg:buysArmsFrom``, or None where the relation has none."""
    if not relation.inverse:
        return None
    first, *rest = relation.inverse.split("-")
    return NamedNode(ONTOLOGY_IRI + quote(first + "".join(word.capitalize() for word in rest), safe="-._~"))


def describe(relation: Relation) -> Iterator[Triple]:
    """What an ontology says of a relation: label, definition, domain, range, symmetry, inverse, close matches."""
    node, inverse = property_node(relation), inverse_node(relation)
    yield from _property(node, relation.label, relation.definition, relation.subject, relation.object)
    if relation.symmetric:
        yield Triple(node, term("rdf:type"), term("owl:SymmetricProperty"))
    for match in relation.close_match:
        yield Triple(node, term("skos:closeMatch"), _match(relation, match))
    if relation.inverse and inverse:
        definition = f"The inverse of “{relation.label}”."
        label = relation.inverse.replace("-", " ")
        yield from _property(inverse, label, definition, relation.object, relation.subject)
        yield Triple(inverse, term("owl:inverseOf"), node)


def describe_new(relations: Iterable[Relation]) -> Iterator[Triple]:
    """:func:`describe` of the relations that ``kg.ttl`` does not have: those of the user's own.

    Raises :class:`RelationError` for a property that the ontology uses for something else, such as ``kg:status``.
    """
    known = {triple.subject for triple in triples()}
    plain = {triple.subject for triple in triples() if triple.predicate == term("rdfs:subPropertyOf")}
    for relation in sorted(relations, key=lambda relation: relation.id):
        node = property_node(relation)
        if node in known - plain:
            raise RelationError(f"[{relation.id}]: property {relation.property!r} has another meaning in the ontology")
        if node not in known:
            yield from describe(relation)


def class_node(types: Iterable[EntityType]) -> NamedNode:
    """The class of the things that have one of the types.

    >>> class_node(["Organization", "Country"]).value.rsplit("#")[1]
    'CountryOrOrganization'
    """
    names = sorted(set(types))
    return term("kg:Entity" if len(names) > 2 else "kg:" + "Or".join(names))


def _match(relation: Relation, match: str) -> NamedNode:
    try:
        return term(match)
    except ValueError as error:
        valid = ", ".join(prefixes())
        raise RelationError(f"[{relation.id}]: close_match {match!r} is no IRI; prefixes: {valid}") from error


def _property(
    node: NamedNode, label: str, definition: str, domain: Iterable[EntityType], range: Iterable[EntityType]
) -> Iterator[Triple]:
    yield Triple(node, term("rdf:type"), term("owl:ObjectProperty"))
    yield Triple(node, term("rdfs:subPropertyOf"), term("kg:relatedTo"))
    yield Triple(node, term("rdfs:label"), Literal(label, language="en"))
    if definition:
        yield Triple(node, term("skos:definition"), Literal(definition, language="en"))
    yield Triple(node, term("rdfs:domain"), class_node(domain))
    yield Triple(node, term("rdfs:range"), class_node(range))
