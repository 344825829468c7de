"""The spaCy component that runs the bundled model (entry point ``kg_reader`` of the group ``spacy_factories``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, SENT_START, TAG
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, Token

from kg.reader.lemmas import lemmatize
from kg.reader.model import Model, Reading
from kg.reader.sentences import moved_starts, suggested_starts
from kg.reader.windows import windows

_ATTRIBUTES = [SENT_START, HEAD, DEP, POS, TAG, LEMMA, ENT_IOB, ENT_TYPE]
Row = list[int]
"""The attributes of one token; negative numbers modulo 2**64, as spaCy stores them."""
_MODULUS = 2**64
_INSIDE_SENTENCE, _SENTENCE_START = -1 % _MODULUS, 1
_OUTSIDE, _BEGIN, _INSIDE = 2, 3, 1
BUNDLED_FOLDER = Path(str(files("kg.reader").joinpath("en")))
"""The weights that come with the package."""


class Reader:
    """Sets sentences, parts of speech, tags, lemmas, dependencies and names on a ``Doc``, and as its ``tensor`` a
    vector in context for each token (half precision).

    What a window (:mod:`kg.reader.windows`) is read as depends on nothing but the window: each is read by itself,
    without padding. Sentence starts that a ``Doc`` comes with are kept.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.model = Model(folder, threads=threads)
        weights = "" if folder == BUNDLED_FOLDER else f"-{digest_of(folder / 'model.onnx')}"
        self.id = self.model.name + weights

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place and return it."""
        if not len(doc):
            return doc
        tokens = list(doc)
        forms = [token.text for token in tokens]
        rows: list[Row] = [[_INSIDE_SENTENCE, 0, 0, 0, 0, 0, _OUTSIDE, 0] for _ in tokens]
        context = np.zeros((len(tokens), self.model.width), np.float16)
        known = doc.has_annotation("SENT_START")
        starts = known_starts(doc) if known else suggested_starts(tokens)
        for indices in windows(tokens, starts):
            inside = [position for position, index in enumerate(indices) if index in starts]
            moved = moved_starts([tokens[i] for i in indices])
            reading = self.model.read([forms[i] for i in indices], inside, moved, sure=known)
            _fill(doc.vocab.strings, rows, forms, indices, reading)
            context[indices] = reading.context
        _fill_spaces(doc.vocab.strings, rows, tokens)
        doc.from_array(_ATTRIBUTES, cast("Any", np.array(rows, np.uint64)))
        doc.tensor = cast("Any", context)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Annotate documents one by one, whatever ``batch_size`` spaCy asks for."""
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
def make_reader(nlp: Language, name: str, folder: str = "", threads: int = 1) -> Reader:
    """Factory of the component; without a ``folder``, the weights are the package's."""
    return Reader(Path(folder) if folder else BUNDLED_FOLDER, threads=threads)


def digest_of(path: Path) -> str:
    """Eight hex digits of the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def known_starts(doc: Doc) -> frozenset[int]:
    """The words that start a sentence where ``doc`` has sentences; white space does not count."""
    return frozenset(next((t.i for t in span if not t.is_space), span.start) for span in doc.sents)


def _fill(
    strings: StringStore, rows: list[Row], forms: Sequence[str], indices: Sequence[int], reading: Reading
) -> None:
    """Write the attributes of the words of one window."""
    add = strings.add
    columns = zip(indices, reading.heads, reading.labels, reading.parts_of_speech, reading.tags, strict=True)
    for index, head, label, part, tag in columns:
        offset = indices[head - 1] - index if head else 0
        lemma = lemmatize(forms[index], part)
        rows[index][1:6] = offset % _MODULUS, add(label if head else "ROOT"), add(part), add(tag), add(lemma)
    for position in reading.starts:
        rows[indices[position]][0] = _SENTENCE_START
    for first, last, kind in reading.names:
        for index in range(indices[first], indices[last - 1] + 1):
            rows[index][6:] = _BEGIN if index == indices[first] else _INSIDE, add(kind)


def _fill_spaces(strings: StringStore, rows: list[Row], tokens: Sequence[Token]) -> None:
    """White space hangs on the word before it, and at the start of the text on the first word."""
    first = next((token.i for token in tokens if not token.is_space), 0)
    label, part, tag = (strings.add(value) for value in ("dep", "SPACE", "_SP"))
    for token in tokens:
        if token.is_space:
            offset = max(first, token.i - 1) - token.i
            rows[token.i][1:6] = offset % _MODULUS, label, part, tag, strings.add(token.text)
    rows[first][0] = _INSIDE_SENTENCE
    rows[0][0] = _SENTENCE_START
