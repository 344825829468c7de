"""One registry of the formats that annotations are read from. A new format is a module and one line of the table."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.errors import SourceError
from kg.evaluate.annotations import Annotated
from kg.evaluate.formats import conll, dwie, knowledgenet, ours, spans


@dataclass(frozen=True, slots=True)
class Format:
    """``recognizes`` takes a file's name, without ``.gz``, and its first line that is not empty; ``read`` takes the text of
    a file and the name that errors give it. ``folder`` is the suffix of the files to read where a folder is given."""

    recognizes: Callable[[str, str], bool]
    read: Callable[[str, str], Iterator[Annotated]]
    folder: str = ""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "kg": Format(ours.recognizes, ours.read),
        "dwie": Format(dwie.recognizes, dwie.read, folder=".json"),
        "knowledgenet": Format(knowledgenet.recognizes, knowledgenet.read),
        "spans": Format(spans.recognizes, spans.read),
        "conll": Format(conll.recognizes, conll.read),
    }
)


def formats() -> tuple[str, ...]:
    """The names that :func:`read` knows, sorted."""
    return tuple(sorted(FORMATS))


def read(path: Path, format: str | None = None) -> dict[str, Annotated]:
    """Annotated documents by id, of a file (plain or gzipped) or a folder of files; None recognizes the format.

    Raises :class:`SourceError` for what cannot be read or is not of the format, with the line where there is one.
    """
    documents: dict[str, Annotated] = {}
    for file in _files(path, format):
        text = _text(file)
        kind = FORMATS[format or _recognize(file, text)]
        for document in kind.read(text, str(file)):
            if document.id in documents:
                raise SourceError(f"{file}: document {document.id!r} is annotated twice")
            documents[document.id] = document
    if not documents:
        raise SourceError(f"{path}: holds no annotated document")
    return documents


def _files(path: Path, format: str | None) -> list[Path]:
    if not path.is_dir():
        return [path]
    suffixes = {kind.folder for name, kind in FORMATS.items() if kind.folder and format in (None, name)}
    return sorted(file for file in path.iterdir() if file.suffix in suffixes)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot read the annotations: {error}") from error


def _recognize(path: Path, text: str) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")
    name = path.name.removesuffix(".gz")
    found = next((format for format, kind in FORMATS.items() if kind.recognizes(name, first)), None)
    if found is None:
        raise SourceError(f"{path}: not of a format that is known; valid: {', '.join(formats())}")
    return found
