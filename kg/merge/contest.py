"""Edges that other edges speak against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import Edge

OPPOSITES: tuple[tuple[str, str], ...] = (("ally-of", "foe-of"),)
"""Relations that contradict each other when both are asserted of a pair."""


def contest(edges: Iterable[Edge], opposites: Sequence[tuple[str, str]] = OPPOSITES) -> list[Edge]:
    """The edges, each marked ``contested`` where the same pair is asserted to stand in opposite relations, or the same
    statement is asserted and denied.

    Both sides are marked, whatever their dates: which of them holds today is for the reader to judge.
    """
    edges = list(edges)
    relations: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    statuses: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for edge in edges:
        statuses[edge.subject, edge.relation, edge.object].add(edge.status)
        if edge.status == "asserted":
            relations[frozenset((edge.subject, edge.object))].add(edge.relation)
    rivals = {relation: other for pair in opposites for relation, other in (pair, pair[::-1])}

    def contested(edge: Edge) -> bool:
        both = {"asserted", "denied"} <= statuses[edge.subject, edge.relation, edge.object]
        rival = rivals.get(edge.relation) in relations[frozenset((edge.subject, edge.object))]
        return (edge.status == "asserted" and rival) or (edge.status in ("asserted", "denied") and both)

    return [replace(edge, contested=contested(edge)) for edge in edges]
