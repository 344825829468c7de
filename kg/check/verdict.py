"""What reference facts say of a claim: confirmed, contradicted, or unknown.

A claim speaks of its period, else of the day of its document, else of no known day, on which all that ever held may
hold. What a text calls possible is never judged. A fact that held at other times alone decides nothing: articles tell
of the past. A fact that no table holds is unknown unless :func:`kg.check.closed.rule_out` knows better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.check.closed import rule_out
from kg.check.dates import Days, days_of, is_over, may_hold, must_hold
from kg.check.facts import Fact, Facts, to_text
from kg.model import Claim, Document, Edge, Judgement

OPEN = frozenset({"ally-of", "leads"})
"""Relations of which a denial is never contradicted: a treaty makes no friends, and who rules may be disputed."""


def judge_edges(edges: Iterable[Edge], documents: Mapping[str, Document], facts: Facts) -> tuple[Edge, ...]:
    """The edges, each with a judgement of each of its claims; the rest stays as it was."""
    return tuple(
        replace(edge, judgements=tuple(judge(claim, _published(claim, documents), facts) for claim in edge.claims))
        for edge in edges
    )


def judge(claim: Claim, published: str | None, facts: Facts) -> Judgement:
    """The judgement of a claim in a document of the day ``published`` (ISO 8601, or None).

    Asserted: confirmed by a fact of that time, contradicted where it is ruled out. Denied: the reverse, and a fact must
    cover all of that time to contradict. Ended: confirmed by a fact that is over by then, contradicted where it is ruled
    out that it ever held.
    """
    if claim.status == "possible":
        return Judgement()
    days = _days(claim, published, facts)
    held = facts.held.get((claim.subject, claim.relation, claim.object), ())
    ruled_out = None if held else rule_out(claim.subject, claim.relation, claim.object, days, facts)
    if claim.status == "denied":
        return _judge_denial(claim, days, held, ruled_out, facts)
    if claim.status == "ended":
        true = [fact for fact in held if is_over(fact.until, days) and may_hold(fact.since, fact.until, _past(days))]
    else:
        true = [fact for fact in held if may_hold(fact.since, fact.until, days)]
    if true:
        return Judgement("confirmed", to_text(true[0], facts.names))
    if ruled_out:
        return Judgement("contradicted", ruled_out)
    return _other_times(held, facts)


def _judge_denial(
    claim: Claim, days: Days | None, held: Sequence[Fact], ruled_out: str | None, facts: Facts
) -> Judgement:
    against = [fact for fact in held if must_hold(fact.since, fact.until, days)]
    if against and claim.relation not in OPEN:
        return Judgement("contradicted", to_text(against[0], facts.names))
    if ruled_out and claim.relation not in OPEN:
        return Judgement("confirmed", ruled_out)
    member = claim.relation == "part-of" and claim.object in facts.complete
    if member and held and days and not any(may_hold(fact.since, fact.until, days) for fact in held):
        return Judgement("confirmed", to_text(held[0], facts.names))
    return _other_times(held, facts)


def _other_times(held: Sequence[Fact], facts: Facts) -> Judgement:
    return Judgement("unknown", to_text(held[0], facts.names) if held else None)


def _days(claim: Claim, published: str | None, facts: Facts) -> Days | None:
    """When the claim speaks of; of a state that is gone, no later than its end: an article of today tells of its past."""
    days = days_of(claim.period, published)
    ends = [facts.ended[end] for end in (claim.subject, claim.object) if end in facts.ended]
    return None if days and any(days[0][:4] > end for end in ends) else days


def _past(days: Days | None) -> Days | None:
    """The days and all before them."""
    return ("0000-01-01", days[1]) if days else None


def _published(claim: Claim, documents: Mapping[str, Document]) -> str | None:
    document = documents.get(claim.evidence.document)
    return document.published if document else None
