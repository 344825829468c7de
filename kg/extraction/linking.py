"""Names to entities, within one document: "Yair Lapid", "Prime Minister Lapid" and "Lapid" are one person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.lookup import Hit, Lookup
from kg.extraction.mentions import Name
from kg.extraction.organs import organ_names
from kg.gazetteer import Country, Organization
from kg.identifiers import country_id, organization_id, person_id
from kg.model import Entity, EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OWNERS = {
    **dict.fromkeys(("U.S.", "US", "U.S"), "United States"), **dict.fromkeys(("U.K.", "UK"), "United Kingdom"),
    **dict.fromkeys(("U.N.", "UN"), "United Nations"), **dict.fromkeys(("E.U.", "EU"), "European Union"),
}  # fmt: skip
"""Abbreviations at the head of an organization's name, spelt out."""
_LOWER = frozenset("of the and for de la le du des von van der den bin al el & on in to".split())


@dataclass(frozen=True, slots=True)
class Reference:
    """Tokens ``start`` to ``end`` refer to ``entity``; ``antecedent`` is the reference that a pronoun or description was
    resolved to. ``certainty`` is in (0, 1]. ``by_name`` is false for pronouns and descriptions. ``implied`` is true where
    the tokens only imply the entity, as what owns them: the country of "President Museveni"."""

    start: int
    end: int
    type: EntityType
    entity: str
    certainty: float = 1.0
    by_name: bool = True
    antecedent: Reference | None = None
    implied: bool = False


def link(doc: Doc, names: Sequence[Name], lookup: Lookup) -> tuple[list[Reference], dict[str, Entity]]:
    """References for the names, in their order, and the entities that they refer to."""
    codes = _country_codes(names, lookup.gazetteer.countries)
    names = _surnames_as_people(doc, names)
    people = _people(doc, names)
    acronyms = _acronyms(doc, names, lookup)
    organs = organ_names(doc, names, [_country_name(name, codes, lookup) for name in names])
    references: list[Reference] = []
    entities: dict[str, Entity] = {}
    ending: dict[str, Entity] = {}
    for number, name in enumerate(names):
        text = surface(doc, name)
        if name.type == "Country" and name.hit is not None:
            entity = country_entity(lookup.gazetteer.countries[codes[name.hit.keys]])
        elif name.type == "Person":
            entity = Entity(person_id(people[text]), "Person", people[text])
        elif number in organs:
            entity = Entity(organization_id(organs[number]), "Organization", organs[number])
        elif name.hit is None and _strip_article(text) in ending:
            entity = ending[_strip_article(text)]  # "the Forum" after "Policy Forum"
        else:
            entity = _organization(text, name.hit, lookup, acronyms)
        if name.type != "Country":
            entity = _united(entities.get(entity.id), entity, text)
        entities[entity.id] = entity
        if name.type == "Organization" and " " in _strip_article(text):
            ending[text.rsplit(" ", 1)[1]] = entity
        references.append(Reference(name.start, name.end, name.type, entity.id, name.certainty))
    return references, entities


def surface(doc: Doc, name: Name) -> str:
    """The words of a name on one line with straight apostrophes and without a possessive."""
    text = re.sub(r"\s+", " ", doc[name.start : name.end].text).replace("’", "'").strip(" \"“”'")
    return text.removesuffix("'s")


def country_entity(country: Country) -> Entity:
    """The entity of a country, with every name the gazetteer has for it."""
    aliases = {country.official, *country.aliases} - {"", country.name}
    return Entity(
        id=country_id(country.code),
        type="Country",
        name=country.name,
        aliases=tuple(sorted(aliases)),
        metonyms=tuple(sorted({*country.capitals, *country.seats})),
        iso3=country.code,
        wikidata=country.qid or None,
    )


def _country_name(name: Name, codes: Mapping[tuple[str, ...], str], lookup: Lookup) -> str | None:
    if name.type != "Country" or name.hit is None:
        return None
    return lookup.gazetteer.countries[codes[name.hit.keys]].name


def _country_codes(names: Iterable[Name], countries: Mapping[str, Country]) -> dict[tuple[str, ...], str]:
    """The country that each ambiguous name means ("Congolese"): the candidate that the document names most otherwise."""
    keys = [name.hit.keys for name in names if name.type == "Country" and name.hit is not None]
    clear = Counter(key[0] for key in keys if len(key) == 1)
    return {
        key: max(key, key=lambda code: (clear[code], countries[code].ended is None, -key.index(code))) for key in keys
    }


def _surnames_as_people(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """A one-word organization that the gazetteer does not know, but whose word is somebody's first or last name, is a person."""
    full = [surface(doc, name).split() for name in names if name.type == "Person"]
    last = {word for words in full if len(words) > 1 for word in (words[0], words[-1])}
    return [
        replace(name, type="Person")
        if name.type == "Organization" and name.hit is None and surface(doc, name) in last
        else name
        for name in names
    ]


def _people(doc: Doc, names: Iterable[Name]) -> dict[str, str]:
    """Each person's name as written -> the fullest form: the last full name before it that ends (or begins) with it."""
    written = [surface(doc, name) for name in names if name.type == "Person"]
    full = [text for text in dict.fromkeys(written) if " " in text]
    result = {}
    for position, text in enumerate(written):
        if text in result:
            continue
        before = [other for other in written[:position] if other in full]
        candidates = [*reversed(before), *(other for other in full if other not in before)]
        result[text] = next((other for other in candidates if _same_person(text, other)), text)
    return result


def _same_person(short: str, full: str) -> bool:
    """Whether ``short`` is a shorter form of ``full``: "Lapid", "al-Assad", "Kim", "Y. Lapid" of longer names."""
    if short == full:
        return False
    few, many = _words(short), _words(full)
    if len(few) < len(many) and (many[-len(few) :] == few or (len(few) == 1 and many[0] == few[0])):
        return True
    initials = len(few) == len(many) > 1 and few[-1] == many[-1] and len(few[0]) == 1 and many[0].startswith(few[0])
    return initials or (len(few) == 2 < len(many) and few[0] == many[0] and few[-1] == many[-1])


def _words(name: str) -> list[str]:
    return [
        word.strip(".").casefold()
        for word in re.split(r"[\s-]+", name)
        if word.strip(".").lower() not in ("al", "el", "")
    ]


def _acronyms(doc: Doc, names: Sequence[Name], lookup: Lookup) -> dict[str, str]:
    """Acronyms that the document introduces or implies -> the full name: "National Movement (NM)"."""
    known = {}
    full = [name for name in names if name.type == "Organization" and name.end - name.start > 1]
    texts = [_strip_article(surface(doc, name)) for name in full]
    for name, text in zip(full, texts, strict=True):
        if name.end + 2 < len(doc) and doc[name.end].text == "(" and doc[name.end + 2].text == ")":
            if doc[name.end + 1].text.isupper() and len(doc[name.end + 1]) > 1:
                known[doc[name.end + 1].text] = text
    for name in names:
        short = surface(doc, name)
        if name.type == "Organization" and short.isupper() and short not in known and name.hit is None:
            matching = [text for text in texts if _initials(text) == short.replace(".", "")]
            if matching:
                known[short] = matching[0]
    return known


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word and word.lower() not in _LOWER).upper()


def _strip_article(text: str) -> str:
    return re.sub(r"^(?:the|The)\s+", "", text)


def _organization(text: str, hit: Hit | None, lookup: Lookup, acronyms: Mapping[str, str]) -> Entity:
    text = _strip_article(text)
    known: Organization | None = lookup.organizations.get(hit.keys[0]) if hit is not None else None
    if known is None:
        name = _spelt_out(acronyms.get(text, text))
        return Entity(organization_id(name), "Organization", name)
    aliases = tuple(sorted({*known.aliases, *known.acronyms} - {known.name}))
    return Entity(organization_id(known.name), "Organization", known.name, aliases, wikidata=known.qid or None)


def _spelt_out(name: str) -> str:
    """The name with an abbreviated owner in full: "U.S. Indo-Pacific Command" and "United States Indo-Pacific Command" are one."""
    first, _, rest = name.partition(" ")
    return f"{_OWNERS[first]} {rest}" if rest and first in _OWNERS else name


def _united(old: Entity | None, new: Entity, text: str) -> Entity:
    """The entity with every form of its name that the document uses; its own name is the one met first."""
    first = old or new
    aliases = {*new.aliases, *first.aliases, _strip_article(text)} - {first.name}
    return Entity(first.id, first.type, first.name, tuple(sorted(aliases)), wikidata=first.wikidata)
