"""Names in columns, a word a line, sentences apart by blank lines: CoNLL 2003, and IOB2 as Universal NER publishes it.

The word is the first column and the tag the last; where every line begins with a number, they are the second and the
third. Tags are IOB1, IOB2 or BIOES. ``-DOCSTART-`` or ``# newdoc`` begins a document; where neither occurs, every sentence is
one. ``# text =`` is a sentence's text; without it, words are joined as English spaces them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.evaluate.annotations import Annotated, GoldEntity, GoldName
from kg.evaluate.formats.rows import broken
from kg.evaluate.schemes import kind_of
from kg.model import Span
from kg.reader.corpora import bio_spans

_TAG = re.compile(r"O|[BIESLU]-\S+")
_NO_SPACE_BEFORE = re.compile(r"[.,:;!?)\]}%…]+|['’](s|S|m|re|ve|ll|d)?|n['’]t")
_NO_SPACE_AFTER = re.compile(r"[(\[{$£€]")
_BEGINS, _INSIDE = str.maketrans("SU", "BB"), str.maketrans("EL", "II")

Rows = list[list[str]]


def recognizes(name: str, line: str) -> bool:
    """By the ending of the name, or a first line of a word and a tag."""
    cells = line.split()
    tagged = len(cells) > 1 and any(_TAG.fullmatch(cell) for cell in (cells[-1], cells[min(2, len(cells) - 1)]))
    return (
        tagged or line.startswith(("# newdoc", "# sent_id", "-DOCSTART-")) or name.endswith((".iob2", ".conll", ".bio"))
    )


def read(text: str, where: str) -> Iterator[Annotated]:
    """The documents of a file, named by their number or by the comment that begins them."""
    documents: list[tuple[str, list[tuple[Rows, str]]]] = []
    marked = False
    for number, block in enumerate(re.split(r"\n\s*\n", text), 1):
        comments = dict(_comments(block))
        rows = [line.split() for line in block.split("\n") if line.strip() and not _is_comment(line)]
        begins = "newdoc" in comments or (bool(rows) and rows[0][0] == "-DOCSTART-")
        marked = marked or begins
        rows = [row for row in rows if row[0] != "-DOCSTART-"]
        if begins or not marked or not documents:
            name = comments.get("newdoc") or ("" if begins else comments.get("sent_id", ""))
            documents.append((name or f"document-{number}", []))
        if rows:
            documents[-1][1].append((rows, comments.get("text", "")))
    for name, sentences in documents:
        if sentences:
            with broken(f"{where}: {name}", "lines of a word and a tag such as B-PER"):
                yield _document(name, sentences)


def _document(name: str, sentences: Sequence[tuple[Rows, str]]) -> Annotated:
    """Sentences follow each other with a space between them."""
    parts: list[str] = []
    names: list[GoldName] = []
    offset = 0
    for rows, given in sentences:
        word, tag = (1, 2) if all(row[0].isdigit() and len(row) > 2 for row in rows) else (0, -1)
        words = [row[word] for row in rows]
        tags = [_iob2(row[tag]) for row in rows]
        text, places = _placed(words, given)
        for first, last, label in bio_spans(tags):
            if kind := kind_of([label]):
                start, end = offset + places[first][0], offset + places[last - 1][1]
                names.append(GoldName(start, end, kind, f"name-{len(names)}"))
        parts.append(text)
        offset += len(text) + 1
    text = " ".join(parts)
    entities = tuple(GoldEntity(name.entity, name.kind, text[name.start : name.end]) for name in names)
    return Annotated(name, text, entities, tuple(names))


def _placed(words: Sequence[str], given: str) -> tuple[str, list[Span]]:
    """The text of a sentence and where its words stand in it; ``given`` is its text, if it is known."""
    if given:
        places, at = [], 0
        for word in words:
            at = given.find(word, at)
            if at < 0:
                return _placed(words, "")
            places.append((at, at + len(word)))
            at += len(word)
        return given, places
    text, places = "", []
    for before, word in pairwise(["", *words]):
        joined = not before or _NO_SPACE_BEFORE.fullmatch(word) or _NO_SPACE_AFTER.fullmatch(before)
        text += word if joined else f" {word}"
        places.append((len(text) - len(word), len(text)))
    return text, places


def _iob2(tag: str) -> str:
    if not _TAG.fullmatch(tag):
        raise ValueError(f"{tag!r} is no tag")
    return tag[0].translate(_BEGINS).translate(_INSIDE) + tag[1:]


def _is_comment(line: str) -> bool:
    return line.startswith(("# ", "#\t"))


def _comments(block: str) -> Iterator[tuple[str, str]]:
    for line in block.split("\n"):
        if _is_comment(line):
            name, _, value = line[1:].partition("=")
            yield name.strip().removesuffix(" id"), value.strip()
