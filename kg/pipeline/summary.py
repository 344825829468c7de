"""What a build did, in numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.model import ENTITY_TYPES, STATUSES, EntityType, Status
from kg.pipeline.plan import Plan
from kg.sources import Problem


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """Documents by what became of them in this build, and what the graph holds after it.

    ``removed`` counts documents that are gone from the graph. ``entities`` counts by type, ``claims`` by relation and
    status, both in the order of their tables; what does not occur is left out. ``problems`` is what was skipped.
    """

    new: int
    changed: int
    unchanged: int
    removed: int
    entities: Mapping[EntityType, int]
    claims: Mapping[str, Mapping[Status, int]]
    problems: tuple[Problem, ...]
    page: Path

    @property
    def documents(self) -> int:
        """How many documents of the sources the graph was made from."""
        return self.new + self.changed + self.unchanged

    def to_json(self) -> str:
        """For the ledger's table of runs."""
        numbers = {"new": self.new, "changed": self.changed, "unchanged": self.unchanged, "removed": self.removed}
        return json.dumps(
            {**numbers, "entities": self.entities, "claims": self.claims, "problems": [str(p) for p in self.problems]},
            ensure_ascii=False,
        )


def summarize(graph: KnowledgeGraph, plan: Plan, page: Path) -> BuildSummary:
    """The summary of a build that followed the plan and made the graph."""
    types = Counter(entity.type for entity in graph.entities.values())
    claims = Counter((edge.relation, edge.status) for edge in graph.edges for _ in edge.claims)
    return BuildSummary(
        new=len(plan.pending.keys() - plan.before),
        changed=len(plan.pending.keys() & plan.before),
        unchanged=len(plan.unchanged),
        removed=len(plan.removed),
        entities={name: types[name] for name in ENTITY_TYPES if types[name]},
        claims={
            relation: {status: claims[relation, status] for status in STATUSES if claims[relation, status]}
            for relation in graph.relations
            if any(claims[relation, status] for status in STATUSES)
        },
        problems=tuple(sorted(plan.problems, key=lambda problem: (problem.where, problem.reason))),
        page=page,
    )
