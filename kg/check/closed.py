"""What the tables rule out: they know all of some things, so what they lack is not so."""

from __future__ import annotations

from kg.check.dates import Days
from kg.check.facts import Facts

BORDERS_SINCE = "1992-01-01"
"""Before, states of today had borders that no table here holds: those of colonies, for one."""


def rule_out(subject: str, relation: str, object: str, days: Days | None, facts: Facts) -> str | None:
    """Why the tables rule out that this holds, in words, or None where they leave it open.

    Asked of what no table holds: a border between two countries, a country in a body all of whose members are known, an
    organ of state in another state, a state led by somebody who led others alone.
    """
    if relation == "borders":
        return _no_border(subject, object, days, facts)
    if relation == "part-of" and object in facts.complete:
        return _no_member(subject, object, facts)
    if relation == "part-of" and subject in facts.organs:
        return _of_another_state(facts.organs[subject], subject, object, facts)
    if relation == "leads" and subject in facts.offices:
        return _led_others(facts.offices[subject], subject, object, facts)
    return None


def _no_border(subject: str, object: str, days: Days | None, facts: Facts) -> str | None:
    if subject not in facts.neighbors or object not in facts.neighbors or (days and days[0] < BORDERS_SINCE):
        return None
    gone = subject in facts.ended
    held = {other: facts.held[subject, "borders", other] for other in facts.neighbors[subject]}
    around = _list(frozenset(other for other in held if gone or any(not f.until for f in held[other])), facts)
    if not around:
        return f"{_name(subject, facts)} has no land border"
    return f"{_name(subject, facts)} has land borders with {around}, not with {_name(object, facts)}"


def _no_member(subject: str, object: str, facts: Facts) -> str | None:
    if subject not in facts.neighbors or subject in facts.complete[object]:
        return None
    return f"{_name(subject, facts)} was never a member of {_name(object, facts)}"


def _of_another_state(own: str, subject: str, object: str, facts: Facts) -> str | None:
    if object not in facts.neighbors or object == own or (own, object) in facts.kin:
        return None
    return f"{_name(subject, facts)} is part of {_name(own, facts)}, not of {_name(object, facts)}"


def _led_others(led: frozenset[str], subject: str, object: str, facts: Facts) -> str | None:
    if object not in facts.neighbors or object in led or any((own, object) in facts.kin for own in led):
        return None
    return f"{_name(subject, facts)} led {_list(led, facts)}, not {_name(object, facts)}"


def _name(identifier: str, facts: Facts) -> str:
    return facts.names.get(identifier, identifier)


def _list(identifiers: frozenset[str], facts: Facts) -> str:
    *most, last = sorted(_name(identifier, facts) for identifier in identifiers) or [""]
    return f"{', '.join(most)} and {last}" if most else last
