"""JSON Lines of texts with spans, ``{"id", "text", "entities": [{"start", "end", "type", "id"?}]}``, and, as CoNLL04 is often
published, ``"relations": [{"head", "tail", "orig_label"}]`` between them, by their ids. Every span is an entity of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.evaluate.annotations import Annotated, GoldEntity, GoldName, GoldPair, Kind
from kg.evaluate.formats.rows import broken, has_fields, read_rows
from kg.evaluate.schemes import kind_of


def recognizes(name: str, line: str) -> bool:
    """By the fields of a row."""
    return has_fields(line, "id", "text", "entities")


def read(text: str, where: str) -> Iterator[Annotated]:
    """One text a line."""
    for place, row in read_rows(text, where):
        with broken(place, "id, text, and entities with start, end and type"):
            yield _document(row)


def _document(row: dict[str, Any]) -> Annotated:
    text: str = row["text"]
    entities: list[GoldEntity] = []
    names: list[GoldName] = []
    for number, item in enumerate(row["entities"]):
        kind = kind_of([item["type"]])
        identifier, start, end = str(item.get("id", number)), int(item["start"]), int(item["end"])
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}–{end} is not in the text")
        entities.append(GoldEntity(identifier, kind or Kind(None), text[start:end]))
        if kind is not None:
            names.append(GoldName(start, end, kind, identifier))
    pairs = None
    if "relations" in row:
        known = {entity.id for entity in entities}
        pairs = tuple(GoldPair(str(r["head"]), r["orig_label"], str(r["tail"])) for r in row["relations"])
        if strangers := {end for pair in pairs for end in (pair.subject, pair.object)} - known:
            raise ValueError(f"relations name entities that are not there: {', '.join(sorted(strangers))}")
    return Annotated(str(row["id"]), text, tuple(entities), tuple(names), pairs=pairs, scheme="conll04")
