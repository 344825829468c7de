"""The spaCy component that runs the bundled model (entry point ``kg_reader`` of the group ``spacy_factories``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from kg.reader.lemmas import lemmatize, penn_tag
from kg.reader.model import Model, Reading
from kg.reader.sentences import sentence_spans

_ATTRIBUTES = [SENT_START, HEAD, DEP, POS, TAG, LEMMA, ENT_IOB, ENT_TYPE]
Values = npt.NDArray[np.uint64]
_OUTSIDE, _BEGIN, _INSIDE = 2, 3, 1


class Reader:
    """Sets sentences, parts of speech, tags, lemmas, dependencies and names on a ``Doc``.

    Batches hold sentences of one document only, and every token has its own activation scale, so that what a
    sentence is read as depends on nothing but the sentence.
    """

    def __init__(self, folder: Path, *, batch_size: int = 16, threads: int = 1) -> None:
        self.batch_size = batch_size
        self._model = Model(folder, threads=threads)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place and return it."""
        spans = list(sentence_spans(doc))
        words = [[i for i in range(start, end) if not doc[i].is_space] for start, end in spans]
        real = [indices for indices in words if indices]
        readings = iter(self._model.read([[doc[i].text for i in indices] for indices in real], self.batch_size))
        values: Values = np.zeros((len(doc), len(_ATTRIBUTES)), np.uint64)
        values[:, _ATTRIBUTES.index(ENT_IOB)] = _OUTSIDE
        for (start, end), indices in zip(spans, words, strict=True):
            _fill(doc, values, start, end, indices, next(readings) if indices else None)
        return doc.from_array(_ATTRIBUTES, cast("Any", values)) if len(doc) else doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Annotate documents one by one: batches never cross documents."""
        for doc in stream:
            yield self(doc)


@Language.factory(
    "kg_reader",
    assigns=[
        "token.pos",
        "token.tag",
        "token.lemma",
        "token.dep",
        "token.head",
        "token.sent_start",
        "doc.sents",
        "doc.ents",
    ],
)
def make_reader(nlp: Language, name: str, batch_size: int = 16, threads: int = 1) -> Reader:
    """Factory of the component; the weights are the package's."""
    return Reader(Path(str(files("kg.reader").joinpath("en"))), batch_size=batch_size, threads=threads)


def _fill(doc: Doc, values: Values, start: int, end: int, indices: list[int], reading: Reading | None) -> None:
    """Write the attributes of the tokens ``start`` to ``end``; white space hangs on the word before it."""
    add = doc.vocab.strings.add
    row = values[start:end]
    anchor = indices[0] if indices else start
    row[:, 0] = np.int64(-1).astype(np.uint64)
    row[0, 0] = 1
    for index in range(start, end):
        if doc[index].is_space:
            target = max([i for i in (index - 1,) if indices and i >= anchor], default=anchor)
            row[index - start, 1:6] = (
                np.int64(target - index).astype(np.uint64), add("dep"), add("SPACE"), add("_SP"), add(doc[index].text)
            )  # fmt: skip
    if reading is None:
        return
    auxiliaries: dict[int, set[str]] = {}
    for position, (head, label) in enumerate(zip(reading.heads, reading.labels, strict=True)):
        if label.startswith("aux"):
            auxiliaries.setdefault(head - 1, set()).add(doc[indices[position]].lower_)
    for position, index in enumerate(indices):
        word, part, head = doc[index].text, reading.parts_of_speech[position], reading.heads[position]
        lemma = lemmatize(word, part)
        tag = penn_tag(word, part, lemma, frozenset(auxiliaries.get(position, ())))
        offset = indices[head - 1] - index if head else 0
        label = "ROOT" if head == 0 else reading.labels[position]
        row[index - start, 1:6] = (
            np.int64(offset).astype(np.uint64), add(label), add(part), add(tag), add(lemma)
        )  # fmt: skip
    for first, last, kind in reading.names:
        for index in range(indices[first], indices[last - 1] + 1):
            row[index - start, 6:] = (_BEGIN if index == indices[first] else _INSIDE, add(kind))
