"""What speaks for and against two profiles of like names being one: weights that add up.

Each function looks at one kind of evidence and gives a weight with its reason, or None where it has nothing to say. The
sum is a log-odds in spirit (Fellegi and Sunter, *A Theory for Record Linkage*, 1969), in whole numbers set by hand: two
disagreements of different kinds are needed to part a name that many have, three to part a rare one. A further kind of
evidence is a further function in :data:`EVIDENCE`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from kg.resolve import tables
from kg.resolve.profile import Profile

Weight = tuple[int, str]
Evidence = Callable[[Profile, Profile], Weight | None]

_ABROAD = frozenset({"ambassador", "diplomat", "envoy", "special representative", "rapporteur", "consul", "negotiator"})
_OF_A_PLACE = frozenset(
    "mayor governor president king queen emir sultan premier sheriff chancellor bishop archbishop".split()
) | {"prime minister", "police chief"}
_LIFETIME = 60


@dataclass(frozen=True, slots=True)
class Judgement:
    """The sum of the weights, and the reasons with their weights, in the order of :data:`EVIDENCE`."""

    score: int
    reasons: tuple[Weight, ...] = ()

    def __str__(self) -> str:
        """The reasons on one line."""
        return "; ".join(f"{reason} ({weight:+})" for weight, reason in self.reasons) or "nothing known of the two"


def judge(one: Profile, other: Profile) -> Judgement:
    """All evidence on two profiles; the same whichever comes first."""
    first, second = sorted((one, other), key=lambda profile: profile.key)
    reasons = tuple(found for evidence in EVIDENCE if (found := evidence(first, second)))
    return Judgement(sum(weight for weight, _ in reasons), reasons)


def wikidata(one: Profile, other: Profile) -> Weight | None:
    """Known to Wikidata as the same, or as two."""
    if not (one.wikidata and other.wikidata):
        return None
    if shared := _shared(one.wikidata, other.wikidata):
        return 6, f"both are {shared}"
    return -10, f"{_most(one.wikidata)} and {_most(other.wikidata)} are two"


def states(one: Profile, other: Profile) -> Weight | None:
    """Tied to the same country, or to different ones; who serves abroad is tied to several."""
    if not (one.states and other.states):
        return None
    if shared := _shared(one.states, other.states):
        return 2, f"both of {shared}"
    weight = -1 if _ABROAD & (one.roles.keys() | other.roles.keys()) else -2
    return weight, f"{_most(one.states)} and {_most(other.states)}"


def places(one: Profile, other: Profile) -> Weight | None:
    """The same town, or the same organization."""
    if shared := _shared(one.places, other.places) or _shared(one.bodies, other.bodies):
        return 3, f"both of {shared}"
    return None


def offices(one: Profile, other: Profile) -> Weight | None:
    """One office in two places at once: two presidents, two mayors; or the same office in the same place."""
    shared = one.roles.keys() & other.roles.keys()
    apart = _apart(one.areas, other.areas) or _apart(one.places, other.places)
    if office := min(shared & _OF_A_PLACE, default=None):
        if apart:
            return -2, f"{office} of two places, {apart}"
    if shared and not apart:
        return 1, f"both {min(shared)}"
    return None


def fields(one: Profile, other: Profile) -> Weight | None:
    """Different work; more so where hardly anybody does both. Diplomats were something else before."""
    if not (one.fields and other.fields) or one.fields & other.fields:
        return None
    first, second = min(one.fields), min(other.fields)
    unlike = all(frozenset((a, b)) in tables.unlike_fields() for a in one.fields for b in other.fields)
    if not unlike and "diplomacy" in one.fields | other.fields:
        return None
    return -2 if unlike else -1, f"{first} and {second}"


def descriptions(one: Profile, other: Profile) -> Weight | None:
    """Both described in full, as somebody of somewhere, with nothing in common; diplomats are of many places."""
    ours, theirs = _anchors(one), _anchors(other)
    if not (ours and theirs and one.roles and other.roles) or "diplomacy" in one.fields | other.fields:
        return None
    if ours & theirs or one.roles.keys() & other.roles.keys():
        return None
    return -1, f"{_most(one.roles)} of {min(ours)}, {_most(other.roles)} of {min(theirs)}"


def settings(one: Profile, other: Profile) -> Weight | None:
    """Written of in documents about the same countries, or about different ones."""
    if not (one.settings and other.settings):
        return None
    if shared := _shared(one.settings, other.settings):
        return 1, f"documents about {shared}"
    return -1, f"documents about {_most(one.settings)} and {_most(other.settings)}"


def lifetimes(one: Profile, other: Profile) -> Weight | None:
    """Dated further apart than a life is long."""
    if not (one.years and other.years and one.type == "Person"):
        return None
    first, second = sorted((sorted(one.years), sorted(other.years)))
    return (-4, f"{first[-1]} and {second[0]}") if second[0] - first[-1] > _LIFETIME else None


def genders(one: Profile, other: Profile) -> Weight | None:
    """Called he or Mr., and she or Mrs.; pronouns are read wrongly now and then, so that most of them decide."""
    first, second = _usual_gender(one), _usual_gender(other)
    return (-3, f"{first} and {second}") if first and second and first != second else None


EVIDENCE: tuple[Evidence, ...] = (wikidata, states, places, offices, fields, descriptions, settings, lifetimes, genders)
"""All kinds of evidence."""


def _shared(one: Counter[str], other: Counter[str]) -> str | None:
    return min(one.keys() & other.keys(), key=lambda key: (-one[key] - other[key], key), default=None)


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda key: (-counts[key], key))


def _usual_gender(profile: Profile) -> str | None:
    female, male = profile.genders["female"], profile.genders["male"]
    return None if female == male else "female" if female > male else "male"


def _apart(one: Counter[str], other: Counter[str]) -> str | None:
    if not (one and other) or one.keys() & other.keys():
        return None
    return f"{_most(one)} and {_most(other)}"


def _anchors(profile: Profile) -> set[str]:
    return {*profile.areas, *profile.places, *profile.bodies}
