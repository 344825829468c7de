"""Extractions written by hand: what the program is taken to have found in a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import pytest

from kg.evaluate import Annotated
from kg.evaluate.annotations import GoldEntity, GoldName, GoldPair, Kind
from kg.model import Claim, Document, Entity, EntityType, Evidence, Extraction, Mention

Found = Sequence[tuple[str, str, str]]
"""(text of the mention, type, entity); a text that occurs twice is given twice, in order."""
Finder = Callable[..., Extraction]
Annotator = Callable[..., Annotated]


@pytest.fixture
def found_in() -> Finder:
    """Makes an extraction: the text, mentions, and claims as (subject, relation, object)."""

    def make(text: str, found: Found, claims: Sequence[tuple[str, str, str]] = (), id: str = "a") -> Extraction:
        at = 0
        mentions: list[Mention] = []
        for number, (form, type, entity) in enumerate(found):
            at = text.index(form, at)
            mentions.append(Mention(number, at, at + len(form), form, cast(EntityType, type), entity))
            at += len(form)
        entities = {m.entity: Entity(m.entity, m.type, m.text) for m in mentions}
        made = tuple(_claim(number, text, id, *claim) for number, claim in enumerate(claims))
        return Extraction(
            "test", Document(id, text, "0" * 64), tuple(entities[e] for e in sorted(entities)), tuple(mentions), made
        )

    return make


@pytest.fixture
def annotated() -> Annotator:
    """Makes annotations with offsets: the text, names as (text, type or "", entity), and pairs."""

    def make(
        text: str,
        names: Found,
        pairs: Sequence[tuple[str, str, str]] | None = None,
        scheme: str = "dwie",
        allows: frozenset[EntityType] = frozenset({"Country"}),
        id: str = "a",
    ) -> Annotated:
        at = 0
        gold: list[GoldName] = []
        for form, type, entity in names:
            at = text.index(form, at)
            kind = Kind(cast(EntityType, type)) if type else Kind(None, allows)
            gold.append(GoldName(at, at + len(form), kind, entity))
            at += len(form)
        entities = {name.entity: GoldEntity(name.entity, name.kind, text[name.start : name.end]) for name in gold}
        return Annotated(
            id,
            text,
            tuple(entities.values()),
            tuple(gold),
            grouped=True,
            pairs=None if pairs is None else tuple(GoldPair(*pair) for pair in pairs),
            scheme=scheme,
        )

    return make


def _claim(number: int, text: str, document: str, subject: str, relation: str, object: str) -> Claim:
    evidence = Evidence(document, 0, len(text), text, (0, 1), (1, 2), (), 0, 0)
    return Claim(
        f"claim/{number}",
        subject,
        relation,
        object,
        "affirmed",
        "factual",
        "current",
        "state",
        None,
        0.9,
        None,
        "rule",
        evidence,
    )
