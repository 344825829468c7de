"""The graph as one interactive HTML file that makes no requests.

pyvis holds what is drawn and renders our template in ``page/``; vis-network's script comes from the installed pyvis.
Data sits in a JSON block, the DOM is built from text only, and a Content Security Policy admits just our own bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError
from kg.export.layout import find_positions
from kg.identifiers import BASE_IRI
from kg.model import ENTITY_TYPES, STATUSES, VERDICTS, Claim, Edge, Entity, EntityType, Graph, Span
from kg.relations import Relation

if TYPE_CHECKING:
    from jinja2 import Environment
    from pyvis.network import Network

SHAPES: dict[EntityType, str] = {"Country": "dot", "Person": "diamond", "Organization": "square"}
"""What vis-network draws for each type of entity."""

_SCRIPTS = (
    "strings", "dom", "data", "state", "hash", "style", "labels", "canvas", "filters", "search", "evidence", "facts",
    "table", "main",
)  # fmt: skip
_LABEL_HEIGHT = 18.0
_MARGIN = 10.0
_PULL_OF_ASSERTED = 1.0
_PULL_OF_OTHERS = 0.25


def to_html(
    graph: Graph, relations: Mapping[str, Relation], *, title: str = "Knowledge graph", base: str = BASE_IRI
) -> str:
    """The page as text; write it as UTF-8. The same graph gives the same bytes.

    ``title`` heads the page and ``base`` is what identifiers are appended to where the page shows an IRI.
    Raises :class:`ExportError` for an edge whose subject or object is not among the graph's entities.
    """
    environment = _environment()
    network = _network(graph)
    scripts, style = [_vis_network(), _bundle(f"{name}.js" for name in _SCRIPTS)], _asset("page.css")
    environment.globals |= {
        "title": title.encode("utf-8", "replace").decode("utf-8"),
        "base": base,
        "data": _page_data(graph, relations, network),
        "scripts": scripts,
        "style": style,
        "policy": _policy(scripts, style),
    }
    network.templateEnv = environment
    network.path = "template.html.j2"
    return str(network.generate_html())


def generate_page_data(graph: Graph, relations: Mapping[str, Relation]) -> dict[str, Any]:
    """What the page embeds, ready for JSON: every document, sentence, entity, edge and claim once.

    ``nodes`` come best-connected first and are referred to by index, as are ``documents`` (id, title, url, published,
    publisher), ``sentences`` (document, text), ``rules`` and ``manners`` (polarity, modality, time, kind). An edge has a
    ``verdict`` (index), the ``fact`` that decides it, and ``verdicts`` of its claims where they differ. A claim is
    an array: sentence, manner, confidence, speaker, rule, subject, object, triggers; its spans are start and end in
    code points of the sentence. The speaker is the index of a node, or an identifier that is none, or null.
    """
    return _page_data(graph, relations, _network(graph))


def _page_data(graph: Graph, relations: Mapping[str, Relation], network: Network) -> dict[str, Any]:
    """The tables around what the network draws; a claim refers to their rows by index."""
    index = {node["key"]: node["id"] for node in network.nodes}
    tables = _Tables(index)
    table = _relation_table(graph, relations)
    order = {entry["id"]: number for number, entry in enumerate(table)}
    edges = []
    for drawn, edge in zip(network.edges, graph.edges, strict=True):
        claims = [tables.add_claim(claim) for claim in edge.claims]
        edges.append(drawn | {"relation": order[edge.relation], "claims": claims} | _verdict(edge))
        if table[order[edge.relation]]["symmetric"]:
            edges[-1]["arrows"] = ""
    return {
        "schema": 1,
        "types": list(ENTITY_TYPES),
        "statuses": list(STATUSES),
        "verdicts": list(VERDICTS),
        "relations": table,
        "nodes": network.nodes,
        "edges": edges,
        "documents": [_document_row(graph, document) for document in tables.documents],
        "sentences": [[document, text] for document, _, text in tables.sentences],
        "manners": [list(manner) for manner in tables.manners],
        "rules": list(tables.rules),
    }


def _verdict(edge: Edge) -> dict[str, Any]:
    """What reference facts say of an edge, and of its claims where they differ."""
    verdicts = [VERDICTS.index(judgement.verdict) for _, judgement in edge.judged()]
    said: dict[str, Any] = {"verdict": VERDICTS.index(edge.judgement.verdict)}
    if edge.judgement.fact:
        said["fact"] = edge.judgement.fact
    return said | ({"verdicts": verdicts} if len(set(verdicts)) > 1 else {})


class _Tables:
    """Rows that claims share, numbered in the order in which they are first met."""

    def __init__(self, nodes: Mapping[str, int]) -> None:
        self.nodes = nodes
        self.documents: dict[str, int] = {}
        self.sentences: dict[tuple[int, int, str], int] = {}
        self.manners: dict[tuple[str, str, str, str], int] = {}
        self.rules: dict[str, int] = {}

    def add_claim(self, claim: Claim) -> list[Any]:
        evidence = claim.evidence
        document = self.documents.setdefault(evidence.document, len(self.documents))
        sentence = (document, evidence.start, evidence.sentence)
        manner = (claim.polarity, claim.modality, claim.time, claim.kind)
        spans = (evidence.subject_span, evidence.object_span, *evidence.triggers)
        subject, object_, *triggers = (_within(span, evidence.start, len(evidence.sentence)) for span in spans)
        return [
            self.sentences.setdefault(sentence, len(self.sentences)),
            self.manners.setdefault(manner, len(self.manners)),
            claim.confidence,
            self.nodes.get(claim.attributed_to, claim.attributed_to) if claim.attributed_to is not None else None,
            self.rules.setdefault(claim.rule, len(self.rules)),
            subject,
            object_,
            [span for span in triggers if span],
        ]


def _within(span: Span, offset: int, length: int) -> list[int] | None:
    """The span counted from the start of its sentence, or None when it lies outside."""
    start, end = span[0] - offset, span[1] - offset
    return [start, end] if 0 <= start < end <= length else None


def _network(graph: Graph) -> Network:
    """What is drawn: nodes best-connected first, edges in the order of the graph, at fixed positions."""
    from pyvis.network import Network

    entities = _ranked(graph)
    index = {entity.id: number for number, entity in enumerate(entities)}
    degrees = _degrees(graph)
    largest = max(degrees.values(), default=0)
    sizes = [_size(degrees[entity.id], largest) for entity in entities]
    boxes = [_box(entity, size) for entity, size in zip(entities, sizes, strict=True)]
    positions = find_positions(boxes, _ties(graph.edges, index))
    network = Network(directed=True)
    for number, (entity, size, (x, y)) in enumerate(zip(entities, sizes, positions, strict=True)):
        names = {"aliases": list(entity.aliases), "metonyms": list(entity.metonyms)}
        facts = names | {"iso3": entity.iso3, "wikidata": entity.wikidata}
        network.add_node(
            number, entity.name or entity.id, SHAPES[entity.type],
            group=ENTITY_TYPES.index(entity.type), x=x, y=y, size=size, key=entity.id,
            **{name: value for name, value in facts.items() if value},
        )  # fmt: skip
    for edge in graph.edges:
        network.add_edge(
            index[edge.subject], index[edge.object], width=round(1.4 + 1.3 * math.log2(max(edge.support, 1)), 1),
            key=edge.id, status=STATUSES.index(edge.status), confidence=edge.confidence, support=edge.support,
            **({"period": edge.period} if edge.period else {}), **({"contested": 1} if edge.contested else {}),
        )  # fmt: skip
    return network


def _ranked(graph: Graph) -> list[Entity]:
    """Entities by number of distinct neighbours, asserted ones first, then by identifier."""
    asserted, other = _neighbors(graph, plain=True), _neighbors(graph, plain=False)
    return sorted(graph.entities.values(), key=lambda e: (-len(asserted[e.id]), -len(other[e.id]), e.id))


def _degrees(graph: Graph) -> dict[str, int]:
    return {entity: len(others) for entity, others in _neighbors(graph, plain=False).items()}


def _neighbors(graph: Graph, *, plain: bool) -> dict[str, set[str]]:
    """The neighbours of each entity over asserted edges, or over all."""
    neighbors: dict[str, set[str]] = {entity: set() for entity in graph.entities}
    for edge in graph.edges:
        for end, other in ((edge.subject, edge.object), (edge.object, edge.subject)):
            if end not in neighbors:
                raise ExportError(f"edge {edge.id}: {end!r} is not among the graph's entities")
            if edge.status == "asserted" or not plain:
                neighbors[end].add(other)
    return neighbors


def _ties(edges: Sequence[Edge], index: Mapping[str, int]) -> dict[tuple[int, int], float]:
    """How strongly each pair pulls together: what is asserted, and often, more than the rest."""
    ties: dict[tuple[int, int], float] = {}
    for edge in edges:
        a, b = sorted((index[edge.subject], index[edge.object]))
        pull = _PULL_OF_ASSERTED if edge.status == "asserted" else _PULL_OF_OTHERS
        ties[a, b] = ties.get((a, b), 0.0) + pull * (1 + math.log2(max(edge.support, 1))) / 2
    return ties


def _size(degree: int, largest: int) -> int:
    """Radius of a node in pixels, 7 to 30: its area grows with the number of neighbours."""
    return round(7 + 23 * math.sqrt(degree / max(largest, 80)))


def _box(entity: Entity, size: int) -> tuple[float, float]:
    """Room for the shape and, under it, the name; wide East Asian characters count double."""
    columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in entity.name)
    return max(2.0 * size, 6.6 * min(columns, 28)) + _MARGIN, 2.0 * size + 2 * _LABEL_HEIGHT


def _relation_table(graph: Graph, relations: Mapping[str, Relation]) -> list[dict[str, Any]]:
    """The relations in the order of the table, then any that the graph alone knows."""
    known = [
        {"id": r.id, "label": r.label, "symmetric": r.symmetric, "inverse": r.inverse, "definition": r.definition}
        for r in relations.values()
    ]
    unknown = sorted({edge.relation for edge in graph.edges} - set(relations))
    return known + [
        {"id": name, "label": name.replace("-", " "), "symmetric": False, "inverse": None, "definition": ""}
        for name in unknown
    ]


def _document_row(graph: Graph, identifier: str) -> list[str | None]:
    document = graph.documents.get(identifier)
    if document is None:
        return [identifier, None, None, None, None]
    return [identifier, document.title, document.url, document.published, document.publisher]


def _environment() -> Environment:
    """Jinja with our templates before pyvis's; JSON comes out as compact ASCII that cannot close a script."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader

    loader = ChoiceLoader([PackageLoader("kg", "export/page"), PackageLoader("pyvis", "templates")])
    environment = Environment(loader=loader, autoescape=True)
    environment.policies["json.dumps_function"] = _dumps
    return environment


def _dumps(value: Any, **_: Any) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def _asset(name: str) -> str:
    """One of our own files, with the line ends that a browser hashes."""
    return (files("kg.export") / "page" / name).read_text("utf-8").replace("\r\n", "\n")


def _bundle(names: Iterable[str]) -> str:
    """Our scripts, in order, in one scope of their own."""
    return '(function () {\n"use strict";\n' + "\n".join(_asset(name) for name in names) + "})();\n"


def _vis_network() -> str:
    """The script of the newest vis-network that the installed pyvis carries."""
    versions = [entry for entry in (files("pyvis") / "templates" / "lib").iterdir() if entry.name.startswith("vis-")]
    if not versions:
        raise ExportError("the installed pyvis carries no vis-network; pyvis 0.3.2 does")
    newest = max(versions, key=lambda entry: [int(part) for part in entry.name[4:].split(".")])
    return (newest / "vis-network.min.js").read_text("utf-8").replace("\r\n", "\n")


def _policy(scripts: Sequence[str], style: str) -> str:
    """A Content Security Policy that admits exactly these inline scripts and this style, and no request at all."""
    admitted = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; script-src {admitted}; style-src {_digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(code: str) -> str:
    """The source expression of an inline script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii") + "'"
