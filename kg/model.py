"""The values that flow through ``kg``: documents in; mentions, claims and edges out.

All offsets are absolute, half-open and counted in Unicode code points of :attr:`Document.text`.
All identifiers are made in :mod:`kg.identifiers`; the IRI of a thing is the base IRI plus its identifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

SCHEMA = 1
"""Version of the records that ``kg extract`` prints and ``claims.jsonl`` holds."""

EntityType = Literal["Country", "Person", "Organization"]
Polarity = Literal["affirmed", "denied"]
Modality = Literal["factual", "possible", "alleged"]
Time = Literal["current", "ended"]
Kind = Literal["event", "state"]
Status = Literal["asserted", "denied", "possible", "ended"]
Verdict = Literal["confirmed", "unknown", "contradicted"]
Span = tuple[int, int]

ENTITY_TYPES: tuple[EntityType, ...] = ("Country", "Person", "Organization")
STATUSES: tuple[Status, ...] = ("asserted", "denied", "possible", "ended")
VERDICTS: tuple[Verdict, ...] = ("confirmed", "unknown", "contradicted")


@dataclass(frozen=True, slots=True)
class Document:
    """One article, as it was read.

    ``text`` is the normalised text that offsets count in; ``sha256`` is the hex digest of the raw input
    (for a row of a table, of its text). ``published`` is an ISO 8601 date, or None when the source states none.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A country, person or organization. ``aliases`` and ``metonyms`` are sorted and exclude ``name``.

    ``iso3`` is a country's ISO 3166-1 alpha-3 code, or the four letters of ISO 3166-3 of a state that is gone.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    iso3: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to an entity; ``antecedent`` is the id of the mention that a pronoun or a
    description such as "both countries" was resolved to."""

    id: int
    start: int
    end: int
    text: str
    type: EntityType
    entity: str
    antecedent: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim is made: ``sentence`` is ``document.text[start:end]``; spans select within the document."""

    document: str
    start: int
    end: int
    sentence: str
    subject_span: Span
    object_span: Span
    triggers: tuple[Span, ...]
    subject_mention: int
    object_mention: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says: subject, relation, object, how it is said, who says it, and the evidence.

    ``period`` is an ISO 8601 interval ("1983/1991", "../1991") or None. ``confidence`` is in [0, 1], two decimals.
    ``rule`` names the pattern that found the claim by its content.
    """

    id: str
    subject: str
    relation: str
    object: str
    polarity: Polarity
    modality: Modality
    time: Time
    kind: Kind
    period: str | None
    confidence: float
    attributed_to: str | None
    rule: str
    evidence: Evidence

    @property
    def status(self) -> Status:
        """The first that holds of: possible (not factual), denied, ended, asserted."""
        return derive_status(self.polarity, self.modality, self.time)


def derive_status(polarity: Polarity, modality: Modality, time: Time) -> Status:
    """Status from its three parts; see the annotation guideline in CONTRIBUTING.md."""
    if modality != "factual":
        return "possible"
    if polarity == "denied":
        return "denied"
    return "ended" if time == "ended" else "asserted"


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that reading one document gave: the unit that the ledger stores."""

    reader: str
    document: Document
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What reference facts say of a claim, and the fact in words; an unknown claim has one that holds at other times."""

    verdict: Verdict = "unknown"
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """All claims of one (subject, relation, object, status, period) over all documents.

    ``id`` is the identifier that its claims share. ``support`` counts the independent documents.
    ``contested`` is true where the pair is both ally and foe, or where asserted and denied meet.
    ``judgements`` are those of ``claims``, in their order, or none before :func:`kg.check.judge_edges` made them.
    """

    id: str
    subject: str
    relation: str
    object: str
    status: Status
    period: str | None
    confidence: float
    support: int
    contested: bool
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...] = ()

    @property
    def judgement(self) -> Judgement:
        """The first contradicted one, else the first confirmed one, else the first: one right date hides no wrong one."""
        ranked = ("contradicted", "confirmed", "unknown")
        return min(self.judgements, key=lambda judgement: ranked.index(judgement.verdict), default=Judgement())

    def judged(self) -> Iterator[tuple[Claim, Judgement]]:
        """Each claim with its judgement, which is unknown before any is made."""
        return zip(self.claims, self.judgements or (Judgement(),) * len(self.claims), strict=True)


@dataclass(frozen=True)
class Graph:
    """The merged graph: what every export is made from. Mappings iterate in sorted order of their keys."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    reader: str = ""


Record = dict[str, Any]
"""A JSON-ready dict, as printed by ``kg extract`` and stored in ``claims.jsonl``."""
