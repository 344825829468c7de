"""Which readers load, and what is said of those that do not."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from kg.errors import ReaderError, RelationError
from kg.extraction import Extractor
from kg.extraction.patterns import compile_patterns
from kg.model import Document
from kg.reader import BUNDLED, load, reader_id
from kg.reader.component import Reader
from kg.relations.table import parse

# Words, heads (index in the sentence) and labels in the CLEAR scheme; names as offsets.
SENTENCES = [
    ("Iran attacked Iraq .", [1, 1, 1, 1], "nsubj ROOT dobj punct", [(0, 4, "GPE"), (14, 18, "GPE")]),
    ("Israel sold India missiles .", [1, 1, 1, 1, 1], "nsubj ROOT dative dobj punct", [(0, 6, "GPE"), (12, 17, "GPE")]),
    ("Iran is an enemy of Iraq .", [1, 1, 3, 1, 3, 4, 1], "nsubj ROOT det attr prep pobj punct",
     [(0, 4, "GPE"), (20, 24, "GPE")]),
    ("Golda Meir met Oxfam .", [1, 2, 2, 2, 2], "compound nsubj ROOT dobj punct", [(0, 10, "PERSON"), (15, 20, "ORG")]),
]  # fmt: skip


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a real pipeline with a parser and names, trained on the sentences above."""
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    nlp.add_pipe("ner")
    examples = [
        Example.from_dict(nlp.make_doc(text), {"heads": heads, "deps": labels.split(), "entities": names})
        for text, heads, labels, names in SENTENCES
    ]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(25):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipeline") / "en_small"
    nlp.meta["name"], nlp.meta["version"] = "small", "1.2.3"
    nlp.to_disk(folder)
    return folder


def test_no_name_and_its_own_name_are_the_bundled_reader() -> None:
    assert reader_id(load()) == reader_id(load(BUNDLED)) == BUNDLED


def test_a_pipeline_of_spacy_loads_by_its_path_and_is_named_by_its_meta_data(trained: Path) -> None:
    nlp = load(str(trained))
    assert reader_id(nlp) == "en_small-1.2.3"
    doc = nlp("Iran attacked Iraq .")
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "dobj", "punct"] and len(doc.ents) == 2


def test_a_pipeline_of_spacy_reads_documents_although_it_cannot_parse_every_example(trained: Path) -> None:
    extractor = Extractor(reader=str(trained))
    assert extractor.reader == "en_small-1.2.3"
    (extraction,) = extractor.extract([Document("d", "Iran attacked Iraq .", "0")])
    assert [entity.id for entity in extraction.entities] == ["country/IRN", "country/IRQ"]


def test_examples_that_the_bundled_reader_cannot_connect_are_an_error_that_names_them() -> None:
    table = parse('[met]\nexamples = ["<subject:Iran> rose. <object:Iraq> fell."]', "my.toml")
    with pytest.raises(
        RelationError, match=r"\[met\]: the reader does not connect the marks of the example 'Iran rose"
    ):
        compile_patterns(table, load())
    with pytest.raises(RelationError, match=r"\[met\]: the reader connects the marks of none of its examples"):
        compile_patterns(table, load(), strict=False)


def test_an_unknown_name_is_an_error_that_says_what_would_work() -> None:
    with pytest.raises(ReaderError, match=rf"'en_core_nowhere'.*{BUNDLED}.*spacy download en_core_nowhere"):
        load("en_core_nowhere")


@pytest.mark.parametrize(
    ("removed", "lacking"),
    [(["parser"], "token.dep"), (["ner"], "doc.ents"), (["parser", "ner"], "doc.ents, token.dep")],
)
def test_a_pipeline_without_parser_or_names_is_an_error_that_says_so(
    trained: Path, tmp_path: Path, removed: list[str], lacking: str
) -> None:
    nlp = spacy.load(trained)
    for pipe in removed:
        nlp.remove_pipe(pipe)
    nlp.to_disk(tmp_path / "part")
    with pytest.raises(ReaderError, match=f"does not set {lacking}"):
        load(str(tmp_path / "part"))


MODEL_FILES = ("labels.json", "tokenizer.json", "model.onnx", "labels.onnx")


def copy_of_the_model(folder: Path) -> Path:
    """A folder with the files of the bundled model, linked where that is possible."""
    source = Path(str(files("kg.reader").joinpath("en")))
    for name in MODEL_FILES:
        (folder / name).symlink_to(source / name)
    return folder


def test_a_folder_with_all_files_of_the_model_is_read(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = Reader(copy_of_the_model(tmp_path))(nlp.make_doc("Iran attacked Iraq."))
    assert doc[1].dep_ == "ROOT"


@pytest.mark.parametrize("name", MODEL_FILES)
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "nonsense"])
def test_a_model_with_a_missing_or_broken_file_is_an_error_that_names_the_folder(
    tmp_path: Path, name: str, damage: str
) -> None:
    path = copy_of_the_model(tmp_path) / name
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "nonsense": b'{"a": 1}'}[damage])
    with pytest.raises(ReaderError, match=str(tmp_path)):
        Reader(tmp_path)


def test_a_model_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    with pytest.raises(ReaderError, match="cannot load the reader's model"):
        Reader(tmp_path)
