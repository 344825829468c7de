"""Annotated corpora as they are published: CoNLL-U, IOB2 and JSONL, plain or gzipped.

Offsets count Unicode code points of the sentence's text, half-open.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[int, int]
Name = tuple[int, int, str]

NAME_LABELS = ("PERSON", "ORG", "PLACE", "NORP")
"""Kinds of names that the reader finds: people, organizations, places; nationalities, religious and political groups."""
_OUR_LABEL: Mapping[str, str] = {
    "PER": "PERSON", "LOC": "PLACE", "GPE": "PLACE", "COUNTRY": "PLACE", **{label: label for label in NAME_LABELS}
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Syntax:
    """Annotation of n words; heads count from 1, 0 is the root; ``misc`` is the last column of CoNLL-U."""

    parts_of_speech: list[str]
    tags: list[str]
    lemmas: list[str]
    heads: list[int]
    labels: list[str]
    misc: list[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a corpus: its text, its n words as spans of the text, and what the corpus says about them.

    ``names`` is None where the corpus has no names; ``other`` are spans that it calls a name of another kind,
    ``unsure`` spans whose annotation is not to be trusted.
    """

    id: str
    text: str
    words: list[Span]
    document: str = ""
    opens_paragraph: bool = True
    space_after: bool = True
    syntax: Syntax | None = None
    names: list[Name] | None = None
    other: list[Span] = field(default_factory=list)
    unsure: list[Span] = field(default_factory=list)

    @property
    def forms(self) -> list[str]:
        """The words' text."""
        return [self.text[start:end] for start, end in self.words]


def read_text(path: Path) -> str:
    """Text of a plain or gzipped UTF-8 file. Raises OSError when it cannot be read."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return file.read()


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file; empty nodes are left out, multiword tokens become their words.

    Words without a surface of their own (the parts of "its" for "it's") share their token's characters.
    """
    document, opens = "", True
    for block in read_text(path).split("\n\n"):
        comments = [line[1:].strip() for line in block.split("\n") if line.startswith("#")]
        for comment in comments:
            if comment.startswith("newdoc"):
                document, opens = comment.partition("=")[2].strip(), True
            opens = opens or comment.startswith("newpar")
        rows = [line.split("\t") for line in block.split("\n") if line[:1].isdigit()]
        rows = [row for row in rows if "." not in row[0]]
        if not rows:
            continue
        values = dict(comment.split(" = ", 1) for comment in comments if " = " in comment)
        text, words, space = _surface(rows)
        columns = list(zip(*(row for row in rows if row[0].isdigit()), strict=True))
        syntax = Syntax(
            parts_of_speech=list(columns[3]),
            tags=list(columns[4]),
            lemmas=list(columns[2]),
            heads=[int(head) for head in columns[6]],
            labels=list(columns[7]),
            misc=list(columns[9]),
        )
        yield Sentence(values.get("sent_id", ""), text, words, document, opens, space, syntax)
        opens = False


def read_iob2(path: Path) -> Iterator[Sentence]:
    """Sentences of an IOB2 file as Universal NER has it: number, word, tag; words are joined by single spaces."""
    for block in read_text(path).split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line[:1].isdigit()]
        if not rows:
            continue
        names = {line[1:].partition("=")[0].strip(): line.partition("=")[2].strip() for line in block.split("\n")}
        text, words = join([row[1] for row in rows])
        spans = bio_spans([row[2] for row in rows])
        found = [(words[a][0], words[b - 1][1], _OUR_LABEL.get(kind, "")) for a, b, kind in spans]
        yield Sentence(
            id=names.get("sent_id", ""),
            text=text,
            words=words,
            names=[name for name in found if name[2]],
            other=[name[:2] for name in found if not name[2]],
        )


def read_jsonl(path: Path) -> Iterator[Sentence]:
    """Rows ``{"id", "text", "entities": [{"start", "end", "type"}]}``, one sentence each; words are split at spaces.

    Types PERSON, ORG, PLACE (COUNTRY, GPE, LOC), NORP; any other type is kept in ``other``.
    """
    for line in read_text(path).split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        text: str = row["text"]
        spans = sorted((e["start"], e["end"], _OUR_LABEL.get(e["type"], "")) for e in row["entities"])
        words, position = [], 0
        for form in text.split():
            start = text.index(form, position)
            position = start + len(form)
            words.append((start, position))
        yield Sentence(
            id=str(row["id"]),
            text=text,
            words=words,
            names=[span for span in spans if span[2]],
            other=[span[:2] for span in spans if not span[2]],
        )


READERS = {"conllu": read_conllu, "iob2": read_iob2, "jsonl": read_jsonl}
"""Reader of each format, by the name that configurations use."""


def read(path: Path) -> Iterator[Sentence]:
    """Sentences of a file whose name says its format: ``.conllu``, ``.iob2`` or ``.jsonl``, with or without ``.gz``.

    Raises ValueError for another name.
    """
    kind = path.name.removesuffix(".gz").rpartition(".")[2]
    if kind not in READERS:
        raise ValueError(f"{path}: expected a name that ends in {', '.join('.' + name for name in READERS)} [.gz]")
    return READERS[kind](path)


def held_out(sentences: Iterable[Sentence], count: int) -> tuple[list[Sentence], list[Sentence]]:
    """(kept, held out): the ``count`` sentences whose ids have the smallest SHA-256 are held out; order is kept."""
    items = list(sentences)
    ranked = sorted(items, key=lambda sentence: hashlib.sha256(sentence.id.encode()).hexdigest())
    chosen = {sentence.id for sentence in ranked[:count]}
    return [s for s in items if s.id not in chosen], [s for s in items if s.id in chosen]


def join(forms: Sequence[str]) -> tuple[str, list[Span]]:
    """Words joined by single spaces, and their spans."""
    spans, position = [], 0
    for form in forms:
        spans.append((position, position + len(form)))
        position += len(form) + 1
    return " ".join(forms), spans


def bio_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, word after the last, kind) of a BIO sequence; an I- without its B- begins a span."""
    spans: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        kind = tag[2:]
        if tag.startswith("I-") and spans and spans[-1][1:] == (index, kind):
            spans[-1] = (spans[-1][0], index + 1, kind)
        elif tag[:2] in ("B-", "I-"):
            spans.append((index, index + 1, kind))
    return spans


def _surface(rows: list[list[str]]) -> tuple[str, list[Span], bool]:
    """Text of a sentence, the spans of its words, and whether a space follows its last word."""
    text, words, space = "", [], True
    inside, last = "", 0
    for row in rows:
        number, form = row[0], row[1]
        if "-" in number:
            inside, last = form, int(number.partition("-")[2])
            start, end = len(text), len(text) + len(form)
            after = "SpaceAfter=No" not in row[9]
            text += form + " " * after
            space = after
        elif int(number) <= last:
            left = end - start
            size = left if int(number) == last else min(len(form), max(1, left - (last - int(number))))
            words.append((start, start + size) if left else (end - len(inside), end))
            start += size
        else:
            space = "SpaceAfter=No" not in row[9]
            words.append((len(text), len(text) + len(form)))
            text += form + " " * space
    return text.rstrip(" "), words, space
