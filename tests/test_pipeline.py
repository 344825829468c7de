"""Builds: incremental, whole, and the same bytes whatever the way that led to them."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import KGError, RelationError, SourceError, StoreError
from kg.graph import VIEWS
from kg.model import Document, Extraction
from kg.pipeline import BuildSummary, build_with_summary, extract_all, load_extractor
from kg.pipeline.plan import plan
from kg.pipeline.stream import AT_A_TIME
from kg.sources import Problem
from kg.store import LEDGER, Ledger, locked

TEXTS = {
    "a": "Israel sold missiles to Azerbaijan, Yair Lapid said.",
    "b": "Israel did not sell missiles to Azerbaijan, Lapid said.",
    "c": "Armenia borders Azerbaijan. Russia attacked Ukraine.",
}
TRADE = """
[trades-with]
symmetric = true
subject = ["Country"]
object = ["Country"]
lexicon = { trade = ["trade"] }
examples = ["<subject:France> <trade:trades> with <object:Italy>."]
"""


def document(id: str, text: str | None = None) -> Document:
    text = TEXTS.get(id, f"{id} is a text.") if text is None else text
    return Document(id, text, f"sha of {text}")


ALL = [document(id) for id in TEXTS]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one fresh build; copy it before changing it."""
    out = tmp_path_factory.mktemp("built") / "out"
    kg.build(ALL, out)
    return out


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "out"))


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in VIEWS}


def counts(summary: BuildSummary) -> tuple[int, int, int, int]:
    return summary.new, summary.changed, summary.unchanged, summary.removed


def test_a_build_writes_every_view_and_the_ledger_and_opens_again(built: Path) -> None:
    names = {path.name for path in built.iterdir() if not path.name.startswith(".")}
    assert names == {*VIEWS, LEDGER}
    graph = kg.open(built)
    assert list(graph.documents) == ["a", "b", "c"]
    said = {(edge.subject, edge.relation, edge.object, edge.status, edge.contested) for edge in graph.edges}
    assert ("country/ISR", "sells-arms-to", "country/AZE", "asserted", True) in said
    assert ("country/ISR", "sells-arms-to", "country/AZE", "denied", True) in said
    assert ("country/ARM", "borders", "country/AZE", "asserted", False) in said
    assert {claim.attributed_to for claim in graph.claims if claim.relation == "sells-arms-to"} == {"person/yair-lapid"}


def test_neither_order_nor_threads_change_a_byte(built: Path, tmp_path: Path) -> None:
    kg.build(reversed(ALL), tmp_path / "other", threads=1)
    assert contents(tmp_path / "other") == contents(built)


def test_an_incremental_build_reads_what_is_new_and_equals_a_fresh_one(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    _, first = build_with_summary([document("b", "Chad borders Niger."), ALL[2], document("d")], other)
    graph, second = build_with_summary(ALL, other, prune=True)
    assert (counts(first), counts(second)) == ((3, 0, 0, 0), (1, 1, 1, 1))
    assert contents(other) == contents(built)
    assert graph == kg.open(built)


def test_a_build_of_the_same_sources_reads_nothing_and_changes_nothing(out: Path, built: Path) -> None:
    _, summary = build_with_summary(ALL, out)
    assert counts(summary) == (0, 0, 3, 0)
    assert contents(out) == contents(built)


def test_documents_that_the_sources_no_longer_hold_stay_unless_pruned(out: Path) -> None:
    graph, summary = build_with_summary(ALL[:1], out)
    assert (counts(summary), list(graph.documents)) == ((0, 0, 1, 0), ["a", "b", "c"])
    graph, summary = build_with_summary(ALL[:1], out, prune=True)
    assert (counts(summary), list(graph.documents)) == ((0, 0, 1, 2), ["a"])


def test_the_summary_counts_what_the_graph_holds_and_the_ledger_keeps_it(built: Path, out: Path) -> None:
    graph, summary = build_with_summary(ALL, out)
    assert summary.documents == 3
    assert summary.page == out / "graph.html"
    assert sum(summary.entities.values()) == len(graph.entities)
    assert summary.claims["sells-arms-to"] == {"asserted": 1, "denied": 1}
    assert sum(sum(by_status.values()) for by_status in summary.claims.values()) == len(list(graph.claims))
    with Ledger.open(out) as ledger:
        runs = ledger._connection.execute("SELECT finished, summary FROM runs ORDER BY id").fetchall()
    assert len(runs) == 2
    assert all(finished for finished, _ in runs)
    assert json.loads(runs[-1][1])["claims"]["sells-arms-to"] == {"asserted": 1, "denied": 1}


def test_one_document_that_breaks_the_reader_is_a_problem_and_the_rest_goes_on(out: Path) -> None:
    broken = document("c", "Israel \ud800 sold missiles to Chad.")
    graph, summary = build_with_summary([*ALL[:2], broken, document("d")], out)
    assert [problem.where for problem in summary.problems] == ["c"]
    assert "cannot be read" in summary.problems[0].reason
    assert list(graph.documents) == ["a", "b", "d"]
    assert counts(summary) == (1, 0, 2, 1)


def test_skipped_input_is_warned_of(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="skipped c: cannot be read"):
        kg.build([document("c", "\ud800"), ALL[0]], tmp_path / "out")


def test_an_interrupted_build_keeps_what_it_read_and_leaves_the_views_alone(out: Path, built: Path) -> None:
    def interrupt(stage: str, done: int, total: int | None) -> None:
        if stage == "extract" and done:
            raise KeyboardInterrupt

    many = [*ALL, *(document(f"n{number:02}") for number in range(AT_A_TIME + 3))]
    with pytest.raises(KeyboardInterrupt):
        build_with_summary(many, out, progress=interrupt)
    assert contents(out) == contents(built)
    _, summary = build_with_summary(many, out)
    assert counts(summary) == (3, 0, 3 + AT_A_TIME, 0)


def test_a_relation_of_ones_own_rereads_the_ledger_and_is_known_on_opening(out: Path, tmp_path: Path) -> None:
    table = tmp_path / "trade.toml"
    table.write_text(TRADE)
    graph, summary = build_with_summary([document("t", "Chad trades with Niger.")], out, relations=[table])
    assert counts(summary) == (1, 3, 0, 0)
    assert summary.claims["trades-with"] == {"asserted": 1}
    table.unlink()
    assert kg.open(out) == graph
    assert kg.open(out).relations["trades-with"].symmetric
    assert b"tradesWith" in (out / "graph.ttl").read_bytes()


def test_a_table_that_is_no_good_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[trades-with")
    with pytest.raises(RelationError, match=r"bad\.toml"):
        kg.build(ALL, tmp_path / "out", relations=[tmp_path / "bad.toml"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("inside", ["out", "deep/out", "."])
def test_a_build_does_not_read_its_own_output(tmp_path: Path, inside: str) -> None:
    (tmp_path / "a.txt").write_text("Armenia borders Azerbaijan.")
    with pytest.raises(SourceError, match="lies within the source"):
        kg.build(tmp_path, tmp_path / inside)


def test_a_folder_with_files_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "relations.csv").write_text("mine")
    with pytest.raises(StoreError, match="did not write"):
        kg.build(ALL, tmp_path)
    assert (tmp_path / "relations.csv").read_text() == "mine"


def test_two_builds_in_one_folder_are_told_apart(out: Path) -> None:
    with locked(out), pytest.raises(StoreError, match="another kg is writing there"):
        kg.build(ALL, out)


def test_opening_a_folder_that_is_none_of_ours_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KGError, match="kg build"):
        kg.open(tmp_path)


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_documents_with_one_id_the_same_one_stays_whatever_their_order(tmp_path: Path, order: int) -> None:
    found = [document("a", "One."), document("a", "Two."), document("a", "Two."), document("b")]
    with Ledger.open(tmp_path, create=True) as ledger:
        todo = plan(found[::order], ledger, "f")
    assert sorted(todo.pending) == ["a", "b"]
    assert todo.pending["a"] == plan_of_one(found[:2], tmp_path)
    assert {problem.where for problem in todo.problems} == {"a"}


def plan_of_one(found: Iterable[Document], folder: Path) -> Document:
    with Ledger.open(folder) as ledger:
        return plan(found, ledger, "f").pending["a"]


def test_the_same_document_twice_is_no_problem(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        todo = plan([ALL[0], ALL[0]], ledger, "f")
    assert (list(todo.pending), todo.problems) == (["a"], [])


def test_sources_that_hold_nothing_are_an_error_and_prune_nothing(tmp_path: Path) -> None:
    def nothing() -> Iterator[Document | Problem]:
        yield from ()

    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put([Extraction("r", ALL[0], (), (), ())], "f")
        with pytest.raises(SourceError, match="hold no document"):
            plan(nothing(), ledger, "f", prune=True)
        assert ledger.ids() == ["a"]


def test_metadata_that_changed_has_a_document_read_again(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put([Extraction("r", item, (), (), ()) for item in ALL], "f")
        todo = plan([replace(ALL[0], title="New"), *ALL[1:]], ledger, "f")
        assert (list(todo.pending), todo.unchanged) == (["a"], {"b", "c"})
        assert sorted(plan(ALL[:1], ledger, "g").pending) == ["a", "b", "c"]
        assert plan(ALL[:1], ledger, "g", prune=True).removed == {"b", "c"}


def test_a_text_or_a_document_is_extracted_and_a_text_has_an_id_of_its_own() -> None:
    one, other = kg.extract(TEXTS["c"]), kg.extract("Chad borders Niger.")
    assert one.document.id != other.document.id
    assert {claim.relation for claim in one.claims} == {"borders", "foe-of"}
    assert kg.extract(ALL[2]).document == ALL[2]


def test_extracting_sources_keeps_their_order_and_reports_what_it_skips(tmp_path: Path) -> None:
    (tmp_path / "z.jsonl").write_text('{"id": "z1", "text": "Chad borders Niger."}\n{broken\n')
    found = list(extract_all([document("y", "\ud800"), *ALL[:1], tmp_path], load_extractor()))
    read = [item.document.id for item in found if isinstance(item, Extraction)]
    assert read == ["a", "z1"]
    assert sum(isinstance(item, Problem) for item in found) == 2


NAMED = [
    document("s1", "John Smith, a British admiral, visited Gibraltar. John Smith praised France."),
    document("s2", "John Smith, the mayor of Houston, opened a bridge."),
    document("s3", "British Admiral John Smith commands the Royal Navy."),
    document("s4", "Israeli Prime Minister Yair Lapid met Lindenstrauss."),
    document("s5", "Lapid leads Israel, and Smith leads the Royal Navy."),
    document("s6", "The Institute for Coastal Studies (ICS) counted ships, Micha Lindenstrauss said."),
    document("s7", "ICS is part of Haifa University, the Russian Ministry of Defence said."),
    document("s8", "Russia's Defense Ministry denied it. Zelensky leads Ukraine. Volodymyr Zelenskyy thanked Poland."),
]
TABLE = "action,name,into,qid,document\nsplit,John Smith,John Smith the Elder,,s3\nrename,Yair Lapid,Y. Lapid,,\n"


@settings(max_examples=6, deadline=None)
@given(st.permutations(NAMED), st.integers(1, len(NAMED) - 1))
def test_names_resolved_step_by_step_are_those_of_a_fresh_build(named: Path, order: list[Document], first: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        kg.build(order[:first], out)
        kg.build(order[first:], out)
        assert contents(out) == contents(named)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("named") / "out"
    graph = kg.build(NAMED, out)
    assert {"person/john-smith", "person/john-smith-houston", "person/yair-lapid"} <= graph.entities.keys()
    return out


def test_a_table_of_aliases_merges_anew_without_reading_and_is_kept_for_opening(named: Path, tmp_path: Path) -> None:
    out, table = Path(shutil.copytree(named, tmp_path / "out")), tmp_path / "who.csv"
    table.write_text(TABLE)
    graph, summary = build_with_summary(NAMED, out, aliases=[table])
    assert counts(summary) == (0, 0, len(NAMED), 0)
    assert "person/y-lapid" in graph.entities and "person/yair-lapid" not in graph.entities
    assert kg.open(out) == graph
    kg.build(NAMED, tmp_path / "fresh", aliases=[table])
    assert contents(out) == contents(tmp_path / "fresh")
    kg.build(NAMED, out)
    assert contents(out) == contents(named)


def test_the_table_of_aliases_is_part_of_a_runs_fingerprint(named: Path, tmp_path: Path) -> None:
    out, table = Path(shutil.copytree(named, tmp_path / "out")), tmp_path / "who.csv"
    table.write_text(TABLE)
    kg.build(NAMED, out, aliases=[table])
    with contextlib.closing(sqlite3.connect(out / LEDGER)) as connection:
        first, second = connection.execute("SELECT fingerprint FROM runs ORDER BY id").fetchall()
    assert first != second


def test_a_row_of_the_table_that_means_nobody_is_a_problem_of_the_build(named: Path, tmp_path: Path) -> None:
    out, table = Path(shutil.copytree(named, tmp_path / "out")), tmp_path / "who.csv"
    table.write_text("action,name,into\nmerge,Nobody,Yair Lapid\n")
    _, summary = build_with_summary(NAMED, out, aliases=[table])
    assert [str(problem) for problem in summary.problems] == ["who.csv, line 2: merge: nobody is called 'Nobody'"]
