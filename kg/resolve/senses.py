"""One name, how many people? Records of one name, parted only where their evidence disagrees strongly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.resolve.evidence import Judgement, judge
from kg.resolve.local import Local
from kg.resolve.profile import Profile, profile

RARE, COMMON, GENERIC = -3, -2, -1
"""Scores at which records of one name are of two: by default, of a name that many have, of an organ named in common words."""


def limit(one: Profile) -> int:
    """The score at which something of the same name is something else."""
    if one.type == "Person":
        return COMMON if any(name.common for name in one.people) else RARE
    return GENERIC if all(name.generic and not name.countries for name in one.body_names) else RARE


def senses(records: Iterable[Local]) -> tuple[list[Profile], list[tuple[Profile, Profile, Judgement]]]:
    """The profiles that records of one name make, and which of them were kept apart and why.

    Records are taken from the one that says most to the one that says least; each joins the profile that it agrees with
    best, or begins a new one if it disagrees with all.
    """
    found: list[Profile] = []
    for record in sorted(records, key=_by_content):
        single = profile([record])
        best = max(found, key=lambda sense: (judge(sense, single).score, len(sense.documents)), default=None)
        if best is None or judge(best, single).score <= limit(single):
            found.append(single)
        else:
            best.add(record)
    return found, list(_apart(found))


def _by_content(record: Local) -> tuple[int, str, str]:
    said = record.said
    stated = len(said.roles) + 2 * len(said.countries) + 2 * len(said.places) + len(record.countries | record.bodies)
    return -stated - len(record.setting), *record.key


def _apart(found: Sequence[Profile]) -> Iterable[tuple[Profile, Profile, Judgement]]:
    return ((one, other, judge(one, other)) for position, one in enumerate(found) for other in found[position + 1 :])
