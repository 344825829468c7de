"""The graph for network analysis: networkx, and the files of Gephi, Cytoscape, yEd and igraph."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.characters import xml_text
from kg.model import Graph

if TYPE_CHECKING:
    import networkx as nx

    MultiDiGraph = nx.MultiDiGraph[str]


def to_networkx(graph: Graph) -> MultiDiGraph:
    """A new MultiDiGraph: nodes by entity id, an edge a claim node, its key the edge id.

    Node attributes: name, type, iso3, wikidata; edge attributes: relation, status, confidence, support, contested,
    period, verdict. All are str, int, float or bool; what is not known is ``""``. The quotes stay out: an edge leads to them
    by its key. A symmetric relation is one edge, from the smaller id.
    """
    import networkx as nx

    result: MultiDiGraph = nx.MultiDiGraph()
    for identifier, entity in sorted(graph.entities.items()):
        codes = {"iso3": entity.iso3 or "", "wikidata": entity.wikidata or ""}
        result.add_node(identifier, name=entity.name, type=entity.type, **codes)
    for edge in sorted(graph.edges, key=lambda edge: edge.id):
        weights = {"confidence": edge.confidence, "support": edge.support, "contested": edge.contested}
        period = edge.period or ""
        said = {
            "relation": edge.relation,
            "status": edge.status,
            **weights,
            "period": period,
            "verdict": edge.judgement.verdict,
        }
        result.add_edge(edge.subject, edge.object, key=edge.id, **said)
    return result


def write_graphml(graph: Graph, path: Path) -> None:
    """Write GraphML; what XML cannot hold becomes U+FFFD."""
    import networkx as nx

    nx.write_graphml_xml(_in_xml(to_networkx(graph)), path, named_key_ids=True, edge_id_from_attribute=None)


def write_gexf(graph: Graph, path: Path) -> None:
    """Write GEXF 1.2, labelled for Gephi and without the day of writing; what XML cannot hold becomes U+FFFD."""
    from networkx.readwrite.gexf import GEXFWriter

    labelled = _in_xml(to_networkx(graph))
    for _, data in labelled.nodes(data=True):
        data["label"] = data.get("name", "")
    for _, _, key, data in labelled.edges(keys=True, data=True):
        data |= {"id": key, "label": data["relation"]}
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(labelled)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    with path.open("wb") as file:
        writer.write(file)


def _in_xml(graph: MultiDiGraph) -> MultiDiGraph:
    """A copy in which every string can be written to XML."""
    import networkx as nx

    def clean(data: Mapping[str, Any]) -> dict[str, Any]:
        return {name: xml_text(value) if isinstance(value, str) else value for name, value in data.items()}

    result: MultiDiGraph = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        result.add_node(xml_text(node), **clean(data))
    for start, end, key, data in graph.edges(keys=True, data=True):
        result.add_edge(xml_text(start), xml_text(end), key=xml_text(key), **clean(data))
    return result
