"""Who of several a shorter name means: the only person whom its context does not speak against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from kg.resolve import people, tables
from kg.resolve.clusters import Proposal, blocks
from kg.resolve.evidence import judge
from kg.resolve.local import Key
from kg.resolve.people import PersonName
from kg.resolve.profile import Profile
from kg.resolve.senses import limit

_MUCH = 2
"""Agreement that tells one of several."""
_MANY = 20
"""Candidates above which only those with something in common are judged."""
_LONG = 6
"""Letters from which a surname that few have is hardly met twice by chance."""


def only(
    profiles: Sequence[Profile],
    relations: set[str],
    key: Callable[[PersonName], Hashable | None],
    reason: str,
    needs: int,
) -> Iterator[Proposal]:
    """Each shorter name with the one profile of a longer name that its context does not speak against; of several, the
    only one that it speaks for."""

    def keys(profile: Profile) -> Iterator[Hashable]:
        return (found for name in profile.people if (found := key(name)) is not None)

    for _, block in blocks(profiles, keys):
        of_name: defaultdict[PersonName, list[Profile]] = defaultdict(list)
        for profile in block:
            of_name[profile.people[0]].append(profile)
        related = {
            name: [p for other, held in of_name.items() if people.relate(name, other) in relations for p in held]
            for name in of_name
        }
        for short in block:
            longer = [long for long in related[short.people[0]] if _longer(long, short)]
            many = len(longer) > _MANY
            judged = {long.key: (judge(short, long).score, long) for long in longer if not many or _meet(short, long)}
            possible = [(score, key) for key, (score, long) in judged.items() if score > limit(long)]
            if (fit := _clear(possible, many)) is not None:
                yield Proposal(short.key, fit, reason, max(needs, _asked(short, judged[fit][1])))


def _clear(judged: Sequence[tuple[int, Key]], many: bool) -> Key | None:
    """The only candidate; of several, the one that more speaks for than for any other, and much."""
    best = sorted(judged, reverse=True)
    if (many or len(best) > 1) and best and best[0][0] < _MUCH:
        return None
    tied = len(best) > 1 and best[0][0] == best[1][0]
    return best[0][1] if best and not tied else None


def _meet(one: Profile, other: Profile) -> bool:
    """Whether two profiles have a country, place or organization in common: where many have a surname, others than
    those that do are not judged."""
    around = one.states.keys() | one.settings.keys()
    return not (
        around.isdisjoint(other.states.keys() | other.settings.keys())
        and one.places.keys().isdisjoint(other.places)
        and one.bodies.keys().isdisjoint(other.bodies)
        and one.wikidata.keys().isdisjoint(other.wikidata)
    )


def _asked(short: Profile, long: Profile) -> int:
    """The agreement that a short name needs: two where many have it, or a short word is spelt otherwise."""
    word, full = short.people[0], long.people[0]
    if word.common or full.common:
        return 2 if not word.full else 1
    if not word.full and full.last in tables.surnames("family"):
        return 2
    if word.full and short.documents & long.documents:
        return 1  # one text that writes a name in two ways has its reasons
    if word.full:
        return -2
    exact = any(word.last == name.last for name in long.people)
    if len(word.last) < _LONG:
        return 0 if exact else 2
    return -1 if exact else 0


def _longer(long: Profile, short: Profile) -> bool:
    first, second = long.people[0], short.people[0]
    letters = sum(map(len, first.words)), sum(map(len, second.words))
    return (len(first.words), letters[0]) > (len(second.words), letters[1])
