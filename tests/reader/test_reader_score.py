"""Scores of a reader are what can be counted by hand: the right items among those of the corpus and those found."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.reader.corpora import Sentence, join, read_conllu
from kg.reader.score import (
    doc_of,
    figures,
    kinds_of,
    paragraphs,
    score_names,
    score_raw,
    score_words,
    text_of,
    to_table,
)

TREEBANK = """
# newdoc id = one
# newpar
# sent_id = 1
1 Ada Ada PROPN NNP 2 nsubj _
2 sings sing VERB VBZ 0 root SpaceAfter=No
3 . . PUNCT . 2 punct _

# sent_id = 2
1 Tom Tom PROPN NNP 2 nsubj _
2 hums hum VERB VBZ 0 root SpaceAfter=No
3 . . PUNCT . 2 punct SpaceAfter=No

# newpar
# sent_id = 3
1 Ghent Ghent PROPN NNP 2 nsubj _
2 slept sleep VERB VBD 0 root _
3 ! ! PUNCT . 2 punct _

# newdoc id = two
# newpar
# sent_id = 4
1 Go go VERB VB 0 root SpaceAfter=No
2 ! ! PUNCT . 1 punct _
"""
"""Eleven words in four sentences, three paragraphs and two documents."""
READ = (
    "Ada/PROPN/NNP/Ada/2/nsubj sings/VERB/VBZ/sing/0/root ./PUNCT/././2/punct",
    "Tom/PROPN/NNP/Tom/2/nsubj hums/VERB/VBZ/hum/0/root ./PUNCT/././2/punct",
    "Ghent/PROPN/NNP/Ghent/2/nsubj slept/VERB/VBD/sleep/0/root !/PUNCT/./!/2/punct",
    "Go/VERB/VB/go/0/root !/PUNCT/./!/1/punct",
)
"""What a perfect reader reads: form, part, tag, lemma, head and label."""
PERFECT = dict.fromkeys(("UPOS", "tags", "lemmas", "UAS", "LAS"), 100.0)
WRONG_HEAD = "Ada/PROPN/NNP/Ada/2/nsubj sings/VERB/VBZ/sing/0/root ./PUNCT/././1/punct"
WRONG_ROOT = "Ada/PROPN/NNP/Ada/0/root sings/VERB/VBZ/sing/1/root ./PUNCT/././2/punct"
WRONG_LABEL = "Ghent/PROPN/NNP/Ghent/2/obj slept/VERB/VBD/sleep/0/root !/PUNCT/./!/2/punct"
CUT = "Ada/PROPN/NNP/Ada/2/nsubj sing/VERB/VBZ/sing/0/root s/PART/X/s/2/dep ./PUNCT/././2/punct"
TWO_IN_ONE = READ[0] + " Tom/PROPN/NNP/Tom/5/nsubj hums/VERB/VBZ/hum/2/dep ./PUNCT/././5/punct"
WORDS: dict[str, tuple[dict[int, str], dict[str, float]]] = {
    "nothing wrong": ({}, {}),
    "a wrong head": ({0: WRONG_HEAD}, {"UAS": 90.9, "LAS": 90.9}),
    "a wrong root": ({0: WRONG_ROOT}, {"UAS": 81.8, "LAS": 81.8}),
    "a wrong label": ({2: WRONG_LABEL}, {"LAS": 90.9}),
    "a wrong part": ({3: "Go/NOUN/VB/go/0/root !/PUNCT/./!/1/punct"}, {"UPOS": 90.9}),
    "a wrong tag": ({3: "Go/VERB/NN/go/0/root !/PUNCT/./!/1/punct"}, {"tags": 90.9}),
    "a wrong lemma": ({3: "Go/VERB/VB/gone/0/root !/PUNCT/./!/1/punct"}, {"lemmas": 90.9}),
    "a lemma in capitals": ({3: "Go/VERB/VB/GO/0/root !/PUNCT/./!/1/punct"}, {}),
}
RAW: dict[str, tuple[dict[int, str], dict[str, float]]] = {
    **WORDS,
    "a wrong split": ({0: CUT}, {**dict.fromkeys(("words", "UPOS", "tags", "lemmas"), 87.0), "UAS": 69.6, "LAS": 69.6}),
    "two sentences in one": ({0: TWO_IN_ONE, 1: ""}, {"sentences": 57.1, "UAS": 90.9, "LAS": 90.9}),
}
NAMES = {"1": (0, 3, "PERSON"), "2": (0, 3, "PERSON"), "3": (0, 5, "PLACE")}
FOUND: dict[str, tuple[dict[str, str], dict[str, float]]] = {
    "all": (
        {"Ada": "PERSON", "Tom": "PER", "Ghent": "GPE", "Go": "DATE"}, {"names": 100.0, "PERSON": 100.0, "PLACE": 100.0},
    ),
    "none": ({}, {"names": 0.0, "PERSON": 0.0, "PLACE": 0.0}),
    "a wrong kind": (
        {"Ada": "PERSON", "Tom": "ORG", "Ghent": "LOC"}, {"names": 66.7, "PERSON": 66.7, "ORG": 0.0, "PLACE": 100.0},
    ),
    "one too many": (
        {"Ada": "PERSON", "Tom": "PERSON", "Ghent": "PLACE", "Go": "PLACE"}, {"names": 85.7, "PERSON": 100.0, "PLACE": 66.7},
    ),
}  # fmt: skip


@Language.factory("test_table")
class Table:
    """Reads ``sentences`` as it was told, and takes the forms in ``names`` for names."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.vocab = nlp.vocab
        self.sentences: list[str] = []
        self.names: dict[str, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        rows: list[list[str]] = []
        heads: list[int] = []
        spaces: list[bool] = []
        left = doc.text
        for sentence in self._of("".join(left.split())):
            first = len(rows)
            for row in (word.split("/") for word in sentence.split()):
                rest = left.removeprefix(row[0])
                left = rest.lstrip()
                gap = rest[: len(rest) - len(left)]
                heads.append(first + int(row[4]) - 1 if row[4] != "0" else len(rows))
                rows.append(row)
                spaces.append(gap == " ")
                if gap.strip(" ") or len(gap) > 1:
                    rows.append([gap, "SPACE", "_SP", gap, "", "dep"])
                    heads.append(len(rows) - 2)
                    spaces.append(False)
        forms, parts, tags, lemmas, _, labels = (list(column) for column in zip(*rows, strict=True))
        labels = [label.replace("root", "ROOT") for label in labels]
        names = [f"B-{self.names[form]}" if form in self.names else "O" for form in forms]
        return Doc(self.vocab, forms, spaces, tags=tags, pos=parts, lemmas=lemmas, heads=heads, deps=labels, ents=names)

    def _of(self, text: str) -> Sequence[str]:
        """The consecutive sentences that make up ``text``, white space aside."""
        forms = ["".join(word.split("/")[0] for word in sentence.split()) for sentence in self.sentences]
        ends = range(len(forms) + 1)
        return next(self.sentences[a:b] for a in ends for b in ends[a + 1 :] if "".join(forms[a:b]) == text)


def reader(changes: dict[int, str] | None = None, names: dict[str, str] | None = None) -> Language:
    """A reader that is perfect but for ``changes`` of the sentences it reads."""
    nlp = spacy.blank("en")
    table: Any = nlp.add_pipe("test_table")
    table.sentences = [(changes or {}).get(number, sentence) for number, sentence in enumerate(READ)]
    table.names = names or {}
    return nlp


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))
    return path


def conllu() -> str:
    lines = []
    for line in TREEBANK.strip().split("\n"):
        if line[:1].isdigit():
            number, form, lemma, part, tag, head, label, misc = line.split()
            line = "\t".join((number, form, lemma, part, tag, "_", head, label, "_", misc))
        lines.append(line)
    return "\n".join(lines) + "\n\n"


@pytest.fixture
def gold(tmp_path: Path) -> list[Sentence]:
    return list(read_conllu(written(tmp_path, "gold.conllu.gz", conllu())))


@pytest.fixture
def named(gold: list[Sentence]) -> dict[str, Sentence]:
    """The same sentences as a corpus of names has them: words apart."""
    found = {}
    for sentence in gold:
        text, words = join(sentence.forms)
        found[sentence.id] = Sentence(
            sentence.id, text, words, names=[NAMES[sentence.id]] if sentence.id in NAMES else []
        )
    return found


@pytest.mark.parametrize(("changes", "scores"), WORDS.values(), ids=WORDS.keys())
def test_scores_on_gold_words(gold: list[Sentence], changes: dict[int, str], scores: dict[str, float]) -> None:
    assert score_words(reader(changes), gold) == PERFECT | scores


@pytest.mark.parametrize(("changes", "scores"), RAW.values(), ids=RAW.keys())
def test_scores_from_raw_text(gold: list[Sentence], changes: dict[int, str], scores: dict[str, float]) -> None:
    assert score_raw(reader(changes), gold) == {"sentences": 100.0, "words": 100.0} | PERFECT | scores


@pytest.mark.parametrize(("found", "scores"), FOUND.values(), ids=FOUND.keys())
def test_scores_of_names(
    gold: list[Sentence], named: dict[str, Sentence], found: dict[str, str], scores: dict[str, float]
) -> None:
    nlp = reader(names=found)
    assert score_names(nlp, named.values()) == scores
    assert score_names(nlp, named.values(), words=True) == scores
    raw = score_raw(nlp, gold, named)
    assert {name: raw[name] for name in ("names", "PERSON", "ORG", "PLACE") if name in raw} == scores
    assert {name: raw[name] for name in PERFECT} == PERFECT


def test_names_of_other_kinds_are_not_scored(gold: list[Sentence]) -> None:
    sentences = [Sentence("1", "Ada sings.", gold[0].words, names=[(0, 3, "NORP")])]
    assert score_names(reader(names={"Ada": "NORP"}), sentences) == {}


def test_a_name_must_have_the_right_ends() -> None:
    sentences = [Sentence("1", "Ada sings.", [(0, 3)], names=[(0, 9, "PERSON")])]
    assert score_names(reader(names={"Ada": "PERSON"}), sentences) == {"names": 0.0, "PERSON": 0.0}


def test_names_of_a_document_have_our_kinds() -> None:
    doc = reader(names={"Ada": "PER", "Tom": "GPE", "hums": "EVENT"})("Ada sings. Tom hums.")
    assert list(kinds_of(doc)) == [(0, 3, "PERSON"), (11, 14, "PLACE")]


def test_a_document_is_its_sentences_as_they_follow_each_other(gold: list[Sentence]) -> None:
    assert text_of(gold[:3]) == "Ada sings. Tom hums.\n\nGhent slept !"
    assert text_of(gold[3:]) == "Go!"
    assert text_of([]) == ""


def test_paragraphs_hold_every_sentence_in_order(gold: list[Sentence]) -> None:
    assert [[s.id for s in part] for part in paragraphs(gold)] == [["1", "2"], ["3"], ["4"]]
    assert [[s.id for s in part] for part in paragraphs(gold[1:])] == [["2"], ["3"], ["4"]]
    assert list(paragraphs([])) == []


def test_a_doc_has_the_words_spaces_and_sentence_starts_of_the_corpus(gold: list[Sentence]) -> None:
    doc = doc_of(spacy.blank("en"), gold[:2])
    assert doc.text == "Ada sings. Tom hums."
    assert [token.text for token in doc if token.is_sent_start] == ["Ada", "Tom"]


def test_figures_say_what_is_missing_and_leave_it_out(tmp_path: Path) -> None:
    said: list[str] = []
    assert figures(reader(), tmp_path, said.append) == {}
    assert len(said) == 4
    for file in ("ud/ewt-test.conllu.gz", "ud/gum-dev.conllu.gz", "ner/gmb.jsonl.gz", "ner/wikigold.jsonl.gz"):
        assert sum(str(tmp_path / file) in line for line in said) == 1
    written(tmp_path, "ud/gum-dev.conllu.gz", conllu())
    said.clear()
    tables = figures(reader(), tmp_path, said.append)
    assert tables == {
        "GUM dev, gold words": PERFECT,
        "GUM dev, raw text": {"sentences": 100.0, "words": 100.0, **PERFECT},
    }
    assert len(said) == 3


def test_figures_of_all_corpora(tmp_path: Path, named: dict[str, Sentence]) -> None:
    row = {"id": "1", "text": "Ada sings.", "entities": [{"start": 0, "end": 3, "type": "PERSON"}]}
    wrong = row | {"entities": [{"start": 0, "end": 3, "type": "ORG"}, {"start": 4, "end": 9, "type": "MUSIC"}]}
    tags = {"Ada": "B-PER", "Tom": "B-PER", "Ghent": "B-LOC"}
    blocks = []
    for number, sentence in named.items():
        lines = [f"{n}\t{form}\t{tags.get(form, 'O')}\t-\t-" for n, form in enumerate(sentence.forms, 1)]
        blocks.append("\n".join([f"# sent_id = {number}", *lines]))
    written(tmp_path, "ud/ewt-test.conllu.gz", conllu())
    written(tmp_path, "ud/gum-dev.conllu.gz", conllu())
    written(tmp_path, "ner/uner-ewt-test.iob2.gz", "\n\n".join(blocks) + "\n\n")
    written(tmp_path, "ner/gmb.jsonl.gz", json.dumps(row) + "\n")
    written(tmp_path, "ner/wikigold.jsonl.gz", json.dumps(wrong) + "\n")
    said: list[str] = []
    tables = figures(reader(names={"Ada": "PERSON", "Tom": "PERSON", "Ghent": "PLACE"}), tmp_path, said.append)
    names = {"names": 100.0, "PERSON": 100.0, "PLACE": 100.0}
    assert said == []
    assert tables["EWT test, gold words"] == tables["GUM dev, gold words"] == PERFECT
    assert tables["EWT test, raw text"] == {"sentences": 100.0, "words": 100.0} | PERFECT | names
    assert tables["UNER test, gold words"] == names
    assert tables["GMB held out, as published"] == {"names": 100.0, "PERSON": 100.0}
    assert tables["GMB held out, names repaired"] == {"names": 100.0, "PERSON": 100.0}
    assert tables["Wikigold held out, as published"] == {"names": 0.0, "PERSON": 0.0, "ORG": 0.0}
    assert len(tables) == 8


def test_a_table_has_a_line_for_each_corpus() -> None:
    assert to_table({"A": {"UAS": 90.9, "LAS": 81.8}, "B": {}}) == "- A: UAS 90.9, LAS 81.8\n- B: "
