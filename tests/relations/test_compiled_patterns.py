"""The patterns in the package are what the reader makes of the relations today."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extraction.compiled import _kept, content, load_patterns, to_text
from kg.extraction.patterns import compile_patterns
from kg.relations import load
from kg.relations.table import parse

if TYPE_CHECKING:
    import pytest
    from spacy.language import Language

HINT = "run: python -m kg.extraction"


def test_the_kept_patterns_are_current(nlp: Language) -> None:
    """All relations by their content; of the patterns, one in fifty may differ on a processor that rounds otherwise."""
    kept = json.loads(files("kg.extraction").joinpath("compiled.json").read_text("utf-8"))
    assert set(kept["patterns"]) == {content(relation) for relation in load().values()}, HINT
    found, fresh = set(load_patterns(load(), nlp)), set(compile_patterns(load(), nlp))
    assert len(found ^ fresh) <= 0.02 * len(fresh), HINT


def test_writing_and_reading_them_loses_nothing(nlp: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "compiled.json").write_text(to_text(load().values(), nlp), "utf-8")
    monkeypatch.setattr("kg.extraction.compiled.files", lambda _: tmp_path)
    monkeypatch.setattr("kg.extraction.compiled._kept", _kept.__wrapped__)
    assert load_patterns(load(), nlp) == compile_patterns(load(), nlp)


def test_only_what_the_package_does_not_know_is_compiled(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def watched(relations: dict, nlp: Language) -> tuple:
        compiled.extend(relations)
        return compile_patterns(relations, nlp)

    monkeypatch.setattr("kg.extraction.compiled.compile_patterns", watched)
    own = parse(
        '[hosts]\nexamples = ["<subject:Austria> <h:hosts> <object:Oxfam>."]\n[hosts.lexicon]\nh = ["host"]', "my.toml"
    )
    changed = parse(
        '[borders]\nexamples = ["<subject:Chad> <b:borders> <object:Libya>."]\n[borders.lexicon]\nb = ["border"]',
        "my.toml",
    )
    patterns = load_patterns({**load(), **own, **changed}, nlp)
    assert compiled == ["borders", "hosts"]
    assert {pattern.relation for pattern in patterns} == {*load(), "hosts"}
