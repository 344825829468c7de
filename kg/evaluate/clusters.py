"""B-cubed: how well mentions are grouped into entities within a document (Bagga and Baldwin, 1998).

For every mention found, the share of its group that the annotation groups with it (precision); for every mention
annotated, the share of its group that was found with it (recall). A mention that only one side has counts 0, as in the
reference scorer (Pradhan et al., 2014). Mentions are the same where their spans are; types play no part.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.evaluate.annotations import Annotated
from kg.evaluate.counts import Counts, Measure
from kg.evaluate.names import scored_names
from kg.model import EntityType, Extraction, Span

B_CUBED: Measure = ("clusters", "B-cubed")


def count_clusters(extraction: Extraction, annotated: Annotated, types: frozenset[EntityType]) -> Counts:
    """The sums of B-cubed over the names of one document that are scored."""
    gold = _groups(((name.start, name.end), name.entity) for name in annotated.names or () if name.kind.type)
    found = _groups(((m.start, m.end), m.entity) for m in scored_names(extraction, annotated, types))
    return b_cubed(gold, found)


def b_cubed(gold: dict[Span, frozenset[Span]], found: dict[Span, frozenset[Span]]) -> Counts:
    """The sums over mentions; both map every mention to the group that it is in."""
    common = gold.keys() & found.keys()
    together = {span: len(gold[span] & found[span]) for span in sorted(common)}
    return Counts(
        annotated=len(gold),
        found=len(found),
        right=sum(size / len(found[span]) for span, size in together.items()),
        recalled=sum(size / len(gold[span]) for span, size in together.items()),
    )


def _groups(spans: Iterable[tuple[Span, str]]) -> dict[Span, frozenset[Span]]:
    members: dict[str, set[Span]] = {}
    for span, entity in spans:
        members.setdefault(entity, set()).add(span)
    return {span: frozenset(group) for group in members.values() for span in group}
