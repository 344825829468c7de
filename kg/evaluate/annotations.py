"""What annotated documents say, whatever format they came in. Offsets are half-open, in code points of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import ENTITY_TYPES, EntityType, Status

EVERYTHING = "*"
"""As a label: the document is annotated for all labels of its scheme."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a tag of a corpus means here: one of our types, or none; ``allows`` are types of which a mention may stand on
    such a name without being right or wrong (a capital that stands for its state)."""

    type: EntityType | None
    allows: frozenset[EntityType] = frozenset()


@dataclass(frozen=True, slots=True)
class GoldName:
    """A name where it stands, and the identifier of its entity within the document."""

    start: int
    end: int
    kind: Kind
    entity: str


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An annotated entity; ``forms`` are the forms of its names, where the format lists these in place of offsets."""

    id: str
    kind: Kind
    name: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim of one sentence: ``sentence`` as it stands in the text, ``speaker`` an identifier or None."""

    subject: str
    relation: str
    object: str
    sentence: str
    status: Status
    speaker: str | None


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two entities of a document that a relation of the corpus, ``label``, holds between."""

    subject: str
    label: str
    object: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated document. None is what its format does not say; ``text`` is None where sources have the text.

    ``complete``: every name is annotated, else names only say what pairs are about, and are not scored.
    ``grouped``: names of one entity share its identifier, else every name has its own. ``scheme`` names the rows of
    ``schemes.csv`` that say what labels of pairs mean; ``asked`` are the labels that the document was annotated for.
    """

    id: str
    text: str | None = None
    entities: tuple[GoldEntity, ...] = ()
    names: tuple[GoldName, ...] | None = None
    complete: bool = True
    grouped: bool = False
    claims: tuple[GoldClaim, ...] | None = None
    pairs: tuple[GoldPair, ...] | None = None
    scheme: str = ""
    asked: frozenset[str] = frozenset({EVERYTHING})


def types_of(documents: Iterable[Annotated]) -> frozenset[EntityType]:
    """The types that are scored: all of ours where claims are annotated, else those that some name has. A corpus that has
    countries among its places says nothing of countries."""
    found: set[EntityType] = set()
    for document in documents:
        if document.names is None:
            return frozenset(ENTITY_TYPES)
        found.update(name.kind.type for name in document.names if name.kind.type)
    return frozenset(found)
