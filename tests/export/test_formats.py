"""One contract for every format of the registry: deterministic, and read back with the same content."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import Literal, RdfFormat, Triple, parse

from kg import ontology
from kg.errors import ExportError
from kg.export import export, formats
from kg.export.characters import encodable, xml_text
from kg.export.frames import cell, entity_rows, relation_rows, to_frames
from kg.export.graphs import to_networkx
from kg.export.rdf import generate_triples, to_rdf
from kg.model import Graph
from kg.ontology import term
from kg.relations import load

RELATIONS = load()
EXTENSIONS = {"csv": "", "parquet": "", "turtle": ".ttl", "ntriples": ".nt", "rdfxml": ".rdf", "rdf12": ".ttl"}


def written(graph: Graph, format: str, folder: Path) -> Path:
    path = folder / f"graph{EXTENSIONS.get(format, '.' + format)}"
    export(graph, format, path, RELATIONS)
    return path


def content(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def in_xml(value: object) -> object:
    return xml_text(encodable(value)) if isinstance(value, str) else value


def clean(triple: Triple) -> Triple:
    """The triple as XML can carry it."""
    value = triple.object
    if isinstance(value, Literal):
        datatype = None if value.language else value.datatype
        value = Literal(xml_text(value.value), language=value.language, datatype=datatype)
    return Triple(triple.subject, triple.predicate, value)


def read_rdf(graph: Graph, path: Path, syntax: RdfFormat, name: str) -> None:
    import rdflib

    expected = set(generate_triples(graph, RELATIONS))
    expected = {clean(triple) for triple in expected} if name == "xml" else expected
    quads = list(parse(path=path, format=syntax))
    words = {quad.triple for quad in quads if str(quad.graph_name) == f"<{ontology.ONTOLOGY_GRAPH}>"}
    assert words == (set(ontology.triples()) if name == "trig" else set())
    assert {quad.triple for quad in quads} - words == expected
    if name == "xml":
        assert len(rdflib.Graph().parse(path, format=name)) == len(expected)
    else:
        default = rdflib.Dataset().parse(path, format=name).default_graph if name == "trig" else None
        assert set(default or rdflib.Graph().parse(path, format=name)) == set(to_rdf(graph, RELATIONS))


def read_rdf12(graph: Graph, path: Path) -> None:
    triples = {quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)}
    terms = {t.subject: t.object for t in triples if t.predicate == term("rdf:reifies")}
    parts = [("subject", lambda t: t.subject), ("predicate", lambda t: t.predicate), ("object", lambda t: t.object)]
    unfolded = {Triple(s, term(f"rdf:{name}"), of(t)) for s, t in terms.items() for name, of in parts}
    typed = {Triple(s, term("rdf:type"), term("rdf:Statement")) for s in terms}
    plain = {triple for triple in triples if triple.predicate != term("rdf:reifies")}
    assert plain | unfolded | typed == set(generate_triples(graph, RELATIONS))


def read_network(graph: Graph, found: nx.MultiDiGraph) -> None:
    expected = to_networkx(graph)
    nodes = {in_xml(node): {k: in_xml(v) for k, v in data.items()} for node, data in expected.nodes(data=True)}
    assert {n: {k: d[k] for k in ("name", "type", "iso3", "wikidata")} for n, d in found.nodes(data=True)} == nodes
    names = ("relation", "status", "confidence", "support", "contested", "period")
    edges = {
        (in_xml(s), in_xml(o), k): {n: in_xml(d[n]) for n in names}
        for s, o, k, d in expected.edges(keys=True, data=True)
    }
    assert {(s, o, k): {n: d[n] for n in names} for s, o, k, d in found.edges(keys=True, data=True)} == edges


def read_graphml(graph: Graph, path: Path) -> None:
    read_network(graph, nx.read_graphml(path, force_multigraph=True))


def read_gexf(graph: Graph, path: Path) -> None:
    found = nx.MultiDiGraph()
    read = nx.read_gexf(path)
    found.add_nodes_from(read.nodes(data=True))
    found.add_edges_from((s, o, data["id"], data) for s, o, data in read.edges(data=True))
    read_network(graph, found)
    assert {d["label"] for _, d in read.nodes(data=True)} == {in_xml(e.name) for e in graph.entities.values()}


def read_csv(graph: Graph, path: Path) -> None:
    for name, rows in {"entities": entity_rows(graph), "relations": relation_rows(graph)}.items():
        with (path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))[1:]
        assert found == [[cell(value) for value in row] for row in rows]


def read_parquet(graph: Graph, path: Path) -> None:
    pd = pytest.importorskip("pandas")
    for name, frame in to_frames(graph).items():
        pd.testing.assert_frame_equal(pd.read_parquet(path / f"{name}.parquet"), frame)


def read_html(graph: Graph, path: Path) -> None:
    from html.parser import HTMLParser

    seen: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: seen.append(tag)  # type: ignore[method-assign]
    reader.feed(path.read_text("utf-8"))
    assert seen[0] == "html"


READERS = {
    "turtle": lambda graph, path: read_rdf(graph, path, RdfFormat.TURTLE, "turtle"),
    "ntriples": lambda graph, path: read_rdf(graph, path, RdfFormat.N_TRIPLES, "nt"),
    "trig": lambda graph, path: read_rdf(graph, path, RdfFormat.TRIG, "trig"),
    "jsonld": lambda graph, path: read_rdf(graph, path, RdfFormat.JSON_LD, "json-ld"),
    "rdfxml": lambda graph, path: read_rdf(graph, path, RdfFormat.RDF_XML, "xml"),
    "rdf12": read_rdf12,
    "graphml": read_graphml,
    "gexf": read_gexf,
    "csv": read_csv,
    "parquet": read_parquet,
    "html": read_html,
}


def test_every_format_has_a_reader_here():
    assert tuple(sorted(READERS)) == formats()


@pytest.mark.parametrize("format", formats())
def test_what_is_written_is_read_back_with_equal_content(format, graph, tmp_path):
    READERS[format](graph, written(graph, format, tmp_path))


@pytest.mark.parametrize("format", formats())
def test_the_same_graph_gives_the_same_bytes_in_whatever_order_it_was_built(format, graph, tmp_path):
    shuffled = replace(graph, entities=dict(reversed(graph.entities.items())), edges=graph.edges[::-1])
    first, second = written(graph, format, tmp_path / "1"), written(shuffled, format, tmp_path / "2")
    assert content(first) == content(second)


def test_bytes_depend_on_no_hash_seed(tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from conftest import nasty_graph, plain_graph\n"
        "from kg.export import export, formats\nfrom kg.relations import load\n"
        "for name in formats():\n"
        "    for graph in (plain_graph, nasty_graph):\n"
        "        export(graph(), name, f'{sys.argv[2]}/{graph.__name__}.{name}', load())\n"
    )
    for seed in ("1", "2"):
        paths = os.pathsep.join([*filter(None, sys.path), str(Path(ontology.__file__).parents[2])])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        command = [sys.executable, "-c", script, str(Path(__file__).parent), str(tmp_path / seed)]
        subprocess.run(command, env=environment, check=True)
    for path in sorted((tmp_path / "1").iterdir()):
        assert content(path) == content(tmp_path / "2" / path.name), path.name


@pytest.mark.parametrize("format", formats())
def test_writing_replaces_what_was_there_and_leaves_nothing_else(format, plain, tmp_path):
    path = written(Graph(), format, tmp_path)
    assert written(plain, format, tmp_path) == path
    assert list(tmp_path.iterdir()) == [path]
    READERS[format](plain, path)


def test_an_unknown_format_is_an_error_that_lists_the_valid(plain, tmp_path):
    with pytest.raises(ExportError, match=r"'docx'.*csv.*gexf.*turtle"):
        export(plain, "docx", tmp_path / "x", RELATIONS)


def test_a_path_that_cannot_be_written_is_an_error_that_names_it(plain, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=r"turtle.*graph\.ttl"):
        export(plain, "turtle", tmp_path / "file" / "graph.ttl", RELATIONS)


def test_a_failed_export_leaves_the_old_file_whole(plain, tmp_path):
    path = written(plain, "turtle", tmp_path)
    before = path.read_bytes()
    broken = replace(plain, edges=(*plain.edges[:-1], replace(plain.edges[-1], relation="likes")))
    with pytest.raises(ExportError, match="likes"):
        export(broken, "turtle", path, RELATIONS)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
