"""Values to and from the JSON records that ``kg extract`` prints and ``claims.jsonl`` holds.

The layout is schema :data:`kg.model.SCHEMA`: a claim is flat (its evidence is not nested) and carries its derived
``status``. Nothing here reads or writes a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.errors import SourceError
from kg.model import SCHEMA, Claim, Document, Entity, Evidence, Extraction, Judgement, Mention, Record, Span


def to_json(record: Record) -> str:
    """One line of JSON: fields in the order of the record, compact, not escaped to ASCII, no NaN."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def extraction_to_record(extraction: Extraction) -> Record:
    """The record of one document; :func:`record_to_extraction` turns it back."""
    return {
        "schema": SCHEMA,
        "reader": extraction.reader,
        "document": document_to_record(extraction.document),
        "entities": [entity_to_record(entity) for entity in extraction.entities],
        "mentions": [mention_to_record(mention) for mention in extraction.mentions],
        "claims": [_claim_fields(claim) for claim in extraction.claims],
    }


def document_to_record(document: Document) -> Record:
    """The fields of a document, its long text last."""
    return {
        "id": document.id,
        "title": document.title,
        "url": document.url,
        "published": document.published,
        "publisher": document.publisher,
        "language": document.language,
        "sha256": document.sha256,
        "text": document.text,
    }


def entity_to_record(entity: Entity) -> Record:
    """The fields of an entity."""
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "iso3": entity.iso3,
        "wikidata": entity.wikidata,
        "aliases": list(entity.aliases),
        "metonyms": list(entity.metonyms),
    }


def mention_to_record(mention: Mention) -> Record:
    """The fields of a mention."""
    return {
        "id": mention.id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "entity": mention.entity,
        "antecedent": mention.antecedent,
    }


def claim_to_record(claim: Claim, judgement: Judgement | None = None) -> Record:
    """A line of ``claims.jsonl``: the claim as in the record of its document, with ``document`` after ``id``.

    A judgement adds ``verdict`` and ``fact``. They follow from the claim and the tables of :mod:`kg.check`, and are no
    part of the claim: :func:`record_to_claim` does without.
    """
    fields = _claim_fields(claim)
    verdict = {"verdict": judgement.verdict, "fact": judgement.fact} if judgement else {}
    return {"id": fields.pop("id"), "document": claim.evidence.document, **fields, **verdict}


def record_to_extraction(record: Mapping[str, Any]) -> Extraction:
    """The inverse of :func:`extraction_to_record`; :class:`SourceError` when the record is not one of schema 1."""
    if not isinstance(record, Mapping) or record.get("schema") != SCHEMA:
        found = record.get("schema") if isinstance(record, Mapping) else type(record).__name__
        raise SourceError(f"not an extraction record of schema {SCHEMA}: schema is {found!r}")
    try:
        document = Document(**record["document"])
        return Extraction(
            reader=record["reader"],
            document=document,
            entities=tuple(_entity(item) for item in record["entities"]),
            mentions=tuple(Mention(**item) for item in record["mentions"]),
            claims=tuple(record_to_claim({**item, "document": document.id}) for item in record["claims"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"not an extraction record of schema {SCHEMA}: {_reason(error)}") from error


def record_to_claim(record: Mapping[str, Any]) -> Claim:
    """The inverse of :func:`claim_to_record`.

    Raises :class:`SourceError` for a missing field, or a ``status`` that its parts do not give.
    """
    try:
        claim = _claim(record)
        status = record["status"]
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"not a claim record of schema {SCHEMA}: {_reason(error)}") from error
    if status != claim.status:
        parts = f"{claim.polarity}, {claim.modality}, {claim.time}"
        raise SourceError(f"{claim.id}: status {status!r} does not follow from {parts}; expected {claim.status!r}")
    return claim


def _claim_fields(claim: Claim) -> Record:
    evidence = claim.evidence
    return {
        "id": claim.id,
        "subject": claim.subject,
        "relation": claim.relation,
        "object": claim.object,
        "subject_mention": evidence.subject_mention,
        "object_mention": evidence.object_mention,
        "triggers": [list(span) for span in evidence.triggers],
        "status": claim.status,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "time": claim.time,
        "kind": claim.kind,
        "period": claim.period,
        "confidence": claim.confidence,
        "start": evidence.start,
        "end": evidence.end,
        "sentence": evidence.sentence,
        "subject_span": list(evidence.subject_span),
        "object_span": list(evidence.object_span),
        "attributed_to": claim.attributed_to,
        "rule": claim.rule,
    }


def _claim(record: Mapping[str, Any]) -> Claim:
    evidence = Evidence(
        document=record["document"],
        start=record["start"],
        end=record["end"],
        sentence=record["sentence"],
        subject_span=_span(record["subject_span"]),
        object_span=_span(record["object_span"]),
        triggers=tuple(_span(span) for span in record["triggers"]),
        subject_mention=record["subject_mention"],
        object_mention=record["object_mention"],
    )
    return Claim(
        id=record["id"],
        subject=record["subject"],
        relation=record["relation"],
        object=record["object"],
        polarity=record["polarity"],
        modality=record["modality"],
        time=record["time"],
        kind=record["kind"],
        period=record["period"],
        confidence=record["confidence"],
        attributed_to=record["attributed_to"],
        rule=record["rule"],
        evidence=evidence,
    )


def _entity(record: Mapping[str, Any]) -> Entity:
    return Entity(**{**record, "aliases": tuple(record["aliases"]), "metonyms": tuple(record["metonyms"])})


def _span(pair: Any) -> Span:
    start, end = pair
    return int(start), int(end)


def _reason(error: Exception) -> str:
    return f"missing field {error}" if isinstance(error, KeyError) else str(error)
