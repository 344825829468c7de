"""Our own annotations, JSON Lines as ``data/gold/README.md`` describes: entities by identifier, claims by sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.errors import SourceError
from kg.evaluate.annotations import Annotated, GoldClaim, GoldEntity, Kind
from kg.evaluate.formats.rows import broken, has_fields
from kg.model import derive_status


def recognizes(name: str, line: str) -> bool:
    """By the fields of a row."""
    return has_fields(line, "document", "entities", "claims")


def read(text: str, where: str) -> Iterator[Annotated]:
    """One document a line."""
    for place, record in read_records(text, where):
        with broken(place, "entities and claims as data/gold/README.md describes them"):
            yield from_record(record)


def read_records(text: str, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file and line, record). Raises :class:`SourceError` that names the line of a broken record."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            record = json.loads(line)
            yield f"{where}:{number}", {name: record[name] for name in ("document", "entities", "claims")}
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{where}:{number}: expected an object with document, entities and claims") from error


def from_record(record: dict[str, Any]) -> Annotated:
    """The annotations of one line."""
    return Annotated(
        id=record["document"],
        entities=tuple(
            GoldEntity(item["id"], Kind(item["type"]), item.get("name", item["id"]), tuple(item.get("mentions", ())))
            for item in record["entities"]
        ),
        claims=tuple(
            GoldClaim(
                subject=item["subject"],
                relation=item["relation"],
                object=item["object"],
                sentence=item["quote"],
                status=derive_status(item["polarity"], item["modality"], item["time"]),
                speaker=item["attributed_to"],
            )
            for item in record["claims"]
        ),
    )
