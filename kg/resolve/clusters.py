"""Profiles joined by rules, one rule after the other, and every decision kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.resolve.evidence import judge
from kg.resolve.local import Key
from kg.resolve.profile import Profile

Names = Callable[[Profile, Profile], bool]
"""Whether the names of two profiles can be of one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two profiles may be one, by a reason; they are if the evidence on them is ``needs`` at least. ``named`` proposals
    hold whatever else the two are called."""

    one: Key
    other: Key
    reason: str
    needs: int
    named: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule decided on two profiles, each named by the smallest key of its records at that time."""

    rule: str
    one: Key
    other: Key
    joined: bool
    reason: str


Rule = Callable[[Sequence[Profile]], Iterable[Proposal]]
"""The profiles so far, in order of their keys -> which of them may be one."""


class Clusters:
    """Profiles that grow together. The result depends on the set of profiles and the order of the rules alone."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        """Begin with these profiles, each on its own."""
        self.decisions: list[Decision] = []
        self._profiles: dict[Key, Profile] = {profile.key: profile for profile in profiles}
        self._home: dict[Key, Key] = {}

    @property
    def profiles(self) -> list[Profile]:
        """The profiles as they are now, in order of their keys."""
        return [self._profiles[key] for key in sorted(self._profiles)]

    def profile(self, key: Key) -> Profile:
        """The profile that a former profile is part of by now."""
        return self._profiles[self.find(key)]

    def add(self, profile: Profile) -> None:
        """Hold one more profile."""
        self._profiles[profile.key] = profile

    def take(self, other: Clusters) -> None:
        """Hold all profiles and decisions of the other, too."""
        self._profiles |= other._profiles
        self._home |= other._home
        self.decisions += other.decisions

    def apply(self, rule: Rule, compatible: Names) -> None:
        """Join what the rule proposes, best agreement first, unless names or evidence speak against it."""
        open_ = [profile for profile in self.profiles if not profile.pinned]
        proposals = sorted(set(rule(open_)), key=lambda p: (p.needs, p.one, p.other, p.reason))
        for proposal in proposals:
            self._decide(rule.__name__, proposal, compatible)

    def join(self, rule: str, one: Key, other: Key, reason: str) -> None:
        """Join two profiles, given by any of their former keys, whatever speaks against it."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return
        self.decisions.append(Decision(rule, first, second, True, reason))
        kept, taken = self._profiles[first], self._profiles.pop(second)
        if len(kept.members) < len(taken.members):
            kept, taken = taken, kept
        for member in taken.members:
            kept.add(member)
        kept.pinned = kept.pinned or taken.pinned
        self._profiles[first] = kept
        self._home[second] = first

    def find(self, key: Key) -> Key:
        """The key of the profile that a former profile is part of by now."""
        while key in self._home:
            key = self._home[key]
        return key

    def refuse(self, rule: str, one: Key, other: Key, reason: str) -> None:
        """Note that two profiles were kept apart."""
        first, second = sorted((one, other))
        self.decisions.append(Decision(rule, first, second, False, reason))

    def _decide(self, rule: str, proposal: Proposal, compatible: Names) -> None:
        one, other = (self._profiles[self.find(key)] for key in (proposal.one, proposal.other))
        if one is other:
            return
        judged = judge(one, other)
        if not proposal.named and not compatible(one, other):
            self.refuse(rule, one.key, other.key, f"{proposal.reason}, but other names of theirs are of two")
        elif judged.score < proposal.needs:
            self.refuse(rule, one.key, other.key, f"{proposal.reason}, but too little agrees: {judged}")
        else:
            self.join(rule, one.key, other.key, f"{proposal.reason}: {judged}")


def blocks(
    profiles: Iterable[Profile], keys: Callable[[Profile], Iterable[Hashable]]
) -> Iterator[tuple[Hashable, list[Profile]]]:
    """The profiles that share a key, for each key of two or more; in order of the profiles."""
    found: defaultdict[Hashable, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in dict.fromkeys(keys(profile)):
            found[key].append(profile)
    return ((key, block) for key, block in found.items() if len(block) > 1)
