"""The graph as tables: entities, relations (one row an edge) and claims (one row a sentence)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.characters import encodable
from kg.model import Claim, Edge, Graph

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | bool | None
Row = Sequence[Cell]

ENTITY_COLUMNS = ("id", "type", "name", "aliases", "metonyms", "iso3", "wikidata")
RELATION_COLUMNS = (
    "id", "subject", "subject_name", "subject_type", "relation", "object", "object_name", "object_type", "status",
    "period", "confidence", "support", "contested", "verdict", "fact", "first_published", "last_published", "document",
    "url", "sentence",
)  # fmt: skip
CLAIM_COLUMNS = (
    "id", "subject", "subject_name", "relation", "object", "object_name", "status", "polarity", "modality", "time",
    "kind", "period", "confidence", "attributed_to", "rule", "document", "title", "url", "published", "publisher",
    "start", "end", "sentence", "verdict", "fact",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def entity_rows(graph: Graph) -> Iterator[Row]:
    """A row an entity, in the order of ``ENTITY_COLUMNS``; several aliases are joined by ``"; "``."""
    for _, entity in sorted(graph.entities.items()):
        names = "; ".join(entity.aliases), "; ".join(entity.metonyms)
        yield entity.id, entity.type, entity.name, *names, entity.iso3, entity.wikidata


def relation_rows(graph: Graph) -> Iterator[Row]:
    """A row an edge, in the order of ``RELATION_COLUMNS``, with the sentence of its most confident claim."""
    for edge in sorted(graph.edges, key=lambda edge: edge.id):
        ends = edge.subject, *_name(graph, edge.subject), edge.relation, edge.object, *_name(graph, edge.object)
        weight = edge.confidence, edge.support, edge.contested, edge.judgement.verdict, edge.judgement.fact
        yield edge.id, *ends, edge.status, edge.period, *weight, *_published(graph, edge), *_example(graph, edge)


def claim_rows(graph: Graph) -> Iterator[Row]:
    """A row a claim, in the order of ``CLAIM_COLUMNS``; ``start`` and ``end`` are of its sentence, in code points."""
    for edge in sorted(graph.edges, key=lambda edge: edge.id):
        for claim, judgement in sorted(edge.judged(), key=lambda pair: _place(pair[0])):
            at, document = claim.evidence, graph.documents.get(claim.evidence.document)
            ends = claim.subject, _name(graph, claim.subject)[0], claim.relation, claim.object
            said = claim.status, claim.polarity, claim.modality, claim.time, claim.kind, claim.period
            found = claim.confidence, claim.attributed_to, claim.rule, at.document
            told = (document.title, document.url, document.published, document.publisher) if document else (None,) * 4
            name = _name(graph, claim.object)[0]
            where = at.start, at.end, at.sentence
            yield claim.id, *ends, name, *said, *found, *told, *where, judgement.verdict, judgement.fact


def to_frames(graph: Graph) -> dict[str, pd.DataFrame]:
    """Frames by name: "entities", "relations", "claims". What a source does not state is missing, never empty text."""
    import pandas as pd

    frames = {}
    for name, columns, rows in _tables(graph):
        frame = pd.DataFrame.from_records([_plain(row) for row in rows], columns=list(columns))
        frames[name] = frame.astype({column: _dtype(column) for column in columns})
    return frames


def write_csv(graph: Graph, folder: Path) -> None:
    """Write ``entities.csv`` and ``relations.csv`` (UTF-8, RFC 4180 with LF), safe to open in a spreadsheet.

    A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP, "CSV Injection").
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, rows in _tables(graph):
        if name != "claims":
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows([cell(value) for value in row] for row in rows)


def write_parquet(graph: Graph, folder: Path) -> None:
    """Write ``entities.parquet``, ``relations.parquet`` and ``claims.parquet``; needs ``kg[parquet]``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in to_frames(graph).items():
        frame.to_parquet(folder / f"{name}.parquet", engine="pyarrow", index=False)


def cell(value: Cell) -> str:
    """A value as the text of a CSV cell: booleans as true and false, None as nothing, no formula.

    >>> cell("=1+1"), cell(True), cell(0.0), cell(None)
    ("'=1+1", 'true', '0.0', '')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return "" if value is None else repr(value)
    text = encodable(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _tables(graph: Graph) -> Iterable[tuple[str, Sequence[str], Iterator[Row]]]:
    yield "entities", ENTITY_COLUMNS, entity_rows(graph)
    yield "relations", RELATION_COLUMNS, relation_rows(graph)
    yield "claims", CLAIM_COLUMNS, claim_rows(graph)


def _dtype(column: str) -> str:
    numbers = {"confidence": "float64", "support": "int64", "contested": "bool", "start": "int64", "end": "int64"}
    return numbers.get(column, "str")


def _plain(row: Row) -> list[Cell]:
    return [encodable(value) if isinstance(value, str) else value for value in row]


def _name(graph: Graph, identifier: str) -> tuple[str | None, str | None]:
    entity = graph.entities.get(identifier)
    return (entity.name, entity.type) if entity else (None, None)


def _published(graph: Graph, edge: Edge) -> tuple[str | None, str | None]:
    documents = [graph.documents.get(claim.evidence.document) for claim in edge.claims]
    dates = sorted({document.published for document in documents if document and document.published})
    return (dates[0], dates[-1]) if dates else (None, None)


def _example(graph: Graph, edge: Edge) -> tuple[str | None, str | None, str | None]:
    """Document, address and sentence of the claim that an edge is best known by."""
    if not edge.claims:
        return None, None, None
    at = min(edge.claims, key=lambda claim: (-claim.confidence, *_place(claim))).evidence
    document = graph.documents.get(at.document)
    return at.document, document.url if document else None, at.sentence


def _place(claim: Claim) -> tuple[str, int, int, str]:
    return claim.evidence.document, claim.evidence.start, claim.evidence.end, claim.rule
