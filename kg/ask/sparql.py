"""A :class:`~kg.ask.question.Question` as SPARQL that runs as it is in ``kg query``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.ask.question import Question, Triple
from kg.identifiers import iri
from kg.model import ENTITY_TYPES, STATUSES
from kg.ontology import prefixes, property_node
from kg.relations import Relation

_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def to_sparql(question: Question, relations: Mapping[str, Relation]) -> str:
    """The query; its solutions bind the variables and ``?claim1``, ``?claim2``, … or, where a question has no variable to
    bind, ``?claim`` alone. A count gives ``?count``."""
    if question.form == "count":
        name = question.variables[0].name if len(question.variables) == 1 else _asked(question)
        return f"SELECT (COUNT(DISTINCT {name}) AS ?count) WHERE {{\n{_lines(_pattern(question, relations))}\n}}"
    if question.form == "list":
        names = [variable.name for variable in question.variables]
        claims = [f"?claim{number}" for number, _ in enumerate(question.triples, 1)]
        head = " ".join([*names, *claims])
        return f"SELECT DISTINCT {head} WHERE {{\n{_lines(_pattern(question, relations))}\n}}"
    speaker = " ?x" if question.form == "speakers" or question.speaker == "?x" else ""
    return f"SELECT DISTINCT ?claim ?status{speaker} WHERE {{\n{_lines(_claims(question, relations))}\n}}"


def of_any_status(question: Question) -> Question:
    """The same question for claims of every status and every year, as a list."""
    triples = tuple(replace(triple, statuses=STATUSES) for triple in question.triples)
    return replace(question, form="list", triples=triples, period=None)


def node(identifier: str) -> str:
    """An entity as SPARQL writes it: ``country:IRN``, or the whole IRI where a prefixed name cannot hold it."""
    kind, _, local = identifier.partition("/")
    return f"{kind}:{local}" if kind in prefixes() and _LOCAL.fullmatch(local) else f"<{iri(identifier)}>"


def _asked(question: Question) -> str:
    """The variable that a question with several asks for: the first one made."""
    return min(variable.name for variable in question.variables)


def _pattern(question: Question, relations: Mapping[str, Relation]) -> Iterator[str]:
    for variable in question.variables:
        if len(variable.types) == 1:
            yield f"{variable.name} a kg:{variable.types[0]} ."
        elif len(variable.types) < len(ENTITY_TYPES):
            kinds = " ".join(f"kg:{kind}" for kind in variable.types)
            yield f"{variable.name} a {variable.name}Type . VALUES {variable.name}Type {{ {kinds} }}"
    for number, triple in enumerate(question.triples, 1):
        yield from _triple(triple, f"?claim{number}", relations[triple.relation])
        yield from _status(triple, f"?claim{number}")
        yield from _period(question.period, f"?claim{number}")


def _claims(question: Question, relations: Mapping[str, Relation]) -> Iterator[str]:
    """The patterns of a question without a variable to bind: every claim that bears on it."""
    if question.triples:
        for number, triple in enumerate(question.triples):
            yield "{" if number == 0 else "UNION {"
            yield from (f"  {line}" for line in _triple(triple, "?claim", relations[triple.relation]))
            yield "}"
    if question.topics:
        yield f"?claim rdf:subject|rdf:object {', '.join(node(topic) for topic in question.topics)} ."
    yield "?claim kg:status ?status ."
    if question.speaker or question.form == "speakers":
        who = node(question.speaker) if question.speaker and question.speaker != "?x" else "?x"
        yield f"?claim kg:evidence/prov:wasAttributedTo {who} ."
    yield from _period(question.period, "?claim")


def _triple(triple: Triple, claim: str, relation: Relation) -> Iterator[str]:
    ends = [end if end.startswith("?") else node(end) for end in (triple.subject, triple.object)]
    said = f"{claim} rdf:predicate <{property_node(relation).value}>"
    if _LOCAL.fullmatch(relation.property):
        said = f"{claim} rdf:predicate kg:{relation.property}"
    if not relation.symmetric:
        yield f"{said} ; rdf:subject {ends[0]} ; rdf:object {ends[1]} ."
        return
    yield f"{said} ; rdf:subject|rdf:object {ends[0]}, {ends[1]} ."
    if any(end.startswith("?") for end in ends):
        yield f"FILTER({ends[0]} != {ends[1]})"


def _status(triple: Triple, claim: str) -> Iterator[str]:
    if len(triple.statuses) == len(STATUSES):
        return
    wanted = [f"kg:{status.capitalize()}" for status in triple.statuses]
    if len(wanted) == 1:
        yield f"{claim} kg:status {wanted[0]} ."
    else:
        yield f"{claim} kg:status {claim}Status . VALUES {claim}Status {{ {' '.join(wanted)} }}"


def _period(period: str | None, claim: str) -> Iterator[str]:
    """Claims whose period meets the interval; those that state none, by the year of an article that makes them."""
    if period is None:
        return
    first, _, last = period.partition("/")
    yield f"OPTIONAL {{ {claim} kg:period {claim}Period }}"
    yield f"OPTIONAL {{ {claim} kg:evidence/oa:hasSource/dct:issued {claim}Issued }}"
    yield f'BIND(COALESCE(STRBEFORE({claim}Period, "/"), SUBSTR(STR({claim}Issued), 1, 4), "") AS {claim}From)'
    yield f'BIND(COALESCE(STRAFTER({claim}Period, "/"), SUBSTR(STR({claim}Issued), 1, 4), "") AS {claim}To)'
    yield f'FILTER({claim}From != "")'
    if last != "..":
        yield f'FILTER({claim}From = ".." || {claim}From <= "{last}")'
    if first != "..":
        yield f'FILTER({claim}To = ".." || {claim}To >= "{first}")'


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(f"  {line}" for line in lines)
