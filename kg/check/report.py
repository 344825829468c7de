"""What checking a graph found: verdicts by relation, what is contradicted, what is contested."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.merge.contest import OPPOSITES
from kg.model import VERDICTS, Claim, Edge, Graph, Judgement, Record, Verdict
from kg.records import claim_to_record


@dataclass(frozen=True, slots=True)
class Contest:
    """Two entities of which the graph says opposite things: ``over`` is what, ``edges`` are those that disagree."""

    ends: tuple[str, str]
    over: tuple[str, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """``counts`` are numbers of edges by relation and verdict, ``contradicted`` the sentences, in order of edges."""

    graph: Graph
    counts: Mapping[str, Mapping[Verdict, int]]
    contradicted: tuple[tuple[Claim, Judgement], ...]
    contests: tuple[Contest, ...]


def make_report(graph: Graph) -> Report:
    """The report of a graph whose edges have been judged."""
    counts: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
    for edge in graph.edges:
        counts[edge.relation][edge.judgement.verdict] += 1
    judged = (pair for edge in graph.edges for pair in edge.judged())
    return Report(
        graph=graph,
        counts={name: {verdict: counts[name][verdict] for verdict in VERDICTS} for name in sorted(counts)},
        contradicted=tuple((claim, judgement) for claim, judgement in judged if judgement.verdict == "contradicted"),
        contests=tuple(_contests(graph)),
    )


def to_record(report: Report) -> Record:
    """The report, ready for JSON; claims are records as in ``claims.jsonl``, with the day of their document."""
    return {
        "schema": 1,
        "verdicts": {name: dict(counts) for name, counts in report.counts.items()},
        "contradicted": [_claim_record(report.graph, *pair) for pair in report.contradicted],
        "contested": [
            {
                "between": list(contest.ends),
                "over": list(contest.over),
                "claims": [_claim_record(report.graph, *pair) for pair in _by_date(report.graph, contest)],
            }
            for contest in report.contests
        ],
    }


def to_text(report: Report) -> str:
    """The report for a person."""
    return "\n".join([*_count_lines(report), *_contradicted_lines(report), *_contest_lines(report)])


def _contests(graph: Graph) -> Iterator[Contest]:
    pairs: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        if edge.contested:
            a, b = sorted((edge.subject, edge.object))
            pairs[a, b].append(edge)
    for ends, edges in sorted(pairs.items()):
        statuses: defaultdict[str, set[str]] = defaultdict(set)
        for edge in edges:
            statuses[edge.relation].add(edge.status)
        over = [f"{one} and {other}" for one, other in OPPOSITES if "asserted" in statuses[one] & statuses[other]]
        over += [f"{name} asserted and denied" for name in sorted(statuses) if len(statuses[name]) > 1]
        yield Contest(ends, tuple(over), tuple(edges))


def _by_date(graph: Graph, contest: Contest) -> list[tuple[Claim, Judgement]]:
    """Claims of one document after the other, the oldest first, undated ones before all."""
    pairs = [pair for edge in contest.edges for pair in edge.judged()]
    at = [pair[0].evidence for pair in pairs]
    keys = [
        (_published(graph, pair[0]) or "", e.document, e.start, pair[0].id) for pair, e in zip(pairs, at, strict=True)
    ]
    return [pairs[i] for i in sorted(range(len(pairs)), key=lambda i: keys[i])]


def _count_lines(report: Report) -> Iterator[str]:
    total = Counter({verdict: sum(c[verdict] for c in report.counts.values()) for verdict in VERDICTS})
    width = max(map(len, ("edges", *report.counts)))
    yield f"{'edges':{width}}" + "".join(f"  {total[verdict]:>5} {verdict}" for verdict in VERDICTS)
    for name, counts in report.counts.items():
        yield f"{name:{width}}" + "".join(f"  {counts[verdict]:>5} {verdict}" for verdict in VERDICTS)


def _contradicted_lines(report: Report) -> Iterator[str]:
    yield f"\ncontradicted by reference facts: {len(report.contradicted) or 'none'}"
    for claim, judgement in report.contradicted:
        yield f"  {_said(report.graph, claim)}"
        yield f"    {_quoted(claim)}"
        yield f"    {claim.evidence.document}, {_published(report.graph, claim) or 'undated'}, by {claim.rule}"
        yield f"    against it: {judgement.fact}"


def _contest_lines(report: Report) -> Iterator[str]:
    yield f"\ncontested pairs: {len(report.contests) or 'none'}"
    for contest in report.contests:
        a, b = (_name(report.graph, end) for end in contest.ends)
        yield f"  {a} and {b}: {', '.join(contest.over)}"
        for claim, _ in _by_date(report.graph, contest):
            day = _published(report.graph, claim) or "undated"
            yield f"    {day:10}  {claim.relation}, {_manner(claim)}  {claim.evidence.document}"
            yield f"                {_quoted(claim)}"


def _claim_record(graph: Graph, claim: Claim, judgement: Judgement) -> Record:
    return claim_to_record(claim, judgement) | {"published": _published(graph, claim)}


def _said(graph: Graph, claim: Claim) -> str:
    return f"{_name(graph, claim.subject)} {claim.relation} {_name(graph, claim.object)} ({_manner(claim)})"


def _manner(claim: Claim) -> str:
    return ", ".join(filter(None, (claim.status, claim.period)))


def _quoted(claim: Claim) -> str:
    return f"“{' '.join(claim.evidence.sentence.split())}”"


def _name(graph: Graph, identifier: str) -> str:
    entity = graph.entities.get(identifier)
    return (entity and entity.name) or identifier


def _published(graph: Graph, claim: Claim) -> str | None:
    document = graph.documents.get(claim.evidence.document)
    return document.published if document else None
