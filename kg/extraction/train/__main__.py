"""Train the pair scorer: ``python -m kg.extraction.train --data ../shared/corpora OUT``.

Reads ``data/pairs`` (annotations of this project) and, for the sentences that are annotated by stand-off, ``ner/gmb.jsonl.gz``
of the folder given. Writes ``pairs.onnx`` to OUT; scores go to standard error, one JSON object a line.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kg.extraction.extractor import Extractor
from kg.extraction.train.annotations import read_standoff, read_written
from kg.extraction.train.examples import Example, to_examples
from kg.extraction.train.export import write_onnx
from kg.extraction.train.loop import EPOCHS, split, train
from kg.reader.corpora import read

PAIRS = Path(__file__).parents[3] / "data" / "pairs"


def examples_of(extractor: Extractor, annotations: Path, corpora: Path) -> list[Example]:
    """Every annotated sentence of the folder ``annotations``, read by the extractor's reader."""
    texts = {sentence.id: sentence.text for sentence in read(corpora / "ner" / "gmb.jsonl.gz")}
    sentences = [item for path in sorted(annotations.glob("*.tsv")) for item in read_standoff(path, texts)]
    sentences += [item for path in sorted(annotations.glob("*.txt")) for item in read_written(path)]
    return list(to_examples(extractor, sentences))


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m kg.extraction.train", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument(
        "--dev", type=int, default=10, help="one in so many sentences is kept to measure on; default 10"
    )
    arguments = parser.parse_args()
    extractor = Extractor()
    kept, dev = split(examples_of(extractor, PAIRS, arguments.data), arguments.dev)
    network = train(kept, dev, arguments.seed, arguments.epochs, _log)
    write_onnx(network, arguments.out / "pairs.onnx")


def _log(row: dict[str, object]) -> None:
    print(json.dumps(row), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
