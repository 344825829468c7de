"""Every format of annotations keeps the same promises; what each reads is shown on texts written for these tests."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.evaluate import Annotated, formats, read
from kg.evaluate.formats import FORMATS
from kg.evaluate.schemes import kind_of, load_scheme
from kg.model import ENTITY_TYPES
from kg.relations import load

DWIE: dict[str, Any] = {
    "id": "DW_1",
    "content": "Ana Ruiz leads Norland. The Norlandic chancellor met Oslo Steel in Fjordby.",
    "tags": ["all", "train"],
    "mentions": [
        {"begin": 0, "end": 8, "text": "Ana Ruiz", "concept": 0},
        {"begin": 15, "end": 22, "text": "Norland", "concept": 1},
        {"begin": 28, "end": 37, "text": "Norlandic", "concept": 2},
        {"begin": 53, "end": 63, "text": "Oslo Steel", "concept": 3},
        {"begin": 67, "end": 74, "text": "Fjordby", "concept": 4},
    ],
    "concepts": [
        {"concept": 0, "text": "Ana Ruiz", "tags": ["type::entity", "type::person", "type::politician"]},
        {"concept": 1, "text": "Norland", "tags": ["type::entity", "type::location", "type::gpe", "type::gpe0"]},
        {"concept": 2, "text": "Norlandic", "tags": ["type::other", "type::gpe0-x"]},
        {"concept": 3, "text": "Oslo Steel", "tags": ["type::organization", "type::company"]},
        {"concept": 4, "text": "Fjordby", "tags": ["type::location", "type::gpe", "type::gpe2"]},
        {"concept": 5, "text": "Unnamed", "tags": ["type::person"]},
    ],
    "relations": [
        {"s": 0, "p": "head_of_gov", "o": 1},
        {"s": 0, "p": "head_of_gov-x", "o": 2},
        {"s": 2, "p": "gpe0", "o": 1},
        {"s": 3, "p": "based_in2", "o": 4},
        {"s": 5, "p": "citizen_of", "o": 1},
    ],
}
OURS: dict[str, Any] = {
    "document": "news/a",
    "entities": [{"id": "country/ISR", "type": "Country", "name": "Israel", "mentions": ["Israel", "Israeli"]}],
    "claims": [],
}
SPANS: dict[str, Any] = {
    "id": "s-1",
    "text": "Ana Ruiz works for Oslo Steel.",
    "entities": [
        {"id": 0, "start": 0, "end": 8, "type": "PERSON"},
        {"id": 1, "start": 19, "end": 29, "type": "ORG"},
    ],
    "relations": [{"head": 0, "tail": 1, "orig_label": "Work_For"}],
}
FACTS: list[dict[str, Any]] = [
    {
        "id": "k-1",
        "text": "Ana Ruiz, who runs Oslo Steel, left.",
        "head": [0, 8],
        "tail": [19, 29],
        "orig_label": "CEO",
    },
    {
        "id": "k-2",
        "text": "Ana Ruiz, who runs Oslo Steel, left.",
        "head": [10, 13],
        "tail": [19, 29],
        "orig_label": "CEO",
    },
    {"id": "k-3", "text": "She left Oslo.", "head": None, "tail": None, "orig_label": "NONE:EMPLOYEE_OR_MEMBER_OF"},
]
COLUMNS = """-DOCSTART- -X- -X- O

Ana NNP B-NP B-PER
Ruiz NNP I-NP I-PER
, , O O
of NNP O O
Oslo NNP B-NP I-ORG
Steel NNP I-NP I-ORG
, , O O
did VBD O O
n't RB O O
pay VB O O
( ( O O
Norlandic NNP O B-MISC
) ) O O
. . O O

-DOCSTART- -X- -X- O

Fjordby NNP B-NP B-LOC
"""
SAMPLES = {
    "kg": ("gold.jsonl", json.dumps(OURS)),
    "spans": ("names.jsonl", json.dumps(SPANS)),
    "knowledgenet": ("facts.jsonl", "\n".join(json.dumps(row) for row in FACTS)),
    "dwie": ("DW_1.json", json.dumps(DWIE, indent=1)),
    "conll": ("eng.testa", COLUMNS),
}


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_every_format_has_a_sample() -> None:
    assert set(SAMPLES) == set(formats()) == set(FORMATS)


@pytest.mark.parametrize("format", SAMPLES)
def test_a_format_is_recognized_and_reads_the_same_when_named_or_gzipped(format: str, tmp_path: Path) -> None:
    path = written(tmp_path, *SAMPLES[format])
    zipped = tmp_path / f"{path.name}.gz"
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    found = read(path)
    assert found
    assert found == read(path, format) == read(zipped)


@pytest.mark.parametrize("format", SAMPLES)
def test_what_is_read_is_whole(format: str, tmp_path: Path) -> None:
    for name, document in read(written(tmp_path, *SAMPLES[format])).items():
        assert name == document.id
        entities = {entity.id: entity for entity in document.entities}
        assert len(entities) == len(document.entities)
        assert document.text is not None or document.names is None
        for mention in document.names or ():
            assert 0 <= mention.start < mention.end <= len(document.text or "")
            assert mention.kind == entities[mention.entity].kind
        for pair in document.pairs or ():
            assert {pair.subject, pair.object} <= entities.keys() and pair.subject != pair.object
        assert document.pairs is None or load_scheme(document.scheme)


BROKEN = [
    ("gold.jsonl", json.dumps(OURS) + '\n{"document": "b"}', r"gold\.jsonl:2"),
    ("gold.jsonl", json.dumps({**OURS, "claims": [{"quote": "x"}]}), r"gold\.jsonl:1"),
    ("names.jsonl", json.dumps(SPANS) + "\n{", r"names\.jsonl:2"),
    ("names.jsonl", json.dumps({**SPANS, "text": "Ana"}), r"names\.jsonl:1.*not in the text"),
    ("names.jsonl", json.dumps({**SPANS, "relations": [{"head": 0, "tail": 7, "orig_label": "x"}]}), "not there: 7"),
    ("facts.jsonl", json.dumps({**FACTS[0], "tail": [30, 99]}), r"facts\.jsonl:1.*not in the text"),
    (
        "DW.json",
        json.dumps({**DWIE, "content": "Something else, as long as the text that was annotated."}),
        "does not stand",
    ),
    ("DW.json", json.dumps({**DWIE, "content": None}), "has no content"),
    ("DW.json", "[1]", "expected content"),
    ("eng.conll", "Ana B-PER\nRuiz person\n", "'person' is no tag"),
    ("notes.md", "# Notes on the annotation\n", "not of a format that is known; valid: conll"),
    ("empty.conll", "", "holds no annotated document"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN, ids=[f"{name}: {why}" for name, _, why in BROKEN])
def test_what_is_broken_is_an_error_that_says_where(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(written(tmp_path, name, text))


def test_a_document_annotated_twice_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'s-1' is annotated twice"):
        read(written(tmp_path, "names.jsonl", f"{json.dumps(SPANS)}\n{json.dumps(SPANS)}"))


def texts(document: Annotated) -> list[tuple[str, str | None]]:
    return [((document.text or "")[name.start : name.end], name.kind.type) for name in document.names or ()]


def test_columns_give_documents_text_as_english_spaces_it_and_names(tmp_path: Path) -> None:
    first, second = read(written(tmp_path, *SAMPLES["conll"])).values()
    assert first.text == "Ana Ruiz, of Oslo Steel, didn't pay (Norlandic)."
    assert texts(first) == [("Ana Ruiz", "Person"), ("Oslo Steel", "Organization"), ("Norlandic", None)]
    assert texts(second) == [("Fjordby", None)]
    assert second.names is not None and second.names[0].kind.allows == {"Country"}


UNER = """# newdoc id = weblog-1
# sent_id = weblog-1-0001
# text = Call Ana Ruiz's boss.
1\tCall\tO\t-\t-
2\tAna\tB-PER\t-\t-
3\tRuiz\tI-PER\t-\t-
4\t's\tO\t-\t-
5\tboss\tO\t-\t-
6\t.\tO\t-\t-

# sent_id = weblog-1-0002
# text = #1 is Oslo Steel
1\t#\tO\t-\t-
2\t1\tO\t-\t-
3\tis\tO\t-\t-
4\tOslo\tB-ORG\t-\t-
5\tSteel\tI-ORG\t-\t-
"""


def test_comments_give_the_id_and_the_text_of_a_document(tmp_path: Path) -> None:
    (document,) = read(written(tmp_path, "uner.iob2", UNER)).values()
    assert (document.id, document.text) == ("weblog-1", "Call Ana Ruiz's boss. #1 is Oslo Steel")
    assert texts(document) == [("Ana Ruiz", "Person"), ("Oslo Steel", "Organization")]


@pytest.mark.parametrize(
    "tags", ["B-PER I-PER O B-PER", "I-PER I-PER O I-PER", "B-PER E-PER O S-PER", "B-PER L-PER O U-PER"]
)
def test_columns_may_be_iob1_iob2_or_bioes(tmp_path: Path, tags: str) -> None:
    lines = "\n".join(f"{word} {tag}" for word, tag in zip("Ana Ruiz phoned Berit".split(), tags.split(), strict=True))
    (document,) = read(written(tmp_path, "a.bio", lines)).values()
    assert texts(document) == [("Ana Ruiz", "Person"), ("Berit", "Person")]


def test_sentences_are_documents_where_none_is_marked(tmp_path: Path) -> None:
    assert len(read(written(tmp_path, "a.conll", "Ana B-PER\n\nBerit B-PER\n"))) == 2


def test_an_adjective_of_a_state_is_a_mention_of_it_in_dwie(tmp_path: Path) -> None:
    (document,) = read(written(tmp_path, *SAMPLES["dwie"])).values()
    assert texts(document)[1:3] == [("Norland", "Country"), ("Norlandic", "Country")]
    assert document.names is not None and document.names[1].entity == document.names[2].entity
    assert [(pair.subject, pair.label, pair.object) for pair in document.pairs or ()] == [
        ("concept-0", "head_of_gov", "concept-1"),
        ("concept-3", "based_in2", "concept-4"),
    ]
    assert {entity.name for entity in document.entities} == {"Ana Ruiz", "Norland", "Oslo Steel", "Fjordby"}


@pytest.mark.parametrize("last", [0, 1], ids=["end is after the last character", "end is the last character"])
def test_both_readings_of_the_end_of_a_mention_are_understood_in_dwie(tmp_path: Path, last: int) -> None:
    mentions = [{**mention, "end": mention["end"] - last} for mention in DWIE["mentions"]]
    (document,) = read(written(tmp_path, "a.json", json.dumps({**DWIE, "mentions": mentions}))).values()
    assert texts(document)[0] == ("Ana Ruiz", "Person")


def test_a_folder_and_a_list_of_dwie_documents_are_read_whole(tmp_path: Path) -> None:
    for number in (2, 1):
        written(tmp_path, f"DW_{number}.json", json.dumps({**DWIE, "id": f"DW_{number}"}))
    written(tmp_path, "README.md", "No annotations.")
    assert list(read(tmp_path)) == ["DW_1", "DW_2"]
    both = [{**DWIE, "id": name} for name in ("DW_1", "DW_2")]
    assert read(written(tmp_path, "all.json", json.dumps(both))) == read(tmp_path / "DW_1.json") | read(
        tmp_path / "DW_2.json"
    )


def test_facts_of_a_sentence_are_one_document_without_its_pronouns(tmp_path: Path) -> None:
    first, second = read(written(tmp_path, *SAMPLES["knowledgenet"])).values()
    assert [(pair.subject, pair.label, pair.object) for pair in first.pairs or ()] == [("0-8", "CEO", "19-29")]
    assert [set(document.asked) for document in (first, second)] == [{"CEO"}, {"EMPLOYEE_OR_MEMBER_OF"}]
    assert second.pairs == () and not second.complete


def test_the_tables_name_our_types_and_relations_and_give_reasons() -> None:
    relations = load()
    for scheme in ("conll04", "knowledgenet", "dwie"):
        rows = load_scheme(scheme)
        assert rows
        for row in rows:
            assert row.holds in {"expects", "accepts", "closes", "unites"}
            if row.holds != "unites":
                assert not row.subjects or row.subjects & set(relations[row.relation].subject), row
                assert not row.objects or row.objects & set(relations[row.relation].object), row
    assert kind_of(["LOC", "B-unknown"]) is not None and kind_of(["DATE"]) is None
    assert {kind_of([tag]).type for tag in ("per", "ORG", "gpe0")} == set(ENTITY_TYPES)  # type: ignore[union-attr]


PUBLISHED = [
    *("ner/uner-ewt-test.iob2.gz", "ner/wikigold.jsonl.gz", "ner/crossner-politics.jsonl.gz"),
    *("relations/conll04.jsonl.gz", "relations/knowledgenet.jsonl.gz"),
]


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_corpora_are_read_whole(name: str) -> None:
    folder = os.environ.get("KG_CORPORA")
    if not folder or not (Path(folder) / name).exists():
        pytest.skip(f"KG_CORPORA names no folder that holds {name}")
    documents = read(Path(folder) / name)
    assert len(documents) > 300
    for document in documents.values():
        assert document.text
        assert all(name.end <= len(document.text) for name in document.names or ())
        assert document.pairs is None or load_scheme(document.scheme)
