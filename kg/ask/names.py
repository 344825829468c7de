"""The names in a question, linked to the entities of the graph and to the countries of the gazetteer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.ask.question import QuestionError
from kg.gazetteer import Country, Gazetteer
from kg.identifiers import country_id
from kg.model import Entity, EntityType

Kind = Literal["name", "adjective", "metonym", "surname"]

_KINDS: tuple[Kind, ...] = ("name", "adjective", "metonym", "surname")
"""The order in which the senses of a name are preferred."""
_WORD = re.compile(r"[^\W_]+")
_ALIKE = 78
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Form:
    """One name of an entity, as it is written."""

    spelling: str
    kind: Kind
    entity: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Named:
    """``start`` to ``end`` (code points of the question) name what ``form`` is a name of."""

    start: int
    end: int
    form: Form


class Names:
    """Every name that a question may use. The entities of the graph come before what only the gazetteer knows."""

    def __init__(self, entities: Mapping[str, Entity], gazetteer: Gazetteer, stop_words: Iterable[str]) -> None:
        self._entities = entities
        self._countries = {country_id(code): country for code, country in gazetteer.countries.items()}
        self._stop_words = frozenset(stop_words)
        self._forms: dict[tuple[str, ...], list[Form]] = {}
        for form in (*_of_graph(entities), *_of_gazetteer(gazetteer)):
            known = self._forms.setdefault(fold(form.spelling), [])
            if form.entity not in {other.entity for other in known if other.kind == form.kind}:
                known.append(form)
        self._longest = max(map(len, self._forms), default=0)

    def name_of(self, identifier: str) -> str:
        """The name of an entity; its identifier where nothing names it."""
        if identifier in self._entities:
            return self._entities[identifier].name
        return self._countries[identifier].name if identifier in self._countries else identifier

    def find(self, question: str) -> list[Named]:
        """The names in a question, the longest first where they overlap, in the order of the text.

        Raises :class:`QuestionError` for a name that several people or organizations have.
        """
        words = list(_WORD.finditer(question))
        folded = [fold(word[0])[0] for word in words]
        plain = question[1:].islower() or not any(c.isupper() for c in question[1:])
        found: list[Named] = []
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + self._longest), at, -1):
                text = question[words[at].start() : words[end - 1].end()]
                forms = [f for f in self._forms.get(tuple(folded[at:end]), ()) if self._written_so(f, text, plain)]
                if forms:
                    stop = words[end - 1].end()
                    stop += forms[0].spelling.endswith(".") and question[stop : stop + 1] == "."
                    found.append(Named(words[at].start(), stop, self._meant(forms, text)))
                    at = end - 1
                    break
            at += 1
        return found

    def suggest(self, text: str) -> tuple[str, ...]:
        """Up to three names of entities that are spelled much like ``text``, the most alike first."""
        from rapidfuzz import fuzz, process

        if _is_common(text):
            return ()
        choices = {
            " ".join(key): f for key, forms in self._forms.items() for f in forms if f.kind in ("name", "surname")
        }
        hits = process.extract(" ".join(fold(text)), list(choices), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=10)
        names = (self.name_of(choices[hit].entity) for hit, _, _ in sorted(hits, key=lambda hit: (-hit[1], hit[0])))
        return tuple(dict.fromkeys(names))[:_SHOWN]

    def _written_so(self, form: Form, text: str, plain: bool) -> bool:
        """Whether a name may be written as ``text``: without capitals only where no common word is meant."""
        if any(c.isupper() for c in text) and (not form.spelling.isupper() or text.isupper()):
            return True
        if text.casefold() in self._stop_words or (len(text) < 3 and text.casefold() not in ("eu", "un", "uk")):
            return False
        return plain or form.spelling.isupper() or (form.type == "Country" and form.kind != "metonym") or " " in text

    def _meant(self, forms: list[Form], text: str) -> Form:
        best = min(forms, key=lambda form: _KINDS.index(form.kind)).kind
        rivals = [form for form in forms if form.kind == best]
        rivals = [form for form in rivals if form.entity in self._entities] or rivals
        rivals = [form for form in rivals if self._is_present(form.entity)] or rivals
        if len({form.entity for form in rivals}) > 1:
            names = tuple(sorted(self.name_of(form.entity) for form in rivals))
            raise QuestionError(f"“{text}” may be {' or '.join(names)}: write the full name")
        return rivals[0]

    def _is_present(self, identifier: str) -> bool:
        country = self._countries.get(identifier)
        return country is None or country.ended is None


def fold(text: str) -> tuple[str, ...]:
    """The words of a name without case, accents and punctuation.

    >>> fold("Jama'at Al-Qaïda")
    ('jama', 'at', 'al', 'qaida')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_WORD.findall(plain.casefold())) or ("",)


def _is_common(text: str) -> bool:
    """Whether a lower-case text is a word of the English dictionary: nobody misspelt a name."""
    from lemminflect import getAllLemmas

    return text.islower() and bool(getAllLemmas(text))


def _of_graph(entities: Mapping[str, Entity]) -> Iterator[Form]:
    for _, entity in sorted(entities.items()):
        for name in (entity.name, *entity.aliases):
            yield Form(name, "name", entity.id, entity.type)
        for name in entity.metonyms:
            yield Form(name, "metonym", entity.id, entity.type)
        first, _, surname = entity.name.rpartition(" ")
        if entity.type == "Person" and first:
            yield Form(surname, "surname", entity.id, entity.type)
            if re.match(r"[Aa]l-|[Ee]l-", surname):
                yield Form(surname[3:], "surname", entity.id, entity.type)


def _of_gazetteer(gazetteer: Gazetteer) -> Iterator[Form]:
    for country in gazetteer.countries.values():
        for kind, names in _names(country):
            for name in filter(None, names):
                yield Form(name, kind, country_id(country.code), "Country")


def _names(country: Country) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    yield "name", (country.name, country.official, *country.aliases)
    yield "adjective", (*country.adjectives, *country.demonyms)
    yield "metonym", (*country.capitals, *country.seats)
