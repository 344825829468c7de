"""The bundled ONNX model: batches of word pieces in; names, parts of speech, heads and labels out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import ReaderError
from kg.reader.names import decode_names
from kg.reader.trees import decode_heads
from kg.reader.wordpieces import Pieces, WordPieces, pad


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence of n words: part of speech, head (0 is the root, word i is i + 1) and label of each; names."""

    parts_of_speech: list[str]
    heads: list[int]
    labels: list[str]
    names: list[tuple[int, int, str]]


class Model:
    """Loads ``model.onnx``, ``labels.onnx``, ``tokenizer.json`` and ``labels.json`` from a folder.

    Raises :class:`ReaderError` when one is missing or broken.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            labels = json.loads((folder / "labels.json").read_text("utf-8"))
            self.name: str = labels["name"]
            self._dependencies: list[str] = labels["dependencies"]
            self._parts: list[str] = labels["parts_of_speech"]
            self._names: list[str] = labels["names"]
            self._words = WordPieces(folder / "tokenizer.json")
            self._encoder, self._scorer = (
                onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
                for name in ("model.onnx", "labels.onnx")
            )
        except Exception as error:  # onnxruntime and tokenizers raise their own, unrelated kinds
            raise ReaderError(f"{folder}: cannot load the reader's model: {error}") from error

    def read(self, sentences: Sequence[Sequence[str]], batch_size: int) -> list[Reading]:
        """Read sentences of at least one word each, the shortest first, at most ``batch_size`` at a time."""
        pieces = [self._words(words) for words in sentences]
        order = sorted(range(len(pieces)), key=lambda index: len(pieces[index].ids))
        readings: dict[int, Reading] = {}
        for start in range(0, len(order), batch_size):
            chosen = order[start : start + batch_size]
            readings.update(zip(chosen, self._read_batch([pieces[index] for index in chosen]), strict=True))
        return [readings[index] for index in range(len(pieces))]

    def _read_batch(self, batch: Sequence[Pieces]) -> list[Reading]:
        outputs: list[Any] = self._encoder.run(["ner", "pos", "arcs", "relh", "reld"], pad(batch))
        names, parts, arcs, as_head, as_dependent = outputs
        readings = []
        for row, item in enumerate(batch):
            count = len(item.first)
            heads = decode_heads(arcs[row, :count, : count + 1])
            readings.append(
                Reading(
                    parts_of_speech=[self._parts[i] for i in parts[row, :count].argmax(axis=1)],
                    heads=heads,
                    labels=self._label(as_head[row], as_dependent[row, :count], heads),
                    names=decode_names(names[row, :count], self._names),
                )
            )
        return readings

    def _label(
        self, as_head: npt.NDArray[np.float32], as_dependent: npt.NDArray[np.float32], heads: list[int]
    ) -> list[str]:
        """Label of each arc by the biaffine scorer (Dozat and Manning, 2017); "root" for the root alone."""
        scores: npt.NDArray[np.float32]
        (scores,) = self._scorer.run(["scores"], {"dependent": as_dependent, "head": as_head[heads]})
        root = self._dependencies.index("root")
        scores[:, root] = -np.inf
        labels = [self._dependencies[i] for i in scores.argmax(axis=1)]
        return ["root" if head == 0 else label for head, label in zip(heads, labels, strict=True)]
