"""One registry of the formats that a graph is written in. A new format is one function and one line of the table."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from kg.errors import ExportError
from kg.model import Graph
from kg.relations.table import Relation

Relations = Mapping[str, Relation]
Writer = Callable[[Graph, Relations, Path], None]


def formats() -> tuple[str, ...]:
    """The names that :func:`export` knows, sorted."""
    return tuple(sorted(_WRITERS))


def export(graph: Graph, format: str, path: str | os.PathLike[str], relations: Relations) -> None:
    """Write the graph at ``path``: a file, or a folder of files for ``csv`` and ``parquet``.

    The same graph gives the same bytes. Files appear whole or not at all. Raises :class:`ExportError` for an unknown
    format, a graph that the format cannot carry, a missing extra, or a path that cannot be written.
    """
    if format not in _WRITERS:
        raise ExportError(f"unknown format {format!r}; valid: {', '.join(formats())}")
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".writing-") as folder:
            written = Path(folder) / target.name
            _WRITERS[format](_in_order(graph), relations, written)
            _move(written, target)
    except ImportError as error:
        raise ExportError(f"{format} needs the package {error.name!r}, which is not installed") from error
    except (OSError, ValueError) as error:
        raise ExportError(f"cannot write {format} to {target}: {error}") from error


def _in_order(graph: Graph) -> Graph:
    """The graph as :class:`Graph` promises it, however it was put together."""
    documents, entities = dict(sorted(graph.documents.items())), dict(sorted(graph.entities.items()))
    return replace(graph, documents=documents, entities=entities, edges=tuple(sorted(graph.edges, key=lambda e: e.id)))


def _move(written: Path, target: Path) -> None:
    """Put a file, or each file of a folder, in its place."""
    if written.is_dir():
        target.mkdir(exist_ok=True)
        for file in sorted(written.iterdir()):
            file.replace(target / file.name)
    else:
        written.replace(target)


def _rdf(syntax: str, graph: Graph, relations: Relations, path: Path) -> None:
    import_module("kg.export.rdf").__dict__[f"write_{syntax}"](graph, relations, path)


def _graphml(graph: Graph, relations: Relations, path: Path) -> None:
    from kg.export.graphs import write_graphml

    write_graphml(graph, path)


def _gexf(graph: Graph, relations: Relations, path: Path) -> None:
    from kg.export.graphs import write_gexf

    write_gexf(graph, path)


def _csv(graph: Graph, relations: Relations, path: Path) -> None:
    from kg.export.frames import write_csv

    write_csv(graph, path)


def _parquet(graph: Graph, relations: Relations, path: Path) -> None:
    from kg.export.frames import write_parquet

    write_parquet(graph, path)


def _html(graph: Graph, relations: Relations, path: Path) -> None:
    from kg.export.html import to_html

    path.write_text(to_html(graph, relations), encoding="utf-8", newline="\n")


_WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "turtle": partial(_rdf, "turtle"),
        "ntriples": partial(_rdf, "ntriples"),
        "trig": partial(_rdf, "trig"),
        "jsonld": partial(_rdf, "jsonld"),
        "rdfxml": partial(_rdf, "rdfxml"),
        "rdf12": partial(_rdf, "rdf12"),
        "graphml": _graphml,
        "gexf": _gexf,
        "csv": _csv,
        "parquet": _parquet,
        "html": _html,
    }
)
