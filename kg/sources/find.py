"""Sources to files: folders and globs are searched, links and special files checked, every file gets its id.

A file's id is its path relative to the parent of the folder that was searched: ``news/a1.txt`` for the source
``data/news``. A file that is named itself counts as found in its own folder, so ``data/news``, ``data/news/*.txt`` and
``data/news/a1.txt`` agree. For a glob the folder is the part before the first wildcard.
"""

from __future__ import annotations

import glob
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.sources.problem import Problem

KINDS = {
    ".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html",
    ".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet",
}  # fmt: skip
COMPRESSIONS = ("gz", "zst")
ENDINGS = f"{', '.join(KINDS)}, each also with .gz or .zst"
"""The endings that are read, for messages."""


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to read: ``kind`` is a value of :data:`KINDS`, ``compression`` is "", "gz" or "zst"."""

    id: str
    path: Path
    kind: str
    compression: str


def find(sources: Sequence[str | Path]) -> tuple[list[File], list[Problem]]:
    """The files of all sources but ``-``, sorted by id whatever the order of the sources, each file once; and problems.

    Raises :class:`SourceError` for a path that does not exist, a glob that matches nothing, and when there is nothing
    to read at all.
    """
    files: dict[str, File] = {}
    problems: set[Problem] = set()
    for source in sources:
        found = [] if str(source) == "-" else list(_search(source))
        for item in found:
            if isinstance(item, Problem):
                problems.add(item)
                continue
            real = os.path.realpath(item.path)
            files[real] = min(item, files.get(real, item), key=lambda file: (-file.id.count("/"), file.id))
        if not found and str(source) != "-":
            problems.add(Problem(str(source), f"no readable file in it; read are {ENDINGS}"))
    if not files and "-" not in map(str, sources):
        because = "; ".join(map(str, sorted(problems, key=str)[:3])) or "no source was given"
        raise SourceError(f"nothing to read: {because}; a source is a file, folder, glob or - (files: {ENDINGS})")
    return sorted(files.values()), sorted(problems, key=str)


def classify(name: str) -> tuple[str, str] | None:
    """Kind and compression by the ending of a file name; None when it is not one that is read.

    >>> classify("a.JSONL.gz"), classify("a.pdf")
    (('jsonl', 'gz'), None)
    """
    path = Path(name.lower())
    compression = path.suffix[1:] if path.suffix[1:] in COMPRESSIONS else ""
    kind = KINDS.get(Path(path.stem).suffix if compression else path.suffix)
    return (kind, compression) if kind else None


def _search(source: str | Path) -> Iterator[File | Problem]:
    path = Path(source)
    if not str(source).strip():
        raise SourceError("a source is empty; it is a file, a folder, a glob or - for stdin")
    if path.is_dir():
        yield from _walk(path, _absolute(path))
    elif os.path.lexists(path):
        yield _named(path)
    elif glob.has_magic(str(source)):
        yield from _expand(str(source))
    else:
        raise SourceError(f"{source}: no such file or folder; a source is a file, a folder, a glob or - for stdin")


def _named(path: Path) -> File | Problem:
    absolute = _absolute(path)
    id = _id(absolute, absolute.parent)
    kind = classify(path.name)
    if kind is None:
        return Problem(id, f"its ending is none that is read: {ENDINGS}")
    return File(id, path, *kind) if path.is_file() else Problem(id, _why_not(path))


def _expand(pattern: str) -> Iterator[File | Problem]:
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        raise SourceError(f"{pattern}: no file matches; a source is a file, a folder, a glob or - for stdin")
    parts = Path(pattern).parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    root = _absolute(Path(*parts[:fixed]))
    for match in map(Path, matches):
        if match.is_dir() and not match.is_symlink():
            yield from _walk(match, root)
        else:
            yield from _check(match, root)


def _walk(folder: Path, root: Path) -> Iterator[File | Problem]:
    """All files below ``folder``; hidden ones, and endings that are not read, are passed over."""
    problems: list[Problem] = []
    failed = lambda error: problems.append(Problem(_id(Path(error.filename), root), f"cannot list: {error.strerror}"))  # noqa: E731
    for parent, folders, names in os.walk(_absolute(folder), onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in sorted(names + links):
            if not name.startswith("."):
                yield from _check(Path(parent, name), root)
    yield from problems


def _check(path: Path, root: Path) -> Iterator[File | Problem]:
    path = _absolute(path)
    kind = classify(path.name)
    linked_folder = path.is_symlink() and path.is_dir()
    if kind is None and not linked_folder:
        return
    inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
    if not inside and path.exists():
        yield Problem(_id(path, root), "a symbolic link that leaves the folder, not followed")
    elif kind and path.is_file():
        yield File(_id(path, root), path, *kind)
    elif not linked_folder:
        yield Problem(_id(path, root), _why_not(path))


def _why_not(path: Path) -> str:
    if path.is_symlink() and not path.exists():
        return "a broken symbolic link"
    return "a folder where a file was expected" if path.is_dir() else "not a regular file"


def _absolute(path: Path) -> Path:
    """Without "." and "..", but with its links as they are named: ids come from names."""
    return Path(os.path.abspath(path))


def _id(path: Path, root: Path) -> str:
    """The path relative to the parent of ``root``, with ``/``, NFC, and bytes that are not UTF-8 escaped."""
    relative = Path(os.path.relpath(path, root.parent)).as_posix()
    return unicodedata.normalize("NFC", os.fsencode(relative).decode("utf-8", "backslashreplace"))
