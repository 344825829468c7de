"""Annotated sentences as arrays: what the scorer sees, and what it should say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import ReaderError
from kg.extraction.candidates import matches_of
from kg.extraction.linking import Reference
from kg.extraction.pairs import RELATIONS, SYMMETRIC, Floats, Integers, Pairs, match_certainties, pairs_of
from kg.extraction.train.annotations import Annotated, Marked
from kg.model import STATUSES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from kg.extraction.extractor import Extractor
    from kg.relations import Relation

IGNORED = -100
"""The status or trigger of a pair that has none."""


@dataclass(frozen=True, slots=True)
class Example:
    """``targets`` and ``weights`` P×R (a weight of 0 leaves a cell open), ``statuses`` and ``triggers`` P.

    ``entities`` is the entity of each mention, by number; ``said`` are its claims as (subject entity, relation, object
    entity, status), ordered by entity in symmetric relations.
    """

    id: str
    pairs: Pairs
    targets: Floats
    weights: Floats
    statuses: Integers
    triggers: Integers
    entities: tuple[int, ...]
    said: frozenset[tuple[int, str, int, str]]


def to_examples(extractor: Extractor, sentences: Iterable[Annotated]) -> Iterator[Example]:
    """An example for every annotated sentence that has a pair of mentions."""
    for item in sentences:
        example = _example(extractor, item)
        if example is not None:
            yield example


def _example(extractor: Extractor, item: Annotated) -> Example | None:
    doc = extractor.nlp(item.text)
    sentence = doc[0 : len(doc)]
    mentions = [_reference(doc, mark) for mark in item.mentions]
    matches = [match for part in doc.sents for match in matches_of(part, mentions, extractor.rules)]
    rows = {number: number for number in range(len(mentions))}
    pairs = pairs_of(sentence, mentions, match_certainties(matches, rows), np.asarray(doc.tensor))
    if pairs is None:
        return None
    targets = np.zeros((len(pairs.subjects), len(RELATIONS)), np.float32)
    statuses, triggers = (np.full(len(pairs.subjects), IGNORED, np.int64) for _ in range(2))
    row_of = {(s, o): row for row, (s, o) in enumerate(zip(pairs.subjects, pairs.objects, strict=True))}
    for claim in item.claims:
        ends = [(claim.subject, claim.object)]
        if claim.relation in SYMMETRIC:
            ends.append((claim.object, claim.subject))
        for row in (row_of[end] for end in ends if end in row_of):
            targets[row, RELATIONS.index(claim.relation)] = 1
            statuses[row] = STATUSES.index(claim.status)
            if claim.trigger is not None:
                triggers[row] = _token_at(sentence, claim.trigger)
    entities = tuple(mark.entity for mark in item.mentions)
    weights = _weights(pairs, mentions, targets, extractor.relations)
    return Example(item.id, pairs, targets, weights, statuses, triggers, entities, frozenset(_said(item)))


def _reference(doc: Doc, mark: Marked) -> Reference:
    span = doc.char_span(mark.start, mark.end, alignment_mode="expand")
    if span is None:
        raise ReaderError(f"a mark at {mark.start} covers no word of {doc.text!r}")
    return Reference(span.start, span.end, mark.type, str(mark.entity), 1.0, mark.by_name)


def _token_at(sentence: Span, offset: int) -> int:
    return next((t.i - sentence.start for t in sentence if t.idx <= offset < t.idx + len(t)), IGNORED)


def _weights(pairs: Pairs, mentions: list[Reference], targets: Floats, relations: dict[str, Relation]) -> Floats:
    """0 where the types rule the relation out, and where other mentions of the same two entities state it."""
    weights = np.zeros_like(targets)
    ends = list(zip(pairs.subjects, pairs.objects, strict=True))
    stated = {
        (mentions[s].entity, mentions[o].entity, int(column))
        for row, (s, o) in enumerate(ends)
        for column in np.flatnonzero(targets[row])
    }
    for row, (s, o) in enumerate(ends):
        for column, name in enumerate(RELATIONS):
            allowed = mentions[s].type in relations[name].subject and mentions[o].type in relations[name].object
            elsewhere = (mentions[s].entity, mentions[o].entity, column) in stated and not targets[row, column]
            weights[row, column] = float(allowed and not elsewhere)
    return weights


def _said(item: Annotated) -> Iterator[tuple[int, str, int, str]]:
    for claim in item.claims:
        ends = item.mentions[claim.subject].entity, item.mentions[claim.object].entity
        one, other = sorted(ends) if claim.relation in SYMMETRIC else ends
        if one != other:
            yield one, claim.relation, other, claim.status
