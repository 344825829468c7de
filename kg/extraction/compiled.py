"""The built-in relations as the bundled reader compiles them, kept in the package so that nothing is compiled at start.

``compiled.json`` is made by ``python -m kg.extraction``; a test holds it to what the reader gives today. A
relation that it does not know by its content (a user's own, or a changed one) is compiled when it is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.extraction.fingerprint import canonical
from kg.extraction.patterns import Node, Pattern, compile_patterns
from kg.identifiers import digest
from kg.relations import Relation

if TYPE_CHECKING:
    from spacy.language import Language

FILE = "compiled.json"


def content(relation: Relation) -> str:
    """Sixteen hex digits of all that a relation says."""
    return digest(repr(canonical(relation)))


def load_patterns(relations: Mapping[str, Relation], nlp: Language) -> tuple[Pattern, ...]:
    """The patterns of the relations for the bundled reader ``nlp``, from the package where it has them.

    Raises :class:`~kg.errors.RelationError` for an example that does not compile.
    """
    kept = _kept()
    found: list[Pattern] = []
    for name, relation in relations.items():
        known = kept.get(content(relation))
        found += compile_patterns({name: relation}, nlp) if known is None else known
    return tuple(found)


def to_text(relations: Iterable[Relation], nlp: Language) -> str:
    """What ``compiled.json`` should hold: patterns by the content of their relation; sets of words are stored once."""
    sets: dict[tuple[str, ...], int] = {}

    def number(words: frozenset[str]) -> int:
        return sets.setdefault(tuple(sorted(words)), len(sets))

    def record(pattern: Pattern) -> dict[str, Any]:
        nodes = [
            [node.slot, number(node.lemmas), node.nominal, node.trigger, node.parent, number(node.labels)]
            for node in pattern.nodes
        ]
        shape = {name: getattr(pattern, name) for name in ("relation", "rule", "kind", "polarity", "time")}
        types = {"subject": list(pattern.subject), "object": list(pattern.object)}
        return {**shape, **types, "unless": number(pattern.unless), "nodes": nodes}

    patterns = {content(item): [record(p) for p in compile_patterns({item.id: item}, nlp)] for item in relations}
    rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in patterns.items())
    words = json.dumps([list(key) for key in sets], ensure_ascii=False)
    return f'{{"sets": {words},\n"patterns": {{\n{rows}\n}}}}\n'


@cache
def _kept() -> dict[str, tuple[Pattern, ...]]:
    table = json.loads(files("kg.extraction").joinpath(FILE).read_text("utf-8"))
    sets = [frozenset(words) for words in table["sets"]]
    return {key: tuple(_pattern(item, sets) for item in items) for key, items in table["patterns"].items()}


def _pattern(item: Mapping[str, Any], sets: list[frozenset[str]]) -> Pattern:
    nodes = tuple(
        Node(slot, sets[lemmas], nominal, trigger, parent, sets[labels])
        for slot, lemmas, nominal, trigger, parent, labels in item["nodes"]
    )
    plain: dict[str, Any] = {name: item[name] for name in ("relation", "rule", "kind", "polarity", "time")}
    types: dict[str, Any] = {name: tuple(item[name]) for name in ("subject", "object")}
    return Pattern(nodes=nodes, unless=sets[item["unless"]], **plain, **types)
