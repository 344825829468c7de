"""Entities of a document: by identifier where the annotation has ours, else by the mentions that they share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.evaluate.alignment import one_to_one, shared
from kg.evaluate.annotations import Annotated, GoldEntity
from kg.evaluate.counts import Verdict
from kg.evaluate.names import named, scored_names
from kg.model import Entity, EntityType, Extraction


def judge_entities(extraction: Extraction, annotated: Annotated) -> Iterator[Verdict]:
    """Verdicts by identifier and type. A missed entity and a wrong one that share a form of their names are one confusion:
    of type, or of identifier."""
    expected = {entity.id: entity for entity in annotated.entities}
    found = {entity.id: entity for entity in extraction.entities}
    yield from (
        Verdict("entities", entity.kind.type, found[name].type, True)
        for name, entity in expected.items()
        if name in found and found[name].type == entity.kind.type
    )
    forms = _forms(extraction)
    wrong = [entity for name, entity in found.items() if name not in expected]
    for entity in annotated.entities:
        if entity.id in found:
            continue
        rival = next((other for other in wrong if forms.get(other.id, set()) & set(entity.forms)), None)
        if rival is not None:
            wrong.remove(rival)
        yield _unequal(entity, rival, extraction.document.id)
    yield from (_unequal(None, entity, extraction.document.id) for entity in wrong)


def judge_aligned(extraction: Extraction, annotated: Annotated, types: frozenset[EntityType]) -> Iterator[Verdict]:
    """Verdicts on entities that share mentions, one to one. One that the annotation leaves open is left out, and so is one of
    ours without a name that is scored."""
    aligned = one_to_one(shared(named(extraction), annotated))
    gold = {entity.id: entity for entity in annotated.entities}
    with_names = {name.entity for name in annotated.names or ()}
    scored = {mention.entity for mention in scored_names(extraction, annotated, types)}
    for entity in extraction.entities:
        match = gold[aligned[entity.id]] if entity.id in aligned else None
        if match is not None and match.kind.type == entity.type:
            yield Verdict("entities", entity.type, entity.type, True)
            continue
        expected = match if match is not None and match.kind.type else None
        found = entity if entity.id in scored else None
        if expected is not None or found is not None:
            yield _unequal(expected, found, extraction.document.id)
    for missed in sorted(with_names - set(aligned.values())):
        if gold[missed].kind.type:
            yield _unequal(gold[missed], None, extraction.document.id)


def _forms(extraction: Extraction) -> dict[str, set[str]]:
    forms: dict[str, set[str]] = {}
    for mention in named(extraction):
        forms.setdefault(mention.entity, set()).add(mention.text)
    return forms


def _unequal(expected: GoldEntity | None, found: Entity | None, document: str) -> Verdict:
    annotated = expected.kind.type if expected else None
    detail: dict[str, Any] = {
        "document": document,
        "annotated": expected and {"id": expected.id, "name": expected.name},
        "found": found and {"id": found.id, "name": found.name},
    }
    differs = "other identifier" if found is not None and found.type == annotated else ""
    return Verdict("entities", annotated, found.type if found else None, False, differs, detail)
