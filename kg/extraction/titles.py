"""Whose president? "President Museveni" is the president of the country that the text makes plain.

A title of state before a name, with no country beside it, refers to one all the same: that of an earlier title of the
same person, else the only one in which the gazetteer knows somebody of the name to have held the office, else the
country that most of the text is about. The title itself becomes the mention, as in bridging anaphora (Clark, 1975).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.linking import Reference
from kg.extraction.syntax import lemma, preposition_of, span_root
from kg.gazetteer import Gazetteer
from kg.identifiers import country_id

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_RULERS = frozenset("president premier chancellor king queen emir sultan emperor shah".split())
_MINISTERS = frozenset({"minister"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
OF_STATE = _RULERS | _MINISTERS
_MONARCHS = frozenset({"king", "queen", "emir", "sultan", "ruler"})
_OFFICES = {
    "president": frozenset({"president", "ruler"}),
    "premier": frozenset({"prime minister"}),
    "chancellor": frozenset({"chancellor"}),
    "leader": frozenset({"president", "prime minister", "supreme leader", "general secretary", "ruler"}),
} | dict.fromkeys(("king", "queen", "emir", "sultan", "emperor", "shah"), _MONARCHS)
"""The gazetteer's offices that a title may stand for."""
_KNOWN, _HERE, _NEAR = 0.93, 0.85, 0.75
"""Certainty: an earlier title says so; most of the text is about the country, and nothing near is about another; most of it is."""
_WINDOW = 3


def implied_states(doc: Doc, references: Sequence[Reference], gazetteer: Gazetteer) -> list[Reference]:
    """A reference to a country for every title of state before a name that says no country, in the order of the text."""
    by_root = {span_root(doc, ref.start, ref.end).i: ref for ref in references if ref.type == "Country"}
    people = [ref for ref in references if ref.type == "Person" and ref.by_name]
    known: dict[str, Reference] = {}
    sentences = list(doc.sents)
    number_of = [number for number, sentence in enumerate(sentences) for _ in sentence]
    found: list[Reference] = []
    for person in sorted(people, key=lambda ref: ref.start):
        title = _title_before(doc, person)
        if title is None:
            continue
        stated = _stated(title, span_root(doc, person.start, person.end), by_root)
        if stated is not None:
            known.setdefault(person.entity, stated)
        elif not _owned(title):
            implied = _held(title, doc[person.start : person.end].text, gazetteer)
            if person.entity in known or implied is None:
                implied = _implied(person, known, sentences, number_of, references)
            if implied is not None:
                found.append(replace(implied, start=title.i, end=title.i + 1))
    return found


def _title_before(doc: Doc, person: Reference) -> Token | None:
    """The title of state right before a name: the last word of "Prime Minister" or "Foreign Minister"."""
    if not person.start:
        return None
    title: Token = doc[person.start - 1]
    return title if lemma(title) in OF_STATE or title.lower_ in OF_STATE else None


def _stated(title: Token, name: Token, by_root: Mapping[int, Reference]) -> Reference | None:
    """The country that stands beside the title: "Armenian President X", "President X of Armenia"."""
    for word in (title, name, *title.children, *name.children):
        for child in word.children:
            if child.i in by_root and (child.i < title.i or preposition_of(child) in ("of", None)):
                return by_root[child.i]
    return None


def _owned(title: Token) -> bool:
    """Whether the title says of what it is, if not of which country: "club president X", "its president X"."""
    before = [child for child in title.children if child.i < title.i]
    if any(child.dep_ in ("nmod:poss", "poss") for child in before):
        return True
    kinds = [
        child for child in before if child.dep_ in ("compound", "nmod", "nmod:unmarked") and child.pos_ in _NOMINAL
    ]
    return lemma(title) not in _MINISTERS and any(child.lower_ != "prime" for child in kinds)


def _held(title: Token, name: str, gazetteer: Gazetteer) -> Reference | None:
    """The one country in which somebody of the name has held the office."""
    offices = _OFFICES.get(title.lower_, frozenset())
    if title.lower_ == "minister" and title.i and title.nbor(-1).lower_ == "prime":
        offices = _OFFICES["premier"]
    states = gazetteer.states_by_leader.get(name.casefold(), frozenset())
    codes = {code for code, office in states if office in offices}
    if len(codes) != 1:
        return None
    return Reference(0, 0, "Country", country_id(codes.pop()), _KNOWN, by_name=False, implied=True)


def _implied(
    person: Reference,
    known: Mapping[str, Reference],
    sentences: Sequence[Span],
    number_of: Sequence[int],
    references: Sequence[Reference],
) -> Reference | None:
    if person.entity in known:
        return _refer(known[person.entity], _KNOWN)
    number = number_of[person.start]
    end = sentences[number].end
    first = sentences[max(0, number - _WINDOW)].start
    countries = [ref for ref in references if ref.type == "Country" and ref.by_name and ref.certainty > 0.7]
    near = _distinct(ref for ref in countries if first <= ref.start < end)
    told = Counter(ref.entity for ref in countries)
    plain = [ref for ref in near if told[ref.entity] > 1 and told[ref.entity] * 2 > sum(told.values())]
    return _refer(plain[0], _HERE if len(near) == 1 else _NEAR) if plain else None


def _distinct(references: Iterator[Reference]) -> list[Reference]:
    last = {ref.entity: ref for ref in references}
    return list(last.values())


def _refer(country: Reference, certainty: float) -> Reference:
    source = country.antecedent or country
    return Reference(
        0, 0, "Country", country.entity, round(certainty * country.certainty, 4), False, source, implied=True
    )
