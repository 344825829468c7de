"""Fit what pronouns refer to: ``python -m kg.extraction.train.coreference --data CORPORA``.

Reads GUM's coreference layer (``ud/gum-{train,dev}.conllu.gz`` of the folder; Zeldes, 2017) and the pronouns marked in
``data/pairs`` and its ``passages``. Prints the JSON that ``kg/extraction/antecedents.json`` holds; scores on GUM's dev documents and
one in ten of the marked sentences go to standard error, by class of pronoun.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from kg.extraction.antecedents import PRONOUNS, Features, PronounClass, Rival, Rivals, is_pronoun, nothing
from kg.extraction.extractor import Extractor
from kg.extraction.linking import Reference
from kg.extraction.syntax import span_root
from kg.extraction.train.annotations import Annotated, read_written
from kg.reader.corpora import read
from kg.reader.train.gum import chained_mentions

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PAIRS = Path(__file__).parents[3] / "data" / "pairs"
_PULL = 0.02
_STEPS = 60
_GENRES = frozenset("academic bio news interview voyage textbook court speech".split())
"""GUM's genres of edited language whose licenses allow commercial use; essays, letters and podcasts do not."""
_ONE_IN = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun's rivals, the last of which is "none of them": features, which are right, and which are named."""

    kind: PronounClass
    rows: tuple[Features, ...]
    right: frozenset[int]
    named: frozenset[int]


def choices_of(doc: Doc, names: Sequence[Reference], same: Callable[[Token, Rival], bool | None]) -> Iterator[Choice]:
    """A choice for every pronoun; ``same`` says whether it refers to a rival, None where that is unknown but possible."""
    rivals = Rivals(doc)
    ends = defaultdict(list)
    for name in names:
        ends[name.end - 1].append(name)
    named = {index for name in names for index in range(name.start, name.end)}
    for number, sentence in enumerate(doc.sents):
        for token in sentence:
            for name in ends[token.i]:
                rivals.see_name(name, number)
            if token.pos_ == "NOUN" and token.i not in named:
                rivals.see_noun(token, number)
            if token.i in named or not is_pronoun(token):
                continue
            rows = rivals.before(token, number)
            truth = [same(token, rival) for rival, _ in rows]
            if True in truth:
                rivals.note(token, number, rows[truth.index(True)][0])
            right = {
                place for place, known in enumerate([*truth, None]) if known or (known is None and True not in truth)
            }
            yield Choice(
                PRONOUNS[token.lower_],
                (*(features for _, features in rows), nothing(token)),
                frozenset(right),
                frozenset(place for place, (rival, _) in enumerate(rows) if rival.references),
            )


def of_gum(extractor: Extractor, path: Path) -> Iterator[Choice]:
    """The pronouns of GUM's documents of edited language."""
    for text, mentions in _documents(path):
        doc = extractor.nlp(text)
        chains: dict[tuple[int, bool], str] = {}
        for start, end, chain in sorted(mentions, key=lambda mention: mention[0] - mention[1]):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                root = span_root(doc, span.start, span.end)
                joint = any(child.dep_ == "conj" and child.i < span.end for child in root.children)
                chains[root.i, joint] = chain

        def same(token: Token, rival: Rival, chains: dict[tuple[int, bool], str] = chains) -> bool:
            joint = len(rival.references) > 1 and not rival.by_pronoun
            chain = chains.get((rival.root.i, joint))
            return chain is not None and chain == chains.get((token.i, False))

        yield from choices_of(doc, extractor.names(doc), same)


def of_pairs(extractor: Extractor, sentences: Iterable[Annotated]) -> Iterator[Choice]:
    """The pronouns of sentences written for training."""
    for item in sentences:
        doc = extractor.nlp(item.text)
        names: list[Reference] = []
        of_token: dict[int, frozenset[int]] = {}
        for mark in item.mentions:
            span = doc.char_span(mark.start, mark.end, alignment_mode="expand")
            if span is None:
                continue
            entities = frozenset(mark.several or (mark.entity,))
            of_token[span_root(doc, span.start, span.end).i] = entities
            if mark.by_name:
                names.append(Reference(span.start, span.end, mark.type, str(mark.entity)))

        def same(token: Token, rival: Rival, of_token: dict[int, frozenset[int]] = of_token) -> bool | None:
            if token.i not in of_token:  # a pronoun without a mark refers to nothing named
                return False if rival.references else None
            if len(rival.references) > 1:
                return of_token.get(token.i) == frozenset(int(reference.entity) for reference in rival.references)
            return of_token[token.i] == of_token.get(rival.root.i)

        yield from choices_of(doc, names, same)


def fit(choices: Sequence[Choice]) -> dict[str, float]:
    """Coefficients by maximum likelihood of a right rival, pulled towards 0."""
    names = [name for name, count in Counter(n for c in choices for row in c.rows for n in row).items() if count > 4]
    column = {name: number for number, name in enumerate(sorted(names))}
    entries = [
        (row, column[name], value)
        for row, features in enumerate(row for choice in choices for row in choice.rows)
        for name, value in features.items()
        if name in column
    ]
    sizes = [len(choice.rows) for choice in choices]
    owner = torch.repeat_interleave(torch.arange(len(choices)), torch.tensor(sizes))
    right = torch.tensor([n in choice.right for choice in choices for n in range(len(choice.rows))])
    where = torch.tensor([entry[:2] for entry in entries]).T
    values = torch.tensor([entry[2] for entry in entries], dtype=torch.float64)
    table = torch.sparse_coo_tensor(where, values, (sum(sizes), len(column)), check_invariants=True).coalesce()
    weights = torch.zeros(len(column), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        powers = torch.exp((table @ weights).clamp(-30, 30))
        every = torch.zeros(len(choices), dtype=torch.float64).index_add(0, owner, powers)
        true = torch.zeros(len(choices), dtype=torch.float64).index_add(0, owner, powers * right)
        loss: torch.Tensor = (every.log() - true.log()).sum() + _PULL * len(choices) ** 0.5 * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return {name: round(weights[number].item(), 3) for name, number in column.items()}


def score(choices: Sequence[Choice], weights: dict[str, float], threshold: float) -> dict[str, float]:
    """Precision and recall of pronouns resolved to something named."""
    right = made = wanted = 0
    for choice in choices:
        scores = torch.tensor([sum(weights.get(n, 0.0) * v for n, v in row.items()) for row in choice.rows])
        chances = scores.softmax(0)
        best = max(choice.named, key=lambda position: float(chances[position]), default=None)
        wanted += bool(choice.right & choice.named)
        if best is not None and chances[best] >= threshold:
            made += 1
            right += best in choice.right
    return {"wanted": wanted, "P": round(100 * right / max(1, made), 1), "R": round(100 * right / max(1, wanted), 1)}


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m kg.extraction.train.coreference", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    data = parser.parse_args().data
    extractor = Extractor()
    written = [item for path in sorted(PAIRS.rglob("*.txt")) for item in read_written(path)]
    kept = [item for number, item in enumerate(written) if number % _ONE_IN]
    learned = [*of_gum(extractor, data / "ud" / "gum-train.conllu.gz"), *of_pairs(extractor, kept)]
    tests = {
        "gum-dev": [*of_gum(extractor, data / "ud" / "gum-dev.conllu.gz")],
        "written": [*of_pairs(extractor, written[::_ONE_IN])],
    }
    table = {}
    for kind in ("person", "thing", "many"):
        table[kind] = fit([choice for choice in learned if choice.kind == kind])
        for name, choices in tests.items():
            some = [choice for choice in choices if choice.kind == kind]
            for threshold in (0.35, 0.5, 0.65):
                row = {"pronouns": kind, "on": name, "threshold": threshold, **score(some, table[kind], threshold)}
                print(json.dumps(row), file=sys.stderr, flush=True)
    print(json.dumps(table, indent=1))


def _documents(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Text and mentions (offsets, chain) of each document."""
    texts: dict[str, str] = {}
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    opened: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for sentence in read(path):
        name = sentence.document
        if name.split("_")[1] not in _GENRES:
            continue
        before = texts.get(name, "")
        text = before + ("\n\n" if before and sentence.opens_paragraph else " " if before else "")
        found[name] += chained_mentions(sentence, len(text), opened[name])
        texts[name] = text + sentence.text
    for name, text in texts.items():
        yield text, found[name]


if __name__ == "__main__":
    main()
