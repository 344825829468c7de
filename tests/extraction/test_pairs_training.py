"""Training the pair scorer: seeded, it learns, and what is exported is what was trained."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.extraction import Extractor
from kg.extraction.train.annotations import read_written

torch = pytest.importorskip("torch", reason="training needs the extra `train`")

if TYPE_CHECKING:
    from kg.extraction.train.examples import Example

WRITTEN = Path(__file__).parents[2] / "data" / "pairs" / "arms.txt"


@pytest.fixture(scope="module")
def examples(extractor: Extractor) -> list[Example]:
    from kg.extraction.train.examples import to_examples

    return list(to_examples(extractor, islice(read_written(WRITTEN), 40)))


def test_an_example_says_what_its_annotation_says(examples: list[Example]) -> None:
    from kg.extraction.pairs import RELATIONS, SYMMETRIC

    for example in examples:
        cells = {
            (
                example.entities[example.pairs.subjects[row]],
                RELATIONS[column],
                example.entities[example.pairs.objects[row]],
            )
            for row, column in np.argwhere(example.targets)
        }
        said = {(s, name, o) for s, name, o, _ in example.said}
        both_ways = said | {(o, name, s) for s, name, o in said if name in SYMMETRIC}
        assert cells == both_ways
        assert (example.weights[example.targets == 1] == 1).all()


def test_the_same_seed_gives_the_same_weights_and_training_learns(examples: list[Example]) -> None:
    from kg.extraction.train.loop import scores, train

    log: list[dict[str, object]] = []
    one, two = (train(examples, examples, 1, 100, log.append) for _ in range(2))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))
    assert float(str(log[-1]["loss"])) < float(str(log[0]["loss"])) / 3
    assert float(str(scores(one, examples)["F1"])) > 60


def test_what_is_exported_scores_as_what_was_trained(examples: list[Example], tmp_path: Path) -> None:
    from kg.extraction.scorer import Scorer
    from kg.extraction.train.export import write_onnx
    from kg.extraction.train.measure import probabilities
    from kg.extraction.train.network import PairNetwork

    torch.manual_seed(3)
    network = PairNetwork(examples[0].pairs.words.shape[1])
    write_onnx(network, tmp_path / "pairs.onnx")
    scorer = Scorer((tmp_path / "pairs.onnx").read_bytes())
    for example, (relations, statuses) in zip(examples, probabilities(network, examples), strict=True):
        found = scorer(example.pairs)
        assert np.allclose(found.relations, relations, atol=1e-4)
        assert np.allclose(found.statuses, statuses, atol=1e-4)
