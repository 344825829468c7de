"""Values to and from the rows of the ledger's tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.identifiers import digest
from kg.model import Claim, Document, Entity, Evidence, Extraction, Mention

Row = tuple[Any, ...]

DOCUMENT = "id, text, sha256, title, url, published, publisher, language"
ENTITY = "id, type, name, aliases, metonyms, iso3, wikidata"
MENTION = 'id, start, "end", text, type, entity, antecedent'
CLAIM = (
    "id, subject, relation, object, polarity, modality, time, kind, period, confidence, attributed_to, rule, "
    'start, "end", sentence, subject_start, subject_end, object_start, object_end, triggers, '
    "subject_mention, object_mention"
)
"""The columns of each table, in the order of the rows here."""


def content_hash(document: Document) -> str:
    """Hash of everything a document holds, its metadata too: what must be the same for it not to be read again."""
    return digest(*document_row(document), length=64)


def document_row(document: Document) -> Row:
    """The columns :data:`DOCUMENT`, whose order is that of the fields of :class:`Document`."""
    d = document
    return (d.id, d.text, d.sha256, d.title, d.url, d.published, d.publisher, d.language)


def entity_rows(extraction: Extraction) -> Iterator[Row]:
    """The columns :data:`ENTITY`."""
    for e in extraction.entities:
        yield (e.id, e.type, e.name, _json(e.aliases), _json(e.metonyms), e.iso3, e.wikidata)


def mention_rows(extraction: Extraction) -> Iterator[Row]:
    """The columns :data:`MENTION`."""
    text = extraction.document.text
    for m in extraction.mentions:
        yield (m.id, m.start, m.end, _unless_slice(m.text, text, m.start, m.end), m.type, m.entity, m.antecedent)


def claim_rows(extraction: Extraction) -> Iterator[Row]:
    """The columns :data:`CLAIM`."""
    text = extraction.document.text
    for c in extraction.claims:
        e = c.evidence
        said = (c.id, c.subject, c.relation, c.object, c.polarity, c.modality, c.time, c.kind, c.period)
        where = (e.start, e.end, _unless_slice(e.sentence, text, e.start, e.end), *e.subject_span, *e.object_span)
        mentions = (_json(e.triggers), e.subject_mention, e.object_mention)
        yield (*said, c.confidence, c.attributed_to, c.rule, *where, *mentions)


def to_document(row: Row) -> Document:
    """The inverse of :func:`document_row`."""
    return Document(*row)


def to_entity(row: Row) -> Entity:
    """The inverse of :func:`entity_rows`."""
    identifier, type_, name, aliases, metonyms, iso3, wikidata = row
    return Entity(identifier, type_, name, tuple(json.loads(aliases)), tuple(json.loads(metonyms)), iso3, wikidata)


def to_mention(row: Row, text: str) -> Mention:
    """The inverse of :func:`mention_rows`; ``text`` is that of the document."""
    identifier, start, end, surface, type_, entity, antecedent = row
    return Mention(identifier, start, end, text[start:end] if surface is None else surface, type_, entity, antecedent)


def to_claim(row: Row, document: str, text: str) -> Claim:
    """The inverse of :func:`claim_rows`; ``document`` is the document's id, ``text`` its text."""
    start, end, sentence, subject_start, subject_end, object_start, object_end, triggers, subject, object = row[12:]
    evidence = Evidence(
        document=document,
        start=start,
        end=end,
        sentence=text[start:end] if sentence is None else sentence,
        subject_span=(subject_start, subject_end),
        object_span=(object_start, object_end),
        triggers=tuple((first, last) for first, last in json.loads(triggers)),
        subject_mention=subject,
        object_mention=object,
    )
    return Claim(*(*row[:12], evidence))


def _unless_slice(part: str, text: str, start: int, end: int) -> str | None:
    return None if text[start:end] == part else part


def _json(values: tuple[Any, ...]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
