"""What pronouns and descriptions refer to: "it", "its", "both countries", "the former Soviet republic", "she".

Pronouns are left to :mod:`kg.extraction.antecedents`. For descriptions, nearer sentences and subjects count more, in the
manner of Lappin and Leass (1994). What is not clear enough is left unresolved, or resolved with a certainty that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from kg.extraction.antecedents import PRONOUNS, WINDOW, Rivals, is_pronoun, nothing, probabilities
from kg.extraction.linking import Reference
from kg.extraction.syntax import lemma, span_root
from kg.gazetteer import Country, Gazetteer
from kg.model import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_FAR = WINDOW + 2
"""Sentences in which the antecedent of a telling description is looked for."""
_PROBABLE = 0.3
"""A pronoun whose best antecedent is less probable stays unresolved."""
_COUNTRY_NOUNS = frozenset("country nation state republic kingdom monarchy emirate sultanate".split())
_ANY_COUNTRY = frozenset({"country", "nation", "state"})
_NOUNS_OF_KIND: Mapping[str, str] = {
    "alliance": "alliance bloc pact group organization organisation",
    "international-organization": "bloc union organization organisation body group bank community grouping institution",
    "armed-group": "group movement militia organization organisation rebels militants insurgents guerrillas jihadists islamists "
    "extremists",
    "arms-maker": "company firm group manufacturer maker shipbuilder shipyard giant corporation planemaker",
    "company": "company firm group manufacturer maker giant corporation",
    "party": "party movement",
    "agency": "agency service bureau",
    "ministry": "ministry department",
    "media": "newspaper paper daily magazine weekly network channel broadcaster agency",
    "court": "court tribunal",
    "think-tank": "institute organization organisation group center centre",
    "armed-force": "force corps",
}
"""What an organization of each of the gazetteer's kinds is called without its name."""
_ORGANIZATION_NOUNS = frozenset(
    "company firm group party alliance bloc organization organisation agency movement militia institute bank university force union "
    "bureau ministry court commission association federation corporation newspaper network manufacturer shipyard maker "
    "coalition institution body front council forum".split()
) | {noun for nouns in _NOUNS_OF_KIND.values() for noun in nouns.split()}
_PAIR_NOUNS = frozenset(
    "country nation state republic neighbor neighbour side ally rival enemy foe power capital government adversary partner "
    "kingdom nemesis".split()
)
_RELATIVES = frozenset("neighbor neighbour ally rival enemy foe adversary nemesis".split())
_NEIGHBORS = frozenset({"neighbor", "neighbour"})
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}
_DEMONSTRATIVE = frozenset({"the", "this", "that"})


def resolve_references(doc: Doc, names: Sequence[Reference], gazetteer: Gazetteer) -> list[Reference]:
    """All references: those by name and those by pronoun or description, in the order of the text."""
    discourse = _Discourse(doc, names, gazetteer)
    for number, sentence in enumerate(discourse.sentences):
        for token in sentence:
            discourse.read(token, number)
    return in_order(discourse.references())


def in_order(references: Iterable[Reference]) -> list[Reference]:
    """References in the order of the text, the longer of two that start together first."""
    return sorted(references, key=lambda item: (item.start, -item.end, item.entity))


class _Discourse:
    """The references found so far, by sentence."""

    def __init__(self, doc: Doc, names: Sequence[Reference], gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.sentences: list[Span] = list(doc.sents)
        self.named = {index for name in names for index in range(name.start, name.end)}
        self._countries = gazetteer.countries
        self._kinds = gazetteer.kinds
        self._rivals = Rivals(doc)
        self._ending: dict[int, list[Reference]] = {}
        for name in names:
            self._ending.setdefault(name.end - 1, []).append(name)
        self._found: list[list[Reference]] = [[] for _ in self.sentences]
        numbers = [number for number, sentence in enumerate(self.sentences) for _ in sentence]
        for name in names:
            self._found[numbers[name.start]].append(name)

    def here(self, number: int) -> list[Reference]:
        """References of a sentence; empty before the first one."""
        return self._found[number] if number >= 0 else []

    def references(self) -> Iterator[Reference]:
        """All references, sentence by sentence."""
        for found in self._found:
            yield from found

    def read(self, token: Token, number: int) -> None:
        """Take in the next token: resolve what it refers to, and let what follows refer to it."""
        seen = self._ending.get(token.i, [])
        if token.i not in self.named:
            if is_pronoun(token):
                self.here(number).extend(self._pronoun(token, number))
                return
            seen = list(self._described(token, number))
            self.here(number).extend(seen)
            if token.pos_ == "NOUN" and not seen:
                self._rivals.see_noun(token, number)
        for reference in seen:
            self._rivals.see_name(reference, number)

    def _pronoun(self, token: Token, number: int) -> Iterator[Reference]:
        """The most probable of the phrases before it, if that is something named."""
        rows = self._rivals.before(token, number)
        if not rows:
            return
        chances = probabilities(PRONOUNS[token.lower_], [*(features for _, features in rows), nothing(token)])
        best = max(range(len(rows)), key=lambda position: chances[position])
        rival, chance = rows[best][0], chances[best]
        if chance > chances[-1]:
            self._rivals.note(token, number, rival)
        if chance >= _PROBABLE:
            for antecedent in sorted(rival.references, key=lambda reference: reference.start):
                yield _refer(token.i, token.i + 1, antecedent, round(chance, 2))

    def _described(self, token: Token, number: int) -> Iterator[Reference]:
        """What a word that is part of no name and no pronoun refers to; several for a group, none if nothing is clear."""
        if token.lower_ == "both" and token.dep_.startswith("nsubj"):
            yield from self._group(token, token, number, 2)
        elif token.pos_ in ("NOUN", "PROPN") and lemma(token) in _PAIR_NOUNS:
            yield from self._description(token, number)
        elif token.pos_ in ("NOUN", "PROPN") and token.lower_ in _ORGANIZATION_NOUNS:
            yield from self._organization(token, number)

    def _description(self, token: Token, number: int) -> Iterator[Reference]:
        before = [child for child in token.children if child.i < token.i and child.dep_ not in ("case", "cc", "punct")]
        words = {child.lower_ for child in before}
        start = min((child.i for child in before), default=token.i)
        plural = token.lower_ != lemma(token)
        if words & {"either", "neither"}:
            yield from self._group(self.doc[start], token, number, 2)
            return
        if not plural and lemma(token) in _RELATIVES and not _introduces(token, restricted=False):
            yield from self._relative(token, number)
            return
        if _introduces(token, restricted=not plural):
            return
        if plural:
            if size := next((_NUMBERS[word] for word in sorted(words) if word in _NUMBERS), 0):
                yield from self._group(self.doc[start], token, number, size)
            return
        if lemma(token) not in _COUNTRY_NOUNS or not words & _DEMONSTRATIVE:
            return
        phrase = " ".join(t.lower_ for t in self.doc[start : token.i + 1] if t.lower_ not in _DEMONSTRATIVE)
        ranked = self._ranked(token, number, ("Country",), _FAR)
        if phrase in _ANY_COUNTRY:
            fitting = [reference for score, reference in ranked[:1] if score > 1.5]
        else:
            fitting = [reference for _, reference in ranked if _is_described(phrase, self._country(reference))]
        for antecedent in fitting[:1]:
            yield _refer(start, token.i + 1, antecedent, 0.85)

    def _relative(self, token: Token, number: int) -> Iterator[Reference]:
        """ "its big neighbor": of the countries named before, the only one that is one; by the gazetteer, for neighbors."""
        owners = [child.i for child in token.children if child.dep_ in ("nmod:poss", "poss")]
        owner = next((ref for ref in self.here(number) if ref.type == "Country" and ref.end - 1 in owners), None)
        if owner is None or any(child.dep_ in ("appos", "flat") for child in token.children):
            return
        ranked = [ref for _, ref in self._ranked(token, number, ("Country",)) if ref.entity != owner.entity]
        if lemma(token) in _NEIGHBORS:
            beside = {f"country/{code}" for code in self._country(owner).neighbors}
            ranked = [ref for ref in ranked if ref.entity in beside]
        if len(ranked) == 1:
            yield _refer(token.i, token.i + 1, ranked[0], 0.85)

    def _organization(self, token: Token, number: int) -> Iterator[Reference]:
        """ "The company", "the Forum": the last organization whose name has the noun, else the last of a kind that is
        called so, else the only one near; not one of another kind."""
        before = [child for child in token.children if child.i < token.i and child.dep_ not in ("case", "cc", "punct")]
        if {child.lower_ for child in before} - _DEMONSTRATIVE or not before or _introduces(token, restricted=True):
            return
        ranked = [reference for _, reference in self._ranked(token, number, ("Organization",), _FAR)]
        named = [reference for reference in ranked if _has_word(self.doc, reference, token.lower_)]
        nouns = {ref.entity: _NOUNS_OF_KIND.get(self._kinds.get(ref.entity, ""), "").split() for ref in ranked}
        fitting = [reference for reference in ranked if token.lower_ in nouns[reference.entity]]
        open_ = [reference for reference in ranked if not nouns[reference.entity]]
        best = named or fitting or (open_ if len(open_) == 1 and token.tag_ != "NNS" else [])
        for antecedent in best[:1]:
            certainty = 0.9 if named else 0.85 if len(fitting) == 1 else 0.75
            yield _refer(before[0].i, token.i + 1, antecedent, certainty)

    def _group(self, first: Token, last: Token, number: int, size: int) -> Iterator[Reference]:
        """The countries named last: in this sentence before here, or in the nearest one that names just as many (of neighbors,
        just as many that are).

        Who acts on the group is none of it: "Turkey has sold drones to both countries".
        """
        actors = {ref.entity for ref in self.here(number) if _acts_on(span_root(self.doc, ref.start, ref.end), last)}
        for back in range(WINDOW + 1):
            named = [ref for ref in self.here(number - back) if ref.type == "Country" and ref.end <= first.i]
            named = [ref for ref in named if ref.entity not in actors]
            distinct = {
                ref.entity: ref for ref in sorted(named, key=lambda ref: (ref.by_name, ref.certainty, ref.start))
            }
            members = list(distinct.values())
            if lemma(last) in _NEIGHBORS and size == 2:
                members = self._bordering(members)
            if len(members) == size:
                for member in sorted(members, key=lambda reference: reference.start):
                    yield _refer(first.i, last.i + 1, member, 0.85 if back == 0 else 0.8)
            if len(members) >= size:
                return

    def _bordering(self, countries: Sequence[Reference]) -> list[Reference]:
        """Those that border one of the others, by the gazetteer."""
        pairs = [
            pair
            for pair in combinations(countries, 2)
            if pair[1].entity.removeprefix("country/") in self._country(pair[0]).neighbors
        ]
        return list({member.entity: member for pair in pairs for member in pair}.values())

    def _ranked(
        self, token: Token, number: int, types: tuple[EntityType, ...], window: int = WINDOW
    ) -> list[tuple[float, Reference]]:
        """Candidate antecedents before ``token``, best first, one for each entity."""
        best: dict[str, tuple[float, Reference]] = {}
        for back in range(window):
            for reference in self.here(number - back):
                if reference.type not in types or reference.end > token.i or reference.certainty < 0.5:
                    continue
                root = span_root(self.doc, reference.start, reference.end)
                if token.dep_ == "nmod:poss" and root.head.i == token.head.i:
                    continue
                score = 3.0 - 1.2 * back + _salience(root) - (0.4 if not reference.by_name else 0.0)
                old = best.get(reference.entity)
                if old is None or score >= old[0]:
                    best[reference.entity] = (score + (0.2 if old else 0.0), reference)
        return sorted(best.values(), key=lambda item: (-round(item[0], 6), -item[1].start))

    def _country(self, reference: Reference) -> Country:
        return self._countries[reference.entity.removeprefix("country/")]


def _has_word(doc: Doc, reference: Reference, word: str) -> bool:
    source = reference.antecedent or reference
    return any(token.lower_ == word for token in doc[source.start : source.end])


def _acts_on(actor: Token, patient: Token) -> bool:
    """Whether ``actor`` is the subject of the verb whose object or complement ``patient`` is."""
    if patient.dep_ not in ("obj", "dobj", "obl", "iobj", "pobj", "nmod"):
        return False
    verb = next((token for token in patient.ancestors if token.pos_ == "VERB"), None)
    if verb is None or (actor.head.i != verb.i and verb.head.i != actor.i):
        return False
    return actor.dep_ == "nsubj" if actor.head.i == verb.i else verb.dep_ in ("acl:relcl", "relcl")


def _is_described(phrase: str, country: Country) -> bool:
    """Whether the gazetteer describes the country so: "former Soviet republic", "West African country"."""
    if phrase in {description.lower() for description in country.descriptions}:
        return True
    modifier, _, noun = phrase.rpartition(" ")
    return noun in _COUNTRY_NOUNS and modifier in {region.lower() for region in country.regions}


def _introduces(token: Token, *, restricted: bool) -> bool:
    """Whether the phrase does not refer back: a predicate, an apposition, or (if ``restricted``) narrowed by what follows."""
    for child in token.children:
        if child.dep_ == "cop":
            return True
        if restricted and child.i > token.i and child.dep_ in ("acl:relcl", "relcl", "nmod", "acl"):
            following = token.doc[token.i + 1]
            if following.text != ",":
                return True
    return token.dep_ in ("appos", "attr", "ROOT")


def _salience(root: Token) -> float:
    """How likely what is said next is about it: subjects, then their possessors and what a relative clause is about."""
    if root.dep_.startswith("nsubj"):
        return 2.0
    if any(child.dep_ in ("acl:relcl", "relcl") and child.i > root.i for child in root.children):
        return 1.8
    if root.i + 2 < len(root.doc) and root.nbor(1).text == "," and root.nbor(2).lower_ in ("which", "who", "whose"):
        return 1.8
    if root.dep_ in ("nmod:poss", "poss") and root.head.dep_.startswith("nsubj"):
        return 1.2
    if root.dep_ in ("obj", "dobj"):
        return 0.8
    return 0.0 if root.dep_ in ("amod", "compound") else 0.3


def _refer(start: int, end: int, antecedent: Reference, certainty: float) -> Reference:
    source = antecedent.antecedent or antecedent
    total = round(certainty * antecedent.certainty, 4)
    return Reference(start, end, antecedent.type, antecedent.entity, total, False, source)
