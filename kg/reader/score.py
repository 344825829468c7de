"""Score the bundled model on a corpus's own words: ``python -m kg.reader.score FILE.conllu[.gz] FILE.iob2[.gz] …``.

For CoNLL-U: UAS and LAS (all words, punctuation included, full labels), accuracy of parts of speech and of lemmas
(without case). For IOB2 as Universal NER has it (word in the second column, tag in the third): precision, recall
and F1 of names, exact span and type. Tokenization and sentence splitting are not part of these figures.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from kg.reader.lemmas import lemmatize
from kg.reader.model import Model, Reading
from kg.reader.names import name_spans

_NAMES = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
"""Labels of Universal NER and ours."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A gold sentence of n words; heads count from 1, 0 is the root."""

    words: list[str]
    lemmas: list[str]
    parts_of_speech: list[str]
    heads: list[int]
    labels: list[str]


def read_conllu(path: Path) -> Iterator[Tree]:
    """The sentences of a CoNLL-U file, plain or gzipped, without empty nodes and multiword ranges."""
    for columns in _blocks(path):
        yield Tree(list(columns[1]), list(columns[2]), list(columns[3]), [int(h) for h in columns[6]], list(columns[7]))


def read_iob2(path: Path) -> Iterator[tuple[list[str], set[tuple[int, int, str]]]]:
    """(words, names) of each sentence of an IOB2 file; names as (first word, word after the last, label)."""
    for columns in _blocks(path):
        tags = [tag if tag[2:] in _NAMES else "O" for tag in columns[2]]
        yield list(columns[1]), {(first, last, _NAMES[kind]) for first, last, kind in name_spans(tags)}


def _blocks(path: Path) -> Iterator[list[tuple[str, ...]]]:
    """The columns of each sentence of a tab-separated file whose first column counts the words."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if rows:
            yield list(zip(*rows, strict=True))


def score(trees: list[Tree], readings: list[Reading]) -> dict[str, float]:
    """Counts of sentences and words; UAS, LAS, UPOS and lemma accuracy in percent."""
    total = unlabeled = labeled = tagged = lemmatized = 0
    for tree, reading in zip(trees, readings, strict=True):
        for position, word in enumerate(tree.words):
            total += 1
            attached = reading.heads[position] == tree.heads[position]
            unlabeled += attached
            labeled += attached and reading.labels[position] == tree.labels[position]
            part = reading.parts_of_speech[position]
            tagged += part == tree.parts_of_speech[position]
            lemmatized += lemmatize(word, part).casefold() == tree.lemmas[position].casefold()
    counts = {"UAS": unlabeled, "LAS": labeled, "UPOS": tagged, "lemma": lemmatized}
    shares = {name: round(100 * count / total, 1) for name, count in counts.items()}
    return {"sentences": len(trees), "words": total, **shares}


def score_names(gold: list[set[tuple[int, int, str]]], readings: list[Reading]) -> dict[str, float]:
    """Precision, recall and F1 of names in percent, exact span and type, over all sentences."""
    found = [set(reading.names) for reading in readings]
    right = sum(len(a & b) for a, b in zip(gold, found, strict=True))
    precision, recall = (right / max(1, sum(map(len, sets))) for sets in (found, gold))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    rounded = {name: round(100 * value, 1) for name, value in (("P", precision), ("R", recall), ("F1", f1))}
    return {"sentences": len(gold), "names": sum(map(len, gold)), **rounded}


def main(arguments: list[str]) -> None:
    """Print the scores of each file."""
    model = Model(Path(str(files("kg.reader").joinpath("en"))))
    for argument in arguments:
        if ".iob2" in argument:
            sentences = list(read_iob2(Path(argument)))
            result = score_names([names for _, names in sentences], model.read([words for words, _ in sentences], 32))
        else:
            trees = list(read_conllu(Path(argument)))
            result = score(trees, model.read([tree.words for tree in trees], 32))
        print(Path(argument).name, result)


if __name__ == "__main__":
    main(sys.argv[1:])
