"""``kg check``: what it prints, and how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import run

Captured = pytest.CaptureFixture[str]

WRONG = "Chad borders Brazil."
RIGHT = "Chad borders Niger."
GONE = "India was an ally of the Soviet Union."
BOTH = "Chad and Niger are allies. Niger is an enemy of Chad."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders built from one article each."""
    folder = tmp_path_factory.mktemp("check")
    texts = {
        "wrong": f"{RIGHT} {WRONG}",
        "right": RIGHT,
        "contested": BOTH,
        "gone": GONE,
        "none": "It rained in the hills.",
    }
    outs = {}
    for name, text in texts.items():
        source, outs[name] = folder / f"{name}.jsonl", folder / name
        source.write_text(json.dumps({"id": name, "text": text, "published": "2024-05-01"}), "utf-8")
        assert run(["build", str(source), "-o", str(outs[name]), "-q"]) == 0
    return outs


def test_a_contradicted_claim_is_shown_with_its_sentence_and_the_fact_against_it(
    built: dict[str, Path], capsys: Captured
) -> None:
    assert run(["check", str(built["wrong"])]) == 1
    shown = capsys.readouterr().out
    assert "edges        1 confirmed      0 unknown      1 contradicted" in shown
    assert f"Brazil borders Chad (asserted)\n    “{WRONG}”\n    wrong, 2024-05-01, by " in shown
    assert "against it: Brazil has land borders with Argentina, Bolivia, Colombia, France, " in shown
    assert shown.endswith("contested pairs: none\n")


def test_nothing_contradicted_is_no_failure(built: dict[str, Path], capsys: Captured) -> None:
    assert run(["check", str(built["right"]), "--strict"]) == 0
    assert "contradicted by reference facts: none" in capsys.readouterr().out
    assert run(["check", str(built["none"]), "--strict", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"schema": 1, "verdicts": {}, "contradicted": [], "contested": []}


def test_contested_pairs_are_listed_with_dates_and_quotes_and_fail_on_demand(
    built: dict[str, Path], capsys: Captured
) -> None:
    assert run(["check", str(built["contested"])]) == 0
    shown = capsys.readouterr().out
    assert "contested pairs: 1\n  Niger and Chad: ally-of and foe-of\n" in shown
    assert "2024-05-01  ally-of, asserted  contested\n                “Chad and Niger are allies.”" in shown
    assert "2024-05-01  foe-of, asserted  contested\n                “Niger is an enemy of Chad.”" in shown
    assert run(["check", str(built["contested"]), "--strict"]) == 1


def test_json_has_the_claims_as_records_with_verdict_fact_and_date(built: dict[str, Path], capsys: Captured) -> None:
    assert run(["check", str(built["wrong"]), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["verdicts"] == {"borders": {"confirmed": 1, "unknown": 0, "contradicted": 1}}
    [claim] = report["contradicted"]
    lines = [json.loads(line) for line in (built["wrong"] / "claims.jsonl").read_text("utf-8").splitlines()]
    assert claim in [line | {"published": "2024-05-01"} for line in lines]
    assert claim["verdict"] == "contradicted"
    assert run(["check", str(built["contested"]), "--json"]) == 0
    [contest] = json.loads(capsys.readouterr().out)["contested"]
    assert (contest["between"], contest["over"]) == (["country/NER", "country/TCD"], ["ally-of and foe-of"])
    assert [claim["relation"] for claim in contest["claims"]] == ["ally-of", "foe-of"]


def test_facts_of_the_users_own_change_the_verdict_and_no_file(
    built: dict[str, Path], tmp_path: Path, capsys: Captured
) -> None:
    before = {file.name: file.read_bytes() for file in built["wrong"].iterdir() if file.suffix != ".sqlite"}
    facts = tmp_path / "my.csv"
    facts.write_text("subject,relation,object\nChad,borders,Brazil\n", "utf-8")
    assert run(["check", str(built["wrong"]), "--facts", str(facts)]) == 0
    assert "2 confirmed" in capsys.readouterr().out
    facts.write_text("subject,relation,object\nChad,adjoins,Brazil\n", "utf-8")
    assert run(["check", str(built["wrong"]), "--facts", str(facts)]) == 1
    assert "line 2: relation 'adjoins' is unknown; valid: affiliated-with, " in capsys.readouterr().err
    assert before == {file.name: file.read_bytes() for file in built["wrong"].iterdir() if file.suffix != ".sqlite"}


def test_shapes_are_validated_on_demand(built: dict[str, Path], capsys: Captured) -> None:
    pytest.importorskip("pyshacl", reason="needs the extra kg[check]")
    assert run(["check", str(built["right"]), "--shacl"]) == 0
    assert capsys.readouterr().out.endswith("violated shapes: none\n")
    assert run(["check", str(built["gone"]), "--shacl"]) == 0
    shown = capsys.readouterr().out
    assert "1 confirmed" in shown
    assert shown.endswith("violated shapes: none\n")
    assert run(["check", str(built["wrong"]), "--shacl", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["violations"] == []


def test_a_violated_shape_fails_the_check(
    built: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    pytest.importorskip("pyshacl", reason="needs the extra kg[check]")
    from kg import ontology

    stricter = ontology.shapes().replace("sh:maxLength 32", "sh:maxLength 32 ; sh:minLength 1")
    monkeypatch.setattr(ontology, "shapes", lambda: stricter)
    assert run(["check", str(built["right"]), "--shacl"]) == 1
    shown = capsys.readouterr().out
    assert "violated shapes: 2" in shown
    assert "http://www.w3.org/ns/oa#prefix: " in shown


def test_without_pyshacl_only_the_option_fails(
    built: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    assert run(["check", str(built["right"])]) == 0
    assert run(["check", str(built["right"]), "--shacl"]) == 1
    assert "kg: SHACL validation needs the package 'pyshacl'" in capsys.readouterr().err


def test_a_check_loads_neither_the_reader_nor_pyshacl(built: dict[str, Path]) -> None:
    program = f"import sys; from kg.cli import run; run(['check', {str(built['right'])!r}]); print(*sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert {"spacy", "onnxruntime", "pyshacl", "pandas", "pyvis"}.isdisjoint(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("name", "verdict"), [("wrong", "Contradicted"), ("right", "Confirmed"), ("contested", "Unknown")]
)
def test_sparql_finds_claims_by_their_verdict(
    built: dict[str, Path], capsys: Captured, name: str, verdict: str
) -> None:
    query = f"SELECT ?s ?o ?fact {{ ?claim kg:verdict kg:{verdict} ; rdf:subject ?s ; rdf:object ?o . "
    query += "OPTIONAL { ?claim kg:referenceFact ?fact } }"
    assert run(["query", str(built[name]), query, "--format", "csv"]) == 0
    shown = capsys.readouterr().out
    assert "country/TCD" in shown
    assert ("not with Chad" in shown) == (verdict == "Contradicted")
