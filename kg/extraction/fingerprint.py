"""What extraction depends on, in sixteen hex digits: if they are the same, reading a document again gives the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from importlib.resources import files

from kg.identifiers import digest
from kg.relations import Relation

_PACKAGES = ("kg.extraction", "kg.reader")


def fingerprint(reader: str, relations: Iterable[Relation], gazetteer: str) -> str:
    """Of the reader's name, the relations, the gazetteer's own fingerprint, and the code and weights of this package."""
    return digest(reader, gazetteer, _code(), *(repr(canonical(relation)) for relation in relations))


def canonical(relation: Relation) -> tuple[object, ...]:
    """The fields of a relation with its sets sorted: equal for equal relations in every process."""

    def plain(value: object) -> object:
        if isinstance(value, frozenset):
            return sorted(value)
        return sorted((key, sorted(words)) for key, words in value.items()) if isinstance(value, dict) else value

    return tuple(plain(getattr(relation, field.name)) for field in fields(relation))


@cache
def _code() -> str:
    total = hashlib.sha256()
    for package in _PACKAGES:
        paths = [path for path in files(package).iterdir() if path.name.endswith(".py")]
        paths += list(files("kg.reader").joinpath("en").iterdir())
        for path in sorted(paths, key=lambda path: path.name):
            total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
