"""What a user would otherwise have: spaCy's small CNN pipeline, trained on the data of the bundled reader.

``python tests/benchmarks/cnn_baseline.py --data FOLDER --out FOLDER [--minutes N]`` trains on one CPU thread for N
minutes and writes the pipeline of the best evaluation to OUT; ``python -m kg.reader.score --data FOLDER --reader OUT``
scores it, ``python tests/benchmarks/reader.py --cnn OUT`` measures its speed.

Pipeline and training are those of ``spacy init config --lang en --optimize efficiency`` and ``spacy train``: one
tok2vec (hash embeddings, CNN of width 96 and depth 4) under parser, ner, tagger, morphologizer and
trainable_lemmatizer; Adam at 0.001, batches that grow from 100 to 1000 words. Differences: time ends it and not
patience, and weights are averaged.

Corpora, held-out parts and the share of each corpus in an epoch are those of ``data/reader/kg-en-2.toml``; treebanks
come in their own words and in the tokens of run time, consecutive sentences together, paragraphs apart by a blank line,
as in raw text. What a corpus does not annotate is missing, so nothing learns from it. The reader's augmentation is left
out. Scores of development are of EWT dev (trees) and GUM dev (trees and names); the run depends on the machine's speed.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

    from kg.reader.corpora import Sentence
    from kg.reader.train.config import Config, Corpus

CONFIG = Path(__file__).resolve().parents[2] / "data" / "reader" / "kg-en-2.toml"
COMPONENTS = ["parser", "ner", "tagger", "morphologizer", "trainable_lemmatizer"]
"""The last one passes the gradient on to the shared tok2vec; parser and ner do not where a batch has none for them."""
EVERY = 500
"""Updates between two evaluations."""
DEV_DOCS = 250
"""Documents of each development set that an evaluation reads."""
TOGETHER = 5
"""Sentences that are taken for a paragraph where a corpus has running text without paragraphs."""
MISSING = ""
BLANK = "\n\n"
SHOWN = ("tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f", "ents_f")


@dataclass(slots=True)
class Columns:
    """The words of a document and their annotation; heads count from 0."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add(self, sentence: Sentence, names: list[str]) -> None:
        offset = len(self.words)
        self.words += sentence.forms
        self.spaces += [a[1] < b[0] for a, b in zip(sentence.words, sentence.words[1:], strict=False)]
        self.spaces.append(sentence.space_after)
        self.names += names
        if syntax := sentence.syntax:
            self.pos += syntax.parts_of_speech
            self.tags += syntax.tags
            self.lemmas += syntax.lemmas
            self.heads += [offset + (head - 1 if head else index) for index, head in enumerate(syntax.heads)]
            self.deps += [label if head else "ROOT" for label, head in zip(syntax.labels, syntax.heads, strict=True)]

    def add_blank_line(self) -> None:
        """A token of white space that hangs on the word before it, as in spaCy's own pipelines."""
        self.spaces[-1] = False
        self.heads.append(len(self.words) - 1)
        for column, value in (
            (self.words, BLANK), (self.pos, "SPACE"), (self.tags, "_SP"), (self.lemmas, BLANK), (self.deps, "dep")
        ):  # fmt: skip
            column.append(value)
        self.spaces.append(False)
        self.names.append(self.names[-1] and "O")

    def to_doc(self, nlp: Language) -> Doc:
        from spacy.tokens import Doc, Span

        from kg.reader.corpora import bio_spans

        syntax: dict[str, Any] = {}
        if self.heads:
            syntax = {"pos": self.pos, "tags": self.tags, "lemmas": self.lemmas, "heads": self.heads, "deps": self.deps}
        doc = Doc(nlp.vocab, words=self.words, spaces=self.spaces, **syntax)
        found = [Span(doc, first, last, label=kind) for first, last, kind in bio_spans(self.names)]
        unknown = [Span(doc, i, i + 1) for i, name in enumerate(self.names) if name == MISSING]
        doc.set_ents(found, missing=unknown, default="outside")
        return doc


def name_labels(sentence: Sentence, norp: str, groups: set[str]) -> list[str]:
    """BIO labels of the words; missing where the corpus does not say.

    spaCy knows no "outside or NORP": what a corpus without NORP leaves unlabeled is missing for words that are part of
    one elsewhere (``groups``), and outside for others.
    """
    from kg.reader.train.examples import ANY_NAME, BIO, name_sets

    labels = []
    for form, allowed in zip(sentence.forms, name_sets(sentence, norp), strict=True):
        if allowed.bit_count() == 1:
            labels.append(BIO[allowed.bit_length() - 1])
        else:
            labels.append(MISSING if allowed == ANY_NAME or form in groups else "O")
    return labels


def words_of_groups(sentences: Iterable[Sentence]) -> set[str]:
    """Capitalized words in names of nationalities, religious and political groups."""
    names = [s.text[start:end] for s in sentences for start, end, label in s.names or () if label == "NORP"]
    return {word for name in names for word in name.split() if word[:1].isupper()}


def together(
    sentences: Sequence[Sentence], running: bool, config: Config, chance: random.Random
) -> Iterator[list[Sentence]]:
    """Consecutive sentences of one document, in the sizes that the reader is trained with; others stay alone."""
    group: list[Sentence] = []
    limit = 0
    for number, sentence in enumerate(sentences):
        goes_on = number % TOGETHER != 0 if running else bool(sentence.syntax)
        fits = sum(len(other.words) for other in group) + len(sentence.words) <= limit
        if group and not (goes_on and fits and sentence.document == group[0].document):
            yield group
            group = []
        if not group:
            limit = 0 if chance.random() < config.alone else chance.randint(config.longest // 4, config.longest)
        group.append(sentence)
    if group:
        yield group


def in_run_time_tokens(sentences: Iterable[Sentence]) -> list[Sentence]:
    from kg.reader.load import tokenizer
    from kg.reader.train.align import retokenized

    split = tokenizer()
    tokenized = []
    for sentence in sentences:
        spans = [(t.idx, t.idx + len(t)) for t in split.make_doc(sentence.text) if not t.is_space]
        tokenized.append(retokenized(sentence, spans) if spans else sentence)
    return tokenized


def docs_of(
    nlp: Language, corpus: Corpus, versions: Sequence[Sequence[Sentence]], config: Config, groups: set[str]
) -> list[Doc]:
    """The documents of a corpus, once in each of its ``versions``."""
    chance = random.Random(f"{config.seed}/{corpus.path}")
    docs = []
    for sentences in versions:
        for group in together(sentences, corpus.running, config, chance):
            columns = Columns()
            for sentence in group:
                if columns.words and sentence.opens_paragraph and not corpus.running:
                    columns.add_blank_line()
                columns.add(sentence, name_labels(sentence, corpus.norp, groups))
            docs.append(columns.to_doc(nlp))
    return docs


def example_of(doc: Doc) -> Example:
    from spacy.tokens import Doc as SpacyDoc
    from spacy.training import Example as SpacyExample

    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    return SpacyExample(SpacyDoc(doc.vocab, words=words, spaces=spaces), doc)


def new_pipeline(seed: int) -> Language:
    """spaCy's recommended small pipeline with the bundled reader's tokenizer, without weights."""
    from spacy import util
    from spacy.cli.init_config import init_config
    from thinc.api import fix_random_seed

    from kg.reader.load import tokenizer

    config = init_config(lang="en", pipeline=COMPONENTS, optimize="efficiency")
    config["training"]["seed"] = seed
    config["training"]["optimizer"]["use_averages"] = True
    fix_random_seed(seed)
    nlp = util.load_model_from_config(config, auto_fill=True)
    ours: Any = tokenizer().tokenizer
    theirs: Any = nlp.tokenizer
    theirs.infix_finditer = ours.infix_finditer
    nlp.meta["name"] = "cnn_baseline"
    return nlp


def load_examples(
    nlp: Language, config: Config, folder: Path, limit: int | None
) -> tuple[list[tuple[float, list[Example]]], list[Example]]:
    """(share of an epoch, examples) of each corpus, and the examples of development."""
    from kg.reader.train.data import sentences_of

    chance = random.Random(config.seed)
    corpora = [corpus for corpus in config.corpora if not corpus.dev or corpus.path.startswith("ud/")]
    loaded = [(corpus, sentences_of(corpus, folder)[:limit]) for corpus in corpora]
    groups = words_of_groups(s for corpus, found in loaded if not corpus.dev for s in found)
    training: list[tuple[float, list[Example]]] = []
    dev: list[Example] = []
    for corpus, found in loaded:
        if corpus.dev:
            docs = docs_of(nlp, corpus, [found], config, groups)
            dev += [example_of(doc) for doc in chance.sample(docs, min(DEV_DOCS, len(docs)))]
            continue
        trees = any(sentence.syntax for sentence in found)
        versions = [found, in_run_time_tokens(found)] if trees else [in_run_time_tokens(found)]
        examples = [example_of(doc) for doc in docs_of(nlp, corpus, versions, config, groups)]
        training.append((corpus.passes / config.epochs / len(versions), examples))
        words = sum(len(example) for example in examples)
        print(f"{corpus.path}: {len(found)} sentences, {len(examples)} documents, {words} tokens", flush=True)
    return training, dev


def endless(examples: Sequence[Example], chance: random.Random) -> Iterator[Example]:
    """Shuffled passes over all, one after the other."""
    while True:
        yield from chance.sample(examples, len(examples))


def batches_until(
    deadline: float, training: Sequence[tuple[float, list[Example]]], batcher: Any, seed: int
) -> Iterator[tuple[int, list[Example]]]:
    """(epoch, batch) until time is up; an epoch takes its share of each corpus."""
    chance = random.Random(seed)
    streams = [(endless(examples, chance), max(1, round(share * len(examples)))) for share, examples in training]
    epoch = 0
    while True:
        chosen = [next(stream) for stream, count in streams for _ in range(count)]
        chance.shuffle(chosen)
        for batch in batcher(chosen):
            if time.monotonic() > deadline:
                return
            yield epoch, batch
        epoch += 1


def train(
    nlp: Language, training: Sequence[tuple[float, list[Example]]], dev: list[Example], minutes: float, out: Path
) -> None:
    """spaCy's training loop; ``out`` gets the pipeline at each evaluation that is the best so far."""
    from spacy.schemas import ConfigSchemaTraining
    from spacy.training.loop import create_evaluation_callback, train_while_improving
    from spacy.util import registry

    settings = registry.resolve(nlp.config.interpolate()["training"], schema=ConfigSchemaTraining)
    optimizer, seed = settings["optimizer"], settings["seed"]
    nlp.initialize(lambda: [example for _, examples in training for example in examples], sgd=optimizer)
    steps = train_while_improving(
        nlp, optimizer, batches_until(time.monotonic() + 60 * minutes, training, settings["batcher"], seed),
        create_evaluation_callback(nlp, lambda _: dev, settings["score_weights"]),
        dropout=settings["dropout"], accumulate_gradient=settings["accumulate_gradient"],
        eval_frequency=EVERY, patience=0, max_steps=0, exclude=[], annotating_components=[], before_update=None,
    )  # fmt: skip
    for _, info, is_best in steps:
        if is_best:
            with nlp.use_params(optimizer.averages):
                nlp.to_disk(out)
        if is_best is not None:
            scores = ", ".join(f"{name} {100 * info['other_scores'].get(name, 0):.1f}" for name in SHOWN)
            where = f"{info['seconds']} s, update {info['step']}, epoch {info['epoch']}, {info['words']} words"
            print(f"{where}: {scores}; score {100 * info['score']:.2f}{' *' * is_best}", flush=True)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pipeline")
    parser.add_argument("--minutes", type=float, default=60, help="of training, evaluations included (default: 60)")
    parser.add_argument("--limit", type=int, help=argparse.SUPPRESS)  # sentences of each corpus: to try the path
    arguments = parser.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"  # before anything loads numpy

    from kg.reader.train.config import read_config

    config = read_config(CONFIG)
    nlp = new_pipeline(config.seed)
    training, dev = load_examples(nlp, config, arguments.data, arguments.limit)
    train(nlp, training, dev, arguments.minutes, arguments.out)
    size = sum(file.stat().st_size for file in arguments.out.rglob("*") if file.is_file())
    print(f"{arguments.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
