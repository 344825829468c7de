"""The bundled ONNX model: windows of words in; sentence starts, tags, names, heads and labels out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import ReaderError
from kg.reader.names import decode_names
from kg.reader.trees import decode_heads
from kg.reader.wordpieces import WordPieces

SUGGESTED = 4.5
"""Logits that punctuation and capitals (:mod:`kg.reader.sentences`) add to the model's score of a sentence start."""
Floats = npt.NDArray[np.float32]
FILES = ("labels.json", "tokenizer.json", "model.onnx", "labels.onnx")
"""What a reader's folder holds."""
_OUTPUTS = ("names", "parts", "tags", "starts", "arcs", "as_head", "as_dependent", "context")


@dataclass(frozen=True, slots=True)
class Reading:
    """One window of n words. ``starts`` are the indices of the words that start a sentence, 0 among them.

    Of each word: Universal part of speech, Penn tag, head (0 is the root, word i is i + 1) and label; no arc leaves
    its sentence. ``names`` are (first word, word after the last, label). ``context`` (n×D) are the words as vectors.
    """

    starts: list[int]
    parts_of_speech: list[str]
    tags: list[str]
    heads: list[int]
    labels: list[str]
    names: list[tuple[int, int, str]]
    context: Floats


class Model:
    """Loads the :data:`FILES` of a folder. Raises :class:`ReaderError` when one is missing or broken."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_mem_pattern = False  # would keep a plan for every length of a window
        options.log_severity_level = 3
        try:
            labels = json.loads((folder / "labels.json").read_text("utf-8"))
            self.name: str = labels["name"]
            self._dependencies: list[str] = labels["dependencies"]
            self._parts: list[str] = labels["parts_of_speech"]
            self._tags: list[str] = labels["tags"]
            self._names: list[str] = labels["names"]
            self._root = self._dependencies.index("root")
            self._words = WordPieces(folder / "tokenizer.json")
            self._encoder, self._scorer = (
                onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
                for name in ("model.onnx", "labels.onnx")
            )
            self.width: int = self._encoder.get_outputs()[_OUTPUTS.index("context")].shape[1]
        except Exception as error:  # onnxruntime and tokenizers raise their own, unrelated kinds
            raise ReaderError(f"{folder}: cannot load the reader's model: {error}") from error

    def read(
        self, words: Sequence[str], starts: Sequence[int], moved: Sequence[tuple[int, int]] = (), *, sure: bool = False
    ) -> Reading:
        """Read a window of at least one word.

        ``starts`` are the words that seem to start a sentence, or ``sure`` do. Where the model finds a start at the
        first word of a pair of ``moved``, it is at the second.
        """
        found = self.scores(words)
        if not sure:
            conviction = found["starts"]
            conviction[list(starts)] += SUGGESTED
            for found_at, belongs_at in moved:
                conviction[belongs_at] = max(conviction[belongs_at], conviction[found_at])
                conviction[found_at] = -np.inf
            starts = np.flatnonzero(conviction > 0).tolist()
        starts = sorted({0, *starts})
        heads: list[int] = []
        names: list[tuple[int, int, str]] = []
        for begin, end in pairwise([*starts, len(words)]):
            columns = [0, *range(begin + 1, end + 1)]
            heads += [head and head + begin for head in decode_heads(found["arcs"][begin:end, columns])]
            spans = decode_names(found["names"][begin:end], self._names)
            names += [(first + begin, last + begin, label) for first, last, label in spans]
        return Reading(
            starts=starts,
            parts_of_speech=[self._parts[i] for i in found["parts"].argmax(axis=1)],
            tags=[self._tags[i] for i in found["tags"].argmax(axis=1)],
            heads=heads,
            labels=self._label(found["as_head"], found["as_dependent"], heads),
            names=names,
            context=found["context"],
        )

    def scores(self, words: Sequence[str]) -> dict[str, Floats]:
        """The scores of a window by output: one forward pass and no decoding."""
        pieces = self._words(words)
        inputs = {"ids": pieces.ids, "case": pieces.case, "first": pieces.first}
        arrays = {name: np.array(values, np.int64) for name, values in inputs.items()}
        return dict(zip(_OUTPUTS, self._encoder.run(_OUTPUTS, arrays), strict=True))

    def _label(self, as_head: Floats, as_dependent: Floats, heads: list[int]) -> list[str]:
        """Label of each arc by the biaffine scorer (Dozat and Manning, 2017); "root" for the root alone."""
        scores: Floats
        (scores,) = self._scorer.run(["scores"], {"dependent": as_dependent, "head": as_head[heads]})
        scores[:, self._root] = -np.inf
        labels = [self._dependencies[i] for i in scores.argmax(axis=1)]
        return ["root" if head == 0 else label for head, label in zip(heads, labels, strict=True)]
