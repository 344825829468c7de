"""Configuration of a training run: one TOML file (``data/reader/kg-en-2.toml`` is the bundled reader's)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kg.reader.train.augment import AUGMENTATIONS

HEADS = ("names", "parts", "tags", "starts", "arcs", "labels")
"""What a loss can be weighted for."""
NORP = ("labeled", "other", "unlabeled")
"""What a corpus can do with nationalities and groups."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """One file of annotated sentences.

    ``without`` are the beginnings of the names of documents that are left out. ``passes`` over it in the whole run;
    ``names``: "gum" reads them from GUM's entity layer, "gmb" repairs those of the Groningen Meaning Bank, "own" takes
    them as they are; ``norp`` as in :func:`kg.reader.train.examples.example`; ``held_out`` sentences (by hash of their
    id) are not trained on; ``running`` says that the sentences follow each other as in an article. With ``dev``, the
    corpus (or its ``held_out`` part) only measures the run.
    """

    path: str
    without: Sequence[str] = ()
    passes: float = 1.0
    names: str = "own"
    norp: str = "unlabeled"
    held_out: int = 0
    running: bool = False
    dev: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """A run. Rates are per second-moment-normalized step (AdamW); a batch holds at most ``pieces`` word pieces.

    ``encoder_sha256`` is the checksum of the starting weights, if it matters.
    """

    name: str
    corpora: tuple[Corpus, ...]
    encoder_sha256: str = ""
    seed: int = 1
    epochs: int = 8
    pieces: int = 1500
    longest: int = 110
    alone: float = 0.4
    encoder_rate: float = 3e-4
    heads_rate: float = 1e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    clip: float = 1.0
    dropout: float = 0.15
    masked: float = 0.03
    average: float = 0.998
    losses: dict[str, float] = field(default_factory=dict)
    augment: dict[str, float] = field(default_factory=dict)


def read_config(path: Path) -> Config:
    """The configuration in ``path``. Raises ValueError for unknown keys and OSError when it cannot be read."""
    table = tomllib.loads(path.read_text("utf-8"))
    corpora = tuple(_checked(Corpus, row, path) for row in table.pop("corpus", []))
    config: Config = _checked(Config, {**table, "corpora": corpora}, path)
    if unknown := set(config.augment) - set(AUGMENTATIONS):
        raise ValueError(
            f"{path}: unknown augmentation {', '.join(sorted(unknown))}; known: {', '.join(AUGMENTATIONS)}"
        )
    if unknown := set(config.losses) - set(HEADS):
        raise ValueError(f"{path}: unknown head {', '.join(sorted(unknown))} in [losses]; known: {', '.join(HEADS)}")
    for corpus in corpora:
        if corpus.norp not in NORP:
            raise ValueError(f"{path}: {corpus.path}: norp = {corpus.norp!r}; known: {', '.join(NORP)}")
        if isinstance(corpus.without, str):
            raise ValueError(f"{path}: {corpus.path}: without is a list of beginnings, like [{corpus.without!r}]")
    if not any(not corpus.dev for corpus in corpora):
        raise ValueError(f"{path}: no [[corpus]] to train on")
    return config


def _checked(kind: type[Any], table: dict[str, Any], path: Path) -> Any:
    known = {item.name for item in fields(kind)}
    if unknown := set(table) - known:
        raise ValueError(f"{path}: unknown key {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    try:
        return kind(**table)
    except TypeError as error:
        raise ValueError(f"{path}: {error}") from error
