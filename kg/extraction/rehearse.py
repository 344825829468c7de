"""Try a relation table out before it is used: what each example becomes, and what each counter-example gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import RelationError
from kg.extraction.patterns import Node, Pattern, compile_example
from kg.relations import Relation
from kg.relations.table import Example

if TYPE_CHECKING:
    from kg.extraction.extractor import Extractor

_SHOWN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One example or counter-example of a relation; ``ok`` unless it does not do what it is there for.

    ``outcome`` is the pattern that an example became, the claims that a counter-example gave, or what is wrong.
    """

    relation: str
    text: str
    counter: bool
    ok: bool
    outcome: str


def rehearse(extractor: Extractor, relations: Iterable[Relation]) -> Iterator[Rehearsal]:
    """Every example and counter-example of ``relations``, which the extractor must have been made with."""
    for relation in relations:
        for example in relation.examples:
            yield _example(extractor, relation, example)
        for text in relation.counter_examples:
            yield _counter_example(extractor, relation, text)


def tree(pattern: Pattern) -> str:
    """A pattern on one line: its words by class, slots in capitals, arcs as ``-label->``.

    "sell|… (-nsubj-> SUBJECT) (-obj-> weapon|…) (-prep:to-> OBJECT)"
    """

    def below(position: int) -> str:
        node = pattern.nodes[position]
        children = [at for at, other in enumerate(pattern.nodes) if other.parent == position]
        arcs = "".join(f" (-{'|'.join(sorted(pattern.nodes[at].labels))}-> {below(at)})" for at in children)
        return _word(node) + arcs

    return below(0)


def _example(extractor: Extractor, relation: Relation, example: Example) -> Rehearsal:
    try:
        pattern = compile_example(relation, example, extractor.nlp(example.text))
    except RelationError as error:
        return Rehearsal(relation.id, example.text, False, False, str(error))
    return Rehearsal(relation.id, example.text, False, True, tree(pattern))


def _counter_example(extractor: Extractor, relation: Relation, text: str) -> Rehearsal:
    try:
        claims = [claim for claim in extractor.find(text).claims if claim.relation == relation.id]
    except RelationError as error:
        return Rehearsal(relation.id, text, True, False, f"not run: {error}")
    said = "; ".join(f"{claim.subject} {claim.relation} {claim.object} by {claim.rule}" for claim in claims)
    return Rehearsal(relation.id, text, True, not claims, said or "no claim")


def _word(node: Node) -> str:
    words = sorted(node.lemmas)
    said = "|".join(words[:_SHOWN_WORDS]) + ("|…" if len(words) > _SHOWN_WORDS else "")
    return node.slot.upper() + (f":{said}" if said else "") if node.slot else said
