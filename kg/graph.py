"""The knowledge graph as people hold it in Python: frozen values, and methods that lead to every other form of it."""

from __future__ import annotations

import html
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.check import judge_edges, load_facts
from kg.errors import StoreError
from kg.merge import merge
from kg.model import ENTITY_TYPES, Claim, Edge, Extraction, Graph
from kg.records import claim_to_record, to_json
from kg.relations import Relation, load
from kg.resolve import Resolution, Row, resolve
from kg.store import LEDGER, LOCK, Ledger, locked

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.ask import Answer

VIEWS: tuple[str, ...] = ("graph.ttl", "graph.html", "claims.jsonl", "entities.csv", "relations.csv")
"""The files that a graph is written as."""

_ROWS_SHOWN = 10


@dataclass(frozen=True, repr=False)
class KnowledgeGraph(Graph):
    """A :class:`kg.model.Graph` with the relation table that it was made with.

    >>> KnowledgeGraph()
    KnowledgeGraph(0 documents, 0 entities, 0 edges, 0 claims)
    """

    relations: Mapping[str, Relation] = field(default_factory=dict)

    @property
    def claims(self) -> Iterator[Claim]:
        """Every claim of every edge, in the order of ``edges``.

        >>> list(KnowledgeGraph().claims)
        []
        """
        return chain.from_iterable(edge.claims for edge in self.edges)

    def sparql(self, query: str) -> pandas.DataFrame:
        """The solutions of a SELECT query as a frame, one column a variable; the usual prefixes are declared.

        Raises :class:`kg.errors.QueryError` for a query that is malformed, takes too long, or is no SELECT.

        >>> KnowledgeGraph().sparql("SELECT ?s WHERE { ?s kg:allyOf country:ISR }").empty
        True
        """
        from kg.query import run_query, to_pandas

        return to_pandas(run_query(self, query, relations=self.relations))

    def ask(self, question: str) -> Answer:
        """The answer to a question in English, with the sentences that say so and the SPARQL that it became.

        Raises :class:`kg.ask.QuestionError` for a question that cannot be read, with the reason.
        """
        from kg.ask import ask

        return ask(self, question, relations=self.relations)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A plain MultiDiGraph: entities are nodes, edges are keyed by their claim identifier.

        >>> KnowledgeGraph().to_networkx().number_of_nodes()
        0
        """
        from kg.export.graphs import to_networkx

        return to_networkx(self)

    def to_rdf(self) -> rdflib.Graph:
        """The RDF graph that ``graph.ttl`` holds, as an rdflib Graph."""
        from kg.export.rdf import to_rdf

        return to_rdf(self, self.relations)

    def to_frames(self) -> dict[str, pandas.DataFrame]:
        """Tables of the entities, the edges and the claims, by name."""
        from kg.export.frames import to_frames

        return to_frames(self)

    def to_html(self) -> str:
        """The interactive page, one self-contained HTML text."""
        from kg.export.html import to_html

        return to_html(self, self.relations)

    def write(self, folder: Path | str) -> Path:
        """Write the files of :data:`VIEWS` into the folder, each whole or not at all; the path of the folder.

        Raises :class:`kg.StoreError` when another process writes there, the disk does not take them, or the folder
        holds such files that kg did not write.
        """
        folder = Path(folder)
        refuse_foreign(folder)
        with locked(folder):
            write_views(self, folder)
        return folder

    def __repr__(self) -> str:
        """The counts, on one line."""
        counts = (len(self.documents), len(self.entities), len(self.edges), sum(len(e.claims) for e in self.edges))
        names = ("documents", "entities", "edges", "claims")
        return f"KnowledgeGraph({', '.join(f'{n} {name}' for n, name in zip(counts, names, strict=True))})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What Jupyter shows: the counts, and the surest edges each with a sentence."""
        return {"text/plain": repr(self), "text/html": _summary_table(self)}


def from_extractions(
    extractions: Iterable[Extraction],
    relations: Mapping[str, Relation] | None = None,
    reader: str = "",
    aliases: Sequence[Row] = (),
) -> KnowledgeGraph:
    """The graph of what was read from any number of documents: entities resolved across them, claims merged.

    The same set of extractions gives the same graph, whatever their order. ``relations`` are the built-in ones
    unless given; ``aliases`` are a user's decisions of who is who.

    >>> from_extractions([])
    KnowledgeGraph(0 documents, 0 entities, 0 edges, 0 claims)
    """
    relations = load() if relations is None else relations
    read = sorted(extractions, key=lambda extraction: extraction.document.id)
    resolution = resolve(read, aliases)
    documents = {extraction.document.id: extraction.document for extraction in read}
    claims = (claim for extraction in read for claim in extraction.claims)
    edges = judge_edges(merge(claims, documents, relations, resolution.canonical), documents, load_facts())
    return KnowledgeGraph(documents, resolution.entities, edges, reader or (read[0].reader if read else ""), relations)


def from_ledger(ledger: Ledger, relations: Mapping[str, Relation], resolution: Resolution) -> KnowledgeGraph:
    """The graph of all that the ledger holds; equal to :func:`from_extractions` of its extractions.

    ``resolution`` is who is who in them: :func:`kg.resolve.resolve` of the ledger's extractions.
    """
    documents = {document.id: document for document in ledger.documents()}
    edges = judge_edges(merge(ledger.claims(), documents, relations, resolution.canonical), documents, load_facts())
    return KnowledgeGraph(documents, resolution.entities, edges, ledger.setting("reader") or "", relations)


def refuse_foreign(folder: Path) -> None:
    """Raise :class:`StoreError` when the folder holds a file that we would overwrite but did not write."""
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: is a file; choose a folder with -o")
    present = [name for name in VIEWS if (folder / name).exists()]
    if present and not any((folder / mark).exists() for mark in (LEDGER, LOCK)):
        raise StoreError(f"{folder}: holds {present[0]}, which kg did not write; move it, or choose another folder")


def write_views(graph: KnowledgeGraph, folder: Path) -> None:
    """Write every view beside its place, then put all in place; the caller holds the folder's lock."""
    from kg.export.frames import write_csv
    from kg.export.rdf import write_turtle

    try:
        for left_over in folder.glob(".kg-views-*"):
            shutil.rmtree(left_over)
        with tempfile.TemporaryDirectory(prefix=".kg-views-", dir=folder) as name:
            new = Path(name)
            write_turtle(graph, graph.relations, new / "graph.ttl")
            (new / "graph.html").write_text(graph.to_html(), "utf-8", newline="\n")
            _write_claims(graph, new / "claims.jsonl")
            write_csv(graph, new)
            for view in VIEWS:
                (new / view).replace(folder / view)
    except OSError as error:
        raise StoreError(f"{folder}: cannot write: {error.strerror or error}; free or choose another place") from error


def _write_claims(graph: KnowledgeGraph, path: Path) -> None:
    from kg.merge.edges import claim_order

    judged = ((claim, judgement) for edge in graph.edges for claim, judgement in edge.judged())
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for claim, judgement in sorted(judged, key=lambda pair: claim_order(pair[0])):
            file.write(to_json(claim_to_record(claim, judgement)) + "\n")


def _summary_table(graph: KnowledgeGraph) -> str:
    types = Counter(entity.type for entity in graph.entities.values())
    counts = ", ".join(f"{types[kind]} {kind}" for kind in ENTITY_TYPES if types[kind])
    surest = sorted(graph.edges, key=lambda edge: (-edge.confidence, -edge.support, edge.id))[:_ROWS_SHOWN]
    head = "".join(f"<th>{name}</th>" for name in ("subject", "relation", "object", "status", "confidence", "sentence"))
    body = "".join(f"<tr>{_summary_row(graph, edge)}</tr>" for edge in surest)
    title = html.escape(repr(graph) + (f": {counts}" if counts else ""))
    return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _summary_row(graph: KnowledgeGraph, edge: Edge) -> str:
    names = [graph.entities[e].name if e in graph.entities else e for e in (edge.subject, edge.object)]
    best = min(edge.claims, key=lambda claim: (-claim.confidence, claim.evidence.document, claim.evidence.start))
    relation = graph.relations[edge.relation].label if edge.relation in graph.relations else edge.relation
    cells = (names[0], relation, names[1], edge.status, f"{edge.confidence:.2f}", best.evidence.sentence)
    return "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
