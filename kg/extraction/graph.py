"""A sentence as a graph of who does what to whom, on which relation patterns are matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.syntax import after_attitude, base_arcs

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


@dataclass(frozen=True, slots=True)
class Link:
    """An arc as seen from one end; ``certainty`` in (0, 1] is below 1 where the arc was inferred."""

    label: str
    token: int
    certainty: float


@dataclass(slots=True)
class SentenceGraph:
    """Arcs by head and by dependent. ``anchored`` are the token indices that stand for a mention, with its type (empty
    where it is not known), ``groups`` those of
    them that stand for several ("both countries")."""

    sentence: Span
    anchored: Mapping[int, str]
    groups: frozenset[int] = frozenset()
    down: dict[int, list[Link]] = field(default_factory=lambda: defaultdict(list))
    up: dict[int, list[Link]] = field(default_factory=lambda: defaultdict(list))

    def add(self, head: int, label: str, dependent: int, certainty: float = 1.0) -> None:
        """Add an arc; of two equal arcs the first one stays."""
        if all((link.label, link.token) != (label, dependent) for link in self.down[head]):
            self.down[head].append(Link(label, dependent, certainty))
            self.up[dependent].append(Link(label, head, certainty))

    def drop(self, head: int, dependent: int, *labels: str) -> None:
        """Remove the arcs from ``head`` to ``dependent`` of the labels given."""
        self.down[head] = [link for link in self.down[head] if link.token != dependent or link.label not in labels]
        self.up[dependent] = [link for link in self.up[dependent] if link.token != head or link.label not in labels]

    def children(self, head: int, *labels: str) -> list[Link]:
        """Links to the dependents of ``head``, of the labels given (of any label if none is)."""
        return [link for link in self.down.get(head, ()) if not labels or link.label in labels]

    def parents(self, dependent: int, *labels: str) -> list[Link]:
        """Links to the heads of ``dependent``, of the labels given (of any label if none is)."""
        return [link for link in self.up.get(dependent, ()) if not labels or link.label in labels]

    def arcs(self, *labels: str) -> Iterator[tuple[int, Link]]:
        """(head, link) for every arc of the labels given, in the order of the text; safe against additions."""
        for head in sorted(self.down):
            for link in list(self.down[head]):
                if not labels or link.label in labels:
                    yield head, link

    def token(self, index: int) -> Token:
        """The spaCy token of an index."""
        token: Token = self.sentence.doc[index]
        return token


def sentence_graph(sentence: Span, anchored: Mapping[int, str], groups: frozenset[int] = frozenset()) -> SentenceGraph:
    """The base arcs of a sentence; a mention before a noun counts as its possessor ("Israeli ally", "ally of Israel")."""
    graph = SentenceGraph(sentence, anchored, groups)
    arcs = list(base_arcs(sentence))
    heads = {arc.dependent: arc.head for arc in arcs}
    for arc in arcs:
        label = arc.label
        if label in ("mod", "nmod") and arc.dependent in anchored and not after_attitude(sentence.doc[arc.dependent]):
            label = "appos" if label == "mod" and arc.dependent > arc.head else "of"  # "member Turkey" is no possession
        head = arc.head
        while label.startswith("prep:") and head in anchored and head in heads and sentence.doc[head].pos_ == "PROPN":
            head = heads[head]  # names take no complements: "sales from Israel to India"
        graph.add(head, label, arc.dependent)
    return graph
