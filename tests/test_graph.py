"""The graph as people hold it: made from extractions or a ledger, shown, and written whole."""

from __future__ import annotations

import json
import random
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.graph import VIEWS, KnowledgeGraph, from_extractions, from_ledger, write_views
from kg.identifiers import claim_id
from kg.merge.edges import claim_order
from kg.model import Claim, Document, Entity, Evidence, Extraction
from kg.records import record_to_claim
from kg.relations import load
from kg.resolve import resolve
from kg.store import Ledger, locked

ISRAEL, AZERBAIJAN = Entity("country/ISR", "Country", "Israel"), Entity("country/AZE", "Country", "Azerbaijan")


def extraction(id: str, text: str, subject: Entity, relation: str, object: Entity, **how: str) -> Extraction:
    """A document of one sentence, which makes one claim."""
    document = Document(id, text, f"sha of {text}", published="2022-11-21")
    spans = [(at := text.index(entity.name), at + len(entity.name)) for entity in (subject, object)]
    said = (subject.id, relation, object.id)
    evidence = Evidence(id, 0, len(text), text, (spans[0][0], spans[0][1]), (spans[1][0], spans[1][1]), (), 0, 1)
    claim = Claim(
        claim_id(*said, "asserted", None),
        *said,
        "affirmed",
        "factual",
        "current",
        "state",
        None,
        0.8,
        None,
        "r",
        evidence,
    )
    return Extraction("kg-en-1", document, (subject, object), (), (replace(claim, **how),))  # type: ignore[arg-type]


def person(id: str, name: str) -> Entity:
    return Entity(f"person/{id}", "Person", name)


READ = [
    extraction("a", "Israel sold drones to Azerbaijan.", ISRAEL, "sells-arms-to", AZERBAIJAN),
    extraction("b", "Azerbaijan bought missiles from Israel.", ISRAEL, "sells-arms-to", AZERBAIJAN),
    extraction("c", "Yair Lapid leads Israel.", person("yair-lapid", "Yair Lapid"), "leads", ISRAEL),
    extraction("d", "Lapid rules Israel.", person("lapid", "Lapid"), "leads", ISRAEL),
    extraction("e", "Cohen & <b>sons</b> praised Israel.", person("cohen", "Cohen & <b>sons</b>"), "ally-of", ISRAEL),
]
GRAPH = from_extractions(READ)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in VIEWS}


def test_a_graph_unites_entities_and_adds_up_sources() -> None:
    edges = {(edge.subject, edge.relation, edge.object): (edge.confidence, edge.support) for edge in GRAPH.edges}
    assert edges == {
        ("country/ISR", "sells-arms-to", "country/AZE"): (0.96, 2),
        ("person/yair-lapid", "leads", "country/ISR"): (0.96, 2),
        ("country/ISR", "ally-of", "person/cohen"): (0.8, 1),
    }
    assert list(GRAPH.entities) == ["country/AZE", "country/ISR", "person/cohen", "person/yair-lapid"]
    assert list(GRAPH.documents) == list("abcde")
    assert GRAPH.reader == "kg-en-1"


def test_the_order_of_documents_does_not_matter() -> None:
    shuffled = random.Random(1).sample(READ, len(READ))
    other = from_extractions(shuffled)
    assert other == GRAPH
    assert (list(other.documents), list(other.entities)) == (list(GRAPH.documents), list(GRAPH.entities))


def test_a_graph_from_the_ledger_is_that_of_its_extractions(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put(reversed(READ), "f")
        ledger.configure(reader="kg-en-1")
        assert from_ledger(ledger, load(), resolve(ledger.extractions())) == GRAPH


def test_claims_are_those_of_the_edges_about_canonical_entities() -> None:
    assert sorted(claim.evidence.document for claim in GRAPH.claims) == list("abcde")
    assert {claim.subject for claim in GRAPH.claims if claim.relation == "leads"} == {"person/yair-lapid"}


def test_a_graph_shows_its_counts_and_escapes_what_it_quotes() -> None:
    assert repr(GRAPH) == "KnowledgeGraph(5 documents, 4 entities, 3 edges, 5 claims)"
    shown = GRAPH._repr_mimebundle_()
    assert shown["text/plain"] == repr(GRAPH)
    assert shown["text/html"].count("<tr>") == 4
    assert "Cohen &amp; &lt;b&gt;sons&lt;/b&gt; praised Israel." in shown["text/html"]
    assert "<b>" not in shown["text/html"]


def test_every_form_of_the_graph_says_the_same() -> None:
    answer = GRAPH.sparql("SELECT ?who WHERE { ?who kg:sellsArmsTo country:AZE }")
    assert answer["who"].tolist() == ["https://w3id.org/kg-from-news/country/ISR"]
    assert GRAPH.to_networkx().has_edge("country/ISR", "country/AZE")
    assert len(GRAPH.to_frames()["claims"]) == 5
    assert len(GRAPH.to_rdf()) > 50
    assert "Yair Lapid" in GRAPH.to_html()


def test_writing_makes_every_view_and_nothing_else_that_is_seen(tmp_path: Path) -> None:
    assert GRAPH.write(tmp_path / "new" / "out") == tmp_path / "new" / "out"
    names = [path.name for path in (tmp_path / "new" / "out").iterdir()]
    assert sorted(name for name in names if not name.startswith(".")) == sorted(VIEWS)
    lines = (tmp_path / "new" / "out" / "claims.jsonl").read_text("utf-8").splitlines()
    assert [record_to_claim(json.loads(line)) for line in lines] == sorted(GRAPH.claims, key=claim_order)


def test_writing_twice_gives_the_same_bytes_and_readable_files(tmp_path: Path) -> None:
    GRAPH.write(tmp_path)
    first = contents(tmp_path)
    from_extractions(reversed(READ)).write(tmp_path)
    assert contents(tmp_path) == first
    plain = tmp_path / "plain"
    plain.write_text("")
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in VIEWS} == {stat.S_IMODE(plain.stat().st_mode)}


@pytest.mark.parametrize("name", VIEWS)
def test_a_file_that_kg_did_not_write_is_not_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(StoreError, match=f"holds {name}, which kg did not write"):
        GRAPH.write(tmp_path)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_other_files_in_the_folder_are_let_be(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    GRAPH.write(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_when_writing_fails_the_views_stay_as_they_were(tmp_path: Path) -> None:
    GRAPH.write(tmp_path)
    before = contents(tmp_path)
    broken = replace(GRAPH, documents={**GRAPH.documents, "a": replace(GRAPH.documents["a"], title="\ud800")})
    broken = replace(broken, edges=(*broken.edges, replace(broken.edges[0], subject="country/XXX")))
    with pytest.raises(Exception, match="country/XXX"):
        broken.write(tmp_path)
    assert contents(tmp_path) == before
    assert not list(tmp_path.glob(".kg-views-*"))


def test_left_overs_of_a_killed_writer_are_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".kg-views-killed").mkdir()
    (tmp_path / ".kg-views-killed" / "graph.ttl").write_text("half")
    write_views(GRAPH, tmp_path)
    assert not list(tmp_path.glob(".kg-views-*"))


def test_a_place_that_cannot_take_a_view_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    GRAPH.write(tmp_path)
    (tmp_path / "claims.jsonl").unlink()
    (tmp_path / "claims.jsonl").mkdir()
    with pytest.raises(StoreError, match="cannot write"):
        GRAPH.write(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="is a file"):
        GRAPH.write(tmp_path / "file")


def test_a_folder_that_another_writer_holds_is_not_written(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(StoreError, match="another kg is writing there"):
        GRAPH.write(tmp_path)


def test_an_empty_graph_is_written_and_shown(tmp_path: Path) -> None:
    KnowledgeGraph(relations=load()).write(tmp_path)
    assert (tmp_path / "claims.jsonl").read_text() == ""
    assert repr(from_extractions([])) == "KnowledgeGraph(0 documents, 0 entities, 0 edges, 0 claims)"
