"""What the page is made of: its bytes, its data block, its policy and its positions."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.export.html import generate_page_data, to_html
from kg.export.layout import CORE, find_positions
from kg.identifiers import claim_id
from kg.model import Claim, Document, Edge, Entity, Evidence, Graph
from kg.relations import load

RELATIONS = load()


class Reader(HTMLParser):
    """Collects the start tags, and the content of each script and style, as a browser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.contents: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.contents.append((*self.tags[-1], data))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def embedded(page: str) -> dict:
    [data] = [text for tag, attributes, text in Reader(page).contents if attributes.get("type") == "application/json"]
    return json.loads(data)


def emoji_graph() -> Graph:
    """One sentence in the middle of a document, with code points outside the basic plane before every span."""
    before, sentence = "🚀 An earlier sentence. ", "🇦🇿 Azerbaijan 𝔸 bought 🛩 jets from Israel."
    document = Document("a.txt", before + sentence, "0" * 64)

    def span(words: str) -> tuple[int, int]:
        start = document.text.index(words)
        return start, start + len(words)

    subject, object_ = Entity("country/ISR", "Country", "Israel"), Entity("country/AZE", "Country", "Azerbaijan")
    what = (subject.id, "sells-arms-to", object_.id)
    evidence = Evidence(
        "a.txt", len(before), len(document.text), sentence, span("Israel"), span("Azerbaijan"), (span("bought"),), 1, 0
    )
    identifier = claim_id(*what, "asserted", None)
    claim = Claim(identifier, *what, "affirmed", "factual", "current", "event", None, 0.9, None, "rule", evidence)
    edge = Edge(identifier, *what, "asserted", None, 0.9, 1, False, (claim,))
    return Graph({"a.txt": document}, {object_.id: object_, subject.id: subject}, (edge,), "kg-en-1")


def test_the_data_block_is_what_generate_page_data_returns(graph: Graph) -> None:
    assert embedded(to_html(graph, RELATIONS)) == generate_page_data(graph, RELATIONS)


def test_every_entity_and_every_edge_with_all_its_claims_is_embedded(graph: Graph) -> None:
    data = generate_page_data(graph, RELATIONS)
    assert sorted(node["key"] for node in data["nodes"]) == sorted(graph.entities)
    assert [edge["key"] for edge in data["edges"]] == [edge.id for edge in graph.edges]
    assert [len(edge["claims"]) for edge in data["edges"]] == [len(edge.claims) for edge in graph.edges]


def test_each_document_and_sentence_is_embedded_once(graph: Graph) -> None:
    data = generate_page_data(graph, RELATIONS)
    spoken = [claim.evidence for edge in graph.edges for claim in edge.claims]
    assert sorted(row[0] for row in data["documents"]) == sorted({evidence.document for evidence in spoken})
    assert len(data["sentences"]) == len({(e.document, e.start, e.sentence) for e in spoken})


def test_spans_count_code_points_from_the_start_of_the_sentence() -> None:
    data = generate_page_data(emoji_graph(), RELATIONS)
    [[sentence, _, _, _, _, subject, object_, triggers]] = data["edges"][0]["claims"]
    text = data["sentences"][sentence][1]
    assert [text[slice(*span)] for span in (subject, object_, *triggers)] == ["Israel", "Azerbaijan", "bought"]


def test_a_span_outside_its_sentence_is_left_out_rather_than_shown_wrong() -> None:
    graph = emoji_graph()
    [edge] = graph.edges
    claim = replace(edge.claims[0], evidence=replace(edge.claims[0].evidence, subject_span=(0, 3), triggers=((0, 2),)))
    data = generate_page_data(replace(graph, edges=(replace(edge, claims=(claim,)),)), RELATIONS)
    [[*_, subject, object_, triggers]] = data["edges"][0]["claims"]
    assert (subject, object_, triggers) == (None, [3, 13], [])


def test_the_relations_are_those_of_the_table_and_then_those_of_the_graph_alone(plain: Graph) -> None:
    known = {name: relation for name, relation in RELATIONS.items() if name != "borders"}
    table = generate_page_data(plain, known)["relations"]
    assert [entry["id"] for entry in table] == [*known, "borders"]


def test_symmetric_relations_have_no_arrow_and_the_others_do(plain: Graph) -> None:
    data = generate_page_data(plain, RELATIONS)
    arrows = {data["relations"][edge["relation"]]["id"]: edge["arrows"] for edge in data["edges"]}
    assert arrows == {"sells-arms-to": "to", "borders": "", "ally-of": ""}


def test_an_edge_to_an_unknown_entity_is_an_error_that_names_it(plain: Graph) -> None:
    graph = replace(plain, entities={key: value for key, value in plain.entities.items() if key != "country/ISR"})
    with pytest.raises(ExportError, match="country/ISR"):
        to_html(graph, RELATIONS)


def test_the_page_refers_to_no_other_file(graph: Graph) -> None:
    reader = Reader(to_html(graph, RELATIONS))
    assert not any("src" in attributes for _, attributes in reader.tags)
    assert [attributes["href"] for attributes in reader.all("link")] == ["data:,"]


def test_nothing_in_the_graph_adds_a_tag_to_the_page(graph: Graph) -> None:
    names = [tag for tag, _ in Reader(to_html(graph, RELATIONS)).tags]
    assert names == [tag for tag, _ in Reader(to_html(Graph(), RELATIONS)).tags]


@pytest.mark.parametrize("title", ["</title><script>alert(1)</script>", "{{ 7 * 7 }}", "lone \ud800", '"><img src=x>'])
def test_a_hostile_title_is_text(title: str) -> None:
    page = to_html(Graph(), RELATIONS, title=title, base='https://example.org/"><b>')
    page.encode("utf-8")
    assert len(Reader(page).tags) == len(Reader(to_html(Graph(), RELATIONS)).tags)
    assert "49" not in re.findall(r"<h1>(.*?)</h1>", page)


def test_the_policy_admits_exactly_the_scripts_and_the_style_of_the_page(graph: Graph) -> None:
    reader = Reader(to_html(graph, RELATIONS))
    [policy] = [meta["content"] for meta in reader.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    rules = {words.split()[0]: words.split()[1:] for words in (policy or "").split("; ")}

    def sources(wanted: str) -> list[str]:
        texts = [text for tag, facts, text in reader.contents if tag == wanted and "type" not in facts]
        digests = [hashlib.sha256(text.encode()).digest() for text in texts]
        return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]

    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == sources("script")
    assert rules["style-src"] == sources("style")


def test_a_page_is_the_same_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib, random; from kg.export.layout import find_positions;"
        "r = random.Random(5); boxes = [(60 + r.random() * 80, 50.0) for _ in range(150)];"
        "ties = {(r.randrange(150), r.randrange(150)): r.random() for _ in range(300)};"
        "print(hashlib.sha256(repr(find_positions(boxes, ties)).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_the_same_graph_gives_the_same_bytes(graph: Graph) -> None:
    assert to_html(graph, RELATIONS) == to_html(graph, RELATIONS)


def overlapping(boxes: list[tuple[float, float]], points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of boxes that share more than the pixel that rounding may cost."""
    return [
        (i, j)
        for i, (x, y) in enumerate(points)
        for j, (u, v) in enumerate(points[:i])
        if abs(x - u) + 1 < (boxes[i][0] + boxes[j][0]) / 2 and abs(y - v) + 1 < (boxes[i][1] + boxes[j][1]) / 2
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(20, 220), st.floats(30, 90)), max_size=60),
    st.dictionaries(st.tuples(st.integers(0, 59), st.integers(0, 59)), st.floats(0, 50), max_size=120),
)
def test_no_two_boxes_overlap(boxes: list[tuple[float, float]], ties: dict[tuple[int, int], float]) -> None:
    inside = {pair: pull for pair, pull in ties.items() if max(pair) < len(boxes)}
    points = find_positions(boxes, inside)
    assert len(points) == len(boxes)
    assert not overlapping(boxes, points)


def test_what_is_tied_together_lies_closer_than_what_is_not() -> None:
    groups = [range(12), range(12, 24)]
    ties = {(a, b): 1.0 for group in groups for a in group for b in group if a < b} | {(0, 12): 0.2}
    points = find_positions([(90.0, 50.0)] * 24, ties)

    def mean(pairs: list[tuple[int, int]]) -> float:
        distances = [((points[a][0] - points[b][0]) ** 2 + (points[a][1] - points[b][1]) ** 2) ** 0.5 for a, b in pairs]
        return sum(distances) / len(distances)

    within = [(a, b) for group in groups for a in group for b in group if a < b]
    across = [(a, b) for a in groups[0] for b in groups[1]]
    assert mean(within) < 0.75 * mean(across)


def test_the_most_important_lie_together_and_the_rest_around_them() -> None:
    number = CORE + 200
    points = find_positions([(80.0, 40.0)] * number, {(node // 4, node): 1.0 for node in range(1, number)})
    middle = [sum(axis) / CORE for axis in zip(*points[:CORE], strict=True)]
    distances = sorted((abs(x - middle[0]) / 1.5 + abs(y - middle[1]), i) for i, (x, y) in enumerate(points))
    assert sum(i < CORE for _, i in distances[:CORE]) > 0.85 * CORE
