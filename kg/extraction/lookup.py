"""Find the names of the gazetteer in a text: countries by every form of their name, and known organizations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from kg.gazetteer import Confusable, Country, Gazetteer, needs_cue

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

Form = Literal["name", "adjective", "demonym", "prefix", "capital", "seat", "organization"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens ``start`` to ``end`` are a form of the names ``keys``: country codes, or one organization's name."""

    start: int
    end: int
    form: Form
    keys: tuple[str, ...]


_ORGANS = frozenset({"agency", "armed-force", "court", "ministry"})
"""Kinds of organizations that belong to a state."""


class Lookup:
    """Matches all names at once (spaCy's PhraseMatcher, case-sensitive); overlaps go to the longest name."""

    def __init__(self, gazetteer: Gazetteer, nlp: Language) -> None:
        from spacy.matcher import PhraseMatcher

        self.gazetteer = gazetteer
        self.organizations = {organization.name: organization for organization in gazetteer.organizations}
        self._matcher = PhraseMatcher(nlp.vocab)
        self._forms: dict[str, tuple[Form, tuple[str, ...]]] = {}
        names: dict[str, dict[Form, list[str]]] = {}
        for name, form, key in _names(gazetteer):
            for spelling in {name, name.replace("'", "’"), name.replace("’", "'")}:
                keys = names.setdefault(spelling, {}).setdefault(form, [])
                if key not in keys:
                    keys.append(key)
        for spelling in sorted(names):
            form = min(names[spelling], key=_PRIORITY.index)
            self._forms[spelling] = (form, tuple(names[spelling][form]))
            self._matcher.add(spelling, [nlp.make_doc(spelling)])
        self._confusable: dict[str, list[Confusable]] = {}
        for confusable in gazetteer.confusables:
            self._confusable.setdefault(confusable.name, []).append(confusable)

    def hits(self, doc: Doc) -> list[Hit]:
        """Hits in the order of the text; none overlap but a state and the organ whose name it begins."""
        from spacy.util import filter_spans

        matched = self._matcher(doc, as_spans=True)
        spans = filter_spans(matched)
        spans += [owner for organ in spans for owner in matched if self._owns(owner, organ)]
        words = _words(doc.text)
        found = []
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            form, keys = self._forms[span.label_]
            meant = tuple(key for key in keys if form == "organization" or self._means(span, key, words))
            if meant:
                found.append(Hit(span.start, span.end, form, meant))
        return found

    def _owns(self, owner: Span, organ: Span) -> bool:
        """Whether ``owner`` is the state at the head of the name of its organ: "U.S." of "U.S. State Department"."""
        (form, keys), (kind, countries) = self._forms[organ.label_], self._forms[owner.label_]
        if form != "organization" or kind == "organization" or owner.start != organ.start or owner.end >= organ.end:
            return False
        known = self.organizations[keys[0]]
        return known.kind in _ORGANS and known.country in countries

    def _means(self, span: Span, code: str, words: frozenset[str]) -> bool:
        """Whether the document speaks for the country ``code`` as the sense of a name that has others.

        A cue that holds the name itself only masks the mention inside it ("George Washington").
        """
        name = span.text.replace("’", "'")
        around = span.doc[max(0, span.start - 2) : span.end + 2].text.casefold().replace("’", "'")
        for confusable in self._confusable.get(name, ()):
            if confusable.code != code:
                continue
            holding = [cue for cue in confusable.cues_against if name.casefold() in cue.casefold()]
            if any(cue.casefold() in around for cue in holding):
                return False
            against = _count([cue for cue in confusable.cues_against if cue not in holding], words)
            support = _count(confusable.cues_for, words)
            needed = needs_cue(confusable, self.gazetteer.countries[code])
            if against > support or (needed and not support):
                return False
        return True


_PRIORITY: list[Form] = ["name", "organization", "adjective", "demonym", "capital", "seat", "prefix"]


def _names(gazetteer: Gazetteer) -> Iterator[tuple[str, Form, str]]:
    present = sorted(gazetteer.countries.values(), key=lambda country: (country.ended is not None, country.code))
    for country in present:
        if country.parent is None:
            yield from _country_names(country)
    for organization in gazetteer.organizations:
        for name in (organization.name, *organization.acronyms, *organization.aliases):
            yield name, "organization", organization.name


def _country_names(country: Country) -> Iterator[tuple[str, Form, str]]:
    forms: Mapping[Form, tuple[str, ...]] = {
        "name": tuple(filter(None, (country.name, country.official, *country.aliases))),
        "adjective": country.adjectives,
        "demonym": country.demonyms,
        "capital": country.capitals,
        "seat": country.seats,
        "prefix": country.prefixes,
    }
    for form, names in forms.items():
        for name in names:
            yield name, form, country.code


def _words(text: str) -> frozenset[str]:
    """The words of a text and its pairs and triples of words, without case."""
    words = re.findall(r"[\w'-]+", text.casefold().replace("’", "'"))
    pairs = (" ".join(pair) for pair in pairwise(words))
    triples = (" ".join(triple) for triple in zip(words, words[1:], words[2:], strict=False))
    return frozenset((*words, *pairs, *triples))


def _count(cues: Iterable[str], words: frozenset[str]) -> int:
    """How many of the cues (of up to three words) the text has, each once."""
    return sum(cue.casefold() in words for cue in cues)
