"""DWIE (Zaporojets et al., 2021): one JSON object a document, in files of a folder, an array, or JSON Lines.

``content``; ``mentions`` with ``begin``, ``end``, ``text`` and ``concept``; ``concepts`` with ``tags`` ("type::person");
``relations`` with ``s``, ``p``, ``o`` between concepts. A concept is an entity of the document. Labels end in ``-x`` where
one end is the adjective of a state, which is united with its state. Concepts that no mention names are left out, with their
relations: the text cannot say them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import SourceError
from kg.evaluate.annotations import Annotated, GoldEntity, GoldName, GoldPair, Kind
from kg.evaluate.formats.rows import broken, has_fields, read_rows
from kg.evaluate.schemes import kind_of, load_scheme
from kg.model import Span

_EXPECTED = "content, mentions, concepts and relations as DWIE has them"


def recognizes(name: str, line: str) -> bool:
    """By the name of the file, or the fields of a row."""
    return name.endswith(".json") or has_fields(line, "mentions", "concepts", "relations")


def read(text: str, where: str) -> Iterator[Annotated]:
    """The documents of a file."""
    try:
        whole = json.loads(text)
    except ValueError:
        records = list(read_rows(text, where))
    else:
        records = [(where, record) for record in (whole if isinstance(whole, list) else [whole])]
    for place, record in records:
        with broken(place, _EXPECTED):
            if not record.get("content"):
                raise SourceError(f"{place}: has no content; DWIE's own script adds the texts to its annotations")
            yield _document(record)


def _document(record: dict[str, Any]) -> Annotated:
    content: str = record["content"]
    kinds = {concept["concept"]: _kind(concept["tags"]) for concept in record["concepts"]}
    same = _united(record["relations"])
    names = []
    for number, mention in enumerate(record["mentions"]):
        concept = mention["concept"]
        kind = kinds.get(same.get(concept, concept)) or kinds.get(concept)
        start, end = _span(mention, content)
        if kind is not None:
            names.append(GoldName(start, end, kind, f"name-{number}" if concept is None else _key(same, concept)))
    titles = {_key(same, c["concept"]): c["text"] for c in record["concepts"] if c["concept"] not in same}
    entities = {name.entity: GoldEntity(name.entity, name.kind, titles.get(name.entity, name.entity)) for name in names}
    pairs = [
        GoldPair(_key(same, r["s"]), re.sub(r"-x\d*$", "", r["p"]), _key(same, r["o"])) for r in record["relations"]
    ]
    return Annotated(
        id=str(record["id"]),
        text=content,
        entities=tuple(entities.values()),
        names=tuple(names),
        grouped=True,
        pairs=tuple(
            dict.fromkeys(p for p in pairs if {p.subject, p.object} <= entities.keys() and p.subject != p.object)
        ),
        scheme="dwie",
    )


def _kind(tags: list[str] | None) -> Kind | None:
    return kind_of(tag.removeprefix("type::") for tag in tags or ())


def _united(relations: list[dict[str, Any]]) -> dict[Any, Any]:
    """The concept that another one is the adjective of, by that other one."""
    unites = {row.label for row in load_scheme("dwie") if row.holds == "unites"}
    return {relation["s"]: relation["o"] for relation in relations if relation["p"] in unites}


def _span(mention: dict[str, Any], content: str) -> Span:
    """The mention's span. Its ``end`` is documented as the offset of the last character and is that of the one after it."""
    start, end = int(mention["begin"]), int(mention["end"])
    for stop in (end, end + 1):
        if content[start:stop] == mention["text"]:
            return start, stop
    raise ValueError(f"mention {mention['text']!r} does not stand at {start}–{end} of the content")


def _key(same: dict[Any, Any], concept: Any) -> str:
    return f"concept-{same.get(concept, concept)}"
