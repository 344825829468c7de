"""What the graph answers to a question: the rows of its query, with the claims and the sentences behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.ask.question import Question
from kg.ask.sparql import of_any_status, to_sparql
from kg.identifiers import iri
from kg.model import STATUSES, Claim, Edge, Graph, Status
from kg.query import QuerySession
from kg.relations import Relation

if TYPE_CHECKING:
    from kg.ask.names import Names

_SENTENCES = 3
"""Sentences shown for an answer."""
_SAID = {"asserted": "asserted by", "denied": "denied by", "possible": "held possible by", "ended": "told as over by"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that makes a claim: in which document, of which date (ISO 8601) if it has one, and who says it, by name."""

    text: str
    document: str
    published: str | None
    speaker: str | None
    status: Status
    confidence: float


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: ``names`` are (identifier, name) of what the variables stand for, ``said`` its claims in words, ``claims`` how
    many sentences make them.

    ``worded`` is true where a sentence has a word of the question that carried its meaning.
    """

    names: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    status: Status
    contested: bool
    worded: bool
    claims: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to ``text``: how it was read, the query, and its rows, the surest first.

    ``count`` is the number that a count gives. ``others`` are rows of another status than the question asks for: what texts
    deny, deem possible or tell as over; where a speaker said nothing on a topic, what they said on others.
    """

    text: str
    question: Question
    reading: str
    sparql: str
    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    notes: tuple[str, ...]
    count: int | None = None

    @property
    def verdict(self) -> str:
        """The answer in one line; "yes" is said only where every part of the question is asserted."""
        found = len({row.names for row in self.rows}) if self.count is None else self.count
        if self.question.form != "yes-no":
            return f"{found} found." if found else "No claim in this graph says so."
        by_status = [(status, [row for row in self.rows if row.status == status]) for status in STATUSES]
        parts = [f"{_SAID[status]} {_count(sum(row.claims for row in rows))}" for status, rows in by_status if rows]
        contested = " Contested." if any(row.contested for row in self.rows) else ""
        if not parts:
            return "No claim says so, and none denies it."
        wanted = frozenset(status for triple in self.question.triples for status in triple.statuses)
        held = {row.said for row in self.rows if row.status in wanted}
        if len(held) < len(self.question.triples):
            verb = {"denied": "denies", "possible": "holds possible", "ended": "tells as over"}.get(
                min(wanted), "asserts"
            )
            return f"{f'Not every part is {min(wanted)}' if held else f'No claim {verb} it'}: {', '.join(parts)}.{contested}"
        return f"Yes, {', '.join(parts)}.{contested}"


def _count(number: int) -> str:
    return "1 claim" if number == 1 else f"{number} claims"


def answer(text: str, question: Question, graph: Graph, relations: Mapping[str, Relation], names: Names) -> Answer:
    """Run the question's query over the graph. Raises :class:`kg.errors.QueryError` where it takes too long."""
    edges = {edge.id: edge for edge in graph.edges}
    query = to_sparql(question, relations)
    with QuerySession(graph, relations) as session:
        count = int(str(session.run(query).rows[0][0])) if question.form == "count" else None
        listed = replace(question, form="list") if question.form == "count" else question
        rows = _rows(session, listed, graph, edges, relations, names)
        others: list[Row] = []
        if question.form in ("list", "count"):
            known = {row.names for row in rows}
            every = _rows(session, of_any_status(question), graph, edges, relations, names)
            others = [row for row in every if row.names not in known]
        elif question.form == "said" and question.topics and not rows:
            others = _rows(session, replace(question, topics=()), graph, edges, relations, names)
    notes = [*_wider(question, relations), *question.notes]
    if rows and question.words and not any(row.worded for row in rows) and question.triples:
        notes.append(f"no sentence says it with the question's own words ({', '.join(sorted(question.words))})")
    return Answer(
        text, question, describe(question, relations, names), query, tuple(rows), tuple(others), tuple(notes), count
    )


def _wider(question: Question, relations: Mapping[str, Relation]) -> list[str]:
    """What a relation covers, where the question calls it otherwise than its label does."""
    from kg.ask.words import Word, lemmas

    def own(relation: Relation) -> set[str]:
        return {form for word in (*relation.label.split(), *relation.id.split("-")) for form in lemmas(Word(word))}

    asked = {triple.relation: relations[triple.relation] for triple in question.triples}
    return [
        f"“{relation.label}” covers: {relation.definition}"
        for relation in asked.values()
        if relation.definition and not question.words & own(relation)
    ]


def describe(question: Question, relations: Mapping[str, Relation], names: Names) -> str:
    """How a question was read, for people: "?x sells arms to Azerbaijan"."""

    def named(end: str) -> str:
        return end if end.startswith("?") else names.name_of(end)

    parts = []
    for triple in question.triples:
        status = "" if triple.statuses == ("asserted",) else f" ({' or '.join(triple.statuses)})"
        parts.append(f"{named(triple.subject)} — {relations[triple.relation].label} — {named(triple.object)}{status}")
    topics = " and ".join(map(named, question.topics))
    if question.form == "said":
        who = "somebody" if question.speaker == "?x" else named(question.speaker or "")
        parts.append(f"claims that {who} makes{' about ' + topics if topics else ''}")
    elif topics:
        parts.append(f"claims {'about' if question.form == 'about' else 'between'} {topics}")
    kinds = [f"{v.name} is {' or '.join(v.types)}" for v in question.variables]
    prefix = {"count": "how many: ", "yes-no": "whether: ", "speakers": "who says: "}.get(question.form, "")
    years = [f"years {question.period}"] if question.period else []
    return prefix + "; ".join([" and ".join(parts), *kinds, *years])


def _rows(
    session: QuerySession,
    question: Question,
    graph: Graph,
    edges: Mapping[str, Edge],
    relations: Mapping[str, Relation],
    names: Names,
) -> list[Row]:
    """The solutions of the question's query, those of the same names as one row, the surest first."""
    result = session.run(to_sparql(question, relations))
    by_iri = {iri(edge.id): edge for edge in edges.values()}
    entities = {iri(identifier): identifier for identifier in graph.entities}
    found: dict[tuple[object, ...], list[Edge]] = {}
    for row in result.rows:
        bound = dict(zip(result.variables, row, strict=True))
        said = [
            by_iri[str(value)] for name, value in bound.items() if name.startswith("claim") and str(value) in by_iri
        ]
        who = tuple(
            entities.get(str(bound[v]), str(bound[v]))
            for v in result.variables
            if not v.startswith("claim") and v != "status"
        )
        key: tuple[object, ...] = (who, _worst(said)) if question.form == "list" else (who, *(e.id for e in said))
        held = found.setdefault(key, [])
        held += [edge for edge in said if edge not in held]
    rows = [_row(key[0], held, question, graph, relations, names) for key, held in found.items()]  # type: ignore[arg-type]
    order = {status: at for at, status in enumerate(STATUSES)}
    return sorted(
        rows,
        key=lambda r: (
            order[r.status],
            not r.worded,
            -max((s.confidence for s in r.sentences), default=0),
            r.names,
            r.said,
        ),
    )


def _worst(edges: Iterable[Edge]) -> Status:
    """The status of an answer that rests on several claims: the least sure of theirs."""
    found = {edge.status for edge in edges}
    return next(
        status for status in ("denied", "possible", "ended", "asserted") if status in found or status == "asserted"
    )


def _row(
    who: tuple[str, ...],
    edges: Sequence[Edge],
    question: Question,
    graph: Graph,
    relations: Mapping[str, Relation],
    names: Names,
) -> Row:
    pairs = [(edge, claim) for edge in edges for claim in edge.claims if _says(claim, question, who)]
    ranked = sorted(
        pairs,
        key=lambda p: (
            not _worded(p[1], graph, question),
            -p[1].confidence,
            p[1].evidence.document,
            p[1].evidence.start,
        ),
    )
    sentences: dict[tuple[str, int], Sentence] = {}
    for edge, claim in ranked:
        at = claim.evidence
        document = graph.documents.get(at.document)
        speaker = names.name_of(claim.attributed_to) if claim.attributed_to else None
        sentence = Sentence(
            at.sentence, at.document, document.published if document else None, speaker, edge.status, claim.confidence
        )
        sentences.setdefault((at.document, at.start), sentence)
    said = [f"{names.name_of(e.subject)} — {relations[e.relation].label} — {names.name_of(e.object)}" for e in edges]
    return Row(
        names=tuple((identifier, names.name_of(identifier)) for identifier in who),
        said=tuple(dict.fromkeys(said)),
        status=_worst(edges),
        contested=any(edge.contested for edge in edges),
        worded=any(_worded(claim, graph, question) for _, claim in pairs),
        claims=len(sentences),
        sentences=tuple(sentences.values())[: max(_SENTENCES, len(edges))],
    )


def _says(claim: Claim, question: Question, who: Sequence[str]) -> bool:
    """Whether a claim's sentence belongs to the answer: where a speaker is asked for or named, only that speaker's."""
    if question.form == "speakers" or question.speaker == "?x":
        return claim.attributed_to in who
    return question.speaker is None or claim.attributed_to == question.speaker


def _worded(claim: Claim, graph: Graph, question: Question) -> bool:
    """Whether a claim rests on a word of the question, in any of its forms."""
    document = graph.documents.get(claim.evidence.document)
    if document is None:
        return False
    from kg.ask.words import Word, lemmas

    return any(
        lemmas(Word(word)) & question.words
        for start, end in claim.evidence.triggers
        for word in document.text[start:end].casefold().split()
    )
