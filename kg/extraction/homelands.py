"""Whose country "his country" is: that of the office, or the nationality, by which the text introduced the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.extraction.linking import Reference
from kg.extraction.syntax import preposition_of, span_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COUNTRY = frozenset("country nation homeland motherland fatherland".split())
_BESIDE = frozenset("appos flat nmod:desc compound nsubj".split())
_CERTAIN = 0.9


def homelands(doc: Doc, references: Sequence[Reference]) -> list[Reference]:
    """A reference to a country for every "his country" or "her homeland" whose owner the text has tied to one, in order.

    ``references`` are those by name, pronoun and description. Ties are the country's adjective, possessive or "of" phrase
    beside a name or its title.
    """
    known: dict[str, Reference] = {}
    owners = {ref.start: ref for ref in references if ref.type == "Person"}
    by_root = {span_root(doc, ref.start, ref.end).i: ref for ref in references if ref.type == "Country"}
    roots = {span_root(doc, ref.start, ref.end).i: ref for ref in references if ref.type == "Person" and ref.by_name}
    for index in sorted(roots):
        country = next(_beside(doc[index], by_root), None)
        if country is not None:
            known.setdefault(roots[index].entity, country)
    taken = {index for ref in references for index in range(ref.start, ref.end)}
    return [found for token in doc if token.i not in taken and (found := _home(token, owners, known)) is not None]


def _beside(name: Token, countries: Mapping[int, Reference]) -> Iterator[Reference]:
    """The countries that a name or its title has for an owner: "Armenian President X", "X, the prime minister of Armenia"."""
    around = [name, *(child for child in name.children if child.dep_ in _BESIDE)]
    around += [name.head] if name.dep_ in ("appos", "flat", "nsubj") and name.head.pos_ in ("NOUN", "PROPN") else []
    for word in around:
        for child in word.children:
            if child.i in countries and (child.i < word.i or preposition_of(child) == "of"):
                yield countries[child.i]


def _home(noun: Token, owners: Mapping[int, Reference], known: Mapping[str, Reference]) -> Reference | None:
    """What "his country" refers to, if ``noun`` is the country of such a phrase."""
    if noun.lower_ not in _COUNTRY:
        return None
    owner = next((owners[c.i] for c in noun.children if c.dep_ in ("nmod:poss", "poss") and c.i in owners), None)
    country = known.get(owner.entity) if owner is not None else None
    if owner is None or country is None or any(child.dep_ in ("amod", "appos") for child in noun.children):
        return None
    certainty = round(_CERTAIN * owner.certainty * country.certainty, 4)
    source = country.antecedent or country
    return Reference(noun.i, noun.i + 1, "Country", country.entity, certainty, False, source)
