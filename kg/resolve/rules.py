"""The rules that join people, and those that join organizations.

A rule sees the profiles so far and proposes pairs, with the agreement that it asks for. It is a *blocking key* (profiles
that might be one share it) and a decision within each block. Rules run in the order of the tables below, from the one
that is surest to the one that is least; a further rule is a further function in one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from kg.resolve import bodies, people
from kg.resolve.candidates import only
from kg.resolve.clusters import Proposal, Rule, blocks
from kg.resolve.people import PersonName
from kg.resolve.profile import Profile
from kg.resolve.senses import limit

_REVERSED = frozenset(f"country/{code}" for code in "HUN JPN KOR PRK CHN TWN VNM".split())
"""Countries where the surname stands first."""

_NATIONAL = frozenset("party union front movement league alliance coalition congress church".split())


def same_wikidata(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """Known to Wikidata as the same."""
    for code, block in blocks(profiles, lambda p: p.wikidata):
        yield from (Proposal(block[0].key, other.key, f"both are {code}", 1, named=True) for other in block[1:])


def other_spelling(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "Zelensky" and "Zelenskiy", "Joe" and "Joseph": spellings and short forms of one full name.

    A spelling of a surname that many have is a name of its own ("Philips"), unless the context agrees.
    """
    for _, block in blocks(profiles, lambda p: (name.spelt for name in p.people if name.full)):
        for one, other in _pairs(block):
            if _relation(one, other) == "spelling":
                common = any(name.common for name in (*one.people, *other.people))
                yield Proposal(one.key, other.key, "spellings of one name", 1 if common else limit(one) + 1)


def other_order(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "Abe Shinzo" is "Shinzo Abe" where surnames stand first; "Thomas Henry" is not "Henry Thomas"."""
    for _, block in blocks(profiles, lambda p: (tuple(sorted(name.words)) for name in p.people if name.full)):
        for one, other in _pairs(block):
            eastern = any(name.eastern for name in (*one.people, *other.people))
            if _relation(one, other) == "order" and (eastern or _REVERSED & one.states.keys() & other.states.keys()):
                yield Proposal(one.key, other.key, "one name, surname first or last", 1)


def middle_name(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "John Kennedy" is the only "John F. Kennedy"; "George Bush" is neither of two."""
    yield from only(profiles, {"middle"}, lambda n: _ends(n) if n.full else None, "lacks only a middle name", 0)


def longer_name(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "Nicolás Maduro" is the only "Nicolás Maduro Moros" where the context agrees."""
    yield from only(profiles, {"longer"}, lambda n: n.spelt[:2] if n.full else None, "goes on with a second surname", 2)


def misspelt_name(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """One letter wrong in a long word, in the same document or where the context agrees."""
    for _, block in blocks(profiles, _half_words):
        for one, other in _pairs(block):
            if _relation(one, other) == "misspelt" and any(name.full for name in (*one.people, *other.people)):
                reason = "one letter apart"
                yield Proposal(one.key, other.key, reason, -1 if one.documents & other.documents else 2, named=True)


def initials(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "J. Smith" is the only "John Smith"; where many have the surname, only if the context agrees."""
    yield from only(profiles, {"initial"}, lambda n: (n.words[0][0], n.spelt[-1]) if n.full else None, "initials", 0)


def surname(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "Lapid" is the only person whose full name ends in it; where many have the surname, only if the context agrees."""
    yield from only(profiles, {"surname"}, lambda n: people.spell(n.last), "the only one of this surname", -1)


def given_name(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "Saddam" is the only Saddam where the context agrees."""
    yield from only(profiles, {"given"}, lambda n: n.words[0], "the only one of this name", 2)


def same_short_name(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """People known by the same single name, of whom no document says more; a name that many have needs agreement."""
    short = [profile for profile in profiles if not profile.people[0].full]
    for _, block in blocks(short, _names_and_countries):
        for one, other in _stars(block):
            relation = _relation(one, other)
            sure = relation == "same" and not one.people[0].common
            if relation in ("same", "spelling"):
                yield Proposal(one.key, other.key, "the same single name", limit(one) + 1 if sure else 1)


def same_state(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "Labour Party" is the "British Labour Party" in a document about Britain, if it is the only one there."""
    for _, block in blocks(profiles, lambda p: (name.words for name in p.body_names)):
        named = [p for p in block if any(name.countries for name in p.body_names)]
        for short in (p for p in block if p not in named):
            around = short.states.keys() or short.settings.keys()
            fit = [long for long in named if around & _states_named(long) and _is_national(long)]
            if len(fit) == 1 and _body_relation(short, fit[0]) == "state":
                yield Proposal(short.key, fit[0].key, "named without its state", 1)


def acronym(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "IISS" is the only organization that a document introduces by this acronym."""
    found: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for alias in sorted({alias for member in profile.members for alias in member.entity.aliases}):
            if (short := bodies.body_name(alias).acronym) and not _is_short(profile):
                found[short].append(profile)
    yield from _expand(profiles, found, -1)


def initials_of_name(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "GLSO" is the only organization of these initials, even if no document says so; four letters or more."""
    found: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for name in profile.body_names:
            if len(name.words) >= 3:
                found["".join(word[0] for word in name.words).upper()].append(profile)
    yield from _expand(profiles, {letters: some for letters, some in found.items() if len(letters) > 3}, 0)


def same_acronym(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """An acronym that no document spells out is one organization, unless the contexts disagree; "HAMAS" is "Hamas"."""
    for _, block in blocks(profiles, lambda p: (name.words for name in p.body_names if len(name.words) == 1)):
        if any(map(_is_short, block)):
            yield from (Proposal(one.key, other.key, "the same acronym", -1) for one, other in _stars(block))


def spelling_of_organization(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """ "Rosoboroneksport" and "Rosoboronexport": long words, transcribed or misspelt, of one context."""
    for _, block in blocks(profiles, _half_body_words):
        for one, other in _pairs(block):
            if (relation := _body_relation(one, other)) in ("spelling", "misspelt"):
                yield Proposal(one.key, other.key, "one letter apart" if relation == "misspelt" else "spellings", 1)


PEOPLE: tuple[Rule, ...] = (
    same_wikidata, other_spelling, other_order, middle_name, longer_name, misspelt_name, initials, surname,
    surname, misspelt_name, given_name, same_short_name,
)  # fmt: skip
ORGANIZATIONS: tuple[Rule, ...] = (
    same_wikidata, same_state, acronym, initials_of_name, same_acronym, spelling_of_organization,
)  # fmt: skip
"""The rules that :func:`kg.resolve.resolve` applies after it has told the senses of each name apart."""


def compatible_people(one: Profile, other: Profile) -> bool:
    """Whether all full names of the two can be of one person: "George W." and "George H. W. Bush" cannot."""
    return all(people.relate(a, b) for a in one.people for b in other.people if a.full and b.full)


def compatible_bodies(one: Profile, other: Profile) -> bool:
    """Whether the names of two organizations agree in countries, numbers and directions."""
    return all(
        (a.acronym or b.acronym or a.marks == b.marks)
        and not (a.countries and b.countries and a.countries != b.countries)
        for a in one.body_names
        for b in other.body_names
    )


def relation_of(one: Profile, other: Profile) -> str | None:
    """How the names of two profiles of one type relate (:func:`kg.resolve.people.relate`, :func:`kg.resolve.bodies.relate`)."""
    return _relation(one, other) if one.type == "Person" else _body_relation(one, other)


def _names_and_countries(profile: Profile) -> Iterator[Hashable]:
    for name in profile.people:
        yield name.spelt
        for country in sorted(profile.settings.keys() | profile.states.keys()):
            yield name.spelt, country


def _expand(profiles: Sequence[Profile], found: dict[str, list[Profile]], needs: int) -> Iterator[Proposal]:
    for short in filter(_is_short, profiles):
        for letters in sorted({name.acronym for name in short.body_names if name.acronym}):
            fit = [long for long in found.get(letters, ()) if long is not short]
            if len(fit) == 1:
                yield Proposal(short.key, fit[0].key, f"the only {letters}", needs)


def _is_national(profile: Profile) -> bool:
    """Whether the last word is of a party or an organ of state, not of a company with branches abroad."""
    return all(name.generic or _NATIONAL.intersection(name.words) for name in profile.body_names)


def _is_short(profile: Profile) -> bool:
    return all(name.acronym for name in profile.body_names)


def _states_named(profile: Profile) -> set[str]:
    return {f"country/{code}" for name in profile.body_names for code in name.countries}


def _relation(one: Profile, other: Profile) -> str | None:
    """How the longest names of two people relate."""
    return people.relate(one.people[0], other.people[0])


def _body_relation(one: Profile, other: Profile) -> str | None:
    found = [bodies.relate(a, b) for a in one.body_names for b in other.body_names]
    return next((relation for relation in found if relation), None)


def _ends(name: PersonName) -> tuple[str, str]:
    return name.spelt[0], name.spelt[-1]


def _half_words(profile: Profile) -> Iterable[Hashable]:
    """The first and the last letters of a long last word: one letter wrong leaves the one or the other as it is."""
    for name in profile.people:
        given = name.spelt[0] if name.full else ""
        yield from (("begins", name.last[:4]), ("ends", name.last[-4:])) if len(name.last) > 6 else ()
        yield from (("given", given, name.last),) if name.full and len(given) > 6 else ()


def _half_body_words(profile: Profile) -> Iterable[Hashable]:
    for name in profile.body_names:
        for position, word in enumerate(name.words):
            rest = (*name.words[:position], "", *name.words[position + 1 :])
            yield from ((rest, word[:4]), (rest, word[-4:])) if len(word) > 6 else ()


def _pairs(block: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    return ((one, other) for position, one in enumerate(block) for other in block[position + 1 :])


def _stars(block: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    return ((block[0], other) for other in block[1:])
